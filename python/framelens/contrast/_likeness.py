"""Rows of documents in groups compared: by the engine, by any measure, and in order."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from framelens import _core
from framelens.contrast.alike import DocumentRows, engine_rows, pool, tfidf
from framelens.corpus.groups import numbered
from framelens.corpus.neighbours import DISTANCES


def compare(rows: DocumentRows, aggregate: str, centre: bool, n_jobs: int | None) -> dict[str, Any]:
    """Compare the groups of rows: what the engine finds of each pair."""
    if aggregate == "event_matched":
        return _matched(rows, n_jobs)

    def of(weights: Any, group_of: Any, cluster_of: Any, how: str) -> dict[str, Any]:
        return _core.compare_groups(
            *engine_rows(weights),
            group_of,
            cluster_of,
            columns=weights.shape[1],
            groups=len(rows.groups),
            aggregate=how,
            centre=centre,
            n_jobs=n_jobs,
        )

    if aggregate != "pooled":
        return of(rows.weights, rows.group_of, rows.cluster_of, aggregate)
    found = of(rows.weights, rows.group_of, rows.cluster_of, "centroid")
    one_each = np.arange(len(rows.groups), dtype=np.int32)
    pooled = tfidf(pool(rows), rows.sublinear_tf)
    found["similarity"] = of(pooled, one_each, one_each, "centroid")["similarity"]
    return found


def _matched(rows: DocumentRows, n_jobs: int | None) -> dict[str, Any]:
    if None in rows.events:
        raise ValueError("aggregate='event_matched' needs an event for each text: pass events=")
    names, event_of = numbered([str(event) for event in rows.events])
    found = _core.compare_matched(
        *engine_rows(rows.weights),
        rows.group_of,
        event_of,
        columns=rows.weights.shape[1],
        groups=len(rows.groups),
        events=len(names),
        n_jobs=n_jobs,
    )
    found["degrees"] = np.maximum(found["events"] - 1.0, 1.0)
    return found


def other_measure(
    rows: DocumentRows, measure: Any, aggregate: str, n_jobs: int | None
) -> np.ndarray[Any, Any]:
    """Compare the groups of rows by another measure than the cosine."""
    from framelens.corpus.neighbours import pairwise

    if aggregate == "centroid":
        return np.asarray(pairwise(rows.means(), measure=measure, n_jobs=n_jobs))
    if aggregate == "pooled":
        pooled = pool(rows)
        weighed = (
            pooled
            if measure in ("jensen_shannon", "hellinger")
            else tfidf(pooled, rows.sublinear_tf)
        )
        return np.asarray(pairwise(weighed, measure=measure, n_jobs=n_jobs))
    values = np.full((len(rows.groups), len(rows.groups)), np.nan)
    members = [rows.of(group) for group in rows.groups]
    for a, of_a in enumerate(members):
        for b, of_b in enumerate(members[: a + 1]):
            found = pairwise(rows.weights[of_a], rows.weights[of_b], measure=measure, n_jobs=n_jobs)
            if a == b:
                found = found[~np.eye(len(of_a), dtype=bool)]
            # Missing if any is: an empty article is not like anything.
            values[a, b] = values[b, a] = found.mean() if found.size else np.nan
    return values


def distances_of(matrix: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the distances that a matrix of a measure stands for."""
    if measure in DISTANCES:
        return matrix
    # Of unit vectors, and else a similarity whose most is 1; a product has no such most.
    values = matrix.to_numpy(dtype=float)
    size = np.diag(values) if measure == "dot" else np.ones(len(values))  # blank: 1
    squares = size[:, None] + size[None, :] - 2.0 * values
    roots = np.sqrt(np.maximum(squares, 0.0))
    np.fill_diagonal(roots, 0.0)
    return pd.DataFrame(roots, index=matrix.index, columns=matrix.columns)


def leaf_order(distances: pd.DataFrame) -> list[str]:
    """Return the names in the order of a dendrogram's leaves."""
    names = [str(name) for name in distances.index]
    if len(names) < 3:
        return names
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    # A missing similarity is as far as the farthest known one.
    distance = distances.to_numpy(dtype=float, copy=True)
    known = distance[np.isfinite(distance)]
    distance[~np.isfinite(distance)] = known.max() if len(known) else 1.0
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), method="average")
    return [names[leaf] for leaf in leaves_list(tree)]
