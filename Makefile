# `make` sets everything up, proves, checks and writes the index; `make test` runs the tests.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
else
  BIN := $(VENV)/bin
endif
DEEPTHEORY := $(BIN)/deeptheory
INSTALLED := $(VENV)/installed
CERTIFY := $(VENV)/installed-certify
SWEEP := $(VENV)/installed-sweep

.PHONY: all setup certify sweep prove catalog verify experiment index test lint bench clean help
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

$(CERTIFY): $(INSTALLED) requirements-certify.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-certify.lock
	@touch $@

certify: $(CERTIFY)  ## JAX and Optax, which `deeptheory certify train` needs

$(SWEEP): $(INSTALLED) requirements-sweep.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-sweep.lock
	@touch $@

sweep: $(SWEEP)  ## PyArrow, Matplotlib and Dask, which `deeptheory sweep` needs for files, plots, clusters

prove: setup  ## prove every module that has changed
	$(DEEPTHEORY) prove

catalog: prove  ## statements, cards and formulas; the audit; the coverage
	$(DEEPTHEORY) export
	$(DEEPTHEORY) audit
	$(DEEPTHEORY) coverage --summary

verify: catalog  ## the numeric checks
	$(DEEPTHEORY) verify

experiment: verify  ## the bounds on real data
	$(DEEPTHEORY) experiment

index: experiment  ## the theorem index
	$(DEEPTHEORY) index

test: catalog certify sweep  ## the test suite
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup

lint: $(INSTALLED)  ## format, style, types, Lean source rules
	$(BIN)/ruff format --check python tests docs
	$(BIN)/ruff check python tests docs
	$(BIN)/mypy
	$(BIN)/python -m deeptheory.audit.source

bench: verify  ## proving times, checks, formulas and inverses a second
	$(DEEPTHEORY) bench

clean:  ## remove what can be built again (the toolchain's cache stays)
	-test -x $(DEEPTHEORY) && $(DEEPTHEORY) stop
	$(PYTHON) -c 'import shutil; shutil.rmtree("build", ignore_errors=True)'

help:  ## this list
	@$(PYTHON) -c 'import re; [print(f"{m[1]:10}{m[2]}") for m in re.finditer(r"^(\w+):[^\n]*## (.*)$$", open("Makefile").read(), re.M)]'
