"""An article with its zones, quotations and labels marked, as HTML that needs nothing else."""

from __future__ import annotations

import html
import itertools
import re
import reprlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from framelens.base.results import bounded_html
from framelens.corpus.access import unwrapped_texts
from framelens.corpus.corpus import Corpus
from framelens.plots import BLUE, GREY, VERMILLION

__all__ = ["MarkedArticle", "article_html", "legend_html", "show"]

# The first pole, the second, and neither: a shape beside the colour.
_SHAPES = ("▲", "■", "●")
_KINDS = ("direct", "partial", "scare", "name", "indirect")

STYLE = f"""
.fl-article {{
  --fl-paper: #fffdf8; --fl-ink: #1a1a1a; --fl-soft: #5f5f5f; --fl-rule: #d8d2c4;
  --fl-quote: #ece5d3; --fl-nested: #dccfae;
  --fl-pole-0: {VERMILLION}; --fl-pole-1: {BLUE}; --fl-pole-2: {GREY};
  --fl-on-0: #000; --fl-on-1: #fff; --fl-on-2: #fff;
  background: var(--fl-paper); color: var(--fl-ink); border: 1px solid var(--fl-rule);
  padding: 1rem 1.25rem; max-width: 44rem; overflow-wrap: anywhere;
  font: 1rem/1.6 Georgia, "Times New Roman", serif;
}}
@media (prefers-color-scheme: dark) {{
  .fl-article {{
    --fl-paper: #1c1b19; --fl-ink: #ece8df; --fl-soft: #aaa59a; --fl-rule: #45423b;
    --fl-quote: #353023; --fl-nested: #4b4229;
    --fl-pole-0: #ff9a4d; --fl-pole-1: #6cc1f5; --fl-pole-2: #b5b5b5;
    --fl-on-0: #000; --fl-on-1: #000; --fl-on-2: #000;
  }}
}}
.fl-article p {{ margin: 0 0 .75em; white-space: pre-wrap; color: inherit; }}
.fl-article .fl-legend {{
  font: .8rem/1.9 system-ui, sans-serif; color: var(--fl-soft);
  border-bottom: 1px solid var(--fl-rule); padding-bottom: .5rem; margin-bottom: 1rem;
}}
.fl-article .fl-legend > span {{ margin-right: .7em; display: inline-block; }}
.fl-article .fl-legend .fl-label {{ padding: .1em .3em; }}
.fl-article p[data-zone]::before {{
  content: attr(data-zone); display: block; color: var(--fl-soft);
  font: .68rem/1.4 system-ui, sans-serif; letter-spacing: .06em; text-transform: uppercase;
}}
.fl-article .fl-zone {{ color: var(--fl-soft); }}
.fl-article .fl-headline {{ color: var(--fl-ink); font-weight: bold; font-size: 1.2rem;
  line-height: 1.3; }}
.fl-article .fl-subhead {{ color: var(--fl-ink); font-weight: bold; }}
.fl-article .fl-caption {{ font-style: italic; font-size: .9rem; }}
.fl-article .fl-boilerplate {{ font-size: .85rem; }}
.fl-article .fl-direct, .fl-article .fl-partial {{ background: var(--fl-quote); }}
.fl-article .fl-partial {{ border-bottom: 1px solid var(--fl-soft); }}
.fl-article .fl-nested {{ background: var(--fl-nested); }}
.fl-article .fl-scare {{ border-bottom: 2px dotted var(--fl-soft); }}
.fl-article .fl-name {{ border-bottom: 1px dashed var(--fl-soft); }}
.fl-article .fl-indirect {{ border-bottom: 1px solid var(--fl-rule); }}
.fl-article .fl-label {{ --fl-pole: var(--fl-pole-2); --fl-on: var(--fl-on-2);
  color: var(--fl-on); background: var(--fl-pole); border: 2px solid var(--fl-pole);
  border-radius: 3px; padding: 0 .15em; font-weight: bold; }}
.fl-article .fl-pole-0 {{ --fl-pole: var(--fl-pole-0); --fl-on: var(--fl-on-0); }}
.fl-article .fl-pole-1 {{ --fl-pole: var(--fl-pole-1); --fl-on: var(--fl-on-1); }}
.fl-article .fl-voice-quoted, .fl-article .fl-voice-reported {{
  background: var(--fl-paper); color: var(--fl-ink); font-style: italic; border-style: dashed; }}
.fl-article .fl-voice-reported {{ border-style: dotted; }}
.fl-article .fl-distance {{ background: var(--fl-paper); color: var(--fl-ink);
  text-decoration: line-through 2px; }}
.fl-article .fl-label[data-note]::after {{ content: attr(data-note); font: bold .65em system-ui;
  vertical-align: super; margin-left: .15em; }}
.fl-article .fl-label:target {{ outline: 3px solid var(--fl-ink); outline-offset: 2px; }}
"""


