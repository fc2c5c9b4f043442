#!/usr/bin/env bash
# Builds a wheel that carries its ICU into dist/.
# Usage: tools/build_wheel.sh PYTHON FOLDER   (PYTHON has the dependency groups build and wheel;
# FOLDER is where CMake builds, and what it has built already is not built again)
set -euo pipefail
cd "$(dirname "$0")/.."

python=$1
folder=$2

raw=$(mktemp -d)
trap 'rm -rf "$raw"' EXIT
"$python" -m pip wheel -qq --disable-pip-version-check --no-build-isolation --no-deps \
    -C build-dir="$folder" --wheel-dir "$raw" .
bin=$(cd "$(dirname "$python")" && pwd)
PATH=$bin:$PATH "$python" tools/repair_wheel.py "$raw"/framelens-*.whl dist
