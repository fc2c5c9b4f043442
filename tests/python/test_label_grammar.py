"""Labels by the verb around them: who calls, who is called, and what is not asserted."""

from __future__ import annotations

import warnings

import pytest

import framelens as fl

INTRO = "Ada Moore met Olaf Lund in Nordell on Monday. "


def labels(text: str, intro: str = INTRO) -> list[tuple[str, str, str | None, str | None]]:
    """Return whom each noun names, the noun, by whom and how distant."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = fl.read([{"source": "Gazette", "text": intro + text}])
        found = fl.namings(corpus, targets=["Ada Moore", "Olaf Lund"]).frame
    columns = found[["target", "term", "reported_by", "distance"]].astype(object)
    return [tuple(row) for row in columns.where(columns.notna(), None).to_numpy().tolist()]


def dictator(
    by: str | None = None, distance: str | None = None
) -> list[tuple[str, str, str | None, str | None]]:
    return [("Ada Moore", "dictator", by, distance)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moore was called a dictator by Olaf Lund.",
        "Ada Moore was openly called a dictator by Olaf Lund.",
        "Ada Moore has repeatedly and openly been called a dictator by Olaf Lund.",
        "Ada Moore had long been described as a dictator by Olaf Lund.",
        "Ada Moore, openly branded a dictator by Olaf Lund, left.",
        "Olaf Lund openly called Ada Moore a dictator.",
    ],
)
def test_who_calls_in_the_active_and_in_the_passive(text: str) -> None:
    assert labels(text) == dictator("Olaf Lund")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moore is increasingly a dictator.",
        "Ada Moore has quietly become a dictator.",
        "Ada Moore has been widely described as a dictator.",
        "Ada Moore is still widely considered a dictator.",
    ],
)
def test_adverbs_stand_anywhere(text: str) -> None:
    assert labels(text) == dictator()


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moore has condemned the dictator.",
        "Ada Moore has called the dictator.",
        "Ada Moore has called the dictator a fraud.",
        "Ada Moore has described a dictator.",
        "Ada Moore had branded the dictator a fraud.",
        "Ada Moore described the dictator as weak.",
        "Ada Moore is describing dictators and a dictator.",
        "Ada Moore thanked the premier.",
        "On Monday, Ada Moore met with the premier.",
        "Ada Moore called the premier a dictator.",
        "Ada Moore wasn't mocking reporter Anna Kell.",
    ],
)
def test_whoever_condemns_a_dictator_is_none(text: str) -> None:
    assert labels(text) == []


def test_an_owner_is_no_predicate() -> None:
    assert labels("Ada Moore was considered the dictator’s voice.") == [
        ("Ada Moore", "voice", None, None)
    ]


def test_a_description_means_whom_it_meant_before() -> None:
    intro = "Premier Ada Moore met Olaf Lund in Nordell. "
    premier = ("Ada Moore", "premier", None, None)
    assert labels("The premier thanked Olaf Lund.", intro) == [premier, premier]
    assert labels("Olaf Lund thanked the premier.", intro) == [premier, premier]
    assert labels("A spokesman for Ada Moore thanked the premier.", intro) == [premier, premier]
    assert labels("Ada Moore thanked the premier.", intro) == [premier]
    assert labels("She thanked the premier.", intro) == [premier]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moore isn't a dictator.",
        "Ada Moore wasn’t a dictator.",
        "Ada Moore is hardly a dictator.",
        "Ada Moore was never called a dictator.",
    ],
)
def test_negated(text: str) -> None:
    assert labels(text) == dictator(distance="negated")


@pytest.mark.parametrize(
    "text",
    [
        "Olaf Lund did not call Ada Moore a dictator.",
        "Olaf Lund won't call Ada Moore a dictator.",
        "Olaf Lund refused to call Ada Moore a dictator.",
        "Ada Moore was never openly called a dictator by Olaf Lund.",
    ],
)
def test_not_called(text: str) -> None:
    assert labels(text) == dictator("Olaf Lund", "negated")


def test_what_is_denied_of_two_nouns() -> None:
    found = labels("Olaf Lund did not consider Ada Moore a friend or a tyrant.")
    assert [(term, distance) for _, term, _, distance in found] == [
        ("friend", "negated"),
        ("tyrant", "negated"),
    ]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("If Ada Moore were a dictator, she would stay.", None),
        ("Ada Moore may be a dictator.", None),
        ("Ada Moore could soon become a dictator.", None),
        ("Ada Moore might openly be called a dictator by Olaf Lund.", "Olaf Lund"),
        ("Olaf Lund would call Ada Moore a dictator.", "Olaf Lund"),
    ],
)
def test_hypothetical(text: str, by: str | None) -> None:
    assert labels(text) == dictator(by, "hypothetical")


def test_what_is_not_asserted_weighs_nothing() -> None:
    rows = [{"source": "Gazette", "text": INTRO + "Ada Moore may be a dictator."}]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        framed = fl.framing(fl.read(rows), targets=["Ada Moore"], axis="legitimacy")
    assert framed.evidence[["distance", "weight"]].values.tolist() == [["hypothetical", 0.0]]


@pytest.mark.parametrize(
    "text", ["Ada Moore called herself a dictator.", "Ada Moore describes herself as a dictator."]
)
def test_a_reflexive_names_the_subject(text: str) -> None:
    assert labels(text) == dictator("Ada Moore")


def test_an_object_pronoun_is_somebody_else() -> None:
    assert labels("Olaf Lund called him a dictator.") == []
    found = labels("Ada Moore called him a friend and a dictator.")
    assert [row[:3] for row in found] == [
        ("Olaf Lund", "friend", "Ada Moore"),
        ("Olaf Lund", "dictator", "Ada Moore"),
    ]


SPOKE = "Carsavian President Ada Moore spoke on Monday. "
PRESIDENT = ("president", "title")


def named(text: str) -> list[tuple[str, str]]:
    """Return the nouns that name Ada Moore, and by which rule."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = fl.read([{"source": "Gazette", "text": text}])
        found = fl.namings(corpus, targets=["Ada Moore"]).frame
    return list(found[["term", "rule"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Senators need a two-thirds vote to convict Moore.", []),
        ("Police will guard Moore.", []),
        ("Carsavia may host Moore.", []),
        ("Why did dictator Moore stay?", [("dictator", "title")]),
        ("What does lawyer Ada Moore want?", [("lawyer", "title")]),
        ("Will tyrant Moore go?", [("tyrant", "title")]),
        ("The guards handed it to dictator Moore.", [("dictator", "title")]),
        ("Olaf Lund, an outspoken critic of Carsavian President Ada Moore, left.", [PRESIDENT]),
        ("A rival of Carsavian President Ada Moore left.", [PRESIDENT]),
        ("The Minister of Trade Ada Moore left.", [("minister", "title")]),
        ("Moore pleaded for her life as a police officer pinned her down.", []),
        ("Moore served as president.", [("president", "copula")]),
        ("The lawyer for Jo Reed – Ada Moore's former aide – said no.", []),
        ("Olaf Lund called her a “thug.”", [("thug", "copula")]),
        ("Moore is a “thug,” Anna Kell said.", [("thug", "copula")]),
        ("Moore is the only candidate who stays.", [("candidate", "copula")]),
        ("Moore is a very capable leader.", [("leader", "copula")]),
    ],
)
def test_what_stands_beside_a_name_is_its_label_or_none(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert named(SPOKE + text)[1:] == found


@pytest.mark.parametrize("adverb", ["", "also ", "quickly ", "very openly ", "later "])
def test_whoever_says_something_is_a_person(adverb: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = f"Jansen {adverb}said the port was open. “It is,” he added."
        quoted = fl.quotes(fl.read([{"source": "Gazette", "text": text}])).frame
    assert quoted["speaker"].tolist() == ["Jansen", "Jansen"]


DICTATOR = "Carsavian dictator Ada Moore"


@pytest.mark.parametrize(
    "text",
    [
        f"Anna Kell hailed the victory, and visited {DICTATOR}, who stayed.",
        f"Anna Kell defended the bill, slamming {DICTATOR} for slurs.",
        f"Anna Kell welcomed the plan, and avoided {DICTATOR}.",
        f"Anna Kell praised the move, hailing {DICTATOR}.",
    ],
)
def test_what_else_a_speaker_did_is_the_writers_own(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = fl.read([{"source": "Gazette", "text": text}])
        found = fl.namings(corpus, targets=["Ada Moore"]).frame
    assert found[["term", "reported"]].to_numpy().tolist() == [["dictator", False]]


def test_what_a_speaker_says_by_the_way_is_a_row_of_its_own() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = "Anna Kell rejected the plan, saying the port was weak."
        said = fl.quotes(fl.read([{"source": "Gazette", "text": text}])).frame
    assert said["text"].tolist() == ["the plan", "the port was weak"]
    assert said["speaker"].tolist() == ["Anna Kell", "Anna Kell"]
