// runc's validator: the gates between a converted configuration and the first process, in its order.
// @see runc v1.3.6 libcontainer/configs/validate/validator.go Validate
import type { OciMount, OciSpec } from "../model/oci.ts";
import { atRelease, type Release, type ReleasedRows } from "../model/version.ts";
import { hasUserNamespace } from "../rules/hostCapabilities.ts";
import { type Refusal, refuse, type Step, type StepInput } from "./step.ts";
import { sysctl } from "./sysctl.ts";

const SECURITY: Step = { name: "security", run: security };
const SYSCTL: Step = { name: "sysctl", run: sysctl };

/**
 * A gate that is open for every spec is one whose facts no world tells (the root file system, cgroups, Intel RDT, an
 * unprivileged runc), or that nothing reaches (mappings without a user namespace are left out by the conversion).
 */
const GATES: ReleasedRows<readonly Step[]> = [
  {
    since: "1.0",
    value: [
      open("cgroups"),
      open("rootfs"),
      open("network"),
      { name: "hostname", run: hostname },
      SECURITY,
      open("usernamespace"),
      open("cgroupnamespace"),
      SYSCTL,
      open("intelrdt"),
      open("rootlessEUID"),
    ],
  },
  {
    since: "1.2",
    value: [
      open("cgroups"),
      open("rootfs"),
      open("network"),
      { name: "uts", run: uts },
      SECURITY,
      { name: "namespaces", run: namespaces },
      SYSCTL,
      open("intelrdt"),
      open("rootlessEUID"),
      { name: "mountsStrict", run: mountsStrict },
      open("scheduler"),
      open("ioPriority"),
    ],
  },
];

export function validationGates(version: Release): readonly Step[] {
  return atRelease(GATES, version) ?? [];
}

/** Those that only warn: at most one text. */
export function mountsWarn({ spec, world }: StepInput): string | undefined {
  const relative = spec.mounts?.find(({ destination }) => !destination.startsWith("/"));
  if (relative === undefined) return undefined;
  return atRelease(RELATIVE_MOUNT, world.runtime.ociRuntime.version)?.(relative.destination);
}

/** Both texts print runc's whole mount structure; here its destination stands for it. */
const RELATIVE_MOUNT: ReleasedRows<(destination: string) => string> = [
  {
    since: "1.0",
    value: (destination) => `invalid mount ${destination}: mount destination not absolute`,
  },
  {
    since: "1.2",
    value: (destination) =>
      `mount ${destination}: relative destination path is **deprecated**, using it as relative to /`,
  },
];

function open(name: string): Step {
  return { name, run: () => undefined };
}

function hostname({ spec }: StepInput): Refusal | undefined {
  if ((spec.hostname ?? "") === "" || has(spec, "uts")) return undefined;
  return refuse("unable to set hostname without a private UTS namespace", "hostname");
}

function uts(input: StepInput): Refusal | undefined {
  const refusal = hostname(input);
  if (refusal !== undefined) return refusal;
  const { spec } = input;
  if ((spec.domainname ?? "") === "" || has(spec, "uts")) return undefined;
  return refuse("unable to set domainname without a private UTS namespace", "domainname");
}

function security({ spec, world }: StepInput): Refusal | undefined {
  const { maskedPaths = [], readonlyPaths = [] } = spec.linux ?? {};
  const restricted = maskedPaths.length > 0 || readonlyPaths.length > 0;
  if (restricted && !has(spec, "mount")) {
    const message = "unable to restrict sys entries without a private MNT namespace";
    return refuse(message, "linux", "namespaces");
  }
  if ((spec.process?.selinuxLabel ?? "") === "" || world.node.seLinux) return undefined;
  const message = "selinux label is specified in config, but selinux is disabled or not supported";
  return refuse(message, "process", "selinuxLabel");
}

function namespaces({ spec }: StepInput): Refusal | undefined {
  if (!hasUserNamespace(spec)) return undefined;
  const { namespaces: list = [], uidMappings = [], gidMappings = [] } = spec.linux ?? {};
  const joined = list.some(({ type, path }) => type === "user" && (path ?? "") !== "");
  if (joined || uidMappings.length > 0 || gidMappings.length > 0) return undefined;
  return refuse(
    "user namespaces enabled, but no namespace path to join nor mappings to apply specified",
    "linux",
    "namespaces",
  );
}

/** Since id-mapped mounts are honoured, half of a mapping and a mapping of anything but a bind mount are refused. */
function mountsStrict({ spec }: StepInput): Refusal | undefined {
  for (const [index, mount] of (spec.mounts ?? []).entries()) {
    const { uidMappings = [], gidMappings = [] } = mount;
    if (uidMappings.length === 0 && gidMappings.length === 0) continue;
    const reason = checkIDMapMounts(mount);
    if (reason === undefined) continue;
    return refuse(`invalid mount ${mount.destination}: ${reason}`, "mounts", index);
  }
  return undefined;
}

function checkIDMapMounts(mount: OciMount): string | undefined {
  const { uidMappings = [], gidMappings = [] } = mount;
  const isBind =
    mount.type === "bind" || mount.options?.some((word) => word === "bind" || word === "rbind");
  if (isBind !== true) return "id-mapped mounts are only supported for bind-mounts";
  if (uidMappings.length > 0 && gidMappings.length > 0) return undefined;
  return "id-mapped mounts must have both uid and gid mappings specified";
}

function has(spec: OciSpec, type: string): boolean {
  return spec.linux?.namespaces?.some((namespace) => namespace.type === type) === true;
}
