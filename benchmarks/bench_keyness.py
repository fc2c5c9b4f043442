"""Time the log odds of twelve sources against NumPy's, after comparing the results.

Run ``python benchmarks/bench_keyness.py [--repeat N]``. Both start from the same counts. The table
of G2, chi-squared, Fisher and PMI says how far the scores are from scipy's.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import time
from collections import Counter
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse, stats
from sklearn.feature_extraction.text import CountVectorizer

from framelens import _core
from framelens.corpus.groups import numbered

SHARED = Path(os.environ.get("FRAMELENS_SHARED", Path(__file__).parents[2] / "shared"))


def by_numpy(rows: Any, group_of: Any, groups: int, prior_size: float) -> tuple[Any, Any]:
    """Monroe, Colaresi and Quinn's score and z, groups x terms."""
    total = np.asarray(rows.sum(axis=0)).ravel().astype(float)
    prior = prior_size * total / total.sum()
    scores, z = np.empty((groups, len(total))), np.empty((groups, len(total)))
    for group in range(groups):
        own = np.asarray(rows[group_of == group].sum(axis=0)).ravel().astype(float)
        rest = total - own
        a, b = own + prior, rest + prior
        n, m = own.sum() + prior_size, rest.sum() + prior_size
        scores[group] = np.log(a / (n - a)) - np.log(b / (m - b))
        z[group] = scores[group] / np.sqrt(1 / a + 1 / b)
    return scores, z


def exact_g2(cells: list[list[int]]) -> float:
    """Return G2 with forty digits."""
    getcontext().prec = 40
    n = sum(map(sum, cells))
    total = Decimal(0)
    for i, j in itertools.product((0, 1), (0, 1)):
        expected = Decimal(sum(cells[i])) * (cells[0][j] + cells[1][j]) / n
        if cells[i][j]:
            total += cells[i][j] * (cells[i][j] / expected).ln()
    return float(2 * total)


def exact_fisher(cells: list[list[int]]) -> float:
    """Return Fisher's two-sided p from whole numbers."""
    yes, n, m = sum(cells[0]), cells[0][0] + cells[1][0], cells[0][1] + cells[1][1]
    low, high = max(0, yes - m), min(yes, n)
    weight = math.comb(n, low) * math.comb(m, yes - low)
    weights = []
    for x in range(low, high + 1):
        weights.append(weight)
        weight = weight * (n - x) * (yes - x) // ((x + 1) * (m - yes + x + 1))
    seen = weights[cells[0][0] - low]
    return float(Fraction(sum(w for w in weights if w <= seen), sum(weights)))


def largest_gap(
    counts: Any, group_of: Any, groups: int, columns: int, measure: str, exact: bool
) -> float:
    """Return the largest relative difference from scipy or exact numbers, 500 terms a group."""
    table = _core.keyness(*counts, group_of, columns=columns, groups=groups, measure=measure)
    rows = sparse.csr_array((counts[2], counts[1], counts[0]), shape=(len(group_of), columns))
    total = np.asarray(rows.sum(axis=0)).ravel()
    gap = 0.0
    for group in range(groups):
        own = np.asarray(rows[group_of == group].sum(axis=0)).ravel()
        n, everything = int(own.sum()), int(total.sum())
        kept = np.flatnonzero(table["group"] == group)
        for place in np.random.default_rng(group).choice(kept, 500, replace=False):
            a, all_ = int(own[table["term"][place]]), int(total[table["term"][place]])
            cells = [[a, all_ - a], [n - a, everything - n - all_ + a]]
            score = table["score"][place]
            if measure == "g2":
                expected = (
                    exact_g2(cells)
                    if exact
                    else stats.chi2_contingency(cells, False, lambda_="log-likelihood")[0]
                )
            elif measure == "chi2":
                expected = stats.chi2_contingency(cells, False)[0]
            elif measure == "fisher":
                if exact and all_ > 3000:
                    continue
                expected = exact_fisher(cells) if exact else stats.fisher_exact(cells)[1]
                score = table["p_words"][place]
            elif a == 0:
                continue
            else:
                expected = abs(math.log(a * everything / (all_ * n)))
            gap = max(gap, abs(abs(score) - expected) / max(1.0, expected))
    return gap


