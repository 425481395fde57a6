// Objects and styles as chance picks them, for `fix` to work on.
import fc from "fast-check";
import type { JsonValue } from "../src/core/model/json.ts";
import type { Oddity } from "./helmWriter.ts";

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const names = fc.constantFrom(
  "CHOWN",
  "net_raw",
  "NET_BIND_SERVICE",
  "CAP_KILL",
  "ALL",
  "all",
  "SYS_ADMIN",
);
const profile = fc.constantFrom<JsonValue>(
  { type: "Unconfined" },
  { type: "RuntimeDefault" },
  { type: "Localhost", localhostProfile: "p/q.json" },
  null,
  {},
);
const own = fc.record(
  {
    privileged: fc.constantFrom<JsonValue>(true, false, null),
    allowPrivilegeEscalation: fc.constantFrom<JsonValue>(true, false, "false"),
    readOnlyRootFilesystem: fc.boolean(),
    runAsUser: fc.constantFrom(0, 7),
    runAsNonRoot: fc.boolean(),
    capabilities: fc.record(
      { add: fc.array(names, { maxLength: 3 }), drop: fc.array(names, { maxLength: 3 }) },
      { requiredKeys: [] },
    ),
    seccompProfile: profile,
    seLinuxOptions: fc.constantFrom<JsonValue>({ type: "spc_t" }, { level: "s0" }),
    procMount: fc.constantFrom("Unmasked", "Default"),
    runAsNonroot: fc.boolean(),
  },
  { requiredKeys: [] },
);
const SCRIPT =
  "#!/bin/sh\nset -e\n# not a comment\necho 'a: b'\n\n  cat <<E\nsecurityContext:\nE\n";
const container = fc
  .record({
    image: fc.constantFrom("app", "app", "unknown", "root"),
    args: maybe(
      fc.constantFrom<JsonValue>([SCRIPT], ["-c", "a b: c"], ["--x={}", SCRIPT.trimEnd()], []),
    ),
    env: maybe(
      fc.constantFrom<JsonValue>([
        { name: "A", value: "b # c" },
        { name: "B", value: "" },
      ]),
    ),
    ports: maybe(
      fc.constantFrom<JsonValue>([{ containerPort: 80, hostPort: 80 }, { containerPort: 81 }]),
    ),
    securityContext: maybe(fc.oneof(own, fc.constant(null))),
    resources: maybe(fc.constant({})),
  })
  .map((one) => defined(one));
const spec = fc
  .record({
    securityContext: maybe(
      fc.oneof(
        fc.constant(null),
        fc.constant({}),
        fc.record(
          {
            runAsUser: fc.constantFrom(0, 5),
            runAsNonRoot: fc.boolean(),
            seccompProfile: profile,
            sysctls: fc.constantFrom<JsonValue>([
              { name: "kernel.msgmax", value: "1" },
              { name: "kernel.shm_rmid_forced", value: "0" },
            ]),
            fsGroup: fc.constant(9),
          },
          { requiredKeys: [] },
        ),
      ),
    ),
    hostNetwork: maybe(fc.boolean()),
    hostPID: maybe(fc.boolean()),
    initContainers: maybe(fc.array(container, { maxLength: 1 })),
    containers: fc.array(container, { minLength: 1, maxLength: 3 }),
    volumes: maybe(
      fc.constantFrom<JsonValue>(
        [{ name: "v", emptyDir: {} }],
        [{ name: "h", hostPath: { path: "/x" } }],
      ),
    ),
    nodeSelector: maybe(fc.constantFrom<JsonValue>({ a: "b" }, {})),
  })
  .map((one) => {
    const { initContainers, containers, ...rest } = one;
    const name = (list: readonly object[], prefix: string) =>
      list.map((item, index) => ({ name: `${prefix}${index}`, ...item }));
    const before =
      initContainers === undefined ? {} : { initContainers: name(initContainers, "i") };
    return defined({ ...rest, ...before, containers: name(containers, "c") });
  });
const annotations = maybe(
  fc.constantFrom<JsonValue>(
    { "container.apparmor.security.beta.kubernetes.io/c0": "unconfined" },
    { "seccomp.security.alpha.kubernetes.io/pod": "unconfined", a: "b" },
    { "seccomp.security.alpha.kubernetes.io/pod": "runtime/default" },
    { a: "b" },
  ),
);
/** A pod or its workload, with what `fix` corrects, takes and adds. */
export const object: fc.Arbitrary<JsonValue> = fc
  .tuple(spec, annotations, fc.nat(3))
  .map(([pod, notes, kind]): JsonValue => {
    const metadata = defined({ name: "p", annotations: notes }) as never;
    const own = { metadata, spec: pod as never };
    if (kind < 2) return { apiVersion: "v1", kind: "Pod", ...own };
    if (kind === 2)
      return {
        apiVersion: "v1",
        kind: "List",
        items: [
          { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "m" }, data: { x: SCRIPT } },
          { apiVersion: "v1", kind: "Pod", ...own },
        ],
      };
    const labels = { app: "x" };
    return {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "d" },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: defined({ labels, annotations: notes }) as never,
          spec: pod as never,
        },
      },
    };
  });
export const oddity: fc.Arbitrary<Oddity> = fc.record({
  dice: fc.array(fc.nat(99), { minLength: 31, maxLength: 131 }),
  often: fc.constantFrom(5, 20, 50, 80),
  eol: fc.constantFrom("\n" as const, "\r\n" as const),
});

function defined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
