"""What a report opens with: sentences that the tables carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.face.bounded import MOST_SOURCES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framelens.labels.framing import Framing
    from framelens.speech.quotes import Quotes
    from framelens.speech.variants import Variants

COLUMNS = ("kind", "sentence", "target", "a", "b", "p", "q", "robust", "stated", "docs")
SURE = 0.05
_MOST = 5
_MOST_UNTESTED = 2  # of a kind
# A word that somebody uses himself in fewer articles is no manner of his.
_FEWEST_ARTICLES = 5
_FEWEST_QUOTED = 3
_MOST_USERS = 3  # of a word that is worth a sentence
_LEAST_SHARED = 10  # one in so many
_KINDS = ("labels", "voice", "printed", "conflict", "alone")  # what is told first
_TESTED = _KINDS[:2]


@dataclass(frozen=True)
class Findings:
    """Sentences that a report may open with, those that are stated first.

    `frame` has one row a candidate: kind (``labels``: two sources differ in their labels;
    ``voice``: one uses a word itself that another only prints in the words of others; ``printed``:
    few sources use a word themselves, in too few articles to be tested; ``conflict``: figures or
    dates disagree; ``alone``: quotations that one source alone prints), sentence, target, a, b, p,
    q (Benjamini and Hochberg over all candidates with a p), robust (holds whomever unresolved
    labels mean), stated, docs (ids of the articles that it counts).
    """

    frame: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*COLUMNS]))
    tested: int = 0

    def of(self, target: str) -> pd.DataFrame:
        """Return the differences between sources in their labels of a target that hold."""
        frame = self.frame
        return frame[(frame["target"] == target) & (frame["kind"] == "labels") & _hold(frame)]

    @property
    def note(self) -> str | None:
        """How many comparisons were made, or that there are too few; None without targets."""
        if not self.frame["target"].notna().any() and not self.tested:
            return None
        if not self.tested:
            return "The articles are too few to tell the sources apart by their labels."
        comparisons = "1 comparison" if self.tested == 1 else f"{self.tested:,} comparisons"
        return (
            f"{comparisons} of labels tested; a difference is stated where q is below {SURE:g} and "
            "it does not hang on whom a pronoun or description means."
        )


def findings(
    scored: Framing | None,
    said: Quotes,
    variants: Variants,
    discrepancies: dict[str, pd.DataFrame],
) -> Findings:
    """Choose what to say of a corpus.

    Parameters
    ----------
    scored : Framing, optional
        Without it nothing is said of labels.
    said, variants : Quotes and Variants
        Of the whole corpus.
    discrepancies : dict
        By what differs (``figures``, ``dates``).
    """
    rows = [*_conflicts(discrepancies), *_alone(said, variants)]
    if scored is not None and scored.corpus is not None and len(scored.corpus.sources) > 1:
        rows = [*_labels(scored), *_voices(scored), *_printed(scored), *rows]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "size"])
    frame["q"] = _adjusted(frame["p"].to_numpy(dtype=np.float64))
    frame["robust"] = frame["robust"].astype("boolean")
    tested = frame["kind"].isin(_TESTED)
    frame["stated"] = _hold(frame) | ~tested
    order = frame.assign(untested=~tested, kind=pd.Categorical(frame["kind"], _KINDS)).sort_values(
        ["stated", "untested", "q", "kind", "size", "sentence"],
        ascending=[False, True, True, True, False, True],
        kind="stable",
    )
    order["kind"] = order["kind"].astype(object)
    place = order.groupby(["stated", "kind"]).cumcount()
    order["stated"] &= ~order["untested"] | (place < _MOST_UNTESTED)
    # Some room is left for what no test speaks of.
    kept = order["stated"] & ~order["untested"]
    free = min(int((order["stated"] & order["untested"]).sum()), _MOST_UNTESTED)
    order["stated"] &= order["untested"] | (kept.cumsum() <= _MOST - free)
    order["stated"] &= order["stated"].cumsum() <= _MOST
    frame = order.sort_values("stated", ascending=False, kind="stable")
    return Findings(frame[list(COLUMNS)].reset_index(drop=True), int(frame["p"].notna().sum()))


def _hold(frame: pd.DataFrame) -> pd.Series[bool]:
    return (frame["q"] < SURE) & frame["robust"].fillna(False).astype(bool)


def _row(**given: Any) -> dict[str, Any]:
    return {**dict.fromkeys(COLUMNS), "p": np.nan, "robust": True, **given}


def _labels(scored: Framing) -> Iterator[dict[str, Any]]:
    """Yield a sentence a pair of sources and target, in their own voice."""
    if len(scored.poles) < 2:
        return
    pole, other_pole = scored.poles[:2]
    scores = scored.scores
    own = {"voice": "own", "object": "all", "part": "text"}
    counted = scores[np.logical_and.reduce([scores[key] == value for key, value in own.items()])]
    counts = {
        (row["target"], row["source"]): (int(row[f"n_{pole}"]), int(row[f"n_{other_pole}"]))
        for row in counted.to_dict("records")
    }
    evidence = scored.evidence[scored.evidence["voice"] == "own"]
    compared = scored.compare().frame
    for row in compared[compared["voice"] == "own"].dropna(subset=["p"]).to_dict("records"):
        target, a, b = row["target"], row["a"], row["b"] if isinstance(row["b"], str) else None
        given = [value for (name, source), value in counts.items()
                 if name == target and (source == b if b else source != a)]  # fmt: skip
        mine, theirs = counts[target, a], np.sum(given, axis=0)
        low, high = sorted(50 * np.array([row["low"], row["high"]]))
        sentence = (
            f"{a} gives {target} {pole} labels in {mine[0]} of {sum(mine)}, "
            f"{b or 'all others together'} in {theirs[0]} of {theirs.sum()}: "
            f"{50 * row['difference']:+.0f} points (95% interval {low:+.0f} to {high:+.0f})."
        ).replace("-", "−")
        docs = evidence[(evidence["target"] == target) & evidence["source"].isin([a, b])]["doc"]
        yield _row(
            kind="labels", sentence=sentence, target=target, a=a, b=b, p=row["p"],
            robust=row["robust"], size=abs(row["difference"]), docs=list(dict.fromkeys(docs)),
        )  # fmt: skip


def _uses(scored: Framing) -> Iterator[tuple[str, str, pd.DataFrame, pd.DataFrame]]:
    """Yield target, term, its labels in own voices and those that others only have of others.

    Of sources that use it themselves each does so with the printed name, and no label of the pole
    in another source may be the target's: whom they mean is no guess.
    """
    scores = scored.scores
    frame = scored.evidence
    frame = frame[frame["distance"].isna() & frame["pole"].isin(scored.poles)]
    itself = frame[(frame["voice"] == "own") & ~frame["reported"]]
    others = frame[(frame["voice"] == "quoted") | frame["reported"]]
    for key, own in itself.groupby(["target", "term"], sort=True):
        target, term = map(str, key)
        users, pole = set(own["source"]), own["pole"].iloc[0]
        of_others = scores[(scores["target"] == target) & ~scores["source"].isin(users)]
        guessed = of_others[f"n_unresolved_{pole}"].sum() > 0
        if guessed or set(own.loc[own["anchored"], "source"]) != users:
            continue
        lent = others[(others["target"] == target) & (others["term"] == term)]
        yield target, term, own, lent[~lent["source"].isin(users)]


def _naming(scored: Framing) -> pd.Series[int]:
    """Return by target and source how many articles name the target."""
    scores = scored.scores[scored.scores["part"] == "text"]
    return scores.groupby(["target", "source"])["articles_named"].max().astype(int)


def _voices(scored: Framing) -> Iterator[dict[str, Any]]:
    """Yield words that one source uses itself and another only in the words of others."""
    from scipy.stats import fisher_exact

    naming = _naming(scored)
    for target, term, own, lent in _uses(scored):
        times = lent["source"].value_counts()
        for a, rows in own.groupby("source", sort=True):
            uses, of = int(rows["doc"].nunique()), int(naming[target, a])
            if uses < _FEWEST_ARTICLES:
                continue
            for b in sorted(times.index[times >= _FEWEST_QUOTED]):
                n_b = int(naming[target, b])
                p = fisher_exact(np.array([[uses, max(of - uses, 0)], [0, n_b]])).pvalue
                yield _row(
                    kind="voice", target=target, a=a, b=b, p=float(p), size=uses / max(of, 1),
                    sentence=f"{a} itself {_says(rows, target, term)} in {uses} of {of} articles, "
                    f"{b} in none of {n_b}: it prints it {times[b]} times in the words of others.",
                    docs=list(dict.fromkeys(rows["doc"])),
                )  # fmt: skip


def _printed(scored: Framing) -> Iterator[dict[str, Any]]:
    """Yield words that few sources use themselves, in too few articles to be tested."""
    naming = _naming(scored)
    for target, term, own, lent in _uses(scored):
        users, quoting = (sorted(rows["source"].unique()) for rows in (own, lent))
        sources = int(np.count_nonzero(naming.loc[[target]]))
        few = len(users) <= min(_MOST_USERS, sources / 2) and sources <= MOST_SOURCES
        if not few or own.groupby("source")["doc"].nunique().max() >= _FEWEST_ARTICLES:
            continue
        alone = len(users) == 1
        sentence = (
            f"Only {_listed(users)} {_says(own, target, term, alone=alone)} in "
            f"{'its' if alone else 'their'} own voice ({_times(own)})"
        )
        if quoting:
            prints = "prints" if len(quoting) == 1 else "print"
            sentence += f"; {_listed(quoting)} {prints} it in the words of others ({_times(lent)})"
        docs = [*own["doc"], *lent["doc"]]
        yield _row(
            kind="printed", target=target, a=users[0], b=quoting[0] if quoting else None,
            sentence=f"{sentence}. Too few articles to say that it is a habit.",
            size=len(own) + len(lent), docs=list(dict.fromkeys(docs)),
        )  # fmt: skip


def _says(labels: pd.DataFrame, target: str, term: str, *, alone: bool = True) -> str:
    if (labels["object"] == "person").any():
        return f"{'calls' if alone else 'call'} {target} “{term}”"
    return f"{'writes' if alone else 'write'} of {target}’s “{term}”"


def _times(labels: pd.DataFrame) -> str:
    return {1: "once", 2: "twice"}.get(len(labels), f"{len(labels)} times")


def _listed(names: list[str], most: int = 4) -> str:
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} other sources"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _conflicts(discrepancies: dict[str, pd.DataFrame]) -> Iterator[dict[str, Any]]:
    """Yield figures and dates of one thing that cannot both be right."""
    for what, found in discrepancies.items():
        for place, row in enumerate(found.to_dict("records")):
            if row["verdict"] != "conflict":
                continue
            values = row["values"]
            printed = dict.fromkeys((value["source"], str(value["value"])) for value in values)
            differing = (
                (a, one, b, other)
                for (a, one), (b, other) in permutations(printed, 2)
                if a != b and one != other
            )
            if (first := next(differing, None)) is None:
                continue
            a, one, b, other = first
            yield _row(
                kind="conflict", a=a, b=b, size=1 / (1 + place),
                sentence=f"The {what} disagree ({row['quantity']}): {a} has {one}, {b} {other}.",
                docs=list(dict.fromkeys(value["doc"] for value in values)),
            )  # fmt: skip


def _alone(said: Quotes, variants: Variants) -> Iterator[dict[str, Any]]:
    """Yield who prints the most quotations that nobody else has, where all tell one event."""
    corpus = variants.corpus
    if len(corpus.sources) < 2 or corpus.documents["event"].nunique(dropna=False) > 1:
        return
    frame = said.frame
    direct = frame[(frame["kind"] == "direct") & ~frame["nested"]]
    shared = set(zip(variants.frame["doc"], variants.frame["start"], strict=True))
    starts = zip(direct["doc"], direct["start"], strict=True)
    alone = direct[np.array([place not in shared for place in starts], dtype=bool)]
    if len(direct) - len(alone) <= len(direct) / _LEAST_SHARED:
        return  # they do not tell one story
    counts = alone["source"].value_counts()
    for source in sorted(counts.index, key=lambda name: (-counts[name], name))[:1]:
        of, n = int((direct["source"] == source).sum()), int(counts[source])
        yield _row(
            kind="alone", a=source, size=n,
            sentence=f"{source} prints {n} of its {of} direct quotations alone, the most of all "
            f"sources; {len(direct) - len(alone)} of {len(direct)} stand in two articles or more.",
            docs=list(dict.fromkeys(alone.loc[alone["source"] == source, "doc"])),
        )  # fmt: skip


def _adjusted(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Benjamini and Hochberg's q of those that are known."""
    from scipy.stats import false_discovery_control

    q = np.full(len(p), np.nan)
    known = ~np.isnan(p)
    if known.any():
        q[known] = false_discovery_control(p[known])
    return q
