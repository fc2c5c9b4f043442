"""What a vectorizer learns can go on, be merged and be kept: partial_fit, merge, to_json, save."""

from __future__ import annotations

import itertools
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
import tqdm.auto
from hypothesis import given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens import _core
from framelens.base import saving as _saving
from framelens.vectorize import _counting
from framelens.vectorize._learning import Growing, Statistics

WORDS = st.lists(
    st.sampled_from(["the", "leader", "spoke", "aide", "über", "日本語", "state", "u.s."]),
    max_size=6,
)
TEXTS = st.lists(WORDS.map(" ".join), max_size=6)
OPTIONS: list[dict[str, Any]] = [
    {},
    {"ngram_range": (1, 2), "min_df": 2},
    {"max_features": 3, "max_df": 0.9},
    {"analyzer": "char_wb", "ngram_range": (2, 3), "binary": True},
    {"tokenizer": str.split, "token_pattern": None},
]


def state(vectorizer: Any, texts: list[str]) -> Any:
    """All that two equal vectorizers share, to the byte; or the error that they give."""
    try:
        matrix = vectorizer.transform(texts)
    except ValueError as error:
        return str(error)
    idf = vectorizer.idf_.tobytes() if isinstance(vectorizer, fl.TfidfVectorizer) else b""
    if not callable(vectorizer.tokenizer):
        idf += json.dumps(json.loads(vectorizer.to_json())["fitted"]).encode()
    parts = [matrix.indptr.tobytes(), matrix.indices.tobytes(), matrix.data.tobytes(), idf]
    return list(vectorizer.vocabulary_.items()), parts


@pytest.mark.parametrize("name", ["CountVectorizer", "TfidfVectorizer"])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@settings(max_examples=30, deadline=None)
@given(first=TEXTS, second=TEXTS)
def test_parts_learn_what_the_whole_does(
    name: str, options: dict[str, Any], first: list[str], second: list[str]
) -> None:
    make = getattr(fl, name)
    whole = make(**options)
    try:
        whole.fit(first + second)
        expected = state(whole, first + second)
    except ValueError as error:
        expected = str(error)
    stream = make(**options).partial_fit(first).partial_fit(iter(second))
    merged = make(**options).partial_fit(first).merge(make(**options).partial_fit(second))
    for learned in (stream, merged):
        if first or second:
            assert state(learned, first + second) == expected


def test_a_generator_is_read_some_texts_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_counting, "DOCUMENTS_AT_ONCE", 3)
    texts = [f"word{i % 5} term{i}" for i in range(20)]
    held: list[int] = []

    def stream() -> Iterator[str]:
        for number, text in enumerate(texts):
            held.append(number)
            yield text

    learned = fl.TfidfVectorizer().partial_fit(stream())
    assert len(held) == 20
    assert state(learned, texts) == state(fl.TfidfVectorizer().fit(texts), texts)


def test_merge_refuses_what_does_not_fit() -> None:
    fitted = fl.CountVectorizer().fit(["one"])
    with pytest.raises(
        ValueError, match="min_df must be the same in both vectorizers, not 1 and 2"
    ):
        fitted.merge(fl.CountVectorizer(min_df=2).fit(["two two", "two"]))
    with pytest.raises(ValueError, match="both vectorizers must have learned"):
        fitted.merge(fl.CountVectorizer())
    with pytest.raises(ValueError, match="must be a CountVectorizer, not a TfidfVectorizer"):
        fitted.merge(fl.TfidfVectorizer().fit(["one"]))
    with pytest.raises(ValueError, match="cannot extend a given vocabulary"):
        fl.CountVectorizer(vocabulary=["one"]).partial_fit(["one"])


FITTED = [
    fl.CountVectorizer(ngram_range=(1, 2), stop_words=["the"]),
    fl.TfidfVectorizer(sublinear_tf=True, dtype=np.float32, max_df=0.9),
    fl.TfidfVectorizer(vocabulary=["leader", "spoke"], use_idf=False),
    fl.TfidfVectorizer(vocabulary={"leader": 1, "spoke": 0}),
]
SOME = ["the leader spoke", "the aide “spoke”\x00 über", "日本語 leader leader"]


