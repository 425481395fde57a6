// runc's conversion of config.json into its own configuration: what it cannot convert it refuses.
// @see runc v1.3.6 libcontainer/specconv/spec_linux.go CreateLibcontainerConfig
import type { OciNamespace } from "../model/oci.ts";
import { atRelease, type ReleasedRows } from "../model/version.ts";
import { goQuote } from "../rules/goText.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

const DEVICE_TYPES: ReadonlySet<string> = new Set(["p", "u", "c", "b"]);
const CGROUP_DEVICE_TYPES: ReadonlySet<string> = new Set(["a", "b", "c"]);
const PROPAGATIONS: ReadonlySet<string> = new Set(
  ["private", "slave", "shared", "unbindable"].flatMap((name) => [name, `r${name}`]),
);
const NAMESPACES: ReleasedRows<ReadonlySet<string>> = [
  {
    since: "1.0",
    value: new Set(["pid", "network", "mount", "user", "ipc", "uts", "cgroup"]),
  },
  {
    since: "1.2",
    value: new Set(["pid", "network", "mount", "user", "ipc", "uts", "cgroup", "time"]),
  },
];

export function createLibcontainerConfig({ spec, world }: StepInput): Refusal | undefined {
  if (spec.root === undefined) return refuse("root must be specified", "root");
  return (
    createDevices(spec.linux) ??
    createCgroupConfig(spec.linux) ??
    rootPropagation(spec.linux?.rootfsPropagation) ??
    namespaces(spec.linux, atRelease(NAMESPACES, world.runtime.ociRuntime.version))
  );
}

type Linux = NonNullable<StepInput["spec"]["linux"]>;

function createDevices(linux: Linux | undefined): Refusal | undefined {
  const devices = linux?.devices ?? [];
  const index = devices.findIndex(({ type }) => !DEVICE_TYPES.has(type));
  if (index === -1) return undefined;
  const message = `invalid device type ${goQuote(devices[index]?.type ?? "")}`;
  return refuse(message, "linux", "devices", index);
}

function createCgroupConfig(linux: Linux | undefined): Refusal | undefined {
  for (const [index, device] of (linux?.resources?.devices ?? []).entries()) {
    const path = ["linux", "resources", "devices", index];
    if ((device.access ?? "") === "") {
      return refuse(`device access at ${index} field cannot be empty`, ...path);
    }
    const type = (device.type ?? "") === "" ? "a" : (device.type ?? "");
    if (!CGROUP_DEVICE_TYPES.has(type)) {
      return refuse(`invalid cgroup device type ${goQuote(type)}`, ...path);
    }
  }
  return undefined;
}

function rootPropagation(word: string | undefined): Refusal | undefined {
  if (word === undefined || word === "" || PROPAGATIONS.has(word)) return undefined;
  return refuse(`rootfsPropagation=${word} is not supported`, "linux", "rootfsPropagation");
}

function namespaces(
  linux: Linux | undefined,
  known: ReadonlySet<string> = new Set(),
): Refusal | undefined {
  const seen: string[] = [];
  for (const namespace of linux?.namespaces ?? []) {
    const path = ["linux", "namespaces", seen.length];
    const { type } = namespace;
    if (!known.has(type)) {
      return refuse(`namespace ${printed(namespace)} does not exist`, ...path);
    }
    if (seen.includes(type)) {
      return refuse(`malformed spec file: duplicated ns ${printed(namespace)}`, ...path);
    }
    seen.push(type);
  }
  return undefined;
}

/** As Go prints the structure. */
function printed({ type, path }: OciNamespace): string {
  return `{${goQuote(type)} ${goQuote(path ?? "")}}`;
}
