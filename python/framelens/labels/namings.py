"""What each source calls the people of a story: labels, by source and voice."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pandas as pd

from framelens import _core
from framelens.base import lexicons
from framelens.base.results import Result, columns_to_frame, texts_at
from framelens.corpus.corpus import Corpus, Zones, check_corpus, check_zones
from framelens.labels._label_rules import RuleNames, kept

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Namings", "Part", "Target", "Voice", "as_targets", "namings", "voice_rows"]

Voice: TypeAlias = Literal["own", "reported", "quoted", "all"]
Part: TypeAlias = Literal["headline", "text", "all"]

# Whose terms describe a ruler: "the dictator", with nobody else in sight, is the main person.
RULING_AXIS = "legitimacy"
VOICES = ("own", "reported", "quoted", "all")
# Headlines are written by desks, also over an agency's copy; text is all the rest.
PARTS: tuple[Part, ...] = ("headline", "text", "all")
COLUMNS = (
    "target", "term", "label", "modifiers", "object", "rule", "rule_id", "kind", "candidates",
    "voice", "speaker", "reported", "reported_by", "self_reported", "scope", "distance", "source",
    "doc", "start", "end", "zone",
)  # fmt: skip
MENTION_COLUMNS = (
    "target", "text", "form", "voice", "reported", "source", "doc", "start", "end", "zone",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A person, institution, nation or group whose labels are wanted.

    Attributes
    ----------
    name : str
        The full name; the surname and titled forms follow from it. A name without a capital letter
        is a group's: ``"migrants"``, ``"the caravan"``. Results show this string.
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
    ``institution``), rule, rule_id (which of its rules, as the documentation lists them), kind
    (``label``), candidates (of a label that is nobody's: names that fit, the best first, parted
    by ``"; "``; else missing), voice (``own`` or ``quoted``), speaker, reported (in indirect speech
    or another's naming), reported_by, self_reported (the writer's noun for what is the target's, in
    what the target says: "Moore said her regime"), scope (``ambiguous`` where a title in what
    another says may be either's word), distance (why the source keeps away from the label), source,
    doc, start, end (of the noun), zone.

    `mentions` has one row a place that refers to a target: target, text, form (``named``,
    ``described`` or ``pronoun``), voice, reported, source, doc, start, end, zone.

    `nobody`, where unresolved labels were asked for, is how many descriptions of the corpus ("the
    minister") fit nobody in it; else None.
    """

    mentions: pd.DataFrame = field(default_factory=pd.DataFrame)
    sources: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    nobody: int | None = None

    def table(
        self,
        *,
        voice: Voice | Sequence[Voice] | None = "own",
        target: str | None = None,
        values: Literal["count", "rate"] = "count",
        part: Part = "all",
    ) -> pd.DataFrame:
        """Count terms by source.

        Parameters
        ----------
        voice : {"own", "reported", "quoted", "all"} or sequence of them, optional
            ``own``, the default, leaves out what is reported; None and ``all`` pool the voices.
            Several stand beside each other: columns of source and voice.
        target : str, optional
            One target; by default all of them, with target and term as the index where there are
            several.
        values : {"count", "rate"}
            Labels, or labels per mention of the target in the same voice, pronouns left out;
            missing where a source does not mention it.
        part : {"all", "text", "headline"}
            ``text`` leaves out headlines, ``headline`` all else.

        Returns
        -------
        pandas.DataFrame
            Terms, the most frequent first, by all sources of the corpus.

        Examples
        --------
        >>> import framelens as fl
        >>> names = fl.namings(fl.demo(), targets=["Tomás Beláriz"])
        >>> names.table(voice=["own", "quoted"]).columns.names
        FrozenList(['source', 'voice'])
        """
        if values not in ("count", "rate"):
            raise ValueError(f"values is count or rate, not {values!r}")
        if voice is None or isinstance(voice, str):
            return self._table(voice, target, values, part)
        asked = list(dict.fromkeys(voice))
        if not asked:
            raise ValueError("voice is empty: name at least one")
        counts = {name: self._table(name, target, "count", part) for name in asked}
        every = self._table("all", target, "count", part)
        beside = pd.concat(
            {
                (source, name): self._table(name, target, values, part)[source]
                for source in self.sources
                for name in asked
            },
            axis=1,
            names=["source", "voice"],
        )
        used = sum(
            table.sum(axis=1).reindex(every.index, fill_value=0) for table in counts.values()
        )
        beside = beside.reindex(every.index[used > 0])
        return beside if values == "rate" else beside.fillna(0).astype("int64")

    def _table(
        self, voice: Voice | None, target: str | None, values: str, part: Part
    ) -> pd.DataFrame:
        resolved = self.frame[self.frame["candidates"].isna()]
        rows = resolved[voice_rows(resolved, voice) & part_rows(resolved, part)]
        wanted = self.targets if target is None else [self._known(target)]
        by = ["target", "term"] if len(wanted) > 1 else ["term"]
        rows = rows[rows["target"].isin(wanted)]
        counts = (
            rows.groupby([*by, "source"], sort=True)
            .size()
            .unstack("source", fill_value=0)
            .reindex(columns=pd.Index(self.sources, name="source"), fill_value=0)
        )
        counts = counts.loc[_by_frequency(counts, self.targets)].astype("int64")
        if values == "count":
            return counts
        seen = self.mentions[voice_rows(self.mentions, voice) & part_rows(self.mentions, part)]
        return self._per_mention(counts, seen, wanted)

    def _per_mention(
        self, counts: pd.DataFrame, seen: pd.DataFrame, targets: list[str]
    ) -> pd.DataFrame:
        seen = seen[seen["form"] != "pronoun"]
        of_target = {
            name: rows["source"].value_counts().reindex(counts.columns)
            for name, rows in seen.groupby("target")
        }
        missing = pd.Series(float("nan"), index=counts.columns)
        names = (
            counts.index.get_level_values("target") if len(targets) > 1 else targets * len(counts)
        )
        mentions = pd.DataFrame([of_target.get(name, missing) for name in names])
        return counts / mentions.set_axis(counts.index).astype("float64")

    def plot(
        self, ax: Axes | None = None, *, voice: Voice | None = "own", target: str | None = None
    ) -> Axes:
        """Draw one bar a source, cut by the labels of its texts, with thin bars below it.

        Below the source's own voice stand what it reports and what it quotes, and its headlines.
        Of another `voice`, or of ``"all"`` as one, only the headlines. See
        :func:`framelens.plots.naming_bars`.
        """
        from framelens.plots import naming_bars

        text = _one_index(self.table(voice=voice, target=target, part="text"))
        others: list[tuple[str, Voice | None, Part]] = [("headlines", voice, "headline")]
        if voice == "own":
            others = [("reported", "reported", "text"), ("quoted", "quoted", "text"), *others]
        beside = {
            name: _one_index(self.table(voice=other, target=target, part=part))
            for name, other, part in others
        }
        wanted = self.targets if target is None else [target]
        spoken = {"own": "in its own voice", "all": "in any voice", None: "in any voice"}
        heard = spoken.get(voice, f"in {voice} voice")
        title = f"What each source calls {_listed(wanted)}, {heard}"
        return naming_bars(text, ax=ax, title=title, beside=beside)

    def _known(self, target: str) -> str:
        if target not in self.targets:
            raise ValueError(f"no target is {target!r}; targets are {_listed(self.targets)}")
        return target


