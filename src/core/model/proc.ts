// What /proc/<pid>/status says of a process's identity and privileges, as its text spells it.

/** Ids joined by one space (real, effective, saved, file system), sets as 16 hex digits. */
export interface ProcStatus {
  readonly Uid: string;
  readonly Gid: string;
  readonly Groups: string;
  readonly CapInh: string;
  readonly CapPrm: string;
  readonly CapEff: string;
  readonly CapBnd: string;
  readonly CapAmb: string;
  readonly NoNewPrivs: string;
  readonly Seccomp: string;
}