@pytest.mark.parametrize("vectorizer", FITTED, ids=str)
def test_what_is_saved_is_what_is_loaded(vectorizer: Any, tmp_path: Path) -> None:
    empty = type(vectorizer).from_json(vectorizer.to_json())
    assert empty.get_params() == vectorizer.get_params()
    vectorizer.fit(SOME)
    path = tmp_path / "model.json"
    vectorizer.save(path)
    loaded = type(vectorizer).load(path)
    assert loaded.get_params() == vectorizer.get_params()
    np.testing.assert_array_equal(
        loaded.transform(SOME).toarray(), vectorizer.transform(SOME).toarray()
    )
    assert list(loaded.vocabulary_.items()) == list(vectorizer.vocabulary_.items())
    assert loaded.to_json() == vectorizer.to_json()
    assert os.listdir(tmp_path) == ["model.json"]


def test_other_estimators_are_saved_too() -> None:
    counts = fl.CountVectorizer().fit_transform(SOME)
    transformer = fl.TfidfTransformer(norm="l1").fit(counts)
    loaded = fl.TfidfTransformer.from_json(transformer.to_json())
    assert (loaded.transform(counts) != transformer.transform(counts)).nnz == 0
    hashing = fl.HashingVectorizer(n_features=8)
    same = fl.HashingVectorizer.from_json(hashing.to_json())
    assert (same.transform(SOME) != hashing.transform(SOME)).nnz == 0


def test_code_is_not_saved() -> None:
    with pytest.raises(ValueError, match="tokenizer cannot be written as JSON"):
        fl.CountVectorizer(tokenizer=str.split, token_pattern=None).to_json()


