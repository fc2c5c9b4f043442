"""Print as JSON what framelens reads here; run in a wheel's environment and in a source build's.

All text is invented.
"""

import hashlib
import json
import sys
from pathlib import Path

# Before framelens, on purpose: a module with static thread-local storage cannot be loaded after.
import pandas  # noqa: F401
import pyarrow  # noqa: F401
import sklearn  # noqa: F401

import framelens as fl
from framelens import _core

TEXTS = {
    "zh": "总统昨天在首都会见了外国记者，他说谈判将继续。工人们结束了罢工。",
    "zh-Hant": "總統昨天在首都會見了外國記者，他說談判將繼續。",
    "ja": "大統領は昨日、首都で外国の記者団と会い、交渉は続くと述べた。カタカナとひらがな。",
    "th": "ประธานาธิบดีพบกับผู้สื่อข่าวต่างประเทศในเมืองหลวงเมื่อวานนี้",
    "lo": "ປະທານປະເທດພົບກັບນັກຂ່າວຕ່າງປະເທດ",
    "km": "ប្រធានាធិបតីបានជួបអ្នកសារព័ត៌មានបរទេស",
    "my": "သမ္မတသည် နိုင်ငံခြားသတင်းထောက်များနှင့် တွေ့ဆုံခဲ့သည်",
    "en": "The president’s e-mail cost $1,000.50; he didn't say why 👩‍👩‍👧 🇫🇷 ﬁnally @home.",
    "de": "Der Präsident sagte, STRASSE und Straße seien eins. ①②③ ｆｕｌｌ ｗｉｄｔｈ",
    "fi": "EU:n ja USA:n neuvottelut",
    "ar": "قال الرئيس إنّ المفاوضات ستستمرّ",
    "he": "הנשיא אמר שהמו״מ יימשך",
    "ko": "대통령은 어제 수도에서 외신 기자들을 만났다.",
    "hi": "राष्ट्रपति ने कल राजधानी में पत्रकारों से मुलाकात की",
}

LOCALES = ["fi", "sv", "el", "ja", "zh_Hant", "en_US_POSIX", "th", "de", "pt_BR"]

ARTICLES = [
    ("北方", "「交渉は続く」と大統領は述べた。\n\n記者団は首都で待った。"),
    ("南方", "总统说：“谈判将继续。”\n\n工人们结束了罢工。"),
    (
        "Harbour Post",
        "“We will not go,” said Tomás Beláriz.\n\nThe dictator left: เขาไม่พูด.",
    ),
    (
        "Strait News",
        "Premier Maren Sólvik called Beláriz “a tyrant”. 大統領 Beláriz went.",
    ),
]


def words(locale: str | None = None) -> dict[str, dict[str, int]]:
    """Count the words of each text."""
    options = {"locale": locale} if locale else {}
    counted = fl.CountVectorizer(tokenizer="unicode", **options)
    matrix = counted.fit_transform(list(TEXTS.values()))
    terms = counted.get_feature_names_out()
    return {
        name: {str(terms[column]): int(row[0, column]) for column in sorted(row.nonzero()[1])}
        for name, row in zip(TEXTS, (matrix[i] for i in range(len(TEXTS))), strict=True)
    }


def refused(locale: str) -> str:
    """Give the message with which a locale that nobody knows is refused."""
    try:
        words(locale)
    except ValueError as error:
        return str(error)
    return ""


def folds() -> str:
    """Give a checksum of what every character becomes when it is folded."""
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    return hashlib.sha256("\0".join(_core.fold(characters)).encode()).hexdigest()


def rows(frame: object) -> list[dict[str, object]]:
    """Give a table as rows, every value as text."""
    return [{key: repr(value) for key, value in row.items()} for row in frame.to_dict("records")]


def tables(corpus: fl.Corpus, targets: list[str]) -> dict[str, list[dict[str, object]]]:
    """Annotate a corpus."""
    return {
        "documents": rows(corpus.documents),
        "quotes": rows(fl.quotes(corpus).frame),
        "namings": rows(fl.namings(corpus, targets=targets).frame),
        "keyness": rows(fl.keyness(corpus).frame),
        "similarity": rows(fl.similarity(corpus).matrix),
    }


def libraries() -> list[str]:
    """List the paths of ICU's libraries that are loaded, where the system tells."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return []
    paths = {line.split()[-1] for line in maps.read_text().splitlines() if "/libicu" in line}
    return sorted(paths)


def main() -> None:
    """Print what is read, and by which ICU."""
    targets = ["Tomás Beláriz", "Maren Sólvik"]
    articles = [{"source": source, "text": text} for source, text in ARTICLES]
    found = {
        "package": fl.__file__,
        "words": words(),
        "words by locale": {locale: words(locale) for locale in LOCALES},
        "refused": refused("qqq"),
        "invented": tables(fl.read(articles), targets),
        "demo": tables(fl.demo(), targets),
        "folds": folds(),
        "libraries": libraries(),
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
