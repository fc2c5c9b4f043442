"""What touching a header costs: CPU seconds of the objects that include it.

    python tools/header_costs.py BUILD_FOLDER [--least SECONDS] [--jobs N]

BUILD_FOLDER has a compile_commands.json and was built by Ninja, which knows what each object
includes. Every object is compiled anew, without a compiler cache, and its CPU seconds are counted
for each header of the tree that it includes. Prints the headers that cost `--least` and more.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def compilations(folder: Path) -> Iterator[tuple[str, list[str], Path]]:
    """Yield the source, the arguments and the folder of each compilation."""
    for entry in json.loads((folder / "compile_commands.json").read_text(encoding="utf-8")):
        words = shlex.split(entry["command"])
        if Path(words[0]).name == "ccache":
            words = words[1:]
        yield entry["file"], words, Path(entry["directory"])


def cost(words: Sequence[str], folder: Path) -> tuple[float, set[str]]:
    """Compile once, beside the build; return the CPU seconds and the headers of the tree."""
    kept = list(words)
    out = kept.index("-o")
    included = subprocess.run(
        [*kept[:out], *kept[out + 2 :], "-MM", "-MG"], cwd=folder, capture_output=True, text=True
    ).stdout
    with tempfile.TemporaryDirectory() as beside:
        kept[out + 1] = f"{beside}/out"
        process = subprocess.Popen(kept, cwd=folder, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"does not compile: {shlex.join(kept)}")
    paths = {(folder / name).resolve() for name in re.split(r"[\s\\]+", included) if "." in name}
    headers = {str(path.relative_to(ROOT)) for path in paths if path.is_relative_to(ROOT)}
    return used.ru_utime + used.ru_stime, {name for name in headers if name.endswith(".hpp")}


def main() -> int:
    """Print a line a header, dearest first."""
    parser = argparse.ArgumentParser(description="What touching a header costs.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=float, default=20.0)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    seconds: dict[str, float] = defaultdict(float)
    objects: dict[str, int] = defaultdict(int)
    jobs = list(compilations(options.folder))
    with ThreadPoolExecutor(options.jobs) as pool:
        costs = list(pool.map(lambda job: cost(job[1], job[2]), jobs))
    for spent, headers in costs:
        for header in headers:
            seconds[header] += spent
            objects[header] += 1
    total = sum(spent for spent, _ in costs)
    print(f"{len(costs)} objects, {total:.0f} CPU s")
    for header in sorted(seconds, key=lambda name: -seconds[name]):
        if seconds[header] >= options.least:
            print(f"{header:<52}{objects[header]:>5} objects {seconds[header]:>7.1f} CPU s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
