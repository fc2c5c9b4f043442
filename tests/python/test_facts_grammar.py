"""The grammars of numbers and dates: the examples of their data, and whole sentences."""

from __future__ import annotations

import json
from importlib.resources import files

import pandas as pd
import pytest

import framelens as fl

FOLDER = files("framelens") / "resources" / "languages"
GRAMMARS = ("words", "separators", "fractions", "ranges", "approximations")
LANGUAGES = ("en", "de", "es")


def words_of(language):
    return json.loads((FOLDER / language / "facts.json").read_text(encoding="utf-8"))


def figures_in(texts, language="en"):
    """Comparator, value, upper end and unit of the figures of each text, as the data write them."""
    rows = [{"id": str(i), "source": "Gazette", "text": text} for i, text in enumerate(texts)]
    frame = fl.figures(fl.read(rows, language=language)).frame
    found = [[] for _ in rows]
    for row in frame.to_dict("records"):
        upper = "" if pd.isna(row["upper"]) else f"-{row['upper']:.12g}"
        value = f"{row['value']:.6g}" if row["unit"] == "share" else f"{row['value']:.12g}"
        unit = f" {row['unit']}" if row["unit"] else ""
        found[int(row["doc"])].append(f"{row['comparator']}{value}{upper}{unit}")
    return found


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_each_grammar_are_read(language, grammar):
    data = words_of(language)[grammar]
    texts = [text for text, *_ in data["examples"]]
    wanted = {text: figures for text, *figures in data["examples"]}
    assert dict(zip(texts, figures_in(texts, language), strict=True)) == wanted


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counterexamples_of_each_grammar_are_no_figures(language, grammar):
    texts = words_of(language)[grammar]["counterexamples"]
    assert texts
    found = dict(zip(texts, figures_in(texts, language), strict=True))
    assert {text: figures for text, figures in found.items() if figures} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_dates_resolve(language):
    examples = words_of(language)["date_examples"]
    rows = [
        {"id": str(i), "source": f"S{i}", "date": "2024-03-20", "text": text}
        for i, (text, *_) in enumerate(examples)
    ]
    frame = fl.dates(fl.read(rows, language=language)).frame
    found = [[] for _ in rows]
    for row in frame[frame["resolved"].notna()].to_dict("records"):
        found[int(row["doc"])].append(row["resolved"])
    read = {text: days for (text, *_), days in zip(examples, found, strict=True)}
    assert read == {text: days for text, *days in examples}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some half a million people marched.", ["~500000 person"]),
        ("Nearly half a billion users left.", ["~500000000 user"]),
        ("He spent half a million dollars.", ["=500000 USD"]),
        ("Three-quarters of a million letters came.", ["=750000 letter"]),
        ("Over a quarter of a billion birds died.", [">250000000 bird"]),
        ("About half a dozen officers ran.", ["~6 officer"]),
        ("More than half a dozen states sued.", [">6 state"]),
        ("A couple thousand fans waited.", ["~2000 fan"]),
        ("A couple of hundred fans waited.", ["~200 fan"]),
        ("A few hundred fans waited.", [">=200 fan"]),
        ("Dozens of houses burned.", [">=24 house"]),
        ("Dozens were hurt.", [">=24"]),
        ("Thousands of angry voters waited.", [">=2000 voter"]),
        ("Hundreds of millions of dollars vanished.", [">=200000000 USD"]),
        ("Between 20 and 30 houses burned.", ["=20-30 house"]),
        ("Between two and three million voters stayed home.", ["=2000000-3000000 voter"]),
        ("It costs between €20 and €30 million.", ["=20000000-30000000 EUR"]),
        ("Two hundred and forty-one sailors drowned.", ["=241 sailor"]),
        ("One thousand two hundred houses burned.", ["=1200 house"]),
        ("Twelve lakh farmers voted.", ["=1200000 farmer"]),
        ("They got Rs 2.5 lakh.", ["=250000 INR"]),
        ("They paid $12MM.", ["=12000000 USD"]),
        ("A boy of 12 fell.", ["=12 year"]),
        ("A woman of about 60 fell.", ["~60 year"]),
        ("A child aged six fell.", ["=6 year"]),
        ("It lasts 3-4 weeks.", ["=3-4 week"]),
        ("It lasts 10 – 12 hours.", ["=10-12 hour"]),
        ("The 1998-99 students left.", []),
        ("The 2016/17 budgets fell.", []),
        ("Highway 61 truckers stopped.", []),
        ("Section 8 tenants wrote letters.", []),
        ("They asked Precinct 13 officers.", []),
        ("The prices fell from 30 to 20 dollars.", ["=20 USD"]),
        ("The 2,000 guests left.", ["=2000 guest"]),
        ("He won over 2.8 million more votes than she did.", [">2800000 vote"]),
        ("It lasts at least six more years.", [">=6 year"]),
        ("Only two other countries signed.", ["=2 country"]),
        ("Some 2.2 million fewer jobs were left.", ["~2200000 job"]),
        ("They hired 40 additional guards.", ["=40 guard"]),
        ("Some 33 of the 47 weapons were new.", ["~33 weapon"]),
        ("At least 140 of Mr. Fellner's supporters fled.", [">=140 supporter"]),
        ("Twelve of her former aides spoke.", ["=12 aide"]),
        ("More than 20 of the town's shops burned.", [">20 shop"]),
        ("One of the boats sank.", []),
        ("Nearly four dozen Senate and House members left.", ["~48 member"]),
        ("A total of 76 faculty and staff members signed.", ["=76 member"]),
        ("Thousands upon thousands of letters came.", [">=2000 letter"]),
        ("Dozens and dozens of houses burned.", [">=24 house"]),
        ("It bars people under 18 from voting.", ["<18 year"]),
        ("It is meant for voters over 65.", [">65 year"]),
        ("Anyone below 21 must wait.", ["<21 year"]),
        ("It covers residents 65 and older.", [">=65 year"]),
        ("It is sold to those 18 or over.", [">=18 year"]),
        ("They ran the 100m dash.", ["=100 metre"]),
        ("He won the 400m hurdles.", ["=400 metre"]),
        ("They built a 50m pool.", ["=50 metre"]),
        ("The wall is 1.5m tall.", ["=1.5 metre"]),
        ("They sold 1.5m boats for $3m.", ["=1500000 boat", "=3000000 USD"]),
        ("After a quarter century they left.", ["=0.25 century"]),
        ("It is a tenth of a millimetre thick.", ["=0.1 millimetre"]),
        ("They walked half a mile.", ["=0.5 mile"]),
        ("They walked a third of a mile.", ["=0.333333333333 mile"]),
        ("One person close to the mayor spoke.", ["=1 person"]),
        ("They had but one phone call.", ["=1 call"]),
        ("It includes one or more secret clauses.", [">=1 clause"]),
        ("It was the biggest one ever held.", []),
        ("One actually has to look eager.", []),
        ("Talks of the P5+1 group failed.", []),
        ("They took at least three of the", [">=3"]),
        ("Three U.S. intelligence officials spoke.", ["=3 official"]),
        ("The index lost over 1 percent.", [">1 percent"]),
        ("It holds few people at any one time.", []),
    ],
)
def test_kinds_of_figures(text, found):
    assert figures_in([text]) == [found]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Sie bauten 7 Bio. Schiffe.", ["=7e+12 schiffe"]),
        ("de", "Zwei weitere Länder kamen.", ["=2 land"]),
        ("de", "Er lief die 100m Hürden.", ["=100 meter"]),
        ("es", "Llegaron dos millones más de votos.", ["=2000000 voto"]),
        ("es", "Corrió los 100m lisos.", ["=100 metro"]),
    ],
)
def test_kinds_of_figures_in_other_languages(language, text, found):
    assert figures_in([text], language) == [found]


