#!/usr/bin/env bash
# Prints what an installation costs: sizes, what the wheel links, seconds of pip for the wheel and for
# the sdist, and a run in which the system's ICU is hidden.
# Usage: benchmarks/install.sh [WHEEL SDIST]   (else those that `make wheel sdist` left in dist/)
set -euo pipefail
cd "$(dirname "$0")/.."

tag=$(.venv/bin/python -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
wheel=$(realpath "${1:-$(ls -t dist/framelens-*-"$tag"-*.whl | head -1)}")
sdist=$(realpath "${2:-$(ls -t dist/framelens-*.tar.gz | head -1)}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

seconds() {
    local start=$EPOCHREALTIME
    "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    echo "$EPOCHREALTIME $start" | awk '{printf "%.1f s\n", $1 - $2}'
}
install() { "$work/$1/bin/python" -m pip --disable-pip-version-check install "${@:2}"; }

echo "machine: $(getconf _NPROCESSORS_ONLN) cores, $(uname -m), load $(cut -d' ' -f1 /proc/loadavg)"
.venv/bin/python - "$wheel" "$sdist" <<'END'
import sys, zipfile
from pathlib import Path
for path in map(Path, sys.argv[1:]):
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
for item in zipfile.ZipFile(sys.argv[1]).infolist():
    if ".so" in item.filename:
        sizes = f"{item.file_size / 1e6:.2f} MB, {item.compress_size / 1e6:.2f} MB packed"
        print(f"  {item.filename}: {sizes}")
END

for name in wheel sdist; do .venv/bin/python -m venv "$work/$name"; done
echo "pip install of the dependencies: $(seconds install wheel numpy scipy scikit-learn pandas \
    narwhals matplotlib jinja2 tqdm typer)"
echo "pip install of the wheel after them: $(seconds install wheel "$wheel")"
echo "pip install of the sdist, without dependencies: $(seconds install sdist --no-deps "$sdist")"

module=$(ls "$work"/wheel/lib/python*/site-packages/framelens/_core.*.so)
echo 'links:'
ldd "$module" | awk '{print "  " $1, $2, $3}' | sed "s#$work/wheel/##"

hide=$(find -L /lib /usr/lib /usr/local/lib -maxdepth 2 -name 'libicu*.so.*' -exec realpath {} + |
    sort -u | sed 's#.*#mount --bind /dev/null & \&\& #' | tr -d '\n')
echo "with the system's ICU hidden:"
code='import pandas, sklearn, time
start = time.perf_counter()
import framelens as fl
print(f"  import framelens: {time.perf_counter() - start:.3f} s")
counted = fl.CountVectorizer(tokenizer="unicode")
counted.fit(["总统会见了外国记者", "大統領は記者団と会った", "ประธานาธิบดีพบกับผู้สื่อข่าว"])
print("  words:", " ".join(counted.get_feature_names_out()))'
unshare -m sh -c "$hide \"\$@\"" sh "$work/wheel/bin/python" -c "$code"
unshare -m sh -c "$hide \"\$@\"" sh "$work/wheel/bin/framelens" demo -o "$work/report.html" |
    head -1 | sed 's/^/  framelens demo: /'
