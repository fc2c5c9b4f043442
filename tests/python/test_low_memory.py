"""Little memory ends in MemoryError, or in fewer threads, never in the end of the process."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

pytest.importorskip("resource")

# Prints what happened. The limit is on top of what the process holds when the work begins.
CODE = """
import resource, sys
import framelens as fl
from framelens import _core

{prepare}

def work():
{work}

with open("/proc/self/statm") as file:
    held = int(file.read().split()[0]) * resource.getpagesize()
limit = held + int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
try:
    found = work()
except MemoryError:
    found = "MemoryError"
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print("MemoryError" if isinstance(found, str) else "worked" if found == work() else "another")
"""

TEXTS = """
words = [f"word{i * 7919 % 6007}" for i in range(400_000)]
texts = [" ".join(words[n : n + 400]) for n in range(0, len(words), 400)]
"""
MATRIX = """
import numpy as np
from scipy import sparse
rows = sparse.random(1500, 4000, 0.02, random_state=1, format="csr")
found = fl.nearest(rows[:9], n=3)  # scipy is imported, and its threads are there
"""
WORKS = {
    "count": (TEXTS, "    return _core.count_texts(texts, n_jobs=4).size"),
    "fold": (TEXTS, "    return len(_core.fold(texts, n_jobs=4))"),
    "nearest": (MATRIX, "    return fl.nearest(rows, n=10, n_jobs=4).nnz"),
    "pairwise": (
        MATRIX,
        '    return float(fl.pairwise(rows, measure="jaccard", n_jobs=4)[3, 4])',
    ),
}
MEGABYTE = 1 << 20
MEGABYTES = (0, 1, 2, 4, 6, 8, 9, 10, 12, 16, 20, 24, 32, 48, 72, 100, 150, 220)
LIMITS = [n * MEGABYTE for n in MEGABYTES]


def outcome(prepare: str, work: str, limit: int) -> str:
    run = subprocess.run(
        [sys.executable, "-c", CODE.format(prepare=prepare, work=work), str(limit)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, f"{limit >> 20} MB: {run.returncode}\n{run.stderr[-2000:]}"
    return run.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited by Linux")
@pytest.mark.parametrize("name", WORKS)
def test_little_memory_is_an_error_or_fewer_threads(name: str) -> None:
    prepare, work = WORKS[name]
    found = Counter(outcome(prepare, work, limit) for limit in LIMITS)
    assert found.keys() <= {"worked", "MemoryError"}, found
    # The limits are of use: some are too low, and not all are.
    assert found["MemoryError"] > 0, found
    assert found["worked"] > 0, found
