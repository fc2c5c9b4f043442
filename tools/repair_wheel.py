"""Make a wheel carry its ICU, with the data trimmed and ICU's licence.

Run ``python tools/repair_wheel.py WHEEL FOLDER``; the repaired wheel is written into the folder and
its path is printed. Linux: ``auditwheel`` and ``patchelf`` must be on the path, and ``icupkg``.
macOS: ``delocate-wheel``, and an ICU whose data ``tools/install_libraries.sh`` has trimmed.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from trim_icu import run, trimmed_library

ON_MAC = sys.platform == "darwin"


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpack the compiled module of a wheel and return its path."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = fnmatch.filter(archive.namelist(), "framelens/_core.*.so")
        return Path(archive.extract(name, folder))


def linked(module: Path, name: str) -> Path:
    """Return the path of the library that a module is linked to, however indirectly."""
    libraries = run("otool", "-L", module) if ON_MAC else run("ldd", module)
    found = re.search(rf"(/\S*/lib{name}\.\S+)", libraries)
    if found is None:
        raise ValueError(f"{module.name} is not linked to lib{name}: {libraries}")
    return Path(found[1])


def licence_of_icu(library: Path) -> Path:
    """Return ICU's licence, which its headers' package puts beside its data."""
    real = library.resolve()
    for folder in real.parents:
        found = sorted(folder.glob("share/icu/*/LICENSE"))
        versions = [path for path in found if path.parent.name in real.name]
        if versions or found:
            return (versions or found)[-1]
    raise FileNotFoundError(f"no share/icu/<version>/LICENSE above {real}")


def add_licence(wheel: Path, licence: Path, folder: Path) -> Path:
    """Write a copy of a wheel with one more licence; the repair that follows writes its RECORD."""
    copy = folder / wheel.name
    name = "ICU-LICENSE.txt"
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.endswith(".dist-info/METADATA"):
                head, _, body = content.partition(b"\n\n")
                content = head + f"\nLicense-File: {name}\n\n".encode() + body
                info = item.filename.removesuffix("METADATA")
            new.writestr(item, content)
        new.write(licence, f"{info}licenses/{name}")
    return copy


def repair(wheel: Path, folder: Path) -> Path:
    """Write the wheel with its libraries inside into a folder; return its path."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        module = unpack(wheel, work)
        licence = licence_of_icu(linked(module, "icuuc"))
        licensed = add_licence(wheel, licence, work)
        output = work / "repaired"
        if ON_MAC:
            command, environment = ["delocate-wheel", "-w", str(output)], {}
        else:
            trimmed_library(linked(module, "icudata"), work)
            paths = [str(work), os.environ.get("LD_LIBRARY_PATH", "")]
            environment = {"LD_LIBRARY_PATH": os.pathsep.join(filter(None, paths))}
            command = ["auditwheel", "repair", "-z", "9", "--wheel-dir", str(output)]
        subprocess.run(
            [*command, str(licensed)], check=True, stdout=sys.stderr, env=os.environ | environment
        )
        (repaired,) = output.glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(repaired, folder))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(repair(Path(sys.argv[1]), Path(sys.argv[2])))
