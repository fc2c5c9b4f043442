"""What other packages ask of a corpus that its users do not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.base import languages

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from framelens.corpus.corpus import Corpus


def language_of(corpus: Corpus) -> languages.Parts:
    """Return the language that a corpus is read in."""
    return languages.parts(corpus.language, corpus._own_language)


def stop_words_of(corpus: Corpus) -> frozenset[str]:
    """Return the stop words of a corpus's language.

    Raises
    ------
    ValueError
        If the language is one's own and has none.
    """
    found = language_of(corpus).stop_words
    if found is None:
        raise ValueError(
            f"the corpus's language {corpus.language!r} has no stop_words; add them to it, or give "
            "stop_words=None or a list"
        )
    return found


def threads(corpus: Corpus) -> int | None:
    """Return how many threads the corpus was read with; None is one a core."""
    return corpus._n_jobs


def shows_progress(corpus: Corpus) -> bool:
    """Tell whether long calls draw a progress bar."""
    return corpus._progress


def unwrapped_texts(corpus: Corpus) -> list[str]:
    """Return the texts with hard line breaks inside paragraphs taken out, spans kept."""
    return corpus._unwrapped


def order_by_id(corpus: Corpus) -> NDArray[np.int64]:
    """Return the positions of the documents in the order of their ids."""
    return corpus._by_id


def copy_clusters(corpus: Corpus) -> NDArray[np.int64]:
    """Return the number of the cluster of near copies that each document is in."""
    return np.asarray(corpus._copy_clusters, dtype=np.int64)


def likely_events(corpus: Corpus) -> dict[str, str]:
    """Return the event of each document that has one, by id: as given or else as found."""
    return corpus._likely_events


def described_columns(corpus: Corpus) -> list[str]:
    """Return the names of the columns that describe documents."""
    return corpus._described().columns.tolist()
