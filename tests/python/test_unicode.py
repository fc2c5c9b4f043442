"""Folding against Unicode's own data files, and against a slow twin."""

from __future__ import annotations

import bz2
import random
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from framelens import _core
from oracle import unicode as oracle

DATA = Path("/usr/share/unicode")


def lines_of(name: str) -> Iterator[list[str]]:
    """The fields of each line of a file of the Unicode Character Database."""
    if (DATA / name).exists():
        text = (DATA / name).read_text(encoding="utf-8")
    elif (DATA / f"{name}.bz2").exists():
        text = bz2.decompress((DATA / f"{name}.bz2").read_bytes()).decode()
    else:
        pytest.skip(f"no {DATA / name} (Debian: unicode-data)")
    for line in text.splitlines():
        content = line.partition("#")[0].strip()
        if content and not content.startswith("@"):
            yield [field.strip() for field in content.split(";")]


def string(code_points: str) -> str:
    """A string from code points in hexadecimal."""
    return "".join(chr(int(code, 16)) for code in code_points.split())


def ranges_of(name: str, value: str | None = None) -> dict[str, str]:
    """Each character of a property file with its value, of one value only if it is given."""
    values = {}
    for codes, found, *_ in lines_of(name):
        if value is None or found == value:
            first, _, last = codes.partition("..")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                values[chr(code)] = found
    return values


@pytest.fixture(scope="module")
def slow_fold() -> Callable[[str], str]:
    scripts = ranges_of("Scripts.txt")
    ignorable = ranges_of("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    return lambda text: oracle.fold(
        text, lambda char: scripts.get(char, "Unknown"), lambda char: char in ignorable
    )


def test_strings_that_are_compatible_fold_alike() -> None:
    cases = [
        [string(field) for field in fields[:5]] for fields in lines_of("NormalizationTest.txt")
    ]
    assert len(cases) > 18_000
    folded = zip(*(_core.fold(column) for column in zip(*cases, strict=True)), strict=True)
    differ = [case for case, folds in zip(cases, folded, strict=True) if len(set(folds)) > 1]
    # Marks that NFKC takes apart, but that are plain quotes and apostrophes here.
    assert [case[0] for case in differ] == ["\u00b4", "\u1ffd", "\u2033", "\u2036"]


def test_case_folds_alike() -> None:
    pairs = [
        (string(code), string(mapping))
        for code, status, mapping, *_ in lines_of("CaseFolding.txt")
        if status in "CF"
    ]
    assert len(pairs) > 1_400
    before, after = zip(*pairs, strict=True)
    assert _core.fold(before) == _core.fold(after)


def test_each_character_folds_as_the_twin_says(slow_fold: Callable[[str], str]) -> None:
    assigned = [
        char
        for char in map(chr, range(0x110000))
        if unicodedata.category(char) not in {"Cn", "Cs", "Co"}
    ]
    differ = [
        f"U+{ord(char):04X}"
        for char, folded in zip(assigned, _core.fold(assigned), strict=True)
        if folded != slow_fold(char)
    ]
    assert differ == []


def test_random_texts_fold_as_the_twin_says(slow_fold: Callable[[str], str]) -> None:
    draw = random.Random(5)
    alphabet = [
        *"aZ9 '`-“”’«–\u00a0\u200b\u00ad\ufeff",
        *"éÉñßſİıΣςάŐøﬁ",
        *"\u0301\u0308\u0323\u0316\u0338\u3099",
        *"йЖがハﾊﾞ한글\u1112\u1161\u11abहि\u093cน้ำ",
        *"كِتَابשׁ😀👍🏽\u200d\U0001d400",
    ]
    texts = ["".join(draw.choices(alphabet, k=draw.randrange(60))) for _ in range(20_000)]
    differ = [
        (text, folded, slow_fold(text))
        for text, folded in zip(texts, _core.fold(texts), strict=True)
        if folded != slow_fold(text)
    ]
    assert differ == []
