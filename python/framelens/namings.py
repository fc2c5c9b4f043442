"""What each source calls the people of a story: labels, by source and voice."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core, lexicons
from framelens.corpus import Corpus, Zones, check_zones
from framelens.results import Result, columns_to_frame

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Namings", "Target", "Voice", "as_targets", "namings", "voice_rows"]

Voice: TypeAlias = Literal["own", "reported", "quoted", "all"]

# Whose terms describe a ruler: "the dictator", with nobody else in sight, is the main person.
RULING_AXIS = "legitimacy"
VOICES = ("own", "reported", "quoted", "all")
COLUMNS = (
    "target", "term", "label", "modifiers", "object", "rule", "voice", "speaker", "reported",
    "reported_by", "distance", "source", "doc", "start", "end", "zone",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A person, institution or nation whose labels are wanted.

    Attributes
    ----------
    name : str
        The full name; the surname and titled forms follow from it. Results show this string.
    aliases : tuple of str
        Other names of the target.
    describes : tuple of str
        Words that describe the target, such as its nation: ``("Venezuelan", "Venezuela")``.

    Examples
    --------
    >>> from framelens import Target
    >>> Target("Kim Jong Un", aliases=("Kim",), describes=("North Korean",)).name
    'Kim Jong Un'
    """

    name: str
    aliases: tuple[str, ...] = ()
    describes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be a name."""
        _check_name(self.name, "a target's name")
        for what in ("aliases", "describes"):
            words = getattr(self, what)
            if isinstance(words, str):
                raise ValueError(f"{what} of the target {self.name!r} is a tuple, not {words!r}")
            object.__setattr__(self, what, tuple(words))
            for word in getattr(self, what):
                _check_name(word, f"{what} of the target {self.name!r}")


@dataclass(frozen=True, repr=False, eq=False)
class Namings(Result):
    """Labels of the targets. `frame` has one row a label, in document, then text order.

    Columns: target, term (folded, singular), label (as printed), modifiers, object (``person`` or
    ``institution``), rule, voice (``own`` or ``quoted``), speaker, reported (in indirect speech or
    another's naming), reported_by, distance (why the source keeps away from the label), source,
    doc, start, end (of the noun), zone.
    """

    sources: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)

    def table(self, *, voice: Voice | None = None, target: str | None = None) -> pd.DataFrame:
        """Count terms by source.

        Parameters
        ----------
        voice : {"own", "reported", "quoted", "all"}, optional
            ``own`` leaves out what is reported; None and ``all`` pool the voices.
        target : str, optional
            One target; by default all of them, with target and term as the index where there are
            several.

        Returns
        -------
        pandas.DataFrame
            Terms, the most frequent first, by all sources of the corpus.
        """
        rows = self.frame[voice_rows(self.frame, voice)]
        wanted = self.targets if target is None else [self._known(target)]
        by = ["target", "term"] if len(wanted) > 1 else ["term"]
        rows = rows[rows["target"].isin(wanted)]
        counts = (
            rows.groupby([*by, "source"], sort=True)
            .size()
            .unstack("source", fill_value=0)
            .reindex(columns=pd.Index(self.sources, name="source"), fill_value=0)
        )
        return counts.loc[_by_frequency(counts, self.targets)].astype("int64")

    def plot(
        self, ax: Axes | None = None, *, voice: Voice | None = None, target: str | None = None
    ) -> Axes:
        """Draw one bar a source, cut by its labels; see :func:`framelens.plots.naming_bars`."""
        from framelens.plots import naming_bars

        table = self.table(voice=voice, target=target)
        if isinstance(table.index, pd.MultiIndex):
            table.index = pd.Index([f"{term} ({name})" for name, term in table.index])
        wanted = self.targets if target is None else [target]
        return naming_bars(table, ax=ax, title=f"What each source calls {_listed(wanted)}")

    def _known(self, target: str) -> str:
        if target not in self.targets:
            raise ValueError(f"no target is {target!r}; targets are {_listed(self.targets)}")
        return target


def namings(
    corpus: Corpus, *, targets: Target | str | Iterable[Target | str], zones: Zones = "all"
) -> Namings:
    """Find the nouns that name the targets.

    Parameters
    ----------
    corpus : Corpus
    targets : str, Target, or an iterable of them
        Whose labels to find.
    zones : tuple of str or "all"
        Where to look; ``"all"`` is all but boilerplate. Duplicated captions never count.

    Returns
    -------
    Namings

    Raises
    ------
    ValueError
        A target that is empty, or a name that belongs to two targets.

    Warns
    -----
    UserWarning
        A target that the corpus does not name.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.read(pd.DataFrame({
    ...     "id": ["1", "2"], "source": ["Gazette", "Herald"],
    ...     "text": ["President Ada Moore spoke on Monday.", "The dictator Ada Moore spoke."],
    ... }))
    >>> fl.namings(corpus, targets=["Ada Moore"]).table()
    source     Gazette  Herald
    term
    dictator         0       1
    president        1       0
    """
    wanted = as_targets(targets)
    check_zones(zones)
    frame = naming_rows(corpus, wanted)
    warn_of_unnamed(wanted, frame, mention_rows(corpus, wanted))
    frame = in_zones(frame, zones)
    return Namings(
        frame=frame, sources=list(corpus.sources), targets=[target.name for target in wanted]
    )


def as_targets(targets: Target | str | Iterable[Target | str]) -> list[Target]:
    """Return `targets` as a list; ValueError if one is empty or two share a name."""
    listed = [targets] if isinstance(targets, (str, Target)) else list(targets)
    if not listed:
        raise ValueError("targets is empty: name at least one")
    wanted = [target if isinstance(target, Target) else Target(target) for target in listed]
    _check_distinct(wanted)
    return wanted


def naming_rows(
    corpus: Corpus, targets: Sequence[Target], terms: Iterable[str] = ()
) -> pd.DataFrame:
    """Return the namings of `targets` in every zone, as the columns of :class:`Namings`.

    `terms` may stand for the main person of a story as those for rulers may.
    """
    ruling = [*lexicons.load(RULING_AXIS).terms_for_matching(), *terms]
    columns = corpus.annotations.namings(for_engine(targets), ruling)
    return _with_target_names(columns_to_frame(columns, corpus), targets)[list(COLUMNS)]


def mention_rows(corpus: Corpus, targets: Sequence[Target]) -> pd.DataFrame:
    """Return the mentions of `targets` in every zone, by name or description, without pronouns.

    Columns: target, doc, source, start, end, zone, labelled, voice and reported, of which the last
    two mean what they mean in :class:`Namings`.
    """
    columns = corpus.annotations.mentions(for_engine(targets))
    frame = _with_target_names(columns_to_frame(columns, corpus), targets)
    spans = list(zip(frame["doc"], frame["start"], frame["end"], strict=True))
    frame["voice"] = pd.Series([corpus.voice_at(*span)[0] for span in spans], dtype=object)
    quotes = columns_to_frame(corpus.annotations.quotes(), corpus)
    indirect = quotes[quotes["kind"] == "indirect"].groupby("doc")[["start", "end"]]
    around = {doc: rows.to_numpy() for doc, rows in indirect}
    reported = [doc in around and _inside(around[doc], start, end) for doc, start, end in spans]
    frame["reported"] = pd.Series(reported, dtype=bool) & (frame["voice"] == "own")
    return frame


def in_zones(frame: pd.DataFrame, zones: Zones) -> pd.DataFrame:
    """Return the rows that stand in `zones`."""
    return frame[frame["zone"].isin(check_zones(zones))].reset_index(drop=True)


def voice_rows(frame: pd.DataFrame, voice: Voice | None) -> pd.Series[bool]:
    """Tell which rows speak in `voice`: ``own`` without what is reported; None and ``all`` pool."""
    if voice is None or voice == "all":
        return pd.Series(True, index=frame.index)
    if voice not in VOICES:
        raise ValueError(f"voice is one of {', '.join(VOICES)}, not {voice!r}")
    return pd.Series(voice_of(frame) == voice, index=frame.index)


def voice_of(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return ``own``, ``reported`` (own voice that gives another's words) or ``quoted`` by row."""
    reported = frame["reported"].astype(bool) & (frame["voice"] == "own")
    return frame["voice"].mask(reported, "reported")


def warn_of_unnamed(
    targets: Sequence[Target], namings: pd.DataFrame, mentions: pd.DataFrame
) -> None:
    """Warn of each target that the corpus neither names nor labels."""
    seen = {*namings["target"], *mentions["target"]}
    for target in targets:
        if target.name not in seen:
            warnings.warn(f"no document names the target {target.name!r}", stacklevel=3)


def _check_name(name: object, what: str) -> None:
    if not isinstance(name, str):
        raise ValueError(f"{what} is a str, not {type(name).__name__}")
    if not any(character.isalnum() for character in name):
        raise ValueError(f"{what} has no letter: {name!r}")


def _check_distinct(targets: Sequence[Target]) -> None:
    names = [(name, target) for target in targets for name in (target.name, *target.aliases)]
    owners: dict[str, Target] = {}
    seen: set[str] = set()
    for target in targets:
        if target.name in seen:
            raise ValueError(f"the target {target.name!r} is given twice")
        seen.add(target.name)
    for (name, target), folded in zip(names, _core.fold([n for n, _ in names]), strict=True):
        owner = owners.setdefault(" ".join(folded.split()), target)
        if owner is not target:
            raise ValueError(f"{name!r} names two targets: {owner.name!r} and {target.name!r}")


def _inside(spans: np.ndarray[Any, np.dtype[np.int64]], start: int, end: int) -> bool:
    return bool(((spans[:, 0] <= start) & (end <= spans[:, 1])).any())


def for_engine(targets: Sequence[Target]) -> list[_core._Target]:
    """Return `targets` as the engine takes them."""
    return [
        {"name": t.name, "aliases": list(t.aliases), "describes": list(t.describes)}
        for t in targets
    ]


def _with_target_names(frame: pd.DataFrame, targets: Sequence[Target]) -> pd.DataFrame:
    names = [target.name for target in targets]
    frame["target"] = pd.Series([names[i] for i in frame["target"]], dtype=object)
    return frame


def _by_frequency(counts: pd.DataFrame, targets: Sequence[str]) -> list[Any]:
    total = counts.sum(axis=1)

    def rank(key: Any) -> tuple[Any, ...]:
        if isinstance(key, tuple):
            return targets.index(key[0]), -total[key], key[1]
        return -total[key], key

    return sorted(counts.index, key=rank)


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
