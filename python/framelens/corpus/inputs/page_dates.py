"""When the article of a web page was published: what the page states, or prints at its headline.

Never what its sentences or its footer say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import chain
from typing import Any

from .date_forms import is_date

# Dates outside of these are none of articles; both ends are fixed, so that the day on which a page
# is read changes nothing.
_EARLIEST, _LATEST = "1800-01-01", "2200-01-01"
_NAMES = ("name", "property", "itemprop", "http-equiv", "rel")
_OF_DATES = re.compile(r"date|time|publi|pubd|issued|created|released|og:url|canonical", re.I)
_NOT_PUBLISHED = re.compile(r"modif|updat|revis|copyright|expir|image|descri|title", re.I)
_PUBLISHED_IN_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{1,60})"')
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
# Characters that no page has: where a block begins or ends, and where any other element does.
_BLOCK, _EDGE = "\x1d", "\x1c"
_BETWEEN = re.compile(rf"\s*(?:[|•·–—/]\s|\s[|•·–—]|\s-\s|{_EDGE})\s*")
_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:dek|deck|stand-?first|sub-?title|sub-?head(?:line|ing)?|summary|intro|kicker|lede?"
    r"|description)\b",
    re.I,
)
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
    # What the page says to machines, kept apart from all that people see, and from what it says of
    # its pictures and its last change.
    import htmldate
    from lxml import html

    page = html.document_fromstring("<html><head></head><body></body></html>")
    for element in tree.iter("meta", "link"):
        names = " ".join(element.get(key, "") for key in _NAMES)
        if _OF_DATES.search(names) and not _NOT_PUBLISHED.search(names + " "):
            copied = deepcopy(element)
            copied.tail = None
            page.head.append(copied)
    found: str | None = htmldate.find_date(
        page, extensive_search=False, original_date=True, min_date=_EARLIEST, max_date=_LATEST
    )
    return found or _in_data(tree)


def _in_data(tree: Any) -> str | None:
    for element in tree.iter("script"):
        for match in _PUBLISHED_IN_DATA.finditer(element.text or ""):
            if "json" in element.get("type", "") and is_date(match[1]):
                return match[1]
    return None


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
    """Return the date of a line between the headline and the first paragraphs, or right above."""
    headline = _headline(tree)
    if headline is None:
        return None
    told = {_folded(e.get("content", "")) for e in tree.iter("meta") if _is_description(e)} - {""}
    below = _date_of_lines(_lines(_texts_after(headline)), told)
    return below or _date_of_lines(_lines(_texts_before(headline)), told)


def _is_description(element: Any) -> bool:
    return "description" in f"{element.get('name', '')} {element.get('property', '')}".lower()


def _date_of_lines(lines: Iterator[tuple[str, bool]], told: set[str]) -> str | None:
    updated = None
    paragraphs = 0
    for number, (line, in_heading) in enumerate(lines):
        if number >= _LINES_LOOKED_AT or paragraphs > 1:
            break
        words = line.replace(_EDGE, " ")
        if in_heading or _folded(words) in told:
            continue
        if len(words.split()) > _PARAGRAPH_WORDS and len(words) > _LONGEST_LINE:
            paragraphs += 1
            continue
        if len(words) > _LONGEST_LINE:
            continue
        for piece in _pieces(line):
            # Behind the first paragraph, a bare date can be a heading of what happened then.
            if paragraphs and not _LABEL.match(piece):
                continue
            date = _date_of_line(piece)
            if date is not None and not _UPDATED.match(piece):
                return date
            updated = updated or date
    return updated


def _pieces(line: str) -> Iterator[str]:
    """Yield a line, and the parts that marks or elements make of it; a label goes with its date."""
    whole = " ".join(line.replace(_EDGE, " ").split())
    yield whole
    if _date_of_line(whole) is not None:
        return
    label = ""
    for part in _BETWEEN.split(line):
        piece = " ".join(f"{label} {part}".split())
        label = piece if _LABEL.fullmatch(piece) else ""
        yield piece


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


def _lines(texts: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Join the texts of blocks; tell of which a part stands in a heading."""
    line, in_heading = "", False
    for text, heading in chain(texts, [(_BLOCK, False)]):
        if text != _BLOCK:
            line += text
            in_heading = in_heading or (heading and bool(text.strip(_EDGE + " ")))
            continue
        if line.replace(_EDGE, " ").strip():
            yield line, in_heading
        line, in_heading = "", False


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
    """Yield the texts behind an element, with marks where others begin and end."""
    yield headline.tail or "", False
    element = headline
    while element is not None:
        for sibling in element.itersiblings():
            yield from _texts_in(sibling)
            yield sibling.tail or "", False
        element = element.getparent()
        if element is None or element.tag == "body" or _is_block_of_furniture(element):
            return
        yield _BLOCK, False
        yield element.tail or "", False


def _texts_before(headline: Any) -> Iterator[tuple[str, bool]]:
    """Yield the texts of an element's article up to it: those above it are the site's."""
    article = next(headline.iterancestors("article"), None)
    if article is not None:
        yield from _texts_in(article, until=headline)


def _texts_in(element: Any, until: Any = None) -> Iterator[tuple[str, bool]]:
    # Iterative, since a page may be nested as deeply as it likes.
    waiting: list[tuple[Any, bool, bool]] = [(element, False, False)]
    while waiting:
        node, in_heading, closing = waiting.pop()
        edge = _BLOCK if node.tag in _BLOCKS else _EDGE
        if closing:
            yield edge, False
            if node is not element:
                yield node.tail or "", in_heading
            continue
        if node is until:
            return
        waiting.append((node, in_heading, True))
        yield edge, False
        if not isinstance(node.tag, str) or _is_block_of_furniture(node):
            continue
        stated = node.get("datetime", "") if node.tag == "time" else ""
        if is_date(stated):
            yield stated, in_heading
            continue
        names = f"{node.get('class', '')} {node.get('id', '')}"
        inside = in_heading or node.tag in _HEADINGS or _STANDFIRST.search(names) is not None
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
