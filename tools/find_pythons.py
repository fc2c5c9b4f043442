"""Print the Pythons that wheels are built for: one a version, 3.11 to 3.14, where it is found.

Looked at are the path, a manylinux container's ``/opt/python``, and what pyenv and uv installed.
A Python counts if it runs, makes environments and has its headers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

MINORS = range(11, 15)

IS_COMPLETE = """
import ensurepip, os, sys, sysconfig, venv
header = os.path.join(sysconfig.get_path("include"), "Python.h")
free_threaded = sysconfig.get_config_var("Py_GIL_DISABLED")
wanted = sys.implementation.name == "cpython" and sys.version_info[:2] == (3, {minor})
sys.exit(not (wanted and not free_threaded and os.path.exists(header)))
"""


def candidates(minor: int) -> Iterator[str]:
    """Yield where a Python of a minor version may be, the best place first."""
    on_path = shutil.which(f"python3.{minor}")
    if on_path:
        yield on_path
    yield f"/opt/python/cp3{minor}-cp3{minor}/bin/python"
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT", home / ".pyenv")) / "versions"
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", home / ".local" / "share" / "uv" / "python"))
    for folder in [*pyenv.glob(f"3.{minor}.*"), *uv.glob(f"cpython-3.{minor}.*")]:
        yield str(folder / "bin" / f"python3.{minor}")


def find(minor: int) -> str | None:
    """Return the first complete Python of a minor version."""
    for path in candidates(minor):
        try:
            command = [path, "-c", IS_COMPLETE.format(minor=minor)]
            if subprocess.run(command, capture_output=True, check=False).returncode == 0:
                return path
        except OSError:
            continue
    return None


if __name__ == "__main__":
    for path in filter(None, map(find, MINORS)):
        print(path)
