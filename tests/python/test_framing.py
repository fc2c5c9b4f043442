"""Scores against their slow twin, what must not change them, intervals, and bad input."""

import math
import random
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import framelens as fl
from framelens import _core
from framelens.labels.framing import jeffreys_interval
from oracle import framing as oracle
from oracle import outlets
from oracle.fake_annotations import Given, corpus_of

LEXICON = {
    "version": "framelens-lexicon/1",
    "axis": "rule",
    "language": "en",
    "poles": ["good", "bad"],
    "terms": [
        {"text": "sage", "pole": "good"},
        {"text": "hero", "pole": "good", "weight": 2},
        {"text": "crook", "pole": "bad"},
        {"text": "fiend", "pole": "bad", "weight": 0.5},
        {"text": "head", "pole": "neutral"},
    ],
}
ONE_POLE = {**LEXICON, "poles": ["good"], "terms": LEXICON["terms"][:2]}
TERMS = {"sage": (0, 1.0), "hero": (0, 2.0), "crook": (1, 1.0), "fiend": (1, 0.5), "head": (2, 0.0)}
DESIGN = ("correlation", "design_effect")
SOURCES = ("Argus", "Beacon", "Courier")
DOCUMENTS = 18


def source_of(doc):
    return SOURCES[doc % len(SOURCES)]


def random_given(seed):
    draw = random.Random(seed)
    given = []
    for doc in range(DOCUMENTS):
        share = draw.random()
        for _ in range(draw.randrange(6)):
            kind = draw.choice(["own", "own", "reported", "quoted"])
            good = draw.random() < share
            terms = [
                None,
                "head",
                "stranger",
                *(["sage", "hero"] if good else ["crook", "fiend"]) * 3,
            ]
            given.append(
                Given(
                    doc,
                    draw.choice(terms),
                    target=draw.randrange(2),
                    object=draw.choice(["person", "institution"]),
                    voice="quoted" if kind == "quoted" else "own",
                    reported=kind == "reported",
                    distance=draw.choice([None] * 9 + ["scare"]),
                    zone=draw.choice(["body", "body", "subhead", "headline"]),
                )
            )
    return given


def kind_of(given):
    return "reported" if given.reported else given.voice


def part_of(given):
    return "headline" if given.zone == "headline" else "text"


def first_row(scores):
    """The first row of those that pool headlines and text."""
    return scores[scores["part"] == "all"].iloc[0]


def frame_scores(given, **options):
    targets = ["Ada Moore", "Bo Lind"][: 1 + max(g.target for g in given)]
    corpus = corpus_of(given, source_of, DOCUMENTS)
    return fl.framing(corpus, targets=targets, axis=LEXICON, **options)


def expected_row(given, row, targets=("Ada Moore", "Bo Lind")):
    """The row as the slow twin has it."""
    same = [
        g
        for g in given
        if targets[g.target] == row["target"]
        and row["voice"] in (kind_of(g), "all")
        and row["part"] in (part_of(g), "all")
    ]
    labels = [
        oracle.Label(SOURCES.index(source_of(g.doc)), g.doc, *TERMS[g.term])
        for g in same
        if g.term in TERMS and g.distance is None and row["object"] in (g.object, "all")
    ]
    score = oracle.score_labels(labels, [0] * len(SOURCES))[SOURCES.index(row["source"])]
    mentions = [g for g in same if source_of(g.doc) == row["source"]]
    return score, len(mentions), sum(g.term is None for g in mentions)


def missing_to_none(value):
    return None if pd.isna(value) else value


