"""Why a span is a label, a quotation or a reference, or why it is none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens import _core
from framelens.base.results import Result, frame_to_html
from framelens.base.spans import check_span
from framelens.corpus.corpus import Corpus
from framelens.labels._label_rules import kept
from framelens.labels.namings import Target, as_targets, for_engine, ruling_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SpanExplanation", "explain"]

COLUMNS = ("step", "start", "end", "text", "name", "outcome", "whom", "why")
_HEADINGS = {
    "sentence": "Sentence",
    "phrase": "Phrases",
    "candidate": "Who may be meant",
    "rule": "Rules of labels, in order",
    "quotation": "Quotations",
    "speaker": "Who may speak",
}
_NO_QUOTATION = "no quotation and no indirect speech holds it"


@dataclass(frozen=True, repr=False, eq=False)
class SpanExplanation(Result):
    """How the engine read a span. `frame` has one row a fact, in the order in which it was read.

    Columns: step (``sentence``, ``phrase``, ``candidate``, ``rule``, ``quotation``, ``speaker``),
    start, end and text (what the row is about), name (of a phrase its kind, of a candidate what was
    printed, of a rule its id, of a quotation its kind), outcome (of a rule ``label``, ``nobody``,
    ``stopped`` or ``skipped``; of a candidate ``meant`` or ``not meant``), whom (a person), why.

    A ``speaker`` is somebody who may speak the quotation before it, the likeliest first, with an
    empty text for nobody; there is none where rules alone tell who speaks.

    ``print`` shows it as text.
    """

    doc: str = ""
    start: int = 0
    end: int = 0
    text: str = field(default="")

    def __repr__(self) -> str:
        """Return the facts as lines of text."""
        lines = [f"{self.text!r} in document {self.doc!r}, [{self.start}, {self.end})"]
        for step, rows in self._steps():
            lines.append(f"{_HEADINGS[step]}:")
            lines += [f"  {_line(step, row)}" for row in rows.itertuples(index=False)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return "".join(
            f"<p><strong>{_HEADINGS[step]}</strong></p>"
            + frame_to_html(rows.drop(columns="step").dropna(axis="columns", how="all"))
            for step, rows in self._steps()
        )

    def _steps(self) -> Iterator[tuple[str, pd.DataFrame]]:
        for step in _HEADINGS:
            rows = self.frame[self.frame["step"] == step]
            if len(rows):
                yield step, rows


def explain(
    corpus: Corpus,
    doc: str,
    start: int,
    end: int,
    *,
    targets: Target | str | Iterable[Target | str] | None = None,
) -> SpanExplanation:
    """Explain a span: see :meth:`Corpus.explain`."""
    position = corpus.position_of(doc)
    text = corpus.texts[position]
    check_span(doc, start, end, len(text))
    found = _labels(corpus, targets).explain(position, start, end, ruling_terms())
    quoted = _quotations(corpus, position, start, end)
    columns = {name: [*column, *(fact[name] for fact in quoted)] for name, column in found.items()}
    spans = zip(columns["start"], columns["end"], strict=True)
    columns["text"] = [text[a:b] for a, b in spans]
    frame = pd.DataFrame({name: pd.Series(columns[name], dtype=object) for name in COLUMNS})
    return SpanExplanation(
        frame=frame.astype({"start": "int64", "end": "int64"}),
        doc=corpus.ids[position],
        start=start,
        end=end,
        text=text[start:end],
    )


def _labels(
    corpus: Corpus, targets: Target | str | Iterable[Target | str] | None
) -> _core.TargetLabels:
    if targets is None:
        return _core.TargetLabels.of_everybody(corpus.annotations, kept(None))
    return corpus.labels_of(for_engine(as_targets(targets)), kept(None))


def _quotations(corpus: Corpus, position: int, start: int, end: int) -> list[dict[str, Any]]:
    """Return the quotations that hold the span, the outermost first; one fact where none does."""
    quotes = pd.DataFrame(
        {
            name: column
            for name, column in corpus.annotations.quotes().items()
            if not isinstance(column, tuple)
        }
    )
    own = quotes[quotes["doc"] == position]
    holds = own[(own["start"] <= start) & (own["end"] >= end)].sort_values("nested", kind="stable")
    rated = pd.DataFrame(_core.rated_speakers(corpus.annotations, position))
    facts: list[dict[str, Any]] = []
    for row in holds.to_dict("records"):
        likely = rated[rated["quotation_start"] == row["start"]]
        facts.append(
            {
                "step": "quotation",
                "start": row["start"],
                "end": row["end"],
                "name": row["kind"],
                "outcome": "reported" if row["kind"] == "indirect" else None,
                "whom": row["speaker"],
                "why": _why_quoted(row, unsure=len(likely) > 0),
            }
        )
        facts += [_may_speak(who) for who in likely.itertuples()]
    if not facts:
        nothing = dict.fromkeys(("name", "outcome", "whom"))
        facts = [{"step": "quotation", "start": start, "end": end, **nothing, "why": _NO_QUOTATION}]
    return facts


def _may_speak(who: Any) -> dict[str, Any]:
    likely = f"has {100 * who.share:.0f} % of the likelihood"
    given = {"start": who.start, "end": who.end, "why": likely}
    return {"step": "speaker", **given, **dict.fromkeys(("name", "outcome", "whom"))}


def _why_quoted(row: dict[Any, Any], *, unsure: bool) -> str:
    if row["kind"] in ("scare", "name"):
        return "the marks quote nobody"
    if unsure:
        cue = f", with the cue “{row['cue']}”" if row["cue"] is not None else ""
        return f"the rules are unsure, so everybody near is weighed{cue}"
    if row["cue"] is not None:
        cue = f"the cue “{row['cue']}” ({row['lemma']}, {row['stance']})"
        return f"by {cue}" if row["speaker"] is not None else f"{cue} names nobody who is known"
    if row["speaker"] is not None:
        return "no cue of its own: by the attribution beside it, or the turn it stands in"
    return "no cue, and nobody beside it to whom it goes"


def _line(step: str, row: Any) -> str:
    said = [part for part in (row.outcome, row.whom, row.why) if part is not None]
    what = ": ".join(said[:1]) if len(said) < 2 else f"{said[0]}: {', '.join(said[1:])}"
    if step == "sentence":
        return str(row.text)
    named = row.name if step != "candidate" else f"{row.text} = {row.name}"
    if step == "rule":
        named = f"{row.text}: {row.name or 'no rule'}"
    elif step == "speaker":
        named = repr(row.text) if row.text else "nobody"
    elif step in ("phrase", "quotation"):
        named = f"{row.text!r}: {row.name}" if row.name else repr(row.text)
    return f"{named} – {what}" if what else str(named)
