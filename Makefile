# The one entrance. On a machine with Python 3.11 or newer and make: `make run`, `make test`.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
EXTRAS ?= lti,test

.PHONY: run reset test check bench install judges differential fuzz help

help:
	@echo "make run    the whole product with practice people, in a browser"
	@echo "make test   the whole suite (DATABASE_URL=... runs it on a server)"
	@echo "make check  types, style, import contracts, content"
	@echo "make bench  our figures against named peers, into bench/results.json"
	@echo "make judges the independent judges that are Python, for the tests"
	@echo "make differential N=100000 (SEED=...) our canonical form beside that of npm jsonld"
	@echo "make fuzz N=100000 (SEED=...) spoilt badges: each answered, none that was altered is signed"
	@echo "make reset  throw the practice data away and start over"

install: $(VENV)/.installed

# made anew when the dependencies change; a half-done install is not taken for a whole one
$(VENV)/.installed: setup.cfg pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV); a few minutes the first time."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$(EXTRAS)]'
	@touch $@

judges: .venvs/openbadges/.installed .venvs/openbadgeslib/.installed

# each apart and with exactly what its list names: one of them is of 2018 and goes with nothing else
.venvs/%/.installed: tests/judges/%.txt
	@$(PYTHON) -m venv .venvs/$*
	@.venvs/$*/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	@touch $@

differential: install
	$(BIN)/python -m tests.judges.differential $(or $(N),100000) $(SEED)

fuzz: install
	$(BIN)/python -m tests.credentials.openbadges.fuzzing $(or $(N),100000) $(or $(SEED),1)

run: install
	@$(BIN)/lc run $(if $(PORT),--port $(PORT))

reset:
	rm -rf var

test: install
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m course_content

# also the peers that are Node packages; nothing is timed by the tests
bench: install judges
	@cd tests/judges && npm ci --silent --no-audit --no-fund
	$(BIN)/python -m bench
