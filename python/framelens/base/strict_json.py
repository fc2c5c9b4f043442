"""JSON in which no key stands twice, and of which each fault is a short ValueError."""

from __future__ import annotations

import json
import sys
from typing import Any


class TwiceError(ValueError):
    """A key stands twice in one object, so that one of its values would be lost."""


def loads(text: str) -> Any:
    """Return what `text` says.

    Raises
    ------
    ValueError
        It is no JSON, nested too deeply, has a key twice in one object, or an integer of more
        digits than Python reads. The message is a reason to put behind the name of a file.
    """
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except (json.JSONDecodeError, TwiceError):
        raise
    except ValueError:
        digits = sys.get_int_max_str_digits()
        raise ValueError(f"it has an integer of more than {digits:,} digits") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in found if keys.count(key) > 1)
        raise TwiceError(f"the key {twice!r} stands twice in one object")
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object)
