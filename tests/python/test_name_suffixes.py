"""Father and son, and other names of which one is part of the other, are targets of their own."""

from __future__ import annotations

import itertools
import warnings

import pytest

import framelens as fl


def read(*texts):
    return fl.read(
        [{"id": str(i), "source": f"S{i}", "text": text} for i, text in enumerate(texts)]
    )


def named(targets, *texts):
    """Target and words of each name that a target has, in any order of the targets."""
    corpus = read(*texts)
    found = []
    for order in itertools.permutations(targets):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            mentions = fl.namings(corpus, targets=list(order)).mentions
        mentions = mentions[mentions["form"] == "named"]
        found.append(list(zip(mentions["target"], mentions["text"], strict=True)))
    assert all(other == found[0] for other in found)
    return found[0]


# Father, son, and the suffix as others write it.
FAMILIES = [
    ("Hugo Reyes", "Hugo Reyes Jr.", "Hugo Reyes Jr"),
    ("Hugo Reyes", "Hugo Reyes Jr.", "Hugo Reyes, Jr."),
    ("Hugo Reyes", "Hugo Reyes Jr.", "Hugo Reyes Junior"),
    ("Hugo Reyes", "Hugo Reyes Sr.", "Hugo Reyes, Sr"),
    ("Hugo Reyes Sr.", "Hugo Reyes Jr.", "Hugo Reyes, Jr."),
    ("Hugo Reyes", "Hugo Reyes II", "Hugo Reyes, II"),
    ("Hugo Reyes II", "Hugo Reyes III", "Hugo Reyes, III"),
    ("Hugo Reyes the Elder", "Hugo Reyes the Younger", "Hugo Reyes, the Younger"),
    ("Hugo Reyes", "Hugo Reyes the Younger", "Hugo Reyes the Younger"),
    ("Hugo van Reyes", "Hugo van Reyes Jr.", "Hugo van Reyes, Jr."),
    ("Hugo P. Reyes", "Hugo P. Reyes Jr.", "Hugo P. Reyes, Jr."),
]


@pytest.mark.parametrize(("father", "son", "written"), FAMILIES)
def test_each_name_goes_to_its_own_bearer(father, son, written):
    text = f"{father} spoke on Monday. {written} wrote a book. {father}’s son left."
    expected = [(father, father), (son, written), (father, father)]
    assert named([father, son], text) == expected
    # The target may be written as the text is, or as it is not.
    assert named([father, written], text) == [
        (written if target == son else target, words) for target, words in expected
    ]


@pytest.mark.parametrize(("father", "son", "written"), FAMILIES)
def test_alone_each_has_his_own_names_only(father, son, written):
    text = f"{father} spoke on Monday. {written} wrote a book. {father} left."
    assert named([son], text) == [(son, written)]
    assert named([father], text) == [(father, father)] * 2


def test_a_president_and_his_son():
    text = (
        "President Hugo Reyes spoke on Monday. Hugo Reyes Jr. wrote a book. Reyes Jr. was in "
        "Paris. Hugo Reyes left. His son Hugo Reyes, Jr., stayed. Reyes said no."
    )
    corpus = read(text)
    found = fl.namings(corpus, targets=["Hugo Reyes Jr.", "Hugo Reyes"])
    assert list(zip(found.frame["target"], found.frame["term"], strict=True)) == [
        ("Hugo Reyes", "president"),
        ("Hugo Reyes Jr.", "son"),
    ]
    assert named(["Hugo Reyes Jr.", "Hugo Reyes"], text) == [
        ("Hugo Reyes", "President Hugo Reyes"),
        ("Hugo Reyes Jr.", "Hugo Reyes Jr."),
        ("Hugo Reyes Jr.", "Reyes Jr."),
        ("Hugo Reyes", "Hugo Reyes"),
        ("Hugo Reyes Jr.", "son Hugo Reyes, Jr."),
        ("Hugo Reyes", "Reyes"),
    ]


@pytest.mark.parametrize("end", ["", " Reyes left.", " President Reyes left.", " Hugo Reyes left."])
def test_a_suffix_ends_a_sentence(end):
    text = f"Hugo Reyes came. Late in the evening they all went out and met Hugo Reyes Jr.{end}"
    found = named(["Hugo Reyes", "Hugo Reyes Jr."], text)
    assert found[:2] == [("Hugo Reyes", "Hugo Reyes"), ("Hugo Reyes Jr.", "Hugo Reyes Jr.")]
    assert len(found) == 2 + bool(end)
    assert found[-1][0] == ("Hugo Reyes" if end else "Hugo Reyes Jr.")


@pytest.mark.parametrize("suffix", ["Jr.", "III", "the Younger"])
def test_the_surname_is_the_sons_where_nobody_else_has_it(suffix):
    name = f"Hugo P. Reyes {suffix}"
    text = f"{name} spoke on Monday. Reyes left. Mr. Reyes slept."
    assert named([name], text) == [(name, name), (name, "Reyes"), (name, "Mr. Reyes")]


@pytest.mark.parametrize(
    "text",
    [
        "Hugo Reyes Jr. spoke. President Reyes left.",  # an office that he has not
        "Hugo Reyes Jr. spoke. Reyes Jr. left. Reyes slept.",  # the article tells them apart
        "Hugo Reyes Jr. and Hugo Reyes spoke. Reyes left.",
        "Hugo Reyes Jr. and Ada Reyes spoke. Reyes left.",
    ],
)
def test_the_surname_may_be_anothers(text):
    found = named(["Hugo Reyes Jr."], text)
    assert {words for _, words in found} <= {"Hugo Reyes Jr.", "Reyes Jr."}


