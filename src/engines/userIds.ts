// Which ids of this machine stand behind a pod's own: a range that no other pod of secctx has while this process lives.
import { createServer, type Server } from "node:net";
import { EngineError } from "../node/errors.ts";

const IDS_PER_POD = 65536;

/** As many as there are ranges that a pod can have at all would take minutes to try. */
const MAX_PODS = 4096;

export interface UserIds {
  /** The host's name of the pod's id 0: a multiple of 65536 as the kubelet gives them, the first range being the host's. */
  readonly first: number;
  free(): void;
}

/**
 * A range is taken by listening on an abstract socket of its name. The kernel gives such a name to one process at a time
 * and takes it back however the process ends, so no claim is ever left over.
 * @throws EngineError when too many pods have a user namespace
 */
export async function takeUserIds(): Promise<UserIds> {
  for (let range = 1; range <= MAX_PODS; range += 1) {
    const first = range * IDS_PER_POD;
    const server = await listen(`\0secctx-ids-${first}`);
    if (server !== undefined) return { first, free: () => void server.close() };
  }
  throw new EngineError(`hostUsers: false: ${MAX_PODS} pods have a user namespace already`);
}

/** undefined when another has the name. */
function listen(name: string): Promise<Server | undefined> {
  const server = createServer((client) => client.destroy());
  return new Promise((resolve, reject) => {
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(new EngineError(`cannot reserve user ids: ${error.message}`));
    });
    server.listen(name, () => resolve(server));
    server.unref();
  });
}
