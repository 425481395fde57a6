// Images that containerd keeps: found by name in the kubelet's namespace or ctr's own, and exported as an archive.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findProgram, needProgram } from "../node/programs.ts";
import { ImageError, ImageMissing } from "./image.ts";

const SOCKET = "/run/containerd/containerd.sock";
/** The kubelet's, then the one that ctr takes. */
const NAMESPACES = ["k8s.io", "default"];
const PATIENCE_MS = 10_000;

interface Place {
  readonly address: string;
  readonly namespace: string;
}

/**
 * The digest of what containerd has under this name.
 * @param reference normalized
 * @throws ImageMissing when there is no containerd or no such image
 */
export function containerdDigest(reference: string): string {
  return find(reference).digest;
}

/** Writes the image of this machine's platform as an OCI archive. */
export function exportContainerdImage(
  reference: string,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const words = [...at(find(reference)), "images", "export", file, reference];
  const options = signal === undefined ? {} : { signal, killSignal: "SIGKILL" as const };
  return new Promise((resolve, reject) => {
    const child = spawn(needProgram("ctr"), words, {
      stdio: ["ignore", "ignore", "pipe"],
      ...options,
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4096);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new ImageError(`containerd: ${wordsOf(said)}`));
    });
  });
}

/** CONTAINERD_ADDRESS and CONTAINERD_NAMESPACE, as ctr reads them. */
function find(reference: string): Place & { readonly digest: string } {
  const address = (process.env["CONTAINERD_ADDRESS"] || SOCKET).replace(/^unix:\/\//, "");
  if (!existsSync(address) || findProgram("ctr") === undefined) {
    throw new ImageMissing(`containerd: nobody listens at ${address}`);
  }
  const told = process.env["CONTAINERD_NAMESPACE"];
  for (const namespace of told ? [told] : NAMESPACES) {
    const words = [...at({ address, namespace }), "images", "ls", `name==${reference}`];
    const { status, stdout, stderr, error } = spawnSync(needProgram("ctr"), words, {
      encoding: "utf8",
      timeout: PATIENCE_MS,
    });
    if (error !== undefined || status !== 0) {
      throw new ImageMissing(`containerd: ${error?.message ?? wordsOf(stderr)}`);
    }
    for (const line of stdout.split("\n")) {
      const [name, , digest = ""] = line.split(/\s+/);
      if (name === reference) return { address, namespace, digest };
    }
  }
  throw new ImageMissing(`containerd: image ${JSON.stringify(reference)}: not found`);
}

function at({ address, namespace }: Place): string[] {
  return ["--address", address, "--namespace", namespace];
}

function wordsOf(said: string): string {
  return (said.trim().split("\n").at(-1) ?? "").replace(/^ctr: /, "");
}
