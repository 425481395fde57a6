// The pages of steps of the OCI runtime that a pod's specs pass: each with a spec of one's own that does not.
import type { JsonObject } from "../../model/json.ts";
import type { FindingPage } from "./page.ts";

interface OfSpec {
  readonly step: string;
  readonly title: string;
  readonly why: string;
  /** Lines of `secctx stage runc`. */
  readonly failing: JsonObject;
  readonly passing: JsonObject;
}

const CRUN: JsonObject = { runtime: { ociRuntime: { name: "crun", version: "1.28" } } };
const RUNC_1_1: JsonObject = { runtime: { ociRuntime: { name: "runc", version: "1.1" } } };
const RUNC_1_3: JsonObject = { runtime: { ociRuntime: { name: "runc", version: "1.3" } } };
const SELINUX: JsonObject = {
  node: {
    seLinux: true,
    seLinuxPolicy: {
      types: ["container_t"],
      roles: { system_r: ["container_t"] },
      users: { system_u: ["system_r"] },
    },
  },
};
const MOUNT: JsonObject = { namespaces: [{ type: "mount" }] };
const MAPPED: JsonObject[] = [{ containerID: 0, hostID: 100_000, size: 1000 }];
const USER: JsonObject = {
  namespaces: [{ type: "mount" }, { type: "user" }],
  uidMappings: MAPPED,
  gidMappings: MAPPED,
};

/** The smallest spec that starts, with parts of one's own. */
function spec(parts: JsonObject = {}, process: JsonObject = {}): JsonObject {
  return {
    root: { path: "rootfs" },
    process: { args: ["/app"], cwd: "/", ...process },
    linux: MOUNT,
    ...parts,
  };
}

function line(of: JsonObject, world?: JsonObject, more: JsonObject = {}): JsonObject {
  return { spec: of, ...more, ...(world === undefined ? {} : { world }) };
}

