"""What a vectorizer has learned of its texts, term by term: it can go on, be joined and be kept."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from framelens import _core
from framelens._core import SchemaError

_FORMAT = "framelens vectorizer"
_VERSION = 1


class Statistics:
    """Terms in order of first occurrence, with their document frequencies and totals.

    Of counted texts the strings are made when asked for: a million takes as long as counting them.
    """

    def __init__(
        self,
        terms: _core.TermList | _core.CountedTexts,
        frequencies: NDArray[np.int64],
        totals: NDArray[np.int64],
        documents: int,
        *,
        order: NDArray[np.int32] | None = None,
    ) -> None:
        self._source = terms
        self.frequencies = frequencies
        self.totals = totals
        self.documents = documents
        if order is not None:
            self.order = order

    @classmethod
    def of(cls, counted: _core.CountedTexts, *, binary: bool) -> Statistics:
        """Return the statistics of counted texts; `binary` counts a term once a text."""
        frequencies = counted.frequencies()
        totals = frequencies if binary else counted.totals()
        return cls(counted, frequencies, totals, counted.documents)

    @classmethod
    def of_terms(cls, documents: Iterable[Iterable[str]], *, binary: bool) -> Statistics:
        """Return the statistics of documents that somebody else's analyzer has cut."""
        frequencies: Counter[str] = Counter()
        totals: Counter[str] = Counter()
        count = 0
        for document in documents:
            tally = Counter(document)
            frequencies.update(tally.keys())
            totals.update(tally)
            count += 1
        times = frequencies if binary else totals
        return cls(
            _core.TermList.of(frequencies),
            np.array(list(frequencies.values()), dtype=np.int64),
            np.array(list(times.values()), dtype=np.int64),
            count,
        )

    @property
    def terms(self) -> _core.TermList:
        """The terms."""
        if not isinstance(self._source, _core.TermList):
            self._source = self._source.terms()
        return self._source

    @cached_property
    def order(self) -> NDArray[np.int32]:
        """Numbers of the terms in the order of their code points."""
        return self._source.sorted()

    def join(self, other: Statistics) -> Statistics:
        """Return the statistics of these texts followed by the other's."""
        terms, numbers = self.terms.join(other.terms)
        frequencies = np.zeros(terms.size, dtype=np.int64)
        totals = np.zeros(terms.size, dtype=np.int64)
        for sums, mine, others in (
            (frequencies, self.frequencies, other.frequencies),
            (totals, self.totals, other.totals),
        ):
            sums[: len(mine)] = mine
            sums[numbers] += others
        return Statistics(terms, frequencies, totals, self.documents + other.documents)

    def columns(
        self, high: float | None, low: float | None, most: int | None, dtype: np.dtype[Any]
    ) -> NDArray[np.int32]:
        """Return a column for each term of a document frequency in [low, high], -1 for the others.

        Of these at most the `most` frequent stay.

        Raises
        ------
        ValueError
            If none does.
        """
        # Only the most frequent are chosen among sorted terms, as in scikit-learn.
        kept = np.ones(len(self.frequencies), dtype=bool)
        if high is not None:
            kept &= self.frequencies <= high
        if low is not None:
            kept &= self.frequencies >= low
        if most is not None and kept.sum() > most:
            chosen = self.order[kept[self.order]]
            # In the type of scikit-learn's sums, which decides between terms of equal frequency.
            sums = self.totals.astype(sp.csr_array((1, 1), dtype=dtype).sum(axis=0).dtype)[chosen]
            kept = np.zeros(len(kept), dtype=bool)
            kept[chosen[(-sums).argsort()[:most]]] = True
        if not kept.any():
            raise ValueError(
                "After pruning, no terms remain. Try a lower min_df or a higher max_df."
            )
        columns = np.full(len(kept), -1, dtype=np.int32)
        sorted_terms = self.order[kept[self.order]]
        columns[sorted_terms] = np.arange(len(sorted_terms), dtype=np.int32)
        return columns

    def __getstate__(self) -> dict[str, Any]:
        return {
            "_source": self.terms,
            "frequencies": self.frequencies,
            "totals": self.totals,
            "documents": self.documents,
        }


def bounds(max_df: float, min_df: float, documents: int) -> tuple[float, float]:
    """Return the highest and the lowest document frequency, shares of the documents resolved.

    Raises
    ------
    ValueError
        If the highest is below the lowest.
    """
    high = max_df if isinstance(max_df, Integral) else max_df * documents
    low = min_df if isinstance(min_df, Integral) else min_df * documents
    if high < low:
        raise ValueError("max_df corresponds to < documents than min_df")
    return high, low


