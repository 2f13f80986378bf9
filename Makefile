# `make` sets everything up, proves, checks and writes the index; `make test` runs the tests.

PYTHON ?= python3
VENV := .venv
COUNT ?= 100000
SEED ?= 0
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
else
  BIN := $(VENV)/bin
endif
DEEPTHEORY := $(BIN)/deeptheory
INSTALLED := $(VENV)/installed

.PHONY: all setup certify networks sweep prove recheck catalog verify experiment index test fuzz lint bench clean help
.DEFAULT_GOAL := all

all: index  ## set up, prove, check, write the index (the default)
	@echo
	@echo "Done. Open the index: $$($(DEEPTHEORY) index --json | $(BIN)/python -c 'import json, sys; print(json.load(sys.stdin)["url"])')"

$(INSTALLED): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(INSTALLED)  ## virtual environment, Python packages, embedded Lean
	$(DEEPTHEORY) setup

$(VENV)/installed-%: requirements-%.lock $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

certify: $(VENV)/installed-certify  ## JAX and Optax, which `deeptheory certify train` needs

networks: $(VENV)/installed-networks  ## ONNX, which `deeptheory approximate -o` needs, and a runtime for the tests

sweep: $(VENV)/installed-sweep  ## PyArrow, Matplotlib and Dask, which `deeptheory sweep` needs for files, plots, clusters

prove: setup  ## prove every module that has changed
	$(DEEPTHEORY) prove

recheck: catalog  ## every proof once more, by the second kernel
	$(DEEPTHEORY) recheck

catalog: prove  ## statements, cards and formulas; the coverage
	$(DEEPTHEORY) export
	$(DEEPTHEORY) coverage --summary

verify: catalog  ## the numeric checks; the audit
	$(DEEPTHEORY) verify
	$(DEEPTHEORY) audit --summary

experiment: verify  ## the bounds on real data
	$(DEEPTHEORY) experiment

index: experiment  ## the theorem index
	$(DEEPTHEORY) index

test: catalog certify networks sweep  ## the test suite
	$(BIN)/python -m pytest --numprocesses 2

fuzz: $(INSTALLED)  ## 100000 certificates that were tampered with (COUNT=..., SEED=...)
	$(BIN)/python -W ignore tests/certify_fuzz.py --count $(COUNT) --seed $(SEED)

lint: $(INSTALLED)  ## format, style, types, Lean source rules
	$(BIN)/ruff format --check python tests docs
	$(BIN)/ruff check python tests docs
	$(BIN)/mypy
	$(BIN)/python -m deeptheory.audit.source

bench: verify  ## proving times, checks, formulas and inverses a second
	$(DEEPTHEORY) bench

.PHONY: api dojo
api: $(INSTALLED)  ## promise the public names that are new (api.txt)
	$(DEEPTHEORY) api --accept

dojo: $(INSTALLED) requirements-dojo.lock  ## LeanDojo, which `deeptheory trace` needs (Python below 3.13)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dojo.lock

clean:  ## remove what can be built again (the toolchain's cache stays)
	-test -x $(DEEPTHEORY) && $(DEEPTHEORY) stop
	$(PYTHON) -c 'import shutil; shutil.rmtree("build", ignore_errors=True)'

help:  ## this list
	@$(PYTHON) -c 'import re; [print(f"{m[1]:11}{m[2]}") for m in re.finditer(r"^(\w+):[^\n]*## (.*)$$", open("Makefile").read(), re.M)]'
