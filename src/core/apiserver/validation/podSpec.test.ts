import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../model/json.ts";
import { completeWorld, type WorldFile } from "../../model/world.ts";
import { apiserver } from "../apiserver.ts";

const C = { name: "c", image: "r.test/app:1" };

/** Causes of a Pod with this spec, as `field: message`. */
function causesOf(spec: JsonObject, file: WorldFile = {}): string[] {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec };
  const { out } = apiserver({ operation: "create", kind: "Pod", object }, completeWorld(file));
  const causes = (out.status?.details?.["causes"] ?? []) as unknown as readonly {
    readonly field: string;
    readonly message: string;
  }[];
  return causes.map(({ field, message }) => `${field}: ${message}`);
}

/** Rules that no recording holds; the texts stand in kubernetes v1.37.2 pkg/apis/core/validation/validation.go. */
const ROWS: readonly (readonly [
  what: string,
  spec: JsonObject,
  causes: readonly string[],
  world?: WorldFile,
])[] = [
  [
    "Bidirectional propagation needs a privileged container",
    {
      volumes: [{ name: "v", emptyDir: {} }],
      containers: [
        { ...C, volumeMounts: [{ name: "v", mountPath: "/v", mountPropagation: "Bidirectional" }] },
      ],
    },
    [
      "spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers",
    ],
  ],
  [
    "of a device that is named twice the last path counts",
    {
      containers: [
        {
          ...C,
          volumeMounts: [{ name: "m", mountPath: "/a" }],
          volumeDevices: [
            { name: "d", devicePath: "/a" },
            { name: "d", devicePath: "/b" },
          ],
        },
      ],
    },
    [
      'spec.containers[0].volumeMounts[0].name: Not found: "m"',
      'spec.containers[0].volumeDevices[0].name: Not found: "d"',
      'spec.containers[0].volumeDevices[0].devicePath: Invalid value: "/a": must not already exist as a path in volumeMounts',
      'spec.containers[0].volumeDevices[1].name: Invalid value: "d": must be unique',
      'spec.containers[0].volumeDevices[1].name: Not found: "d"',
    ],
  ],
  [
    "which it then is",
    {
      volumes: [{ name: "v", emptyDir: {} }],
      containers: [
        {
          ...C,
          securityContext: { privileged: true },
          volumeMounts: [{ name: "v", mountPath: "/v", mountPropagation: "Bidirectional" }],
        },
      ],
    },
    [],
  ],
  [
    "recursive read-only mounts are read-only, and not propagated",
    {
      volumes: [{ name: "v", emptyDir: {} }],
      containers: [
        {
          ...C,
          volumeMounts: [
            {
              name: "v",
              mountPath: "/v",
              recursiveReadOnly: "Enabled",
              mountPropagation: "HostToContainer",
            },
            { name: "v", mountPath: "/v", recursiveReadOnly: "Never" },
          ],
        },
      ],
    },
    [
      "spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when readOnly is true",
      "spec.containers[0].volumeMounts.recursiveReadOnly: Forbidden: may only be specified when mountPropagation is None or not specified",
      'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/v": must be unique',
      'spec.containers[0].volumeMounts.recursiveReadOnly: Unsupported value: "Never": supported values: "Disabled", "Enabled", "IfPossible"',
    ],
  ],
  [
    "a hostPath has a path without backsteps and a known type",
    {
      volumes: [
        { name: "a", hostPath: { path: "" } },
        { name: "b", hostPath: { path: "/a/../b", type: "Disk" } },
      ],
      containers: [C],
    },
    [
      "spec.volumes[0].hostPath.path: Required value",
      `spec.volumes[1].hostPath.path: Invalid value: "/a/../b": must not contain '..'`,
      'spec.volumes[1].hostPath.type: Unsupported value: "Disk": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
  ],
  [
    "a volume has one source",
    {
      volumes: [{ name: "v", emptyDir: {}, hostPath: { path: "/" }, cephfs: { monitors: [] } }],
      containers: [C],
    },
    [
      "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type",
      "spec.volumes[0].cephFS: Forbidden: may not specify more than 1 volume type",
    ],
  ],
  [
    "emptyDir.mode is dropped while its gate is off",
    { volumes: [{ name: "v", emptyDir: { mode: 4096 } }], containers: [C] },
    [],
  ],
  [
    "and looked at when it is on",
    {
      volumes: [
        { name: "v", emptyDir: { mode: 1024 } },
        { name: "w", emptyDir: { mode: -1 } },
      ],
      containers: [C],
    },
    [
      "spec.volumes[0].emptyDir.mode: Invalid value: 1024: must be a number between 0 and 01777 (octal), both inclusive",
      "spec.volumes[1].emptyDir.mode: Invalid value: -1: must be a number between 0 and 01777 (octal), both inclusive",
    ],
    { featureGates: { EmptyDirVolumeMode: true } },
  ],
  [
    "bind mount options are known ones, each once, and not for images",
    {
      volumes: [{ name: "i", image: { reference: "r.test/data" } }],
      containers: [
        {
          ...C,
          volumeMounts: [
            { name: "i", mountPath: "/i", bindMountOptions: ["noexec", "ro", "noexec"] },
          ],
        },
      ],
    },
    [
      'spec.containers[0].volumeMounts[0].bindMountOptions[1]: Unsupported value: "ro": supported values: "nodev", "noexec", "nosuid"',
      'spec.containers[0].volumeMounts[0].bindMountOptions[2]: Duplicate value: "noexec"',
      'spec.containers[0].volumeMounts[0].bindMountOptions: Invalid value: ["noexec","ro","noexec"]: bindMountOptions may not be used with image volumes',
    ],
    { featureGates: { VolumeBindMountOptions: true } },
  ],
  [
    "an init container's probes make it a sidecar's",
    {
      initContainers: [{ name: "i", image: "x", readinessProbe: { tcpSocket: { port: 1 } } }],
      containers: [C],
    },
    [
      "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
    ],
  ],
  [
    "names are unique over init and regular containers",
    { initContainers: [{ name: "c", image: "x" }], containers: [C, C] },
    [
      'spec.containers[1].name: Duplicate value: "c"',
      'spec.initContainers[0].name: Duplicate value: "c"',
    ],
  ],
  [
    "a container's restart policy, and its rules",
    {
      containers: [
        { ...C, restartPolicy: "Sometimes" },
        { name: "d", image: "x", restartPolicyRules: [{ action: "Stop" }] },
      ],
    },
    [
      'spec.containers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "Never", "OnFailure"',
      "spec.containers[1].restartPolicy: Required value: must specify restartPolicy when restart rules are used",
      'spec.containers[1].restartPolicyRules[0].action: Unsupported value: "Stop": supported values: "Restart", "RestartAllContainers"',
      "spec.containers[1].restartPolicyRules[0].exitCodes: Required value: must be specified",
    ],
  ],
  [
    "before its gate, a regular container's restart policy is dropped",
    { containers: [{ ...C, restartPolicy: "Sometimes" }] },
    [],
    { kubernetes: "v1.33" },
  ],
  [
    "a hostname of its own, and the host's network",
    { hostnameOverride: "Host", hostNetwork: true, containers: [C] },
    [
      "spec.hostnameOverride: Forbidden: may not be specified when hostNetwork is true",
      `spec.hostnameOverride: Invalid value: "Host": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    ],
  ],
  [
    "ports: name, number, protocol",
    {
      containers: [
        {
          ...C,
          ports: [
            { name: "-9-", containerPort: 70000, protocol: "tcp" },
            { name: "web", containerPort: 80 },
            { name: "web", containerPort: 81 },
          ],
        },
      ],
    },
    [
      'spec.containers[0].ports[0].name: Invalid value: "-9-": must contain at least one letter (a-z)',
      'spec.containers[0].ports[0].name: Invalid value: "-9-": must not begin or end with a hyphen',
      "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
      'spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
      'spec.containers[0].ports[2].name: Duplicate value: "web"',
    ],
  ],
  [
    "block devices come from claims",
    {
      volumes: [{ name: "e", emptyDir: {} }],
      containers: [{ ...C, volumeDevices: [{ name: "e", devicePath: "/a/../b" }] }],
    },
    [
      'spec.containers[0].volumeDevices[0].name: Invalid value: "e": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      `spec.containers[0].volumeDevices[0].devicePath: Invalid value: "/a/../b": can not contain backsteps ('..')`,
    ],
  ],
  [
    "hostUsers is dropped before its gate, so Unmasked has no ground",
    { hostUsers: false, hostPID: true, containers: [C] },
    [],
    { kubernetes: "v1.32" },
  ],
  [
    "before its gate procMount is reset",
    { containers: [{ ...C, securityContext: { procMount: "Unmasked" } }] },
    [],
    { kubernetes: "v1.32" },
  ],
  [
    "bytes count, not letters",
    {
      containers: [
        {
          ...C,
          securityContext: {
            appArmorProfile: { type: "Localhost", localhostProfile: "ä".repeat(2048) },
          },
        },
      ],
    },
    [
      "spec.containers[0].securityContext.appArmorProfile.localhostProfile: Too long: may not be more than 4095 bytes",
    ],
  ],
];

for (const [what, spec, causes, world] of ROWS) {
  test(what, () => {
    assert.deepEqual(causesOf(spec, world), causes);
  });
}

test("long hostile names cost no more than a look", () => {
  const name = `${"a-".repeat(100_000)}!`;
  const sysctls = [{ name, value: "" }];
  assert.equal(
    causesOf({ securityContext: { sysctls }, containers: [{ name, image: "x" }] }).length,
    3,
  );
});
