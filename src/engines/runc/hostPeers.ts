// mountPropagation: whether the host lets its mounts be followed, and for Bidirectional, that what a container mounts in a
// volume shows in the pod's other containers and on the host.
//
// The sandbox's mount table only follows the host's, so that nothing of secctx's shows there. A volume of the host is
// therefore cloned from the host's table, where it is of the host's peer group, and laid upon its own place in the
// sandbox's. It goes with the sandbox, and such an end tells the host nothing.
import { spawn } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { goQuote } from "../../core/rules/goText.ts";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import type { ContainerMount } from "../engine.ts";
import { plainPath } from "../hostMounts.ts";
import { type Holder, quote } from "./holder.ts";

/** open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | AT_RECURSIVE), then the second part in the sandbox's mount table. */
const CLONE = `
my ($lay, $path, @enter) = @ARGV;
my $tree = syscall(428, -100, $path, 0x8001);
die "open_tree $path: $!\\n" if $tree < 0;
exec(@enter, "perl", "-e", $lay, $tree, $path) or die "$enter[0]: $!\\n";
`;
/** move_mount(tree, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_SYMLINKS); both have one number everywhere. */
const LAY = `
my ($tree, $path) = @ARGV;
my $empty = "";
syscall(429, $tree + 0, $empty, -100, $path, 0x14) == 0 or die "move_mount $path: $!\\n";
`;

export class HostPeers {
  readonly #holder: Holder;
  /** Folders of the pod's own, which the host need not see. */
  readonly #own: readonly string[];
  readonly #shared = new Map<string, Promise<void>>();

  constructor(holder: Holder, own: readonly string[]) {
    this.#holder = holder;
    this.#own = own;
  }

  /** Each volume once. @returns why not, in containerd's words, where the host keeps its mounts to itself */
  async share(mounts: readonly ContainerMount[]): Promise<string | undefined> {
    for (const { host_path, subPath, propagation } of mounts) {
      const wanted = NEEDED[propagation ?? ""];
      if (wanted === undefined) continue;
      const path = subPath?.volume ?? host_path;
      const real = realpathSync(path);
      // Folders of the pod's own are in the sandbox's mount table, whatever the host's is like.
      if (!this.#own.some((folder) => isBelow(real, folder))) {
        const { mountpoint, kinds } = mountOf(real);
        if (!wanted.kinds.some((kind) => kinds.has(kind))) {
          return `path ${goQuote(path)} is mounted on ${goQuote(mountpoint)} but it is not ${wanted.called}`;
        }
      }
      if (propagation !== "PROPAGATION_BIDIRECTIONAL") continue;
      const begun = this.#shared.get(path) ?? this.#share(path, real);
      this.#shared.set(path, begun);
      await begun;
    }
    return undefined;
  }

  async #share(path: string, real: string): Promise<void> {
    if (this.#own.some((folder) => isBelow(folder, real))) {
      throw new EngineError(
        `${path}: the mounts of a folder that holds secctx's own cannot be shared`,
      );
    }
    if (this.#own.some((folder) => isBelow(real, folder))) {
      const place = quote(path);
      await this.#holder.run(`mount --rbind ${place} ${place} && mount --make-rshared ${place}`);
      return;
    }
    const enter = [needProgram("nsenter"), `--mount=/proc/${this.#holder.pid}/ns/mnt`, "--"];
    await perl(["-e", CLONE, LAY, path, ...enter]);
  }
}

interface Needed {
  /** How mountinfo calls it. */
  readonly kinds: readonly string[];
  readonly called: string;
}

/** @see containerd v2.1.9 pkg/cri/opts/spec_linux_opts.go ensureShared, ensureSharedOrSlave */
const NEEDED: Readonly<Record<string, Needed>> = {
  PROPAGATION_BIDIRECTIONAL: { kinds: ["shared"], called: "a shared mount" },
  PROPAGATION_HOST_TO_CONTAINER: {
    kinds: ["shared", "master"],
    called: "a shared or slave mount",
  },
};

/** The innermost mount above the path, the uppermost where several lie on one place. */
function mountOf(path: string): {
  readonly mountpoint: string;
  readonly kinds: ReadonlySet<string>;
} {
  let mountpoint = "";
  let kinds = new Set<string>();
  for (const line of readFileSync("/proc/self/mountinfo", "utf8").split("\n")) {
    const [, , , , written = "", , ...rest] = line.split(" ");
    const place = plainPath(written);
    if (place === "" || !isBelow(path, place) || place.length < mountpoint.length) continue;
    mountpoint = place;
    kinds = new Set(rest.slice(0, rest.indexOf("-")).map((field) => field.split(":")[0] ?? ""));
  }
  return { mountpoint, kinds };
}

function isBelow(path: string, folder: string): boolean {
  return folder === "/" || `${path}/`.startsWith(`${folder}/`);
}

/** @throws EngineError with what it said */
function perl(words: readonly string[]): Promise<void> {
  const child = spawn(needProgram("perl"), words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new EngineError(`a mount could not be shared with the host: ${said.trim()}`));
    });
  });
}
