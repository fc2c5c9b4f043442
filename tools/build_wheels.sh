#!/usr/bin/env bash
# Builds a wheel that carries its ICU for each Python, into dist/: by default for every CPython from
# 3.11 to 3.14 that is found. Runs inside a manylinux container, too.
# Usage: tools/build_wheels.sh [PYTHON ...]
set -euo pipefail
cd "$(dirname "$0")/.."

pythons=("$@")
if [ "${#pythons[@]}" -eq 0 ]; then
    while read -r python; do pythons+=("$python"); done < <(python3 tools/find_pythons.py)
fi
[ "${#pythons[@]}" -gt 0 ] || { echo 'build_wheels: no CPython from 3.11 to 3.14 is found' >&2; exit 1; }
if [ -d /opt/python ] && ! command -v icupkg >/dev/null; then
    tools/prepare_container.sh
fi
for python in "${pythons[@]}"; do
    tag=$("$python" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
    folder=build/wheels/$tag
    environment=$folder/environment/bin/python
    [ -x "$environment" ] || "$python" -m venv "$folder/environment"
    "$environment" -m pip -qq --disable-pip-version-check install --upgrade 'pip>=25.1'
    "$environment" -m pip -qq --disable-pip-version-check install --group build --group wheel
    tools/build_wheel.sh "$environment" "$folder/cmake"
done
