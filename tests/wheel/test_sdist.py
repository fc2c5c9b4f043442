"""The sdist has what a build needs and nothing else, whatever lies in the tree."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Of the tracked files, all in these folders and these at the top.
NEEDED = (
    *("cmake/", "cpp/", "licenses/", "python/framelens/"),
    *("CMakeLists.txt", "LICENSE", "README.md", "pyproject.toml"),
)


def files(sdist: Path) -> set[str]:
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()} - {"PKG-INFO"}


@pytest.fixture(scope="module")
def tracked() -> set[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: nobody knows which files are tracked")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


@pytest.fixture(scope="module")
def clone(tracked: set[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree's tracked files, as a repository, with litter of every kind in it."""
    folder = tmp_path_factory.mktemp("clone")
    for name in tracked:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / "tools" / "build_sdist.sh").chmod(0o755)
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    for name in (
        *("notes.txt", "articles.jsonl", "cpp/src/scratch.cpp", "cpp/src/scratch.o"),
        *("shared/gold/labels.jsonl", "python/framelens/draft.py", "data/article.txt"),
        *("python/framelens/resources/lexicons/draft.json", "python/framelens/_core.so"),
        *("python/framelens/__pycache__/corpus.pyc", "licenses/draft.txt", "cmake/draft.cmake"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("litter", encoding="utf-8")
    return folder


def test_an_sdist_has_the_tracked_files_that_a_build_needs(clone: Path, tracked: set[str]) -> None:
    subprocess.run([clone / "tools" / "build_sdist.sh", sys.executable], check=True)
    (sdist,) = (clone / "dist").glob("framelens-*.tar.gz")
    assert files(sdist) == {name for name in tracked if name.startswith(NEEDED)}


def test_other_tools_pack_nothing_from_outside_the_packages_folders(clone: Path) -> None:
    code = "from scikit_build_core.build import build_sdist; build_sdist('elsewhere')"
    subprocess.run([sys.executable, "-c", code], cwd=clone, check=True, capture_output=True)
    (sdist,) = (clone / "elsewhere").glob("framelens-*.tar.gz")
    assert all(name.startswith(NEEDED) for name in files(sdist))
    assert not {"cpp/src/scratch.o", "python/framelens/_core.so"} & files(sdist)


def test_what_an_sdist_has_can_be_configured(clone: Path, tmp_path: Path) -> None:
    (sdist,) = (clone / "dist").glob("framelens-*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    cmake = Path(sys.executable).with_name("cmake")
    define = ["-DFRAMELENS_BUILD_PYTHON=ON", "-DFRAMELENS_BUILD_TESTS=OFF"]
    python = f"-DPython_EXECUTABLE={sys.executable}"
    subprocess.run(
        [cmake, "-G", "Ninja", "-S", tree, "-B", tmp_path / "build", *define, python],
        check=True,
        capture_output=True,
    )
