"""Who speaks where the rules are unsure: by weights of where everybody stands."""

from __future__ import annotations

import json
import zlib
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest

import framelens as fl

TEXT = (
    "Olaf Lund spoke on Monday. At dawn, the mayor of the town, in a letter to the council, called "
    "the plan of Ada Moore a “shameful thing for all of us.”"
)
UNTOLD = (
    "Ada Moore came to the council on Monday.\n\n“The port is going to be shut by the end of the "
    "year, and nobody is going to stop it.”\n\nMoore left. Olaf Lund, a docker, stayed."
)


def shipped() -> dict[str, Any]:
    file = files("framelens") / "resources" / "languages" / "en" / "speakers.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))


def by_weights(**change: Any) -> dict[str, Any]:
    return {"base": "en", "speakers": {**shipped(), **change}}


def speaker(text: str, language: Any) -> Any:
    corpus = fl.read([{"source": "Gazette", "text": text}], language=language)
    quotes = fl.quotes(corpus).frame
    return quotes.loc[quotes["kind"] != "indirect", "speaker"].iloc[0]


def test_somebody_likely_speaks_and_nobody_where_nobody_is() -> None:
    assert speaker(TEXT, "en") == "mayor"
    assert pd.isna(speaker(UNTOLD, "en"))


def test_weights_decide() -> None:
    to_nobody = "00" * (len(shipped()["weights"]) // 2 - 1) + "7f"
    checksum = zlib.crc32(bytes.fromhex(to_nobody))
    assert pd.isna(speaker(TEXT, by_weights(weights=to_nobody, checksum=checksum, least=0)))


def test_whom_the_rules_found_stays_unless_somebody_is_far_ahead() -> None:
    to_nobody = "00" * (len(shipped()["weights"]) // 2 - 1) + "7f"
    checksum = zlib.crc32(bytes.fromhex(to_nobody))
    assert speaker(TEXT, by_weights(weights=to_nobody, checksum=checksum, least=128)) == "mayor"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"checksum": 1}, "checksum.*is not that of the weights"),
        ({"weights": "00ff"}, "weights.*digits"),
        ({"weights": "zz" * 1561}, "weights.*0 to 9 and a to f"),
        ({"least": -1}, "least.*whole number"),
        ({"least": 0.5}, "least.*whole number"),
        ({"most": 1}, "most"),
    ],
)
def test_weights_that_are_broken_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        speaker(TEXT, by_weights(**change))
