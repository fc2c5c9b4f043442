"""What likeness compares and shows by default: voices, stop words, vectorizers, words, figures."""

from __future__ import annotations

import random
import warnings

import matplotlib.colors
import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

import framelens as fl
from framelens.base.languages import stop_words

WORDS = ["port", "strike", "ship", "crane", "dock", "tax", "vote", "court", "bill", "rain"]


def corpus_of(counts: dict[str, int], seed: int = 0, tail: str = "") -> fl.Corpus:
    rng = random.Random(seed)
    rows = []
    for number, (source, count) in enumerate(counts.items()):
        for k in range(count):
            own = rng.choices(WORDS[number : number + 4], k=30) + rng.choices(WORDS, k=40)
            text = f"The {' '.join(own)} and word{k} of the {source.lower()} was wet. {tail}"
            rows.append({"id": f"{source}{k}", "source": source, "text": text})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # few words are English
        return fl.read(rows)


@pytest.fixture(scope="module")
def corpus() -> fl.Corpus:
    return corpus_of({"Argus": 12, "Gazette": 6, "Herald": 3, "Post": 1})


class TestMatrix:
    def test_adjusted_and_a_blank_diagonal(self, corpus):
        found = fl.similarity(corpus)
        assert np.isnan(np.diag(found.matrix)).all()
        for row in found.frame.itertuples():
            shown = found.matrix.loc[row.a, row.b]
            assert shown == row.adjusted or (np.isnan(shown) and np.isnan(row.adjusted))
        assert found.matrix["Post"].isna().all()  # one article: never filled with the raw number
        assert found.raw["Post"].notna().all()
        assert found.documents.to_dict() == {"Argus": 12, "Gazette": 6, "Herald": 3, "Post": 1}

    def test_the_documents_cosine_where_each_source_has_one(self):
        corpus = corpus_of({"Argus": 1, "Gazette": 1, "Herald": 1})
        found = fl.similarity(corpus)
        texts = corpus.text_of_zones(("subhead", "body"))
        rows = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
        expected = cosine_similarity(rows)
        np.fill_diagonal(expected, np.nan)
        np.testing.assert_allclose(found.matrix, expected, atol=1e-12)
        assert "One article a source" in found.words()

    @pytest.mark.parametrize("aggregate", ["pooled", "mean_pairwise"])
    def test_what_was_asked_for(self, corpus, aggregate):
        found = fl.similarity(corpus, aggregate=aggregate)
        off = ~np.eye(4, dtype=bool)
        np.testing.assert_array_equal(found.matrix.to_numpy()[off], found.raw.to_numpy()[off])


