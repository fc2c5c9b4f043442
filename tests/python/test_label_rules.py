"""The rules of labels: their examples, what each is for, and calls that keep only some."""

from __future__ import annotations

import json
import warnings
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
import pandas as pd
import pytest

import framelens as fl
from framelens import _core

FOLDER = files("framelens") / "resources" / "rules"
FILE = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = FILE["rules"]
IDS = [rule["id"] for rule in RULES]
SAME_FAMILY, OTHER_FAMILY = (
    next(
        i
        for i, id_ in enumerate(IDS)
        if i > 0 and (id_.split(".")[0] == IDS[0].split(".")[0]) == same
    )
    for same in (True, False)
)
EXAMPLES = [(rule, example) for rule in RULES for example in rule["examples"]]
COUNTEREXAMPLES = [(rule, example) for rule in RULES for example in rule["not"]]


def name_of(pair: Any) -> str:
    return str(pair.get("id") or pair["text"])


@cache
def labels(text: str, target: str, rules: tuple[str, ...] | None = None) -> pd.DataFrame:
    """Return the labels of the target in an article of that text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = fl.read([{"source": "Gazette", "text": text}])
        return fl.namings(corpus, targets=[target], rules=rules).frame


def at_braces(example: dict[str, Any], rules: tuple[str, ...] | None = None) -> pd.DataFrame:
    """Return the label at the noun in braces, if there is one."""
    before, noun, behind = example["text"].replace("}", "{").split("{")
    found = labels(before + noun + behind, example.get("target", "Ada Moore"), rules)
    return found[(found["start"] == len(before)) & (found["end"] == len(before + noun))]


def voice_of(example: dict[str, Any]) -> str:
    return str(example.get("voice", "reported" if "reported_by" in example else "own"))


def test_the_file_has_the_form_of_its_schema() -> None:
    schema = json.loads((FOLDER / "labels.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(FILE, schema)
    assert len(set(IDS)) == len(IDS)
    for rule in RULES:
        assert rule["id"].split(".")[0] == rule["gives"]["rule"]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=name_of)
def test_an_example_is_labelled_by_its_rule(rule: dict[str, Any], example: dict[str, Any]) -> None:
    found = at_braces(example)
    if rule["gives"].get("nobody"):
        assert found.empty
        return
    assert list(found["rule_id"]) == [rule["id"]]
    row = found.iloc[0]
    assert (row["rule"], row["object"]) == (rule["gives"]["rule"], rule["gives"]["object"])
    voice = "reported" if row["reported"] and row["voice"] == "own" else row["voice"]
    assert voice == voice_of(example)
    for column in ("reported_by", "distance"):
        value = row[column]
        assert (None if pd.isna(value) else value) == example.get(column)


@pytest.mark.parametrize(("rule", "example"), COUNTEREXAMPLES, ids=name_of)
def test_a_counterexample_is_not(rule: dict[str, Any], example: dict[str, Any]) -> None:
    braced = "{" in example["text"]
    target = example.get("target", "Ada Moore")
    found = at_braces(example) if braced else labels(example["text"], target)
    instead = example.get("instead")
    assert list(found["rule_id"]) == ([] if instead is None else [instead])
    assert instead != rule["id"]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=name_of)
def test_without_its_rule_an_example_fails(rule: dict[str, Any], example: dict[str, Any]) -> None:
    found = at_braces(example, (f"-{rule['id']}",))
    if rule["gives"].get("nobody"):
        assert not found.empty
    else:
        assert rule["id"] not in set(found["rule_id"])


def rule_ids(rules: Any) -> list[str]:
    text = "President Ada Moore left. Ada Moore is a dictator. The president was tired."
    corpus = fl.read([{"source": "Gazette", "text": text}])
    named = fl.namings(corpus, targets=["Ada Moore"], rules=rules).frame
    counted = fl.framing(corpus, targets=["Ada Moore"], rules=rules).evidence
    assert list(named["rule_id"]) == list(counted["rule_id"])
    return list(named["rule_id"])


def test_calls_keep_rules_or_leave_them_out() -> None:
    every = ["title.before-name", "copula.is", "description.definite"]
    assert rule_ids(None) == every
    assert rule_ids("title") == every[:1]
    assert rule_ids(["title", "copula.is"]) == every[:2]
    assert rule_ids(("-description",)) == every[:2]
    assert rule_ids(["-title.before-name", "-copula"]) == every[2:]
    assert rule_ids(["copula", "description", "-description.definite"]) == every[1:2]
    assert rule_ids([*IDS]) == every


def test_mentions_follow_the_rules_that_are_kept() -> None:
    text = "Ada Moore, now her party's nominee, left the quay."
    corpus = fl.read([{"source": "Gazette", "text": text}])
    assert len(fl.namings(corpus, targets=["Ada Moore"]).mentions) == 3
    assert len(fl.namings(corpus, targets=["Ada Moore"], rules="-apposition").mentions) == 2


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ("copla", "no rule is 'copla'; the nearest is 'copula'"),
        (["-copula.iz"], "no rule is 'copula.iz'; the nearest is 'copula.is'"),
        ([], "rules is empty"),
        ([3], "rules is a rule's name or a list of them, not 3"),
        (["title", "-title"], "rules leaves none: title, -title"),
    ],
)
def test_what_is_no_rule_is_refused(rules: Any, message: str) -> None:
    corpus = fl.read([{"source": "Gazette", "text": "President Ada Moore left."}])
    with pytest.raises(ValueError, match=message):
        fl.namings(corpus, targets=["Ada Moore"], rules=rules)
    with pytest.raises(ValueError, match=message):
        fl.framing(corpus, targets=["Ada Moore"], rules=rules)


def test_rules_need_targets() -> None:
    corpus = fl.read([{"source": "Gazette", "text": "President Ada Moore left."}])
    with pytest.raises(ValueError, match="rules needs targets"):
        fl.framing(corpus, targets=None, rules="title")  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"id": "copula.was"}, "/rules/0/id"),
        ({"id": IDS[SAME_FAMILY]}, f"/rules/{SAME_FAMILY}/id"),
        ({"id": IDS[OTHER_FAMILY]}, "/rules/0/id"),
        ({"gives": {"rule": "copula", "object": "thing"}}, "/rules/0/gives/object"),
        ({"gives": {"rule": "label", "object": "person"}}, "/rules/0/gives/rule"),
        ({"examples": RULES[0]["examples"][:1]}, "/rules/0/examples"),
        ({"not": []}, "/rules/0/not"),
        ({"examples": [{"text": "a {b}"}, {"text": "no braces"}]}, "/rules/0/examples/1/text"),
        ({"note": "x"}, "/rules/0/note"),
        ({"pattern": "[NP:target] [VG be] [NP predicate]"}, "/rules/0/pattern"),
    ],
)
def test_a_wrong_file_is_refused_with_its_pointer(change: dict[str, Any], pointer: str) -> None:
    wrong = {**FILE, "rules": [{**RULES[0], **change}, *RULES[1:]]}
    with pytest.raises(fl.SchemaError) as error:
        _core.LabelRules.from_json(json.dumps(wrong))
    assert str(error.value).startswith(f"{pointer}:")
    with pytest.raises(ValueError, match="no rule has the id"):
        _core.LabelRules.from_json(json.dumps(FILE)).only(["copula.was"])


def file_with(rule: dict[str, Any]) -> str:
    # Before the descriptions, which take whatever is left.
    return json.dumps({**FILE, "rules": [rule, *RULES]})


KNOWN = {
    "id": "copula.known-as",
    "gives": {"rule": "copula", "object": "person"},
    "pattern": "[NP:target] [VG be] adv* known as adv* [NP predicate]",
    "why": "as what somebody is known says what they are taken to be",
    "examples": [
        {"text": "Ada Moore is widely known as a {tyrant}."},
        {"text": "Ada Moore was never known as a {tyrant}."},
    ],
    "not": [{"text": "Ada Moore has known a tyrant."}, {"text": "Known as a tyrant, he left."}],
}


def test_a_new_rule_is_one_entry_of_the_file() -> None:
    rules = _core.LabelRules.from_json(file_with(KNOWN))
    assert rules.rules[0]["id"] == "copula.known-as"
    target = {"name": "Ada Moore", "aliases": [], "describes": [], "nouns": []}
    for example in KNOWN["examples"]:
        text = example["text"].replace("{", "").replace("}", "")
        corpus = fl.read([{"source": "Gazette", "text": text}])
        found = _core.TargetLabels.of(corpus.annotations, [target], rules).namings([])
        assert found["rule_id"] == ["copula.known-as"]
        assert found["distance"] == ["negated" if "never" in text else None]
    for example in KNOWN["not"]:
        corpus = fl.read([{"source": "Gazette", "text": example["text"]}])
        found = _core.TargetLabels.of(corpus.annotations, [target], rules).namings([])
        assert found["rule_id"] == []


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("[NP:target] [VG beeing] [NP predicate]", r'has no element "\[VG beeing\]"'),
        ("[NP:target] [VG be] adv+ [NP predicate", "has a bracket that is not closed"),
        ("[NP:target] (adv* [NP predicate]", "has a bracket that is not closed"),
        ("[NP:target] ( )? [NP predicate]", "has an empty group"),
        ("[NP:target] [VG be]", "has one noun"),
        ("[NP:target] [office] [NP predicate]", "has one noun"),
        ("[VG be] [NP predicate]", "has one target"),
        ("[NP:target]? [VG be] [NP predicate]", "has one target"),
        ("[NP:target] [VG be] [NP predicate] adv*", "has nothing but .agent., .including., words"),
        (" ", "is empty or blank|is blank|is empty"),
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str, message: str) -> None:
    with pytest.raises(fl.SchemaError, match=message) as error:
        _core.LabelRules.from_json(file_with({**KNOWN, "pattern": pattern}))
    assert str(error.value).startswith("/rules/0/pattern:")


@pytest.mark.parametrize("change", [{"id": "title.known-as"}, {"id": "known"}])
def test_an_id_begins_with_what_the_rule_gives(change: dict[str, Any]) -> None:
    with pytest.raises(fl.SchemaError, match="/rules/0/id: must begin with"):
        _core.LabelRules.from_json(file_with({**KNOWN, **change}))


def test_a_rule_has_a_pattern_or_is_a_step_of_the_engine() -> None:
    with pytest.raises(fl.SchemaError, match="/rules/0/shape"):
        _core.LabelRules.from_json(file_with({**KNOWN, "shape": "known as a tyrant"}))
