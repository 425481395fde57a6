// Draws pods over every field that a Pod Security check reads, on every kind of container, with good, odd and empty values.
import fc from "fast-check";

type Drawn = fc.Arbitrary<unknown>;

/** An object of which each key may be left out. */
function some(shape: Record<string, Drawn>): Drawn {
  return fc.record(shape, { requiredKeys: [] });
}

/** Mostly absent, so that a pod has a chance to meet a level. */
function rarely(arbitrary: Drawn): Drawn {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

const boolean = fc.boolean();
const id = fc.constantFrom(0, 1, 1000, -1, 4294967296);
const CAPABILITIES = [
  "ALL",
  "all",
  "NET_BIND_SERVICE",
  "CAP_NET_BIND_SERVICE",
  "CHOWN",
  "NET_RAW",
  "SYS_ADMIN",
  "KILL",
  "",
  "AUDIT_WRITE",
];
const capabilityList = fc.array(fc.constantFrom(...CAPABILITIES), { maxLength: 3 });
const capabilities = some({
  add: fc.oneof(
    fc.constant(["NET_BIND_SERVICE"]),
    capabilityList,
    fc.constant([]),
    fc.constant(null),
  ),
  drop: fc.oneof(
    { weight: 3, arbitrary: fc.constant(["ALL"]) },
    { weight: 1, arbitrary: capabilityList },
  ),
});
const seccompProfile = some({
  type: fc.constantFrom(
    "RuntimeDefault",
    "RuntimeDefault",
    "Localhost",
    "Unconfined",
    "",
    "runtimeDefault",
  ),
  localhostProfile: fc.constantFrom("a.json", ""),
});
const appArmorProfile = some({
  type: fc.constantFrom("RuntimeDefault", "Localhost", "Unconfined", "", "x"),
  localhostProfile: fc.constantFrom("a", ""),
});
const seLinuxOptions = some({
  type: fc.constantFrom(
    "container_t",
    "container_init_t",
    "container_kvm_t",
    "container_engine_t",
    "spc_t",
    "",
  ),
  user: fc.constantFrom("", "system_u"),
  role: fc.constantFrom("", "sysadm_r"),
  level: fc.constantFrom("s0", ""),
});
const windowsOptions = some({
  hostProcess: boolean,
  runAsUserName: fc.constantFrom("a", "ContainerAdministrator", ""),
});

const containerContext = some({
  allowPrivilegeEscalation: fc.constantFrom(false, false, true, undefined),
  privileged: rarely(boolean),
  capabilities: fc.oneof(
    { weight: 3, arbitrary: capabilities },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  runAsNonRoot: fc.constantFrom(true, true, false, undefined),
  runAsUser: rarely(id),
  seccompProfile: fc.oneof(rarely(seccompProfile), fc.constant({ type: "RuntimeDefault" })),
  appArmorProfile: rarely(appArmorProfile),
  seLinuxOptions: rarely(seLinuxOptions),
  windowsOptions: rarely(windowsOptions),
  procMount: rarely(fc.constantFrom("Default", "Unmasked", "", "x")),
});
const host = fc.constantFrom(
  "",
  "127.0.0.1",
  "localhost",
  "::1",
  "10.0.0.1",
  "LOCALHOST",
  "example.org",
);
const handler = fc.oneof(
  some({ httpGet: some({ host, port: fc.constant(80) }) }),
  some({ tcpSocket: some({ host, port: fc.constant("http") }) }),
  some({ exec: fc.constant({ command: ["a"] }) }),
);
const ports = fc.array(
  some({ containerPort: fc.constant(80), hostPort: fc.constantFrom(0, 0, 80, 8080, -1) }),
  { maxLength: 2 },
);

function container(name: string): Drawn {
  return fc
    .record({
      securityContext: fc.option(containerContext, { nil: undefined, freq: 6 }),
      ports: rarely(ports),
      livenessProbe: rarely(handler),
      readinessProbe: rarely(handler),
      startupProbe: rarely(handler),
      lifecycle: rarely(some({ postStart: handler, preStop: handler })),
    })
    .map((drawn) => ({ name, image: "registry.example/app:1", ...drawn }));
}
const containers = fc
  .tuple(container("a"), container("b"))
  .chain(([a, b]) => fc.constantFrom([a], [a], [a, b], []));
const others = (name: string) => rarely(fc.tuple(container(name)));

const VOLUMES =
  `emptyDir hostPath gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi glusterfs persistentVolumeClaim
rbd flexVolume cinder cephfs flocker downwardAPI fc azureFile configMap vsphereVolume quobyte azureDisk photonPersistentDisk
projected portworxVolume scaleIO storageos csi ephemeral image`.split(/\s+/);
const volumes = fc.array(
  fc
    .tuple(
      fc.constantFrom("v", "w"),
      fc.constantFrom(...VOLUMES, "secret", "emptyDir", "configMap", ""),
      fc.constantFrom({}, {}, {}, null),
    )
    .map(([name, source, body]) => ({ name, ...(source === "" ? {} : { [source]: body }) })),
  { maxLength: 3 },
);
const SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
].concat([
  "net/ipv4/ip_local_port_range",
  "kernel.msgmax",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ping_group_range",
  "",
]);
const podContext = some({
  runAsNonRoot: fc.constantFrom(true, true, false, undefined),
  runAsUser: rarely(id),
  seccompProfile: fc.oneof(rarely(seccompProfile), fc.constant({ type: "RuntimeDefault" })),
  appArmorProfile: rarely(appArmorProfile),
  seLinuxOptions: rarely(seLinuxOptions),
  windowsOptions: rarely(windowsOptions),
  sysctls: rarely(
    fc.array(some({ name: fc.constantFrom(...SYSCTLS), value: fc.constant("1") }), {
      maxLength: 3,
    }),
  ),
});
const PROFILES = [
  "runtime/default",
  "docker/default",
  "localhost/a",
  "localhost/",
  "unconfined",
  "",
  "x",
];
const annotations = fc.dictionary(
  fc.constantFrom(
    "seccomp.security.alpha.kubernetes.io/pod",
    ...["a", "b", "i", "z"].map((name) => `container.seccomp.security.alpha.kubernetes.io/${name}`),
    ...["a", "b", "i", "e", "z", ""].map(
      (name) => `container.apparmor.security.beta.kubernetes.io/${name}`,
    ),
  ),
  fc.constantFrom(...PROFILES),
  { maxKeys: 3 },
);

/** Pods as Go's type decodes them; whether the API server would take them does not matter to a check. */
export const PODS: fc.Arbitrary<unknown> = fc
  .record({
    annotations: rarely(annotations),
    spec: fc.record({
      containers,
      initContainers: others("i"),
      ephemeralContainers: others("e"),
      securityContext: fc.option(podContext, { nil: undefined, freq: 5 }),
      volumes: rarely(volumes),
      os: rarely(some({ name: fc.constantFrom("linux", "windows", "windows", "", "x") })),
      hostNetwork: rarely(boolean),
      hostPID: rarely(boolean),
      hostIPC: rarely(boolean),
      hostUsers: rarely(boolean),
    }),
  })
  .map(({ annotations: told, spec }) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p", annotations: told },
    spec,
  }));