def test_damaged_models_are_refused(tmp_path: Path) -> None:
    text = fl.TfidfVectorizer().fit(SOME).to_json()
    data = json.loads(text)
    damaged = {
        "/checksum": text.replace("leader", "dealer"),
        "/version": json.dumps(data | {"version": 99}),
        "/format": "[]",
        "/class": fl.CountVectorizer().to_json(),
        "": text[: len(text) // 2],
    }
    for pointer, wrong in damaged.items():
        with pytest.raises(fl.SchemaError) as raised:
            fl.TfidfVectorizer.from_json(wrong)
        assert raised.value.pointer == pointer
    for wrong in ("", "{" * 100_000, "[" * 100_000, '{"format": 1, "format": 2}', "null"):
        with pytest.raises(fl.SchemaError):
            fl.TfidfVectorizer.from_json(wrong)
    path = tmp_path / "model.json"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(fl.SchemaError, match="byte 0 is not UTF-8"):
        fl.TfidfVectorizer.load(path)


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.json"
    fl.CountVectorizer().fit(SOME).save(path)
    before = path.read_text(encoding="utf-8")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        fl.CountVectorizer().fit(["other"]).save(path)
    assert path.read_text(encoding="utf-8") == before
    assert os.listdir(tmp_path) == ["model.json"]


def test_formula_says_which_weighting_is_in_force() -> None:
    assert fl.TfidfVectorizer().formula_ == (
        "(count) * (ln((1 + documents) / (1 + df)) + 1), each row divided by its Euclidean length"
    )
    assert fl.TfidfVectorizer(use_idf=False, norm=None, sublinear_tf=True).formula_ == (
        "1 + ln(count)"
    )


@pytest.fixture(scope="module")
def long_texts() -> list[str]:
    return [" ".join(f"w{(i * j) % 9973}" for j in range(3000)) for i in range(1, 1501)] * 2


@pytest.mark.parametrize("method", ["fit", "fit_transform", "partial_fit"])
def test_an_interrupt_leaves_the_object_as_it_was(method: str, long_texts: list[str]) -> None:
    vectorizer = fl.TfidfVectorizer(ngram_range=(1, 3)).fit(SOME)
    before = state(vectorizer, SOME)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            getattr(vectorizer, method)(iter(long_texts))
    finally:
        timer.cancel()
    assert state(vectorizer, SOME) == before


def _stops_late(seconds: float, work: Callable[[], object]) -> float:
    """Interrupt work after so many seconds; return how long the processor went on with it."""
    sent = []

    def interrupt() -> None:
        sent.append(time.process_time())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(seconds, interrupt)
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        return time.process_time() - sent[0]
    finally:
        timer.cancel()


@pytest.mark.parametrize("n_jobs", [1, 2])
@pytest.mark.parametrize(
    "options", [{}, {"ngram_range": (1, 2)}, {"analyzer": "char_wb", "ngram_range": (3, 5)}]
)
def test_an_interrupt_stops_soon_even_within_one_document(
    options: dict[str, Any], n_jobs: int
) -> None:
    text = " ".join(f"w{i % 9973}" for i in range(100_000)) * 200
    vectorizer = fl.CountVectorizer(**options, n_jobs=n_jobs).fit(SOME)
    before = state(vectorizer, SOME)
    # Of the processor: others may keep it busy.
    tries = (_stops_late(0.05, lambda: vectorizer.fit([text, text])) for _ in range(3))
    assert any(late < 0.2 * n_jobs for late in tries)
    assert state(vectorizer, SOME) == before


def test_an_interrupt_stops_the_sorting_of_terms() -> None:
    terms = _core.TermList.of([f"{i * 2654435761 % 2**32:08x}" for i in range(3_000_000)])
    tries = (_stops_late(0.02, lambda: terms.sorted(n_jobs=1)) for _ in range(3))
    assert any(late < 0.2 for late in tries)


def test_a_document_of_a_gigabyte() -> None:
    text = "Word after word, again " * 50_000_000
    assert len(text) > 2**30
    counts = fl.CountVectorizer().fit_transform([text, "again"])
    assert counts.toarray().tolist() == [[50_000_000, 50_000_000, 100_000_000], [0, 1, 0]]


def test_threads_fit_at_once() -> None:
    texts = [f"word{i % 7} term{i % 11} item{i}" for i in range(2000)]
    expected = state(fl.TfidfVectorizer().fit(texts), texts)
    with ThreadPoolExecutor(4) as pool:
        fits = [pool.submit(fl.TfidfVectorizer(n_jobs=2).fit, texts) for _ in range(8)]
        for fit in fits:
            assert state(fit.result(), texts) == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_forked_child_fits() -> None:
    fl.CountVectorizer(n_jobs=2).fit(["one two"] * 100)
    child = os.fork()
    if child == 0:
        counts = fl.CountVectorizer(n_jobs=2).fit_transform(["one two"] * 100)
        os._exit(0 if counts.sum() == 200 else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_token_of_a_million_characters() -> None:
    for token in ("x" * 1_000_000, "é" * 1_000_000, "日" * 1_000_000):
        counts = fl.CountVectorizer().fit_transform([f"one {token} two", token])
        assert counts.toarray().tolist()[1] in ([0, 0, 1], [1, 0, 0], [0, 1, 0])


ARROW = [
    "the leader spoke",
    "“naïve” leader 日本語",
    "",
    "a text of more than twelve bytes",
    "short",
]


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
@pytest.mark.parametrize("name", ["CountVectorizer", "TfidfVectorizer", "HashingVectorizer"])
def test_arrow_strings_are_read_as_they_lie(kind: str, name: str) -> None:
    pa = pytest.importorskip("pyarrow")
    make = getattr(fl, name)
    expected = make().fit_transform(ARROW[1:])
    kinds = {"dictionary": lambda: pa.dictionary(pa.int8(), pa.string())}
    array = pa.array(ARROW, type=kinds.get(kind, getattr(pa, kind))()).slice(1)
    chunked = pa.chunked_array([array.slice(0, 1), array.slice(1)])
    for values in (array, chunked, pa.table({"text": chunked})):
        found = make(n_jobs=2).fit_transform(values)
        assert (found != expected).nnz == 0
        assert found.shape == expected.shape
    assert (make(strip_accents="ascii").fit_transform(chunked)).shape[0] == 4


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "dictionary"])
@pytest.mark.parametrize(("start", "length"), [(1, 1), (0, 2), (2, 3), (4, 1), (1, 0)])
def test_arrow_structs_are_read_where_they_are_sliced(kind: str, start: int, length: int) -> None:
    pa = pytest.importorskip("pyarrow")
    kinds = {"dictionary": lambda: pa.dictionary(pa.int8(), pa.string())}
    column = pa.array(["before", *ARROW], type=kinds.get(kind, getattr(pa, kind))()).slice(1)
    struct = pa.StructArray.from_arrays([column], ["text"]).slice(start, length)
    batch = pa.record_batch({"text": column}).slice(start, length)
    vectorizer = fl.CountVectorizer().fit(ARROW)
    expected = vectorizer.transform(ARROW[start : start + length])
    for values in (struct, struct.slice(0), pa.chunked_array([struct, struct[:0]]), batch):
        found = vectorizer.transform(values)
        assert found.shape == expected.shape
        assert (found != expected).nnz == 0


