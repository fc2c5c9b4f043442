"""Figures: pure functions from tables to Axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .canvas import BLUE, GREY, VERMILLION, new_figure
from .counts import discrepancy_points, naming_bars, naming_bars_size, rate_dots
from .dispersion import dispersion
from .likeness import heat_map, heat_map_size, part_bars, source_map, source_network
from .marks import keyness_bars, keyness_bars_size, keyness_scatter, most_marked, shift_bars
from .scores import differences, document_rates, forest, forest_size, score_map

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BLUE",
    "GREY",
    "VERMILLION",
    "differences",
    "discrepancy_points",
    "dispersion",
    "document_rates",
    "figure_size",
    "forest",
    "heat_map",
    "keyness_bars",
    "keyness_scatter",
    "most_marked",
    "naming_bars",
    "new_figure",
    "part_bars",
    "rate_dots",
    "score_map",
    "shift_bars",
    "source_map",
    "source_network",
]

_SIZES = {
    "heat_map": heat_map_size,
    "forest": forest_size,
    "naming_bars": naming_bars_size,
    "keyness_bars": keyness_bars_size,
}


def figure_size(kind: str, frame: pd.DataFrame) -> tuple[float, float]:
    """Return width and height (inches) that give each row and label of `frame` its room."""
    if kind not in _SIZES:
        raise ValueError(f"no figure is called {kind!r}")
    return _SIZES[kind](frame)
