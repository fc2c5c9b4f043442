"""Spanish and German newspapers: marks, speakers and verbs, from a language file alone."""

import pytest

import framelens as fl


def said(text, language):
    """Kind, text, speaker and base form of the verb of each quotation."""
    corpus = fl.read([{"source": "A", "text": text}], language=language)
    assert corpus.language == language
    frame = fl.quotes(corpus).frame
    for row in frame.itertuples():
        assert corpus.texts[0][row.start : row.end] == row.text
    marked = frame[frame["kind"] != "indirect"]
    return list(marked[["kind", "text", "speaker", "lemma"]].itertuples(index=False, name=None))


SPANISH = {
    "inverted, guillemets": (
        "«El acuerdo está cerrado y nadie lo reabrirá», dijo la ministra Elvira Sandoval el lunes.",
        [("direct", "El acuerdo está cerrado y nadie lo reabrirá", "Elvira Sandoval", "decir")],
    ),
    "before a colon": (
        "El alcalde Jacinto Robledo afirmó: “No vamos a subir los impuestos este año”.",
        [("direct", "No vamos a subir los impuestos este año", "Jacinto Robledo", "afirmar")],
    ),
    "no name": (
        "“Nos hemos quedado sin agua durante tres días”, lamentó una vecina del barrio.",
        [("direct", "Nos hemos quedado sin agua durante tres días", "vecina", "lamentar")],
    ),
    "in the sentence": (
        "Jacinto Robledo aseguró que la obra es “un desastre anunciado” para la ciudad.",
        [("partial", "un desastre anunciado", "Jacinto Robledo", "asegurar")],
    ),
    "perfect, straight marks": (
        '"No tengo nada que ocultar", ha declarado Amparo Quiroga.',
        [("direct", "No tengo nada que ocultar", "Amparo Quiroga", "declarar")],
    ),
    "hostile": (
        "Elvira Sandoval acusó a la oposición de “mentir a los ciudadanos”.",
        [("partial", "mentir a los ciudadanos", "Elvira Sandoval", "acusar")],
    ),
    "nobody": (
        "El llamado “milagro portuario” costó dos millones.",
        [("scare", "milagro portuario", None, None)],
    ),
}

GERMAN = {
    "inverted": (
        "„Das Abkommen gilt, und niemand öffnet es wieder“, sagte Ministerin Elfriede Sandner.",
        [
            (
                "direct", "Das Abkommen gilt, und niemand öffnet es wieder", "Elfriede Sandner",
                "sagen",
            )
        ],
    ),
    "before a colon": (
        "Bürgermeister Konrad Rebmann erklärte: „Wir werden die Steuern nicht erhöhen.“",
        [("direct", "Wir werden die Steuern nicht erhöhen.", "Konrad Rebmann", "erklaren")],
    ),
    "guillemets inwards, no name": (
        "»Wir hatten drei Tage kein Wasser«, klagte eine Anwohnerin.",
        [("direct", "Wir hatten drei Tage kein Wasser", "Anwohnerin", "klagen")],
    ),
    "guillemets outwards, as in Switzerland": (
        "«Wir gewinnen die Wahl», sagt Konrad Rebmann.",
        [("direct", "Wir gewinnen die Wahl", "Konrad Rebmann", "sagen")],
    ),
    "interrupted": (
        "„Wir müssen verhandeln“, betonte Elfriede Sandner, „auch wenn es noch Monate dauert.“",
        [
            ("direct", "Wir müssen verhandeln", "Elfriede Sandner", "betonen"),
            ("partial", "auch wenn es noch Monate dauert.", "Elfriede Sandner", "betonen"),
        ],
    ),
    "doubting, subjunctive": (
        "Konrad Rebmann behauptete, die Fischer seien „bestens versorgt“.",
        [("partial", "bestens versorgt", "Konrad Rebmann", "behaupten")],
    ),
    "separable verb": (
        "Konrad Rebmann kündigte an: „Wir werden im Herbst sparen.“",
        [("direct", "Wir werden im Herbst sparen.", "Konrad Rebmann", "ankundigen")],
    ),
    "single marks": (
        "‚Genug ist genug‘, rief Elfriede Sandner.",
        [("direct", "Genug ist genug", "Elfriede Sandner", "rufen")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SPANISH)
def test_spanish(case):
    text, expected = SPANISH[case]
    assert said(text, "es") == expected


@pytest.mark.parametrize("case", GERMAN)
def test_german(case):
    text, expected = GERMAN[case]
    assert said(text, "de") == expected


def test_marks_nest_in_either_language():
    texts = {
        "es": "«Gritó “nunca más” y se fue», contó Elvira Sandoval.",
        "de": "„Er rief ‚nie wieder‘ und ging“, erzählte Elfriede Sandner.",
    }
    for language, text in texts.items():
        corpus = fl.read([{"source": "A", "text": text}], language=language)
        frame = fl.quotes(corpus).frame
        assert list(frame["nested"]) == [0, 1], language
        assert frame["speaker"][0] in ("Elvira Sandoval", "Elfriede Sandner")
        assert frame["text"][1] in ("nunca más", "nie wieder")


def test_stances():
    texts = {
        "es": ["dijo", "insistió", "confirmó", "denunció"],
        "de": ["sagte", "behauptete", "bestätigte", "kritisierte"],
    }
    for language, verbs in texts.items():
        for verb, stance in zip(
            verbs, ("neutral", "doubting", "assertive", "hostile"), strict=True
        ):
            corpus = fl.read(
                [{"source": "A", "text": f"«Hoy, heute», {verb} Ada Moreno."}], language=language
            )
            assert list(fl.quotes(corpus).frame["stance"]) == [stance], verb


def test_hedges_are_of_the_language():
    found = {
        "es": ("El presunto ladrón huyó.", ["presunto"]),
        "de": ("Der mutmaßliche Dieb floh.", ["mutmaßliche"]),
    }
    for language, (text, words) in found.items():
        corpus = fl.read([{"source": "A", "text": text}], language=language)
        assert list(fl.distancing(corpus).evidence["text"]) == words


def test_the_language_stays_with_the_corpus():
    corpus = fl.read([{"id": "1", "source": "A", "text": "Hola."}], language="es")
    assert corpus.filter(ids=["1"]).language == "es"
    assert fl.read([{"source": "A", "text": "Hello."}]).language == "en"


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no language 'tlh'; there is de, en, es"):
        fl.read([{"source": "A", "text": "nuqneH"}], language="tlh")
