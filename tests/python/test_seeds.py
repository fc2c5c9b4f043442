"""The main job, against what careful readers found: five real reports, and the demo corpus."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

import framelens as fl


@dataclass(frozen=True)
class Case:
    """A corpus, its gold, and how many speakers and cues must be right."""

    corpus: fl.Corpus
    gold: dict
    targets: list
    speakers: float
    cues: float


def read_gold(folder, read_jsonl):
    names = ("zones", "quotes", "labels", "label_traps")
    return {name: read_jsonl(folder / f"{name}.jsonl") for name in names}


@pytest.fixture(scope="module")
def real(shared, read_jsonl):
    return Case(
        fl.read(shared / "seeds"),
        read_gold(shared / "gold", read_jsonl),
        ["Nicolás Maduro", "Donald Trump"],
        speakers=40 / 46,
        cues=36 / 44,
    )


@pytest.fixture(scope="module")
def invented(root, read_jsonl):
    from framelens.face.demo import TARGETS

    gold = read_gold(root / "tests" / "data" / "demo", read_jsonl)
    return Case(fl.demo(), gold, list(TARGETS), speakers=40 / 46, cues=36 / 44)


@pytest.fixture(scope="module", params=["real", "invented"])
def case(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def evidence(case):
    return fl.framing(case.corpus, targets=case.targets, axis="legitimacy", zones="all").evidence


def present(value):
    return None if pd.isna(value) else value


def differences(found, wanted):
    """What is missing and what is too much, in a form that reads well when a test fails."""
    return {"missing": sorted(wanted - found, key=str), "extra": sorted(found - wanted, key=str)}


NONE = {"missing": [], "extra": []}


def test_gold_is_of_these_texts(case):
    corpus = case.corpus
    for name in ("zones", "quotes"):
        for row in case.gold[name]:
            start, end = row["span"]
            assert corpus.texts[corpus.position_of(row["doc"])][start:end] == row["text"]


def test_zones(case):
    found = {(z.doc, z.zone, z.start, z.end) for z in case.corpus.zones.itertuples()}
    wanted = {(z["doc"], z["zone"], *z["span"]) for z in case.gold["zones"]}
    assert differences(found, wanted) == NONE


def quotes_of(case):
    frame = fl.quotes(case.corpus).frame
    return frame[frame["kind"] != "indirect"]


def test_quotations(case):
    found = {(q.doc, q.kind, q.start, q.end) for q in quotes_of(case).itertuples()}
    wanted = {(q["doc"], q["kind"], *q["span"]) for q in case.gold["quotes"]}
    assert differences(found, wanted) == NONE


def test_where_quotations_stand(case):
    found = {(q.doc, q.start): q for q in quotes_of(case).itertuples()}
    for row in case.gold["quotes"]:
        quote = found[row["doc"], row["span"][0]]
        assert (quote.nested > 0) == (row["where"] == "nested")
        if row["where"] in ("headline", "subhead"):
            assert quote.zone == row["where"]


def share_right(case, column):
    found = {(q["doc"], q["start"], q["end"]): q for q in quotes_of(case).to_dict("records")}
    rows = [row for row in case.gold["quotes"] if row[column] is not None]
    right = [
        row
        for row in rows
        if found.get((row["doc"], *row["span"]), {column: None})[column] == row[column]
    ]
    return len(right) / len(rows)


def test_speakers(case):
    assert share_right(case, "speaker") >= case.speakers


def test_cues(case):
    assert share_right(case, "cue") >= case.cues


def test_who_is_not_quoted_has_no_speaker(case):
    found = {(q["doc"], q["start"], q["end"]): q for q in quotes_of(case).to_dict("records")}
    for row in case.gold["quotes"]:
        if row["kind"] in ("scare", "name"):
            assert present(found[(row["doc"], *row["span"])]["speaker"]) is None


def test_gold_labels_are_all_evidence_and_nothing_else_is(case, evidence):
    columns = ("target", "object", "pole", "voice", "zone")
    found = {
        (row["doc"], row["start"], row["end"], present(row["speaker"]), *(row[c] for c in columns))
        for row in evidence.to_dict("records")
    }
    wanted = {
        (row["doc"], *row["span"], row["speaker"], *(row[c] for c in columns))
        for row in case.gold["labels"]
    }
    assert differences(found, wanted) == NONE
    assert len(evidence) == len(case.gold["labels"])


def test_labels_are_what_is_printed(case, evidence):
    for row in evidence.itertuples():
        text = case.corpus.texts[case.corpus.position_of(row.doc)]
        assert text[row.start : row.end] == row.label


def test_traps_are_no_evidence(case, evidence):
    for trap in case.gold["label_traps"]:
        start, end = trap["span"]
        same = evidence[evidence["doc"] == trap["doc"]]
        inside = same[(same["start"] < end) & (same["end"] > start)]
        assert not len(inside), f"{trap['context']}: {trap['why']}"


def test_voice_at_agrees_with_the_gold(case):
    for row in case.gold["labels"]:
        voice = (row["voice"], row["speaker"])
        assert case.corpus.voice_at(row["doc"], *row["span"]) == voice


def test_similarity_is_that_of_scikit_learn(case):
    corpus = case.corpus
    result = fl.similarity(corpus, voice="all", sublinear_tf=False, mask=False)
    texts = corpus.text_of_zones(("subhead", "body"))
    expected = cosine_similarity(TfidfVectorizer().fit_transform(texts))
    matrix = result.raw.loc[corpus.source_of, corpus.source_of]
    np.testing.assert_allclose(matrix.to_numpy(), expected, rtol=0, atol=1e-12)
    assert result.frame["low"].isna().all()
    assert result.frame["high"].isna().all()
    assert (result.frame[["n_a", "n_b"]] == 1).all(axis=None)


def test_no_interval_with_one_document_a_source(case):
    scores = fl.framing(case.corpus, targets=case.targets).scores
    assert scores["low"].isna().all()
    assert scores["high"].isna().all()


def terms(frame, doc, **conditions):
    rows = frame[frame["doc"] == doc]
    for column, value in conditions.items():
        rows = rows[rows[column] == value]
    return rows["term"].value_counts().to_dict()


def test_what_the_five_reports_call_him(real):
    names = fl.namings(real.corpus, targets=real.targets).frame
    his = names[(names["target"] == "Nicolás Maduro")]
    own = terms(his, "000", voice="own")
    assert own["dictator"] == 4
    assert "president" not in own
    quoted = his[(his["doc"] == "000") & (his["term"] == "president")]
    assert list(quoted["voice"]) == ["quoted"]
    assert list(quoted["speaker"]) == ["Donald Trump"]
    for doc in ("002", "003", "004"):
        in_body = terms(his, doc, voice="own", zone="body")
        assert in_body["president"] == 1
        assert "dictator" not in terms(his, doc)
    assert terms(his, "002")["regime"] == 1
    assert "regime" not in {*terms(his, "003"), *terms(his, "004")}


def test_scores_follow_from_the_evidence(case):
    result = fl.framing(case.corpus, targets=case.targets)
    assert result.poles == ("illegitimate", "legitimate")
    counted = result.evidence[result.evidence["distance"].isna()]
    pooled = result.scores.query("object == 'all' and voice == 'all' and part == 'all'")
    for row in pooled.to_dict("records"):
        same = counted[(counted["target"] == row["target"]) & (counted["source"] == row["source"])]
        first, second = (int((same["pole"] == pole).sum()) for pole in result.poles)
        assert (row["n_illegitimate"], row["n_legitimate"]) == (first, second)
        if first + second:
            assert row["score"] == pytest.approx((first - second) / (first + second))
        else:
            assert np.isnan(row["score"])


def test_threads_and_order_do_not_matter(case):
    def tables(corpus):
        quotes = fl.quotes(corpus).frame
        found = fl.framing(corpus, targets=case.targets, zones="all")
        return [
            corpus.zones.sort_values(["doc", "start"], ignore_index=True),
            quotes.sort_values(["doc", "start", "end"], ignore_index=True),
            found.evidence.sort_values(["doc", "start", "target"], ignore_index=True),
            found.scores,
        ]

    corpus = case.corpus
    rows = [
        {"id": i, "source": s, "text": t}
        for i, s, t in zip(corpus.ids, corpus.source_of, corpus.texts, strict=True)
    ]
    for one, other in zip(tables(corpus), tables(fl.read(rows[::-1], n_jobs=2)), strict=True):
        pd.testing.assert_frame_equal(one, other)
