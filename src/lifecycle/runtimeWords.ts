// A runtime's refusal as the kubelet tells it.

/** A status message of gRPC without its code, as the kubelet tells it; ids are drawn at random, so a name stands for them. */
export function runtimeWords(error: string, name: string): string {
  return error
    .replace(/^rpc error: code = \w+ desc = /, "")
    .replace(/<(?:ID|CONTAINER|SANDBOX)>/g, name);
}
