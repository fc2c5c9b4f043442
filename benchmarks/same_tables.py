"""Hash every table of every public call, and list what differs from an earlier run.

    python benchmarks/same_tables.py --write /tmp/before.json.gz      # before the change
    python benchmarks/same_tables.py --against /tmp/before.json.gz    # after it

A line a table: corpus, table, rows, hash with one thread, hash with two. DIFFERS marks a table that
depends on the number of threads. `--against` counts the rows that left, came and changed and prints
the first of them, for reading: what it prints, and what `--write` keeps, holds text of articles.

Results are taken apart by their public attributes. A new call or method belongs in CALLS, METHODS
or NO_TABLE of `table_calls.py`; `uncovered` lists those in none, and a test wants it empty.
The shared data is looked for in FRAMELENS_SHARED, else beside the tree; what is missing is said.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import json
import pkgutil
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import issparse
from table_calls import CALLS, CORPORA, FILES, METHODS, NO_TABLE, Ask, few

import framelens as fl
from framelens._core import Annotations
from framelens.base.results import Result
from framelens.speech.variants import ShownVariants

THREADS = (1, 2)
KEYS = (
    "term", "target", "object", "voice", "part", "source", "utterance", "doc", "start", "source_a",
    "doc_a", "source_b", "doc_b", "a", "b", "candidate", "kind", "quantity", "name",
)  # fmt: skip

OPENED = (Result, fl.Corpus, Annotations, ShownVariants)  # what is taken apart
Table = dict[str, Any]  # rows, hash, and where rows have a key, the cells by column
GONE: Table = {"rows": 0, "hash": "-" * 12, "cells": {}}


def public(kind: type) -> list[str]:
    """Name what anybody may ask of a result."""
    fields = getattr(kind, "__dataclass_fields__", ())
    return sorted(name for name in {*dir(kind), *fields} if not name.startswith("_"))


def parts(name: str, value: Any, ask: Ask) -> Iterator[tuple[str, pd.DataFrame]]:
    """Take a result apart into tables: its attributes, and what its methods return."""
    if isinstance(value, OPENED):
        single = {}  # words and numbers beside the tables
        for member in public(type(value)):
            method = METHODS.get((type(value).__name__, member))
            if method is not None:
                yield from asked(f"{name}.{member}", partial(method, value, ask), ask)
            elif member not in NO_TABLE:
                found = getattr(value, member)
                if isinstance(found, str | float | int | None):
                    single[member] = found
                else:
                    yield from parts(f"{name}.{member}", found, ask)
        if single:
            yield name, pd.DataFrame({"name": list(single), "value": list(single.values())})
    elif isinstance(value, dict):
        for part in value:
            yield from parts(f"{name} {part}", value[part], ask)
    elif issparse(value):
        entries = value.tocoo()
        yield name, pd.DataFrame({"row": entries.row, "col": entries.col, "value": entries.data})
    elif isinstance(value, pd.DataFrame | pd.Series):
        index = isinstance(value.index, pd.RangeIndex)
        yield name, pd.DataFrame(value) if index else pd.DataFrame(value).reset_index()
    elif isinstance(value, np.ndarray) and value.ndim == 2:
        yield name, pd.DataFrame(value)
    else:
        many = isinstance(value, list | tuple | np.ndarray)
        yield name, pd.DataFrame({"value": list(value) if many else [value]})


def asked(name: str, call: Callable[[], Any], ask: Ask) -> Iterator[tuple[str, pd.DataFrame]]:
    """Return the tables of a call; a refusal is one, too."""
    try:
        value = call()
    except ValueError as error:
        yield f"{name}, refused", pd.DataFrame({"value": [str(error)]})
    else:
        yield from parts(name, value, ask)


def digest(frame: pd.DataFrame) -> Table:
    """Hash every value of a table, to its last digit; keep the cells where rows have a key."""
    cells = {str(name): json.dumps(frame[name].tolist(), default=repr) for name in frame}
    kinds = [str(kind) for kind in frame.dtypes]
    hashed = hashlib.sha256(json.dumps([cells, kinds]).encode()).hexdigest()[:12]
    kept = cells if {"doc", "doc_a", "term", "source", "source_a", "a"} & set(cells) else {}
    return {"rows": len(frame), "hash": hashed, "cells": kept}


def call_of(table: str) -> str:
    """Return the public name that a table's name begins with."""
    return table.split(".")[0].split()[0].rstrip(",")


def hashes(corpus_name: str, n_jobs: int, only: Sequence[str]) -> dict[str, Table] | str:
    """Hash the tables of a corpus, of the calls named only; a string says what is missing."""
    warnings.simplefilter("ignore")
    read, language, targets = CORPORA[corpus_name]
    try:
        data = read()
        corpus = fl.demo() if data is None else fl.read(data, language=language, n_jobs=n_jobs)
    except FileNotFoundError as error:
        return f"no {error.filename} (set FRAMELENS_SHARED)"
    ask = (corpus, targets, n_jobs)
    calls = CALLS | (FILES if few(corpus) else {})
    wanted = {name: call for name, call in calls.items() if not only or call_of(name) in only}
    tables = (asked(name, partial(call, *ask), ask) for name, call in wanted.items())
    return {name: digest(frame) for some in tables for name, frame in some}


