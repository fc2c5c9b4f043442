"""Objects that several threads use and change at once."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest

import framelens as fl

PARTS = [
    [f"word{part * 37 + i} word{i} common text{part % 7}" for i in range(40)] for part in range(48)
]
ALL = [text for part in PARTS for text in part]
VECTORIZERS = [fl.CountVectorizer, fl.TfidfVectorizer]


def together(*functions: Callable[[], object]) -> None:
    """Run functions in threads that start at one time; raise what one of them raises."""
    start = threading.Barrier(len(functions))
    errors: list[BaseException] = []

    def run(function: Callable[[], object]) -> None:
        start.wait()
        try:
            function()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=[function]) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@pytest.fixture(autouse=True)
def switch_often() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("kind", VECTORIZERS)
@pytest.mark.parametrize("options", [{}, {"min_df": 2}, {"analyzer": str.split}, {"n_jobs": 2}])
def test_what_threads_teach_is_not_lost(kind: type, options: dict[str, object]) -> None:
    whole = kind(**options).partial_fit(ALL)
    for _ in range(3):
        vectorizer = kind(**options)

        def teach(number: int, vectorizer: fl.CountVectorizer = vectorizer) -> None:
            for part in PARTS[number::4]:
                vectorizer.partial_fit(part)

        together(*(lambda number=number: teach(number) for number in range(4)))
        assert vectorizer.vocabulary_.keys() == whole.vocabulary_.keys()
        learned = vectorizer._learned
        assert learned.documents == len(ALL)
        counts = dict(zip(learned.terms.to_list(), learned.frequencies.tolist(), strict=True))
        expected = whole._learned
        assert counts == dict(
            zip(expected.terms.to_list(), expected.frequencies.tolist(), strict=True)
        )


@pytest.mark.parametrize("kind", VECTORIZERS)
def test_a_vectorizer_is_used_while_it_learns(kind: type) -> None:
    vectorizer = kind(min_df=2).partial_fit(PARTS[0])
    done = threading.Event()

    def teach() -> None:
        try:
            for part in PARTS[1:]:
                vectorizer.partial_fit(part)
        finally:
            done.set()

    def use() -> None:
        while not done.is_set():
            matrix = vectorizer.transform(PARTS[0][:3])
            assert matrix.shape[0] == 3
            again = pickle.loads(pickle.dumps(vectorizer))
            assert again.transform(PARTS[0][:3]).shape[1] == len(again.vocabulary_)
            restored = kind.from_json(vectorizer.to_json())
            assert restored.transform(PARTS[0][:3]).shape[1] == len(restored.vocabulary_)
            assert len(vectorizer.merge(vectorizer).vocabulary_) > 0

    together(teach, use, use)
    whole = kind(min_df=2).partial_fit(ALL)
    assert vectorizer.vocabulary_ == whole.vocabulary_
    np.testing.assert_array_equal(
        vectorizer.transform(ALL).toarray(), whole.transform(ALL).toarray()
    )


@pytest.mark.parametrize("kind", VECTORIZERS)
def test_fits_of_other_texts_do_not_mix(kind: type) -> None:
    vectorizer = kind()
    texts = [[f"first{i} shared" for i in range(50)], [f"second{i} shared" for i in range(90)]]
    sizes = {51, 91}

    def fit(number: int) -> None:
        for _ in range(20):
            vectorizer.fit(texts[number])
            assert vectorizer.transform(texts[0]).shape[1] in sizes
            assert len(vectorizer.vocabulary_) in sizes

    together(lambda: fit(0), lambda: fit(1))


def test_threads_ask_a_corpus_about_other_targets() -> None:
    names = ["Tomás Beláriz", "Maren Sólvik"]
    expected = {name: fl.namings(fl.demo(), targets=[name]).frame for name in names}
    corpus = fl.demo()

    def ask(name: str) -> None:
        for _ in range(5):
            found = fl.namings(corpus, targets=[name]).frame
            assert found.equals(expected[name])

    together(*(lambda name=name: ask(name) for name in names * 2))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_fork_while_another_thread_holds_the_lock_does_not_hang() -> None:
    from framelens.base.locking import lock_of

    vectorizer = fl.CountVectorizer().partial_fit(PARTS[0])
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with lock_of(vectorizer):
            held.set()
            release.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    child = os.fork()
    if child == 0:
        vectorizer.partial_fit(PARTS[1])
        os._exit(0 if vectorizer._learned.documents == 80 else 1)
    release.set()
    thread.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
