"""A wheel carries all that it needs, and reads what a build from source reads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

MEGABYTES = 5.5
# What every Linux with Python and the wheel's own tag has.
OF_THE_SYSTEM = r"linux-vdso|lib(c|m|dl|pthread|rt|gcc_s|stdc\+\+)\.so|/lib(64)?/ld-linux"

WORDS = {
    "zh": {"总统", "记者", "谈判", "罢工", "首都", "外国"},
    "zh-Hant": {"總統", "記者", "談判", "首都"},
    "ja": {"大統領", "昨日", "首都", "外国", "交渉"},
    "th": {"ประธานาธิบดี", "ประเทศ", "เมือง", "ข่าว"},
    "lo": {"ປະເທດ", "ຂ່າວ"},
    "km": {"ប្រធានាធិបតី", "បរទេស"},
    "my": {"သမ္မတ", "နိုင်ငံခြား"},
}


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_it_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= MEGABYTES * 1e6


@pytest.mark.skipif(sys.platform != "linux", reason="auditwheel reads wheels of Linux")
def test_auditwheel_finds_nothing_that_is_missing(wheel: Path) -> None:
    pytest.importorskip("auditwheel")
    command = [sys.executable, "-m", "auditwheel", "show", str(wheel)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text = " ".join(shown.split())
    tags = re.search(r"-(manylinux_2_\d+_\w+?)(\.manylinux\w+)*\.whl$", wheel.name)
    assert tags, "no tag of manylinux: the wheel is not repaired"
    assert f'consistent with the following platform tag: "{tags[1]}"' in text
    assert "external shared libraries are required" not in text


def test_it_has_the_licences_of_what_is_in_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        folder = metadata.removesuffix("METADATA") + "licenses/"
        listed = re.findall(r"^License-File: (.+)$", archive.read(metadata).decode(), re.MULTILINE)
        texts = {name: archive.read(folder + name).decode() for name in listed}
    assert "Apache License" in texts["LICENSE"]
    assert "UNICODE" in texts["ICU-LICENSE.txt"]
    assert "Mozilla Public License" in texts["licenses/Eigen.txt"]
    assert "Niels Lohmann" in texts["licenses/nlohmann-json.txt"]
    assert "Wenzel Jakob" in texts["licenses/pybind11.txt"]


def test_it_has_the_package_and_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert len(tops) == 3
    assert all(re.match(r"framelens(\.libs|-[\d.]+\.dist-info)?$", top) for top in tops)
    strange = [name for name in names(wheel) if re.search(r"\.(cpp|hpp|a|dat)$|__pycache__", name)]
    assert strange == []
    assert {"framelens/py.typed", "framelens/templates/report.css"} <= set(names(wheel))


@pytest.mark.skipif(sys.platform != "linux", reason="reads what ldd prints")
def test_it_links_nothing_but_its_own_and_the_system_s(environment: Any) -> None:
    (module,) = environment.folder.rglob("framelens/_core.*.so")
    for line in environment.run("ldd", module).splitlines():
        own = re.search(r"=> (/\S+framelens\.libs/)", line)
        assert own or re.match(rf"\s*({OF_THE_SYSTEM})", line), line


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_its_icu_is_its_own(found: dict[str, Any]) -> None:
    # The probe has imported pandas, pyarrow and scikit-learn before framelens.
    assert "site-packages/framelens/" in found["package"]
    assert {Path(path).name.split("-")[0] for path in found["libraries"]} == {
        "libicudata",
        "libicuuc",
    }
    assert all("/framelens.libs/" in path for path in found["libraries"])


def test_the_system_s_icu_is_hidden(hidden: list[str], found_by_source_build: Any) -> None:
    command = [*hidden, sys.executable, "-c", "from framelens import _core"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "libicuuc" in done.stderr


@pytest.mark.parametrize("language", WORDS)
def test_words_without_spaces_are_found(found: dict[str, Any], language: str) -> None:
    assert found["words"][language].keys() >= WORDS[language]


@pytest.mark.parametrize(
    "part", ["words", "words by locale", "folds", "invented", "demo", "refused"]
)
def test_it_reads_what_the_build_from_source_reads(
    found: dict[str, Any], found_by_source_build: dict[str, Any], part: str
) -> None:
    assert found[part] == found_by_source_build[part]


def test_the_demo_runs(environment: Any, tmp_path: Path) -> None:
    printed = environment.run(
        environment.python.with_name("framelens"), "demo", "-o", "report.html", cwd=tmp_path
    )
    assert "What each source calls Tomás Beláriz" in printed
    assert (tmp_path / "report.html").stat().st_size > 50_000


def test_a_table_and_a_figure_come_out(environment: Any, tmp_path: Path) -> None:
    code = """
import json
import framelens as fl
corpus = fl.demo()
fl.similarity(corpus).plot().figure.savefig("alike.png")
print(json.dumps(sorted(fl.quotes(corpus).frame.kind.unique())))
"""
    printed = environment.run(environment.python, "-c", code, cwd=tmp_path)
    assert "direct" in json.loads(printed)
    assert (tmp_path / "alike.png").exists()
