"""A bar that shows how far a long run has come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


class ProgressBar:
    """Gives the engine a callback that moves a bar; None, and no bar, if it is not wanted.

    Parameters
    ----------
    wanted : bool
        Whether to show one.
    total : int, optional
        Number of units, if it is known.
    unit : str
        What is counted.
    """

    def __init__(self, wanted: bool, total: int | None = None, unit: str = "document") -> None:
        self._total = total
        self._bar: Any = None
        if wanted:
            from tqdm.auto import tqdm

            self._bar = tqdm(total=total, unit=unit, leave=False)

    def __enter__(self) -> Callable[[int, int], object] | None:
        """Return what a long call tells how far it is; None where nothing is drawn."""
        return None if self._bar is None else self._move

    def _move(self, done: int, total: int) -> None:
        # The engine counts over several passes: show the share that is done.
        self._bar.n = done if self._total is None else self._total * done // max(total, 1)
        self._bar.refresh()

    def add(self, documents: int) -> None:
        """Move on by some documents."""
        if self._bar is not None:
            self._bar.update(documents)

    def __exit__(self, *error: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()


def shown(documents: Iterable[Any], wanted: bool) -> Iterable[Any]:
    """Return documents with a bar that moves as they are taken, if it is wanted."""
    if not wanted:
        return documents
    from tqdm.auto import tqdm

    bar: Iterable[Any] = tqdm(documents, unit="document", leave=False)
    return bar
