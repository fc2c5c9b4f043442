"""Who speaks in transcripts, interviews, tweets, vox pops and mails."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import framelens as fl

VARGA = "Karol Varga"


def read(text: str, source: str = "Gazette", language: str = "en", **row: str) -> fl.Corpus:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fl.read([{"source": source, "text": text, **row}], language=language)


def spoken(corpus: fl.Corpus) -> list[tuple[str | None, str]]:
    """Speaker and text of the direct quotations that no verb attributes."""
    frame = fl.quotes(corpus).frame
    frame = frame[(frame["kind"] == "direct") & frame["cue"].isna() & (frame["nested"] == 0)]
    return [
        (None if pd.isna(speaker) else speaker, text)
        for speaker, text in zip(frame["speaker"], frame["text"], strict=True)
    ]


def speakers(text: str, source: str = "Gazette", language: str = "en") -> list[str | None]:
    return [speaker for speaker, _ in spoken(read(text, source, language))]


def voices(corpus: fl.Corpus, target: str = VARGA) -> list[tuple[str, str, str | None]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = fl.namings(corpus, targets=[target]).frame
    return [
        (term, voice, None if pd.isna(speaker) else speaker)
        for term, voice, speaker in zip(
            frame["term"], frame["voice"], frame["speaker"], strict=True
        )
    ]


class TestTurns:
    """Lines that begin with a name and a colon."""

    def test_a_turn_is_quoted_by_who_stands_before_the_colon(self) -> None:
        corpus = read("OLGA REM, TRADER: Dictator Karol Varga shut the port.\n\nGRANT: Thank you.")
        assert spoken(corpus) == [
            ("OLGA REM", "Dictator Karol Varga shut the port."),
            ("GRANT", "Thank you."),
        ]
        assert voices(corpus) == [("dictator", "quoted", "OLGA REM")]
        at = corpus.texts[0].index("Dictator")
        doc = str(corpus.documents["id"].iloc[0])
        assert corpus.voice_at(doc, at, at + 8) == ("quoted", "OLGA REM")
        assert corpus.voice_at(doc, 0, 4) == ("own", None)

    @pytest.mark.parametrize(
        "text",
        [
            "Grant: Dictator Varga shut the port.\n\nRem: The strike began at noon.",
            "GRANT: Dictator Varga shut the port.\nREM: The strike began at noon.",
            "Tom Grant: Dictator Varga shut the port.\n\nOlga Rem: The strike began at noon.",
            "T. GRANT: Dictator Varga shut the port.\n\nO. REM: The strike began at noon.",
            "MR. GRANT: Dictator Varga shut the port.\n\nDR. REM: The strike began at noon.",
            "GRANT (crosstalk): Dictator Varga shut the port.\n\nREM [laughing]: It began at noon.",
            "**Grant:** Dictator Varga shut the port.\n\n**Rem:** The strike began at noon.",
            "Grant:\nDictator Varga shut the port.\n\nRem:\nThe strike began at noon.",
            "Tom Grant, 34, trader: Dictator Varga shut it.\n\nOlga Rem (61): It began at noon.",
            "GRANT: “Dictator Varga shut the port.”\n\nREM: “The strike began at noon.”",
            "GRANT (via telephone): Dictator Varga shut it.\n\nREM: “It began,” she said. Go.",
            "Mayor Grant: Dictator Varga shut the port.\n\nCaptain Rem: The strike began at noon.",
        ],
    )
    def test_names_take_many_forms(self, text: str) -> None:
        found = speakers(text)
        assert [str(name).split()[-1].lower() for name in found] == ["grant", "rem"]

    def test_speakers_are_the_persons_of_the_text(self) -> None:
        corpus = read(
            "The trader Olga Rem met Tom Grant at the quay on Monday.\n\n"
            "MR. GRANT: Is the port shut?\n\nREM (crosstalk): Dictator Karol Varga shut it.\n\n"
            "He lies. I saw it myself.\n\n(APPLAUSE)\n\nOLGA REM: He is a tyrant.\n\n"
            "GRANT: Thank you."
        )
        assert spoken(corpus) == [
            ("Tom Grant", "Is the port shut?"),
            ("Olga Rem", "Dictator Karol Varga shut it."),
            ("Olga Rem", "He lies. I saw it myself."),
            ("Olga Rem", "He is a tyrant."),
            ("Tom Grant", "Thank you."),
        ]
        assert voices(corpus) == [
            ("dictator", "quoted", "Olga Rem"),
            ("tyrant", "quoted", "Olga Rem"),
        ]

    def test_two_speakers_of_one_surname_are_two(self) -> None:
        found = speakers(
            "ANNA KELL: The port is shut.\n\nTOM KELL: It is open.\n\nANNA KELL: You are wrong."
        )
        assert found == ["ANNA KELL", "TOM KELL", "ANNA KELL"]

    def test_marks_inside_a_turn_nest(self) -> None:
        corpus = read("GRANT: Kell said, “The dictator left.” I was there.\n\nREM: Really?")
        frame = fl.quotes(corpus).frame
        assert list(frame["nested"]) == [0, 1, 0]
        assert list(frame["speaker"]) == ["GRANT", "Kell", "REM"]

    def test_chat_in_lower_case_is_known_by_its_names(self) -> None:
        text = (
            "Olga Rem and Tom Grant wrote to each other.\n\nrem: the port is shut.\n\ngrant: why?"
        )
        assert speakers(text) == ["Olga Rem", "Tom Grant"]

    def test_initials_mean_who_is_named_in_full(self) -> None:
        text = "Olga Rem: Why?\n\nTom Grant: I left.\n\nOR: Did you?\n\nTG: I did."
        assert speakers(text) == ["Olga Rem", "Tom Grant", "Olga Rem", "Tom Grant"]

    def test_roles_speak_where_no_name_is_given(self) -> None:
        text = "PRESIDENT VARGA: It is open.\n\nREPORTER: Is it?\n\nUNIDENTIFIED MALE: No!"
        assert speakers(text) == ["VARGA", "REPORTER", "UNIDENTIFIED MALE"]

    def test_an_ordinary_introduction_stays_the_outlets(self) -> None:
        corpus = read(
            "Dictator Karol Varga shut the port on Monday. Our readers talked about it.\n\n"
            "Tom Grant: I fear him.\n\nOlga Rem: President Varga will open it, I think."
        )
        assert voices(corpus) == [("dictator", "own", None), ("president", "quoted", "Olga Rem")]

    def test_what_the_writer_tells_between_turns_is_his(self) -> None:
        corpus = read(
            "The two met on Monday.\n\nGRANT: Is the port shut?\n\nREM: I fear so.\n\n"
            "Later Rem told reporters that dictator Karol Varga had fled."
        )
        assert [text for _, text in spoken(corpus)] == ["Is the port shut?", "I fear so."]
        assert [voice for _, voice, _ in voices(corpus)] != ["quoted"]

    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("de", "Jana Weiß: Wer schloss den Hafen?\n\nTomás Ruiz: Das war der Diktator.", 2),
            ("de", "Frau Weiß: Wer schloss den Hafen?\n\nHerr Ruiz: Das war der Diktator.", 2),
            ("es", "Ana Núñez: ¿Quién cerró el puerto?\n\nJosé Ruiz: Lo cerró el dictador.", 2),
            ("es", "P: ¿Quién cerró el puerto?\n\nR: Lo cerró el dictador.", 1),
            ("de", "Frage: Wer schloss den Hafen?\n\nAntwort: Das war der Diktator.", 1),
            ("de", "Gazette: Wer schloss den Hafen?\n\nWeiß: Das war der Diktator.", 1),
            ("es", "NÚÑEZ: ¿Quién cerró el puerto?\n\nRUIZ: Lo cerró el dictador.", 2),
        ],
    )
    def test_other_languages(self, language: str, text: str, expected: int) -> None:
        assert len(speakers(text, language=language)) == expected


class TestInterviews:
    """Questions of the outlet, answers of who is interviewed."""

    @pytest.mark.parametrize(
        ("question", "answer"),
        [("Q:", "A:"), ("Q.", "A."), ("**Q:**", "**A:**"), ("**Q.**", "**A.**"), ("Q :", "A :")],
    )
    def test_letters(self, question: str, answer: str) -> None:
        corpus = read(
            f"The trader Olga Rem fled on Monday.\n\n{question} Why did dictator Karol Varga stay?"
            f"\n\n{answer} The tyrant Varga had no ship. I saw it."
        )
        assert spoken(corpus) == [("Olga Rem", "The tyrant Varga had no ship. I saw it.")]
        assert voices(corpus) == [("dictator", "own", None), ("tyrant", "quoted", "Olga Rem")]

    def test_the_letter_stands_for_who_answers(self) -> None:
        corpus = read("The trader Olga Rem fled.\n\nQ: Why did he stay?\n\nA: He had no ship.")
        answer = fl.quotes(corpus).frame.iloc[0]
        at = slice(int(answer["speaker_start"]), int(answer["speaker_end"]))
        assert (answer["speaker"], corpus.texts[0][at]) == ("Olga Rem", "A")

    def test_an_answer_of_nobody_known_is_quoted(self) -> None:
        assert spoken(read("Q: Is the port shut?\n\nA: It is.")) == [(None, "It is.")]

    @pytest.mark.parametrize("name", ["Gazette", "GAZETTE", "The Gazette", "THE NORTHERN GAZETTE"])
    def test_the_outlets_own_name_asks(self, name: str) -> None:
        text = f"{name}: Why did dictator Karol Varga stay?\n\nOlga Rem: He had no ship."
        corpus = read(text, source="The Northern Gazette")
        assert spoken(corpus) == [("Olga Rem", "He had no ship.")]
        assert voices(corpus) == [("dictator", "own", None)]

    def test_questions_without_letters_for_the_answers(self) -> None:
        text = "OLGA REM: I am glad.\n\nQ: Are you?\n\nREM: I am."
        assert spoken(read(text)) == [("OLGA REM", "I am glad."), ("OLGA REM", "I am.")]

    def test_an_interviewer_by_name_speaks(self) -> None:
        text = "Ada Moore: Why did he stay?\n\nOlga Rem: He had no ship."
        assert speakers(text) == ["Ada Moore", "Olga Rem"]


class TestNoTurns:
    """What else stands before colons."""

    @pytest.mark.parametrize(
        "text",
        [
            "Where: The port hall.\n\nWhen: Monday at noon.",
            "Update: The port is open.\n\nUpdate: The port is shut.",
            "Note: The port is open.\n\nCorrection: The port is shut.",
            "Washington: The port is open.\n\nLondon: The port is shut.",
            "Ingredients: Two eggs and flour.\n\nMethod: Beat the eggs.\n\nServes: Four.",
            "Prep time: Ten minutes.\n\nCook time: Twenty minutes.",
            "Liverpool: 3\n\nPorto: 2",
            "Director: Ada Moore\n\nCast: Olga Rem, Tom Grant",
            "Pros: It is fast.\n\nCons: It is loud.",
            "Dictator: A ruler without law.\n\nPresident: A head of state.",
            "Republicans: They want the port shut.\n\nDemocrats: They want it open.",
            "Day 1: The port was shut.\n\nDay 2: The port was open.",
            "January: The port was shut.\n\nMarch: The port was open.",
            "Olga Rem: The trader from Lund.\n\nTom Grant: The mayor of the port.",
            "Problem: The port is shut.\n\nSolution: Open it.",
            "Harbour: The harbour is shut.\n\nMarket: The market is open.",
            "One man: the port is shut.\n\nThe plan: open it.",
            "Rem, who left the port, said: It is shut.\n\nGrant then added: It is open.",
        ],
    )
    def test_labels_that_name_nobody(self, text: str) -> None:
        assert spoken(read(text)) == []

    def test_one_line_alone_is_no_transcript(self) -> None:
        assert spoken(read("The port is shut.\n\nGrant: It is open.\n\nThe strike goes on.")) == []

    def test_a_headline_stays_what_headlines_are(self) -> None:
        corpus = read("Kell: Beláriz is a tyrant\n\nAnna Kell left the port on Monday.")
        frame = fl.quotes(corpus).frame
        assert list(frame["kind"]) == ["indirect"]


class TestSignatures:
    """A dash and a name behind what somebody says."""

    @pytest.mark.parametrize(
        "text",
        [
            "“Dictator Karol Varga must go.” ― Olga Rem",
            "“Dictator Karol Varga must go.” — Olga Rem",
            '"Dictator Karol Varga must go." - Olga Rem, trader',
            "“Dictator Karol Varga must go” – Olga Rem (34)",
            "“Dictator Karol Varga must go.”\n\n— Olga Rem",
            "“Dictator Karol Varga must go.”\n- Olga Rem, trader in Lund\n\nThe port is shut.",
            "“Dictator Karol Varga must go.” -- Olga Rem",
            "The port is shut.\n\n“Dictator Karol Varga must go.”\n\n―Olga Rem\n\nIt opens soon.",
        ],
    )
    def test_a_signature_gives_the_speaker(self, text: str) -> None:
        corpus = read(text)
        assert [speaker for speaker, _ in spoken(corpus)] == ["Olga Rem"]
        assert voices(corpus) == [("dictator", "quoted", "Olga Rem")]

    @pytest.mark.parametrize(
        "tweet",
        [
            "Dictator Karol Varga must go now.\n\n— Anna Kell (@annakell) May 3, 2019",
            "“Dictator Karol Varga must go now.”\n\n— Anna Kell (@annakell) May 3, 2019",
            "Dictator Karol Varga must go pic.example/x — Anna Kell (@annakell) May 3, 2019",
            "“Dictator Karol Varga must go.” — Anna Kell (@annakell) May 3, 2019",
            "Dictator Karol Varga must go!\n\n- Anna Kell (@annakell)",
        ],
    )
    def test_a_tweet_is_quoted(self, tweet: str) -> None:
        corpus = read(f"The port was shut on Monday.\n\n{tweet}\n\nThe strike goes on.")
        assert [speaker for speaker, _ in spoken(corpus)] == ["Anna Kell"]
        assert voices(corpus) == [("dictator", "quoted", "Anna Kell")]

    @pytest.mark.parametrize(
        "text",
        [
            "They saw two films on Monday.\n\n“Roma” — Ada Moore\n\nThey left.",
            "They saw two films on Monday.\n\n“A Night At The Port” - Ada Moore\n\nThey left.",
            "“The port is shut” — Kell never lied about it.",
            "The port is shut.\n\n— Anna Kell",
            "They came on Monday:\n\n- Olga Rem\n- Tom Grant",
            "He said “it is shut.”\n\n- Olga Rem\n- Tom Grant",
        ],
    )
    def test_other_dashes_sign_nothing(self, text: str) -> None:
        assert all(speaker is None for speaker, _ in spoken(read(text)))


class TestMails:
    """Lines behind ">"."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Olga Rem wrote:\n\n> The dictator is a coward.", ["The dictator is a coward."]),
            ("Olga Rem wrote:\n> The port is shut.\n> Go!", ["The port is shut.", "Go!"]),
            ("Olga Rem wrote:\n\n> It is shut.\n>\n> Go home.", ["It is shut.", "Go home."]),
            ("On Monday, Olga Rem wrote:\n\n> The port is shut.", ["The port is shut."]),
            ("Olga Rem writes:\n\n>The port is shut.\n\nIt is.", ["The port is shut."]),
        ],
    )
    def test_quoted_lines(self, text: str, expected: list[str]) -> None:
        frame = fl.quotes(read(text)).frame
        assert list(frame["text"]) == expected
        assert set(frame["speaker"]) == {"Olga Rem"}
        assert set(frame["kind"]) == {"direct"}

    def test_links_are_no_quotations(self) -> None:
        assert fl.quotes(read("The port is shut.\n\n> Port opens again on Monday")).frame.empty
