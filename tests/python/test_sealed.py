"""Classes of the engine: only the engine makes their objects, and no use ends the process."""

from __future__ import annotations

import copy
import copyreg
import pickle
import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

import framelens as fl
from framelens import _core, languages, lexicons
from framelens.labels import _label_rules
from framelens.vectorize import _learning

TEXTS = ["The quay was empty.", "Boats left the quay by night.", "Rain fell."]
CLASSES = sorted(
    (value for value in vars(_core).values() if isinstance(value, type)),
    key=lambda cls: cls.__name__,
)
BOUND = [cls for cls in CLASSES if not issubclass(cls, Exception)]
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


def reconstructed(cls: type) -> object:
    return copyreg._reconstructor(cls, object, None)  # type: ignore[attr-defined]


def through_its_base(cls: type) -> object:
    return cls.__mro__[1].__new__(cls)


def as_a_subclass(cls: type) -> object:
    return type("Own", (cls,), {})()


def as_a_subclass_without_init(cls: type) -> object:
    own = type("Own", (cls,), {"__init__": lambda self: None})
    return own()


def from_the_base_of_a_subclass(cls: type) -> object:
    own = type("Own", (cls,), {})
    return cls.__mro__[1].__new__(own)


def unpickled(cls: type) -> object:
    # What protocol 2 writes for an object that is made by `__new__`: c module name, ( ) \x81.
    name = f"c{cls.__module__}\n{cls.__qualname__}\n".encode()
    return pickle.loads(b"\x80\x02" + name + b")\x81.")


MAKERS: list[Callable[[type], object]] = [
    lambda cls: cls(),
    lambda cls: cls("text"),
    lambda cls: cls.__new__(cls),
    lambda cls: object.__new__(cls),
    lambda cls: copyreg.__newobj__(cls),  # type: ignore[attr-defined]
    reconstructed,
    through_its_base,
    as_a_subclass,
    as_a_subclass_without_init,
    from_the_base_of_a_subclass,
    unpickled,
]


def test_the_engine_binds_classes() -> None:
    assert {"Annotations", "CountedTexts", "Language", "TermList"} <= {c.__name__ for c in BOUND}


