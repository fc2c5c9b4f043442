"""Words of UAX #29, slowly: the rules of its section 4.1.1, one after the other."""

from __future__ import annotations

from collections.abc import Callable

IGNORED = {"Extend", "Format", "ZWJ"}
LINE_ENDS = {"CR", "LF", "Newline"}
LETTERS = {"ALetter", "Hebrew_Letter"}
BETWEEN_LETTERS = {"MidLetter", "MidNumLet", "Single_Quote"}
BETWEEN_DIGITS = {"MidNum", "MidNumLet", "Single_Quote"}
JOINED_BY_LOW_LINES = LETTERS | {"Numeric", "Katakana", "ExtendNumLet"}
IN_WORDS = LETTERS | {"Numeric", "Katakana"}


def breaks_before(kinds: list[str], at: int, pictographic: Callable[[int], bool]) -> bool:
    """Tell whether there is a boundary before a character, from the kinds of all."""
    before, here = kinds[at - 1], kinds[at]
    if before == "CR" and here == "LF":  # WB3
        return False
    if before in LINE_ENDS or here in LINE_ENDS:  # WB3a, WB3b
        return True
    if before == "ZWJ" and pictographic(at):  # WB3c
        return False
    if before == here == "WSegSpace":  # WB3d
        return False
    if here in IGNORED:  # WB4
        return False
    left = [kind for kind in kinds[:at] if kind not in IGNORED]
    # What is ignored after a line end or at the start stands for itself.
    start = at
    while start > 0 and kinds[start - 1] in IGNORED:
        start -= 1
    if start == 0 or kinds[start - 1] in LINE_ENDS:
        left = []
    right = [kind for kind in kinds[at + 1 :] if kind not in IGNORED]
    one = left[-1] if left else ""
    two = left[-2] if len(left) > 1 else ""
    after = right[0] if right else ""
    joined = (
        (one in LETTERS and here in LETTERS)  # WB5
        or (one in LETTERS and here in BETWEEN_LETTERS and after in LETTERS)  # WB6
        or (two in LETTERS and one in BETWEEN_LETTERS and here in LETTERS)  # WB7
        or (one == "Hebrew_Letter" and here == "Single_Quote")  # WB7a
        or (one == after == "Hebrew_Letter" and here == "Double_Quote")  # WB7b
        or (two == here == "Hebrew_Letter" and one == "Double_Quote")  # WB7c
        or (one in LETTERS | {"Numeric"} and here == "Numeric")  # WB8, WB9
        or (one == "Numeric" and here in LETTERS)  # WB10
        or (two == here == "Numeric" and one in BETWEEN_DIGITS)  # WB11
        or (one == after == "Numeric" and here in BETWEEN_DIGITS)  # WB12
        or (one == here == "Katakana")  # WB13
        or (one in JOINED_BY_LOW_LINES and here == "ExtendNumLet")  # WB13a
        or (one == "ExtendNumLet" and here in JOINED_BY_LOW_LINES)  # WB13b
    )
    if one == here == "Regional_Indicator":  # WB15, WB16
        run = 0
        while run < len(left) and left[-1 - run] == "Regional_Indicator":
            run += 1
        joined = run % 2 == 1
    return not joined


def segments(
    text: str, kind: Callable[[str], str], pictographic: Callable[[str], bool]
) -> list[str]:
    """Cut a text at every boundary."""
    kinds = [kind(char) for char in text]
    bounds = [0]
    bounds += [
        at
        for at in range(1, len(text))
        if breaks_before(kinds, at, lambda i: pictographic(text[i]))
    ]
    return [text[a:b] for a, b in zip(bounds, [*bounds[1:], len(text)], strict=True) if b > a]


def is_word(segment: str, kind: Callable[[str], str]) -> bool:
    """Tell whether ICU reports a segment as a word: by the last rule that it took."""
    kinds = [kind(char) for char in segment]
    kept = [kind for kind in kinds if kind not in IGNORED]
    if not kept or kept[-1] in IN_WORDS:
        return bool(kept)
    if kinds[-1] == "ExtendNumLet":  # WB13a
        return len(kept) > 1
    return kinds[-1] == "Single_Quote" and kept[-2:-1] == ["Hebrew_Letter"]  # WB7a
