#!/bin/sh
# Puts right what a machine can: format, order of imports, generated documents.
cd "$(dirname "$0")/.." || exit 1
export WHOLESTORY_DEMO=1 WHOLESTORY_DATA="$PWD/.data/check"
mkdir -p "$WHOLESTORY_DATA"
.venv/bin/ruff check --fix --quiet .
.venv/bin/ruff format --quiet .
.venv/bin/wholestory docs
