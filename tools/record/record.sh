#!/usr/bin/env bash
# Records what a real system answers to the cases of the newest recording, in the recordings' format.
# Usage: tools/record/record.sh yaml|podsecurity|kubectl|containerd|docker [OPTION...]
#   --version V     of the Go library (yaml, podsecurity, kubectl); default: what go.mod names
#   --suite SUITE   of Debian, from which the runtime comes (containerd, docker); default: the machine's
#   --cases PATH    rows to ask, a .jsonl.gz (podsecurity: a folder of them); default: the newest recording
#   --out DIR       default: a fresh folder under .cache/record
#   --into-golden   copies the finished recording into test/golden
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
golden=$PWD/test/golden

usage() { sed -n '3,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
die() { echo "record: $*" >&2; exit 1; }
say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }

name=${1:-}; shift || usage
version='' suite='' cases='' out='' into_golden=
while [ $# -gt 0 ]; do
  case $1 in
    --version | --suite | --cases | --out) [ $# -ge 2 ] || usage; declare "${1#--}=$2"; shift 2 ;;
    --into-golden) into_golden=1; shift ;;
    *) usage ;;
  esac
done
command -v go >/dev/null || die "Go is needed"
mkdir -p .cache/record
[ -z "$cases" ] || cases=$(realpath -e "$cases")
out=$(realpath -m "${out:-$(mktemp -d ".cache/record/$name-XXXXXX")}")
case $out/ in "$golden"/*) die "test/golden is written only by --into-golden" ;; esac
mkdir -p "$out"
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

# Takes the Go program of a folder into the build folder, so that nothing is written into the project.
take() { cp -r "$here/$1/." "$build"; cd "$build"; }
newest() { find "$golden" -path "$golden/$1" | sort -V | tail -1; }
module() { go list -m -f '{{.Version}}' "$1" | sed 's/^v//'; }
show() { (cd "$here/../.." && node --import tsx "$here/compare.ts" "$out"); }

record_yaml() {
  [ -n "$cases" ] || cases=$(newest 'yaml-*/yaml.jsonl.gz')
  take yaml
  if [ -n "$version" ]; then go get "sigs.k8s.io/yaml@v$version" && go mod tidy; fi
  go build -o recorder .
  local folder; folder=$out/yaml-$(module sigs.k8s.io/yaml)
  mkdir -p "$folder"
  ./recorder "$cases" "$folder/yaml.jsonl.gz"
}

record_podsecurity() {
  [ -n "$cases" ] || cases=$(dirname "$(newest 'pod-security-*/psa.jsonl.gz')")
  take podsecurity
  local library=k8s.io/pod-security-admission
  if [ -n "$version" ]; then
    go get "$library@v$version" k8s.io/{api,apimachinery,component-base}@v"$version"
  fi
  go mod download "$library"
  local upstream; upstream=$(go list -m -f '{{.Dir}}' "$library")/test
  find "$upstream" -maxdepth 1 \( -name 'fixtures*.go' -o -name 'helpers*.go' \) ! -name '*_test.go' \
    -exec install -m 644 -t fixtures {} +
  if [ -n "$version" ]; then go mod tidy; fi
  go build -o recorder .
  local folder; folder=$out/pod-security-$(module "$library")
  mkdir -p "$folder"
  ./recorder "$cases" "$folder"
}

record_kubectl() {
  node --import tsx "$here/describe/cases.ts" > "$build/cases.jsonl"
  take describe
  if [ -n "$version" ]; then go get k8s.io/{kubectl,api,apimachinery,client-go}@v"$version" && go mod tidy; fi
  go build -o recorder .
  local folder; folder=$out/kubectl-$(module k8s.io/kubectl)
  mkdir -p "$folder"
  ./recorder < cases.jsonl | gzip -9 -n > "$folder/describe.jsonl.gz"
}

record_runtime() {
  [ "$(id -u)" -eq 0 ] || die "runs containers, so it needs root"
  local lsm=/sys/module/apparmor/parameters/enabled
  if [ -e "$lsm" ] && [ "$(cat "$lsm")" = Y ]; then die "this host has AppArmor: a daemon would load profiles into it"; fi
  if [ -e /sys/fs/selinux/enforce ]; then die "this host has SELinux: the recordings here are of hosts without"; fi
  bash "$here/debian.sh" "$name" "$suite" "$build/debian"
  local recorded; recorded=$("$here/debian.sh" --version "$name" "$build/debian")
  [ -n "$cases" ] || cases=$(newest "$name/$name-$recorded.jsonl.gz")
  [ -n "$cases" ] || cases=$(newest "$name/$name-[0-9]*.jsonl.gz")
  (cd "$here" && CGO_ENABLED=0 go build -ldflags='-s -w' -o "$build/probe" ./probe && go build -o "$build/recorder" "./$name")
  say "test images"
  node --import tsx "$here/images.ts" "$build/probe" localhost/lab "$build/images.tar"
  mkdir -p "$out/$name"
  say "$name $recorded: cases of $(basename "$cases")"
  bash "$here/room.sh" "$name" "$build" "$cases" "$out/$name"
}

case $name in
  yaml) record_yaml ;;
  podsecurity) record_podsecurity ;;
  kubectl) record_kubectl ;;
  containerd | docker) record_runtime ;;
  *) usage ;;
esac
say "recorded in $out"
show || true
if [ -n "$into_golden" ]; then
  cp -r "$out/." "$golden/"
  say "copied into test/golden: review it with git diff --stat, then npm run golden"
fi