def keyed(table: Table, names: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the rows of a table by their keys, of which equal ones are numbered."""
    seen: Counter[tuple[Any, ...]] = Counter()
    cells = {name: json.loads(table["cells"][name]) for name in names}
    rows = {}
    for values in zip(*cells.values(), strict=True):
        row = dict(zip(cells, values, strict=True))
        key = tuple(str(row[name]) for name in KEYS if name in row)
        seen[key] += 1
        rows[*key, seen[key]] = row
    return rows


def differences(old: Table, new: Table, shown: int) -> Iterator[str]:
    """Say which columns and how many rows differ, and how the first of them do."""
    names = [name for name in new["cells"] if name in old["cells"]]
    for sign, one, other in (("-", old, new), ("+", new, old)):
        if lone := [name for name in one["cells"] if name not in other["cells"]]:
            yield f"{sign} columns {', '.join(lone)}"
    before, now = keyed(old, names), keyed(new, names)
    left = [row for key, row in before.items() if key not in now]
    came = [row for key, row in now.items() if key not in before]
    pairs = [(before[key], row) for key, row in now.items() if key in before]
    # As text, since a missing number equals no other.
    changed = [pair for pair in pairs if str(pair[0]) != str(pair[1])]
    if names:
        yield f"{len(left)} rows left, {len(came)} came, {len(changed)} changed"
    for sign, rows in (("-", left), ("+", came)):
        for row in rows[:shown]:
            yield f"{sign} " + " | ".join(f"{name}={cell}" for name, cell in row.items())[:400]
    for was, row in changed[:shown]:
        key = " | ".join(f"{name}={row[name]}" for name in KEYS if name in row)
        cells = [f"{n}: {was[n]!r} -> {row[n]!r}" for n in names if str(was[n]) != str(row[n])]
        yield f"* {key} | {'; '.join(cells)}"[:600]


def uncovered() -> list[str]:
    """Name the public calls and methods that no table comes from and NO_TABLE does not list."""
    for module in pkgutil.walk_packages(fl.__path__, "framelens."):
        if module.name != "framelens.__main__":
            importlib.import_module(module.name)
    covered = {call_of(name) for name in CALLS | FILES} | NO_TABLE
    calls = [name for name in fl.__all__ if name not in covered]
    methods = [
        f"{kind.__name__}.{name}"
        for kind in (*OPENED, *Result.__subclasses__())
        for name in public(kind)
        if callable(getattr(kind, name, None))
        and name not in NO_TABLE
        and (kind.__name__, name) not in METHODS
    ]
    return [*calls, *methods]


def report(corpus_name: str, runs: Sequence[dict[str, Table]], known: Any, shown: int) -> int:
    """Print a line a table, and how it differs from the one known; return how many differ."""
    differing = 0
    for name in dict.fromkeys([*runs[0], *runs[1], *known]):
        one, two = (run.get(name, GONE) for run in runs)
        old = known.get(name, GONE) if known else one
        threads = "" if one["hash"] == two["hash"] else "  DIFFERS by threads"
        line = f"{corpus_name:<13}{name:<40}{one['rows']:>8} {one['hash']} {two['hash']}{threads}"
        print(line, flush=True)
        if old["hash"] != one["hash"]:
            print(f"    was {old['rows']} rows, {old['hash']}")
            for line in differences(old, one, shown):
                print(f"    {line}")
        differing += bool(threads) or old["hash"] != one["hash"]
    return differing


def main(arguments: Sequence[str] | None = None) -> int:
    """Hash the tables of every corpus; return 1 if threads or an earlier run differ."""
    parser = argparse.ArgumentParser(description="Hash every table of every public call.")
    parser.add_argument("--corpus", nargs="*", default=list(CORPORA), choices=list(CORPORA))
    parser.add_argument("--calls", nargs="*", default=[], help="only these public names")
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--against", type=Path, metavar="FILE")
    parser.add_argument("--rows", type=int, default=5, help="differing rows that are printed")
    options = parser.parse_args(arguments)
    for name in uncovered():
        print(f"not covered: {name}")
    earlier = json.loads(gzip.decompress(options.against.read_bytes())) if options.against else {}
    kept: dict[str, dict[str, Table]] = {}
    differing = 0
    with ProcessPoolExecutor(len(THREADS)) as pool:
        runs = {
            c: [pool.submit(hashes, c, n, options.calls) for n in THREADS] for c in options.corpus
        }
        for corpus_name, run in runs.items():
            one, two = (part.result() for part in run)
            if isinstance(one, str) or isinstance(two, str):
                print(f"{corpus_name}: left out, {one}")
                continue
            kept[corpus_name] = one
            known = {
                name: table
                for name, table in earlier.get(corpus_name, {}).items()
                if not options.calls or call_of(name) in options.calls
            }
            differing += report(corpus_name, (one, two), known, options.rows)
    if options.write:
        options.write.write_bytes(gzip.compress(json.dumps(kept).encode(), mtime=0))
    print(f"{differing} tables differ")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
