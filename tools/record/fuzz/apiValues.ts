// Draws values of the API's Go types: what a field takes, what it nearly takes, and what it does not take at all.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type GoType, structOf } from "../../../src/core/apiserver/decode/schema.ts";
import type { JsonValue } from "../../../src/core/model/json.ts";

/** Draws by chance, the same for the same seed. */
export interface Chance {
  /** 0 to below `limit`. */
  readonly below: (limit: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly once: (outOf: number) => boolean;
}

export function chance(seed: number): Chance {
  let state = seed | 0;
  // Marsaglia's xorshift would keep a zero; this one (mulberry32) takes any seed.
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  return { below, pick, once: (outOf) => below(outOf) === 0 };
}

/** The constants of each string type: `v1.DNSPolicy` has `ClusterFirst` … `api` is the folder of the module k8s.io/api. */
export function constantsOf(api: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const group of ["core/v1", "apps/v1", "batch/v1"]) {
    const text = readFileSync(join(api, group, "types.go"), "utf8");
    for (const [, type = "", value = ""] of text.matchAll(/^\s*\w+\s+(\w+)\s+= "([^"]*)"/gm)) {
      const shown = `v1.${type}`;
      found.set(shown, [...(found.get(shown) ?? []), value]);
    }
  }
  return found;
}

const ODD_TEXTS = (
  [
    "",
    " ",
    "a b",
    "A",
    "é",
    "a.b",
    "a..b",
    "-a",
    "a-",
    "a_b",
    "a/b",
    "/a",
    "a/",
    "//",
    "../a",
  ] as const
).concat(
  ["/a/../b", "<&>", 'q"q', "a\\b", "x\ty", "1", "0", "80", "65536", "*", "a:b", "*.a"] as never[],
  ["localhost", "127.0.0.1", "::1", "010.0.0.1", "10.0.0.0/8", "https", "x=y", "$(A)"] as never[],
  [15, 16, 63, 64, 253, 254].map((length) => "n".repeat(length)) as never[],
);
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  name: ["a", "b", "data", "app", "web", "A_B", "kernel.msgmax", "net.core.somaxconn"],
  mountPath: ["/data", "/a", "a", "/a:b", "C:\\a"],
  path: ["/a", "a", "a/..", "..a", "/healthz"],
  key: ["a", "example.org/a", "a/b/c", ".a", "..a"],
  value: [
    "1",
    "0 1",
    "x",
    "runtime/default",
    "localhost/a",
    "unconfined",
    "docker/default",
    "localhost/",
  ],
  image: ["app:1", " app", "app ", ""],
  type: ["Localhost", "RuntimeDefault", "Unconfined", "File", "container_t"],
  level: ["s0:c1,c2"],
  localhostProfile: ["a.json", "../a", "/a", " a ", "a/../b"],
  fieldPath: [
    "metadata.name",
    "metadata.labels['a']",
    "metadata.annotations['A']",
    "status.podIP",
    "spec.nodeName",
  ],
  resource: ["limits.cpu", "requests.memory", "limits.hugepages-2Mi", "cpu"],
  topologyKey: ["kubernetes.io/hostname"],
  ip: ["10.0.0.1", "::1", "x"],
  devicePath: ["/dev/a", "/data", "../a"],
  schedule: [
    ..."@daily|@every 1h|@every 1x|@every 5|@every -1.5s|@hourl|* * * * *|*/5 0 1 jan sun|0 0 1 1 7|60 * * * *".split(
      "|",
    ),
    ..."* 24 * * *|* * 0 * *|* * * 13 *|5-1 * * * *|1-2-3 * * * *|*/0 * * * *|*/-1 * * * *|1/2/3 * * * *|x * * * *|* * *".split(
      "|",
    ),
    ..."* * * * mon-fri|TZ=UTC * * * * *|CRON_TZ=Europe/Nowhere * * * * *|TZ=0|TZ=../a 0 0 * * *|99999999999999999999 * * * *|,,1 * * * *|? ? ? ? ?| 0  0 * * * ".split(
      "|",
    ),
    "-1 * * * *",
    "1- * * * *",
    "@every 1h30m",
    "@every 9999999999h",
    "TZ=UTC @every  1h",
    "@every 1.5.5s",
    "+1 * * * *",
    "* * * JAN Sun/2",
    "0 0 31 2 0-6/9",
  ],
  timeZone: [
    ..."UTC Europe/Berlin local Local Europe/Nowhere ../UTC a//b -a/b europe/berlin EST5EDT Etc/GMT+1 averyveryverylongname".split(
      " ",
    ),
    "",
  ],
  succeededIndexes: [
    "0",
    "0-1",
    "1,0",
    "0,0",
    "0-0",
    "x",
    "1-2-3",
    "5",
    "-1",
    "0,2-3",
    "",
    "0-x",
    "0-99",
  ],
  managedBy: [
    "acme.io/foo",
    "a",
    "/",
    "A/b",
    "acme.io/é",
    "kubernetes.io/job-controller",
    `a/${"n".repeat(70)}`,
  ],
  serviceName: ["web", "A", "a.b", ""],
  maxUnavailable: ["25%", "0%", "101%", "x", "1", "-1%", "0", "99999999999999999999%"],
  maxSurge: ["25%", "0%", "101%", "x", "1", "0"],
  containerName: ["a", "x"],
  operator: ["In", "NotIn", "Exists", "DoesNotExist", "x", ""],
  action: ["FailJob", "FailIndex", "Ignore", "Count", "x", ""],
};
const INTEGERS = [
  0, 1, -1, 2, 80, 255, 256, 420, 511, 512, 1000, 1023, 1024, 65535, 65536, 100001, 2147483647,
  -2147483648,
];
const LONG_INTEGERS = [
  2147483648,
  4294967295,
  4294967296,
  -2147483649,
  9223372036854775807n,
  -9223372036854775808n,
];
const QUANTITIES = [
  "1",
  "100m",
  "1Gi",
  "0",
  "-1",
  "1.5",
  "1e3",
  "0.5m",
  "1Mi",
  "3Ki",
  1,
  "x",
  "",
  "1 Gi",
];
const RESOURCES = [
  "cpu",
  "memory",
  "ephemeral-storage",
  "hugepages-2Mi",
  "example.org/gpu",
  "nvidia.com/gpu",
  "x",
  "pods",
];

