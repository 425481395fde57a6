// critest's cases that no kubelet would send: documents for the engine that speaks CRI.
// @see kubernetes-sigs/cri-tools pkg/validate/security_context_linux.go
import type { IDMapping, NamespaceMode } from "../../../src/core/model/cri.ts";
import type { CriCase, Deviation, Expected } from "../case.ts";

const SUITE = "critest";

/** Until it knew user namespaces, containerd left them out without a word. */
function ignored(expected: Expected): readonly Deviation[] {
  return [
    {
      engine: "cri",
      releases: { until: "1.7" },
      expected,
      because: "containerd 1.6 ignores userns_options and runs in the host's user namespace",
    },
  ];
}
const HOST_MAP: Expected = { exitCode: 0, logs: /^\s+0\s+0\s+4294967295$/m };

function userNamespace(mode: NamespaceMode, ...uids: IDMapping[]): CriCase["cri"] {
  const options = { userns_options: { mode, uids, gids: uids } };
  return {
    sandbox: { security_context: { namespace_options: options } },
    container: { namespace_options: { ...options, pid: "CONTAINER" } },
    script: "cat /proc/self/uid_map",
  };
}
const MAPPING: IDMapping = { host_id: 1_000_000, container_id: 0, length: 65_536 };

/** The image's user 1000 is in group 50000. */
function groups(policy?: "Strict"): CriCase["cri"] {
  return {
    image: "demo/groups:1",
    container: {
      run_as_user: { value: "1000" },
      supplemental_groups: ["60000"],
      ...(policy === undefined ? {} : { supplemental_groups_policy: policy }),
    },
    script: "id -G",
  };
}

export const CRI_DOCUMENTS: readonly CriCase[] = [
  {
    name: "run_as_username",
    origin: `${SUITE}: RunAsUserName`,
    cri: { container: { run_as_username: "nobody" }, script: "id -nu" },
    expected: { exitCode: 0, logs: /^nobody$/m },
  },
  {
    name: "run_as_group without a user",
    origin: `${SUITE}: RunAsGroup without RunAsUser`,
    cri: { container: { run_as_group: { value: "1002" } }, script: "id" },
    expected: { refused: /user group "1002" is specified without user/ },
  },
  {
    name: "masked_paths",
    origin: `${SUITE}: MaskedPaths`,
    cri: { container: { masked_paths: ["/etc"] }, script: 'test -z "$(ls /etc)"' },
    expected: { exitCode: 0, observed: { masked: ["/etc"] } },
  },
  {
    name: "readonly_paths",
    origin: `${SUITE}: ReadonlyPaths`,
    cri: { container: { readonly_paths: ["/tmp"] }, script: "touch /tmp/file" },
    expected: { exitCode: "not 0", logs: /Read-only/, observed: { readonly: ["/tmp"] } },
  },
  {
    name: "seccomp nil",
    origin: `${SUITE}: seccomp nil profile, which is unconfined`,
    cri: { container: {}, script: "grep ^Seccomp: /proc/self/status" },
    expected: { exitCode: 0, logs: /^Seccomp:\s0$/m },
  },
  {
    name: "supplemental_groups_policy Merge",
    origin: `${SUITE}: SupplementalGroupsPolicy merge`,
    cri: groups(),
    expected: { exitCode: 0, logs: /\b50000 60000\b/ },
  },
  {
    name: "supplemental_groups_policy Strict",
    origin: `${SUITE}: SupplementalGroupsPolicy strict`,
    cri: groups("Strict"),
    expected: { exitCode: 0, notInLogs: /50000/ },
    deviations: [
      {
        engine: "cri",
        releases: { until: "2.0" },
        expected: { exitCode: 0, logs: /\b50000 60000\b/ },
        because: "containerd before 2.0 ignores Strict and merges",
      },
    ],
  },
  {
    name: "userns mode POD",
    origin: `${SUITE}: UserNamespaces, NamespaceMode POD`,
    cri: userNamespace("POD", MAPPING),
    expected: { exitCode: 0, logs: /^\s+0\s+1000000\s+65536$/m },
    deviations: ignored(HOST_MAP),
  },
  {
    name: "userns mode NODE",
    origin: `${SUITE}: UserNamespaces, NamespaceMode NODE`,
    cri: userNamespace("NODE"),
    expected: HOST_MAP,
  },
  {
    name: "userns with two mappings",
    origin: `${SUITE}: UserNamespaces, more than one mapping`,
    cri: userNamespace("POD", MAPPING, { host_id: 2_000_000, container_id: 65_536, length: 10 }),
    expected: { refused: /only one (uid )?mapping/ },
    deviations: ignored(HOST_MAP),
  },
  {
    name: "userns without container id 0",
    origin: `${SUITE}: UserNamespaces, container root not mapped`,
    cri: userNamespace("POD", { ...MAPPING, container_id: 1 }),
    expected: { refused: /./ },
    deviations: ignored(HOST_MAP),
  },
  ...(["CONTAINER", "TARGET"] as const).map((mode) => ({
    name: `userns mode ${mode}`,
    origin: `${SUITE}: UserNamespaces, NamespaceMode ${mode}`,
    cri: userNamespace(mode, MAPPING),
    expected: { refused: /unsupported user namespace mode/ } as const,
    deviations: ignored(HOST_MAP),
  })),
];
