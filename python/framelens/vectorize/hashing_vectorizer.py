"""Counts of terms in hashed columns, scikit-learn's numbers to the bit; nothing is learned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer as _HashingVectorizer
from sklearn.preprocessing import normalize

from framelens import _core
from framelens.base.progress import shown
from framelens.base.saving import Saved
from framelens.vectorize._counting import (
    LARGEST_INDEX,
    as_configured,
    count,
    csr,
    engine_counts,
    gathered,
    native_dtype,
)
from framelens.vectorize._text_options import DEFAULT_PATTERN, TEXT_CONSTRAINTS, UnicodeWords

if TYPE_CHECKING:
    from numpy.typing import DTypeLike


class HashingVectorizer(  # type: ignore[call-arg]
    UnicodeWords, Saved, _HashingVectorizer, auto_wrap_output_keys=None
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
    progress : bool
        Whether to show a progress bar while texts are counted.

    Examples
    --------
    >>> from framelens import HashingVectorizer
    >>> weights = HashingVectorizer(n_features=16).transform(["The leader spoke.", "The dictator."])
    >>> weights.shape
    (2, 16)
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {
        **_HashingVectorizer._parameter_constraints,
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
        n_features: int = 2**20,
        binary: bool = False,
        norm: Literal["l1", "l2"] | None = "l2",
        alternate_sign: bool = True,
        dtype: DTypeLike = np.float64,
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
            n_features=n_features,
            binary=binary,
            norm=norm,
            alternate_sign=alternate_sign,
            dtype=dtype,
        )
        self.locale = locale
        self.n_jobs = n_jobs
        self.progress = progress

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
        if isinstance(X, str):
            return super().transform(X)  # for its error
        if (
            dtype != np.dtype(self.dtype)
            or not engine_counts(self)
            or not 1 <= self.n_features < LARGEST_INDEX
        ):
            return super().transform(shown(X, self.progress))
        documents = gathered(self, X)
        self._validate_ngram_range()
        counted = (
            count(self, documents, progress=self.progress, numbered=False)
            if len(documents) > 0
            else None
        )
        if counted is None:
            return super().transform(shown(documents, self.progress))
        # Whole numbers are scikit-learn's to divide, which makes others of them.
        weighed = dtype.kind == "f"
        rows = _core.hashed_rows(
            counted,
            columns=int(self.n_features),
            alternate_sign=self.alternate_sign,
            dtype=dtype,
            binary=weighed and self.binary,
            norm=self.norm if weighed else None,
            n_jobs=self.n_jobs,
        )
        matrix = csr(rows, int(self.n_features), dtype)
        if self.binary and not weighed:
            matrix.data.fill(1)
        if self.norm is not None and not weighed:
            matrix = normalize(matrix, norm=self.norm, copy=False)
        return as_configured(matrix)
