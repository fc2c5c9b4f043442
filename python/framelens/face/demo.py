"""The demo corpus: five invented outlets on one invented event, written for framelens."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from framelens.corpus.corpus import Corpus

__all__ = ["TARGETS", "demo"]

#: The two people that the demo corpus is about.
TARGETS: Final = ("Tomás Beláriz", "Maren Sólvik")


def demo() -> Corpus:
    """Read the demo corpus, which is part of the package.

    Examples
    --------
    >>> import framelens as fl
    >>> corpus = fl.demo()
    >>> len(corpus)
    5
    >>> corpus.sources[:3]
    ['Carsavia Today', 'Meridian Wire', 'Nordell Sentinel']
    """
    from framelens.corpus.reading import read

    with as_file(files("framelens") / "resources" / "demo") as folder:
        return read(folder)
