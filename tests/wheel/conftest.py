"""Wheels, each installed in a fresh environment, and a room in which the system has no ICU."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import find_pythons

ROOT = Path(__file__).resolve().parents[2]
PROBE = Path(__file__).with_name("probe.py")
PLACES = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--wheel",
        action="append",
        default=[],
        help="a wheel to test; by default those of this version in dist/",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "wheel" not in metafunc.fixturenames:
        return
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    built = sorted((ROOT / "dist").glob(f"framelens-{project['version']}-*.whl"))
    wheels = [Path(name) for name in metafunc.config.getoption("--wheel")] or built
    assert wheels, "no wheel in dist/: run `make wheel` or `make wheels` first"
    metafunc.parametrize("wheel", wheels, ids=lambda path: path.stem.split("-")[2], scope="session")


def run(*command: str | Path, **options: Any) -> str:
    """Run a command and return what it prints; say what it said if it fails."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@cache
def hiding() -> list[str] | None:
    """Give the command that runs another one where each ICU of the system is an empty file.

    None where the system lets nobody do that (a container without its capability).
    """
    files = {
        str(path.resolve())
        for place in PLACES
        for pattern in ("libicu*.so.*", "*-linux-gnu/libicu*.so.*")
        for path in Path(place).glob(pattern)
    }
    hide = "".join(f"mount --bind /dev/null {file} && " for file in sorted(files)) + 'exec "$@"'
    for unshare in (["unshare", "-m"], ["unshare", "-rm"]):
        command = [*unshare, "sh", "-c", hide, "sh"]
        try:
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return command
        except FileNotFoundError:
            return None
    return None


@pytest.fixture(scope="session")
def hidden() -> list[str]:
    """The command that hides the system's ICU."""
    command = hiding()
    if command is None:
        pytest.skip("this system does not let us hide its ICU (unshare -m)")
    return command


class Environment:
    """An environment with a wheel in it and nothing of the tree."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        minor = int(re.search(r"-cp3(\d+)-", wheel.name)[1])
        own = sys.version_info[:2] == (3, minor)
        python = sys.executable if own else find_pythons.find(minor)
        assert python, f"no Python 3.{minor} for {wheel.name}"
        self.folder = folder
        self.python = folder / "bin" / "python"
        run(python, "-m", "venv", "--clear", folder)
        install = [self.python, "-m", "pip", "-qq", "--disable-pip-version-check", "install"]
        run(*install, "--no-compile", wheel, "pyarrow")

    def run(self, *command: str | Path, cwd: Path | None = None) -> str:
        """Run a command outside the tree, hidden from the system's ICU where that can be done."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PYTHONPATH", "LD_LIBRARY_PATH"}
        }
        return run(*(hiding() or []), *command, cwd=cwd or self.folder, env=environment)


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The environment of a wheel."""
    return Environment(wheel, tmp_path_factory.mktemp("environment"))


@pytest.fixture(scope="session")
def found(environment: Environment) -> dict[str, Any]:
    """What the wheel reads."""
    return json.loads(environment.run(environment.python, PROBE))


@pytest.fixture(scope="session")
def found_by_source_build() -> dict[str, Any]:
    """What the build from source reads that is installed beside pytest, by the system's ICU."""
    spec = importlib.util.find_spec("framelens")
    if spec is None or (Path(spec.origin).parents[1] / "framelens.libs").exists():
        pytest.skip("no build from source is installed here to compare with")
    return json.loads(run(sys.executable, PROBE))
