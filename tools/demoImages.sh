#!/usr/bin/env bash
# Assembles the demo images (an OCI layout) in FOLDER, default dist/demo. Usage: tools/demoImages.sh [FOLDER]
set -euo pipefail
exec node --import tsx "$(dirname "$0")/demoImages.ts" "${1:-"$(dirname "$0")/../dist/demo"}"
