# Each verb does its own set-up; all it needs is make and Python 3.11 or later.
VENV   := .venv
BIN    := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTHON ?= $(firstword $(shell command -v python3.11 python3 python))
USED   := tagger map charts formats
LOCK   := $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
          --quiet --no-header --no-annotate --no-emit-index-url
RAW    ?= raw
OUT    ?= output
ARGS   ?=

.DEFAULT_GOAL := help
.PHONY: help run ui test lint bench fuzz samples lock sbom clean

help:  ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

$(VENV)/.runs: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: install it, or say make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (once)"
	@$(INSTALL) --require-hashes --no-deps -r requirements.lock && $(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.develops: $(VENV)/.runs requirements-dev.lock
	@$(INSTALL) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

run: $(VENV)/.runs  ## turn RAW (raw) into OUT/latest (output); ARGS="--facts-only" leaves the texts out
	@$(BIN)/xianqing run $(RAW) --out $(OUT) $(ARGS)

ui: $(VENV)/.runs  ## open Dagster on http://127.0.0.1:3000; the pages of releases on port 3001
	@$(BIN)/python -m http.server 3001 --bind 127.0.0.1 --directory output >/dev/null 2>&1 & pages=$$!; \
	  trap "kill $$pages 2>/dev/null" EXIT INT TERM; \
	  XIANQING_REPORTS=http://127.0.0.1:3001 env -u DAGSTER_HOME $(BIN)/dagster dev -w workspace.yaml -h 127.0.0.1 -p 3000

test: $(VENV)/.develops  ## run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

lint: $(VENV)/.develops  ## ruff and mypy
	@$(BIN)/ruff check . && $(BIN)/mypy

bench: $(VENV)/.develops  ## measure side by side with other tools
	@$(BIN)/python -m bench $(ARGS)

fuzz: $(VENV)/.develops  ## fuzz each target for half an hour; ARGS="html --minutes 5" for one
	@$(BIN)/python -m fuzz $(ARGS)

samples: $(VENV)/.develops  ## make raw/ again from its clean truth
	@$(BIN)/python scripts/make_samples.py

lock: $(VENV)/.develops  ## pin, with hashes, what pyproject.toml now leads to
	@$(LOCK) $(foreach extra,$(USED),--extra $(extra)) -o requirements.lock
	@$(LOCK) --all-extras -c requirements.lock -o requirements-dev.lock

sbom: $(VENV)/.develops  ## write build/sbom.json, the bill of materials (CycloneDX) of what is pinned
	@mkdir -p build && $(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml -o build/sbom.json 2>/dev/null && echo build/sbom.json

clean:  ## remove what make made, releases excepted
	@rm -rf $(VENV) $(OUT)/.stage .dagster build *.egg-info .pytest_cache .mypy_cache .ruff_cache
