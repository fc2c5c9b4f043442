"""What several test files need: the shared data, and where the tree is."""

from __future__ import annotations

import contextlib
import gc
import itertools
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A shell's background job ignores interrupts, which some tests send themselves.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the source tree."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data; tests that need it are skipped where it is missing."""
    folder = Path(os.environ.get("FRAMELENS_SHARED", ROOT.parent / "shared")).resolve()
    if not (folder / "gold").is_dir():
        pytest.skip(f"no shared data at {folder} (set FRAMELENS_SHARED)")
    return folder


@pytest.fixture(scope="session")
def seeds(shared: Path) -> Path:
    """The folder of five reports of one interview."""
    return shared / "seeds"


@pytest.fixture(scope="session")
def read_jsonl() -> Callable[[Path], list[dict[str, Any]]]:
    """A function that reads one JSON object a line."""

    def read(path: Path) -> list[dict[str, Any]]:
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]

    return read


@pytest.fixture(scope="session")
def gold(shared: Path, read_jsonl: Callable[[Path], Any]) -> Callable[[str], list[dict[str, Any]]]:
    """A function that reads a gold file by its name: ``gold("labels")``."""
    return lambda name: read_jsonl(shared / "gold" / f"{name}.jsonl")


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """Time a call without what earlier tests left: the collector does not look at it again."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@pytest.fixture(scope="session")
def cpu_seconds() -> Callable[..., float]:
    """A function that tells the CPU time of a call: the least of three runs.

    One run may be ten times as long where something else is on the machine. ``runs=1`` is for
    calls that keep what they found.
    """

    def seconds(call: Callable[[], object], runs: int = 3) -> float:
        taken = []
        for _ in range(runs):
            with steady():
                start = time.process_time()
                call()
                taken.append(time.process_time() - start)
        return min(taken)

    return seconds


@pytest.fixture(scope="session")
def late() -> Callable[[Callable[[], object], float], float | None]:
    """A function that interrupts a call, and tells how late it is heard.

    ``late(call, after)`` sends what Ctrl-C sends after so many seconds of CPU time, and returns the
    CPU time from there to KeyboardInterrupt; None if the call was over before.
    """

    def interrupt(call: Callable[[], object], after: float) -> float | None:
        known = signal.signal(signal.SIGPROF, signal.default_int_handler)
        with steady():
            start = time.process_time()
            try:
                signal.setitimer(signal.ITIMER_PROF, after)
                call()
                signal.setitimer(signal.ITIMER_PROF, 0)
            except KeyboardInterrupt:
                return time.process_time() - start - after
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.signal(signal.SIGPROF, known)
            return None

    return interrupt


@pytest.fixture(scope="session")
def silence() -> Callable[[Callable[[], object]], float]:
    """A function that tells for how long a call hears no signal: the longest time, of CPU.

    A timer sends a signal every 10 ms, so that one run finds the place that hears it last.
    """

    def listen(call: Callable[[], object]) -> float:
        with steady():
            heard: list[float] = [time.process_time()]
            known = signal.signal(signal.SIGPROF, lambda *_: heard.append(time.process_time()))
            try:
                signal.setitimer(signal.ITIMER_PROF, 0.01, 0.01)
                call()
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
                signal.signal(signal.SIGPROF, known)
            heard.append(time.process_time())
        return max(b - a for a, b in itertools.pairwise(heard))

    return listen
