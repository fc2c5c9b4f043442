"""Titles given beside a text: its first line, unless they stand there."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Head", "put_before", "warn_of_unequal_titles"]

BETWEEN = "\n\n"
# So many words at the start of a text that goes on in the same line are its title all the same.
_SURE_WORDS = 5
_LONGEST_TITLE_LINE = 200
_GLANCE = 3
_UNEQUAL = 0.10
# Printed or left out, these change no word: quotation marks, apostrophes, full stops.
_SILENT = "\"'`´‘’‚‛“”„‟«»‹›ʼ′″.…"
_CLOSING = _SILENT + "!?:;)]"


@dataclass(frozen=True)
class Head:
    """Where a document's title ends and the caller's own text begins, in code points."""

    title_end: int = 0
    text_start: int = 0


def put_before(text: str, title: str | None) -> tuple[str, Head]:
    r"""Return `text` with `title` as its first line and a blank line behind it.

    White space in the title becomes one space each. A text that begins with the title is left as it
    is: case, accents, white space, marks and invisible characters make no difference.

    Examples
    --------
    >>> from framelens.corpus.titles import put_before
    >>> put_before("It rained.", "Rain\nat last")
    ('Rain at last\n\nIt rained.', Head(title_end=12, text_start=14))
    >>> put_before("RAIN AT LAST\nIt rained.", "Rain at last")
    ('RAIN AT LAST\nIt rained.', Head(title_end=12, text_start=0))
    """
    line = " ".join((title or "").split())
    if not line:
        return text, Head()
    end = _end_of_title(text, line)
    if end is not None:
        return text, Head(title_end=end)
    return f"{line}{BETWEEN}{text}", Head(len(line), len(line) + len(BETWEEN))


def _end_of_title(text: str, title: str) -> int | None:
    # Where the title ends that `text` begins with, or None.
    # Nearly all texts begin with something else, which their first letters tell.
    start = _key(title[:_GLANCE]).rstrip()
    if not _key(text, len(start)).startswith(start):
        return None
    wanted = _key(title).rstrip()
    if not wanted:
        return None
    key = ""
    for position, character in enumerate(text):
        key = _joined(key, _folded(character))
        if key == wanted:
            end = position + 1
            return _line_end(text, end, sure=wanted.count(" ") + 1 >= _SURE_WORDS)
        if not wanted.startswith(key):
            return None
    return None


def _line_end(text: str, end: int, *, sure: bool) -> int | None:
    # The end of the title's line if nothing else stands in it.
    while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Mc", "Me", "Cf"):
        end += 1
    if end < len(text) and text[end].isalnum():
        return None
    last = end
    while last < len(text) and text[last] in _CLOSING:
        last += 1
    rest = text[last : last + _LONGEST_TITLE_LINE].lstrip(" \t\u00a0")
    alone = not rest or rest[0].isspace()
    return last if alone or sure else None


def _key(text: str, enough: int | None = None) -> str:
    # What is compared of a text, up to so many characters if `enough` says how many are.
    key = ""
    for character in text:
        if len(key) == enough:
            break
        key = _joined(key, _folded(character))[:enough]
    return key


def _joined(key: str, more: str) -> str:
    # Runs of white space are one space, none at the start.
    return key if more == " " and (not key or key.endswith(" ")) else key + more


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    # What is left of a character for comparing: letters and digits, a space for what parts words.
    if character in _SILENT:
        return ""
    folded = "".join(
        c
        for c in unicodedata.normalize("NFKD", character.casefold())
        if unicodedata.category(c)[0] not in "MC" or c.isspace()
    )
    if not folded:
        return ""
    return folded if folded.isalnum() else " "


def warn_of_unequal_titles(
    sources: Sequence[str], texts: Sequence[str], titles: Sequence[str | None]
) -> None:
    """Warn once if some sources' documents have titles and others' have none.

    A title is a given one, or a first line that stands alone without a full stop.
    """
    counts: dict[str, list[int]] = {}
    for source, text, title in zip(sources, texts, titles, strict=True):
        of_source = counts.setdefault(source, [0, 0])
        of_source[0] += title is not None or _begins_with_title_line(text)
        of_source[1] += 1
    shares = {source: titled / all_ for source, (titled, all_) in counts.items()}
    if not shares or all(title is None for title in titles):
        return
    most, least = (pick(sorted(shares), key=lambda s: shares[s]) for pick in (max, min))
    if shares[most] - shares[least] > _UNEQUAL:
        warnings.warn(
            f"titles: {shares[most]:.0%} of the documents of {most!r} have one, "
            f"{shares[least]:.0%} of those of {least!r}; compare text with text (part='text' in "
            "framing and distancing), not all with all",
            stacklevel=5,
        )


def _begins_with_title_line(text: str) -> bool:
    line, newline, rest = text.lstrip()[: _LONGEST_TITLE_LINE + 1].partition("\n")
    line = line.rstrip(_CLOSING.replace(".", "") + " \r")
    return bool(newline and rest.strip() and line) and not line.endswith((".", ","))
