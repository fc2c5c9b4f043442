"""Keep of ICU's data only what framelens reads: words of every script, normal forms, folding.

Run ``python tools/trim_icu.py DATA``; DATA is ICU's package, such as ``icudt72l.dat``, and keeps
its name, which is a part of every name in it. ICU's own ``icupkg`` must be on the path.
``repair_wheel.py`` does the same to a shared library.
"""

from __future__ import annotations

import ctypes
import fnmatch
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Without the dictionaries under brkitr/, Chinese, Japanese and Thai text is one word, with no
# error. Without the last three no break iterator opens.
KEPT = [
    "brkitr/*",
    "nfkc.nrm",
    "nfkc_cf.nrm",
    "uemoji.icu",
    "ulayout.icu",
    "root.res",
    "res_index.res",
    "pool.res",
]


def run(*command: str | Path) -> str:
    """Run a command and return what it prints; its errors go where ours go."""
    return subprocess.run(
        [str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def is_kept(item: str) -> bool:
    """Tell whether an item of the package stays."""
    return any(fnmatch.fnmatchcase(item, pattern) for pattern in KEPT)


def trim(data: Path) -> None:
    """Remove from a package what is not kept, in place."""
    removed = [item for item in run("icupkg", "-l", data).splitlines() if not is_kept(item)]
    if not removed:
        return
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        names = Path(folder) / "removed.txt"
        names.write_text("\n".join(removed) + "\n", encoding="ascii")
        whole = Path(folder) / data.name
        data.rename(whole)
        run("icupkg", "-r", names, whole, data)


def package_in(library: Path) -> tuple[str, bytes]:
    """Return the symbol and the bytes of the package in a shared ``libicudata``."""
    symbols = run("nm", "--dynamic", "--print-size", library)
    found = re.search(r"^[0-9a-f]+ ([0-9a-f]+) R (icudt\d+)_dat$", symbols, flags=re.MULTILINE)
    if found is None:
        raise ValueError(f"{library} has no data of ICU: no symbol icudt<version>_dat")
    content = ctypes.c_char * int(found[1], 16)
    return found[2], content.in_dll(ctypes.CDLL(str(library)), f"{found[2]}_dat").raw


def trimmed_library(library: Path, folder: Path) -> Path:
    """Write a trimmed copy of a shared ``libicudata`` for ELF systems into a folder.

    It has the name by which others ask for it (``libicudata.so.72``).
    """
    name, content = package_in(library)
    data = folder / f"{name}{'l' if sys.byteorder == 'little' else 'b'}.dat"
    data.write_bytes(content)
    trim(data)
    source = data.with_suffix(".s")
    source.write_text(f"""
    .section .rodata
    .balign 16
    .globl {name}_dat
    .type {name}_dat, %object
    .size {name}_dat, {data.stat().st_size}
{name}_dat:
    .incbin "{data}"
    .section .note.GNU-stack, "", %progbits
""")
    copy = folder / library.name
    run("cc", "-shared", "-nostdlib", f"-Wl,-soname,{copy.name}", "-o", copy, source)
    return copy


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    trim(Path(sys.argv[1]))
