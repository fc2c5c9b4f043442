"""Shipped lexicons, lexicons of one's own, and refusal of those that are wrong."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from framelens import SchemaError, lexicons
from framelens._core import Lexicon

FOLDER = files("framelens") / "resources" / "lexicons"


@pytest.fixture
def own() -> dict[str, Any]:
    """A lexicon of one's own."""
    return {
        "version": "framelens-lexicon/1",
        "axis": "tone",
        "language": "en",
        "poles": ["harsh", "mild"],
        "terms": [
            {"text": "Thug", "forms": ["thugs"], "pole": "harsh", "weight": 2, "object": "person"},
            {"text": "young man", "pole": "mild"},
            {"text": "anti-*", "pole": "harsh", "match": "glob"},
            {"text": "youth", "pole": "neutral"},
        ],
        "exclusions": ["Thug Life"],
        "notes": "For a test.",
    }


def test_legitimacy_is_shipped() -> None:
    lexicon = lexicons.load("legitimacy")
    assert lexicon.axis == "legitimacy"
    assert lexicon.language == "en"
    assert lexicon.poles == ("illegitimate", "legitimate")
    assert lexicons.load("legitimacy") is lexicon


@pytest.mark.parametrize("axis", lexicons.available())
def test_shipped_lexicons_keep_their_schema(axis: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((FOLDER / "lexicon.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    content = json.loads((FOLDER / f"{axis}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["axis"] == axis
    assert all(term.get("note") for term in content["terms"])


@pytest.mark.parametrize(
    ("term", "object_", "pole"),
    [
        ("dictator", "person", "illegitimate"),
        ("Strongmen", "person", "illegitimate"),
        ("regime", "institution", "illegitimate"),
        ("president", "person", "legitimate"),
        ("prime minister", "person", "legitimate"),
        ("government", "institution", "legitimate"),
        ("administration", "institution", "legitimate"),
        ("leader", "person", "neutral"),
    ],
)
def test_poles_of_the_common_labels(term: str, object_: str, pole: str) -> None:
    found = lexicons.load("legitimacy").find(term, object_)
    assert found is not None
    assert found["pole"] == pole
    assert (found["weight"] == 0) == (pole == "neutral")


def test_a_term_fits_its_object_only() -> None:
    lexicon = lexicons.load("legitimacy")
    assert lexicon.find("regime", "person") is None
    assert lexicon.find("president", "institution") is None
    assert lexicon.find("president") is not None
    assert lexicon.find("baker") is None
    with pytest.raises(ValueError, match="person or institution"):
        lexicon.find("president", "thing")


def test_lexicon_of_ones_own(own: dict[str, Any]) -> None:
    lexicon = lexicons.load(own)
    assert [term["text"] for term in lexicon.terms] == ["thug", "young man", "anti-*", "youth"]
    assert lexicon.terms[0] == {
        "text": "thug",
        "forms": ["thugs"],
        "pole": "harsh",
        "weight": 2.0,
        "object": "person",
        "match": "exact",
        "note": "",
    }
    assert [term["match"] for term in lexicon.terms] == ["exact", "phrase", "glob", "exact"]
    assert lexicon.terms_for_matching() == ["thug", "thugs", "young man", "anti-*", "youth"]
    assert lexicon.exclusions == ("thug life",)
    assert lexicon.notes == "For a test."
    assert lexicon.find("Anti-Royal")["text"] == "anti-*"
    assert lexicons.load(lexicon) is lexicon


def test_lexicon_from_a_file(own: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "tone.json"
    path.write_text(json.dumps(own), encoding="utf-8")
    assert lexicons.load(path).axis == "tone"
    assert lexicons.load(str(path)).axis == "tone"


def test_unknown_axis_lists_those_there_are() -> None:
    with pytest.raises(
        ValueError, match=r"no lexicon is called 'legitimcy'; axis must be .*legitimacy"
    ):
        lexicons.load("legitimcy")
    with pytest.raises(FileNotFoundError):
        lexicons.load("nowhere.json")
    with pytest.raises(TypeError, match="not int"):
        lexicons.load(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        (["version"], "framelens-lexicon/0", "/version"),
        (["version"], None, "/version"),
        (["axes"], "x", "/axes"),
        (["poles"], ["a", "b", "c"], "/poles"),
        (["poles", 1], "neutral", "/poles/1"),
        (["terms"], [], "/terms"),
        (["terms", 0, "text"], "", "/terms/0/text"),
        (["terms", 0, "forms"], "thugs", "/terms/0/forms"),
        (["terms", 0, "pole"], "hard", "/terms/0/pole"),
        (["terms", 0, "weight"], 0, "/terms/0/weight"),
        (["terms", 0, "weight"], float("nan"), "/terms/0/weight"),
        (["terms", 0, "weight"], float("inf"), "/terms/0/weight"),
        (["terms", 1, "match"], "exact", "/terms/1/match"),
        (["terms", 3, "text"], "THUGS", "read"),
        (["terms", 3], {"text": "Thug", "pole": "mild", "object": "person"}, "/terms/3/text"),
        (["exclusions", 0], 1, "/exclusions/0"),
        (["terms", 0, "a/b"], 1, "/terms/0/a~1b"),
    ],
)
def test_wrong_lexicon_says_where(
    own: dict[str, Any], path: list[Any], value: object, pointer: str
) -> None:
    place: Any = own
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    if pointer == "read":
        assert lexicons.load(own).axis == "tone"
        return
    with pytest.raises(SchemaError) as caught:
        lexicons.load(own)
    assert caught.value.pointer == pointer
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("", ""),
        ("{", ""),
        ('{"a": 1, "a": 2}', "/a"),
        ('{"a": [{}, {"b": 1e400}]}', "/a/1/b"),
        ("[" * 100_000, "/0" * 16),
        ('{"version": "framelens-lexicon/1"} x', ""),
    ],
)
def test_malformed_json_says_where(text: str, pointer: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Lexicon.from_json(text)
    assert caught.value.pointer == pointer


def test_error_of_a_file_names_the_file(own: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "tone.json"
    own["poles"] = []
    path.write_text(json.dumps(own), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"tone\.json: /poles: ") as caught:
        lexicons.load(path)
    assert caught.value.pointer == "/poles"
    path.write_bytes(b'{"axis": "\xff"}')
    with pytest.raises(SchemaError, match=r"tone\.json: .*byte 10 is not UTF-8"):
        lexicons.load(path)


def test_text_only() -> None:
    with pytest.raises(TypeError, match="bytes"):
        Lexicon.from_json(b"{}")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="surrogate"):
        Lexicon.from_json("\ud800")
