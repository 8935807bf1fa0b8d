# `make serve` builds the Kemi graph and serves it; `make test` proves the whole.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
TESTED := $(VENV)/tested

.PHONY: serve test test-service test-pages screenshots test-slow fuzz test-units lint check smoke mutants coverage bench reading system editor docs reference pictures lock clean

serve: $(INSTALLED) editor
	@$(BIN)/hytegraph build documents/kemi --out build/release
	@$(BIN)/hytegraph serve build/release --port $(PORT)

# Whole files of tests to each process: what a file starts it starts once. A third on two cores works while the others
# wait for a service or a browser.
SIDE_BY_SIDE := -n 3 --dist loadfile

test: $(TESTED) system editor lint
	$(BIN)/pytest $(SIDE_BY_SIDE)

test-service: $(TESTED) system editor
	$(BIN)/pytest $(SIDE_BY_SIDE) --ignore tests/browser

test-pages: $(TESTED) system editor
	$(BIN)/pytest $(SIDE_BY_SIDE) tests/browser

# Each type of page as it looks, in build/screenshots.
screenshots: $(TESTED) system editor
	$(BIN)/pytest -q -m pictures tests/browser/test_page_types.py

# What takes more than some 4 s, for one test or for what it stands on, and what is judged in another state already.
test-slow: $(TESTED) system editor
	$(BIN)/pytest -m slow

# Before a commit: style, types, walls and the tests that build no release and start no server.
check: $(TESTED)
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint test-units

lint: $(TESTED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Half an hour: thousands of files with faults for each reader of a form.
fuzz: $(TESTED)
	$(BIN)/pytest -m fuzz

test-units: $(TESTED)
	$(BIN)/pytest -q $(SIDE_BY_SIDE) -m "not slow and not fuzz and not pictures and not whole" --ignore tests/browser

# Installs the wheel with every other Python that is found and does the main job with it.
smoke: $(TESTED)
	$(BIN)/python tests/smoke.py

# An hour or so: which small changes of the product no related test notices.
mutants: $(TESTED) system
	$(BIN)/python -m tests.mutants $(MUTANTS)

coverage: $(TESTED) system editor
	$(BIN)/pytest $(SIDE_BY_SIDE) --ignore tests/browser --cov --cov-report=term:skip-covered

# Less than ten minutes on two cores; Virtuoso takes part where virtuoso-t is installed. BENCH=--quick is a small run.
bench: $(TESTED) build/bench/peers
	$(BIN)/hytegraph build documents/kemi --out build/release
	PATH="$$PATH:$(CURDIR)/build/bench/peers/bin" $(BIN)/python -m benchmarks.bench $(BENCH)

# How well invented documents of other towns are read, by structure; READING="--half open" is a part.
reading: $(TESTED)
	$(BIN)/python -m benchmarks.reading $(READING)

build/bench/peers:
	$(PYTHON) -m venv $@
	$@/bin/pip install --quiet --disable-pip-version-check "rdflib-endpoint[cli]==0.6.3"

# The SPARQL editor of the pages; the service also runs without it.
editor: $(INSTALLED)
	@$(BIN)/python server/editor/build.py

# The documentation as a site in build/docs; a warning is an error.
docs: $(TESTED)
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --doctree-dir build/doctrees docs build/docs
	@echo "build/docs/index.html"

# The committed parts of the documentation that are made from the code, and from a served release.
reference: $(TESTED)
	@$(BIN)/python -m docs.make.reference

pictures: $(TESTED) system
	@$(BIN)/hytegraph build documents/kemi --out build/release
	@$(BIN)/python -m docs.make.pictures

# Programs of the system: Java for HermiT, Chromium for the tests of the pages, the web servers that publish.
# Where they may be installed they are; elsewhere their tests are skipped and say so.
system:
	@command -v java >/dev/null || $(call install,default-jre-headless) || echo "no Java here: the proofs by HermiT are skipped"
	@command -v chromium-headless-shell >/dev/null || $(call install,chromium-headless-shell) || command -v chromium >/dev/null || echo "no Chromium here: the tests in the browser are skipped"
	@$(call program,nginx) || $(call install,nginx-light) || echo "no nginx here: the tests of published folders in it are skipped"
	@$(call program,apache2) || $(call install,apache2-bin) || echo "no Apache here: the tests of published folders in it are skipped"

# Programs for administrators lie beside the PATH of others.
program = PATH="$$PATH:/usr/sbin" command -v $(1) >/dev/null
install = { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq $(1) >/dev/null; }

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "hytegraph needs Python 3.11 or newer; say which with make PYTHON=…"; exit 1; }
	@echo "installing into $(VENV), once"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(INSTALLED): $(VENV)/made requirements.txt pyproject.toml hatch_build.py
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@HYTEGRAPH_WITHOUT_EDITOR=1 $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
# Python 3.11 reads the path in this file by the locale, so under LC_ALL=C it must hold no ä: it is made relative.
	@for file in $(VENV)/lib/python3*/site-packages/_*hytegraph*.pth; do echo ../../../../.editable > "$$file"; done
	@touch $@

$(TESTED): $(INSTALLED) requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# New pins: run after a change of dependencies in pyproject.toml.
lock: $(VENV)/made
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group dev pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group editor -o requirements-editor.txt
	cd server/editor && npm install --package-lock-only

clean:
	rm -rf $(VENV) .editable build dist server/static/editor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