@pytest.mark.parametrize("seed", range(6))
def test_every_row_equals_its_slow_twin(seed):
    given = random_given(seed)
    scores = frame_scores(given).scores
    assert len(scores) == 2 * len(SOURCES) * 4 * 3 * 3
    for row in scores.to_dict("records"):
        expected, mentions, bare = expected_row(given, row)
        assert [row["n_good"], row["n_bad"], row["n_neutral"]] == expected.counts
        assert (row["mentions"], row["bare"]) == (mentions, bare)
        assert row["clusters"] == expected.clusters
        for name in ("score", "low", "high", "log_odds", "design_effect"):
            value, wanted = missing_to_none(row[name]), getattr(expected, name)
            assert value == (None if wanted is None else pytest.approx(wanted, abs=1e-10)), name
        rate = expected.counts[0] / mentions if mentions else None
        assert missing_to_none(row["rate_good"]) == rate


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("poles", [1, 2])
def test_the_engine_equals_its_slow_twin(seed, poles):
    labels = oracle.random_labels(seed, groups=6, poles=poles)
    family = [0, 0, 0, 1, 1, 2]
    columns = {
        name: [getattr(label, name) for label in labels]
        for name in ("group", "cluster", "pole", "weight")
    }
    found = _core.score_labels(columns, family, poles)
    expected = oracle.score_labels(labels, family, poles)
    for group, score in enumerate(expected):
        assert found["counts"][group].tolist() == score.counts
        for name in ("first", "second", "score", "log_odds", "clusters", *DESIGN):
            value, wanted = missing_to_none(found[name][group]), getattr(score, name)
            assert value == (None if wanted is None else pytest.approx(wanted, abs=1e-12)), name


@pytest.mark.parametrize("seed", range(3))
def test_order_of_documents_changes_no_bit(seed):
    given = random_given(seed)
    before = frame_scores(given).scores
    order = random.Random(seed).sample(range(DOCUMENTS), DOCUMENTS)
    moved = [replace(g, doc=order.index(g.doc)) for g in given]
    corpus = corpus_of(moved, lambda doc: source_of(order[doc]), DOCUMENTS)
    after = fl.framing(corpus, targets=["Ada Moore", "Bo Lind"], axis=LEXICON).scores
    pd.testing.assert_frame_equal(before, after, check_exact=True)


def test_swapped_poles_mirror_the_scores():
    given = random_given(1)
    before = frame_scores(given).scores
    swapped = {**LEXICON, "poles": ["bad", "good"]}
    corpus = corpus_of(given, source_of, DOCUMENTS)
    after = fl.framing(corpus, targets=["Ada Moore", "Bo Lind"], axis=swapped).scores
    np.testing.assert_allclose(after["score"], -before["score"])
    np.testing.assert_allclose(after["low"], -before["high"])
    np.testing.assert_allclose(after["high"], -before["low"])
    np.testing.assert_allclose(after["log_odds"], -before["log_odds"])


def test_one_factor_on_all_weights_changes_no_score_and_no_interval():
    given = random_given(2)
    terms = [
        term if term["pole"] == "neutral" else {**term, "weight": 4 * term.get("weight", 1)}
        for term in LEXICON["terms"]
    ]
    corpus = corpus_of(given, source_of, DOCUMENTS)
    after = fl.framing(corpus, targets=["Ada Moore", "Bo Lind"], axis={**LEXICON, "terms": terms})
    before = frame_scores(given)
    columns = ["score", "low", "high", "design_effect"]
    np.testing.assert_allclose(after.scores[columns], before.scores[columns], atol=1e-12)


def test_voices_add_up_to_all_and_so_do_parts():
    scores = frame_scores(random_given(3)).scores
    counts = ["n_good", "n_bad", "n_neutral", "mentions", "bare"]
    keys = ["target", "source", "object", "voice", "part"]
    for pooled in ("voice", "part"):
        table = scores.set_index(keys)[counts]
        summed = table.drop("all", level=pooled).groupby([k for k in keys if k != pooled]).sum()
        pd.testing.assert_frame_equal(summed, table.xs("all", level=pooled), check_like=True)


def test_labels_that_the_source_keeps_away_from_are_evidence_of_weight_0():
    given = [
        Given(0, "sage"),
        Given(0, "crook", distance="scare"),
        Given(0, "head"),
        Given(0, "head", distance="negated"),
    ]
    result = frame_scores(given)
    assert result.evidence["weight"].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert result.evidence["pole"].tolist() == ["good", "bad", "neutral", "neutral"]
    distances = [missing_to_none(distance) for distance in result.evidence["distance"]]
    assert distances == [None, "scare", None, "negated"]
    row = first_row(result.scores)
    assert [row["n_good"], row["n_bad"], row["n_neutral"]] == [1, 0, 1]
    assert (row["mentions"], row["bare"]) == (4, 0)


