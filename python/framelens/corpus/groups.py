"""Documents in groups: what similarity and keyness share before the engine counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.corpus.access import stop_words_of
from framelens.corpus.characters import composed, plain
from framelens.corpus.duplicates import shared_spans
from framelens.corpus.furniture import find_furniture
from framelens.corpus.voices import Span, Voice, in_voice, without

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus, Zones

IntArray = np.ndarray[Any, np.dtype[Any]]
By: TypeAlias = "str | Mapping[str, object] | pd.Series[Any] | Sequence[Any]"

_BETWEEN = " · "
# With so many events known, they are the units of intervals; below, documents are.
_MIN_EVENTS = 5


def units_of(corpus: Corpus) -> list[tuple[str, object]]:
    """Return the unit of each document in intervals: its event where five or more are known.

    Else itself, but one unit for all near-duplicates of one another.
    """
    events = corpus._events
    if len({event for event in events if not pd.isna(event)}) < _MIN_EVENTS:
        events = [None] * len(corpus)
    return [
        ("copy", int(cluster)) if pd.isna(event) else ("event", event)
        for event, cluster in zip(events, corpus._copy_clusters, strict=True)
    ]


def document_order(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    docs: Sequence[str] | None = None,
    clusters: Sequence[int] | None = None,
) -> list[int]:
    """Return positions of the texts in an order that does not depend on the given one."""
    own = range(len(texts)) if clusters is None else clusters
    ids = [""] * len(texts) if docs is None else docs
    return sorted(range(len(texts)), key=lambda i: (texts[i], labels[i], own[i], ids[i]))


def numbered(labels: Sequence[str]) -> tuple[list[str], IntArray]:
    """Return the sorted groups, and the number of each label's."""
    groups = sorted(set(labels))
    number = {label: position for position, label in enumerate(groups)}
    return groups, np.array([number[label] for label in labels], dtype=np.int32)


def labels_of(corpus: Corpus, by: By) -> list[str | None]:
    """Return the group of each document by `by`, None where it has none.

    `by` is a column of ``corpus.documents``, ``"month"`` (of the date), values by document id, or a
    sequence of these: groups are then their combinations.
    """
    if isinstance(by, str):
        return _column(corpus, by)
    if isinstance(by, pd.Series | Mapping):
        known = {composed(str(id_)): value for id_, value in by.items()}
        if len(known) < len(by):
            raise ValueError("by has a document id more than once: give each document one value")
        ids = [composed(id_) for id_ in corpus.ids]
        unknown = sorted(known.keys() - set(ids))
        if unknown:
            raise ValueError(f"by has document ids that are not in the corpus: {unknown[:5]}")
        return _as_labels(known.get(id_) for id_ in ids)
    parts = [labels_of(corpus, part) for part in by]
    if not parts:
        raise ValueError("by is empty: name at least one column")
    return [
        None if None in row else _BETWEEN.join(map(str, row)) for row in zip(*parts, strict=True)
    ]


def _column(corpus: Corpus, by: str) -> list[str | None]:
    documents = corpus.documents
    if by in documents.columns:
        return _as_labels(documents[by].tolist())
    if by == "month":
        return list(corpus.months)
    names = ", ".join(map(str, [*documents.columns, "month"]))
    raise ValueError(f"no column is called {by!r}; by must be one of {names}")


def _as_labels(values: Any) -> list[str | None]:
    values = list(values)
    check_single(values)
    return [None if pd.isna(value) else plain(str(value)) for value in values]


def check_single(values: Iterable[Any]) -> None:
    """Refuse lists and the like, which make no groups."""
    composed = next((value for value in values if not pd.api.types.is_scalar(value)), None)
    if composed is not None:
        raise ValueError(f"by must give one value for each document, not {composed!r}")


def grouped_documents(corpus: Corpus, by: By) -> tuple[list[int], list[str]]:
    """Return position and group of the documents that have a group."""
    labels = [(i, label) for i, label in enumerate(labels_of(corpus, by)) if label is not None]
    return [i for i, _ in labels], [label for _, label in labels]


def pieces_of(
    corpus: Corpus,
    zones: Zones,
    voice: Voice = "all",
    *,
    drop_shared: bool = False,
    mask: bool = False,
) -> list[list[Span]]:
    """Return the spans of each document that stand in the zones and speak in the voice.

    With `drop_shared` without the copy that documents of other sources have too, with `mask`
    without furniture.
    """
    pieces = in_voice(corpus, corpus.zone_pieces(zones), voice)
    if drop_shared:
        shared = shared_spans(corpus, n_jobs=corpus._n_jobs)
        pieces = [without(own, copy) for own, copy in zip(pieces, shared, strict=True)]
    if mask:
        pieces = find_furniture(corpus, zones).taken_out_of(pieces)
    return pieces


def plain_pieces(corpus: Corpus, pieces: Sequence[Sequence[Span]]) -> list[str]:
    r"""Return the plain text of the pieces of each document, joined by ``"\n"``."""
    texts = [
        "\n".join(text[start:end] for start, end in own if text[start:end].strip())
        for text, own in zip(corpus._unwrapped, pieces, strict=True)
    ]
    return _core.PlainTexts.of(texts).texts


def texts_of(
    corpus: Corpus,
    zones: Zones,
    voice: Voice | None = None,
    *,
    drop_shared: bool = False,
    mask: bool = False,
) -> list[str]:
    """Return the plain text of the pieces of each document; without a voice, of all."""
    pieces = pieces_of(corpus, zones, voice or "all", drop_shared=drop_shared, mask=mask)
    return plain_pieces(corpus, pieces)


def chosen_stop_words(corpus: Corpus, given: str | Collection[str] | None) -> frozenset[str]:
    """Return the words that a call leaves out: ``"language"``, some of its own, or none."""
    if isinstance(given, str):
        check_choice("stop_words", given, ("language",))
        return stop_words_of(corpus)
    return frozenset(given or ())


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    """Refuse a value that is none of the choices."""
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, not {value!r}")


def check_interval(interval: float) -> None:
    """Refuse a coverage outside (0, 1)."""
    if not 0.0 < interval < 1.0:
        raise ValueError(f"interval must be between 0 and 1, both excluded, not {interval!r}")
