"""How news outlets frame the same story: similarity, labels, voice, quotations, evidence.

Names load when they are first used, so that ``import framelens`` stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framelens._core import EncodingError, SchemaError
    from framelens.contrast.keyness import keyness, keyness_of_counts
    from framelens.contrast.similarity import similarity
    from framelens.corpus.corpus import Corpus
    from framelens.corpus.kwic import kwic
    from framelens.corpus.neighbours import nearest, pairwise
    from framelens.corpus.reading import read
    from framelens.face.demo import demo
    from framelens.face.report import report
    from framelens.facts.facts import dates, figures
    from framelens.labels.actors import actors
    from framelens.labels.coding import agreement
    from framelens.labels.framing import framing
    from framelens.labels.namings import Target, namings
    from framelens.speech.distancing import distancing
    from framelens.speech.quotes import quotes
    from framelens.vectorize.bm25_transformer import BM25Transformer
    from framelens.vectorize.count_vectorizer import CountVectorizer
    from framelens.vectorize.hashing_vectorizer import HashingVectorizer
    from framelens.vectorize.tfidf_transformer import TfidfTransformer
    from framelens.vectorize.tfidf_vectorizer import TfidfVectorizer
    from framelens.vectorize.weight_transformer import WeightTransformer

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
    "BM25Transformer": "vectorize.bm25_transformer",
    "Corpus": "corpus.corpus",
    "CountVectorizer": "vectorize.count_vectorizer",
    "HashingVectorizer": "vectorize.hashing_vectorizer",
    "EncodingError": "_core",
    "SchemaError": "_core",
    "Target": "labels.namings",
    "TfidfTransformer": "vectorize.tfidf_transformer",
    "TfidfVectorizer": "vectorize.tfidf_vectorizer",
    "WeightTransformer": "vectorize.weight_transformer",
    "actors": "labels.actors",
    "agreement": "labels.coding",
    "dates": "facts.facts",
    "demo": "face.demo",
    "distancing": "speech.distancing",
    "figures": "facts.facts",
    "framing": "labels.framing",
    "keyness": "contrast.keyness",
    "keyness_of_counts": "contrast.keyness",
    "kwic": "corpus.kwic",
    "namings": "labels.namings",
    "nearest": "corpus.neighbours",
    "pairwise": "corpus.neighbours",
    "quotes": "speech.quotes",
    "read": "corpus.reading",
    "report": "face.report",
    "similarity": "contrast.similarity",
}


# Modules that are asked for by name: `fl.lexicons.load("legitimacy")`.
_MODULES = {"languages": "base.languages", "lexicons": "base.lexicons"}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("framelens")
    elif name in _HOME:
        value = getattr(importlib.import_module(f"framelens.{_HOME[name]}"), name)
    elif name in _MODULES:
        value = importlib.import_module(f"framelens.{_MODULES[name]}")
    else:
        raise AttributeError(f"module 'framelens' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
