#!/usr/bin/env bash
# Installs the peers of bench/check.ts into a folder of their own: kube-score, kubeconform and kyverno by the Go module proxy,
# checkov by pip. Each that cannot be installed is said and left out.
set -u
peers=${PEERS:-/tmp/secctx-bench-peers}
mkdir -p "$peers"
export GOBIN=$peers
go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0 || echo "left out: kube-score"
go install github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0 || echo "left out: kubeconform"
go install github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno@v1.16.0 && mv "$peers/kubectl-kyverno" "$peers/kyverno" || echo "left out: kyverno"
python3 -m venv "$peers/checkov" && "$peers/checkov/bin/pip" -q install checkov || echo "left out: checkov"
