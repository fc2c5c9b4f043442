"""Slow, obvious weights of counts: SMART as gensim reads it, quanteda's schemes, BM25 as bm25s."""

from __future__ import annotations

import math

Counts = list[dict[str, int]]
Weights = list[dict[str, float]]


def document_frequencies(documents: Counts, threshold: float = 0) -> dict[str, int]:
    """In how many documents each term occurs more often than the threshold."""
    found: dict[str, int] = {}
    for counts in documents:
        for term, count in counts.items():
            found[term] = found.get(term, 0) + (count > threshold)
    return found


def smart(
    documents: Counts, letters: str, *, pivot: float | None = None, slope: float = 0.25
) -> Weights:
    """Weights by three letters of SMART."""
    n = len(documents)
    frequencies = document_frequencies(documents)

    def length_of(counts: dict[str, int]) -> float:
        return sum(count * (len(term) + 1) for term, count in counts.items())

    def idf(term: str) -> float:
        df = frequencies[term]
        if letters[1] == "f":
            return math.log2(n / df)
        if letters[1] == "t":
            return math.log2((n + 1) / df)
        if letters[1] == "p":
            return max(0.0, math.log2((n - df) / df)) if df < n else 0.0
        return 1.0

    def tf(term: str, counts: dict[str, int]) -> float:
        f = counts[term]
        if letters[0] == "b":
            return 1.0
        if letters[0] == "l":
            return 1 + math.log2(f)
        if letters[0] == "d":
            return 1 + math.log2(1 + math.log2(f))
        if letters[0] == "a":
            return 0.5 + 0.5 * f / max(counts.values())
        if letters[0] == "L":
            mean = sum(counts.values()) / len(counts)
            return (1 + math.log2(f)) / (1 + math.log2(mean))
        return float(f)

    weighed = []
    for counts in documents:
        weights = {term: tf(term, counts) * idf(term) for term in counts}
        weights = {term: weight for term, weight in weights.items() if weight != 0}
        if letters[2] == "c":
            norm = math.sqrt(math.fsum(weight**2 for weight in weights.values()))
        elif letters[2] == "u":
            middle = sum(map(len, documents)) / n if pivot is None else pivot
            norm = (1 - slope) * middle + slope * len(weights)
        elif letters[2] == "b":
            middle = sum(map(length_of, documents)) / n if pivot is None else pivot
            norm = (1 - slope) * middle + slope * length_of(counts)
        else:
            norm = 1.0
        weighed.append({term: weight / norm for term, weight in weights.items()})
    return weighed


def quanteda(
    documents: Counts,
    scheme_tf: str,
    scheme_df: str,
    *,
    base: float = 10,
    k_tf: float = 0.5,
    smoothing_tf: float = 0.5,
    k_df: float = 0,
    smoothing_df: float = 0,
    threshold: float = 0,
) -> Weights:
    """Weights by quanteda's dfm_weight and docfreq, as their manual states the formulas."""
    n = len(documents)
    frequencies = document_frequencies(documents, threshold)

    def factor(term: str) -> float:
        df = frequencies[term]
        if scheme_df == "unary":
            return 1.0
        if df == 0:
            return 0.0
        if scheme_df == "count":
            return float(df)
        if scheme_df == "inverse":
            return math.log(smoothing_df + n / (k_df + df), base)
        if scheme_df == "inversemax":
            return math.log(smoothing_df + max(frequencies.values()) / (k_df + df), base)
        return max(0.0, math.log((n - df) / (k_df + df), base)) if df < n else 0.0

    def tf(f: int, counts: dict[str, int]) -> float:
        if scheme_tf == "count":
            return float(f)
        if scheme_tf == "prop":
            return f / sum(counts.values())
        if scheme_tf == "propmax":
            return f / max(counts.values())
        if scheme_tf == "logcount":
            return 1 + math.log(f, base)
        if scheme_tf == "boolean":
            return 1.0
        if scheme_tf == "augmented":
            return k_tf + (1 - k_tf) * f / max(counts.values())
        if scheme_tf == "logave":
            mean = sum(counts.values()) / len(counts)
            return (1 + math.log(f, base)) / (1 + math.log(mean, base))
        return math.log(f + smoothing_tf, base)

    return [
        {term: tf(count, counts) * factor(term) for term, count in counts.items()}
        for counts in documents
    ]


def bm25(
    documents: Counts, query: list[str], method: str, *, k1: float, b: float, delta: float
) -> list[float]:
    """The score of each document for a query of known terms."""
    n = len(documents)
    frequencies = document_frequencies(documents)
    mean = sum(sum(counts.values()) for counts in documents) / n

    def idf(df: int) -> float:
        if method == "lucene":
            return math.log(1 + (n - df + 0.5) / (df + 0.5))
        if method == "robertson":
            return max(0.0, math.log((n - df + 0.5) / (df + 0.5)))
        if method == "atire":
            return math.log(n / df)
        return math.log((n + 1) / (df + 0.5 if method == "bm25l" else df))

    def tf(f: int, length: float) -> float:
        size = 1 - b + b * length / mean
        if f == 0 and method != "bm25l":
            return delta if method == "bm25+" else 0.0
        if method in ("lucene", "robertson"):
            return f / (f + k1 * size)
        if method == "atire":
            return (k1 + 1) * f / (f + k1 * size)
        if method == "bm25l":
            c = f / size
            return (k1 + 1) * (c + delta) / (k1 + c + delta)
        return (k1 + 1) * f / (f + k1 * size) + delta

    scores = []
    for counts in documents:
        length = sum(counts.values())
        scores.append(
            # A term that is absent scores as in a document of mean length.
            math.fsum(
                idf(frequencies[term])
                * (tf(counts[term], length) if term in counts else tf(0, mean))
                for term in query
            )
        )
    return scores
