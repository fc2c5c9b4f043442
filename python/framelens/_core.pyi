"""The engine of framelens: texts in, spans and numbers out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypedDict, TypeVar

import numpy as np
from numpy.typing import NDArray

_Progress = Callable[[int, int], object] | None
_Float = TypeVar("_Float", np.float32, np.float64)
_Rows = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]
_WeightedRows = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]

class _Term(TypedDict):
    text: str
    forms: list[str]
    pole: str
    weight: float
    object: Literal["any", "person", "institution"]
    match: str
    note: str

class _Modifier(TypedDict):
    text: str
    forms: list[str]
    effect: Literal["turn", "void", "leave", "neutral"]
    pole: str | None
    before: list[str]
    note: str

class _Target(TypedDict):
    name: str
    aliases: Sequence[str]
    describes: Sequence[str]
    nouns: Sequence[str]

class _LabelRule(TypedDict):
    id: str
    rule: Literal["title", "apposition", "copula", "description", "possessive", "compound"]
    object: Literal["person", "institution"]

class EncodingError(ValueError):
    document: int | None
    offset: int | None

class SchemaError(ValueError):
    pointer: str | None

class Language:
    @staticmethod
    def from_json(text: str, tagger: bytes | None = None) -> Language: ...
    @property
    def code(self) -> str: ...
    @property
    def version(self) -> str: ...

class Lexicon:
    @staticmethod
    def from_json(text: str) -> Lexicon: ...
    @property
    def axis(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def poles(self) -> tuple[str, ...]: ...
    @property
    def terms(self) -> list[_Term]: ...
    @property
    def modifiers(self) -> list[_Modifier]: ...
    @property
    def counts(self) -> Literal["label", "all"]: ...
    @property
    def exclusions(self) -> tuple[str, ...]: ...
    @property
    def notes(self) -> str: ...
    def terms_for_matching(self) -> list[str]: ...
    def find(
        self, term: str, object: Literal["any", "person", "institution"] = "any"
    ) -> _Term | None: ...

class LabelRules:
    @staticmethod
    def from_json(text: str) -> LabelRules: ...
    @property
    def rules(self) -> list[_LabelRule]: ...
    def only(self, ids: Sequence[str]) -> LabelRules: ...

class FactLanguage:
    @staticmethod
    def from_json(text: str) -> FactLanguage: ...
    @property
    def code(self) -> str: ...
    @property
    def order(self) -> str: ...
    @property
    def synonyms(self) -> dict[str, str]: ...

class Annotations:
    def zones(self) -> dict[str, Any]: ...
    def soft_breaks(self) -> dict[str, Any]: ...
    def words(self) -> NDArray[np.int64]: ...
    def sentences(self) -> dict[str, Any]: ...
    def quotes(self) -> dict[str, Any]: ...
    def voice(self) -> dict[str, Any]: ...
    def reported(self) -> dict[str, Any]: ...
    def names(self) -> dict[str, Any]: ...

class TargetLabels:
    @staticmethod
    def of(
        annotations: Annotations, targets: Sequence[_Target], rules: LabelRules
    ) -> TargetLabels: ...
    @staticmethod
    def of_everybody(annotations: Annotations, rules: LabelRules) -> TargetLabels: ...
    def namings(self, lexicon_terms: Sequence[str]) -> dict[str, Any]: ...
    def unresolved(self, lexicon_terms: Sequence[str]) -> dict[str, Any]: ...
    def explain(
        self, doc: int, start: int, end: int, lexicon_terms: Sequence[str]
    ) -> dict[str, Any]: ...
    def mentions(self, lexicon_terms: Sequence[str]) -> dict[str, Any]: ...

def annotate(
    texts: Iterable[str],
    sources: Iterable[str],
    language: Language,
    n_jobs: int | None = None,
    progress: _Progress = None,
    *,
    title_ends: Sequence[int] = [],
) -> Annotations: ...
def possible_speakers(annotations: Annotations) -> dict[str, Any]: ...
def rated_speakers(annotations: Annotations, doc: int) -> dict[str, Any]: ...
def find_actors(
    annotations: Annotations,
    sources: Sequence[int],
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> tuple[dict[str, Any], dict[str, Any]]: ...
def find_figures(
    annotations: Annotations, language: FactLanguage, n_jobs: int | None = None
) -> dict[str, Any]: ...
def find_dates(
    annotations: Annotations, language: FactLanguage, n_jobs: int | None = None
) -> dict[str, Any]: ...
def find_variants(
    annotations: Annotations,
    documents: dict[str, Any],
    included: NDArray[np.uint8],
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> tuple[dict[str, Any], dict[str, Any]]: ...
def find_shared(
    texts: Iterable[str],
    *,
    threshold: float,
    run: int,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]: ...
def find_distancing(annotations: Annotations, targets: list[_Target]) -> dict[str, Any]: ...
def count_words(annotations: Annotations, zones: Sequence[str]) -> NDArray[np.int64]: ...
def fold(
    texts: Iterable[str], n_jobs: int | None = None, progress: _Progress = None
) -> list[str]: ...

class PlainTexts:
    @staticmethod
    def of(texts: Iterable[str]) -> PlainTexts: ...
    @property
    def texts(self) -> list[str]: ...
    def given_spans(
        self, doc: NDArray[np.int64], start: NDArray[np.int64], end: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...

def find_undecoded(texts: Iterable[str]) -> NDArray[np.int64]: ...
def function_words(texts: Iterable[str], language: Language, first: int) -> NDArray[np.int64]: ...
def unicode_words(text: str, locale: str = "") -> list[str]: ...
def find_words(
    texts: Iterable[str],
    locale: str = "",
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> tuple[dict[str, NDArray[Any]], list[str]]: ...
def unicode_versions() -> dict[str, str]: ...

class TermList:
    @staticmethod
    def of(terms: Iterable[str]) -> TermList: ...
    @property
    def size(self) -> int: ...
    def to_list(self) -> list[str]: ...
    def to_dict(self, columns: NDArray[np.int32]) -> dict[str, int]: ...
    def is_dict(self, columns: NDArray[np.int32], dict: dict[str, int]) -> bool: ...
    def numbers_of(self, terms: TermList) -> NDArray[np.int32]: ...
    def join(self, other: TermList) -> tuple[TermList, NDArray[np.int32]]: ...
    def parts(self) -> tuple[bytes, bytes]: ...
    @staticmethod
    def of_parts(parts: tuple[bytes, bytes]) -> TermList: ...
    def sorted(self, *, n_jobs: int | None = None) -> NDArray[np.int32]: ...

class CountedTexts:
    @property
    def size(self) -> int: ...
    @property
    def documents(self) -> int: ...
    @property
    def largest_count(self) -> int: ...
    def take_frequencies(self) -> NDArray[np.int64]: ...
    def take_totals(self) -> NDArray[np.int64]: ...
    def terms(self, *, n_jobs: int | None = None) -> TermList: ...
    def sorted(self, *, n_jobs: int | None = None) -> NDArray[np.int32]: ...
    def rows(
        self,
        columns: NDArray[np.int32],
        *,
        by_column: bool,
        dtype: np.dtype[Any],
        n_jobs: int | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]: ...
    def forget_rows(self) -> None: ...

def count_texts(
    texts: Iterable[str],
    *,
    analyzer: str = "word",
    lowercase: bool = True,
    ngram_range: tuple[int, int] = (1, 1),
    min_characters: int = 2,
    stop_words: Iterable[str] = (),
    locale: str = "",
    portable: bool = False,
    numbered: bool = True,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> CountedTexts: ...
def hashed_rows(
    counted: CountedTexts,
    *,
    columns: int,
    alternate_sign: bool,
    dtype: np.dtype[Any],
    binary: bool = False,
    norm: Literal["l1", "l2"] | None = None,
    n_jobs: int | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[Any]]: ...
def count_terms(
    texts: Iterable[str],
    *,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> tuple[list[str], _Rows]: ...
def weigh_counted(
    counted: CountedTexts,
    columns: NDArray[np.int32],
    tf_of_count: NDArray[_Float],
    idf: NDArray[_Float],
    *,
    by_column: bool,
    norm: Literal["l1", "l2"] | None,
    n_jobs: int | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[_Float]]: ...
def weigh(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[_Float],
    idf: NDArray[_Float],
    *,
    columns: int,
    norm: Literal["l1", "l2"] | None,
    n_jobs: int | None = None,
) -> NDArray[_Float]: ...
def weigh_counts(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[_Float],
    factors: NDArray[np.float64],
    *,
    frequency: str,
    base: float,
    k: float,
    smoothing: float,
    length: str,
    pivot: float,
    slope: float,
    characters: NDArray[np.int32],
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> NDArray[_Float]: ...
def weigh_bm25(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[_Float],
    idf: NDArray[np.float64],
    *,
    method: str,
    k1: float,
    b: float,
    delta: float,
    mean_length: float,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> NDArray[_Float]: ...
def bm25_of_absent(method: str, *, k1: float, b: float, delta: float) -> float: ...
def compare_groups(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.float64],
    group_of: NDArray[np.int32],
    cluster_of: NDArray[np.int32],
    *,
    columns: int,
    groups: int,
    aggregate: str,
    centre: bool,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> dict[str, NDArray[Any]]: ...
def compare_matched(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.float64],
    group_of: NDArray[np.int32],
    event_of: NDArray[np.int32],
    *,
    columns: int,
    groups: int,
    events: int,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> dict[str, NDArray[Any]]: ...
def map_to_plane(
    distances: NDArray[np.float64], *, points: int
) -> tuple[NDArray[np.float64], float]: ...
def pairwise(
    first: _WeightedRows,
    second: _WeightedRows | None,
    *,
    columns: int,
    measure: str,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> NDArray[np.float64]: ...
def pairwise_above(
    first: _WeightedRows,
    second: _WeightedRows | None,
    *,
    columns: int,
    measure: str,
    threshold: float,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> _WeightedRows: ...
def nearest(
    first: _WeightedRows,
    second: _WeightedRows | None,
    *,
    columns: int,
    measure: str,
    n: int,
    threshold: float | None,
    include_self: bool,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> _WeightedRows: ...
def keyness(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.int32],
    group_of: NDArray[np.int32],
    *,
    columns: int,
    groups: int,
    measure: str = "log_odds",
    prior_size: float = 500.0,
    prior: NDArray[np.float64] = ...,
    min_count: int = 1,
    permutations: int = 0,
    seed: int = 0,
    min_documents: int = 1,
    listed: NDArray[np.uint8] = ...,
    wanted: NDArray[np.uint8] = ...,
    lengths: NDArray[np.float64] = ...,
    strata: NDArray[np.int32] = ...,
    n_jobs: int | None = None,
    progress: _Progress = None,
) -> dict[str, Any]: ...
def log_odds(
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    data: NDArray[np.int32],
    group_of: NDArray[np.int32],
    *,
    columns: int,
    groups: int,
    prior_size: float = 500.0,
    n_jobs: int | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def match_labels(
    lexicon: Lexicon, labels: dict[str, Any]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]: ...
def find_terms(annotations: Annotations, lexicon: Lexicon) -> dict[str, Any]: ...
def find_said(
    labels: TargetLabels, lexicon: Lexicon, lexicon_terms: Sequence[str]
) -> dict[str, Any]: ...
def permutation_p(
    documents: dict[str, Any], weight: str, rounds: int, seed: int
) -> float | None: ...
def score_labels(
    labels: dict[str, Any], family: Sequence[int], poles: int
) -> dict[str, NDArray[Any]]: ...
