#!/bin/bash
# The database of a whole site is killed for a minute while webhooks arrive: hooks_gone.mjs with a server of its own.
cd "$(dirname "$0")/../.." || exit 2
export SIM_OPTIONS="--speed 4"
exec tests/with-db --own bash -c 'TOCSIN_TEST_VAR=$TOCSIN_TEST_DIR exec tests/with-site node tests/faults/hooks_gone.mjs'
