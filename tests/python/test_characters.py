"""Characters that print the same: the same rows, whatever a text's letters and spaces are."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens import _core
from framelens.corpus.characters import plain
from framelens.corpus.groups import labels_of

NBSP, SHY, ZWSP = "\u00a0", "\u00ad", "\u200b"
SPACES = [chr(c) for c in range(0x10000) if unicodedata.category(chr(c)) == "Zs"]
IGNORABLE = [
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u3164\ufe00\ufe0f\ufeff\uffa0",
    *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))),
    *map(chr, (0x1BCA0, 0x1D173, 0xE0001, 0xE0020, 0xE0100)),
]  # fmt: skip


def read(*texts: str, **more: str) -> fl.Corpus:
    return fl.read([{"source": "Gazette", "text": text} for text in texts], **more)


def labels(corpus: fl.Corpus, target: str) -> list[str]:
    return sorted(fl.namings(corpus, targets=[target]).frame["term"])


def long_words(text: str, sign: str) -> str:
    return re.sub(
        r"\w{7,}", lambda m: f"{m.group()[:3]}{sign}{m.group()[3:5]}{sign}{m.group()[5:]}", text
    )


TRANSFORMS: dict[str, Callable[[str], str]] = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "no-break spaces": lambda text: re.sub(r" (?=[A-Z“‘])", NBSP, text),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "narrow spaces": lambda text: text.replace(" ", "\u202f"),
    "soft hyphens": lambda text: long_words(text, SHY),
    "zero-width spaces": lambda text: re.sub(r"\b", ZWSP, text),
    "joiners": lambda text: long_words(text, "\u200d"),
    "direction": lambda text: re.sub(r"([A-Z]\w+)", "\u200e\\1\u200f", text),
    "byte order mark": lambda text: "\ufeff" + text.replace("\n", "\n\ufeff"),
    "all": lambda text: unicodedata.normalize("NFD", long_words(text, SHY).replace(" ", NBSP)),
}


def same(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    spans = [name for name in frame if str(name).endswith(("start", "end"))]
    kept = frame.drop(columns=[*spans, "edits"], errors="ignore")
    return [tuple(map(same, row)) for row in kept.astype(object).fillna("").itertuples(index=False)]


def tables(corpus: fl.Corpus) -> dict[str, pd.DataFrame]:
    names = fl.namings(corpus, targets=["Tomás Beláriz"])
    return {
        "quotes": fl.quotes(corpus).frame,
        "namings": names.frame,
        "mentions": names.mentions,
        "framing": fl.framing(corpus, targets=["Tomás Beláriz"]).evidence,
        "figures": fl.figures(corpus).frame,
        "dates": fl.dates(corpus).frame,
        "kwic": fl.kwic(corpus, "president").frame,
        "zones": corpus.zones,
        "distancing": fl.distancing(corpus).evidence,
        "variants": fl.quotes(corpus).variants().frame,
        "keyness": fl.keyness(corpus).frame,
        "similarity": fl.similarity(corpus).frame,
        "copy": corpus.near_duplicates(threshold=0.05).frame.drop(columns="spans"),
        "documents": corpus.documents,
    }  # fmt: skip


@pytest.mark.parametrize("name", TRANSFORMS)
def test_a_text_that_prints_the_same_gives_the_same_rows(name: str) -> None:
    demo = fl.demo()
    changed = fl.read(
        demo.documents.drop(columns="words").assign(text=[*map(TRANSFORMS[name], demo.texts)])
    )
    assert all(a != b for a, b in zip(demo.texts, changed.texts, strict=True))
    expected, found = tables(demo), tables(changed)
    for table, frame in expected.items():
        assert rows(found[table]) == rows(frame), table
        assert len(frame) > 0, table
    for table in ("quotes", "namings", "mentions", "figures", "dates", "kwic", "variants"):
        column = {"namings": "label", "kwic": "keyword"}.get(table, "text")
        for row in found[table].to_dict("records"):
            text = changed.texts[changed.position_of(row["doc"])]
            assert text[row["start"] : row["end"]] == row[column]


def test_signs_that_are_not_seen_part_no_word() -> None:
    text = (
        "Pre\u00adsi\u00addent Karol Var\u00adga left. The dic\u00adta\u00adtor Var\u00adga lies."
    )
    frame = fl.namings(read(text), targets=["Karol Varga"]).frame
    assert sorted(frame["term"]) == ["dictator", "president"]
    assert set(frame["label"]) == {"Pre\u00adsi\u00addent", "dic\u00adta\u00adtor"}
    found = fl.quotes(read("“Go,” sa\u00adid Olga Rem.")).frame
    assert found[["speaker", "lemma", "cue"]].values.tolist() == [["Olga Rem", "say", "sa\u00adid"]]


@pytest.mark.parametrize("sign", IGNORABLE)
def test_every_default_ignorable_sign(sign: str) -> None:
    words = "The dictator Karol Varga said: “We leave on March 4.” Varga lost 30 ships."
    text = sign.join(words)
    corpus = read(text)
    assert labels(corpus, "Karol Varga") == ["dictator"]
    assert fl.quotes(corpus).frame["speaker"].tolist() == ["Karol Varga"]
    assert fl.dates(corpus).frame["value"].tolist() == ["03-04"]
    assert fl.figures(corpus).frame["value"].tolist() == [30.0]
    assert len(fl.kwic(corpus, "varga").frame) == 2
    assert corpus.documents["words"].tolist() == read(words).documents["words"].tolist()
    assert labels(corpus, sign.join("Karol Varga")) == ["dictator"]


def test_a_soft_hyphen_at_the_end_of_a_line() -> None:
    text = "The dic\u00ad\ntator Karol Var\u00ad\r\n  ga left."
    frame = fl.framing(read(text), targets=["Karol Varga"]).evidence
    assert frame[["label", "pole"]].values.tolist() == [["dic\u00ad\ntator", "illegitimate"]]


def test_joiners_between_letters_of_other_scripts() -> None:
    persian = "می\u200cخواهم"
    assert len(fl.kwic(read(f"{persian} {plain(persian)}"), persian).frame) == 2
    assert fl.kwic(read("👩\u200d⚕️ Varga left"), "varga").frame["start"].tolist() == [5]


def test_decomposed_words_are_counted_as_composed_ones() -> None:
    text = "Präsident Beláriz öffnete den Häfen von Nordöl die Türen, müde, größer, schöner. " * 3
    rows_ = [
        {"source": source, "text": unicodedata.normalize(form, text) + source}
        for source, form in (("A", "NFC"), ("B", "NFD"))
        for _ in range(12)
    ]
    corpus = fl.read(rows_)
    frame = fl.similarity(corpus).frame
    assert frame["similarity"].iloc[0] == pytest.approx(1.0, abs=0.05)
    terms = set(fl.keyness(corpus).frame["term"])
    assert not terms & {"bela", "riz", "pra", "sident"}
    assert set(fl.kwic(corpus, "Beláriz").frame["doc"]) == set(corpus.ids)
    assert set(fl.kwic(corpus, re.compile("Beláriz")).frame["doc"]) == set(corpus.ids)
    decomposed = unicodedata.normalize("NFD", "Beláriz")
    assert set(fl.kwic(corpus, decomposed).frame["doc"]) == set(corpus.ids)
    one = fl.read([{"source": "A", "text": text + "x"}, {"source": "B", "text": rows_[-1]["text"]}])
    assert one.near_duplicates().frame["share"].iloc[0] > 0.95


def test_sources_and_events_are_grouped_composed() -> None:
    forms = ["Públic", unicodedata.normalize("NFD", "Públic"), "\ufeffPúblic", "Públic "]
    corpus = fl.read([{"source": s, "event": s, "text": f"Rain {i}."} for i, s in enumerate(forms)])
    assert corpus.sources == ["Públic"]
    assert len(corpus.filter(source=forms[1])) == 4
    assert len(corpus.filter(event=forms[1])) == 4
    with pytest.raises(ValueError, match="source is missing: row 0"):
        fl.read([{"source": ZWSP, "text": "Rain."}])
    by = {str(i): form.strip() for i, form in enumerate(forms)}
    assert fl.framing(corpus, targets=None).scores["source"].nunique() == 1
    assert set(labels_of(corpus, by)) == {"Públic"}


def test_ids_are_compared_composed_and_shown_as_given() -> None:
    nfd = unicodedata.normalize("NFD", "é1")
    corpus = fl.read([{"id": nfd, "source": "A", "text": "Rain."}])
    assert corpus.documents["id"].tolist() == [nfd]
    assert corpus.position_of("é1") == 0
    assert len(corpus.filter(ids=["é1"])) == 1
    assert corpus.voice_at("é1", 0, 1) == ("own", None)
    with pytest.raises(ValueError, match="used more than once"):
        fl.read([{"id": i, "source": "A", "text": "Rain."} for i in (nfd, "é1")])
    with pytest.raises(ValueError, match="no document has the id"):
        corpus.filter(ids=["é2"])


def test_targets_and_lexicons_are_matched_composed() -> None:
    corpus = read("El dictador Tomás Beláriz… the caudillo Beláriz left. Caudillo Tomás Beláriz.")
    nfd = unicodedata.normalize("NFD", "Tomás Beláriz")
    found = fl.namings(corpus, targets=[nfd])
    assert set(found.frame["target"]) == {nfd}
    assert "caudillo" in set(found.frame["term"])
    terms = [{"text": unicodedata.normalize("NFD", "dictátor"), "pole": "high"}]
    axis = {
        "axis": "x",
        "version": "framelens-lexicon/1",
        "language": "en",
        "poles": ["high"],
        "terms": terms,
    }
    evidence = fl.framing(read("The dictátor Ada Moore left."), targets=["Ada Moore"], axis=axis)
    assert len(evidence.evidence) == 1


@pytest.mark.parametrize("space", [s for s in SPACES if s != " "])
def test_every_space_is_a_space(space: str) -> None:
    found = read(f"Ana{space}B. Lund said that it rained.")
    assert len(found.annotations.sentences()["start"]) == 1
    assert fl.quotes(found).frame["speaker"].tolist() == ["Ana B. Lund"]
    frame = fl.quotes(read(f"“We go,”{space}Dr. Maria Ruiz said. “It rains.”")).frame
    assert frame["kind"].tolist() == ["direct", "direct"]
    assert set(frame["speaker"]) == {"Maria Ruiz"}
    meeting = read(f"They meet by 3{space}p.m. Monday and by 4{space}p.m. Tuesday.")
    assert len(meeting.annotations.sentences()["start"]) == 1
    assert fl.kwic(read(f"He left{space}New{space}York."), "new york").frame["left"].tolist() == [
        "He left"
    ]
    figures = fl.figures(read(f"It cost $50{space}million and killed 30{space}people.")).frame
    assert figures["value"].tolist() == [5e7, 30.0]
    assert fl.dates(read(f"It rained on March{space}4,{space}2026.")).frame["value"].tolist() == [
        "2026-03-04"
    ]


def test_plain_text_is_composed_as_unicodedata_has_it() -> None:
    # Characters that both versions of Unicode know.
    everything = [
        chr(c)
        for c in range(sys.maxunicode + 1)
        if not 0xD800 <= c <= 0xDFFF and unicodedata.category(chr(c)) != "Cn"
    ]
    left_out = set(IGNORABLE)
    texts = [f"a{c}b" for c in everything]
    for text, made in zip(texts, _core.PlainTexts.of(texts).texts, strict=True):
        if made == "ab":
            continue  # default-ignorable
        expected = " " if text[1] in SPACES else unicodedata.normalize("NFC", text[1])
        assert text[1] not in left_out
        assert made == f"a{expected}b" or made == unicodedata.normalize("NFC", text)


def test_spans_lead_back_to_the_given_text() -> None:
    random.seed(3)
    pieces = ["a", "e", "\u0301", "\u0323", SHY, ZWSP, NBSP, " ", "é", "字", "😀", "\ufe0f"]
    given = ["".join(random.choices(pieces, k=random.randrange(12))) for _ in range(2000)]
    texts = _core.PlainTexts.of(given)
    spans = [
        (doc, start, end)
        for doc, text in enumerate(texts.texts)
        for start in range(len(text) + 1)
        for end in range(start, len(text) + 1)
    ]
    doc, start, end = np.array(spans).T
    first, last = texts.given_spans(doc, start, end)
    for i, a, b, x, y in zip(doc, start, end, first, last, strict=True):
        assert 0 <= x <= y <= len(given[i])
        if a < b:
            assert texts.texts[i][a:b] in plain(given[i][x:y])
    same_object = "Nothing to do: é."
    assert _core.PlainTexts.of([same_object]).texts[0] is same_object
