"""Headlines: names where case says nothing, whose voice they have, and rows of their own."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import framelens as fl
from framelens import Target

VARGA = "Karol Varga"
BELARIZ = "Tomás Beláriz"
BODY = "President Tomás Beláriz of Carsavia met Anna Kell on Monday. Kell left. Beláriz stayed."


def read(*rows: object) -> fl.Corpus:
    given = [row if isinstance(row, dict) else {"text": row} for row in rows]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fl.read([{"source": "Gazette", **row} for row in given])


def labels(corpus: fl.Corpus, *targets: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = fl.namings(corpus, targets=list(targets)).frame
    return list(frame["term"])


def mentioned(corpus: fl.Corpus, *targets: str) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seen = fl.namings(corpus, targets=list(targets)).mentions
    return list(seen.loc[seen["form"] == "named", "text"])


class TestCase:
    """Lines in which case says nothing."""

    @pytest.mark.parametrize(
        "headline",
        [
            "Dictator Karol Varga Shuts Port",
            "DICTATOR KAROL VARGA FLEES",
            "Dictator Varga Flees",
            "DICTATOR VARGA SHUTS PORT AS STRIKE SPREADS",
            "Varga Is a Dictator, Union Says",
        ],
    )
    @pytest.mark.parametrize("where", ["text", "title", "first line"])
    def test_labels(self, headline, where):
        body = "President Karol Varga shut the port on Monday."
        rows = {
            "text": [headline, body],
            "title": [{"title": headline, "text": body}],
            "first line": [f"{headline}\n\n{body}"],
        }[where]
        assert sorted(labels(read(*rows), VARGA)) == ["dictator", "president"]

    @pytest.mark.parametrize(
        ("headline", "name"),
        [
            ("President Karol Varga Flees As Port Strike Spreads", "President Karol Varga"),
            ("Anna Kell Rejects Deal Over Port", "Anna Kell"),
            ("CHANCELLOR ILSE BRANDT REJECTS PORT DEAL", "CHANCELLOR ILSE BRANDT"),
            ("Port Strike: Mayor Maria O'Dell Calls For Calm", "Mayor Maria O'Dell"),
            ("Why Olga Rem Will Not Leave Nordell", "Olga Rem"),
            ("Dockers Walk Out As Sen. Paul Ostrow Speaks", "Sen. Paul Ostrow"),
            ("Karol J. Varga Opens Second Quay In Nordell", "Karol J. Varga"),
            ("Inside Maria von Halden's Last Campaign", "Maria von Halden"),
        ],
    )
    def test_the_name_and_no_more(self, headline, name):
        words = [w for w in name.split() if w.upper() not in TITLES]
        assert mentioned(read(headline), " ".join(words).title()) == [name]

    @pytest.mark.parametrize("style", [str, str.title, str.upper])
    def test_titles_only(self, style):
        four = (
            "Dictator Karol Varga shuts port",
            "President Varga opens talks with dockers",
            "Varga is a tyrant, says union leader",
            "Strongman Varga leaves for Nordell after vote",
        )
        assert labels(read(*map(style, four)), VARGA) == [
            "dictator", "president", "tyrant", "strongman",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "headline",
        [
            "Varga Opposes Sólvik’s anti-Islamist Coup",
            "Varga Buys eBay Stock",
            "Varga Ends pro-Western Pact",
        ],
    )
    def test_capitals_inside_of_words(self, headline):
        corpus = read("Karol Varga spoke of a coup. He opposes the pact.", headline)
        assert mentioned(corpus, "Karol Varga")[-1] == "Varga"

    @pytest.mark.parametrize("name", ["VARGA", "Varga"])
    def test_a_columnist_before_the_colon(self, name):
        rows = [{"source": "A", "title": f"{name}: Waiting for the port to open",
                 "text": "The port waits. Karol Varga is a writer. NATO waits, said Varga."},
                {"source": "A", "title": "NATO: Ships wait",
                 "text": "Anna Nato left NATO."}]  # fmt: skip
        corpus = fl.read(rows)
        assert mentioned(corpus, "Karol Varga")[0] == name
        assert mentioned(corpus, "Anna Nato") == ["Anna Nato"]

    def test_the_corpus_knows(self):
        corpus = read("Xulio Brandt spoke. Brandt, who runs the port, left.",
                      "Tyrant Xulio Brandt Closes Second Quay")  # fmt: skip
        assert labels(corpus, "Xulio Brandt") == ["tyrant"]
        assert mentioned(corpus, "Xulio Brandt")[-1] == "Tyrant Xulio Brandt"

    def test_the_target_knows(self):
        corpus = read("Tyrant Xulio Brandt Closes Second Quay", "TYRANT BRANDT FLEES OVER BORDER")
        assert labels(corpus, "Xulio Brandt") == ["tyrant", "tyrant"]
        assert labels(corpus, "Xulio Lund") == []
        both = fl.namings(corpus, targets=[Target("The Boss", aliases=("Xulio Brandt",))])
        assert len(both.frame) == 2

    def test_a_surname_of_two_targets_is_nobodys(self):
        corpus = read("Dictator Varga Shuts Second Port", "Olga Varga Shuts Third Port Today")
        found = fl.namings(corpus, targets=["Karol Varga", "Olga Varga"])
        assert list(found.mentions["target"]) == ["Olga Varga"]

    def test_a_word_of_running_text_is_no_surname(self):
        corpus = read(
            "John Price spoke. The price of oil and the price of gas rose. A price is a price.",
            "Oil Price Falls As Dockers Walk Out",
        )
        assert mentioned(corpus, "John Price") == ["John Price"]

    def test_whoever_is_not_known_is_nobody(self):
        corpus = read("President Set To Quit As Port Strike Spreads", "Dictator Dead At Eighty Two")
        names = corpus.annotations.names()
        assert list(names["name"]) == []

    def test_sentence_case_is_read_as_before(self):
        corpus = read(
            {"title": "Xulio Brandt meets Ilse Falk in Nordell over port", "text": "Rain."}
        )
        assert {"Xulio Brandt", "Ilse Falk"} <= set(corpus.annotations.names()["name"])

    @pytest.mark.parametrize("style", [str.title, str.upper])
    def test_what_follows_from_the_names_is_the_same(self, style):
        headline = "President Beláriz: we will win, says Kell of the Nordell union"
        plain, other = (
            read({"title": title, "text": BODY}) for title in (headline, style(headline))
        )
        for one, two in zip(voices(plain), voices(other), strict=True):
            assert one == two

    def test_order_and_threads_do_not_matter(self):
        rows = [
            {"id": str(i), "source": "Gazette", "text": text}
            for i, text in enumerate(
                ["Dictator Karol Varga Shuts Port", "Karol Varga spoke. Varga left.",
                 "VARGA FLEES AS STRIKE SPREADS", "Anna Kell Rejects Deal", "Kell said no."] * 7
            )
        ]  # fmt: skip
        one, two = (
            fl.namings(fl.read(given, n_jobs=jobs), targets=[VARGA, "Anna Kell"])
            for given, jobs in ((rows, 1), (rows[::-1], 2))
        )
        keys = ["doc", "start"]
        for a, b in ((one.frame, two.frame), (one.mentions, two.mentions)):
            pd.testing.assert_frame_equal(
                a.sort_values(keys, ignore_index=True), b.sort_values(keys, ignore_index=True)
            )


TITLES = {"PRESIDENT", "CHANCELLOR", "MAYOR", "SEN."}


def voices(corpus: fl.Corpus) -> list[tuple[object, ...]]:
    quotes = fl.quotes(corpus).frame
    return list(
        quotes[["start", "end", "kind", "speaker", "zone"]].itertuples(index=False, name=None)
    )


def label_of(headline: str, body: str = BODY, target: str = BELARIZ) -> dict[str, object]:
    frame = fl.framing(read({"title": headline, "text": body}), targets=[target]).evidence
    rows = frame[frame["zone"] == "headline"].to_dict("records")
    assert len(rows) == 1, (headline, rows)
    row = rows[0]
    voice = "reported" if row["reported"] else row["voice"]
    who = row["speaker"] if voice == "quoted" else row["reported_by"]
    return {
        "term": row["term"], "voice": voice, "who": None if pd.isna(who) else who,
        "weight": row["weight"], "rule": row["rule"],
        "distance": None if pd.isna(row["distance"]) else row["distance"],
    }  # fmt: skip


STYLES = pytest.mark.parametrize(
    "style", [str, str.title, str.upper], ids=["sentence", "Title", "CAPS"]
)


class TestVoice:
    @STYLES
    @pytest.mark.parametrize(
        "headline",
        [
            "Kell: Beláriz is a tyrant",
            "Beláriz is a tyrant: Kell",
            "Beláriz is a tyrant, says Kell",
            "Anna Kell: Beláriz is a tyrant",
            "Kell: Beláriz was always a tyrant and will stay one",
            "Mayor Kell on port: Tyrant Beláriz must go",
            "Tyrant Beláriz flees over border: Kell",
            "Tyrant Beláriz shuts port again, claims Kell",
            "Kell: Tyrant Beláriz must go",
            "Opinion: Kell: Beláriz is a tyrant",
            "Beláriz is a tyrant – Kell",
        ],
    )
    def test_reported(self, headline, style):
        found = label_of(style(headline))
        assert (found["term"], found["voice"], found["who"]) == ("tyrant", "reported", "Anna Kell")
        assert found["weight"] == 1

    @STYLES
    @pytest.mark.parametrize(
        "headline",
        [
            "Officials: Tyrant Beláriz shuts port",
            "Tyrant Beláriz shuts port: officials",
            "Tyrant Beláriz shuts port, say officials",
        ],
    )
    def test_people_who_speak(self, headline, style):
        found = label_of(style(headline))
        assert (found["voice"], str(found["who"]).lower()) == ("reported", "officials")

    @STYLES
    @pytest.mark.parametrize(
        ("headline", "text"),
        [
            ("Kell: ‘Beláriz is a tyrant’", BODY),
            ('Kell: "Beláriz is a tyrant"', BODY),
            ("‘Beláriz is a tyrant’: Kell", BODY),
            ("‘Tyrant’ Beláriz opens talks", BODY + " “He is a tyrant,” said Kell."),
            ("Kell calls Beláriz ‘tyrant’", BODY),
        ],
    )
    def test_quoted(self, headline, text, style):
        found = label_of(style(headline), text)
        assert (found["voice"], found["who"]) == ("quoted", "Anna Kell")

    @STYLES
    @pytest.mark.parametrize(
        "headline",
        [
            "‘Tyrant’ Beláriz opens talks",
            "Port shut by “tyrant” Beláriz",
            "'Tyrant' Beláriz is back",
        ],
    )
    def test_scare(self, headline, style):
        found = label_of(style(headline))
        assert (found["voice"], found["distance"], found["weight"]) == ("own", "scare", 0)

    @STYLES
    @pytest.mark.parametrize(
        "headline",
        [
            "Is Beláriz a tyrant?",
            "Was Beláriz ever a tyrant?",
            "Has Beláriz become a tyrant?",
            "Could Beláriz be a tyrant after all?",
            "Beláriz a tyrant?",
            "Beláriz: tyrant or saviour?",
            "Opinion: Is Tomás Beláriz a tyrant?",
            "What if Beláriz is a tyrant?",
        ],
    )
    def test_asked(self, headline, style):
        found = label_of(style(headline))
        assert (found["voice"], found["distance"], found["weight"]) == ("own", "asked", 0)

    @STYLES
    @pytest.mark.parametrize(
        "headline",
        [
            "Carsavia: Tyrant Beláriz opens port",
            "Opinion: Beláriz is a tyrant",
            "Analysis: Tyrant Beláriz opens port",
            "Nordell port: Tyrant Beláriz is back",
            "Exclusive: Beláriz was a tyrant at school",
            "Beláriz: tyrant of the coast",
            "Tomás Beláriz: a tyrant and his port",
            "Beláriz: the tyrant who shut the port",
            "The tyrant of the coast: Tomás Beláriz",
            "Why is tyrant Beláriz shutting the port?",
            "Will tyrant Beláriz go?",
            "How Beláriz became a tyrant",
        ],
    )
    def test_own(self, headline, style):
        found = label_of(style(headline))
        assert (found["voice"], found["who"], found["distance"]) == ("own", None, None)
        assert found["weight"] == 1

    def test_an_apposition_behind_a_colon(self):
        assert label_of("Beláriz: tyrant of the coast")["rule"] == "apposition"
        assert label_of("The tyrant of the coast: Beláriz")["rule"] == "apposition"

    def test_whom_it_is_about_does_not_speak(self):
        for headline in ("Anna Kell: the woman who shut the port", "Anna Kell: Why she left"):
            assert voices(read({"title": headline, "text": "Anna Kell left. Kell said no."})) == [
                v for v in voices(read({"text": "Anna Kell left. Kell said no."})) if False
            ] or all(v[4] != "headline" for v in voices(
                read({"title": headline, "text": "Anna Kell left. Kell said no."})))  # fmt: skip

    def test_only_the_target_knows_who_speaks(self):
        corpus = read({"title": "Kell: Beláriz is a tyrant", "text": "Rain fell."})
        frame = fl.namings(corpus, targets=[BELARIZ, "Anna Kell"]).frame
        assert list(frame["reported_by"]) == ["Anna Kell"]

    def test_running_text_too(self):
        frame = fl.quotes(read("Anna Kell left. The port is shut, says Kell.")).frame
        assert list(frame["text"]) == ["The port is shut"]
        assert list(frame["speaker"]) == ["Anna Kell"]


class TestParts:
    ROWS = (
        {"source": "A", "title": "Dictator Karol Varga shuts port",
         "text": "President Karol Varga shut the alleged port. Varga left."},
        {"source": "B", "title": "Karol Varga shuts “port”",
         "text": "The dictator Karol Varga shut the port. President Varga left."},
    )  # fmt: skip

    def corpus(self):
        return fl.read(list(self.ROWS))

    def test_scores(self):
        result = fl.framing(self.corpus(), targets=[VARGA])
        rows = result.scores.query("voice == 'all' and object == 'all'")
        assert list(rows["part"]) == ["headline", "text", "all"] * 2
        table = rows.set_index(["source", "part"])
        counts = table[["n_illegitimate", "n_legitimate", "mentions"]].to_numpy().tolist()
        assert counts == [[1, 0, 1], [0, 1, 2], [1, 1, 3], [0, 0, 1], [1, 1, 2], [1, 1, 3]]

    def test_zones_that_leave_headlines_out(self):
        rows = fl.framing(self.corpus(), targets=[VARGA], zones=("body",)).scores
        headline = rows[rows["part"] == "headline"]
        assert headline["score"].isna().all()
        assert (headline["mentions"] == 0).all()

    def test_distancing(self):
        frame = fl.distancing(self.corpus()).frame
        counts = frame.set_index(["source", "kind", "part"])["count"]
        assert list(frame["part"].head(3)) == ["headline", "text", "all"]
        assert [counts["A", "hedge", part] for part in ("headline", "text", "all")] == [0, 1, 1]
        assert [counts["B", "scare", part] for part in ("headline", "text", "all")] == [1, 0, 1]
        rates = frame.set_index(["source", "kind", "part"])["rate"]
        assert rates["B", "scare", "headline"] == pytest.approx(1000 / 4)

    def test_tables(self):
        from framelens.face.report import naming_table

        names = fl.namings(self.corpus(), targets=[VARGA])
        assert names.table(part="headline").to_dict() == {
            "A": {"dictator": 1},
            "B": {"dictator": 0},
        }
        assert names.table(part="text").loc["dictator"].to_dict() == {"A": 0, "B": 1}
        assert names.table().loc["dictator"].to_dict() == {"A": 1, "B": 1}
        shown = naming_table(names, VARGA)
        assert shown[["label", "part", "A", "B"]].to_numpy().tolist() == [
            ["dictator", "text", 0, 1], ["dictator", "headline", 1, 0],
            ["president", "text", 1, 1],
        ]  # fmt: skip
        with pytest.raises(ValueError, match="part must be one of headline, text, all"):
            names.table(part="body")

    def test_plots_show_text_with_headlines_beside_it(self, tmp_path):
        corpus = self.corpus()
        framed = fl.framing(corpus, targets=[VARGA])
        legend = [text.get_text() for text in framed.plot().get_legend().get_texts()]
        assert "headlines, own voice" in legend
        texts = [text.get_text() for text in framed.heatmap().texts]
        assert "headlines -1.00" in texts or "headlines 1.00" in texts
        bars = fl.namings(corpus, targets=[VARGA]).plot()
        assert "headlines: 1" in [text.get_text() for text in bars.texts]
        rates = fl.distancing(corpus).plot().get_legend()
        assert "in headlines" in [text.get_text() for text in rates.get_texts()]
        page = fl.report(corpus, tmp_path / "r.html", targets=[VARGA]).read_text(encoding="utf-8")
        assert "in headlines" in page

    def test_comparisons_take_the_text(self):
        result = fl.framing(self.corpus(), targets=[VARGA])
        own = result.compare("A", "B").frame.query("voice == 'all'")
        assert own[["score_a", "score_b"]].to_numpy().tolist() == [[-1.0, 0.0]]
        headline = result.compare("A", "B", part="headline").frame.query("voice == 'all'")
        assert headline["score_b"].isna().all()

    def test_similarity_and_keyness_leave_headlines_out(self):
        rows = [
            {"source": s, "title": f"Zebra {s}", "text": f"Rain fell on the port of {s}."}
            for s in ("Ama", "Bor")
        ]
        corpus = fl.read(rows)
        terms = {"min_count": 1}
        assert "zebra" not in set(fl.keyness(corpus, **terms).frame["term"])
        zones = ("headline", "body")
        assert "zebra" in set(fl.keyness(corpus, zones=zones, **terms).frame["term"])
        plain = fl.read([{**row, "title": None} for row in rows])
        pd.testing.assert_frame_equal(fl.similarity(corpus).frame, fl.similarity(plain).frame)


@pytest.mark.parametrize(
    "line",
    ["Director: Ada Moore", "Best Actor: Tom Grant", "Cast: Olaf Lund", "Mayor: Anna Kell",
     "Photos: Anna Kell", "Words: Olaf Lund"],
)  # fmt: skip
def test_a_colon_between_two_names_of_something_says_nothing(line):
    corpus = read({"title": line, "text": "Ada Moore, Anna Kell, Tom Grant and Olaf Lund sang."})
    assert fl.quotes(corpus).frame.empty
