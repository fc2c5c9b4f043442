"""Saved pages: when they were published, and in which encoding they are."""

import warnings

import pandas as pd
import pytest
from test_reading import write_folder, write_manifest

import framelens as fl

pytest.importorskip("trafilatura")

# Dates that are none of the article's: of the site's head, of sentences, lists and the foot.
BODY = (
    "<p>The council met on the quay on 7 May 2019 for two hours and went home without a vote, the "
    "mayor said on Monday.</p><p>Nobody slept. On 2018-01-02 the ships waited outside, and the "
    "café was closed until Wednesday evening, 01/13/2017 or not.</p>"
)
HEADLINE = "Council closes café for good"


def page(head="", above="", under="", after="", headline=HEADLINE, body=BODY):
    return f"""<!DOCTYPE html><html class="has-comments"><head><title>{headline} | Gazette</title>
    {head}</head><body class="with-sidebar"><header><h1 class="logo">Gazette</h1>
    <p>Monday, 30 November 2026</p><nav><time datetime="2026-11-30">today</time></nav></header>
    <main><article>{above}<h1>
      {headline}
    </h1>
    {under}
    {body}
    {after}</article>
    <ul class="related-stories"><li><time datetime="2014-01-01">1 January 2014</time> Port</li></ul>
    <div class="comments"><time itemprop="datePublished" datetime="2027-01-01">later</time></div>
    </main><footer><p>© 2019 Gazette</p><p>Updated 1 January 2020</p></footer></body></html>"""


def read(folder, content, **options):
    write_folder(folder, {"gazette_1.html": content})
    return fl.read(folder / "gazette_1.html", **options)


def date_of(folder, content):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        date = read(folder, content).documents["date"][0]
    return None if pd.isna(date) else f"{date:%Y-%m-%d}"


class TestDates:
    @pytest.mark.parametrize(
        "parts",
        [
            {},
            {"after": "<p>© Gazette 2019</p>"},
            {"after": "<p>Published in the print edition of 4 March 2019</p>"},
            {"under": '<aside><time datetime="2015-01-01">1 January 2015</time></aside>'},
            {"under": "<figure><figcaption>Port, 3 May 2011</figcaption></figure>"},
            {"under": '<span itemprop="dateModified" content="2026-03-09">9 March</span>'},
            {"head": '<meta property="article:modified_time" content="2026-03-09T00:00:00Z">'},
            {"head": '<meta itemprop="copyrightYear" content="2019">'},
            {"head": '<meta property="og:image" content="https://example.org/2015/01/02/a.jpg">'},
            {"head": '<meta name="description" content="The port on 2018-01-02T10:00:00Z.">'},
            {"head": '<script type="application/ld+json">{"dateModified": "2026-03-09"}</script>'},
            {"headline": "What happened on 4 March 2019 in the port"},
            {"body": f"<p>4 Mar 2019 was a day on which the council met.</p>{BODY}"},
            {"body": BODY[: BODY.index("<p>Nobody")] + f"<h2>4 March 2019</h2>{BODY}"},
            {"body": BODY[: BODY.index("<p>Nobody")] + f"<p><b>4 March 2019</b></p>{BODY}"},
            {"under": "<h2>3 March 2019</h2>"},
        ],
    )
    def test_none_from_sentences_lists_and_the_foot(self, tmp_path, parts):
        assert date_of(tmp_path, page(**parts)) is None

    @pytest.mark.parametrize(
        "head",
        [
            '<meta property="article:published_time" content="2026-03-04T23:15:00-05:00">',
            '<meta name="date" content="2026-03-04">',
            '<meta name="DC.date.issued" content="2026-03-04">',
            '<meta itemprop="datePublished" content="2026-03-04">',
            '<link rel="canonical" href="https://example.org/2026/03/04/council">',
            '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": '
            '"2026-03-09", "datePublished": "2026-03-04T07:00:00+01:00"}</script>',
        ],
    )
    def test_stated(self, tmp_path, head):
        assert date_of(tmp_path, page(head=head, under="<p>5 March 2026</p>")) == "2026-03-04"

    @pytest.mark.parametrize(
        "under",
        [
            "<p>4 March 2026</p>",
            "<p>Wednesday 4 March 2026</p>",
            "<div class=byline>By <a>Ana Lund</a> | March 4, 2026</div>",
            "<p>By Ana Lund, Gazette, 4 March 2026</p>",
            "<p>By Ana Lund<br>4 March 2026 · 5 min read</p>",
            "<div><span>Ana Lund</span><span>Published 4 March 2026 10:15 GMT</span></div>",
            "<p>Updated: 5 March 2026</p><p>Published: 4 March 2026</p>",
            "<p>Published March 4, 2026 | Updated March 5, 2026</p>",
            "<p>First published on Wed 4 Mar 2026 08.30 GMT</p>",
            "<details><summary><span>Wed 4 Mar 2026 08.30 GMT</span></summary>Last modified on "
            "Thu 5 Mar 2026 09.00 GMT</details>",
            "<p>March 4, 2026 10:15 AM UTC</p><p>Updated 2 hours ago</p>",
            '<p>By Ana Lund</p><time datetime="2026-03-04T10:15:00Z">3 hours ago</time>',
            "<time>4 March 2026</time>",
            '<p>Updated <time datetime="2026-03-05">now</time></p>'
            '<p>Published <time datetime="2026-03-04">yesterday</time></p>',
            '<span itemprop="datePublished" content="2026-03-04">yesterday</span>',
            '<time pubdate datetime="2026-03-04">yesterday</time>',
            '<p class="standfirst">The council met for two hours on the quay and went home without '
            "any kind of vote, as ships waited outside the port.</p><p>March 4, 2026</p>",
            "<h2>The council met for two hours</h2><p>March 4, 2026</p>",
            "<p>Von Ana Lund · 4. März 2026, 10:15 Uhr</p>",
            "<p>Publicado el 4 de marzo de 2026</p>",
            "<p>Publié le 4 mars 2026 à 10h15 - Mis à jour le 5 mars 2026</p>",
        ],
    )
    def test_printed_under_the_headline(self, tmp_path, under):
        assert date_of(tmp_path, page(under=under)) == "2026-03-04"

    def test_printed_above_the_headline_in_the_article(self, tmp_path):
        assert date_of(tmp_path, page(above="<p>Politics</p><p>4 March 2026</p>")) == "2026-03-04"

    def test_only_an_update(self, tmp_path):
        assert date_of(tmp_path, page(under="<p>Updated 5 March 2026</p>")) == "2026-03-05"

    def test_a_source_prints_all_its_days_in_one_order(self, tmp_path):
        days = {"1": "03/04/2026", "2": "14/03/2026"}
        files = {f"Gazette/{i}.html": page(under=f"<p>{day}</p>") for i, day in days.items()}
        files["Herald/3.html"] = page(under="<p>03/04/2026</p>")
        with pytest.warns(UserWarning, match=r"could be two .*: Herald/3\.html '03/04/2026'$"):
            found = fl.read(write_folder(tmp_path, files)).documents["date"]
        assert list(found[:2]) == [pd.Timestamp("2026-04-03"), pd.Timestamp("2026-03-14")]

    def test_a_month(self, tmp_path):
        with pytest.warns(UserWarning, match="no day is written"):
            corpus = read(tmp_path, page(under="<p>March 2026</p>"))
        assert corpus.months == ["2026-03"]

    def test_a_manifest_knows_better(self, tmp_path):
        write_folder(tmp_path, {"1.html": page(under="<p>4 March 2026</p>")})
        entry = {"id": "x", "file": "1.html", "source": "Gazette", "date": "2026-03-01"}
        found = fl.read(write_manifest(tmp_path, [entry])).documents["date"]
        assert list(found) == [pd.Timestamp("2026-03-01")]

    def test_a_page_as_deep_as_it_likes(self, tmp_path):
        deep = "<div>" * 5000 + "4 March 2026" + "</div>" * 5000
        assert date_of(tmp_path, page(under=f"<p>5 March 2026</p>{deep}")) == "2026-03-05"


