"""A file to read, its kind, id and source; and what the caller means by a path."""

from __future__ import annotations

import errno
import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from framelens.base.regular_files import check_regular
from framelens.corpus.characters import composed
from framelens.corpus.records import listed

from .contents import data_in_zip, data_of_file
from .run import Run

PAGES = (".html", ".htm")
TABLES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".xlsx")
KINDS = (".txt", *PAGES, *TABLES)
ZIP = ".zip"
READ = f"{', '.join(KINDS)}, each also packed as .gz, and {ZIP}"
MANIFEST = "manifest.json"

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_AS_ROW = "give a text as fl.read([{'text': ..., 'source': ...}])"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    `name` is its path within the folder, and `kind` its suffix without that of the packing.
    `outlet` is the folder it lies in, if any: its source.
    `regular` tells that whoever found it has seen that it is no pipe or device.
    """

    name: str
    kind: str
    stem: str
    path: str
    outlet: str | None = None
    regular: bool = False
    archive: ZipFile | None = None
    member: str = ""

    @property
    def source(self) -> str:
        """The source of a file that does not say it: its folder, else its name up to a ``_``."""
        return self.outlet or self.stem.split("_", 1)[0]

    def data(self, run: Run) -> bytes:
        """Return its bytes, unpacked."""
        if self.archive is not None:
            return data_in_zip(self.archive, self.member, self.name, run)
        return data_of_file(self.path, self.name, run, known=self.regular)


def path_of(given: str | os.PathLike[str]) -> Path:
    """Return what the caller means by a path.

    Raises
    ------
    ValueError
        It is empty, a URL, or a text rather than a path.
    FileNotFoundError
        Nothing is there.
    """
    text = os.fsdecode(given)
    if not text.strip():
        raise ValueError("the path is empty; '.' is the folder that the program runs in")
    if _URL.match(text):
        raise ValueError(f"{text[:80]} is a URL; download what it holds and give the file's path")
    if "\n" in text or "\0" in text:
        raise ValueError(f"{text[:40]!r}... is a text, not a path; {_AS_ROW}")
    try:
        path = Path(text).expanduser()
        if path.exists():
            return path
    except RuntimeError as error:
        raise ValueError(f"{text}: {error}; write the path in full") from None
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise ValueError(f"{text[:40]!r}... is a text, not a path; {_AS_ROW}") from None
    if path.is_symlink():
        raise FileNotFoundError(f"{path} is a link to what is not there")
    if " " in text:
        raise FileNotFoundError(f"no such file or folder: {text[:200]}; {_AS_ROW}")
    raise FileNotFoundError(f"no such file or folder: {path}")


def kind_of(name: str) -> tuple[str, str]:
    """Return stem and kind of a file: ("a", ".csv") of "a.csv.gz"."""
    packed = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    stem, dot, suffix = packed.rpartition(".")
    return (stem, f".{suffix.lower()}") if dot and stem else (packed, "")


def found_file(path: Path) -> Found:
    """Return a file that the caller names."""
    check_regular(path)
    stem, kind = kind_of(path.name)
    if kind not in KINDS and kind != ZIP:
        raise ValueError(
            f"{path.name}: reads {READ} files and folders of them; save it as one of these"
        )
    return Found(path.name, kind, stem, str(path))


def counted(passed_over: list[tuple[str, str]]) -> str:
    """Say how many of each kind were passed over, and which; pairs of name and kind."""
    kinds = Counter(kind for _, kind in passed_over)
    counts = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    return f"{counts} ({listed(sorted(name for name, _ in passed_over))})"


def ids_of(files: list[Found]) -> list[str]:
    """Return an id for each file: its name without the suffix.

    Where two files of any folder share one, all ids are the paths within the folder; those have the
    suffix only where two files differ by it alone.
    """
    stems = [file.stem for file in files]
    if _all_differ(stems):
        return stems
    paths = [file.name[: file.name.rfind("/") + 1] + file.stem for file in files]
    return paths if _all_differ(paths) else [file.name for file in files]


def _all_differ(names: list[str]) -> bool:
    return len(set(map(composed, names))) == len(names)
