"""The one meaning of `voice`: own, reported, quoted, unquoted, all."""

from __future__ import annotations

import random

import pytest

import framelens as fl
from framelens.corpus.groups import pieces_of, plain_pieces, texts_of
from framelens.corpus.voices import VOICES, without

TEXT = (
    "The harbour of Nordell closed on Monday. “We reject this tyranny,” the mayor, Ada Moore, "
    "said. Moore claimed that the ferry was late. The so-called “reform” failed. She called it "
    "“a shame.”"
)


def spoken(voice: str, text: str = TEXT) -> set[str]:
    corpus = fl.read([{"source": "Gazette", "text": text}])
    words = texts_of(corpus, "all", voice)[0].lower().split()  # type: ignore[arg-type]
    return {word.strip("“”.,") for word in words} - {""}


def test_each_voice_has_its_words() -> None:
    assert {"reject", "tyranny", "shame"} <= spoken("quoted")
    assert not {"harbour", "ferry", "reform", "claimed"} & spoken("quoted")
    assert {"ferry", "late"} <= spoken("reported")
    assert not {"harbour", "claimed", "tyranny", "reform"} & spoken("reported")
    assert {"harbour", "claimed", "reform", "failed"} <= spoken("own")
    assert not {"ferry", "tyranny", "shame"} & spoken("own")
    assert spoken("unquoted") == spoken("own") | spoken("reported")
    assert spoken("all") == spoken("unquoted") | spoken("quoted")


def test_what_is_quoted_within_indirect_speech_is_quoted() -> None:
    text = "Ada Moore said that the ferry was “a floating disgrace” and would never sail."
    assert {"floating", "disgrace"} <= spoken("quoted", text)
    assert "disgrace" not in spoken("reported", text) | spoken("own", text)
    assert {"ferry", "sail"} <= spoken("reported", text)


def test_voices_part_the_text() -> None:
    corpus = fl.demo()
    size = {
        voice: sum(
            len(corpus.texts[i][start:end].split())
            for i, pieces in enumerate(pieces_of(corpus, "all", voice))
            for start, end in pieces
        )
        for voice in VOICES
    }
    assert size["own"] > 0
    assert size["reported"] > 0
    assert size["quoted"] > 0
    # A word may be cut where a voice ends: "tyranny,”".
    assert abs(size["own"] + size["reported"] - size["unquoted"]) < 0.02 * size["all"]
    assert abs(size["unquoted"] + size["quoted"] - size["all"]) < 0.02 * size["all"]
    whole = plain_pieces(corpus, pieces_of(corpus, "all", "all"))
    assert whole == texts_of(corpus, "all")


def test_no_other_voice_is_known() -> None:
    for call in (fl.keyness, fl.similarity):
        with pytest.raises(ValueError, match="own, reported, quoted, unquoted, all, not 'loud'"):
            call(fl.demo(), voice="loud")  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(20))
def test_without_leaves_what_no_hole_covers(seed: int) -> None:
    rng = random.Random(seed)
    edges = sorted(rng.sample(range(60), 12))
    pieces = list(zip(edges[::2], edges[1::2], strict=True))
    holes = [tuple(sorted(rng.sample(range(60), 2))) for _ in range(rng.randrange(8))]
    left = without(pieces, holes)  # type: ignore[arg-type]
    inside = {k for start, end in pieces for k in range(start, end)}
    for start, end in holes:
        inside -= set(range(start, end))
    assert {k for start, end in left for k in range(start, end)} == inside
    assert left == sorted(left)
    assert all(start < end for start, end in left)
