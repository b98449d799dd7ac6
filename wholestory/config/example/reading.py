"""Reads ``example_area/``."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[3] / "example_area"


def toml(name: str) -> dict[str, Any]:
    """One TOML file."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    """One CSV file as rows by column."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    """A date as CSV writes it; blank for none."""
    return date.fromisoformat(text) if text else None


def cycle_files() -> list[dict[str, Any]]:
    """The cycles, oldest first."""
    return sorted(
        (toml(f"cycles/{p.name}") for p in (HERE / "cycles").glob("*.toml")), key=lambda c: c["opens_on"]
    )


def answers(cycle: str, agency: str) -> list[dict[str, str]]:
    """The answers of one return; none when it was never begun."""
    name = f"answers/{cycle}/{agency}.csv"
    return rows(name) if (HERE / name).exists() else []
