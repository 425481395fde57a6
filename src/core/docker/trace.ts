// Why the parts of a spec are as they are, where dockerd or the image decides and not the request.
import { type FieldPath, toPointer } from "../model/finding.ts";
import type { Trace } from "../model/report.ts";
import type { Setting, Source } from "../model/setting.ts";
import { userOfImage } from "../rules/imageUser.ts";
import { parsePasswd } from "../rules/passwd.ts";
import { DOCKER_CAPABILITIES } from "../tables/docker.ts";
import { ALL, normalized } from "./capabilities.ts";
import type { Remarkable } from "./findings.ts";
import { BUILTIN } from "./seccomp.ts";
import { defaultSysctls } from "./sysctls.ts";

const DEFAULT: Source = { kind: "default", by: "dockerd" };

function rule(text: string): Source {
  return { kind: "rule", by: "dockerd", rule: text };
}

function fromImage(file: string): Source {
  return { kind: "image", ref: file };
}

function entry(field: string, at: FieldPath, setting: Setting<unknown>): Trace {
  return { field, at: toPointer(at), setting };
}

/** Empty when no spec came out. */
export function traceOf(of: Remarkable): Trace[] {
  if (of.out.spec === undefined) return [];
  return [
    ...userTrace(of),
    capabilitiesTrace(of),
    ...seccompTrace(of),
    ...appArmorTrace(of),
    ...labelTrace(of),
    ...pathTrace(of),
    ...deviceTrace(of),
    ...sysctlTrace(of),
  ];
}

const USER: FieldPath = ["spec", "process", "user"];

function userTrace({ request, input, out, facts }: Remarkable): Trace[] {
  const user = out.spec?.process?.user;
  if (user === undefined) return [];
  const text = request.user || (userOfImage(input.image ?? {}) ?? "");
  const isImages = request.user === "" && text !== "";
  const [name = "", group = ""] = text.split(":");
  const traces: Trace[] = [];
  if (text === "" || isImages || !/^\d+$/.test(name)) {
    const source = isImages ? fromImage("USER") : fromImage("/etc/passwd");
    const by = text === "" ? DEFAULT : source;
    traces.push(entry("runAsUser", [...USER, "uid"], { value: user.uid, source: by }));
  }
  const isListed = parsePasswd(input.image?.passwd ?? "").some(
    (row) => row.name === name || String(row.uid) === name,
  );
  if (isImages || !/^\d+$/.test(group)) {
    const isUnknown = facts.unknown.has("image.passwd");
    const source = isUnknown ? GID_UNKNOWN : gidSource(text, group, isImages, isListed);
    traces.push(entry("runAsGroup", [...USER, "gid"], { value: user.gid, source }));
  }
  const source = rule(
    group === ""
      ? "the primary group, those of the image's /etc/group that list the user, and those added"
      : "a user with a group ⇒ only that group and those added",
  );
  const value = user.additionalGids ?? [];
  return [...traces, entry("supplementalGroups", [...USER, "additionalGids"], { value, source })];
}

const GID_UNKNOWN = rule("gid 0, unless the image's /etc/passwd lists the uid");

function gidSource(text: string, group: string, isImages: boolean, isListed: boolean): Source {
  if (text === "") return DEFAULT;
  if (group !== "") return fromImage(isImages ? "USER" : "/etc/group");
  return isListed ? fromImage("/etc/passwd") : rule("a uid that is not in /etc/passwd ⇒ gid 0");
}

function capabilitiesTrace({ request, out, facts }: Remarkable): Trace {
  const value = out.spec?.process?.capabilities?.bounding ?? [];
  const at: FieldPath = ["spec", "process", "capabilities", "bounding"];
  const was: Setting<unknown> = { value: DOCKER_CAPABILITIES, source: DEFAULT };
  if (request.privileged) {
    const which = facts.release.detectsCapabilities ? "that the daemon has" : "that dockerd knows";
    const source = rule(`privileged ⇒ every capability ${which}`);
    return entry("capabilities", at, { value, source, was });
  }
  if (request.capAdd.length + request.capDrop.length === 0) {
    return entry("capabilities", at, { value, source: DEFAULT });
  }
  return entry("capabilities", at, { value, source: rule(tweakRule(request)), was });
}

