"""Labels of the kinds that news has most: predicates, lists, appositions, whose word a label is."""

from __future__ import annotations

import warnings

import pytest

import framelens as fl

INTRO = "Carsavian President Tomás Beláriz spoke on Monday. "
NAME = "Tomás Beláriz"
MOORE = "Ada Moore"


def told(text: str, *targets: str, extra: tuple[str, ...] = ()) -> list[str]:
    """Return the terms of the first document: ``term/voice/by!distance``, own voice unsaid."""
    texts = [text, *extra]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = fl.read([{"source": "Gazette", "text": text} for text in texts])
        frame = fl.namings(corpus, targets=list(targets)).frame
    found = []
    for row in frame[frame["doc"] == corpus.ids[0]].itertuples():
        voice = "reported" if row.reported and row.voice == "own" else row.voice
        by = row.reported_by if isinstance(row.reported_by, str) else None
        parts = [row.term, *([voice] if voice != "own" else []), *([by] if by else [])]
        found.append("/".join(parts) + (f"!{row.distance}" if row.distance else ""))
    return found


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Brett Oskar pleaded for his life as a police officer pinned him down.", "Brett Oskar"),
        ("Carsavia will host Moore. Police will guard Moore.", MOORE),
        ("Moore is using taxpayer money. There was widespread voter fraud.", MOORE),
        ("The lawyer for Jo Reed – Ada Moore's former aide – said no.", MOORE),
        ("President Donald Veldt denied it. Donald Veldt Jr. loved it.", "Donald Veldt Jr."),
        ("The award went to Ada Moore, her sister, her agent and two dancers.", MOORE),
        ("Guests included Ada Moore, a painter, a judge and a nun.", MOORE),
        ("A vote for Ada Moore is a vote for change.", MOORE),
        ("The reporter who interviewed Ada Moore is a liar.", MOORE),
        ("Two men who openly mocked Ada Moore were senators.", MOORE),
        ("Ada Moore is a part of it, and a lot of it.", MOORE),
        ("Had there been an indictment of Ada Moore, she would have left.", MOORE),
        ("The aide of Ada Moore, a leader of the cartel, left.", MOORE),
    ],
)
def test_no_label(text: str, target: str) -> None:
    assert told(text, target) == []


@pytest.mark.parametrize(
    "text",
    [
        "They were told by Beláriz, his son-in-law, his son and their lawyers.",
        "Senators need a two-thirds vote to convict Beláriz.",
        "Kell, an outspoken critic of Carsavian Beláriz, was shot.",
    ],
)
def test_no_second_label(text: str) -> None:
    assert told(INTRO + text, NAME) == ["president"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Beláriz is the only candidate who stays.", "candidate"),
        ("Dictators such as Beláriz and Kovel fall.", "dictator"),
        ("She scolded oligarchs such as Beláriz.", "oligarch"),
        ("Strongmen, including Lev Dunn and Tomás Beláriz, met.", "strongman"),
        ("Beláriz and other dictators met.", "dictator"),
        ("Beláriz is one of the region’s tyrants.", "tyrant"),
        ("Beláriz was among the most brutal warlords in Norland.", "warlord"),
        ("Beláriz, one of the senators who left, spoke.", "senator"),
        ("Beláriz, the man responsible for the leak, hid.", "man"),
        ("Beláriz, a nurse fluent in Greek, hid.", "nurse"),
        ("Beláriz, the woman accused of theft, hid.", "woman"),
        ("Beláriz is nothing but a thug.", "thug"),
        ("Beláriz is a patriot.", "patriot"),
        ("Beláriz, the leaker, fled.", "leaker"),
        ("Beláriz became a martyr.", "martyr"),
        ("Beláriz, the darling of the far right, left.", "darling"),
    ],
)
def test_what_somebody_is(text: str, label: str) -> None:
    assert told(INTRO + text, NAME) == ["president", label]


