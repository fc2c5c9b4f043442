"""The marked-up article: nothing of the text is lost, every mark covers its span."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import framelens as fl
from framelens.face.show import STYLE, article_html, label_anchor, legend_html

POLES = ("bad", "good")
QUOTE = {
    "kind": "direct", "speaker": None, "cue": None, "nested": 0, "doc": "d", "source": "S",
}  # fmt: skip
LABEL = {
    "doc": "d", "source": "S", "target": "Ada", "label": "x", "pole": "bad", "voice": "own",
    "speaker": None, "reported": False, "reported_by": None, "rule": "title", "distance": None,
}  # fmt: skip


class Reader(HTMLParser):
    """Reads pages back: the characters of each paragraph, and the classes around each."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.lines, self.ids = [], [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.open.append((tag, (attributes.get("class") or "").split()))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "p":
            self.lines.append([])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        classes = {name for _, names in self.open for name in names}
        for character in data:
            self.lines[-1].append((character, classes))


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


def frames(quotes=(), labels=()):
    quote_columns = [*QUOTE, "start", "end"]
    label_columns = [*LABEL, "start", "end"]
    return (
        pd.DataFrame([{**QUOTE, **row} for row in quotes], columns=quote_columns),
        pd.DataFrame([{**LABEL, **row} for row in labels], columns=label_columns),
    )


def corpus_of(text):
    return fl.read([{"id": "d", "source": "S", "text": text}])


def marked(text, quotes=(), labels=(), names=("Ada",)):
    frame, evidence = frames(quotes, labels)
    return article_html(corpus_of(text), "d", frame, evidence, poles=POLES, names=names)


def test_a_label_in_a_quotation():
    text = "She said “the boss left” today."
    html = marked(
        text,
        [{"start": 10, "end": 23, "speaker": "Vera", "cue": "said"}],
        [{"start": 14, "end": 18, "voice": "quoted", "label": "boss"}],
    )
    line = read(html).lines[0]
    assert "".join(c for c, _ in line) == text
    assert all("fl-direct" in classes for _, classes in line[10:23])
    assert not any("fl-direct" in classes for _, classes in line[:10] + line[23:])
    assert all("fl-label" in classes for _, classes in line[14:18])
    assert {"fl-pole-0", "fl-voice-quoted"} <= line[14][1]
    assert 'title="direct quotation · Vera · said"' in html
    assert "boss = Ada · bad · quoted voice" in html
    assert f'id="{label_anchor(0, 14)}"' in html


def test_spans_that_overlap_are_cut():
    html = marked(
        "abcdefgh ijkl mnop",
        [{"start": 0, "end": 5}, {"start": 3, "end": 8, "kind": "scare"}],
        [{"start": 4, "end": 12}],
    )
    line = read(html).lines[0]
    covered = ["".join(c for c, k in line if name in k) for name in ("fl-direct", "fl-scare")]
    assert covered == ["abcde", "defgh"]
    assert "".join(c for c, k in line if "fl-label" in k) == "efgh ijk"
    assert read(html).ids == [label_anchor(0, 4)]


def test_a_quotation_over_paragraphs():
    text = "“One two\n\nthree four”"
    lines = read(marked(text, [{"start": 1, "end": 20}])).lines
    assert ["".join(c for c, _ in line) for line in lines] == ["“One two", "three four”"]
    assert "".join(c for line in lines for c, k in line if "fl-direct" in k) == "One twothree four"


def test_voices_and_poles_have_classes():
    html = marked(
        "aa bb cc dd",
        labels=[
            {"start": 0, "end": 2},
            {"start": 3, "end": 5, "reported": True, "reported_by": "Vera", "pole": "good"},
            {"start": 6, "end": 8, "voice": "quoted", "pole": "neutral", "distance": "negated"},
            {"start": 9, "end": 11, "pole": None, "target": "Zoe"},
        ],
        names=("Ada", "Zoe"),
    )
    line = read(html).lines[0]
    assert {"fl-pole-0", "fl-voice-own"} <= line[0][1]
    assert {"fl-pole-1", "fl-voice-reported"} <= line[3][1]
    assert {"fl-pole-2", "fl-voice-quoted"} <= line[6][1]
    assert "not counted: negated" in html
    assert 'data-note="▲1"' in html
    assert 'data-note="●2"' in html
    for name in ("fl-pole-0", "fl-pole-1", "fl-voice-quoted", "fl-voice-reported"):
        assert f".{name}" in STYLE


