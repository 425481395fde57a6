// The labels of the LSMs as runc's init sets them on itself: SELinux's for its keys, AppArmor's for the exec.
// @see runc v1.3.6 libcontainer/standard_init_linux.go Init; libcontainer/apparmor/apparmor_linux.go applyProfile
import { atRelease, type ReleasedRows } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { isValidContext } from "../rules/seLinuxContext.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

/** Where a release finds /proc/self/attr; since 1.3 through a private procfs. */
const KEY_FILE: ReleasedRows<string> = [
  { since: "1.0", value: "/proc/self/attr/keycreate" },
  { since: "1.3", value: "fsmount:fscontext:proc/self/attr/keycreate" },
];
const EXEC_FILE: ReleasedRows<string> = [
  { since: "1.0", value: "/proc/self/attr/apparmor/exec" },
  { since: "1.3", value: "fsmount:fscontext:proc/thread-self/attr/apparmor/exec" },
];

/** The kernel refuses a label that its policy does not know. */
export function setKeyLabel({ spec, world }: StepInput): Refusal | undefined {
  const label = spec.process?.selinuxLabel ?? "";
  if (label === "" || isValidContext(label, world.node.seLinuxPolicy)) return undefined;
  const file = atRelease(KEY_FILE, world.runtime.ociRuntime.version);
  return refuse(`write ${file}: invalid argument`, "process", "selinuxLabel");
}

/** AppArmor answers ENOENT for a profile that is not loaded; a kernel without it EINVAL for any, `unconfined` included. */
export function applyProfile({ spec, world }: StepInput): Refusal | undefined {
  const profile = spec.process?.apparmorProfile ?? "";
  if (profile === "") return undefined;
  const file = atRelease(EXEC_FILE, world.runtime.ociRuntime.version);
  const failed = `unable to apply apparmor profile: apparmor failed to apply profile: write ${file}`;
  if (!world.node.appArmor) {
    return refuse(`${failed}: invalid argument`, "process", "apparmorProfile");
  }
  if (isLoaded(profile, world)) return undefined;
  return refuse(`${failed}: no such file or directory`, "process", "apparmorProfile");
}

/** The profile that an engine loads itself. */
const OWN_PROFILE: Readonly<Record<World["runtime"]["name"], string>> = {
  containerd: "cri-containerd.apparmor.d",
  docker: "docker-default",
  dockershim: "docker-default",
};

/** `a//&b` is a stack of two. What is loaded may be unknown: then any profile counts as loaded. */
function isLoaded(profile: string, world: World): boolean {
  const { appArmorProfiles } = world.node;
  if (appArmorProfiles === undefined) return true;
  const loaded = new Set([...appArmorProfiles, OWN_PROFILE[world.runtime.name], "unconfined"]);
  return profile.split("//&").every((name) => loaded.has(name));
}
