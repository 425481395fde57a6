#!/usr/bin/env bash
# Runs one daemon and its recorder in namespaces and control groups of their own; with the room's first process all ends:
# processes, mounts, network. The machine's hostname, network and files outside OUT are not touched.
# Usage: room.sh containerd|docker BUILD CASES OUT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Every hierarchy of control groups: MOUNTPOINT TYPE OPTIONS, outer ones first.
hierarchies() { awk '$3 ~ /^cgroup2?$/ { print $2, $3, $4 }' /proc/mounts | sort; }

# The group of this process in the hierarchy mounted at $1 (type $2).
own_group() {
  local controller; controller=$(basename "$1")
  if [ "$2" = cgroup2 ]; then awk -F: '$1 == 0 { print $3 }' /proc/self/cgroup
  else awk -F: -v c="$controller" '{ n = split($2, of, ","); for (i = 1; i <= n; i++) if (of[i] == c || of[i] == "name=" c) print $3 }' /proc/self/cgroup
  fi
}

outside() {
  local groups=() at type group
  while read -r at type _; do
    group=$at$(own_group "$at" "$type")
    group=${group%/}/record-$$
    mkdir "$group"
    groups+=("$group")
    if [ -e "$group/cpuset.mems" ] && [ "$type" = cgroup ]; then
      cat "$(dirname "$group")/cpuset.cpus" >"$group/cpuset.cpus"
      cat "$(dirname "$group")/cpuset.mems" >"$group/cpuset.mems"
    fi
  done < <(hierarchies)
  local status=0
  (
    for group in "${groups[@]}"; do echo "$BASHPID" >"$group/cgroup.procs"; done
    exec unshare --mount --uts --ipc --net --pid --cgroup --fork --kill-child --mount-proc \
      bash "$here/room.sh" --inside "$@"
  ) || status=$?
  for group in "${groups[@]}"; do
    # What was killed last may still be going.
    for _ in $(seq 50); do
      find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
      [ -e "$group" ] || break
      sleep 0.1
    done
  done
  exit $status
}

# Whatever daemons write by fixed paths goes to memory.
private_files() {
  mount --make-rprivate /
  local all; all=$(hierarchies)
  umount -R /sys/fs/cgroup
  # The network namespace's own sysfs, writable before the first container mounts it read-only.
  mount -t sysfs sysfs /sys
  local at type options
  while read -r at type options; do
    case $at in /sys/fs/cgroup) ;; *) mountpoint -q /sys/fs/cgroup || mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup ;; esac
    mkdir -p "$at"
    # Of a version 1 mount only the controllers and the name are its own; version 2 has but one.
    options=$(tr , '\n' <<<"$options" | awk '!/^(rw|ro|nosuid|nodev|noexec|relatime|xattr)$/' | paste -sd,)
    case $type:$options in
      cgroup2:*) options=rw ;;
      *name=*) options=none,$options ;;
    esac
    mount -t "$type" -o "$options" "$type" "$at"
  done <<<"$all"
  mount -t tmpfs -o mode=755 tmpfs /srv
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir -p /srv/etc/{upper,work}
  mount -t overlay -o lowerdir=/etc,upperdir=/srv/etc/upper,workdir=/srv/etc/work overlay /etc
  mkdir -p /srv/lab/{bin,profiles,work,cni/bin,cni/conf}
}

wait_for() {
  for _ in $(seq 300); do
    [ -S "$1" ] && return
    sleep 0.1
  done
  echo "record: the daemon did not come up:" >&2
  tail -20 /srv/lab/daemon.log >&2
  exit 1
}

run_containerd() {
  local socket=/run/lab/containerd.sock
  install -m 755 "$here/containerd/cni.sh" /srv/lab/cni/bin/labnet
  install -m 755 "$here/containerd/cni.sh" /srv/lab/cni/bin/loopback
  echo '{"cniVersion":"0.4.0","name":"lab","plugins":[{"type":"labnet"}]}' >/srv/lab/cni/conf/10-lab.conflist
  sed "s|@RUNC@|$(command -v runc)|" "$here/containerd/config.toml" >/srv/lab/config.toml
  containerd --config /srv/lab/config.toml >/srv/lab/daemon.log 2>&1 &
  wait_for "$socket"
  ctr -a "$socket" -n k8s.io images import --base-name localhost/lab "$build/images.tar" >/dev/null
  "$build/recorder" "$socket" "$cases" "$script" "$out"
}

run_docker() {
  local socket=/run/lab/docker.sock
  ln -s "$build/recorder" /srv/lab/bin/runc-without-sys-resource
  dockerd --host "unix://$socket" --data-root /srv/lab/docker/data --exec-root /run/lab/docker --pidfile /run/lab/docker.pid \
    --iptables=false --ip6tables=false --bridge=none --add-runtime lab=/srv/lab/bin/runc-without-sys-resource \
    >/srv/lab/daemon.log 2>&1 &
  wait_for "$socket"
  "$build/recorder" "$socket" "$cases" "$script" "$out" "$build/images.tar" /run/lab/docker
}

if [ "$1" != --inside ]; then outside "$@"; fi
name=$2 build=$3 cases=$4 out=$5
golden=$(cd "$here/../../test/golden" && pwd)
script=$golden/runc/probe-script.txt
hostname vm
ip link set lo up
private_files
cp "$golden"/profiles/*.json /srv/lab/profiles/
# A daemon would load kernel modules into the machine.
printf '#!/bin/sh\nexit 0\n' | install -m 755 /dev/stdin /srv/lab/bin/modprobe
export PATH=/srv/lab/bin:$build/debian/usr/sbin:$build/debian/usr/bin:$PATH
"run_$name"