function tweakRule({ capAdd, capDrop }: Remarkable["request"]): string {
  if (capAdd.map(normalized).includes(ALL))
    return "ALL added ⇒ every one but those dropped by name";
  return capDrop.map(normalized).includes(ALL)
    ? "ALL dropped ⇒ exactly those added"
    : "the default capabilities, without those dropped, with those added";
}

function seccompTrace({ request, container, out, facts }: Remarkable): Trace[] {
  const value = out.spec?.linux?.seccomp ?? null;
  const at: FieldPath = ["spec", "linux", "seccomp"];
  const asked = container?.options.seccomp ?? "";
  if (request.privileged && (asked === "" || !facts.release.privilegedSeccomp)) {
    const source = rule("privileged ⇒ no seccomp");
    return [entry("seccompProfile", at, { value, source })];
  }
  if (asked !== "" && asked !== BUILTIN) return [];
  const release = facts.world.runtime.version;
  const source = rule(`default profile of dockerd ${release} for the container's capabilities`);
  return [entry("seccompProfile", at, { value, source })];
}

function appArmorTrace({ request, container, out, facts }: Remarkable): Trace[] {
  if (!facts.appArmorEnabled || container?.options.apparmor !== "") return [];
  const value = out.spec?.process?.apparmorProfile ?? null;
  const source = request.privileged ? rule("privileged ⇒ AppArmor unconfined") : DEFAULT;
  const at: FieldPath = ["spec", "process", "apparmorProfile"];
  return [entry("appArmorProfile", at, { value, source })];
}

function labelTrace({ request, container, out, facts }: Remarkable): Trace[] {
  if (!facts.seLinuxEnabled) return [];
  const labels = container?.options.labels ?? [];
  const source = labels.includes("disable")
    ? rule("privileged, host PID or IPC namespace, or label=disable ⇒ no label for the process")
    : labels.length === 0
      ? rule("the default label with categories at random")
      : rule("the default label or the joined container's, with the parts that are given");
  const process = request.privileged ? rule("privileged ⇒ no process label") : source;
  const value = out.spec?.process?.selinuxLabel ?? null;
  const mount = out.spec?.linux?.mountLabel ?? null;
  return [
    entry("seLinuxOptions", ["spec", "process", "selinuxLabel"], { value, source: process }),
    entry("seLinuxOptions", ["spec", "linux", "mountLabel"], { value: mount, source }),
  ];
}

function pathTrace({ request, out }: Remarkable): Trace[] {
  const source = request.privileged
    ? rule("privileged ⇒ no masked and no read-only paths, unless the request names some")
    : DEFAULT;
  const traces: Trace[] = [];
  for (const list of ["maskedPaths", "readonlyPaths"] as const) {
    if (request[list] !== undefined) continue;
    const value = out.spec?.linux?.[list] ?? [];
    traces.push(entry("procMount", ["spec", "linux", list], { value, source }));
  }
  return traces;
}

function deviceTrace({ request, out }: Remarkable): Trace[] {
  if (!request.privileged) return [];
  const source = rule("privileged ⇒ all devices of the host");
  const { devices, resources } = out.spec?.linux ?? {};
  return [
    entry("privileged", ["spec", "linux", "devices"], { value: devices ?? null, source }),
    entry("privileged", ["spec", "linux", "resources", "devices"], {
      value: resources?.devices ?? [],
      source,
    }),
  ];
}

function sysctlTrace({ request, facts }: Remarkable): Trace[] {
  return Object.entries(defaultSysctls(request, facts))
    .filter(([name]) => !Object.hasOwn(request.sysctls, name))
    .map(([name, value]) =>
      entry("sysctls", ["spec", "linux", "sysctl", name], { value, source: DEFAULT }),
    );
}
