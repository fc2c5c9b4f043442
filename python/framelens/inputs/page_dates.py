"""When the article of a web page was published: what the page states, or prints at its headline.

Never what its sentences or its footer say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from .date_forms import is_date

# Dates outside of these are none of articles; both ends are fixed, so that the day on which a page
# is read changes nothing.
_EARLIEST, _LATEST = "1800-01-01", "2200-01-01"
_NOT_PUBLISHED = re.compile(r"modif|updat|revis|copyright|expir", re.I)
_FURNITURE = {"aside", "nav", "footer", "form", "select", "button", "script", "style", "noscript",
              "template", "iframe", "figure", "svg"}  # fmt: skip
# At the start of a class or id: "has-comments" is a page's own.
_FURNITURE_CLASS = re.compile(
    r"(?:^|\s)(?:related|recommend|sidebar|comments?\b|promo|newsletter|most-?read|trending|copyright"
    r"|teaser|popular|advert|(?:(?:site|page|main|global)[-_]+)?footer)",
    re.I,
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    *("p", "div", "section", "article", "header", "main", "address", "blockquote", "figcaption"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "br", "hr"),
    *_HEADINGS,
}
_MARK = "\n"
_BETWEEN = re.compile(r"\s*(?:[|•·–—/]\s|\s[|•·–—]|\n)\s*")
# A line that is longer, or has more words besides its date, is a sentence.
_LONGEST_LINE = 100
_PARAGRAPH_WORDS = 12
_LINES_LOOKED_AT = 40
_UPDATED = re.compile(
    r"^\W*(?:last |latest )?(?:updated?|modified|revised|corrected|aktualisiert|actualizado"
    r"|mis à jour|aggiornato|bijgewerkt)\b",
    re.I,
)
_LABEL = re.compile(
    r"^\W*(?:(?:first |originally |date |last )?(?:published|posted|issued|publication date|date"
    r"|updated?|modified|released|filed|created|veröffentlicht|erschienen|stand|publicad[oa]"
    r"|actualizado|publié|mis à jour|pubblicato|aggiornato|gepubliceerd|bijgewerkt"
    r"|am|le|el|il|on|at)"
    r"(?: (?:on|at|am|le|el|il|op|the))?\b\s*:?\s*)+",
    re.I,
)
_BYLINE = re.compile(r"^\W*(?:by|von|por|par|di|door)\s", re.I)


def published(tree: Any) -> str | None:
    """Return the date of an article as its page writes it, or None."""
    return _stated(tree) or _marked(tree) or _printed(tree)


def _stated(tree: Any) -> str | None:
    # What the page says to machines, kept apart from all that people see.
    import htmldate
    from lxml import html

    page = html.document_fromstring("<html><head></head><body></body></html>")
    for element in tree.iter("meta", "link", "script"):
        names = " ".join(
            element.get(key, "") for key in ("name", "property", "itemprop", "http-equiv")
        )
        of_data = element.tag != "script" or "json" in element.get("type", "")
        if of_data and not _NOT_PUBLISHED.search(names) and not _is_furniture(element):
            copied = deepcopy(element)
            copied.tail = None
            page.head.append(copied)
    found: str | None = htmldate.find_date(
        page, extensive_search=False, original_date=True, min_date=_EARLIEST, max_date=_LATEST
    )
    return found


def _marked(tree: Any) -> str | None:
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        marked = "datePublished" in element.get("itemprop", "") or (
            element.tag == "time" and element.get("pubdate") is not None
        )
        if marked and not _is_furniture(element):
            date = element.get("datetime") or element.get("content") or _words(element)
            if is_date(date):
                return date
    return None


def _printed(tree: Any) -> str | None:
    """Return the date of a line between the headline and the first paragraphs."""
    updated = None
    paragraphs = 0
    for number, (line, in_heading) in enumerate(_lines_below_headline(tree)):
        if number >= _LINES_LOOKED_AT or paragraphs > 1:
            break
        if len(line.split()) > _PARAGRAPH_WORDS and len(line) > _LONGEST_LINE:
            paragraphs += 1
            continue
        if in_heading or len(line) > _LONGEST_LINE:
            continue
        for piece in (line, *_BETWEEN.split(line)):
            # Behind the first paragraph, a bare date can be a heading of what happened then.
            if paragraphs and not _LABEL.match(piece):
                continue
            date = _date_of_line(piece)
            if date is not None and not _UPDATED.match(piece):
                return date
            updated = updated or date
    return updated


def _date_of_line(piece: str) -> str | None:
    rest = _LABEL.sub("", piece)
    if is_date(rest):
        return rest
    if not _BYLINE.match(piece):
        return None
    # "By Ana Lund, Gazette, 4 March 2026": what follows one of the commas.
    places = [match.end() for match in re.finditer(r",\s|\s(?=\d)", piece)]
    ends = (_LABEL.sub("", piece[at:]) for at in places)
    return next((end for end in ends if is_date(end)), None)


def _lines_below_headline(tree: Any) -> Iterator[tuple[str, bool]]:
    headline = _headline(tree)
    if headline is None:
        return
    line, in_heading = "", False
    for text, heading in _texts_after(headline):
        if text != _MARK:
            line += text
            in_heading = in_heading or heading
            continue
        if line.strip():
            yield " ".join(line.split()), in_heading
        line, in_heading = "", False
    if line.strip():
        yield " ".join(line.split()), in_heading


def _headline(tree: Any) -> Any:
    titles = [_folded(_words(element)) for element in tree.iter("title")]
    titles += [
        _folded(element.get("content", ""))
        for element in tree.iter("meta")
        if element.get("property", "") == "og:title"
    ]
    heads = [head for name in ("h1", "h2") for head in tree.iter(name) if _words(head).strip()]
    named = (h for h in heads if any(_folded(_words(h)) in title for title in titles))
    return next((h for h in named if len(_words(h).split()) > 2), heads[0] if heads else None)


def _texts_after(headline: Any) -> Iterator[tuple[str, bool]]:
    """Yield the texts behind an element, and a mark wherever a block begins or ends."""
    yield headline.tail or "", False
    element = headline
    while element is not None:
        for sibling in element.itersiblings():
            yield from _texts_in(sibling, False)
            yield sibling.tail or "", False
        element = element.getparent()
        if element is None or element.tag == "body" or _is_block_of_furniture(element):
            return
        yield _MARK, False
        yield element.tail or "", False


def _texts_in(element: Any, in_heading: bool) -> Iterator[tuple[str, bool]]:
    # Iterative, since a page may be nested as deeply as it likes.
    waiting: list[tuple[Any, bool, bool]] = [(element, in_heading, False)]
    while waiting:
        node, heading, closing = waiting.pop()
        is_block = isinstance(node.tag, str) and node.tag in _BLOCKS
        if closing:
            if is_block:
                yield _MARK, False
            if node is not element:
                yield node.tail or "", heading
            continue
        waiting.append((node, heading, True))
        if not isinstance(node.tag, str) or _is_block_of_furniture(node):
            continue
        if is_block:
            yield _MARK, False
        stated = node.get("datetime", "") if node.tag == "time" else ""
        if is_date(stated):
            yield f" {stated} ", heading
            continue
        inside = heading or node.tag in _HEADINGS
        yield node.text or "", inside
        waiting.extend((child, inside, False) for child in reversed(node))


def _is_furniture(element: Any) -> bool:
    return any(map(_is_block_of_furniture, (element, *element.iterancestors())))


def _is_block_of_furniture(element: Any) -> bool:
    if element.tag in ("script", "html", "body"):
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag in _FURNITURE or _FURNITURE_CLASS.search(names) is not None


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
