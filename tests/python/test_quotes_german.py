"""German news: the verb in second place, separable verbs, clauses set off, words of attribution."""

from __future__ import annotations

import warnings

import pytest

import framelens as fl


def read(text: str) -> fl.Corpus:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fl.read([{"source": "Bote", "text": text}], language="de")


def spoken(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return kind, printed speaker and cue of each quotation in marks."""
    corpus = read(text)
    frame = fl.quotes(corpus).frame
    rows = frame[frame["kind"] != "indirect"]
    return [
        (
            row.kind,
            None
            if row.speaker_start != row.speaker_start or row.speaker is None
            else text[int(row.speaker_start) : int(row.speaker_end)],
            row.cue if isinstance(row.cue, str) else None,
        )
        for row in rows.itertuples()
    ]


def indirect(text: str) -> list[tuple[str, str | None]]:
    frame = fl.quotes(read(text)).frame
    rows = frame[frame["kind"] == "indirect"]
    return list(rows[["text", "speaker"]].itertuples(index=False, name=None))


STAY = "„Wir bleiben bis zum Frühling hier.“"


@pytest.mark.parametrize(
    ("front", "speaker", "cue"),
    [
        ("In einem Interview mit Radio Nord erklärte Marta Olsen: ", "Marta Olsen", "erklärte"),
        ("Nach der Sitzung sagte gestern Marta Olsen: ", "Marta Olsen", "sagte"),
        ("Gegenüber dem Boten betonte sie: ", None, "betonte"),
        ("Angesichts der Lage warnte Marta Olsen: ", "Marta Olsen", "warnte"),
        ("2008 erklärte Marta Olsen: ", "Marta Olsen", "erklärte"),
        ("Zuvor hatte der Bürgermeister gesagt: ", "der Bürgermeister", "gesagt"),
        ("Marta Olsen stellte am Montag fest: ", "Marta Olsen", "stellte"),
        ("Marta Olsen zeigte sich zufrieden: ", "Marta Olsen", "zeigte"),
    ],
)
def test_before_a_colon(front: str, speaker: str | None, cue: str) -> None:
    ((kind, said, verb),) = spoken(front + STAY)
    assert (kind, verb) == ("direct", cue)
    if speaker is not None:
        assert said == speaker


@pytest.mark.parametrize(
    ("behind", "speaker", "cue"),
    [
        (", so Marta Olsen.", "Marta Olsen", "so"),
        (", so die Polizei.", "die Polizei", "so"),
        (", so der stellvertretende Chef der Behörde.", "stellvertretende Chef", "so"),
        (", ließ ein Sprecher der Bank verlauten.", "ein Sprecher", "ließ"),
        (", fügte Marta Olsen hinzu.", "Marta Olsen", "fügte"),
    ],
)
def test_behind_a_quotation(behind: str, speaker: str, cue: str) -> None:
    ((kind, said, verb),) = spoken(STAY.replace(".“", "“") + behind)
    assert (kind, verb) == ("direct", cue)
    assert said is not None
    assert speaker in said or said in speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Von einer „gezielten Tat“ sprach der Politiker Olaf Lund.", "Olaf Lund"),
        ("Als „verpasste Chance“ beurteilte Marta Olsen das Treffen.", "Marta Olsen"),
        ("Die Regierung hatte den Bericht umgehend als „falsch“ zurückgewiesen.", "Regierung"),
        ("Nach Angaben der Polizei ist der Hafen „völlig leer“.", "Polizei"),
        ("Augenzeugen zufolge war der Täter „sehr ruhig“.", "Augenzeugen"),
    ],
)
def test_part_of_a_sentence(text: str, speaker: str) -> None:
    ((kind, said, _),) = spoken(text)
    assert kind == "partial"
    assert said is not None
    assert said.endswith(speaker)


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Marta Olsen sagte am Montag, dass der Hafen zu sei.", "dass der Hafen zu sei",
         "Marta Olsen"),
        ("Am Montag sagte Marta Olsen, der Hafen sei zu.", "der Hafen sei zu", "Marta Olsen"),
        ("Der Hafen sei zu, sagte Marta Olsen.", "Der Hafen sei zu", "Marta Olsen"),
        ("Laut Marta Olsen ist der Hafen seit gestern zu.", "ist der Hafen seit gestern zu",
         "Marta Olsen"),
    ],
)  # fmt: skip
def test_indirect_speech(text: str, content: str, speaker: str) -> None:
    assert indirect(text) == [(content, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Marta Olsen stellte das Buch vor.",  # no "fest"
        "Marta Olsen forderte die Einrichtung einer Stelle.",  # no clause is set off
        "So sagte man früher dazu.",
        "Die Koffer wurden gestern am Bahnhof gefunden.",
        "Es wurden Vorwürfe laut, die alle kannten.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert indirect(text) == []


def test_a_noun_with_what_it_belongs_to_is_no_name() -> None:
    names = fl.actors(read("Ein Sprecher der Bank sagte nichts. Aufrufe zu Gewalt gab es nicht."),
                      kind="all").mentions["text"]  # fmt: skip
    assert not any("Bank" in name and "Sprecher" in name for name in names)
    assert not any("zu Gewalt" in name for name in names)
