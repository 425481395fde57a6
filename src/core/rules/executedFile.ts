// Which privileges of a file count inside the container: those given by the root of the container's own user namespace.
// @see linux v6.18 security/commoncap.c get_vfs_caps_from_disk (rootid_owns_currentns); fs/exec.c bprm_fill_uid
import type { ExecFacts } from "../model/credentials.ts";
import type { OciSpec } from "../model/oci.ts";
import { atRelease, type ReleasedRows } from "../model/version.ts";
import type { RuntimeName, World } from "../model/world.ts";
import type { ExecutedFile } from "./capBprmCredsFromFile.ts";
import { parseFileCapabilities } from "./fileCapabilities.ts";
import { hasUserNamespace } from "./hostCapabilities.ts";
import { toHostId } from "./idMap.ts";
import { mappingsOf } from "./ociRuntime.ts";

/**
 * How a runtime gives an image's files to the user namespace: by an id-mapped mount, which keeps setuid bits and file
 * capabilities, or by changing every file's owner, which takes them away.
 */
const ID_MAPPED: Readonly<Record<RuntimeName, ReleasedRows<boolean>>> = {
  containerd: [{ since: "2.0", value: true }],
  docker: [],
  dockershim: [],
};

/** A file of the host's root means nothing in a user namespace that does not map that root. */
export function executedFile(spec: OciSpec, exec: ExecFacts, world: World): ExecutedFile {
  if (hasUserNamespace(spec) && !ownerCounts(spec, exec, world)) return { setuid: false };
  const text = exec.fileCapabilities;
  return {
    setuid: exec.setuid === true,
    capabilities: text === undefined ? undefined : parseFileCapabilities(text),
  };
}

function ownerCounts(spec: OciSpec, exec: ExecFacts, world: World): boolean {
  if (toHostId(0, mappingsOf(spec).uidMappings) === 0) return true;
  const { name, version } = world.runtime;
  return exec.idMapped ?? atRelease(ID_MAPPED[name], version) ?? false;
}
