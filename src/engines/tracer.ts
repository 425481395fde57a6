// How --probe sees a container's own process in the instant after its execve, however short it lives, without changing it.
//
// An OCI hook runs while the runtime still waits: it lets a tracer seize the process, which will stop it once, when the
// kernel has done its execve and before its first instruction. There the tracer copies what /proc tells and lets go.
// Nothing else would do: a container that runs `true` is gone before anyone can look; a program put before it would be
// judged by its own file capabilities and need the container's libraries and system calls; `exec` starts another process
// with another history; a freezer cannot stop at a point in a program's life. A tracer with CAP_SYS_PTRACE (root's) takes
// no privilege from a setuid or file-capability program, and no system call of the container's filter is involved.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { OciSpec } from "../core/model/oci.ts";
import type { TryName } from "../core/model/tries.ts";
import { ownIdMap } from "../node/idMap.ts";
import { needProgram } from "../node/programs.ts";
import { removeTree } from "../node/removeTree.ts";
import { ATTEMPTS, possibleTries } from "./attempts.ts";
import { LOADED_FILTERS } from "./loadedFilters.ts";

/** ptrace's number by Node's name of the architecture; perl has system calls only by number. */
const PTRACE: Readonly<Record<string, number>> = {
  x64: 101,
  arm64: 117,
  riscv64: 117,
  loong64: 117,
  ppc64: 26,
  s390x: 26,
  ia32: 26,
  arm: 26,
};

/** Where the process stops right after its execve: copies what /proc tells, lets go and ends. Wants $ptrace, $file, $watch, @paths, @tries. */
const COPY = `${ATTEMPTS}${LOADED_FILTERS}
sub copy {
  my ($pid) = @_;
  my $out = "";
  for my $name ("status", "mountinfo") { local $/; open(my $in, "<", "/proc/$pid/$name") or return; $out .= "$name\\0" . <$in> . "\\0" }
  for (qw(cgroup ipc mnt net pid user uts)) { my $link = readlink "/proc/$pid/ns/$_"; $out .= "ns:$_\\0$link\\0" if defined $link }
  for (@paths) { my @stat = lstat "/proc/$pid/root$_"; $out .= "path:$_\\0" . (@stat ? "$stat[2] $stat[6]" : "absent") . "\\0" }
  $out .= attempts($pid);
  open(my $to, ">", "$file.new"); print $to $out; close $to; rename("$file.new", $file);
}
sub seize {
  my ($pid) = @_;
  my (%held, $more);
  # A thread that is begun while the others are seized is in the next list; later ones come by themselves.
  do {
    $more = 0;
    opendir(my $tasks, "/proc/$pid/task") or return 0;
    for (grep /^\\d+$/, readdir $tasks) {
      next if $held{$_};
      syscall($ptrace, 0x4206, $_ + 0, 0, $watch ? 0x19 : 0x18) == 0 or %held or return 0;
      # From its next stop on it stops at system calls.
      syscall($ptrace, 0x4207, $_ + 0, 0, 0) if $watch;
      $held{$_} = $more = 1;
    }
  } while ($more);
  return 1;
}
sub wait_for_exec {
  my $go = $watch ? 24 : 7;
  while ((my $seen = waitpid(-1, 0x40000000)) > 0) {
    # perl hides the status of a stopped process; the kernel tells it here too.
    my $info = "\\0" x 128;
    syscall($ptrace, 0x4202, $seen + 0, 0, $info) == 0 or next;
    my ($signal, undef, $code) = unpack("l3", $info);
    if ($code == 0x85) { note_filter($seen); syscall($ptrace, $go, $seen + 0, 0, 0); next }
    my $event = ($code & 0xff) == $signal ? $code >> 8 : 0;
    if ($event == 4) { copy($seen); syscall($ptrace, 17, $seen + 0, 0, 0); exit 0 }
    if ($event == 128 && $signal != 5) { syscall($ptrace, 0x4208, $seen + 0, 0, 0) }
    else { syscall($ptrace, $go, $seen + 0, 0, $event ? 0 : $signal + 0) }
  }
}
`;

/**
 * Arguments: ptrace's number, the file to write, whether to watch for seccomp filters that are loaded, how many paths to
 * look at, these, and what to try. Standard input: the runtime's state as JSON.
 */
const HOOK = `use strict;
our ($ptrace, $file, $watch, $count, @tries) = @ARGV;
our @paths = splice(@tries, 0, $count);
my ($pid) = join("", <STDIN>) =~ /"pid"\\s*:\\s*(\\d+)/ or die "no pid";
pipe(my $ready, my $told);
exit(0) if !defined(my $child = fork);
if ($child) { close $told; <$ready>; exit 0 }
POSIX::setsid(); close $ready;
open(STDIN, "<", "/dev/null"); open(STDOUT, ">", "/dev/null"); open(STDERR, ">", "/dev/null");
seize($pid) or exit 1;
close $told;
wait_for_exec();
${COPY}`;

