"""Which differences between sources a report states."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from framelens.labels.framing import Framing

SURE = 0.05


def differences(scored: Framing) -> pd.DataFrame | None:
    """Return the differences between sources of all targets; None where there is no such thing."""
    if len(scored.poles) < 2 or scored.corpus is None or len(scored.corpus.sources) < 2:
        return None
    return scored.compare().frame


def findings(compared: pd.DataFrame | None, poles: tuple[str, ...], name: str) -> list[str] | None:
    """Return which sources differ in their own voice, as far as that is robust; None: untold."""
    if compared is None:
        return None
    rows = compared[(compared["target"] == name) & (compared["voice"] == "own")]
    sure = rows[rows["robust"].fillna(False).astype(bool) & (rows["q"] < SURE)]
    one, other = poles[:2]
    return [
        f"{row['a']} calls {name} {one if row['difference'] > 0 else other} more often than "
        f"{row['b'] if isinstance(row['b'], str) else 'the other sources'}: the share of {one} "
        f"labels differs by {abs(row['difference']) / 2:.2f} (q = {row['q']:.2g})."
        for row in sure.to_dict("records")
    ]
