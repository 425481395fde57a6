// The options that every command understands, and the world that they describe.
import type { ImageFacts, RuntimeName, World, WorldFile } from "../core/model/world.ts";
import { composeWorld, WorldError } from "../core/rules/world.ts";
import { COLOURED, PLAIN, type Style } from "../report/style.ts";
import type { OptionSpec, OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import { LIMIT_OPTIONS } from "./limits.ts";
import { worldOfNodeFile } from "./nodeFile.ts";
import { oneVersion } from "./versionRange.ts";
import { readWorldFile } from "./worldFile.ts";

export const WORLD_OPTIONS: readonly OptionSpec[] = [
  { flags: "--kubernetes <version>", description: "Kubernetes minor (default: the newest known)" },
  {
    flags: "--runtime <name@version>",
    description: "containerd, docker or dockershim, with or without version",
    values: ["containerd", "docker", "dockershim"],
  },
  { flags: "--world <file>", description: "what the world is: node, runtime, images, namespace" },
  {
    flags: "--node <file>",
    description: "a Node object or KubeletConfiguration for the node part",
  },
  {
    flags: "--image-user <ref=user>",
    description: "the USER of an image that is not looked at",
    repeatable: true,
  },
  {
    flags: "--image <ref=source>",
    description:
      "where an image comes from: dir:PATH, oci:PATH[:TAG], oci-archive:PATH, docker-archive:PATH, docker-daemon:REF, containerd:REF, containers-storage:REF, docker://…; a bare oci:PATH offers all it names, oci:PATH:NAME that one",
    repeatable: true,
  },
];

export const OUTPUT_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--color <when>",
    description: "colours",
    choices: ["auto", "always", "never"],
    default: "auto",
  },
  { flags: "-q, --quiet", description: "only the answer, no progress and no summary" },
];

/** Of commands that read secctx.yaml. */
export const CONFIG_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--config <file>",
    description: "the configuration (default: secctx.yaml, here or in a folder above)",
  },
  { flags: "--no-config", description: "no configuration" },
];

/** What every command that reads manifests understands. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  ...WORLD_OPTIONS,
  {
    flags: "--pod-path <path>",
    description: "where a custom kind keeps its pod: spec.template, or Rollout=spec.template",
    repeatable: true,
  },
  ...LIMIT_OPTIONS,
  ...OUTPUT_OPTIONS,
];

/** For commands that look at one version or at several. */
export const RANGE_OPTIONS: readonly OptionSpec[] = COMMON_OPTIONS.map((option) =>
  option.flags.startsWith("--kubernetes ")
    ? {
        flags: "--kubernetes <versions>",
        description: "Kubernetes minor, or a range: 1.33..1.37 (default: the newest known)",
      }
    : option,
);

/**
 * The world of the command line: --world, then --node, --kubernetes, --runtime and --image-user over it.
 * @param here what holds where none of them says anything
 * @throws UsageError
 */
export function worldOf(options: OptionValues, here: WorldFile = {}): World {
  const parts: WorldFile[] = [here];
  if (typeof options["world"] === "string") parts.push(readWorldFile(options["world"]));
  if (typeof options["node"] === "string") parts.push(worldOfNodeFile(options["node"]));
  parts.push(worldOfFlags(options));
  const file = parts.reduce(mergeWorlds);
  try {
    return composeWorld(file);
  } catch (error) {
    if (error instanceof WorldError) throw new UsageError(error.message);
    throw error;
  }
}

function worldOfFlags(options: OptionValues): WorldFile {
  const { kubernetes, runtime, imageUser } = options;
  return {
    ...(typeof kubernetes === "string"
      ? { kubernetes: oneVersion(kubernetes) as NonNullable<WorldFile["kubernetes"]> }
      : {}),
    ...(typeof runtime === "string" ? { runtime: runtimeOption(runtime) } : {}),
    images: imageUsers(imageUser),
  };
}

/** The later file wins, part by part; naming another runtime drops what was told of the first. */
function mergeWorlds(first: WorldFile, second: WorldFile): WorldFile {
  const sameRuntime =
    second.runtime?.name === undefined || second.runtime.name === first.runtime?.name;
  return {
    ...first,
    ...second,
    featureGates: { ...first.featureGates, ...second.featureGates },
    node: { ...first.node, ...second.node },
    images: { ...first.images, ...second.images },
    runtime: { ...(sameRuntime ? first.runtime : {}), ...second.runtime },
  };
}

/** Colours on stdout: always, never, or when it is a terminal and NO_COLOR is not set. */
export function styleOf(options: OptionValues, stream: NodeJS.WriteStream): Style {
  const when = options["color"];
  if (when === "always") return COLOURED;
  if (when === "never" || process.env["NO_COLOR"]) return PLAIN;
  return stream.isTTY === true && process.env["TERM"] !== "dumb" ? COLOURED : PLAIN;
}

function runtimeOption(text: string): { name: RuntimeName; version?: World["runtime"]["version"] } {
  const [name = "", version] = text.split("@");
  return {
    name: name as RuntimeName,
    ...(version === undefined ? {} : { version: version as World["runtime"]["version"] }),
  };
}

function imageUsers(values: OptionValues[string]): Record<string, ImageFacts> {
  const users: Record<string, ImageFacts> = {};
  for (const text of Array.isArray(values) ? values : []) {
    const [ref, user] = splitPair(text, "--image-user");
    users[ref] = { user };
  }
  return users;
}

/**
 * Splits `REF=VALUE` at the first `=`.
 * @throws UsageError when there is none
 */
export function splitPair(text: string, option: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`${option} ${text}: write it as REF=VALUE`);
  return [text.slice(0, at), text.slice(at + 1)];
}
