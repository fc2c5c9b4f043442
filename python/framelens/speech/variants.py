"""The same utterance as each source printed it: edits typed, differences marked."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result, bounded_html, columns_to_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.corpus.corpus import Corpus

__all__ = ["ShownVariants", "Variants", "find_variants"]

EDITS = (
    "cut", "insertion", "substitution", "reordering", "ellipsis", "bracket", "punctuation",
    "cue", "speaker", "kind",
)  # fmt: skip
_WORDING = frozenset(EDITS[:6])
_ATTRIBUTES = ("kind", "speaker", "cue", "lemma", "stance", "zone")
_COLUMNS = (
    "utterance", "doc", "source", "start", "end", "text", "similarity", "edits", "base",
    *_ATTRIBUTES,
)  # fmt: skip

_STYLE = """
.fl-variants { --fl-ink: #1a1a1a; --fl-paper: #fffdf8; --fl-soft: #5f5f5f; --fl-rule: #d8d2c4;
  --fl-new: #cfe6f5; --fl-gone: #f6d9c9; background: var(--fl-paper); color: var(--fl-ink);
  border: 1px solid var(--fl-rule); padding: .75rem 1rem; max-width: 52rem;
  font: 1rem/1.5 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) {
  .fl-variants { --fl-ink: #ece8df; --fl-paper: #1c1b19; --fl-soft: #aaa59a; --fl-rule: #45423b;
    --fl-new: #1f4a63; --fl-gone: #5b3320; }
}
.fl-variants h4 { margin: 1em 0 .2em; font: bold .8rem/1.4 system-ui, sans-serif;
  color: var(--fl-soft); }
.fl-variants p { margin: .15em 0; padding-left: 1em; text-indent: -1em; color: inherit; }
.fl-variants small { font: .75rem/1.4 system-ui, sans-serif; color: var(--fl-soft); }
.fl-variants ins { background: var(--fl-new); text-decoration: underline; color: inherit; }
.fl-variants del { background: var(--fl-gone); text-decoration: line-through; color: inherit; }
"""


@dataclass(frozen=True, repr=False, eq=False)
class ShownVariants:
    """Variants stacked under each other, as a self-contained piece of HTML.

    Attributes
    ----------
    html : str
        Everything from the articles is escaped.
    """

    html: str

    def __repr__(self) -> str:
        """Return one line."""
        return f"ShownVariants({len(self.html)} characters of HTML)"

    def _repr_html_(self) -> str:
        return bounded_html(self.html, "</div>")


@dataclass(frozen=True, repr=False, eq=False)
class Variants(Result):
    """Utterances that two documents or more print. `frame` has one row a printed form.

    Columns: utterance (a number; those that most documents print come first), doc, source, start,
    end (the aligned part), text, similarity (to the base wording), edits, base (whether this is the
    base wording: the one that most documents print, then the longest, then the first by its words,
    its source and its id), kind, speaker, cue, lemma, stance, zone.

    ``edits`` is a list of dicts. What was done to the words has type (``cut``, ``insertion``,
    ``substitution``, ``reordering``, ``ellipsis``, ``bracket``, ``punctuation``), start, end, text
    (in this document), base_start, base_end, base_text (in that of the base wording). What was done
    to the attribution has type (``cue``, ``speaker``, ``kind``), text and base_text.
    """

    corpus: Corpus

    def show(self, utterance: int | None = None) -> ShownVariants:
        """Stack the variants, what differs from the base wording marked.

        Parameters
        ----------
        utterance : int, optional
            Which one; by default the first 20.

        Raises
        ------
        ValueError
            An utterance that the table does not have.

        Examples
        --------
        >>> import framelens as fl
        >>> rows = [
        ...     {"source": "Gazette", "text": "“We are ready for serious talks,” Ada Moore said."},
        ...     {"source": "Review", "text": "“We are ready for talks,” Ada Moore said."},
        ... ]
        >>> variants = fl.quotes(fl.read(rows)).variants()
        >>> "<del>serious</del>" in variants.show().html
        True
        """
        numbers = list(dict.fromkeys(self.frame["utterance"]))
        if utterance is not None and utterance not in numbers:
            raise ValueError(
                f"no utterance has the number {utterance!r}; frame['utterance'] has the numbers"
            )
        wanted = numbers[:20] if utterance is None else [utterance]
        parts = []
        for number in wanted:
            rows = self.frame[self.frame["utterance"] == number]
            parts.append(f"<h4>{number} · {len(rows)} variants</h4>")
            parts += [self._line(row) for row in _records(rows)]
        if len(wanted) < len(numbers) and utterance is None:
            parts.append(f"<p><small>{len(numbers) - len(wanted)} more utterances</small></p>")
        body = "".join(parts) or "<p>No utterance is printed by two documents.</p>"
        return ShownVariants(f'<style>{_STYLE}</style><div class="fl-variants">{body}</div>')

    def drift(self) -> pd.DataFrame:
        """Count how each source edits, against the wording that most documents print.

        Returns
        -------
        pandas.DataFrame
            One row a source: source, variants (printed forms of shared utterances), edited (those
            whose words differ from the base wording), share (edited / variants), similarity (mean),
            then one column a type of edit: how many. Base wordings that no other document prints in
            the same words are left out: nothing tells whether their source edited.

        Examples
        --------
        >>> import framelens as fl
        >>> drift = fl.quotes(fl.demo()).variants().drift()
        >>> list(drift.columns[:5])
        ['source', 'variants', 'edited', 'share', 'similarity']
        """
        rows = []
        # Means sum in the order of the ids, not of the documents.
        frame = self.frame.sort_values(["utterance", "doc"], kind="stable")
        for _, group in frame.groupby("utterance", sort=True):
            edited = [any(e["type"] in _WORDING for e in edits) for edits in group["edits"]]
            backed = edited.count(False) > 1
            for row, is_edited in zip(_records(group), edited, strict=True):
                if not row["base"] or backed:
                    kinds = [edit["type"] for edit in row["edits"]]
                    counts = {kind: kinds.count(kind) for kind in EDITS}
                    rows.append(
                        {
                            "source": row["source"],
                            "variants": 1,
                            "edited": int(is_edited),
                            "similarity": row["similarity"],
                            **counts,
                        }
                    )
        columns = ["source", "variants", "edited", "share", "similarity", *EDITS]
        if not rows:
            return pd.DataFrame(columns=columns)
        grouped = pd.DataFrame(rows).groupby("source", sort=True)
        table = grouped.sum()
        table["similarity"] = grouped["similarity"].mean()
        table["share"] = table["edited"] / table["variants"]
        return table.reset_index()[columns]

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw one bar a source: its edits of shared utterances, by type."""
        from framelens.plots import naming_bars

        table = self.drift().set_index("source")[list(EDITS)].T
        shown = table[table.sum(axis=1) > 0].astype(int)
        return naming_bars(
            shown, ax=ax, title="How each source edits what others print too", unit="edits"
        )

    def _line(self, row: dict[str, Any]) -> str:
        cue = row["cue"] if isinstance(row["cue"], str) else ""
        speaker = row["speaker"] if isinstance(row["speaker"], str) else ""
        about = " · ".join(part for part in (str(row["source"]), speaker, cue, row["kind"]) if part)
        return f"<p>{self._marked(row)} <small>{html.escape(about)}</small></p>"

    def _marked(self, row: dict[str, Any]) -> str:
        text = self.corpus.texts[self.corpus.position_of(row["doc"])]
        at = int(row["start"])
        parts = []
        edits = (edit for edit in row["edits"] if edit["type"] in _WORDING)
        for edit in sorted(edits, key=lambda edit: (edit["start"], edit["end"])):
            parts.append(html.escape(text[at : max(at, edit["start"])]))
            at = max(at, edit["end"])
            if edit["type"] != "reordering" and edit["base_text"]:
                space = "" if edit["text"] else " "
                parts.append(f"{space}<del>{html.escape(edit['base_text'])}</del>")
                parts.append(" " if edit["text"] else "")
            if edit["text"]:
                parts.append(f"<ins>{html.escape(edit['text'])}</ins>")
        parts.append(html.escape(text[at : int(row["end"])]))
        return "".join(parts)


def find_variants(
    corpus: Corpus, quotes: pd.DataFrame, rows: np.ndarray[Any, Any], *, n_jobs: int | None = None
) -> Variants:
    """Cluster quotations. `quotes` is the engine's table, `rows` those of it that are compared.

    Parameters
    ----------
    corpus : Corpus
    quotes : pandas.DataFrame
        All quotations of the corpus.
    rows : array of int
        Positions in `quotes`.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    Variants
    """
    included = np.zeros(len(quotes), dtype=np.uint8)
    included[rows] = 1
    included[~quotes["kind"].isin(["direct", "partial", "name"]).to_numpy()] = 0
    documents = {"event": event_numbers(corpus), "source": corpus.source_of, "id": corpus.ids}
    columns, edits = _core.find_variants(corpus.annotations, documents, included, n_jobs)
    quote, base = columns.pop("quote"), columns.pop("base")
    frame = columns_to_frame(columns, corpus)
    frame["base"] = np.arange(len(frame)) == base
    for name in _ATTRIBUTES:
        frame[name] = quotes[name].to_numpy()[quote]
    frame["edits"] = pd.Series(list(_edits(corpus, frame, base, edits)), dtype=object)
    return Variants(frame[list(_COLUMNS)], corpus)


def event_numbers(corpus: Corpus) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Return a number for each document's event, -1 where it is unknown."""
    events = corpus.documents["event"]
    number = {event: i for i, event in enumerate(sorted(set(events.dropna())))}
    return np.array([number.get(event, -1) for event in events], dtype=np.int32)


def _edits(
    corpus: Corpus, frame: pd.DataFrame, base: np.ndarray[Any, Any], found: dict[str, Any]
) -> Iterator[list[dict[str, Any]]]:
    of_row: dict[int, list[dict[str, Any]]] = {}
    texts = [corpus.texts[corpus.position_of(doc)] for doc in frame["doc"]]
    for i, row in enumerate(found["variant"]):
        start, end = int(found["start"][i]), int(found["end"][i])
        base_start, base_end = int(found["base_start"][i]), int(found["base_end"][i])
        of_row.setdefault(int(row), []).append(
            {
                "type": found["kind"][i],
                "start": start,
                "end": end,
                "text": texts[row][start:end],
                "base_start": base_start,
                "base_end": base_end,
                "base_text": texts[base[row]][base_start:base_end],
            }
        )
    columns = {name: list(frame[name]) for name in ("lemma", "cue", "speaker", "kind")}
    for row in range(len(frame)):
        edits = of_row.get(row, [])
        origin = int(base[row])
        for kind, key in (("cue", "lemma"), ("speaker", "speaker"), ("kind", "kind")):
            here, there = columns[key][row], columns[key][origin]
            if pd.isna(here) or pd.isna(there) or here == there:
                continue
            shown = "cue" if kind == "cue" else key
            edits.append(
                {"type": kind, "text": columns[shown][row], "base_text": columns[shown][origin]}
            )
        yield edits


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
