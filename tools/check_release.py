"""Check that a tag, the package, the citation and the changelog name one version.

Run ``python tools/check_release.py TAG``; prints each difference and ends with 1 if there is one.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path


def differences(root: Path, tag: str) -> Iterator[str]:
    """Yield where another version stands than in pyproject.toml."""
    pyproject = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    version = pyproject["project"]["version"]
    if tag != f"v{version}":
        yield f"the tag is {tag}, not v{version}"
    citation = (root / "CITATION.cff").read_text(encoding="utf-8")
    if f"\nversion: {version}\n" not in citation:
        yield f"CITATION.cff is not of version {version}"
    headings = re.findall(r"^## (\S+)", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    if headings[:1] != [version]:
        yield f"the first heading of CHANGELOG.md is {headings[:1]}, not {version}"


def main(arguments: list[str]) -> int:
    """Print the differences of the tree; return 1 if there is one."""
    root = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).resolve().parent.parent
    found = list(differences(root, arguments[0]))
    for difference in found:
        print(difference)
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
