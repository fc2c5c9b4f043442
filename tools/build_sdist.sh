#!/usr/bin/env bash
# Builds the sdist into dist/ from the files that git knows, so that nothing else gets in.
# Usage: tools/build_sdist.sh PYTHON   (PYTHON has the dependency group build)
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(realpath -s "$1")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
git ls-files -z | tar --null --files-from=- --create --ignore-failed-read | tar --extract -C "$tree"
mkdir -p dist
folder=$(realpath dist)
cd "$tree"
"$python" -c 'import sys; from scikit_build_core.build import build_sdist
build_sdist(sys.argv[1])' "$folder" >build.log
ls -1 "$folder"/framelens-*.tar.gz
