"""Check which room includes which: lines of the engine, doors to libraries, ways in Python.

Run ``python tools/check_layers.py [ROOT]``; prints each breach and ends with 1 if there is one.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
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
    "token_pattern": "tokens",
    "word_class": "language",
    "word_endings": "language",
    "word_table": "language",
    "zone_words": "language",
}

# Modules of the package in the order of imports; those of one line do not import each other.
PYTHON_LINES = (
    ("_core",),
    (
        *(
            "_blinding",
            "_cells",
            "_days",
            "_locking",
            "_regular_files",
            "_spans",
            "_strict_json",
            "_wrapping",
        ),
        *("_writing",),
    ),
    ("_own_language",),
    ("_label_rules", "languages", "lexicons", "records", "characters", "titles"),
    ("inputs",),
    ("results", "plots", "_progress", "misread"),
    ("corpus",),
    ("reading",),
    ("_voices", "_dated", "_unlabelled", "_coded", "_shrinkage", "duplicates", "_units"),
    ("_furniture", "_agreement", "_pooled_errors"),
    ("_groups", "_saving", "neighbours", "discrepancies", "variants"),
    ("_learning", "_rates", "_verdicts", "alike", "kwic"),
    ("_counting", "_likeness"),
    ("_text_options", "_count_weights", "_smart"),
    ("count_vectorizer", "hashing_vectorizer", "tfidf_transformer"),
    ("tfidf_vectorizer", "weight_transformer", "bm25_transformer", "events"),
    ("_contrasting", "shifts"),
    ("_contrasts",),
    ("actors", "demo", "similarity", "keyness", "quotes", "namings", "facts"),
    ("scores",),
    ("comparing", "passages", "coding"),
    ("corrections", "_omnibus"),
    ("framing", "distancing", "explaining"),
    ("show",),
    ("report", "tables"),
    ("cli",),
)
# Methods that hand their object on to a later module, which they import when called.
PYTHON_FORWARD = {
    ("corpus", "show"),
    ("corpus", "events"),
    ("corpus", "explaining"),
    ("corpus", "duplicates"),
}

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


def imported_modules(source: str, depth: int = 0, package: str = "framelens") -> Iterator[str]:
    """Yield the modules of the package that a source imports at run time, at any depth.

    What a source so many directories below the package imports from beside it is left out.
    """
    tree = ast.parse(source)
    for_types = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in for_types:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith(package + "."):
                    yield alias.name.split(".")[1]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if 0 < node.level <= depth:
                continue
            if node.level == 0 and module != package and not module.startswith(package + "."):
                continue
            rest = module if node.level else module.removeprefix(package).lstrip(".")
            if rest:
                yield rest.split(".")[0]
            else:
                yield from (alias.name for alias in node.names)


def python_breaches(root: Path) -> Iterator[str]:
    """Yield the imports in the package that go the wrong way."""
    number = line_numbers(PYTHON_LINES)
    package = root / "python" / "framelens"
    for path in sorted(package.rglob("*.py")):
        # Of a module that is a package itself, each file counts as the module.
        inside = path.relative_to(package)
        module = inside.with_suffix("").parts[0]
        name = path.relative_to(root).as_posix()
        if module.startswith("__"):
            continue
        if module not in number:
            yield f"{name}: belongs to no line"
            continue
        depth = len(inside.parts) - 1
        for other in imported_modules(path.read_text(encoding="utf-8"), depth):
            if other not in number or (module, other) in PYTHON_FORWARD:
                continue
            if number[other] >= number[module]:
                yield f"{name}: imports {other}, which is not above it"


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