def test_zones_choose_labels_and_mentions():
    given = [Given(0, "sage"), Given(0, "crook", zone="caption"), Given(0, None, zone="headline")]
    by_default = first_row(frame_scores(given).scores)
    assert (by_default["n_good"], by_default["n_bad"], by_default["mentions"]) == (1, 0, 2)
    everywhere = first_row(frame_scores(given, zones="all").scores)
    assert (everywhere["n_good"], everywhere["n_bad"], everywhere["mentions"]) == (1, 1, 3)
    headline = first_row(frame_scores(given, zones=("headline",)).scores)
    assert (headline["n_good"], headline["mentions"], headline["bare"]) == (0, 1, 1)


def test_one_voice():
    given = random_given(4)
    everything, own = frame_scores(given), frame_scores(given, voice="own")
    wanted = everything.scores[everything.scores["voice"] == "own"].reset_index(drop=True)
    pd.testing.assert_frame_equal(own.scores, wanted)
    assert len(own.evidence) > 0
    assert not own.evidence["reported"].any()
    assert set(own.evidence["voice"]) == {"own"}
    pooled = frame_scores(given, voice="all")
    assert set(pooled.scores["voice"]) == {"all"}
    pd.testing.assert_frame_equal(pooled.evidence, everything.evidence)


@pytest.mark.parametrize(("events", "clusters"), [(5, 5), (4, 6)])
def test_events_are_the_units_where_five_are_known(events, clusters):
    given = [Given(doc, "sage") for doc in range(6)]
    corpus = corpus_of(given, lambda doc: "Argus", 6, lambda doc: f"event {doc % events}")
    row = first_row(fl.framing(corpus, targets=["Ada Moore"], axis=LEXICON).scores)
    assert row["clusters"] == clusters


def test_a_document_without_an_event_is_a_unit_of_its_own():
    given = [Given(doc, "sage") for doc in range(8)]
    events = ["a", "b", "c", "d", "e", "e", None, None]
    corpus = corpus_of(given, lambda doc: "Argus", 8, events.__getitem__)
    row = first_row(fl.framing(corpus, targets=["Ada Moore"], axis=LEXICON).scores)
    assert row["clusters"] == 7


def test_an_axis_of_one_pole_gives_rates_only():
    corpus = corpus_of([Given(0, "sage"), Given(0, None)], source_of, 3)
    result = fl.framing(corpus, targets=["Ada Moore"], axis=ONE_POLE)
    row = first_row(result.scores)
    assert (row["n_good"], row["rate_good"]) == (1, 0.5)
    assert result.scores[["score", "low", "high", "log_odds"]].isna().all(axis=None)
    with pytest.raises(ValueError, match="one pole"):
        result.plot()


def test_the_interval_is_jeffreys():
    grid = np.array([0.0, 0.3, 1.0, 2.5, 7.0, 40.0, 900.0])
    first, second = (side.ravel() for side in np.meshgrid(grid, grid))
    low, high = jeffreys_interval(first, second)
    expected_low = 2 * stats.beta.ppf(0.025, first + 0.5, second + 0.5) - 1
    expected_high = 2 * stats.beta.ppf(0.975, first + 0.5, second + 0.5) - 1
    np.testing.assert_allclose(low[first > 0], expected_low[first > 0], rtol=0, atol=1e-10)
    np.testing.assert_allclose(high[second > 0], expected_high[second > 0], rtol=0, atol=1e-10)
    assert (low[first == 0] == -1).all()
    assert (high[second == 0] == 1).all()
    assert np.isnan(jeffreys_interval(np.array([np.nan]), np.array([np.nan]))).all()


