"""The corpus: articles with a source each, and what the engine finds in them."""

from __future__ import annotations

import html
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.progress import ProgressBar
from framelens.base.results import MAX_ROWS, counted, cut, left_out
from framelens.base.spans import Nested, check_span, pieces_of
from framelens.corpus.characters import composed, plain

if TYPE_CHECKING:
    from framelens._core import Annotations, LabelRules, PlainTexts, TargetLabels, _Target
    from framelens.contrast.events import SameEvent
    from framelens.corpus.duplicates import NearDuplicates
    from framelens.corpus.titles import Head
    from framelens.face.show import MarkedArticle
    from framelens.labels.explaining import SpanExplanation

__all__ = ["Corpus", "Document", "Zones"]

Zones: TypeAlias = "tuple[str, ...] | list[str] | Literal['all']"

ZONE_NAMES = ("headline", "byline", "dateline", "caption", "subhead", "body", "boilerplate")
# The columns of `Corpus.documents` that are framelens's own.
DOCUMENT_COLUMNS = ("id", "source", "title", "date", "event", "words", "text_start")


@dataclass(frozen=True)
class Document:
    """One article of a corpus.

    Attributes
    ----------
    id, source, text : str
    title, event : str or None
    date : pandas.Timestamp or None
    """

    id: str
    source: str
    title: str | None
    date: pd.Timestamp | None
    event: str | None
    text: str = field(repr=False)


