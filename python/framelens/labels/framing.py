"""Framing scores: which pole of an axis a source's labels lean to, by target, voice and object."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, overload

import pandas as pd

from framelens import _core
from framelens.base import lexicons
from framelens.base.results import Result
from framelens.corpus.access import described_columns, threads
from framelens.corpus.corpus import Corpus, Zones, check_corpus, check_zones
from framelens.corpus.duplicates import outside, shared_spans
from framelens.labels._kinds import Kind, checked_kind, of_kind, said_rows
from framelens.labels._label_rules import RuleNames, kept
from framelens.labels._phrases import anchored
from framelens.labels.namings import COLUMNS as NAMING_COLUMNS
from framelens.labels.namings import (
    MENTION_COLUMNS,
    VOICES,
    Part,
    Target,
    Voice,
    as_targets,
    in_zones,
    is_group_name,
    mention_rows,
    naming_rows,
    part_rows,
    unresolved_rows,
    voice_rows,
    warn_of_unnamed,
)
from framelens.labels.passages import DocumentFraming, Weighting, score_documents
from framelens.labels.scores import (
    KEYS,
    OBJECTS,
    Axis,
    Found,
    cluster_numbers,
    evidence_of,
    jeffreys_interval,
    score_table,
)

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from framelens.labels.coding import Agreement
    from framelens.labels.comparing import Against, Comparison, Unit
    from framelens.labels.corrections import Corrected

__all__ = ["Framing", "framing", "jeffreys_interval"]


@dataclass(frozen=True)
class _Asked:
    """What a framing was asked: where to look for labels that it has not."""

    lexicon: lexicons.Lexicon
    zones: Zones
    mentions: pd.DataFrame
    drop_shared: bool
    voice: Voice | None


@dataclass(frozen=True, repr=False, eq=False)
class Framing(Result):
    """Scores of the targets' labels on one axis.

    Attributes
    ----------
    frame, scores : pandas.DataFrame
        One row a target, axis, source, voice (``own``, ``reported``, ``quoted``, ``all``), object
        (``person``, ``institution``, ``all``) and part (``headline``, ``text``, ``all``). ``own``
        leaves out what is reported; headlines are written by desks, and not every source has them.
        ``n_<pole>`` and ``n_neutral`` count labels. ``mentions`` are all mentions of the target but
        pronouns that no label stands with; a name and its title, apposition or predicate are one
        mention, in the voices of all of them. ``bare`` are those without a label; ``rate_<pole>``
        is the share of mentions with at least one label of the pole; ``labels_per_mention`` counts
        all labels. ``articles_named`` are articles that mention the target, ``first_<pole>`` those
        whose first mention has a label of the pole. ``share_<pole>`` is that of the pole's weight
        in both poles', with its interval (``_low``, ``_high``);
        ``score`` is (a - b) / (a + b) with a and b the weights of the first and the second
        pole, missing without labels; ``low`` and ``high`` its interval (Jeffreys'), missing where
        the labels stand in one cluster; ``clusters`` the documents (events, where five or more are
        known; one for near-duplicates) with labels of a pole, ``design_effect`` what their likeness
        costs; ``articles`` the documents with such labels; ``too_few`` under 5 labels or 3
        articles. ``shrunk``, ``shrunk_low`` and ``shrunk_high`` are the score drawn towards the
        mean of all sources, more the less is known of it (beta-binomial, within target, axis,
        voice, object and part), and ``rank_low`` to ``rank_high`` the ranks it may have, 1 nearest
        to the first pole: for order. Equal ``shrunk`` say that sources are not told apart.
        ``n_unresolved_<pole>`` counts labels of nobody that may be the target's; ``score_if_none``
        leaves them out, as ``score`` does, and ``score_if_all`` gives all to the target.
        ``score_anchored`` (with ``anchored_low`` and ``anchored_high``) is over labels for which
        nobody had to be resolved: titles, appositions, compounds, predicates of a printed name;
        ``rate_anchored_<pole>`` is the share of the target's printed names that have one. ``note``
        says where the axis does not part the sources: no label, or under three of a pole.
    evidence : pandas.DataFrame
        One row a label that the axis knows: the columns of
        :class:`~framelens.labels.namings.Namings` with axis, pole and weight. The weight is 0
        where a label counts for no pole: neutral ones, and those with a `distance`. ``kind`` tells
        nouns (``label``) from adjectives (``modifier``, ``predication``); ``anchored`` is true of
        labels for which nobody had to be resolved.
    unresolved : pandas.DataFrame
        Labels of nobody that may be a target's, with `candidates`: columns of `evidence`.
    axis : str
        The lexicon's name.
    poles : tuple of str
        Its poles: a score of +1 is all first, -1 all second.
    kind : str
        What was counted.
    by : str or tuple of str, optional
        The further columns that the rows of `frame` are split by.
    corpus : Corpus
        What was read.
    """

    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    axis: str = ""
    poles: tuple[str, ...] = ()
    kind: Kind = "label"
    unresolved: pd.DataFrame = field(default_factory=pd.DataFrame)
    by: str | tuple[str, ...] | None = None
    corpus: Corpus | None = None
    _asked: _Asked | None = None

    @property
    def scores(self) -> pd.DataFrame:
        """The scores: the same table as `frame`."""
        return self.frame

    def plot(self, ax: Axes | None = None, *, object: str = "all") -> Axes:
        """Draw scores by source: of the text, own voice beside reported and quoted voice.

        The own voice of headlines stands beside them, where they have labels.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
        object : {"all", "person", "institution"}
            What the labels name.

        Raises
        ------
        ValueError
            An axis of one pole, which has no score.
        """
        from framelens.plots import forest

        scores = self._scores_of(object)
        if self.by is not None:
            for name in _further(self.by):
                scores = scores.assign(target=scores["target"] + ", " + scores[name].astype(str))
        title = f"{self.axis.capitalize()}: from {self.poles[1]} to {self.poles[0]}"
        return forest(scores, poles=(self.poles[0], self.poles[1]), ax=ax, title=title)

    def heatmap(self, ax: Axes | None = None, *, voice: Voice = "own", object: str = "all") -> Axes:
        """Draw the scores of one voice as a table, targets by sources: of the text, then headlines.

        Compare along a row: scores of different targets are not to be compared.
        """
        from framelens.plots import score_map

        if voice not in VOICES:
            raise ValueError(f"voice must be one of {', '.join(VOICES)}, not {voice!r}")
        scores = self._scores_of(object)
        if self.by is not None:
            raise ValueError(f"a heat map cannot show rows by {self.by!r}; call framing without by")
        scores = scores[scores["voice"] == voice]
        order = list(dict.fromkeys(scores["target"]))
        text, headline = (
            scores[scores["part"] == part]
            .pivot(index="target", columns="source", values="score")
            .loc[order]
            for part in ("text", "headline")
        )
        poles = (self.poles[0], self.poles[1])
        return score_map(text, poles=poles, voice=voice, ax=ax, beside=headline)

    def compare(
        self,
        a: str | None = None,
        b: str | None = None,
        *,
        weight: Unit = "label",
        object: str = "all",
        part: Part = "text",
        matched: bool | None = None,
        against: Against | None = None,
    ) -> Comparison:
        """Compare the scores of sources, on the events that both label where these say enough.

        Parameters
        ----------
        a, b : str, optional
            Two sources; without `b`, `a` against others; without both, all sources.
        weight : {"label", "document", "event"}
            What counts as one: labels pooled, the mean over documents, or over events.
        object : {"all", "person", "institution"}
            What the labels name.
        part : {"text", "headline", "all"}
            Where they stand: not every source gives its headlines.
        matched : bool, optional
            Compare only documents of events that both sources label. By default where events are
            known for 80% of the labelled documents of either source, and half of them stand in
            events that both have; else all documents. Always where events count as one.
        against : {"each", "rest"}, optional
            A source against each other one, or against all others as one. By default each; from
            twelve sources on, where no source is named, the rest.

        Returns
        -------
        Comparison
            Difference, 95% interval (MOVER), p (studentised permutation of the clusters that the
            interval uses, within events where matched) and q (Benjamini-Hochberg over the pairs
            asked for). Where no source is named, `omnibus` tells whether they differ at all.

        Raises
        ------
        ValueError
            An unknown source, weight, object, part or `against`; an axis of one pole; events that
            are asked for where none is known, or left out where they count as one.

        Examples
        --------
        >>> import framelens as fl
        >>> result = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
        >>> list(result.compare("Carsavia Today", "Nordell Sentinel").frame["p"].dropna())
        []
        """
        from framelens.labels._omnibus import any_difference
        from framelens.labels._robust import with_robustness
        from framelens.labels.comparing import UNITS, Comparison, Design, compare_sources, pairs_of

        self._scores_of(object)
        if weight not in UNITS:
            raise ValueError(f"weight must be one of {', '.join(UNITS)}, not {weight!r}")
        if weight == "event" and matched is False:
            raise ValueError("weight is 'event', which matches by event: matched is not False")
        assert self.corpus is not None
        labels, unresolved = self._counted(self.evidence), self._counted(self.unresolved)
        if (weight == "event" or matched) and not labels["event"].notna().any():
            asked = "weight is 'event'" if weight == "event" else "matched is True"
            raise ValueError(f"{asked}, but no document with a label has an event")
        labels, unresolved = (rows[part_rows(rows, part)] for rows in (labels, unresolved))
        if object != "all":
            labels, unresolved = (rows[rows["object"] == object] for rows in (labels, unresolved))
        order = {name: i for i, name in enumerate(dict.fromkeys(self.frame["target"]))}
        labels = labels.sort_values("target", key=lambda names: names.map(order), kind="stable")
        pairs = pairs_of(list(self.corpus.sources), a, b, against)
        design = Design(weight, object, matched)
        frame = compare_sources(labels, pairs, design)
        frame = with_robustness(frame, labels, unresolved, pairs, design)
        omnibus = any_difference(labels if a is None else labels.head(0), design)
        return Comparison(frame=frame, poles=self.poles, omnibus=omnibus)

    def sample(
        self,
        path: str | Path,
        *,
        n: int = 100,
        by: str | Sequence[str] = "source",
        seed: int,
        unlabelled: bool = True,
    ) -> Path:
        """Write labels and sentences without one for hand-coding; return the path.

        Parameters
        ----------
        path : path
            A CSV: item, target, text (with the label, or the sentence, in double brackets, the
            sources' names blotted out), the voice if only one was asked for, and a column to fill
            for each of two coders. The key, which no coder should see, is written beside it as
            ``<name>.key.csv``; it has the tool's answer, and the stratum of each item with its
            size.
        n : int
            How many items, as many of each stratum as there are. Strata are target, source, `by`
            and what the tool found: a pole, a label of none, or no label.
        by : str or sequence of str
            A column of the evidence, or several: their combinations.
        seed : int
            The same seed draws the same items.
        unlabelled : bool
            Draw sentences without a label, too: those that name the target or have a term of the
            axis. They tell what the tool missed.

        Raises
        ------
        FileExistsError
            A sheet or a key that is there: it may hold codes.
        OSError
            A path that cannot be written; a full disk, after which neither file is left.
        ValueError
            A path that does not end in ``.csv``, an unknown column, an `n` below 1.

        See Also
        --------
        corrected : Scores without the tool's errors, from the coded sheet.

        Examples
        --------
        See :func:`framelens.agreement`, which reads the codes back.
        """
        from framelens.labels.coding import Drawn, write_sample

        assert self.corpus is not None
        asked = self._asked
        sentences = self._unlabelled() if unlabelled else self.evidence.head(0)
        voice = None if asked is None or asked.voice in (None, "all") else asked.voice
        drawn = Drawn(self.evidence, sentences, self.corpus, self.poles, voice)
        return write_sample(drawn, path, n=n, by=by, seed=seed)

    def corrected(self, agreement: Agreement, *, pool: bool = False) -> Corrected:
        """Correct the scores for the tool's errors, as far as coded items tell them.

        Parameters
        ----------
        agreement : Agreement
            What coders made of a sheet that :meth:`sample` drew from this result.
        pool : bool
            Take the sources to have equal error rates by true pole, so that few items do. They
            rarely have: see `homogeneity` of the result, which says how likely that is.

        Returns
        -------
        Corrected
            Labels of each true pole and scores by target and source, each label counting 1, with
            standard errors by documents and 95% intervals.

        Raises
        ------
        ValueError
            A sheet without strata, without sentences that have no label, or of other labels; an
            axis of one pole.

        Examples
        --------
        >>> import tempfile
        >>> import framelens as fl
        >>> result = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
        >>> path = result.sample(tempfile.mkdtemp() + "/sheet.csv", n=200, seed=1)
        >>> sheet, key = pd.read_csv(path), pd.read_csv(path.with_suffix(".key.csv"))
        >>> sheet["coder_1"] = sheet["coder_2"] = key["tool"].fillna("none")
        >>> sheet.to_csv(path, index=False)
        >>> found = result.corrected(fl.agreement(path)).frame
        >>> found["score"].equals(found["tool_score"])
        True
        """
        from framelens.labels.corrections import corrected_scores

        self._scores_of("all")
        assert self.corpus is not None
        return corrected_scores(self.evidence, self.corpus, self.poles, agreement, pool=pool)

    def _unlabelled(self) -> pd.DataFrame:
        from framelens.corpus.unlabelled import unlabelled_sentences

        assert self.corpus is not None
        assert self._asked is not None
        asked = self._asked
        terms = score_documents(self.corpus, asked.lexicon, asked.zones, "count").evidence
        if asked.drop_shared:
            shared = shared_spans(self.corpus, n_jobs=threads(self.corpus))
            terms = outside(self.corpus, terms, shared)
        return unlabelled_sentences(self.corpus, self.evidence, asked.mentions, terms)

    def _counted(self, rows: pd.DataFrame) -> pd.DataFrame:
        assert self.corpus is not None
        kept = rows[(rows["weight"] > 0) & rows["pole"].isin(self.poles)]
        events = self.corpus.documents.set_index("id")["event"]
        every = pd.concat([self.evidence["doc"], kept["doc"]])
        return kept.assign(
            event=events.reindex(kept["doc"]).to_numpy(),
            # One numbering for labels of both tables.
            cluster=cluster_numbers(self.corpus, every)[len(self.evidence) :],
            first=kept["pole"] == self.poles[0],
        )

    def _scores_of(self, object: str) -> pd.DataFrame:
        if object not in OBJECTS:
            raise ValueError(f"object must be one of {', '.join(OBJECTS)}, not {object!r}")
        if len(self.poles) < 2:
            raise ValueError(f"the axis {self.axis!r} has one pole, so it gives rates and no score")
        return self.frame[self.frame["object"] == object]


@overload
def framing(
    corpus: Corpus,
    *,
    targets: Target | str | Iterable[Target | str],
    axis: lexicons.Source = ...,
    voice: Voice | None = ...,
    zones: Zones = ...,
    by: str | Sequence[str] | None = ...,
    weighting: Literal["count"] = ...,
    drop_shared: bool = ...,
    rules: RuleNames = ...,
    kind: Kind | None = ...,
) -> Framing: ...
@overload
def framing(
    corpus: Corpus,
    *,
    targets: None,
    axis: lexicons.Source = ...,
    voice: Voice | None = ...,
    zones: Zones = ...,
    weighting: Weighting = ...,
) -> DocumentFraming: ...
def framing(
    corpus: Corpus,
    *,
    targets: Target | str | Iterable[Target | str] | None,
    axis: lexicons.Source = "legitimacy",
    voice: Voice | None = None,
    zones: Zones = ("headline", "subhead", "body"),
    by: str | Sequence[str] | None = None,
    weighting: Weighting = "count",
    drop_shared: bool = False,
    rules: RuleNames = None,
    kind: Kind | None = None,
) -> Framing | DocumentFraming:
    """Score which pole of an axis the labels of each target lean to, by source and voice.

    Parameters
    ----------
    corpus : Corpus
    targets : str, Target, or an iterable of them
        Whose labels to score. Scores of different targets are not to be compared. A single group
        (``"migrants"``) goes by the terms of the axis too. None: count the terms of the axis in
        each document, whomever they name.
    axis : str, path or dict
        A shipped lexicon's name, or a lexicon of your own.
    voice : {"own", "reported", "quoted", "all"}, optional
        Keep the rows of one voice; by default all four are given.
    zones : tuple of str or "all"
        Where labels and mentions count. Captions are mostly an agency's words: left out by default.
    by : str or sequence of str, optional
        ``"zone"``, ``"month"`` (of the date) or a column of ``corpus.documents`` (``"event"``,
        ``"date"``, ...): one row more for each of its values. Of several, one for each combination
        that occurs. ``"source"`` may be among them: each row has one anyway.
    weighting : {"count", "tfidf"}
        Of ``targets=None``: ``"tfidf"`` gives a term less weight the more documents have it.
    drop_shared : bool
        Leave out labels and mentions in copy that articles of other sources have too
        (:meth:`Corpus.near_duplicates`).
    rules : str or sequence of str, optional
        Which rules find labels, as in :func:`namings`: ``["-description"]`` leaves out those that
        need to know whom a description means.
    kind : {"label", "modifier", "predication", "all"}, optional
        What counts: nouns; adjectives before them and before names ("the brutal Moore"); adjectives
        that are predicates ("Moore is brutal"); or all of these, each phrase once, its noun first.
        By default what the lexicon counts: nouns, of ``loaded`` and ``emotion`` all.

    Returns
    -------
    Framing, or DocumentFraming where targets is None

    Raises
    ------
    ValueError
        A target that is empty, a name that belongs to two targets, an unknown axis, zone or rule.
    SchemaError
        A lexicon of the wrong shape.

    Warns
    -----
    UserWarning
        A target that the corpus does not name: it has no rows. A group that goes by a term of the
        axis: the choice of that name decides the score.

    See Also
    --------
    namings : All labels, whatever their pole.
    distancing : How far a source keeps away from what it prints.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.read(pd.DataFrame({
    ...     "id": ["1", "2"], "source": ["Gazette", "Herald"],
    ...     "text": ["President Ada Moore spoke on Monday.", "The dictator Ada Moore spoke."],
    ... }))
    >>> result = fl.framing(corpus, targets=["Ada Moore"], voice="own")
    >>> result.evidence[["source", "label", "pole", "weight"]]
        source      label          pole  weight
    0  Gazette  President    legitimate     1.0
    1   Herald   dictator  illegitimate     1.0
    """
    check_corpus(corpus, "framing")
    check_zones(zones)
    columns = _checked_columns(corpus, by)
    lexicon = lexicons.load(axis)
    if targets is None:
        if drop_shared:
            raise ValueError("drop_shared needs targets: targets=None scores whole documents")
        if rules is not None:
            raise ValueError("rules needs targets: targets=None counts terms, whomever they name")
        if kind is not None:
            raise ValueError("kind needs targets: targets=None counts terms, whatever they are")
        return _of_documents(corpus, lexicon, zones, weighting, voice=voice, by=by)
    if weighting != "count":
        raise ValueError("weighting needs targets=None: it weighs the terms of whole documents")
    wanted = as_targets(targets)
    _warn_of_own_terms(wanted, lexicon)
    counted_kind, by_rules = checked_kind(kind, lexicon), kept(rules)
    found = _found(corpus, wanted, lexicon, counted_kind, by_rules)
    named = {*found.labels["target"], *found.mentions["target"]}
    found = found.each(lambda rows: in_zones(rows, zones))
    if drop_shared:
        shared = shared_spans(corpus, n_jobs=threads(corpus))
        found = found.each(lambda rows: outside(corpus, rows, shared))
    over = Axis(
        [target.name for target in wanted if target.name in named],
        lexicon.axis, list(lexicon.poles), columns,
    )  # fmt: skip
    scores = score_table(corpus, found.each(lambda rows: _split(corpus, rows, columns)), over)
    evidence = found.evidence.drop(columns="phrase")
    evidence["anchored"] = anchored(found.evidence, found.mentions).astype(bool)
    unresolved = found.unresolved.drop(columns="phrase")
    if voice is not None:
        evidence = evidence[voice_rows(evidence, voice)].reset_index(drop=True)
        unresolved = unresolved[voice_rows(unresolved, voice)].reset_index(drop=True)
        scores = scores[scores["voice"] == voice].reset_index(drop=True)
    return Framing(
        frame=scores, evidence=evidence, unresolved=unresolved, axis=lexicon.axis,
        poles=lexicon.poles, kind=counted_kind,
        by=columns[0] if len(columns) == 1 else columns or None, corpus=corpus,
        _asked=_Asked(lexicon, zones, found.mentions, drop_shared, voice),
    )  # fmt: skip


def _found(
    corpus: Corpus,
    wanted: Sequence[Target],
    lexicon: lexicons.Lexicon,
    kind: Kind,
    rules: _core.LabelRules,
) -> Found:
    """Find what the axis knows of targets, in all zones."""
    terms = lexicon.terms_for_matching()
    labels = naming_rows(corpus, wanted, terms, rules=rules)
    mentions = mention_rows(corpus, wanted, terms, rules=rules)
    warn_of_unnamed(corpus, wanted, labels, mentions, stacklevel=4)
    open_labels, _ = unresolved_rows(corpus, wanted, terms, rules=rules)
    evidence = evidence_of(corpus, labels, lexicon)
    if kind != "label":
        said = said_rows(corpus, wanted, lexicon, rules)
        evidence = of_kind(evidence, said, kind, corpus)
    if kind in ("modifier", "predication"):
        open_labels = open_labels.head(0)
    return Found(
        labels=labels, evidence=evidence, unresolved=evidence_of(corpus, open_labels, lexicon),
        mentions=mentions[mentions["form"] != "pronoun"],
    )  # fmt: skip


def _warn_of_own_terms(targets: Sequence[Target], lexicon: lexicons.Lexicon) -> None:
    for target in targets:
        names = [name for name in (target.name, *target.aliases) if is_group_name(name)]
        terms = [name for name in names if lexicon.find(name.removeprefix("the ")) is not None]
        if terms:
            warnings.warn(
                f"the target {target.name!r} goes by {' and '.join(map(repr, terms))}, of the axis "
                f"{lexicon.axis!r} itself: who is counted, and so the score, follows from the "
                "choice of that name; score other names of the group, too, and compare",
                stacklevel=3,
            )


def _of_documents(
    corpus: Corpus,
    lexicon: lexicons.Lexicon,
    zones: Zones,
    weighting: Weighting,
    *,
    voice: Voice | None,
    by: str | Sequence[str] | None,
) -> DocumentFraming:
    if by is not None:
        raise ValueError("by needs targets: targets=None scores each document by itself")
    found = score_documents(corpus, lexicon, zones, weighting)
    if voice is None:
        return found
    evidence = found.evidence[voice_rows(found.evidence, voice)].reset_index(drop=True)
    scores = found.frame[found.frame["voice"] == voice].reset_index(drop=True)
    return replace(found, frame=scores, evidence=evidence)


def _further(by: str | Sequence[str] | None) -> tuple[str, ...]:
    # Each row has a source anyway.
    listed = [by] if isinstance(by, str) else list(by or ())
    return tuple(name for name in dict.fromkeys(listed) if name != "source")


def _checked_columns(corpus: Corpus, by: str | Sequence[str] | None) -> tuple[str, ...]:
    if not isinstance(by, str | list | tuple | None) or not all(
        isinstance(name, str) for name in by or ()
    ):
        raise ValueError(f"by is a column's name or a list of them, not {by!r}")
    # Columns of evidence and mentions stand for themselves.
    taken = {
        *KEYS,
        *NAMING_COLUMNS,
        *MENTION_COLUMNS,
        "pole",
        "weight",
        "labelled",
        "phrase",
        "cluster",
    }
    described = dict.fromkeys([*described_columns(corpus), "words", "month"])
    known = ["zone", *(str(name) for name in described if name not in taken)]
    columns = _further(by)
    for name in columns:
        if name not in known:
            raise ValueError(f"by must be one of {', '.join(known)}, not {name!r}")
    return columns


def _split(corpus: Corpus, rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Add the `columns` that `rows` have not: those of the documents, and the month."""
    missing = [name for name in columns if name not in rows]
    if not missing:
        return rows
    documents = corpus.documents.set_index("id", drop=False)
    if "month" in missing and "month" not in documents:
        documents["month"] = pd.Series(list(corpus.months), index=documents.index, dtype=object)
    return rows.assign(
        **{name: documents[name].reindex(rows["doc"]).to_numpy() for name in missing}
    )
