"""Weights by SMART's letters, quanteda's schemes and BM25 equal their oracles and their peers."""

from __future__ import annotations

import doctest
import itertools
import pickle
import warnings
from collections import Counter
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
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

import framelens as fl
from oracle import weights as oracle

WORDS = ["the", "leader", "spoke", "aide", "über", "日本語", "state", "of"]
DOCUMENTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=7
).filter(lambda texts: any(texts))
LETTERS = ["".join(three) for three in itertools.product("btnaldL", "xnftp", "xncub")]
TF = ["count", "prop", "propmax", "logcount", "boolean", "augmented", "logave", "logsmooth"]
DF = ["count", "inverse", "inversemax", "inverseprob", "unary"]
METHODS = ["lucene", "robertson", "atire", "bm25l", "bm25+"]


def dense(weights: oracle.Weights, terms: list[str]) -> np.ndarray:
    """Weights by document and term, 0 for what is not there."""
    return np.array([[row.get(term, 0.0) for term in terms] for row in weights])


def counted(texts: list[str]) -> oracle.Counts:
    return [dict(Counter(text.split())) for text in texts]


def random_texts(seed: int) -> list[str]:
    """Forty texts of common and rare words."""
    rng = np.random.default_rng(seed)
    words = WORDS + [f"rare{i}" for i in range(40)]
    return [
        " ".join(words[(i - 1) % len(words)] for i in rng.zipf(1.5, size=rng.integers(1, 60)))
        for _ in range(40)
    ]


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(
    texts=DOCUMENTS,
    letters=st.sampled_from(LETTERS),
    pivot=st.sampled_from([None, 0.5, 10.0]),
    slope=st.sampled_from([0.25, 0.0, 1.0]),
    n_jobs=st.sampled_from([None, 2]),
)
def test_smart_is_the_oracles(
    texts: list[str], letters: str, pivot: float | None, slope: float, n_jobs: int | None
) -> None:
    options: dict[str, Any] = {"pivot": pivot, "slope": slope} if letters[2] in "ub" else {}
    vectorizer = fl.TfidfVectorizer(smartirs=letters, n_jobs=n_jobs, **options)
    found = vectorizer.fit_transform(texts)
    terms = vectorizer.get_feature_names_out().tolist()
    expected = dense(oracle.smart(counted(texts), letters, **options), terms)
    close(found.toarray(), expected)
    close(vectorizer.transform(texts).toarray(), expected)
    own = fl.TfidfVectorizer(smartirs=letters, tokenizer=str.split, token_pattern=None, **options)
    close(own.fit_transform(texts).toarray(), expected)
    given_terms = fl.TfidfVectorizer(smartirs=letters, vocabulary=terms, **options)
    close(given_terms.fit_transform(texts).toarray(), expected)
    narrow = fl.TfidfVectorizer(smartirs=letters, dtype=np.float32, **options)
    weights = narrow.fit_transform(texts)
    assert weights.dtype == np.float32
    np.testing.assert_allclose(weights.toarray(), expected, rtol=1e-6)
    counts = fl.CountVectorizer().fit_transform(texts)
    if letters[2] == "b":
        with pytest.raises(ValueError, match="TfidfVectorizer knows the terms"):
            fl.TfidfTransformer(smartirs=letters).fit(counts)
    else:
        transformer = fl.TfidfTransformer(smartirs=letters, **options)
        close(transformer.fit_transform(counts).toarray(), expected)


def test_smart_is_gensims() -> None:
    gensim = pytest.importorskip("gensim", reason="gensim is not installed")
    texts = random_texts(4)
    words = [text.split() for text in texts]
    dictionary = gensim.corpora.Dictionary(words)
    bags = [dictionary.doc2bow(document) for document in words]
    largest = 0.0
    for letters in LETTERS:
        for options in ({}, {"slope": 0.6}) if letters[2] in "ub" else ({},):
            model = gensim.models.TfidfModel(dictionary=dictionary, smartirs=letters, **options)
            expected = dense(
                [{dictionary[i]: weight for i, weight in model[bag]} for bag in bags],
                sorted(dictionary.token2id),
            )
            vectorizer = fl.TfidfVectorizer(smartirs=letters, **options)
            found = vectorizer.fit_transform(texts).toarray()
            assert vectorizer.get_feature_names_out().tolist() == sorted(dictionary.token2id)
            difference = float(np.abs(found - expected).max())
            assert difference <= 1e-12, letters
            largest = max(largest, difference)
    print(f"gensim: largest difference {largest:.1e} over {len(LETTERS)} schemes")


