"""Figures and dates: gold, the languages of dates, discrepancies."""

from __future__ import annotations

import json
from importlib.resources import files

import pandas as pd
import pytest

import framelens as fl


@pytest.fixture(scope="module")
def corpus(shared):
    return fl.read(shared / "seeds")


@pytest.mark.parametrize("name", ["figures", "dates"])
def test_gold_is_found_and_little_else(corpus, gold, name):
    frame = getattr(fl, name)(corpus).frame
    columns = ["comparator", "value", "unit"] if name == "figures" else ["value"]
    found = {(row["doc"], row["start"], row["end"]): row for row in frame.to_dict("records")}
    wanted = {(row["doc"], *row["span"]): row for row in gold(name)}
    for key, row in wanted.items():
        assert {c: found[key][c] for c in columns} == {c: row[c] for c in columns}
    assert len(found.keys() - wanted.keys()) <= 3


def test_discrepancies_are_those_of_the_gold(corpus, gold):
    found = pd.concat([fl.figures(corpus).discrepancies(), fl.dates(corpus).discrepancies()])
    values = [
        (row.kind, {value["doc"]: value["value"] for value in row.values}, row.verdict)
        for row in found.rename(columns={"values": "printed"})
        .rename(columns={"printed": "values"})
        .itertuples(index=False)
    ]
    for row in gold("discrepancies"):
        if row["kind"] == "slogan":
            continue
        same = [v for v in values if v[0] == row["kind"] and v[1] == row["values"]]
        assert len(same) == 1, row
        assert row["verdict"].startswith(same[0][2])
    assert len(values) <= 3 + 2


def dates_of(text, language="en", date=None):
    row = {"source": "Gazette", "text": text}
    if date:
        row["date"] = date
    frame = fl.dates(fl.read([row]), language=language).frame
    return list(zip(frame["text"], frame["value"], frame["resolved"], strict=True))


@pytest.mark.parametrize(
    ("language", "text", "printed", "value"),
    [
        ("es", "Llegó el viernes 21 de noviembre de 2025.", "viernes 21 de noviembre de 2025",
         "2025-11-21"),
        ("es", "Llegó a principios de septiembre.", "principios de septiembre", "09"),
        ("de", "Er kam am 12. November 2025.", "12. November 2025", "2025-11-12"),
        ("de", "Am 31.12.2025 kam er.", "31.12.2025", "2025-12-31"),
        ("de", "Er kam an Silvester.", "Silvester", "12-31"),
        ("fr", "Il est venu le 1er janvier 2026.", "1er janvier 2026", "2026-01-01"),
        ("it", "È arrivato il 3 maggio.", "3 maggio", "05-03"),
        ("nl", "Hij kwam op 5 mei 2020.", "5 mei 2020", "2020-05-05"),
        ("en", "He came on the 3rd of May.", "3rd of May", "05-03"),
        ("en", "Filed 11/25/2025.", "11/25/2025", "2025-11-25"),
        ("de", "Eingereicht am 11/12/2025.", "11/12/2025", "2025-12-11"),
    ],
)  # fmt: skip
def test_dates_in_six_languages(language, text, printed, value):
    assert [(text, value) for text, value, _ in dates_of(text, language)] == [(printed, value)]


FOLDER = files("framelens") / "resources" / "languages"
CODES = sorted(path.name for path in FOLDER.iterdir() if (path / "facts.json").is_file())


