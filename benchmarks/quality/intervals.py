"""Print how often 95% intervals of framing scores hold the true score of simulated outlets.

Labels are Poisson(2) a document and beta-binomial within it; ten outlets share one intraclass
correlation, as the sources of a corpus do. Outlets without an interval are left out of the share
and counted beside it. Run: python benchmarks/quality/intervals.py [--studies N] [--outlets N]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from oracle.outlets import CORRELATIONS, DOCUMENTS, SHARES, Cell, Coverage, coverage

LOW, HIGH = 0.92, 0.985


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--studies", type=int, default=1000, help="comparisons a cell")
    options.add_argument("--outlets", type=int, default=10, help="sources compared")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    print(f"Coverage of 95% intervals, {chosen.outlets} outlets, {chosen.studies} studies a cell")
    print(f"(reach: {LOW} to {HIGH}; * misses it; in brackets the outlets with an interval)")
    print(f"{'documents':>9} {'share':>6}  " + " ".join(f"rho {rho:<11}" for rho in CORRELATIONS))
    missed = 0
    for documents in DOCUMENTS:
        for share in SHARES:
            row = [
                coverage(
                    Cell(documents, share, rho),
                    studies=chosen.studies,
                    seed=chosen.seed,
                    outlets=chosen.outlets,
                )
                for rho in CORRELATIONS
            ]
            missed += sum(not within(found) for found in row)
            print(f"{documents:>9} {share:>6}  " + " ".join(f"{shown(f):<15}" for f in row))
    cells = len(DOCUMENTS) * len(SHARES) * len(CORRELATIONS)
    print(f"{cells - missed} of {cells} cells within reach")
    return 1 if missed else 0


def within(found: Coverage) -> bool:
    return LOW <= found.covered <= HIGH


def shown(found: Coverage) -> str:
    return f"{found.covered:.3f}{' ' if within(found) else '*'}({found.known:.3f})"


if __name__ == "__main__":
    sys.exit(main())