/**
 * Arguments: ptrace's number, the file to write, the container's id, then as for HOOK. The process appears in a
 * cgroup named after the container and calls itself the OCI runtime's init until its execve; one that was missed then is
 * looked at as it is.
 */
const SEARCH = `use strict;
our ($ptrace, $file, $id, $count, @tries) = @ARGV; our $watch = 0;
our @paths = splice(@tries, 0, $count);
my $top = "/sys/fs/cgroup";
my ($root) = -e "$top/cgroup.controllers" ? ($top) : grep -d, map "$top/$_", qw(pids memory devices);
# Where Docker Engine and containerd put a container that is told no parent, by either cgroup driver. Looking everywhere takes longer.
my @usual = map "$root/$_", "docker/$id", "k8s.io/$id", map "system.slice/$_-$id.scope", "docker", "cri-containerd";
my ($group, $turns);
# Late is too late: the process may live for a few milliseconds only.
eval { setpriority(0, 0, -15) };
$| = 1; print "ready"; close STDOUT;
while (1) {
  ($group) = grep -d, @usual if !defined $group;
  ($group) = glob("$root/{,*/,*/*/,*/*/*/}*$id*") if !defined $group && $turns++ % 8 == 0;
  if (defined $group && open(my $procs, "<", "$group/cgroup.procs")) {
    for my $pid (<$procs>) {
      chomp $pid;
      my $name = "";
      if (open(my $comm, "<", "/proc/$pid/comm")) { $name = <$comm> // ""; chomp $name }
      next if $name eq "" || $name =~ /^(runc:\\[[01]|runc$|exe$|\\d+$)/;
      if ($name =~ /^(runc:\\[2|crun|youki)/) { wait_for_exec() if seize($pid); exit 0 }
      # Under any other name it is the runtime's still, until it lives among mounts of its own.
      next if (readlink("/proc/$pid/ns/mnt") // "") eq readlink("/proc/self/ns/mnt");
      copy($pid);
      exit 0;
    }
  }
  select(undef, undef, undef, 0.0005);
}
${COPY}`;

/** What the tracer is to look at and to try. */
export interface Asked {
  readonly paths: readonly string[];
  readonly tries: readonly TryName[];
}

function words({ paths, tries }: Asked): string[] {
  return [String(paths.length), ...paths, ...possibleTries(tries)];
}

/** It costs a stop at every system call, so it is done only where nothing else tells a filter. */
function watches({ tries }: Asked): "0" | "1" {
  return tries.length > 0 && ownIdMap() !== undefined ? "1" : "0";
}

/**
 * The hook that makes the OCI runtime wait until the tracer holds the container's process.
 * @throws EngineError when perl is not installed
 */
export function tracerHook(file: string, asked: Asked): NonNullable<OciSpec["hooks"]> {
  const number = PTRACE[process.arch];
  if (number === undefined) return {};
  const path = needProgram("perl");
  return {
    createRuntime: [
      { path, args: ["perl", "-e", HOOK, String(number), file, watches(asked), ...words(asked)] },
    ],
  };
}

/** Looks at the process of a container that another program starts. */
export interface ExecWatch {
  /** What the tracer copied; undefined when it saw nothing. Call it when the container has ended, or to wait for it. */
  seen(ended: Promise<unknown>): Promise<string | undefined>;
}

/** How long the tracer may still write after a container has ended. */
const PATIENCE_MS = 300;

/**
 * Resolves when the tracer looks out for the process. Call it after the container is created and before it is started.
 * @param id the container's, as it stands in the name of its cgroup
 * @throws EngineError when perl is not installed
 */
export async function watchExec(id: string, asked: Asked): Promise<ExecWatch> {
  const number = PTRACE[process.arch];
  if (number === undefined) return { seen: () => Promise.resolve(undefined) };
  const folder = mkdtempSync(join(tmpdir(), "secctx-probe-"));
  const file = join(folder, "observed");
  const child = spawn(
    needProgram("perl"),
    ["-e", SEARCH, String(number), file, id, ...words(asked)],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const done = new Promise<void>((resolve) => {
    child.on("error", () => resolve());
    child.on("exit", () => resolve());
  });
  await Promise.race([done, new Promise((resolve) => child.stdout.once("data", resolve))]);
  return {
    async seen(ended) {
      const patience = (): Promise<void> => setTimeout(PATIENCE_MS);
      await Promise.race([done, ended.then(patience, patience)]);
      child.kill("SIGKILL");
      try {
        return readFileSync(file, "utf8");
      } catch {
        return undefined;
      } finally {
        removeTree(folder);
      }
    },
  };
}
