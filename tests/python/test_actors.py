"""Who is in a corpus: names, titles, pronouns as printed; whom a mention means."""

import warnings

import pandas as pd
import pytest

import framelens as fl


def read(*texts, **columns):
    return fl.read(
        pd.DataFrame(
            {
                "id": [str(i) for i in range(len(texts))],
                "source": [f"Source {i % 2}" for i in range(len(texts))],
                "text": texts,
                **columns,
            }
        )
    )


MOORE = (
    "President Ada Moore spoke on Monday. She thanked Ms. Moore’s friends. Her aides smiled.",
    "Ada Moore left early. The president was tired.",
)


def test_one_row_a_person_with_what_is_printed():
    frame = fl.actors(read(*MOORE)).frame
    row = frame.iloc[0]
    assert row["name"] == "Ada Moore"
    assert row["kind"] == "person"
    assert row["forms"] == "Ada Moore 2, Moore 1"
    assert row["roles"] == "president 2"
    assert row["pronouns"] == "she 2"
    assert row["honorifics"] == "Ms. 1"
    assert (row["sources"], row["documents"], row["mentions"]) == (2, 2, 6)


def test_what_is_not_printed_is_missing():
    row = fl.actors(read("Ada Moore left.")).frame.iloc[0]
    for column in ("roles", "pronouns", "honorifics", "nation"):
        assert row[column] is None


def test_order_is_documents_then_mentions_then_name():
    texts = ("Cyrus Bell met Bob Lind.", "Cyrus Bell met Ada Moore. Ada Moore left.")
    assert fl.actors(read(*texts)).frame["name"].tolist() == ["Cyrus Bell", "Ada Moore", "Bob Lind"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("organisation", "Harbour Committee"),
        ("nation", "France"),
        ("group", "officials"),
        ("person", "Ada Moore"),
    ],
)
def test_kinds(kind, name):
    corpus = read("Ada Moore told the Harbour Committee that officials had left France.")
    found = fl.actors(corpus, kind=kind)
    assert found.frame["name"].tolist() == [name]
    assert set(found.mentions["kind"]) == {kind}
    assert name in fl.actors(corpus, kind="all").frame["name"].tolist()


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kind"):
        fl.actors(read("Ada Moore left."), kind="people")


def test_mentions_are_the_evidence():
    corpus = read(*MOORE)
    mentions = fl.actors(corpus).mentions
    texts = dict(zip(corpus.ids, corpus.texts, strict=True))
    for row in mentions.itertuples():
        assert texts[row.doc][row.start : row.end] == row.text
    assert mentions["form"].tolist() == [
        "title", "pronoun", "title", "pronoun", "name", "description",
    ]  # fmt: skip


def test_threads_change_nothing():
    corpus = read(*MOORE * 20, title=None)
    one, four = fl.actors(corpus, kind="all"), fl.actors(corpus, kind="all", n_jobs=4)
    pd.testing.assert_frame_equal(one.frame, four.frame)
    pd.testing.assert_frame_equal(one.mentions, four.mentions)


def test_an_empty_corpus_has_the_columns():
    found = fl.actors(read("Nothing happened."))
    assert not len(found.frame)
    assert "pronouns" in found.frame
    assert not len(found.mentions)
    assert "candidates" in found.mentions


@pytest.mark.parametrize("typed", ["Tomas Belaris", "Belariz", "tomás belariz", "Beláris"])
def test_a_misspelt_target_is_answered(typed):
    corpus = read("President Tomás Beláritz spoke. Tomás Beláritz left.")
    with pytest.warns(UserWarning, match="did you mean 'Tomás Beláritz'"):
        fl.namings(corpus, targets=[typed + "x"])


def test_a_report_without_targets_lists_whom_to_ask_about(tmp_path):
    page = fl.report(read(*MOORE), tmp_path / "r.html").read_text("utf-8")
    assert "Who is in them" in page
    assert '<th scope="row">Ada Moore</th>' in page
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = fl.report(read(*MOORE), tmp_path / "r.html", targets="Ada Moore").read_text("utf-8")
    assert "Who is in them" not in page


def test_show_takes_one_target_as_a_string():
    corpus = read(*MOORE)
    assert corpus.show("0", targets="Ada Moore").html == corpus.show("0", ["Ada Moore"]).html


def test_two_role_nouns_are_one_description() -> None:
    text = "Ada Moore ran. The billionaire businesswoman resigned. The attorney general smiled."
    mentions = fl.actors(fl.read([{"source": "a", "text": text}])).mentions
    described = mentions.loc[mentions["form"] == "description", "text"].tolist()
    assert described == ["The billionaire businesswoman", "The attorney general"]
