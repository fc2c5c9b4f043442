"""The files of a folder, of the folders in it, and of those that links lead to."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from .archives import found_in_zip
from .places import KINDS, MANIFEST, PAGES, READ, ZIP, Found, counted, kind_of
from .run import Run


def found_in_folder(folder: Path, run: Run) -> list[Found]:
    """Return the files of a folder and of the folders in it, in the order of their paths.

    Linked folders are read too, each folder once. What is not read is noted.

    Raises
    ------
    ValueError
        There are files, but none to read; or a link to a file outside.
    """
    walk = _Walk(folder)
    walk.read()
    files = sorted(walk.files, key=lambda file: file.name.split("/"))
    files = [file for file in files if not _belongs_to_page(file.name, walk.pages)]
    if walk.passed_over and not files:
        raise ValueError(
            f"{folder} holds nothing to read: {counted(walk.passed_over)}; it reads {READ}"
        )
    if walk.passed_over:
        run.notes.append(f"passed over {counted(walk.passed_over)}; it reads {READ}")
    elif not files:
        run.notes.append(f"{folder} is empty: no document is read")
    return [
        member
        for file in files
        for member in (found_in_zip(file, run) if file.kind == ZIP else (file,))
    ]


@dataclass
class _Walk:
    """The files below a folder; `passed_over` has name and kind of those that are not read."""

    root: Path
    files: list[Found] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    passed_over: list[tuple[str, str]] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _roots: list[str] = field(default_factory=list)
    _links: list[tuple[str, str]] = field(default_factory=list)

    def read(self) -> None:
        # Folders come before the links to them, so that each keeps its own name.
        self._below(str(self.root), "")
        to_files = []
        while self._links:
            links, self._links = sorted(self._links), []
            for path, name in links:
                if os.path.isdir(path):
                    self._linked_folder(path, name)
                else:
                    to_files.append((path, name))
        if to_files:
            read = {os.path.realpath(file.path) for file in self.files}
            for path, name in to_files:
                self._linked_file(path, name, read)

    def _below(self, folder: str, prefix: str) -> None:
        self._roots.append(os.path.realpath(folder))
        waiting = [(folder, prefix)]
        while waiting:
            path, before = waiting.pop()
            if not self._is_new(path):
                continue
            with os.scandir(path) as entries:
                for entry in entries:
                    name = before + entry.name
                    if entry.name.startswith("."):
                        continue
                    if entry.is_symlink():
                        self._links.append((entry.path, name))
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{name}/"))
                    else:
                        self._file(entry.path, name, entry.is_file(follow_symlinks=False))

    def _is_new(self, folder: str) -> bool:
        status = os.stat(folder)
        key = (status.st_dev, status.st_ino)
        new = key not in self._seen
        self._seen.add(key)
        return new

    def _linked_folder(self, path: str, name: str) -> None:
        target = os.path.realpath(path)
        status = os.stat(target)
        loop = Path(os.path.realpath(os.path.dirname(path))).is_relative_to(target)
        if loop or (status.st_dev, status.st_ino) in self._seen:
            self.passed_over.append((name, "link to a folder that is read anyway"))
        else:
            self._below(path, f"{name}/")

    def _linked_file(self, path: str, name: str, read: set[str]) -> None:
        target = Path(os.path.realpath(path))
        if kind_of(name.rpartition("/")[2])[1] not in (*KINDS, ZIP):
            self._file(path, name, True)
        elif not target.exists():
            self.passed_over.append((name, "link to what is not there"))
        elif not any(target.is_relative_to(root) for root in self._roots):
            raise ValueError(
                f"{name} is a link that leaves {self.root.name}; put the file itself there"
            )
        elif str(target) in read:
            self.passed_over.append((name, "link to a file that is read anyway"))
        else:
            self._file(path, name, target.is_file())

    def _file(self, path: str, name: str, regular: bool) -> None:
        base = name.rpartition("/")[2]
        stem, kind = kind_of(base)
        if not regular:
            self.passed_over.append((name, "pipe, socket or device"))
        elif base == MANIFEST:
            self.passed_over.append((name, f"{MANIFEST} of a subfolder"))
        elif kind not in KINDS and kind != ZIP:
            self.passed_over.append((name, kind or "without a suffix"))
        else:
            outlet, inside, _ = name.partition("/")
            self.files.append(Found(name, kind, stem, path, outlet if inside else None, True))
            if kind in PAGES:
                self.pages.add(name[: -len(kind)])


def _belongs_to_page(name: str, pages: set[str]) -> bool:
    # Browsers save what a page shows in a folder beside it: "story.html" and "story_files".
    if "_files/" not in name:
        return False
    parts = name.split("/")
    folders = ("/".join(parts[:depth]) for depth in range(1, len(parts)))
    return any(
        folder.endswith("_files") and folder[: -len("_files")] in pages for folder in folders
    )
