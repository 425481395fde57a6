// The first process of a shared process namespace, which every container of the pod can look at.

/** By processor, as `uname -m` calls it: unshare, mount, pivot_root, umount2, prctl. */
const CALLS = {
  x86_64: [272, 165, 155, 166, 157],
  aarch64: [97, 40, 41, 39, 167],
  riscv64: [97, 40, 41, 39, 167],
  s390x: [303, 21, 217, 52, 172],
  ppc64le: [282, 21, 203, 52, 171],
};

const TABLE: string = Object.entries(CALLS)
  .map(([processor, calls]) => `${processor} => [${calls.join(", ")}]`)
  .join(", ");

/**
 * Does what the pause container does: ends the pod's orphans. And it is as little as that container is: an empty root that
 * cannot be written, user 65535, no capability, none to be had. It was a process of the host's root, and whoever may trace the
 * pod's processes would find the host's files at its /proc/1/root.
 * Argument: the file that it writes to when it is all that.
 */
export const PAUSE: string = `use strict;
open(my $ready, ">", $ARGV[0]) or die "$ARGV[0]: $!\\n";
my %calls = (${TABLE});
chomp(my $processor = \`uname -m\`);
my ($unshare, $mount, $pivot, $umount, $prctl) = @{$calls{$processor} or die "pause: not known on $processor\\n"};
my ($none, $tmpfs, $root, $here, $options) = ("none", "tmpfs", "/", ".", "mode=555,size=4k");
# Whoever started secctx may have left it more.
opendir(my $open, "/proc/self/fd") or die "/proc/self/fd: $!\\n";
for my $number (grep { /^\\d+$/ && $_ > 2 && $_ != fileno($ready) && $_ != fileno($open) } readdir($open)) {
  if (open(my $file, "<&=", $number)) { close($file) }
}
closedir($open);
sub must { my $call = shift; syscall($call, @_) == 0 or die "pause: $!\\n" }
must($unshare, 0x20000);
must($mount, $none, $root, 0, 0x44000, 0);
must($mount, $tmpfs, $root = "/run", $tmpfs, 0xf, $options);
chdir($root) or die "$root: $!\\n";
must($pivot, $here, $here);
must($umount, $here, 2);
chdir("/") or die "/: $!\\n";
must($mount, $none, $root = "/", 0, 0x2f, 0);
# Where an ordinary user has fewer subordinate ids, any other than root.
for my $id (65535, 1) {
  $) = "$id $id"; $( = $id; $> = $id; $< = $id;
  last if $< == $id && $> == $id;
}
$< && $> && ($) + 0) or die "pause: $!\\n";
must($prctl, 38, 1, 0, 0, 0);
# What it dies with is forgotten with the user.
must($prctl, 1, 9, 0, 0, 0);
$0 = "/pause";
$SIG{TERM} = sub {};
$SIG{CHLD} = sub { 1 while waitpid(-1, 1) > 0 };
print $ready "up\n"; close($ready);
select(undef, undef, undef, undef) while 1;
`;
