"""How a report shows what sets sources apart as a whole: likeness, words; figures and rows."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens import plots
from framelens.contrast.keyness import keyness
from framelens.contrast.similarity import similarity
from framelens.corpus.corpus import Corpus
from framelens.face.bounded import MOST_ROWS, csv_of_more, main_sources

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TERMS_A_SOURCE = 8


def similarity_section(corpus: Corpus) -> dict[str, Any] | None:
    """Return how alike the main sources write; None of one source."""
    if len(corpus.sources) < 2:
        return None
    result = similarity(corpus)
    main = main_sources(corpus)
    matrix, pairs = result.matrix.loc[main, main], result.frame
    shown = replace(
        result,
        matrix=matrix,
        frame=pairs[pairs["a"].isin(main) & pairs["b"].isin(main)],
        documents=result.documents[main],
        order=[source for source in result.order if source in main],
    )
    figure = drawn("heat_map", matrix, lambda ax: shown.plot(ax=ax))
    return {
        "matrix": matrix,
        "pairs": records(pairs.head(MOST_ROWS)),
        "csv": csv_of_more(pairs, MOST_ROWS),
        "figure": figure,
        "words": result.words(),
    }


def keyness_section(corpus: Corpus) -> dict[str, Any] | None:
    """Return which words set the main sources apart; None where there are none."""
    if len(corpus.sources) < 2:
        return None
    result = keyness(corpus)
    main = result.frame["source"].isin(main_sources(corpus))
    marked = plots.most_marked(result.frame[main], _TERMS_A_SOURCE)
    if not len(marked):
        return None
    figure = drawn(
        "keyness_bars",
        marked,
        lambda ax: plots.keyness_bars(marked, ax=ax, masked=result.masked_share),
    )
    tested = bool(result.frame["q"].notna().any())
    return {
        "rows": records(marked),
        "figure": figure,
        "tested": tested,
        "masked": records(result.masked),
    }


def drawn(kind: str, frame: pd.DataFrame, draw: Callable[[Any], object]) -> str:
    """Return a figure as a link that holds it."""
    figure = plots.new_figure(*plots.figure_size(kind, frame))
    draw(figure.subplots())
    return _data_uri(figure)


def _data_uri(figure: Figure) -> str:
    # An image element runs no script and shares no ids with the page; the fixed salt and date make
    # the same figure the same bytes.
    import matplotlib

    data = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "framelens", "svg.fonttype": "none"}):
        figure.savefig(data, format="svg", metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(data.getvalue()).decode("ascii")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, as they are printed."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
