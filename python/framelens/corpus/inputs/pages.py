"""The article of a web page: its text, its title and the date on which it was published."""

from __future__ import annotations

import re
from typing import Any

from framelens.corpus.records import Record

from .contents import decoded, encoding_of, is_encoding, misfit
from .page_dates import published
from .places import Found
from .run import Run

# A page states its encoding in its first bytes.
_HEAD = 4096
_STATED = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
# As browsers do: these names stand for Windows' own extension, which uses more bytes.
_WINDOWS = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii"}


def record_of_page(data: bytes, file: Found, id_: str, run: Run) -> Record | None:
    """Return the article of a page; None if there is none, and such pages are passed over."""
    try:
        import trafilatura
        from lxml import etree, html
    except ImportError as error:
        raise ImportError(
            f"{file.name}: HTML pages need trafilatura: pip install 'framelens[html]'"
        ) from error
    text = _text_of_page(data, file.name, run)
    if text is None:
        return None
    page: Any = None
    date = None
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        date = published(tree)
        page = trafilatura.bare_extraction(
            tree,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (etree.ParserError, ValueError):
        pass
    if page is None or not page.text:
        run.bad(f"{file.name}: no article found in the page", "remove the page from the folder")
        return None
    return Record(
        file.name, page.text, file.source, id_, page.title, date, column=f"pages of {file.source}"
    )


def _text_of_page(data: bytes, name: str, run: Run) -> str | None:
    # A page without a mark and without a statement is UTF-8, or of the time before.
    encoding, mark = encoding_of(data, run)
    stated = _STATED.search(data[:_HEAD])
    if mark == 0 and run.encoding is None:
        encoding = _known(stated[1].decode("ascii", "replace")) if stated else "utf-8"
    try:
        return decoded(data, mark, encoding, "strict")
    except UnicodeDecodeError as error:
        if stated is None and mark == 0 and run.encoding is None:
            return _of_windows(data)
        if encoding == "cp1252":
            return _of_windows(data)
        if run.errors == "strict":
            run.bad_bytes(f"{name}: {misfit(error, data, encoding)}", run.documents, error.start)
            return None
    return decoded(data, mark, encoding, "replace")


def _known(stated: str) -> str:
    name = stated.lower()
    if name in _WINDOWS:
        return "cp1252"
    if name.startswith("utf-16"):
        # What could be read in ASCII is not UTF-16.
        return "utf-8"
    return name if is_encoding(name) else "utf-8"


def _of_windows(data: bytes) -> str:
    # Five bytes that Windows leaves out are the control characters of their numbers in browsers.
    return "".join(
        piece.decode("cp1252") if index % 2 == 0 else piece.decode("latin-1")
        for index, piece in enumerate(re.split(rb"([\x81\x8d\x8f\x90\x9d])", data))
    )
