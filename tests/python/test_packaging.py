"""What installs, builds and releases the package: versions, workflows, missing libraries."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import check_release
import find_pythons
import trim_icu


def release_files(folder: Path, version: str, citation: str, heading: str) -> Path:
    (folder / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n')
    (folder / "CITATION.cff").write_text(f"cff-version: 1.2.0\nversion: {citation}\n")
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n\n## 0.1.0\n")
    return folder


def test_a_release_of_one_version_passes(tmp_path: Path) -> None:
    root = release_files(tmp_path, "1.2.0", "1.2.0", "1.2.0")
    assert check_release.main(["v1.2.0", str(root)]) == 0


@pytest.mark.parametrize(
    ("tag", "citation", "heading", "said"),
    [
        ("v1.2.1", "1.2.0", "1.2.0", "the tag is v1.2.1, not v1.2.0"),
        ("1.2.0", "1.2.0", "1.2.0", "the tag is 1.2.0, not v1.2.0"),
        ("v1.2.0", "1.1.0", "1.2.0", "CITATION.cff"),
        ("v1.2.0", "1.2.0", "Unreleased", "CHANGELOG.md"),
    ],
)
def test_a_release_of_two_versions_is_stopped(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    tag: str,
    citation: str,
    heading: str,
    said: str,
) -> None:
    root = release_files(tmp_path, "1.2.0", citation, heading)
    assert check_release.main([tag, str(root)]) == 1
    assert said in capsys.readouterr().out


def test_the_citation_is_of_this_version(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    differences = list(check_release.differences(root, f"v{project['version']}"))
    assert [text for text in differences if "CHANGELOG" not in text] == []


def test_workflows_hooks_and_container_run_what_is_there(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    files = [
        *(root / ".github" / "workflows").glob("*.yml"),
        root / ".pre-commit-config.yaml",
        root / ".devcontainer" / "devcontainer.json",
        root / "pyproject.toml",
    ]
    assert len(files) == 6
    for path in files:
        text = path.read_text(encoding="utf-8")
        for call in re.findall(r"(?<!\S)make ((?:[a-z]+(?:-[a-z]+)?(?: |$))+)", text, re.MULTILINE):
            for target in call.split():
                assert re.search(rf"^{target}:", makefile, re.MULTILINE), (path.name, target)
        for name in re.findall(r"\b(tools/\w+\.\w+)", text):
            assert os.access(root / name, os.R_OK), (path.name, name)


def test_hooks_are_what_lint_runs(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    parts = re.search(r"^lint: (.+)$", makefile, re.MULTILINE)[1].split()
    hooks = (root / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"entry: make (\S+)", hooks) == parts


def test_the_container_is_json(root: Path) -> None:
    json.loads((root / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("missing", [["ICU"], ["Eigen3"], ["ICU", "nlohmann_json"]])
def test_cmake_says_what_to_install(root: Path, tmp_path: Path, missing: list[str]) -> None:
    cmake = shutil.which("cmake", path=str(Path(sys.executable).parent)) or shutil.which("cmake")
    if cmake is None:
        pytest.skip("no CMake")
    hide = [f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=ON" for name in missing]
    done = subprocess.run(
        [cmake, "-G", "Ninja", "-S", root, "-B", tmp_path, "-DFRAMELENS_BUILD_TESTS=OFF", *hide],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    packages = {
        "ICU": ("libicu-dev", "libicu-devel", "icu4c"),
        "Eigen3": ("libeigen3-dev", "eigen3-devel", "eigen"),
        "nlohmann_json": ("nlohmann-json3-dev", "json-devel", "nlohmann-json"),
    }
    names = [" ".join(packages[name][place] for name in missing) for place in range(3)]
    said = " ".join(done.stderr.split())
    for manager, named in zip(["apt", "dnf", "brew"], names, strict=True):
        assert f"{manager} install {named} (" in said


@pytest.mark.parametrize(
    ("manager", "called"),
    [
        ("apt-get", "-qq install -y --no-install-recommends libicu-dev libeigen3-dev"),
        ("dnf", "-y install libicu-devel eigen3-devel"),
        ("brew", "install icu4c eigen"),
    ],
)
def test_the_system_s_packages_are_installed_by_its_manager(
    root: Path, tmp_path: Path, manager: str, called: str
) -> None:
    # A system of stubs: a compiler that finds no header, and a manager that notes what it is told.
    stubs = {
        "c++": "exit 1",
        manager: f'[ "$1" = --prefix ] && echo /nowhere || echo "$@" >>{tmp_path}/calls',
        "ninja": "",
        "id": "echo 0",
    }
    for name, body in stubs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    for name in ("bash", "sh", "env", "mktemp", "rm", "cat"):
        (tmp_path / name).symlink_to(shutil.which(name))
    environment = {"PATH": str(tmp_path)}
    script = [tmp_path / "bash", root / "tools" / "install_system.sh", sys.executable]
    subprocess.run(script, env=environment, check=True, capture_output=True)
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[-1].startswith(called)


def test_this_python_is_found() -> None:
    if sys.version_info[1] not in find_pythons.MINORS:
        pytest.skip("a Python that no wheel is built for")
    found = find_pythons.find(sys.version_info[1])
    if found is None:
        pytest.skip("this Python has no headers or is not where Pythons are looked for")
    version = "import sys; print(*sys.version_info[:2])"
    said = subprocess.run([found, "-c", version], capture_output=True, text=True, check=True).stdout
    assert said.split() == [str(part) for part in sys.version_info[:2]]


def test_icu_keeps_what_words_need() -> None:
    kept = ["brkitr/thaidict.dict", "brkitr/root.res", "nfkc.nrm", "root.res", "pool.res"]
    left_out = ["curr/pool.res", "coll/root.res", "de.res", "nfkc.nrm.old", "zone/res_index.res"]
    assert all(map(trim_icu.is_kept, kept))
    assert not any(map(trim_icu.is_kept, left_out))


def test_the_reference_names_every_result(root: Path) -> None:
    reference = (root / "docs" / "reference.md").read_text(encoding="utf-8")
    for path in (root / "python" / "framelens").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        for name in re.findall(r"^class (\w+)\(Result\)", source, re.MULTILINE):
            assert f"autoclass:: framelens.{path.stem}.{name}\n" in reference
