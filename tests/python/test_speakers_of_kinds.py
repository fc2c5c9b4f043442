"""Who speaks, kind by kind: each kind of sentence with several names, nouns, verbs and marks."""

import pandas as pd
import pytest

import framelens as fl


def quoted(text, start):
    """Kind and speaker of the one quotation that begins so; a speaker without a name as printed."""
    frame = fl.quotes(fl.read([{"source": "Gazette", "text": text}]), zones="all").frame
    marked = frame[(frame["kind"] != "indirect") & frame["text"].str.startswith(start)]
    assert len(marked) == 1, frame["text"].tolist()
    row = marked.iloc[0]
    if not pd.isna(row["speaker"]):
        return row["kind"], row["speaker"]
    if pd.isna(row["speaker_start"]):
        return row["kind"], None
    return row["kind"], text[row["speaker_start"] : row["speaker_end"]]


def reported(text):
    """Speaker, cue and content of indirect speech."""
    frame = fl.quotes(fl.read([{"source": "Gazette", "text": text}]), zones="all").frame
    rows = frame[frame["kind"] == "indirect"]
    return [(row.speaker, row.cue, row.text) for row in rows.itertuples()]


DOCUMENTS_AND_GROUPS = (
    *("report", "study", "lawsuit", "family", "crew", "indictment", "coroner", "website"),
    *("couple", "filing", "poll", "survey", "ministry", "newspaper", "committee", "police"),
)


@pytest.mark.parametrize("noun", DOCUMENTS_AND_GROUPS)
def test_documents_and_groups_speak(noun):
    text = f"“It is a shameful plan by a corrupt regime,” according to the {noun}."
    assert quoted(text, "It is") == ("direct", noun)


UNSAID = {
    "He’s claiming that fraud is “a big problem in this town.”": ("a big", "partial"),
    "The result is “a very bad day for us all.” Nobody wept.": ("a very", "partial"),
    "The result is ‘a very bad day for us all’. Nobody wept.": ("a very", "partial"),
    "Then came the reply: “We will not sell this boat.”": ("We will", "direct"),
    "Then came a letter: ‘We will not sell this boat’.": ("We will", "direct"),
}


@pytest.mark.parametrize("text", UNSAID)
def test_a_sentence_is_nobodys_of_the_outlet(text):
    start, kind = UNSAID[text]
    found, speaker = quoted(text, start)
    assert found == kind
    assert speaker in (None, "He")
    corpus = fl.read([{"id": "a", "source": "Gazette", "text": text}])
    at = text.index(start)
    assert corpus.voice_at("a", at, at + 4)[0] == "quoted"


NOT_QUOTED = {
    "The novel “A Long Way to the Cold Sea,” out in May, sold well.": ("A Long", "name"),
    "The novel “A Long Way to the Cold Sea”, out in May, sold well.": ("A Long", "name"),
    "He might as well have said “I do not care about you at all.”": ("I do", "scare"),
    "She could have said, “Leave me alone with the boats.”": ("Leave", "scare"),
    "It was a “who cares if it rains now” mood.": ("who", "scare"),
    "He had so called “sensitive” data stolen.": ("sensitive", "scare"),
}


@pytest.mark.parametrize("text", NOT_QUOTED)
def test_names_and_what_nobody_said_are_no_quotations(text):
    start, kind = NOT_QUOTED[text]
    assert quoted(text, start) == (kind, None)


@pytest.mark.parametrize(
    "verb",
    [
        "fired back",
        "shot back",
        "hit back",
        "cut in",
        "began",
        "went on",
        "volunteered",
        "chimed in",
    ],
)
@pytest.mark.parametrize("marks", ["“Go,”", "‘Go’,", '"Go,"'])
def test_a_comma_leads_on_to_a_verb_of_saying(verb, marks):
    assert quoted(f"{marks} Olga Rem {verb}.", "Go") == ("direct", "Olga Rem")


