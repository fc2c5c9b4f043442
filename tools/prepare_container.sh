#!/usr/bin/env bash
# Installs what wheels need and a fresh manylinux container or Mac lacks: Eigen, nlohmann/json, Ninja
# and ICU from source. cibuildwheel runs it once before all wheels.
set -euo pipefail
cd "$(dirname "$0")/.."

if command -v brew >/dev/null; then
    brew install eigen nlohmann-json ninja
    tools/install_icu.sh "$ICU_ROOT"
else
    dnf -y -q install epel-release
    dnf -y -q install eigen3-devel json-devel ninja-build
    tools/install_icu.sh /usr/local
    echo /usr/local/lib >/etc/ld.so.conf.d/local.conf
    ldconfig
fi
