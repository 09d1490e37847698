# The two commands: `make run` (the desk with the demo country) and `make test`.
# Each builds what it needs, once; stamps in .stamps say what is done.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMPS := .stamps
export RABTA_DATA_DIR ?= $(CURDIR)/var
PORT   ?= 8000
# Tests run on this many processes at once.
JOBS   ?= 2

.PHONY: run test check format bench bench-large bench-names bench-link lock messages matrix clean help

help: ## say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort

run: $(STAMPS)/python $(STAMPS)/web $(STAMPS)/messages ## the desk, with the demo country, on 127.0.0.1
	$(BIN)/rabta migrate
	$(BIN)/rabta demo
	$(BIN)/rabta serve --port $(PORT)

test: $(STAMPS)/python $(STAMPS)/web $(STAMPS)/messages ## every test, on both databases, browser included
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile
	RABTA_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile -m database

check: $(STAMPS)/python ## style, types and the laws of the house, in under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy src/rabta/core src/rabta/engines

format: $(STAMPS)/python ## put style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMPS)/python $(STAMPS)/web ## all benchmarks; they print tables
	$(BIN)/python -m benchmarks

bench-large: $(STAMPS)/python $(STAMPS)/web ## the benchmarks at 100,000 and a million people: two hours
	$(BIN)/python -m benchmarks --large

bench-names: $(STAMPS)/python
	$(BIN)/python -m benchmarks.names

bench-link: $(STAMPS)/python
	$(BIN)/python -m benchmarks.linkage --people 20000

lock: ## make the lock files anew, without host names
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.txt
	npm run lock

messages: $(STAMPS)/python ## collect what people read for translation
	cd src/rabta && DJANGO_SETTINGS_MODULE=rabta.desk.project.settings ../../$(BIN)/django-admin makemessages --locale ur --no-obsolete --no-wrap --add-location file

matrix: $(STAMPS)/python ## make the committed tables of who sees what anew
	$(BIN)/python -m tests.access.generate

clean: ## remove what was built (not the data)
	rm -rf $(VENV) $(STAMPS) node_modules dist src/rabta/desk/frame/static/built
	find src -name '*.mo' -delete

$(STAMPS)/python: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/npm: package.json package-lock.json .npmrc
	npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/web: $(STAMPS)/npm $(shell find web -type f 2>/dev/null)
	npm run build --silent
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/messages: $(STAMPS)/python $(shell find src/rabta/locale -name '*.po' 2>/dev/null)
	$(BIN)/python -m rabta.desk.project.messages
	@mkdir -p $(STAMPS) && touch $@
