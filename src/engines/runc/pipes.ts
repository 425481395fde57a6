// Pipes for a runtime that hands its standard streams on to the container: Node's own are sockets, which nobody can open
// by the name /dev/stdout.
import { needProgram } from "../../node/programs.ts";

/** Arguments: the command. Carries all three streams; ends as the command does, at most half a second after it. */
const SCRIPT = `use strict; use POSIX ();
my ($done, $quiet, $status, %from) = (0, 0, 0);
pipe(my $in, my $type) && pipe(my $out, my $says) && pipe(my $err, my $warns) or die "pipe: $!\\n";
$SIG{CHLD} = sub { $done = 1 }; $SIG{PIPE} = "IGNORE";
defined(my $child = fork) or die "fork: $!\\n";
if (!$child) {
  POSIX::dup2(fileno $in, 0); POSIX::dup2(fileno $says, 1); POSIX::dup2(fileno $warns, 2);
  exec { $ARGV[0] } @ARGV or POSIX::_exit(127);
}
close $_ for $in, $says, $warns;
$type->blocking(0);
$from{fileno $out} = [$out, \\*STDOUT]; $from{fileno $err} = [$err, \\*STDERR];
my ($open, $pending) = (1, "");
while (%from) {
  my ($read, $write) = ("", "");
  vec($read, $_, 1) = 1 for keys %from;
  vec($read, 0, 1) = 1 if $open && $type && length $pending < 65536;
  vec($write, fileno $type, 1) = 1 if $type && length $pending;
  my $ready = select($read, $write, undef, $done ? 0.1 : 0.2);
  # Whoever still holds the streams of a command that has ended is not waited for.
  last if $done && $ready == 0 && ++$quiet == 5;
  next if $ready <= 0;
  if (vec($read, 0, 1)) { sysread(STDIN, $pending, 65536, length $pending) or $open = 0 }
  if ($type && vec($write, fileno $type, 1)) {
    my $sent = syswrite($type, $pending);
    if (defined $sent) { substr($pending, 0, $sent) = "" } elsif (!$!{EAGAIN}) { $pending = ""; $open = 0 }
  }
  if ($type && !$open && !length $pending) { close $type; undef $type }
  for my $number (keys %from) {
    next if !vec($read, $number, 1);
    my ($side, $to) = @{$from{$number}};
    my $size = sysread($side, my $bytes, 65536);
    if (!$size) { delete $from{$number}; next }
    for (my $at = 0; $at < $size;) { my $sent = syswrite($to, $bytes, $size - $at, $at) or last; $at += $sent }
  }
}
waitpid($child, 0);
exit($? & 127 ? 128 + ($? & 127) : $? >> 8);
`;

/**
 * The command that runs another one with pipes.
 * @throws EngineError when perl is not installed
 */
export function withPipes(command: readonly string[]): string[] {
  return [needProgram("perl"), "-e", SCRIPT, ...command];
}
