"""Marks as French, Italian, Dutch, Portuguese, Spanish and German newspapers set them."""

import pytest

import framelens as fl


def quoted(text, language="en"):
    """Text and depth of each marked quotation."""
    corpus = fl.read([{"source": "A", "text": text}], language=language)
    frame = fl.quotes(corpus).frame
    for row in frame.itertuples():
        assert corpus.texts[0][row.start : row.end] == row.text
    marked = frame[frame["kind"] != "indirect"]
    assert set(marked["kind"]) <= {"direct", "partial", "scare", "name"}
    return list(zip(marked["text"], marked["nested"], strict=True))


# Only what the marks hold is expected: no language file is needed to pair them.
MARKS = {
    "French, spaces inside": (
        "« Nous ne céderons pas », a déclaré le maire.",
        [("Nous ne céderons pas", 0)],
    ),
    "French, narrow and fixed spaces": (
        "«\u202fNous ne céderons pas\u202f», dit-il. «\u00a0L’homme d’ici part aujourd’hui\u00a0».",
        [("Nous ne céderons pas", 0), ("L’homme d’ici part aujourd’hui", 0)],
    ),
    "French, nested": (
        "« Il m’a dit : “Viens demain” et il est parti », raconte-t-elle.",
        [("Il m’a dit : “Viens demain” et il est parti", 0), ("Viens demain", 1)],
    ),
    "French, elisions": ("L’ami d'un soir n’a qu'une idée, et l'on s'en souvient.", []),
    "French, a paragraph that goes on": (
        "« Premier paragraphe de la citation.\n\n« Deuxième paragraphe, qui finit. »",
        [("Premier paragraphe de la citation.", 0), ("Deuxième paragraphe, qui finit.", 0)],
    ),
    "French, one that a closing mark leads": (
        "« Premier paragraphe.\n\n» Deuxième paragraphe.\n\n» Dernier, qui finit. »",
        [("Premier paragraphe.", 0), ("Deuxième paragraphe.", 0), ("Dernier, qui finit.", 0)],
    ),
    "an arrow leads a link": ("Il a parlé.\n\n» Lire la suite du dossier", []),
    "Italian": (
        "«L’anno è finito», ha detto. “Un’altra volta, dell’anno prossimo”, ha spiegato.",
        [("L’anno è finito", 0), ("Un’altra volta, dell’anno prossimo", 0)],
    ),
    "Italian, straight": (
        "L'uomo dell'area ha detto: \"Non c'è un'altra via\".",
        [("Non c'è un'altra via", 0)],
    ),
    "Italian, clipped words": ("Gli anni '90, l'estate del '68, un po' di pane: va', di' no.", []),
    "Dutch, single marks": (
        "‘Ik heb ’t niet gezien’, zei hij, ‘en zo’n auto ook niet.’",
        [("Ik heb ’t niet gezien", 0), ("en zo’n auto ook niet.", 0)],
    ),
    "Dutch, low marks and nested ones": (
        "„Hij zei: ‘Kom morgen’ en ging weg”, vertelde ze.",
        [("Hij zei: ‘Kom morgen’ en ging weg", 0), ("Kom morgen", 1)],
    ),
    "Dutch, clipped words": ("’s Ochtends en ’s avonds gaat ’t goed met foto’s en auto's.", []),
    "Dutch, clipped with the mark turned": (
        "‘t Huis van Hans’ vader is weg. ‘Wij gaan door’, zei hij.",
        [("Wij gaan door", 0)],
    ),
    "Dutch, clipped and straight": (
        "'t Huis van Hans' vader is weg. 'Wij gaan door', zei hij.",
        [("Wij gaan door", 0)],
    ),
    "Portuguese": (
        "«Não vamos ceder», disse. “Não”, disse a ministra, “e ponto final”.",
        [("Não vamos ceder", 0), ("Não", 0), ("e ponto final", 0)],
    ),
    "Portuguese, asides": (
        "O homem — que ninguém conhecia — disse “basta” e saiu. O copo-d'água é dele.",
        [("basta", 0)],
    ),
    "Portuguese, talk after dashes": (
        "— Não sei o que dizer — disse o homem. — Volto amanhã.\n— Para onde? — perguntou ela.",
        [],
    ),
}
SPANISH = {
    "aside": ("El alcalde —que nadie conocía— dijo “basta” y salió.", [("basta", 0)]),
    "a paragraph that goes on": (
        "«Primer párrafo de la cita.\n\n»Segundo párrafo, que acaba.»",
        [("Primer párrafo de la cita.", 0), ("Segundo párrafo, que acaba.", 0)],
    ),
    "question marks outside": ("¿“Quién sabe”?, preguntó.", [("Quién sabe", 0)]),
}
GERMAN = {
    "single and double": (
        "„Er rief: ‚Halt!‘“, sagte sie. Hans’ Auto und Max’ Rad. Das geht’s nicht.",
        [("Er rief: ‚Halt!‘", 0), ("Halt!", 1)],
    ),
    "inwards, nested": (
        "›Nein‹, sagte sie. »Er rief: ›Halt!‹«, sagte er.",
        [("Nein", 0), ("Er rief: ›Halt!‹", 0), ("Halt!", 1)],
    ),
    "clipped words": ("Die ’68er und ’ne Frau sagten: „Nein.“", [("Nein.", 0)]),
    "closed as in English": ("„Wir bleiben“, sagte er. „Nie.”", [("Wir bleiben", 0), ("Nie.", 0)]),
}


