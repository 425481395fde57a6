// The OCI runtime spec (config.json) as the runtimes write it.

export interface OciSpec {
  readonly ociVersion?: string;
  readonly process?: OciProcess;
  readonly root?: { readonly path?: string; readonly readonly?: boolean };
  readonly hostname?: string;
  readonly domainname?: string;
  readonly mounts?: readonly OciMount[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly hooks?: Readonly<Partial<Record<"createRuntime", readonly OciHook[]>>>;
  readonly linux?: OciLinux;
}
/** A program that the runtime runs and waits for at a point of the container's life. */
export interface OciHook {
  readonly path: string;
  readonly args?: readonly string[];
}
export interface OciProcess {
  readonly terminal?: boolean;
  readonly consoleSize?: { readonly height: number; readonly width: number };
  readonly user?: OciUser;
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  readonly cwd?: string;
  readonly capabilities?: OciCapabilities;
  readonly noNewPrivileges?: boolean;
  readonly apparmorProfile?: string;
  readonly selinuxLabel?: string;
  readonly oomScoreAdj?: number;
  readonly rlimits?: readonly {
    readonly type: string;
    readonly hard: number;
    readonly soft: number;
  }[];
}
export interface OciUser {
  readonly uid: number;
  readonly gid: number;
  readonly additionalGids?: readonly number[];
  readonly umask?: number;
}
export interface OciCapabilities {
  readonly bounding?: readonly string[];
  readonly effective?: readonly string[];
  readonly inheritable?: readonly string[];
  readonly permitted?: readonly string[];
  readonly ambient?: readonly string[];
}
export interface OciIDMapping {
  readonly containerID: number;
  readonly hostID: number;
  readonly size: number;
}
export interface OciMount {
  readonly destination: string;
  readonly type?: string;
  readonly source?: string;
  readonly options?: readonly string[];
  readonly uidMappings?: readonly OciIDMapping[];
  readonly gidMappings?: readonly OciIDMapping[];
}
export interface OciNamespace {
  readonly type: "pid" | "network" | "ipc" | "uts" | "mount" | "user" | "cgroup" | "time";
  readonly path?: string;
}
export interface OciDevice {
  readonly path: string;
  readonly type: string;
  readonly major?: number;
  readonly minor?: number;
  readonly fileMode?: number;
  readonly uid?: number;
  readonly gid?: number;
}
export interface OciDeviceCgroup {
  readonly allow: boolean;
  readonly type?: string;
  readonly major?: number;
  readonly minor?: number;
  readonly access?: string;
}
export interface OciSeccompArg {
  readonly index: number;
  readonly value: number | bigint;
  readonly valueTwo?: number | bigint;
  readonly op: string;
}
export interface OciSyscall {
  /** null when a profile has none (Docker's old `name`): such a rule matches nothing. */
  readonly names: readonly string[] | null;
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly OciSeccompArg[];
}
export interface OciSeccomp {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: number;
  readonly architectures?: readonly string[];
  readonly flags?: readonly string[];
  readonly listenerPath?: string;
  readonly listenerMetadata?: string;
  readonly syscalls?: readonly OciSyscall[];
}
export interface OciLinux {
  readonly uidMappings?: readonly OciIDMapping[];
  readonly gidMappings?: readonly OciIDMapping[];
  readonly sysctl?: Readonly<Record<string, string>>;
  readonly resources?: {
    readonly devices?: readonly OciDeviceCgroup[];
    readonly [other: string]: unknown;
  };
  readonly cgroupsPath?: string;
  readonly namespaces?: readonly OciNamespace[];
  readonly devices?: readonly OciDevice[];
  readonly seccomp?: OciSeccomp;
  readonly rootfsPropagation?: string;
  readonly maskedPaths?: readonly string[];
  readonly readonlyPaths?: readonly string[];
  readonly mountLabel?: string;
}
