"""Framing of whole documents: the terms of an axis, whomever they name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result, columns_to_frame
from framelens.corpus.corpus import check_zones
from framelens.labels.namings import VOICES, in_zones, voice_of
from framelens.labels.scores import NEUTRAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.base.lexicons import Lexicon
    from framelens.corpus.corpus import Corpus, Zones

__all__ = ["DocumentFraming", "Weighting", "score_documents"]

Weighting: TypeAlias = Literal["count", "tfidf"]


@dataclass(frozen=True, repr=False, eq=False)
class DocumentFraming(Result):
    """Counts of an axis's terms, one row a document and voice.

    Attributes
    ----------
    frame, scores : pandas.DataFrame
        doc, source, axis, voice, ``n_<pole>``, n_neutral, words (of the zones, in every voice),
        ``rate_<pole>`` per 1,000 words, score (a - b) / (a + b) of the poles' weights, missing
        without terms or with one pole, log_odds.
    evidence : pandas.DataFrame
        One row a term: axis, term, label (as printed), pole, weight, distance, voice, reported,
        source, doc, start, end, zone. A negated term has the distance ``negated`` and weight 0.
    axis : str
    poles : tuple of str
    """

    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    axis: str = ""
    poles: tuple[str, ...] = ()

    @property
    def scores(self) -> pd.DataFrame:
        """The scores: the same table as `frame`."""
        return self.frame

    def plot(self, ax: Axes | None = None, *, voice: str = "all") -> Axes:
        """Draw the rate of each pole by source: a dot a document, a line at the mean."""
        from framelens.plots import document_rates

        rows = self.frame[self.frame["voice"] == voice]
        return document_rates(rows, poles=self.poles, ax=ax, title=f"{self.axis.capitalize()}")


def score_documents(
    corpus: Corpus, lexicon: Lexicon, zones: Zones, weighting: Weighting
) -> DocumentFraming:
    """Count the terms of `lexicon` in every document."""
    if weighting not in ("count", "tfidf"):
        raise ValueError(f"weighting must be count or tfidf, not {weighting!r}")
    evidence = _evidence(corpus, lexicon, zones)
    if weighting == "tfidf":
        evidence["weight"] *= evidence["term"].map(_idf(corpus, evidence)).astype("float64")
    frame = _scores(corpus, evidence, lexicon, zones)
    return DocumentFraming(frame=frame, evidence=evidence, axis=lexicon.axis, poles=lexicon.poles)


def _evidence(corpus: Corpus, lexicon: Lexicon, zones: Zones) -> pd.DataFrame:
    frame = in_zones(columns_to_frame(_core.find_terms(corpus.annotations, lexicon), corpus), zones)
    terms = lexicon.terms
    matched = [terms[i] for i in frame["position"]]
    negated = frame["negated"].astype(bool)
    weights = pd.Series([term["weight"] for term in matched], dtype="float64")
    return pd.DataFrame(
        {
            "axis": pd.Series([lexicon.axis] * len(frame), dtype=object),
            "term": pd.Series([term["text"] for term in matched], dtype=object),
            "label": frame["label"],
            "pole": pd.Series([term["pole"] for term in matched], dtype=object),
            "weight": weights.mask(negated, 0.0),
            "distance": pd.Series(["negated" if no else None for no in negated], dtype=object),
            **{name: frame[name] for name in ("voice", "reported", "source", "doc")},
            **{name: frame[name] for name in ("start", "end", "zone")},
        }
    )


def _idf(corpus: Corpus, evidence: pd.DataFrame) -> dict[str, float]:
    # As scikit-learn's, with smoothing.
    documents = evidence.groupby("term")["doc"].nunique()
    return {str(term): np.log((1 + len(corpus)) / (1 + n)) + 1 for term, n in documents.items()}


def _scores(corpus: Corpus, evidence: pd.DataFrame, lexicon: Lexicon, zones: Zones) -> pd.DataFrame:
    grid = pd.MultiIndex.from_product([corpus.ids, list(VOICES)], names=["doc", "voice"])
    rows = evidence.assign(voice=voice_of(evidence))
    rows = pd.concat([rows, rows.assign(voice="all")])
    counted = rows[rows["distance"].isna()]
    frame = grid.to_frame(index=False)
    frame.insert(1, "source", pd.Series(np.repeat(corpus.source_of, len(VOICES)), dtype=object))
    frame.insert(2, "axis", lexicon.axis)
    for pole in (*lexicon.poles, NEUTRAL):
        of_pole = counted[counted["pole"] == pole].groupby(["doc", "voice"]).size()
        frame[f"n_{pole}"] = of_pole.reindex(grid, fill_value=0).to_numpy(dtype="int64")
    frame["words"] = np.repeat(_words(corpus, zones), len(VOICES))
    sums = [_weights(counted, pole, grid) for pole in lexicon.poles]
    per_thousand = 1000 / frame["words"].replace(0, np.nan)
    for pole, weight in zip(lexicon.poles, sums, strict=True):
        frame[f"rate_{pole}"] = weight * per_thousand
    frame["score"], frame["log_odds"] = np.nan, np.nan
    if len(sums) == 2:
        first, second = sums
        total = first + second
        frame["score"] = np.divide(
            first - second, total, out=np.full(len(total), np.nan), where=total > 0
        )
        frame["log_odds"] = np.log((first + 0.5) / (second + 0.5))
    return frame


def _weights(rows: pd.DataFrame, pole: str, grid: pd.MultiIndex) -> np.ndarray[Any, Any]:
    sums = rows[rows["pole"] == pole].groupby(["doc", "voice"])["weight"].sum()
    return sums.reindex(grid, fill_value=0.0).to_numpy(dtype=float)


def _words(corpus: Corpus, zones: Zones) -> np.ndarray[Any, Any]:
    counts = _core.count_words(corpus.annotations, sorted(check_zones(zones)))
    return np.asarray(counts, dtype="int64")
