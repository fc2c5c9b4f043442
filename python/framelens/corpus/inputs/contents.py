"""The bytes of a file, unpacked within bounds, and their text."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zlib
from zipfile import BadZipFile, ZipFile

from framelens.base.regular_files import check_regular

from .run import DamagedError, Run

# So much is read or decoded at a time, so that an interrupt is heard in between.
_PIECE = 1 << 26
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST = frozenset(mark[:1] for mark, _ in _MARKS)


def data_of_file(
    path: str | os.PathLike[str], name: str, run: Run, *, known: bool = False
) -> bytes:
    """Return the bytes of a file; those inside it, if it is packed by gzip.

    With `known`, the caller has seen that it is a regular file.

    Raises
    ------
    ValueError
        It is no regular file or holds more than is allowed. The message has `name`.
    DamagedError
        It cannot be unpacked.
    """
    if not known:
        check_regular(path)
    with open(path, "rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        packed = name.lower().endswith(".gz")
        if packed:
            run.check(size, name)
        else:
            run.take(size, name)
        large = size > _PIECE
        data = b"".join(iter(lambda: file.read(_PIECE), b"")) if large else file.readall()
    return _unzipped(data, name, run) if packed else data


def data_in_zip(archive: ZipFile, member: str, name: str, run: Run) -> bytes:
    """Return the bytes of a file in a zip file, as `data_of_file` does."""
    run.take(archive.getinfo(member).file_size, name)
    try:
        with archive.open(member) as file:
            data = b"".join(iter(lambda: file.read(_PIECE), b""))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise DamagedError(name, error) from None
    return _unzipped(data, name, run) if name.lower().endswith(".gz") else data


def _unzipped(data: bytes, name: str, run: Run) -> bytes:
    pieces = []
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while piece := file.read(_PIECE):
                run.take(len(piece), name)
                pieces.append(piece)
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedError(name, error) from None
    return b"".join(pieces)


def check_encoding(encoding: str | None) -> None:
    """Refuse a name that is of no encoding of text."""
    if encoding is not None and not is_encoding(encoding):
        raise ValueError(
            f"encoding is the name of a text encoding such as 'cp1252', not {encoding!r}"
        )


def is_encoding(name: object) -> bool:
    """Tell whether a name is that of an encoding of text; "hex" is one of bytes."""
    try:
        b" ".decode(name)  # type: ignore[arg-type]
    except UnicodeDecodeError:
        return True
    except (LookupError, TypeError, ValueError):
        return False
    return True


def encoding_of(data: bytes, run: Run) -> tuple[str, int]:
    """Return the encoding of a file and the length of its byte order mark.

    A mark tells it for sure, so it wins over the caller's choice; without both it is UTF-8.
    """
    for mark, encoding in _MARKS if data[:1] in _FIRST else ():
        if data.startswith(mark):
            return encoding, len(mark)
    return run.encoding or "utf-8", 0


def is_wide(encoding: str) -> bool:
    """Tell whether the ends of lines are no single bytes in an encoding."""
    return codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))


def text_of(data: bytes, name: str, run: Run) -> str | None:
    """Return the text of a file; None if it is not in its encoding and to be passed over."""
    encoding, mark = encoding_of(data, run)
    try:
        return decoded(data, mark, encoding, run.errors)
    except UnicodeDecodeError as error:
        run.bad_bytes(f"{name}: {misfit(error, data, encoding)}", run.documents, error.start)
        return None


def decoded(data: bytes, start: int, encoding: str, errors: str) -> str:
    """Decode all from `start` on; offsets of errors count from the beginning of `data`."""
    try:
        if len(data) <= _PIECE:
            return data[start:].decode(encoding, errors)
        decoder = codecs.getincrementaldecoder(encoding)(errors)
        view = memoryview(data)
        places = range(start, len(data), _PIECE)
        return "".join(decoder.decode(view[at : at + _PIECE]) for at in places) + decoder.decode(
            b"", True
        )
    except UnicodeDecodeError:
        pass
    try:
        return data[start:].decode(encoding, errors)
    except UnicodeDecodeError as error:
        error.start += start
        raise


def misfit(error: UnicodeDecodeError, data: bytes, encoding: str) -> str:
    """Say which byte is not in the encoding, and where it stands."""
    label = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    return f"not {label} (byte 0x{data[error.start]:02X} at byte {error.start})"
