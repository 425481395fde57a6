// The security parts of Docker Engine's container create request (API 1.41 and later), as its JSON spells them.

export interface DockerConfig {
  readonly User?: string;
  readonly Image?: string;
  readonly [other: string]: unknown;
}

/** null and absent both mean "the daemon's default". */
export interface HostConfig {
  readonly Privileged?: boolean;
  readonly ReadonlyRootfs?: boolean;
  readonly CapAdd?: readonly string[] | null;
  readonly CapDrop?: readonly string[] | null;
  readonly GroupAdd?: readonly string[] | null;
  readonly SecurityOpt?: readonly string[] | null;
  readonly NetworkMode?: string;
  readonly PidMode?: string;
  readonly IpcMode?: string;
  readonly UTSMode?: string;
  readonly UsernsMode?: string;
  readonly CgroupnsMode?: string;
  readonly MaskedPaths?: readonly string[] | null;
  readonly ReadonlyPaths?: readonly string[] | null;
  readonly Sysctls?: Readonly<Record<string, string>>;
  readonly Binds?: readonly string[] | null;
  readonly Runtime?: string;
  readonly [other: string]: unknown;
}
