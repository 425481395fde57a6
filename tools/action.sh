#!/usr/bin/env bash
# What action.yml runs: `secctx check` once, for people, annotations, the job's summary and the SARIF log.
# Inputs come as SECCTX_*; the exit code goes to $GITHUB_OUTPUT, so that the log is uploaded whatever it is.
set -uo pipefail
set -f # patterns are secctx' own

args=()
[ -n "${SECCTX_CONFIG:-}" ] && args+=(--config "$SECCTX_CONFIG")
[ -n "${SECCTX_FAIL_ON:-}" ] && args+=(--fail-on "$SECCTX_FAIL_ON")
[ "${SECCTX_ANNOTATIONS:-true}" = true ] && args+=(-o github) || args+=(-o text)
[ "${SECCTX_SUMMARY:-true}" = true ] && summary=$(mktemp) && args+=(-o "markdown=$summary")
args+=(-o "sarif=${SECCTX_SARIF:-secctx.sarif}")
# shellcheck disable=SC2206 # words, as a person would type them
args+=(${SECCTX_ARGS:-} -- ${SECCTX_PATHS:-})

node "$SECCTX" check "${args[@]}"
code=$?
if [ -n "${summary:-}" ]; then
  cat "$summary" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  rm -f "$summary"
fi
echo "exit-code=$code" >>"${GITHUB_OUTPUT:-/dev/null}"
