// A world file as a person writes it: parts and facts that there are not, and what is no yes or no, are told at their place.
import { readFileSync } from "node:fs";
import { readPlacedYaml } from "../core/manifest/placedYaml.ts";
import type { FieldPath } from "../core/model/finding.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type {
  ImageFacts,
  NamespaceFacts,
  NodeFacts,
  PodSecurityFacts,
  RuntimeFacts,
  World,
  WorldFile,
} from "../core/model/world.ts";
import { didYouMean } from "../core/rules/nearWord.ts";
import { excerptLines } from "../report/excerptLines.ts";
import { UsageError } from "./errors.ts";
import { readYamlFile } from "./yamlFile.ts";

/** Of each fact: is it yes or no, or something else? */
type Facts<T> = Readonly<Record<keyof T, boolean>>;

const PARTS: Facts<World> = {
  ...{ kubernetes: false, featureGates: false, allowPrivileged: true, namespace: false },
  ...{ podSecurity: false, node: false, runtime: false, images: false },
};
const NODE: Facts<NodeFacts> = {
  ...{ os: false, seccompDefault: true, allowedUnsafeSysctls: false, defaultPodSysctls: false },
  ...{ appArmor: true, appArmorProfiles: false, seccompProfiles: false, seLinux: true },
  ...{
    appArmorUntold: true,
    seLinuxUntold: true,
    appArmorParser: true,
    appArmorParserRemoved: true,
    kernel: false,
  },
  ...{ cgroup: false, capabilities: false, thermalThrottleCpus: false, architecture: false },
  ...{ seLinuxPolicy: false, withoutXattrs: false, devices: false, kubeletRoot: false },
  ...{ inUserNamespace: true, userNamespaceIds: false },
};
const RUNTIME: Facts<RuntimeFacts> = {
  ...{ name: false, version: false, ociRuntime: false, config: false, features: false },
  classes: false,
};
const NAMESPACE: Facts<NamespaceFacts> = {
  ...{ name: false, labels: false, configMaps: false, secrets: false },
};
const POD_SECURITY: Facts<PodSecurityFacts> = { defaults: false, exemptions: false };
const IMAGE: Facts<ImageFacts> = {
  ...{ present: true, user: false, uid: false, username: false, passwd: false, group: false },
};

const MAPPINGS = ["featureGates", "namespace", "podSecurity", "node", "runtime", "images"] as const;

/** @throws UsageError with a line per mistake, and what stands there */
export function readWorldFile(path: string): WorldFile {
  const value = readYamlFile(path);
  if (value === null) return {};
  if (!isJsonObject(value)) throw new UsageError(`${path} is no world file: it holds no mapping`);
  const mistakes = [
    ...unknownParts(value),
    ...MAPPINGS.flatMap((part): Mistake[] => {
      const { [part]: told = null } = value;
      return told === null || isJsonObject(told) ? [] : [[[part], `${part} has to be a mapping`]];
    }),
    ...mistakesIn(value, [], PARTS),
    ...mistakesIn(value["node"], ["node"], NODE),
    ...mistakesIn(value["runtime"], ["runtime"], RUNTIME),
    ...mistakesIn(value["namespace"], ["namespace"], NAMESPACE),
    ...mistakesIn(value["podSecurity"], ["podSecurity"], POD_SECURITY),
    ...imagesOf(value).flatMap(([name, facts]) => mistakesIn(facts, ["images", name], IMAGE)),
  ];
  if (mistakes.length > 0) throw new UsageError(placed(path, mistakes));
  return value as WorldFile;
}

type Mistake = readonly [FieldPath, string];

function unknownParts(value: JsonObject): Mistake[] {
  const known = Object.keys(PARTS);
  return Object.keys(value)
    .filter((key) => !Object.hasOwn(PARTS, key))
    .map((key) => {
      const meant = didYouMean(key, known) || `; known are ${known.join(", ")}`;
      return [[key], `unknown part "${key}" of the world${meant}`];
    });
}

/** Of facts only a slip is a mistake: what else stands there is somebody's own. */
function mistakesIn(value: unknown, path: FieldPath, facts: Facts<object>): Mistake[] {
  if (!isJsonObject(value as JsonObject)) return [];
  const told: Readonly<Record<string, boolean>> = facts;
  return Object.entries(value as JsonObject).flatMap(([key, fact]): Mistake[] => {
    const name = [...path, key].join(".");
    if (Object.hasOwn(told, key)) {
      if (told[key] !== true || fact === null || typeof fact === "boolean") return [];
      return [[[...path, key], `${name} has to be true or false, not ${JSON.stringify(fact)}`]];
    }
    const meant = path.length === 0 ? "" : didYouMean(key, Object.keys(told));
    return meant === "" ? [] : [[[...path, key], `unknown fact ${name}${meant}`]];
  });
}

function imagesOf({ images = null }: JsonObject): [string, unknown][] {
  return isJsonObject(images) ? Object.entries(images) : [];
}

/** Where each stands: only who has mistakes pays for it. */
function placed(path: string, mistakes: readonly Mistake[]): string {
  const read = readPlacedYaml(readFileSync(path, "utf8"));
  if ("message" in read) return mistakes.map(([, message]) => `${path}: ${message}`).join("\n");
  return mistakes
    .map(([at, message]) => {
      const place = read.placeOf(at);
      const shown = excerptLines(read.excerpt(place));
      return [
        `${path}:${place.line}:${place.column}: ${message}`,
        ...shown.map((line) => `  ${line}`),
      ].join("\n");
    })
    .join("\n");
}
