"""Print how often 95% intervals of framing scores hold the true score of simulated outlets.

Labels are Poisson(2) a document and beta-binomial within it; ten outlets share one intraclass
correlation, as the sources of a corpus do. Outlets without an interval are left out of the share
and counted beside it. With --corrected, the scores of two outlets whose labels have errors (see
tests/oracle/miscoded.py), before and after correction by a coded sheet.
Run: python benchmarks/quality/intervals.py [--studies N] [--outlets N] [--corrected]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from oracle.miscoded import CODED, corrected_coverage, miscoded_cells
from oracle.outlets import CORRELATIONS, DOCUMENTS, SHARES, Cell, Coverage, coverage

LOW, HIGH = 0.92, 0.985


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--studies", type=int, default=1000, help="comparisons a cell")
    options.add_argument("--outlets", type=int, default=10, help="sources compared")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--corrected", action="store_true", help="scores corrected for errors")
    chosen = options.parse_args()
    if chosen.corrected:
        return print_corrected(chosen.studies, chosen.seed)
    return print_counted(chosen)


def print_corrected(studies: int, seed: int) -> int:
    print(f"Coverage of 95% intervals with label errors, 2 outlets, {studies} studies a cell")
    print(f"(reach: {LOW}; * misses it; items coded in all, of both outlets)")
    print(
        f"{'errors':<16}{'documents':>9} {'share':>6} {'coded':>6} {'counted':>8} {'corrected':>10}"
    )
    missed = 0
    for cell in miscoded_cells():
        found = corrected_coverage(cell, studies=studies, seed=seed)
        missed += found.corrected < LOW
        mark = " " if found.corrected >= LOW else "*"
        print(
            f"{cell.errors:<16}{cell.documents:>9} {cell.share:>6} {cell.coded:>6} "
            f"{found.counted:>8.3f} {found.corrected:>9.3f}{mark}({found.known:.3f})",
            flush=True,
        )
    cells = len(list(miscoded_cells()))
    print(f"{cells - missed} of {cells} cells within reach, {len(CODED)} sizes of sheet")
    return 1 if missed else 0


def print_counted(chosen: argparse.Namespace) -> int:
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