@pytest.mark.parametrize("case", MARKS)
def test_marks_need_no_language_file(case):
    text, expected = MARKS[case]
    assert quoted(text) == expected


@pytest.mark.parametrize("case", SPANISH)
def test_spanish(case):
    text, expected = SPANISH[case]
    assert quoted(text, "es") == expected


@pytest.mark.parametrize("case", GERMAN)
def test_german(case):
    text, expected = GERMAN[case]
    assert quoted(text, "de") == expected


def said(text, language="es"):
    """Text, speaker and cue of each row, and of indirect speech."""
    frame = fl.quotes(fl.read([{"source": "A", "text": text}], language=language)).frame
    return [
        (row.text, None if row.speaker is None or row.speaker != row.speaker else row.speaker,
         row.cue)
        for row in frame.itertuples()
    ]  # fmt: skip


@pytest.mark.parametrize("before", ["Me", "Le", "Nos", "Se lo", "Ya me", "No le", "Lo"])
def test_pronouns_before_the_verb_do_not_speak(before):
    assert said(f"{before} dijo: «Ven mañana».") == [("Ven mañana", None, "dijo")]
    found = said(f"{before} dijo Amparo Quiroga: «Ven mañana».")
    assert found == [("Ven mañana", "Amparo Quiroga", "dijo")]


def test_pronouns_between_speaker_and_verb():
    found = said("Amparo Quiroga nos dijo que todo iba bien.")
    assert [row[1] for row in found] == ["Amparo Quiroga"]


def test_who_speaks_after_a_dash_is_not_what_is_said():
    assert said("–Vámonos –dijo ella.\n\n–¿Adónde? –preguntó él.") == []
    assert said("—No lo sé —dijo el hombre—. Vuelvo mañana.") == []


@pytest.mark.parametrize(
    ("text", "language", "cue"),
    [
        ("According to Jane Roe, the port is closed.", "en", "According to"),
        ("The port is closed, per Jane Roe.", "en", "per"),
        ("Según Amparo Quiroga, el puerto está cerrado.", "es", "Según"),
        ("Der Hafen ist zu, so Konrad Rebmann.", "de", "so"),
    ],
)
def test_words_of_attribution(text, language, cue):
    frame = fl.quotes(fl.read([{"source": "A", "text": text}], language=language)).frame
    assert list(frame["cue"]) == [cue]
