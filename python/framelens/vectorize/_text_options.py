"""What our text vectorizers add to scikit-learn's parameters: Unicode words, locale, threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from numbers import Integral
from typing import TYPE_CHECKING, Any

from sklearn.utils._param_validation import StrOptions

from framelens.vectorize._counting import UnicodeTokenizer, is_unicode

DEFAULT_PATTERN = r"(?u)\b\w\w+\b"

TEXT_CONSTRAINTS: dict[str, Any] = {
    "tokenizer": [callable, StrOptions({"unicode"}), None],
    "locale": [str],
    "n_jobs": [Integral, None],
    "progress": ["boolean"],
}


class UnicodeWords:
    """What ``tokenizer="unicode"`` means to the methods of scikit-learn's classes."""

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