@settings(max_examples=60, deadline=None)
@given(
    texts=DOCUMENTS,
    scheme_tf=st.sampled_from(TF),
    scheme_df=st.sampled_from(DF),
    base=st.sampled_from([2, 10, 2.718281828459045]),
    k=st.sampled_from([0.0, 0.4, 1.0]),
    smoothing=st.sampled_from([0.5, 1.0]),
    threshold=st.sampled_from([0, 1]),
)
def test_schemes_are_the_oracles(
    texts: list[str],
    scheme_tf: str,
    scheme_df: str,
    base: float,
    k: float,
    smoothing: float,
    threshold: float,
) -> None:
    options: dict[str, float] = {}
    if scheme_tf.startswith("log") or scheme_df.startswith("inverse"):
        options["base"] = base
    if scheme_tf == "augmented":
        options["k_tf"] = k
    if scheme_tf == "logsmooth":
        options["smoothing_tf"] = smoothing
    if scheme_df.startswith("inverse"):
        options["k_df"] = k
    if scheme_df in ("inverse", "inversemax"):
        options["smoothing_df"] = smoothing
    if scheme_df != "unary":
        options["threshold"] = threshold
    vectorizer = fl.CountVectorizer()
    counts = vectorizer.fit_transform(texts)
    terms = vectorizer.get_feature_names_out().tolist()
    for given_options in ({}, options):
        expected = dense(
            oracle.quanteda(counted(texts), scheme_tf, scheme_df, **given_options), terms
        )
        weights = fl.WeightTransformer(scheme_tf=scheme_tf, scheme_df=scheme_df, **given_options)
        close(weights.fit_transform(counts).toarray(), expected)


# Counts of three documents, and what the formulas of quanteda's manual give by hand.
BY_HAND = [[4, 2, 0], [1, 0, 0], [1, 1, 2]]


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ({"scheme_tf": "count"}, [4, 2]),
        ({"scheme_tf": "prop"}, [4 / 6, 2 / 6]),
        ({"scheme_tf": "propmax"}, [1, 0.5]),
        ({"scheme_tf": "logcount", "base": 2}, [3, 2]),
        ({"scheme_tf": "logcount"}, [1 + np.log10(4), 1 + np.log10(2)]),
        ({"scheme_tf": "boolean"}, [1, 1]),
        ({"scheme_tf": "augmented"}, [1, 0.75]),
        ({"scheme_tf": "augmented", "k_tf": 0.2}, [1, 0.6]),
        ({"scheme_tf": "logave", "base": 2}, [3 / (1 + np.log2(3)), 2 / (1 + np.log2(3))]),
        ({"scheme_tf": "logsmooth"}, [np.log10(4.5), np.log10(2.5)]),
        ({"scheme_df": "count"}, [12, 4]),
        ({"scheme_df": "inverse"}, [0, 2 * np.log10(3 / 2)]),
        ({"scheme_df": "inverse", "smoothing_df": 1, "k_df": 1, "base": 2},
         [4 * np.log2(1.75), 2]),
        ({"scheme_df": "inversemax"}, [0, 2 * np.log10(3 / 2)]),
        ({"scheme_df": "inverseprob"}, [0, 0]),
        ({"scheme_df": "inverse", "threshold": 1}, [4 * np.log10(3), 2 * np.log10(3)]),
    ],
    ids=str,
)  # fmt: skip
def test_schemes_by_hand(options: dict[str, Any], first: list[float]) -> None:
    weights = fl.WeightTransformer(**{"scheme_df": "unary"} | options).fit_transform(BY_HAND)
    close(weights.toarray()[0, :2], first)


