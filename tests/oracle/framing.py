"""Slow, obvious twins of the scores in framelens.framing and of the engine's room `framing`."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Label:
    group: int
    cluster: int
    pole: int  # index of the pole; the number of poles is neutral
    weight: float = 1.0


@dataclass
class Score:
    counts: list[int]
    first: float = 0.0
    second: float = 0.0
    score: float | None = None
    low: float | None = None
    high: float | None = None
    log_odds: float | None = None
    clusters: int = 0
    correlation: float | None = None
    design_effect: float | None = None
    weights: list[float] = field(default_factory=list)


def score_labels(labels: list[Label], family: list[int], poles: int = 2) -> list[Score]:
    """Score every group, one loop a definition."""
    scores = []
    for group, own_family in enumerate(family):
        score = Score(counts=[0] * (poles + 1))
        for label in labels:
            if label.group == group and (label.weight > 0 or label.pole == poles):
                score.counts[label.pole] += 1
                if label.pole < min(poles, 2):
                    score.weights.append(label.weight)
                    if label.pole == 0:
                        score.first += label.weight
                    else:
                        score.second += label.weight
        relatives = [g for g in range(len(family)) if family[g] == own_family]
        rho = intraclass_correlation([outcomes(labels, g, poles) for g in relatives])
        add_estimates(score, [len(c) for c in outcomes(labels, group, poles)], rho, poles)
        scores.append(score)
    return scores


def outcomes(labels: list[Label], group: int, poles: int) -> list[list[int]]:
    """Return each cluster's labels of one group: 1 for the first pole, 0 for the second."""
    clusters: dict[int, list[int]] = defaultdict(list)
    for label in labels:
        if label.group == group and label.pole < min(poles, 2) and label.weight > 0:
            clusters[label.cluster].append(1 if label.pole == 0 else 0)
    return list(clusters.values())


def intraclass_correlation(groups: list[list[list[int]]]) -> float | None:
    """ANOVA estimate from the labels one by one, clusters nested in groups."""
    between = within = size = 0.0
    between_freedom = within_freedom = 0
    for clusters in groups:
        if not clusters:
            continue
        every = [y for cluster in clusters for y in cluster]
        mean = sum(every) / len(every)
        for cluster in clusters:
            own_mean = sum(cluster) / len(cluster)
            for y in cluster:
                between += (own_mean - mean) ** 2
                within += (y - own_mean) ** 2
            within_freedom += len(cluster) - 1
        between_freedom += len(clusters) - 1
        size += len(every) - sum(len(c) ** 2 for c in clusters) / len(every)
    if between_freedom == 0 or within_freedom == 0:
        return None
    msb, msw = between / between_freedom, within / within_freedom
    total = msb + (size / between_freedom - 1) * msw
    if total == 0:  # nothing varies, or only where there is no second label to compare with
        return None
    return max(0.0, (msb - msw) / total)


def add_estimates(score: Score, sizes: list[int], rho: float | None, poles: int) -> None:
    score.clusters = len(sizes)
    if len(sizes) > 1:
        mean_size = sum(n * n for n in sizes) / sum(sizes)
        score.correlation = rho
        score.design_effect = 1 + (1.0 if rho is None else rho) * (mean_size - 1)
    if poles < 2:
        return
    a, b = score.first, score.second
    score.log_odds = math.log((a + 0.5) / (b + 0.5))
    if a + b == 0:
        return
    score.score = (a - b) / (a + b)
    if score.design_effect is None:
        return
    w = score.weights
    n = sum(w) ** 2 / sum(x * x for x in w) / score.design_effect
    posterior = stats.beta(a / (a + b) * n + 0.5, b / (a + b) * n + 0.5)
    score.low = -1.0 if a == 0 else 2 * posterior.ppf(0.025) - 1
    score.high = 1.0 if b == 0 else 2 * posterior.ppf(0.975) - 1


def random_labels(seed: int, groups: int = 5, poles: int = 2) -> list[Label]:
    """Labels of uneven groups, some with one cluster, some with one pole, some with none."""
    random = np.random.default_rng(seed)
    labels = []
    for group in range(groups):
        share = random.choice([0.0, 0.1, 0.5, 0.9])
        for cluster in range(random.integers(0, 6)):
            for _ in range(random.poisson(2)):
                pole = poles if random.random() < 0.1 else int(random.random() > share)
                weight = float(random.choice([0.0, 0.5, 1.0, 1.0, 2.0]))
                labels.append(Label(group, 100 * group + cluster, min(pole, poles), weight))
    return labels
