"""Check which room includes which: lines of the engine, doors to libraries, ways in Python.

Run ``python tools/check_layers.py [ROOT]``; prints each breach and ends with 1 if there is one.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

# Rooms of the engine in the order that text flows. A room includes rooms of earlier lines only.
ENGINE_LINES = (
    ("types", "error", "huge_pages"),
    ("kernels", "parallel", "phrases"),
    ("unicode", "language", "lexicon"),
    ("zones", "segment"),
    ("marks",),
    ("tokens",),
    ("vocabulary", "counts", "grammar"),
    ("weights", "resample"),
    ("similarity", "keyness", "names"),
    ("references",),
    ("quotes",),
    ("mentions", "distancing", "reuse", "facts"),
    ("annotations",),
    ("framing",),
    ("json_io",),
)
# Headers whose name does not begin with the name of their room.
ROOM_OF_HEADER = {
    "bits": "kernels",
    "reference_weights": "language",
    "speaker_weights": "language",
    "token_pattern": "tokens",
    "word_class": "language",
    "word_endings": "language",
    "word_table": "language",
    "zone_words": "language",
}

# Packages of framelens in the order of imports: a module imports its own package and earlier ones.
PYTHON_PACKAGES = (
    *("_core", "base", "plots", "corpus"),
    *("vectorize", "contrast", "labels", "speech", "facts", "face"),
)
# Methods of `Corpus` that hand it on to a later package, which they import when called.
PYTHON_FORWARD = {"contrast", "labels", "face"}

# The one place that may include a library: pattern of the header, and the files that may.
DOORS = (
    ("ICU", re.compile(r"^unicode/\w+\.h$"), re.compile(r"cpp/src/unicode/\w+\.(cpp|hpp)$")),
    ("nlohmann/json", re.compile(r"^nlohmann/"), re.compile(r"cpp/src/json_io/\w+\.(cpp|hpp)$")),
    ("pybind11", re.compile(r"^pybind11/"), re.compile(r"cpp/bindings/\w+\.(cpp|hpp)$")),
    ("Python", re.compile(r"^Python\.h$"), re.compile(r"cpp/bindings/\w+\.(cpp|hpp)$")),
    ("immintrin", re.compile(r"^\w*intrin\.h$"), re.compile(r"^cpp/kernels/machine\.hpp$")),
)

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def line_numbers(lines: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """Return the line number of each room."""
    return {room: number for number, rooms in enumerate(lines) for room in rooms}


def room_of_header(stem: str) -> str | None:
    """Return the room of a public header: ``unicode_words`` is a part of ``unicode``."""
    if stem in ROOM_OF_HEADER:
        return ROOM_OF_HEADER[stem]
    rooms = [room for line in ENGINE_LINES for room in line]
    parents = [room for room in rooms if stem == room or stem.startswith(room + "_")]
    return max(parents, key=len, default=None)


def room_of(path: Path, root: Path) -> str | None:
    """Return the room of a file: sources are in its folder, public headers begin with its name."""
    if path.is_relative_to(root / "cpp" / "include"):
        return room_of_header(path.stem)
    folder = path.parent.name
    return folder if any(folder in line for line in ENGINE_LINES) else None


def included_room(include: str, path: Path, root: Path) -> str | None:
    """Return the room of a header that a file includes; none for one of a library."""
    if include.startswith("framelens/"):
        return room_of_header(Path(include).stem) or include
    if include.startswith("kernels/"):
        return "kernels"
    # The other headers are private to a room, and included by their bare name.
    if (path.parent / include).exists() and Path(include).name == include:
        return room_of(path, root)
    return include if include.endswith(".hpp") and include.startswith(("src/", "../")) else None


def engine_breaches(root: Path) -> Iterator[str]:
    """Yield the includes in the engine that break the order or use another's door."""
    number = line_numbers(ENGINE_LINES)
    files = [path for path in sorted((root / "cpp").rglob("*")) if path.suffix in {".cpp", ".hpp"}]
    for path in files:
        name = path.relative_to(root).as_posix()
        includes = INCLUDE.findall(path.read_text(encoding="utf-8"))
        for library, header, door in DOORS:
            if any(header.match(include) for include in includes) and not door.search(name):
                yield f"{name}: includes {library}, which has another door"
        if "/bindings/" in name:
            continue
        room = room_of(path, root)
        if room is None:
            yield f"{name}: belongs to no room"
            continue
        for include in includes:
            other = included_room(include, path, root)
            if other is not None and other not in number:
                yield f"{name}: includes {include}, which belongs to no room, or to one alone"
            elif other not in {None, room} and number[other] >= number[room]:
                yield f"{name}: {room} includes {other}, which is not above it"


def imported_modules(source: str) -> Iterator[tuple[str, bool]]:
    """Yield the modules of the package that a source imports, and whether a function does.

    What is imported for types alone, or by a relative import, is left out.
    """
    tree = ast.parse(source)
    skipped = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for child in ast.walk(node)
    }
    late = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (
                (alias.name, node in late)
                for alias in node.names
                if alias.name.startswith("framelens.")
            )
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            module = node.module or ""
            if module == "framelens" or module.startswith("framelens."):
                yield from ((f"{module}.{alias.name}", node in late) for alias in node.names)


def python_breaches(root: Path) -> Iterator[str]:
    """Yield the imports in the package that go the wrong way, and the circles of modules."""
    number = {package: line for line, package in enumerate(PYTHON_PACKAGES)}
    folder = root / "python" / "framelens"
    modules = {
        ".".join(path.relative_to(folder).with_suffix("").parts): path
        for path in sorted(folder.rglob("*.py"))
    }
    arrows: dict[str, set[str]] = {}
    for module, path in modules.items():
        name = path.relative_to(root).as_posix()
        package = module.split(".")[0]
        if package.startswith("__"):
            continue
        if package not in number:
            yield f"{name}: belongs to no package"
            continue
        for imported, late in imported_modules(path.read_text(encoding="utf-8")):
            parts = imported.split(".")[1:]
            other = parts[0]
            forward = late and module == "corpus.corpus" and other in PYTHON_FORWARD
            if forward:
                continue
            if other in number and number[other] > number[package]:
                yield f"{name}: imports {other}, which is not above it"
            found = next((m for n in (3, 2, 1) if (m := ".".join(parts[:n])) in modules), None)
            if found and found != module:
                arrows.setdefault(module, set()).add(found)
    yield from (f"python/framelens: circle {' > '.join(circle)}" for circle in circles(arrows))


def circles(arrows: dict[str, set[str]]) -> Iterator[list[str]]:
    """Yield circles of modules that import each other, no two with a module in common."""
    left = {module: set(others) for module, others in arrows.items()}
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            # Each imports the one before it.
            *circle, _ = reversed(error.args[1])
            first = circle.index(min(circle))
            yield [*circle[first:], *circle[:first], circle[first]]
            left = {m: others.difference(circle) for m, others in left.items() if m not in circle}
        else:
            return


def main(arguments: list[str]) -> int:
    """Print the breaches of the tree; return 1 if there is one."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    breaches = [*engine_breaches(root), *python_breaches(root)]
    for breach in breaches:
        print(breach)
    print(f"layers: {len(breaches)} breaches" if breaches else "layers: in order")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
