r"""Counts of terms, scikit-learn's numbers to the bit and in the same order.

The engine counts runs of word characters of any least length (``\w+``, ``(?u)\b\w\w+\b``,
``\w{3,}``), n-grams of them, and ``char`` and ``char_wb``, behind any preprocessor; for another
pattern, a tokenizer or an analyzer of one's own scikit-learn's code runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import numpy as np
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer as _CountVectorizer

from framelens.base.locking import lock_of
from framelens.base.progress import ProgressBar, shown
from framelens.base.saving import Saved, schema_error
from framelens.vectorize._counting import (
    PendingRows,
    TermColumns,
    count,
    csr,
    engine_counts,
    gathered,
    in_batches,
    is_stream,
    native_dtype,
)
from framelens.vectorize._learning import (
    Growing,
    Statistics,
    bounds,
    statistics_from,
    statistics_to,
)
from framelens.vectorize._text_options import DEFAULT_PATTERN, TEXT_CONSTRAINTS, UnicodeWords

if TYPE_CHECKING:
    from numpy.typing import DTypeLike


class CountVectorizer(UnicodeWords, Saved, _CountVectorizer):
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
    progress : bool
        Whether to show a progress bar while texts are counted.

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
        **TEXT_CONSTRAINTS,
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
        token_pattern: str | None = DEFAULT_PATTERN,
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
        )
        self.locale = locale
        self.n_jobs = n_jobs
        self.progress = progress

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
            with lock_of(self):
                self._known = value
                self.__dict__.pop("_learned", None)

    @vocabulary_.deleter
    def vocabulary_(self) -> None:
        with lock_of(self):
            del self._known
            self.__dict__.pop("_learned", None)

    def fit(self, raw_documents: Iterable[Any], y: object = None) -> CountVectorizer:
        """Learn the vocabulary of `raw_documents`."""
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        if isinstance(counts, PendingRows):
            known = counts.known()
            counts.counted.forget_rows()
            self._settle(counts.learned, known)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: object = None) -> Any:
        """Learn the vocabulary of `raw_documents` and return their counts, documents by terms."""
        # The work is in the steps below, which scikit-learn's method calls.
        counts = _CountVectorizer.fit_transform(self, raw_documents)
        if not isinstance(counts, PendingRows):
            return counts
        known = counts.known()
        matrix = self._counts(counts, known)
        self._settle(counts.learned, known)
        return matrix

    def partial_fit(self, raw_documents: Iterable[Any], y: object = None) -> Self:
        """Learn more texts; in the end as much as `fit` learns of all of them, to the byte.

        Document frequencies are exact, and ``min_df``, ``max_df`` and ``max_features`` apply to
        all texts so far. Of an iterator, which may be of any length, only some texts are held.
        Several threads may teach one vectorizer at once: each adds all of its texts at the end of
        its call.

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
            raise ValueError(
                "partial_fit cannot extend a given vocabulary: use fit, or leave vocabulary out"
            )
        self._validate_params()
        self._validate_ngram_range()
        self._warn_for_unused_params()
        growing = Growing()
        streamed = is_stream(raw_documents)
        bar = ProgressBar(self.progress and streamed)
        with bar:
            for batch in in_batches(raw_documents):
                growing.add(self._statistics(gathered(self, batch), self.progress and not streamed))
                bar.add(len(batch) if streamed else 0)
        new = growing.whole()
        if new is not None:
            with lock_of(self):
                known = vars(self).get("_learned")
                self._learn(new if known is None else known.join(new))
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
            raise ValueError(f"other must be a {type(self).__name__}, not a {type(other).__name__}")
        mine, theirs = self.get_params(), other.get_params()
        for name in mine.keys() - {"n_jobs", "progress"}:
            if mine[name] is not theirs[name] and mine[name] != theirs[name]:
                raise ValueError(
                    f"{name} must be the same in both vectorizers, not {mine[name]!r} and "
                    f"{theirs[name]!r}"
                )
        parts = [vars(vectorizer).get("_learned") for vectorizer in (self, other)]
        if parts[0] is None or parts[1] is None:
            raise ValueError(
                "both vectorizers must have learned terms: call fit or partial_fit first"
            )
        merged: Self = clone(self)
        merged._learn(parts[0].join(parts[1]))
        return merged

    def _statistics(self, documents: list[Any], progress: bool) -> Statistics:
        counted = count(self, documents, progress=progress) if engine_counts(self) else None
        if counted is not None:
            counted.forget_rows()
            return Statistics.of(counted, binary=self.binary, n_jobs=self.n_jobs)
        cut = map(self.build_analyzer(), shown(documents, progress))
        return Statistics.of_terms(cut, binary=self.binary)

    def _learn(self, learned: Statistics) -> None:
        self.__dict__.pop("_known", None)
        self._learned = learned
        self.fixed_vocabulary_ = False

    def _resolved(self) -> dict[str, int] | TermColumns | None:
        # After partial_fit the columns are settled when they are asked for.
        with lock_of(self):
            if vars(self).get("_known") is None and vars(self).get("_learned") is not None:
                learned = self._learned
                if learned.terms.size == 0:
                    raise ValueError(
                        "empty vocabulary; perhaps the documents only contain stop words"
                    )
                high, low = bounds(self.max_df, self.min_df, learned.documents)
                columns = learned.columns(high, low, self.max_features, np.dtype(self.dtype))
                self._known = TermColumns(learned, columns)
            return vars(self).get("_known")

    def __getstate__(self) -> dict[str, Any]:
        """Return what `pickle` and `copy` keep."""
        with lock_of(self):
            return dict(super().__getstate__())

    def _fitted(self) -> dict[str, Any] | None:
        with lock_of(self):
            known = self._resolved()
            if known is None:
                return None
            if "_learned" in vars(self) and (isinstance(known, dict) or known.holds()):
                return statistics_to(self._learned)
            return {"vocabulary": dict(self.vocabulary_)}

    def _restore(self, fitted: dict[str, Any]) -> None:
        if "vocabulary" in fitted:
            vocabulary = fitted["vocabulary"]
            if (
                not isinstance(vocabulary, dict)
                or any(type(column) is not int for column in vocabulary.values())
                or sorted(vocabulary.values()) != list(range(len(vocabulary)))
            ):
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
            documents = shown(gathered(self, raw_documents), self.progress)
            return super()._count_vocab(documents, fixed_vocab)
        documents = gathered(self, raw_documents)
        counted = count(self, documents, progress=self.progress)
        if counted is None:
            return super()._count_vocab(shown(documents, self.progress), fixed_vocab)
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
        return None, PendingRows(counted, np.dtype(self.dtype), self.n_jobs)

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
        with lock_of(self):
            known = self._resolved()
            if isinstance(known, TermColumns) and known.holds():
                return known
            found = TermColumns.of_dict(self.vocabulary_)
            if found is not None:
                self._known = found
            return found

    def _settle(self, learned: Statistics, known: TermColumns) -> None:
        with lock_of(self):
            self._learned = learned
            self._known = known

    def _counts(self, pending: PendingRows, known: TermColumns) -> Any:
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
