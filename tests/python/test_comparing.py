"""Differences between sources: intervals, permutation tests, and what cannot be told."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens import _core
from framelens.labels._omnibus import any_difference
from framelens.labels.comparing import Design, mover_interval
from oracle.fake_annotations import Given, corpus_of
from oracle.outlets import Cell, draw

DICTATOR, PRESIDENT = "dictator", "president"


def two_sources(seed: int, documents: int, shares: tuple[float, float], events: int = 0):
    """A corpus of two sources in turn, three labels a document."""
    random = np.random.default_rng(seed)
    given = [
        Given(doc, DICTATOR if random.random() < shares[doc % 2] else PRESIDENT)
        for doc in range(documents)
        for _ in range(3)
    ]
    return corpus_of(
        given,
        lambda doc: "Gazette" if doc % 2 == 0 else "Herald",
        documents,
        (lambda doc: str(doc // 2 % events)) if events else (lambda doc: None),
    )


def framed(corpus):
    return fl.framing(corpus, targets=["Ada Moore"])


def test_a_plain_difference_is_found_and_an_absent_one_is_not():
    far = framed(two_sources(1, 40, (0.9, 0.1))).compare("Gazette", "Herald").frame
    near = framed(two_sources(1, 40, (0.5, 0.5))).compare("Gazette", "Herald").frame
    own = far[far["voice"] == "own"].iloc[0]
    assert own["p"] < 0.01
    assert own["low"] > 0
    assert near[near["voice"] == "own"].iloc[0]["low"] < 0


@pytest.mark.parametrize("weight", ["label", "document", "event"])
def test_swapped_sources_mirror_the_difference(weight):
    result = framed(two_sources(3, 40, (0.7, 0.3), events=10))
    one = result.compare("Gazette", "Herald", weight=weight).frame.iloc[0]
    other = result.compare("Herald", "Gazette", weight=weight).frame.iloc[0]
    assert one["difference"] == pytest.approx(-other["difference"])
    assert one["low"] == pytest.approx(-other["high"])
    assert one["events"] == 10
    assert one["p"] <= 0.05


def test_only_shared_events_count():
    given = [Given(doc, DICTATOR if doc < 4 else PRESIDENT) for doc in range(8)]
    events = {0: "a", 1: "a", 2: "b", 3: "c", 4: "a", 5: "b", 6: "d", 7: "d"}
    corpus = corpus_of(given, lambda doc: "Gazette" if doc < 4 else "Herald", 8, events.get)
    row = framed(corpus).compare("Gazette", "Herald").frame.iloc[0]
    assert (row["events"], row["documents_a"], row["documents_b"]) == (2, 3, 2)
    assert row["difference"] == 2


def far_sources(event_of, each=30):
    """Two sources of one label a document, far apart, with the events of `event_of`."""
    given = [Given(doc, DICTATOR if doc % 10 else PRESIDENT) for doc in range(each)]
    given += [Given(each + doc, PRESIDENT if doc % 10 else DICTATOR) for doc in range(each)]
    return corpus_of(given, lambda doc: "Gazette" if doc < each else "Herald", 2 * each, event_of)


EVENTS = {
    "none": lambda doc: None,
    "two documents": lambda doc: "storm" if doc in (0, 30) else None,
    "one event of ten documents": lambda doc: "storm" if doc % 30 < 5 else None,
    "three quarters": lambda doc: str(doc % 30) if doc % 4 else None,
    "only one source's": lambda doc: str(doc % 5) if doc < 30 else None,
    "events of its own": lambda doc: str(doc),
    "few shared": lambda doc: str(doc if doc % 30 > 3 else doc % 30),
}


@pytest.mark.parametrize("events", EVENTS)
def test_events_that_cover_too_little_do_not_choose_the_documents(events):
    row = framed(far_sources(EVENTS[events])).compare("Gazette", "Herald").frame.iloc[0]
    assert row["difference"] == pytest.approx(1.6)
    assert (row["documents_a"], row["documents_b"], row["matched"]) == (30, 30, False)
    assert row["p"] < 0.001


@pytest.mark.parametrize(("known", "matched"), [(23, False), (24, True), (30, True)])
def test_matched_where_events_cover_four_fifths(known, matched):
    corpus = far_sources(lambda doc: str(doc % 30 // 2) if doc % 30 < known else None)
    row = framed(corpus).compare("Gazette", "Herald").frame.iloc[0]
    assert row["matched"] == matched
    assert row["n_matched"] == 2 * known
    assert row["documents_a"] == (known if matched else 30)


def test_matched_overrides():
    two = framed(far_sources(EVENTS["two documents"]))
    row = two.compare("Gazette", "Herald", matched=True).frame.iloc[0]
    assert (row["documents_a"], row["documents_b"], row["matched"]) == (1, 1, True)
    every = framed(far_sources(lambda doc: str(doc % 30)))
    row = every.compare("Gazette", "Herald", matched=False).frame.iloc[0]
    assert (row["events"], row["n_matched"], row["matched"]) == (30, 60, False)


@pytest.mark.parametrize("weight", ["label", "document"])
def test_near_copies_are_exchanged_as_one(weight):
    given = [Given(doc, DICTATOR if doc < 10 else PRESIDENT) for doc in range(20)]
    corpus = corpus_of(given, lambda doc: "Gazette" if doc < 10 else "Herald", 20)
    corpus.__dict__["_copy_clusters"] = np.arange(20) // 10
    row = framed(corpus).compare("Gazette", "Herald", weight=weight).frame.iloc[0]
    assert row["difference"] == 2
    assert pd.isna(row["p"])
    assert pd.isna(row["low"])


def test_events_are_exchanged_as_one_where_they_are_the_clusters():
    given = [Given(doc, DICTATOR if doc < 24 else PRESIDENT) for doc in range(48)]
    corpus = corpus_of(
        given, lambda doc: "Gazette" if doc < 24 else "Herald", 48, lambda doc: str(doc % 6)
    )
    row = framed(corpus).compare("Gazette", "Herald").frame.iloc[0]
    assert row["p"] == pytest.approx(2 / 2**6)


def many_sources(count, shares, documents=8):
    random = np.random.default_rng(5)
    given = [
        Given(doc, DICTATOR if random.random() < shares[doc % count] else PRESIDENT)
        for doc in range(count * documents)
    ]
    return corpus_of(given, lambda doc: f"Outlet {doc % count:02}", count * documents)


@pytest.mark.parametrize(("sources", "rows"), [(2, 1), (3, 3), (11, 55), (12, 12), (14, 14)])
def test_from_a_dozen_sources_on_each_stands_against_the_rest(sources, rows):
    result = framed(many_sources(sources, [0.5] * sources))
    frame = result.compare().frame
    own = frame[frame["voice"] == "own"]
    assert len(own) == rows
    assert own["b"].isna().all() == (sources >= 12)
    if sources >= 12:
        assert (own["documents_a"] + own["documents_b"] == 8 * sources).all()
        assert len(result.compare(against="each").frame) == sources * (sources - 1)
        assert len(result.compare("Outlet 00").frame) == 2 * (sources - 1)
    else:
        assert len(result.compare(against="rest").frame) == 2 * sources


def test_one_against_the_rest_is_the_pooled_rest():
    result = framed(many_sources(12, [0.9, *[0.2] * 11]))
    row = result.compare().frame.iloc[0]
    labels = result.evidence.assign(first=result.evidence["pole"] == "illegitimate")
    rest = labels[labels["source"] != "Outlet 00"]["first"].mean()
    assert row["score_b"] == pytest.approx(2 * rest - 1)
    assert row["low"] > 0
    assert row["q"] < 0.05


def test_omnibus_tells_sources_apart_and_chance_not():
    apart = framed(many_sources(6, [0.95, 0.95, 0.95, 0.1, 0.1, 0.1])).compare().omnibus
    row = apart[apart["voice"] == "own"].iloc[0]
    assert (row["sources"], row["clusters"]) == (6, 48)
    assert row["p"] < 0.01
    alike = framed(many_sources(6, [0.5] * 6)).compare().omnibus
    assert alike[alike["voice"] == "own"].iloc[0]["p"] > 0.05
    assert len(framed(many_sources(6, [0.5] * 6)).compare("Outlet 00").omnibus) == 0


def test_omnibus_keeps_its_size():
    design = Design("label", "all", None)
    rejected = []
    for seed in range(200):
        labels = draw(Cell(8, 0.3, 0.3), studies=1, outlets=4, seed=seed)
        frame = pd.DataFrame(labels).assign(
            target="Ada", axis="rule", voice="own", reported=False, event=None,
            source=lambda rows: rows["group"].astype(str), start=0,
            doc=lambda rows: rows["cluster"].astype(str), first=lambda rows: rows["pole"] == 0,
        )  # fmt: skip
        found = any_difference(frame, design, rounds=199)
        rejected.append(float(found["p"].iloc[0]) <= 0.05)
    assert 0.01 <= np.mean(rejected) <= 0.1


def test_three_sources_give_three_pairs_with_q_over_them():
    given = [Given(doc, DICTATOR if doc % 3 == 0 else PRESIDENT) for doc in range(36)]
    given += [Given(doc, PRESIDENT if doc % 6 == 0 else DICTATOR) for doc in range(36)]
    corpus = corpus_of(given, lambda doc: "ABC"[doc % 3], 36)
    frame = framed(corpus).compare().frame
    own = frame[frame["voice"] == "own"]
    assert list(zip(own["a"], own["b"], strict=True)) == list(combinations("ABC", 2))
    assert (own["q"].dropna() >= own["p"].dropna()).all()


def test_p_is_missing_where_it_could_not_reach_5_percent():
    corpus = two_sources(1, 4, (1.0, 0.0))
    assert framed(corpus).compare().frame["p"].isna().all()


def test_every_exchange_is_tried_where_there_are_few():
    balance = np.array([3.0, 1.0, 2.0, 2.0, -1.0, -3.0, -2.0, -1.0])
    documents = {
        "event": np.zeros(8, dtype=np.int32),
        "second": np.arange(8) >= 4,
        "balance": balance,
        "weight": np.full(8, 3.0),
    }

    def statistic(first: tuple[int, ...]) -> float:
        sides = [balance[list(first)] / 3, np.delete(balance, list(first)) / 3]
        variance = sum(side.var(ddof=1) / len(side) for side in sides)
        return abs(sides[0].mean() - sides[1].mean()) / np.sqrt(variance)

    every = [statistic(first) for first in combinations(range(8), 4)]
    expected = np.mean(np.array(every) >= statistic((0, 1, 2, 3)) - 1e-9)
    assert _core.permutation_p(documents, "label", 1000, 0) == pytest.approx(expected)


def test_documents_are_exchanged_within_events_only():
    documents = {
        "event": np.repeat(np.arange(6, dtype=np.int32), 2),
        "second": np.tile([False, True], 6),
        "balance": np.tile([1.0, -1.0], 6) * np.array([1, 0.5] * 6),
        "weight": np.ones(12),
    }
    assert _core.permutation_p(documents, "event", 1000, 0) == pytest.approx(2 / 2**6)


@pytest.mark.parametrize("documents", [5, 30])
@pytest.mark.parametrize(("share", "correlation"), [(0.02, 0.0), (0.1, 0.4), (0.5, 0.6)])
def test_size_of_the_permutation_test(documents, share, correlation):
    cell = Cell(documents, share, correlation)
    studies = 1200 if documents < 30 else 500
    rejected = known = 0
    for documents_of_study in studies_of(cell, studies):
        p = _core.permutation_p(documents_of_study, "label", 299, 1)
        if p is not None:
            known += 1
            rejected += p <= 0.05
    error = np.sqrt(0.05 * 0.95 / known)
    assert rejected / known < 0.06 + 2 * error
    assert rejected / known > 0.02 - 2 * error


def studies_of(cell: Cell, studies: int):
    labels = draw(cell, studies=studies, outlets=2, seed=11)
    size = studies * 2 * cell.documents
    n = np.bincount(labels["cluster"], minlength=size)
    first = np.bincount(labels["cluster"], weights=labels["pole"] == 0, minlength=size)
    second = np.arange(2 * cell.documents) >= cell.documents
    for study in range(studies):
        at = slice(study * 2 * cell.documents, (study + 1) * 2 * cell.documents)
        kept = n[at] > 0
        yield {
            "event": np.zeros(kept.sum(), dtype=np.int32),
            "second": second[kept],
            "balance": (2 * first[at] - n[at])[kept].astype(float),
            "weight": n[at][kept].astype(float),
        }


def test_mover_of_equal_intervals():
    low, high = mover_interval((0.0, -0.3, 0.3), (0.0, -0.4, 0.4))
    assert (low, high) == pytest.approx((-0.5, 0.5))


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (("Nobody",), {}, "no source is called 'Nobody'"),
        (("Gazette", "Gazette"), {}, "both 'Gazette'"),
        ((None, "Gazette"), {}, "b was given without a"),
        ((), {"weight": "word"}, "weight must be one of"),
        ((), {"object": "thing"}, "object must be one of"),
        ((), {"weight": "event"}, "no document with a label has an event"),
        ((), {"matched": True}, "matched is True, but no document with a label has an event"),
        ((), {"weight": "event", "matched": False}, "matched is not False"),
        ((), {"against": "some"}, "against must be one of each, rest"),
        (("Gazette", "Herald"), {"against": "rest"}, "cannot be combined with a and b"),
    ],
)
def test_bad_options_are_refused(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        framed(two_sources(1, 10, (0.5, 0.5))).compare(*arguments, **options)


def test_plots_are_drawn():
    result = framed(two_sources(1, 40, (0.9, 0.1)))
    assert len(result.compare().plot().get_yticklabels()) == 2
    assert [label.get_text() for label in result.heatmap().get_xticklabels()] == [
        "Gazette",
        "Herald",
    ]


def test_by_zone_splits_the_rows():
    given = [Given(0, DICTATOR), Given(0, PRESIDENT, zone="headline"), Given(1, PRESIDENT)]
    corpus = corpus_of(given, lambda doc: "Gazette", 2)
    frame = fl.framing(corpus, targets=["Ada Moore"], by="zone").frame
    own = frame[
        (frame["voice"] == "own") & (frame["object"] == "all") & (frame["part"] == "all")
    ].set_index("zone")
    assert own.loc["body", "n_illegitimate"] == 1
    assert own.loc["headline", "n_legitimate"] == 1
    assert list(own["mentions"]) == [2, 1]
    with pytest.raises(ValueError, match="by must be one of zone"):
        fl.framing(corpus, targets=["Ada Moore"], by="colour")


def dated_corpus():
    rows = [
        ("Gazette", "2025-05-01", "port", "President Ada Moore spoke on Monday."),
        ("Gazette", "2025-06-01", "vote", "The dictator Ada Moore spoke."),
        ("Herald", "2025-05-09", None, "The dictator Ada Moore spoke. President Ada Moore left."),
        ("Herald", None, "port", "The dictator Ada Moore spoke."),
    ]
    names = ("source", "date", "event", "text")
    return fl.read([dict(zip(names, row, strict=True)) for row in rows])


def pooled(result, *columns):
    rows = result.frame
    rows = rows[(rows["voice"] == "all") & (rows["object"] == "all") & (rows["part"] == "all")]
    wanted = ["source", *columns, "n_illegitimate", "n_legitimate", "mentions"]
    return list(rows[wanted].itertuples(index=False, name=None))


@pytest.mark.parametrize("by", [["source", "month"], ("month", "source"), "month", ["month"]])
def test_by_source_and_month(by):
    result = fl.framing(dated_corpus(), targets=["Ada Moore"], by=by)
    assert result.by == "month"
    assert pooled(result, "month") == [
        ("Gazette", "2025-05", 0, 1, 1),
        ("Gazette", "2025-06", 1, 0, 1),
        ("Herald", "2025-05", 1, 1, 2),
        ("Herald", "2025-06", 0, 0, 0),
    ]


@pytest.mark.parametrize("by", ["id", "title", "date", "event", "words", "month", "zone"])
def test_every_column_of_the_documents_can_be_by(by):
    frame = fl.framing(dated_corpus(), targets=["Ada Moore"], by=by).frame
    assert by in frame
    assert len(frame) == 2 * 4 * 3 * 3 * frame[by].nunique()


@pytest.mark.parametrize("by", ["source", ["source"], [], None])
def test_each_row_has_a_source_anyway(by):
    result = fl.framing(dated_corpus(), targets=["Ada Moore"], by=by)
    assert result.by is None
    assert pooled(result) == [("Gazette", 1, 1, 2), ("Herald", 2, 1, 3)]


def test_by_several_columns_has_the_combinations_that_occur():
    result = fl.framing(dated_corpus(), targets=["Ada Moore"], by=["event", "month"])
    assert result.by == ("event", "month")
    assert [row[:3] for row in pooled(result, "event", "month")] == [
        ("Gazette", "port", "2025-05"),
        ("Gazette", "vote", "2025-06"),
        ("Herald", "port", "2025-05"),
        ("Herald", "vote", "2025-06"),
    ]
    names = {text.get_text() for text in result.plot().get_yticklabels()}
    assert "Ada Moore, port, 2025-05" in names


@pytest.mark.parametrize("by", [5, {"a": 1}, ["source", 5], [["source"]], pd.Series(["source"])])
def test_by_is_names_of_columns(by):
    with pytest.raises(ValueError, match="by is a column's name or a list of them"):
        fl.framing(dated_corpus(), targets=["Ada Moore"], by=by)


@pytest.mark.parametrize("by", ["colour", ["source", "colour"], ["month", "label"]])
def test_unknown_columns_of_by_are_refused(by):
    with pytest.raises(ValueError, match=r"by must be one of zone, .*month, not '(colour|label)'"):
        fl.framing(dated_corpus(), targets=["Ada Moore"], by=by)


def test_the_engine_refuses_bad_documents():
    columns = {"event": [0], "second": [True], "balance": [2.0], "weight": [1.0]}
    with pytest.raises(ValueError, match="within it"):
        _core.permutation_p(columns, "label", 10, 0)
    with pytest.raises(ValueError, match="differ in length"):
        _core.permutation_p({**columns, "weight": []}, "label", 10, 0)


def test_a_frame_without_labels_is_empty_with_its_columns():
    corpus = corpus_of([Given(0, None)], lambda doc: "Gazette", 1)
    frame = framed(corpus).compare().frame
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == 0
    assert "difference" in frame
