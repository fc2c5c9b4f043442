"""Which span a position is in, against a look at every span."""

import random

import numpy as np

from framelens.base.spans import Nested, Parts


def test_innermost_as_a_slow_search_finds():
    rng = random.Random(1)
    for _ in range(300):
        spans = []
        for k in range(rng.randrange(12)):
            start = rng.randrange(20)
            spans.append((start, start + rng.randrange(1, 12), k))
        nested = Nested(spans)
        for _ in range(40):
            start = rng.randrange(32)
            end = start + rng.randrange(6)
            covering = [s for s in spans if s[0] <= start and end <= s[1]]
            found = nested.innermost(start, end)
            if not covering:
                assert found is None
            else:
                begin = max(a for a, _, _ in covering)
                assert found is not None
                assert found[:2] == (begin, min(b for a, b, _ in covering if a == begin))


def test_parts_as_a_slow_search_finds():
    rng = random.Random(2)
    for _ in range(200):
        rows = []
        for doc in range(4):
            position = 0
            for _ in range(rng.randrange(4)):
                start = position + rng.randrange(3)
                position = start + rng.randrange(1, 5)
                rows.append((doc, start, position))
        parts = Parts(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)
        doc = np.array([rng.randrange(5) for _ in range(30)])
        at = np.array([rng.randrange(20) for _ in range(30)])
        slow = [
            next((k for k, (d, a, b) in enumerate(rows) if d == x and a <= y < b), -1)
            for x, y in zip(doc, at, strict=True)
        ]
        assert parts.at(doc, at).tolist() == slow
