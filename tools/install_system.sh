#!/usr/bin/env bash
# Installs the system's packages that a build needs and that are missing: by apt-get or dnf where it
# may (as root or by a sudo that asks no password), by Homebrew on macOS; else it says the one
# command to run and stops.
# Usage: tools/install_system.sh PYTHON [PACKAGE ...]   (further packages, wanted but not needed)
set -euo pipefail

python=$1
shift

fail() {
    printf 'framelens: %s\n' "$1" >&2
    exit 1
}

manager=
for name in apt-get dnf brew; do
    if command -v "$name" >/dev/null; then
        manager=$name
        break
    fi
done

includes=(-I/usr/include/eigen3)
if [ "$manager" = brew ]; then
    prefix=$(brew --prefix)
    includes=("-I$prefix/include" "-I$prefix/include/eigen3" "-I$prefix/opt/icu4c/include")
fi

has_header() {
    printf '#include <%s>\n' "$1" |
        "${CXX:-c++}" -x c++ -std=c++20 "${includes[@]}" -E - >/dev/null 2>&1
}

missing=()
# The package's name on Debian, on Fedora and in Homebrew; a dash where there is none to install.
need() {
    case $manager in
        dnf) package=$2 ;;
        brew) package=$3 ;;
        *) package=$1 ;;
    esac
    [ "$package" = - ] || missing+=("$package")
}

command -v "${CXX:-c++}" >/dev/null ||
    fail 'a C++ compiler is missing: install g++ (on Debian: apt-get install g++)'
has_header unicode/uchar.h || need libicu-dev libicu-devel icu4c
has_header Eigen/Core || need libeigen3-dev eigen3-devel eigen
has_header nlohmann/json.hpp || need nlohmann-json3-dev json-devel nlohmann-json
has_header catch2/catch.hpp || has_header catch2/catch_all.hpp || need catch2 catch-devel catch2
command -v ninja >/dev/null || need ninja-build ninja-build ninja
"$python" -c 'import os, sysconfig, sys
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' ||
    need python3-dev python3-devel -
"$python" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv - -
for package in "$@"; do
    case $manager in
        apt-get) dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package") ;;
        dnf) rpm -q "$package" >/dev/null 2>&1 || missing+=("$package") ;;
        brew) brew list "$package" >/dev/null 2>&1 || missing+=("$package") ;;
    esac
done
[ "${#missing[@]}" -gt 0 ] || exit 0

[ -n "$manager" ] || fail "install these first: ${missing[*]} (as Debian names them)"
if [ "$manager" = apt-get ]; then
    commands=('apt-get -qq update' "apt-get -qq install -y --no-install-recommends ${missing[*]}")
    said="apt-get update && apt-get install -y ${missing[*]}"
else
    install='-y install'
    [ "$manager" = dnf ] || install=install
    commands=("$manager $install ${missing[*]}")
    said=${commands[0]}
fi
as_root=
if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || fail "run this first: sudo sh -c '$said'"
    as_root='sudo -n'
fi
printf 'installing %s\n' "${missing[*]}"
log=$(mktemp)
for command in "${commands[@]}"; do
    # Words of our own and names of packages, split on purpose.
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive $command >"$log" 2>&1 </dev/null ||
        { cat "$log" >&2; rm -f "$log"; fail "$manager failed; run this first: $said"; }
done
rm -f "$log"