def own_row(given, documents=30, **options):
    corpus = corpus_of(given, lambda doc: "Argus", documents, **options)
    scores = fl.framing(corpus, targets=["Ada Moore"], axis=LEXICON).scores
    return scores.query("voice == 'own' and object == 'all' and part == 'text'").iloc[0]


@pytest.mark.parametrize("labels", [1, 3, 5])
@pytest.mark.parametrize("documents", [2, 10, 30])
def test_a_unanimous_source_has_the_interval_of_its_documents(documents, labels):
    row = own_row([Given(doc, "sage") for doc in range(documents) for _ in range(labels)])
    assert row["score"] == row["high"] == 1
    assert row["low"] == pytest.approx(2 * stats.beta.ppf(0.025, documents + 0.5, 0.5) - 1)


def test_unequal_documents_of_a_unanimous_source_count_for_less():
    sizes = [1, 1, 2, 8]
    row = own_row([Given(doc, "crook") for doc, n in enumerate(sizes) for _ in range(n)])
    effective = sum(sizes) ** 2 / sum(n * n for n in sizes)
    assert row["low"] == -1
    assert row["high"] == pytest.approx(1 - 2 * stats.beta.ppf(0.025, effective + 0.5, 0.5))


@pytest.mark.parametrize("good", [0, 1, 4, 9, 10])
def test_one_label_a_document_needs_no_correlation(good):
    row = own_row([Given(doc, "sage" if doc < good else "crook") for doc in range(10)])
    assert row["design_effect"] == 1
    low, high = jeffreys_interval(np.array([float(good)]), np.array([10.0 - good]))
    assert (row["low"], row["high"]) == pytest.approx((low[0], high[0]))


def test_one_cluster_has_no_interval():
    for given in ([Given(0, "sage")], [Given(0, "sage"), Given(0, "crook")]):
        row = own_row([*given, Given(1, None)])
        assert not pd.isna(row["score"])
        assert pd.isna(row["low"])
        assert pd.isna(row["high"])
    others = [Given(doc, term) for doc in range(1, 9) for term in ("sage", "crook")]
    corpus = corpus_of([Given(0, "sage"), *others], lambda doc: "AB"[doc > 0], 9)
    scores = fl.framing(corpus, targets=["Ada Moore"], axis=LEXICON).scores
    rows = scores.query("voice == 'own' and object == 'all' and part == 'text'")
    assert rows["low"].isna().tolist() == [True, False]


@pytest.mark.parametrize("documents", outlets.DOCUMENTS)
def test_intervals_cover_the_score_of_simulated_outlets(documents):
    cells = [cell for cell in outlets.cells() if cell.documents == documents]
    shares = {cell: outlets.coverage(cell, studies=400, seed=11) for cell in cells}
    missed = {cell: found for cell, found in shares.items() if not 0.92 <= found.covered <= 0.985}
    assert not missed


def test_real_text():
    corpus = fl.read(
        [
            {
                "source": "Argus",
                "text": "President Ada Moore spoke. “The dictator Moore lies,” Bo Lind said.",
            },
            {"source": "Beacon", "text": "The dictator Ada Moore spoke on Monday in the city."},
        ]
    )
    result = fl.framing(corpus, targets=["Ada Moore", "Bo Lind"])
    assert result.axis == "legitimacy"
    assert result.poles == ("illegitimate", "legitimate")
    assert result.evidence["label"].tolist() == ["President", "dictator", "dictator"]
    assert result.evidence["voice"].tolist() == ["own", "quoted", "own"]
    assert result.evidence["speaker"].tolist()[1] == "Bo Lind"
    rows = result.scores.query("target == 'Ada Moore' and object == 'all' and part == 'all'")
    own = rows[rows["voice"] == "own"].set_index("source")["score"]
    assert own.to_dict() == {"Argus": -1.0, "Beacon": 1.0}
    assert len(result.plot().texts) > 0


