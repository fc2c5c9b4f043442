"""Files that are written as a whole: the old one stays until the new one is complete."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

__all__ = ["check_output", "write_whole"]

Output = str | os.PathLike[str]


def check_output(path: Output, *, make_folders: bool = False) -> Path:
    """Return the file that `path` means, links followed, if it can be written.

    Parameters
    ----------
    path : path
        Where to write.
    make_folders : bool
        Whether folders that are missing will be made.

    Raises
    ------
    OSError
        A folder, a pipe or a device; a folder that is missing, or is none; a file or folder that
        this user may not write to; a name that the system does not take.
    """
    file = Path(os.path.realpath(path))
    if os.fspath(path).endswith(os.sep) or file.is_dir():
        raise _refusal(IsADirectoryError, errno.EISDIR, "a folder: name a file in it", path)
    folder = file.parent
    while make_folders and not os.path.lexists(folder):
        folder = folder.parent
    if not folder.exists():
        raise _refusal(FileNotFoundError, errno.ENOENT, "no such folder", folder)
    if not folder.is_dir():
        raise _refusal(NotADirectoryError, errno.ENOTDIR, "no folder", folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _refusal(PermissionError, errno.EACCES, "no permission to write there", folder)
    # A name that is too long, or a link that leads to itself, is the system's error here.
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(file.stat().st_mode):
            raise _refusal(OSError, errno.EINVAL, "no regular file", path)
        if not os.access(file, os.W_OK):
            raise _refusal(PermissionError, errno.EACCES, "no permission to replace it", path)
    return file


def write_whole(path: Output, content: str | bytes) -> None:
    """Write a file so that at any moment the old one is there, or the new one.

    A link stays, and what it leads to is replaced. A file that is replaced keeps its mode, owner
    and group, as far as this user may set them.

    Raises
    ------
    OSError
        As :func:`check_output`; a full disk. The old file is whole then, and nothing else is left.
    """
    file = check_output(path)
    part = file.with_name(f".framelens-{token_hex(8)}.part")
    try:
        old = file.stat() if file.exists() else None
        # Until it has the old file's mode, nobody else reads it.
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if old else 0o666)
        with open(opened, "wb") as stream:
            if old is not None:
                _like(old, opened)
            stream.write(content if isinstance(content, bytes) else content.encode("utf-8"))
            stream.flush()
            os.fsync(opened)
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _like(old: os.stat_result, opened: int) -> None:
    # Each as far as this user and the file system allow.
    for user, group in ((old.st_uid, -1), (-1, old.st_gid)):
        with suppress(OSError):
            os.fchown(opened, user, group)
    with suppress(OSError):
        os.fchmod(opened, stat.S_IMODE(old.st_mode))


def _refusal(kind: type[OSError], number: int, what: str, path: Output) -> OSError:
    return kind(number, what, os.fspath(path))
