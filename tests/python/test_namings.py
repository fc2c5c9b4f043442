"""Targets, tables of labels, and bad input."""

import pandas as pd
import pytest

import framelens as fl
from framelens.labels.namings import COLUMNS, as_targets
from oracle.fake_annotations import Given, corpus_of

TARGETS = ["Ada Moore", "Bo Lind"]
GIVEN = [
    Given(0, "president"),
    Given(0, "president", reported=True),
    Given(0, "dictator", voice="quoted"),
    Given(0, None),
    Given(1, "dictator", zone="caption"),
    Given(1, "dictator"),
    Given(1, "leader", target=1),
]


def source_of(doc):
    return ["Argus", "Beacon", "Courier"][doc]


@pytest.fixture
def corpus():
    return corpus_of(GIVEN, source_of, 3)


@pytest.fixture
def names(corpus):
    return fl.namings(corpus, targets=TARGETS)


def test_one_row_a_label_in_document_then_text_order(names):
    assert tuple(names.frame.columns) == COLUMNS
    assert len(names.frame) == 6
    assert names.frame[["doc", "start"]].apply(tuple, axis=1).is_monotonic_increasing
    assert set(names.frame["target"]) == set(TARGETS)


def test_zones_are_all_but_boilerplate_or_chosen(corpus):
    given = [*GIVEN, Given(2, "tyrant", zone="boilerplate")]
    everywhere = fl.namings(corpus_of(given, source_of, 3), targets=TARGETS).frame
    assert "tyrant" not in set(everywhere["term"])
    assert set(everywhere["zone"]) == {"body", "caption"}
    assert set(fl.namings(corpus, targets=TARGETS, zones=("body",)).frame["zone"]) == {"body"}


def test_table_has_every_source_and_the_commonest_term_first(names):
    table = names.table(target="Ada Moore", voice="all")
    assert table.columns.tolist() == ["Argus", "Beacon", "Courier"]
    assert table.index.tolist() == ["dictator", "president"]
    assert table.loc["dictator"].tolist() == [1, 2, 0]
    assert table.loc["president"].tolist() == [2, 0, 0]


@pytest.mark.parametrize(
    ("voice", "expected"),
    [
        (None, {"dictator": 3, "president": 2}),
        ("all", {"dictator": 3, "president": 2}),
        ("own", {"dictator": 2, "president": 1}),
        ("reported", {"president": 1}),
        ("quoted", {"dictator": 1}),
    ],
)
def test_table_of_one_voice(names, voice, expected):
    assert names.table(target="Ada Moore", voice=voice).sum(axis=1).to_dict() == expected


def test_the_own_voice_is_the_default_and_others_stand_beside_it(names):
    own = names.table(target="Ada Moore")
    pd.testing.assert_frame_equal(own, names.table(target="Ada Moore", voice="own"))
    beside = names.table(target="Ada Moore", voice=["own", "reported", "quoted"])
    assert beside.columns.names == ["source", "voice"]
    for voice in ("own", "reported", "quoted"):
        table = names.table(target="Ada Moore", voice=voice)
        shown = beside.xs(voice, axis=1, level="voice").loc[table.index]
        pd.testing.assert_frame_equal(shown, table, check_names=False)
    assert int(beside.to_numpy().sum()) == 5
    rates = names.table(target="Ada Moore", voice=["own", "quoted"], values="rate")
    assert (rates.fillna(0).to_numpy() <= 1).all()
    with pytest.raises(ValueError, match="voice is empty"):
        names.table(voice=[])


def test_plot_draws_the_other_voices_beside_the_own(names):
    shown = [text.get_text() for text in names.plot(target="Ada Moore").texts]
    assert any(text.startswith("reported: ") for text in shown)
    assert any(text.startswith("quoted: ") for text in shown)
    pooled = names.plot(target="Ada Moore", voice="all")
    assert "in any voice" in pooled.get_title(loc="left")
    assert not [text for text in pooled.texts if text.get_text().startswith("quoted")]