@pytest.mark.parametrize(
    ("text", "term", "labels"),
    [
        ("Prime Minister Ada Moore spoke.", {"text": "prime minister"}, ["Minister"]),
        ("Finance Minister Ada Moore spoke.", {"text": "prime minister"}, []),
        ("President Ada Moore spoke.", {"text": "presid*", "match": "glob"}, ["President"]),
        ("Former President Ada Moore spoke.", {"text": "president"}, []),
        ("President Ada Moore spoke.", {"text": "president", "object": "institution"}, []),
        ("Council President Ada Moore spoke.", {"text": "president"}, []),
    ],
)
def test_terms_and_exclusions(text, term, labels):
    axis = {
        **ONE_POLE,
        "terms": [{"pole": "good", **term}],
        "exclusions": ["council president"],
    }
    corpus = fl.read([{"source": "Argus", "text": text}])
    result = fl.framing(corpus, targets=["Ada Moore"], axis=axis)
    assert result.evidence["label"].tolist() == labels


def test_unnamed_targets_warn_and_have_no_rows():
    corpus = corpus_of([Given(0, "sage")], source_of, 3)
    with pytest.warns(UserWarning, match="names the target 'Bo Lind'"):
        result = fl.framing(corpus, targets=["Ada Moore", "Bo Lind"], axis=LEXICON)
    assert set(result.scores["target"]) == {"Ada Moore"}


def test_nothing_named_gives_empty_tables_with_their_columns():
    corpus = corpus_of([], source_of, 3)
    full = frame_scores(random_given(0))
    with pytest.warns(UserWarning, match="names the target"):
        empty = fl.framing(corpus, targets=["Ada Moore"], axis=LEXICON)
    assert list(empty.scores.columns) == list(full.scores.columns)
    assert list(empty.evidence.columns) == list(full.evidence.columns)
    assert len(empty.scores) == len(empty.evidence) == 0
    empty.plot()


def test_a_corpus_without_documents():
    with pytest.warns(UserWarning, match="names the target"):
        empty = fl.framing(fl.read([]), targets=["Ada Moore"])
    assert len(empty.scores) == len(empty.evidence) == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"targets": []}, "targets is empty"),
        ({"targets": ["Ada Moore", "ADA MOORE"]}, "two targets: 'Ada Moore' and 'ADA MOORE'"),
        ({"axis": "no such axis"}, "no such axis"),
        ({"voice": "loud"}, "voice must be one of"),
        ({"zones": ("cellar",)}, "cellar"),
        ({"zones": "body"}, "tuple"),
    ],
)
def test_bad_options_are_refused(options, message):
    corpus = corpus_of([Given(0, "sage")], source_of, 3)
    with pytest.raises(ValueError, match=message):
        fl.framing(corpus, **{"targets": ["Ada Moore"], "axis": LEXICON, **options})


def test_a_lexicon_of_the_wrong_shape_names_the_place():
    corpus = corpus_of([Given(0, "sage")], source_of, 3)
    with pytest.raises(fl.SchemaError) as caught:
        fl.framing(corpus, targets=["Ada Moore"], axis={**LEXICON, "poles": "good"})
    assert caught.value.pointer == "/poles"


def test_a_plot_of_an_object_that_is_none():
    with pytest.raises(ValueError, match="object must be one of"):
        frame_scores([Given(0, "sage")]).plot(object="thing")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"group": [1]}, "label 0: no group 1"),
        ({"pole": [3]}, "label 0: no pole 3"),
        ({"weight": [math.nan]}, "label 0: a weight"),
        ({"weight": [1.0, 1.0]}, "differ in length"),
        ({"cluster": [[0]]}, "one dimension"),
    ],
)
def test_the_engine_refuses_bad_columns(columns, message):
    labels = {"group": [0], "cluster": [0], "pole": [0], "weight": [1.0], **columns}
    with pytest.raises(ValueError, match=message):
        _core.score_labels(labels, [0], 2)


def test_the_engine_names_a_missing_column():
    with pytest.raises(ValueError, match="'group'"):
        _core.score_labels({}, [0], 2)


def test_scipy_waits_until_an_interval_is_asked_for():
    import subprocess

    code = "import sys, framelens.labels.framing; sys.exit('scipy.special' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