class TestEncodings:
    TEXT = "“The café is closed – for good”, the mayor said."

    def page(self, head=""):
        return page(head=head, body=f"<p>{self.TEXT} Nobody slept until the evening.</p>{BODY}")

    @pytest.mark.parametrize(
        ("head", "encoding"),
        [
            ("", "cp1252"),
            ("", "utf-8"),
            ("", "utf-8-sig"),
            ("", "utf-16"),
            ('<meta charset="iso-8859-1">', "cp1252"),
            ("<meta charset=latin1>", "cp1252"),
            ('<meta charset="windows-1252">', "cp1252"),
            ('<meta http-equiv="Content-Type" content="text/html; charset=macroman">', "mac-roman"),
            ('<meta charset="utf-8">', "utf-8"),
            ('<meta charset="no-such">', "utf-8"),
        ],
    )
    def test_stated_or_not(self, tmp_path, head, encoding):
        corpus = read(tmp_path, self.page(head).encode(encoding))
        assert self.TEXT in corpus.texts[0]
        assert corpus.titles == [HEADLINE]

    def test_bytes_that_windows_leaves_out(self, tmp_path):
        data = self.page().encode("cp1252").replace(b"Nobody", b"Nobody\x81\x9d", 1)
        assert self.TEXT in read(tmp_path, data).texts[0]

    def test_the_caller_tells(self, tmp_path):
        data = self.page('<meta charset="utf-8">').encode("mac-roman")
        assert self.TEXT in read(tmp_path, data, encoding="mac-roman").texts[0]

    def test_what_does_not_fit_is_named(self, tmp_path):
        data = self.page('<meta charset="utf-8">').encode("cp1252")
        with pytest.raises(
            fl.EncodingError, match=r"gazette_1\.html: not UTF-8 .*; errors='replace'"
        ):
            read(tmp_path, data)
        assert "the mayor said" in read(tmp_path, data, errors="replace").texts[0]
        write_folder(tmp_path, {"2.html": self.page()})
        with pytest.warns(UserWarning, match=r"passed over 1 that .*gazette_1\.html: not UTF-8"):
            assert fl.read(tmp_path, on_bad="skip").ids == ["2"]

    def test_pages_without_an_article_are_passed_over(self, tmp_path):
        write_folder(tmp_path, {"1.html": "", "2.html": "<p></p>", "4.htm": page()})
        with pytest.warns(UserWarning, match="passed over 2 that"):
            assert fl.read(tmp_path, on_bad="skip").ids == ["4"]