def test_arrow_structs_with_missing_rows() -> None:
    pa = pytest.importorskip("pyarrow")
    texts = pa.array(["aa", "bb", "cc", "dd"])
    struct = pa.StructArray.from_arrays(
        [texts], ["text"], mask=pa.array([False, False, True, False])
    )
    for values, row in ((struct, 2), (struct[1:], 1), (struct[2:], 0)):
        with pytest.raises(ValueError, match=rf"None is an invalid document.*row {row}"):
            fl.CountVectorizer().fit(values)
    assert sorted(fl.CountVectorizer().fit(struct[:2]).vocabulary_) == ["aa", "bb"]
    assert sorted(fl.CountVectorizer().fit(struct[3:]).vocabulary_) == ["dd"]
    inner = pa.StructArray.from_arrays([pa.array(["aa", None, "cc"])], ["text"])
    with pytest.raises(ValueError, match=r"row 0"):
        fl.CountVectorizer().fit(inner[1:])


def test_arrow_values_that_are_no_texts() -> None:
    pa = pytest.importorskip("pyarrow")
    missing = pa.chunked_array([pa.array(["one", "two"]), pa.array(["three", None])])
    with pytest.raises(ValueError, match=r"None is an invalid document.*row 3"):
        fl.CountVectorizer().fit(missing)
    with pytest.raises(TypeError, match="must be strings"):
        fl.CountVectorizer().fit(pa.chunked_array([pa.array([1, 2])]))
    with pytest.raises(ValueError, match="one column, not 2"):
        fl.CountVectorizer().fit(pa.table({"a": ["x"], "b": ["y"]}))
    raw = pa.array([b"fine", b"caf\xe9 noir"]).view(pa.string())
    with pytest.raises(fl.EncodingError, match="not UTF-8") as raised:
        fl.CountVectorizer().fit(pa.chunked_array([raw]))
    assert (raised.value.document, raised.value.offset) == (1, 3)
    late = b"word " * 20_000 + b"caf\xc3 noir"
    with pytest.raises(fl.EncodingError, match="not UTF-8, at byte 100003") as raised:
        fl.CountVectorizer().fit(pa.array([b"fine", b"fine", late]).view(pa.string()))
    assert (raised.value.document, raised.value.offset) == (2, 100_003)


def test_series_of_data_frames() -> None:
    pd = pytest.importorskip("pandas")
    pl = pytest.importorskip("polars")
    expected = fl.CountVectorizer().fit_transform(ARROW)
    for values in (
        pd.Series(ARROW, dtype=object),
        pd.Series(ARROW, dtype="string"),
        pd.Series(ARROW, dtype="string[pyarrow]"),
        pl.Series(ARROW),
        np.array(ARROW, dtype=object),
    ):
        assert (fl.CountVectorizer().fit_transform(values) != expected).nnz == 0
        assert (fl.CountVectorizer().partial_fit(values).transform(ARROW) != expected).nnz == 0
        vectorizer = fl.CountVectorizer(tokenizer=str.split, token_pattern=None)
        assert vectorizer.fit_transform(values).shape[0] == len(ARROW)


