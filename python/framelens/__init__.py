"""How news outlets frame the same story: similarity, labels, voice, quotations, evidence.

Names load when they are first used, so that ``import framelens`` stays quick.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framelens._core import EncodingError, SchemaError
    from framelens.actors import actors
    from framelens.bm25_transformer import BM25Transformer
    from framelens.coding import agreement
    from framelens.corpus import Corpus
    from framelens.count_vectorizer import CountVectorizer
    from framelens.demo import demo
    from framelens.distancing import distancing
    from framelens.facts import dates, figures
    from framelens.framing import framing
    from framelens.hashing_vectorizer import HashingVectorizer
    from framelens.keyness import keyness, keyness_of_counts
    from framelens.kwic import kwic
    from framelens.namings import Target, namings
    from framelens.neighbours import nearest, pairwise
    from framelens.quotes import quotes
    from framelens.reading import read
    from framelens.report import report
    from framelens.similarity import similarity
    from framelens.tfidf_transformer import TfidfTransformer
    from framelens.tfidf_vectorizer import TfidfVectorizer
    from framelens.weight_transformer import WeightTransformer

    __version__: str

__all__ = [
    "BM25Transformer",
    "Corpus",
    "CountVectorizer",
    "EncodingError",
    "HashingVectorizer",
    "SchemaError",
    "Target",
    "TfidfTransformer",
    "TfidfVectorizer",
    "WeightTransformer",
    "__version__",
    "actors",
    "agreement",
    "dates",
    "demo",
    "distancing",
    "figures",
    "framing",
    "keyness",
    "keyness_of_counts",
    "kwic",
    "namings",
    "nearest",
    "pairwise",
    "quotes",
    "read",
    "report",
    "similarity",
]

_HOME = {
    "BM25Transformer": "bm25_transformer",
    "Corpus": "corpus",
    "CountVectorizer": "count_vectorizer",
    "HashingVectorizer": "hashing_vectorizer",
    "EncodingError": "_core",
    "SchemaError": "_core",
    "Target": "namings",
    "TfidfTransformer": "tfidf_transformer",
    "TfidfVectorizer": "tfidf_vectorizer",
    "WeightTransformer": "weight_transformer",
    "actors": "actors",
    "agreement": "coding",
    "dates": "facts",
    "demo": "demo",
    "distancing": "distancing",
    "figures": "facts",
    "framing": "framing",
    "keyness": "keyness",
    "keyness_of_counts": "keyness",
    "kwic": "kwic",
    "namings": "namings",
    "nearest": "neighbours",
    "pairwise": "neighbours",
    "quotes": "quotes",
    "read": "reading",
    "report": "report",
    "similarity": "similarity",
}


class _Package(ModuleType):
    # Importing the submodule `framelens.similarity` sets an attribute of that name on the package,
    # which would hide the function `fl.similarity`. The function wins.
    def __setattr__(self, name: str, value: object) -> None:
        if isinstance(value, ModuleType) and _HOME.get(name) == name:
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("framelens")
    elif name in _HOME:
        value = getattr(importlib.import_module(f"framelens.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module 'framelens' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
