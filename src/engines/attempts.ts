// How --probe tries things with exactly a container's credentials: in a process of its own, in the container's namespaces,
// with its ids, capabilities, no_new_privs and seccomp filters, while the container stands still after its execve.
//
// Nothing of the image is needed or touched: the process is perl, which was loaded before it entered; an unnamed file
// (O_TMPFILE) shows whether a folder can be written; the setuid file lies on a tmpfs in a mount table of the attempt's own
// and is stopped before its first instruction, so it is an ELF header and no program.
import { getSystemErrorName } from "node:util";
import type { Attempt, TryName } from "../core/model/tries.ts";

/** System calls that perl has only by number: setns unshare mount capset prctl seccomp setresuid setresgid setgroups. */
const GENERIC = [268, 97, 40, 91, 167, 277, 147, 149, 159];
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  x64: [308, 272, 165, 126, 157, 317, 117, 119, 116],
  arm64: GENERIC,
  riscv64: GENERIC,
  loong64: GENERIC,
};

/** The perl behind `copy`: `attempts($pid)` answers `try:NAME\0RESULT\0` for each of @tries. Wants $ptrace and @tries. */
export const ATTEMPTS: string = `
use Fcntl (); use POSIX ();
no warnings;
my ($setns, $unshare, $mount, $capset, $prctl, $seccomp, $setresuid, $setresgid, $setgroups, $own);
BEGIN {
  ($setns, $unshare, $mount, $capset, $prctl, $seccomp, $setresuid, $setresgid, $setgroups) = (${(NUMBERS[process.arch] ?? []).join(", ")});
  # Loaded while there still is a file system with modules.
  Fcntl::O_DIRECTORY(); Fcntl::O_APPEND();
  open(my $perl, "<", "/proc/self/exe"); sysread($perl, $own, 64);
}
sub attempts {
  my ($pid) = @_;
  return "" if !@tries;
  my @filters;
  # A seccomp filter is told to a tracer with the host's CAP_SYS_ADMIN only; the oldest comes first.
  while ((my $count = syscall($ptrace, 0x420c, $pid + 0, @filters + 0, 0)) > 0) {
    my $filter = "\\0" x (8 * $count);
    last if syscall($ptrace, 0x420c, $pid + 0, @filters + 0, $filter) < 0;
    push @filters, $filter;
  }
  @filters = our @loaded if !@filters;
  pipe(my $in, my $out);
  defined(my $helper = fork) or return "";
  if (!$helper) {
    close $in; alarm 10;
    eval { enter($pid, $out, @filters) };
    if ($@) { my $why = $@; $why =~ s/ at .*//s; syswrite($out, "try:$_\\0? $why\\0") for @tries }
    POSIX::_exit(0);
  }
  close $out; my $said = do { local $/; <$in> }; waitpid($helper, 0);
  return $said // "";
}
sub enter {
  my ($pid, $out, @filters) = @_;
  my %ns;
  for (qw(net ipc uts user mnt)) { open($ns{$_}, "<", "/proc/$pid/ns/$_") if readlink("/proc/$pid/ns/$_") ne readlink("/proc/self/ns/$_") }
  opendir(my $proc, "/proc"); chdir $proc;
  for (qw(net ipc uts user)) { next if !$ns{$_}; syscall($setns, fileno($ns{$_}), 0) == 0 or die "setns $_: $!\\n" }
  # In a user namespace the ids are those inside.
  my %want = status($pid);
  $want{Seccomp} != 2 || @filters or die "the kernel does not tell its seccomp filter\\n";
  if ($ns{user}) { syscall($setresgid, 0, 0, 0); syscall($setresuid, 0, 0, 0); }
  if ($ns{mnt}) { syscall($setns, fileno($ns{mnt}), 0) == 0 or die "setns mnt: $!\\n" }
  # What is mounted from here on is this process's own.
  syscall($unshare, 0x20000) == 0 or die "unshare: $!\\n";
  my $none = "none"; my $top = "/";
  syscall($mount, $none, $top, 0, 0x44000, 0) == 0 or die "mount: $!\\n";
  for my $try (@tries) {
    my ($kind, $what) = split /:/, $try, 2;
    my $said = $kind eq "setuid" ? try_setuid($proc, \\%want, @filters) : try_call($kind, $what, \\%want, @filters);
    syswrite($out, "try:$try\\0$said\\0");
  }
}
sub status {
  open(my $in, "<", "$_[0]/status") or die "its status: $!\\n";
  return map { /^(\\w+):\\s*(.*?)\\s*$/ ? ($1, $2) : () } <$in>;
}
sub bits { my ($hex) = @_; return (hex(substr($hex, 8)), hex(substr($hex, 0, 8))) }
# As an OCI runtime does it: without no_new_privs a filter can only be loaded as long as there is CAP_SYS_ADMIN.
sub become {
  my ($want, @filters) = @_;
  my ($bound, $bound_high) = bits($want->{CapBnd});
  load(@filters) if !$want->{NoNewPrivs};
  for my $cap (0 .. 63) { syscall($prctl, 24, $cap, 0, 0, 0) if !(($cap < 32 ? $bound >> $cap : $bound_high >> ($cap - 32)) & 1) }
  syscall($prctl, 8, 1, 0, 0, 0);
  my @groups = split " ", $want->{Groups};
  my $packed = pack("L*", @groups);
  syscall($setgroups, @groups + 0, $packed) == 0 or @groups == 0 or die "setgroups: $!\\n";
  my @gid = split " ", $want->{Gid}; my @uid = split " ", $want->{Uid};
  syscall($setresgid, map $_ + 0, @gid[0 .. 2]) == 0 or die "setresgid: $!\\n";
  syscall($setresuid, map $_ + 0, @uid[0 .. 2]) == 0 or die "setresuid: $!\\n";
  my ($e, $E) = bits($want->{CapEff}); my ($p, $P) = bits($want->{CapPrm}); my ($i, $I) = bits($want->{CapInh});
  my $head = pack("Ll", 0x20080522, 0); my $data = pack("L6", $e, $p, $i, $E, $P, $I);
  syscall($capset, $head, $data) == 0 or die "capset: $!\\n";
  my ($ambient, $ambient_high) = bits($want->{CapAmb});
  for my $cap (0 .. 63) { syscall($prctl, 47, 2, $cap, 0, 0) if ($cap < 32 ? $ambient >> $cap : $ambient_high >> ($cap - 32)) & 1 }
  if ($want->{NoNewPrivs}) { syscall($prctl, 38, 1, 0, 0, 0); load(@filters) }
}
sub load {
  for my $filter (@_) {
    my $program = pack("S x![P] P", length($filter) / 8, $filter);
    syscall($seccomp, 1, 0, $program) == 0 or die "seccomp: $!\\n";
  }
}
sub try_call {
  my ($kind, $what, $want, @filters) = @_;
  my $is_dir = $kind eq "write" && -d $what;
  return "? it is neither a file nor a directory" if $kind eq "write" && !$is_dir && !-f _;
  pipe(my $in, my $out);
  defined(my $child = fork) or return "? fork: $!";
  if (!$child) {
    alarm 10;
    eval { become($want, @filters) };
    if ($@) { chomp(my $why = $@); syswrite($out, "? $why"); POSIX::_exit(0) }
    my $tcp;
    my $ok = $kind eq "write" ? ($is_dir ? write_in($what) : sysopen(my $file, $what, 01 | Fcntl::O_APPEND() | Fcntl::O_NONBLOCK()))
      : $kind eq "bind" ? (socket($tcp, 2, 1, 0) && bind($tcp, pack("S n x12", 2, $what)))
      : socket(my $icmp, 2, $kind eq "raw" ? 3 : 2, 1);
    syswrite($out, $ok ? "yes" : "no " . ($! + 0)); POSIX::_exit(0);
  }
  close $out; my $said = do { local $/; <$in> }; waitpid($child, 0);
  return $said ne "" ? $said : $? & 127 ? "signal " . ($? & 127) : "? it said nothing";
}
# Where the file system knows no unnamed files, a named one is made and removed.
sub write_in {
  my ($folder) = @_;
  return 1 if sysopen(my $unnamed, $folder, 020000000 | Fcntl::O_DIRECTORY() | 02, 0600);
  return 0 if $! != 95 && $! != 21 && $! != 22;
  my $name = "$folder/.secctx-" . int(rand(1e9)) . "-$$";
  return sysopen(my $named, $name, 01 | Fcntl::O_CREAT() | Fcntl::O_EXCL(), 0600) && unlink($name);
}
sub try_setuid {
  my ($proc, $want, @filters) = @_;
  my $kind = "tmpfs"; my $place = "/proc"; my $options = "mode=755";
  syscall($mount, $kind, $place, $kind, 0, $options) == 0 or return "? mount: $!";
  my $file = "/proc/file";
  sysopen(my $elf, $file, 01 | Fcntl::O_CREAT(), 0755) or return "? $!";
  syswrite($elf, elf()); close $elf; chown(0, 0, $file); chmod(04755, $file);
  pipe(my $go_in, my $go_out); pipe(my $in, my $out);
  # A change of ids has made this process one that nobody may trace.
  syscall($prctl, 4, 1, 0, 0, 0);
  defined(my $child = fork) or return "? fork: $!";
  if (!$child) {
    alarm 10; sysread($go_in, my $go, 1);
    eval { become($want, @filters) };
    if ($@) { chomp(my $why = $@); syswrite($out, "? $why"); POSIX::_exit(0) }
    exec { $file } "file" or do { syswrite($out, "no " . ($! + 0)); POSIX::_exit(0) };
  }
  close $out;
  syscall($ptrace, 0x4206, $child + 0, 0, 0x100010) == 0 or do { my $why = "? ptrace: $!"; kill 9, $child; waitpid($child, 0); return $why };
  syswrite($go_out, "g");
  while (waitpid($child, 0x40000000) > 0) {
    my $info = "\\0" x 128;
    if (syscall($ptrace, 0x4202, $child + 0, 0, $info) != 0) { my $said = do { local $/; <$in> }; return $said ne "" ? $said : "signal " . ($? & 127) }
    my ($signal, undef, $code) = unpack("l3", $info);
    my $event = ($code & 0xff) == $signal ? $code >> 8 : 0;
    if ($event == 4) { chdir $proc; my %now = status($child); kill 9, $child; waitpid($child, 0); return gained($want, \\%now) }
    syscall($ptrace, 7, $child + 0, 0, $event ? 0 : $signal + 0);
  }
  return "? it ended";
}
sub gained {
  my ($before, $now) = @_;
  my ($p, $P) = bits($before->{CapPrm}); my ($q, $Q) = bits($now->{CapPrm});
  my ($was) = (split " ", $before->{Uid})[1]; my ($is) = (split " ", $now->{Uid})[1];
  return $was ne $is || ($q & ~$p) || ($Q & ~$P) ? "yes" : "no 0";
}
# The smallest file that this kernel executes: perl's own machine and form, one page of it mapped.
sub elf {
  my $entry = 0x400078;
  return substr($own, 0, 16) . pack("S", 2) . substr($own, 18, 2) . pack("L Q Q Q", 1, $entry, 64, 0) . substr($own, 48, 4)
    . pack("S6 L2 Q6", 64, 56, 1, 0, 0, 0, 1, 5, 0, 0x400000, 0x400000, 128, 128, 0x1000) . "\\0" x 8;
}
`;

