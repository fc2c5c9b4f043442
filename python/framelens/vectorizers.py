r"""scikit-learn's text vectorizers, with the counting done by the engine.

The classes take every parameter of scikit-learn's and give the same numbers, attributes and errors,
to the bit and in the same order. The engine counts words of the default ``token_pattern``; for any
other analyzer, tokenizer, preprocessor, pattern or for ``strip_accents`` scikit-learn's own code
runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import scipy.sparse as sp
from sklearn import get_config
from sklearn.feature_extraction import text as _sklearn
from sklearn.utils.validation import check_is_fitted, validate_data

from framelens import _core

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

__all__ = ["CountVectorizer", "TfidfTransformer", "TfidfVectorizer"]

_DEFAULT_PATTERN = r"(?u)\b\w\w+\b"
# What a subclass may redefine to change the analysis; the engine knows nothing of it.
_ANALYSIS_METHODS = (
    "build_analyzer",
    "build_preprocessor",
    "build_tokenizer",
    "decode",
    "get_stop_words",
    "_word_ngrams",
)


class CountVectorizer(_sklearn.CountVectorizer):
    r"""Turn texts into a matrix of term counts.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, stop_words
        As in :class:`sklearn.feature_extraction.text.CountVectorizer`, as are all the following.
    token_pattern, ngram_range, analyzer, max_df, min_df, max_features, vocabulary, binary, dtype
        The same.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term.
    fixed_vocabulary_ : bool
        Whether the vocabulary was given.

    Examples
    --------
    >>> from framelens import CountVectorizer
    >>> vectorizer = CountVectorizer()
    >>> counts = vectorizer.fit_transform(["The leader spoke.", "The dictator spoke and spoke."])
    >>> vectorizer.get_feature_names_out().tolist()
    ['and', 'dictator', 'leader', 'spoke', 'the']
    >>> counts.toarray().tolist()
    [[0, 0, 1, 1, 1], [1, 1, 0, 2, 1]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_sklearn.CountVectorizer._parameter_constraints,
        "n_jobs": [Integral, None],
    }

    def __init__(
        self,
        *,
        input: Literal["content", "file", "filename"] = "content",
        encoding: str = "utf-8",
        decode_error: Literal["strict", "ignore", "replace"] = "strict",
        strip_accents: Literal["ascii", "unicode"] | Callable[[str], str] | None = None,
        lowercase: bool = True,
        preprocessor: Callable[[str], str] | None = None,
        tokenizer: Callable[[str], Iterable[str]] | None = None,
        stop_words: Literal["english"] | list[str] | None = None,
        token_pattern: str | None = _DEFAULT_PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        analyzer: Literal["word", "char", "char_wb"] | Callable[[Any], Iterable[str]] = "word",
        max_df: float = 1.0,
        min_df: float = 1,
        max_features: int | None = None,
        vocabulary: Mapping[str, int] | Iterable[str] | None = None,
        binary: bool = False,
        dtype: DTypeLike = np.int64,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(
            input=input,
            encoding=encoding,
            decode_error=decode_error,
            strip_accents=strip_accents,
            lowercase=lowercase,
            preprocessor=preprocessor,
            tokenizer=tokenizer,
            stop_words=stop_words,
            token_pattern=token_pattern,
            ngram_range=ngram_range,
            analyzer=analyzer,
            max_df=max_df,
            min_df=min_df,
            max_features=max_features,
            vocabulary=vocabulary,
            binary=binary,
            dtype=dtype,
        )
        self.n_jobs = n_jobs

    def _count_vocab(self, raw_documents: Iterable[Any], fixed_vocab: bool) -> Any:
        # scikit-learn's step from texts to counts in order of first occurrence; what surrounds it
        # (checks, pruning, sorting) is inherited.
        if not self._engine_applies(fixed_vocab):
            return super()._count_vocab(raw_documents, fixed_vocab)
        self.build_analyzer()  # for its checks and warnings
        documents = list(raw_documents)
        if self.input == "content" and not all(isinstance(d, str | bytes) for d in documents):
            _refuse_missing(documents)
            # Whatever behaves as a string, or scikit-learn's error.
            return super()._count_vocab(documents, fixed_vocab)
        texts = [self.decode(document) for document in documents]
        options: dict[str, Any] = {
            "lowercase": bool(self.lowercase),
            "ngram_range": tuple(map(int, self.ngram_range)),
            "stop_words": sorted(self.get_stop_words() or ()),
            "n_jobs": self.n_jobs,
        }
        if fixed_vocab:
            vocabulary = self.vocabulary_
            terms = sorted(vocabulary, key=vocabulary.__getitem__)
            rows = _core.count_known_terms(texts, terms, **options)
        else:
            terms, rows = _core.count_terms(texts, by_column=False, **options)
            if not terms:
                raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
            vocabulary = dict(zip(terms, range(len(terms)), strict=True))
        return vocabulary, _csr(rows, len(vocabulary), self.dtype)

    def _sort_features(self, X: Any, vocabulary: dict[str, int]) -> Any:
        terms = list(vocabulary)
        if not _all_encodable(terms):
            return super()._sort_features(X, vocabulary)
        positions = _core.sorted_positions(terms)
        columns = np.empty(len(terms), dtype=X.indices.dtype)
        columns[list(vocabulary.values())] = positions
        X.indices = columns.take(X.indices, mode="clip")
        vocabulary.update(zip(terms, positions.tolist(), strict=True))
        return X

    def _engine_applies(self, fixed_vocab: bool) -> bool:
        own = all(
            getattr(type(self), name) is getattr(_sklearn.CountVectorizer, name)
            and name not in vars(self)
            for name in _ANALYSIS_METHODS
        )
        minimum: Any
        maximum: Any
        minimum, maximum = self.ngram_range
        return (
            own
            and self.analyzer == "word"
            and self.tokenizer is None
            and self.preprocessor is None
            and not self.strip_accents
            and self.token_pattern == _DEFAULT_PATTERN
            and isinstance(minimum, Integral)
            and isinstance(maximum, Integral)
            and 1 <= int(minimum) <= int(maximum) < 2**31
            and _all_encodable(self.stop_words)
            and (not fixed_vocab or _all_encodable(self.vocabulary_))
        )


class TfidfTransformer(  # type: ignore[call-arg]
    _sklearn.TfidfTransformer, auto_wrap_output_keys=None
):
    """Turn a matrix of counts into TF-IDF weights.

    Parameters
    ----------
    norm, use_idf, smooth_idf, sublinear_tf
        As in :class:`sklearn.feature_extraction.text.TfidfTransformer`.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Attributes
    ----------
    idf_ : numpy.ndarray
        The inverse document frequency of each column.

    Examples
    --------
    >>> import scipy.sparse as sp
    >>> from framelens import TfidfTransformer
    >>> weights = TfidfTransformer().fit_transform(sp.csr_array([[1, 0], [1, 1]]))
    >>> weights.toarray().round(3).tolist()
    [[1.0, 0.0], [0.58, 0.815]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_sklearn.TfidfTransformer._parameter_constraints,
        "n_jobs": [Integral, None],
    }

    def __init__(
        self,
        *,
        norm: Literal["l1", "l2"] | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(
            norm=norm, use_idf=use_idf, smooth_idf=smooth_idf, sublinear_tf=sublinear_tf
        )
        self.n_jobs = n_jobs

    def transform(self, X: Any, copy: bool = True) -> Any:
        """Return `X` as TF-IDF weights.

        Parameters
        ----------
        X : sparse matrix or array
            Counts, documents by terms.
        copy : bool
            Whether to leave `X` as it is.

        Returns
        -------
        sparse matrix
        """
        check_is_fitted(self)
        idf = getattr(self, "idf_", None)
        X = validate_data(
            self, X, accept_sparse="csr", dtype=[np.float64, np.float32], copy=copy, reset=False
        )
        if not _weighs_natively(X, idf):
            return super().transform(X, copy=False)
        if self.sublinear_tf:
            np.log(X.data, X.data)
            X.data += 1.0
        # Into the buffer, which with copy=False is the caller's.
        X.data[:] = _core.weigh(
            X.indptr,
            X.indices,
            X.data,
            np.empty(0, dtype=X.dtype) if idf is None else idf,
            columns=X.shape[1],
            norm=self.norm,
            n_jobs=self.n_jobs,
        )
        return _as_configured(X)


class TfidfVectorizer(CountVectorizer, _sklearn.TfidfVectorizer):
    r"""Turn texts into a matrix of TF-IDF weights.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, analyzer
        As in :class:`sklearn.feature_extraction.text.TfidfVectorizer`, as are all the following.
    stop_words, token_pattern, ngram_range, max_df, min_df, max_features, vocabulary, binary, dtype
        The same.
    norm, use_idf, smooth_idf, sublinear_tf
        The same.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term.
    fixed_vocabulary_ : bool
        Whether the vocabulary was given.
    idf_ : numpy.ndarray
        The inverse document frequency of each term.

    Examples
    --------
    >>> from framelens import TfidfVectorizer
    >>> weights = TfidfVectorizer().fit_transform(["The leader spoke.", "The dictator spoke."])
    >>> weights.toarray().round(3).tolist()
    [[0.0, 0.705, 0.502, 0.502], [0.705, 0.0, 0.502, 0.502]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_sklearn.TfidfVectorizer._parameter_constraints,
        "n_jobs": [Integral, None],
    }

    def __init__(
        self,
        *,
        input: Literal["content", "file", "filename"] = "content",
        encoding: str = "utf-8",
        decode_error: Literal["strict", "ignore", "replace"] = "strict",
        strip_accents: Literal["ascii", "unicode"] | Callable[[str], str] | None = None,
        lowercase: bool = True,
        preprocessor: Callable[[str], str] | None = None,
        tokenizer: Callable[[str], Iterable[str]] | None = None,
        analyzer: Literal["word", "char", "char_wb"] | Callable[[Any], Iterable[str]] = "word",
        stop_words: Literal["english"] | list[str] | None = None,
        token_pattern: str | None = _DEFAULT_PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        max_df: float = 1.0,
        min_df: float = 1,
        max_features: int | None = None,
        vocabulary: Mapping[str, int] | Iterable[str] | None = None,
        binary: bool = False,
        dtype: DTypeLike = np.float64,
        norm: Literal["l1", "l2"] | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        super().__init__(
            input=input,
            encoding=encoding,
            decode_error=decode_error,
            strip_accents=strip_accents,
            lowercase=lowercase,
            preprocessor=preprocessor,
            tokenizer=tokenizer,
            stop_words=stop_words,
            token_pattern=token_pattern,
            ngram_range=ngram_range,
            analyzer=analyzer,
            max_df=max_df,
            min_df=min_df,
            max_features=max_features,
            vocabulary=vocabulary,
            binary=binary,
            dtype=dtype,
            n_jobs=n_jobs,
        )
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    def fit(self, raw_documents: Iterable[Any], y: object = None) -> TfidfVectorizer:
        """Learn the vocabulary and the document frequencies of `raw_documents`."""
        self._warn_for_unused_params()
        self._fit_counts(raw_documents)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn from `raw_documents` and return their weights, documents by terms."""
        counts = self._fit_counts(raw_documents)
        return self._tfidf.transform(counts, copy=False)

    def _fit_counts(self, raw_documents: Iterable[Any]) -> Any:
        self._check_params()
        self._tfidf = TfidfTransformer(
            norm=self.norm,
            use_idf=self.use_idf,
            smooth_idf=self.smooth_idf,
            sublinear_tf=self.sublinear_tf,
            n_jobs=self.n_jobs,
        )
        counts = _sklearn.CountVectorizer.fit_transform(self, raw_documents)
        self._tfidf.fit(counts)
        return counts


def _refuse_missing(documents: Sequence[Any]) -> None:
    for row, document in enumerate(documents):
        if document is None or document is np.nan or document != document:
            name = "np.nan" if isinstance(document, float) else repr(document)
            raise ValueError(
                f"{name} is an invalid document, expected byte or unicode string. (row {row})"
            )


def _all_encodable(terms: Any) -> bool:
    # A lone surrogate cannot reach the engine, and in a word list it is harmless.
    if terms is None or isinstance(terms, str):
        return True
    try:
        "".join(terms).encode()
    except (TypeError, UnicodeEncodeError):
        return False
    return True


def _weighs_natively(X: Any, idf: Any) -> bool:
    sparse: bool = sp.issparse(X)
    return (
        sparse
        and X.indices.dtype == np.int32
        and (
            idf is None
            or (idf.dtype == X.dtype and idf.shape == X.shape[1:] and bool(np.isfinite(idf).all()))
        )
    )


def _csr(rows: tuple[Any, Any, Any], columns: int, dtype: DTypeLike) -> Any:
    indptr, indices, data = rows
    if len(indices) > np.iinfo(np.int32).max:
        indices = indices.astype(np.int64)
    else:
        indptr = indptr.astype(np.int32)
    matrix = sp.csr_array(
        (data.astype(dtype), indices, indptr), shape=(len(indptr) - 1, columns), copy=False
    )
    matrix.has_sorted_indices = True
    return _as_configured(matrix)


def _as_configured(matrix: Any) -> Any:
    # Since scikit-learn 1.9 the user chooses between sparse matrices and sparse arrays.
    array = get_config().get("sparse_interface", "spmatrix") == "sparray"
    if array is not sp.isspmatrix(matrix):
        return matrix
    return sp.csr_array(matrix) if array else sp.csr_matrix(matrix)