SPEAKERS = {
    "as somebody put it": (
        "As Ada Moore put it, “it was a good day for the whole town.”",
        *("it was", "direct", "Ada Moore"),
    ),
    "as a document puts it": (
        "As the study puts it, “the coast is losing its birds.”",
        *("the coast", "direct", "study"),
    ),
    "a long apposition": (
        "“It is cheap for us all,” Ada Moore, director of the Harbour Policy Center and a "
        "professor at Northfield University, said.",
        *("It is", "direct", "Ada Moore"),
    ),
    "a long apposition, British": (
        "‘We have no time left’, Mira Tolland, chair of the Nordell Board of Trade and author of "
        "a book on the coast, argued.",
        *("We have", "direct", "Mira Tolland"),
    ),
    "an exclamation and an apposition": (
        "“It is cheap for us all!” Ada Moore, the mayor, said.",
        *("It is", "direct", "Ada Moore"),
    ),
    "a question and an apposition": (
        "“Do you hear us all out there?” Hanna Voss, the chief constable, asked.",
        *("Do you", "direct", "Hanna Voss"),
    ),
    "a full stop before the cue": (
        "“We have very large crowds today.” Moore said to cheers.",
        *("We have", "direct", "Moore"),
    ),
    "a full stop and whom it is told": (
        "“No one is safe here any more.” Hanna Voss told reporters.",
        *("No one", "direct", "Hanna Voss"),
    ),
    "a second verb behind the marks": (
        "The swap was “bittersweet” said Ryan Olsen, director at Signal Nord.",
        *("bittersweet", "partial", "Ryan Olsen"),
    ),
    "a noun of saying and its verb": (
        "Ada Moore made the statement “it is wiser to wait for now” and left.",
        *("it is", "partial", "Ada Moore"),
    ),
    "a noun of saying and its owner": (
        "Moore’s claim that “nobody will be left behind” fell flat.",
        *("nobody", "partial", "Moore"),
    ),
    "a spokesman of somebody's": (
        "“Go,” former Varga campaign manager Tom Bray told reporters.",
        *("Go", "direct", "Tom Bray"),
    ),
    "a nickname": ("“Go,” said Robert “Bo” Tannerly.", "Go", "direct", "Robert Tannerly"),
    "a nickname before the verb": (
        "“Stay,” Elena “Lena” Hoyt said.",
        *("Stay", "direct", "Elena Hoyt"),
    ),
    "what follows is the same speaker's": (
        "If you did not think any of this was enough, Davis gave one last reason: “She is the "
        "first mayor here,” Davis said. “So vote, and bring your aunt.”",
        *("So vote", "direct", "Davis"),
    ),
    "a relative clause with what it says": (
        "Marta Olsen told a woman who suggested that some may not vote that “this is not the "
        "first generation to be tired of it.”",
        *("this is", "partial", "Marta Olsen"),
    ),
    "a second verb": (
        "When my mother mentioned the sea to me, I laughed and said, “I do not believe in it.”",
        *("I do not", "direct", "I"),
    ),
    "a participle before the verb": (
        "Mr. Olsen, noting that the party’s “races are not as easy as they were,” added: “I am "
        "concerned.”",
        *("races", "partial", "Olsen"),
    ),
    "a participle behind the verb": (
        "In August, several farming groups granted Mr. Moore a delay, saying his “capital was "
        "much less than we expected.”",
        *("capital", "partial", "farming groups"),
    ),
    "an infinitive with its own subject": (
        "“We will accept the vote,” Petrov said Sunday, only for Moore to tweet Monday that "
        "“there is very large fraud going on here.”",
        *("there is", "partial", "Moore"),
    ),
    "an infinitive behind a participle": (
        "“We will pay,” Hoyt said Friday, prompting Bray to reply that “nobody believes a word "
        "of it.”",
        *("nobody", "partial", "Bray"),
    ),
    "inverted, with an apposition": (
        "Practice kindness in talks, says David Palmer, a professor at Northfield University. "
        "“It is hard, but you can do it.”",
        *("It is hard", "direct", "David Palmer"),
    ),
}


