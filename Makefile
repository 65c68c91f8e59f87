# Everything to do with this checkout. Needs python3 (3.11 or newer) and make; `make help` lists the targets.

PYTHON ?= python3
VENV   ?= .venv
CONFIG ?= config.yaml
HOST   ?= 127.0.0.1
PORT   ?= 8000
HEAP   ?= 768m
JOBS   ?= 2
TESTS  ?=

BIN := $(VENV)/bin
# What the commands need: the product, the OpenSearch engine (one setting away) and the benchmarks' peers.
LOCKS := requirements.lock requirements-opensearch.lock requirements-bench.lock
WHOOSH274 := .cache/whoosh274
NPM := .cache/npm
PYTEST := $(BIN)/python -m pytest

# Debian without python3-venv has no ensurepip: there the system's pip (22.3 or newer) installs into the environment.
PIP = $$(if $(BIN)/python -m pip --version >/dev/null 2>&1; then echo $(BIN)/python -m pip; \
        else echo $(PYTHON) -m pip --python $(BIN)/python; fi)
INSTALL = $(PIP) install --quiet --disable-pip-version-check --require-hashes

# Compiled modules are kept, or each process that a command or a test starts would compile them again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve install test test-all lint audit browser cluster lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

serve: install ## build the index if it is missing or stale, then serve; CONFIG= HOST= PORT= choose
	@$(BIN)/python -m indexer build --if-needed --config "$(CONFIG)" || test $$? -eq 1
	@exec $(BIN)/python -m webui serve --config "$(CONFIG)" --host "$(HOST)" --port "$(PORT)"

# The packages themselves are not installed: commands run from the checkout, so what is edited is what runs.
install: $(VENV)/.installed ## make .venv with everything the commands need

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another with PYTHON=")'
	@rm -rf $(VENV)
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV); }
	@$(PIP) --version >/dev/null 2>&1 || { rm -rf $(VENV); \
	  echo "python3 has neither ensurepip nor pip 22.3 or newer; install one, as in: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.python $(LOCKS)
	@echo "Installing what the commands need ..."
	@$(INSTALL) $(LOCKS:%=-r %)
	@touch $@

$(VENV)/.tests: $(VENV)/.installed requirements-dev.lock requirements-export.lock
	@echo "Installing what the tests need ..."
	@$(INSTALL) -r requirements-dev.lock -r requirements-export.lock
	@touch $@

# The way back from the fork, tried by `make test-all`. It lies in a folder of its own that comes first on the path: the two
# must never be installed into one environment, and a second environment would only repeat everything else.
$(WHOOSH274)/.installed: $(VENV)/.tests requirements-whoosh274.lock
	@rm -rf $(WHOOSH274)
	@$(INSTALL) --no-deps --target $(WHOOSH274) -r requirements-whoosh274.lock
	@touch $@

browser:
	@command -v chromium chromium-browser google-chrome >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing chromium ..."; apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium >/dev/null; \
	  else echo "No chromium: browser tests will be skipped. To run them: sudo apt-get install chromium"; fi

# Two checkers that come as Node packages: axe-core runs inside the browser, the Nu HTML checker on Java.
$(NPM)/.installed: .ci/npm/package.json .ci/npm/package-lock.json
	@mkdir -p $(NPM) && cp .ci/npm/package.json .ci/npm/package-lock.json $(NPM)
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund --ignore-scripts --prefix $(NPM) && touch $@; \
	  else echo "No npm: accessibility tests will be skipped. To run them, install npm and run make again"; fi

test: $(VENV)/.tests $(NPM)/.installed ## the tests, in five minutes on two cores, without the slow ones and those that need Java
	$(PYTEST) -n $(JOBS) --dist worksteal -m "not slow and not cluster" $(TESTS)

# Tests of the OpenSearch engine share one node and one cluster, so they run one after the other.
test-all: $(VENV)/.tests $(WHOOSH274)/.installed $(NPM)/.installed browser ## every test, then the Whoosh engine's again on Whoosh 2.7.4
	$(PYTEST) -n $(JOBS) --dist worksteal -m "not cluster"
	$(PYTEST) -m cluster
	PYTHONPATH=$(abspath $(WHOOSH274)) $(BIN)/python -c 'import whoosh; assert whoosh.__version__ == (2, 7, 4), whoosh.__file__'
	PYTHONPATH=$(abspath $(WHOOSH274)) $(PYTEST) -n $(JOBS) --dist worksteal tests/engine -m "not cluster" -k "not oracle"

lint: $(VENV)/.tests ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check search indexer webui
	$(BIN)/mypy --strict search indexer webui benchmarks

audit: $(VENV)/.tests $(NPM)/.installed ## check the HTML of every kind of page; needs npm and Java
	$(BIN)/python .ci/audit.py $(NPM)/node_modules/vnu-jar/build/dist/vnu.jar

cluster: $(VENV)/.installed ## start a three-node OpenSearch cluster on this machine, until Ctrl-C; HEAP= of each; needs Java 21 and Maven
	@exec $(BIN)/python tests/cluster/opensearch_cluster.py --heap $(HEAP)

lock: ## choose versions again within pyproject.toml's bounds, with the sums of every file
	@test -x .cache/lock/bin/pip-compile || { $(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip install -q pip-tools; }
	@.cache/lock/bin/python .ci/lock.py

clean: ## remove what was made here: .venv, caches and the built index
	rm -rf $(VENV) .cache var .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
