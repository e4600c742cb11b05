# make ask    installs what is needed and opens the advisor
# make test   does all the set-up and runs every check
# make help   lists the rest

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := .venv/.run-ready
DEV := .venv/.dev-ready

.PHONY: help ask demo test lint types layers data tests wheel format lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

ask: $(RUN) ## open the advisor
	@$(BIN)/motus ask

demo: $(RUN) ## the founding case, in 2009 and today
	@$(BIN)/python -m examples.founding_case

test: $(DEV) lint types layers data tests wheel ## every check

lint: $(DEV) ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## strict types
	$(BIN)/mypy

layers: $(DEV) ## bot, then flows, then knowledge
	$(BIN)/lint-imports --no-cache

data: $(DEV) ## the law and the flows
	$(BIN)/motus check

tests: $(DEV) ## tests and doctests
	$(BIN)/pytest

wheel: $(DEV) ## the built package answers from another folder
	rm -rf .venv/wheel
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir .venv/wheel .
	$(PIP) install --no-deps --no-index --target .venv/wheel/site .venv/wheel/*.whl
	cd .venv/wheel && PYTHONPATH=site ../bin/python -P -c 'import bot; assert "wheel" in bot.__file__'
	cd .venv/wheel && PYTHONPATH=site ../bin/python -P -m bot ask partager --answers ../../tests/voisin.yaml --json > answer.json
	grep -q '"outcome": "forbidden"' .venv/wheel/answer.json

format: $(DEV) ## rewrite the code in the common style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(DEV) ## renew the exact versions
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --group build --group dev -o requirements-dev.lock

clean: ## forget the environment
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -m venv .venv

$(RUN): .venv/bin/python pyproject.toml requirements.lock
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/motus compile
	@touch $@

$(DEV): $(RUN) requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
