// Why the parts of a spec are as they are, where containerd or the image decides and not the request.

import { toPointer } from "../model/finding.ts";
import type { Trace } from "../model/report.ts";
import type { Setting, Source } from "../model/setting.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { userOfImage } from "../rules/imageUser.ts";
import { parsePasswd } from "../rules/passwd.ts";
import { DEFAULT_CAPABILITIES } from "../tables/containerd.ts";
import type { ContainerdAnswer, ContainerdInput } from "./containerd.ts";
import type { Facts } from "./facts.ts";
import type { Remarkable } from "./findings.ts";
import { isEmpty } from "./selinux.ts";
import { addedSysctls } from "./sysctls.ts";
import { generateUserString } from "./userString.ts";

const DEFAULT: Source = { kind: "default", by: "containerd" };

function rule(text: string): Source {
  return { kind: "rule", by: "containerd", rule: text };
}

function fromImage(file: string): Source {
  return { kind: "image", ref: file };
}

/** `at` is a JSON pointer into the answer. */
function entry(field: string, at: string, setting: Setting<unknown>): Trace {
  return { field, at, setting };
}

/** Empty when no spec came out. */
export function traceOf(of: Remarkable): Trace[] {
  const { sc, input, out, facts } = of;
  if (out.spec === undefined) return [];
  return [
    ...userTrace(sc, input, out),
    capabilitiesTrace(sc, out),
    ...profileTrace(sc, out, facts),
    ...labelTrace(sc, out, facts),
    ...privilegedTrace(sc, out),
    ...sysctlTrace(of),
  ];
}

const USER = "/spec/process/user";

function userTrace(sc: CriSecurityContext, input: ContainerdInput, out: ContainerdAnswer): Trace[] {
  const user = out.spec?.process?.user;
  const asked = generateUserString(sc);
  if (user === undefined || asked.error !== undefined) return [];
  const imageUser = userOfImage(input.image ?? {}) ?? "";
  const text = asked.text === "" ? imageUser : asked.text;
  const traces: Trace[] = [];
  const [name = "", group] = text.includes(":") ? text.split(":") : [text];
  const uidSource = asked.text === "" ? fromImage("USER") : fromImage("/etc/passwd");
  if (text === "") {
    traces.push(entry("runAsUser", `${USER}/uid`, { value: user.uid, source: DEFAULT }));
  } else if (asked.text === "" || !/^\d+$/.test(name)) {
    traces.push(entry("runAsUser", `${USER}/uid`, { value: user.uid, source: uidSource }));
  }
  if (sc.runAsGroup === undefined) {
    const source = groupSource(text, group, input, asked.text === "");
    traces.push(entry("runAsGroup", `${USER}/gid`, { value: user.gid, source }));
  }
  const merged = "plus the primary group and the user's groups in the image";
  const strict = "plus the primary group";
  traces.push(
    entry("supplementalGroups", `${USER}/additionalGids`, {
      value: user.additionalGids ?? [],
      source: rule(sc.supplementalGroupsPolicy === "Strict" ? strict : merged),
    }),
  );
  return traces;
}

function groupSource(
  user: string,
  group: string | undefined,
  input: ContainerdInput,
  byImage: boolean,
): Source {
  if (user === "") return DEFAULT;
  if (group !== undefined) return fromImage(byImage ? "USER" : "/etc/group");
  const listed = parsePasswd(input.image?.passwd ?? "").some(
    (row) => row.name === user || String(row.uid) === user,
  );
  return listed ? fromImage("/etc/passwd") : rule("a uid that is not in /etc/passwd ⇒ gid 0");
}

