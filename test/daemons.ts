// Real daemons for tests: dockerd and containerd on sockets of their own in one folder, stopped afterwards with all that is theirs.
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { openCri } from "../src/engines/cri/client.ts";
import { importArchive } from "../src/engines/cri/images.ts";
import { unmountBelow } from "../src/engines/hostMounts.ts";
import { withPauseArchive } from "../src/engines/imageArchive.ts";
import { findProgram } from "../src/node/programs.ts";
import { removeTree } from "../src/node/removeTree.ts";

export interface Daemon {
  readonly socket: string;
  readonly pid: number;
  /** Everything of the daemon is gone when it resolves. */
  stop(): Promise<void>;
}

/** Why the daemon cannot be started here; undefined where it can. */
export function lacksDocker(): string | undefined {
  return lacks(["dockerd", "containerd"], "docker.io");
}
export function lacksContainerd(): string | undefined {
  return lacks(["containerd", "ctr"], "containerd");
}

function lacks(programs: readonly string[], debianPackage: string): string | undefined {
  if (process.getuid?.() !== 0) return "needs root";
  const missing = programs.find((name) => findProgram(name) === undefined);
  return missing && `no ${missing}: apt-get install ${debianPackage}`;
}

/** dockerd without any network of its own: it needs no privilege over the host's. */
export async function startDockerd(): Promise<Daemon> {
  const folder = newFolder("secctx-dockerd-");
  const socket = join(folder, "docker.sock");
  const child = startProgram("dockerd", folder, [
    ...["--iptables=false", "--ip6tables=false", "--bridge=none"],
    ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec")],
    ...["--pidfile", join(folder, "pid"), "--host", `unix://${socket}`],
  ]);
  return await ready(child, folder, socket);
}

/** Name of the sandbox's image in the containerd that is started here. */
const PAUSE = "secctx.local/pause:1";

/** containerd with its CRI plugin, a network plugin that does nothing, and an image for sandboxes. */
export async function startContainerd(): Promise<Daemon> {
  const folder = newFolder("secctx-containerd-");
  const socket = join(folder, "containerd.sock");
  writeNetworkPlugins(folder);
  writeFileSync(join(folder, "config.toml"), containerdConfig(folder, socket));
  const child = startProgram("containerd", folder, ["--config", join(folder, "config.toml")]);
  const daemon = await ready(child, folder, socket);
  const client = await openCri(socket);
  await withPauseArchive({ name: PAUSE, config: { User: "65535:65535" } }, (file) =>
    importArchive(client, file, PAUSE),
  );
  client.close();
  return daemon;
}

/** restrict_oom_score_adj: a host may lack CAP_SYS_RESOURCE, and sandboxes want -998. */
function containerdConfig(folder: string, socket: string): string {
  return `version = 2
root = "${folder}/root"
state = "${folder}/state"
[grpc]
  address = "${socket}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${folder}/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE}"
  restrict_oom_score_adj = true
  stream_server_port = "0"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${folder}/cni/bin"
    conf_dir = "${folder}/cni/conf"
`;
}

/** A network that is loopback alone: the plugins answer as real ones and touch nothing else. */
function writeNetworkPlugins(folder: string): void {
  const [programs, configs] = [join(folder, "cni", "bin"), join(folder, "cni", "conf")];
  mkdirSync(programs, { recursive: true });
  mkdirSync(configs, { recursive: true });
  const script = (name: string, address: string): string => `#!/bin/sh
case $CNI_COMMAND in
  ADD) nsenter --net="$CNI_NETNS" ip link set lo up
    printf '{"cniVersion":"0.4.0","interfaces":[{"name":"${name}","sandbox":"%s"}],"ips":[{"version":"4","interface":0,"address":"${address}"}]}' "$CNI_NETNS";;
  VERSION) printf '{"cniVersion":"0.4.0","supportedVersions":["0.3.1","0.4.0"]}';;
esac
`;
  writeFileSync(join(programs, "loopback"), script("lo", "127.0.0.1/8"), { mode: 0o755 });
  writeFileSync(join(programs, "fake"), script("eth0", "10.88.0.9/16"), { mode: 0o755 });
  const list = { cniVersion: "0.4.0", name: "lab", plugins: [{ type: "fake" }] };
  writeFileSync(join(configs, "10-lab.conflist"), JSON.stringify(list));
}

/** The ids of a pod in a user namespace have to pass through. */
function newFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  return folder;
}

/** Its end is asked for also when this process dies without asking. */
function startProgram(name: string, folder: string, words: readonly string[]): ChildProcess {
  const log = openSync(join(folder, "log"), "a");
  const child = spawn("setpriv", ["--pdeathsig", "TERM", name, ...words], {
    stdio: ["ignore", log, log],
    cwd: folder,
  });
  closeSync(log);
  return child;
}

const STEP_MS = 50;
const PATIENCE_MS = 30_000;

async function ready(child: ChildProcess, folder: string, socket: string): Promise<Daemon> {
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const daemon = { socket, pid: child.pid ?? 0, stop: () => stop(child, ended, folder) };
  const end = Date.now() + PATIENCE_MS;
  while (!existsSync(socket)) {
    if (child.exitCode !== null || Date.now() > end) {
      const said = readFileSync(join(folder, "log"), "utf8").slice(-2000);
      await daemon.stop();
      throw new Error(`${child.spawnargs.join(" ")} does not run: ${said}`);
    }
    await setTimeout(STEP_MS);
  }
  return daemon;
}

async function stop(child: ChildProcess, ended: Promise<void>, folder: string): Promise<void> {
  child.kill("SIGTERM");
  const late = setTimeout(PATIENCE_MS, true, { ref: false });
  if (await Promise.race([ended.then(() => false), late])) child.kill("SIGKILL");
  await ended;
  for (const pid of processesOf(folder)) process.kill(pid, "SIGKILL");
  unmountBelow(folder);
  removeTree(folder);
}

/** Shims of sandboxes that somebody forgot: their command line names the daemon's socket in its folder. */
export function processesOf(folder: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && commandOf(pid).includes(`${folder}/`));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1");
  } catch {
    return "";
  }
}