def namings(
    corpus: Corpus,
    *,
    targets: Target | str | Iterable[Target | str],
    zones: Zones = "all",
    rules: RuleNames = None,
    unresolved: bool = False,
) -> Namings:
    """Find the nouns that name the targets.

    Parameters
    ----------
    corpus : Corpus
    targets : str, Target, or an iterable of them
        Whose labels to find.
    zones : tuple of str or "all"
        Where to look; ``"all"`` is all but boilerplate. Duplicates never count.
    rules : str or sequence of str, optional
        Which rules find labels: values of `rule` or `rule_id`. ``["title", "copula.is"]`` keeps
        these, ``["-description"]`` leaves these out. None: all. A noun that a rule left out would
        have answered for is tried by the next.
    unresolved : bool
        Add the labels of nobody that may be a target's: rows with `candidates`. Tables and plots
        leave them out.

    Returns
    -------
    Namings

    Raises
    ------
    ValueError
        A target that is empty, a name that belongs to two targets, an unknown rule.

    Warns
    -----
    UserWarning
        A target that the corpus does not name.

    See Also
    --------
    framing : Scores over these labels.
    Target : Aliases and descriptions of a target.

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
    check_corpus(corpus, "namings")
    wanted = as_targets(targets)
    check_zones(zones)
    by = kept(rules)
    frame, mentions = naming_rows(corpus, wanted, rules=by), mention_rows(corpus, wanted, rules=by)
    warn_of_unnamed(corpus, wanted, frame, mentions)
    mentions = in_zones(mentions, zones)
    mentions["text"] = pd.Series(_printed(corpus, mentions), dtype=object)
    nobody = None
    if unresolved:
        more, nobody = unresolved_rows(corpus, wanted, rules=by)
        frame = in_text_order(corpus, pd.concat([frame, more], ignore_index=True))
    return Namings(
        frame=in_zones(frame, zones)[list(COLUMNS)],
        mentions=mentions[list(MENTION_COLUMNS)],
        sources=list(corpus.sources),
        targets=[target.name for target in wanted],
        nobody=nobody,
    )


def in_text_order(corpus: Corpus, frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in document, then text order."""
    place = frame["doc"].map(corpus.position_of)
    order = frame.assign(place=place).sort_values(["place", "start"], kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def _printed(corpus: Corpus, rows: pd.DataFrame) -> list[str]:
    spans = zip(rows["doc"], rows["start"], rows["end"], strict=True)
    return [corpus.texts[corpus.position_of(doc)][start:end] for doc, start, end in spans]


def as_targets(targets: Target | str | Iterable[Target | str]) -> list[Target]:
    """Return `targets` as a list; ValueError if one is empty or two share a name."""
    listed = [targets] if isinstance(targets, (str, Target)) else list(targets)
    if not listed:
        raise ValueError("targets is empty: name at least one")
    wanted = [target if isinstance(target, Target) else Target(target) for target in listed]
    _check_distinct(wanted)
    return wanted


def naming_rows(
    corpus: Corpus,
    targets: Sequence[Target],
    terms: Iterable[str] = (),
    *,
    rules: _core.LabelRules | None = None,
) -> pd.DataFrame:
    """Return the namings of `targets` in every zone: columns of :class:`Namings`, and phrase.

    `terms` may stand for the main person of a story as those for rulers may. What has one `phrase`
    in a document speaks of a target once: a name, its title and its predicate.
    """
    labels = corpus.labels_of(for_engine(targets, terms), rules or kept(None))
    return _naming_frame(corpus, targets, labels.namings(ruling_terms(terms)))


def unresolved_rows(
    corpus: Corpus,
    targets: Sequence[Target],
    terms: Iterable[str] = (),
    *,
    rules: _core.LabelRules | None = None,
) -> tuple[pd.DataFrame, int]:
    """Return the labels of nobody that may be a target's, and how many descriptions fit nobody."""
    labels = corpus.labels_of(for_engine(targets, terms), rules or kept(None))
    columns = labels.unresolved(ruling_terms(terms))
    nobody = int(columns.pop("nobody"))
    return _naming_frame(corpus, targets, columns), nobody


def _naming_frame(
    corpus: Corpus, targets: Sequence[Target], columns: dict[str, Any]
) -> pd.DataFrame:
    rows = len(columns["term"])
    listed = columns.pop("candidates", [()] * rows)
    fitting = ["; ".join(names) if names else None for names in listed]
    every = {**columns, "kind": ["label"] * rows, "candidates": fitting}
    return with_target_names(columns_to_frame(every, corpus), targets)[[*COLUMNS, "phrase"]]


def mention_rows(
    corpus: Corpus,
    targets: Sequence[Target],
    terms: Iterable[str] = (),
    *,
    rules: _core.LabelRules | None = None,
) -> pd.DataFrame:
    """Return the mentions of `targets` in every zone, pronouns among them.

    Columns: those of `Namings.mentions`, with `labelled`: with a noun that names the target, and
    `phrase`, as :func:`naming_rows` has it.
    """
    labels = corpus.labels_of(for_engine(targets, terms), rules or kept(None))
    columns = labels.mentions(ruling_terms(terms))
    return with_target_names(columns_to_frame(columns, corpus), targets)


def part_of(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return ``headline`` or ``text`` by row."""
    headline = frame["zone"] == "headline"
    return pd.Series("text", index=frame.index, dtype=object).mask(headline, "headline")


def part_rows(frame: pd.DataFrame, part: Part) -> pd.Series[bool]:
    """Tell which rows stand in `part`; ``all`` pools headlines and text."""
    check_part(part)
    return pd.Series(True, index=frame.index) if part == "all" else part_of(frame) == part


def check_part(part: str) -> None:
    """Refuse what is no part; ValueError."""
    if part not in PARTS:
        raise ValueError(f"part must be one of {', '.join(PARTS)}, not {part!r}")


def in_zones(frame: pd.DataFrame, zones: Zones) -> pd.DataFrame:
    """Return the rows that stand in `zones`."""
    return frame[frame["zone"].isin(check_zones(zones))].reset_index(drop=True)


def voice_rows(frame: pd.DataFrame, voice: Voice | None) -> pd.Series[bool]:
    """Tell which rows speak in `voice`: ``own`` without what is reported; None and ``all`` pool."""
    if voice is None or voice == "all":
        return pd.Series(True, index=frame.index)
    if voice not in VOICES:
        raise ValueError(f"voice must be one of {', '.join(VOICES)}, not {voice!r}")
    return pd.Series(voice_of(frame) == voice, index=frame.index)


def voice_of(frame: pd.DataFrame) -> pd.Series[Any]:
    """Return ``own``, ``reported`` (own voice that gives another's words) or ``quoted`` by row."""
    reported = frame["reported"].astype(bool) & (frame["voice"] == "own")
    return frame["voice"].mask(reported, "reported")


def warn_of_unnamed(
    corpus: Corpus,
    targets: Sequence[Target],
    namings: pd.DataFrame,
    mentions: pd.DataFrame,
    stacklevel: int = 3,
) -> None:
    """Warn of each target that the corpus neither names nor labels, with names spelt like it."""
    seen = {*namings["target"], *mentions["target"]}
    for target in targets:
        if target.name not in seen:
            near = [repr(name) for name in _near_names(target, corpus)]
            hint = f"; did you mean {_listed(near, 'or')}?" if near else ""
            warnings.warn(
                f"no document names the target {target.name!r}{hint}", stacklevel=stacklevel
            )


def _near_names(target: Target, corpus: Corpus, limit: int = 3) -> list[str]:
    """Return names of the corpus that are spelt most like the target's, in full or by surname."""
    from difflib import get_close_matches

    known = corpus.annotations.names()
    # Of two that share a surname the one that is named more often.
    ranked = sorted(zip((-known["count"]).tolist(), known["name"], strict=True))
    names = list(dict.fromkeys(name for _, name in ranked))
    by_folded: dict[str, str] = {}
    for name, folded in zip(names, _core.fold(names), strict=True):
        for form in (folded, folded.rsplit(" ", 1)[-1]):
            by_folded.setdefault(form, name)
    wanted = _core.fold([target.name, *target.aliases])
    near = [hit for name in wanted for hit in get_close_matches(name, by_folded, limit, 0.75)]
    return list(dict.fromkeys(by_folded[hit] for hit in near))[:limit]


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


def ruling_terms(terms: Iterable[str] = ()) -> list[str]:
    """Return the terms whose definite descriptions may mean the story's main person."""
    return [*lexicons.load(RULING_AXIS).terms_for_matching(), *terms]


def is_group(target: Target) -> bool:
    """Tell whether the target goes by a common noun ("migrants"), not by a name."""
    return is_group_name(target.name)


def is_group_name(name: str) -> bool:
    """Tell whether a name is a common noun: it has no capital letter."""
    return name == name.lower() and name != name.upper()


def for_engine(targets: Sequence[Target], nouns: Iterable[str] = ()) -> list[_core._Target]:
    """Return `targets` as the engine takes them; `nouns` are those of the one group there is."""
    groups = [target for target in targets if is_group(target)]
    engine: list[_core._Target] = []
    for target in targets:
        every = [target.name, *target.aliases]
        # What the axis calls people is said of the one group there is.
        more = list(nouns) if groups == [target] else []
        engine.append(
            {
                "name": target.name,
                "aliases": list(target.aliases),
                "describes": list(target.describes),
                "nouns": [*(name for name in every if is_group_name(name)), *more],
            }
        )
    return engine


def with_target_names(frame: pd.DataFrame, targets: Sequence[Target]) -> pd.DataFrame:
    names = [target.name for target in targets]
    frame["target"] = texts_at(names, frame["target"].to_numpy())
    return frame


def _by_frequency(counts: pd.DataFrame, targets: Sequence[str]) -> list[Any]:
    total = counts.sum(axis=1)

    def rank(key: Any) -> tuple[Any, ...]:
        if isinstance(key, tuple):
            return targets.index(key[0]), -total[key], key[1]
        return -total[key], key

    return sorted(counts.index, key=rank)


def _one_index(table: pd.DataFrame) -> pd.DataFrame:
    if isinstance(table.index, pd.MultiIndex):
        table.index = pd.Index([f"{term} ({name})" for name, term in table.index])
    return table


def _listed(names: Sequence[str], last: str = "and") -> str:
    return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