@dataclass(frozen=True, repr=False, eq=False)
class MarkedArticle:
    """An article as marked-up HTML.

    Attributes
    ----------
    id : str
        The document's id.
    html : str
        A self-contained piece of HTML with its style; everything from the article is escaped.
    """

    id: str
    html: str

    def __repr__(self) -> str:
        """Return one line: the document's id."""
        return f"MarkedArticle({reprlib.repr(self.id)})"

    def _repr_html_(self) -> str:
        return bounded_html(self.html, "</article>")


@dataclass(frozen=True)
class _Mark:
    # One span of an article: what it adds to the tooltip, and where it stands among others.
    start: int
    end: int
    kind: str
    tip: str
    classes: str
    note: str = ""
    anchor: str = ""


def show(
    corpus: Corpus, id: str, *, targets: Iterable[Any] | None = None, axis: Any = "legitimacy"
) -> MarkedArticle:
    """Mark the zones, quotations and (with `targets`) labels of one article.

    Parameters
    ----------
    corpus : Corpus
        Where the article is.
    id : str
        The document's id.
    targets : str, Target, or an iterable of them, optional
        Whose labels to mark.
    axis : str, path or dict
        The lexicon that gives labels their poles.

    Returns
    -------
    MarkedArticle

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.demo()
    >>> article = corpus.show(corpus.ids[0])
    >>> article.html.startswith("<style>")
    True
    """
    from framelens.labels.framing import framing
    from framelens.speech.quotes import quotes

    corpus.position_of(id)
    evidence: pd.DataFrame | None = None
    poles: tuple[str, ...] = ()
    if targets is not None:
        result = framing(corpus, targets=targets, axis=axis, zones="all")
        evidence, poles = result.evidence, result.poles
    names = [] if evidence is None else list(dict.fromkeys(evidence["target"]))
    body = article_html(corpus, id, quotes(corpus).frame, evidence, poles=poles, names=names)
    title = corpus.documents.set_index("id").loc[id]
    heading = html.escape(" · ".join(x for x in (title["source"], title["title"]) if x))
    return MarkedArticle(
        id,
        f'<style>{STYLE}</style><article class="fl-article">'
        f"<p><strong>{_visible(heading)}</strong></p>"
        f"{legend_html(poles, names)}{body}</article>",
    )


