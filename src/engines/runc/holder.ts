// The pod's sandbox as one shell: it holds the shared namespaces and a private mount table, and cleans up when secctx dies.
import { type ChildProcess, spawn } from "node:child_process";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import { stateRoot } from "../podPlace.ts";

/**
 * Runs each line of standard input as a command and answers with its output, a line of the ASCII record separator and
 * the status. All mounts are made here, so they end with the namespace and the host's table never sees them. The end
 * of standard input without the word `bye` means that secctx is gone, however it died: everything of the pod is ended
 * and removed, once `place` has said where it lies (state directory, data directory, cgroup directories).
 */
const SCRIPT = `
state=; data=; pause=; keep=
while IFS= read -r line; do
  case $line in
  "place "*) eval "set -- \${line#place }"; state=$1; data=$2; shift 2; continue;;
  bye) [ -z "$pause$keep" ] || kill -9 $pause $keep; exit 0;;
  "keep "*)
    rest=\${line#keep }; flags=\${rest%%;*}; rest=\${rest#*;}
    unshare --user $flags -- setpriv --pdeathsig KILL sleep 2147483647 </dev/null >/dev/null 2>"$state/keep" &
    keep=$!
    while [ /proc/$keep/ns/user -ef /proc/self/ns/user ]; do :; done
    { printf "\${rest%%;*}" >/proc/$keep/uid_map && printf "\${rest#*;}" >/proc/$keep/gid_map; } 2>>"$state/keep"
    status=$?; said=$keep; [ $status = 0 ] || said=$(cat "$state/keep")
    printf '%s\\n\\036 %s\\n' "$said" $status; continue;;
  pause)
    (umask 0; : >"$state/pause")
    \${keep:+nsenter --user=/proc/$keep/ns/user --} setpriv --pdeathsig KILL unshare --pid --fork --kill-child=KILL -- sh -c "$PAUSE" pause "$state/pause" </dev/null >/dev/null 2>&1 &
    pause=$!
    # Before its first process lives, the link leads to the host's namespace.
    until [ -s "$state/pause" ]; do kill -0 "$pause" || break; done
    printf '%s\\n\\036 0\\n' "$pause"; continue;;
  esac
  out=$(eval "$line" 2>&1); printf '%s\\n\\036 %s\\n' "$out" "$?"
done
[ -n "$state" ] || exit 0
trap '' PIPE HUP INT TERM
ends() {
  for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    found=
    for dir; do
      for file in "$dir"/cgroup.procs "$dir"/*/cgroup.procs; do
        [ -r "$file" ] || continue
        while read -r pid; do [ "$pid" = 0 ] || { found=1; kill -9 "$pid"; }; done <"$file"
      done
    done
    # Without control groups they are known by the layer that is their root.
    [ $# -gt 0 ] || for info in $(grep -lsE " / / .*upperdir=[^, ]*/\${data##*/}/containers/" /proc/[0-9]*/mountinfo); do
      pid=\${info%/*}; found=1; kill -9 "\${pid##*/}"
    done
    [ -n "$found" ] || return 0
    sleep 0.05
  done
}
{
  [ -z "$pause$keep" ] || kill -9 $pause $keep
  # An OCI runtime that was just making a container dies with secctx, but not in the same instant.
  ends "$@"; sleep 0.1; ends "$@"; sleep 0.2; ends "$@"
  # Below these are files of the host: while one is mounted nothing may be removed, and prune does it from outside.
  for place in "$state"/containers/*/subpaths/* "$state"/containers/*/mapped/* "$data"/containers/*/lower; do
    [ -e "$place" ] || continue
    [ -L "$place" ] || umount -l "$place"
    rmdir "$place" || rm -f "$place" || exit
  done
  while read -r source target rest; do
    case $target in "$state"/*|"$data"/*) umount -l "$target";; esac
  done </proc/self/mounts
  for dir; do find "$dir" -depth -type d -exec rmdir {} +; done
  rm -rf --one-file-system "$data" "$state"
} >/dev/null 2>&1
`;

/** First process of a shared process namespace: ends its orphans, as the pause container does. */
const PAUSE = 'echo up >"$1"; trap : TERM; while :; do sleep 2147483647 & wait $!; done';

const SEPARATOR = "\u001e ";

