#!/usr/bin/env bash
# Builds ICU from source, its data trimmed, and installs it: for wheels, where the system's ICU is too
# old (manylinux_2_28 has 60) or comes without its tools. Every wheel so reads words by one Unicode.
# Usage: tools/install_icu.sh PREFIX [SOURCE]   (SOURCE: icu4c-72_1-src.tgz, else it is fetched)
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=$1
checksum=a2d2d38217092a7ed56635e34467f92f976b370e20182ad325edea6681a71d68
url=https://github.com/unicode-org/icu/releases/download/release-72-1/icu4c-72_1-src.tgz

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source=${2:-$work/icu4c-72_1-src.tgz}
[ -f "$source" ] || curl -fsSL -o "$source" "$url"
{ command -v sha256sum >/dev/null && sha256sum "$source" || shasum -a 256 "$source"; } |
    grep -q "^$checksum " || { echo "install_icu: $source is not ICU 72.1's source" >&2; exit 1; }
tar -xzf "$source" -C "$work"

cd "$work/icu/source"
jobs=$(getconf _NPROCESSORS_ONLN)
platform=Linux
[ "$(uname)" = Linux ] || platform=MacOSX
# install_name: libraries of macOS name themselves by their whole path, so that delocate finds them.
CFLAGS=-O2 CXXFLAGS='-O2 -std=c++17' ./runConfigureICU "$platform" --prefix="$prefix" \
    --enable-rpath --disable-samples --disable-tests --disable-extras --disable-icuio \
    --disable-layoutex >configure.log
make -s -j "$jobs" >make.log 2>&1 || { tail -50 make.log >&2; exit 1; }

# The tools are built with the library; then the data is packed a second time, trimmed.
export LD_LIBRARY_PATH=$PWD/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export DYLD_LIBRARY_PATH=$PWD/lib
PATH=$PWD/bin:$PATH python3 "$OLDPWD/tools/trim_icu.py" data/in/icudt72l.dat
rm -f data/out/icudt72l.dat lib/libicudata.*
make -s -C data >data.log 2>&1 || { tail -50 data.log >&2; exit 1; }
make -s install >install.log 2>&1 || { tail -50 install.log >&2; exit 1; }
