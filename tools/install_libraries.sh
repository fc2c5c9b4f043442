#!/usr/bin/env bash
# Installs the libraries that wheels are made with into a folder, of one version everywhere: Eigen's and
# nlohmann/json's headers from PyPI, and ICU from source, its data trimmed. manylinux_2_28 has ICU 60,
# which is too old, and macOS has none with headers.
# Usage: tools/install_libraries.sh FOLDER [SOURCE]   (SOURCE: icu4c-72_1-src.tgz, else it is fetched)
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$1
checksum=a2d2d38217092a7ed56635e34467f92f976b370e20182ad325edea6681a71d68
url=https://github.com/unicode-org/icu/releases/download/release-72-1/icu4c-72_1-src.tgz
trim=$PWD/tools/trim_icu.py

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$folder/include" "$folder/share/cmake/nlohmann_json"

python3 -m pip -q --disable-pip-version-check install --no-deps --target "$work/headers" \
    cmeel-eigen==3.4.1 nlohmann-json==3.12.0
cp -R "$work"/headers/cmeel.prefix/{include,share} "$folder"
cp -R "$work/headers/nlohmann_json/include/nlohmann" "$folder/include"
cat >"$folder/share/cmake/nlohmann_json/nlohmann_jsonConfig.cmake" <<'END'
add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
target_include_directories(nlohmann_json::nlohmann_json
    INTERFACE "${CMAKE_CURRENT_LIST_DIR}/../../../include")
END

source=${2:-$work/icu4c-72_1-src.tgz}
[ -f "$source" ] || curl -fsSL -o "$source" "$url"
python3 - "$source" "$checksum" <<'END'
import hashlib, pathlib, sys
source, expected = sys.argv[1:]
if hashlib.sha256(pathlib.Path(source).read_bytes()).hexdigest() != expected:
    sys.exit(f"install_libraries: {source} is not the source of ICU 72.1")
END
tar -xzf "$source" -C "$work"

quiet() { "$@" >"$work/log" 2>&1 || { tail -50 "$work/log" >&2; exit 1; }; }
platform=Linux
[ "$(uname)" = Linux ] || platform=MacOSX
cd "$work/icu/source"
export CFLAGS=-O2 CXXFLAGS='-O2 -std=c++17'
quiet ./runConfigureICU "$platform" --prefix="$folder" --enable-rpath --disable-samples \
    --disable-tests --disable-extras --disable-icuio --disable-layoutex
quiet make -j "$(getconf _NPROCESSORS_ONLN)"

# icupkg is built with the library; then the data is packed a second time, trimmed.
export LD_LIBRARY_PATH=$PWD/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} DYLD_LIBRARY_PATH=$PWD/lib
PATH=$PWD/bin:$PATH python3 "$trim" data/in/icudt72l.dat
rm -rf data/out lib/libicudata*
quiet make
quiet make install
