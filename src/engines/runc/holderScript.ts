// The shell that holds a sandbox: runs commands, starts the first runtime, and ends and removes everything when secctx dies.

/**
 * Runs each line of standard input as a command and answers with its output, a line of the ASCII record separator and
 * the status. All mounts are made here, so they end with the namespace and the host's table never sees them. The end
 * of standard input without the word `bye` means that secctx is gone, however it died: everything of the pod is ended
 * and removed, once `place` has said where it lies (state directory, data directory, cgroup directories).
 *
 * `first` is for once: a shell whose standard streams are descriptors 3 to 5 waits for a line on the first of them, and becomes
 * that command; 6 takes its number and then its status. It runs in the foreground, since a shell's background ignores SIGINT
 * and SIGQUIT, which the container would inherit; whoever reads on is the background.
 */
export const SCRIPT = `
placed=; state=; data=; pause=; keep=; first=
serve() {
  while IFS= read -r line; do
    case $line in
    "place "*) placed=\${line#place }; eval "set -- $placed"; state=$1; data=$2; continue;;
    bye) [ -z "$pause$keep" ] || kill -9 $pause $keep; exit 0;;
    first)
      first=$state/first
      exec 7<&0
      { serve; over; } <&7 3<&- 4>&- 5>&- 6>&- 7<&- &
      rest=$!
      (
        read -r pid _ </proc/self/stat; echo "$pid" >"$first"; echo "$pid" >&6
        unset PAUSE
        exec setsid sh -c 'IFS= read -r line && eval "exec $line"' <&3 >&4 2>&5 3<&- 4>&- 5>&- 6>&- 7<&-
      )
      status=$?; : >"$first"; trap '' PIPE; echo "$status" >&6
      exec </dev/null 3<&- 4>&- 5>&- 6>&- 7<&-
      wait "$rest"; exit 0;;
    "keep "*)
      rest=\${line#keep }; flags=\${rest%%;*}; rest=\${rest#*;}
      unshare --user $flags -- setpriv --pdeathsig KILL sleep 2147483647 </dev/null >/dev/null 2>"$state/keep" 3<&- 4>&- 5>&- 6>&- &
      keep=$!
      while [ /proc/$keep/ns/user -ef /proc/self/ns/user ]; do :; done
      { printf "\${rest%%;*}" >/proc/$keep/uid_map && printf "\${rest#*;}" >/proc/$keep/gid_map; } 2>>"$state/keep"
      status=$?; said=$keep; [ $status = 0 ] || said=$(cat "$state/keep")
      printf '%s\\n\\036 %s\\n' "$said" $status; continue;;
    pause)
      (umask 0; : >"$state/pause")
      \${keep:+nsenter --user=/proc/$keep/ns/user --} setpriv --pdeathsig KILL unshare --pid --fork --kill-child=KILL -- env -i "$(command -v perl)" -e "$PAUSE" "$state/pause" </dev/null >/dev/null 2>"$state/said" 3<&- 4>&- 5>&- 6>&- &
      pause=$!
      # Before its first process lives, the link leads to the host's namespace.
      until [ -s "$state/pause" ]; do kill -0 "$pause" || break; done
      status=0; said=$pause; [ -s "$state/pause" ] || { status=1; said=$(cat "$state/said"); }
      printf '%s\\n\\036 %s\\n' "$said" $status; continue;;
    esac
    out=$(eval "$line" 2>&1); printf '%s\\n\\036 %s\\n' "$out" "$?"
  done
}
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
over() {
  [ -n "$placed" ] || exit 0
  eval "set -- $placed"; shift 2
  trap '' PIPE HUP INT TERM
  {
    [ -z "$pause$keep" ] || kill -9 $pause $keep
    # The runtime, and what it has started so far.
    [ ! -s "$first" ] || { read -r pid <"$first"; kill -9 "-$pid" || kill -9 "$pid"; }
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
}
serve; over
`;
