r"""scikit-learn's text vectorizers, with the counting done by the engine.

The classes take every parameter of scikit-learn's and give the same numbers, attributes and errors,
to the bit and in the same order. The engine counts runs of word characters of any least length
(``\w+``, ``(?u)\b\w\w+\b``, ``\w{3,}``), n-grams of them, and ``char`` and ``char_wb``, behind
any preprocessor; for another pattern, a tokenizer or an analyzer of one's own scikit-learn's code
runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from numbers import Integral
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import numpy as np
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer as _CountVectorizer
from sklearn.feature_extraction.text import HashingVectorizer as _HashingVectorizer
from sklearn.feature_extraction.text import TfidfTransformer as _TfidfTransformer
from sklearn.feature_extraction.text import TfidfVectorizer as _TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils._param_validation import StrOptions
from sklearn.utils.validation import check_is_fitted, validate_data

from framelens import _core
from framelens._counting import (
    LARGEST_INDEX,
    PendingRows,
    TermColumns,
    UnicodeTokenizer,
    as_configured,
    count,
    csr,
    engine_counts,
    gathered,
    in_batches,
    is_unicode,
    native_dtype,
)
from framelens._learning import (
    Saved,
    Statistics,
    bounds,
    schema_error,
    statistics_from,
    statistics_to,
)

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

__all__ = ["CountVectorizer", "HashingVectorizer", "TfidfTransformer", "TfidfVectorizer"]

_DEFAULT_PATTERN = r"(?u)\b\w\w+\b"

_OWN_CONSTRAINTS: dict[str, Any] = {
    "tokenizer": [callable, StrOptions({"unicode"}), None],
    "locale": [str],
    "n_jobs": [Integral, None],
}


class _UnicodeWords:
    # What `tokenizer="unicode"` means to the methods of scikit-learn's classes.
    def build_tokenizer(self) -> Callable[[str], Iterable[str]]:
        """Return the function that cuts a text into words."""
        if is_unicode(self):
            return UnicodeTokenizer(self.locale)
        tokenizer: Callable[[str], Iterable[str]] = super().build_tokenizer()  # type: ignore[misc]
        return tokenizer

    def _warn_for_unused_params(self) -> None:
        if not (is_unicode(self) and self.analyzer == "word"):
            super()._warn_for_unused_params()  # type: ignore[misc]

    if TYPE_CHECKING:
        locale: str
        analyzer: Any


class CountVectorizer(_UnicodeWords, Saved, _CountVectorizer):
    r"""Turn texts into a matrix of term counts.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, stop_words
        As in :class:`sklearn.feature_extraction.text.CountVectorizer`, as are all the following.
    token_pattern, ngram_range, analyzer, max_df, min_df, max_features, vocabulary, binary, dtype
        The same.
    tokenizer : "unicode"
        Besides a callable: words of UAX #29 by ICU, so that ``don't``, ``U.S`` and ``1,000`` stay
        whole and Chinese, Japanese and Thai are cut by dictionary. ``token_pattern`` is not used.
    locale : str
        Of these words, as ICU names it ("" is the root).
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
        **_OWN_CONSTRAINTS,
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
        tokenizer: Callable[[str], Iterable[str]] | Literal["unicode"] | None = None,
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
        locale: str = "",
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
        self.locale = locale
        self.n_jobs = n_jobs

    @property
    def vocabulary_(self) -> dict[str, int]:
        """Column of each term, in order of first occurrence."""
        known = self._resolved()
        if known is None:
            raise AttributeError(f"{type(self).__name__} has no vocabulary_ before it is fitted")
        return known if isinstance(known, dict) else known.to_dict()

    @vocabulary_.setter
    def vocabulary_(self, value: dict[str, int] | TermColumns | None) -> None:
        # Counts that the engine made go on without one, and settle it at the end.
        if value is not None:
            self._known = value
            self.__dict__.pop("_learned", None)

    @vocabulary_.deleter
    def vocabulary_(self) -> None:
        del self._known
        self.__dict__.pop("_learned", None)

    def fit(self, raw_documents: Iterable[Any], y: object = None) -> CountVectorizer:
        """Learn the vocabulary of `raw_documents`."""
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        if isinstance(counts, PendingRows):
            self._settle(counts)
            counts.counted.forget_rows()
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn the vocabulary of `raw_documents` and return their counts, documents by terms."""
        # The work is in the steps below, which scikit-learn's method calls.
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        return self._counts(counts) if isinstance(counts, PendingRows) else counts

    def partial_fit(self, raw_documents: Iterable[Any], y: object = None) -> Self:
        """Learn more texts; in the end as much as `fit` learns of all of them, to the byte.

        Document frequencies are exact, and ``min_df``, ``max_df`` and ``max_features`` apply to
        all texts so far. Of an iterator, which may be of any length, only some texts are held.

        Parameters
        ----------
        raw_documents : iterable
            Texts, file names or files, as `input` says.
        y : None
            Ignored.

        Returns
        -------
        self

        Examples
        --------
        >>> from framelens import CountVectorizer
        >>> vectorizer = CountVectorizer(min_df=2)
        >>> vectorizer.partial_fit(["one two"]).partial_fit(["two three"]).vocabulary_
        {'two': 0}
        """
        if isinstance(raw_documents, str):
            raise ValueError("Iterable over raw text documents expected, string object received.")
        if self.vocabulary is not None:
            raise ValueError("a given vocabulary learns nothing: use fit or transform")
        self._validate_params()
        self._validate_ngram_range()
        self._warn_for_unused_params()
        learned = vars(self).get("_learned")
        for batch in in_batches(raw_documents):
            new = self._statistics(gathered(self, batch))
            learned = new if learned is None else learned.join(new)
        if learned is not None:
            self._learn(learned)
        return self

    def merge(self, other: Self) -> Self:
        """Return a vectorizer that has learned these texts and then the other's.

        Parameters
        ----------
        other : vectorizer
            One of the same class and parameters.

        Returns
        -------
        vectorizer

        Raises
        ------
        ValueError
            If the parameters differ, or one of the two has learned nothing.

        Examples
        --------
        >>> from framelens import CountVectorizer
        >>> first, second = CountVectorizer().fit(["one"]), CountVectorizer().fit(["two"])
        >>> first.merge(second).vocabulary_
        {'one': 0, 'two': 1}
        """
        if type(other) is not type(self):
            raise ValueError(f"merge takes a {type(self).__name__}, not {type(other).__name__}")
        mine, theirs = self.get_params(), other.get_params()
        for name in mine.keys() - {"n_jobs"}:
            if mine[name] is not theirs[name] and mine[name] != theirs[name]:
                raise ValueError(f"{name} differs: {mine[name]!r} and {theirs[name]!r}")
        parts = [vars(vectorizer).get("_learned") for vectorizer in (self, other)]
        if parts[0] is None or parts[1] is None:
            raise ValueError("both must have learned their terms, by fit or partial_fit")
        merged: Self = clone(self)
        merged._learn(parts[0].join(parts[1]))
        return merged

    def _statistics(self, documents: list[Any]) -> Statistics:
        counted = count(self, documents) if engine_counts(self) else None
        if counted is not None:
            return Statistics.of(counted, binary=self.binary)
        return Statistics.of_terms(map(self.build_analyzer(), documents), binary=self.binary)

    def _learn(self, learned: Statistics) -> None:
        self.__dict__.pop("_known", None)
        self._learned = learned
        self.fixed_vocabulary_ = False

    def _resolved(self) -> dict[str, int] | TermColumns | None:
        # After partial_fit the columns are settled when they are asked for.
        if vars(self).get("_known") is None and vars(self).get("_learned") is not None:
            learned = self._learned
            if learned.terms.size == 0:
                raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
            high, low = bounds(self.max_df, self.min_df, learned.documents)
            columns = learned.columns(high, low, self.max_features, np.dtype(self.dtype))
            self._known = TermColumns(learned, columns)
        return vars(self).get("_known")

    def _fitted(self) -> dict[str, Any] | None:
        known = self._resolved()
        if known is None:
            return None
        if "_learned" in vars(self) and (isinstance(known, dict) or known.holds()):
            return statistics_to(self._learned)
        return {"vocabulary": dict(self.vocabulary_)}

    def _restore(self, fitted: dict[str, Any]) -> None:
        if "vocabulary" in fitted:
            vocabulary = fitted["vocabulary"]
            if sorted(vocabulary.values()) != list(range(len(vocabulary))):
                raise schema_error("/fitted/vocabulary", "must number its terms from 0 on")
            self.vocabulary_ = vocabulary
            self.fixed_vocabulary_ = self.vocabulary is not None
        else:
            self._learn(statistics_from(fitted))
            self._resolved()

    def _check_vocabulary(self) -> None:
        known = self._resolved()
        if not isinstance(known, TermColumns) or known.width == 0:
            super()._check_vocabulary()

    def _count_vocab(self, raw_documents: Iterable[Any], fixed_vocab: bool) -> Any:
        known = self._known_terms() if fixed_vocab else None
        if not engine_counts(self) or (fixed_vocab and known is None):
            return super()._count_vocab(gathered(self, raw_documents), fixed_vocab)
        documents = gathered(self, raw_documents)
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
        return X  # as the columns that it was given

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
        known = self._resolved()
        if isinstance(known, TermColumns) and known.holds():
            return known
        found = TermColumns.of_dict(self.vocabulary_)
        if found is not None:
            self._known = found
        return found

    def _settle(self, pending: PendingRows) -> TermColumns:
        self._learned = pending.learned
        self._known = TermColumns(pending.learned, pending.columns)
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
    _UnicodeWords, Saved, _HashingVectorizer, auto_wrap_output_keys=None
):
    r"""Turn texts into a matrix of term counts in hashed columns; nothing is learned.

    Parameters
    ----------
    input, encoding, decode_error, strip_accents, lowercase, preprocessor, tokenizer, stop_words
        As in :class:`sklearn.feature_extraction.text.HashingVectorizer`, as are all the following.
    token_pattern, ngram_range, analyzer, n_features, binary, norm, alternate_sign, dtype
        The same.
    tokenizer : "unicode"
        Besides a callable: words of UAX #29 by ICU, so that ``don't``, ``U.S`` and ``1,000`` stay
        whole and Chinese, Japanese and Thai are cut by dictionary. ``token_pattern`` is not used.
    locale : str
        Of these words, as ICU names it ("" is the root).
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
        **_OWN_CONSTRAINTS,
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
        tokenizer: Callable[[str], Iterable[str]] | Literal["unicode"] | None = None,
        stop_words: Literal["english"] | list[str] | None = None,
        token_pattern: str | None = _DEFAULT_PATTERN,
        ngram_range: tuple[int, int] = (1, 1),
        analyzer: Literal["word", "char", "char_wb"] | Callable[[Any], Iterable[str]] = "word",
        n_features: int = 2**20,
        binary: bool = False,
        norm: Literal["l1", "l2"] | None = "l2",
        alternate_sign: bool = True,
        dtype: DTypeLike = np.float64,
        locale: str = "",
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
        self.locale = locale
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
        documents = gathered(self, X)
        self._validate_ngram_range()
        counted = count(self, documents) if len(documents) > 0 else None
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
    Saved, _TfidfTransformer, auto_wrap_output_keys=None
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

    @property
    def formula_(self) -> str:
        """In words, which weighting is in force."""
        tf = "1 + ln(count)" if self.sublinear_tf else "count"
        smooth = "ln((1 + documents) / (1 + df)) + 1"
        idf = smooth if self.smooth_idf else "ln(documents / df) + 1"
        weight = f"({tf}) * ({idf})" if self.use_idf else tf
        if self.norm is None:
            return weight
        size = "Euclidean length" if self.norm == "l2" else "sum of absolute values"
        return f"{weight}, each row divided by its {size}"

    def _fitted(self) -> dict[str, Any] | None:
        if not hasattr(self, "n_features_in_"):
            return None
        idf = getattr(self, "idf_", None)
        return {
            "features": self.n_features_in_,
            "idf": None if idf is None else [float(value) for value in idf],
            "dtype": None if idf is None else idf.dtype.name,
        }

    def _restore(self, fitted: dict[str, Any]) -> None:
        self.n_features_in_ = int(fitted["features"])
        if fitted["idf"] is not None:
            if fitted["dtype"] not in ("float32", "float64"):
                raise schema_error("/fitted/dtype", "must be float32 or float64")
            self.idf_ = np.array(fitted["idf"], dtype=fitted["dtype"])
            if self.idf_.shape != (self.n_features_in_,):
                raise schema_error("/fitted/idf", "must have one number for each feature")


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
    tokenizer : "unicode"
        Besides a callable: words of UAX #29 by ICU, so that ``don't``, ``U.S`` and ``1,000`` stay
        whole and Chinese, Japanese and Thai are cut by dictionary. ``token_pattern`` is not used.
    locale : str
        Of these words, as ICU names it ("" is the root).
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
        **_OWN_CONSTRAINTS,
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
        tokenizer: Callable[[str], Iterable[str]] | Literal["unicode"] | None = None,
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
        locale: str = "",
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
            locale=locale,
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
            self._tfidf = self._weights_of(counts.learned, self._settle(counts))
            counts.counted.forget_rows()
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn from `raw_documents` and return their weights, documents by terms."""
        counts = self._fit_counts(raw_documents)
        if not isinstance(counts, PendingRows):
            return self._tfidf.transform(counts, copy=False)
        known = self._settle(counts)
        self._tfidf = self._weights_of(counts.learned, known)
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

    @property
    def idf_(self) -> NDArray[Any]:
        """The inverse document frequency of each term."""
        self._resolved()
        idf: NDArray[Any] = _TfidfVectorizer.idf_.fget(self)
        return idf

    @idf_.setter
    def idf_(self, value: NDArray[Any]) -> None:
        self._resolved()
        _TfidfVectorizer.idf_.fset(self, value)

    @property
    def formula_(self) -> str:
        """In words, which weighting is in force."""
        return self._transformer().formula_

    def _fit_counts(self, raw_documents: Iterable[Any]) -> Any:
        self._check_params()
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        if not isinstance(counts, PendingRows):
            # Not before: what stops the counting leaves the weights as they were.
            self._tfidf = self._transformer().fit(counts)
        return counts

    def _transformer(self) -> TfidfTransformer:
        return TfidfTransformer(
            norm=self.norm,
            use_idf=self.use_idf,
            smooth_idf=self.smooth_idf,
            sublinear_tf=self.sublinear_tf,
            n_jobs=self.n_jobs,
        )

    def _resolved(self) -> dict[str, int] | TermColumns | None:
        is_new = vars(self).get("_known") is None
        known = super()._resolved()
        if is_new and isinstance(known, TermColumns):
            self._tfidf = self._weights_of(self._learned, known)
        return known

    def _weights_of(self, learned: Statistics, known: TermColumns) -> TfidfTransformer:
        transformer = self._transformer()
        transformer.n_features_in_ = known.width
        if not self.use_idf:
            return transformer
        dtype = _weight_dtype(self.dtype)
        kept = known.columns >= 0
        frequencies = np.empty(known.width, dtype=dtype)
        frequencies[known.columns[kept]] = learned.frequencies[kept]
        # The steps of scikit-learn's TfidfTransformer.fit, each rounded as there.
        frequencies += float(self.smooth_idf)
        idf = np.full_like(frequencies, learned.documents + int(self.smooth_idf))
        idf /= frequencies
        np.log(idf, out=idf)
        idf += 1.0
        transformer.idf_ = idf
        return transformer

    def _fitted(self) -> dict[str, Any] | None:
        fitted = super()._fitted()
        if fitted is not None and hasattr(self, "_tfidf"):
            fitted["weights"] = self._tfidf._fitted()
        return fitted

    def _restore(self, fitted: dict[str, Any]) -> None:
        super()._restore(fitted)
        if fitted.get("weights") is not None:
            transformer = self._transformer()
            transformer._restore(fitted["weights"])
            self._tfidf = transformer


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
