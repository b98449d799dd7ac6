#!/bin/sh
# Compiles requirements/*.in into hashed locks that work on every platform and name no package host.
# For developers, after changing an .in file: sh scripts/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
for name in bootstrap base test dev; do
    .tools/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links --override requirements/overrides.in \
        -q "$@" -o "requirements/$name.txt" "requirements/$name.in"
done
if grep -nE '://|^ *--(index|extra-index|find-links|trusted)' requirements/*.txt; then
    echo "A lock names a package host (lines above). Compile without index settings." >&2
    exit 1
fi
