// Opens a pod's sandbox on an OCI runtime: what was begun early is taken, files written, sysctls set, volumes in memory mounted.
import type { SandboxRequest } from "../engine.ts";
import { type BegunSandbox, inside, type SandboxOptions, takeOrBegin } from "./begin.ts";
import { removeCgroups } from "./cgroups.ts";
import { type Pasta, startPasta } from "./pasta.ts";
import { limitPod } from "./podLimits.ts";
import { OciSandbox } from "./sandbox.ts";
import { ownNamespaces, setUp, writeFiles } from "./sandboxSetUp.ts";
import { checkReachable, idMapsOf } from "./userNamespace.ts";

/**
 * @param begun what is taken where it fits, and let go where it does not
 * @throws EngineError when this machine cannot hold the sandbox
 */
export async function openSandbox(
  request: SandboxRequest,
  options: SandboxOptions,
  begun?: BegunSandbox,
): Promise<OciSandbox> {
  const { state } = options;
  const own = ownNamespaces(request);
  const ids = idMapsOf(request.spec);
  const wanted = { own, hostname: request.hostname, ids, tmpfs: request.tmpfs };
  const { holder, layers, ready, tmpfs } = await takeOrBegin(options, wanted, begun);
  let pasta: Pasta | undefined;
  try {
    if (ids !== undefined) checkReachable(state);
    const commands = setUp(request, own, tmpfs);
    // The shell works while the files are written; in a user namespace it is not known before where.
    const runIn = async (pid: number): Promise<void> => {
      if (commands.length > 0) await holder.run(inside(pid, holder, own, [...commands, ":"]));
    };
    const isSetUp = ids === undefined ? runIn(holder.pid) : ready.then(runIn);
    isSetUp.catch(() => {});
    writeFiles(request, state);
    limitPod(options.cgroups, request.resources);
    const [pid] = await Promise.all([ready, isSetUp]);
    if (request.network !== undefined) {
      pasta = await startPasta(request.network, { holder, pid, state });
    }
    const processes = request.sharedProcessNamespace ? await holder.startPause() : undefined;
    return new OciSandbox(request, options, { holder, pid, ids, layers, processes, pasta });
  } catch (error) {
    await pasta?.stop();
    await holder.release();
    await removeCgroups(options.cgroups.directories);
    throw error;
  }
}
