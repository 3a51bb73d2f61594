# Youju's commands. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARCHIVE ?= .youju
QUESTIONS ?= tests/data/corpus_questions.jsonl
HOST ?= 127.0.0.1
PORT ?= 7860

.DEFAULT_GOAL := help
.PHONY: help setup serve test lint format bench eval train-embedder clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

setup: $(STAMP)  ## make .venv with everything that youju needs

$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Youju needs Python 3.11 or newer; run: make setup PYTHON=python3.11"; exit 1; }
	@echo "Installing Youju and what it stands on into $(VENV) (about 2 GB, one to three minutes) …"
	@$(BIN)/python -m pip install -q -e '.[dev]' -c constraints.txt
	@touch $(STAMP)

serve: $(STAMP)  ## index the sample corpus and open the web application (PORT=7860 HOST=127.0.0.1 ARCHIVE=.youju)
	@$(BIN)/youju index corpus --archive $(ARCHIVE)
	@$(BIN)/youju serve --archive $(ARCHIVE) --host $(HOST) --port $(PORT) $(if $(filter 127.% localhost ::1,$(HOST)),--no-auth)

test: $(STAMP)  ## run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

lint: $(STAMP)  ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(STAMP)  ## put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(STAMP)  ## measure indexing, answering and retrieval
	@$(BIN)/python -m benchmarks.indexing
	@$(BIN)/python -m benchmarks.answering
	@$(BIN)/python -m benchmarks.cmrc

eval: $(STAMP)  ## measure answers to a question set (QUESTIONS=file.jsonl ARCHIVE=folder)
	@$(BIN)/youju eval $(QUESTIONS) --archive $(ARCHIVE)

train-embedder: $(STAMP)  ## train the bundled embedding model anew (needs ../shared/training)
	@$(BIN)/python -m indexer.train_embedder --data ../shared/training --archive ../shared/archive --out indexer/model

clean:  ## remove the virtual environment and caches (archives stay)
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info build dist
