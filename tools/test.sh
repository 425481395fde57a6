#!/usr/bin/env bash
# Runs every test, installing what they need first. Needs root: containers are really run.
# Ends with the line `N passed, N failed, N skipped`.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/setup.sh crun docker.io containerd passt uidmap docker-registry libxml2-utils zsh fish
bash tools/demoImages.sh

npm run --silent lint
npm run --silent typecheck
exec node --import tsx tools/unit.ts "$@"
