// The pods that kubectl is asked to describe: every field that a description shows, absent, zero and odd, as JSON lines.
const TIMES = ["2026-11-28T09:08:07Z", "2026-11-28T23:59:59Z"] as const;

type Json = Record<string, unknown>;

function pod(name: string, spec: Json = {}, status: Json = {}, metadata: Json = {}): Json {
  return {
    ...{ apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default", ...metadata } },
    spec: { containers: [{ name: "app", image: "app:1" }], ...spec },
    status: { phase: "Running", qosClass: "BestEffort", ...status },
  };
}

function state(name: string, now: Json, more: Json = {}): Json {
  return {
    ...{ name, image: "app:1", imageID: "sha256:1", ready: false, restartCount: 0, state: now },
    ...more,
  };
}

function ended(exitCode: number, more: Json = {}): Json {
  const [startedAt, finishedAt] = TIMES;
  return { terminated: { exitCode, reason: "Error", startedAt, finishedAt, ...more } };
}

function container(more: Json): Json {
  return { containers: [{ name: "app", image: "app:1", ...more }] };
}

function env(name: string, valueFrom: Json): Json {
  return { name, valueFrom };
}

function resource(name: string, selector: Json): Json {
  return env(name, { resourceFieldRef: { divisor: "0", ...selector } });
}

const SECRET = { name: "s" };
const LONG = "x".repeat(150);
const VOLUMES: readonly Json[] = [
  { hostPath: { path: "/srv" } },
  { hostPath: { path: "/srv", type: "" } },
  { hostPath: { path: "/srv", type: "DirectoryOrCreate" } },
  { emptyDir: {} },
  { emptyDir: { medium: "Memory", sizeLimit: "1048576" } },
  { emptyDir: { sizeLimit: "0" } },
  { gcePersistentDisk: { pdName: "d", fsType: "ext4", partition: 1, readOnly: true } },
  { awsElasticBlockStore: { volumeID: "v" } },
  { gitRepo: { repository: "r", revision: "1" } },
  { secret: { secretName: "s", optional: true } },
  { secret: { secretName: "s" } },
  { configMap: { name: "c", optional: false } },
  { nfs: { server: "n", path: "/p" } },
  { iscsi: { targetPortal: "t", iqn: "q", lun: 0, iscsiInterface: "default" } },
  {
    iscsi: {
      ...{ targetPortal: "t", iqn: "q", lun: 2, portals: ["a", "b"], chapAuthSession: true },
      ...{ secretRef: SECRET, initiatorName: "i" },
    },
  },
  { glusterfs: { endpoints: "e", path: "/p" } },
  { persistentVolumeClaim: { claimName: "c", readOnly: true } },
  { persistentVolumeClaim: { claimName: "c" } },
  {
    ephemeral: {
      volumeClaimTemplate: {
        metadata: { labels: { b: "2", a: "1" }, annotations: { x: "y", long: LONG } },
        spec: {
          ...{ accessModes: ["ReadWriteOnce"], storageClassName: "fast", volumeMode: "Filesystem" },
          resources: { requests: { storage: "1Gi" } },
          dataSource: { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name: "old" },
        },
      },
    },
  },
  { ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: "1Gi" } } } } } },
  { rbd: { monitors: ["m1", "m2"], image: "i", pool: "rbd", user: "admin", keyring: "/k" } },
  { rbd: { monitors: ["m1"], image: "i", secretRef: SECRET } },
  { quobyte: { registry: "r", volume: "v" } },
  {
    downwardAPI: {
      items: [
        { path: "labels", fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels" } },
        { path: "cpu", resourceFieldRef: { containerName: "app", resource: "limits.cpu" } },
      ],
    },
  },
  {
    azureDisk: {
      diskName: "d",
      diskURI: "u",
      kind: "Shared",
      fsType: "ext4",
      cachingMode: "ReadWrite",
      readOnly: false,
    },
  },
  { vsphereVolume: { volumePath: "p" } },
  { cinder: { volumeID: "v", secretRef: SECRET } },
  { photonPersistentDisk: { pdID: "p" } },
  { portworxVolume: { volumeID: "v" } },
  { scaleIO: { gateway: "g", system: "s", secretRef: SECRET, storageMode: "ThinProvisioned" } },
  { cephfs: { monitors: ["m"], path: "/", user: "admin", secretFile: "/f" } },
  { storageos: { volumeName: "v" } },
  { fc: { targetWWNs: ["1", "2"], lun: 0 } },
  { fc: { wwids: ["1"] } },
  { azureFile: { secretName: "s", shareName: "h" } },
  { flexVolume: { driver: "d", options: { b: "2", a: "1" }, secretRef: SECRET } },
  { flexVolume: { driver: "d" } },
  { flocker: { datasetName: "d" } },
  {
    projected: {
      sources: [
        { secret: { name: "s", optional: true } },
        { configMap: { name: "c" } },
        { downwardAPI: {} },
        { serviceAccountToken: { path: "token", expirationSeconds: 3607 } },
        { clusterTrustBundle: { path: "ca", name: "b" } },
      ],
    },
  },
  {
    csi: {
      driver: "d",
      readOnly: true,
      fsType: "ext4",
      volumeAttributes: { b: "2", a: LONG, c: "3" },
    },
  },
  { csi: { driver: "d" } },
  { image: { reference: "i:1", pullPolicy: "Always" } },
  {},
];

