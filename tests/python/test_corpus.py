"""The corpus: its tables, its filter, its voices, its texts by zone."""

import pickle

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens.base.progress import ProgressBar

ARTICLE = (
    "Council shuts the harbour\n"
    "\n"
    "By Ada Moore\n"
    "\n"
    "The harbour is closed, the mayor said on Monday.\n"
    "\n"
    "“He told me, ‘We are ready to close the harbour,’ and he meant it,” Vera Lind said.\n"
    "\n"
    "The so-called “expert” left.\n"
)


@pytest.fixture
def corpus():
    return fl.read(
        [
            {"id": "a", "source": "Gazette", "text": ARTICLE, "event": "x", "date": "2026-01-05"},
            {"id": "b", "source": "Herald", "text": "Rain fell on the town.", "event": "y"},
            {"id": "c", "source": "Gazette", "text": "Sun shone.", "date": "2026-01-02"},
        ]
    )


def test_documents(corpus):
    documents = corpus.documents
    assert list(documents) == ["id", "source", "title", "date", "event", "words", "text_start"]
    assert list(documents["words"])[1:] == [5, 2]
    assert list(documents["event"])[:2] == ["x", "y"]
    assert documents["event"][2] is None
    assert documents["date"].dtype.kind == "M"
    assert corpus.sources == ["Gazette", "Herald"]
    assert len(corpus) == 3


def test_tables_do_not_change_the_corpus(corpus):
    documents, zones = corpus.documents, corpus.zones
    documents.loc[0, "source"] = "Other"
    zones["end"] = 0
    assert corpus.documents["source"][0] == "Gazette"
    assert corpus.zones["end"][0] == len("Council shuts the harbour")
    with pytest.raises(AttributeError):
        corpus.texts = []


def test_zones_are_spans_of_the_text(corpus):
    zones = corpus.zones
    assert list(zones) == ["doc", "source", "zone", "start", "end", "duplicate"]
    found = {row.zone: ARTICLE[row.start : row.end] for row in zones[zones.doc == "a"].itertuples()}
    assert found == {"headline": "Council shuts the harbour", "byline": "By Ada Moore"}


def test_annotations_are_kept(corpus):
    assert corpus.annotations is corpus.annotations


def test_text_of_zones(corpus):
    assert corpus.text_of_zones(("headline",))[0] == "Council shuts the harbour"
    assert corpus.text_of_zones(("headline", "byline"))[0] == (
        "Council shuts the harbour\nBy Ada Moore"
    )
    body = corpus.text_of_zones(["body"])
    assert body[0].startswith("The harbour is closed")
    assert body[1] == "Rain fell on the town."
    assert corpus.text_of_zones("all")[0].startswith("Council shuts")
    assert corpus.text_of_zones(("caption",)) == ["", "", ""]
    for spans, text in zip(corpus.zone_pieces("all"), corpus.texts, strict=True):
        assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)


def test_duplicated_captions_count_once():
    caption = "The harbour of Northwick seen from the lighthouse. (Photo by Ada Moore)"
    text = f"Harbour shut\n\n{caption}\n{caption}\n\nThe harbour is closed, the mayor said.\n"
    corpus = fl.read([{"source": "Gazette", "text": text}])
    assert corpus.text_of_zones(("caption",)) == [caption]
    assert list(corpus.zones.query("zone == 'caption'")["duplicate"]) == [False, True]


@pytest.mark.parametrize("zones", ["body", ("boddy",), ("body", "Headline")])
def test_unknown_zones(corpus, zones):
    with pytest.raises(ValueError, match=r"zones is a tuple|no zone is called"):
        corpus.text_of_zones(zones)


def span_of(words):
    start = ARTICLE.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("The harbour is closed", ("own", None)),
        ("he meant it", ("quoted", "Vera Lind")),
        ("expert", ("own", None)),
        ("Vera Lind said", ("own", None)),
        ("meant it,” Vera", ("own", None)),
    ],
)
def test_voice_at(corpus, words, voice):
    assert corpus.voice_at("a", *span_of(words)) == voice


def test_voice_is_of_the_innermost_quotation(corpus):
    voice, speaker = corpus.voice_at("a", *span_of("ready"))
    assert voice == "quoted"
    assert speaker != "Vera Lind"


@pytest.mark.parametrize("span", [(-1, 3), (5, 4), (0, 10_000)])
def test_voice_at_no_span(corpus, span):
    with pytest.raises(ValueError, match="is no span of document 'a'"):
        corpus.voice_at("a", *span)
    with pytest.raises(ValueError, match="no document has the id 'zz'"):
        corpus.voice_at("zz", 0, 1)


