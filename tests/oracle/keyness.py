"""Monroe, Colaresi and Quinn's log odds, word by word as they print it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence


def words(text: str) -> list[str]:
    return re.findall(r"\b\w\w+\b", text.lower())


def log_odds(
    texts: Sequence[str], labels: Sequence[str], *, prior_size: float = 500.0
) -> dict[tuple[str, str], tuple[int, float, float]]:
    """Return count, score and z of each source and term."""
    corpus = Counter(word for text in texts for word in words(text))
    total = sum(corpus.values())
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
