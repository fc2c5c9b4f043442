"""Near-duplicates: planted copies against an oracle, and what leaving them out does."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

import framelens as fl


def shared_words(a: str, b: str, run: int = 5) -> float:
    """The share of the shorter text's words that stand in runs both have: slow, obvious twin."""
    one, other = (re.findall(r"[^\W_]+", text.lower()) for text in (a, b))
    if len(one) > len(other):
        one, other = other, one
    runs = {tuple(other[i : i + run]) for i in range(len(other) - run + 1)}
    inside: set[int] = set()
    for i in range(len(one) - run + 1):
        if tuple(one[i : i + run]) in runs:
            inside.update(range(i, i + run))
    return len(inside) / len(one) if one else 0.0


def article(rng, vocabulary, words=200):
    return " ".join(rng.choices(vocabulary, k=words))


@pytest.mark.parametrize("seed", range(3))
def test_planted_copies_are_found_and_nothing_else(seed):
    rng = random.Random(seed)
    vocabulary = [f"word{i}" for i in range(800)]
    rows = [{"id": f"a{i}", "source": "A", "text": article(rng, vocabulary)} for i in range(60)]
    planted = {}
    for i in range(40):
        share = 0.2 + 0.02 * i
        words = rows[i]["text"].split()
        kept = words[: int(len(words) * share)]
        text = " ".join(kept) + " " + article(rng, vocabulary, len(words) - len(kept))
        rows.append({"id": f"b{i}", "source": "B", "text": text.capitalize()})
        planted[f"a{i}", f"b{i}"] = shared_words(rows[i]["text"], text)
    rng.shuffle(rows)
    frame = fl.read(rows).near_duplicates().frame
    found = {tuple(sorted((a, b))): share for a, b, share in zip(frame.a, frame.b, frame.share,
                                                                 strict=True)}  # fmt: skip
    assert found.keys() == {pair for pair, share in planted.items() if share >= 0.5}
    for pair, share in found.items():
        assert share == pytest.approx(planted[pair], abs=0.011)


def reports(count, *, own=0, edits=0, rng=None):
    """Documents of one report of 200 words, each with words of its own and edits."""
    report = [f"word{i}" for i in range(200)]
    rows = []
    for i in range(count):
        words = list(report)
        for place in rng.sample(range(len(words)), edits) if edits else ():
            words[place] = f"edit{i}x{place}"
        text = " ".join([*words, *(f"own{i}x{k}" for k in range(own))])
        rows.append({"id": f"d{i:03}", "source": f"S{i % 7}", "text": text})
    return rows


@pytest.mark.parametrize("changes", [{}, {"own": 60}, {"own": 100, "edits": 12}, {"edits": 20}])
def test_a_cluster_is_whole_though_its_pairs_are_a_sample(changes):
    rows = reports(500, rng=random.Random(4), **changes)
    rows += [{**row, "id": f"x{row['id']}", "text": row["text"].replace("o", "u")} for row in rows]
    random.Random(5).shuffle(rows)
    found = fl.read(rows).near_duplicates()
    assert len(found.frame) < 30_000  # of 249,500
    families = {number: set() for number in found.clusters}
    for id_, number in found.clusters.items():
        families[number].add(id_[0])
    assert families == {0: {"d"}, 1: {"x"}}
    assert found.clusters.value_counts().tolist() == [500, 500]


def test_what_is_shown_says_that_pairs_are_a_sample():
    found = fl.read(reports(500)).near_duplicates()
    assert repr(found) == (
        f"NearDuplicates({len(found.frame):,} of the 124,750 pairs within 1 cluster of "
        "500 documents)"
    )
    assert "Pairs are a sample of each cluster's" in found._repr_html_()
    few = fl.read(reports(2)).near_duplicates()
    assert repr(few) == "NearDuplicates(1 pair within 1 cluster of 2 documents)"


def test_clusters_are_numbered_by_their_smallest_ids_and_pairs_begin_with_the_smaller():
    one, other = (row["text"] for row in (*reports(1), {"text": COPY * 3}))
    rows = [("d", other), ("c", one), ("b", other), ("a", one), ("e", "Alone.")]
    rows = [{"id": id_, "source": "S", "text": text} for id_, text in rows]
    for order in (rows, rows[::-1]):
        found = fl.read(order).near_duplicates()
        assert found.clusters.sort_index().tolist() == [0, 1, 0, 1, 2]
        assert found.frame[["a", "b"]].to_numpy().tolist() == [["a", "c"], ["b", "d"]]


@pytest.mark.parametrize("seed", range(3))
def test_edited_and_scattered_copies_are_found(seed):
    rng = random.Random(seed)
    vocabulary = [f"word{i}" for i in range(800)]
    rows, planted = [], {}
    for i in range(40):
        words = article(rng, vocabulary, 400).split()
        kept = [rng.random() < 0.3 + 0.7 * i / 39 for _ in range(10)]
        copy = []
        for k, whole in enumerate(kept):
            piece = words[40 * k : 40 * k + 40] if whole else article(rng, vocabulary, 40).split()
            if whole:
                # One word replaced, one cut, one added: a passage goes on over each.
                piece[10] = "replaced"
                del piece[20]
                piece.insert(30, "added")
            copy += piece
        rows += [
            {"id": f"a{i:02}", "source": "A", "text": " ".join(words)},
            {"id": f"b{i:02}", "source": "B", "text": " ".join(copy)},
        ]
        planted[f"a{i:02}", f"b{i:02}"] = sum(kept) / 10 * 0.95
    frame = fl.read(rows).near_duplicates().frame
    found = dict(zip(zip(frame["a"], frame["b"], strict=True), frame["share"], strict=True))
    assert found.keys() == {pair for pair, share in planted.items() if share >= 0.5}
    for pair, share in found.items():
        assert share == pytest.approx(planted[pair], abs=0.02)


