"""Why a span is a label, a quotation or a reference, or why it is none."""

from __future__ import annotations

import pandas as pd
import pytest

import framelens as fl

INTRO = "Premier Ada Moore met Olaf Lund in Nordell. "


def corpus_of(text: str) -> fl.Corpus:
    return fl.read([{"id": "1", "source": "Gazette", "text": text}])


def rows(text: str, word: str, step: str) -> pd.DataFrame:
    start = text.rindex(word)
    frame = corpus_of(text).explain("1", start, start + len(word)).frame
    return frame[frame["step"] == step].reset_index(drop=True)


def test_a_label_names_its_rule_and_whom_it_means() -> None:
    text = INTRO + "Ada Moore was called a dictator by Olaf Lund."
    tried = rows(text, "dictator", "rule")
    assert list(tried["outcome"])[-1] == "label"
    assert set(tried["outcome"][:-1]) == {"stopped"}
    assert tried.iloc[-1][["name", "whom", "text"]].tolist() == [
        "copula.called",
        "Ada Moore",
        "dictator",
    ]
    assert tried["why"][:-1].notna().all()
    # The rules before it are tried in the order of the file.
    assert tried["name"].iloc[0] == "title.before-name"


def test_the_absence_of_a_label_says_where_each_rule_stopped() -> None:
    tried = rows(INTRO + "Ada Moore has condemned a dictator.", "dictator", "rule")
    assert set(tried["outcome"]) == {"stopped"}
    assert "copula.is" in set(tried["name"])
    assert tried["why"].notna().all()


@pytest.mark.parametrize(
    ("text", "word", "why"),
    [
        ("Ada Moore left. Two dictators met.", "dictators", "is a plural with no target near"),
        ("Ada Moore met rebel leader Olaf Lund.", "rebel", "modifies the noun behind it"),
        ("Ada Moore crossed a bridge.", "bridge", "says of nobody what they are"),
    ],
)
def test_what_no_rule_is_asked_of_is_said(text: str, word: str, why: str) -> None:
    tried = rows(INTRO + text, word, "rule")
    assert tried[["outcome", "why"]].to_numpy().tolist() == [["skipped", why]]
    assert tried["name"].isna().all()


def test_whom_a_description_may_mean_and_why() -> None:
    text = INTRO + "Later, the premier was tired."
    found = rows(text, "premier", "candidate")
    by = found.set_index("whom")
    assert by.loc["Ada Moore", ["text", "outcome", "why"]].tolist() == [
        "the premier",
        "meant",
        "was called so before",
    ]
    assert by.loc["Olaf Lund", "outcome"] == "not meant"


def test_whom_a_pronoun_may_mean_and_why() -> None:
    text = "Ada Moore met Mr. Olaf Lund in Nordell. Later, she was tired."
    by = rows(text, "she", "candidate").set_index("whom")
    assert by.loc["Ada Moore", "outcome"] == "meant"
    assert by.loc["Olaf Lund", "why"] == "is of another gender"


@pytest.mark.parametrize("least", [0.4, 0.99])
def test_what_a_pronoun_may_mean_is_said_as_it_was_weighed(least: float) -> None:
    text = "Ada Moore and Olga Rem spoke. She left."
    own = {"base": "en", "references": {"least": least, "least_alone": least}}
    corpus = fl.read([{"id": "1", "source": "Gazette", "text": text}], language=own)
    start = text.index("She")
    frame = corpus.explain("1", start, start + 3).frame
    found = frame[frame["step"] == "candidate"].set_index("whom")
    likely = found["why"].str.extract(r"^has (\d+) % of the likelihood(, too little)?$")
    assert likely[0].astype(int).between(1, 99).all()
    assert likely[0].astype(int).sum() <= 100
    assert likely[0].astype(int).idxmax() == "Olga Rem"
    assert (found.loc["Olga Rem", "outcome"] == "meant") == (least < 0.5)
    assert likely[1].notna().to_dict() == {"Olga Rem": least > 0.5, "Ada Moore": False}


