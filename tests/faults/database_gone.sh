#!/bin/bash
# The database is killed under a running area and comes back: database_gone.mjs with a server of its own.
cd "$(dirname "$0")/../.." || exit 2
exec tests/with-db --own node tests/faults/database_gone.mjs