def test_other_widths_of_characters_and_forms_of_accents_are_equal():
    text = "Le café de l'été était fermé à Nîmes, a déclaré la préfète, avant de partir à Noël. "
    rows = [
        {"source": "A", "text": text * 4},
        {"source": "B", "text": "\U0001f600 " + unicodedata.normalize("NFD", text).upper() * 4},
        {"source": "C", "text": "« " + text.replace("'", "’") * 4 + "»"},
    ]
    frame = fl.read(rows).near_duplicates().frame
    assert len(frame) == 3
    assert (frame["share"] == 1.0).all()


COPY = "The ferry left the old harbour of Nordell at dawn with forty passengers on board. "


def test_spans_are_the_same_words():
    rows = [
        {"id": "1", "source": "A", "text": "Önce. " + COPY + "Short words end it."},
        {"id": "2", "source": "B", "text": COPY.upper()},
    ]
    corpus = fl.read(rows)
    result = corpus.near_duplicates()
    (span,) = result.frame["spans"][0]
    a = corpus.texts[0][span["start_a"] : span["end_a"]]
    b = corpus.texts[1][span["start_b"] : span["end_b"]]
    assert a.upper() == b == COPY.strip(" .").upper()
    assert result.clusters.nunique() == 1


def test_a_threshold_out_of_range_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        fl.demo().near_duplicates(threshold=0)


def test_shared_copy_can_be_left_out():
    rows = [
        {"source": "A", "text": "President Ada Moore spoke. " + COPY * 3 + "Apples grew."},
        {"source": "B", "text": COPY * 3 + "Pears were sold by President Ada Moore today."},
    ]
    corpus = fl.read(rows)
    with_copy = fl.similarity(corpus).matrix.loc["A", "B"]
    without = fl.similarity(corpus, drop_shared=True).matrix.loc["A", "B"]
    assert without < with_copy
    terms = set(fl.keyness(corpus, drop_shared=True).frame["term"])
    assert "ferry" not in terms
    assert "ferry" in set(fl.keyness(corpus).frame["term"])


def test_labels_in_shared_copy_can_be_left_out():
    copy = "The dictator Ada Moore spoke to the council in the harbour of Nordell at dawn. "
    rows = [{"source": s, "text": copy + end} for s, end in (("A", "Yes."), ("B", "No."))]
    corpus = fl.read(rows)
    assert len(fl.framing(corpus, targets=["Ada Moore"]).evidence) == 2
    assert len(fl.framing(corpus, targets=["Ada Moore"], drop_shared=True).evidence) == 0


def two_sources(rng, documents=24):
    """Documents of two sources that share half of their words, each with a label."""
    shared = [f"both{i}" for i in range(200)]
    own = {name: [f"{name}{i}" for i in range(200)] for name in ("gazette", "review")}
    rows = []
    for i in range(documents):
        name = ("gazette", "review")[i % 2]
        label = "dictator" if rng.random() < (0.4, 0.7)[i % 2] else "president"
        words = " ".join(rng.choices(shared + own[name], k=120))
        other = rng.choice(["dictator", "president"])
        text = f"The {label} Ada Moore spoke in Nordell. Then {words}. The {other} Ada Moore left."
        rows.append({"id": str(i), "source": name, "text": text})
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_printing_every_document_twice_does_not_narrow_intervals(seed):
    rows = two_sources(random.Random(seed))
    again = [{**row, "id": row["id"] + "b", "text": row["text"] + " The end."} for row in rows]
    once, twice = fl.read(rows), fl.read(rows + again)
    assert twice.near_duplicates().clusters.nunique() == len(rows)

    def widths(corpus):
        similar = fl.similarity(corpus).frame
        # Copies make a source more like itself and the estimate smaller: take widths as parts.
        similar[["low", "high"]] = similar[["low", "high"]].div(similar["adjusted"], axis=0)
        words = fl.keyness(corpus, permutations=0).frame
        words = words.set_index(["source", "term"]).sort_index()
        scores = fl.framing(corpus, targets=["Ada Moore"]).scores
        scores = scores[(scores["voice"] == "own") & (scores["object"] == "all")]
        return similar, words, scores

    for frame, doubled in zip(widths(once), widths(twice), strict=True):
        width = (frame["high"] - frame["low"]).dropna()
        assert len(width)
        other = (doubled["high"] - doubled["low"]).reindex(width.index)
        assert (other / width).median() > 0.9


def test_numbers_without_copies_are_those_of_single_documents():
    rows = two_sources(random.Random(7))
    corpus = fl.read(rows)
    assert corpus.near_duplicates().clusters.is_unique
    whole = fl.similarity(corpus).frame
    assert (whole["high"] > whole["low"]).all()


def test_whole_documents_keep_shared_copy():
    corpus = fl.read([{"source": "A", "text": "A flood of illegal aliens."}])
    with pytest.raises(ValueError, match="drop_shared needs targets"):
        fl.framing(corpus, targets=None, axis="migration", drop_shared=True)
