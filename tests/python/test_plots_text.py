"""Names of sources, poles, targets and labels are printed as they are, in every figure."""

from __future__ import annotations

import itertools
import warnings
from unittest.mock import patch

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.mathtext import MathTextParser

import framelens as fl
from framelens import plots
from framelens.plots import canvas

mpl.use("Agg")

# Balanced, unbalanced, escaped, and mathematics that is none.
NAMES = [
    "$x^{$",
    "a $ b",
    "$$",
    r"\$5",
    r"\\$_{\frac$",
    "_hidden_",
    r"^\alpha_%#&",
    "x$y$z$",
    r"$\undefined$",
    "{$\\mathrm{",
]


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


def pairs_of(names):
    return names[0], names[-1]


def matrix(names):
    values = np.linspace(0.3, 0.6, len(names) ** 2).reshape(len(names), -1)
    return pd.DataFrame(values, index=names, columns=names)


def scores(names):
    first, second = pairs_of(names)
    rows = [
        {
            "target": target, "source": source, "voice": voice, "score": 0.5, "low": 0.1,
            "high": 0.8, f"n_{first}": 3, f"n_{second}": 1,
        }
        for target, source, voice in itertools.product(names[:2], names, ("own", "quoted"))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def terms(names):
    rows = [
        {
            "source": source, "term": term, "score": 1.5, "low": 1, "high": 2, "z": 4,
            "rate": 0.5 + i, "rate_others": 0.2, "q": 0.01, "range": 9, "documents": 20,
        }
        for source in names
        for i, term in enumerate(names)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def places(names):
    spread = np.arange(len(names), dtype=float)
    return pd.DataFrame({"source": names, "x": spread, "y": spread % 3})


def rates(names):
    row = {"count": 3, "rate": 1.5, "low": 1, "high": 2}
    return pd.DataFrame([{"source": s, "kind": k, **row} for s in names for k in names[:3]])


def differing(names):
    rows = [
        {"target": name, "voice": name, "a": name, "b": name, "difference": 0.5, "low": 0.1,
         "high": 0.8, "q": 0.04}
        for name in names
    ]  # fmt: skip
    return pd.DataFrame(rows)


def of_documents(names):
    first, second = pairs_of(names)
    return pd.DataFrame({"source": names, f"rate_{first}": 2.0, f"rate_{second}": 1.0})


def printed(names):
    values = [{"source": name, "value": name} for name in names]
    rows = [
        {"quantity": f"{name}: {name}, {name}", "verdict": "conflict", "values": values}
        for name in names[:3]
    ]
    return pd.DataFrame(rows)


def occurrences(names):
    rows = [
        {"doc": f"{name} doc", "source": name, "start": 3, "voice": "own", "pattern": name}
        for name in names
    ]
    frame = pd.DataFrame(rows)
    return frame, pd.Series(10, index=frame["doc"])


def shifted(names):
    row = {"rate": 2.0, "rate_others": 1.0, "difference": 1.0, "part": 0.3}
    return pd.DataFrame([{"term": name, **row} for name in names])


FIGURES = {
    "heat_map": lambda names: plots.heat_map(
        matrix(names), title=names[0], label=names[1], note=names[2]
    ),
    "heat_map of many": lambda names: plots.heat_map(
        matrix([name + str(i) for name in names for i in range(4)])
    ),
    "part_bars": lambda names: plots.part_bars(
        pd.DataFrame({"term": names, "part": 0.1}), title=names[0]
    ),
    "source_map": lambda names: plots.source_map(places(names), title=names[0]),
    "source_network": lambda names: plots.source_network(
        places(names), matrix(names), title=names[0]
    ),
    "forest": lambda names: plots.forest(scores(names), poles=pairs_of(names)),
    "forest with a title": lambda names: plots.forest(
        scores(names), poles=pairs_of(names), title=names[0]
    ),
    "score_map": lambda names: plots.score_map(
        matrix(names), poles=pairs_of(names), voice=names[0]
    ),
    "differences": lambda names: plots.differences(differing(names), poles=pairs_of(names)),
    "document_rates": lambda names: plots.document_rates(
        of_documents(names), poles=pairs_of(names), title=names[0]
    ),
    "naming_bars": lambda names: plots.naming_bars(matrix(names), title=names[0], unit=names[1]),
    "rate_dots": lambda names: plots.rate_dots(rates(names), title=names[0]),
    "discrepancy_points": lambda names: plots.discrepancy_points(printed(names)),
    "dispersion": lambda names: plots.dispersion(*occurrences(names)),
    "keyness_bars": lambda names: plots.keyness_bars(terms(names), title=names[0]),
    "shift_bars": lambda names: plots.shift_bars(shifted(names), source=names[0], other=names[1]),
    "keyness_scatter": lambda names: plots.keyness_scatter(terms(names)),
    "keyness_scatter with a title": lambda names: plots.keyness_scatter(
        terms(names), title=names[0]
    ),
}


def drawn(draw, names):
    """Draw without mathematics; return what is printed."""
    shown = []
    text_of = mpl.text.Text._preprocess_math

    def watch(self, text):
        plain, kind = text_of(self, text)
        shown.append(plain)
        return plain, kind

    def parse(self, text, *_, **__):
        raise AssertionError(f"{text!r} is read as mathematics")

    with (
        patch.object(mpl.text.Text, "_preprocess_math", watch),
        patch.object(MathTextParser, "parse", parse),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("error")
        draw(names).get_figure().canvas.draw()
    return shown


def test_every_figure_is_here():
    kinds = {name.partition(" ")[0] for name in FIGURES}
    others = {"BLUE", "GREY", "VERMILLION", "figure_size", "most_marked", "new_figure"}
    assert kinds == set(plots.__all__) - others


@pytest.mark.parametrize("parse_math", [True, False])
@pytest.mark.parametrize("figure", FIGURES)
def test_names_are_printed_as_they_are(figure, parse_math):
    for names in (NAMES, NAMES[::-1]):
        with mpl.rc_context({"text.parse_math": parse_math}):
            shown = drawn(FIGURES[figure], names)
        joined = "\n".join(shown)
        assert names[0] in joined
        # No mark is added, and none taken away.
        for piece in shown:
            for mark in (r"\$", "$"):
                assert mark not in piece or any(mark in name for name in names)
        backslashes = joined.replace(r"\\$_{\frac$", "").replace(r"\$5", "")
        assert r"\$" not in backslashes


def test_names_with_an_underscore_stand_in_the_legend():
    bars = plots.naming_bars(pd.DataFrame({"Gazette": [2, 1]}, index=["_leader_", "_"]))
    names = [text.get_text() for text in bars.get_legend().get_texts()]
    assert names == ["_leader_", "_"]
    frame = pd.DataFrame({"source": ["Gazette"], "rate__good": [2.0], "rate__bad": [1.0]})
    ax = plots.document_rates(frame, poles=("_good", "_bad"), title="Tone")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["_good", "_bad"]


def test_literal():
    assert canvas.literal("$5") == r"\$5"
    with mpl.rc_context({"text.parse_math": False}):
        assert canvas.literal("$5") == "$5"


AXIS = {
    "version": "framelens-lexicon/1",
    "axis": "$axis^{",
    "language": "en",
    "poles": ["$bad_{$", "_$good"],
    "terms": [
        {"text": "dictator", "pole": "$bad_{$", "object": "person"},
        {"text": "president", "pole": "_$good", "object": "person"},
    ],
}


def test_results_of_sources_and_poles_with_dollars(tmp_path):
    said = (
        "President Ada Moore spoke on Monday, and 12 people died in the storm at the port.",
        "The dictator Ada Moore spoke on Monday, and 15 people died in the storm at the port.",
        "“The dictator Ada Moore may be ill,” said Vera Lind. So 18 people died in the storm.",
    )
    corpus = fl.read(
        [
            {"source": name, "text": text}
            for name, text in zip(("$x^{$", "$", "a$b_$"), said, strict=True)
        ]
    )
    framed = fl.framing(corpus, targets=["Ada Moore"], axis=AXIS)
    results = [
        framed.plot,
        framed.heatmap,
        framed.compare().plot,
        fl.framing(corpus, targets=["Ada Moore"], axis=AXIS, by="id").plot,
        fl.framing(corpus, targets=None, axis=AXIS).plot,
        fl.namings(corpus, targets=["Ada Moore"]).plot,
        fl.similarity(corpus).plot,
        fl.similarity(corpus).network,
        fl.similarity(corpus).map().plot,
        fl.similarity(corpus).explain("$", "$x^{$").plot,
        fl.keyness(corpus).plot,
        lambda: fl.keyness(corpus).plot(kind="scatter", source="$"),
        fl.quotes(corpus).plot,
        fl.quotes(corpus).variants().plot,
        fl.distancing(corpus, targets=["Ada Moore"]).plot,
        fl.figures(corpus).plot,
        fl.dates(corpus).plot,
        corpus.near_duplicates().plot,
    ]
    for plot in results:
        drawn(lambda _, plot=plot: plot(), ())
    assert fl.report(corpus, tmp_path / "r.html", targets=["Ada Moore"], axis=AXIS).is_file()