@pytest.mark.parametrize(
    ("text", "target", "labels"),
    [
        (
            "Maren Sólvik, the Kessland senator and not-quite-yet candidate, spoke.",
            "Maren Sólvik",
            ["senator", "candidate"],
        ),
        ("Senators Ada Moore and Olaf Lund left.", MOORE, ["senator"]),
        ("Ada Moore and Olaf Lund are tyrants.", "Olaf Lund", ["tyrant"]),
        ("On Monday Ada Moore, an exiled writer, left.", MOORE, ["writer"]),
        ("Theresa May arrived. Raab left May’s government.", "Theresa May", ["government"]),
        ("Theresa May came. Raab is a member of May’s cabinet.", "Theresa May", ["cabinet"]),
        ("Theresa May came. Raab left in May’s heat.", "Theresa May", []),
        ("Olaf Lund spoke. Lund defended his brother’s government.", "Olaf Lund", []),
        ("Olaf Lund spoke. Lund defended his government.", "Olaf Lund", ["government"]),
        ("Mark Will resigned. Dunn left Will’s cabinet.", "Mark Will", ["cabinet"]),
        (
            "Anton King led the march. King, a baker, left. Critics call King a tyrant.",
            "Anton King",
            ["baker", "tyrant/reported/Critics"],
        ),
    ],
)
def test_lists_titles_and_names_that_are_words(text: str, target: str, labels: list[str]) -> None:
    assert told(text, target) == labels


def test_an_initial_is_no_honorific() -> None:
    others = ("Brett Oskar spoke.",) * 5
    assert told("President Brett M. Oskar spoke.", "Brett Oskar", extra=others) == ["president"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Many see Beláriz as a tyrant.", "tyrant/reported"),
        ("Critics view Beláriz as a despot.", "despot/reported/Critics"),
        ("Lev Dunn sees Beláriz as a puppet.", "puppet/reported/Lev Dunn"),
        ("Beláriz is widely seen as a traitor.", "traitor/reported"),
        ("In Kell’s view, Beláriz is a tyrant.", "tyrant/reported/Kell"),
        ("In the eyes of Lev Dunn, Beláriz is a despot.", "despot/reported/Lev Dunn"),
        ("To Lev Dunn, Beláriz is a despot.", "despot/reported/Lev Dunn"),
        ("In view of the polls, Beláriz is a tyrant.", "tyrant"),
        ("Kell did not consider Beláriz a tyrant.", "tyrant/reported/Kell!negated"),
        ("Beláriz is no longer a senator.", "senator!negated"),
        ("Beláriz is not just a senator.", "senator"),
        ("If Beláriz were a dictator, he would stay.", "dictator!hypothetical"),
        ("Were Beláriz a dictator, he would stay.", "dictator!hypothetical"),
        ("Had Beláriz been a dictator, he would have stayed.", "dictator!hypothetical"),
        ("Is Beláriz a tyrant?", "tyrant!asked"),
        ("Is Beláriz a madman?", "madman!asked"),
    ],
)
def test_whose_word_it_is_and_how_far_it_holds(text: str, label: str) -> None:
    assert told(INTRO + text, NAME) == ["president", label]


@pytest.mark.parametrize(
    "text",
    [
        f"Anna Kell hailed the victory, and held talks with dictator {NAME}, who stayed.",
        f"Anna Kell defended the bill, slamming dictator {NAME} for slurs.",
        f"The group says it did it, which dictator {NAME} condemned.",
        f"The firm claims it paid, which dictator {NAME} denies.",
    ],
)
def test_what_goes_on_behind_indirect_speech_is_the_writers(text: str) -> None:
    assert told(text, NAME) == ["dictator"]


def test_what_goes_on_inside_is_not() -> None:
    text = f"Anna Kell said she won and held talks with dictator {NAME}."
    assert told(text, NAME) == ["dictator/reported/Anna Kell"]


def test_but_takes_a_negation_back() -> None:
    text = INTRO + "Beláriz is not a tyrant but a reformer."
    assert told(text, NAME) == ["president", "tyrant!negated", "reformer"]


@pytest.mark.parametrize("noun", ["regime", "government", "administration"])
def test_by_which_noun_it_goes_in_the_targets_own_words_is_the_writers(noun: str) -> None:
    corpus = fl.read([{"source": "Gazette", "text": f"{INTRO}Beláriz said that his {noun} lasts."}])
    row = fl.namings(corpus, targets=[NAME]).frame.iloc[-1]
    assert (row["term"], row["voice"], bool(row["reported"])) == (noun, "own", False)
    assert bool(row["self_reported"])


def test_what_the_target_says_that_he_is_stays_reported() -> None:
    text = INTRO + "Beláriz said that he was the lawful president."
    assert told(text, NAME) == ["president", f"president/reported/{NAME}"]


def test_a_title_in_what_another_says_is_anybodys_word() -> None:
    text = "Lund said President Ada Moore would go. Lund said the Moore regime would fall."
    corpus = fl.read([{"source": "Gazette", "text": text}])
    frame = fl.namings(corpus, targets=[MOORE]).frame
    assert list(frame["scope"].fillna("")) == ["ambiguous", ""]
    assert frame["reported"].all()
    assert not frame["self_reported"].any()
