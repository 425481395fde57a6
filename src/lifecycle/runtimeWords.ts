// A runtime's refusal as the kubelet and kubectl tell it.
import { wrapExecError } from "../core/containerd/start.ts";
import type { World } from "../core/model/world.ts";

/** A status message of gRPC without its code, as the kubelet tells it; ids are drawn at random, so a name stands for them. */
export function runtimeWords(error: string, name: string): string {
  return error
    .replace(/^rpc error: code = \w+ desc = /, "")
    .replace(/<(?:ID|CONTAINER|SANDBOX)>/g, name);
}

/**
 * What kubectl prints where containerd's OCI runtime could not start a command: containerd's streaming server says it, and whoever
 * translates the stream for kubectl's WebSocket says it once more.
 * @param refusal in the OCI runtime's words
 * @param version of containerd
 * @see apiserver v0.37.2 pkg/util/proxy/streamtranslator.go StreamTranslatorHandler.ServeHTTP
 */
export function execNotStarted(refusal: string, version: World["runtime"]["version"]): string {
  const said = `error executing command in container: ${wrapExecError(refusal, version)}`;
  return `Internal error occurred: Internal error occurred: ${said}`;
}
