# The front door: make demo, make test. Everything that is missing is installed on the way.
SHELL := /bin/bash
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:
.PHONY: demo test lint lint-python lint-cpp lint-tree bench \
	sdist wheel wheels test-wheel release docs clean

# The first Python that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	{ command -v $$name; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input install
# Extra packages of the system that make more tests run; none is needed.
SYSTEM_EXTRAS ?=

# Directories are listed too: their time changes when a file is added or removed.
sources := CMakeLists.txt pyproject.toml $(wildcard README.md LICENSE) \
	$(shell find cmake cpp licenses python -name __pycache__ -prune -o \( -type f -o -type d \) -print)

demo: $(VENV)/.installed
	$(BIN)/framelens demo

test: $(VENV)/.installed $(VENV)/.test
	$(BIN)/python tools/run_tests.py

lint: lint-python lint-cpp lint-tree

lint-python: $(VENV)/.installed $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy python/framelens tests/python/test_typed_calls.py

lint-cpp: $(VENV)/.lint
	$(BIN)/clang-format --dry-run -Werror $$(find cpp tests/cpp -name '*.[ch]pp')

lint-tree: $(VENV)/.created
	$(BIN)/python tools/check_layers.py
	$(BIN)/python tools/check_limits.py

bench: $(VENV)/.installed $(VENV)/.test
	@shopt -s nullglob; scripts=(benchmarks/bench_*.py); \
	[ $${#scripts[@]} -gt 0 ] || { echo 'no benchmarks yet'; exit 0; }; \
	for script in "$${scripts[@]}"; do $(BIN)/python "$$script" || exit 1; done

# One wheel, for the Python of .venv, from what is compiled already.
wheel: $(VENV)/.installed $(VENV)/.wheel
	tools/build_wheel.sh $(BIN)/python build/pip

# One for each Python from 3.11 to 3.14 that is found; WHEEL_PYTHONS=... chooses others.
WHEEL_PYTHONS ?=
wheels: $(VENV)/.created
	tools/build_wheels.sh $(WHEEL_PYTHONS)

sdist: $(VENV)/.build
	tools/build_sdist.sh $(BIN)/python

# Installs each wheel of dist/ in an environment of its own, with the system's ICU hidden.
test-wheel: $(VENV)/.installed $(VENV)/.test
	$(BIN)/python tools/run_tests.py wheel

# Wheels to publish, each in a container of manylinux or for macOS, tested there.
release: $(VENV)/.release
	$(BIN)/cibuildwheel --output-dir dist

docs: $(VENV)/.installed $(VENV)/.docs
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs build/docs

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# What the system lacks, and the environment with a pip that knows dependency groups.
$(VENV)/.created: tools/install_system.sh
	@[ -n "$(PYTHON)" ] || { echo 'framelens: Python 3.11 or later is missing' >&2; exit 1; }
	@tools/install_system.sh "$(PYTHON)" $(SYSTEM_EXTRAS)
	@$(BIN)/python -c '' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	@$(PIP) --upgrade 'pip>=25.1'
	@touch $@

# One rule for the groups of pyproject.toml.
groups := $(patsubst %,$(VENV)/.%,build docs lint page release test wheel)
$(groups): $(VENV)/.%: pyproject.toml | $(VENV)/.created
	@echo 'installing the tools to $*'
	@$(PIP) --group $*
	@touch $@

# The build directory stays, so that a change compiles only what it touches.
$(VENV)/.installed: $(sources) | $(VENV)/.created $(VENV)/.build
	@echo 'installing framelens'
	@$(PIP) --no-build-isolation -C build-dir=build/pip .
	@touch $@