const OF_SPECS: readonly OfSpec[] = [
  {
    step: "validateProcessSpec",
    title: "The spec has no process that could run",
    why: "process, its arguments and its working directory have to be there, the directory as an absolute path.",
    failing: line(spec({}, { cwd: "app" })),
    passing: line(spec({}, { cwd: "/app" })),
  },
  {
    step: "createLibcontainerConfig",
    title: "The spec cannot be read",
    why: "A namespace, a mount, a device or a label in it is none, or stands twice.",
    failing: line(spec({ linux: { namespaces: [{ type: "mount" }, { type: "mount" }] } })),
    passing: line(spec()),
  },
  {
    step: "setupUserNamespace",
    title: "The user namespace has no mappings",
    why: "A user namespace needs uid and gid mappings, or a path to join, and the container's root has to be mapped.",
    failing: line(spec({ linux: { namespaces: [{ type: "mount" }, { type: "user" }] } })),
    passing: line(spec({ linux: USER })),
  },
  {
    step: "parse",
    title: "crun cannot read the spec",
    why: "The document has not the shape of the OCI runtime specification.",
    failing: line({ process: { args: ["/app"], cwd: "/" }, linux: MOUNT }, CRUN),
    passing: line(spec(), CRUN),
  },
  {
    step: "namespaces",
    title: "A namespace is none, or stands twice",
    why: "Types of namespaces are those that the kernel has, each at most once.",
    failing: line(spec({ linux: { namespaces: [{ type: "mnt" }] } }), CRUN),
    passing: line(spec(), CRUN),
  },
  {
    step: "hostname",
    title: "A host name without a UTS namespace of its own",
    why: "It would be the node's name that changes.",
    failing: line(spec({ hostname: "app" }), RUNC_1_1),
    passing: line(
      spec({ hostname: "app", linux: { namespaces: [{ type: "mount" }, { type: "uts" }] } }),
      RUNC_1_1,
    ),
  },
  {
    step: "uts",
    title: "A host or domain name without a UTS namespace of its own",
    why: "It would be the node's name that changes.",
    failing: line(spec({ domainname: "example" }), RUNC_1_3),
    passing: line(
      spec({ domainname: "example", linux: { namespaces: [{ type: "mount" }, { type: "uts" }] } }),
      RUNC_1_3,
    ),
  },
  {
    step: "security",
    title: "Masked or read-only paths, or a label, without a place for them",
    why: "Paths need a mount namespace of the container's own, and SELinux has to be on for a label.",
    failing: line(spec({ linux: { namespaces: [{ type: "pid" }], maskedPaths: ["/proc/kcore"] } })),
    passing: line(spec({ linux: { ...MOUNT, maskedPaths: ["/proc/kcore"] } })),
  },
  {
    step: "sysctl",
    title: "A sysctl that does not belong to the container's namespaces",
    why: "It would be the node's value that changes.",
    failing: line(spec({ linux: { ...MOUNT, sysctl: { "vm.swappiness": "10" } } })),
    passing: line(
      spec({
        linux: {
          namespaces: [{ type: "mount" }, { type: "ipc" }],
          sysctl: { "kernel.shm_rmid_forced": "1" },
        },
      }),
    ),
  },
  {
    step: "mountsStrict",
    title: "An id-mapped mount that cannot be one",
    why: "Only bind mounts are mapped, and by uids and gids both.",
    failing: line(
      spec({
        mounts: [{ destination: "/data", type: "bind", source: "/srv/data", uidMappings: MAPPED }],
      }),
      RUNC_1_3,
    ),
    passing: line(
      spec({
        mounts: [
          {
            ...{ destination: "/data", type: "bind", source: "/srv/data" },
            ...{ uidMappings: MAPPED, gidMappings: MAPPED },
          },
        ],
      }),
      RUNC_1_3,
    ),
  },
  {
    step: "mounts",
    title: "A mount that crun cannot make",
    why: "proc and mqueue show a namespace: only the user namespace that owns it may mount them.",
    failing: line(
      spec({ linux: USER, mounts: [{ destination: "/proc", type: "proc", source: "proc" }] }),
      CRUN,
    ),
    passing: line(
      spec({
        linux: { ...USER, namespaces: [{ type: "mount" }, { type: "user" }, { type: "pid" }] },
        mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
      }),
      CRUN,
    ),
  },
  {
    step: "uidMap",
    title: "The kernel refuses the maps of the user namespace",
    why: "Lines of uid_map and gid_map hold ids, do not overlap, and are at most 340.",
    failing: line(
      spec({
        linux: { ...USER, uidMappings: [...MAPPED, { containerID: 1, hostID: 200_000, size: 1 }] },
      }),
    ),
    passing: line(
      spec({
        linux: {
          ...USER,
          uidMappings: [...MAPPED, { containerID: 1000, hostID: 200_000, size: 1 }],
        },
      }),
    ),
  },
  {
    step: "idsInUserNamespace",
    title: "An id of the process has no place in the user namespace",
    why: "A user namespace without a root of its own is entered as the container's user: uid and gid of the process have to be mapped.",
    failing: line(
      spec({ linux: { ...USER, uidMappings: [{ containerID: 1, hostID: 100_000, size: 1000 }] } }),
      CRUN,
    ),
    passing: line(
      spec(
        { linux: { ...USER, uidMappings: [{ containerID: 1, hostID: 100_000, size: 1000 }] } },
        { user: { uid: 1, gid: 1 } },
      ),
      CRUN,
    ),
  },
  {
    step: "setgroups",
    title: "Groups cannot be set in the user namespace",
    why: "A supplementary group is not mapped.",
    failing: line(
      spec({ linux: USER }, { user: { uid: 0, gid: 0, additionalGids: [5000] } }),
      CRUN,
    ),
    passing: line(spec({ linux: USER }, { user: { uid: 0, gid: 0, additionalGids: [500] } }), CRUN),
  },
  {
    step: "seccompFlags",
    title: "A flag of the seccomp filter is refused",
    why: "crun does not know it.",
    failing: line(
      spec({
        linux: {
          ...MOUNT,
          seccomp: { defaultAction: "SCMP_ACT_ALLOW", flags: ["NO_SUCH"], ...mkdirRefused() },
        },
      }),
      CRUN,
    ),
    passing: line(
      spec({
        linux: {
          ...MOUNT,
          seccomp: {
            defaultAction: "SCMP_ACT_ALLOW",
            flags: ["SECCOMP_FILTER_FLAG_LOG"],
            ...mkdirRefused(),
          },
        },
      }),
      CRUN,
    ),
  },
  {
    step: "cwd",
    title: "The working directory cannot be entered",
    why: "It has no name.",
    failing: line(spec({}, { cwd: "" }), CRUN),
    passing: line(spec(), CRUN),
  },
  {
    step: "rlimits",
    title: "A limit that there is not",
    why: "Names of limits are those that the kernel has.",
    failing: line(spec({}, { rlimits: [{ type: "RLIMIT_FILES", soft: 1024, hard: 1024 }] })),
    passing: line(spec({}, { rlimits: [{ type: "RLIMIT_NOFILE", soft: 1024, hard: 1024 }] })),
  },
  {
    step: "setupRlimits",
    title: "A limit cannot be set",
    why: "The soft limit is above the hard one, or the hard one is above the runtime's own, and the runtime lacks CAP_SYS_RESOURCE.",
    failing: line(spec({}, { rlimits: [{ type: "RLIMIT_NOFILE", soft: 2048, hard: 1024 }] })),
    passing: line(spec({}, { rlimits: [{ type: "RLIMIT_NOFILE", soft: 1024, hard: 2048 }] })),
  },
  {
    step: "setKeyLabel",
    title: "The SELinux label of the session's keyring is refused",
    why: "The node's policy does not know the label.",
    failing: line(spec({}, { selinuxLabel: "system_u:system_r:no_such_t:s0" }), SELINUX),
    passing: line(spec({}, { selinuxLabel: "system_u:system_r:container_t:s0" }), SELINUX),
  },
  {
    step: "prepareRootfs",
    title: "The container's file system cannot be made",
    why: "A mount is refused by the kernel: proc, sysfs and mqueue show a namespace, and only the user namespace that owns it may mount them.",
    failing: line(
      spec({ linux: USER, mounts: [{ destination: "/sys", type: "sysfs", source: "sysfs" }] }),
    ),
    passing: line(
      spec({
        linux: { ...USER, namespaces: [{ type: "mount" }, { type: "user" }, { type: "network" }] },
        mounts: [{ destination: "/sys", type: "sysfs", source: "sysfs" }],
      }),
    ),
  },
  {
    step: "apparmor",
    title: "The AppArmor profile cannot be applied",
    why: "It is not loaded on the node.",
    failing: line(spec({}, { apparmorProfile: "app" }), {
      node: { appArmor: true, appArmorProfiles: [] },
    }),
    passing: line(spec({}, { apparmorProfile: "app" }), {
      node: { appArmor: true, appArmorProfiles: ["app"] },
    }),
  },
  {
    step: "initSeccomp",
    title: "The seccomp filter cannot be loaded",
    why: "libseccomp or the kernel refuses it: an action, an argument or an errno that it cannot take.",
    failing: line(spec({ linux: { ...MOUNT, seccomp: withErrno(5000) } })),
    passing: line(spec({ linux: { ...MOUNT, seccomp: withErrno(13) } })),
  },
  {
    step: "setupUser",
    title: "User or groups cannot be set",
    why: "The ids are not mapped into the user namespace.",
    failing: line(spec({ linux: USER }, { user: { uid: 5000, gid: 0 } })),
    passing: line(spec({ linux: USER }, { user: { uid: 500, gid: 0 } })),
  },
  {
    step: "lookPath",
    title: "The program is not there",
    why: "Nothing of its name lies in the image's PATH.",
    failing: line(spec(), undefined, { exec: { found: "absent" } }),
    passing: line(spec()),
  },
  {
    step: "findExecutable",
    title: "The program is not there",
    why: "Nothing of its name lies in the image's PATH.",
    failing: line(spec(), CRUN, { exec: { found: "absent" } }),
    passing: line(spec(), CRUN),
  },
  {
    step: "execve",
    title: "The program cannot be executed",
    why: "The kernel refuses it: its file has capabilities, effective ones, that the bounding set does not have.",
    failing: line(spec({}, { capabilities: {} }), undefined, {
      exec: { fileCapabilities: "cap_net_admin+ep" },
    }),
    passing: line(spec({}, { capabilities: {} }), undefined, {
      exec: { fileCapabilities: "cap_net_admin+p" },
    }),
  },
  {
    step: "race",
    title: "What the runtime says depends on a race",
    why: "Its own threads race under this seccomp profile: it may also fail.",
    failing: line(
      spec({ linux: { ...MOUNT, seccomp: refusing(["futex"]) } }, { noNewPrivileges: true }),
      RUNC_1_1,
    ),
    passing: line(
      spec({ linux: { ...MOUNT, seccomp: refusing(["mkdir"]) } }, { noNewPrivileges: true }),
      RUNC_1_1,
    ),
  },
];

function mkdirRefused(): JsonObject {
  return { syscalls: [{ names: ["mkdir"], action: "SCMP_ACT_ERRNO" }] };
}

function refusing(names: readonly string[]): JsonObject {
  return {
    defaultAction: "SCMP_ACT_ALLOW",
    syscalls: [{ names: [...names], action: "SCMP_ACT_ERRNO" }],
  };
}

function withErrno(errnoRet: number): JsonObject {
  return {
    defaultAction: "SCMP_ACT_ALLOW",
    syscalls: [{ names: ["mkdir"], action: "SCMP_ACT_ERRNO", errnoRet }],
  };
}

const SPEC = "https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md";

export const RUNC_SPEC_PAGES: readonly FindingPage[] = OF_SPECS.map(
  ({ step, title, why, failing, passing }) => ({
    id: `runc.${step}`,
    title,
    why,
    mend: "Correct the part of the spec that the message names.",
    reference: SPEC,
    only: "The specs that containerd and Docker write of a pod pass this step on nodes that secctx is told of; who writes one by hand meets it.",
    request: { stage: "runc", failing, passing },
  }),
);
