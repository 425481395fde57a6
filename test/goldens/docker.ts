// The recordings of dockerd against secctx's prediction.
import type { DockerAnswer, DockerInput } from "../../src/core/docker/docker.ts";
import type { DockerConfig, HostConfig } from "../../src/core/model/docker.ts";
import type { JsonObject } from "../../src/core/model/json.ts";
import type { OciSpec } from "../../src/core/model/oci.ts";
import type { ImageFacts } from "../../src/core/model/world.ts";
import { composeWorld } from "../../src/core/rules/world.ts";
import { startWithDocker } from "../../src/core/stages/docker.ts";
import { type GoldenCase, type GoldenSuite, goldenJson, goldenRows } from "../golden.ts";
import { withGroupsInOrder } from "./dockerGroups.ts";
import { dockerHostOf } from "./dockerHosts.ts";
import { DOCKER_THROUGH_DOCKERSHIM } from "./dockerThroughDockershim.ts";
import { comparedSpec, drawnLevels } from "./ociCompared.ts";

interface Row {
  readonly case: string;
  readonly host?: string;
  readonly image: string;
  readonly request: DockerConfig & { readonly HostConfig: HostConfig };
  readonly stage: string;
  readonly error?: string;
  readonly ociSpec?: OciSpec;
  /** What dockerd wrote where only the host's lack of CAP_SYS_RESOURCE let the start fail. */
  readonly withoutSysResource?: { readonly ociSpec?: OciSpec };
  /** The other container of `container:<SANDBOX>`. */
  readonly sandboxInspect?: { readonly ProcessLabel?: string };
}

const SUITES: readonly (readonly [string, string])[] = [
  ["20.10.24", "docker/docker-20.10.24"],
  ["26.1.5", "docker/docker-26.1.5"],
  ["28.5.2", "docker/docker-28.5.2"],
  ["20.10.24 apparmor", "lsm/docker-20.10.24-apparmor"],
  ["20.10.24 apparmor-variants", "lsm/docker-20.10.24-apparmor-variants"],
  ["20.10.24 selinux", "lsm/docker-20.10.24-selinux"],
  ["20.10.24 selinux-variants", "lsm/docker-20.10.24-selinux-variants"],
];

export const DOCKER_SUITES: readonly GoldenSuite[] = [
  ...SUITES.map(([version, file]) => ({
    system: "docker",
    version,
    cases: () => casesOf(version, file),
  })),
  DOCKER_THROUGH_DOCKERSHIM,
];

function* casesOf(version: string, file: string): Iterable<GoldenCase> {
  const images = goldenJson<Record<string, ImageFacts>>("images.json");
  const rows = goldenRows<Row>(`${file}.jsonl`);
  const folder = file.split("/")[0] ?? "";
  // The host's devices stand only in what privileged containers got of them.
  const devices = rows.flatMap((row) => specOf(row)?.linux?.devices ?? []);
  const hostDevices = devices.filter(
    ({ path }, index) => devices.findIndex((other) => other.path === path) === index,
  );
  for (const row of rows) {
    const world = composeWorld(
      dockerHostOf(
        row.host,
        version.split(" ")[0] ?? "",
        hostDevices as unknown as readonly JsonObject[],
      ),
    );
    yield {
      name: row.host === undefined ? row.case : `${row.host} ${row.case}`,
      expected: comparedAnswer(recordedAnswer(row), row, folder),
      predict: () => comparedAnswer(startWithDocker(inputOf(row, images), world).out, row, folder),
    };
  }
}

function specOf({ ociSpec, withoutSysResource }: Row): OciSpec | undefined {
  return ociSpec ?? withoutSysResource?.ociSpec;
}

function inputOf(row: Row, images: Readonly<Record<string, ImageFacts>>): DockerInput {
  const image = images[row.image];
  if (image === undefined) throw new Error(`no image ${row.image}`);
  const { HostConfig: hostConfig, ...config } = row.request;
  const processLabel = row.sandboxInspect?.ProcessLabel;
  const sandbox = processLabel === undefined ? {} : { processLabel };
  const joins = row.sandboxInspect === undefined ? {} : { containers: { "<SANDBOX>": sandbox } };
  return { config, hostConfig, image, ...joins };
}

/** A container that ran and exited was started. */
function recordedAnswer(row: Row): DockerAnswer {
  const { stage, error } = row;
  const spec = specOf(row);
  return {
    step: (stage === "exited" ? "ok" : stage) as DockerAnswer["step"],
    ...(error === undefined ? {} : { error }),
    ...(spec === undefined ? {} : { spec }),
  };
}

/** Of most containers that did not start, and on some hosts of all, nobody recorded the spec: the bundle was gone. */
function comparedAnswer(answer: DockerAnswer, row: Row, folder: string): object {
  const { SecurityOpt, GroupAdd } = row.request.HostConfig;
  const given = (SecurityOpt ?? []).map((option) => option.replace(/^label[=:]level:/, ""));
  const levels = drawnLevels(given);
  const spec = specOf(row) === undefined ? undefined : answer.spec;
  return {
    step: answer.step,
    spec: comparedSpec(spec && withGroupsInOrder(spec, GroupAdd), folder, levels),
    error: comparedError(answer.error),
  };
}

/** Without ids and paths of the recording's machine, and without what only one release of runc says. */
function comparedError(error: string | undefined): string | undefined {
  return error
    ?.replaceAll(/\/proc\/(\d+|<PID>)\/ns\/net -> \S+:/g, "<NETNS>:")
    .replaceAll(/ \(via \/proc\/self\/fd\/\d+\), flags: 0x[0-9a-f]+/g, "");
}
