"""The report: one file, everything escaped, every link leads somewhere, no script, no network."""

import re
import shutil
from html.parser import HTMLParser

import pytest

import framelens as fl
from framelens.face.demo import TARGETS
from framelens.face.report import naming_table

EVIL = (
    '<script>document.title = "run"</script><img src="http://example.org/x.png" onerror="alert(1)">'
)
EVIL_TEXT = (
    f"President Ada Moore spoke. {EVIL} “{EVIL} we are ready to go,” President Ada Moore said.\n\n"
    "The dictator Ada Moore left. </article></body><svg onload=alert(2)>\n"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "new" / "report.html"
    written = fl.report(fl.demo(), path, targets=TARGETS)
    assert written == path
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def evil_corpus():
    rows = [
        {"id": EVIL + str(i), "source": EVIL + "ab"[i % 2], "title": EVIL, "text": EVIL_TEXT}
        for i in range(4)
    ]
    return fl.read(rows)


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.ids, self.targets, self.tags, self.sources, self.tables = [], [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append(tag)
        assert not [name for name in attributes if name.startswith("on")]
        if "id" in attributes:
            self.ids.append(attributes["id"])
        href = attributes.get("href", "")
        if href.startswith("data:text/csv;charset=utf-8;base64,"):
            self.tables.append(attributes["download"])
        elif href:
            self.targets.append(href)
        if "src" in attributes:
            self.sources.append(attributes["src"])


def test_words_that_set_sources_apart(page, tmp_path):
    assert "Which words set them apart" in page
    assert "There are too few articles to test" in page
    rows = [
        {
            "source": source,
            "text": f"On day {i} the {word} sailed {'far ' * i}past pier {i} and {i} {word} crews "
            f"waved {i} times.",
        }
        for i in range(6)
        for source, word in (("Gazette", "ferry"), ("Herald", "trawler"))
    ]
    many = fl.report(fl.read(rows), tmp_path / "many.html").read_text(encoding="utf-8")
    assert "too few articles to test" not in many
    assert '<th scope="row">Gazette</th><td>ferry</td><td class="n">12</td>' in many
    alone = fl.report(fl.read(rows[::2]), tmp_path / "alone.html").read_text(encoding="utf-8")
    assert "Which words set them apart" not in alone


def test_every_link_leads_somewhere(page):
    links = Links(page)
    assert len(links.ids) == len(set(links.ids))
    assert all(target.startswith("#") for target in links.targets)
    assert {target[1:] for target in links.targets} <= set(links.ids)
    assert sum(target.startswith("#label-") for target in links.targets) > 10
    assert all(source.startswith("data:image/svg+xml;base64,") for source in links.sources)
    assert "script" not in links.tags


def test_it_holds_what_the_package_says(page):
    corpus = fl.demo()
    for text in (*corpus.sources, *(t if isinstance(t, str) else t.name for t in TARGETS)):
        assert text in page
    assert page.count('<article class="fl-article"') == len(corpus)
    assert f"framelens {fl.__version__}" in page
    assert "Likeness of wording, style included, not of stance." in page
    evidence = fl.framing(corpus, targets=TARGETS, zones="all").evidence
    assert page.count('<td class="context"') == len(evidence)
    sections = re.findall('<section id="([^"]+)">', page)
    assert sections == [
        "findings", "target-1", "target-2", "quotations", "disagree", "similarity", "keyness",
        "corpus", "texts", "reading",
    ]  # fmt: skip
    assert "Limits" in page
    value = fl.similarity(corpus).matrix.iloc[0, 1]
    assert f'<td class="n">{value:.2f}</td>' in page


def test_it_opens_with_what_stands_out(page):
    opening = page[page.index('<section id="findings">') :]
    opening = opening[: opening.index("</section>")]
    sentences = re.findall("<li>(.*?) <span", opening)
    assert sentences[0] == (
        "Only The Exile Gazette calls Tomás Beláriz “dictator” in its own voice (3 times); Nordell "
        "Sentinel and The Channel Review print it in the words of others (twice). Too few articles "
        "to say that it is a habit."
    )
    assert "The articles are too few to tell the sources apart by their labels." in opening
    assert '<a href="#target-1">numbers</a>, <a href="#article-' in opening


def test_long_tables_end_in_a_link_to_all_rows(tmp_path):
    rows = [
        {"source": f"S{i:02}", "text": f"“It is cold today, all of you,” Person{chr(65 + i)} said."}
        for i in range(24)
    ]
    page = fl.report(fl.read(rows), tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Figures and tables show the 12 sources with the most articles." in page
    assert {"speakers.csv", "sources.csv", "pairs.csv"} <= set(Links(page).tables)
    assert len(page) < 700_000


def test_labels_link_to_marks_of_their_words(page):
    corpus = fl.demo()
    evidence = fl.framing(corpus, targets=TARGETS, zones="all").evidence
    for row in evidence.itertuples():
        anchor = f"label-{corpus.position_of(row.doc)}-{row.start}"
        assert re.search(rf'<mark[^>]* id="{anchor}"[^>]*>{re.escape(row.label)}<', page)


def test_same_input_same_bytes(tmp_path, page):
    again = fl.report(fl.demo(), tmp_path / "again.html", targets=TARGETS)
    assert again.read_text(encoding="utf-8") == page


def test_without_targets(tmp_path):
    page = fl.report(fl.demo(), tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<mark" not in page
    assert 'id="target-1"' not in page
    assert 'id="quotations"' in page


def test_one_source(tmp_path):
    corpus = fl.read([{"source": "Gazette", "text": "Rain fell."}])
    page = fl.report(corpus, tmp_path / "r.html", title="Rain & <sun>").read_text(encoding="utf-8")
    assert "<h1>Rain &amp; &lt;sun&gt;</h1>" in page
    assert 'id="similarity"' not in page
    assert "1 article by 1 source" in page


def test_a_target_without_labels(tmp_path):
    corpus = fl.read(
        [{"source": s, "text": "Ada Moore spoke. Rain fell on the town."} for s in "AB"]
    )
    page = fl.report(corpus, tmp_path / "r.html", targets=["Ada Moore"]).read_text("utf-8")
    assert "No article has a label of Ada Moore." in page


def test_an_article_without_words(tmp_path):
    corpus = fl.read([{"source": s, "text": t} for s, t in [("A", ""), ("B", " \n"), ("C", "Hi")]])
    page = fl.report(corpus, tmp_path / "r.html").read_text("utf-8")
    assert page.count('<article class="fl-article"') == 3


def test_articles_that_are_left_out(tmp_path):
    path = tmp_path / "r.html"
    fl.report(fl.demo(), path, targets=TARGETS, max_articles=1)
    page = path.read_text(encoding="utf-8")
    links = Links(page)
    assert page.count('<article class="fl-article"') == 1
    assert "more are in the tables only" in page
    assert {target[1:] for target in links.targets} <= set(links.ids)
    assert any(target.startswith("#label-0-") for target in links.targets)
    assert not any(target.startswith("#label-1-") for target in links.targets)


def test_refusals(tmp_path):
    with pytest.raises(ValueError, match="no documents"):
        fl.report(fl.read([]), tmp_path / "r.html")
    with pytest.raises(ValueError, match="max_articles"):
        fl.report(fl.demo(), tmp_path / "r.html", max_articles=-1)
    assert not list(tmp_path.iterdir())


def test_naming_table():
    rows = [
        {"source": "Gazette", "text": "President Ada Moore spoke. President Ada Moore left."},
        {"source": "Herald", "text": "“President Ada Moore will come here soon,” Vera Lind said."},
    ]
    named = fl.namings(fl.read(rows), targets=["Ada Moore"])
    table = naming_table(named, "Ada Moore")
    assert list(table) == ["label", "voice", "part", "Gazette", "Herald"]
    assert table.to_numpy().tolist() == [
        ["president", "own", "text", 2, 0], ["president", "quoted", "text", 0, 1],
    ]  # fmt: skip


def test_html_in_the_input_is_escaped(tmp_path, evil_corpus):
    path = fl.report(evil_corpus, tmp_path / "r.html", targets=["Ada Moore"])
    links = Links(path.read_text(encoding="utf-8"))
    assert "script" not in links.tags
    assert "svg" not in links.tags
    assert all(source.startswith("data:") for source in links.sources)
    assert links.tags.count("article") == len(evil_corpus)


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on the path")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_in_a_browser(tmp_path, browser, evil_corpus, width):
    paths = [
        fl.report(fl.demo(), tmp_path / "demo.html", targets=TARGETS),
        fl.report(evil_corpus, tmp_path / "evil.html", targets=["Ada Moore"]),
    ]
    for path in paths:
        tab = browser.new_page(viewport={"width": width, "height": 900})
        requests, trouble = [], []
        tab.on("request", lambda request, into=requests: into.append(request.url))
        tab.on("dialog", lambda dialog, into=trouble: (into.append("dialog"), dialog.dismiss()))
        tab.on("console", lambda message, into=trouble: into.append(message.text))
        tab.on("pageerror", lambda error, into=trouble: into.append(str(error)))
        tab.goto(path.as_uri())
        tab.wait_for_load_state("networkidle")
        assert tab.title() != "run"
        assert not trouble
        assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
        # Wide tables scroll in their own box: the page itself does not.
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        figures = tab.evaluate("[...document.images].map(i => i.complete && i.naturalWidth > 0)")
        assert figures
        assert all(figures)
        tab.close()