def test_a_label_of_two_targets_is_one_mark():
    both = [{"start": 0, "end": 2}, {"start": 0, "end": 2, "target": "Zoe"}]
    html = marked("aa bb", labels=both, names=("Ada", "Zoe"))
    assert read(html).ids == [label_anchor(0, 0)]
    assert 'data-note="▲1▲2"' in html


def test_other_documents_are_passed_over():
    html = marked(
        "aa bb", [{"doc": "e", "start": 0, "end": 2}], [{"doc": "e", "start": 0, "end": 2}]
    )
    assert html == '<p dir="auto">aa bb</p>'


def test_zones():
    text = "Council shuts the harbour\n\nBy Ada Moore\n\nThe harbour is closed, the mayor said.\n"
    html = marked(text)
    assert '<p dir="auto" class="fl-zone fl-headline" data-zone="headline">Council' in html
    assert 'data-zone="byline">By Ada Moore</p>' in html
    assert '<p dir="auto">The harbour' in html


EVIL = '<script>alert("x")</script>\'"&<img src=x onerror=alert(1)>'


def test_everything_is_escaped():
    text = f"{EVIL} said “{EVIL}”"
    html = marked(
        text,
        [{"start": 3, "end": 40, "speaker": EVIL, "cue": EVIL}],
        [{"start": 0, "end": 5, "label": EVIL, "rule": EVIL, "target": EVIL}],
        names=(EVIL, "Ada"),
    )
    assert "".join(c for c, _ in read(html).lines[0]) == text
    for shown in (html, legend_html([EVIL, EVIL], [EVIL, EVIL])):
        assert "<script" not in shown
        assert "<img" not in shown


def test_control_characters_are_seen():
    assert "a␀b" in marked("a\0b")


def test_show():
    text = "President Ada Moore spoke. “We are ready to go,” President Ada Moore said."
    corpus = fl.read([{"id": "d", "source": "<S>", "title": EVIL, "text": text}])
    shown = corpus.show("d", targets=["Ada Moore"])
    html = shown._repr_html_()
    assert html == shown.html
    assert "&lt;S&gt;" in html
    assert "<script" not in html
    assert html.count("<mark") == 2
    assert "legitimate" in html
    assert "fl-direct" in html
    assert "<mark" not in corpus.show("d").html
    assert "http" not in html


@given(st.data())
def test_no_character_is_lost_and_every_mark_covers_its_span(data):
    text = data.draw(st.text("ab<&\n é\U0001f327", min_size=1, max_size=40))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    quotes = [
        {"start": a, "end": b, "kind": kind}
        for a, b in data.draw(st.lists(spans, max_size=5))
        for kind in [data.draw(st.sampled_from(["direct", "partial", "scare", "name"]))]
    ]
    labels = [{"start": a, "end": b} for a, b in data.draw(st.lists(spans, max_size=4))]
    lines = read(marked(text, quotes, labels)).lines
    printed = [line for line in text.split("\n") if line.strip()]
    assert ["".join(c for c, _ in line) for line in lines] == printed
    classes, at = {}, 0
    found = iter(lines)
    for line in text.split("\n"):
        if line.strip():
            classes.update(enumerate((k for _, k in next(found)), start=at))
        at += len(line) + 1
    for position, names in classes.items():
        inside = [q for q in quotes if q["start"] <= position < q["end"]]
        assert {f"fl-{q['kind']}" for q in inside} == names & {
            "fl-direct", "fl-partial", "fl-scare", "fl-name",
        }  # fmt: skip
        assert ("fl-label" in names) == any(x["start"] <= position < x["end"] for x in labels)


def test_many_marks_in_one_line_take_linear_time():
    count = 20_000
    frame, evidence = frames([{"start": 4 * i, "end": 4 * i + 2} for i in range(count)])
    html = article_html(corpus_of("ab, " * count), "d", frame, evidence, poles=POLES)
    assert html.count("fl-direct") == count


@pytest.mark.parametrize("poles", [("bad",), ("bad", "good"), ()])
def test_legend(poles):
    html = legend_html(poles, ["Ada", "Zoe"])
    for pole in poles:
        assert f">{pole}</span>" in html
    assert "2 = Zoe" in html
    assert ("own voice" in html) == bool(poles)
