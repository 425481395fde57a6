// What dockerd made of the requests that dockershim sent it: containers and sandboxes of the recordings of Kubernetes 1.23.
// @see test/golden/dockershim-1.23.17/README.md (`oci`: a part of config.json; `waiting`: the daemon's refusals)
import type { DockerAnswer } from "../../src/core/docker/docker.ts";
import type { DockerConfig, HostConfig } from "../../src/core/model/docker.ts";
import type { OciSeccomp, OciSpec } from "../../src/core/model/oci.ts";
import type { ImageFacts } from "../../src/core/model/world.ts";
import { composeWorld } from "../../src/core/rules/world.ts";
import { startWithDocker } from "../../src/core/stages/docker.ts";
import { type GoldenCase, type GoldenSuite, goldenRows } from "../golden.ts";
import { withGroupsInOrder } from "./dockerGroups.ts";

interface Made {
  readonly request?: (DockerConfig & { readonly HostConfig: HostConfig }) | null;
  readonly oci?: OciSpec | null;
  readonly waiting?: { readonly reason: string; readonly message?: string } | null;
}
interface Row {
  readonly name: string;
  readonly containers?: readonly (Made & { readonly name: string })[];
  readonly sandbox?: Made | null;
}

/** The files of all test images (images.json). */
const FILES: ImageFacts = {
  user: "",
  passwd: "root:x:0:0:root:/:/bin/sh\napp:x:1500:1600::/:/bin/sh\nother:x:1000:1000::/:/bin/sh\n",
  group: "extra:x:1700:app,other\n",
};
const PAUSE: ImageFacts = { user: "65535:65535" };

/** Refusals for reasons outside the request: which files the image has, and how the node mounts its folders. */
const OF_THE_NODE = /exec: "|is not a shared or slave mount|write \/proc\/sys/;

export const DOCKER_THROUGH_DOCKERSHIM: GoldenSuite = {
  system: "docker",
  version: "20.10.24 through dockershim",
  *cases() {
    for (const row of goldenRows<Row>("dockershim-1.23.17/dockershim.jsonl")) {
      for (const container of row.containers ?? []) {
        yield* caseOf(`${row.name} ${container.name}`, container, FILES);
      }
      if (row.sandbox) yield* caseOf(`${row.name} sandbox`, row.sandbox, PAUSE);
    }
  },
};

function* caseOf(name: string, made: Made, image: ImageFacts): Iterable<GoldenCase> {
  const { request, oci } = made;
  const isSandbox = image === PAUSE;
  const refusal = refusalOf(made);
  if (!request || (!oci && refusal === undefined)) return;
  const { HostConfig: hostConfig, ...config } = request;
  // The wrapper around runc takes away the one capability that the machine lacks; dockerd knows nothing of it.
  const world = composeWorld({ runtime: { name: "docker", version: "20.10" }, node: NODE });
  yield {
    name,
    expected: { error: refusal, spec: oci ? compared(oci, hostConfig) : undefined },
    predict() {
      const { error, spec } = startWithDocker({ config, hostConfig, image }, world).out;
      return {
        // Of a sandbox the recorder kept no words.
        error: isSandbox ? undefined : error,
        spec: oci && spec !== undefined ? compared(spec, hostConfig) : undefined,
      };
    },
  };
}

const NODE = { kernel: "6.18", cgroup: "v1" } as const;

function refusalOf({ waiting }: Made): DockerAnswer["error"] {
  const message = waiting?.message ?? "";
  const text = /Error response from daemon: (.*)$/s.exec(message)?.[1];
  return text === undefined || OF_THE_NODE.test(text) ? undefined : text;
}

/** What the recorder kept. */
function compared(spec: OciSpec, { GroupAdd }: HostConfig): object {
  const { process, root, linux } = withGroupsInOrder(spec, GroupAdd);
  return {
    user: process?.user,
    capabilities: process?.capabilities,
    noNewPrivileges: process?.noNewPrivileges === true,
    apparmorProfile: process?.apparmorProfile ?? undefined,
    selinuxLabel: process?.selinuxLabel ?? undefined,
    readonly: root?.readonly === true,
    namespaces: linux?.namespaces?.map(({ type, path }) => [type, kindOf(path)]),
    maskedPaths: linux?.maskedPaths ?? undefined,
    readonlyPaths: linux?.readonlyPaths ?? undefined,
    mountLabel: linux?.mountLabel ?? undefined,
    sysctl: linux?.sysctl ?? undefined,
    seccomp: summaryOf(linux?.seccomp),
  };
}

/** Another container's, the host's, or one of its own; process ids and folders are the recording's. */
function kindOf(path: string | undefined): string {
  if (path === undefined) return "own";
  return path.endsWith("/netns/default") ? "host" : "joined";
}

function summaryOf(seccomp: OciSeccomp | null | undefined): object | undefined {
  if (!seccomp) return undefined;
  const { defaultAction, syscalls, ...rest } = seccomp;
  const recorded = (rest as { readonly syscallRules?: number }).syscallRules;
  return { defaultAction, syscallRules: recorded ?? syscalls?.length ?? 0 };
}
