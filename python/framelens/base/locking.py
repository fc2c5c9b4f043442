"""A lock for each object that several threads may change at once."""

from __future__ import annotations

import os
import threading
from typing import Any
from weakref import WeakKeyDictionary

_locks: WeakKeyDictionary[Any, threading.RLock] = WeakKeyDictionary()
_making = threading.Lock()


def lock_of(owner: Any) -> threading.RLock:
    """Return the lock of an object; it is no part of the object, which can be copied and pickled.

    Examples
    --------
    >>> from framelens import CountVectorizer
    >>> from framelens.base.locking import lock_of
    >>> vectorizer = CountVectorizer()
    >>> lock_of(vectorizer) is lock_of(vectorizer)
    True
    """
    with _making:
        return _locks.setdefault(owner, threading.RLock())


def _forget() -> None:
    # Whoever held a lock when the process was forked is not in the new one.
    global _making
    _making = threading.Lock()
    _locks.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
