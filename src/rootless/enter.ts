// The same call of secctx once more, as root of a user namespace of its own: where an ordinary user runs a command that root runs as it is.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { constants, userInfo } from "node:os";
import type { Readable, Writable } from "node:stream";
import { EngineError } from "../node/errors.ts";
import { textIfThere } from "../node/ifThere.ts";
import { kernelVersion } from "../node/node.ts";
import { findProgram, needProgram, notInstalled } from "../node/programs.ts";
import { KNOBS, type MachineFacts, obstacles } from "./obstacles.ts";
import { mapWords, rangesOf, type User } from "./subordinateIds.ts";

/** Waits until the namespace has its ids; without whoever gives them it ends. */
const WAIT_FOR_IDS = `echo ready >&3; IFS= read -r ids <&4 || exit 125; exec "$@"`;

/**
 * Becomes the call, which dies with whoever began it. The kernel forgets that wish where privileges change, so it is told
 * when the ids are there; and only then the go is waited for, lest there is nobody any more to die with.
 */
const BECOME = `echo mortal >&3; IFS= read -r go <&4 || exit 125; exec "$@" 3>&- 4<&-`;

/**
 * @param prepare called when nothing is in the way; told to the call: where its things are, which root has elsewhere
 * @returns its exit code
 * @throws EngineError with a sentence for each thing that this machine does not give to an ordinary user
 */
export async function inUserNamespace(
  prepare: () => Promise<Readonly<Record<string, string>>>,
): Promise<number> {
  const user = ownUser();
  const facts = factsOf(user);
  const sentences = obstacles(facts);
  if (sentences.length > 0) {
    throw new EngineError(
      sentences.map((sentence) => `without root: ${sentence}`).join("\nsecctx: "),
    );
  }
  const environment = await prepare();
  const [, script = "", ...words] = process.argv;
  const call = [process.execPath, ...process.execArgv, script, ...words];
  const sh = needProgram("sh");
  const child = spawn(
    needProgram("unshare"),
    [
      ...["--user", "--", sh, "-c", WAIT_FOR_IDS, "secctx-user-namespace"],
      ...[needProgram("setpriv"), "--pdeathsig", "KILL", sh, "-c", BECOME, "secctx-user-namespace"],
      ...call,
    ],
    {
      stdio: ["inherit", "inherit", "inherit", "pipe", "pipe"],
      env: { ...process.env, ...environment, ...forContainerLibraries(user) },
    },
  );
  const ended = exitOf(child);
  const [, , , says, told] = child.stdio as [null, null, null, Readable, Writable];
  told.on("error", () => {});
  const said = (): Promise<boolean> =>
    Promise.race([once(says, "data").then(() => true), ended.then(() => false)]);
  if (!(await said()) || child.pid === undefined) {
    throw new EngineError("without root: this machine lets only root make user namespaces");
  }
  try {
    giveIds("newuidmap", child.pid, mapWords(user.id, facts.uids));
    giveIds("newgidmap", child.pid, mapWords(process.getgid?.() ?? 0, facts.gids));
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  const release = passSignals(child);
  told.write("ids\n");
  await said();
  told.end("go\n");
  const code = await ended;
  release();
  return code;
}

/**
 * So skopeo takes the user's own storage and makes no user namespace of its own.
 * @see containers/storage v1.43.0 pkg/unshare/unshare_linux.go IsRootless, UsernsEnvName
 */
function forContainerLibraries({ id }: User): Record<string, string> {
  return {
    _CONTAINERS_USERNS_CONFIGURED: "done",
    _CONTAINERS_ROOTLESS_UID: String(id),
    _CONTAINERS_ROOTLESS_GID: String(process.getgid?.() ?? 0),
  };
}

/** Someone without an entry in /etc/passwd has a number only. */
function ownUser(): User {
  const id = process.getuid?.() ?? 0;
  try {
    return { name: userInfo().username, id };
  } catch {
    return { name: String(id), id };
  }
}

function factsOf(user: User): MachineFacts {
  const [subuid, subgid] = [textIfThere("/etc/subuid"), textIfThere("/etc/subgid")];
  return {
    user: user.name,
    kernel: kernelVersion(textIfThere("/proc/sys/kernel/osrelease")),
    sysctls: Object.fromEntries(
      KNOBS.map(({ name }) => [name, textIfThere(`/proc/sys/${name.replaceAll(".", "/")}`)]),
    ),
    missing: (["newuidmap", "newgidmap"] as const)
      .filter((name) => findProgram(name) === undefined)
      .map(notInstalled),
    uids: rangesOf(subuid, user),
    gids: rangesOf(subgid, user),
    files: [subuid, subgid],
  };
}

/** @throws EngineError in the program's words */
function giveIds(program: "newuidmap" | "newgidmap", pid: number, words: readonly string[]): void {
  const { status, stderr } = spawnSync(needProgram(program), [String(pid), ...words], {
    encoding: "utf8",
  });
  if (status !== 0) throw new EngineError(`without root: ${stderr.trim()}`);
}

/** A key of the terminal reaches both, since they are in one process group: passing it on would be a second one. */
function passSignals(child: ChildProcess): () => void {
  const pass = (name: NodeJS.Signals): void => {
    if (name === "SIGTERM" || !isInForeground()) child.kill(name);
  };
  const names = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
  for (const name of names) process.on(name, pass);
  return () => {
    for (const name of names) process.off(name, pass);
  };
}

function isInForeground(): boolean {
  const stat = textIfThere("/proc/self/stat");
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return group === foreground;
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on("error", () => resolve(125));
    child.on("exit", (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}
