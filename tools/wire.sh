#!/usr/bin/env bash
# Makes src/engines/cri/wire/runtimeV1_pb.{js,d.ts} of runtimeV1.proto. Needs Debian's protobuf-compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-save --ignore-scripts --prefix "$work" @bufbuild/protoc-gen-es@2.17.0
protoc --plugin=protoc-gen-es="$work/node_modules/.bin/protoc-gen-es" \
  --es_out=src/engines/cri/wire --es_opt=target=js+dts \
  --proto_path=src/engines/cri/wire runtimeV1.proto
