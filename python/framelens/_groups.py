"""Documents in groups: what similarity and keyness share before the engine counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core

if TYPE_CHECKING:
    from framelens.corpus import Corpus, Zones

IntArray = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class GroupedCounts:
    """Term counts of documents with the group of each.

    Documents are in the order of their texts, so that sums over them, and with these the last bits
    of every number, do not depend on the order in which they were given.
    """

    groups: list[str]
    group_of: IntArray
    documents: IntArray
    terms: list[str]
    rows: tuple[IntArray, IntArray, IntArray]


def count_groups(
    texts: Sequence[str], labels: Sequence[str], *, n_jobs: int | None = None
) -> GroupedCounts:
    """Count the terms of `texts`, whose groups are `labels`; groups are sorted."""
    groups = sorted(set(labels))
    number = {label: position for position, label in enumerate(groups)}
    order = sorted(range(len(texts)), key=texts.__getitem__)
    group_of = np.array([number[labels[i]] for i in order], dtype=np.int32)
    terms, rows = _core.count_terms([texts[i] for i in order], n_jobs=n_jobs)
    documents = np.bincount(group_of, minlength=len(groups))
    return GroupedCounts(groups, group_of, documents, terms, rows)


def grouped_texts(corpus: Corpus, by: str, zones: Zones) -> tuple[list[str], list[str]]:
    """Return the text of the zones and the value of `by` of each document that has one."""
    documents = corpus.documents
    if by not in documents.columns:
        names = ", ".join(map(str, documents.columns))
        raise ValueError(f"no column is called {by!r}; by is one of {names}")
    values = documents[by].tolist()
    known = [not pd.isna(value) for value in values]
    texts = corpus.text_of_zones(zones)
    return (
        [text for text, is_known in zip(texts, known, strict=True) if is_known],
        [str(value) for value, is_known in zip(values, known, strict=True) if is_known],
    )


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Refuse a value that is none of the choices."""
    if value not in choices:
        raise ValueError(f"{name} is one of {', '.join(choices)}, not {value!r}")


def check_interval(interval: float) -> None:
    """Refuse a coverage outside (0, 1)."""
    if not 0.0 < interval < 1.0:
        raise ValueError(f"interval is between 0 and 1, not {interval!r}")