def test_kings_of_one_name():
    text = "King Karl II followed King Karl I on the throne. Then came King Karl III. Karl died."
    assert named(["Karl II", "Karl III"], text) == [
        ("Karl II", "King Karl II"),
        ("Karl III", "King Karl III"),
    ]


def test_families_share_a_surname():
    text = "Ada Reyes met Hugo Reyes Jr. and Hugo Reyes. Ms. Reyes left."
    targets = ["Ada Reyes", "Hugo Reyes", "Hugo Reyes Jr."]
    assert named(targets, text) == [
        ("Ada Reyes", "Ada Reyes"),
        ("Hugo Reyes Jr.", "Hugo Reyes Jr."),
        ("Hugo Reyes", "Hugo Reyes"),
        ("Ada Reyes", "Ms. Reyes"),
    ]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Ana Reyes", "Ana Reyes Lopez"),
        ("Mary Ann", "Mary Ann Reed"),
        ("George Reed", "George W. Reed"),
        ("Juan Reyes", "Juan Carlos Reyes"),
    ],
)
def test_a_name_within_another_is_a_target_of_its_own(short, long):
    text = f"{long} spoke on Monday. {short} wrote a book. {long} left, and {short} stayed."
    assert named([short, long], text) == [(long, long), (short, short)] * 2


def test_what_the_words_leave_open_is_whom_a_name_meant_last():
    text = (
        "Ana Reyes Lopez spoke on Monday. Ana slept. Ana Reyes wrote a book. Ana left. "
        "She was tired."
    )
    mentions = fl.namings(read(text), targets=["Ana Reyes", "Ana Reyes Lopez"]).mentions
    assert list(mentions["target"]) == ["Ana Reyes Lopez"] * 2 + ["Ana Reyes"] * 3


def test_labels_of_a_name_within_another():
    text = "The dictator Ana Reyes Lopez met President Ana Reyes. Ana Reyes Lopez is a tyrant."
    frame = fl.namings(read(text), targets=["Ana Reyes", "Ana Reyes Lopez"]).frame
    assert list(zip(frame["target"], frame["term"], strict=True)) == [
        ("Ana Reyes Lopez", "dictator"),
        ("Ana Reyes", "president"),
        ("Ana Reyes Lopez", "tyrant"),
    ]


def test_a_surname_goes_to_another_bearer_than_a_full_name():
    text = "Ada Reyes met Hugo Reyes. Ada Reyes spoke. Ada Reyes left."
    assert named(["Ada Reyes", "Reyes"], text) == [
        ("Ada Reyes", "Ada Reyes"),
        ("Reyes", "Hugo Reyes"),
        ("Ada Reyes", "Ada Reyes"),
        ("Ada Reyes", "Ada Reyes"),
    ]
    with pytest.raises(ValueError, match="alias of two targets"):
        fl.namings(read("Ada Reyes spoke. Reyes left."), targets=["Ada Reyes", "Reyes"])


@pytest.mark.parametrize("other", ["Hugo Reyes Jr", "Hugo Reyes, Jr.", "HUGO REYES JUNIOR"])
def test_two_spellings_of_one_name_are_refused(other):
    corpus = read("Hugo Reyes Jr. spoke on Monday.")
    with pytest.raises(ValueError, match="two targets"):
        fl.namings(corpus, targets=["Hugo Reyes Jr.", other])


def test_stops_in_a_name():
    assert named(["St. John Reed"], "On Monday St. John Reed spoke.") == [
        ("St. John Reed", "St. John Reed")
    ]


def test_headlines_tell_them_apart():
    text = (
        "Hugo Reyes Jr. Testifies in Court Over Harbour Fire\n\n"
        "Hugo Reyes Jr. spoke on Monday. Hugo Reyes left. Hugo Reyes came back.\n"
    )
    assert named(["Hugo Reyes", "Hugo Reyes Jr."], text)[0] == ("Hugo Reyes Jr.", "Hugo Reyes Jr.")


@pytest.mark.parametrize(
    ("language", "text", "father", "son"),
    [
        ("de", "Karl Meier jr. sprach. Karl Meier schwieg.", "Karl Meier", "Karl Meier jr."),
        ("de", "Karl Meier der Jüngere sprach.", None, "Karl Meier der Jüngere"),
        ("es", "Habló Juan Pérez II. Juan Pérez calló.", "Juan Pérez", "Juan Pérez II"),
    ],
)
def test_other_languages(language, text, father, son):
    corpus = fl.read([{"source": "S", "text": text}], language=language)
    targets = [name for name in (father, son) if name is not None]
    mentions = fl.namings(corpus, targets=targets).mentions
    assert dict(zip(mentions["target"], mentions["text"], strict=True)) == {
        name: name for name in targets
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("First lady Mila Velt waved. President Velt left.", ["Mila Velt", "Velt"]),
        ("Mila Velt, the first lady, waved. Velt left.", ["Mila Velt"]),
        ("First Gentleman Karol Brandt came. Governor Brandt spoke.",
         ["Karol Brandt", "Brandt"]),
        ("Senator Mila Velt left. President Velt sat.", ["Mila Velt"]),
        ("First lady Mila Velt waved. Mila sat.", ["Mila Velt"]),
        ("Mila Velt, a senator and a first lady once, left. President Velt sat.", ["Mila Velt"]),
        ("First lady Mila Velt waved. President Karol Velt left. Velt waved.",
         ["Mila Velt", "Karol Velt"]),
    ],
)  # fmt: skip
def test_an_office_is_no_wifes_or_husbands(text: str, names: list[str]) -> None:
    corpus = fl.read([{"source": "Gazette", "text": text}])
    found = fl.actors(corpus).frame["name"]
    assert sorted(found) == sorted(names)
