#!/bin/sh
# Runs every check, changes nothing, and names all that failed at the end.
cd "$(dirname "$0")/.." || exit 1
bin=.venv/bin
failed=""
# Checks that load Django need settings, and take the demo's, in a folder of their own.
export WHOLESTORY_DEMO=1 WHOLESTORY_DATA="$PWD/.data/check"
mkdir -p "$WHOLESTORY_DATA"

check() {
    name="$1"
    shift
    if output="$("$@" 2>&1)"; then
        printf '  ok      %s\n' "$name"
    else
        printf '  FAILED  %s\n%s\n' "$name" "$output"
        failed="$failed
  $name"
    fi
}

no_host_in_locks() {
    ! grep -nE '://|^ *--(index|extra-index|find-links|trusted)' requirements/*.txt
}

migrations() { $bin/wholestory manage makemigrations --check --dry-run --skip-checks; }

check "format" $bin/ruff format --check .
check "lint" $bin/ruff check .
check "types" $bin/mypy
check "floors of the house" $bin/lint-imports
check "migrations match the models" migrations
check "sealed definitions" $bin/pytest -q -n 0 -m sealed
check "generated documents" $bin/wholestory docs --check
check "locks name no host" no_host_in_locks

if [ -n "$failed" ]; then
    printf '\nFailed:%s\n' "$failed"
    exit 1
fi