@dataclass(frozen=True, repr=False, eq=False)
class Corpus:
    """Articles with a source each. Made by :func:`framelens.read`; never changes.

    Attributes
    ----------
    texts : list of str
        The articles as they were read, behind their titles: a title that was given beside a text is
        its first line, with a blank line behind it, unless the text begins with it. Every span of
        every result points into these.
    ids, source_of : list of str
        Of each document, in the order of `texts`.
    language : str
        The language whose word lists quotations, names and labels are found by.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.demo()
    >>> len(corpus)
    5
    >>> corpus.filter(ids=corpus.ids[:2])
    Corpus(2 documents, 2 sources)
    """

    texts: list[str]
    ids: list[str]
    source_of: list[str]
    _titles: list[str | None]
    _heads: list[Head]
    _dates: list[pd.Timestamp | None]
    _events: list[str | None]
    _more: dict[str, list[object]] = field(default_factory=dict)
    _months: list[str | None] = field(default_factory=list)
    _n_jobs: int | None = None
    _progress: bool = False
    language: str = "en"
    _own_language: str | None = None
    _positions: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Index the documents by id."""
        positions = {composed(id_): i for i, id_ in enumerate(self.ids)}
        object.__setattr__(self, "_positions", positions)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.texts)

    @overload
    def __getitem__(self, key: int) -> Document: ...

    @overload
    def __getitem__(self, key: slice) -> Corpus: ...

    def __getitem__(self, key: int | slice) -> Document | Corpus:
        """Return the document at a position, or a corpus of those of a slice.

        Examples
        --------
        >>> import framelens as fl
        >>> corpus = fl.demo()
        >>> corpus[0].source
        'Meridian Wire'
        >>> corpus[1:3]
        Corpus(2 documents, 2 sources)
        """
        if isinstance(key, slice):
            return self._take(list(range(len(self)))[key])
        if not isinstance(key, int | np.integer):
            raise TypeError(
                f"a corpus is indexed by position or slice, not by {key!r}; "
                "corpus.filter(ids=[...]) chooses by id"
            )
        try:
            i = range(len(self))[key]
        except IndexError:
            raise IndexError(f"no document {key} in a corpus of {len(self)}") from None
        return Document(
            self.ids[i], self.source_of[i], self._titles[i], self._dates[i], self._events[i],
            self.texts[i],
        )  # fmt: skip

    def __iter__(self) -> Iterator[Document]:
        """Go through the documents in order."""
        return (self[i] for i in range(len(self)))

    def head(self, n: int = 5) -> Corpus:
        """Return a corpus of the first `n` documents; of all but the last ``-n`` if it is negative.

        Examples
        --------
        >>> import framelens as fl
        >>> fl.demo().head(2)
        Corpus(2 documents, 2 sources)
        """
        return self[:n]

    def sample(self, n: int, *, seed: int) -> Corpus:
        """Return a corpus of `n` documents drawn without replacement, in their order.

        Parameters
        ----------
        n : int
            How many; from 0 to the number of documents.
        seed : int
            The same seed draws the same positions.

        Raises
        ------
        ValueError
            `n` is negative or larger than the corpus.

        Examples
        --------
        >>> import framelens as fl
        >>> fl.demo().sample(3, seed=1)
        Corpus(3 documents, 3 sources)
        """
        if not 0 <= n <= len(self):
            raise ValueError(f"n is from 0 to {len(self)}, the number of documents, not {n}")
        drawn = np.random.default_rng(seed).choice(len(self), size=n, replace=False)
        return self._take(sorted(drawn.tolist()))

    def __repr__(self) -> str:
        """Return one line: how many documents of how many sources."""
        return f"Corpus({counted(len(self), 'document')}, {counted(len(self.sources), 'source')})"

    def __getstate__(self) -> dict[str, object]:
        """Leave out what is computed from the texts."""
        cached = {name for name in vars(type(self)) if name in self.__dict__}
        return {
            name: value
            for name, value in self.__dict__.items()
            if name not in cached or name in type(self).__dataclass_fields__
        }

    @cached_property
    def sources(self) -> list[str]:
        """The sources, sorted, each once."""
        return sorted(set(self.source_of))

    @property
    def event_of(self) -> list[str | None]:
        """The event of each document, None where it is not known."""
        return self._events

    @property
    def titles(self) -> list[str | None]:
        """The given title of each document, None where there is none."""
        return self._titles

    @property
    def months(self) -> list[str | None]:
        """The month of each document as ``"2026-05"``, None where it is not known.

        Also of those whose date is written without a day, and missing in `documents`.
        """
        return self._months

    @cached_property
    def annotations(self) -> Annotations:
        """What the engine finds in the texts: zones, sentences, quotations, names.

        Computed when first asked for, and kept.
        """
        from framelens.base import languages

        with ProgressBar(self._progress, len(self)) as report:
            n_jobs = 1 if self._n_jobs is None else self._n_jobs
            language = languages.parts(self.language, self._own_language).language
            heads = zip(self.texts, self._heads, strict=True)
            title_ends = [len(text[: head.title_end].encode()) for text, head in heads]
            return _core.annotate(
                self.texts, self.source_of, language, n_jobs, report, title_ends=title_ends
            )

    @cached_property
    def _plain(self) -> PlainTexts:
        # The texts as the engine reads them, for what compares them without annotations.
        return _core.PlainTexts.of(self.texts)

    @cached_property
    def _unwrapped(self) -> list[str]:
        from framelens.corpus._wrapping import join_lines

        return join_lines(self.texts, self.annotations.soft_breaks())

    def labels_of(self, targets: list[_Target], rules: LabelRules) -> TargetLabels:
        """Return the labels of `targets`, as the engine takes them; the last ones are kept."""
        # Looked at once: another thread may ask for other targets meanwhile.
        for known, by, labels in list(self._last_labels):
            if known == targets and by is rules:
                return labels
        labels = _core.TargetLabels.of(self.annotations, targets, rules)
        self._last_labels[:] = [(targets, rules, labels)]
        return labels

    @cached_property
    def _last_labels(self) -> list[tuple[list[_Target], LabelRules, TargetLabels]]:
        return []

    @property
    def documents(self) -> pd.DataFrame:
        """One row a document: id, source, title, date, event, words, text_start, and what was read.

        `text_start` is the code point at which the caller's own text begins: 0 where no title was
        put before it.
        """
        frame = self._described()
        words = pd.Series(self.annotations.words(), dtype="int64")
        starts = pd.Series([head.text_start for head in self._heads], dtype="int64")
        frame.insert(DOCUMENT_COLUMNS.index("words"), "words", words)
        frame.insert(DOCUMENT_COLUMNS.index("text_start"), "text_start", starts)
        return frame

    @property
    def zones(self) -> pd.DataFrame:
        """One row a marked line: doc, source, zone, start, end, duplicate.

        What no zone covers is body. `duplicate` is true for a passage that the article prints
        elsewhere, too, where it counts.
        """
        from framelens.base.results import columns_to_frame

        frame = columns_to_frame(self.annotations.zones(), self)
        return frame[["doc", "source", "zone", "start", "end", "duplicate"]]

    def filter(
        self,
        *,
        source: str | Collection[str] | None = None,
        event: str | Collection[str] | None = None,
        ids: Iterable[str] | None = None,
        where: Callable[[pd.DataFrame], Any] | None = None,
    ) -> Corpus:
        """Return a corpus of the documents that meet every condition, in the same order.

        What depends on a source's other documents (repeated boilerplate, the fullest form of a
        name) is found anew, as if only these documents had been read.

        Parameters
        ----------
        source, event : str or collection of str, optional
            One or several names.
        ids : iterable of str, optional
            Document ids.
        where : callable, optional
            Takes a frame with id, source, title, date, event and what else was read; returns a
            bool for each row.

        Raises
        ------
        ValueError
            A source, event or id that the corpus does not have.

        Examples
        --------
        >>> import framelens as fl
        >>> corpus = fl.demo()
        >>> corpus.filter(where=lambda d: d["source"] == corpus.sources[0])
        Corpus(1 document, 1 source)
        """
        described = self._described()
        keep = pd.Series(True, index=described.index)
        for column, wanted in (("source", source), ("event", event), ("id", ids)):
            if wanted is None:
                continue
            same = composed if column == "id" else plain
            names = {same(name): name for name in ([wanted] if isinstance(wanted, str) else wanted)}
            known = described[column].map(same, na_action="ignore")
            unknown = sorted(names[name] for name in names.keys() - set(known.dropna()))
            if unknown:
                raise ValueError(f"no document has the {column} {_quoted(unknown)}")
            keep &= known.isin(names)
        if where is not None:
            chosen = pd.Series(list(where(described)), dtype="boolean")
            if len(chosen) != len(self):
                raise ValueError(f"where= gave {len(chosen)} values for {len(self)} documents")
            keep &= chosen.fillna(False).astype(bool)
        return self._take([i for i, kept in enumerate(keep) if kept])

    def text_of_zones(self, zones: Zones = ("headline", "subhead", "body")) -> list[str]:
        r"""Return the text of the given zones of each document, pieces joined by ``"\n"``.

        Parameters
        ----------
        zones : tuple of str or "all"
            Names of zones; ``"all"`` is all but boilerplate. Duplicates are left out.

        Examples
        --------
        >>> import framelens as fl
        >>> corpus = fl.demo()
        >>> len(corpus.text_of_zones(("body",))[0]) < len(corpus.texts[0])
        True
        """
        pieces = self.zone_pieces(zones)
        return [
            "\n".join(text[start:end] for start, end in spans)
            for text, spans in zip(self.texts, pieces, strict=True)
        ]

    def zone_pieces(self, zones: Zones) -> list[list[tuple[int, int]]]:
        """Return the spans of the given zones of each document, without white space around them."""
        wanted = check_zones(zones)
        found = self.annotations.zones()
        marked: list[list[tuple[int, int, str, bool]]] = [[] for _ in self.texts]
        rows = zip(
            found["doc"], found["start"], found["end"], found["zone"], found["duplicate"],
            strict=True,
        )  # fmt: skip
        for doc, start, end, zone, duplicate in rows:
            marked[int(doc)].append((int(start), int(end), str(zone), bool(duplicate)))
        return [
            pieces_of(text, spans, wanted) for text, spans in zip(self.texts, marked, strict=True)
        ]

    def voice_at(
        self, doc: str, start: int, end: int
    ) -> tuple[Literal["own", "quoted"], str | None]:
        """Tell in whose voice a span speaks.

        Parameters
        ----------
        doc : str
            The document's id.
        start, end : int
            Code points in the document's text.

        Returns
        -------
        tuple
            ``("own", None)``, or ``("quoted", speaker)`` where the span as a whole lies inside a
            direct or partial quotation; the speaker is the innermost one's, None if unknown.

        Raises
        ------
        ValueError
            An unknown document, or a span outside its text.
        """
        position = self.position_of(doc)
        check_span(doc, start, end, len(self.texts[position]))
        quotation = self._voices[position].innermost(start, end)
        return ("own", None) if quotation is None else ("quoted", quotation[2])

    def explain(self, doc: str, start: int, end: int, *, targets: Any = None) -> SpanExplanation:
        """Tell how a span was read: why it is a label, a quotation or a reference, or none.

        Parameters
        ----------
        doc : str
            The document's id.
        start, end : int
            Code points in the document's text: of a label, a pronoun, a quotation, or of what
            should have been one.
        targets : str, Target, or an iterable of them, optional
            Whose labels; their aliases and descriptions count, and so do nouns of groups. None:
            everybody whom the corpus names.

        Returns
        -------
        SpanExplanation
            The sentence and its phrases, whom its pronouns and descriptions may mean, the rules of
            labels in order with where each stopped, and the quotations around the span.

        Raises
        ------
        ValueError
            An unknown document, a span outside its text, a target that is empty.

        Examples
        --------
        >>> import framelens as fl
        >>> text = "On Monday Ada Moore was called a dictator by Olaf Lund."
        >>> corpus = fl.read([{"id": "1", "source": "Gazette", "text": text}])
        >>> why = corpus.explain("1", 33, 41).frame
        >>> why.loc[why["outcome"] == "label", ["text", "name", "whom"]].to_dict("records")
        [{'text': 'dictator', 'name': 'copula.called', 'whom': 'Ada Moore'}]
        """
        from framelens.labels.explaining import explain

        return explain(self, doc, start, end, targets=targets)

    def show(
        self, id: str, targets: Iterable[Any] | None = None, axis: Any = "legitimacy"
    ) -> MarkedArticle:
        """Return an article with its zones, quotations and (with `targets`) labels marked.

        Parameters
        ----------
        id : str
            The document's id.
        targets : str, Target, or an iterable of them, optional
            Whose labels to mark.
        axis : str, path or dict
            The lexicon that gives labels their poles.
        """
        from framelens.face.show import show

        return show(self, id, targets=targets, axis=axis)

    def same_event(
        self, *, n: int = 5, threshold: float = 0.2, n_jobs: int | None = None
    ) -> SameEvent:
        """Propose which articles report the same event, by their words, titles and dates.

        Parameters
        ----------
        n : int
            How many candidates of each article to give at most.
        threshold : float
            Articles are grouped if their mean score reaches it.
        n_jobs : int, optional
            Threads: None is one, -1 all. The result does not depend on it.

        Returns
        -------
        SameEvent
            ``.frame`` of candidates, ``.groups``, and ``.corpus`` with the events filled in.

        Notes
        -----
        The score is the cosine of sublinear TF-IDF, three quarters of the text and one of the title
        (the headline, where none was given), times a factor that falls from 1 to 0.6 with the days
        between the dates.

        Examples
        --------
        >>> import framelens as fl
        >>> found = fl.demo().same_event()
        >>> found.groups.nunique()
        1
        """
        from framelens.contrast.events import same_event

        return same_event(self, n=n, threshold=threshold, n_jobs=n_jobs)

    def near_duplicates(
        self, *, threshold: float = 0.5, n_jobs: int | None = None
    ) -> NearDuplicates:
        """Find the documents that share copy, such as an agency's report that both printed.

        Parameters
        ----------
        threshold : float
            Least share of the shorter document's words that stand in a passage that both documents
            have: a run of 5 words or more (folded, without punctuation) and what follows it over
            edits of at most 3 words.
        n_jobs : int, optional
            Threads: None is one, -1 all. The result does not depend on it.

        Returns
        -------
        NearDuplicates
            ``.frame``: one row a pair, with both shares and spans. ``.clusters``: a number for each
            document, equal for those that pairs connect. Of many documents that share one passage
            only some pairs are compared: clusters are whole, their pairs a sample.

        Examples
        --------
        >>> import framelens as fl
        >>> text = "The ferry left the harbour of Nordell at dawn with forty passengers on board."
        >>> rows = [{"source": s, "text": text} for s in ("Gazette", "Review")]
        >>> fl.read(rows).near_duplicates().frame[["source_a", "source_b", "share"]]
          source_a source_b  share
        0  Gazette   Review    1.0
        """
        from framelens.corpus.duplicates import near_duplicates

        return near_duplicates(self, threshold=threshold, n_jobs=n_jobs)

    @cached_property
    def _copy_clusters(self) -> Any:
        from framelens.corpus.duplicates import copy_clusters

        return copy_clusters(self, n_jobs=self._n_jobs)

    @cached_property
    def _likely_events(self) -> dict[str, str]:
        # By document id: the event that was read, else the one proposed; without those of neither.
        events = self._events
        if len(self) > 1 and None in events:
            events = self.same_event(n_jobs=self._n_jobs).corpus.event_of
        pairs = zip(self.ids, events, strict=True)
        return {id_: event for id_, event in pairs if event is not None}

    @cached_property
    def _by_id(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        # The positions of the documents in the order of their ids, in which whatever must not
        # depend on the order of documents takes them.
        return np.array(sorted(range(len(self)), key=self.ids.__getitem__), dtype=np.int64)

    def position_of(self, doc: str) -> int:
        """Return the position of the document with the id `doc`; ValueError if there is none."""
        try:
            return self._positions[composed(doc)]
        except (KeyError, TypeError):
            raise ValueError(f"no document has the id {doc!r}") from None

    @cached_property
    def _voices(self) -> list[Nested[str | None]]:
        voices: list[list[tuple[int, int, str | None]]] = [[] for _ in self.texts]
        found = self.annotations.voice()
        rows = zip(found["doc"], found["start"], found["end"], found["speaker"], strict=True)
        for doc, start, end, speaker in rows:
            voices[int(doc)].append((int(start), int(end), speaker))
        return [Nested(spans) for spans in voices]

    def _described(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "id": pd.Series(self.ids, dtype=object),
                "source": pd.Series(self.source_of, dtype=object),
                "title": pd.Series(self._titles, dtype=object),
                "date": pd.Series(self._dates, dtype="datetime64[us]"),
                "event": pd.Series(self._events, dtype=object),
                **{
                    name: pd.Series(c, dtype=object).convert_dtypes()
                    for name, c in self._more.items()
                },
            }
        )

    def _take(self, rows: list[int]) -> Corpus:
        return Corpus(
            texts=[self.texts[i] for i in rows],
            ids=[self.ids[i] for i in rows],
            source_of=[self.source_of[i] for i in rows],
            _titles=[self._titles[i] for i in rows],
            _heads=[self._heads[i] for i in rows],
            _dates=[self._dates[i] for i in rows],
            _events=[self._events[i] for i in rows],
            _more={name: [cells[i] for i in rows] for name, cells in self._more.items()},
            _months=[self._months[i] for i in rows],
            _n_jobs=self._n_jobs,
            _progress=self._progress,
            language=self.language,
            _own_language=self._own_language,
        )

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th>{name}</th>" for name in ("source", "documents", "words", "zones", "dates")
        )
        overview = self.overview()
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cut(str(cell)))}</td>" for cell in row) + "</tr>"
            for row in overview.head(MAX_ROWS).itertuples(index=False)
        )
        return (
            f"<p>{html.escape(repr(self))}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            f"{left_out(len(overview), 'source')}"
        )

    def overview(self) -> pd.DataFrame:
        """Return one row a source: source, documents, words, zones (as text), dates (as text)."""
        by_source = self.documents.groupby("source", sort=True)
        first, last = (
            [None if pd.isna(day) else day.date().isoformat() for day in by_source["date"].agg(end)]
            for end in ("min", "max")
        )
        marks: dict[str, dict[str, int]] = {source: {} for source in self.sources}
        sizes = self.zones.groupby(["source", "zone"]).size().reset_index(name="count")
        for source, zone, count in sizes.itertuples(index=False):
            marks[source][zone] = count
        columns: dict[str, Any] = {
            "source": pd.Series(self.sources, dtype=object),
            "documents": by_source.size().to_numpy(),
            "words": by_source["words"].sum().to_numpy(),
            "zones": [
                ", ".join(counted(own[zone], zone) for zone in ZONE_NAMES if zone in own)
                for own in marks.values()
            ],
            "dates": [
                " – ".join(sorted({day for day in days if not pd.isna(day)}))
                for days in zip(first, last, strict=True)
            ],
        }
        return pd.DataFrame(columns)


def check_corpus(corpus: object, call: str) -> None:
    """Refuse what is no corpus, such as the data frame that it would be read from."""
    if not isinstance(corpus, Corpus):
        raise TypeError(
            f"{call} takes a corpus, not {type(corpus).__name__}: read it first: "
            f"fl.{call}(fl.read(...), ...)"
        )


def check_zones(zones: Zones) -> frozenset[str]:
    """Return the names that `zones` stands for; ValueError for a name that is no zone."""
    if zones == "all":
        return frozenset(ZONE_NAMES) - {"boilerplate"}
    if isinstance(zones, str):
        raise ValueError(f"zones is a tuple of names or 'all', not {zones!r}")
    unknown = sorted(set(zones) - set(ZONE_NAMES))
    if unknown:
        raise ValueError(f"no zone is called {_quoted(unknown)}; zones are {', '.join(ZONE_NAMES)}")
    return frozenset(zones)


def _quoted(names: list[str], limit: int = 5) -> str:
    shown = ", ".join(repr(name) for name in names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"
