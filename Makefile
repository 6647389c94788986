# Thin names over dev.py, which says and does everything; where there is no make, `python3 dev.py NAME`.
PYTHON ?= python3

.DEFAULT_GOAL := list
.PHONY: list run test check prove bench bench-matching lock

list: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 20

run: ## set up whatever is missing and serve http://127.0.0.1:5000 (PORT, CP_HOME, DATABASE_URL)
	@$(PYTHON) dev.py run

test: ## every suite at its everyday scale: SQLite, PostgreSQL, Chromium
	@$(PYTHON) dev.py test

check: ## format, lint, types, architecture, templates, migrations
	@$(PYTHON) dev.py check

prove: ## the proofs at full scale, written to docs/proofs.md; `make prove NAME` runs one
	@$(PYTHON) dev.py prove $(NAME)

bench: ## the benchmarks against their goals (CHILDREN=100000, ENGINE=sqlite, KEEP=, ONLY=)
	@$(PYTHON) dev.py bench

bench-matching: ## how right the judgements of supplied rows are (DATA=file.csv; DATA=febrl4: the published set, beside Splink)
	@$(PYTHON) dev.py bench-matching

lock: ## pin every dependency again, after a change of requirements*.in or package.json
	@$(PYTHON) dev.py lock

# `make prove NAME`: the word after prove is the name of a proof, not something to make.
ifeq (prove,$(firstword $(MAKECMDGOALS)))
NAME ?= $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS))
$(eval $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS)):;@:)
endif
