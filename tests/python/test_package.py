"""The installed package: how quickly it comes, beside whom, and what it says of itself."""

from __future__ import annotations

import ast
import importlib.metadata
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import framelens as fl
from framelens import _core


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_is_quick() -> None:
    code = """
import time
start = time.perf_counter()
import framelens
print(time.perf_counter() - start)
"""
    assert min(float(run(code)) for _ in range(5)) < 0.3


def test_import_of_the_package_waits_with_heavy_ones() -> None:
    code = "import sys, framelens; print(*sys.modules)"
    heavy = {"pandas", "sklearn", "scipy", "matplotlib", "pyarrow", "jinja2", "typer"}
    assert heavy & set(run(code).split()) == set()


@pytest.mark.parametrize("first", ["pandas", "pyarrow", "sklearn", "pandas, pyarrow, sklearn"])
def test_import_after_others_works(first: str) -> None:
    for name in first.split(", "):
        pytest.importorskip(name)
    # A module with static thread-local storage fails here and only here.
    assert run(f"import {first}; from framelens import _core; print(_core.fold(['É'])[0])") == "e"
    assert run(f"from framelens import _core; import {first}; print(_core.fold(['É'])[0])") == "e"


def test_every_public_name_is_there() -> None:
    for name in fl.__all__:
        assert getattr(fl, name) is not None
    assert set(fl.__all__) <= set(dir(fl))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        fl.nothing  # noqa: B018


def test_metadata() -> None:
    metadata = importlib.metadata.metadata("framelens")
    assert fl.__version__ == metadata["Version"]
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    required = [text for text in metadata.get_all("Requires-Dist", []) if "extra ==" not in text]
    names = {text.split(">")[0].strip() for text in required}
    assert names == {
        *("numpy", "scipy", "scikit-learn", "pandas", "narwhals"),
        *("matplotlib", "jinja2", "tqdm", "typer", "ftfy"),
    }
    assert set(metadata.get_all("Provides-Extra", [])) == {
        *("arrow", "dask", "excel", "html", "notebook")
    }
    scripts = importlib.metadata.entry_points(group="console_scripts", name="framelens")
    assert [script.value for script in scripts] == ["framelens.face.cli:main"]


def test_the_package_ships_its_types_and_resources() -> None:
    folder = Path(inspect.getfile(fl)).parent
    assert (folder / "py.typed").exists()
    assert (folder / "_core.pyi").exists()
    assert (folder / "resources" / "languages" / "en" / "cues.json").exists()


class Stub:
    """The names and parameters that ``_core.pyi`` promises."""

    def __init__(self) -> None:
        source = Path(inspect.getfile(fl)).with_name("_core.pyi").read_text(encoding="utf-8")
        self.functions: dict[str, str] = {}
        self.classes: dict[str, dict[str, str | None]] = {}
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                self.functions[node.name] = self.parameters(node)
            elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                self.classes[node.name] = dict(map(self.member, node.body))

    @staticmethod
    def parameters(node: ast.FunctionDef) -> str:
        """Names, kinds and defaults, without types."""
        arguments = node.args
        for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            argument.annotation = None
        return ast.unparse(arguments).replace(" = ", "=")

    def member(self, node: ast.stmt) -> tuple[str, str | None]:
        """Name and parameters of a method, name alone of an attribute."""
        if isinstance(node, ast.FunctionDef):
            kinds = {ast.unparse(decorator) for decorator in node.decorator_list}
            return node.name, None if "property" in kinds else self.parameters(node)
        assert isinstance(node, ast.AnnAssign)
        return ast.unparse(node.target), None


def documented(doc: str | None, name: str) -> list[str]:
    """Parameters in the signatures that pybind11 writes into a docstring, without types."""
    assert doc, f"{name} has no docstring"
    signatures = []
    for line in doc.splitlines():
        signature = line.partition(". ")[2] if line[:1].isdigit() else line
        if signature.startswith(f"{name}(") and "->" in signature:
            function = ast.parse(f"def {signature}: ...").body[0]
            assert isinstance(function, ast.FunctionDef)
            signatures.append(Stub.parameters(function))
    return signatures


def test_the_stub_names_what_the_module_has() -> None:
    stub = Stub()
    public = {name for name in dir(_core) if not name.startswith("_")}
    assert public == stub.functions.keys() | stub.classes.keys()
    for name, members in stub.classes.items():
        own = {member for member in vars(getattr(_core, name)) if not member.startswith("_")}
        assert own == {member for member in members if member != "__init__"}, name


def test_the_stub_has_the_signatures_of_the_docstrings() -> None:
    stub = Stub()
    for name, parameters in stub.functions.items():
        found = documented(getattr(_core, name).__doc__, name)
        assert found, name
        assert set(found) == {parameters}, name
    for class_name, members in stub.classes.items():
        for name, method in members.items():
            if method is not None:
                doc = getattr(getattr(_core, class_name), name).__doc__
                assert documented(doc, name) == [method], f"{class_name}.{name}"


def test_signatures_show_python_types_only() -> None:
    for name in Stub().functions:
        assert "::" not in (getattr(_core, name).__doc__ or ""), name
