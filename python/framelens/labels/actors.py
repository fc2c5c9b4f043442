"""Who is in a corpus: persons, organisations, nations, groups, and where each is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from framelens import _core
from framelens.base.results import Result, columns_to_frame
from framelens.corpus.corpus import Corpus, check_corpus
from framelens.corpus.groups import check_choice

__all__ = ["Actors", "Kind", "actors"]

Kind: TypeAlias = Literal["person", "organisation", "group", "nation", "all"]

KINDS = ("person", "organisation", "group", "nation", "all")
COLUMNS = (
    "name", "kind", "forms", "roles", "pronouns", "honorifics", "nation", "sources", "documents",
    "mentions",
)  # fmt: skip
MENTION_COLUMNS = (
    "name", "kind", "text", "form", "candidates", "why", "source", "doc", "start", "end",
)  # fmt: skip
_BETWEEN = "; "


@dataclass(frozen=True, repr=False, eq=False)
class Actors(Result):
    """Who is in a corpus. `frame` has one row an actor, those of the most documents first.

    Columns: name (the fullest form that is not rare), kind, forms (names as printed, titles off),
    roles (titles and descriptions, in the singular), pronouns (of the third person, as "she" and
    "her" are printed of the actor), honorifics, nation, sources, documents, mentions. Forms, roles,
    pronouns and honorifics are texts with counts, ``"she 14, they 2"``, missing where there are
    none: what is printed is told, never what a given name suggests.

    `mentions` has one row a place, in document, then text order: name (missing where nobody is
    meant), kind, text, form (``name``, ``title``: a name with a title before it, ``description`` or
    ``pronoun``), candidates (names that fit, the one meant first, parted by ``"; "``; missing where
    none does and for names), why, source, doc, start, end.
    """

    mentions: pd.DataFrame = field(default_factory=pd.DataFrame)


def actors(corpus: Corpus, *, kind: Kind = "person", n_jobs: int | None = None) -> Actors:
    """Find who is in a corpus, under which names and how often: whom to ask about.

    A description means the nearest person who fits. A pronoun means who fits by far best: where
    several fit about equally, or nobody well, it means nobody. :attr:`Actors.mentions` has the
    others who fit. Boilerplate and repeated captions are left out.

    Parameters
    ----------
    corpus : Corpus
    kind : {"person", "organisation", "group", "nation", "all"}
        Groups go by a plural noun that speaks or acts ("officials"). A name of which the corpus
        does not tell the kind is in none of them.
    n_jobs : int, optional
        Threads: None is one, -1 all. The result does not depend on it.

    Returns
    -------
    Actors

    Raises
    ------
    ValueError
        An unknown kind.

    See Also
    --------
    namings : What each source calls some of them.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.read([{"source": "Gazette", "text": "President Ada Moore spoke. She left."}])
    >>> found = fl.actors(corpus)
    >>> found.frame[["name", "roles", "pronouns", "mentions"]]
            name        roles pronouns  mentions
    0  Ada Moore  president 1    she 1         2
    >>> found.mentions[["text", "form", "why"]]
                      text     form            why
    0  President Ada Moore    title   printed name
    1                  She  pronoun  only one fits
    """
    check_corpus(corpus, "actors")
    check_choice("kind", kind, KINDS)
    numbers = {source: number for number, source in enumerate(sorted(set(corpus.source_of)))}
    everybody, places = _core.find_actors(
        corpus.annotations, [numbers[source] for source in corpus.source_of], n_jobs
    )
    frame = pd.DataFrame(
        {
            name: column if isinstance(column, np.ndarray) else pd.Series(column, dtype=object)
            for name, column in everybody.items()
        }
    )
    mentions = _mentions(places, corpus)
    frame = frame[frame["mentions"] > 0]
    if kind != "all":
        frame, mentions = frame[frame["kind"] == kind], mentions[mentions["kind"] == kind]
    order = ["documents", "mentions", "name", "kind"]
    frame = frame.sort_values(order, ascending=[False, False, True, True], kind="stable")
    return Actors(
        frame=frame[list(COLUMNS)].reset_index(drop=True),
        mentions=mentions[list(MENTION_COLUMNS)].reset_index(drop=True),
    )


def _mentions(columns: dict[str, Any], corpus: Corpus) -> pd.DataFrame:
    fitting = [_BETWEEN.join(names) if names else None for names in columns["candidates"]]
    return columns_to_frame({**columns, "candidates": fitting}, corpus)
