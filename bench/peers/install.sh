#!/usr/bin/env bash
# Installs the peers of bench/check.ts into a folder of their own: Go programs by the module proxy, checkov by pip. Of each
# that cannot be installed the reason is written beside them, and the benchmark prints it.
set -u
peers=${PEERS:-/tmp/secctx-bench-peers}
mkdir -p "$peers"
cd "$(dirname "$0")"

# attempt NAME COMMAND…: what is there already stays; the last line of a failure is its reason.
attempt() {
  local name=$1
  shift
  [ -x "$peers/$name" ] && return
  echo "$name …"
  if "$@" >"$peers/$name.log" 2>&1 && [ -e "$peers/$name" ]; then
    rm -f "$peers/$name.left-out"
  else
    grep -v '^$' "$peers/$name.log" | tail -n 1 >"$peers/$name.left-out"
    echo "left out: $name: $(cat "$peers/$name.left-out")"
  fi
}

with_go() {
  GOBIN=$peers go install "$1"
}

# Takes ten minutes on two quiet cores. A module that replaces others is refused by `go install`: it is built as the main module, from the proxy's own copy.
kyverno() {
  local source
  source=$(go mod download -json "github.com/kyverno/kyverno@$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p') || return 1
  [ -n "$source" ] || { echo "the module proxy has no github.com/kyverno/kyverno@$1"; return 1; }
  rm -rf "$peers/src" && cp -r "$source" "$peers/src" && chmod -R u+w "$peers/src" &&
    (cd "$peers/src" && go build -trimpath -ldflags="-s -w" -o "$peers/kyverno" ./cmd/cli/kubectl-kyverno)
  local code=$?
  rm -rf "$peers/src"
  return $code
}

# Its program is called by a link, so that all peers lie side by side.
checkov() {
  python3 -m venv "$peers/venv" && "$peers/venv/bin/pip" -q install "checkov==$1" &&
    ln -sf venv/bin/checkov "$peers/checkov"
}

# kubeconform would fetch its schemas from GitHub in every run: here they come from Kubernetes' own source.
schemas() {
  local source
  source=$(go mod download -json "k8s.io/kubernetes@$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p') || return 1
  node schemas.mjs "$source/api/openapi-spec/swagger.json" "$peers/schemas"
}

attempt psaRef sh -c "cd psaRef && go build -o '$peers/psaRef' ."
attempt kube-score with_go github.com/zegl/kube-score/cmd/kube-score@v1.20.0
attempt kubeconform with_go github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0
attempt schemas schemas v1.37.2
attempt kube-linter with_go golang.stackrox.io/kube-linter/cmd/kube-linter@v0.7.6
attempt checkov checkov 3.3.30
attempt kyverno kyverno v1.19.1