function capabilitiesTrace(sc: CriSecurityContext, out: ContainerdAnswer): Trace {
  const value = out.spec?.process?.capabilities?.bounding ?? [];
  const at = "/spec/process/capabilities/bounding";
  const was: Setting<unknown> = { value: DEFAULT_CAPABILITIES, source: DEFAULT };
  if (sc.privileged) {
    const source = rule("privileged ⇒ every capability of the runtime");
    return entry("capabilities", at, { value, source, was });
  }
  const { add_capabilities: add = [], drop_capabilities: drop = [] } = sc.capabilities ?? {};
  if (add.length + drop.length === 0) return entry("capabilities", at, { value, source: DEFAULT });
  const source = rule("the default capabilities, with those added, without those dropped");
  return entry("capabilities", at, { value, source, was });
}

function profileTrace(sc: CriSecurityContext, out: ContainerdAnswer, facts: Facts): Trace[] {
  const traces: Trace[] = [];
  const seccomp = out.spec?.linux?.seccomp ?? null;
  const type = sc.seccomp?.type;
  const at = "/spec/linux/seccomp";
  if (sc.privileged && type !== undefined && type !== "Unconfined") {
    const source = rule("privileged ⇒ no seccomp");
    traces.push(entry("seccompProfile", at, { value: null, source }));
  } else if (type === "RuntimeDefault") {
    const source = rule(
      `default profile of containerd ${facts.world.runtime.version} for the container's capabilities`,
    );
    traces.push(entry("seccompProfile", at, { value: seccomp, source }));
  } else if (type === undefined) {
    traces.push(entry("seccompProfile", at, { value: seccomp, source: DEFAULT }));
  }
  if (sc.apparmor === undefined && sc.apparmorProfile === "" && facts.appArmorEnabled) {
    const value = out.spec?.process?.apparmorProfile ?? null;
    const source = sc.privileged ? rule("privileged ⇒ no AppArmor profile") : DEFAULT;
    traces.push(entry("appArmorProfile", "/spec/process/apparmorProfile", { value, source }));
  }
  return traces;
}

function labelTrace(sc: CriSecurityContext, out: ContainerdAnswer, facts: Facts): Trace[] {
  if (!facts.seLinuxEnabled) return [];
  const inherits = sc.selinux === undefined || isEmpty(sc.selinux);
  const source = inherits
    ? rule("no options ⇒ the label of the pod's sandbox")
    : rule(
        "the default label, with the parts that are given; categories at random without a level",
      );
  const process = sc.privileged ? rule("privileged ⇒ no process label") : source;
  const value = out.spec?.process?.selinuxLabel ?? null;
  const mount = out.spec?.linux?.mountLabel ?? null;
  return [
    entry("seLinuxOptions", "/spec/process/selinuxLabel", { value, source: process }),
    entry("seLinuxOptions", "/spec/linux/mountLabel", { value: mount, source }),
  ];
}

function privilegedTrace(sc: CriSecurityContext, out: ContainerdAnswer): Trace[] {
  if (!sc.privileged) return [];
  const { linux } = out.spec ?? {};
  const paths = rule("privileged ⇒ no masked and no read-only paths");
  const devices = rule("privileged ⇒ all devices of the host");
  return [
    entry("procMount", "/spec/linux/maskedPaths", { value: [], source: paths }),
    entry("procMount", "/spec/linux/readonlyPaths", { value: [], source: paths }),
    entry("privileged", "/spec/linux/devices", {
      value: linux?.devices ?? null,
      source: devices,
    }),
    entry("privileged", "/spec/linux/resources/devices", {
      value: linux?.resources?.devices ?? [],
      source: devices,
    }),
  ];
}

function sysctlTrace({ sandboxSc, input, facts }: Remarkable): Trace[] {
  const added = addedSysctls(input.sandbox?.sysctls ?? {}, {
    hostNetwork: sandboxSc.network === "NODE",
    hasUserns: facts.release.userNamespaces && sandboxSc.userns?.mode === "POD",
    facts,
  });
  return Object.entries(added).map(([name, value]) =>
    entry("sysctls", toPointer(["sandboxSpec", "linux", "sysctl", name]), {
      value,
      source: DEFAULT,
    }),
  );
}
