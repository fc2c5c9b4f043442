"""The vectorizers give scikit-learn's numbers, in scikit-learn's order, with its errors."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
import unicodedata
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
import sklearn
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction import text as peer
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks
from sklearn.utils.estimator_checks import check_estimator

import framelens as fl
from framelens.vectorize import _counting

TEXTS = [
    "The leader spoke; the leaders' aide did not.",
    "",
    "A DICTATOR spoke, Nicolás said: ΟΔΟΣ İstanbul 1,000 times.",
    "the aide spoke to the leader of the state the",
    "日本語 テキスト, ½½ m² naïve cafés don't U.S. snake_case __",
]


def same(ours: Any, theirs: Any) -> None:
    """The same class, types, entries and order of entries, to the bit."""
    assert type(ours) is type(theirs)
    assert ours.shape == theirs.shape
    for name in ("indptr", "indices", "data"):
        mine, other = getattr(ours, name), getattr(theirs, name)
        assert mine.dtype == other.dtype, name
        np.testing.assert_array_equal(mine, other, err_msg=name)


def agree(
    options: dict[str, Any],
    texts: list[str],
    unseen: list[str],
    *,
    tfidf: bool = True,
    n_jobs: int | None = None,
) -> None:
    """Fit and transform with both; compare matrices, attributes and errors."""
    name = "TfidfVectorizer" if tfidf else "CountVectorizer"
    ours = getattr(fl, name)(**options, n_jobs=n_jobs)
    theirs = getattr(peer, name)(**options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            expected = theirs.fit_transform(texts)
        except ValueError as error:
            with pytest.raises(ValueError) as raised:
                ours.fit_transform(texts)
            assert str(raised.value) == str(error)
            return
        same(ours.fit_transform(texts), expected)
        assert ours.vocabulary_ == theirs.vocabulary_
        assert ours.get_feature_names_out().tolist() == theirs.get_feature_names_out().tolist()
        if tfidf and options.get("use_idf", True):
            np.testing.assert_array_equal(ours.idf_, theirs.idf_)
        same(ours.transform(unseen), theirs.transform(unseen))


OPTIONS: list[dict[str, Any]] = [
    {},
    {"ngram_range": (1, 2)},
    {"ngram_range": (2, 3), "stop_words": "english"},
    {"lowercase": False},
    {"min_df": 2},
    {"max_df": 0.5, "min_df": 1},
    {"max_features": 3},
    {"max_features": 4, "ngram_range": (1, 2), "max_df": 2},
    {"binary": True, "dtype": np.float32},
    {"stop_words": ["the", "aide"]},
    {"vocabulary": ["spoke", "leader", "absent"]},
    {"vocabulary": {"spoke": 1, "the": 0}},
    {"vocabulary": {"leader", "the leader"}, "ngram_range": (1, 2)},
    {"min_df": 5},
    {"min_df": 4, "max_df": 2},
    {"analyzer": "char_wb", "ngram_range": (2, 3)},
    {"strip_accents": "unicode"},
    {"token_pattern": r"\w+"},
    {"preprocessor": str.upper},
    {"tokenizer": str.split, "token_pattern": None},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("tfidf", [True, False])
def test_same_numbers(options: dict[str, Any], tfidf: bool) -> None:
    agree(options, TEXTS, [*TEXTS[2:], "an unseen leader"], tfidf=tfidf)


@pytest.mark.parametrize(
    "options",
    [
        {"norm": "l1"},
        {"norm": None},
        {"use_idf": False},
        {"smooth_idf": False},
        {"sublinear_tf": True},
        {"sublinear_tf": True, "norm": "l1", "dtype": np.float32, "use_idf": False},
    ],
    ids=str,
)
def test_same_weights(options: dict[str, Any]) -> None:
    agree(options, TEXTS, TEXTS)


def _assigned(point: int) -> bool:
    # ICU 72 knows Unicode 15.0 and Python 3.11 14.0: only what the older one has is compared.
    return unicodedata.category(chr(point)) not in ("Cn", "Cs")


_POINTS = [p for p in range(sys.maxunicode + 1) if _assigned(p) and not 0xE000 <= p < 0xF900]
_text = st.text(
    st.one_of(
        st.sampled_from("abAB ,.'_Σσςıİéß \n"),
        st.sampled_from(_POINTS).map(chr),
    ),
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(
    texts=st.lists(_text, min_size=1, max_size=6),
    unseen=st.lists(_text, min_size=1, max_size=3),
    ngrams=st.sampled_from([(1, 1), (1, 2), (2, 2), (1, 3)]),
    analyzer=st.sampled_from(["word", "word", "char", "char_wb"]),
    pattern=st.sampled_from([r"(?u)\b\w\w+\b", r"\w+", r"\w{3,}", r"(?u)\b\w\w\w+", r"[a-z]+"]),
    accents=st.sampled_from([None, None, "unicode", "ascii"]),
    lowercase=st.booleans(),
    min_df=st.sampled_from([1, 2, 0.5]),
    max_features=st.sampled_from([None, 1, 3]),
    binary=st.booleans(),
    sublinear=st.booleans(),
    norm=st.sampled_from(["l1", "l2", None]),
    dtype=st.sampled_from([np.float64, np.float32]),
)
def test_same_numbers_on_any_text(
    texts: list[str],
    unseen: list[str],
    ngrams: tuple[int, int],
    analyzer: str,
    pattern: str,
    accents: str | None,
    lowercase: bool,
    min_df: float,
    max_features: int | None,
    binary: bool,
    sublinear: bool,
    norm: str | None,
    dtype: type,
) -> None:
    options = {
        "ngram_range": ngrams,
        "analyzer": analyzer,
        "token_pattern": pattern,
        "strip_accents": accents,
        "lowercase": lowercase,
        "min_df": min_df,
        "max_features": max_features,
        "binary": binary,
        "sublinear_tf": sublinear,
        "norm": norm,
        "dtype": dtype,
    }
    agree(options, texts, unseen)


@settings(max_examples=100, deadline=None)
@given(
    texts=st.lists(_text, min_size=1, max_size=6),
    columns=st.sampled_from([1, 2, 7, 2**20, 2**31 - 2]),
    ngrams=st.sampled_from([(1, 1), (1, 2), (2, 3)]),
    analyzer=st.sampled_from(["word", "char", "char_wb"]),
    options=st.fixed_dictionaries(
        {
            "alternate_sign": st.booleans(),
            "binary": st.booleans(),
            "norm": st.sampled_from(["l1", "l2", None]),
            "dtype": st.sampled_from([np.float64, np.float32, np.int64]),
        }
    ),
)
def test_same_hashes_on_any_text(
    texts: list[str],
    columns: int,
    ngrams: tuple[int, int],
    analyzer: str,
    options: dict[str, Any],
) -> None:
    options |= {"n_features": columns, "ngram_range": ngrams, "analyzer": analyzer}
    expected = peer.HashingVectorizer(**options).fit_transform(texts)
    same(fl.HashingVectorizer(**options).fit_transform(texts), expected)
    same(fl.HashingVectorizer(**options, n_jobs=2).transform(texts), expected)


@pytest.mark.parametrize("name", ["CountVectorizer", "TfidfVectorizer", "HashingVectorizer"])
def test_text_vectorizers_are_estimators(name: str) -> None:
    # check_estimator runs one check on text vectorizers; these are the others that apply to them.
    checks = (
        "check_estimator_cloneable",
        "check_estimator_repr",
        "check_get_params_invariance",
        "check_set_params",
        "check_no_attributes_set_in_init",
        "check_parameters_default_constructible",
        "check_do_not_raise_errors_in_init_or_set_params",
        "check_mixin_order",
        "check_valid_tag_types",
        "check_estimator_tags_renamed",
    )
    for check in checks:
        getattr(estimator_checks, check)(name, getattr(fl, name)())


def test_the_vocabulary_is_a_dict_made_when_asked_for() -> None:
    vectorizer = fl.CountVectorizer(min_df=2).fit(["one two", "two three", "three"])
    assert not hasattr(fl.CountVectorizer(), "vocabulary_")
    assert vectorizer.vocabulary_ == {"two": 1, "three": 0}
    assert vectorizer.vocabulary_ is vectorizer.vocabulary_
    # What is done to the dict counts, as in scikit-learn.
    vectorizer.vocabulary_["one"] = 2
    assert vectorizer.transform(["one one three"]).toarray().tolist() == [[1, 0, 2]]
    vectorizer.vocabulary_ = {"four": 0}
    assert vectorizer.transform(["four"]).toarray().tolist() == [[1]]
    del vectorizer.vocabulary_
    with pytest.raises(NotFittedError):
        vectorizer.transform(["four"])


def test_indices_of_64_bits_where_those_of_32_do_not_suffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = fl.CountVectorizer().fit_transform(TEXTS)
    assert expected.indices.dtype == np.int32
    monkeypatch.setattr(_counting, "LARGEST_INDEX", expected.nnz - 1)
    wide = fl.CountVectorizer().fit_transform(TEXTS)
    assert wide.indices.dtype == wide.indptr.dtype == np.int64
    assert (wide != expected).nnz == 0


def test_every_character_is_a_word_character_or_not_as_in_python() -> None:
    texts = [f"x{chr(point)}x{chr(point)}" for point in _POINTS]
    for lowercase in (True, False):
        ours = fl.CountVectorizer(lowercase=lowercase).fit(texts)
        theirs = peer.CountVectorizer(lowercase=lowercase).fit(texts)
        assert ours.vocabulary_ == theirs.vocabulary_


@pytest.mark.parametrize("name", ["articles", "meantime", "scripts"])
def test_same_numbers_on_the_shared_texts(
    name: str, shared: Path, read_jsonl: Callable[[Path], list[dict[str, Any]]]
) -> None:
    texts = [row["text"] for row in read_jsonl(shared / "data" / f"{name}.jsonl")]
    assert len(texts) > 80
    agree({}, texts, texts[:50], n_jobs=-1)


@pytest.mark.parametrize("options", [{}, {"ngram_range": (1, 2)}, {"max_features": 50}], ids=str)
def test_threads_do_not_matter(options: dict[str, Any]) -> None:
    texts = [f"word{i % 7} term{i % 11} item{i}" for i in range(500)]
    one = fl.TfidfVectorizer(**options)
    expected = one.fit_transform(texts)
    for n_jobs in (2, 5, -1):
        many = fl.TfidfVectorizer(**options, n_jobs=n_jobs)
        same(many.fit_transform(texts), expected)
        assert many.vocabulary_ == one.vocabulary_


def test_a_second_fit_forgets_the_first() -> None:
    vectorizer = fl.TfidfVectorizer().fit(["one two", "three"])
    vectorizer.fit(["four five", "four"])
    assert sorted(vectorizer.vocabulary_) == ["five", "four"]
    assert len(vectorizer.idf_) == 2


def test_a_failed_fit_names_the_row() -> None:
    with pytest.raises(ValueError, match=r"np\.nan is an invalid document.*row 1"):
        fl.CountVectorizer().fit(["one two", np.nan])
    with pytest.raises(ValueError, match=r"None is an invalid document.*row 2"):
        fl.CountVectorizer().fit(["one two", "three", None])
    with pytest.raises(fl.EncodingError, match="surrogate") as raised:
        fl.CountVectorizer().fit(["one two", "thr\ud800ee"])
    assert (raised.value.document, raised.value.offset) == (1, 3)


@pytest.mark.parametrize(
    ("options", "documents"),
    [
        ({}, "one string"),
        ({}, ["a", "!"]),
        ({}, []),
        ({"ngram_range": (2, 1)}, ["one two"]),
        ({"vocabulary": []}, ["one two"]),
        ({"vocabulary": ["one", "one"]}, ["one two"]),
        ({"vocabulary": {"one": 0, "two": 2}}, ["one two"]),
        ({"stop_words": "german"}, ["one two"]),
        ({"min_df": -1}, ["one two"]),
        ({}, [b"caf\xe9 noir"]),
        ({}, [12]),
        ({"token_pattern": "(a)(b)"}, ["one two"]),
    ],
    ids=str,
)
def test_same_errors(options: dict[str, Any], documents: Any) -> None:
    for name in ("CountVectorizer", "TfidfVectorizer"):
        with pytest.raises(Exception) as expected:
            getattr(peer, name)(**options).fit_transform(documents)
        with pytest.raises(type(expected.value)) as raised:
            getattr(fl, name)(**options).fit_transform(documents)
        assert str(raised.value) == str(expected.value)


def test_not_fitted_is_an_error() -> None:
    with pytest.raises(NotFittedError):
        fl.CountVectorizer().transform(["one"])
    with pytest.raises(NotFittedError):
        fl.TfidfVectorizer().transform(["one"])


def test_warns_as_scikit_learn_does() -> None:
    for options in ({"stop_words": ["don't"]}, {"vocabulary": ["One"]}):
        with pytest.warns(UserWarning) as expected:
            peer.CountVectorizer(**options).fit(["One two"])
        with pytest.warns(UserWarning) as raised:
            fl.CountVectorizer(**options).fit(["One two"])
        assert [str(w.message) for w in raised] == [str(w.message) for w in expected]


def test_documents_of_other_forms(tmp_path: Path) -> None:
    expected = peer.CountVectorizer().fit_transform(TEXTS)
    paths = []
    for i, text in enumerate(TEXTS):
        paths.append(tmp_path / f"{i}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    same(fl.CountVectorizer(input="filename").fit_transform(paths), expected)
    files = [io.BytesIO(text.encode()) for text in TEXTS]
    same(fl.CountVectorizer(input="file").fit_transform(files), expected)
    same(fl.CountVectorizer().fit_transform(text.encode() for text in TEXTS), expected)
    same(fl.CountVectorizer().fit_transform(np.array(TEXTS)), expected)
    same(fl.CountVectorizer().fit_transform(np.array(TEXTS, dtype=object)), expected)


def test_a_subclass_with_its_own_analysis_is_heard() -> None:
    class Shout(fl.CountVectorizer):
        def build_tokenizer(self) -> Callable[[str], list[str]]:
            return lambda text: [word + "!" for word in text.split()]

    assert list(Shout().fit(["one two"]).vocabulary_) == ["one!", "two!"]


def test_sparse_interface_is_followed() -> None:
    if "sparse_interface" not in sklearn.get_config():
        pytest.skip("this scikit-learn has no sparse_interface")
    for interface, kind in (("sparray", sp.csr_array), ("spmatrix", sp.csr_matrix)):
        with sklearn.config_context(sparse_interface=interface):
            for name in ("CountVectorizer", "TfidfVectorizer"):
                assert type(getattr(fl, name)().fit_transform(TEXTS)) is kind


def test_estimators_clone_pickle_and_stand_in_pipelines() -> None:
    vectorizer = fl.TfidfVectorizer(ngram_range=(1, 2), n_jobs=2)
    assert clone(vectorizer).get_params() == vectorizer.get_params()
    vectorizer.fit(TEXTS)
    same(pickle.loads(pickle.dumps(vectorizer)).transform(TEXTS), vectorizer.transform(TEXTS))
    ours = make_pipeline(fl.CountVectorizer(ngram_range=(1, 2)), fl.TfidfTransformer())
    theirs = make_pipeline(peer.CountVectorizer(ngram_range=(1, 2)), peer.TfidfTransformer())
    same(ours.fit_transform(TEXTS), theirs.fit_transform(TEXTS))


def test_every_parameter_of_scikit_learn_is_there_with_its_default() -> None:
    for name in ("CountVectorizer", "TfidfVectorizer", "TfidfTransformer", "HashingVectorizer"):
        theirs = getattr(peer, name)().get_params()
        ours = getattr(fl, name)().get_params()
        assert {key: ours[key] for key in theirs} == theirs
        more = {"n_jobs", "locale", "progress"}
        if name.startswith("Tfidf"):
            more |= {"smartirs", "pivot", "slope"}
        if name == "TfidfTransformer":
            more = more - {"locale", "progress"} | {"force"}
        assert set(ours) - set(theirs) == more


@pytest.mark.parametrize("copy", [True, False])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int64])
def test_transformer_alone(dtype: type, copy: bool) -> None:
    counts = sp.random_array((30, 20), density=0.2, rng=1, format="csr")
    counts.data = np.arange(1, len(counts.data) + 1).astype(dtype)
    for options in ({}, {"norm": "l1"}, {"norm": None, "sublinear_tf": True}, {"use_idf": False}):
        ours, theirs = fl.TfidfTransformer(**options), peer.TfidfTransformer(**options)
        expected = theirs.fit(counts.copy()).transform(counts.copy())
        mine = counts.copy()
        same(ours.fit(mine).transform(mine, copy=copy), expected)
        if copy:
            np.testing.assert_array_equal(mine.data, counts.data)
        dense = counts.toarray()
        same(ours.transform(dense), theirs.transform(dense))
        same(ours.transform(counts.tocsc()), theirs.transform(counts.tocsc()))


def test_transformer_is_an_estimator() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check_estimator(fl.TfidfTransformer())


def test_scikit_learns_own_tests_pass(root: Path) -> None:
    if not sklearn.__version__.startswith("1.9."):
        pytest.skip("scikit-learn's tests are compared for version 1.9")
    suite = Path(sklearn.__file__).parent / "feature_extraction" / "tests" / "test_text.py"
    if not suite.exists():
        pytest.skip(f"no {suite}")
    path = os.pathsep.join([str(root / "tests"), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "oracle.sklearn_swap",
         "-p", "no:cacheprovider", "--rootdir", str(suite.parent), "-c", os.devnull,
         str(suite)],
        env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert "131 passed" in done.stdout


def test_unicode_words() -> None:
    texts = ["The U.S. don't pay 1,000 İ", "“naïve” snake_case", "日本語を話す 我们喜欢新闻"]
    for ngrams in ((1, 1), (1, 2), (2, 3)):
        ours = fl.CountVectorizer(tokenizer="unicode", ngram_range=ngrams, n_jobs=2)
        words = peer.CountVectorizer(
            tokenizer=ours.build_tokenizer(), token_pattern=None, ngram_range=ngrams
        )
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            same(ours.fit_transform(texts), words.fit_transform(texts))
        assert ours.vocabulary_ == words.vocabulary_
    known = fl.CountVectorizer(tokenizer="unicode").fit(texts).vocabulary_
    assert {"u.s", "don't", "1,000", "日本語", "新闻"} <= known.keys()
    with pytest.raises(ValueError, match="tokenizer"):
        fl.CountVectorizer(tokenizer="regex").fit(texts)
