"""What tells that a text was read wrongly: the warnings, and what repairs it."""

from __future__ import annotations

import json
import time
import warnings
from pathlib import Path

import pytest

import framelens as fl

SAID = "“We go,” said Olga Rem. It’s cold."
MANGLED = {
    "named references": "&ldquo;We go,&rdquo; said Olga Rem. It&rsquo;s cold.",
    "numbers": "&#8220;We go,&#8221; said Olga Rem. It&#8217;s cold.",
    "hexadecimal": "&#x201C;We go,&#x201d; said Olga Rem. It&#x2019;s cold.",
    "twice escaped": "&amp;ldquo;We go,&amp;rdquo; said Olga Rem. It&amp;#8217;s cold.",
    "numbers of Windows": "&#147;We go,&#148; said Olga Rem. It&#146;s cold.",
    "UTF-8 as Windows-1252": "â€œWe go,â€\x9d said Olga Rem. Itâ€™s cold.",
    "and the last byte lost": "â€œWe go,â€ said Olga Rem. Itâ€™s cold.",
    "UTF-8 as Latin-1": "â\x80\x9cWe go,â\x80\x9d said Olga Rem. Itâ\x80\x99s cold.",
    "twice misread": "Ã¢â‚¬Å“We go,Ã¢â‚¬Â\x9d said Olga Rem. Itâ€™s cold.",
    "Windows-1252 as Latin-1": "\x93We go,\x94 said Olga Rem. It\x92s cold.",
    "UTF-8 as Mac Roman": "‚ÄúWe go,‚Äù said Olga Rem. It‚Äôs cold.",
    "UTF-8 as Windows-1251": "вЂњWe go,вЂќ said Olga Rem. ItвЂ™s cold.",
}


def rows(*texts: str) -> list[dict[str, str]]:
    return [{"id": f"d{i}", "source": "Gazette", "text": text} for i, text in enumerate(texts)]


def read_quietly(*texts: str, **more: object) -> fl.Corpus:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return fl.read(rows(*texts), **more)


@pytest.mark.parametrize("name", MANGLED)
def test_what_was_never_decoded_is_told_and_repaired(name: str) -> None:
    with pytest.warns(UserWarning, match="never decoded") as told:
        fl.read(rows("It rained.", MANGLED[name], MANGLED[name]))
    assert len(told) == 1
    message = str(told[0].message)
    assert message.startswith("2 of 3 documents have")
    assert "'d1'" in message
    assert "repair=True" in message
    assert told[0].filename == __file__
    corpus = read_quietly("It rained.", MANGLED[name], repair=True)
    assert corpus.texts == ["It rained.", SAID]
    row = fl.quotes(corpus).frame.iloc[0]
    assert row["speaker"] == "Olga Rem"
    assert corpus.texts[1][row["start"] : row["end"]] == row["text"] == "We go,"


@pytest.mark.parametrize(
    "text",
    [
        "“BEYONCÉ’S” À la carte: É… ‘Ä’ – Â, «À» São Paulo, l’été”, Zoë’s, naïve—à.",
        "AT&T; B&B; R&D; a & b; x&y=1&copy=2; & so on; &; &#; &x; &notaname;",
        "A line\x85and the next.",
        "Ça, 东京, กรุงเทพ, Москва «вчера», ‚ÄHNLICH‘, √2.",
        "",
    ],
)
def test_what_is_as_it_should_be_is_left_alone(text: str) -> None:
    assert read_quietly(text).texts == [text]
    assert read_quietly(text, repair=True).texts == [text]


def test_what_is_lost_is_told() -> None:
    with pytest.warns(UserWarning, match="1 of 2 documents has .*'na�ve'; .*repair=True"):
        fl.read(rows("na�ve", "It rained."))
    with pytest.warns(UserWarning, match="in their own encoding") as told:
        fl.read(rows("na�ve &quot;x&quot;"), repair=True)
    assert "repair" not in str(told[0].message)
    assert read_quietly("na�ve", errors="replace").texts == ["na�ve"]
    assert read_quietly("a\ud800", errors="replace").texts == ["a�"]


def test_titles_sources_and_events_are_repaired() -> None:
    row = {"source": "PÃºblic", "title": "&lsquo;Go&rsquo;", "event": "cafÃ©", "text": "Rain."}
    documents = fl.read([row], repair=True).documents
    assert documents.loc[0, ["source", "title", "event"]].tolist() == ["Públic", "‘Go’", "café"]


