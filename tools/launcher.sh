#!/bin/sh
":" /*; # A shell reads on here, Node behind the star.
# Starts the command from its start-up snapshot: a heap in which its modules are loaded already. It is of one Node on one
# kind of processor, and Node ends where it is not; so those of the build have to be here, and nothing may change V8's
# flags. Otherwise Node starts this very file as a script, from its code cache.
node={ NODE }
features={ FEATURES }
tunables={ TUNABLES }
case $0 in /*) self=$0 ;; *) self=$PWD/$0 ;; esac
called=$self
while [ -h "$self" ]; do
  to=$(readlink "$self")
  case $to in /*) self=$to ;; *) self=${self%/*}/$to ;; esac
done
case ${1-} in { GROUPS } *) group= flags= ;; esac
blob=${self%/*}/command.$group.blob
if [ -f "$blob" ] && [ -x "$node" ] && [ -z "${NODE_OPTIONS-}${NODE_V8_COVERAGE-}" ] &&
  # The build gave it the time of its Node.
  ! [ "$blob" -nt "$node" ] && ! [ "$blob" -ot "$node" ] && [ -r /proc/cpuinfo ]; then
  while IFS= read -r line; do
    case $line in flags* | Features*) break ;; esac
  done </proc/cpuinfo
  if [ "$line" = "$features" ]; then
    # Large pages for the snapshot, which Node copies twice. What is started from here on does not hear of it.
    export GLIBC_TUNABLES="$tunables${GLIBC_TUNABLES:+:$GLIBC_TUNABLES}"
    exec "$node" $flags --snapshot-blob "$blob" "$called" "$@"
  fi
fi
exec node "$called" "$@"
# */