def test_the_sentence_and_its_phrases() -> None:
    text = INTRO + "Later, she was never called a dictator."
    assert list(rows(text, "dictator", "sentence")["text"]) == [text[len(INTRO) :]]
    phrases = rows(text, "dictator", "phrase")
    assert phrases[["text", "name", "why"]].to_numpy().tolist() == [
        ["she", "pronoun", None],
        ["was never called", "verb group", "passive, negated"],
    ]


def test_a_quotation_says_by_what_it_has_its_speaker() -> None:
    text = INTRO + "“The premier lied to all of us,” Olaf Lund said."
    found = rows(text, "premier", "quotation")
    assert found[["name", "whom", "why"]].to_numpy().tolist() == [
        ["direct", "Olaf Lund", "by the cue “said” (say, neutral)"]
    ]
    nothing = rows(INTRO, "Nordell", "quotation")
    assert list(nothing["why"]) == ["no quotation and no indirect speech holds it"]


def test_aliases_and_groups_count_where_targets_are_given() -> None:
    corpus = corpus_of("On Monday migrants left the quay.")
    start = corpus.texts[0].index("migrants")
    found = corpus.explain("1", start, start + 8, targets=["migrants"]).frame
    assert list(found.loc[found["outcome"] == "label", "name"]) == ["description.group"]
    nobody = corpus.explain("1", start, start + 8).frame
    assert "label" not in set(nobody["outcome"])


def test_a_label_is_explained_as_it_is_found() -> None:
    corpus = fl.demo()
    targets = ["Tomás Beláriz"]
    labels = fl.namings(corpus, targets=targets).frame
    for row in labels.head(20).itertuples():
        why = corpus.explain(row.doc, row.start, row.end, targets=targets).frame
        given = why[why["outcome"] == "label"]
        assert list(given["name"]) == [row.rule_id]
        assert list(given["whom"]) == [row.target]


def test_it_is_read_as_text_and_as_a_page() -> None:
    text = "Ada <b>Moore</b> met Olaf Lund. Ada Moore is a dictator."
    why = corpus_of(text).explain("1", text.index("dictator"), len(text) - 1)
    lines = repr(why).splitlines()
    assert lines[0].startswith("'dictator' in document '1'")
    assert "Rules of labels, in order:" in lines
    assert any("copula.is – label: Ada Moore" in line for line in lines)
    page = corpus_of(text).explain("1", 0, len(text))._repr_html_()
    assert "<b>" not in page
    assert "copula.is" in page


def test_any_span_of_any_document_is_explained() -> None:
    text = "Ada 🙂 Moore’s “regime”\n\nfell.  \0 “The dictator"
    corpus = corpus_of(text)
    for start in range(len(text) + 1):
        for end in (start, min(start + 3, len(text)), len(text)):
            frame = corpus.explain("1", start, end).frame
            assert all(text[r.start : r.end] == r.text for r in frame.itertuples())
    empty = corpus_of(" ").explain("1", 0, 0)
    assert list(empty.frame["step"]) == ["quotation"]
    assert repr(empty)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, 10**6)])
def test_what_is_no_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="is no span of document '1'"):
        corpus_of("Ada Moore left.").explain("1", start, end)


def test_an_unknown_document_is_refused() -> None:
    with pytest.raises(ValueError, match="no document has the id 'x'"):
        corpus_of("Ada Moore left.").explain("x", 0, 1)


def test_who_may_speak_is_said_where_the_rules_are_unsure() -> None:
    text = INTRO + "Olaf Lund stayed. The plan is “a shameful thing for all of us here.”"
    found = rows(text, "shameful", "speaker")
    percent = found["why"].str.extract(r"^has (\d+) % of the likelihood$")[0].astype(int)
    assert percent.is_monotonic_decreasing
    assert percent.sum() <= 100
    assert {"", "Olaf Lund"} <= set(found["text"])
    why = rows(text, "shameful", "quotation")["why"].iloc[0]
    assert why == "the rules are unsure, so everybody near is weighed"
    sure = INTRO + "“It is a shameful thing for all of us,” Olaf Lund said."
    assert rows(sure, "shameful", "speaker").empty