TEXTS = {
    "en": "The mayor of the town said on Monday that the port would be closed for a week "
    "because of the storm that had come over the coast in the night. He told the people "
    "who live near the quay to stay in their houses, and he asked those who had left not "
    "to come back until it was over. There was no word from the council about the "
    "ferries.",
    "de": "Der Bürgermeister der Stadt sagte am Montag, dass der Hafen wegen des Sturms, der in"
    " der Nacht über die Küste gezogen war, eine Woche lang geschlossen bleibt. Er bat "
    "die Leute, die am Kai wohnen, in ihren Häusern zu bleiben, und er sagte denen, die "
    "schon gegangen waren, sie sollten nicht zurückkommen, bis alles vorbei ist. Vom Rat "
    "war nichts zu hören.",
    "es": "El alcalde de la ciudad dijo el lunes que el puerto estará cerrado durante una "
    "semana por la tormenta que pasó por la costa en la noche. Pidió a los vecinos que "
    "viven cerca del muelle que se queden en sus casas, y dijo a los que ya se habían ido"
    " que no vuelvan hasta que todo haya pasado. El consejo no dijo nada de los barcos "
    "que salen hacia la isla.",
    "fr": "Le maire de la ville a dit lundi que le port serait fermé pendant une semaine à "
    "cause de la tempête qui est passée sur la côte dans la nuit. Il a demandé aux gens "
    "qui habitent près du quai de rester dans leurs maisons, et il a dit à ceux qui "
    "étaient déjà partis de ne pas revenir avant la fin. Le conseil n’a rien dit des "
    "bateaux pour l’île.",
    "it": "Il sindaco della città ha detto lunedì che il porto resterà chiuso per una settimana"
    " a causa della tempesta che è passata sulla costa nella notte. Ha chiesto alla gente"
    " che vive vicino al molo di restare nelle case, e ha detto a quelli che erano già "
    "partiti di non tornare prima della fine. Il consiglio non ha detto nulla delle navi "
    "per l’isola.",
    "nl": "De burgemeester van de stad zei maandag dat de haven een week dicht blijft door de "
    "storm die in de nacht over de kust trok. Hij vroeg de mensen die bij de kade wonen "
    "om in hun huizen te blijven, en hij zei tegen wie al weg was om niet terug te komen "
    "voor het voorbij is. De raad zei niets over de veerboten naar het eiland, die nog "
    "steeds niet varen.",
    "ru": "Мэр города сказал в понедельник, что порт будет закрыт на неделю из-за бури, которая"
    " прошла над берегом ночью. Он попросил людей, которые живут у причала, оставаться "
    "дома, и сказал тем, кто уже уехал, не возвращаться, пока всё не кончится. Совет "
    "ничего не сказал о паромах на остров, которые всё ещё не ходят, и о том, когда они "
    "снова пойдут к людям там.",
}


@pytest.mark.parametrize("read_as", ["en", "es", "de"])
@pytest.mark.parametrize("written_in", TEXTS)
def test_a_text_in_another_language_is_told(written_in: str, read_as: str) -> None:
    texts = (TEXTS[read_as], TEXTS[written_in], TEXTS[written_in] + " " + TEXTS[written_in])
    if written_in == read_as:
        read_quietly(*texts, language=read_as)
        return
    with pytest.warns(UserWarning, match="another language") as told:
        fl.read(rows(*texts), language=read_as)
    message = str(told[0].message)
    assert len(told) == 1
    assert message.startswith(f"2 of 3 documents seem to be in another language than '{read_as}'")
    assert "'d1'" in message
    likely = f"which reads like '{written_in}'"
    assert (likely in message) == (written_in in ("en", "es", "de"))
    assert "reads like" not in message or likely in message


def test_few_words_tell_no_language() -> None:
    read_quietly("Lundi, le port serait fermé.", "Hola.", "", "東京は晴れ。")


def test_the_demo_is_what_it_says() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fl.demo()


def test_news_in_english_reads_as_english(shared: Path) -> None:
    with (shared / "data" / "articles.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*another language")
        warnings.filterwarnings("ignore", message=".*never decoded")
        fl.read(rows(*texts))
    with pytest.warns(UserWarning, match="never decoded") as told:
        fl.read(rows(*texts))
    # Dashes and quotation marks that were misread.
    assert str(told[0].message).startswith("6 of 5,639 documents have")


@pytest.mark.parametrize("piece", ["&a", "É’", "â", "&quot", "\xa0Â", "вв", "a"])
def test_long_texts_take_linear_time(piece: str) -> None:
    text = piece * 1_000_000
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fl.read(rows(text))
        fl.read(rows(text), repair=True)
    assert time.perf_counter() - start < 30
