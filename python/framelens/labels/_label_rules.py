"""The rules of labels that are shipped, and those that a call keeps."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Final

from framelens._core import LabelRules

__all__ = ["RuleNames", "kept", "load"]

RuleNames = str | Sequence[str] | None

_FILE: Final = files("framelens") / "resources" / "rules" / "labels.json"


@cache
def load() -> LabelRules:
    """Read the shipped rules; the second time it is the same object."""
    return LabelRules.from_json(_FILE.read_text(encoding="utf-8"))


def kept(names: RuleNames) -> LabelRules:
    """Return the rules that `names` keep; ValueError for a name that is no rule's.

    A name is a rule's id or one of the six values of `rule`; with a minus before it, it leaves out.
    """
    if names is None:
        return load()
    listed = (names,) if isinstance(names, str) else tuple(names)
    for name in listed:
        if not isinstance(name, str):
            raise ValueError(f"rules is a rule's name or a list of them, not {name!r}")
    return _kept(listed)


@cache
def _kept(names: tuple[str, ...]) -> LabelRules:
    if not names:
        raise ValueError("rules is empty: name at least one, or None for all")
    rules = load().rules
    ids = [rule["id"] for rule in rules]
    ids_of = {id_: {id_} for id_ in ids}
    for rule in rules:
        ids_of.setdefault(rule["rule"], set()).add(rule["id"])
    for name in names:
        if name.removeprefix("-") not in ids_of:
            raise ValueError(_unknown(name, list(ids_of)))
    taken = [ids_of[name] for name in names if not name.startswith("-")] or [set(ids)]
    left_out = [ids_of[name[1:]] for name in names if name.startswith("-")]
    wanted = set().union(*taken).difference(*left_out)
    if not wanted:
        raise ValueError(f"rules leaves none: {', '.join(names)}")
    return load().only([id_ for id_ in ids if id_ in wanted])


def _unknown(name: str, known: Sequence[str]) -> str:
    asked = name.removeprefix("-")
    near = get_close_matches(asked, known, n=1, cutoff=0.0)
    six = [rule for rule in known if "." not in rule]
    return f"no rule is {asked!r}; the nearest is {near[0]!r}, and {', '.join(six)} name several"
