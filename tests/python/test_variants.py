"""Variants of one utterance: gold, planted edits, what is shown."""

from __future__ import annotations

import random

import pandas as pd
import pytest

import framelens as fl


@pytest.fixture(scope="module")
def real(shared):
    return fl.quotes(fl.read(shared / "seeds")).variants()


def rows_at(frame, row):
    start, end = row["span"]
    return frame[(frame["doc"] == row["doc"]) & (frame["start"] < end) & (frame["end"] > start)]


def test_every_gold_cluster_is_one_utterance_and_no_two_are_joined(real, gold):
    numbers = []
    for cluster in gold("quote_variants"):
        found = [set(rows_at(real.frame, row)["utterance"]) for row in cluster["variants"]]
        common = set.intersection(*found)
        assert len(common) == 1, cluster["utterance"]
        numbers.append(common.pop())
    assert len(set(numbers)) == len(numbers)


def test_gold_spans_are_exact(real, gold):
    found = set(zip(real.frame["doc"], real.frame["start"], real.frame["end"], strict=True))
    rows = [row for cluster in gold("quote_variants") for row in cluster["variants"]]
    assert {(row["doc"], *row["span"]) for row in rows} <= found


def test_no_variant_is_beside_the_gold_but_the_slogan(real, gold):
    known = {
        (row["doc"], *row["span"])
        for cluster in gold("quote_variants")
        for row in cluster["variants"]
    }
    rows = real.frame
    extra = rows[[key not in known for key in zip(rows.doc, rows.start, rows.end, strict=True)]]
    assert list(extra["kind"]) == ["name", "name"]
    edits = [edit for edits in extra["edits"] for edit in edits]
    assert [(edit["type"], edit["base_text"], edit["text"]) for edit in edits] in (
        [("substitution", "No", "Not")],
        [("substitution", "Not", "No")],
    )


WORDS = [
    "harbour", "minister", "ferry", "winter", "council", "bridge", "market", "teacher",
    "signal", "engine", "forest", "island", "village", "doctor", "captain", "mirror", "ladder",
    "copper", "timber", "window", "basket", "candle", "pepper", "garden", "hammer", "bottle",
    "saddle", "needle", "ribbon", "pillow", "thunder", "shadow", "silver", "orange", "purple",
    "crimson",
]  # fmt: skip
HEDGES = ("allegedly", "reportedly", "perhaps", "apparently")


def planted(rng):
    """A sentence, its edited form, and the edit: type, words in the base, words in the variant."""
    words = rng.sample(WORDS, 14)
    at = rng.randrange(3, 9)
    kind = rng.choice(["cut", "insertion", "substitution", "reordering", "ellipsis", "bracket"])
    if kind == "cut":
        words.insert(at, rng.choice(HEDGES))
        return words, words[:at] + words[at + 1 :], ("cut", words[at], "")
    if kind == "ellipsis":
        gone = " ".join(words[at : at + 3])
        return words, [*words[:at], "...", *words[at + 3 :]], ("ellipsis", gone, "")
    if kind == "insertion":
        return words, [*words[:at], "unusual", *words[at:]], ("insertion", "", "unusual")
    if kind == "bracket":
        return words, [*words[:at], "[official]", *words[at:]], ("bracket", "", "official")
    if kind == "substitution":
        return words, [*words[:at], "different", *words[at + 1 :]], (
            "substitution", words[at], "different",
        )  # fmt: skip
    moved = words[at]
    rest = words[:at] + words[at + 1 :]
    return words, [*rest[: at - 2], moved, *rest[at - 2 :]], ("reordering", moved, moved)


