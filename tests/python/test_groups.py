"""Groups and nations as targets, denied labels, shared surnames, near spellings, terms at large."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import framelens as fl
from framelens import lexicons
from framelens.labels.coding import krippendorff_alpha

TONE = {
    "version": "framelens-lexicon/1",
    "axis": "tone",
    "language": "en",
    "poles": ["harsh", "mild"],
    "terms": [
        {"text": "crisis", "forms": ["crises"], "pole": "harsh", "weight": 2},
        {"text": "fair play", "pole": "mild"},
        {"text": "anti-*", "pole": "harsh", "match": "glob"},
        {"text": "talk", "pole": "neutral"},
    ],
    "exclusions": ["crisis line"],
}


def read(*texts: str) -> fl.Corpus:
    return fl.read(
        pd.DataFrame(
            {
                "id": [str(i) for i in range(len(texts))],
                "source": [f"S{i}" for i in range(len(texts))],
                "text": list(texts),
            }
        )
    )


def terms(corpus: fl.Corpus, target: fl.Target | str) -> list[tuple[str, str | None]]:
    frame = fl.namings(corpus, targets=[target]).frame
    return list(zip(frame["term"], frame["distance"], strict=True))


def test_a_group_goes_by_its_nouns_in_singular_and_plural():
    corpus = read("The migrants met a migrant. The migrant crisis grew. Some asylum seekers left.")
    group = fl.Target("migrants", aliases=("asylum seekers",))
    assert [term for term, _ in terms(corpus, group)] == ["migrant", "migrant", "asylum seeker"]


def test_a_group_goes_by_the_terms_of_the_axis():
    corpus = read(
        "Illegal aliens crossed the river, officials said. Undocumented immigrants were seen.",
        "“These are illegal immigrants,” she said. The migrants rested.",
    )
    with pytest.warns(UserWarning, match="choice of that name"):
        result = fl.framing(corpus, targets=["migrants"], axis="migration")
    found = list(zip(result.evidence["term"], result.evidence["pole"], strict=True))
    assert found == [
        ("illegal alien", "restrictive"),
        ("undocumented immigrant", "humane"),
        ("illegal immigrant", "restrictive"),
        ("migrant", "neutral"),
    ]
    assert list(result.evidence["voice"]) == ["own", "own", "quoted", "own"]


@pytest.mark.parametrize(
    ("target", "axis", "warned"),
    [
        ("immigrants", "migration", True),
        ("the migrants", "migration", True),
        ("refugee", "migration", True),
        (fl.Target("river people", aliases=("illegal aliens",)), "migration", True),
        ("demonstrators", "protest", True),
        ("river people", "migration", False),
        ("migrants", "protest", False),
        ("Migrants", "migration", False),
    ],
)
def test_a_group_named_by_a_term_of_the_axis_warns(target, axis, warned):
    corpus = read("The migrants met refugees, demonstrators and river people. Migrants left.")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        fl.framing(corpus, targets=[target], axis=axis)
    assert any("choice of that name" in str(w.message) for w in caught) == warned


def test_a_nation_is_a_target():
    corpus = read("Peru closed its port. The Peruvian regime fell, and Chile watched.")
    named = fl.namings(corpus, targets=["Peru"])
    assert list(named.frame["term"]) == ["regime"]
    assert list(named.mentions["text"]) == ["Peru"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Moore is not a dictator.",
        "Ada Moore denies being a dictator.",
        "Ada Moore denied that she was a dictator.",
        "Ada Moore never became a dictator.",
    ],
)
def test_a_denied_label_is_evidence_of_weight_0(sentence):
    evidence = fl.framing(read(sentence), targets=["Ada Moore"]).evidence
    assert list(evidence["distance"]) == ["negated"]
    assert list(evidence["weight"]) == [0.0]


def test_a_hyphen_in_a_name_is_a_space():
    corpus = read("North Korean leader Kim Jong-un spoke. Mr. Kim left.", "Kim Jong Un spoke.")
    mentions = fl.namings(corpus, targets=["Kim Jong Un"]).mentions
    assert list(mentions["doc"]) == ["0", "0", "1"]


def test_two_targets_may_share_a_surname():
    corpus = read("Ada Moore met Ben Moore. Mr. Moore left, Ms. Moore stayed.")
    mentions = fl.namings(corpus, targets=["Ada Moore", "Ben Moore"]).mentions
    assert list(mentions["target"]) == ["Ada Moore", "Ben Moore", "Ben Moore", "Ada Moore"]


def test_a_presidents_surname_is_not_that_of_a_spouse_who_is_named_later():
    corpus = read(
        "President Moore and Ada Moore, the first lady, arrived. Moore spoke for an hour.",
        "President Ben Moore was tired.",
    )
    mentions = fl.namings(corpus, targets=["Ben Moore"]).mentions
    assert list(mentions["text"]) == ["President Moore", "Moore", "President Ben Moore"]


def test_a_secretary_is_not_the_president_of_the_same_nation():
    corpus = read("U.S. President Ada Moore spoke. Ben Cole will be the next U.S. secretary.")
    assert [term for term, _ in terms(corpus, "Ada Moore")] == ["president"]


def test_a_head_with_a_complement_is_not_whoever_was_called_so_before():
    corpus = read("Director Ada Moore spoke. The director of the museum left.")
    assert [term for term, _ in terms(corpus, "Ada Moore")] == ["director"]


def test_a_name_that_nobody_has_warns_of_near_spellings():
    corpus = read("Nicolás Maduro spoke on Monday.")
    with pytest.warns(UserWarning, match="'Nicolas Madura'; did you mean 'Nicolás Maduro'"):
        fl.namings(corpus, targets=["Nicolas Madura"])


def test_rates_are_labels_per_mention():
    corpus = read("President Ada Moore spoke. Moore left. She slept. The president woke.")
    named = fl.namings(corpus, targets=["Ada Moore"])
    assert list(named.mentions["form"]) == ["named", "named", "pronoun", "described"]
    assert named.table(values="rate").loc["president", "S0"] == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="count or rate"):
        named.table(values="share")  # type: ignore[arg-type]


def test_terms_at_large():
    corpus = read(
        "No crisis was seen. The crisis line rang. The crises and anti-war talk went on.",
        "“Fair play,” he said. Fair-play matters.",
    )
    result = fl.framing(corpus, targets=None, axis=TONE)
    rows = result.evidence[["label", "pole", "distance", "voice"]].to_numpy().tolist()
    assert rows == [
        ["crisis", "harsh", "negated", "own"],
        ["crises", "harsh", None, "own"],
        ["anti-war", "harsh", None, "own"],
        ["talk", "neutral", None, "own"],
        ["Fair play", "mild", None, "quoted"],
        ["Fair-play", "mild", None, "own"],
    ]
    pooled = result.frame[result.frame["voice"] == "all"].set_index("doc")
    assert list(pooled["n_harsh"]) == [2, 0]
    assert list(pooled["score"]) == [1.0, -1.0]
    assert pooled.loc["0", "rate_harsh"] == pytest.approx(1000 * 3 / pooled.loc["0", "words"])


def test_weights_by_documents():
    corpus = read("A crisis and a talk.", "A crisis of fair play.")
    counted = fl.framing(corpus, targets=None, axis=TONE, voice="own").frame
    weighted = fl.framing(corpus, targets=None, axis=TONE, voice="own", weighting="tfidf").frame
    assert weighted["score"].iloc[1] < counted["score"].iloc[1]
    with pytest.raises(ValueError, match="weighting must be count or tfidf"):
        fl.framing(corpus, targets=None, axis=TONE, weighting="idf")  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="whole documents"):
        fl.framing(corpus, targets=["Ada Moore"], weighting="tfidf")  # type: ignore[call-overload]


def test_another_language():
    corpus = read("El dictador habló. El presidente calló, y los dictadores escucharon.")
    frame = fl.framing(corpus, targets=None, axis="legitimidad").frame
    assert list(frame.loc[frame["voice"] == "all", ["n_ilegítimo", "n_legítimo"]].iloc[0]) == [2, 1]


@pytest.mark.parametrize("axis", lexicons.available())
def test_no_form_of_a_shipped_lexicon_has_two_poles(axis):
    poles: dict[str, set[str]] = {}
    for term in lexicons.load(axis).terms:
        for form in (term["text"], *term["forms"]):
            poles.setdefault(form, set()).add(term["pole"])
    assert not [form for form, of in poles.items() if len(of) > 1]


def test_samples_are_blind_and_come_back(tmp_path):
    result = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
    path = result.sample(tmp_path / "sheet.csv", n=8, seed=1)
    sheet = pd.read_csv(path)
    assert list(sheet.columns) == ["item", "target", "text", "coder_1", "coder_2"]
    assert not sheet["text"].str.contains("|".join(fl.demo().sources)).any()
    key = pd.read_csv(tmp_path / "sheet.key.csv")
    assert result.sample(tmp_path / "again.csv", n=8, seed=1).read_text() == path.read_text()
    sheet["coder_1"] = key["tool"].fillna("none")
    sheet["coder_2"] = sheet["coder_1"].where(key["item"] > 2, "another")
    sheet.to_csv(path, index=False)
    found = fl.agreement(path)
    whole = found.frame[found.frame["source"].isna()].iloc[0]
    labels = key["tool"].notna()
    # Of two codes that differ, each has one half.
    halves = int((labels & (key["item"] <= 2)).sum())
    assert (whole["items"], whole["coded"]) == (labels.sum(), labels.sum())
    assert whole["right"] == labels.sum() - halves / 2
    assert whole["sentences"] == (~labels).sum()
    assert found.alpha == pytest.approx(
        krippendorff_alpha(sheet[["coder_1", "coder_2"]].to_numpy().tolist())
    )


def test_a_sheet_without_codes_is_refused(tmp_path):
    result = fl.framing(fl.demo(), targets=["Tomás Beláriz"])
    path = result.sample(tmp_path / "sheet.csv", n=4, seed=1)
    with pytest.raises(ValueError, match="has no codes"):
        fl.agreement(path)
    with pytest.raises(ValueError, match=r"columns? of the evidence"):
        result.sample(path, n=4, by="colour", seed=1)


@pytest.mark.parametrize(
    ("one", "two", "alpha"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
)
def test_alpha_of_krippendorffs_own_examples(one, two, alpha):
    # Computing Krippendorff's Alpha-Reliability, 2011, parts A and B.
    pairs = [list(codes) for codes in zip(one, two, strict=True)]
    assert krippendorff_alpha(pairs) == pytest.approx(alpha, abs=5e-4)
    assert krippendorff_alpha([["a", "a"]]) is None
