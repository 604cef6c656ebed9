#!/bin/sh
# Seeded runs of kill -9 and faults at every point of the sending of noted plays: sending.sh COUNT [FIRST_SEED], after a build.
cd "$(dirname "$0")/../.." || exit 1
REWIND_SENDINGS="${1:-300}" REWIND_SENDING_SEED="${2:-1}" \
  exec npx vitest run --config test/vitest.config.ts test/sync/plays/sending-kill.test.ts
