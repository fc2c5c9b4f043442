"""The border to Python: texts in, arrays and errors out, runs that can be stopped."""

from __future__ import annotations

import _thread
import gc
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from framelens import _core

TEXTS = ["", "plain", "Nicolás", "中文", "emoji 😀 👍🏽", "e\u0301", "nul \0 inside", "\U0010ffff"]


class Text(str):
    """A str by inheritance, as NumPy's and others' are."""


@pytest.mark.parametrize(
    "texts",
    [
        TEXTS,
        tuple(TEXTS),
        (text for text in TEXTS),
        dict.fromkeys(TEXTS),
        pd.Series(TEXTS),
        pd.Series(TEXTS, dtype="object"),
        np.array(TEXTS, dtype=object),
        [np.str_(text) for text in TEXTS],
        [Text(text) for text in TEXTS],
    ],
)
def test_any_iterable_of_str_is_taken(texts: object) -> None:
    assert _core.fold(texts) == _core.fold(TEXTS)


def test_every_code_point_crosses_the_border() -> None:
    # Digits of every script fold to themselves or to ASCII digits: the text is compared whole.
    private = [chr(c) for c in (0xE000, 0xF8FF, 0xF0000, 0x10FFFD)]
    assert _core.fold(private) == private
    assert _core.fold(["".join(private)]) == ["".join(private)]


def test_no_texts_are_no_texts() -> None:
    assert _core.fold([]) == []


@pytest.mark.parametrize("text", ["one text", "", Text("one text")])
def test_a_bare_str_is_refused(text: str) -> None:
    expected = "Iterable over raw text documents expected, string object received."
    with pytest.raises(ValueError, match=expected):
        _core.fold(text)


@pytest.mark.parametrize("texts", [b"bytes", 3, None, 1.5])
def test_what_is_no_iterable_of_str_is_refused(texts: object) -> None:
    with pytest.raises(TypeError, match=r"^texts must be an iterable of str, not \w+$"):
        _core.fold(texts)


@pytest.mark.parametrize("value", [None, float("nan"), np.nan, np.float64("nan"), pd.NA, pd.NaT])
def test_a_missing_text_is_refused_with_its_position(value: object) -> None:
    with pytest.raises(ValueError, match=r"^texts\[2\] is missing$"):
        _core.fold(["a", "b", value, 3])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (b"bytes", r"^texts\[1\] is bytes, not str: decode it first$"),
        (3, r"^texts\[1\] is int, not str$"),
        (1.5, r"^texts\[1\] is float, not str$"),
        (["nested"], r"^texts\[1\] is list, not str$"),
    ],
)
def test_another_type_is_refused_with_its_position(value: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        _core.fold(["a", value])


@pytest.mark.parametrize("before", ["", "abc", "é", "中", "😀" * 3])
@pytest.mark.parametrize("surrogate", [0xD800, 0xDC80, 0xDFFF])
def test_a_lone_surrogate_is_refused_with_its_place(before: str, surrogate: int) -> None:
    with pytest.raises(_core.EncodingError) as caught:
        _core.fold(["fine", before + chr(surrogate) + "after"])
    assert isinstance(caught.value, ValueError)
    assert (caught.value.document, caught.value.offset) == (1, len(before))
    assert str(caught.value) == f"texts[1] has a lone surrogate at code point {len(before)}"


def test_messages_do_not_print_the_texts() -> None:
    with pytest.raises(_core.EncodingError) as caught:
        _core.fold(["x" * 5_000_000 + "\ud800"])
    assert len(str(caught.value)) < 200


def test_an_exception_of_the_iterable_passes_through() -> None:
    def broken() -> Iterator[str]:
        yield "first"
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        _core.fold(broken())


def test_errors_are_value_errors_with_attributes() -> None:
    for error, attributes in [
        (_core.EncodingError, ("document", "offset")),
        (_core.SchemaError, ("pointer",)),
    ]:
        assert issubclass(error, ValueError)
        assert error.__module__ == "framelens._core"
        assert all(getattr(error("text"), name) is None for name in attributes)
        copy = pickle.loads(pickle.dumps(error("text")))
        assert type(copy) is error
        assert copy.args == ("text",)
    with pytest.raises(_core.EncodingError) as caught:
        _core.fold(["\ud800"])
    assert pickle.loads(pickle.dumps(caught.value)).document == 0


def test_n_jobs_is_that_of_joblib_and_changes_nothing() -> None:
    texts = TEXTS * 500
    expected = _core.fold(texts)
    for n_jobs in (None, 1, 2, 7, 64, -1, -2, -100):
        assert _core.fold(texts, n_jobs=n_jobs) == expected
    with pytest.raises(ValueError, match="n_jobs is 0"):
        _core.fold(texts, n_jobs=0)


def test_progress_ends_at_the_total() -> None:
    seen: list[tuple[int, int]] = []
    _core.fold(["Ж" * 20_000] * 300, n_jobs=2, progress=lambda *report: seen.append(report))
    assert seen[-1] == (300, 300)
    assert seen == sorted(seen)


def test_progress_must_be_callable() -> None:
    with pytest.raises(TypeError, match="progress must be a callable or None, not int"):
        _core.fold(["a"], progress=3)


@pytest.mark.parametrize("n_jobs", [1, 3])
def test_an_exception_in_progress_ends_the_run_as_it_is(n_jobs: int) -> None:
    class MineError(Exception):
        pass

    def progress(done: int, total: int) -> None:
        raise MineError(done)

    with pytest.raises(MineError):
        _core.fold(["Ж" * 20_000] * 300, n_jobs=n_jobs, progress=progress)
    assert _core.fold(["A"]) == ["a"]


@pytest.mark.parametrize("n_jobs", [1, 3])
def test_an_interrupt_stops_a_run_soon(n_jobs: int) -> None:
    texts = ["Ж" * 200_000] * 300
    timer = threading.Timer(0.5, _thread.interrupt_main)
    timer.start()
    start = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        _core.fold(texts, n_jobs=n_jobs)
    timer.join()
    # 0.5 s until the interrupt, 0.2 s to stop, and room for a busy machine.
    assert time.perf_counter() - start < 3


def test_other_threads_run_meanwhile() -> None:
    ticks = 0
    stop = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stop.wait(0.005):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        _core.fold(["Ж" * 20_000] * 1500)
    finally:
        stop.set()
        thread.join()
    assert ticks > 5


def test_threads_may_call_at_once() -> None:
    results: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: results.append(_core.fold(TEXTS * 200, n_jobs=2)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [_core.fold(TEXTS * 200)] * 4


def test_a_fork_after_a_run_works() -> None:
    code = """
import os
from framelens import _core
_core.fold(["A"] * 100, n_jobs=4)
child = os.fork()
if child == 0:
    os._exit(0 if _core.fold(["A"] * 100, n_jobs=4) == ["a"] * 100 else 1)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_texts_and_callbacks_are_let_go() -> None:
    def progress(done: int, total: int) -> None: ...

    text = "a text that is only here é"
    before = sys.getrefcount(text), sys.getrefcount(progress)
    for _ in range(50):
        _core.fold([text], n_jobs=2, progress=progress)
    gc.collect()
    assert (sys.getrefcount(text), sys.getrefcount(progress)) == before


def test_versions_are_reported() -> None:
    assert set(_core.unicode_versions()) == {"ICU", "Unicode"}
