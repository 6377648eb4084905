# Everything a contributor runs. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.complete
LOCK := requirements/dev.txt
# Passed on to the resolver by `make lock`, e.g. LOCK_ARGS=--upgrade or
# LOCK_ARGS='--upgrade-package libcst'; without it, present pins stay as they are.
LOCK_ARGS ?=
# command:Debian packages, with commas; what the tests use beside Python.
SYSTEM := nvim:neovim emacs:emacs-nox,elpa-eglot bwrap:bubblewrap openssl:openssl
# The same for the client: without these fonts Chromium shows no text.
BROWSER := chromium:chromium,fonts-dejavu-core
COMPILER := g++:g++ make:make openssl:openssl

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# --- the environment -------------------------------------------------------------------

# The stamp is written last and holds the checkout's place. Where it is missing (an install
# was interrupted), names another place (the folder was moved or copied, so the editable
# install points elsewhere), or its interpreter is gone, nothing in there can be relied on
# and the environment is made anew. Where it is only older than the pins, it is updated.
SOUND := $(shell test -x $(PY) && test "$$(cat $(STAMP) 2>/dev/null)" = "$(CURDIR)" && echo yes)
ifneq ($(SOUND),yes)
.PHONY: $(STAMP)
endif

.PHONY: setup
setup: $(STAMP) ## make .venv with the pinned dependencies and this package

$(STAMP): $(LOCK) pyproject.toml
	@command -v '$(PYTHON)' >/dev/null || { \
	  echo "setup: no '$(PYTHON)' on this machine. CodeAct LSP needs Python 3.11 or newer;" >&2; \
	  echo "       if one is installed under another name: make PYTHON=python3.12 setup" >&2; \
	  exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "setup: $(PYTHON) is $$('$(PYTHON)' -V 2>&1), but CodeAct LSP needs Python 3.11 or newer." >&2; \
	  echo "       Name a newer one: make PYTHON=python3.12 setup" >&2; \
	  exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "setup: $(PYTHON) cannot make virtual environments (no ensurepip). On Debian and Ubuntu:" >&2; \
	  '$(PYTHON)' -c 'import sys; print("       apt-get install python%d.%d-venv" % sys.version_info[:2], file=sys.stderr)'; \
	  exit 1; }
	@if [ '$(SOUND)' = yes ]; then \
	  echo "setup: updating $(VENV)"; \
	else \
	  echo "setup: making $(VENV) with $$('$(PYTHON)' -V)"; \
	  '$(PYTHON)' -m venv --clear $(VENV); \
	fi
	@rm -f $(STAMP)
	@$(PY) -m pip install -qq --require-hashes -r $(LOCK)
	@$(PY) -m pip install -qq --no-deps --no-build-isolation -e .
	@# Workers write nothing, so what they are made of would be compiled at the start of each.
	@$(PY) -m compileall -q codeact_lsp/worker
	@printf '%s\n' '$(CURDIR)' > $(STAMP)
	@echo "setup: $(VENV) is ready"

# TapeAgents pins an OpenAI client that is too old for litellm as we use it, and brings 7 GB. So it
# has an environment of its own, on top of ours, with what it imports of that and ours lacks.
TAPEAGENTS := .venv-tapeagents

.PHONY: tapeagents
tapeagents: $(TAPEAGENTS)/.complete ## make the environment in which the adapter for TapeAgents is tested

$(TAPEAGENTS)/.complete: requirements/tapeagents.txt requirements/tapeagents-build.txt | $(STAMP)
	@echo "tapeagents: making $(TAPEAGENTS)"
	@$(PY) -m venv --clear --without-pip $(TAPEAGENTS)
	@for pins in tapeagents-build tapeagents; do \
	  $(PY) -m pip --python $(TAPEAGENTS)/bin/python install -qq --no-deps --no-build-isolation \
	    --require-hashes -r requirements/$$pins.txt || exit; \
	done
	@$(TAPEAGENTS)/bin/python -c 'import sys, sysconfig; \
	  ours, theirs = sys.argv[1], sysconfig.get_path("purelib"); \
	  open(f"{theirs}/codeact.pth", "w").write(f"import site; site.addsitedir({ours!r})\n")' \
	  "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
	@touch $@

