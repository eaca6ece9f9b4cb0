PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
RUN_STAMP = $(VENV)/.run-$(shell cat requirements.lock pyproject.toml | cksum | tr ' ' '-')
DEV_STAMP = $(VENV)/.dev-$(shell cat requirements-dev.lock pyproject.toml | cksum | tr ' ' '-')
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet
PARALLEL = -n auto --dist loadfile
INSTALL = $(PIP) install --no-deps --no-build-isolation --editable .

COVERED_UI = 77  # per cent, without the processes and the browser that other tests start: raise it when it grows

WARM = $(BIN)/python -c 'from negotiation.lab.compiled import engine; from negotiation.learning import talks; engine.warm(); talks.warm()'

.PHONY: help play serve setup test faults check covered format golden bench bench-class studies learn strings docs pictures dist sbom lock audit clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

play: $(RUN_STAMP) ## set up, and open the game in the browser
	@$(BIN)/negotiation play $(ARGS)

serve: $(RUN_STAMP) ## set up, and teach classes: students join with their phones
	@$(BIN)/negotiation serve $(ARGS)

setup: $(DEV_STAMP) ## set up for development, and compile the engine
	@$(WARM)

test: $(DEV_STAMP) ## set up, and run all tests
	@$(WARM)
	$(BIN)/python -m pytest $(PARALLEL) $(ARGS)

faults: $(DEV_STAMP) ## small inputs that once went wrong, as a user types them
	@$(WARM)
	$(BIN)/python -m pytest $(PARALLEL) tests/faults

check: $(DEV_STAMP) ## the gate: style, types, imports, tests with full coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(WARM)
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report= tests/unit tests/laws tests/golden tests/app tests/faults
	@$(MAKE) --no-print-directory covered

covered: ## what the tests of the last check covered: all but ui/ whole, ui/ no less than it was
	$(BIN)/python -m coverage report --omit='negotiation/ui/*' --fail-under=100
	$(BIN)/python -m coverage report --include='negotiation/ui/*' --fail-under=$(COVERED_UI)

format: $(DEV_STAMP) ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(DEV_STAMP) ## write the golden transcripts again; read the difference before you commit it
	$(BIN)/python -m pytest tests/golden --golden

bench: $(DEV_STAMP) ## measure; prints, never fails
	$(BIN)/python benchmarks/bench.py
	$(BIN)/python benchmarks/exact.py
	$(BIN)/python benchmarks/store.py
	$(BIN)/python benchmarks/lab.py
	$(BIN)/python benchmarks/learning.py
	$(BIN)/python benchmarks/plain.py
	$(BIN)/python benchmarks/runner.py
	$(BIN)/python benchmarks/intervals.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/levels.py --workers 2
	$(BIN)/python benchmarks/exploit.py --workers 2
	$(BIN)/python benchmarks/calibration.py --games 500

studies: $(RUN_STAMP) ## play the studies into build/studies and write the numbers and figures of their pages (LIMIT=2000: only some of their games)
	for plan in $(wildcard studies/*.yaml); do name=$$(basename $$plan .yaml); \
	  $(BIN)/negotiation batch $$plan --out build/studies/$$name --workers 2 $(addprefix --limit ,$(LIMIT)) && \
	  $(BIN)/negotiation report build/studies/$$name --svg build/studies/$$name/figures || exit 1; done
	$(BIN)/python studies/pages.py

learn: $(DEV_STAMP) ## let a policy learn to play a seat of the flagship, into build/learn (minutes; installs sb3-contrib, with PyTorch)
	@$(BIN)/python -c 'import sb3_contrib' 2>/dev/null || $(PIP) install 'sb3-contrib>=2.7,<3'
	$(BIN)/python studies/learn.py $(ARGS)

bench-class: $(DEV_STAMP) ## a class under load, killed and attacked; prints a table (25 minutes; ARGS=--quick: four)
	$(BIN)/python benchmarks/classroom.py $(ARGS)

docs: $(DEV_STAMP) ## build the documentation as a site, offline: build/site/index.html (warnings are errors)
	$(BIN)/zensical build --clean --strict

strings: $(DEV_STAMP) ## bring the catalogues of translated texts up to date, and say what is missing
	@$(BIN)/python scripts/strings.py $(ARGS)

pictures: $(DEV_STAMP) ## take the pictures of README and site anew (needs Chromium; ARGS=report: only some)
	@$(WARM)
	$(BIN)/python scripts/pictures.py $(ARGS)

dist: $(DEV_STAMP) sbom ## build wheel and sdist, and try each in a new environment outside the checkout
	$(BIN)/python scripts/dist.py

sbom: .venv-audit/bin/cyclonedx-py ## write down what the program rests on, with hashes: dist/negotiation.cdx.json (CycloneDX)
	@mkdir -p dist
	.venv-audit/bin/python -W ignore::UserWarning -m cyclonedx_py requirements requirements.lock --pyproject pyproject.toml \
	  --mc-type application --output-reproducible --validate --spec-version 1.6 --output-file dist/negotiation.cdx.json

lock: $(DEV_STAMP) ## choose the pinned versions again
	$(PIP) install uv
	$(BIN)/python -m uv pip compile --universal --python-version 3.11 --no-annotate --no-header --quiet --no-strip-extras --generate-hashes --upgrade \
	  --constraint constraints.txt pyproject.toml build.in -o requirements.lock
	$(BIN)/python -m uv pip compile --universal --python-version 3.11 --no-annotate --no-header --quiet --no-strip-extras --generate-hashes \
	  --constraint requirements.lock --extra dev --extra docs pyproject.toml build.in -o requirements-dev.lock

audit: .venv-audit/bin/cyclonedx-py ## look for known faults of the pinned versions (asks the public registry)
	.venv-audit/bin/pip-audit --disable-pip --no-deps -r requirements.lock

clean: ## remove what the targets made
	rm -rf .venv .venv-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache .cache

.venv-audit/bin/cyclonedx-py:
	@$(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/pip --quiet install pip-audit cyclonedx-bom

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Setting up $(VENV); this happens once."
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): $(VENV)/bin/python
	@$(PIP) install -r requirements.lock
	@$(INSTALL)
	@rm -f $(VENV)/.run-* && touch $@

$(DEV_STAMP): $(VENV)/bin/python
	@$(PIP) install -r requirements-dev.lock
	@$(INSTALL)
	@rm -f $(VENV)/.run-* $(VENV)/.dev-* && touch $@ $(RUN_STAMP)
