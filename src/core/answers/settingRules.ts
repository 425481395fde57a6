// For each field: whose word holds in the end: the author's, the kubelet's default, or what the runtime makes of it.
import type { FieldName } from "../fields/card.ts";
import type { EffectiveContext } from "../kubelet/effective.ts";
import type { SecurityProfile } from "../model/cri.ts";
import type { OciSpec } from "../model/oci.ts";
import type { Sysctl } from "../model/pod.ts";
import type { Setting, Source } from "../model/setting.ts";
import type { World } from "../model/world.ts";
import { CAPABILITIES } from "../tables/capabilities.ts";

export interface SettingFacts {
  readonly world: World;
  readonly effective: EffectiveContext;
  /** Traces of the container by field, in the order of the stage's document. */
  readonly byKubelet: ReadonlyMap<string, readonly Setting<unknown>[]>;
  readonly byRuntime: ReadonlyMap<string, readonly Setting<unknown>[]>;
  readonly sandboxSpec: OciSpec | undefined;
  /** Parts of the world that the runtime's documents rest on and nobody told. */
  readonly unknown: readonly string[];
}
type Rule = (facts: SettingFacts) => Setting<unknown> | undefined;

const KUBELET_DEFAULT: Source = { kind: "default", by: "kubelet" };

/** The author's value, else what the kubelet takes when nobody wrote one. */
function authoredOr(name: FieldName, value: unknown): Rule {
  return ({ effective }) => effective[name] ?? { value, source: KUBELET_DEFAULT };
}

/** Only when the author wrote it. */
function authored(name: FieldName): Rule {
  return ({ effective }) => effective[name];
}

function first(settings: readonly Setting<unknown>[] | undefined): Setting<unknown> | undefined {
  return settings?.[0];
}

/** `later` replaces `earlier`, which hangs behind it. */
function over(later: Setting<unknown>, earlier: Setting<unknown> | undefined): Setting<unknown> {
  const { value, source } = later;
  return earlier === undefined ? { value, source } : { value, source, was: earlier };
}

/** The runtime has the last word: which user, which groups, which capabilities the process gets. */
function runtimeOver(name: FieldName): Rule {
  return ({ effective, byKubelet, byRuntime }) => {
    const earlier = effective[name] ?? first(byKubelet.get(name));
    const later = first(byRuntime.get(name));
    if (later === undefined) return earlier;
    return over(later, effective[name] ?? (earlier?.source.kind === "image" ? earlier : later.was));
  };
}

/** A name that the kernel does not know stays in the runtime's document and is worth nothing: it is left out. */
function capabilities(facts: SettingFacts): Setting<unknown> | undefined {
  const setting = runtimeOver("capabilities")(facts);
  if (setting === undefined || !Array.isArray(setting.value)) return setting;
  return { ...setting, value: setting.value.filter((name) => CAPABILITIES.includes(name)) };
}

function seccompProfile(facts: SettingFacts): Setting<unknown> | undefined {
  const asked = facts.effective.seccompProfile ?? first(facts.byKubelet.get("seccompProfile"));
  const dropped = facts.byRuntime.get("seccompProfile")?.find(({ value }) => value === null);
  return dropped === undefined ? inApiTerms(asked) : over(dropped, inApiTerms(asked));
}

/** What the kubelet chose itself stands in CRI's spelling; here it is the API's. */
function inApiTerms(setting: Setting<unknown> | undefined): Setting<unknown> | undefined {
  const { value } = setting ?? {};
  if (setting === undefined || typeof value !== "object" || value === null) return setting;
  if ("type" in value) return setting;
  const { profile_type: type = "RuntimeDefault" } = value as SecurityProfile;
  return { ...setting, value: { type } };
}

/** Saying nothing and RuntimeDefault are the same on a node with AppArmor, and nothing on one without. */
function appArmorProfile({ effective, byRuntime, world }: SettingFacts): Setting<unknown> {
  const asked = effective.appArmorProfile;
  const byRuntime0 = first(byRuntime.get("appArmorProfile"));
  if (byRuntime0 !== undefined) {
    const value = byRuntime0.value === null ? null : { type: "RuntimeDefault" };
    return over({ ...byRuntime0, value }, asked);
  }
  if (asked !== undefined) return asked;
  if (world.node.appArmor) return { value: { type: "RuntimeDefault" }, source: KUBELET_DEFAULT };
  return { value: null, source: { kind: "node", fact: "AppArmor is not enabled" } };
}

