"""The shipped English, and refusal of languages that are wrong."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from framelens import SchemaError, languages
from framelens._core import Language

FOLDER = files("framelens") / "resources" / "languages"


@pytest.fixture
def english() -> dict[str, Any]:
    """The content of en.json."""
    content: dict[str, Any] = json.loads((FOLDER / "en.json").read_text(encoding="utf-8"))
    return content


def test_english_is_shipped_and_read_once() -> None:
    assert "en" in languages.available()
    language = languages.load("en")
    assert isinstance(language, Language)
    assert language.code == "en"
    assert language.version == "framelens-language/1"
    assert languages.load("en") is language


def test_unknown_language_lists_those_there_are() -> None:
    with pytest.raises(ValueError, match="no language 'xx'; there is de, en, es"):
        languages.load("xx")
    with pytest.raises(ValueError, match="no language"):
        languages.load("../languages/en")


@pytest.mark.parametrize("code", ["de", "en", "es"])
def test_languages_keep_the_schema(code: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((FOLDER / "language.schema.json").read_text(encoding="utf-8"))
    content = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["code"] == languages.load(code).code == code


def test_languages_have_no_other_word_classes(english: dict[str, Any]) -> None:
    for code in ("de", "es"):
        content = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
        assert content["words"].keys() <= english["words"].keys(), code
        for name, entries in {**content["words"], **content["given_names"]}.items():
            assert entries, (code, name)
            assert len(entries) == len(set(entries)), (code, name)


def test_stances_of_the_common_cues(english: dict[str, Any]) -> None:
    expected = {
        "neutral": "say state tell add announce write ask",
        "doubting": "claim allege insist",
        "assertive": "reveal point confirm",
        "hostile": "accuse lash blast slam condemn",
    }
    for stance, lemmas in expected.items():
        for lemma in lemmas.split():
            assert english["cues"][lemma]["stance"] == stance, lemma


@pytest.mark.parametrize(
    ("lemma", "forms", "participles"),
    [
        ("say", {"say", "says", "said"}, {"saying"}),
        ("emphasize", {"emphasized", "emphasised", "emphasises"}, {"emphasizing", "emphasising"}),
        ("tell", {"tells", "told"}, {"telling"}),
        ("admit", {"admits", "admitted"}, {"admitting"}),
        ("label", {"labeled", "labelled"}, {"labeling", "labelling"}),
        ("deny", {"denies", "denied"}, {"denying"}),
    ],
)
def test_cues_have_every_form(
    english: dict[str, Any], lemma: str, forms: set[str], participles: set[str]
) -> None:
    cue = english["cues"][lemma]
    assert forms <= set(cue["forms"])
    assert participles <= set(cue["participles"])


def test_lists_have_no_repeated_entry(english: dict[str, Any]) -> None:
    lists = {
        **english["words"],
        **english["given_names"],
        "abbreviations": english["abbreviations"],
    }
    for name, entries in lists.items():
        assert len(entries) == len(set(entries)), name


def test_size_of_the_lists(english: dict[str, Any]) -> None:
    assert len(english["cues"]) >= 300
    assert len(english["roles"]) >= 400
    assert len(english["nations"]) >= 190
    assert sum(map(len, english["given_names"].values())) >= 1200


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (["version"], "framelens-language/2", "/version"),
        (["extra"], 1, "/extra"),
        (["cues", "say", "stance"], "rude", "/cues/say/stance"),
        (["cues", "say", "naming"], "yes", "/cues/say/naming"),
        (["nations", 3, "demonyms"], "Andorran", "/nations/3/demonyms"),
        (["nations", 0, "name"], "Albania", "/nations/1/name"),
        (["pronouns", 0, "person"], 4, "/pronouns/0/person"),
        (["words", "month"], ["May", ""], "/words/month/1"),
        (["abbreviations", 0], "Mr", "/abbreviations/0"),
        (["zones", "byline_start"], None, "/zones/byline_start"),
    ],
)
def test_wrong_language_says_where(
    english: dict[str, Any], path: list[Any], value: object, pointer: str
) -> None:
    place: Any = english
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(SchemaError) as caught:
        Language.from_json(json.dumps(english))
    assert caught.value.pointer == pointer
    assert str(caught.value).startswith(f"{pointer}: ")


def test_missing_key_names_the_object_that_lacks_it(english: dict[str, Any]) -> None:
    del english["zones"]["byline_start"]
    with pytest.raises(SchemaError, match='lacks "byline_start"') as caught:
        Language.from_json(json.dumps(english))
    assert caught.value.pointer == "/zones"