def test_parts_of_like_size_are_joined() -> None:
    # A stack of parts, each more than twice the next: joining is linear but for a logarithm.
    texts = [f"word{i} word{i + 1} same" for i in range(300)]
    growing = Growing()
    for text in texts:
        growing.add(Statistics.of_terms([text.split()], binary=False))
        sizes = [part.terms.size for part in growing._parts]
        assert all(first > 2 * second for first, second in itertools.pairwise(sizes))
    whole = growing.whole()
    assert whole is not None
    expected = Statistics.of_terms([text.split() for text in texts], binary=False)
    assert whole.terms.to_list() == expected.terms.to_list()
    assert whole.frequencies.tolist() == expected.frequencies.tolist()
    assert Growing().whole() is None


STREAM = """
import resource, sys
import framelens as fl
page = " ".join(f"word{i % 5003} and" for i in range(20_000))
def stream(megabytes):
    for number in range(megabytes * 2**20 // len(page)):
        yield f"{page} {number}"
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
fl.TfidfVectorizer(min_df=2).partial_fit(stream(60))
before = peak()
vectorizer = fl.TfidfVectorizer(min_df=2).partial_fit(stream(400))
print(peak() - before, len(vectorizer.vocabulary_))
"""


def test_a_stream_of_any_length_needs_bounded_memory() -> None:
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", STREAM], capture_output=True, text=True, check=True
    )
    more, terms = map(int, done.stdout.split())
    assert terms > 5000
    # Megabytes, of 400 that went through after 60.
    assert more < 40


@pytest.mark.parametrize("vectorizer", FITTED, ids=str)
def test_any_damage_is_seen(vectorizer: Any) -> None:
    text = vectorizer.fit(SOME).to_json()
    rng = np.random.default_rng(0)
    cuts = {0, 1, len(text) - 1, *rng.integers(0, len(text), 50).tolist()}
    damaged = [text[:cut] for cut in cuts]
    for place in rng.integers(0, len(text), 100).tolist():
        other = "x" if text[place] != "x" else "y"
        damaged += [text[:place] + other + text[place + 1 :], text[:place] + text[place + 1 :]]
    for wrong in damaged:
        if wrong.replace(" ", "") == text.replace(" ", ""):
            continue
        with pytest.raises(fl.SchemaError):
            type(vectorizer).from_json(wrong)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all values inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


@pytest.mark.parametrize(
    "estimator",
    [
        *FITTED,
        fl.TfidfVectorizer(smartirs="ltb"),
        fl.TfidfTransformer(),
        fl.TfidfTransformer(smartirs="ltu"),
        fl.WeightTransformer(),
        fl.BM25Transformer(),
    ],
    ids=str,
)
def test_a_model_of_another_shape_is_refused(estimator: Any) -> None:
    # Whoever edits a model can set the checksum too: what is wrong in it must still be found.
    takes_text = isinstance(estimator, fl.CountVectorizer)
    known = SOME if takes_text else fl.CountVectorizer().fit_transform(SOME)
    data = json.loads(estimator.fit(known).to_json())
    for path in places(data["fitted"]):
        for wrong in (None, -1, 0.5, "x", [], {}, True, 10**30, [None], ["x"]):
            edited = json.loads(json.dumps(data))
            inner = edited["fitted"]
            for key in path[:-1]:
                inner = inner[key]
            inner[path[-1]] = wrong
            body = {key: edited[key] for key in ("class", "parameters", "fitted")}
            edited["checksum"] = _saving._checksum(body)
            try:
                made = type(estimator).from_json(json.dumps(edited))
            except fl.SchemaError as error:
                assert error.pointer.startswith("/fitted")
            else:
                # Other numbers may be another model, but a whole one.
                assert made.transform(known).shape[0] == len(SOME)


class Evil:
    def __reduce__(self) -> Any:
        return os.mkdir, ("evil",)


def test_nothing_in_a_model_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("model.json").write_bytes(pickle.dumps(Evil(), protocol=0))
    with pytest.raises(fl.SchemaError):
        fl.CountVectorizer.load("model.json")
    assert os.listdir() == ["model.json"]