@pytest.mark.parametrize("code", CODES)
def test_files_keep_the_schema(code):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((FOLDER / "schemas" / "facts.schema.json").read_text(encoding="utf-8"))
    content = json.loads((FOLDER / code / "facts.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(content)
    assert content["code"] == code
    # Each is whole: figures are found in every language that has dates.
    assert content["words"]["numbers"]
    assert content.keys() >= {"words", "approximations", "currencies", "percent"}
    assert fl.figures(fl.demo(), language=code).frame is not None


def figures_of(text, language="en"):
    frame = fl.figures(fl.read([{"source": "Gazette", "text": text}]), language=language).frame
    columns = ["comparator", "value", "upper", "unit"]
    return [
        tuple(None if pd.isna(x) else x for x in row)
        for row in frame[columns].itertuples(index=False, name=None)
    ]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("es", "Costó 50 millones de dólares.", ("=", 50e6, None, "USD")),
        ("es", "Murieron al menos 1.234 personas.", (">=", 1234, None, "persona")),
        ("es", "Subió un 3,5 por ciento.", ("=", 3.5, None, "percent")),
        ("es", "Hay treinta y dos heridos.", ("=", 32, None, "herido")),
        ("de", "Es kostete 1,5 Millionen Euro.", ("=", 1.5e6, None, "EUR")),
        ("de", "Mindestens 1.200 Menschen starben.", (">=", 1200, None, "mensch")),
        ("de", "Rund fünfundzwanzig neue Schiffe kamen.", ("~", 25, None, "schiffe")),
        ("de", "Er zahlte 3 Mrd. Euro.", ("=", 3e9, None, "EUR")),
        ("fr", "Plus de 1 200 personnes ont voté.", (">", 1200, None, "personne")),
        ("fr", "Il a coûté 2,5 milliards de dollars.", ("=", 2.5e9, None, "USD")),
        ("fr", "Cela vaut 3 millions d'euros.", ("=", 3e6, None, "EUR")),
        ("it", "Sono morte almeno 15 persone.", (">=", 15, None, "persona")),
        ("it", "Costa 2 miliardi di euro.", ("=", 2e9, None, "EUR")),
        ("nl", "Meer dan 40 mensen kwamen.", (">", 40, None, "mens")),
        ("nl", "Het kost 1,2 miljard euro.", ("=", 1.2e9, None, "EUR")),
        ("fr", "Deux autres navires sont venus.", ("=", 2, None, "navire")),
        ("nl", "Twee andere landen kwamen.", ("=", 2, None, "land")),
        ("en", "It cost US$1.2bn.", ("=", 1.2e9, None, "USD")),
        ("en", "They paid £3m.", ("=", 3e6, None, "GBP")),
        ("en", "They paid Rs 500 million.", ("=", 500e6, None, "INR")),
        ("en", "Some 6 in 10 voters agree.", ("~", 0.6, None, "share")),
        ("en", "It grew over 10 years.", ("=", 10, None, "year")),
        ("en", "The plan is more than one year old.", (">", 1, None, "year")),
        ("en", "Two ex-wives spoke.", ("=", 2, None, "ex-wife")),
    ],
)
def test_figures_in_six_languages(language, text, found):
    assert figures_of(text, language) == [found]


def test_phrases_with_a_number_count_nothing():
    assert figures_of("On the one hand, they were at one time with one another.") == []


def test_the_article_date_resolves():
    text = "He called on Friday, November 21, again on Sunday and two days ago, and in July."
    assert [r for _, _, r in dates_of(text, date="2025-12-02")] == [
        "2025-11-21", "2025-11-30", "2025-11-30", "2025-07",
    ]  # fmt: skip


def test_a_month_alone_is_the_nearest():
    text = "It began in October and is due by February."
    assert [r for _, _, r in dates_of(text, date="2025-12-02")] == ["2025-10", "2026-02"]


def test_relative_days_need_the_article_date():
    assert dates_of("He called yesterday and on Sunday.") == []


def test_weekdays_are_checked():
    text = (
        "On Friday, November 21, 2025, and on Monday, November 21, 2025, and Friday, November 21."
    )
    frame = fl.dates(fl.read([{"source": "Gazette", "text": text}])).frame
    assert [None if pd.isna(x) else bool(x) for x in frame["fits"]] == [True, False, None]
    assert frame["years"][2] == (2025, 2031)


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="language must be one of en, es"):
        dates_of("Nothing.", "xx")


def verdicts(*texts):
    rows = [{"source": f"S{i}", "text": text} for i, text in enumerate(texts)]
    return list(fl.figures(fl.read(rows)).discrepancies()["verdict"])


