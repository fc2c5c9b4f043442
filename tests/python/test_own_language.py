"""A language of one's own: a folder, a file or a dict, alone or added to a shipped one."""

from __future__ import annotations

import json
import pickle
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

import framelens as fl
from framelens import SchemaError

SHIPPED = files("framelens") / "resources" / "languages"
SKEET = {"stance": "hostile", "forms": ["skeet", "skeets", "skeeted"], "participles": ["skeeting"]}
ROWS = [{"source": "Gazette", "text": "“The port is closed,” skeeted Ada Moore on 3 May 2025."}]
ADDED: dict[str, Any] = {"base": "en", "cues": {"verbs": {"skeet": SKEET}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of English."""
    with as_file(SHIPPED / "en") as english:
        shutil.copytree(english, tmp_path / "mine")
    return tmp_path / "mine"


def change(folder: Path, part: str, **members: object) -> None:
    file = folder / f"{part}.json"
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    file.write_text(json.dumps(content | members), encoding="utf-8")


def refused(language: Any) -> SchemaError:
    with pytest.raises(SchemaError) as caught:
        fl.read(ROWS, language=language)
    return caught.value


def test_a_dict_adds_to_a_shipped_language() -> None:
    assert list(fl.quotes(fl.read(ROWS)).frame["stance"]) == ["neutral"]
    corpus = fl.read(ROWS, language=ADDED)
    row = fl.quotes(corpus).frame.iloc[0]
    assert (row["speaker"], row["lemma"], row["stance"]) == ("Ada Moore", "skeet", "hostile")
    assert corpus.language == "en"
    # What English knows stays known, and the shipped English stays as it was.
    assert list(fl.dates(corpus).frame["value"]) == ["2025-05-03"]
    assert list(fl.quotes(fl.read(ROWS)).frame["stance"]) == ["neutral"]


def test_a_folder_and_a_file_are_read_as_the_dict_is(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "language.json").write_text('{"base": "en"}')
    (tmp_path / "mine" / "cues.json").write_text(json.dumps(ADDED["cues"]))
    (tmp_path / "mine.json").write_text(json.dumps(ADDED))
    wanted = fl.quotes(fl.read(ROWS, language=ADDED)).frame
    for path in (tmp_path / "mine", str(tmp_path / "mine"), tmp_path / "mine.json"):
        assert fl.quotes(fl.read(ROWS, language=path)).frame.equals(wanted)


def test_a_whole_copy_reads_as_the_shipped_language_does(folder: Path) -> None:
    change(folder, "language", code="en-GB")
    texts = [{"source": "Gazette", "text": text} for text in fl.demo().texts]
    own, shipped = fl.read(texts, language=folder), fl.read(texts)
    assert own.language == "en-GB"
    assert fl.quotes(own).frame.equals(fl.quotes(shipped).frame)
    assert fl.figures(own).frame.equals(fl.figures(shipped).frame)
    assert fl.dates(own).frame.equals(fl.dates(shipped).frame)


def test_a_word_that_is_changed_or_listed_again_is_the_user_s() -> None:
    say = {"stance": "doubting", "forms": ["said"], "participles": []}
    language = {"base": "en", "cues": {"verbs": {"say": say}, "denial": ["denied"]}}
    rows = [{"source": "Gazette", "text": "“The port is closed,” Ada Moore says."}]
    assert list(fl.quotes(fl.read(rows, language=language)).frame["stance"]) == ["doubting"]


def test_months_take_the_place_of_the_base_s() -> None:
    months = [f"Month{letter}" for letter in "ABCDEFGHIJKL"]
    language = {"base": "en", "code": "xx", "facts": {"months": months, "month_shorts": [[]] * 12}}
    rows = [{"source": "Gazette", "text": "It opened on 3 MonthE 2025, not on 3 May 2025."}]
    assert fl.dates(fl.read(rows, language=language)).frame["value"].iloc[0] == "2025-05-03"
    assert fl.read(rows, language=language).language == "xx"


def test_stop_words_are_the_user_s() -> None:
    rows = [
        {"source": name, "text": f"{word} harbour {word} harbour {word}"}
        for name, word in (("A", "quorl"), ("B", "zint"))
    ]
    own = {"base": "en", "stop_words": {"words": {"mine": ["quorl"]}}}
    found = fl.keyness(fl.read(rows, language=own), min_documents=1).frame["term"]
    assert "zint" in set(found)
    assert "quorl" not in set(found)


def test_a_corpus_keeps_its_language(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(ADDED))
    corpus = fl.read(ROWS * 2, language=file)
    file.unlink()
    again = pickle.loads(pickle.dumps(corpus))
    for kept in (corpus[:1], corpus.filter(source="Gazette"), again):
        assert fl.quotes(kept).frame["lemma"].iloc[0] == "skeet"


@pytest.mark.parametrize(
    ("language", "pointer", "rule"),
    [
        ({"base": "xx"}, "/base", "no language 'xx'; there is de, en, es"),
        ({"base": 1}, "/base", "is the code of a shipped language"),
        ({"base": "en", "version": "framelens-language/1"}, "/version", "framelens-language/2"),
        ({"base": "en", "cue": {}}, "/cue", "is no part of a language; those are version"),
        ({"base": "en", "a/b": {}}, "/a~1b", "is no part of a language"),
        ({"code": "xx"}, "", "lacks cues, roles, nations"),
        ({"base": "en", "cues": []}, "/cues", "is an object, not array"),
        ({"base": "en", "cues": {"adverbs": []}}, "/cues/adverbs", "is no known key"),
        ({"base": "en", "roles": {"office": ["mayor", "", "x"]}}, "/roles/office/1", "is empty"),
        ({"base": "en", "roles": {"office": {"x"}}}, "/roles/office", "not set"),
        ({"base": "en", "roles": {7: []}}, "/roles", "has a key that is no text: 7"),
        ({"base": "en", "roles": {"persons": {"king": [None]}}}, "/roles/persons/king/0", "text"),
        ({"base": "en", "facts": {"months": ["x"]}}, "/facts/months", "has twelve months"),
        ({"base": "en", "facts": 1}, "/facts", "is an object"),
        ({"base": "en", "stop_words": {"words": {"x": "y"}}}, "/stop_words/words/x", "is a list"),
        (
            {"base": "en", "grammar": {"markers": {"agent": ["by", "quorl"]}}},
            "/grammar/markers/agent/1",
            "stands in no list of words",
        ),
        (
            {"base": "en", "facts": {"inflection": {"shortest_stem": -1}}},
            "/facts/inflection/shortest_stem",
            "a number of 0 or more",
        ),
        ({"base": "en", "zones": None}, "/zones", "is an object, not null"),
    ],
)
def test_a_dict_that_breaks_a_rule_says_where(language: Any, pointer: str, rule: str) -> None:
    error = refused(language)
    assert str(error).startswith(f"language: {pointer or '/'}: ")
    assert rule in str(error)


def test_a_folder_that_breaks_a_rule_names_the_file(folder: Path) -> None:
    def place(part: str, pointer: str) -> str:
        return f"{folder / part}.json: {pointer}: "

    change(folder, "roles", honorific=["Mr", " Mrs"])
    assert str(refused(folder)).startswith(place("roles", "/honorific/1"))
    change(folder, "roles", honorific=["Mr"])
    change(folder, "facts", order="backwards")
    assert str(refused(folder)).startswith(place("facts", "/order"))
    change(folder, "facts", order="either")
    change(folder, "language", base="xx")
    assert str(refused(folder)).startswith(place("language", "/base"))
    change(folder, "language", base="en", name="Mine")
    assert str(refused(folder)).startswith(place("language", "/name"))
    (folder / "language.json").unlink()
    assert "lacks language.json" in str(refused(folder))
    (folder / "cue.json").write_text("{}")
    assert str(refused(folder)).startswith(place("cue", "/") + "is no file of a language")
    (folder / "cue.json").unlink()
    (folder / "cues.json").write_bytes(b'{"verbs": "\xff"}')
    assert str(refused(folder)) == place("cues", "/") + "byte 11 is not UTF-8"
    (folder / "cues.json").write_text('{"verbs": {}, "verbs": {}}')
    assert str(refused(folder)).startswith(place("cues", "/") + "not JSON: the key 'verbs'")
    (folder / "cues.json").write_text("[]")
    assert str(refused(folder)) == place("cues", "/") + "is an object"


def test_a_part_that_a_language_lacks_is_told_where_it_is_needed(folder: Path) -> None:
    (folder / "zones.json").unlink()
    assert str(refused(folder)).startswith(f"{folder}: /: lacks zones; ")
    with as_file(SHIPPED / "en" / "zones.json") as zones:
        shutil.copy(zones, folder)
    (folder / "facts.json").unlink()
    (folder / "stop_words.json").unlink()
    corpus = fl.read(ROWS, language=folder)
    with pytest.raises(ValueError, match="the corpus's language 'en' has no facts"):
        fl.dates(corpus)
    with pytest.raises(ValueError, match="the corpus's language 'en' has no stop_words"):
        fl.keyness(corpus)


def test_what_is_no_language_is_refused_early(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no language 'xx'; there is de, en, es, and the path"):
        fl.read(ROWS, language="xx")
    with pytest.raises(FileNotFoundError):
        fl.read(ROWS, language=tmp_path / "none")
    with pytest.raises(TypeError, match="not int"):
        fl.read(ROWS, language=7)  # type: ignore[arg-type]


def test_the_grammar_is_the_user_s() -> None:
    """Words that a user's grammar marks do what the shipped ones do."""
    rows = [{"source": "Gazette", "text": "Ada Moore was called a dictator qua Olaf Lund."}]
    own = {
        "base": "en",
        "function_words": {"preposition": ["qua"]},
        "grammar": {"markers": {"agent": ["qua"]}},
    }
    for language, speaker in (("en", None), (own, "Olaf Lund")):
        corpus = fl.read(rows, language=language)
        labels = fl.namings(corpus, targets=["Ada Moore"]).frame
        found = labels.loc[labels["rule"] == "copula", "reported_by"]
        assert [None if found.isna().all() else found.iloc[0]] == [speaker]
