"""Titles given beside a text: the document's first line, a headline, and analysed as one."""

from __future__ import annotations

import json
import warnings

import pandas as pd
import pytest

import framelens as fl
from framelens.corpus.titles import Head, put_before

TEXT = "Carsavian President Tomás Beláriz opened talks on Monday. “We will win,” he said."
TITLE = "Dictator Beláriz opens talks"


def corpus_of(*rows: dict[str, object]) -> fl.Corpus:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fl.read([{"source": "Gazette", **row} for row in rows])


class TestPutBefore:
    def test_title_blank_line_text(self):
        corpus = corpus_of({"title": TITLE, "text": TEXT})
        assert corpus.texts == [f"{TITLE}\n\n{TEXT}"]
        start = corpus.documents["text_start"][0]
        assert corpus.texts[0][start:] == TEXT
        assert corpus.titles == [TITLE]

    def test_text_start_counts_code_points(self):
        corpus = corpus_of({"title": "Bélá “𝔘” é", "text": "Rain."})
        assert corpus.documents["text_start"][0] == len("Bélá “𝔘” é") + 2

    @pytest.mark.parametrize("missing", [None, float("nan"), "", "  \n", pd.NA, pd.NaT])
    def test_missing_titles_put_nothing(self, missing):
        corpus = corpus_of({"title": missing, "text": TEXT})
        assert corpus.texts == [TEXT]
        assert corpus.documents["text_start"][0] == 0
        assert list(corpus.zones["zone"]) == []

    @pytest.mark.parametrize(
        ("title", "text"),
        [
            ("Beláriz opens talks", "Beláriz opens talks\n\nRain."),
            ("Beláriz opens talks", "BELARIZ OPENS TALKS\nRain."),
            ("Beláriz opens talks", "  \n Bela\u0301riz opens\u00a0talks.\r\n\r\nRain."),
            ("Beláriz “opens” talks - now", 'Beláriz "opens" talks — now\nRain.'),
            ("It’s  over", "It's over"),
            ("Bel\u00adáriz opens", "Beláriz\u200b opens\nRain."),
            ("Beláriz opens", "Beláriz\nopens\n\nRain."),
            ("The port of Nordell opens again", "The port of Nordell opens again The rain fell."),
        ],
    )
    def test_not_where_the_text_begins_with_it(self, title, text):
        corpus = corpus_of({"title": title, "text": text})
        assert corpus.texts == [text]
        assert corpus.documents["text_start"][0] == 0
        assert corpus.zones["zone"][0] == "headline"

    @pytest.mark.parametrize(
        ("title", "text"),
        [
            ("Rain", "Rain fell on the port."),
            ("Rain", "Rainfall\n\nIt rained."),
            ("Rain at last", "Rain\n\nIt rained."),
            ("—", "— It rained."),
            ("Rain", ""),
        ],
    )
    def test_where_the_text_begins_with_something_else(self, title, text):
        assert put_before(text, title) == (
            f"{title}\n\n{text}",
            Head(len(title), len(title) + 2),
        )

    def test_a_title_is_one_line(self):
        corpus = corpus_of({"title": " Rain\r\n at\t\u2028last ", "text": "It rained."})
        assert corpus.texts == ["Rain at last\n\nIt rained."]

    def test_every_way_in(self, tmp_path):
        (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
        entry = {"id": "a", "file": "a.txt", "source": "Gazette", "title": TITLE}
        (tmp_path / "manifest.json").write_text(json.dumps({"documents": [entry]}))
        row = {"headline": TITLE, "body": TEXT, "outlet": "Gazette"}
        pd.DataFrame([row]).to_csv(tmp_path / "t.csv", index=False)
        for src in (tmp_path, tmp_path / "t.csv", pd.DataFrame([row])):
            corpus = fl.read(src)
            assert corpus.texts == [f"{TITLE}\n\n{TEXT}"]
            assert corpus.documents["text_start"][0] == len(TITLE) + 2

    def test_filter_keeps_it(self):
        corpus = corpus_of(
            {"id": "a", "text": "Rain."}, {"id": "b", "title": TITLE, "text": TEXT}
        ).filter(ids=["b"])
        assert corpus.documents["text_start"][0] == len(TITLE) + 2
        assert list(corpus.zones["zone"]) == ["headline"]


class TestHeadline:
    def test_the_title_is_analysed(self):
        corpus = corpus_of({"title": TITLE, "text": TEXT})
        labels = fl.namings(corpus, targets=["Tomás Beláriz"]).frame
        assert list(labels["term"]) == ["dictator", "president"]
        assert list(labels["zone"]) == ["headline", "body"]

    @pytest.mark.parametrize(
        "title",
        [
            "Beláriz opens talks.",
            "Is Beláriz a tyrant?",
            "By Anna Kell",
            "Comments",
            "Photo: the port (AP)",
            "3 March 2024",
            "Beláriz said on Monday that the port of Nordell was shut, and that it would stay shut "
            "until the dockers' union gave in to what his government wanted of it since January.",
        ],
    )
    def test_by_knowledge_and_not_by_form(self, title):
        corpus = corpus_of({"title": title, "text": TEXT})
        zones = corpus.zones
        assert list(zones["zone"]) == ["headline"]
        assert (zones["start"][0], zones["end"][0]) == (0, len(title))

    def test_repeated_by_its_source(self):
        rows = [{"title": "Letters to the editor of this paper", "text": TEXT + str(i)}
                for i in range(5)]  # fmt: skip
        assert set(corpus_of(*rows).zones["zone"]) == {"headline"}

    def test_no_sentence_goes_over_its_end(self):
        title = "The port of Nordell opens again"
        corpus = corpus_of({"title": title, "text": f"{title} President Tomás Beláriz said so."})
        assert next(iter(corpus.annotations.sentences()["end"])) == len(title)


def all_tables(corpus: fl.Corpus) -> dict[str, pd.DataFrame]:
    targets = ["Tomás Beláriz", "Maren Sólvik"]
    names = fl.namings(corpus, targets=targets)
    framed = fl.framing(corpus, targets=targets)
    distance = fl.distancing(corpus)
    return {
        "zones": corpus.zones, "namings": names.frame, "mentions": names.mentions,
        "scores": framed.scores, "evidence": framed.evidence, "quotes": fl.quotes(corpus).frame,
        "distancing": distance.frame, "devices": distance.evidence,
        "figures": fl.figures(corpus).frame, "dates": fl.dates(corpus).frame,
        "similarity": fl.similarity(corpus).frame, "keyness": fl.keyness(corpus).frame,
        "kwic": fl.kwic(corpus, "dictator").frame,
        "documents": fl.framing(corpus, targets=None).frame,
    }  # fmt: skip


def assert_same_tables(one: fl.Corpus, other: fl.Corpus) -> None:
    there = all_tables(other)
    for name, table in all_tables(one).items():
        pd.testing.assert_frame_equal(table, there[name], obj=name)


class TestColumnOrFirstLine:
    TITLES = (
        "Dictator Beláriz opens talks",
        "Beláriz Is a Tyrant, Says Sólvik",
        "‘Coward’ Beláriz shuts port as 40 flee",
        "BELÁRIZ REGIME SHUTS PORT",
        "Is Beláriz a tyrant?",
    )

    def rows(self):
        texts = fl.demo().texts
        for title, text, source in zip(self.TITLES, texts, "ABCDE", strict=True):
            yield title, text[text.index("\n") :].strip(), source

    def test_same_rows_of_every_table(self):
        column = [{"source": s, "title": t, "text": x} for t, x, s in self.rows()]
        line = [{"source": s, "title": t, "text": f"{t}\n\n{x}"} for t, x, s in self.rows()]
        assert_same_tables(fl.read(column), fl.read(line))

    def test_same_without_a_column_where_the_form_tells(self):
        column = [{"source": s, "title": t, "text": x} for t, x, s in self.rows()]
        # What ends like a sentence may be one: only a column tells that it is a title.
        column = [row for row in column if not row["title"].endswith("?")]
        line = [{"source": r["source"], "text": f"{r['title']}\n\n{r['text']}"} for r in column]
        assert_same_tables(fl.read(column), fl.read(line))

    @pytest.mark.parametrize(
        "odd",
        [
            "Is Beláriz a tyrant?",
            "OPINION: Why Beláriz must go",
            "Beláriz labels the Carsavian press ‘foes’ of the U.S.",
            "Will Beláriz survive? The answer may lie at sea.",
            "REM: Tyrant Beláriz leaves the coast behind",
            "“We have won,” says Beláriz!",
        ],
    )
    def test_a_source_that_prints_titles_prints_odd_ones_too(self, odd):
        titles = [*self.TITLES[:4], odd]
        column = [
            {"source": "Gazette", "title": t, "text": x}
            for t, (_, x, _) in zip(titles, self.rows(), strict=True)
        ]
        line = [{"source": "Gazette", "text": f"{r['title']}\n\n{r['text']}"} for r in column]
        assert_same_tables(fl.read(column), fl.read(line))

    def test_a_source_without_titles_begins_with_what_it_likes(self):
        first = ["Is Beláriz a tyrant?", "It rained.", "Who goes? They all go.", "No port."]
        rows = [{"source": "Gazette", "text": f"{begin}\n\n{TEXT}"} for begin in first]
        zones = fl.read(rows).zones
        assert "headline" not in set(zones["zone"][zones["start"] == 0])


class TestWarning:
    def test_shares_that_differ(self):
        rows = [{"source": "A", "title": TITLE, "text": TEXT}, {"source": "B", "text": TEXT}]
        with pytest.warns(UserWarning, match="titles: 100% of the documents of 'A'") as caught:
            fl.read(rows)
        assert len(caught) == 1

    @pytest.mark.parametrize(
        "rows",
        [
            [{"source": "A", "text": TEXT}, {"source": "B", "text": TEXT}],
            [{"source": s, "title": TITLE, "text": TEXT} for s in "AB"],
            [{"source": "A", "title": TITLE, "text": TEXT},
             {"source": "B", "text": f"{TITLE}\n\n{TEXT}"}],
            [{"source": "A", "title": TITLE, "text": TEXT}, {"source": "A", "text": TEXT}],
            [{"source": "A", "title": None if i == 0 else TITLE, "text": TEXT} for i in range(10)]
            + [{"source": "B", "title": TITLE, "text": TEXT}],
        ],
    )  # fmt: skip
    def test_shares_that_do_not(self, rows):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            fl.read(rows)
