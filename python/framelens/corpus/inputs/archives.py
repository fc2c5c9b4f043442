"""The files in a zip file, as if it had been unpacked where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from .places import KINDS, MANIFEST, READ, Found, counted, kind_of
from .run import Run


def found_in_zip(file: Found, run: Run) -> list[Found]:
    """Return the files in a zip file, as if it had been unpacked where it lies."""
    try:
        archive = run.open.enter_context(ZipFile(file.path))
    except (BadZipFile, OSError) as error:
        run.bad(f"{file.name}: no zip file: {error}", "pack it anew")
        return []
    members = sorted(_members(archive), key=lambda name: PurePosixPath(name).parts)
    below = _common_folder(members)
    found, passed_over = [], []
    for member in members:
        inside = member.removeprefix(below)
        outlet, deeper, _ = inside.partition("/")
        stem, kind = kind_of(PurePosixPath(member).name)
        if kind not in KINDS or PurePosixPath(member).name == MANIFEST:
            passed_over.append((f"{file.name}/{member}", kind or "without a suffix"))
            continue
        found.append(
            replace(
                file, name=f"{file.name}/{inside}", kind=kind, stem=stem, archive=archive,
                member=member, outlet=file.outlet or (outlet if deeper else None),
            )
        )  # fmt: skip
    if passed_over and found:
        run.notes.append(f"passed over {counted(passed_over)}; it reads {READ}")
    elif not found:
        what = counted(passed_over) if passed_over else "it is empty"
        run.bad(f"{file.name} holds nothing to read: {what}", f"it reads {READ}")
    return found


def _members(archive: ZipFile) -> Iterator[str]:
    for info in archive.infolist():
        parts = PurePosixPath(info.filename).parts
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        if not info.is_dir() and not hidden:
            yield info.filename


def _common_folder(members: list[str]) -> str:
    # Whoever packs the folder "articles" does not mean that all is from a source of that name.
    common = ""
    while members:
        inside = [PurePosixPath(member.removeprefix(common)).parts for member in members]
        if any(len(parts) < 3 for parts in inside) or len({parts[0] for parts in inside}) > 1:
            break
        common += f"{inside[0][0]}/"
    return common