/** `depth` is how far an object may still go down; `constants` see constantsOf. */
export function drawnValue(
  by: Chance,
  type: GoType,
  name: string,
  constants: ReadonlyMap<string, readonly string[]>,
  depth: number,
): JsonValue {
  if (by.once(40)) return null;
  if (by.once(60))
    return by.pick<JsonValue>(["x", 1, true, [], {}, 1.5 as never, ["a"], { a: "b" }]);
  switch (type.kind) {
    case "bool":
      return by.once(2);
    case "int32":
    case "int64":
      return by.once(12) ? by.pick(LONG_INTEGERS) : by.pick(INTEGERS);
    case "quantity":
      return by.pick(QUANTITIES);
    case "intOrString":
      return by.once(2) ? by.pick(INTEGERS) : text(by, BY_NAME[name] ? name : "port", undefined);
    case "time":
      return "2026-01-01T00:00:00Z";
    case "list":
      return Array.from({ length: by.pick([0, 1, 1, 1, 2, 2, 3]) }, () =>
        type.element === undefined
          ? null
          : drawnValue(by, type.element, name, constants, depth - 1),
      );
    case "map": {
      const keys = type.shown.endsWith("ResourceList")
        ? RESOURCES
        : name === "annotations" && by.once(2)
          ? ANNOTATIONS
          : KEYS;
      const map: Record<string, JsonValue> = {};
      for (let left = by.pick([0, 1, 1, 2, 3]); left > 0 && type.element !== undefined; left -= 1)
        map[by.pick(keys)] = drawnValue(by, type.element, "value", constants, depth - 1);
      return map;
    }
    case "struct": {
      const fields = [...structOf(type).fields.values()];
      const object: Record<string, JsonValue> = {};
      for (const field of fields) {
        const rare = depth <= 0 || fields.length > 8;
        if (!by.once(rare ? Math.max(3, fields.length >> 1) : 2)) continue;
        if (depth < -2 && field.type.kind === "struct") continue;
        object[field.name] = drawnValue(by, field.type, field.name, constants, depth - 1);
      }
      if (by.once(50)) object["unknown"] = 1;
      return object;
    }
    case "string":
      return text(by, name, constants.get(type.shown));
    default:
      return "";
  }
}

function text(by: Chance, name: string, constants: readonly string[] | undefined): string {
  if (constants !== undefined && !by.once(4)) return by.pick(constants);
  const named = BY_NAME[name] ?? (/name$/i.test(name) ? BY_NAME["name"] : undefined);
  return named !== undefined && !by.once(3) ? by.pick(named) : by.pick(ODD_TEXTS);
}
const KEYS = ["a", "example.org/a", "A B", "", "a/b/c", "b"];
const ANNOTATIONS = ["pod", ...["a", "b", "app", "init", "c", "x", ""]]
  .map((name) =>
    name === "pod"
      ? "seccomp.security.alpha.kubernetes.io/pod"
      : `container.seccomp.security.alpha.kubernetes.io/${name}`,
  )
  .concat(
    ["a", "b", "app", "init", "c", "x", ""].map(
      (name) => `container.apparmor.security.beta.kubernetes.io/${name}`,
    ),
    [
      "security.alpha.kubernetes.io/sysctls",
      "kubernetes.io/config.mirror",
      "controller.kubernetes.io/pod-deletion-cost",
      "scheduler.alpha.kubernetes.io/critical-pod",
      "scheduler.alpha.kubernetes.io/tolerations",
    ],
  );
