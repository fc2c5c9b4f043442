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
        ("python/framelens/base/spans.py", "from framelens.corpus import x", "imports corpus"),
        ("python/framelens/plots/x.py", "import framelens.labels.framing", "imports labels"),
        ("python/framelens/plots/x.py", "from framelens import face", "imports face"),
        ("python/framelens/plots/x.py", "def f():\n    from framelens.face.cli import y", "face"),
        ("python/framelens/corpus/corpus.py", "from framelens.face.show import x", "imports face"),
        (
            "python/framelens/corpus/corpus.py",
            "def f():\n    import framelens.facts",
            "imports facts",
        ),
        ("python/framelens/strange.py", "", "belongs to no package"),
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
        ("python/framelens/face/cli.py", "from framelens.face.report import x\nimport framelens"),
        ("python/framelens/plots/scores.py", "from .canvas import BLUE"),
        ("python/framelens/corpus/corpus.py", "def f():\n    from framelens.face import show"),
        (
            "python/framelens/plots/x.py",
            "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from framelens.face import cli",
        ),
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path, name, content)
    assert check_layers.main([str(tmp_path)]) == 0


def test_a_circle_of_modules_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, other in [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]:
        content = f"from framelens.base.{other} import x"
        write(tmp_path, f"python/framelens/base/{name}.py", content)
    assert check_layers.main([str(tmp_path)]) == 1
    assert "circle base.a > base.b > base.c > base.a" in capsys.readouterr().out


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
