// User-mode networking of a pod: pasta attached to the sandbox's network namespace, which ends with it and with secctx.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import type { PublishedPort, UserNetwork } from "../userNetwork.ts";
import { type Holder, quote } from "./holder.ts";

export interface Pasta {
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * All that pasta can ever have: it gives back what it needs only at its start. It has to stay root, since another user
 * may not enter the namespace.
 */
const CAPABILITIES = ["net_bind_service", "net_admin", "sys_admin", "setuid", "setgid"];

/**
 * Opens the namespace by a bind mount in the holder's mount table: through /proc it would need CAP_SYS_PTRACE. Resolves
 * when the ports listen.
 * @param pid the process whose network namespace is the sandbox's
 * @throws EngineError in pasta's words
 */
export async function startPasta(
  network: UserNetwork,
  { holder, pid, state }: { readonly holder: Holder; readonly pid: number; readonly state: string },
): Promise<Pasta> {
  const program = needProgram("pasta");
  const namespace = join(state, "net");
  const ready = join(state, "pasta.pid");
  const source = `/proc/${pid}/ns/net`;
  await holder.run(`: >${quote(namespace)} && mount --bind ${source} ${quote(namespace)}`);
  const child = spawn(
    needProgram("nsenter"),
    [
      ...[`--mount=/proc/${holder.pid}/ns/mnt`, "--", needProgram("setpriv"), "--no-new-privs"],
      ...["--bounding-set", ["-all", ...CAPABILITIES.map((name) => `+${name}`)].join()],
      ...["--pdeathsig", "KILL", program, ...pastaArguments(network, { namespace, ready })],
    ],
    { stdio: ["ignore", "ignore", "pipe"], env: { PATH: process.env["PATH"] ?? "" }, cwd: "/" },
  );
  return attached(child, ready);
}

/** @param places the namespace's path, and the file that appears when pasta is ready */
export function pastaArguments(
  { interface: name, ports }: UserNetwork,
  { namespace, ready }: { readonly namespace: string; readonly ready: string },
): string[] {
  return [
    ...["--foreground", "--quiet", "--config-net", "--runas", "0", "--netns-only"],
    ...["--netns", namespace, "--pid", ready, "--interface", name],
    // Neither side reaches what listens on the other's loopback, save by the ports that are published.
    ...["--no-map-gw", "--tcp-ns", "none", "--udp-ns", "none"],
    ...forwarded("--tcp-ports", ports, "tcp"),
    ...forwarded("--udp-ports", ports, "udp"),
  ];
}

function forwarded(
  flag: string,
  ports: readonly PublishedPort[],
  protocol: PublishedPort["protocol"],
): string[] {
  const wanted = ports.filter((port) => port.protocol === protocol);
  if (wanted.length === 0) return [flag, "none"];
  return wanted.flatMap(({ hostIP, hostPort, containerPort }) => [
    flag,
    `${hostIP === "" ? "" : `${hostIP}/`}${hostPort}:${containerPort}`,
  ]);
}

const LOOK_MS = 5;

async function attached(child: ChildProcess, ready: string): Promise<Pasta> {
  let said = "";
  let isGone = false;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const gone = new Promise<void>((resolve) => {
    const end = (): void => {
      isGone = true;
      resolve();
    };
    child.on("error", end);
    child.on("close", end);
  });
  while (!isGone && !isWritten(ready)) {
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, LOOK_MS))]);
  }
  if (isGone) throw new EngineError(wordsOf(said));
  return {
    async stop() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** Without a system logger it complains of that too. */
function wordsOf(said: string): string {
  const lines = said.split("\n").map((line) => line.trim());
  const words = lines.filter((line) => line !== "" && !/^Failed to send .* to syslog$/.test(line));
  return `pasta gave the pod no network${words.length === 0 ? "" : `: ${words.join("; ")}`}`;
}

function isWritten(file: string): boolean {
  try {
    return readFileSync(file, "utf8") !== "";
  } catch {
    return false;
  }
}
