# Two commands: `make run` opens the assistant, `make test` checks everything. Both set up what they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: run test lint types unit browser screenshots setup clean

run: setup
	$(BIN)/python app.py

test: lint types unit browser

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

unit: setup
	$(BIN)/python -m pytest -m "not browser"

browser: setup
	sh tests/pages/chromium.sh
	$(BIN)/python -m pytest -m browser

screenshots: setup
	sh tests/pages/chromium.sh
	$(BIN)/python -m tests.pages.screenshots

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
