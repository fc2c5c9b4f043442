"""Files that can be read to their end: no pipes, devices or sockets."""

from __future__ import annotations

import os
import stat

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def check_regular(path: str | os.PathLike[str]) -> bool:
    """Refuse what must not even be opened, since that can wait for ever or move a tape.

    Returns whether it is a file, not a folder.

    Raises
    ------
    ValueError
        It is a pipe, a socket or a device.
    FileNotFoundError
        There is no such path.
    """
    mode = os.stat(path).st_mode
    if stat.S_ISREG(mode):
        return True
    special = next((name for is_kind, name in _KINDS if is_kind(mode)), None)
    if special is not None:
        raise ValueError(
            f"{os.fspath(path)} is {special}, not a file; write what it gives to a file first"
        )
    return False