def test_a_saved_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    fl.CountVectorizer().save(tmp_path / "model.json")
    modes = [(tmp_path / name).stat().st_mode for name in ("other", "model.json")]
    assert modes[0] == modes[1]


class Bar:
    """Stands for tqdm's bar."""

    made: ClassVar[list[Bar]] = []

    def __init__(self, documents: Any = (), total: int | None = None, **options: Any) -> None:
        assert options == {"unit": "document", "leave": False}
        self.documents, self.total, self.n, self.closed = documents, total, 0, False
        self.made.append(self)

    def __iter__(self) -> Iterator[Any]:
        for document in self.documents:
            yield document
            self.n += 1
        self.closed = True

    def update(self, more: int) -> None:
        self.n += more

    def refresh(self) -> None:
        assert self.n >= 0

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("options", [{}, {"tokenizer": str.split, "token_pattern": None}], ids=str)
@pytest.mark.parametrize("name", ["CountVectorizer", "TfidfVectorizer", "HashingVectorizer"])
def test_progress_is_shown_when_asked_for(
    name: str, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tqdm.auto, "tqdm", Bar)
    monkeypatch.setattr(_counting, "DOCUMENTS_AT_ONCE", 7)
    texts = [f"word{i % 7} term{i % 11}" for i in range(50)]
    runs = [("fit_transform", texts), ("transform", texts), ("transform", iter(texts))]
    if name != "HashingVectorizer":
        runs += [("fit", texts), ("partial_fit", texts), ("partial_fit", iter(texts))]
    loud, quiet = (getattr(fl, name)(progress=shown, **options) for shown in (True, False))
    for method, documents in runs:
        Bar.made.clear()
        getattr(quiet, method)(list(texts))
        assert Bar.made == []
        getattr(loud, method)(documents)
        assert [(bar.n, bar.closed) for bar in Bar.made] == [(50, True)]


@pytest.mark.parametrize(
    ("documents", "error", "message"),
    [
        ("one string", ValueError, "Iterable over raw text documents expected, string object"),
        (["fine", "thr\ud800ee"], fl.EncodingError, "surrogate"),
        (["fine", b"caf\xe9"], UnicodeDecodeError, "invalid continuation|unexpected end"),
        (["fine", np.nan], ValueError, r"np\.nan is an invalid document.*row 1"),
        (iter(["fine", None]), ValueError, r"None is an invalid document.*row 1"),
        (["fine", 12], AttributeError, "lower"),
    ],
    ids=str,
)
def test_bad_texts_leave_what_was_learned(documents: Any, error: Any, message: str) -> None:
    vectorizer = fl.TfidfVectorizer().partial_fit(SOME)
    before = state(vectorizer, SOME)
    with pytest.raises(error, match=message):
        vectorizer.partial_fit(documents)
    assert state(vectorizer, SOME) == before
    if not isinstance(documents, list | str):
        return
    with pytest.raises(error, match=message):
        fl.HashingVectorizer().transform(documents)


def test_texts_without_terms_are_an_empty_vocabulary() -> None:
    for make in (fl.CountVectorizer, fl.TfidfVectorizer):
        vectorizer = make().partial_fit(["!", ""])
        with pytest.raises(ValueError, match="empty vocabulary"):
            vectorizer.transform(["one"])
        assert vectorizer.partial_fit(["one two"]).transform(["one"]).shape == (1, 2)


def test_long_words_that_begin_alike_are_sorted() -> None:
    words = ["a" * 1_500_001, "a" * 1_500_000]
    assert fl.CountVectorizer().fit(words).get_feature_names_out().tolist() == words[::-1]


def test_threads_may_look_up_in_one_vectorizer_at_once() -> None:
    texts = [" ".join(f"w{i}" for i in range(k, 200_000, 7)) for k in range(7)]
    for _ in range(3):
        vectorizer = fl.CountVectorizer().fit(texts)
        with ThreadPoolExecutor(2) as pool:
            one, two = pool.map(vectorizer.transform, [texts, texts])
        assert (one != two).nnz == 0
