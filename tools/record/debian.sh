#!/usr/bin/env bash
# Unpacks a runtime of a Debian suite into a folder, beside the machine's own packages: nothing is installed.
# Usage: debian.sh containerd|docker SUITE|'' FOLDER    downloads and unpacks
#        debian.sh --version containerd|docker FOLDER   prints the version of what is unpacked
set -euo pipefail

if [ "$1" = --version ]; then
  case $2 in
    containerd) "$3/usr/bin/containerd" --version | awk '{ print $3 }' ;;
    docker) "$3/usr/sbin/dockerd" --version | awk '{ print $3 }' ;;
  esac | sed 's/^v//; s/[~+,-].*//'
  exit
fi
name=$1 suite=$2 folder=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$folder" "$work/debs"
packages=(containerd runc)
if [ "$name" = docker ]; then packages+=(docker.io); fi

options=(-o APT::Sandbox::User=root -qq)
if [ -n "$suite" ]; then
  # The machine's own mirror, of another suite; lists and caches of its own.
  mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null || true; } |
    awk '/^deb / { print $2; exit } /^URIs:/ { print $2; exit }')
  key=/usr/share/keyrings/debian-archive-keyring.gpg
  mkdir -p "$work"/{lists,cache}/partial
  echo "deb [signed-by=$key] $mirror $suite main" >"$work/sources.list"
  options+=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Default-Release=)
  # runc of a newer suite wants its own C library.
  packages+=(libc6 libseccomp2)
fi
apt-get "${options[@]}" update
(cd "$work/debs" && apt-get "${options[@]}" download "${packages[@]}")
for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$folder"; done

if [ -n "$suite" ]; then
  if ! command -v patchelf >/dev/null; then
    (cd "$work" && apt-get -qq -o APT::Sandbox::User=root download patchelf && dpkg-deb -x patchelf_*.deb patchelf)
    PATH=$work/patchelf/usr/bin:$PATH
  fi
  loader=$(find "$folder" -name 'ld-linux-x86-64.so.2' ! -type l | head -1)
  libraries=$(dirname "$(find "$folder" -name libc.so.6 | head -1)")
  seccomp=$(dirname "$(find "$folder" -name libseccomp.so.2 | head -1)")
  patchelf --set-interpreter "$loader" --set-rpath "$libraries:$seccomp" "$(readlink -f "$folder/usr/sbin/runc")"
fi
