#!/usr/bin/env bash
# Builds a wheel that carries its ICU for each Python, into dist/: by default for every CPython from
# 3.11 to 3.14 that is found. Runs inside a manylinux container, too.
# Usage: tools/build_wheels.sh [PYTHON ...]
set -euo pipefail
cd "$(dirname "$0")/.."

pythons=("$@")
if [ "${#pythons[@]}" -eq 0 ]; then
    # A manylinux container has no plain python3.
    for name in python3 python3.11 python3.12 python3.13 python3.14; do
        ! "$name" -c '' 2>/dev/null || break
    done
    while read -r python; do pythons+=("$python"); done < <("$name" tools/find_pythons.py)
fi
[ "${#pythons[@]}" -gt 0 ] || { echo 'build_wheels: no CPython from 3.11 to 3.14 is found' >&2; exit 1; }
if [ -d /opt/python ]; then
    libraries=/tmp/framelens-libraries
    [ -d $libraries ] || PATH=$(dirname "${pythons[0]}"):$PATH tools/install_libraries.sh $libraries
    export CMAKE_PREFIX_PATH=$libraries PATH=$libraries/bin:$libraries/sbin:$PATH
    export LD_LIBRARY_PATH=$libraries/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
fi
for python in "${pythons[@]}"; do
    tag=$("$python" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
    environment=build/environments/$tag/bin/python
    [ -x "$environment" ] || "$python" -m venv "build/environments/$tag"
    "$environment" -m pip -qq --disable-pip-version-check install --upgrade 'pip>=25.1'
    "$environment" -m pip -qq --disable-pip-version-check install --group build --group wheel
    # As deep as build/pip, so that ccache knows the engine, which is compiled alike for every Python.
    tools/build_wheel.sh "$environment" "build/$tag"
done