class TestWhatIsCompared:
    TEXT = (
        "The harbour strike went on. “Dictators and cranes,” said Anna Kell. Anna Kell said that "
        "the tyrant had left. It rained."
    )

    def terms(self, **options):
        rows = [{"source": s, "text": self.TEXT} for s in "AB"]
        found = fl.similarity(fl.read(rows), **options)
        return set(found.explain("A", "B").frame["term"])

    @pytest.mark.parametrize(
        ("voice", "words"),
        [
            ("own", {"harbour", "rained"}),
            ("reported", {"tyrant"}),
            ("quoted", {"dictators"}),
            ("unquoted", {"harbour", "rained", "tyrant"}),
            ("all", {"harbour", "rained", "tyrant", "dictators"}),
        ],
    )
    def test_voices(self, voice, words):
        seen = {"harbour", "rained", "tyrant", "dictators"} & self.terms(voice=voice)
        assert seen == words

    def test_the_default_is_unquoted(self):
        assert self.terms() == self.terms(voice="unquoted") != self.terms(voice="all")

    def test_an_unknown_voice(self, corpus):
        with pytest.raises(ValueError, match="own, reported, quoted, unquoted, all"):
            fl.similarity(corpus, voice="direct")

    def test_stop_words(self):
        assert "(function words)" in self.terms()
        assert "(function words)" not in self.terms(stop_words="language")
        assert "harbour" not in self.terms(stop_words=["harbour"])
        with pytest.raises(ValueError, match="stop_words must be one of language"):
            self.terms(stop_words="english")

    def test_stop_words_are_scikit_learns_to_leave_out(self, corpus):
        kept = TfidfVectorizer(sublinear_tf=True, stop_words=sorted(stop_words("en")))
        ours = fl.similarity(corpus, stop_words="language")
        theirs = fl.similarity(corpus, vectorizer=kept)
        pd.testing.assert_frame_equal(ours.frame, theirs.frame, rtol=1e-10)

    @pytest.mark.parametrize(
        "vectorizer",
        [
            TfidfVectorizer(ngram_range=(1, 2)),
            CountVectorizer(binary=True),
            HashingVectorizer(n_features=2**12),
            fl.TfidfVectorizer(ngram_range=(1, 2)),
            fl.CountVectorizer(),
        ],
        ids=lambda v: f"{type(v).__module__.split('.')[0]}.{type(v).__name__}",
    )
    def test_vectorizers(self, corpus, vectorizer):
        found = fl.similarity(corpus, vectorizer=vectorizer, mask=False, voice="all")
        rows = vectorizer.fit_transform(corpus.text_of_zones(("subhead", "body")))
        rows = np.asarray(rows.todense(), dtype=float)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        means = np.array([rows[np.array(corpus.source_of) == s].mean(axis=0) for s in found.raw])
        np.testing.assert_allclose(found.raw, cosine_similarity(means), atol=1e-12)
        explained = found.explain("Argus", "Gazette")
        assert explained.similarity == pytest.approx(found.matrix.loc["Argus", "Gazette"])

    def test_a_vectorizer_has_its_own_stop_words_and_is_not_pooled(self, corpus):
        with pytest.raises(ValueError, match="cannot be combined with vectorizer"):
            fl.similarity(corpus, vectorizer=TfidfVectorizer(), stop_words="language")
        with pytest.raises(ValueError, match="leave vectorizer out"):
            fl.similarity(corpus, vectorizer=TfidfVectorizer(), aggregate="pooled")

    def test_furniture_is_left_out(self):
        rows = [
            {"source": s, "text": f"{' '.join(random.Random(k).choices(WORDS, k=30))} went {s}{k}."
             + (f"\n\nFellow sailors come to us with {WORDS[k % 10]} {k}." if s == "A" else "")}
            for s in "AB" for k in range(12)
        ]  # fmt: skip
        corpus = fl.read(rows)
        with_it = fl.similarity(corpus, mask=False).explain("A", "A").frame["term"]
        without = fl.similarity(corpus).explain("A", "A").frame["term"]
        assert "sailors" in set(with_it)
        assert "sailors" not in set(without)

    def test_a_source_of_quotations_is_warned_of(self):
        quoted = "“" + "We will leave the port and the rain behind us today. " * 8 + "”"
        rows = [
            {"source": "A", "text": f"It rained {k}. {quoted} said Anna Kell."} for k in range(3)
        ]
        rows += [{"source": "B", "text": f"It rained on the port for {k} days."} for k in range(3)]
        with pytest.warns(UserWarning, match=r"of 1 of 2 sources less than 20% .* 'A' \(\d+%\)"):
            fl.similarity(fl.read(rows))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            fl.similarity(fl.read(rows), voice="all")


class TestExplain:
    def test_parts_of_adjusted_add_up(self, corpus):
        found = fl.similarity(corpus)
        for a, b in (("Argus", "Gazette"), ("Herald", "Argus"), ("Argus", "Argus")):
            explained = found.explain(a, b)
            shown = 1.0 if a == b else found.matrix.loc[a, b]
            assert explained.similarity == pytest.approx(shown, rel=1e-10)
            assert explained.frame["part"].sum() == pytest.approx(explained.similarity)

    def test_function_words_are_one_row(self, corpus):
        frame = fl.similarity(corpus).explain("Argus", "Gazette").frame
        assert (frame["term"] == "(function words)").sum() == 1
        assert not set(frame["term"]) & stop_words("en")
        assert frame["part"].is_monotonic_decreasing


class TestFigure:
    def test_says_what_the_numbers_mean(self, corpus):
        ax = fl.similarity(corpus).plot()
        said = " ".join(ax.get_xlabel().split())
        assert "Likeness of wording, style included, not of stance." in said
        assert "1 is as alike as two articles of the same outlet." in said
        assert "The interval is ± 0." in said
        assert "the same topics are more alike" in said

    def test_hatched_grey_and_intervals(self, corpus):
        found = fl.similarity(corpus)
        ax = found.plot()
        shown = [text.get_text() for text in ax.texts]
        row = found.frame.set_index(["a", "b"]).loc[("Argus", "Gazette")]
        assert shown.count(f"{row['adjusted']:.2f}") >= 2
        assert shown.count(f"{row['low']:.2f} to {row['high']:.2f}") == 2
        hatched = [patch for patch in ax.patches if patch.get_hatch()]
        assert len(hatched) == 6  # three pairs that can be computed, each with a small source
        grey = matplotlib.colors.to_rgba("#D9D9D9")
        missing = ax.images[1]
        assert missing.cmap(0.5) == grey
        assert int(np.isfinite(np.ma.filled(missing.get_array(), np.nan)).sum()) == 6
        below = " ".join(ax.get_xlabel().split())
        assert below.endswith("Hatched: a source of too few articles. Grey: cannot be computed.")

    def test_no_source_has_ten_articles(self):
        found = fl.similarity(corpus_of({"Argus": 5, "Gazette": 6}))
        assert "No source has 10 articles: chance is large." in found.words()
        full = fl.similarity(corpus_of({"Argus": 10, "Gazette": 12}))
        assert "chance" not in full.words()
        assert not [patch for patch in full.plot().patches if patch.get_hatch()]
