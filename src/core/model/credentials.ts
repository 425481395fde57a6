// What the kernel keeps of a process's identity and privileges (struct cred and no_new_privs).

/** Ids are those inside the container's user namespace; capability sets are masks, bit = capability. */
export interface Credentials {
  readonly uid: Id;
  readonly gid: Id;
  /** Supplementary groups, as they were set. */
  readonly groups: readonly number[];
  readonly inheritable: bigint;
  readonly permitted: bigint;
  readonly effective: bigint;
  readonly bounding: bigint;
  readonly ambient: bigint;
  readonly noNewPrivs: boolean;
}
/** The file system id always follows the effective one here. */
export interface Id {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
}

/** The file that is executed, as far as it bears on privileges; absent: a plain one. */
export interface ExecFacts {
  /** Owned by root with the setuid bit. */
  readonly setuid?: boolean;
  /** As setcap writes it: `cap_net_bind_service+ep`, `cap_chown,cap_fowner=ei`. */
  readonly fileCapabilities?: string;
  /** What becomes of looking the program up in the image; absent: it is there and may be executed. */
  readonly found?: "absent" | "notExecutable";
  /** The image's files are mapped into the container's user namespace by the mount; absent: as the runtime does it. */
  readonly idMapped?: boolean;
}
