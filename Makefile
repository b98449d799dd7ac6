# `make` lists what there is. Each target does everything it needs from nothing.
.POSIX:
.SUFFIXES:
MAKEFLAGS += --no-print-directory
PORT ?= 8000
ARGS ?=
V = .venv/bin
LOCKED = scripts/bootstrap.sh requirements/bootstrap.txt requirements/base.txt

.PHONY: help demo demo-reset test quick check fix contract bench

help: ## this list
	@echo "Wholestory. Start here: make demo"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

demo: .venv/stamps/base ## everything from nothing to a running site with the example area (PORT=8000)
	@PORT="$(PORT)" exec $(V)/wholestory demo --stop-with-parent $(ARGS)

demo-reset: .venv/stamps/base ## stops the demo and throws its data away; the next demo starts over
	@exec $(V)/wholestory demo-reset $(ARGS)

test: .venv/stamps/test ## the whole test suite, with journeys in a browser where there is one (ARGS="-k words")
	@sh scripts/browser.sh
	@$(V)/pytest -n auto --maxprocesses 8 --dist loadgroup $(ARGS)

quick: .venv/stamps/test ## the inner loop: what takes no browser and no process of its own
	@$(V)/pytest -n auto --maxprocesses 8 --dist loadgroup -q -m "not slow and not journey" $(ARGS)

check: .venv/stamps/dev ## lint, types, floors, migrations, sealed definitions, generated docs; changes nothing
	@sh scripts/check.sh

fix: .venv/stamps/dev ## what a machine can put right: format, imports, generated docs
	@sh scripts/fix.sh

contract: .venv/stamps/test ## the API against its own description, with hundreds of made-up requests (takes minutes)
	@WHOLESTORY_CONTRACT_EXAMPLES=200 $(V)/pytest -q -n auto --maxprocesses 8 tests/api/test_contract.py $(ARGS)

bench: .venv/stamps/test ## the benchmarks, with ratios (takes minutes)
	@$(V)/wholestory bench $(ARGS)

.venv/stamps/base: $(LOCKED)
	@sh scripts/bootstrap.sh base

.venv/stamps/test: $(LOCKED) requirements/test.txt
	@sh scripts/bootstrap.sh test

.venv/stamps/dev: $(LOCKED) requirements/test.txt requirements/dev.txt
	@sh scripts/bootstrap.sh dev