function seLinuxOptions({
  effective,
  byRuntime,
  world,
}: SettingFacts): Setting<unknown> | undefined {
  const asked = effective.seLinuxOptions;
  const label = first(byRuntime.get("seLinuxOptions"));
  if (label !== undefined) return over(label, asked);
  if (world.node.seLinux) return asked;
  return over({ value: null, source: { kind: "node", fact: "SELinux is not enabled" } }, asked);
}

function procMount(facts: SettingFacts): Setting<unknown> {
  const asked = facts.effective.procMount ?? { value: "Default", source: KUBELET_DEFAULT };
  const unmasked = facts.byRuntime
    .get("procMount")
    ?.find(({ value }) => Array.isArray(value) && value.length === 0);
  return unmasked === undefined ? asked : over({ ...unmasked, value: "Unmasked" }, asked);
}

/** Without the image's /etc/passwd nobody can tell the group of a user who names none. */
function runAsGroup(facts: SettingFacts): Setting<unknown> | undefined {
  const setting = runtimeOver("runAsGroup")(facts);
  const isTold =
    facts.effective.runAsGroup !== undefined || !facts.unknown.includes("image.passwd");
  if (isTold || setting === undefined) return setting;
  return { value: null, source: { kind: "image", ref: "whose /etc/passwd is not known" } };
}

function supplementalGroups(facts: SettingFacts): Setting<unknown> | undefined {
  const asked = facts.effective.supplementalGroups ?? facts.effective.fsGroup;
  const later = first(facts.byRuntime.get("supplementalGroups"));
  const sent = first(facts.byKubelet.get("supplementalGroups"));
  if (later === undefined) return sent ?? asked;
  if (facts.unknown.some((part) => part.startsWith("image."))) {
    const source = { kind: "image", ref: "whose groups of the user are not known" } as const;
    return over({ value: null, source }, sent ?? asked);
  }
  const listed = Array.isArray(later.value) ? later.value : [];
  const isSame = Array.isArray(sent?.value) && String(sent.value) === String(listed);
  return isSame ? sent : over(later, sent ?? asked);
}

/** What the pod sets and what the runtime adds for the pod's sandbox. */
function sysctls({
  effective,
  byRuntime,
  sandboxSpec,
}: SettingFacts): Setting<unknown> | undefined {
  const asked = effective.sysctls;
  const added = first(byRuntime.get("sysctls"));
  if (added === undefined) return asked;
  const written = new Set((asked?.value ?? []).map(({ name }) => name.replaceAll("/", ".")));
  const own = (asked?.value ?? []) as readonly Sysctl[];
  const others = Object.entries(sandboxSpec?.linux?.sysctl ?? {}).filter(
    ([name]) => !written.has(name),
  );
  const value = [...own, ...others.map(([name, value]) => ({ name, value }))];
  if (asked === undefined || added.source.kind !== "default")
    return over({ ...added, value }, asked);
  // The pod's own stay what they are.
  if (others.length === 0) return asked;
  const rule = `adds ${others.map(([name]) => name).join(" and ")}`;
  return over({ value, source: { kind: "rule", by: added.source.by, rule } }, asked);
}

export const RULES: Readonly<Record<FieldName, Rule>> = {
  runAsUser: runtimeOver("runAsUser"),
  runAsGroup,
  runAsNonRoot: authoredOr("runAsNonRoot", false),
  supplementalGroups,
  supplementalGroupsPolicy: authoredOr("supplementalGroupsPolicy", "Merge"),
  fsGroup: authored("fsGroup"),
  fsGroupChangePolicy: authored("fsGroupChangePolicy"),
  privileged: authoredOr("privileged", false),
  allowPrivilegeEscalation: authoredOr("allowPrivilegeEscalation", true),
  capabilities,
  readOnlyRootFilesystem: authoredOr("readOnlyRootFilesystem", false),
  seccompProfile,
  appArmorProfile,
  seLinuxOptions,
  seLinuxChangePolicy: authored("seLinuxChangePolicy"),
  procMount,
  sysctls,
  windowsOptions: authored("windowsOptions"),
  hostNetwork: authoredOr("hostNetwork", false),
  hostPID: authoredOr("hostPID", false),
  hostIPC: authoredOr("hostIPC", false),
  hostUsers: authoredOr("hostUsers", true),
  shareProcessNamespace: authoredOr("shareProcessNamespace", false),
};
