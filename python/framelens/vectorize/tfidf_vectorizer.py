"""Weights of texts: counts and their weights in one pass, scikit-learn's numbers to the bit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer as _CountVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer as _TfidfVectorizer

from framelens import _core
from framelens.base.locking import lock_of
from framelens.base.saving import read_object, schema_error
from framelens.vectorize._count_weights import frequencies_of
from framelens.vectorize._counting import PendingRows, TermColumns, csr
from framelens.vectorize._learning import Statistics
from framelens.vectorize._smart import Smart
from framelens.vectorize._text_options import DEFAULT_PATTERN, TEXT_CONSTRAINTS
from framelens.vectorize.count_vectorizer import CountVectorizer
from framelens.vectorize.tfidf_transformer import (
    SMART_CONSTRAINTS,
    TfidfTransformer,
    smart_of,
    weight_dtype,
)

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray


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
    smartirs, pivot, slope
        Weights by SMART's letters, in gensim's reading, instead of these four: see
        :class:`TfidfTransformer`.
    tokenizer : "unicode"
        Besides a callable: words of UAX #29 by ICU, so that ``don't``, ``U.S`` and ``1,000`` stay
        whole and Chinese, Japanese and Thai are cut by dictionary. ``token_pattern`` is not used.
    locale : str
        Of these words, as ICU names it ("" is the root).
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.
    progress : bool
        Whether to show a progress bar while texts are counted.

    Attributes
    ----------
    vocabulary_ : dict
        Column of each term.
    fixed_vocabulary_ : bool
        Whether the vocabulary was given.
    idf_ : numpy.ndarray
        The inverse document frequency of each term.
    formula_ : str
        In words, which weighting is in force.

    Examples
    --------
    >>> from framelens import TfidfVectorizer
    >>> weights = TfidfVectorizer().fit_transform(["The leader spoke.", "The dictator spoke."])
    >>> weights.toarray().round(3).tolist()
    [[0.0, 0.705, 0.502, 0.502], [0.705, 0.0, 0.502, 0.502]]
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_TfidfVectorizer._parameter_constraints,
        **TEXT_CONSTRAINTS,
        **SMART_CONSTRAINTS,
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
        token_pattern: str | None = DEFAULT_PATTERN,
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
        smartirs: str | None = None,
        pivot: float | None = None,
        slope: float = 0.25,
        locale: str = "",
        n_jobs: int | None = None,
        progress: bool = False,
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
            progress=progress,
        )
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf
        self.smartirs = smartirs
        self.pivot = pivot
        self.slope = slope

    def fit(self, raw_documents: Iterable[Any], y: object = None) -> TfidfVectorizer:
        """Learn the vocabulary and the document frequencies of `raw_documents`."""
        self._warn_for_unused_params()
        counts = self._fit_counts(raw_documents)
        if isinstance(counts, PendingRows):
            known = counts.known()
            counts.counted.forget_rows()
            self._settle(counts.learned, known)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn from `raw_documents` and return their weights, documents by terms."""
        counts = self._fit_counts(raw_documents)
        if not isinstance(counts, PendingRows):
            return self._tfidf.transform(counts, copy=False)
        known = counts.known()
        weights = self._weights_of(counts.learned, known)
        matrix = self._weighed(counts, known, weights)
        self._settle(counts.learned, known, weights)
        return matrix

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """Return the weights of `raw_documents`, documents by terms."""
        with lock_of(self):
            self._resolved()
            # Vocabulary and weights of one moment: partial_fit may go on in another thread.
            frozen = copy(self) if "_learned" in vars(self) else self
        return super(TfidfVectorizer, frozen).transform(raw_documents)

    @property
    def idf_(self) -> NDArray[Any]:
        """The inverse document frequency of each term."""
        self._resolved()
        idf: NDArray[Any] = _TfidfVectorizer.idf_.fget(self)
        return idf

    @idf_.setter
    def idf_(self, value: NDArray[Any]) -> None:
        self._resolved()
        if self.smartirs is not None and "_tfidf" not in vars(self):
            raise ValueError("with smartirs, idf_ cannot be set before fit: call fit first")
        _TfidfVectorizer.idf_.fset(self, value)

    @property
    def formula_(self) -> str:
        """In words, which weighting is in force."""
        return self._transformer().formula_

    def _validate_params(self) -> None:
        super()._validate_params()
        smart_of(self)

    def _fit_counts(self, raw_documents: Iterable[Any]) -> Any:
        self._check_params()
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        if not isinstance(counts, PendingRows):
            # Not before: what stops the counting leaves the weights as they were.
            self._tfidf = self._weights_of_counts(counts)
        return counts

    def _weighed(self, counts: PendingRows, known: TermColumns, weights: TfidfTransformer) -> Any:
        dtype = weight_dtype(self.dtype)
        if self.smartirs is not None:
            return weights._weigh(self._counts(counts, known).astype(dtype, copy=False))
        none = np.empty(0, dtype=dtype)
        most = counts.counted.largest_count
        tf = np.ones(most + 1, dtype=dtype) if counts.binary else np.arange(most + 1, dtype=dtype)
        if self.sublinear_tf:
            tf[1:] = np.log(tf[1:]) + dtype.type(1.0)
        rows = _core.weigh_counted(
            counts.counted,
            known.columns,
            tf if counts.binary or self.sublinear_tf else none,
            weights.idf_ if self.use_idf else none,
            by_column=False,
            norm=self.norm,
            n_jobs=self.n_jobs,
        )
        return csr(rows, known.width, dtype)

    def _settle(
        self, learned: Statistics, known: TermColumns, weights: TfidfTransformer | None = None
    ) -> None:
        if weights is None:
            weights = self._weights_of(learned, known)
        with lock_of(self):
            super()._settle(learned, known)
            self._tfidf = weights

    def _transformer(self) -> TfidfTransformer:
        return TfidfTransformer(
            norm=self.norm,
            use_idf=self.use_idf,
            smooth_idf=self.smooth_idf,
            sublinear_tf=self.sublinear_tf,
            smartirs=self.smartirs,
            pivot=self.pivot,
            slope=self.slope,
            n_jobs=self.n_jobs,
        )

    def _resolved(self) -> dict[str, int] | TermColumns | None:
        with lock_of(self):
            is_new = vars(self).get("_known") is None
            known = super()._resolved()
            if is_new and isinstance(known, TermColumns):
                self._tfidf = self._weights_of(self._learned, known)
            return known

    def _weights_of(self, learned: Statistics, known: TermColumns) -> TfidfTransformer:
        transformer = self._transformer()
        kept = known.columns >= 0
        if self.smartirs is not None:
            known_df, totals = np.zeros((2, known.width), dtype=np.int64)
            known_df[known.columns[kept]] = learned.frequencies[kept]
            totals[known.columns[kept]] = learned.totals[kept]
            transformer._learn(known_df, learned.documents, totals, self._characters(known))
            return transformer
        transformer.n_features_in_ = known.width
        if not self.use_idf:
            return transformer
        dtype = weight_dtype(self.dtype)
        idf = np.empty(known.width, dtype=dtype)
        idf[known.columns[kept]] = learned.frequencies[kept]
        # The steps of scikit-learn's TfidfTransformer.fit, each rounded as there.
        idf += float(self.smooth_idf)
        np.divide(dtype.type(learned.documents + int(self.smooth_idf)), idf, out=idf)
        np.log(idf, out=idf)
        idf += 1.0
        transformer.idf_ = idf
        return transformer

    def _weights_of_counts(self, counts: Any) -> TfidfTransformer:
        # Of a vocabulary that was given, or of scikit-learn's counting.
        transformer = self._transformer()
        if self.smartirs is None:
            return transformer.fit(counts)
        totals = np.asarray(counts.sum(axis=0), dtype=np.int64).ravel()
        frequencies = frequencies_of(counts)
        transformer._learn(frequencies, counts.shape[0], totals, self._characters())
        return transformer

    def _characters(self, known: TermColumns | None = None) -> NDArray[np.int32] | None:
        # Of each column's term.
        if self.smartirs is None or Smart.of(self.smartirs).length != "b":
            return None
        vocabulary = self.vocabulary_ if known is None else known.to_dict()
        characters = np.zeros(len(vocabulary), dtype=np.int32)
        for term, column in vocabulary.items():
            characters[column] = len(term)
        return characters

    def _fitted(self) -> dict[str, Any] | None:
        with lock_of(self):
            fitted = super()._fitted()
            if fitted is not None and hasattr(self, "_tfidf"):
                fitted["weights"] = self._tfidf._fitted()
            return fitted

    def _restore(self, fitted: dict[str, Any]) -> None:
        super()._restore(fitted)
        if "weights" in fitted:
            transformer = self._transformer()
            transformer._restore(read_object(fitted, "weights"))
            if transformer.n_features_in_ != len(self.vocabulary_):
                raise schema_error("/fitted/weights", "must have one feature for each term")
            self._tfidf = transformer
