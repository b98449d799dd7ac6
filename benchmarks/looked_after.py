"""The looked-after return: every rule and every figure of a set of tables, beside the published validator.

The public sample again and again under new ids. Each run is a program of its own, so that its processor time and memory
are told by the system.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.censuses import other, run
from wholestory.config.supervisor.places import CHECKOUT

SAMPLE = CHECKOUT / "tests" / "indicators" / "data" / "ssda903"
CHILDREN = 2_675
TIMES = {1: (None, None), 20: (15.0, 1_024)}
"""How often the sample is repeated: the most processor seconds and megabytes."""
OTHERS = CHECKOUT / ".data" / "others" / "looked_after"
OTHER = ("csc-validator-be-903==0.1.17", "pytest")
RUNNER = Path(__file__).parent / "published_903.py"


def measure(say: Any) -> list[dict[str, Any]]:
    """Processor seconds and megabytes of ours for each size, and of the other where it can be had."""
    found: list[dict[str, Any]] = []
    python = other(OTHERS, OTHER, say)
    for times, (seconds, megabytes) in TIMES.items():
        with tempfile.TemporaryDirectory() as folder:
            multiplied(times, Path(folder))
            say(f"{times * CHILDREN:,} children")
            ours = [sys.executable, "-m", "wholestory", "indicators", folder, "--year", "2018", "--json"]
            row = {"children": times * CHILDREN, **run(ours), "aim": [seconds, megabytes]}
            if python is not None:
                say("the published validator")
                theirs = run([str(python), "-P", "-W", "ignore", str(RUNNER), folder])
                row |= {f"other_{name}": value for name, value in theirs.items()}
            found.append(row)
    return found


def multiplied(times: int, folder: Path) -> None:
    """The sample's tables with every child so many times, under ids of their own."""
    for path in SAMPLE.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as source:
            headings, *rows = csv.reader(source)
        with (folder / path.name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(headings)
            for turn in range(times):
                writer.writerows([f"{child}x{turn}", *rest] for child, *rest in rows)
