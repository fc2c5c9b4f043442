# The front door: make demo, make test. Everything that is missing is installed on the way.
SHELL := /bin/bash
.DEFAULT_GOAL := demo
.DELETE_ON_ERROR:
.PHONY: demo test lint bench wheel clean

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
	$(shell find cmake cpp python -name __pycache__ -prune -o \( -type f -o -type d \) -print)

demo: $(VENV)/.installed
	$(BIN)/framelens demo

test: $(VENV)/.installed $(VENV)/.test
	$(BIN)/python tools/run_tests.py

lint: $(VENV)/.installed $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy python/framelens tests/python/test_typed_calls.py
	$(BIN)/clang-format --dry-run -Werror $$(find cpp tests/cpp -name '*.[ch]pp')
	$(BIN)/python tools/check_layers.py
	$(BIN)/python tools/check_limits.py

bench: $(VENV)/.installed $(VENV)/.test
	@shopt -s nullglob; scripts=(benchmarks/bench_*.py); \
	[ $${#scripts[@]} -gt 0 ] || { echo 'no benchmarks yet'; exit 0; }; \
	for script in "$${scripts[@]}"; do $(BIN)/python "$$script" || exit 1; done

wheel: $(VENV)/.build
	$(BIN)/python -m pip --quiet wheel --no-build-isolation --no-deps \
		-C build-dir=build/pip --wheel-dir dist .
	@ls -1 dist/*.whl

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
$(VENV)/.build $(VENV)/.test $(VENV)/.page $(VENV)/.lint: $(VENV)/.%: pyproject.toml | $(VENV)/.created
	@echo 'installing the tools to $*'
	@$(PIP) --group $*
	@touch $@

# The build directory stays, so that a change compiles only what it touches.
$(VENV)/.installed: $(sources) | $(VENV)/.created $(VENV)/.build
	@echo 'installing framelens'
	@$(PIP) --no-build-isolation -C build-dir=build/pip .
	@touch $@
