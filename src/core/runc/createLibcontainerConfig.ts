// runc's conversion of config.json into its own configuration: what it cannot convert it refuses.
// @see runc v1.3.6 libcontainer/specconv/spec_linux.go CreateLibcontainerConfig
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
  const seen = new Set<string>();
  for (const [index, { type, path }] of (linux?.namespaces ?? []).entries()) {
    const printed = `{${goQuote(type)} ${goQuote(path ?? "")}}`;
    if (!known.has(type)) {
      return refuse(`namespace ${printed} does not exist`, "linux", "namespaces", index);
    }
    if (seen.has(type)) {
      const message = `malformed spec file: duplicated ns ${printed}`;
      return refuse(message, "linux", "namespaces", index);
    }
    seen.add(type);
  }
  return undefined;
}
