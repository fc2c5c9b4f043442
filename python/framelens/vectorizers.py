r"""scikit-learn's text vectorizers, with the counting done by the engine.

The classes take every parameter of scikit-learn's and give the same numbers, attributes and errors,
to the bit and in the same order. The engine counts runs of word characters of any least length
(``\w+``, ``(?u)\b\w\w+\b``, ``\w{3,}``), n-grams of them, and ``char`` and ``char_wb``, behind
any preprocessor; for another pattern, a tokenizer or an analyzer of one's own scikit-learn's code
runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer as _CountVectorizer
from sklearn.feature_extraction.text import HashingVectorizer as _HashingVectorizer
from sklearn.feature_extraction.text import TfidfTransformer as _TfidfTransformer
from sklearn.feature_extraction.text import TfidfVectorizer as _TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted, validate_data

from framelens import _core
from framelens._counting import (
    LARGEST_INDEX,
    PendingRows,
    TermColumns,
    as_configured,
    as_list,
    count,
    csr,
    engine_counts,
    native_dtype,
)

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

__all__ = ["CountVectorizer", "HashingVectorizer", "TfidfTransformer", "TfidfVectorizer"]

_DEFAULT_PATTERN = r"(?u)\b\w\w+\b"


class CountVectorizer(_CountVectorizer):
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
        **_CountVectorizer._parameter_constraints,
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

    @property
    def vocabulary_(self) -> dict[str, int]:
        """Column of each term, in order of first occurrence."""
        known = vars(self).get("_known")
        if known is None:
            raise AttributeError(f"{type(self).__name__} has no vocabulary_ before it is fitted")
        return known if isinstance(known, dict) else known.to_dict()

    @vocabulary_.setter
    def vocabulary_(self, value: dict[str, int] | TermColumns) -> None:
        self._known = value

    @vocabulary_.deleter
    def vocabulary_(self) -> None:
        del self._known

    def fit(self, raw_documents: Iterable[Any], y: object = None) -> CountVectorizer:
        """Learn the vocabulary of `raw_documents`."""
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        if isinstance(counts, PendingRows):
            self._settle(counts)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn the vocabulary of `raw_documents` and return their counts, documents by terms."""
        # The work is in the steps below, which scikit-learn's method calls.
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        return self._counts(counts) if isinstance(counts, PendingRows) else counts

    def _check_vocabulary(self) -> None:
        known = vars(self).get("_known")
        if not isinstance(known, TermColumns) or known.width == 0:
            super()._check_vocabulary()

    def _count_vocab(self, raw_documents: Iterable[Any], fixed_vocab: bool) -> Any:
        known = self._known_terms() if fixed_vocab else None
        if not engine_counts(self) or (fixed_vocab and known is None):
            return super()._count_vocab(raw_documents, fixed_vocab)
        documents = as_list(raw_documents)
        counted = count(self, documents)
        if counted is None:
            return super()._count_vocab(documents, fixed_vocab)
        if known is not None:
            rows = counted.rows(
                known.columns_of(counted.terms(n_jobs=self.n_jobs)),
                by_column=True,
                dtype=native_dtype(self.dtype),
                n_jobs=self.n_jobs,
            )
            return known, csr(rows, known.width, self.dtype)
        if counted.size == 0:
            raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
        return None, PendingRows(counted, np.dtype(self.dtype))

    def _sort_features(self, X: Any, vocabulary: dict[str, int]) -> Any:
        if not isinstance(X, PendingRows):
            return super()._sort_features(X, vocabulary)
        X.sort(X.counted.sorted(n_jobs=self.n_jobs))
        return X

    def _limit_features(
        self,
        X: Any,
        vocabulary: dict[str, int],
        high: float | None = None,
        low: float | None = None,
        limit: int | None = None,
    ) -> Any:
        if not isinstance(X, PendingRows):
            return super()._limit_features(X, vocabulary, high, low, limit)
        X.limit(high, low, limit)
        return X

    def _known_terms(self) -> TermColumns | None:
        known = self._known
        if isinstance(known, TermColumns) and known.holds():
            return known
        found = TermColumns.of_dict(self.vocabulary_)
        if found is not None:
            self._known = found
        return found

    def _settle(self, pending: PendingRows) -> TermColumns:
        terms = partial(pending.counted.terms, n_jobs=self.n_jobs)
        self._known = TermColumns(terms, pending.columns())
        return self._known

    def _counts(self, pending: PendingRows) -> Any:
        known = self._settle(pending)
        rows = pending.counted.rows(
            known.columns,
            by_column=False,
            dtype=native_dtype(self.dtype),
            n_jobs=self.n_jobs,
        )
        matrix = csr(rows, known.width, self.dtype)
        if pending.binary:
            matrix.data.fill(1)
        return matrix


