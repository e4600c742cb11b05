# make ask    installs what is needed and opens the advisor
# make test   does all the set-up and runs every check
# make help   lists the rest

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := .venv/.run-ready
DEV := .venv/.dev-ready
AIOGRAM := .venv-aiogram/ready
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(RENEW)

LONG := tests/telegram tests/web tests/mutation tests/bot/test_book.py tests/bot/test_diff.py tests/bot/test_verify.py tests/flows/test_difference.py \
	tests/flows/test_graph.py tests/flows/test_paths.py tests/knowledge/test_certify.py tests/knowledge/test_symbolic.py \
	tests/knowledge/test_tampering.py tests/test_two_engines.py

.PHONY: help ask demo test quick lint types layers data cases proof tests wheel docs compare boundaries mutate format lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

ask: $(RUN) ## open the advisor
	@$(BIN)/motus ask

demo: $(RUN) ## the founding case, in 2009 and today
	@$(BIN)/python -m examples.founding_case

test: $(DEV) lint types layers data cases proof tests wheel ## every check

quick: $(DEV) lint types layers data cases ## under a minute: every check but the long tests, for who is writing
	$(BIN)/pytest $(LONG:%=--ignore=%)

lint: $(DEV) ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## strict types
	$(BIN)/mypy

layers: $(DEV) ## bot, then flows, then knowledge
	$(BIN)/lint-imports --no-cache

data: $(DEV) ## the law and the flows
	$(BIN)/motus check

cases: $(DEV) ## every situation of tests/cases, and its expected answer
	$(BIN)/motus test tests/cases

proof: $(DEV) ## every path, every promise, under the law of today
	$(BIN)/motus verify

tests: $(DEV) $(AIOGRAM) ## tests and doctests
	$(BIN)/pytest

wheel: $(DEV) ## the built package answers from another folder
	rm -rf .venv/wheel
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir .venv/wheel .
	$(PIP) install --no-deps --no-index --target .venv/wheel/site .venv/wheel/*.whl
	cd .venv/wheel && PYTHONPATH=site ../bin/python -P -c 'import bot; assert "wheel" in bot.__file__'
	cd .venv/wheel && PYTHONPATH=site ../bin/python -P -m bot ask partager --answers ../../tests/voisin.yaml --json > answer.json
	grep -q '"outcome": "forbidden"' .venv/wheel/answer.json

docs: $(DEV) ## draw the picture of the house and write the generated pages again
	$(BIN)/python -m docs.picture
	$(BIN)/motus schema > docs/advice.schema.json
	$(BIN)/motus schema --cases > docs/situations.schema.json
	$(BIN)/motus doctrine --markdown > docs/doctrine.md

format: $(DEV) ## rewrite the code in the common style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(DEV) ## write the exact versions; RENEW=--upgrade takes the newest
	$(PIP) install uv
	$(COMPILE) pyproject.toml --all-extras --group build --group dev -o requirements-dev.lock
	$(COMPILE) pyproject.toml --group build --constraint requirements-dev.lock -o requirements.lock
	$(COMPILE) pyproject.toml --extra telegram --extra web --extra webhook --constraint requirements-dev.lock -o requirements-bot.lock
	echo 'aiogram>=3.31' | $(COMPILE) - -o tests/telegram/aiogram-requirements.txt

compare: $(DEV) ## what the last change does to the answers
	@if git rev-parse --verify --quiet 'HEAD~1^{commit}' >/dev/null 2>&1; then $(BIN)/motus compare HEAD~1 --plain || test $$? -eq 4; else echo 'No earlier commit: nothing to compare with.'; fi

boundaries: $(DEV) ## write the boundaries of the norms again, or of NORM=folder/id; read the difference
	PYTHONPATH=tests $(BIN)/python -m tests.mutation.write $(NORM)

mutate: $(DEV) ## mutate the law and say who notices
	PYTHONPATH=tests $(BIN)/python -m bench.mutation

clean: ## forget the environment
	rm -rf .venv .venv-aiogram

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

$(AIOGRAM): tests/telegram/aiogram-requirements.txt
	$(PYTHON) -m venv .venv-aiogram
	.venv-aiogram/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@
