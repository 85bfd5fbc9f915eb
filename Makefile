# The same names here, in CI and in CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install system web run test check fix corpus bench clean

help:
	@echo "make run      install, take in corpus/, answer two questions, serve the chat page on http://127.0.0.1:8000"
	@echo "make test     install and run all tests          make check   format, lint, types"
	@echo "make fix      format and fix what can be fixed    make corpus  build the sample documents from corpus/texts"
	@echo "make web      build the widget and the desk's page  make clean   remove .venv, data and everything built"
	@echo "make evals    hold the answers against evals/thresholds.toml"
	@echo "make bench    measure (see docs/measurements.md)"

.venv/.installed: pyproject.toml constraints.txt install.sh
	@PYTHON=$(PYTHON) sh install.sh

install: .venv/.installed

# The widget; without Node the plain chat page serves, which works without scripts.
web:
	@if command -v npm >/dev/null 2>&1; then echo "==> building the web part" && cd web && npm ci --silent --no-audit --no-fund && npm run --silent build; \
	else echo "==> Node is not here: serving the plain chat page, which works without scripts"; fi

run: install web
	@echo "==> taking in the sample documents"
	@$(BIN)/annae ingest corpus
	@echo "==> a Korean question"
	@$(BIN)/annae ask "중견기업은 시장개척자금을 몇 %까지 지원받나요?"
	@echo "==> an English question"
	@$(BIN)/annae ask "How much will the PIS fund invest in total?"
	@echo "==> the demo page is http://127.0.0.1:8000/demo, the officers' desk http://127.0.0.1:8000/desk, the plain chat page http://127.0.0.1:8000"
	@$(BIN)/annae serve --demo

test: install system web
	@if command -v npm >/dev/null 2>&1; then cd web && npm test --silent; fi
	@$(BIN)/python -m pytest

system:
	@sh install-system.sh

check: install
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

fix: install
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

corpus: install
	@$(BIN)/python -m corpus.build

evals: install
	@$(BIN)/annae eval gate

bench: install
	@$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist data assistant/static web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
