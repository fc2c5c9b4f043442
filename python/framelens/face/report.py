"""One HTML file with everything: tables, figures, evidence and the marked-up articles."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from framelens import plots
from framelens.base.writing import check_output, write_whole
from framelens.corpus.access import unwrapped_texts
from framelens.corpus.corpus import Corpus, check_corpus, check_zones
from framelens.face.bounded import MOST_ROWS, bounded, csv_link, csv_of_more, main_sources
from framelens.face.contrasts import drawn, keyness_section, records, similarity_section
from framelens.face.findings import Findings, findings
from framelens.face.show import STYLE, article_html, label_anchor, legend_html
from framelens.facts.facts import dates, figures
from framelens.labels.actors import actors
from framelens.labels.framing import Framing, framing
from framelens.labels.namings import Namings, Part, Voice, as_targets, namings, voice_of
from framelens.speech.quotes import quotes

if TYPE_CHECKING:
    from framelens.speech.variants import Variants

__all__ = ["report"]

SCORED_ZONES = ("headline", "subhead", "body")
_VOICES: tuple[Voice, ...] = ("own", "reported", "quoted")
_CONTEXT = 48
_MAX_DISCREPANCIES = 20
_MAX_EVIDENCE = 60
_MAX_LINKS = 4
_MAX_ACTORS = 30
_SUFFIXES = (".html", ".htm", ".xhtml", "")


def report(
    corpus: Corpus,
    path: str | os.PathLike[str],
    *,
    targets: Iterable[Any] | None = None,
    axis: Any = "legitimacy",
    title: str | None = None,
    max_articles: int | None = 60,
) -> Path:
    """Write a report as one HTML file that works offline and runs no script.

    Parameters
    ----------
    corpus : Corpus
    path : path
        Where to write (``.html``); folders that are missing are made, a file that is there is
        replaced as a whole.
    targets : str, Target, or an iterable of them, optional
        Whose labels to count. Without any, the report has no labels and no scores, and lists whom
        it could be asked about.
    axis : str, path or dict
        The lexicon that gives labels their poles.
    title : str, optional
        The heading; by default the corpus' event, if it has just one.
    max_articles : int, optional
        How many articles to print; None is all. The tables always cover all.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ValueError
        A corpus without documents, a suffix of another format, or what :func:`framelens.framing`
        refuses.
    OSError
        A path that cannot be written, refused before the work; a full disk, after which an old
        report is still whole.

    See Also
    --------
    framing : The scores and their evidence.
    Corpus.show : One article, marked up.

    Examples
    --------
    >>> import tempfile
    >>> import framelens as fl
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     fl.report(fl.demo(), folder + "/report.html").name
    'report.html'
    """
    check_corpus(corpus, "report")
    if not len(corpus):
        raise ValueError("the corpus has no documents to report on")
    if max_articles is not None and max_articles < 0:
        raise ValueError(f"max_articles is None or a count, not {max_articles}")
    file = check_report_path(path)
    environment = Environment(
        loader=PackageLoader("framelens"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html.j2").render(
        **_context(
            corpus, None if targets is None else as_targets(targets), axis, title, max_articles
        )
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, page)
    return Path(path)


def check_report_path(path: str | os.PathLike[str]) -> Path:
    """Return the file that `path` means; refuse one that no page can be written to."""
    suffix = Path(path).suffix
    if suffix.lower() not in _SUFFIXES:
        raise ValueError(f"{os.fspath(path)}: a report is a page; name it .html, not {suffix}")
    return check_output(path, make_folders=True)


def _context(
    corpus: Corpus, targets: list[Any] | None, axis: Any, title: str | None, limit: int | None
) -> dict[str, Any]:
    said = quotes(corpus)
    shown = corpus.ids if limit is None else corpus.ids[:limit]
    variants = said.variants()
    differing = {"figures": figures(corpus).discrepancies(), "dates": dates(corpus).discrepancies()}
    context: dict[str, Any] = {
        "title": title or _title(corpus),
        "style": Markup(STYLE),
        "sources": len(corpus.sources),
        "main": len(main_sources(corpus)),
        "overview": corpus.overview().head(MOST_ROWS),
        "overview_csv": csv_of_more(corpus.overview(), MOST_ROWS),
        "documents": _documents(corpus, set(shown)),
        "listed": max(len(shown), MOST_ROWS),
        "documents_csv": csv_of_more(
            corpus.documents[["id", "source", "date", "words"]], max(len(shown), MOST_ROWS)
        ),
        "has_titles": bool(corpus.documents["title"].notna().any()),
        "has_dates": bool(corpus.documents["date"].notna().any()),
        "similarity": similarity_section(corpus),
        "keyness": keyness_section(corpus),
        "speakers": bounded(_speakers(said.frame, corpus), 1),
        "variants": _variants(variants),
        **_discrepancies(differing),
        "verbs": bounded(_verbs(said.verbs(), corpus), 2),
        "versions": _versions(),
        "left_out": len(corpus) - len(shown),
        "targets": [],
        "axis": None,
        "actors": None if targets is not None else actors(corpus).frame.head(_MAX_ACTORS),
    }
    evidence: pd.DataFrame | None = None
    poles: tuple[str, ...] = ()
    names: list[str] = []
    scored = None
    if targets is not None:
        everywhere = framing(corpus, targets=targets, axis=axis, zones="all")
        scored = framing(corpus, targets=targets, axis=axis, zones=SCORED_ZONES)
        named = namings(corpus, targets=targets)
        evidence, poles, names = everywhere.evidence, everywhere.poles, named.targets
        context["axis"] = {"name": everywhere.axis, "poles": poles}
    found = findings(scored, said, variants, differing)
    if scored is not None and evidence is not None:
        context["targets"] = [
            _target(corpus, name, named, scored, found, evidence, set(shown)) for name in names
        ]
    context["findings"] = _stated(found, names, context["documents"])
    context["tested"] = found.note
    context["legend"] = Markup(legend_html(poles, names))
    context["articles"] = [
        {
            **document,
            "html": Markup(
                article_html(corpus, document["id"], said.frame, evidence, poles=poles, names=names)
            ),
        }
        for document in context["documents"]
        if document["anchor"]
    ]
    return context


def _stated(
    found: Findings, names: list[str], documents: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    # With where its evidence stands: a section, and articles that are printed.
    anchors = {row["id"]: row["anchor"] for row in documents if row["anchor"]}
    sections = {"conflict": "disagree", "alone": "quotations"}
    return [
        {
            "sentence": row["sentence"],
            "section": sections.get(row["kind"]) or f"target-{names.index(row['target']) + 1}",
            "articles": [(doc, anchors[doc]) for doc in row["docs"] if doc in anchors][:_MAX_LINKS],
        }
        for row in records(found.frame[found.frame["stated"].astype(bool)])
    ]


def _variants(found: Variants) -> dict[str, Any] | None:
    if not len(found.frame):
        return None
    counts = found.drift().drop(columns=["share", "similarity"])
    return {"html": Markup(found.show().html), "drift": bounded(counts, 1)}


def _discrepancies(differing: dict[str, pd.DataFrame]) -> dict[str, Any]:
    # The two that matter most, then the two behind them: neither hides the other.
    found = pd.concat([table.assign(place=range(len(table))) for table in differing.values()])
    rows = records(found.sort_values("place", kind="stable").drop(columns="place"))
    more = max(len(rows) - _MAX_DISCREPANCIES, 0)
    return {"discrepancies": rows[:_MAX_DISCREPANCIES], "more_discrepancies": more}


def _title(corpus: Corpus) -> str:
    events = set(corpus.documents["event"].dropna())
    if len(events) == 1:
        return str(events.pop())
    return f"How {len(corpus.sources)} sources frame the news"


def _documents(corpus: Corpus, shown: set[str]) -> list[dict[str, Any]]:
    rows = records(corpus.documents)
    return [
        {
            **row,
            "date": "" if pd.isna(row["date"]) else row["date"].date().isoformat(),
            "anchor": f"article-{position}" if row["id"] in shown else None,
        }
        for position, row in enumerate(rows)
    ]


def _target(
    corpus: Corpus,
    name: str,
    named: Namings,
    scored: Framing,
    found: Findings,
    evidence: pd.DataFrame,
    shown: set[str],
) -> dict[str, Any]:
    others: list[tuple[str, Voice, Part]] = [
        ("reported", "reported", "text"), ("quoted", "quoted", "text"),
        ("headlines", "own", "headline"),
    ]  # fmt: skip
    main = main_sources(corpus)
    table = _of(main, named.table(target=name, part="text"))
    beside = {
        other: _of(main, named.table(target=name, voice=voice, part=part))
        for other, voice, part in others
    }
    every = scored.scores[scored.scores["target"] == name]
    scores = every[every["source"].isin(main)]
    pooled = scores[scores["object"] == "all"]
    bars = forest = None
    if len(table) or any(map(len, beside.values())):
        bars = drawn(
            "naming_bars",
            table,
            lambda ax: plots.naming_bars(
                table, ax=ax, title=f"Own voice: labels of {name}", beside=beside
            ),
        )
    if len(scored.poles) > 1 and len(pooled):
        poles = (scored.poles[0], scored.poles[1])
        heading = f"From {poles[1]} to {poles[0]}"
        forest = drawn(
            "forest", pooled, lambda ax: plots.forest(pooled, poles=poles, ax=ax, title=heading)
        )
    rows = evidence[evidence["target"] == name]
    return {
        "name": name,
        "namings": bounded(naming_table(named, name), 3),
        "bars": bars,
        "forest": forest,
        "note": _note(scores),
        "findings": found.of(name)["sentence"].tolist(),
        "scores": _score_rows(scores, scored.poles),
        "scores_csv": csv_link(_own_of_all(every)) if len(scores) < len(every) else None,
        "evidence": [_evidence_row(corpus, row, shown) for row in records(rows[:_MAX_EVIDENCE])],
        "labels": len(rows),
        "evidence_csv": csv_of_more(rows, _MAX_EVIDENCE),
    }


def _of(main: list[str], table: pd.DataFrame) -> pd.DataFrame:
    kept = table[[source for source in table.columns if source in main]]
    return kept[(kept != 0).any(axis=1)]


def _own_of_all(scores: pd.DataFrame) -> pd.DataFrame:
    own = (scores["voice"] == "own") & (scores["object"] == "all") & (scores["part"] == "text")
    return scores[own].drop(columns=["voice", "object", "part"])


def _note(scores: pd.DataFrame) -> str | None:
    notes = scores["note"].dropna()
    return str(notes.iloc[0]) if len(notes) else None


def naming_table(named: Namings, target: str) -> pd.DataFrame:
    """Return what each source calls `target`: terms, voices and parts by sources, commonest first.

    Parameters
    ----------
    named : Namings
    target : str
        One of its targets.

    Returns
    -------
    pandas.DataFrame
        Columns label, voice (``own``, ``reported``, ``quoted``) and part (``text``, then
        ``headline``), then one a source.

    Examples
    --------
    >>> import framelens as fl
    >>> from framelens.face.report import naming_table
    >>> rows = [{"source": "Gazette", "text": "President Ada Moore spoke on Monday."}]
    >>> naming_table(fl.namings(fl.read(rows), targets=["Ada Moore"]), "Ada Moore")
           label voice  part  Gazette
    0  president   own  text        1
    """
    parts: tuple[Part, ...] = ("text", "headline")
    rows = [
        {"label": term, "voice": voice, "part": part, **table.loc[term].to_dict()}
        for voice in _VOICES
        for part in parts
        for table in [named.table(target=target, voice=voice, part=part)]
        for term in table.index
    ]
    place = {term: i for i, term in enumerate(named.table(target=target, voice="all").index)}
    rows.sort(key=lambda row: place[row["label"]])
    return pd.DataFrame(rows, columns=["label", "voice", "part", *named.sources])


def _score_rows(scores: pd.DataFrame, poles: tuple[str, ...]) -> list[dict[str, Any]]:
    # One row a source, voice and object: of the text, with the labels of headlines beside it.
    labels = [f"n_{pole}" for pole in (*poles, "neutral")]
    keys = ["source", "voice", "object"]
    headlines = scores[scores["part"] == "headline"].set_index(keys)[labels]
    rows = []
    for row in records(scores[scores["part"] == "text"]):
        counts = [int(row[name]) for name in labels]
        in_headlines = headlines.loc[tuple(row[key] for key in keys)].astype(int).tolist()
        some = sum(counts) + sum(in_headlines) > 0
        by_object = row["object"] != "all"
        if row["voice"] == "all" or (row["voice"] != "own" and (by_object or not some)):
            continue
        if by_object and not some:
            continue
        beside = " : ".join(map(str, in_headlines)) if sum(in_headlines) else ""
        rows.append({
            **row, "counts": counts, "headlines": beside, "by_object": by_object,
            "shares": [row.get(f"share_{pole}") for pole in poles],
            "unresolved": sum(int(row[f"n_unresolved_{pole}"]) for pole in poles),
        })  # fmt: skip
    order = {"all": 0, "person": 1, "institution": 2}
    first = {source: place for place, source in enumerate(dict.fromkeys(scores["source"]))}
    rows.sort(
        key=lambda row: (first[row["source"]], _VOICES.index(row["voice"]), order[row["object"]])
    )
    of_source = pd.Series([row["source"] for row in rows], dtype=object).value_counts()
    seen: set[str] = set()
    for row in rows:
        # How many rows the source's name stands beside: written at the first of them.
        row["rows"] = 0 if row["source"] in seen else int(of_source[row["source"]])
        seen.add(row["source"])
    return rows


def _evidence_row(corpus: Corpus, row: dict[str, Any], shown: set[str]) -> dict[str, Any]:
    position = corpus.position_of(row["doc"])
    text, start, end = unwrapped_texts(corpus)[position], int(row["start"]), int(row["end"])
    before, after = _around(text, start, end)
    counted = row["zone"] in check_zones(SCORED_ZONES) and pd.isna(row["distance"])
    return {
        **{key: None if _is_missing(value) else value for key, value in row.items()},
        "before": before,
        "printed": text[start:end],
        "after": after,
        "voice": voice_of(pd.DataFrame([row])).iloc[0],
        "anchor": label_anchor(position, start) if row["doc"] in shown else None,
        "counted": counted,
    }


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    # The words of the line around a label, whole, with an ellipsis where the line goes on.
    before = text[max(0, start - _CONTEXT - 1) : start].rpartition("\n")[2]
    after = text[end : end + _CONTEXT + 1].partition("\n")[0]
    if len(before) > _CONTEXT:
        kept = before[-_CONTEXT:]
        before = "… " + kept[kept.find(" ") + 1 :].lstrip()
    if len(after) > _CONTEXT:
        kept = after[:_CONTEXT]
        after = (kept[: kept.rfind(" ")] if " " in kept else kept).rstrip() + " …"
    return before, after


def _is_missing(value: Any) -> bool:
    return not isinstance(value, list | tuple) and bool(pd.isna(value))


def _speakers(frame: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    spoken = frame[frame["kind"].isin(["direct", "partial"])]
    spoken = spoken.assign(speaker=spoken["speaker"].fillna("(unknown)"))
    table = spoken.groupby(["speaker", "source"]).size().unstack("source", fill_value=0)
    table = table.reindex(columns=pd.Index(corpus.sources), fill_value=0)
    order = sorted(table.index, key=lambda speaker: (-table.loc[speaker].sum(), speaker))
    return table.loc[order].reset_index()


def _verbs(counts: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    table = counts.pivot_table(
        index=["lemma", "stance"], columns="source", values="count", aggfunc="sum", fill_value=0
    )
    table = table.reindex(columns=pd.Index(corpus.sources), fill_value=0)
    order = sorted(table.index, key=lambda key: (-table.loc[key].sum(), key))
    return table.loc[order].rename_axis(["verb", "stance"]).reset_index()


def _versions() -> list[tuple[str, str]]:
    packages = ("framelens", "numpy", "scipy", "pandas", "matplotlib")
    return [
        *((name, version(name)) for name in packages),
        ("Python", platform.python_version()),
    ]
