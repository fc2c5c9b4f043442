"""Words of UAX #29: Unicode's own test file, and a slow twin that reads Unicode's tables."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

import framelens as fl
from framelens import _core
from oracle import words as oracle

DATA = Path("/usr/share/unicode")


def lines_of(name: str) -> list[str]:
    """The lines of a file of the Unicode Character Database, without comments."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"no {path} (Debian: unicode-data)")
    lines = [line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if line]


@cache
def property_of(name: str, value: str | None = None) -> dict[str, str]:
    """Each character with its value, of one value only if it is given."""
    values = {}
    for line in lines_of(name):
        codes, found = (field.strip() for field in line.split(";")[:2])
        first, _, last = codes.partition("..")
        if value in (None, found):
            for code in range(int(first, 16), int(last or first, 16) + 1):
                values[chr(code)] = found
    return values


def kind(char: str) -> str:
    """Word_Break as ICU tailors it: "@" is a letter, and colons do not join."""
    if char == "@":
        return "ALetter"
    if char in ":\ufe55\uff1a":
        return "Other"
    return property_of("auxiliary/WordBreakProperty.txt").get(char, "Other")


def pictographic(char: str) -> bool:
    """Extended_Pictographic."""
    return char in property_of("emoji/emoji-data.txt", "Extended_Pictographic")


def cases() -> list[list[str]]:
    """The segments of each line of Unicode's test file."""
    return [
        ["".join(chr(int(code, 16)) for code in segment.split("×")) for segment in segments]
        for line in lines_of("auxiliary/WordBreakTest.txt")
        for segments in [[part for part in line.split("÷") if part.strip()]]
    ]


def words_of(segments: list[str]) -> list[str]:
    """The segments that are words, with the kinds of Unicode itself."""
    table = property_of("auxiliary/WordBreakProperty.txt")
    return [part for part in segments if oracle.is_word(part, lambda c: table.get(c, "Other"))]


def different(locale: str) -> list[str]:
    """The texts of Unicode's test file whose words are others in a locale."""
    return [
        "".join(segments)
        for segments in cases()
        if _core.unicode_words("".join(segments), locale) != words_of(segments)
    ]


def test_unicode_test_file() -> None:
    assert len(cases()) == 1823 or _core.unicode_versions()["Unicode"] != "15.0"
    # ICU's root rules take a colon between letters for a boundary; Finnish and Swedish join there.
    tailored = different("")
    assert len(tailored) == 15
    assert all(":" in text for text in tailored)
    assert different("fi") == different("sv") == []


def test_twin_on_unicode_test_file() -> None:
    table = property_of("auxiliary/WordBreakProperty.txt")
    for segments in cases():
        text = "".join(segments)
        found = oracle.segments(text, lambda c: table.get(c, "Other"), pictographic)
        assert found == segments


@pytest.mark.parametrize("seed", range(6))
def test_random_texts_against_twin(seed: int) -> None:
    rng = random.Random(seed)
    plain = (
        "aZé0٣_'’.,;:·\" -@\n\rбאבגا\u064e\u0301\u00ad\u200d\u202f\u203f—©ℹ❤\ufe0f😀🏽🇦🇧\u2003कि"
    )
    letters = "abcéñ זא01,.’' "
    for _ in range(500):
        pool = rng.choice([plain, letters])
        text = "".join(rng.choice(pool) for _ in range(rng.randrange(90)))
        segments = oracle.segments(text, kind, pictographic)
        expected = [segment for segment in segments if oracle.is_word(segment, kind)]
        assert _core.unicode_words(text) == expected, ascii(text)


def test_vectorizer_counts_the_same_words() -> None:
    rng = random.Random(3)
    pool = "aé0_'’., \"-@日本ไทยא\u0301😀"
    texts = ["".join(rng.choice(pool) for _ in range(rng.randrange(300))) for _ in range(60)]
    model = fl.CountVectorizer(tokenizer="unicode", lowercase=False)
    counts = model.fit_transform(texts)
    names = model.get_feature_names_out()
    for row, text in enumerate(texts):
        words = _core.unicode_words(text)
        found = counts[[row]].toarray()[0]
        assert {names[i]: int(found[i]) for i in found.nonzero()[0]} == {
            word: words.count(word) for word in words
        }


@pytest.mark.parametrize("name", ["", "root", "de", "de_AT", "zh-Hant-TW", "fi@lb=strict", "nb"])
def test_locales_that_icu_names(name: str) -> None:
    assert _core.unicode_words("one two", name) == ["one", "two"]


@pytest.mark.parametrize("name", ["klingon!", "xx", "qq_DE", "english words"])
def test_a_locale_that_nobody_has_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no locale is called"):
        _core.unicode_words("one two", name)
    with pytest.raises(ValueError, match="no locale is called"):
        fl.CountVectorizer(tokenizer="unicode", locale=name).fit(["one two"])