/** Namespaces in the spelling of unshare's options. */
export type HeldNamespace = "net" | "ipc" | "uts";

/** What is removed when secctx dies. */
export interface HolderPlace {
  readonly state: string;
  readonly data: string;
  readonly cgroups: readonly string[];
}

export interface Holder {
  readonly pid: number;
  /** Before it nothing can be left. */
  place(place: HolderPlace): void;
  /** Runs a shell command in the sandbox. @throws EngineError with what it said, when it fails */
  run(command: string): Promise<string>;
  /**
   * Starts a process that holds the sandbox's other namespaces inside a user namespace of its own. `maps`: the texts of
   * its uid_map and gid_map. @returns its number
   */
  keep(namespaces: readonly HeldNamespace[], maps: readonly [string, string]): Promise<number>;
  /** Starts the first process of a shared process namespace. @returns the path of that namespace */
  startPause(): Promise<string>;
  /** Lets everything go that the sandbox holds; resolves when it is gone. */
  release(): Promise<void>;
}

/** @throws EngineError when this machine does not let secctx make namespaces */
export function startHolder(namespaces: readonly HeldNamespace[]): Holder {
  const flags = namespaces.map((name) => `--${name}`);
  const child = spawn(
    needProgram("unshare"),
    [
      ...["--mount", "--propagation", "slave", ...flags, "--", needProgram("sh"), "-c", SCRIPT],
      // Of no meaning to the shell: who looks at the processes sees whose it is.
      ...["secctx-sandbox", stateRoot()],
    ],
    { detached: true, stdio: "pipe", env: { PATH: process.env["PATH"] ?? "", PAUSE }, cwd: "/" },
  );
  if (child.pid === undefined) throw new EngineError("cannot start unshare");
  return new ShellHolder(child, child.pid);
}

interface Waiter {
  readonly resolve: (output: string) => void;
  readonly reject: (error: Error) => void;
}

class ShellHolder implements Holder {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #waiters: Waiter[] = [];
  readonly #gone: Promise<void>;
  #output = "";
  #errors = "";
  #ended = false;

  constructor(child: ChildProcess, pid: number) {
    this.#child = child;
    this.pid = pid;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#errors += text;
    });
    child.stdin?.on("error", () => {});
    child.on("error", () => {});
    this.#gone = new Promise((resolve) => {
      child.on("close", () => {
        this.#ended = true;
        for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#lost());
        resolve();
      });
    });
  }

  place({ state, data, cgroups }: HolderPlace): void {
    this.#child.stdin?.write(`place ${[state, data, ...cgroups].map(quote).join(" ")}\n`);
  }

  run(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#lost());
        return;
      }
      this.#waiters.push({ resolve, reject });
      this.#child.stdin?.write(`${command.replaceAll("\n", " ")}\n`);
    });
  }

  async keep(
    namespaces: readonly HeldNamespace[],
    maps: readonly [string, string],
  ): Promise<number> {
    const flags = namespaces.map((name) => `--${name}`).join(" ");
    return Number(await this.run(`keep ${flags};${maps.join(";")}`));
  }

  async startPause(): Promise<string> {
    return `/proc/${await this.run("pause")}/ns/pid_for_children`;
  }

  async release(): Promise<void> {
    this.#child.stdin?.end("bye\n");
    await this.#gone;
  }

  #read(text: string): void {
    this.#output += text;
    for (;;) {
      const at = this.#output.indexOf(SEPARATOR);
      const end = this.#output.indexOf("\n", at);
      if (at < 0 || end < 0) return;
      const said = this.#output.slice(0, at).trimEnd();
      const status = this.#output.slice(at + SEPARATOR.length, end);
      this.#output = this.#output.slice(end + 1);
      const waiter = this.#waiters.shift();
      if (status === "0") waiter?.resolve(said);
      else waiter?.reject(new EngineError(said === "" ? `status ${status}` : said));
    }
  }

  #lost(): EngineError {
    const said = this.#errors.trim().replace(/^unshare: /, "");
    return new EngineError(
      `the pod's sandbox could not be held${said === "" ? "" : `: ${said}`}; secctx run needs root and a kernel with namespaces`,
    );
  }
}

/** A word of a shell command, whatever stands in it. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
