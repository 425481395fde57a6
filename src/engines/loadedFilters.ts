// How the tracer learns a container's seccomp filter where the kernel does not tell it: as the OCI runtime loads it.
//
// A filter is told (PTRACE_SECCOMP_GET_FILTER) to the host's root only. A tracer of the same user may still stop the
// runtime's process at its system calls, and read what it gives to seccomp(2) or prctl(2): the same program, once it was taken.

/** The perl behind `note_filter($pid)`, called at each stop at a system call: @loaded holds the filters, the oldest first. Wants $ptrace, $seccomp, $prctl. */
export const LOADED_FILTERS: string = `
our @loaded; my %given;
sub note_filter {
  my ($pid) = @_;
  my $info = "\\0" x 88;
  return if syscall($ptrace, 0x420e, $pid + 0, length $info, $info) < 0;
  my ($op, $first, @args) = unpack("C x23 q Q6", $info);
  if ($op == 2) { my $filter = delete $given{$pid}; push @loaded, $filter if defined $filter && $first == 0 }
  return if $op != 1;
  my $loads = $first == $seccomp && $args[0] == 1 || $first == $prctl && $args[0] == 22 && $args[1] == 2;
  # Without a program the runtime only asks which flags there are.
  return if !$loads || !$args[2];
  open(my $memory, "<:raw", "/proc/$pid/mem") or return;
  sysseek($memory, $args[2], 0) && sysread($memory, my $head, 16) == 16 or return;
  my ($length, $from) = unpack("S x6 Q", $head);
  sysseek($memory, $from, 0) && sysread($memory, $given{$pid}, 8 * $length);
}
`;
