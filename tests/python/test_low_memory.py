"""Little memory ends in MemoryError, or in fewer threads, never in the end of the process."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

# For each limit a process of its own, which prints what happened. The limit is on top of what the
# process holds when the work begins.
CODE = """
import os, resource, sys
import framelens as fl
from framelens import _core
{prepare}

def outcome(megabytes):
    with open("/proc/self/statm") as file:
        held = int(file.read().split()[0]) * resource.getpagesize()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (held + int(megabytes * 2**20), hard))
    try:
        found = {work}
    except MemoryError:
        return 3
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    return 0 if found == {work} else 4

for megabytes in {limits}:
    child = os.fork()
    if child == 0:
        try:
            code = outcome(megabytes)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            code = 5
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print({{0: "worked", 3: "MemoryError"}}.get(code, f"{{code}} at {{megabytes}} MB"), flush=True)
"""
TEXTS = """
words = [f"word{i * 7919 % 6007}" for i in range(400_000)]
texts = [" ".join(words[n : n + 400]) for n in range(0, len(words), 400)]
"""
MATRIX = """
from scipy import sparse
rows = sparse.random(1500, 4000, 0.02, random_state=1, format="csr")
fl.nearest(rows[:9], n=3)  # so that what this imports is there
"""
CORPUS = """
from framelens import languages
articles = fl.demo().texts * 12
language = languages.load("en")
"""
WORKS = {
    "count": (TEXTS, "_core.count_texts(texts, n_jobs=4).size"),
    "fold": (TEXTS, "len(_core.fold([text + 'É' for text in texts], n_jobs=4))"),
    "nearest": (MATRIX, "fl.nearest(rows, n=10, n_jobs=4).nnz"),
    "pairwise": (MATRIX, "float(fl.pairwise(rows, measure='jaccard', n_jobs=4)[3, 4])"),
    "annotate": (
        CORPUS,
        "len(_core.annotate(articles, articles, language, n_jobs=4).quotes()['start'])",
    ),
}
LIMITS = [0, 0.1, 0.3, 0.6, *range(1, 24), *range(24, 80, 4), *range(80, 260, 12)]


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited by Linux")
@pytest.mark.parametrize("name", WORKS)
def test_little_memory_is_an_error_or_fewer_threads(name: str) -> None:
    prepare, work = WORKS[name]
    run = subprocess.run(
        [sys.executable, "-c", CODE.format(prepare=prepare, work=work, limits=LIMITS)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    found = Counter(run.stdout.splitlines())
    assert found.keys() == {"worked", "MemoryError"}, (found, run.stderr[-2000:])
    assert run.returncode == 0, run.stderr[-2000:]
    assert found.total() == len(LIMITS)
