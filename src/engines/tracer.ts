// How --probe sees a container's own process in the instant after its execve, however short it lives, without changing it.
//
// An OCI hook runs while the runtime still waits: it lets a tracer seize the process, which will stop it once, when the
// kernel has done its execve and before its first instruction. There the tracer copies what /proc tells and lets go.
// Nothing else would do: a container that runs `true` is gone before anyone can look; a program put before it would be
// judged by its own file capabilities and need the container's libraries and system calls; `exec` starts another process
// with another history; a freezer cannot stop at a point in a program's life. A tracer with CAP_SYS_PTRACE (root's) takes
// no privilege from a setuid or file-capability program, and no system call of the container's filter is involved.
import type { OciSpec } from "../core/model/oci.ts";
import { needProgram } from "../node/programs.ts";

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

/** Arguments: ptrace's number, the file to write, the paths to look at. Standard input: the runtime's state as JSON. */
const SCRIPT = `use strict; use POSIX ();
my ($ptrace, $file, @paths) = @ARGV;
my ($seize, $continue, $listen, $detach, $getsiginfo) = (0x4206, 7, 0x4208, 17, 0x4202);
my ($pid) = join("", <STDIN>) =~ /"pid"\\s*:\\s*(\\d+)/ or die "no pid";
pipe(my $ready, my $told);
exit(0) if !defined(my $child = fork);
if ($child) { close $told; <$ready>; exit 0 }
POSIX::setsid(); close $ready;
open(STDIN, "<", "/dev/null"); open(STDOUT, ">", "/dev/null"); open(STDERR, ">", "/dev/null");
opendir(my $tasks, "/proc/$pid/task"); my @tasks = grep /^\\d+$/, readdir $tasks;
for (@tasks) { syscall($ptrace, $seize, $_ + 0, 0, 0x10) == 0 or exit 1 }
close $told;
while ((my $seen = waitpid(-1, 0x40000000)) > 0) {
  # perl hides the status of a stopped process; the kernel tells it here too.
  my $info = "\\0" x 128;
  syscall($ptrace, $getsiginfo, $seen + 0, 0, $info) == 0 or next;
  my ($signal, undef, $code) = unpack("l3", $info);
  my $event = ($code & 0xff) == $signal ? $code >> 8 : 0;
  if ($event == 4) {
    my $out = "";
    for my $name ("status", "mountinfo") { local $/; open(my $in, "<", "/proc/$seen/$name"); $out .= "$name\\0" . <$in> . "\\0" }
    for (qw(cgroup ipc mnt net pid user uts)) { my $link = readlink "/proc/$seen/ns/$_"; $out .= "ns:$_\\0$link\\0" if defined $link }
    for (@paths) { my @stat = lstat "/proc/$seen/root$_"; $out .= "path:$_\\0" . (@stat ? "$stat[2] $stat[6]" : "absent") . "\\0" }
    open(my $to, ">", "$file.new"); print $to $out; close $to; rename("$file.new", $file);
    syscall($ptrace, $detach, $seen + 0, 0, 0);
    exit 0;
  }
  if ($event == 128 && $signal != 5) { syscall($ptrace, $listen, $seen + 0, 0, 0) }
  else { syscall($ptrace, $continue, $seen + 0, 0, $event ? 0 : $signal + 0) }
}
`;

/**
 * The hook that makes the OCI runtime wait until the tracer holds the container's process.
 * @throws EngineError when perl is not installed
 */
export function tracerHook(file: string, paths: readonly string[]): NonNullable<OciSpec["hooks"]> {
  const number = PTRACE[process.arch];
  if (number === undefined) return {};
  const path = needProgram("perl");
  return {
    createRuntime: [{ path, args: ["perl", "-e", SCRIPT, String(number), file, ...paths] }],
  };
}