def test_an_age_names_its_person():
    frame = fl.figures(fl.read([{"source": "A", "text": "In Nordell a girl of 9 died."}])).frame
    assert frame[["text", "value", "unit", "noun"]].to_dict("records") == [
        {"text": "girl of 9", "value": 9.0, "unit": "year", "noun": "girl"}
    ]


def resolved(text, day="2024-03-20", language="en", **options):
    corpus = fl.read([{"source": "Gazette", "date": day, "text": text}], language=language)
    return fl.dates(corpus, **options).frame["resolved"].tolist()


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The court is to rule on Monday.", "2024-03-25"),
        ("en", "Voters won't know before Thursday.", "2024-03-21"),
        ("en", "A hearing is scheduled for Tuesday.", "2024-03-26"),
        ("en", "She plans a speech Sunday.", "2024-03-24"),
        ("en", "The town will be told, he said, on Friday.", "2024-03-15"),
        ("en", "The report will be released Friday.", "2024-03-22"),
        ("en", "He was told Friday that he must go.", "2024-03-15"),
        ("en", "Two men were arrested Friday.", "2024-03-15"),
        ("de", "Das Gericht wird am Montag entscheiden.", "2024-03-25"),
        ("de", "Das Gericht hat am Montag entschieden.", "2024-03-18"),
        ("de", "Sie wollen am kommenden Dienstag reden.", "2024-03-26"),
        ("es", "El tribunal decidirá el lunes.", "2024-03-25"),
        ("es", "El tribunal decidió el lunes.", "2024-03-18"),
        ("es", "Hablaron el pasado martes.", "2024-03-19"),
        ("en", "She offered to testify in early May.", "2024-05"),
        ("en", "The tax is slated to hit farms in June.", "2024-06"),
        ("en", "He said the mayor is open to talks by May.", "2024-05"),
        ("en", "We have to do very well in November.", "2024-11"),
        ("en", "“It gets harder with a new council in May,” Fellner said.", "2024-05"),
        ("en", "He agreed to the plan in February.", "2024-02"),
        ("en", "He voiced “confidence” in December that they would win.", "2023-12"),
        ("en", "He said he wants her to be strong in the July election.", "2024-07"),
        ("en", "He said their “plan is to be put to a vote in May”.", "2024-05"),
        ("en", "He said the senate Friday will vote.", "2024-03-22"),
        ("en", "The expected Friday vote is close.", "2024-03-22"),
        ("en", "She doubts the planned hearing Friday.", "2024-03-22"),
        ("en", "It passed the house and goes into effect in June.", "2024-06"),
        ("en", "Guards were hired after the September fires in Nordell.", "2023-09"),
        ("en", "She read names at the September 11 Memorial.", "2001-09-11"),
        ("en", "This January, the firm said that it was closing.", "2024-01"),
        ("en", "The town will vote this October.", "2024-10"),
        ("en", "For instance, a July poll of farmers found little support.", "2023-07"),
        ("en", "In the case of the fires Saturday, it may have been a crime.", "2024-03-16"),
        ("en", "It was the worst fire since the Sept. 11 attacks.", "2001-09-11"),
        ("en", "They spoke to reporters earlier today.", "2024-03-20"),
        ("en", "The court ruled today that he must go.", "2024-03-20"),
        ("en", "Today, as he greeted them, crowds cheered.", "2024-03-20"),
        ("en", "The mayor is meeting them today.", "2024-03-20"),
        ("en", "After today's ruling he left.", "2024-03-20"),
    ],
)
def test_the_tense_decides_a_bare_weekday(language, text, day):
    assert resolved(text, language=language) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The firm is worth more today.",
        "We are better off today than they were.",
        "The laws of today’s economy are old.",
        "Today’s voters can choose.",
        "There is too much noise in today’s information flow.",
        "It speaks to the problems facing farmers today.",
        "The mayor said the town today has no money.",
        "It has no place in today’s complex and turbulent world.",
        "Today, though, it’s another rule that is disliked.",
        "He remains admired today for his courage.",
        "Today’s schoolchildren will pay for it.",
        "She was on Channel Two's Today show.",
        "Today, the mayor said, one in five farms is empty.",
        "None of that is true today.",
    ],
)
def test_today_is_no_day_where_it_means_these_times(text):
    assert resolved(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May has won. They have no confidence in May.",
        "Mrs. March spoke of it. The party voted for March.",
        "He reads Sun Tzu and works for Sun Microsystems.",
    ],
)
def test_names_with_a_month_or_an_abbreviation_are_no_day(text):
    assert resolved(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Crowds came on Super Tuesday.",
        "The shops await Cyber Monday.",
        "He sang on Saturday Night Live.",
        "She reads the Monday Review.",
        "They played “Ruby Tuesday” twice.",
    ],
)
def test_names_with_a_weekday_are_no_day(text):
    assert resolved(text) == []


