"""What the vectorizers share: which settings the engine counts, texts in, matrices out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from numbers import Integral
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn import get_config

from framelens import _core
from framelens.base.progress import ProgressBar
from framelens.vectorize._learning import Statistics

# What a subclass may redefine to change the analysis; the engine knows nothing of it.
_ANALYSIS_METHODS = (
    "build_analyzer",
    "build_preprocessor",
    "build_tokenizer",
    "decode",
    "get_stop_words",
    "_word_ngrams",
    "_char_ngrams",
    "_char_wb_ngrams",
)
# Maximal runs of word characters, and how many they must have at least.
_RUNS = re.compile(r"(?:\(\?u\))?(?:\\b)?(?:((?:\\w)*)\\w\+|\\w\{([1-9]\d{0,5}),\})(?:\\b)?")
_NATIVE_DTYPES = tuple(map(np.dtype, (np.int32, np.int64, np.float32, np.float64)))
_HOME = "framelens."
DOCUMENTS_AT_ONCE = 4096
CHARACTERS_AT_ONCE = 1 << 24
LARGEST_INDEX = np.iinfo(np.int32).max

Rows = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]


def min_characters(token_pattern: object) -> int | None:
    """Return the least length of the word runs that a pattern finds; None for other patterns."""
    if not isinstance(token_pattern, str):
        return None
    found = _RUNS.fullmatch(token_pattern)
    if found is None:
        return None
    return int(found[2]) if found[2] else len(found[1]) // 2 + 1


def encodable(terms: Any) -> bool:
    """Tell whether all terms are texts that the engine takes: without lone surrogates."""
    if terms is None or isinstance(terms, str):
        return True
    try:
        "".join(terms).encode()
    except (TypeError, UnicodeEncodeError):
        return False
    return True


def is_unicode(vectorizer: Any) -> bool:
    """Tell whether words are those of UAX #29."""
    return isinstance(vectorizer.tokenizer, str) and vectorizer.tokenizer == "unicode"


class UnicodeTokenizer:
    """Cuts a text into the words of UAX #29, with ICU's rules for a locale."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    def __call__(self, text: str) -> list[str]:
        """Return the words of a text."""
        return _core.unicode_words(text, self.locale)


def engine_counts(vectorizer: Any) -> bool:
    """Tell whether the engine gives what scikit-learn's analyzer with these settings would."""
    home = next(kind for kind in type(vectorizer).__mro__ if kind.__module__.startswith(_HOME))
    own = all(
        getattr(type(vectorizer), name) is getattr(home, name) and name not in vars(vectorizer)
        for name in _ANALYSIS_METHODS
    )
    minimum: Any
    maximum: Any
    minimum, maximum = vectorizer.ngram_range
    if not (
        own
        and isinstance(minimum, Integral)
        and isinstance(maximum, Integral)
        and 1 <= int(minimum) <= int(maximum) < 2**31
    ):
        return False
    if vectorizer.analyzer == "word":
        is_pattern = min_characters(vectorizer.token_pattern) is not None
        return (
            is_unicode(vectorizer) or (vectorizer.tokenizer is None and is_pattern)
        ) and encodable(vectorizer.stop_words)
    return isinstance(vectorizer.analyzer, str) and vectorizer.analyzer in ("char", "char_wb")


def count(
    vectorizer: Any, documents: Any, *, progress: bool, numbered: bool = True
) -> _core.CountedTexts | None:
    """Count the terms of documents; None if one of them is not a text, so that scikit-learn asks.

    `progress` shows a bar. Not numbered, the terms are for hashed rows only.

    Raises
    ------
    ValueError
        If a document is missing; the message names its row.
    """
    vectorizer.build_analyzer()  # for its checks and warnings
    texts = documents
    if is_arrow(documents):
        pass
    elif vectorizer.input != "content" or not all(isinstance(d, str) for d in documents):
        if vectorizer.input == "content" and not all(isinstance(d, str | bytes) for d in documents):
            _refuse_missing(documents)
            return None
        texts = [vectorizer.decode(document) for document in documents]
    plain = vectorizer.preprocessor is None and not vectorizer.strip_accents
    if not plain:
        preprocess = vectorizer.build_preprocessor()
        texts = [preprocess(text) for text in texts]
        if not all(isinstance(text, str) for text in texts):
            return None
    is_word = vectorizer.analyzer == "word"
    by_icu = is_word and is_unicode(vectorizer)
    by_pattern = is_word and not by_icu
    with ProgressBar(progress, len(texts) if hasattr(texts, "__len__") else None) as report:
        return _core.count_texts(
            texts,
            analyzer="unicode" if by_icu else vectorizer.analyzer,
            locale=vectorizer.locale,
            lowercase=plain and bool(vectorizer.lowercase),
            ngram_range=(int(vectorizer.ngram_range[0]), int(vectorizer.ngram_range[1])),
            min_characters=(min_characters(vectorizer.token_pattern) or 1) if by_pattern else 1,
            stop_words=sorted(vectorizer.get_stop_words() or ()) if is_word else (),
            numbered=numbered,
            n_jobs=vectorizer.n_jobs,
            progress=report,
        )


def _refuse_missing(documents: list[Any]) -> None:
    for row, document in enumerate(documents):
        if document is None or document is np.nan or document != document:
            name = "np.nan" if isinstance(document, float) else repr(document)
            raise ValueError(
                f"{name} is an invalid document, expected byte or unicode string. (row {row})"
            )


