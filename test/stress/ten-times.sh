#!/usr/bin/env bash
# The suite N times in a row (10) beside M loops (4) that keep the cores busy: what depends on time falls.
#   test/stress/ten-times.sh [N] [M] [arguments for vitest, such as test/cli]
set -uo pipefail
cd "$(dirname "$0")/../.."
runs=${1:-10}
loops=${2:-4}
shift $(($# > 2 ? 2 : $#))

npm run --silent build || exit 1

busy=()
trap 'kill "${busy[@]}" 2>/dev/null' EXIT
for ((n = 0; n < loops; n += 1)); do
  (while :; do :; done) &
  busy+=($!)
done

log=$(mktemp)
failed=0
for ((n = 1; n <= runs; n += 1)); do
  started=$SECONDS
  if npx vitest run --config test/vitest.config.ts "$@" >"$log" 2>&1; then
    word=passed
  else
    word=FAILED
    failed=$((failed + 1))
    grep -E "FAIL|Error: |did not end" "$log" | head -20
  fi
  echo "run $n of $runs beside $loops busy loops: $word in $((SECONDS - started)) s"
done
rm -f "$log"
exit $((failed > 0))