def as_page(article: MarkedArticle) -> str:
    """Return a marked-up article as an HTML page of its own."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(article.id)}</title></head><body>{article.html}</body></html>\n"
    )


def as_text(
    corpus: Corpus, id: str, *, targets: Iterable[Any] | None = None, axis: Any = "legitimacy"
) -> str:
    """Return one article as lines for a terminal: its zones, quotations and labels.

    Parameters
    ----------
    corpus, id, targets, axis
        As in :func:`show`.

    Examples
    --------
    >>> import framelens as fl
    >>> from framelens.face.show import as_text
    >>> corpus = fl.read([{"id": "a", "source": "Gazette", "text": "Ada Moore said: “It rained.”"}])
    >>> print(as_text(corpus, "a"))
    Gazette
    <BLANKLINE>
    body        Ada Moore said: “It rained.”
    <BLANKLINE>
    Whom it quotes
    direct      Ada Moore said: It rained.
    """
    from framelens.labels.framing import framing
    from framelens.speech.quotes import quotes

    document = corpus[corpus.position_of(id)]
    said = quotes(corpus).frame
    zones = {int(row.start): str(row.zone) for row in _rows_of(corpus.zones, id)}
    heading = [document.source, document.title, document.date and document.date.date().isoformat()]
    lines = [" · ".join(part for part in heading if part), ""]
    lines += [
        f"{zones.get(line.start(), 'body'):<11} {line.group()}"
        for line in re.finditer(r"\S(?:[^\n]*\S)?", document.text)
    ]
    lines += ["", "Whom it quotes"]
    for row in _rows_of(said, id):
        by = " ".join(part for part in (row.speaker, row.cue) if not pd.isna(part)) or "nobody"
        lines.append(f"{row.kind:<11} {by}: {' '.join(row.text.split())}")
    if targets is not None:
        evidence = framing(corpus, targets=targets, axis=axis, zones="all").evidence
        lines += ["", "What it calls them"]
        for row in _rows_of(evidence, id):
            voice = "reported" if row.voice == "own" and row.reported else row.voice
            lines.append(f"{row.pole:<11} {row.target}: {row.label} ({voice}, {row.rule})")
    return "\n".join(_visible(line) for line in lines)


def _rows_of(frame: pd.DataFrame, id: str) -> Iterator[Any]:
    return frame[frame["doc"] == id].itertuples(index=False)


def article_html(
    corpus: Corpus,
    id: str,
    quotes: pd.DataFrame,
    evidence: pd.DataFrame | None,
    *,
    poles: Sequence[str] = (),
    names: Sequence[str] = (),
) -> str:
    """Return the paragraphs of one article, marked up and escaped.

    Parameters
    ----------
    quotes, evidence : pandas.DataFrame
        Frames of :func:`framelens.quotes` and the evidence of :func:`framelens.framing`; rows of
        other documents are passed over.
    poles : sequence of str
        The axis' poles, the first one first.
    names : sequence of str
        The targets; where there are several, labels carry the number of theirs.

    Returns
    -------
    str
        One ``<p>`` for each line that is not blank. Labels have the anchor :func:`label_anchor`.
    """
    position = corpus.position_of(id)
    text = unwrapped_texts(corpus)[position]
    zones = corpus.zones
    marks = [
        *_zone_marks(zones[zones["doc"] == id]),
        *_quote_marks(quotes[quotes["doc"] == id]),
    ]
    if evidence is not None:
        of_document = evidence[evidence["doc"] == id]
        marks.extend(_label_marks(of_document, position, list(poles), list(names)))
    return "".join(_paragraphs(text, marks))


def label_anchor(position: int, start: int) -> str:
    """Return the HTML id of the label at `start` of the document at `position`."""
    return f"label-{position}-{start}"


def legend_html(poles: Sequence[str], names: Sequence[str]) -> str:
    """Return the key to the marks of :func:`article_html`."""
    items = [
        '<span class="fl-direct">direct quotation</span>',
        '<span class="fl-partial">partial quotation</span>',
        '<span class="fl-scare">scare quotes</span>',
        '<span class="fl-name">name or title</span>',
        '<span class="fl-indirect">indirect speech</span>',
    ]
    if poles:
        for number, label in [*enumerate(poles[:2]), (2, "neutral")]:
            items.append(
                f'<span class="fl-label fl-pole-{number}" data-note="{_SHAPES[number]}">'
                f"{html.escape(label)}</span>"
            )
        items.append('<span class="fl-label fl-voice-own">own voice</span>')
        items.append('<span class="fl-label fl-voice-reported">in reported speech</span>')
        items.append('<span class="fl-label fl-voice-quoted">in a quotation</span>')
        items.append(
            '<span><span class="fl-label fl-distance">word</span> not counted: negated, asked, '
            "hypothetical, "
            "in scare quotes, “so-called”</span>"
        )
    if len(names) > 1:
        items.extend(
            f"<span>{number} = {html.escape(name)}</span>" for number, name in enumerate(names, 1)
        )
    return f'<div class="fl-legend">{" ".join(items)}</div>'


def _zone_marks(zones: pd.DataFrame) -> Iterator[_Mark]:
    for row in zones.to_dict("records"):
        tip = f"{row['zone']} (printed twice)" if row["duplicate"] else str(row["zone"])
        yield _Mark(int(row["start"]), int(row["end"]), "zone", tip, f"fl-zone fl-{row['zone']}")


def _quote_marks(quotes: pd.DataFrame) -> Iterator[_Mark]:
    for row in quotes.to_dict("records"):
        kind = str(row["kind"])
        known = [str(part) for part in (row["speaker"], row["cue"]) if not pd.isna(part)]
        noun = {"scare": "scare quotes", "name": "name", "indirect": "indirect speech"}
        tip = " · ".join([noun.get(kind, f"{kind} quotation"), *known])
        classes = f"fl-{kind}" if kind in _KINDS else "fl-direct"
        if not pd.isna(row["nested"]) and row["nested"] > 0:
            classes += " fl-nested"
        yield _Mark(int(row["start"]), int(row["end"]), "quote", tip, classes)


def _label_marks(
    evidence: pd.DataFrame, position: int, poles: list[str], names: list[str]
) -> Iterator[_Mark]:
    for row in evidence.to_dict("records"):
        number = poles.index(row["pole"]) if row["pole"] in poles[:2] else 2
        voice = "reported" if row["voice"] == "own" and row["reported"] else row["voice"]
        whose = f"{row['label']} = {row['target']}"
        pole = str(row["pole"]) if not pd.isna(row["pole"]) else "neutral"
        known = [str(part) for part in (row["speaker"], row["reported_by"]) if not pd.isna(part)]
        tip = " · ".join([whose, pole, f"{voice} voice", *known, f"rule: {row['rule']}"])
        classes = f"fl-label fl-pole-{number} fl-voice-{voice}"
        if not pd.isna(row["distance"]):
            tip += f" · not counted: {row['distance']}"
            classes += " fl-distance"
        note = _SHAPES[number]
        if len(names) > 1 and row["target"] in names:
            note += str(names.index(row["target"]) + 1)
        yield _Mark(
            int(row["start"]),
            int(row["end"]),
            "label",
            tip,
            classes,
            note,
            label_anchor(position, int(row["start"])),
        )


def _paragraphs(text: str, marks: list[_Mark]) -> Iterator[str]:
    marks = sorted((mark for mark in marks if mark.start < mark.end), key=lambda m: m.start)
    seen: set[str] = set()
    following, open_marks, start = 0, list[_Mark](), 0
    for line in text.split("\n"):
        end = start + len(line)
        while following < len(marks) and marks[following].start < end:
            open_marks.append(marks[following])
            following += 1
        open_marks = [mark for mark in open_marks if mark.end > start]
        if line.strip():
            yield _paragraph(text, start, end, open_marks, seen)
        start = end + 1


def _paragraph(text: str, start: int, end: int, marks: list[_Mark], seen: set[str]) -> str:
    zone = next((m for m in marks if m.kind == "zone" and _covers(m, text, start, end)), None)
    inline = [mark for mark in marks if mark is not zone]
    # Spans may nest and overlap: the line is cut at every end of one, each piece knows its spans.
    cuts = {start, end}
    for mark in inline:
        cuts.update(at for at in (mark.start, mark.end) if start < at < end)
    waiting = sorted(inline, key=lambda mark: mark.start)[::-1]
    around: list[_Mark] = []
    pieces = []
    for left, right in itertools.pairwise(sorted(cuts)):
        while waiting and waiting[-1].start <= left:
            around.append(waiting.pop())
        around = [mark for mark in around if mark.end > left]
        pieces.append(_piece(text[left:right], around, right, seen))
    opening = '<p dir="auto">'
    if zone is not None:
        opening = f'<p dir="auto" class="{zone.classes}" data-zone="{html.escape(zone.tip)}">'
    return f"{opening}{''.join(pieces)}</p>"


def _covers(mark: _Mark, text: str, start: int, end: int) -> bool:
    outside = text[start : max(start, mark.start)] + text[min(end, mark.end) : end]
    return not outside.strip()


def _piece(text: str, around: list[_Mark], right: int, seen: set[str]) -> str:
    shown = _visible(html.escape(text))
    if not around:
        return shown
    inner_first = sorted(around, key=lambda mark: mark.end - mark.start)
    label = next((mark for mark in inner_first if mark.kind == "label"), None)
    others = [mark for mark in inner_first if mark.kind != "label"]
    tips = dict.fromkeys(mark.tip for mark in inner_first)
    title = _visible(html.escape("\n".join(tips)))
    if label is not None:
        anchor = ""
        if label.anchor not in seen:
            seen.add(label.anchor)
            anchor = f' id="{label.anchor}"'
        notes = "".join(
            dict.fromkeys(m.note for m in inner_first if m.kind == "label" and m.end == right)
        )
        note = f' data-note="{notes}"' if notes else ""
        shown = f'<mark class="{label.classes}"{anchor}{note} title="{title}">{shown}</mark>'
    if others:
        classes = " ".join(dict.fromkeys(word for m in others for word in m.classes.split()))
        shown = f'<span class="{classes}" title="{title}">{shown}</span>'
    return shown


_CONTROLS = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"}


def _visible(text: str) -> str:
    # HTML has no way to write control characters such as NUL: show Unicode's pictures of them.
    return text.translate(_CONTROLS)