.PHONY: test-tapeagents
test-tapeagents: tapeagents ## test the adapter for TapeAgents with the real one
	@LITELLM_LOCAL_MODEL_COST_MAP=True HF_HUB_OFFLINE=1 $(TAPEAGENTS)/bin/python -m pytest \
	  -p no:cacheprovider -o filterwarnings=default tests/tapeagents/cases.py

.PHONY: system
system: ## install the programs the tests drive (Debian packages; needs root)
	@missing=''; \
	for pair in $(SYSTEM); do \
	  command -v "$${pair%%:*}" >/dev/null || missing="$$missing $$(echo $${pair#*:} | tr , ' ')"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	if ! command -v apt-get >/dev/null; then \
	  echo "system: please install with this system's package manager:$$missing" >&2; exit 1; \
	elif [ "$$(id -u)" -ne 0 ]; then \
	  echo "system: missing. Please run: sudo apt-get install$$missing" >&2; exit 1; \
	fi; \
	echo "system: installing$$missing"; \
	export DEBIAN_FRONTEND=noninteractive; \
	apt-get update -qq && apt-get install -qq -y --no-install-recommends $$missing >/dev/null

# --- trying and checking ---------------------------------------------------------------

.PHONY: demo
demo: setup ## see it work: run, break and repair a plan
	@$(PY) examples/demo.py

.PHONY: test
test: setup system ## run the tests; ARGS='-k name' to choose
	@$(PY) -m pytest $(ARGS)

.PHONY: lint
lint: setup ## check rules and formatting
	@$(PY) -m ruff check; rules=$$?; $(PY) -m ruff format --check && exit $$rules

.PHONY: types
types: setup ## check the types
	@$(PY) -m mypy

.PHONY: format
format: setup ## apply the formatting and every safe fix
	@$(PY) -m ruff check --fix-only
	@$(PY) -m ruff format

.PHONY: bench-edit
bench-edit: setup ## measure edits against the peers; ARGS=--quick for a minute's run
	@$(PY) -m benchmarks $(ARGS)

.PHONY: bench-run
bench-run: setup ## measure runs against the peers; ARGS=--quick for a few minutes' run
	@$(PY) -m benchmarks.running $(ARGS)

.PHONY: bench-sandbox
bench-sandbox: setup ## measure what confining nodes costs; ARGS=--quick for a minute's run
	@$(PY) -m benchmarks.confining $(ARGS)

.PHONY: bench-repair
bench-repair: setup ## measure repairs without a model; ARGS='--cases FILE' for cases of yours
	@$(PY) -m benchmarks.repair $(ARGS)

.PHONY: bench
bench: bench-edit bench-run bench-sandbox ## measure all three; ARGS=--quick holds for each

# --- the VS Code client ----------------------------------------------------------------

# The VS Codes that the client is driven in: that of the docs' pictures, and the oldest to be had.
VSCODES ?= 1.100 1.139
# node and npm: this system's if they are new enough, else those of the Python package index.
NODE := build/node
NPM := PATH="$(CURDIR)/$(NODE)/bin:$$PATH" npm
# npm writes this file last.
NODE_MODULES := node_modules/.package-lock.json
# What the server needs, for an editor that sets it up without a network.
WHEELS := build/wheels/.complete

$(NODE)/bin/npx: | $(STAMP)
	@vscode-client/setup-node.sh $(NODE) 20.19+ $(abspath $(PY))

$(NODE_MODULES): package-lock.json vscode-client/package.json | $(NODE)/bin/npx
	@echo "client: installing the packages of package-lock.json"
	@$(NPM) ci --ignore-scripts --silent
	@touch $@

$(WHEELS): pyproject.toml | $(STAMP)
	@echo "client: fetching the wheels of what the server needs"
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(PY) -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(@D) .
	@$(PY) -m pip download --quiet --only-binary :all: --dest $(@D) $(@D)/codeact_lsp-*.whl
	@rm $(@D)/codeact_lsp-*.whl && touch $@

