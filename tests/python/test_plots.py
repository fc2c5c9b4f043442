"""Figures are drawn and looked at: no text is cut off or runs into other text."""

import itertools

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from framelens import plots
from framelens.plots import canvas

mpl.use("Agg")

SHORT = ["Gazette", "Herald", "Star"]
LONG = [
    "The Northern Morning Star and Courier of the Seven Counties",
    "x" * 60,
    "$100 & <b>_^{",
    "Ñandú é Süden",
    "Gazette",
    "Herald",
]
POLES = ("illegitimate", "legitimate")


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    import matplotlib.pyplot as plt

    plt.close("all")


def matrix(names, low=0.3, high=0.6):
    values = np.linspace(low, high, len(names) ** 2).reshape(len(names), -1)
    values = (values + values.T) / 2
    np.fill_diagonal(values, 1)
    return pd.DataFrame(values, index=names, columns=names)


def scores(names, targets=("Ada Moore",), interval=True):
    rows = []
    for number, (target, source, voice) in enumerate(
        itertools.product(targets, names, ("own", "reported", "quoted", "all"))
    ):
        first, second = number % 4, (number * 7) % 3
        both = first + second
        score = (first - second) / both if both else np.nan
        known = interval and both and number % 2
        rows.append(
            {
                "target": target, "source": source, "voice": voice, "score": score,
                "low": max(-1, score - 0.3) if known else np.nan,
                "high": min(1, score + 0.3) if known else np.nan,
                "n_illegitimate": first, "n_legitimate": second,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def texts_of(ax):
    """Boxes of the texts that are drawn: ticks beyond the axes' ends are not."""
    figure = ax.get_figure()
    figure.canvas.draw()
    beyond = set()
    for axis in [axis for each in figure.axes for axis in (each.xaxis, each.yaxis)]:
        low, high = sorted(axis.get_view_interval())
        beyond |= {
            label
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]
            if not low <= tick.get_loc() <= high
            for label in (tick.label1, tick.label2)
        }
    found = figure.findobj(lambda artist: isinstance(artist, mpl.text.Text))
    return {
        text: text.get_window_extent()
        for text in found
        if text.get_visible() and text.get_text().strip() and text not in beyond
    }


def check_texts(ax):
    boxes = texts_of(ax)
    assert boxes
    frame = ax.get_figure().bbox
    for text, box in boxes.items():
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= frame.x1 + 1 and box.y1 <= frame.y1 + 1
        assert inside, f"{text.get_text()!r} is cut off"
    upright = [(text, box) for text, box in boxes.items() if text.get_rotation() == 0]
    for (one, a), (other, b) in itertools.combinations(upright, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide < 2 or high < 2, f"{one.get_text()!r} runs into {other.get_text()!r}"


@pytest.mark.parametrize("names", [SHORT[:1], SHORT, LONG, [f"Outlet {i}" for i in range(12)]])
def test_heat_map_has_room(names):
    check_texts(plots.heat_map(matrix(names), note="TF-IDF centroids: topic and style mixed"))


def test_heat_map_of_many_sources_has_no_numbers():
    ax = plots.heat_map(matrix([f"{LONG[0]} {i}" for i in range(31)]))
    check_texts(ax)
    assert not [text for text in ax.texts if text.get_text().startswith("0.")]


def test_heat_map_writes_every_number_but_the_diagonal():
    ax = plots.heat_map(matrix(SHORT), order=SHORT[::-1])
    shown = [text.get_text() for text in ax.texts]
    assert sum(text.startswith("0.") for text in shown) == 6
    assert [label.get_text() for label in ax.get_yticklabels()] == SHORT[::-1]
    assert not np.isfinite(np.ma.filled(ax.images[0].get_array().astype(float), np.nan)).all()


def test_heat_map_of_missing_and_of_signed_numbers():
    values = matrix(SHORT, -0.4, 0.2)
    values.iloc[0, 1] = np.nan
    ax = plots.heat_map(values, signed=True)
    low, high = ax.images[0].get_clim()
    assert low == -high
    check_texts(ax)
    check_texts(plots.heat_map(matrix(SHORT, 0.5, 0.5)))


def test_heat_map_does_not_change_its_table():
    table = matrix(SHORT)
    before = table.copy()
    plots.heat_map(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("names", [SHORT[:1], SHORT, LONG, [f"Outlet {i}" for i in range(12)]])
@pytest.mark.parametrize(
    "targets", [("Ada Moore",), ("Ada Moore", "Vera Lind of the Harbour Town")]
)
def test_forest_has_room(names, targets):
    check_texts(plots.forest(scores(names, targets), poles=POLES))


def markers(ax):
    return [line for line in ax.lines if line.get_marker() in {"o", "D", "s"}]


def test_forest_marks():
    table = pd.DataFrame(
        {
            "target": ["Ada"] * 3,
            "source": ["Gazette"] * 3,
            "voice": ["own", "quoted", "reported"],
            "score": [0.5, -1.0, np.nan],
            "low": [0.1, np.nan, np.nan],
            "high": [0.8, np.nan, np.nan],
            "n_illegitimate": [3, 0, 0],
            "n_legitimate": [1, 2, 0],
        }
    )
    ax = plots.forest(table, poles=POLES)
    own, quoted = markers(ax)
    assert list(own.get_xdata()) == [0.75]
    assert own.get_markerfacecolor() == own.get_markeredgecolor()
    assert list(quoted.get_xdata()) == [0.0]
    assert quoted.get_markerfacecolor() == "white"
    whiskers = [line for line in ax.lines if list(line.get_xdata()) == [0.55, 0.9]]
    assert whiskers
    shown = [text.get_text() for text in ax.texts]
    assert "1 : 3" in shown
    assert "2 : 0" in shown
    assert "← all legitimate" in shown
    assert "all illegitimate →" in shown
    # Nobody is reported to say anything: the voice takes no row.
    assert "none" not in shown
    assert own.get_ydata()[0] < quoted.get_ydata()[0]


def test_forest_without_labels():
    table = scores(SHORT).assign(n_illegitimate=0, n_legitimate=0, score=np.nan)
    ax = plots.forest(table, poles=POLES)
    assert not markers(ax)
    check_texts(ax)


@pytest.mark.parametrize("terms", [1, 6, 12])
@pytest.mark.parametrize("names", [SHORT[:1], SHORT, LONG])
def test_naming_bars_have_room(names, terms):
    counts = (np.arange(terms * len(names)) % 5).reshape(terms, len(names))
    labels = [f"label number {i}" for i in range(terms)]
    check_texts(plots.naming_bars(pd.DataFrame(counts, index=labels, columns=names)))


def test_naming_bars_keep_every_count():
    counts = np.arange(1, 28).reshape(9, 3)
    table = pd.DataFrame(counts, index=[f"t{i}" for i in range(9)], columns=SHORT)
    ax = plots.naming_bars(table)
    widths = np.array([[bar.get_width() for bar in bars] for bars in ax.containers])
    assert widths.sum(axis=0).tolist() == counts.sum(axis=0).tolist()
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend[-1] == "other labels"
    assert legend[0] == "t8"
    colours = {bars[0].get_facecolor() for bars in ax.containers}
    assert len(colours) == len(ax.containers)


def test_naming_bars_write_the_counts_that_fit():
    table = pd.DataFrame({"Gazette": [900, 7, 6, 5], "Herald": [10, 400, 3, 300]}, index=[*"abcd"])
    ax = plots.naming_bars(table)
    check_texts(ax)
    shown = {text.get_text() for text in ax.texts if text.get_visible()}
    assert {"900", "400", "300"} <= shown
    assert not shown & {"7", "6", "5", "3"}


def test_naming_bars_on_a_figure_without_a_window():
    table = pd.DataFrame({"Gazette": [900, 7]}, index=["a", "b"])
    ax = plots.naming_bars(table, ax=plots.new_figure(5, 2).subplots())
    assert [text.get_visible() for text in ax.texts] == [True, False]


def test_naming_bars_of_nothing():
    check_texts(plots.naming_bars(pd.DataFrame(columns=SHORT)))
    with pytest.raises(ValueError, match="max_terms"):
        plots.naming_bars(matrix(SHORT), max_terms=9)


def test_draws_on_axes_that_are_given():
    figure = plots.new_figure(6, 6)
    ax = figure.subplots()
    assert plots.heat_map(matrix(SHORT), ax=ax) is ax
    with pytest.raises(ValueError, match="no figure is called"):
        plots.figure_size("pie", matrix(SHORT))


def contrast(one, other):
    def luminance(colour):
        rgb = mpl.colors.to_rgb(colour)
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_numbers_can_be_read_on_their_colours():
    for colour in [*canvas.SEGMENTS, canvas.RULE]:
        assert contrast(colour, canvas.ink_on(colour)) >= 4.5
    assert contrast(canvas.GREY, "white") >= 4.5
