#!/usr/bin/env bash
# Installs the system's packages that a build needs and that are missing: by apt-get where it may
# (as root or by a sudo that asks no password), else it says the one command to run and stops.
# Usage: tools/install_system.sh PYTHON [PACKAGE ...]   (further packages, wanted but not needed)
set -euo pipefail

python=$1
shift

fail() {
    printf 'framelens: %s\n' "$1" >&2
    exit 1
}

has_header() {
    printf '#include <%s>\n' "$1" | "${CXX:-c++}" -x c++ -std=c++20 -I/usr/include/eigen3 -E - >/dev/null 2>&1
}

command -v "${CXX:-c++}" >/dev/null || fail 'a C++ compiler is missing: install g++ (on Debian: apt-get install g++)'

missing=()
has_header unicode/uchar.h || missing+=(libicu-dev)
has_header Eigen/Core || missing+=(libeigen3-dev)
has_header nlohmann/json.hpp || missing+=(nlohmann-json3-dev)
has_header catch2/catch.hpp || has_header catch2/catch_all.hpp || missing+=(catch2)
command -v ninja >/dev/null || missing+=(ninja-build)
"$python" -c 'import os, sysconfig, sys
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' ||
    missing+=(python3-dev)
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
for package in "$@"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

install="apt-get update && apt-get install -y ${missing[*]}"
command -v apt-get >/dev/null || fail "install these first: ${missing[*]} (as Debian names them)"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail "run this first: sudo sh -c '$install'"
    as_root=(sudo -n)
fi
printf 'installing %s\n' "${missing[*]}"
log=$(mktemp)
run() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >"$log" 2>&1 </dev/null ||
        { cat "$log" >&2; rm -f "$log"; fail "apt-get failed; run this first: $install"; }
}
run update
run install -y --no-install-recommends "${missing[@]}"
rm -f "$log"