const PROBE = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
const PROBES: readonly Json[] = [
  { exec: { command: ["sh", "-c", "cat /ready"] } },
  { httpGet: { path: "/healthz?full=1", port: 8080, scheme: "HTTP" } },
  { httpGet: { path: "a b/ü%", port: "web", scheme: "HTTPS", host: "::1" } },
  { httpGet: { path: "", port: 80, scheme: "HTTP", host: "a b" } },
  { tcpSocket: { port: 6379 } },
  { tcpSocket: { host: "h", port: "redis" } },
  { grpc: { port: 50051, service: "" } },
  { grpc: { port: 50051, service: "db" } },
  {},
];

const PODS: readonly Json[] = [
  pod("bare"),
  pod("pending", {}, { phase: "Pending", qosClass: "Guaranteed" }),
  pod(
    "all-of-the-head",
    {
      ...{
        priority: 1000,
        priorityClassName: "high",
        runtimeClassName: "gvisor",
        nodeName: "node-1",
      },
      ...{
        serviceAccountName: "robot",
        nodeSelector: { "kubernetes.io/os": "linux", disk: "ssd" },
      },
      securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "p.json" } },
      resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m" } },
      readinessGates: [{ conditionType: "example.com/ready" }, { conditionType: "Ready" }],
    },
    {
      ...{ hostIP: "10.0.0.1", podIP: "10.1.2.3", podIPs: [{ ip: "10.1.2.3" }, { ip: "fd00::3" }] },
      ...{
        startTime: TIMES[0],
        reason: "Evicted",
        message: "The node was low on resource: memory. ",
      },
      nominatedNodeName: "node-2",
      conditions: [
        { type: "PodReadyToStartContainers", status: "True" },
        { type: "Ready", status: "False" },
      ],
    },
    {
      labels: { tier: "back", app: "db", "app.kubernetes.io/name": "db" },
      annotations: {
        short: "yes",
        "kubectl.kubernetes.io/last-applied-configuration": "{}",
        long: LONG,
        lines: "one\ntwo\n",
        umlaut: "ü".repeat(80),
        empty: "",
      },
      ownerReferences: [
        { apiVersion: "v1", kind: "ConfigMap", name: "no", uid: "1" },
        { apiVersion: "apps/v1", kind: "ReplicaSet", name: "db-5f", uid: "2", controller: true },
      ],
    },
  ),
  pod(
    "last-applied-only",
    {},
    {},
    {
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}" },
    },
  ),
  pod(
    "states",
    {
      initContainers: [
        { name: "prepare", image: "p:1", command: ["sh", "-c", "one\ntwo"], args: ["a", ""] },
        { name: "side", image: "p:2", restartPolicy: "Always" },
      ],
      containers: ["runs", "waits", "ended", "again", "unknown", "none"].map((name) => ({
        name,
        image: "app:1",
      })),
      ephemeralContainers: [{ name: "debug", image: "busybox", targetContainerName: "runs" }],
    },
    {
      initContainerStatuses: [
        state("prepare", ended(0, { reason: "Completed", message: "done\nreally" }), {
          containerID: "c://1",
          ready: true,
        }),
        state("side", { running: { startedAt: TIMES[0] } }, { ready: true, started: true }),
      ],
      containerStatuses: [
        state(
          "runs",
          { running: { startedAt: TIMES[1] } },
          { ready: true, containerID: "containerd://abc" },
        ),
        state(
          "waits",
          { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
          { lastState: ended(3), restartCount: 12 },
        ),
        state("ended", ended(137, { reason: "OOMKilled", signal: 9 })),
        state(
          "again",
          { running: { startedAt: TIMES[0] } },
          { lastState: { waiting: { reason: "no" } } },
        ),
        state("unknown", {}),
      ],
      ephemeralContainerStatuses: [state("debug", { waiting: {} })],
    },
  ),
  pod(
    "ports",
    container({
      ports: [
        { name: "web", containerPort: 80, protocol: "TCP" },
        { containerPort: 53, hostPort: 5353, protocol: "UDP" },
      ],
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    }),
  ),
  pod("one-port", {
    ...container({
      ports: [{ containerPort: 80, hostPort: 8080, protocol: "TCP" }],
      securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "c.json" } },
    }),
    securityContext: { seccompProfile: { type: "Unconfined" } },
  }),
  pod(
    "resources",
    container({
      resources: {
        limits: { memory: "1024Mi", cpu: "0.5", "hugepages-2Mi": "4Mi", "example.com/gpu": "1" },
        requests: { memory: "128974848", cpu: "1000m", "ephemeral-storage": "1e3" },
      },
      env: [
        resource("CPU", { resource: "limits.cpu" }),
        resource("CPU_M", { resource: "limits.cpu", divisor: "1m" }),
        resource("MEM", { resource: "limits.memory", divisor: "1Mi" }),
        resource("STORAGE", { resource: "requests.ephemeral-storage" }),
        resource("HUGE", { resource: "limits.hugepages-2Mi" }),
        resource("OTHER", { resource: "limits.ephemeral-storage" }),
      ],
    }),
  ),
  pod(
    "environment",
    container({
      env: [
        { name: "PLAIN", value: "yes" },
        { name: "EMPTY" },
        { name: "LINES", value: "one\ntwo\n" },
        { name: "TAB", value: "a\tb" },
        { name: "ESCAPE", value: "\u001b[31mred\r" },
        env("NAME", { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } }),
        env("LABEL", { fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels['app']" } }),
        env("LABELS", { fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels" } }),
        env("IP", { fieldRef: { apiVersion: "v1", fieldPath: "status.podIP" } }),
        env("NODE", { fieldRef: { apiVersion: "v1", fieldPath: "spec.nodeName" } }),
        env("UID", { fieldRef: { apiVersion: "v1", fieldPath: "metadata.uid" } }),
        env("SECRET", { secretKeyRef: { name: "s", key: "k", optional: true } }),
        env("CONFIG", { configMapKeyRef: { name: "c", key: "k" } }),
        resource("CPU", { resource: "limits.cpu" }),
        resource("MEM", { resource: "requests.memory" }),
        resource("LIMIT", { resource: "limits.memory", divisor: "1Mi" }),
      ],
      envFrom: [
        { configMapRef: { name: "c" } },
        { prefix: "P_", secretRef: { name: "s", optional: true } },
      ],
    }),
    {},
    { labels: { app: "db", b: '"2"' }, uid: "u-1" },
  ),
  pod("mounts", {
    ...container({
      volumeMounts: [
        { name: "b", mountPath: "/z", readOnly: true },
        { name: "a", mountPath: "/a", subPath: 'x/"y"' },
        { name: "a", mountPath: "/Z", subPathExpr: "$(X)" },
      ],
      volumeDevices: [
        { name: "d", devicePath: "/dev/y" },
        { name: "d", devicePath: "/dev/x" },
      ],
    }),
  }),
  pod("devices-only", container({ volumeDevices: [{ name: "d", devicePath: "/dev/y" }] })),
  pod("tolerations", {
    tolerations: [
      {
        key: "node.kubernetes.io/unreachable",
        operator: "Exists",
        effect: "NoExecute",
        tolerationSeconds: 300,
      },
      { key: "b", operator: "Equal", value: "v", effect: "NoSchedule" },
      { operator: "Exists" },
      { key: "a", value: "v" },
      { key: "A", operator: "Exists", tolerationSeconds: 0 },
    ],
    topologySpreadConstraints: [
      { topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1 },
      {
        ...{ topologyKey: "host", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 2 },
        labelSelector: {
          matchLabels: { z: "1", app: "db" },
          matchExpressions: [
            { key: "tier", operator: "In", values: ["front", "back"] },
            { key: "old", operator: "DoesNotExist" },
            { key: "new", operator: "Exists" },
            { key: "env", operator: "NotIn", values: ["dev"] },
          ],
        },
      },
      { topologyKey: "rack", whenUnsatisfiable: "DoNotSchedule", maxSkew: 1, labelSelector: {} },
    ],
  }),
  pod("only-everything", { tolerations: [{ operator: "Exists", effect: "NoExecute" }] }),
  pod(
    "wide",
    { containers: [{ name: "größe-日本", image: "日本:1" }] },
    {},
    { labels: { ü: "日本" } },
  ),
  ...VOLUMES.map((source, at) => pod(`volume-${at}`, { volumes: [{ name: "v", ...source }] })),
  pod("volumes", { volumes: VOLUMES.map((source, at) => ({ name: `v${at}`, ...source })) }),
  ...PROBES.map((handler, at) =>
    pod(
      `probe-${at}`,
      container({
        livenessProbe: { ...handler, ...PROBE },
        readinessProbe: { ...handler, initialDelaySeconds: 5 },
        ...(at % 2 === 0 ? { startupProbe: { ...handler, ...PROBE, periodSeconds: 1 } } : {}),
      }),
    ),
  ),
];

const EVENT = { type: "Normal", source: "kubelet", count: 1, firstAgo: 5.5, lastAgo: 5.5 };
const EVENTS: readonly Json[] = [
  {
    ...EVENT,
    reason: "Scheduled",
    message: "Successfully assigned default/x to node-1",
    source: "default-scheduler",
    firstAgo: 200.5,
    lastAgo: 200.5,
  },
  {
    ...EVENT,
    reason: "Started",
    message: "Container started\n",
    fieldPath: "spec.containers{app}",
  },
  {
    ...EVENT,
    type: "Warning",
    reason: "BackOff",
    message: "Back-off",
    count: 7,
    firstAgo: 4000.5,
    lastAgo: 30.5,
    fieldPath: "spec.containers{app}",
  },
  {
    ...EVENT,
    type: "Warning",
    reason: "Failed",
    message: "one\ntwo\tthree",
    firstAgo: 1.5,
    lastAgo: 1.5,
  },
];

const DELETED: readonly Json[] = [-25.5, 0.5, 65.5].map((deletedAgo, at) => ({
  ...{ name: `deleted-${at}`, events: [], deletedAgo },
  pod: pod(
    `deleted-${at}`,
    {},
    {},
    { deletionGracePeriodSeconds: 30, deletionTimestamp: TIMES[0], finalizers: ["x/y"] },
  ),
}));
const DELETED_AND_OVER = {
  ...{ name: "deleted-and-over", events: [], deletedAgo: 3.5 },
  pod: pod(
    "over",
    {},
    { phase: "Failed" },
    { deletionGracePeriodSeconds: 30, deletionTimestamp: TIMES[0], finalizers: ["x/y"] },
  ),
};

for (const [at, one] of PODS.entries()) {
  const name = String((one["metadata"] as Json)["name"]);
  const events = at % 5 === 2 ? EVENTS : [];
  console.log(JSON.stringify({ name, pod: one, events }));
}
for (const one of [...DELETED, DELETED_AND_OVER]) console.log(JSON.stringify(one));
