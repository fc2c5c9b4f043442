"""The shipped English, and refusal of languages that are wrong."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from framelens import SchemaError, languages
from framelens._core import Language

FOLDER = files("framelens") / "resources" / "languages"


CODES = ["de", "en", "es"]


def content_of(code: str) -> dict[str, Any]:
    """Return the values of the files in the folder of a shipped language, by their names."""
    files_of = (file for file in (FOLDER / code).iterdir() if file.name.endswith(".json"))
    return {
        file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8"))
        for file in files_of
    }


@pytest.fixture
def english() -> dict[str, Any]:
    """The word classes of English, as the engine takes them."""
    content = content_of("en")
    for part in ("facts", "stop_words", "speaker_kinds"):
        del content[part]
    return {**content.pop("language"), **content}


def test_english_is_shipped_and_read_once() -> None:
    assert "en" in languages.available()
    language = languages.load("en")
    assert isinstance(language, Language)
    assert language.code == "en"
    assert language.version == "framelens-language/2"
    assert languages.load("en") is language


def test_unknown_language_lists_those_there_are() -> None:
    with pytest.raises(ValueError, match="no language 'xx'; there is de, en, es"):
        languages.load("xx")
    with pytest.raises(ValueError, match="no language"):
        languages.load("../languages/en")


@pytest.mark.parametrize("code", CODES)
def test_languages_keep_the_schema(code: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for part, content in content_of(code).items():
        file = FOLDER / "schemas" / f"{part}.schema.json"
        schema = json.loads(file.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(content)
    assert content_of(code)["language"]["code"] == languages.load(code).code == code


@pytest.mark.parametrize("code", ["de", "es"])
def test_languages_have_no_other_word_classes(code: str, english: dict[str, Any]) -> None:
    for part, content in content_of(code).items():
        if part not in english:
            continue
        assert content.keys() <= english[part].keys(), part
        for name, entries in {**content, **content.get("given_names", {})}.items():
            if isinstance(entries, list) and part != "zones":
                assert entries or name == "idioms", (part, name)
                assert len(entries) == len({str(entry) for entry in entries}), (part, name)


def test_stances_of_the_common_cues(english: dict[str, Any]) -> None:
    expected = {
        "neutral": "say state tell add announce write ask",
        "doubting": "claim allege insist",
        "assertive": "reveal point confirm",
        "hostile": "accuse lash blast slam condemn",
    }
    for stance, lemmas in expected.items():
        for lemma in lemmas.split():
            assert english["cues"]["verbs"][lemma]["stance"] == stance, lemma


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
    cue = english["cues"]["verbs"][lemma]
    assert forms <= set(cue["forms"])
    assert participles <= set(cue["participles"])


def test_lists_have_no_repeated_entry(english: dict[str, Any]) -> None:
    lists = {
        f"{part}/{name}": [str(entry) for entry in entries]
        for part in ("cues", "roles", "nations", "function_words")
        for name, entries in english[part].items()
        if isinstance(entries, list)
    } | english["names"]["given_names"]
    for name, entries in lists.items():
        assert len(entries) == len(set(entries)), name


def test_size_of_the_lists(english: dict[str, Any]) -> None:
    assert len(english["cues"]["verbs"]) >= 300
    assert len(english["roles"]["persons"]) >= 400
    assert len(english["nations"]["nations"]) >= 190
    assert sum(map(len, english["names"]["given_names"].values())) >= 1200


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (["version"], "framelens-language/1", "/version"),
        (["extra"], 1, "/extra"),
        (["cues", "verbs", "say", "stance"], "rude", "/cues/verbs/say/stance"),
        (["cues", "verbs", "say", "naming"], "yes", "/cues/verbs/say/naming"),
        (["nations", "nations", 3, "demonyms"], "Andorran", "/nations/nations/3/demonyms"),
        (["nations", "nations", 0, "name"], "Albania", "/nations/nations/1/name"),
        (["function_words", "pronouns", 0, "person"], 4, "/function_words/pronouns/0/person"),
        (["function_words", "month"], ["May", ""], "/function_words/month/1"),
        (["function_words", "abbreviations", 0], "Mr", "/function_words/abbreviations/0"),
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
