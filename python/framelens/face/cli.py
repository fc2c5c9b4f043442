"""The command line: ``framelens demo``, ``report``, ``actors``, ``tables``, ``show``."""

from __future__ import annotations

import io
import sys
import textwrap
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    import pandas as pd

    from framelens.corpus.corpus import Corpus

__all__ = ["main"]

_PROGRAM = "framelens"
_COLUMN = 14
_WIDTH = 96
_BRIEF = 34  # characters of a text in a list

app = typer.Typer(
    name=_PROGRAM,
    help="How news outlets frame the same story.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
# The base of every usage error, wherever this version of typer keeps it.
_UsageProblem: Any = typer.BadParameter.__mro__[2]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    A wrong call is told with the command's usage, what else the user got wrong in one line, both on
    standard error with exit code 2.
    """
    warnings.showwarning = _show_warning
    _print_whatever_the_terminal_knows()
    try:
        code = app(
            args=None if arguments is None else list(arguments),
            prog_name=_PROGRAM,
            standalone_mode=False,
        )
    except _UsageProblem as problem:
        code = _tell_usage(problem)
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except OSError as error:
        named = error.strerror and error.filename
        code = _complain(f"{error.filename}: {error.strerror}" if named else str(error))
    except (ValueError, ImportError) as error:
        code = _complain(str(error))
    sys.exit(code if isinstance(code, int) else 0)


def _print_whatever_the_terminal_knows() -> None:
    # A terminal without a letter shows "?" for it; the files that are written are UTF-8 anyway.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _tell_usage(problem: Any) -> int:
    if problem.ctx is None:
        return _complain(problem.format_message())
    context = problem.ctx
    # A command that needs a word more and got none: its help is the message.
    if problem.format_message() == context.get_help():
        print(context.get_help(), file=sys.stderr)
        return 2
    _complain(problem.format_message())
    print(context.get_usage(), file=sys.stderr)
    print(f"Try '{context.command_path} --help'.", file=sys.stderr)
    return 2


def _complain(message: str) -> int:
    line = " ".join(message.split())
    print(f"{_PROGRAM}: {line}", file=sys.stderr)
    return 2


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    print(f"{_PROGRAM}: {' '.join(str(message).split())}", file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"{_PROGRAM} {version(_PROGRAM)}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """How news outlets frame the same story."""


@app.command()
def demo(
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PATH", help="Where to write the report.")
    ] = "build/demo/report.html",
) -> None:
    """Read the demo corpus, print its tables and write a report."""
    import framelens as fl
    from framelens.face.demo import TARGETS
    from framelens.face.report import check_report_path

    check_report_path(output)
    corpus = fl.demo()
    _print_tables(corpus, list(TARGETS))
    _write(corpus, output, list(TARGETS), "legitimacy")


_Source = Annotated[
    Path,
    typer.Argument(
        metavar="ARTICLES",
        help="A folder, or a file: .txt, .html, .csv, .tsv, .jsonl, .json, .parquet.",
        show_default=False,
    ),
]
_Targets = Annotated[
    list[str] | None,
    typer.Option("--target", metavar="NAME", help="Whose labels to count; may be repeated."),
]
_Axis = Annotated[
    str, typer.Option(metavar="AXIS", help="A shipped axis, or the path of a lexicon.")
]
_Language = Annotated[
    str,
    typer.Option(
        metavar="LANGUAGE",
        help="Language of the articles, such as en, es, de, or the path of one's own.",
    ),
]
_Title = Annotated[
    str | None, typer.Option("--title", metavar="COLUMN", help="Column that holds the titles.")
]
_Date = Annotated[
    str | None, typer.Option("--date", metavar="COLUMN", help="Column that holds the dates.")
]
_Event = Annotated[
    str | None, typer.Option("--event", metavar="COLUMN", help="Column that holds the events.")
]


@app.command()
def report(
    path: _Source,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PATH", help="Where to write the report.")
    ],
    target: _Targets = None,
    axis: _Axis = "legitimacy",
    language: _Language = "en",
    title: _Title = None,
    date: _Date = None,
    event: _Event = None,
    max_articles: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many articles to print in full.")
    ] = 60,
) -> None:
    """Write a report on the articles as one HTML file."""
    from framelens.face.report import check_report_path

    check_report_path(output)
    corpus = _read(path, language=language, title=title, date=date, event=event)
    _write(corpus, output, target or None, axis, max_articles)


@app.command()
def actors(
    path: _Source,
    kind: Annotated[
        Literal["person", "organisation", "group", "nation", "all"],
        typer.Option(help="Whom to list."),
    ] = "person",
    most: Annotated[int, typer.Option(min=1, metavar="N", help="How many to list.")] = 50,
    language: _Language = "en",
    title: _Title = None,
    date: _Date = None,
    event: _Event = None,
) -> None:
    """List who is in the articles: whom a target may be."""
    import framelens as fl

    corpus = _read(path, language=language, title=title, date=date, event=event)
    found = fl.actors(corpus, kind=kind).frame
    shown = found.head(most).drop(columns=["kind"] if kind != "all" else [])
    print(_aligned(shown.map(_brief), words=list(shown.columns).index("sources")))
    if len(found) > most:
        print(f"{len(found) - most:,} more: --most {len(found)}")


@app.command()
def tables(
    path: _Source,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the tables.")
    ],
    format: Annotated[
        Literal["csv", "parquet"], typer.Option(help="The format of the files.")
    ] = "csv",
    target: _Targets = None,
    axis: _Axis = "legitimacy",
    language: _Language = "en",
    title: _Title = None,
    date: _Date = None,
    event: _Event = None,
) -> None:
    """Write every table of the articles into a folder, a file each."""
    from framelens.face.tables import write_tables

    corpus = _read(path, language=language, title=title, date=date, event=event)
    written = write_tables(corpus, output, format=format, targets=target or None, axis=axis)
    for file, rows in written:
        print(f"{file}: {rows} {'row' if rows == 1 else 'rows'}")


@app.command()
def show(
    path: _Source,
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of the article.")],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="PATH", help="Write it as a page, marked up."),
    ] = None,
    target: _Targets = None,
    axis: _Axis = "legitimacy",
    language: _Language = "en",
) -> None:
    """Show one article: zones, quotations and labels."""
    from framelens.base.writing import write_whole
    from framelens.face.report import check_report_path
    from framelens.face.show import as_page, as_text

    file = None if output is None else check_report_path(output)
    corpus = _read(path, language=language)
    if file is None:
        print(as_text(corpus, id, targets=target or None, axis=axis))
        return
    page = as_page(corpus.show(id, targets=target or None, axis=axis))
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, page)
    print(f"article: {output}")


def _read(path: Path, **options: str | None) -> Corpus:
    import framelens as fl

    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    return fl.read(path, progress=sys.stderr.isatty(), **given)


lexicon_app = typer.Typer(help="Lexicons of one's own.", no_args_is_help=True)
app.add_typer(lexicon_app, name="lexicon")


@lexicon_app.command()
def check(
    path: Annotated[Path, typer.Argument(metavar="LEXICON", help="A lexicon as a JSON file.")],
) -> None:
    """Check a lexicon; what is wrong is told with its place."""
    from framelens.base import lexicons

    found = lexicons.load(path)
    counts = [(pole, sum(term["pole"] == pole for term in found.terms)) for pole in found.poles]
    told = ", ".join(f"{count} {pole}" for pole, count in counts)
    print(f"{path}: axis {found.axis!r}, language {found.language}, {told}, of {len(found.terms)}")


def _write(
    corpus: Corpus,
    output: str,
    targets: list[Any] | None,
    axis: str,
    max_articles: int | None = None,
) -> None:
    import framelens as fl

    path = fl.report(corpus, output, targets=targets, axis=axis, max_articles=max_articles)
    print(f"report: {path}")


def _print_tables(corpus: Corpus, targets: list[Any]) -> None:
    import framelens as fl
    from framelens.face.report import naming_table

    print(f"{len(corpus)} articles by {len(corpus.sources)} sources\n")
    print("How alike the sources write\n")
    alike = fl.similarity(corpus)
    print(textwrap.fill(alike.words(), _WIDTH) + "\n")
    print(_aligned(alike.matrix.rename_axis("source").reset_index(), words=1))
    named = fl.namings(corpus, targets=targets)
    for name in named.targets:
        print(f"\nWhat each source calls {name} (own voice, reported speech, quotations)\n")
        print(_aligned(naming_table(named, name), words=3))
    print()


def _aligned(frame: pd.DataFrame, words: int) -> str:
    # The first `words` columns are text; long headings are broken into lines.
    cells = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    heads = [textwrap.wrap(str(name), _COLUMN) or [""] for name in frame.columns]
    depth = max(len(lines) for lines in heads)
    table = [
        *([lines[i - depth + len(lines)] if i >= depth - len(lines) else "" for lines in heads]
          for i in range(depth)),
        *cells,
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in table) for column in range(len(heads))]
    lines = [
        "  ".join(
            cell.ljust(width) if column < words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    ]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([*lines[:depth], rule, *lines[depth:]])


def _brief(cell: object) -> object:
    # The commonest forms say enough on a terminal.
    if not isinstance(cell, str):
        return "" if cell is None else cell
    return textwrap.shorten(cell, _BRIEF, placeholder=" …")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value == value else "–"
    return "." if value == 0 else str(value)
