"""Programs in C++ that benchmarks run: how they are built, and how texts reach them."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent


def build(name: str) -> Path:
    """Build a program of ``benchmarks/`` and return where it is."""
    cmake = shutil.which("cmake", path=Path(sys.executable).parent) or "cmake"
    target = ROOT / "build" / "bench"
    options = ["-DCMAKE_BUILD_TYPE=Release", "-DFRAMELENS_BUILD_TESTS=OFF"]
    options += ["-DFRAMELENS_BUILD_BENCHMARKS=ON"]
    for command in (
        [cmake, "-S", ROOT, "-B", target, "-G", "Ninja", *options],
        [cmake, "--build", target, "--target", name],
    ):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target / name


def write_texts(texts: Iterable[str], to: BinaryIO) -> None:
    """Write each text as its size, in eight bytes, and UTF-8, as ``texts.hpp`` reads them."""
    for text in texts:
        data = text.encode()
        to.write(struct.pack("=Q", len(data)) + data)
    to.flush()
