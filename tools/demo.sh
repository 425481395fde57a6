#!/usr/bin/env bash
# The newcomer's command: sets everything up, then explains and really runs the first example. Needs root.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/setup.sh
bash tools/demoImages.sh

show() {
  printf '\n\033[1m$ %s\033[0m\n' "$*"
  "$@"
}
show dist/secctx.cjs explain examples/dac.yaml --image oci:dist/demo
show dist/secctx.cjs run examples/dac.yaml --image oci:dist/demo --probe