@settings(max_examples=60, deadline=None)
@given(
    texts=DOCUMENTS,
    method=st.sampled_from(METHODS),
    k1=st.sampled_from([0.0, 0.9, 1.5]),
    b=st.sampled_from([0.0, 0.4, 0.75, 1.0]),
    delta=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_bm25_is_the_oracles(
    texts: list[str], method: str, k1: float, b: float, delta: float
) -> None:
    vectorizer = fl.CountVectorizer()
    counts = vectorizer.fit_transform(texts)
    terms = vectorizer.get_feature_names_out().tolist()
    if method == "bm25l" and k1 + delta == 0:
        return
    options = {"delta": delta} if method in ("bm25l", "bm25+") else {}
    bm25 = fl.BM25Transformer(method=method, k1=k1, b=b, **options)
    weights = bm25.fit_transform(counts)
    for query in (terms, terms[:1], terms[-2:]):
        asked = vectorizer.transform([" ".join(query)]).toarray()[0]
        scores = weights @ asked + bm25.nonoccurrence_ @ asked
        close(scores, oracle.bm25(counted(texts), query, method, k1=k1, b=b, delta=delta))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 2e-6)])
def test_bm25_is_bm25s(method: str, dtype: str, tolerance: float) -> None:
    bm25s = pytest.importorskip("bm25s", reason="bm25s is not installed")
    texts = random_texts(7)
    peer = bm25s.BM25(method=method, k1=1.2, b=0.6, delta=0.7, dtype=dtype)
    peer.index([text.split() for text in texts], show_progress=False)
    vectorizer = fl.CountVectorizer()
    options = {"delta": 0.7} if method in ("bm25l", "bm25+") else {}
    bm25 = fl.BM25Transformer(method=method, k1=1.2, b=0.6, **options)
    weights = bm25.fit_transform(vectorizer.fit_transform(texts))
    known = vectorizer.get_feature_names_out().tolist()
    for query in (["leader"], ["the", "aide"], known):
        asked = vectorizer.transform([" ".join(query)]).toarray()[0]
        scores = weights @ asked + bm25.nonoccurrence_ @ asked
        difference = np.abs(scores - peer.get_scores(query)).max()
        assert difference <= tolerance * max(1.0, float(scores.max()))
        print(f"bm25s {method} {dtype}: largest difference {difference:.1e}")


WEIGHTINGS = [
    fl.TfidfTransformer(smartirs="ltc"),
    fl.TfidfTransformer(smartirs="dtu", pivot=3.0, slope=0.4),
    fl.WeightTransformer(scheme_tf="logcount"),
    fl.BM25Transformer(method="bm25l", delta=1.0),
]


@pytest.mark.parametrize("weighting", WEIGHTINGS, ids=str)
def test_weighting_twice_is_refused_unless_forced(weighting: Any) -> None:
    counts = sp.csr_array([[2.0, 0, 1], [0, 3, 1], [1, 1, 0]])
    weights = clone(weighting).fit_transform(counts)
    for step in ("fit", "transform"):
        again = clone(weighting).fit(counts)
        with pytest.raises(ValueError, match=r"row \d, column \d holds .* refuses to weigh twice"):
            getattr(again, step)(weights)
    forced = clone(weighting).set_params(force=True)
    assert forced.fit_transform(weights).shape == weights.shape
    with pytest.raises(ValueError, match="row 1, column 0 holds -2: Negative values"):
        forced.fit([[1.0, 2.0], [-2.0, 1.0]])
    with pytest.raises(ValueError, match="NaN"):
        forced.fit([[1.0, np.nan]])


