"""`wholestory bench`: measures at regional size and prints tables."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.measuring import load, machine
from wholestory.config.supervisor.cluster import ClusterFailed
from wholestory.config.supervisor.locks import Taken
from wholestory.config.supervisor.places import CHECKOUT, Places

PORT = "8790"


def say(line: str) -> None:
    """One line of progress."""
    print(f"  {line}", flush=True)


def main(argv: list[str]) -> int:
    """Returns 0 when everything was measured, 1 when the server or the area could not be made."""
    from benchmarks.installation import NotMade, environment, running

    parser = argparse.ArgumentParser(
        prog="wholestory bench", description="Measures Wholestory at regional size, on a database of its own."
    )
    parser.add_argument("--only", nargs="+", choices=list(_benches()), help="measure only these")
    parser.add_argument(
        "--write", action="store_true", help="put the figures into docs/reference/performance.md"
    )
    parser.add_argument("--scale", default="regional", choices=["local", "regional"], help="size of the area")
    parser.add_argument("--data", type=Path, help="the folder of its database (.data/bench)")
    chosen = parser.parse_args(argv)
    data = (chosen.data or CHECKOUT / ".data" / "bench").resolve()
    os.environ.update(environment(data, int(os.environ.get("PORT", PORT))))
    try:
        with running(data, chosen.scale, say) as places:
            figures = _measure(places, data / "figures.json", chosen.only or list(_benches()))
    except (NotMade, ClusterFailed) as problem:
        print(problem, file=sys.stderr)
        return 1
    except Taken:
        print(f"A benchmark is running on {data} already.", file=sys.stderr)
        return 1
    from benchmarks import report

    print("\n" + report.tables(figures))
    if chosen.write:
        report.write(CHECKOUT / "docs" / "reference" / "performance.md", figures)
    return 0


def _benches() -> dict[str, str]:
    return {
        "pages": "The commonest pages",
        "results": "The pages of results",
        "workbook": "The workbook of a whole cycle",
        "row_security": "Row-level security on against off",
        "heat_map": "The heat map of 600 agencies",
        "issuing": "Issuing to 600 agencies",
        "drafts": "200 people saving drafts",
        "counting": "Counts",
        "access_record": "The access record",
        "duplicates": "Is a death known already",
        "numbers": "Statistics by themselves",
        "patterns": "The dashboard of 35,000 deaths",
        "national": "The pages of 35,000 deaths in 153 areas",
        "censuses": "A census, every rule and every figure",
        "looked_after": "The looked-after return, every rule and every figure",
    }


def _measure(places: Places, kept: Path, wanted: list[str]) -> dict[str, Any]:
    """Measure what is wanted, over the figures of earlier runs; each part is written down as soon as it is done."""
    import django

    django.setup()
    from benchmarks import (
        access_record,
        censuses,
        counting,
        drafts,
        duplicates,
        heat_map,
        issuing,
        looked_after,
        national,
        numbers,
        pages,
        patterns,
        results,
        row_security,
        workbook,
    )
    from benchmarks.people import Area

    area = Area()
    how: dict[str, Callable[[], Any]] = {
        "pages": lambda: pages.measure(area),
        "results": lambda: results.measure(area),
        "workbook": lambda: workbook.measure(area),
        "row_security": lambda: row_security.measure(area),
        "heat_map": lambda: heat_map.measure(area),
        "issuing": lambda: issuing.measure(area),
        "drafts": lambda: drafts.measure(area, places),
        "counting": lambda: counting.measure(area),
        "access_record": lambda: access_record.measure(area, places),
        "duplicates": lambda: duplicates.measure(area, say),
        "numbers": numbers.measure,
        "patterns": lambda: patterns.measure(area, say),
        "national": lambda: national.measure(area, say),
        "censuses": lambda: censuses.measure(say),
        "looked_after": lambda: looked_after.measure(say),
    }
    figures: dict[str, Any] = {**_read(kept), "machine": machine()}
    for name in wanted:
        began, before = time.monotonic(), load()
        say(f"{_benches()[name]} ...")
        figures[name] = {
            "figures": how[name](), "load": max(before, load()), "on": datetime.now(UTC).date().isoformat()
        }  # fmt: skip
        kept.write_text(json.dumps(figures, indent=2), encoding="utf-8")
        say(f"    done in {time.monotonic() - began:.0f} s")
    return figures


def _read(kept: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(kept.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}
