"""The command line: ``framelens demo`` and ``framelens report``."""

from __future__ import annotations

import sys
import textwrap
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pandas as pd

    from framelens.corpus import Corpus

__all__ = ["main"]

_PROGRAM = "framelens"
_COLUMN = 14

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

    What the user got wrong is one line on standard error and exit code 2.
    """
    warnings.showwarning = _show_warning
    try:
        code = app(args=None if arguments is None else list(arguments), standalone_mode=False)
    except _UsageProblem as problem:
        code = _complain(problem.format_message())
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except OSError as error:
        named = error.strerror and error.filename
        code = _complain(f"{error.filename}: {error.strerror}" if named else str(error))
    except (ValueError, ImportError) as error:
        code = _complain(str(error))
    sys.exit(code if isinstance(code, int) else 0)


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
    from framelens.demo import TARGETS
    from framelens.report import check_report_path

    check_report_path(output)
    corpus = fl.demo()
    _print_tables(corpus, list(TARGETS))
    _write(corpus, output, list(TARGETS), "legitimacy")


@app.command()
def report(
    path: Annotated[
        Path, typer.Argument(help="A folder, or a .txt, .html, .jsonl, .csv, .parquet file.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="PATH", help="Where to write the report.")
    ],
    target: Annotated[
        list[str] | None, typer.Option("--target", help="Whose labels to count; may be repeated.")
    ] = None,
    axis: Annotated[
        str, typer.Option(help="A shipped axis, or the path of a lexicon.")
    ] = "legitimacy",
) -> None:
    """Write a report on the articles at PATH as one HTML file."""
    import framelens as fl
    from framelens.report import check_report_path

    check_report_path(output)
    corpus = fl.read(path, progress=sys.stderr.isatty())
    _write(corpus, output, target or None, axis)


lexicon_app = typer.Typer(help="Lexicons of one's own.", no_args_is_help=True)
app.add_typer(lexicon_app, name="lexicon")


@lexicon_app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A lexicon as a JSON file.")],
) -> None:
    """Check the lexicon at PATH; what is wrong is told with its place in the file."""
    from framelens import lexicons

    found = lexicons.load(path)
    counts = [(pole, sum(term["pole"] == pole for term in found.terms)) for pole in found.poles]
    told = ", ".join(f"{count} {pole}" for pole, count in counts)
    print(f"{path}: axis {found.axis!r}, language {found.language}, {told}, of {len(found.terms)}")


def _write(corpus: Corpus, output: str, targets: list[Any] | None, axis: str) -> None:
    import framelens as fl

    print(f"report: {fl.report(corpus, output, targets=targets, axis=axis)}")


def _print_tables(corpus: Corpus, targets: list[Any]) -> None:
    import framelens as fl
    from framelens.report import naming_table

    print(f"{len(corpus)} articles by {len(corpus.sources)} sources\n")
    print("How alike the sources write (cosine similarity, 1 = same words in same proportions)\n")
    matrix = fl.similarity(corpus).matrix
    print(_aligned(matrix.rename_axis("source").reset_index(), words=1))
    named = fl.namings(corpus, targets=targets)
    for name in named.targets:
        print(f"\nWhat each source calls {name} (own voice, reported speech, quotations)\n")
        print(_aligned(naming_table(named, name), words=2))
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


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}" if value == value else "–"
    return "." if value == 0 else str(value)
