"""Contrasts of word counts, word by word as their authors print them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from scipy import stats


def words(text: str) -> list[str]:
    return re.findall(r"\b\w\w+\b", text.lower())


def log_odds(
    texts: Sequence[str], labels: Sequence[str], *, prior_share: float = 0.1
) -> dict[tuple[str, str], tuple[int, float, float]]:
    """Return count, score and z of each source and term."""
    corpus = Counter(word for text in texts for word in words(text))
    total = sum(corpus.values())
    prior_size = prior_share * total
    found = {}
    for source in sorted(set(labels)):
        own: Counter[str] = Counter()
        rest: Counter[str] = Counter()
        for text, label in zip(texts, labels, strict=True):
            (own if label == source else rest).update(words(text))
        n_own, n_rest = sum(own.values()), sum(rest.values())
        for word, count in corpus.items():
            prior = prior_size * count / total
            y, x = own[word] + prior, rest[word] + prior
            score = math.log(y / (n_own + prior_size - y)) - math.log(x / (n_rest + prior_size - x))
            found[source, word] = (own[word], score, score / math.sqrt(1 / y + 1 / x))
    return found


def contrast(measure: str, a: int, b: int, n: int, m: int) -> float:
    """Score of a term that occurs a times in n words of the group, b times in m of the others."""
    table = [[a, b], [n - a, m - b]]
    sign = -1.0 if a < (a + b) * n / (n + m) else 1.0
    if measure == "g2":
        return sign * stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")[0]
    if measure == "chi2":
        return sign * stats.chi2_contingency(table, correction=False)[0]
    if measure == "fisher":
        return -sign * math.log10(stats.fisher_exact(table)[1])
    if measure == "pmi":
        return math.log(a * (n + m) / ((a + b) * n)) if a else -math.inf
    if measure == "log_ratio":
        return math.log2(((a or 0.5) / n) / ((b or 0.5) / m))
    if measure == "percent_diff":
        return 100 * (a / n - b / m) / (b / m) if b else math.inf
    p, q = a / n, b / m
    middle = (p + q) / 2
    parts = [share * math.log2(share / middle) / 2 for share in (p, q) if share]
    return math.copysign(sum(parts), p - q)


def dispersion(own: Sequence[str], word: str) -> tuple[int, float]:
    """Number of the documents that have a word, and Gries' deviation of proportions."""
    documents = [words(text) for text in own]
    length = sum(map(len, documents))
    count = sum(document.count(word) for document in documents)
    gaps = [abs(len(d) / length - d.count(word) / count) for d in documents]
    return sum(word in d for d in documents), sum(gaps) / 2
