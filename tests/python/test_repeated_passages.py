"""Furniture: what a source repeats as it is, and what only looks like it."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable

import pytest

import framelens as fl
from framelens.corpus.furniture import find_furniture
from framelens.corpus.groups import texts_of

Timer = Callable[[Callable[[], object]], float]

WORDS = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in ("lor", "mist", "nak", "pund")]
CALL = "All weights and tides on these pages come from the old harbour books"
BODY = ("subhead", "body")


def sentences(rng: random.Random, count: int = 8) -> list[str]:
    return [" ".join(rng.choices(WORDS, k=12)).capitalize() + "." for _ in range(count)]


def corpus_of(furnished, *, articles: int = 20, others: int = 60, seed: int = 0) -> fl.Corpus:
    """Return articles of the Gazette, as `furnished` makes them, and of three others."""
    rng = random.Random(seed)
    rows = []
    for i in range(articles):
        rows.append(
            {"id": f"g{i:03}", "source": "Gazette", "text": furnished(i, sentences(rng), rng)}
        )
    for i in range(others):
        text = "\n\n".join(sentences(rng))
        rows.append({"id": f"o{i:03}", "source": f"Other {i % 3}", "text": text})
    return read(rows)


def read(rows):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".* in another language")
        return fl.read(rows)


def taken(corpus: fl.Corpus) -> set[str]:
    found = find_furniture(corpus, BODY)
    return {
        corpus.texts[i][start:end] for i, spans in enumerate(found.spans) for start, end in spans
    }


def in_a_line(i, text, rng):
    if i % 3:
        text[rng.randrange(2, 7)] += f" {CALL}"
    return "\n\n".join(text)


def before_a_line(i, text, rng):
    text[4] = f"{CALL}. {text[4]}"
    return "\n\n".join(text)


def whole_sentence(i, text, rng):
    text[3] = f"{text[3]} {CALL}. {text[5]}"
    return "\n\n".join(text)


@pytest.mark.parametrize("furnished", [in_a_line, before_a_line, whole_sentence])
def test_a_repeated_passage_is_furniture(furnished) -> None:
    corpus = corpus_of(furnished)
    assert taken(corpus) == {CALL}
    found = find_furniture(corpus, BODY)
    row = found.passages.iloc[0]
    uses = sum(CALL in text for text in corpus.texts)
    assert list(found.passages.columns) == ["source", "passage", "documents", "words"]
    assert row.tolist() == ["Gazette", CALL.lower(), uses, uses * len(CALL.split())]
    assert found.shares["Gazette"] == pytest.approx(
        row["words"] / sum(len(t.split()) for t in corpus.text_of_zones(BODY)[:20])
    )
    assert found.shares["Other 0"] == 0
    assert find_furniture(corpus, BODY) is found


def test_texts_can_be_had_without_furniture() -> None:
    corpus = corpus_of(in_a_line)
    masked = texts_of(corpus, BODY, mask=True)
    for whole, text in zip(texts_of(corpus, BODY), masked, strict=True):
        assert CALL not in text
        assert " ".join(text.split()) == " ".join(whole.replace(CALL, "").split())


def test_a_house_phrase_stays() -> None:
    def with_phrase(i, text, rng):
        words = text[3].split()
        words[5:5] = ["people", "familiar", "with", "the", "matter"]
        text[3] = " ".join(words)
        return "\n\n".join(text)

    assert taken(corpus_of(with_phrase)) == set()


def test_what_every_source_says_stays() -> None:
    def plain(i, text, rng):
        return "\n\n".join(text)

    corpus = corpus_of(plain)
    rows = [
        {"id": i, "source": s, "text": f"{t}\n\n{WORDS[n % 50].capitalize()} {CALL}"}
        for n, (i, s, t) in enumerate(zip(corpus.ids, corpus.source_of, corpus.texts, strict=True))
    ]
    assert taken(read(rows)) == set()


def test_too_few_articles_have_it() -> None:
    def seldom(i, text, rng):
        return "\n\n".join(text) + (f" {CALL}" if i < 3 else "")

    assert taken(corpus_of(seldom)) == set()

    def under_a_share(i, text, rng):
        return "\n\n".join(text) + (f" {CALL}" if i < 5 else "")

    assert taken(corpus_of(under_a_share, articles=120)) == {CALL}
    assert taken(corpus_of(under_a_share, articles=130)) == set()


def test_case_accents_and_quotes_are_no_difference() -> None:
    def varied(i, text, rng):
        call = [CALL, CALL.upper(), CALL.replace("old", "óld")][i % 3]
        text[5] += f" {call}"
        return "\n\n".join(text)

    assert len(taken(corpus_of(varied))) == 3


def test_order_of_documents_does_not_matter() -> None:
    corpus = corpus_of(in_a_line)
    rows = list(zip(corpus.ids, corpus.source_of, corpus.texts, strict=True))
    random.Random(3).shuffle(rows)
    other = read([{"id": i, "source": s, "text": t} for i, s, t in rows])
    one, two = find_furniture(corpus, BODY), find_furniture(other, BODY)
    assert one.passages.equals(two.passages)
    assert one.shares.equals(two.shares)
    spans = dict(zip(other.ids, two.spans, strict=True))
    assert one.spans == [spans[i] for i in corpus.ids]


@pytest.mark.parametrize("text", ["", "one", "one two three four", "\n\n \n", "a " * 5000])
def test_any_text(text: str) -> None:
    found = find_furniture(fl.read([{"source": "A", "text": text + " x"}]), BODY)
    assert found.passages.empty
    assert dict(found.passages.dtypes.astype(str)) == {
        "source": "object", "passage": "object", "documents": "int64", "words": "int64",
    }  # fmt: skip


def test_time_grows_with_the_text(cpu_seconds: Timer) -> None:
    def seconds(articles: int) -> float:
        corpus = corpus_of(in_a_line, articles=articles, others=3 * articles)
        find_furniture(corpus, ("headline",))
        return cpu_seconds(lambda: find_furniture(corpus, BODY))

    assert seconds(160) < 12 * max(seconds(40), 0.02)