def test_numbers_that_fit_both_orders_keep_both_days():
    rows = [{"source": "Gazette", "date": "2024-05-01", "text": "The pact was signed 03/04/2024."}]
    frame = fl.dates(fl.read(rows)).frame
    assert frame["value"].isna().all()
    assert frame["resolved"].isna().all()
    assert frame["candidates"].tolist() == [("2024-03-04", "2024-04-03")]
    for dayfirst, day in ((True, "2024-04-03"), (False, "2024-03-04")):
        frame = fl.dates(fl.read(rows), dayfirst=dayfirst).frame
        assert frame["value"].tolist() == frame["resolved"].tolist() == [day]
        assert frame["candidates"].isna().all()


def test_the_other_dates_of_a_source_tell_the_order():
    told = {"source": "Gazette", "text": "The pact of 25/12/2023 holds."}
    open_ = {"source": "Gazette", "text": "It was signed 03/04/2024."}
    other = {"source": "Review", "text": "It was signed 03/04/2024."}
    frame = fl.dates(fl.read([told, open_, other])).frame
    assert frame["value"].tolist()[:2] == ["2023-12-25", "2024-04-03"]
    assert frame["value"].isna().tolist() == [False, False, True]


def test_the_language_tells_the_order():
    text = "Eingereicht am 03/04/2024."
    assert resolved(text, language="de") == ["2024-04-03"]
    assert resolved(text, language="de", dayfirst=False) == ["2024-03-04"]