@pytest.mark.parametrize("weighting", WEIGHTINGS, ids=str)
def test_weightings_are_kept_and_leave_their_input_alone(weighting: Any) -> None:
    counts = sp.random_array((60, 20), density=0.3, rng=1, format="csr")
    counts.data = np.arange(1, counts.nnz + 1) % 7 + 1.0
    before = counts.copy()
    fitted = clone(weighting).fit(counts)
    expected = fitted.transform(counts)
    assert (counts != before).nnz == 0
    loaded = type(fitted).from_json(fitted.to_json())
    assert loaded.get_params() == fitted.get_params()
    assert loaded.to_json() == fitted.to_json()
    assert loaded.formula_ == fitted.formula_
    for other in (loaded, pickle.loads(pickle.dumps(fitted)), clone(fitted).fit(counts.toarray())):
        assert other.transform(counts).data.tobytes() == expected.data.tobytes()
    many = clone(weighting).set_params(n_jobs=3).fit(counts)
    assert many.transform(counts).data.tobytes() == expected.data.tobytes()
    in_place = counts.copy()
    fitted.transform(in_place, copy=False)
    assert in_place.data.tobytes() == expected.data.tobytes()
    narrow = fitted.transform(counts.astype(np.float32))
    assert narrow.dtype == np.float32
    np.testing.assert_allclose(narrow.toarray(), expected.toarray(), rtol=1e-6)
    pipeline = make_pipeline(fl.CountVectorizer(), clone(weighting))
    assert pipeline.fit_transform(["one two", "two"]).shape == (2, 2)
    for interface, kind in (("sparray", sp.csr_array), ("spmatrix", sp.csr_matrix)):
        if "sparse_interface" in sklearn.get_config():
            with sklearn.config_context(sparse_interface=interface):
                assert type(fitted.transform(counts)) is kind


@pytest.mark.parametrize("weighting", WEIGHTINGS, ids=str)
def test_the_order_of_entries_and_their_parts_do_not_matter(weighting: Any) -> None:
    sorted_rows = sp.csr_array(([2.0, 1, 5, 3], [0, 1, 2, 1], [0, 3, 4]), shape=(2, 3))
    expected = clone(weighting).fit_transform(sorted_rows).toarray()
    shuffled = sp.csr_array(([5.0, 2, 1, 3], [2, 0, 1, 1], [0, 3, 4]), shape=(2, 3))
    shuffled.has_sorted_indices = True
    in_parts = sp.csr_array(([5.0, 1, 1, 1, 3], [2, 0, 1, 0, 1], [0, 4, 5]), shape=(2, 3))
    for rows in (shuffled, in_parts):
        assert clone(weighting).fit_transform(rows).toarray().tobytes() == expected.tobytes()