@pytest.mark.parametrize("kind", SPEAKERS)
def test_speakers(kind):
    text, start, *expected = SPEAKERS[kind]
    assert quoted(text, start) == tuple(expected)


@pytest.mark.parametrize(
    "noun",
    [
        "critic",
        "ally",
        "aide",
        "lawyer",
        "spokesman",
        "adviser",
        "rival",
        "biographer",
        "confidant",
        "donor",
    ],
)
def test_whose_somebody_is_does_not_speak(noun):
    text = f"Karol Varga shut the port.\n\n“Varga lies,” said Varga {noun} Tom Bray."
    assert quoted(text, "Varga lies") == ("direct", "Tom Bray")


@pytest.mark.parametrize(
    "title",
    [
        "Minister for Health",
        "Minister of Defence",
        "Chancellor of the Exchequer",
        "Attorney General for England and Wales",
        "Housing and Communities Secretary",
        "Secretary of State for Transport",
        "Director of Public Prosecutions",
    ],
)
@pytest.mark.parametrize("name", ["Nicky Mordan", "Lena Hoyt"])
def test_titles_of_several_words(title, name):
    assert quoted(f"“Go,” said {title} {name}.", "Go") == ("direct", name)


@pytest.mark.parametrize(
    "text",
    ["“Go,” said an aide to House Leader Nancy Hoyt.", "“Go,” said an aide to Mayor Nancy Hoyt."],
)
def test_a_title_is_no_aides(text):
    assert quoted(text, "Go") == ("direct", "aide")


@pytest.mark.parametrize(
    "surname", ["May", "Long", "Will", "Just", "Price", "Day", "King", "Judge", "March"]
)
def test_surnames_that_are_words(surname):
    text = (
        f"Prime Minister Carla {surname} met the unions.\n\n“Go,” said Carla {surname}.\n\n"
        f"“Now,” {surname} said."
    )
    assert quoted(text, "Go") == ("direct", f"Carla {surname}")
    assert quoted(text, "Now") == ("direct", f"Carla {surname}")


@pytest.mark.parametrize(
    "text",
    [
        "The firm added $2 million to the fund.",
        "Moore ran a blog called harbour.net.",
        "The flood claimed two lives.",
        "A rebel group claimed responsibility for the blast.",
        "The army maintained a base near the port.",
        "He told the truth.",
        "You know what they say.",
        "No campaign says that it will lose.",
        "The navy began bombing alleged smuggling boats.",
        "He is accused of commanding the Grey Hand.",
    ],
)
def test_no_indirect_speech(text):
    assert reported(text) == []


REPORTED = {
    "Olga Rem told dictator Karol Varga he must go.": ("Olga Rem", "told", "he must go"),
    "Olga Rem told farmers on the coast they must go.": ("Olga Rem", "told", "they must go"),
    "Anna Sólvik’s allegation that the vote was bought fell flat.": (
        *("Anna Sólvik", "allegation"),
        "that the vote was bought fell flat",
    ),
    "President Anna Sólvik refused to confirm a coup, which Olga Rem claimed was a hoax.": (
        *("Olga Rem", "claimed", "was a hoax"),
    ),
}


@pytest.mark.parametrize("text", REPORTED)
def test_indirect_speech(text):
    assert reported(text) == [REPORTED[text]]


def test_a_denial_does_not_doubt():
    corpus = fl.read([{"source": "Gazette", "text": "Ada Moore denied that the port was shut."}])
    quotes = fl.quotes(corpus)
    assert list(quotes.frame["stance"]) == ["denying"]
    assert fl.distancing(corpus).frame["count"].sum() == 0
    assert "denying" in set(quotes.verbs()["stance"])
