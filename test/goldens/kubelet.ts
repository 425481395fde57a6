// The recordings of a real kubelet 1.37.2 against secctx's prediction.
import {
  type KubeEvent,
  type KubeletAnswer,
  type KubeletContainer,
  kubelet,
} from "../../src/core/kubelet/kubelet.ts";
import type { CriMount, LinuxPodSandboxConfig } from "../../src/core/model/cri.ts";
import type { Pod } from "../../src/core/model/pod.ts";
import { type GoldenCase, type GoldenSuite, goldenRows } from "../golden.ts";
import { type Row, worldOf } from "../kubeletLab.ts";

export const KUBELET_SUITES: readonly GoldenSuite[] = [
  { system: "kubelet", version: "1.37.2", cases },
];

function* cases(): Iterable<GoldenCase> {
  for (const row of goldenRows<Row>("kubelet-1.37.2/cri.jsonl")) {
    const { name } = row.nodeConfig;
    yield {
      name: name === "default" ? row.name : `${row.name} (${name})`,
      expected: recorded(row),
      predict: () => predicted(row),
    };
  }
}

/** What is compared: see the recording's README. */
interface Compared {
  readonly admission: { readonly reason: string; readonly message: string };
  readonly sandbox: unknown;
  readonly containers: Readonly<Record<string, unknown>>;
  readonly order: readonly string[];
  readonly waiting: Readonly<Record<string, string>>;
  readonly events: readonly unknown[];
}

function recorded(row: Row): Compared {
  const { podStatus, sandbox } = row;
  const waiting = (row.waiting ?? []).filter(
    ({ reason }) => reason === "CreateContainerConfigError",
  );
  const containers = (row.containers ?? []).map(({ name, request }) => ({
    name,
    config: { linux: request.linux, mounts: request.mounts ?? [] },
  }));
  return {
    admission: { reason: podStatus.reason ?? "", message: podStatus.message ?? "" },
    sandbox: sandbox === undefined ? null : sandboxParts(sandbox.linux),
    containers: configs(containers, row),
    order: names(containers, row),
    waiting: Object.fromEntries(waiting.map((one) => [one.container, one.message ?? ""])),
    events: eventParts(row.events, row),
  };
}

function predicted(row: Row): Compared {
  const { metadata } = row.pod;
  const pod = {
    metadata: {
      ...metadata,
      namespace: "lab",
      uid: row.uid,
      annotations: row.storedAnnotations ?? {},
    },
    spec: row.defaultedSpec,
  } as Pod;
  const { admission, sandbox, containers, events } = kubelet({ pod }, worldOf(row))
    .out satisfies KubeletAnswer;
  const made = containers.filter((one): one is Made => one.config !== null);
  return {
    admission: { reason: admission.reason, message: admission.message },
    sandbox: sandbox === null ? null : sandboxParts(sandbox.linux),
    containers: configs(made, row),
    order: names(made, row),
    waiting: Object.fromEntries(
      containers.flatMap(({ name, waiting }) =>
        waiting === null ? [] : [[name, waiting.message]],
      ),
    ),
    events: eventParts(events, row),
  };
}

type Made = KubeletContainer & { readonly config: NonNullable<KubeletContainer["config"]> };

function sandboxParts({ security_context, sysctls }: LinuxPodSandboxConfig): unknown {
  return { security_context: withoutIds(security_context), sysctls };
}

function configs(
  containers: readonly Pick<Made, "name" | "config">[],
  row: Row,
): Record<string, unknown> {
  const parts: Record<string, unknown> = {};
  for (const { name, config } of containers) {
    if (endedBefore(name, row)) continue;
    parts[name] = withoutIds({
      security_context: config.linux?.security_context,
      mounts: config.mounts.map(mountParts),
    });
  }
  return parts;
}

function names(containers: readonly { readonly name: string }[], row: Row): string[] {
  return containers.map(({ name }) => name).filter((name) => !endedBefore(name, row));
}

function mountParts(mount: CriMount): unknown {
  const { container_path, readonly, recursive_read_only, propagation, uidMappings, gidMappings } =
    mount;
  return { container_path, readonly, recursive_read_only, propagation, uidMappings, gidMappings };
}

/** Ids of the node are allocated, ids of containers drawn. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key, inner) =>
      key === "host_id" || key === "target_id" ? undefined : inner,
    ),
  );
}

/** Events of the kubelet's own making: without counts, and without what the lab's runtime made of its requests. */
function eventParts(events: readonly KubeEvent[], row: Row): unknown[] {
  const parts: unknown[] = [];
  for (const { type, reason, message, fieldPath } of events) {
    const name = /\{(.*)\}$/.exec(fieldPath ?? "")?.[1];
    if (name === undefined) {
      if (!message.includes("rpc error:")) parts.push({ type, reason, message });
    } else if (!isRuntimesAffair(reason, name, row)) {
      parts.push({ type, reason, message, fieldPath });
    }
  }
  return parts;
}

/** Did the image store or the sandbox of the lab's runtime fail before the kubelet came to the container's configuration? */
function endedBefore(name: string, row: Row): boolean {
  if (row.events.some(({ message }) => message.startsWith(`${SANDBOX_FAILED}rpc error:`)))
    return true;
  return ENDED_BEFORE.has(waitingReason(name, row));
}
const SANDBOX_FAILED = "Failed to create pod sandbox: ";
const ENDED_BEFORE: ReadonlySet<string> = new Set([
  "ErrImageNeverPull",
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
]);

function isRuntimesAffair(reason: string, name: string, row: Row): boolean {
  if (endedBefore(name, row) || AFTER_START.has(reason)) return true;
  const fails = waitingReason(name, row);
  if (fails === "CreateContainerError" || fails === "RunContainerError") {
    return reason !== "Pulled";
  }
  // Whether an image lies on the node is no input: where the lab pulled it, those events are left out.
  return IMAGE_EVENTS.has(reason) && pulls(name, row);
}
const IMAGE_EVENTS: ReadonlySet<string> = new Set(["Pulling", "Pulled"]);
/** Containers of the lab exit at once, and hooks fail. */
const AFTER_START: ReadonlySet<string> = new Set(["FailedPostStartHook", "Killing", "BackOff"]);

function pulls(name: string, row: Row): boolean {
  return row.events.some(
    ({ reason, fieldPath }) => reason === "Pulling" && fieldPath?.endsWith(`{${name}}`) === true,
  );
}

function waitingReason(name: string, row: Row): string {
  return row.waiting?.find(({ container }) => container === name)?.reason ?? "";
}
