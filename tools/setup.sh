#!/usr/bin/env bash
# Installs what secctx needs on Debian 12 (Debian packages, npm packages) and builds it. Does nothing twice.
# Usage: tools/setup.sh [PACKAGE...]: further Debian packages to install.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

if [ "$(id -u)" -ne 0 ]; then
  echo "setup: this installs Debian packages and runs containers, so it needs root: sudo bash $0" >&2
  exit 1
fi
if ! command -v node >/dev/null || ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)'; then
  echo "setup: Node 20.19 or newer is needed; found: $(node --version 2>/dev/null || echo none)" >&2
  exit 1
fi

# runc runs the containers, skopeo and zstd bring images, attr sets their file capabilities, iproute2 brings loopback up, hostname names a pod of an ordinary user, perl watches a process for --probe, busybox-static makes the demo images.
packages=(runc skopeo busybox-static libcap2-bin attr zstd util-linux coreutils iproute2 hostname perl "$@")
missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  say "installing Debian packages: ${missing[*]}"
  apt-get update -qq >&2 || true
  # policy-rc.d: a package must not start a daemon of its own on this machine.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say "installing npm packages"
  npm ci --no-audit --no-fund --loglevel=error >&2
fi

say "building"
npm run --silent build >&2