@pytest.mark.parametrize("day", ["3 April 2024", "March 4, 2024"])
def test_either_day_is_compatible(day):
    texts = ["The treaty was signed in Nordell on 03/04/2024."]
    texts.append(f"The treaty was signed in Nordell on {day}.")
    corpus = fl.read([{"source": f"S{i}", "text": text} for i, text in enumerate(texts)])
    found = fl.dates(corpus).discrepancies()
    assert found["verdict"].tolist() == ["compatible"]
    assert found["values"][0][0]["value"] == "2024-03-04 or 2024-04-03"


def test_no_day_of_the_numbers_is_a_conflict():
    texts = ["The treaty was signed in Nordell on 03/04/2024."]
    texts.append("The treaty was signed in Nordell on 5 May 2024.")
    corpus = fl.read([{"source": f"S{i}", "text": text} for i, text in enumerate(texts)])
    assert fl.dates(corpus).discrepancies()["verdict"].tolist() == ["conflict"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It began on Feb 29, 2023.", "2023-02"),
        ("It began on 31 April 2023.", "2023-04"),
        ("It began on 31.02.2023.", "2023-02"),
    ],
)
def test_a_day_that_the_month_has_not_is_no_day(text, value):
    corpus = fl.read([{"source": "Gazette", "date": "2024-03-20", "text": text}])
    frame = fl.dates(corpus).frame
    assert frame["value"].tolist() == [value]
    assert frame["resolved"].isna().all()


def test_a_quantity_is_named_by_whole_words():
    text = "The storm damaged {} addresses, including schools in Nordell."
    rows = [
        {"source": f"S{i}", "text": text.format(count)} for i, count in enumerate(("120", "150"))
    ]
    found = fl.figures(fl.read(rows)).discrepancies()
    noun, _, words = found["quantity"][0].partition(": ")
    assert noun == "addresses"
    assert set(words.split(", ")) <= {"storm", "damaged", "including", "schools", "Nordell"}
