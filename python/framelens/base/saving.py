"""Estimators as JSON with a version and a checksum."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from framelens._core import SchemaError
from framelens.base import strict_json as _strict_json
from framelens.base.regular_files import check_regular
from framelens.base.writing import check_output, write_whole

_FORMAT = "framelens vectorizer"
_VERSION = 1


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
        data = _strict_json.loads(text)
    except ValueError as error:
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
    if not isinstance(body["fitted"], dict | None):
        raise schema_error("/fitted", "must be an object or null")
    return body["parameters"], body["fitted"]


def read_whole(path: str | os.PathLike[str]) -> str:
    """Read a file.

    Raises
    ------
    SchemaError
        If it is not UTF-8.
    ValueError
        If it is a pipe or a device.
    """
    check_regular(path)
    try:
        return Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise schema_error("", f"byte {error.start} is not UTF-8") from None


def schema_error(pointer: str, rule: str) -> SchemaError:
    """Return the error of a value that breaks a rule."""
    error = SchemaError(f"{pointer or '/'}: {rule}")
    error.pointer = pointer
    return error


def read_object(fitted: dict[str, Any], key: str) -> dict[str, Any]:
    """Read an object.

    Raises
    ------
    SchemaError
        If it is none.
    """
    value = fitted.get(key)
    if not isinstance(value, dict):
        raise schema_error(f"/fitted/{key}", "must be an object")
    return value


def read_count(fitted: dict[str, Any], key: str) -> int:
    """Read a number of things.

    Raises
    ------
    SchemaError
        If it is none.
    """
    value = fitted.get(key)
    if type(value) is not int or not 0 <= value < 2**63:
        raise schema_error(f"/fitted/{key}", "must be a whole number from 0 on")
    return value


def read_positive(fitted: dict[str, Any], key: str) -> float:
    """Read a number above 0.

    Raises
    ------
    SchemaError
        If it is none.
    """
    value: Any = fitted.get(key)
    if type(value) not in (int, float) or not 0 < value < inf:
        raise schema_error(f"/fitted/{key}", "must be a number above 0")
    return float(value)


def read_numbers(fitted: dict[str, Any], key: str, size: int, kind: type) -> list[Any]:
    """Read `size` numbers, whole ones if `kind` is int.

    Raises
    ------
    SchemaError
        If they are not, or more or fewer.
    """
    values: Any = fitted.get(key)
    if not isinstance(values, list) or len(values) != size:
        raise schema_error(f"/fitted/{key}", f"must be {size} numbers")
    for place, value in enumerate(values):
        if not (type(value) in (int, kind) and (type(value) is float or abs(value) < 2**63)):
            raise schema_error(f"/fitted/{key}/{place}", f"must be a number ({kind.__name__})")
    return values


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
        """Write `to_json` to a file, which is replaced as a whole or not at all.

        A file that is there keeps its mode; a link stays, and what it leads to is replaced.

        Raises
        ------
        OSError
            A path that cannot be written, refused before the work; a full disk.
        ValueError
            As `to_json`.
        """
        check_output(path)
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

        def get_params(self, deep: bool = True) -> dict[str, Any]:
            """Return the parameters, as scikit-learn has it."""

        def _validate_params(self) -> None: ...


def _checksum(body: dict[str, Any]) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
