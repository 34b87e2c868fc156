# One entry for newcomers and CI: every target sets up what it needs first (installer/setup.sh), then runs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: translations help run demo test test-exhaustive fuzz lint bench quality pages page-model docs lock setup setup-dev clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 20

setup: ## system packages and the locked environment, for running
	@bash installer/setup.sh run

setup-dev: ## the same, with the tools for tests
	@bash installer/setup.sh dev

run: setup ## the workstation in training mode; the demo where there is no display
	@bash installer/run.sh

demo: setup ## the photo job end to end, headless, results in out/demo
	@$(PY) -m app demo --out out/demo

test: setup-dev ## rules, types and every quick test
	@bash installer/test.sh

test-exhaustive: setup-dev ## the long ones: more kill points, more fuzzing
	@$(PY) -m pytest -m exhaustive -q

fuzz: setup-dev ## a million inputs against every parser of the devices' bytes (about a quarter of an hour)
	@$(PY) -m tests.fuzz

lint: setup-dev ## ruff, mypy --strict, import contracts
	@bash installer/lint.sh

bench: setup-dev ## measures and writes bench.json
	@$(PY) -m tests.bench --out bench.json

quality: setup-dev ## judges portraits with known truth and writes docs/quality.md (about seven minutes)
	@$(PY) -m tests.quality

pages: setup-dev ## measures drawn pages with known truth and writes docs/pages.md (about two minutes)
	@$(PY) -m tests.pages

page-model: setup-dev ## trains the small image model of archive pages on drawn ones (about five minutes)
	@$(PY) -m tests.page_model

docs: setup-dev ## screenshots and generated tables in docs/
	@$(PY) -m tests.docs

translations: setup-dev ## the windows' words: collect and compile
	@bash installer/translations.sh

lock: setup-dev ## resolve again and write the hashed lock files
	@bash installer/lock.sh

clean: ## remove the environment and results
	rm -rf .venv out
