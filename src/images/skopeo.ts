// What only skopeo speaks: registries (with the credentials of docker and podman) and the storage of podman and CRI-O.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { needProgram } from "../node/programs.ts";
import { sudoAuthFile } from "./credentials.ts";
import { ImageError } from "./image.ts";

/** As Docker and containerd have it: a registry on this machine needs no TLS. */
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/;
const MAX_SAID = 1 << 22;

/**
 * Runs skopeo to its end; it ends with secctx, even by `kill -9`.
 * @returns what it wrote to standard output
 * @throws ImageError with its message; EngineError when it is not installed
 */
export function skopeo(args: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  const program = needProgram("skopeo");
  const setpriv = needProgram("setpriv");
  const registry = args.map((word) => /^docker:\/\/([^/]+)\//.exec(word)?.[1]).find(Boolean);
  const insecure = args.includes("copy") ? "--src-tls-verify=false" : "--tls-verify=false";
  const tls = registry !== undefined && LOOPBACK.test(registry) ? [insecure] : [];
  const authFile = registry === undefined ? undefined : sudoAuthFile(registry);
  return new Promise((resolve, reject) => {
    const child = spawn(setpriv, ["--pdeathsig", "KILL", program, ...args, ...tls], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...(authFile === undefined ? {} : { REGISTRY_AUTH_FILE: authFile }) },
      ...(signal === undefined ? {} : { signal, killSignal: "SIGKILL" as const }),
    });
    let said = "";
    let complained = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (said.length < MAX_SAID) said += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complained = (complained + text).slice(-4096);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(said);
      else reject(new ImageError(complaint(complained)));
    });
  });
}

/** The digest of what a reference names now, an index of several platforms included. */
export async function currentDigest(
  transport: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const raw = await skopeo(["inspect", "--raw", transport], signal);
  return `sha256:${createHash("sha256").update(raw).digest("hex")}`;
}

/** `time="…" level=fatal msg="…"` → the message; skopeo wraps it over no line. */
export function complaint(text: string): string {
  const lines = text.trim().split("\n");
  const last = lines.findLast((line) => /level=(?:fatal|error)/.test(line)) ?? lines.at(-1) ?? "";
  const quoted = /\bmsg="((?:[^"\\]|\\.)*)"/.exec(last)?.[1];
  return quoted === undefined ? last : quoted.replace(/\\(["\\])/g, "$1").replace(/\\n/g, " ");
}
