"""Files about children: every rule and every figure of a census, beside the published validator.

Each run is a program of its own, so that its processor time and memory are told by the system. The published validator
lives in an environment of its own (it needs another numpy); where that cannot be made it is left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wholestory.config.supervisor.places import CHECKOUT

SAMPLE = CHECKOUT / "tests" / "indicators" / "data" / "census" / "cin_clean_300.xml"
OTHERS = CHECKOUT / ".data" / "others" / "census"
OTHER = ("csc-validator-be-cin==0.1.13", "numpy<2", "pytest")
SIZES = {10_000: (4.0, 300), 50_000: (20.0, None), 500_000: (None, 1_024)}
"""Children: the most processor seconds and megabytes."""
OTHER_SIZES = (1_000, 2_000)
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_ID = re.compile(r"PCC(\d{7})|<UPN>\w{13}</UPN>")


def measure(say: Any) -> list[dict[str, Any]]:
    """Processor seconds and megabytes of ours for each size, and of the other where it can be had."""
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for children, (seconds, megabytes) in SIZES.items():
            path = multiplied(children, Path(folder) / "census.xml")
            say(f"{children:,} children, {path.stat().st_size / 2**20:,.0f} MB")
            ours = [sys.executable, "-m", "wholestory", "indicators", str(path), "--json"]
            found.append({"what": "ours", "children": children, **run(ours), "aim": [seconds, megabytes]})
        python = other(OTHERS, OTHER, say)
        if python is not None:
            for children in OTHER_SIZES:
                path = multiplied(children, Path(folder) / "census.xml")
                say(f"the published validator, {children:,} children")
                theirs = [
                    str(python),
                    "-W",
                    "ignore",
                    "-m",
                    "cin_validator",
                    "run",
                    str(path),
                    "-r",
                    "cin2025_26",
                ]
                found.append({"what": "theirs", "children": children, **run(theirs), "aim": [None, None]})
    return found


def multiplied(children: int, path: Path) -> Path:
    """The sample's children again and again under new ids and pupil numbers, until there are enough."""
    head, _, rest = SAMPLE.read_text(encoding="utf-8").partition("<Children>")
    body, _, tail = rest.partition("</Children>")
    every = body.split("<Child>")
    serial = 0

    def renamed(found: re.Match[str]) -> str:
        nonlocal serial
        if found[1]:
            return f"P{turn:04d}{found[1]}"
        serial += 1
        return f"<UPN>{_pupil_number(serial)}</UPN>"

    with path.open("w", encoding="utf-8") as out:
        out.write(f"{head}<Children>{every[0]}")
        written, turn = 0, 0
        while written < children:
            some = every[1 : 1 + children - written]
            out.write(_ID.sub(renamed, "".join(f"<Child>{one}" for one in some)))
            written, turn = written + len(some), turn + 1
        out.write(f"</Children>{tail}")
    return path


def _pupil_number(serial: int) -> str:
    digits = f"874{serial:08d}0"
    return LETTERS[sum(place * int(digit) for place, digit in enumerate(digits, start=2)) % 23] + digits


def run(arguments: list[str]) -> dict[str, float]:
    """Processor seconds and megabytes of one program. Raises RuntimeError when it fails."""
    ran = subprocess.Popen(arguments, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(ran.pid, 0)
    ran.returncode = os.waitstatus_to_exitcode(status)
    if ran.returncode:
        raise RuntimeError(f"{arguments[0]} ended with {ran.returncode}")
    return {"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}


def other(folder: Path, packages: Sequence[str], say: Any) -> Path | None:
    """The interpreter of a published validator's own environment, made on the first run; None where it cannot be."""
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        say("an environment for the published validator")
        venv.create(folder, with_pip=True, clear=True)
        installed = subprocess.run(
            [python, "-m", "pip", "install", "-q", *packages], check=False, capture_output=True
        )
        if installed.returncode:
            say("it cannot be had here; left out")
            return None
        ready.touch()
    return python