def test_filter(corpus):
    assert corpus.filter(source="Gazette").ids == ["a", "c"]
    assert corpus.filter(source=["Herald", "Gazette"]).ids == ["a", "b", "c"]
    assert corpus.filter(event="y").ids == ["b"]
    assert corpus.filter(ids=["c", "a"]).ids == ["a", "c"]
    assert corpus.filter(source="Gazette", event="x").ids == ["a"]
    assert corpus.filter(where=lambda d: d["date"] > pd.Timestamp("2026-01-03")).ids == ["a"]
    assert corpus.filter(where=lambda d: d["event"] == "y").ids == ["b"]
    assert corpus.filter().ids == corpus.ids
    assert len(corpus.filter(where=lambda d: d["id"] == "none")) == 0
    assert corpus.ids == ["a", "b", "c"]


@pytest.mark.parametrize("condition", [{"source": "Star"}, {"ids": ["a", "z"]}, {"event": "z"}])
def test_filter_by_what_is_not_there(corpus, condition):
    with pytest.raises(ValueError, match="no document has the"):
        corpus.filter(**condition)


def test_filter_by_too_few_values(corpus):
    with pytest.raises(ValueError, match="gave 1 values for 3 documents"):
        corpus.filter(where=lambda d: [True])


def test_pickle(corpus):
    words = list(corpus.documents["words"])
    again = pickle.loads(pickle.dumps(corpus))
    assert "annotations" not in vars(again)
    assert again.ids == corpus.ids
    assert list(again.documents["words"]) == words
    assert again.voice_at("a", *span_of("he meant it")) == ("quoted", "Vera Lind")


def test_repr(corpus):
    assert repr(corpus) == "Corpus(3 documents, 2 sources)"
    html = corpus._repr_html_()
    assert "<td>Gazette</td><td>2</td>" in html
    assert "1 headline, 1 byline" in html
    assert "2026-01-02 – 2026-01-05" in html


def test_overview_of_nothing():
    corpus = fl.read([])
    assert len(corpus.overview()) == 0
    assert "<table>" in corpus._repr_html_()


def test_show_knows_its_documents(corpus):
    with pytest.raises(ValueError, match="no document has the id 'zz'"):
        corpus.show("zz")
    assert repr(corpus.show("a")) == "MarkedArticle('a')"


def test_progress_is_shown_when_asked(monkeypatch):
    moves = []

    class Bar:
        n = 0

        def refresh(self):
            moves.append(self.n)

        def close(self):
            moves.append("closed")

    monkeypatch.setattr("tqdm.auto.tqdm", lambda **_: Bar())
    with ProgressBar(True, 10) as move:
        move(1, 2)
        move(2, 2)
    assert moves == [5, 10, "closed"]
    with ProgressBar(False, 10) as move:
        assert move is None


def test_threads_do_not_matter():
    rows = [{"id": str(i), "source": "AB"[i % 2], "text": ARTICLE} for i in range(8)]
    one, two = (fl.read(rows, n_jobs=n) for n in (1, 2))
    pd.testing.assert_frame_equal(one.zones, two.zones)
    pd.testing.assert_frame_equal(fl.quotes(one).frame, fl.quotes(two).frame)


def test_documents_by_position():
    corpus = fl.demo()
    assert [document.id for document in corpus] == corpus.ids
    assert corpus[-1].text == corpus.texts[-1]
    assert corpus[np.int64(1)].id == corpus.ids[1]
    assert corpus[1:3].ids == corpus.ids[1:3]
    assert corpus.head(2).ids == corpus.ids[:2]
    assert corpus.head(100).ids == corpus.ids
    assert corpus.texts[0] not in repr(corpus[0])
    with pytest.raises(IndexError, match="no document 5 in a corpus of 5"):
        corpus[5]
    with pytest.raises(TypeError, match="ids="):
        corpus["wire"]


def test_samples_are_the_same_by_seed():
    corpus = fl.demo()
    drawn = corpus.sample(3, seed=4)
    assert drawn.ids == corpus.sample(3, seed=4).ids
    assert drawn.ids == [id_ for id_ in corpus.ids if id_ in drawn.ids]
    assert len({tuple(corpus.sample(2, seed=seed).ids) for seed in range(20)}) > 3
    with pytest.raises(ValueError, match="from 0 to 5"):
        corpus.sample(6, seed=1)


@pytest.mark.parametrize(
    "call",
    [
        lambda given: fl.similarity(given),
        lambda given: fl.keyness(given),
        lambda given: fl.namings(given, targets=["Ada Moore"]),
        lambda given: fl.framing(given, targets=None),
        lambda given: fl.quotes(given),
        lambda given: fl.distancing(given),
        lambda given: fl.figures(given),
        lambda given: fl.dates(given),
        lambda given: fl.kwic(given, "port"),
        lambda given: fl.report(given, "report.html"),
    ],
)
@pytest.mark.parametrize("given", [pd.DataFrame({"text": ["a"]}), "articles/", ["a"], None])
def test_what_is_no_corpus_is_told_how_to_become_one(call, given):
    with pytest.raises(TypeError, match=rf"takes a corpus, not {type(given).__name__}: read it"):
        call(given)