/** The attempts that this machine's perl can make: all or, on an architecture whose numbers are not known, none. */
export function possibleTries(tries: readonly TryName[]): readonly TryName[] {
  return NUMBERS[process.arch] === undefined ? [] : tries;
}

/** Errors that say nothing of privileges. */
const TELLS_NOTHING: ReadonlySet<string> = new Set([
  "ENOSPC",
  "EDQUOT",
  "ENOENT",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "EAFNOSUPPORT",
  "EPROTONOSUPPORT",
  "ESTALE",
  "EIO",
]);

/** @param said `yes`, `no ERRNO`, `signal NUMBER`, or `? WHY` where it was not made */
export function toAttempt(name: TryName, said: string | undefined): Attempt {
  if (said === "yes") return { name, allowed: true };
  const [, kind, number] = /^(no|signal) (\d+)$/.exec(said ?? "") ?? [];
  if (kind === undefined) {
    return { name, allowed: null, error: said?.replace(/^\? /, "") ?? "it was not made" };
  }
  if (kind === "signal") return { name, allowed: false, error: `signal ${number}` };
  if (number === "0") return { name, allowed: false };
  const error = getSystemErrorName(-Number(number));
  // The kernel asks for the privilege before it looks whether the port is free.
  if (name.startsWith("bind:") && error === "EADDRINUSE") return { name, allowed: true, error };
  return { name, allowed: TELLS_NOTHING.has(error) ? null : false, error };
}
