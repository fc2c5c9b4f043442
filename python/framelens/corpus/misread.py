"""Texts that were read wrongly: characters never decoded, and another language than is named."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from framelens import _core
from framelens._core import Language
from framelens.base import languages

__all__ = ["repair", "warn_of_language", "warn_of_undecoded"]

_TRACE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    # U+0085 is a line end.
    "|[\x80-\x84\x86-\x9f\ufffd]|[\u00c2-\u00f4\u0432\u201a\u221a][^\x00-\x7f]{1,3}"
)
_LOST = "\ufffd"
# The last byte of ” is none of Windows-1252, and often lost.
_CUT_QUOTE = re.compile("â€(?![\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€])")
_AROUND = 20

# The least share of function words that news has in each language; French read as Spanish has more
# than any text of other languages read as English.
_LEAST_SHARE = {"en": 0.18, "es": 0.33, "de": 0.2}
_LEAST_OF_OTHERS = 0.18
# So many words are enough to tell. Most texts need no more than their first lines.
_ENOUGH_WORDS = 50
_SHORTEST = 150
_FIRST_LOOK, _SECOND_LOOK = 600, 2000
_SURELY = 1.4


def repair(text: str) -> str:
    r"""Decode character references of HTML, and UTF-8 that was read in another encoding.

    Examples
    --------
    >>> from framelens.corpus.misread import repair
    >>> repair("&ldquo;We goâ€\x9d, said ZoÃ«.")
    '“We go”, said Zoë.'
    """
    if not len(_core.find_undecoded([text])):
        return text
    from ftfy import TextFixerConfig, fix_text

    config = TextFixerConfig(
        unescape_html=True,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    return fix_text(_CUT_QUOTE.sub("”", text), config)


def warn_of_undecoded(
    texts: Sequence[str], ids: Sequence[str], *, repaired: bool, lost: bool, stacklevel: int
) -> None:
    """Warn of texts with characters that were never decoded, once.

    `repaired`: the texts were, so that only what is lost can be left. `lost`: whether U+FFFD tells
    that a character was.
    """
    found = [
        (i, trace)
        for i in _core.find_undecoded(texts).tolist()
        if (trace := _first_trace(texts[i], lost)) is not None
    ]
    if not found:
        return
    i, trace = found[0]
    shown = texts[i][max(0, trace.start() - _AROUND) : trace.end() + _AROUND]
    what = "have" if len(found) > 1 else "has"
    advice = (
        "read them again in their own encoding"
        if repaired
        else "fl.read(..., repair=True) decodes what is not lost (U+FFFD)"
    )
    warnings.warn(
        f"{_documents(len(found), len(texts))} {what} characters that were never decoded, "
        f"as {ids[i]!r}: {shown!r}; {advice}",
        stacklevel=stacklevel + 1,
    )


def _first_trace(text: str, lost: bool) -> re.Match[str] | None:
    for trace in _TRACE.finditer(text):
        sign = trace.group()
        if sign == _LOST:
            if lost:
                return trace
        elif _is_trace(sign):
            return trace
    return None


@lru_cache(maxsize=4096)
def _is_trace(sign: str) -> bool:
    return len(sign) == 1 or repair(sign) != sign


def warn_of_language(
    texts: Sequence[str], ids: Sequence[str], read_in: Language, *, stacklevel: int
) -> None:
    """Warn of texts that have few of the function words of a language, once."""
    language = read_in.code
    found = _in_other_language(texts, read_in)
    if not found:
        return
    first = found[0]
    others = (code for code in languages.available() if code != language)
    likely = next((code for code in others if _is_surely_in(texts[first], code)), None)
    hint = "" if likely is None else f", which reads like {likely!r}"
    verb = "seem" if len(found) > 1 else "seems"
    warnings.warn(
        f"{_documents(len(found), len(texts))} {verb} to be in another language than {language!r}, "
        f"as {ids[first]!r}{hint}; language= says by which rules names, quotations and labels are "
        f"found, and knows {', '.join(languages.available())}",
        stacklevel=stacklevel + 1,
    )


def _is_surely_in(text: str, language: str) -> bool:
    """Tell whether a text has more of the function words than one in a sister language."""
    words, function = _core.function_words([text], languages.load(language), _SECOND_LOOK)[0]
    least = _LEAST_SHARE.get(language, _LEAST_OF_OTHERS)
    return bool(function >= _SURELY * least * words)


def _in_other_language(texts: Sequence[str], language: Language) -> list[int]:
    least = _LEAST_SHARE.get(language.code, _LEAST_OF_OTHERS)
    unsure = np.array([i for i, text in enumerate(texts) if len(text) >= _SHORTEST], dtype=np.int64)
    for code_points, share in ((_FIRST_LOOK, _SURELY * least), (_SECOND_LOOK, least)):
        if not len(unsure):
            return []
        looked_at = [texts[i] for i in unsure]
        counts = _core.function_words(looked_at, language, code_points)
        words, function = counts.T
        doubtful = function < share * words
        if code_points == _SECOND_LOOK:
            doubtful &= words >= _ENOUGH_WORDS
        else:
            doubtful |= words < _ENOUGH_WORDS
        unsure = unsure[doubtful]
    return [int(i) for i in unsure]


def _documents(count: int, of_all: int) -> str:
    return f"{count:,} of {of_all:,} documents" if of_all > 1 else "the document"