@pytest.mark.parametrize("weighting", [fl.WeightTransformer(), fl.BM25Transformer()], ids=str)
def test_weightings_are_estimators(weighting: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        check_estimator(weighting.set_params(force=True))


def test_terms_of_no_document_weigh_nothing() -> None:
    seen, new = [[1, 1, 0], [1, 0, 0]], [[1, 0, 4]]
    for weighting in (*WEIGHTINGS, fl.TfidfTransformer(smartirs="nnn"), fl.BM25Transformer()):
        assert clone(weighting).fit(seen).transform(new).toarray()[0, 2] == 0
    alone = fl.WeightTransformer(scheme_df="unary").fit(seen)
    assert alone.transform(new).toarray()[0, 2] == 4


@pytest.mark.parametrize(
    ("weighting", "message"),
    [
        (fl.TfidfTransformer(smartirs="ltc", norm=None), "norm=None contradicts"),
        (fl.TfidfTransformer(smartirs="ltc", sublinear_tf=True), "sublinear_tf=True contradicts"),
        (fl.TfidfTransformer(smartirs="ltc", pivot=2.0), "length 'u' or 'b'"),
        (fl.TfidfTransformer(slope=0.5), "need smartirs"),
        (fl.TfidfTransformer(smartirs="ltu", slope=2.0), "slope"),
        (fl.TfidfTransformer(smartirs="lt"), "three letters"),
        (
            fl.TfidfTransformer(smartirs="ztc"),
            "the letter of the term frequency must be .*, not 'z'",
        ),
        (
            fl.TfidfTransformer(smartirs="lzc"),
            "the letter of the document frequency must be .*, not 'z'",
        ),
        (fl.TfidfTransformer(smartirs="ltz"), "the letter of the length must be .*, not 'z'"),
        (fl.WeightTransformer(scheme_tf="log"), "scheme_tf"),
        (fl.WeightTransformer(k_tf=0.4), "k_tf is not used"),
        (fl.WeightTransformer(scheme_df="unary", base=2), "base is not used"),
        (fl.WeightTransformer(scheme_df="inverseprob", smoothing_df=1), "smoothing_df is not used"),
        (fl.WeightTransformer(base=1), "base must not be 1"),
        (fl.BM25Transformer(method="okapi"), "method"),
        (fl.BM25Transformer(delta=1.0), "delta is used by"),
        (fl.BM25Transformer(b=1.5), "'b' parameter"),
    ],
    ids=str,
)
def test_contradictions_are_refused(weighting: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weighting.fit([[1.0, 2.0]])
    with pytest.raises(fl.SchemaError, match="/parameters"):
        type(weighting).from_json(weighting.to_json())
    if isinstance(weighting, fl.TfidfTransformer):
        options = weighting.get_params()
        del options["force"]
        for learn in ("fit", "fit_transform", "partial_fit"):
            with pytest.raises(ValueError, match=message):
                getattr(fl.TfidfVectorizer(**options), learn)(["one two"])


@pytest.mark.parametrize("letters", ["ltc", "dtu", "Lfb", "npn"])
def test_smart_learns_in_parts_and_is_kept(letters: str, tmp_path: Path) -> None:
    texts = ["the leader spoke", "the aide spoke über", "日本語 leader leader the of"]
    options: dict[str, Any] = {"smartirs": letters, "min_df": 2}
    whole = fl.TfidfVectorizer(**options)
    expected = whole.fit_transform(texts)
    stream = fl.TfidfVectorizer(**options).partial_fit(texts[:1]).partial_fit(iter(texts[1:]))
    first, second = (fl.TfidfVectorizer(**options).partial_fit(t) for t in (texts[:2], texts[2:]))
    whole.save(tmp_path / "model.json")
    loaded = fl.TfidfVectorizer.load(tmp_path / "model.json")
    assert loaded.to_json() == whole.to_json()
    for learned in (stream, first.merge(second), loaded, pickle.loads(pickle.dumps(whole))):
        assert learned.idf_.tobytes() == whole.idf_.tobytes()
        assert learned.formula_ == whole.formula_
        np.testing.assert_array_equal(learned.transform(texts).toarray(), expected.toarray())


def test_formulas_say_what_is_in_force() -> None:
    assert fl.TfidfVectorizer(smartirs="ltc").formula_ == (
        "(1 + log2(count)) * (log2((documents + 1) / df)), "
        "each document divided by its Euclidean length"
    )
    assert fl.TfidfTransformer(smartirs="nxu").formula_ == (
        "count, each document divided by "
        "0.25 * number of distinct terms + 0.75 * mean number of distinct terms"
    )
    assert fl.WeightTransformer(scheme_tf="augmented", k_tf=0.4, scheme_df="unary").formula_ == (
        "0.4 + (1 - 0.4) * count / largest count of the document"
    )
    assert fl.WeightTransformer(smoothing_df=1, threshold=2).formula_ == (
        "(count) * (log10(1 + documents / (0 + df))), df of counts above 2"
    )
    for method in METHODS:
        assert "1.5" in fl.BM25Transformer(method=method).formula_


def test_the_page_on_weights_says_what_happens(root: Path) -> None:
    page = root / "docs" / "weights.md"
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    done = doctest.testfile(str(page), module_relative=False, optionflags=flags)
    assert done.failed == 0
    assert done.attempted > 10


@pytest.mark.parametrize("weighting", WEIGHTINGS, ids=str)
def test_indices_of_64_bits_weigh_the_same(weighting: Any) -> None:
    counts = sp.csr_array([[2.0, 0, 1], [0, 3, 1], [1, 1, 0]])
    wide = counts.copy()
    wide.indices, wide.indptr = wide.indices.astype(np.int64), wide.indptr.astype(np.int64)
    assert wide.indices.dtype == np.int64
    expected = clone(weighting).fit_transform(counts)
    assert clone(weighting).fit_transform(wide).data.tobytes() == expected.data.tobytes()


def test_letters_that_were_set_after_the_fit_need_another():
    counts = sp.csr_array([[1, 2], [0, 3]])
    weights = fl.TfidfTransformer().fit(counts).set_params(smartirs="ltc")
    with pytest.raises(NotFittedError, match="fit again"):
        weights.transform(counts)
    pivoted = fl.TfidfTransformer(smartirs="ltu").fit(counts)
    assert not hasattr(pivoted.set_params(smartirs=None).fit(counts), "pivot_")
