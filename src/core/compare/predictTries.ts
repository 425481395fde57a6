// What the kernel will say when a container writes to a mount, binds port 80, executes a setuid file or opens a raw socket.
import type { FieldName } from "../fields/card.ts";
import type { FieldPath } from "../model/finding.ts";
import type { OciIDMapping, OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";
import type { PlaceFacts, TryName } from "../model/tries.ts";
import { capBprmCredsFromFile } from "../rules/capBprmCredsFromFile.ts";
import { hasSeccompFilter, seccompVerdict } from "../rules/seccompFilter.ts";
import { mayWrite } from "./mayWrite.ts";

export interface TriesInput {
  readonly spec: OciSpec;
  readonly sandboxSpec?: OciSpec | null;
  /** The kernel room's answer: host ids. */
  readonly status: ProcStatus;
  readonly places: readonly PlaceFacts[];
  readonly fsGroup?: number | undefined;
  /** The pod is in the host's network; then these sysctls are the host's. */
  readonly hostNetwork: boolean;
  readonly hostSysctls: Readonly<Record<string, string>>;
  /** The runtime itself runs in a user namespace. */
  readonly inUserNamespace?: boolean;
}

/** Who decides: a field of the securityContext, a path relative to the container, or nobody in the manifest. */
export type DecidedBy = FieldName | FieldPath;
export interface Decision {
  readonly predicted: boolean;
  /** The deciding rule with its values, in few words. */
  readonly rule: string;
  readonly by?: DecidedBy;
}
export interface PredictedTry extends Decision {
  readonly name: TryName;
}

/** The process that tries, by ids as they are inside its user namespace. */
export interface Trier {
  readonly uid: number;
  readonly gid: number;
  /** The effective group and the supplementary ones. */
  readonly groups: readonly number[];
  readonly fsGroup?: number | undefined;
  readonly effective: (bit: number) => boolean;
  /** The id of a file as it is seen inside; undefined for one that has no mapping. */
  readonly inside: (id: number, kind: "uid" | "gid", place: PlaceFacts) => number | undefined;
}

/** What the kernel calls an id that has none in the user namespace of who asks. */
const OVERFLOW_ID = 65534;
const NET_BIND_SERVICE = 10;
const NET_RAW = 13;
const PORT = 80;
/** Linux's own values in a new network namespace. */
const FRESH = { port: "1024", ping: "1 0" };

/** In the order of `places`, then bind, setuid, raw socket, ping socket. */
export function predictTries(input: TriesInput): PredictedTry[] {
  const trier = trierOf(input);
  const decide = (name: TryName, calls: readonly Call[], decision: Decision): PredictedTry => ({
    name,
    ...(refusedBySeccomp(input.spec, calls) ?? decision),
  });
  const socket = (type: bigint, protocol: bigint): Call => ["socket", [2n, type, protocol]];
  return [
    ...input.places.map((place) =>
      decide(`write:${place.path}`, [["openat", []]], mayWrite(place, trier)),
    ),
    decide(`bind:${PORT}`, [socket(1n, 0n), ["bind", []]], mayBind(input, trier)),
    decide("setuid:", [["execve", []]], mayGain(input, trier)),
    decide("raw:", [socket(3n, 1n)], mayOpenRaw(input, trier)),
    decide("ping:", [socket(2n, 1n)], mayPing(input, trier)),
  ];
}

type Call = readonly [name: string, args: readonly bigint[]];

function refusedBySeccomp({ linux }: OciSpec, calls: readonly Call[]): Decision | undefined {
  const { seccomp } = linux ?? {};
  if (!hasSeccompFilter(seccomp)) return undefined;
  for (const [name, args] of calls) {
    const { kind } = seccompVerdict(seccomp, name, { args, enosysStub: false });
    if (kind === "allow") continue;
    return { predicted: false, rule: `the seccomp profile refuses ${name}`, by: "seccompProfile" };
  }
  return undefined;
}

function mayBind(input: TriesInput, trier: Trier): Decision {
  const name = "net.ipv4.ip_unprivileged_port_start";
  const start = sysctl(input, name) ?? FRESH.port;
  const rule = `${short(name)} ${start}`;
  if (Number(start) <= PORT) return { predicted: true, rule, ...sysctlBy(input, name) };
  return capability("CAP_NET_BIND_SERVICE", NET_BIND_SERVICE, { input, trier, rule });
}

function mayOpenRaw(input: TriesInput, trier: Trier): Decision {
  return capability("CAP_NET_RAW", NET_RAW, { input, trier, rule: "" });
}

/** In the host's network a capability of another user namespace is worth nothing. */
function capability(
  name: string,
  bit: number,
  { input, trier, rule }: { readonly input: TriesInput; readonly trier: Trier; rule: string },
): Decision {
  const before = rule === "" ? "" : `${rule}, `;
  const isMapped = mappings(input.spec, "uid").length > 0;
  if (input.hostNetwork && (isMapped || input.inUserNamespace === true)) {
    const by = isMapped ? ({ by: "hostUsers" } as const) : {};
    return { predicted: false, rule: `${before}${name} is not the host's`, ...by };
  }
  if (trier.effective(bit)) return { predicted: true, rule: name, by: "capabilities" };
  // In the bounding set: the execve as an ordinary user took it.
  const isLost = (mask(input.status.CapBnd) >> BigInt(bit)) & 1n && trier.uid !== 0;
  const why = isLost ? `uid ${trier.uid} has lost ${name}` : `no ${name}`;
  return { predicted: false, rule: before + why, by: isLost ? "runAsUser" : "capabilities" };
}

/** @see linux v6.18 net/ipv4/ping.c ping_init_sock */
function mayPing(input: TriesInput, trier: Trier): Decision {
  const name = "net.ipv4.ping_group_range";
  const range = (sysctl(input, name) ?? FRESH.ping).trim().split(/\s+/);
  const [low = 1, high = 0] = range.map(Number);
  const predicted = trier.groups.some((gid) => gid >= low && gid <= high);
  return { predicted, rule: `${short(name)} ${range.join(" ")}`, ...sysctlBy(input, name) };
}

/** A setuid-root file gives root's id or capabilities that were not there. */
function mayGain({ status }: TriesInput, { uid }: Trier): Decision {
  const by = "allowPrivilegeEscalation";
  if (status.NoNewPrivs === "1") return { predicted: false, rule: "NoNewPrivs", by };
  const permitted = mask(status.CapPrm);
  const [real = 0, effective = 0] = status.Uid.split(" ").map(Number);
  const host = effective - uid;
  const after = capBprmCredsFromFile(
    {
      uid: { real: real - host, effective: uid, saved: uid },
      gid: { real: 0, effective: 0, saved: 0 },
      groups: [],
      inheritable: mask(status.CapInh),
      permitted,
      effective: mask(status.CapEff),
      bounding: mask(status.CapBnd),
      ambient: mask(status.CapAmb),
      noNewPrivs: false,
    },
    { setuid: true },
  );
  const gains =
    after !== undefined && (after.uid.effective !== uid || (after.permitted & ~permitted) !== 0n);
  if (gains) return { predicted: true, rule: "no_new_privs is not set", by };
  return { predicted: false, rule: `uid ${uid} has all that it could gain`, by: "runAsUser" };
}

function sysctl(input: TriesInput, name: string): string | undefined {
  if (input.hostNetwork) return input.hostSysctls[name];
  return input.sandboxSpec?.linux?.sysctl?.[name] ?? input.spec.linux?.sysctl?.[name];
}

/** `ip_unprivileged_port_start` of `net.ipv4.ip_unprivileged_port_start`. */
function short(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function sysctlBy(input: TriesInput, name: string): Pick<Decision, "by"> {
  if (input.hostNetwork) return { by: "hostNetwork" };
  return sysctl(input, name) === undefined ? {} : { by: "sysctls" };
}

function trierOf({ spec, status, fsGroup, inUserNamespace = false }: TriesInput): Trier {
  const [, , , uid = 0] = status.Uid.split(" ").map(Number);
  const [, , , gid = 0] = status.Gid.split(" ").map(Number);
  const others = status.Groups === "" ? [] : status.Groups.split(" ").map(Number);
  const effective = mask(status.CapEff);
  const map = (id: number, kind: "uid" | "gid"): number | undefined =>
    toInside(id, mappings(spec, kind));
  const groups = [gid, ...others].flatMap((id) => map(id, "gid") ?? []);
  return {
    ...{ uid: map(uid, "uid") ?? uid, gid: map(gid, "gid") ?? gid },
    groups: [...new Set(groups)],
    fsGroup,
    effective: (bit) => ((effective >> BigInt(bit)) & 1n) === 1n,
    inside(id, kind, { idMapped }) {
      if (inUserNamespace && id === OVERFLOW_ID) return undefined;
      return idMapped === true ? id : map(id, kind);
    },
  };
}

function mappings({ linux }: OciSpec, kind: "uid" | "gid"): readonly OciIDMapping[] {
  return (kind === "uid" ? linux?.uidMappings : linux?.gidMappings) ?? [];
}

function toInside(id: number, mappings: readonly OciIDMapping[]): number | undefined {
  if (mappings.length === 0) return id;
  for (const { containerID, hostID, size } of mappings) {
    if (id >= hostID && id < hostID + size) return containerID + (id - hostID);
  }
  return undefined;
}

function mask(hex: string): bigint {
  return BigInt(`0x${hex}`);
}