def from_texts(articles: list[dict[str, Any]], repeat: int) -> None:
    """Print how long both take from texts to scores."""
    texts, labels = [row["text"] for row in articles], [row["source"] for row in articles]
    ours, theirs = math.inf, math.inf
    for _ in range(min(repeat, 2)):
        start = time.perf_counter()
        group_of = np.unique(labels, return_inverse=True)[1]
        by_numpy(CountVectorizer().fit_transform(texts), group_of, 12, 500.0)
        theirs = min(theirs, time.perf_counter() - start)
        start = time.perf_counter()
        terms, counts = _core.count_terms(texts)
        _core.keyness(*counts, numbered(labels)[1], columns=len(terms), groups=12)
        ours = min(ours, time.perf_counter() - start)
    print(f"from texts: CountVectorizer and NumPy {theirs:.2f} s, framelens {ours:.2f} s: ", end="")
    print(f"{theirs / ours:.1f} times")


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    with (SHARED / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    largest = {name for name, _ in Counter(row["source"] for row in articles).most_common(12)}
    kept = [row for row in articles if row["source"] in largest]
    terms, counts = _core.count_terms([row["text"] for row in kept])
    group_of = numbered([row["source"] for row in kept])[1]
    indptr, indices, data = counts
    rows = sparse.csr_array((data, indices, indptr), shape=(len(kept), len(terms)))
    shape = {"columns": len(terms), "groups": 12}
    ours, whole, theirs = math.inf, math.inf, math.inf
    for _ in range(options.repeat):
        start = time.perf_counter()
        scores, z = by_numpy(rows, group_of, 12, 500.0)
        theirs = min(theirs, time.perf_counter() - start)
        start = time.perf_counter()
        own = _core.log_odds(*counts, group_of, **shape)
        ours = min(ours, time.perf_counter() - start)
        start = time.perf_counter()
        table = _core.keyness(*counts, group_of, **shape)
        whole = min(whole, time.perf_counter() - start)
    places = table["group"], table["term"]
    pairs = [(own[0].reshape(scores.shape), scores), (own[1].reshape(z.shape), z)]
    pairs += [(table["score"], scores[places]), (table["z"], z[places])]
    gap = max(float(np.abs(mine - other).max()) for mine, other in pairs)
    if not gap <= 1e-10:
        raise SystemExit(f"not equal to NumPy: {gap:.1e}")
    print(f"log odds, 12 sources, {len(kept)} articles, {len(terms)} terms, 1 thread")
    print(
        f"score and z: NumPy {theirs:.4f} s, framelens {ours:.4f} s: {theirs / ours:.1f} times "
        f"(reach 20); largest difference {gap:.1e}"
    )
    print(
        f"whole table (NumPy has no part of it): {whole:.3f} s with clustered errors, degrees, "
        "p, range and dispersion"
    )
    start = time.perf_counter()
    _core.keyness(*counts, group_of, **shape, permutations=200)
    seconds = time.perf_counter() - start
    each = 1e9 * seconds / (200 * 12 * len(terms))
    print(f"with 200 permutations: {seconds:.2f} s, {each:.0f} ns a draw and term", flush=True)
    from_texts(kept, options.repeat)
    for measure in ("g2", "chi2", "fisher", "pmi"):
        arguments = counts, group_of, 12, len(terms), measure
        gap = largest_gap(*arguments, False)
        row = f"{measure:8} largest relative difference from scipy {gap:.1e}"
        if measure in ("g2", "fisher"):
            row += f", from exact arithmetic {largest_gap(*arguments, True):.1e}"
        print(f"{row} (reach 1e-10)", flush=True)


if __name__ == "__main__":
    main()
