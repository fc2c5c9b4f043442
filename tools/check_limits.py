"""Check the lengths of files, and of functions in C++.

Run ``python tools/check_limits.py [ROOT]``; prints each breach and ends with 1 if there is one.
Functions are found by their form after clang-format: a body opens at the end of a line at the
level of namespaces or classes, and closes with a brace at the indent of its first line.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HEADER_LINES = 200
SOURCE_LINES = 400
MODULE_LINES = 40
FUNCTION_LINES = 50
PYTHON_LINES = 400  # docstrings, half of which are examples, are not counted

NOT_A_FUNCTION = re.compile(
    r"^\s*(namespace|class|struct|enum|union|TEST_CASE|SECTION|if|for|while|switch|do|else|try)\b"
)


def function_lengths(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield (first line, length) of each function body at the level of namespaces and classes."""
    for index, line in enumerate(lines):
        if not line.endswith("{") or "=" in line or NOT_A_FUNCTION.match(line):
            continue
        indent = len(line) - len(line.lstrip())
        # A signature of several lines is indented deeper than the one that it began on.
        start = index
        while start > 0 and ")" in line and "(" not in "".join(lines[start : index + 1]):
            start -= 1
        indent = min(indent, len(lines[start]) - len(lines[start].lstrip()))
        if indent > 4:
            continue
        close = " " * indent + "}"
        for end in range(index + 1, len(lines)):
            if lines[end].startswith(close):
                yield start + 1, end - start + 1
                break


def lines_of_python(source: str) -> int:
    """Return how many lines a module has beside its docstrings."""
    lines = len(source.splitlines())
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            lines -= (node.body[0].end_lineno or 0) - node.body[0].lineno + 1
    return lines


def breaches(root: Path) -> Iterator[str]:
    """Yield what is longer than allowed."""
    for path in sorted((root / "cpp").rglob("*.?pp")):
        lines = path.read_text(encoding="utf-8").splitlines()
        name = path.relative_to(root).as_posix()
        limit = HEADER_LINES if path.suffix == ".hpp" else SOURCE_LINES
        if path.name == "module.cpp":
            limit = MODULE_LINES
        if len(lines) > limit:
            yield f"{name}: {len(lines)} lines, at most {limit}"
        for start, length in function_lengths(lines):
            if length > FUNCTION_LINES:
                yield f"{name}:{start}: a function of {length} lines, at most {FUNCTION_LINES}"
    for path in sorted((root / "python").rglob("*.py")):
        length = lines_of_python(path.read_text(encoding="utf-8"))
        if length > PYTHON_LINES:
            name = path.relative_to(root).as_posix()
            yield f"{name}: {length} lines without docstrings, at most {PYTHON_LINES}"


def main(arguments: list[str]) -> int:
    """Print the breaches of the tree; return 1 if there is one."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    found = list(breaches(root))
    for breach in found:
        print(breach)
    print(f"limits: {len(found)} breaches" if found else "limits: kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
