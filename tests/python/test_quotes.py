"""The table of quotations: columns, kinds, speakers, cues, empties, plots."""

import pandas as pd
import pytest

import framelens as fl
from framelens.speech.quotes import COLUMNS, STANCES

ARTICLE = """Council Closes Harbour

By Jane Doe

On Monday President María Ruiz came to the quay of Velar. “We are ready – é 🙂,” Ruiz said.

“Olaf Lund told me, ‘Stay at home,’ and I stayed,” she claimed.

The so-called “people’s port” was empty, and the gate bore the slogan “Bread, Not Bullets”.

Lund called the vote of the council “a farce”.

Ruiz said that the ships would leave at noon."""


def read(*texts, source="Gazette"):
    return fl.read(
        [{"id": f"d{i}", "source": source, "text": text} for i, text in enumerate(texts)]
    )


@pytest.fixture(scope="module")
def corpus():
    return read(ARTICLE, "It rained on the quay all day.")


@pytest.fixture(scope="module")
def quotes(corpus):
    return fl.quotes(corpus)


def row(quotes, text):
    rows = quotes.frame[quotes.frame["text"] == text]
    assert len(rows) == 1, quotes.frame["text"].tolist()
    return rows.iloc[0]


def test_columns_and_their_types(quotes):
    assert tuple(quotes.frame.columns) == COLUMNS
    types = quotes.frame.dtypes
    assert {str(types[name]) for name in ("start", "end")} == {"int64"}
    for name in ("speaker_start", "speaker_end", "cue_start", "cue_end"):
        assert str(types[name]) == "Int64", name


def test_spans_are_code_points_of_the_original(corpus, quotes):
    text = corpus.texts[0]
    for found in quotes.frame.itertuples():
        assert text[found.start : found.end] == found.text
        if not pd.isna(found.cue_start):
            assert text[found.cue_start : found.cue_end] == found.cue
        if not pd.isna(found.speaker_start):
            assert text[found.speaker_start : found.speaker_end].strip()


def test_kinds(quotes):
    assert row(quotes, "We are ready – é 🙂,")["kind"] == "direct"
    assert row(quotes, "a farce")["kind"] == "partial"
    assert row(quotes, "people’s port")["kind"] == "scare"
    assert row(quotes, "Bread, Not Bullets")["kind"] == "name"
    indirect = quotes.frame[quotes.frame["kind"] == "indirect"]
    assert any("the ships would leave at noon" in text for text in indirect["text"])


def test_speakers_and_cues(quotes):
    said = row(quotes, "We are ready – é 🙂,")
    assert (said["speaker"], said["cue"], said["lemma"], said["stance"]) == (
        *("María Ruiz", "said", "say", "neutral"),
    )
    claimed = row(quotes, "Olaf Lund told me, ‘Stay at home,’ and I stayed,")
    assert (claimed["speaker"], claimed["lemma"], claimed["stance"]) == (
        *("María Ruiz", "claim", "doubting"),
    )
    assert row(quotes, "a farce")["speaker"] == "Olaf Lund"


def test_nested_quotations_know_their_depth_and_speaker(quotes):
    inner = row(quotes, "Stay at home,")
    assert inner["nested"] == 1
    assert inner["speaker"] == "Olaf Lund"
    assert set(quotes.frame["nested"]) == {0, 1}


def test_what_is_missing_is_missing(quotes):
    scare = row(quotes, "people’s port")
    names = ("speaker", "speaker_start", "speaker_end", "cue", "lemma", "stance", "cue_start")
    for name in (*names, "cue_end"):
        assert pd.isna(scare[name]), name


def test_rows_are_in_document_then_text_order():
    both = fl.quotes(read(ARTICLE, ARTICLE)).frame
    assert both["doc"].unique().tolist() == ["d0", "d1"]
    for _, of_document in both.groupby("doc"):
        assert of_document["start"].is_monotonic_increasing


def test_zones_choose_where_to_look():
    text = "Ruiz: ‘We Are Ready’\n\n" + ARTICLE.partition("\n\n")[2]
    everywhere = fl.quotes(read(text)).frame
    assert {"headline", "body"} <= set(everywhere["zone"])
    assert set(fl.quotes(read(text), zones=("body",)).frame["zone"]) == {"body"}
    with pytest.raises(ValueError, match="no zone is called 'footer'"):
        fl.quotes(read(text), zones=("footer",))


@pytest.mark.parametrize("texts", [(), ("",), ("It rained.",), (" \n\n",), ("\x00",), ('"' * 99,)])
def test_without_quotations_the_table_has_its_columns(texts):
    found = fl.quotes(read(*texts))
    assert tuple(found.frame.columns) == COLUMNS
    assert found.frame.empty
    assert str(found.frame["cue_start"].dtype) == "Int64"
    assert list(found.spans) == ["doc", "source", "start", "end", "kind"]
    assert found.verbs().empty
    assert found.plot() is not None