def test_table_of_several_targets_keeps_them_apart(names):
    table = names.table(voice="all")
    assert table.index.names == ["target", "term"]
    assert table.index.tolist() == [
        ("Ada Moore", "dictator"),
        ("Ada Moore", "president"),
        ("Bo Lind", "leader"),
    ]


def test_plot_draws_every_source(names):
    ax = names.plot()
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Argus", "Beacon", "Courier"]
    assert "Ada Moore" in ax.get_title(loc="left")
    assert names.plot(target="Bo Lind").get_title(loc="left") == (
        "What each source calls Bo Lind, in its own voice"
    )


def test_real_text_gives_spans_of_the_original():
    text = "The Swiss dictator — Ada Móore, 54 — spoke. President Ada Moore left."
    names = fl.namings(fl.read([{"source": "Argus", "text": text}]), targets="Ada Moore")
    assert len(names.frame) > 0
    for row in names.frame.itertuples():
        assert text[row.start : row.end] == row.label
        assert row.target == "Ada Moore"


def test_an_unnamed_target_gives_an_empty_table_and_a_warning(corpus):
    blank = corpus_of([], source_of, 3)
    with pytest.warns(UserWarning, match="no document names the target 'Cy Frost'"):
        names = fl.namings(blank, targets=["Cy Frost"])
    assert tuple(names.frame.columns) == COLUMNS
    assert names.table().shape == (0, 3)
    names.plot()


def test_target_keeps_its_parts():
    target = fl.Target("Kim Jong Un", aliases=["Kim"], describes=["North Korean"])
    assert target == fl.Target("Kim Jong Un", ("Kim",), ("North Korean",))
    with pytest.raises(AttributeError):
        target.name = "Kim"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: fl.Target(""), "no letter"),
        (lambda: fl.Target("  \n"), "no letter"),
        (lambda: fl.Target("—"), "no letter"),
        (lambda: fl.Target(None), "a str, not NoneType"),
        (lambda: fl.Target("Ada Moore", aliases="Ada"), "aliases of the target 'Ada Moore'"),
        (lambda: fl.Target("Ada Moore", aliases=("",)), "aliases of the target 'Ada Moore'"),
        (lambda: fl.Target("Ada Moore", describes=(3,)), "a str, not int"),
        (lambda: as_targets([]), "targets is empty"),
        (lambda: as_targets([""]), "no letter"),
        (lambda: as_targets([b"Ada Moore"]), "a str, not bytes"),
        (lambda: as_targets(["Ada Moore", "Ada Moore"]), "'Ada Moore' is given twice"),
    ],
)
def test_bad_targets_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    "targets",
    [
        ["Nicolás Maduro", "NICOLAS  MADURO"],
        [fl.Target("Joe Moore", aliases=("the mayor",)), fl.Target("Ada Moore", ("The Mayor",))],
        ["Ada Moore", fl.Target("Joe Moore", aliases=("Ada Moore",))],
    ],
)
def test_a_name_of_two_targets_is_refused_with_both(targets):
    with pytest.raises(ValueError, match=r"names two targets: '.+' and '.+'"):
        as_targets(targets)


def test_two_persons_may_share_a_surname():
    assert [target.name for target in as_targets(["Joe Moore", "Ada Moore"])] == [
        "Joe Moore",
        "Ada Moore",
    ]


def test_bad_choices_are_refused(corpus, names):
    with pytest.raises(ValueError, match="cellar"):
        fl.namings(corpus, targets=TARGETS, zones=("cellar",))
    with pytest.raises(ValueError, match="voice must be one of"):
        names.table(voice="loud")
    with pytest.raises(ValueError, match="no target is 'Cy Frost'; targets are Ada Moore and Bo"):
        names.table(target="Cy Frost")


def test_frame_goes_to_arrow(names):
    pa = pytest.importorskip("pyarrow")
    assert pa.table(names).column_names == list(COLUMNS)
    assert isinstance(names.frame, pd.DataFrame)
