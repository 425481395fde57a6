// A terminal for a runtime that is asked for one: runc and crun pass on what happens on their own, so they get one of secctx's.
//
// Node can make no pseudo-terminal, nor take one over a socket (--console-socket); Debian's `perl-base` can do the former.
import { needProgram } from "../../node/programs.ts";
import type { TerminalSize } from "../engine.ts";

/** Requests of ioctl (get the terminal's number, unlock it, set its size), and the flag ONLCR. powerpc has numbers of its own. */
const NUMBERS = ["0x80045430", "0x40045431", "0x5414", "0x4"];
const PPC_NUMBERS = ["0x40045430", "0x80045431", "0x80087467", "0x2"];

/**
 * Arguments: the numbers, rows, columns, the command. Standard input goes to the terminal, its end as a Ctrl-D;
 * what the terminal says comes on standard output. Descriptor 3 takes lines of rows and columns. Ends as the command does.
 */
const SCRIPT = `use strict; use POSIX ();
my ($get, $unlock, $resize, $onlcr) = map hex, splice @ARGV, 0, 4;
my ($rows, $columns, @command) = @ARGV;
open(my $terminal, "+<", "/dev/ptmx") or die "/dev/ptmx: $!\\n";
my ($zero, $number) = (pack("i", 0), pack("I", 0));
ioctl($terminal, $unlock, $zero) && ioctl($terminal, $get, $number) or die "/dev/ptmx: $!\\n";
sub size { my $size = pack("S4", @_, 0, 0); ioctl($terminal, $resize, $size) }
size($rows, $columns) if $rows > 0;
my $path = "/dev/pts/" . unpack("I", $number);
sysopen(my $side, $path, POSIX::O_RDWR() | POSIX::O_NOCTTY()) or die "$path: $!\\n";
# The container's own terminal does what a terminal does with each key; this one only carries. runc leaves it the \\r before
# each \\n, for which it turns output processing on; crun turns it off.
my $raw = POSIX::Termios->new; $raw->getattr(fileno $side);
$raw->setiflag(0); $raw->setoflag($onlcr); $raw->setlflag(0); $raw->setattr(fileno $side);
defined(my $child = fork) or die "fork: $!\\n";
if (!$child) {
  POSIX::setsid();
  ioctl($side, 0x540e, 0);
  POSIX::dup2(fileno $side, $_) for 0, 1, 2;
  POSIX::close(3);
  exec { $command[0] } @command or POSIX::_exit(127);
}
close $side;
open(my $control, "<&=", 3) or die "$!\\n";
$terminal->blocking(0);
my ($open, $sizes, $pending, $last, $lines) = (1, 1, "", "\\n", "");
while (1) {
  my ($in, $out) = ("", "");
  vec($in, fileno $terminal, 1) = 1;
  vec($in, 0, 1) = 1 if $open && length $pending < 65536;
  vec($in, 3, 1) = 1 if $sizes;
  vec($out, fileno $terminal, 1) = 1 if length $pending;
  select($in, $out, undef, undef) >= 0 or next;
  if (vec($in, 3, 1)) {
    sysread($control, $lines, 4096, length $lines) or $sizes = 0;
    size($1, $2) while $lines =~ s/^(\\d+) (\\d+)\\n//;
  }
  if (vec($in, 0, 1)) {
    if (sysread(STDIN, my $bytes, 65536)) { $pending .= $bytes; $last = substr $bytes, -1 }
    else { $open = 0; $pending .= $last eq "\\n" ? "\\4" : "\\4\\4" }
  }
  if (vec($out, fileno $terminal, 1)) {
    my $sent = syswrite($terminal, $pending);
    substr($pending, 0, $sent) = "" if $sent;
  }
  if (vec($in, fileno $terminal, 1)) {
    my $size = sysread($terminal, my $bytes, 65536);
    next if !defined $size && ($!{EAGAIN} || $!{EINTR});
    last if !$size;
    for (my $at = 0; $at < $size;) { my $sent = syswrite(STDOUT, $bytes, $size - $at, $at) or last; $at += $sent }
  }
}
waitpid($child, 0);
exit($? & 127 ? 128 + ($? & 127) : $? >> 8);
`;

/**
 * The command that runs another one in a terminal.
 * @throws EngineError when perl is not installed
 */
export function inTerminal(command: readonly string[], size: TerminalSize | undefined): string[] {
  const { rows, columns } = size ?? { rows: 0, columns: 0 };
  const numbers = process.arch.startsWith("ppc") ? PPC_NUMBERS : NUMBERS;
  return [needProgram("perl"), "-e", SCRIPT, ...numbers, String(rows), String(columns), ...command];
}
