"""Quotation marks as newspapers of several countries set them, and texts made to break them."""

import pytest

import framelens as fl


def marked(text):
    """What stands between marks, outer before inner."""
    frame = fl.quotes(fl.read([{"source": "A", "text": text}])).frame
    return list(frame.loc[frame["kind"] != "indirect", "text"])


CONVENTIONS = [
    # French: spaces inside guillemets, elisions
    ("« L'homme d'affaires n'a rien dit », selon l'Élysée.", ["L'homme d'affaires n'a rien dit"]),
    ("L’homme d’affaires n’a pas « parlé » aujourd’hui.", ["parlé"]),
    ("“L’État, c’est moi”, dit-il aujourd'hui.", ["L’État, c’est moi"]),
    (
        "« Je lui ai dit “non”, puis ‹ oui ›, c'est tout. »",
        ["Je lui ai dit “non”, puis ‹ oui ›, c'est tout.", "non", "oui"],
    ),
    # Italian
    ("«L'Italia c'è», ha detto un po' stanco il capo dell'Unità.", ["L'Italia c'è"]),
    ("“Un po’ d’acqua” disse l’uomo degli anni ’90.", ["Un po’ d’acqua"]),
    ("Dall'Ucraina 'l'ultimo' grano per un po' d'Italia.", ["l'ultimo"]),
    # Dutch: clitics with a leading apostrophe, plurals with one inside
    ("‘Wij gaan door’, zei ze ’s avonds over foto’s en zo’n auto.", ["Wij gaan door"]),
    ("'Wij gaan door', zei ze 's avonds over foto's en 't huis.", ["Wij gaan door"]),
    ("„Wij gaan door”, zei de burgemeester.", ["Wij gaan door"]),
    # Portuguese
    ("“Não vamos parar”, disse ela à beira d’água.", ["Não vamos parar"]),
    ("«Não vamos parar», disse ela, 'nunca mais'.", ["Não vamos parar", "nunca mais"]),
    # German
    ("Er sagte: „Sie rief ‚Halt!‘ und ging.“", ["Sie rief ‚Halt!‘ und ging.", "Halt!"]),
    ("Er sagte: »Sie rief ›Halt!‹ und ging.«", ["Sie rief ›Halt!‹ und ging.", "Halt!"]),
    # Spanish
    ("«Me dijo: “Ven ‘ya’ aquí”», contó.", ["Me dijo: “Ven ‘ya’ aquí”", "Ven ‘ya’ aquí", "ya"]),
    # Swedish and Finnish: the same mark on both sides
    ("”Vi går nu”, sade hon.", ["Vi går nu"]),
    # English
    ("In the '90s, rock 'n' roll was “king”.", ["king"]),
    ("In the ’90s, rock ’n’ roll was 'king'.", ["king"]),
    ('He is 5\'10" tall, and said "hello" twice.', ["hello"]),
    ('A 6\' 2" man with a 12" pipe said "no" again.', ["no"]),
    ("The 5′10″ man said “no”.", ["no"]),
    ("``We go,'' he said. ''We stay,'' she said.", ["We go,", "We stay,"]),
    ("Mayor: City 'ready' for storm, Carsavians' oil 'safe'", ["ready", "safe"]),
    ("The workers' union said 'we can't go on' today.", ["we can't go on"]),
    ("'It's the workers' turn,' she said.", ["It's the workers' turn,"]),
    ("‘It’s the workers’ turn now.’ So she said.", ["It’s the workers’ turn now."]),
    ("The 'workers' and the 'bosses' met.", ["workers", "bosses"]),
    ("‘We are workers’ he said, ‘and we go.’", ["We are workers", "and we go."]),
    ("‘’Twas nothing,’ he said.", ["’Twas nothing,"]),
    ("He said “the ‘90s were fun” and left.", ["the ‘90s were fun"]),
    ("Don't 'just' say \"it\"—say “them”…", ["just", "it", "them"]),
    # curled the wrong way
    ("”We are going now,” she said.", ["We are going now,"]),
    ("“We are going now,“ she said, “and soon.”", ["We are going now,", "and soon."]),
]


@pytest.mark.parametrize(("text", "expected"), CONVENTIONS)
def test_conventions(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(
    "broken",
    [
        "He said “no and left.",
        "He said no” and left.",
        'He said "no and left.',
        "« Non, dit-il.",
        "'",
    ],
)
def test_a_stray_mark_spoils_its_paragraph_at_the_most(broken):
    before, after = "“We are going,” said Ada Moore.", "“We are staying,” said Bo Lind."
    found = marked(f"{before}\n\n{broken}\n\n{after}")
    assert found[0] == "We are going,"
    assert found[-1] == "We are staying,"


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "“”", '""', "“", "'", "«»" * 5, "“‘'\"»„", "''''"]
)
def test_marks_alone_quote_nothing(text):
    assert marked(text) == []
    corpus = fl.read([{"id": "a", "source": "A", "text": text}])
    assert corpus.voice_at("a", 0, len(text)) == ("own", None)
    assert len(fl.distancing(corpus).evidence) == 0
    assert corpus.show("a")._repr_html_()


SENTENCE = "The mayor said on Monday that “the plan is good” and the “old port” was not. "
GROWING = {
    "opening marks": "“",
    "closing marks": "”",
    "straight marks": '"',
    "opened words": "“a ",
    "single marks": "'a ",
    "mixed marks": "“'«„",
    "nested": "„a “b ",
    "verbs": "said ",
    "cues": "he said that ",
    "quoted commas": "“a b c d e”, ",
    "one paragraph": SENTENCE,
    "open paragraphs": "“We go on and on with this.\n\n",
    "subheads": f"The ‘old port’ again\n\n{SENTENCE}Ada Moore said: “It is the new port now.”\n\n",
}


def seconds(text, cpu_seconds):
    corpus = fl.read([{"source": "A", "text": text}])
    return cpu_seconds(lambda: corpus.annotations, runs=1)


@pytest.mark.parametrize("case", GROWING)
def test_time_grows_with_the_text(case, cpu_seconds):
    unit = GROWING[case]
    small = unit * (100_000 // len(unit))
    # Four times the text takes four times as long; sixteen times would be quadratic.
    least = min(seconds(small, cpu_seconds) for _ in range(2))
    assert min(seconds(small * 4, cpu_seconds) for _ in range(2)) < 9 * least + 0.05


def test_a_million_unbalanced_marks():
    corpus = fl.read([{"source": "A", "text": "“" * 1_000_000}])
    assert fl.quotes(corpus).frame.empty


def test_a_paragraph_of_ten_megabytes():
    text = SENTENCE * (10_000_000 // len(SENTENCE))
    frame = fl.quotes(fl.read([{"source": "A", "text": text}])).frame
    quoted = frame[frame["kind"] != "indirect"]
    assert len(quoted) == 2 * text.count("the plan")
    last = quoted.iloc[-1]
    assert text[last["start"] : last["end"]] == "old port"
