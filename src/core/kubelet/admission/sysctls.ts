// Whether the node lets a pod set its sysctls: the safe ones and those of allowedUnsafeSysctls, in namespaces of the pod's own.
import type { Pod } from "../../model/pod.ts";
import { at, compareReleases, type Versioned } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { goQuote } from "../../rules/goText.ts";
import { nodeOs } from "../../rules/nodeOs.ts";
import {
  normalizeSysctlName,
  type SysctlNamespace,
  sysctlNamespace,
} from "../../rules/sysctlNames.ts";
import { SAFE_SYSCTLS } from "../../tables/safeSysctls.ts";
import type { EffectiveContext } from "../effective.ts";
import type { Rejection } from "./rejection.ts";

const NOT_LISTED: Versioned<string> = [
  { since: "v1.0", value: "not whitelisted" },
  { since: "v1.23", value: "not allowlisted" },
];
/** Since when the kubelet reads `net/core/somaxconn`. */
const NORMALIZES: Versioned<boolean> = [{ since: "v1.23", value: true }];
/** Since when the kubelet holds no sysctl for safe on another system than Linux. */
const SAFE_ON_LINUX_ALONE: Versioned<boolean> = [{ since: "v1.29", value: true }];

/** The first sysctl that is not allowed. @see kubernetes v1.37.2 pkg/kubelet/sysctl/allowlist.go Admit */
export function admitSysctls(
  _pod: Pod,
  podLevel: EffectiveContext,
  world: World,
): Rejection | undefined {
  const sysctls = podLevel.sysctls?.value ?? [];
  if (sysctls.length === 0) return undefined;
  const allowlist = newAllowlist(world);
  for (const [index, { name }] of sysctls.entries()) {
    const problem = validateSysctl(normalizedSysctl(name ?? "", world), allowlist, podLevel, world);
    if (problem === undefined) continue;
    return {
      gate: "sysctls",
      reason: "SysctlForbidden",
      message: `forbidden sysctl: ${problem}`,
      field: "sysctls",
      path: ["spec", "securityContext", "sysctls", index, "name"],
    };
  }
  return undefined;
}

/** With dots, in the releases that read slashes. */
export function normalizedSysctl(name: string, world: World): string {
  return at(NORMALIZES, world.kubernetes) === true ? normalizeSysctlName(name) : name;
}

interface Allowlist {
  readonly names: ReadonlyMap<string, SysctlNamespace>;
  readonly prefixes: ReadonlyMap<string, SysctlNamespace>;
}

/**
 * The safe sysctls of the release and kernel, then the node's own patterns. With a pattern that is not known to be
 * namespaced no kubelet would start, so it allows nothing here.
 * @see kubernetes v1.37.2 pkg/kubelet/sysctl/allowlist.go NewAllowlist
 */
function newAllowlist(world: World): Allowlist {
  const names = new Map<string, SysctlNamespace>();
  const prefixes = new Map<string, SysctlNamespace>();
  for (const pattern of [...safeSysctls(world), ...world.node.allowedUnsafeSysctls]) {
    const [head = "", ...rest] = normalizedSysctl(pattern, world).split("*");
    const namespace = sysctlNamespace(head, world.kubernetes);
    if (namespace === undefined) continue;
    (rest.length === 0 ? names : prefixes).set(head, namespace);
  }
  return { names, prefixes };
}

/** @see kubernetes v1.37.2 pkg/kubelet/sysctl/safe_sysctls.go SafeSysctlAllowlist */
function safeSysctls(world: World): string[] {
  const names: string[] = [];
  const isLinux = nodeOs(world) === "linux";
  if (!isLinux && at(SAFE_ON_LINUX_ALONE, world.kubernetes) === true) return names;
  for (const { name, since, kernel } of SAFE_SYSCTLS) {
    if (at([{ since, value: true }], world.kubernetes) !== true) continue;
    if (kernel !== undefined && compareReleases(world.node.kernel, kernel) < 0) continue;
    names.push(name);
  }
  return names;
}

/** @see kubernetes v1.37.2 pkg/kubelet/sysctl/allowlist.go validateSysctl */
function validateSysctl(
  name: string,
  allowlist: Allowlist,
  podLevel: EffectiveContext,
  world: World,
): string | undefined {
  const namespace = allowlist.names.get(name) ?? byPrefix(name, allowlist);
  if (namespace === undefined) return `${goQuote(name)} ${at(NOT_LISTED, world.kubernetes)}`;
  if (!isHost(namespace, podLevel)) return undefined;
  return `${goQuote(name)} not allowed with host ${namespace.label} enabled`;
}

function byPrefix(name: string, allowlist: Allowlist): SysctlNamespace | undefined {
  for (const [prefix, namespace] of allowlist.prefixes) {
    if (name.startsWith(prefix)) return namespace;
  }
  return undefined;
}

/** Does the pod share that namespace with the node? The user namespace it does unless hostUsers is false. */
function isHost(namespace: SysctlNamespace, podLevel: EffectiveContext): boolean {
  if (namespace.kind === "ipc") return podLevel.hostIPC?.value === true;
  if (namespace.kind === "net") return podLevel.hostNetwork?.value === true;
  return namespace.kind === "user" && podLevel.hostUsers?.value !== false;
}
