// A runtime's refusal as the kubelet and kubectl tell it.

/** A status message of gRPC without its code, as the kubelet tells it; ids are drawn at random, so a name stands for them. */
export function runtimeWords(error: string, name: string): string {
  return error
    .replace(/^rpc error: code = \w+ desc = /, "")
    .replace(/<(?:ID|CONTAINER|SANDBOX)>/g, name);
}

/**
 * What kubectl prints where containerd's OCI runtime could not start a command: containerd's streaming server says it, and whoever
 * translates the stream for kubectl's WebSocket says it once more. The id of the exec is drawn at random.
 * @param refusal in the OCI runtime's words
 * @see containerd v2.1.9 internal/cri/server/container_execsync.go execInternal
 * @see apiserver v0.37.2 pkg/util/proxy/streamtranslator.go StreamTranslatorHandler.ServeHTTP
 */
export function execNotStarted(refusal: string): string {
  const said = `failed to exec in container: failed to start exec "exec": OCI runtime exec failed: ${refusal}: unknown`;
  return `Internal error occurred: Internal error occurred: error executing command in container: ${said}`;
}