def test_spans(quotes):
    pd.testing.assert_frame_equal(
        quotes.spans, quotes.frame[["doc", "source", "start", "end", "kind"]]
    )


def test_verbs(quotes):
    verbs = quotes.verbs()
    assert list(verbs) == ["source", "lemma", "stance", "count", "share", "rate", "low", "high"]
    assert verbs["count"].is_monotonic_decreasing
    assert verbs.set_index("lemma")["count"]["say"] == 2
    assert verbs["share"].sum() == pytest.approx(1)
    assert set(verbs["stance"]) <= set(STANCES)
    by_speaker = quotes.verbs(by="speaker")
    assert {"María Ruiz", "Olaf Lund"} <= set(by_speaker["speaker"])
    with pytest.raises(ValueError, match="by must be one of source, speaker"):
        quotes.verbs(by="verb")


def test_plot_has_a_bar_a_source_and_names_what_it_counts(quotes):
    ax = quotes.plot()
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Gazette"]
    assert ax.get_xlabel() == "attributions"
    assert "stance" in ax.get_title(loc="left")
    shown = [text.get_text() for text in ax.get_legend().get_texts()]
    assert set(shown) <= set(STANCES)


def test_repr_and_html_escape_what_was_printed():
    found = fl.quotes(read("“<script>alert(1)</script>,” Olaf Lund said.", source="<b>"))
    assert repr(found).startswith("Quotes(")
    assert "\n" not in repr(found)
    page = found._repr_html_()
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The port of Velar is shut, says Olga Rem.", "Olga Rem"),
        ("The regime, which shut two ports, is a disgrace, says Olga Rem.", "Olga Rem"),
        ("On Monday, the port was shut, says Olga Rem.", "Olga Rem"),
        ("The regime, which shut two ports, recalled its ambassador.", None),
        ("The Velar leader, who shut two ports, told reporters.", None),
        ("Olaf Lund, the mayor of Velar, thanked the crews.", None),
        ("The mayor, a man of few words, recalled his minister.", None),
    ],
)
def test_a_verb_behind_an_insert_has_its_subject_before_it(text, speaker):
    frame = fl.quotes(read(f"{text} Olga Rem left the port.")).frame
    closed = frame[frame["start"] == 0]
    assert closed["speaker"].tolist() == ([speaker] if speaker else [])


def test_voice_at(corpus):
    text = corpus.texts[0]

    def voice(words, doc="d0"):
        start = text.index(words)
        return corpus.voice_at(doc, start, start + len(words))

    assert voice("We are ready") == ("quoted", "María Ruiz")
    assert voice("Stay at home") == ("quoted", "Olaf Lund")
    assert voice("and I stayed") == ("quoted", "María Ruiz")
    assert voice("people’s port") == ("own", None)
    assert voice("Bread, Not Bullets") == ("own", None)
    assert voice("the ships would leave") == ("own", None)
    assert voice("🙂,” Ruiz said") == ("own", None)  # half in, half out
    for start, end in ((-1, 2), (3, 2), (0, len(text) + 1)):
        with pytest.raises(ValueError, match="is no span of document 'd0'"):
            corpus.voice_at("d0", start, end)
    with pytest.raises(ValueError, match="no document has the id 'nowhere'"):
        corpus.voice_at("nowhere", 0, 1)


def test_quotation_without_a_speaker_is_quoted_by_nobody_known():
    corpus = read("At dawn a voice was heard on the quay. “We are here to stay, all of us.”")
    found = fl.quotes(corpus).frame.iloc[0]
    assert pd.isna(found["speaker"])
    voice, speaker = corpus.voice_at("d0", found["start"], found["end"])
    assert speaker is None
    assert voice == ("quoted" if found["kind"] in ("direct", "partial") else "own")


def test_bad_input_is_read_in_one_pass():
    texts = ["“" * 100_000, "‘a ” " * 20_000, "x" * 1_000_000, "\u202e“no,” he said.\u2066"]
    found = fl.quotes(read(*texts)).frame
    assert set(found["doc"]) <= {"d0", "d1", "d3"}


def test_a_source_does_not_depend_on_threads(corpus):
    records = [
        {"id": f"d{i}", "source": "Gazette", "text": ARTICLE + "\n\n" + str(i)} for i in range(40)
    ]
    one = fl.quotes(fl.read(records, n_jobs=1)).frame
    many = fl.quotes(fl.read(records, n_jobs=4)).frame
    pd.testing.assert_frame_equal(one, many)
