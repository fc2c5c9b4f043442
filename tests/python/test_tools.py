"""The checks of the tree can fail: each breach that they exist for is found."""

from __future__ import annotations

from pathlib import Path

import pytest

import check_layers
import check_limits


def write(root: Path, name: str, content: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def test_the_tree_is_in_order(root: Path) -> None:
    assert check_layers.main([str(root)]) == 0


@pytest.mark.parametrize(
    ("name", "content", "breach"),
    [
        (
            "cpp/src/unicode/unicode.cpp",
            '#include "framelens/tokens.hpp"',
            "unicode includes tokens",
        ),
        ("cpp/src/zones/zones.cpp", '#include "framelens/segment.hpp"', "zones includes segment"),
        ("cpp/src/names/join.cpp", '#include "framelens/quotes.hpp"', "names includes quotes"),
        ("cpp/include/framelens/types.hpp", '#include "framelens/error.hpp"', "types includes"),
        ("cpp/src/tokens/tokens.cpp", "#include <unicode/uchar.h>", "ICU"),
        ("cpp/src/framing/framing.cpp", "#include <nlohmann/json.hpp>", "nlohmann"),
        ("cpp/src/counts/counts.cpp", "#include <pybind11/numpy.h>", "pybind11"),
        ("cpp/src/counts/counts.cpp", "#include <Python.h>", "Python"),
        ("cpp/bindings/bind_names.cpp", "#include <unicode/uchar.h>", "ICU"),
        ("cpp/src/strange/strange.cpp", "int x;", "belongs to no room"),
        ("cpp/src/counts/counts.cpp", '#include "framelens/strange.hpp"', "belongs to no room"),
        ("cpp/src/quotes/quotes.cpp", '#include "src/names/forms.hpp"', "or to one alone"),
        ("cpp/src/quotes/quotes.cpp", '#include "../names/forms.hpp"', "or to one alone"),
        ("cpp/src/weights/weights.cpp", "#include <immintrin.h>", "immintrin"),
        ("python/framelens/corpus.py", "from framelens.reading import read", "imports reading"),
        ("python/framelens/plots.py", "import framelens.results", "imports results"),
        ("python/framelens/plots.py", "from framelens import cli", "imports cli"),
        ("python/framelens/plots.py", "from . import cli", "imports cli"),
        ("python/framelens/plots.py", "def f():\n    from .cli import main", "imports cli"),
        ("python/framelens/plots/scores.py", "from .. import cli", "plots/scores.py: imports cli"),
        ("python/framelens/strange.py", "", "belongs to no line"),
    ],
)
def test_a_breach_of_the_layers_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, breach: str
) -> None:
    write(tmp_path, name, content)
    assert check_layers.main([str(tmp_path)]) == 1
    assert breach in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cpp/src/tokens/tokens.cpp", '#include "framelens/unicode.hpp"\n#include <vector>'),
        ("cpp/src/unicode/fold.cpp", "#include <unicode/normalizer2.h>"),
        ("cpp/src/weights/weights.cpp", '#include "kernels/machine.hpp"'),
        ("cpp/bindings/bind_names.cpp", '#include "framelens/names.hpp"'),
        ("python/framelens/cli.py", "from framelens.report import report\nimport framelens"),
        ("python/framelens/plots/scores.py", "from .canvas import BLUE\nfrom . import cli"),
        (
            "python/framelens/plots.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from framelens import cli",
        ),
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path, name, content)
    assert check_layers.main([str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("name", "content", "breach"),
    [
        ("cpp/include/framelens/x.hpp", "//\n" * 201, "201 lines, at most 200"),
        ("cpp/src/x.cpp", "//\n" * 401, "401 lines, at most 400"),
        ("cpp/bindings/module.cpp", "//\n" * 41, "41 lines, at most 40"),
        ("python/framelens/x.py", '"""X."""\n' + "x = 1\n" * 401, "401 lines without docstrings"),
        ("cpp/src/x.cpp", "int f(int a) {\n" + "    ++a;\n" * 49 + "}\n", "a function of 51"),
        (
            "cpp/src/x.cpp",
            "class A {\n    int f(int a,\n          int b) const {\n"
            + "        ++a;\n" * 48
            + "    }\n};\n",
            "x.cpp:2: a function of 51",
        ),
    ],
)
def test_a_breach_of_the_limits_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, breach: str
) -> None:
    write(tmp_path, name, content)
    assert check_limits.main([str(tmp_path)]) == 1
    assert breach in capsys.readouterr().out


def test_what_is_short_passes(tmp_path: Path) -> None:
    body = "    ++a;\n" * 48
    code = f"namespace a {{\n{'int b;' * 60}\nint f(int a) {{\n{body}}}\nint g() {{\n}}\n}}\n"
    write(tmp_path, "cpp/src/x.cpp", code)
    write(tmp_path, "python/framelens/x.py", '"""' + "x\n" * 99 + '"""\n' + "x = 1\n" * 400)
    assert check_limits.main([str(tmp_path)]) == 0
