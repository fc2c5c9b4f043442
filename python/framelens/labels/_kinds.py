"""Modifiers and predications: what they do to labels, and what they say themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import columns_to_frame
from framelens.labels.namings import (
    COLUMNS,
    Target,
    for_engine,
    in_text_order,
    ruling_terms,
    with_target_names,
)

if TYPE_CHECKING:
    from framelens.base import lexicons
    from framelens.corpus.corpus import Corpus

Kind: TypeAlias = Literal["label", "modifier", "predication", "all"]
KINDS: tuple[Kind, ...] = ("label", "modifier", "predication", "all")
# Why a row does not count: its phrase has counted already.
SAME_PHRASE = "same phrase"


def checked_kind(kind: str | None, lexicon: lexicons.Lexicon) -> Kind:
    """Return the kind that is asked for, by default what the lexicon counts."""
    if kind is None:
        return lexicon.counts
    for known in KINDS:
        if kind == known:
            return known
    raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")


def with_modifiers(evidence: pd.DataFrame, lexicon: lexicons.Lexicon) -> pd.DataFrame:
    """Return labels of `lexicon` with what the words before them do to them."""
    if not lexicon.modifiers or not evidence["modifiers"].notna().any():
        return evidence
    known = _by_form(lexicon)
    longest = max(form.count(" ") + 1 for form in known)
    columns = ("term", "modifiers", "pole", "weight", "distance")
    labels = evidence[list(columns)].to_dict("records")
    for label in labels:
        words = [] if pd.isna(label["modifiers"]) else _words(label["modifiers"])
        for first in range(len(words)):
            for size in range(min(longest, len(words) - first), 0, -1):
                modifier = known.get(" ".join(words[first : first + size]))
                if modifier is not None:
                    _apply(modifier, label)
                    break
    return evidence.assign(
        **{
            name: pd.Series([label[name] for label in labels], evidence.index, evidence[name].dtype)
            for name in ("pole", "weight", "distance")
        }
    )


def _by_form(lexicon: lexicons.Lexicon) -> dict[str, Mapping[str, Any]]:
    return {
        " ".join(_words(form)): modifier
        for modifier in lexicon.modifiers
        for form in (modifier["text"], *modifier["forms"])
    }


def _words(printed: str) -> list[str]:
    return _core.fold([printed])[0].replace("-", " ").split()


def _apply(modifier: Mapping[str, Any], label: dict[Any, Any]) -> None:
    if modifier["before"] and label["term"] not in modifier["before"]:
        return
    counts = pd.isna(label["distance"])
    if modifier["effect"] == "void":
        label["weight"] = 0.0
        label["distance"] = modifier["text"] if counts else label["distance"]
    elif modifier["effect"] == "neutral":
        label["pole"], label["weight"] = "neutral", 0.0
    elif modifier["effect"] == "turn":
        label["pole"] = modifier["pole"]
        label["weight"] = label["weight"] or 1.0 if counts else 0.0


def said_rows(
    corpus: Corpus,
    targets: Sequence[Target],
    lexicon: lexicons.Lexicon,
    rules: _core.LabelRules,
) -> pd.DataFrame:
    """Return modifiers and predications of `targets` as rows of evidence."""
    terms = lexicon.terms_for_matching()
    labels = corpus.labels_of(for_engine(targets, terms), rules)
    columns = _core.find_said(labels, lexicon, ruling_terms(terms))
    missing = [None] * len(columns["term"])
    rows = columns_to_frame(
        {
            **columns,
            **dict.fromkeys(("modifiers", "rule_id", "candidates", "scope"), missing),
            "self_reported": np.zeros(len(missing), dtype=bool),
        },
        corpus,
    )
    rows = with_target_names(rows, targets)
    rows["axis"] = pd.Series([lexicon.axis] * len(rows), dtype=object)
    rows["weight"] = rows["weight"].where(rows["distance"].isna(), 0.0)
    return rows[[*COLUMNS, "phrase", "axis", "pole", "weight"]]


def of_kind(evidence: pd.DataFrame, said: pd.DataFrame, kind: Kind, corpus: Corpus) -> pd.DataFrame:
    """Return the rows of `kind` in document, then text order; a phrase counts once beside nouns.

    A noun comes before its modifiers and predicates; of several adjectives the first counts.
    """
    if kind == "label":
        return evidence
    rows = said if kind != "all" else pd.concat([evidence, said], ignore_index=True)
    if kind != "all":
        rows = rows[rows["kind"] == kind]
    rows = rows[[*evidence.columns]]
    rows = in_text_order(corpus, rows)
    # Within an article nouns come first.
    counts = rows[rows["weight"] > 0].assign(noun=rows["kind"] != "label")
    counts = counts.sort_values(["doc", "noun"], kind="stable")
    again = counts.duplicated(["target", "doc", "phrase"]) & counts["noun"]
    repeated = rows.index.isin(again.index[again])
    rows["weight"] = rows["weight"].mask(repeated, 0.0)
    rows["distance"] = rows["distance"].mask(repeated, SAME_PHRASE)
    return rows
