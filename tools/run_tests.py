"""Run every kind of test and close with one line for each.

Run ``python tools/run_tests.py [--preset NAME] [PART ...]``; ends with 1 if a part failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build" / "test-results"
BIN = Path(sys.executable).parent

# More than cores, since some take far longer than others.
SHARES = 8

# Tests that have a part, and so a closing line, of their own.
README = ["tests/python/test_readme.py"]
NOTEBOOK = ["tests/python/test_notebook.py"]

# The compiler by the name that pip uses: ccache knows by it what pip has compiled already.
COMPILER = {"CXX": (sysconfig.get_config_var("CXX") or "c++").split()[0]}


def run(*command: str | Path) -> bool:
    """Run a command in the root of the tree; return whether it succeeded."""
    sys.stdout.flush()
    environment = COMPILER | os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    return (
        subprocess.run([str(part) for part in command], cwd=ROOT, env=environment).returncode == 0
    )


def closing_line(name: str, *results: Path) -> tuple[str, bool]:
    """Count JUnit files; a part that left one out or ran nothing has failed."""
    if not all(result.exists() for result in results):
        return f"{name}: 0 passed, 1 failed", False
    cases = [case for path in results for case in ElementTree.parse(path).iter("testcase")]
    skipped = sum(case.find("skipped") is not None for case in cases)
    failed = sum(
        case.find("failure") is not None or case.find("error") is not None for case in cases
    )
    passed = len(cases) - skipped - failed
    line = f"{name}: {passed} passed, {failed} failed"
    return line + (f", {skipped} skipped" if skipped else ""), failed == 0 and passed > 0


def ctest(preset: str, name: str = "ctest") -> tuple[str, bool]:
    """Build a preset and run its C++ tests."""
    result = RESULTS / f"{name}-{preset}.xml"
    result.unlink(missing_ok=True)
    python = f"-DPython_EXECUTABLE={sys.executable}"
    succeeded = (
        run(BIN / "cmake", "--preset", preset, "--log-level=WARNING", python)
        and run(BIN / "cmake", "--build", "--preset", preset)
        and run(
            *(BIN / "ctest", "--preset", preset, "-j", str(os.cpu_count()), "--progress"),
            *("--no-tests=error", "--output-junit", result),
        )
    )
    line, counted = closing_line(name, result)
    return line, succeeded and counted


def pytest(name: str, *arguments: str) -> tuple[str, bool]:
    """Run pytest with the arguments."""
    result = RESULTS / f"{name}.xml"
    result.unlink(missing_ok=True)
    succeeded = run(BIN / "pytest", "-q", f"--junit-xml={result}", *arguments)
    line, counted = closing_line(name, result)
    return line, succeeded and counted


def pytest_on_all_cores(name: str, files: list[Path]) -> tuple[str, bool]:
    """Run pytest on shares of the files, one on each core; each prints when it is done."""
    results = [RESULTS / f"{name}-{i}.xml" for i in range(min(SHARES, len(files)))]

    def run_share(i: int) -> bool:
        results[i].unlink(missing_ok=True)
        # What one process leaves in this folder would be seen by another.
        flags = ["-q", "-p", "no:cacheprovider", f"--junit-xml={results[i]}"]
        command = [str(BIN / "pytest"), *flags, *map(str, files[i::SHARES])]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        print(done.stdout, done.stderr, sep="", flush=True)
        return done.returncode == 0

    with ThreadPoolExecutor(os.cpu_count()) as cores:
        succeeded = all(list(cores.map(run_share, range(len(results)))))
    line, counted = closing_line(name, *results)
    return line, succeeded and counted


def layers() -> tuple[str, bool]:
    """Run the layer check."""
    succeeded = run(sys.executable, ROOT / "tools" / "check_layers.py")
    return f"layers: {int(succeeded)} passed, {int(not succeeded)} failed", succeeded


def main() -> int:
    """Run the parts that are asked for, all but the wheels by default."""
    apart = {ROOT / path for path in README + NOTEBOOK}
    files = sorted(path for path in ROOT.glob("tests/python/test_*.py") if path not in apart)
    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", default="tests", help="CMake preset of the C++ tests")
    preset = parser.parse_known_args()[0].preset
    parts = {
        "ctest": lambda: ctest(preset),
        "pytest": lambda: pytest_on_all_cores("pytest", files),
        "doctest": lambda: pytest("doctest", "--doctest-modules", "--pyargs", "framelens"),
        "readme": lambda: pytest("readme", *README),
        "notebook": lambda: pytest("notebook", *NOTEBOOK),
        "layers": layers,
    }
    # Only when asked for: wheels must have been built.
    further = {"wheel": lambda: pytest("wheel", "tests/wheel")}
    parser.add_argument("part", nargs="*", choices=[[], *parts, *further])
    chosen = parser.parse_args().part or list(parts)
    parts |= further
    RESULTS.mkdir(parents=True, exist_ok=True)
    outcomes = [parts[part]() for part in chosen]
    print()
    for line, _ in outcomes:
        print(line)
    return 0 if all(succeeded for _, succeeded in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