@pytest.mark.parametrize("seed", range(3))
def test_planted_edits_are_found_with_type_and_span(seed):
    rng = random.Random(seed)
    rows, wanted = [], []
    for case in range(120):
        base, edited, edit = planted(rng)
        wanted.append(edit)
        for copy, words in enumerate((base, base, edited)):
            text = f"“The {' '.join(words)} today,” Ada Moore said."
            rows.append(
                {"id": f"{case}-{copy}", "source": f"S{copy}", "event": str(case), "text": text}
            )
    frame = fl.quotes(fl.read(rows)).variants().frame
    found = frame.set_index("doc")["edits"]
    right = 0
    for case, (kind, gone, new) in enumerate(wanted):
        words = [e for e in found.get(f"{case}-2", []) if e["type"] not in ("cue", "speaker")]
        if [(e["type"], e["base_text"], e["text"]) for e in words] == [(kind, gone, new)]:
            right += 1
    assert right / len(wanted) >= 0.97


def sample(*texts, **columns):
    rows = [
        {"source": f"S{i}", "text": text, **{name: values[i] for name, values in columns.items()}}
        for i, text in enumerate(texts)
    ]
    return fl.quotes(fl.read(rows)).variants()


FIRST = "“We are ready for serious talks,” Ada Moore said."
SECOND = "“We are ready for talks,” Ada Moore claimed."


def test_edits_have_spans_on_both_sides_and_the_cue_is_compared():
    variants = sample(FIRST, SECOND)
    assert list(variants.frame["base"]) == [True, False]
    cut, cue = variants.frame["edits"][1]
    assert FIRST[cut["base_start"] : cut["base_end"]] == "serious" == cut["base_text"]
    assert cut["start"] == cut["end"]
    assert (cue["type"], cue["base_text"], cue["text"]) == ("cue", "said", "claimed")


def test_events_are_kept_apart():
    assert len(sample(FIRST, SECOND, event=["a", "a"]).frame) == 2
    assert len(sample(FIRST, SECOND, event=["a", "b"]).frame) == 0


def test_nothing_to_compare_gives_empty_tables():
    empty = sample("Nothing is quoted here.")
    assert len(empty.frame) == 0
    assert list(empty.frame.columns)[:8] == [
        "utterance", "doc", "source", "start", "end", "text", "similarity", "edits",
    ]  # fmt: skip
    assert len(empty.drift()) == 0
    assert "No utterance" in empty.show().html


def test_shown_variants_are_escaped():
    bad = "“We <script>alert(1)</script> are ready for talks now,” Ada Moore said."
    html = sample(bad, bad.replace("ready", "quite ready")).show().html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_an_unknown_utterance_is_refused():
    with pytest.raises(ValueError, match="no utterance has the number 7"):
        sample(FIRST, SECOND).show(7)


def test_drift_counts_against_the_wording_that_most_print():
    variants = sample(FIRST, FIRST, SECOND)
    drift = variants.drift().set_index("source")
    assert drift["edited"].to_dict() == {"S0": 0, "S1": 0, "S2": 1}
    assert drift.loc["S2", "cut"] == 1
    assert variants.plot() is not None


def test_threads_and_order_do_not_matter(real, shared):
    corpus = fl.read(shared / "seeds")
    rows = [
        {"id": i, "source": s, "text": t}
        for i, s, t in zip(corpus.ids, corpus.source_of, corpus.texts, strict=True)
    ]
    other = fl.quotes(fl.read(rows[::-1], n_jobs=2)).variants(n_jobs=2)
    columns = ["utterance", "doc", "start", "end", "similarity"]
    order = ["utterance", "doc", "start"]
    pd.testing.assert_frame_equal(
        real.frame[columns].sort_values(order, ignore_index=True),
        other.frame[columns].sort_values(order, ignore_index=True),
    )


def test_what_one_document_prints_as_two_utterances_stays_two():
    first = "Did I make a mistake in the harbour of Nordell?"
    second = "But did I make a mistake in the harbour of Nordell for some gain of mine?"
    rows = [
        {
            "source": s,
            "text": f"\u201c{first}\u201d Ada Moore said. It rained. \u201c{b}\u201d she said.",
        }
        for s, b in (("A", second), ("B", second.replace("some gain", "any gain")))
    ]
    frame = fl.quotes(fl.read(rows)).variants().frame
    assert frame.groupby("utterance").size().tolist() == [2, 2]
    for _, forms in frame.groupby("utterance"):
        assert forms["source"].tolist() == ["A", "B"]