.PHONY: client
client: client-package ## build and package the VS Code client, check its types, run its unit tests
	@$(PY) vscode-client/generate.py --check
	@$(NPM) test --silent

.PHONY: client-package
client-package: setup $(NODE_MODULES) ## make dist/codeact.vsix, which any VS Code installs
	@PYTHON=$(abspath $(PY)) $(NPM) run --silent package

.PHONY: client-views
client-views: client-package ## drive the client's views alone in Chromium
	@$(MAKE) --no-print-directory system SYSTEM='$(BROWSER)'
	@$(NPM) run --silent test:views --workspace vscode-client

.PHONY: client-e2e
client-e2e: client-package $(WHEELS) ## drive the client in real VS Codes in Chromium; VSCODES=1.139 JOURNEYS=large
	@$(MAKE) --no-print-directory system SYSTEM='$(BROWSER) $(COMPILER) rg:ripgrep'
	@for version in $(VSCODES); do vscode-client/e2e/setup-vscode.sh $$version || exit; done
	@failed=0; for version in $(VSCODES); do \
	  echo "client: in VS Code $$version"; \
	  VSCODE_VERSION=$$version $(NPM) run --silent test:e2e --workspace vscode-client -- $(JOURNEYS) || failed=1; \
	done; exit $$failed

WINDOW := affected alternatives around crash debugging drawn environment exporting granting images keyboard large \
	mending moved python running setting-up slow switches tables themes trust views watched
# Those that go through most of the window, for a VS Code of which the others would tell little more.
MAIN := mending running trust views

.PHONY: client-journeys
client-journeys: ## client-e2e once: all through the window in one VS Code, from within and the main ones in the other
	@rm -f build/e2e/failed
	@$(MAKE) --no-print-directory client-e2e VSCODES=1.100 JOURNEYS='$(WINDOW)'; failed=$$?; \
	$(MAKE) --no-print-directory client-e2e VSCODES=1.139 JOURNEYS='host $(MAIN)' && exit $$failed

.PHONY: client-pictures
client-pictures: client-e2e ## take the pictures of the docs anew, from the journeys and the views
	@mkdir -p build/views && SHOTS=$(CURDIR)/build/views $(MAKE) --no-print-directory client-views
	@vscode-client/e2e/keep-pictures.sh

.PHONY: editor
editor: client-package ## open a browser on a local VS Code with the client and the examples
	@$(MAKE) --no-print-directory system SYSTEM='$(COMPILER) rg:ripgrep'
	@vscode-client/e2e/setup-vscode.sh 1.139
	@vscode-client/e2e/open-vscode.sh 1.139

# --- upkeep ----------------------------------------------------------------------------

# In a throw-away environment: the resolver is no dependency of the project, and must not
# meet what is installed for it. --fork-strategy fewest gives one version for every Python.
.PHONY: lock
lock: ## pin the dependencies again (LOCK_ARGS=--upgrade for newer ones)
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
	'$(PYTHON)' -m venv "$$dir" && \
	"$$dir/bin/python" -m pip install -qq 'uv>=0.13,<0.14' && \
	compile() { "$$dir/bin/uv" pip compile "$$@" \
	  --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-config \
	  --custom-compile-command 'make lock' --quiet $(LOCK_ARGS); } && \
	compile pyproject.toml --extra model --group dev --output-file $(LOCK) && \
	for peer in benchmarks/servers/*.in benchmarks/peers/*.in; do \
	  compile "$$peer" --output-file "$${peer%.in}.txt" || exit; \
	done && \
	for pins in tapeagents tapeagents-build; do \
	  compile "requirements/$$pins.in" --no-deps --output-file "requirements/$$pins.txt" || exit; \
	done

.PHONY: clean
clean: ## remove .venv and everything the tools left
	@rm -rf $(VENV) $(TAPEAGENTS) benchmarks/.environments build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -not -path '*/node_modules/*' -prune -exec rm -rf {} +