def to_json(kind: str, parameters: dict[str, Any], fitted: dict[str, Any] | None) -> str:
    """Write a vectorizer down.

    Raises
    ------
    ValueError
        If a parameter is code, such as a tokenizer of one's own; the message names it.
    """
    values = {}
    for name, value in parameters.items():
        if name == "dtype":
            values[name] = np.dtype(value).name
            continue
        if isinstance(value, set | frozenset):
            value = sorted(value)
        try:
            values[name] = json.loads(json.dumps(value))
        except TypeError:
            raise ValueError(f"{name} cannot be written as JSON: {type(value).__name__}") from None
    body = {"class": kind, "parameters": values, "fitted": fitted}
    head = {"format": _FORMAT, "version": _VERSION, "checksum": _checksum(body)}
    return json.dumps(head | body, ensure_ascii=False)


def from_json(text: str, kind: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Read what `to_json` wrote: parameters and what was learned.

    Raises
    ------
    SchemaError
        If it is anything else, or not whole.
    """
    try:
        data = json.loads(text, object_pairs_hook=_refuse_twice)
    except (json.JSONDecodeError, RecursionError) as error:
        raise schema_error("", f"not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise schema_error("/format", f"must be {_FORMAT!r}")
    if data.get("version") != _VERSION:
        raise schema_error("/version", f"must be {_VERSION}, not {data.get('version')!r}")
    body = {key: data.get(key) for key in ("class", "parameters", "fitted")}
    if data.get("checksum") != _checksum(body):
        raise schema_error("/checksum", "does not fit the rest: the file is damaged or was edited")
    if body["class"] != kind:
        raise schema_error("/class", f"must be {kind!r}, not {body['class']!r}")
    if not isinstance(body["parameters"], dict):
        raise schema_error("/parameters", "must be an object")
    return body["parameters"], body["fitted"]


def statistics_from(fitted: dict[str, Any]) -> Statistics:
    """Read what was learned.

    Raises
    ------
    SchemaError
        If the parts do not fit each other.
    """
    try:
        terms = fitted["terms"]
        frequencies = np.array(fitted["frequencies"], dtype=np.int64)
        totals = np.array(fitted["totals"], dtype=np.int64)
        if not (
            len(set(terms)) == len(terms) == len(frequencies) == len(totals)
            and frequencies.ndim == totals.ndim == 1
        ):
            raise ValueError
        return Statistics(_core.TermList.of(terms), frequencies, totals, int(fitted["documents"]))
    except (KeyError, TypeError, ValueError, OverflowError):
        raise schema_error("/fitted", "must have terms, frequencies and totals that fit") from None


def statistics_to(learned: Statistics) -> dict[str, Any]:
    """Write down what was learned."""
    return {
        "documents": learned.documents,
        "terms": learned.terms.to_list(),
        "frequencies": learned.frequencies.tolist(),
        "totals": learned.totals.tolist(),
    }


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write a file so that at any moment the old one is there, or the new one."""
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_whole(path: str | os.PathLike[str]) -> str:
    """Read a file.

    Raises
    ------
    SchemaError
        If it is not UTF-8.
    """
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise schema_error("", f"byte {error.start} is not UTF-8") from None


def schema_error(pointer: str, rule: str) -> SchemaError:
    """Return the error of a value that breaks a rule."""
    error = SchemaError(f"{pointer or '/'}: {rule}")
    error.pointer = pointer
    return error


class Saved:
    """Methods of a vectorizer that can be written down without code: see `to_json`."""

    def to_json(self) -> str:
        """Write parameters and what was learned as JSON, with a version and a checksum.

        Raises
        ------
        ValueError
            If a parameter is code, such as a tokenizer of one's own; the message names it.
        """
        return to_json(type(self).__name__, self.get_params(deep=False), self._fitted())

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Make a vectorizer of what `to_json` wrote; nothing in it is run.

        Raises
        ------
        SchemaError
            If it is not JSON, not whole, of another version, class or shape.
        """
        parameters, fitted = from_json(text, cls.__name__)
        if isinstance(parameters.get("ngram_range"), list):
            parameters["ngram_range"] = tuple(parameters["ngram_range"])
        try:
            if "dtype" in parameters:
                parameters["dtype"] = np.dtype(parameters["dtype"]).type
            made = cls(**parameters)
            made._validate_params()
        except (TypeError, ValueError) as error:
            raise schema_error("/parameters", str(error)) from None
        if fitted is not None:
            try:
                made._restore(fitted)
            except (KeyError, TypeError, ValueError, OverflowError) as error:
                if isinstance(error, SchemaError):
                    raise
                raise schema_error("/fitted", f"{type(error).__name__}: {error}") from None
        return made

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write `to_json` to a file, which is replaced as a whole or not at all."""
        write_whole(path, self.to_json())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read a file that `save` wrote.

        Raises
        ------
        SchemaError
            As `from_json`.
        """
        return cls.from_json(read_whole(path))

    def _fitted(self) -> dict[str, Any] | None:
        return None

    def _restore(self, fitted: dict[str, Any]) -> None:
        raise schema_error("/fitted", "must be null: nothing is learned")

    if TYPE_CHECKING:

        def get_params(self, deep: bool = True) -> dict[str, Any]: ...
        def _validate_params(self) -> None: ...


def _checksum(body: dict[str, Any]) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise schema_error("", f"the key {key!r} stands twice in one object")
        found[key] = value
    return found