@pytest.mark.parametrize("cls", BOUND, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("make", MAKERS)
def test_an_object_that_the_engine_did_not_make_is_refused(
    cls: type, make: Callable[[type], object]
) -> None:
    with pytest.raises(TypeError):
        make(cls)


def objects() -> dict[str, Any]:
    corpus = fl.demo()
    targets = [{"name": "Tomás Beláriz", "aliases": [], "describes": [], "nouns": []}]
    return {
        "Annotations": corpus.annotations,
        "CountedTexts": _core.count_texts(TEXTS),
        "FactLanguage": languages.facts("en"),
        "LabelRules": _label_rules.load(),
        "Language": languages.load("en"),
        "Lexicon": lexicons.load("legitimacy"),
        "PlainTexts": _core.PlainTexts.of(["quay", "bo\u00adat"]),
        "TargetLabels": _core.TargetLabels.of(corpus.annotations, targets, _label_rules.load()),
        "TermList": _core.TermList.of(["quay", "boat"]),
    }


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return objects()


def test_every_class_is_tried(made: dict[str, Any]) -> None:
    assert made.keys() == {cls.__name__ for cls in BOUND}


COPIES: list[Callable[[Any], object]] = [
    copy.copy,
    copy.deepcopy,
    *(lambda value, p=p: pickle.dumps(value, protocol=p) for p in PROTOCOLS),
    *(lambda value, p=p: object.__reduce_ex__(value, p) for p in PROTOCOLS),
    object.__reduce__,
]


@pytest.mark.parametrize("cls", BOUND, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("take", COPIES)
def test_a_copy_works_or_is_refused(
    made: dict[str, Any], cls: type, take: Callable[[Any], object]
) -> None:
    try:
        taken = take(made[cls.__name__])
    except TypeError:
        return
    assert cls is _core.TermList
    if isinstance(taken, bytes):
        taken = pickle.loads(taken)
    assert isinstance(taken, _core.TermList)
    assert taken.to_list() == ["quay", "boat"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_terms_are_pickled_at_every_protocol(protocol: int) -> None:
    terms = _learning.Statistics.of_terms(
        [["quay", "", "Nicolás", "nul \0 inside", "中文"]], binary=False
    ).terms
    again = pickle.loads(pickle.dumps(terms, protocol=protocol))
    assert again.to_list() == terms.to_list()
    assert copy.deepcopy(terms).to_list() == terms.to_list()


def test_damaged_parts_of_terms_are_refused() -> None:
    data, offsets = _core.TermList.of(["quay", "boat"]).parts()
    for parts in [
        (data[:-1], offsets),
        (data, b""),
        (data, offsets[:-8]),
        (data, offsets[8:]),
        (b"\xff" + data[1:], offsets),
        (data, offsets[16:] + offsets[:16]),
    ]:
        with pytest.raises(ValueError, match="not the parts of a TermList"):
            _core.TermList.of_parts(parts)


@pytest.mark.parametrize("cls", BOUND, ids=lambda cls: cls.__name__)
def test_an_object_stays_of_its_class(made: dict[str, Any], cls: type) -> None:
    other = next(c for c in BOUND if c is not cls)
    with pytest.raises(TypeError):
        made[cls.__name__].__class__ = other


@pytest.mark.parametrize("cls", BOUND, ids=lambda cls: cls.__name__)
def test_methods_take_no_object_of_another_class(made: dict[str, Any], cls: type) -> None:
    wrong = made["TermList" if cls is not _core.TermList else "Language"]
    for name, member in vars(cls).items():
        if isinstance(member, property):
            for value in (wrong, None):
                with pytest.raises(TypeError):
                    member.fget(value)  # type: ignore[misc]
        elif isinstance(member, staticmethod):
            continue  # it takes no object
        elif callable(member) and not name.startswith("__"):
            for value in (wrong, None):
                with pytest.raises(TypeError):
                    member(value)


# In a process of its own: what these tests are about would end this one.
EVERYTHING = """
import copy, pickle, sys
import framelens as fl
from framelens import languages, lexicons

corpus = fl.demo()
texts = corpus.texts
counts = fl.CountVectorizer().fit_transform(texts)
values = {
    "corpus": corpus,
    "CountVectorizer": fl.CountVectorizer().fit(texts),
    "partial_fit": fl.CountVectorizer().partial_fit(texts[:2]).partial_fit(texts[2:]),
    "TfidfVectorizer": fl.TfidfVectorizer().fit(texts),
    "HashingVectorizer": fl.HashingVectorizer(),
    "TfidfTransformer": fl.TfidfTransformer().fit(counts),
    "WeightTransformer": fl.WeightTransformer().fit(counts),
    "BM25Transformer": fl.BM25Transformer().fit(counts),
    "similarity": fl.similarity(corpus),
    "keyness": fl.keyness(corpus),
    "quotes": fl.quotes(corpus),
    "variants": fl.quotes(corpus).variants(),
    "namings": fl.namings(corpus, targets=["Tomás Beláriz"]),
    "framing": fl.framing(corpus, targets=["Tomás Beláriz"]),
    "distancing": fl.distancing(corpus),
    "figures": fl.figures(corpus),
    "dates": fl.dates(corpus),
    "duplicates": corpus.near_duplicates(),
    "kwic": fl.kwic(corpus, "president"),
    "lexicon": lexicons.load("legitimacy"),
    "language": languages.load("en"),
}
corpus.annotations
for name, value in values.items():
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        try:
            again = pickle.loads(pickle.dumps(value, protocol=protocol))
        except TypeError as error:
            print("refused", protocol, name, str(error)[:60])
            continue
        assert type(again) is type(value), name
        if hasattr(value, "vocabulary_"):
            assert again.vocabulary_ == value.vocabulary_, name
            assert (again.transform(texts) != value.transform(texts)).nnz == 0, name
        repr(again)
    for take in (copy.copy, copy.deepcopy):
        try:
            take(value)
        except TypeError:
            pass
print("done")
"""


def test_estimators_and_results_are_pickled_or_refused_at_every_protocol() -> None:
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(EVERYTHING)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    lines = run.stdout.splitlines()
    assert lines[-1] == "done"
    # Estimators are never refused.
    assert not [line for line in lines if "Vectorizer" in line or "Transformer" in line]