def test_verdicts_of_figures():
    text = "The storm killed {} people in the port of Nordell on Monday."
    assert verdicts(text.format("12"), text.format("15")) == ["conflict"]
    assert verdicts(text.format("at least 12"), text.format("15")) == ["compatible"]
    assert verdicts(text.format("more than 11"), text.format("at least 12")) == ["agree"]
    assert verdicts(text.format("12"), text.format("12")) == []
    assert verdicts(text.format("12"), "Their council bought 15 ferries for children.") == []


def test_conflicts_need_words_that_are_alike():
    one = "The storm killed 12 people in the port of Nordell on Monday, and ferries sank."
    other = "After the storm the mayor thanked 40 people, nurses and divers, for their help."
    assert verdicts(one, other) == []
    assert verdicts(one, one.replace("12", "more than 12")) == ["compatible"]


def test_figures_below_zero_are_compared():
    text = "The mayor said that growth in Nordell was {} percent."
    assert verdicts(text.format("minus 2"), text.format("minus 3")) == ["conflict"]
    assert verdicts(text.format("minus 2"), text.format("3")) in ([], ["conflict"])


def test_duplicated_captions_and_other_zones_can_be_left_out(corpus):
    body = fl.dates(corpus, zones=("body",)).frame
    assert set(body["zone"]) == {"body"}
    everything = fl.dates(corpus).frame
    assert len(everything) > len(body)
    assert set(body["start"]) <= set(everything["start"])


def test_an_empty_corpus_has_the_columns():
    corpus = fl.read([{"source": "Gazette", "text": "Nothing to count."}])
    for result in (fl.figures(corpus), fl.dates(corpus)):
        assert len(result.frame) == 0
        assert list(result.discrepancies().columns) == ["kind", "quantity", "verdict", "values"]


def test_articles_of_different_events_are_not_compared():
    storm = (
        "The storm tore roofs from houses in Nordell. It killed {} people, the mayor said. Waves "
        "broke the harbour wall and trees fell on the coast road."
    )
    crash = (
        "A coach fell from a bridge near Sorvika. The accident killed {} people, police told "
        "reporters. Its driver had worked since dawn, and brakes failed."
    )
    rows = [
        {"source": source, "text": text.format(count)}
        for text, counts in ((storm, (12, 15)), (crash, (3, 4)))
        for source, count in zip(("Gazette", "Review"), counts, strict=True)
    ]
    found = fl.figures(fl.read(rows)).discrepancies()
    values = [sorted(value["value"] for value in row) for row in found["values"]]
    assert sorted(values) == [["12", "15"], ["3", "4"]]


def test_an_article_that_stands_alone_is_compared_with_none():
    rows = [
        {"source": "Gazette", "text": "The storm killed 12 people in Nordell."},
        {"source": "Review", "text": "Doctors count 15 people whom the flu has killed since May."},
    ]
    assert fl.figures(fl.read(rows)).discrepancies().empty


def test_one_known_event_is_that_of_its_group():
    rows = [
        {"source": "Gazette", "text": "The storm killed at least 12 people.", "event": "E1"},
        {"source": "Review", "text": "The storm left 15 people dead."},
    ]
    corpus = fl.read(rows)
    assert corpus.same_event().corpus.event_of == ["E1", "E1"]
    assert len(fl.figures(corpus).discrepancies()) == 1


def test_many_equal_articles_are_one_group():
    rows = [{"source": "AB"[i % 2], "text": f"The storm hit pier {i % 7}."} for i in range(2100)]
    assert fl.read(rows).same_event().groups.nunique() <= 7


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Sturm hat am Montag in Hamburg 15 Menschen verletzt."),
        ("en", "On Monday 15 people died."),
    ],
)
def test_a_number_after_a_capital_is_a_figure(language, text):
    corpus = fl.read([{"source": "A", "text": text}], language=language)
    assert fl.figures(corpus).frame["value"].tolist() == [15.0]