class HashingVectorizer(  # type: ignore[call-arg]
    _HashingVectorizer, auto_wrap_output_keys=None
):
    r"""Turn texts into a matrix of term counts in hashed columns; nothing is learned.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, stop_words
        As in :class:`sklearn.feature_extraction.text.HashingVectorizer`, as are all the following.
    token_pattern, ngram_range, analyzer, n_features, binary, norm, alternate_sign, dtype
        The same.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Examples
    --------
    >>> from framelens import HashingVectorizer
    >>> weights = HashingVectorizer(n_features=16).transform(["The leader spoke.", "The dictator."])
    >>> weights.shape
    (2, 16)
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_HashingVectorizer._parameter_constraints,
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
        n_features: int = 2**20,
        binary: bool = False,
        norm: Literal["l1", "l2"] | None = "l2",
        alternate_sign: bool = True,
        dtype: DTypeLike = np.float64,
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
            n_features=n_features,
            binary=binary,
            norm=norm,
            alternate_sign=alternate_sign,
            dtype=dtype,
        )
        self.n_jobs = n_jobs

    def transform(self, X: Iterable[Any]) -> Any:
        """Return the weights of texts, documents by hashed columns.

        Parameters
        ----------
        X : iterable
            Texts, file names or files, as `input` says.

        Returns
        -------
        sparse matrix
        """
        dtype = native_dtype(self.dtype)
        if (
            isinstance(X, str)
            or dtype != np.dtype(self.dtype)
            or not engine_counts(self)
            or not 1 <= self.n_features < LARGEST_INDEX
        ):
            return super().transform(X)
        documents = as_list(X)
        self._validate_ngram_range()
        counted = count(self, documents) if documents else None
        if counted is None:
            return super().transform(documents)
        rows = counted.hashed_rows(
            columns=int(self.n_features), alternate_sign=self.alternate_sign, n_jobs=self.n_jobs
        )
        matrix = csr(rows, int(self.n_features), dtype)
        if self.binary:
            matrix.data.fill(1)
        if self.norm is not None:
            matrix = normalize(matrix, norm=self.norm, copy=False)
        return as_configured(matrix)


class TfidfTransformer(  # type: ignore[call-arg]
    _TfidfTransformer, auto_wrap_output_keys=None
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
        **_TfidfTransformer._parameter_constraints,
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
        return as_configured(X)


class TfidfVectorizer(CountVectorizer, _TfidfVectorizer):
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
        **_TfidfVectorizer._parameter_constraints,
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
        counts = self._fit_counts(raw_documents)
        if isinstance(counts, PendingRows):
            self._fit_idf(counts, self._settle(counts))
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn from `raw_documents` and return their weights, documents by terms."""
        counts = self._fit_counts(raw_documents)
        if not isinstance(counts, PendingRows):
            return self._tfidf.transform(counts, copy=False)
        known = self._settle(counts)
        self._fit_idf(counts, known)
        dtype = _weight_dtype(self.dtype)
        none = np.empty(0, dtype=dtype)
        most = counts.counted.largest_count
        tf = np.ones(most + 1, dtype=dtype) if counts.binary else np.arange(most + 1, dtype=dtype)
        if self.sublinear_tf:
            tf[1:] = np.log(tf[1:]) + dtype.type(1.0)
        rows = _core.weigh_counted(
            counts.counted,
            known.columns,
            tf if counts.binary or self.sublinear_tf else none,
            self._tfidf.idf_ if self.use_idf else none,
            by_column=False,
            norm=self.norm,
            n_jobs=self.n_jobs,
        )
        return csr(rows, known.width, dtype)

    def _fit_counts(self, raw_documents: Iterable[Any]) -> Any:
        self._check_params()
        self._tfidf = TfidfTransformer(
            norm=self.norm,
            use_idf=self.use_idf,
            smooth_idf=self.smooth_idf,
            sublinear_tf=self.sublinear_tf,
            n_jobs=self.n_jobs,
        )
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        if not isinstance(counts, PendingRows):
            self._tfidf.fit(counts)
        return counts

    def _fit_idf(self, counts: PendingRows, known: TermColumns) -> None:
        self._tfidf.n_features_in_ = known.width
        if not self.use_idf:
            return
        dtype = _weight_dtype(self.dtype)
        kept = known.columns >= 0
        frequencies = np.empty(known.width, dtype=dtype)
        frequencies[known.columns[kept]] = counts.counted.frequencies()[kept]
        # The steps of scikit-learn's TfidfTransformer.fit, each rounded as there.
        frequencies += float(self.smooth_idf)
        idf = np.full_like(frequencies, counts.shape[0] + int(self.smooth_idf))
        idf /= frequencies
        np.log(idf, out=idf)
        idf += 1.0
        self._tfidf.idf_ = idf


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


def _weight_dtype(dtype: DTypeLike) -> np.dtype[Any]:
    # What scikit-learn makes of counts of other types before it weighs them.
    wanted = np.dtype(dtype)
    return wanted if wanted in (np.dtype(np.float32), np.dtype(np.float64)) else np.dtype("float64")
