// What becomes of a process's privileges when it executes a file, as the kernel decides it.
// @see linux v6.18 security/commoncap.c cap_bprm_creds_from_file; fs/exec.c bprm_fill_uid; capabilities(7)
import type { Credentials } from "../model/credentials.ts";
import type { FileCapabilities } from "./fileCapabilities.ts";

export interface ExecutedFile {
  /** Owned by the user namespace's root with the setuid bit. */
  readonly setuid: boolean;
  readonly capabilities?: FileCapabilities | undefined;
}

/** What the file gives: the sets of the new credentials before anything is taken back. */
interface Offer {
  readonly permitted: bigint;
  readonly effective: boolean;
  readonly hasFileCapabilities: boolean;
}

/** The credentials after the exec; undefined is EPERM: the file asks for capabilities outside the bounding set. */
export function capBprmCredsFromFile(
  old: Credentials,
  file: ExecutedFile,
): Credentials | undefined {
  const uid = bprmFillUid(old, file);
  const fromFile = bprmCapsFromVfsCaps(old, file.capabilities);
  if (fromFile === undefined) return undefined;
  const offer = handlePrivilegedRoot(old, uid, fromFile);

  const isSetuid = uid !== old.uid.real;
  const gained = (offer.permitted & ~old.permitted) !== 0n;
  let effectiveUid = uid;
  let { permitted } = offer;
  if ((isSetuid || gained) && old.noNewPrivs) {
    effectiveUid = old.uid.real;
    permitted &= old.permitted;
  }
  const ambient = offer.hasFileCapabilities || isSetuid ? 0n : old.ambient;
  permitted |= ambient;
  return {
    ...old,
    uid: { real: old.uid.real, effective: effectiveUid, saved: effectiveUid },
    gid: { ...old.gid, saved: old.gid.effective },
    permitted,
    effective: offer.effective ? permitted : ambient,
    ambient,
  };
}

/** The effective uid that the setuid bit gives; no_new_privs switches the bit off. */
function bprmFillUid(old: Credentials, file: ExecutedFile): number {
  return file.setuid && !old.noNewPrivs ? 0 : old.uid.effective;
}

/** pP' = (X & fP) | (pI & fI); a file that cannot work without what it lacks is not executed. */
function bprmCapsFromVfsCaps(
  old: Credentials,
  file: FileCapabilities | undefined,
): Offer | undefined {
  if (file === undefined) return { permitted: 0n, effective: false, hasFileCapabilities: false };
  const permitted = (old.bounding & file.permitted) | (old.inheritable & file.inheritable);
  if (file.effective && (file.permitted & ~permitted) !== 0n) return undefined;
  return { permitted, effective: file.effective, hasFileCapabilities: true };
}

/** Root has every file's capabilities; a setuid-root file that has its own keeps to them. */
function handlePrivilegedRoot(old: Credentials, uid: number, offer: Offer): Offer {
  const isSuidRoot = old.uid.real !== 0 && uid === 0;
  if (offer.hasFileCapabilities && isSuidRoot) return offer;
  if (uid !== 0 && old.uid.real !== 0) return offer;
  return {
    ...offer,
    permitted: old.bounding | old.inheritable,
    effective: uid === 0 || offer.effective,
  };
}