class TermColumns:
    """Terms in order of first occurrence and the column of each, -1 for those left out.

    Strings are made when asked for: a dict of a million terms takes as long as counting them.
    """

    def __init__(self, learned: Statistics | _core.TermList, columns: NDArray[np.int32]) -> None:
        self._learned = learned
        self.columns = columns
        self.width = int(columns.max(initial=-1)) + 1
        self._dict: dict[str, int] | None = None

    @classmethod
    def of_dict(cls, vocabulary: dict[str, int]) -> TermColumns | None:
        """Return the terms of a user's vocabulary; None if the engine cannot look these up."""
        values = list(vocabulary.values())
        if not (
            vocabulary
            and encodable(vocabulary)
            and all(isinstance(v, Integral) for v in values)
            and sorted(values) == list(range(len(values)))
        ):
            return None
        known = cls(_core.TermList.of(vocabulary), np.array(values, dtype=np.int32))
        known._dict = vocabulary
        return known

    @property
    def terms(self) -> _core.TermList:
        """The terms in order of first occurrence."""
        learned = self._learned
        return learned if isinstance(learned, _core.TermList) else learned.terms

    def to_dict(self) -> dict[str, int]:
        """Return ``vocabulary_``: always the same dict."""
        if self._dict is None:
            self._dict = self.terms.to_dict(self.columns)
        return self._dict

    def holds(self) -> bool:
        """Tell whether nobody has changed the dict that was given out."""
        return self._dict is None or self.terms.is_dict(self.columns, self._dict)

    def columns_of(self, terms: _core.TermList) -> NDArray[np.int32]:
        """Return the column of each of `terms`; -1 for those that have none."""
        numbers = self.terms.numbers_of(terms)
        return np.where(numbers < 0, np.int32(-1), self.columns[numbers])


class PendingRows:
    """Counted texts on their way through scikit-learn's ``fit_transform``.

    It stands for the matrix in the three things that are done to it there, and is made into one at
    the end, when all is known: which terms stay, in which order, and what becomes of the counts.
    """

    def __init__(
        self, counted: _core.CountedTexts, dtype: np.dtype[Any], n_jobs: int | None
    ) -> None:
        self.counted = counted
        self.dtype = dtype
        self.n_jobs = n_jobs
        self.shape = (counted.documents, counted.size)
        self.binary = False
        self.columns = np.empty(0, dtype=np.int32)

    @property
    def data(self) -> PendingRows:
        """Itself, for ``X.data.fill(1)``, by which scikit-learn forgets how often."""
        return self

    def fill(self, value: int) -> None:
        """Forget how often terms occur."""
        self.binary = True

    @cached_property
    def learned(self) -> Statistics:
        """The statistics of the terms."""
        return Statistics.of(self.counted, binary=self.binary, n_jobs=self.n_jobs)

    def limit(self, high: float | None, low: float | None, most: int | None) -> None:
        """Give columns to the terms that stay.

        Raises
        ------
        ValueError
            If none does.
        """
        self.columns = self.learned.columns(high, low, most, self.dtype)

    def known(self) -> TermColumns:
        """Return the terms and their columns."""
        return TermColumns(self.learned, self.columns)


def as_configured(matrix: Any) -> Any:
    """Return a sparse matrix or a sparse array, as scikit-learn's setting says."""
    array = get_config().get("sparse_interface", "spmatrix") == "sparray"
    if array is not sp.isspmatrix(matrix):
        return matrix
    return sp.csr_array(matrix) if array else sp.csr_matrix(matrix)


def csr(rows: Rows, width: int, dtype: Any, *, is_sorted: bool = True) -> Any:
    """Make a matrix of rows; indices of 64 bits where those of 32 do not suffice."""
    indptr, indices, data = rows
    index_dtype = np.int64 if indptr[-1] > LARGEST_INDEX else np.int32
    matrix = sp.csr_array(
        (
            data.astype(dtype, copy=False),
            indices.astype(index_dtype, copy=False),
            indptr.astype(index_dtype, copy=False),
        ),
        shape=(len(indptr) - 1, width),
        copy=False,
    )
    if is_sorted:
        matrix.has_sorted_indices = True
    return as_configured(matrix)


def native_dtype(dtype: Any) -> np.dtype[Any]:
    """Return the type that the engine fills in for counts of a type."""
    wanted = np.dtype(dtype)
    return wanted if wanted in _NATIVE_DTYPES else np.dtype(np.int64)


def is_arrow(documents: Any) -> bool:
    """Tell whether documents give their buffers by Arrow's protocol."""
    return hasattr(documents, "__arrow_c_stream__") or hasattr(documents, "__arrow_c_array__")


def gathered(vectorizer: Any, documents: Iterable[Any]) -> Any:
    """Return documents as a list, or as they are if their buffers can be read as they lie."""
    if is_arrow(documents):
        plain = vectorizer.preprocessor is None and not vectorizer.strip_accents
        if plain and vectorizer.input == "content" and engine_counts(vectorizer):
            return documents
        return arrow_list(documents)
    return documents if isinstance(documents, list) else list(documents)


def arrow_list(documents: Any) -> list[Any]:
    """Return the values of an Arrow array or a series as a list."""
    for method in ("to_pylist", "to_list"):
        if hasattr(documents, method):
            values: list[Any] = getattr(documents, method)()
            return values
    return list(documents)


def is_stream(documents: Any) -> bool:
    """Tell whether documents come one by one."""
    return not (isinstance(documents, list) or is_arrow(documents))


def in_batches(documents: Any) -> Iterator[Any]:
    """Yield a list or Arrow values as they are, and of a stream some documents at a time."""
    if not is_stream(documents):
        yield documents
        return
    batch: list[Any] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document) if isinstance(document, str | bytes) else 0
        if len(batch) >= DOCUMENTS_AT_ONCE or characters >= CHARACTERS_AT_ONCE:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
