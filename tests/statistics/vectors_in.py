"""The published and worked-out cases in ``vectors``: read, put in, compared."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "vectors"


def cases(file: str, *methods: str) -> list[Any]:
    """The cases of these methods in a file, each named by its id."""
    found = json.loads((FOLDER / file).read_text())["cases"]
    picked = [pytest.param(one, id=one["id"]) for one in found if one["method"] in methods]
    assert picked, f"{file} has no case of {methods}"
    return picked


def rows(file: str) -> list[dict[str, str]]:
    """The lines of a table."""
    with (FOLDER / file).open(newline="") as lines:
        return list(csv.DictReader(lines))


def refused(case: dict[str, Any]) -> bool:
    """Whether this input must be refused."""
    return case["expected"] == {"error": True}


def agrees(got: Any, case: dict[str, Any]) -> None:
    """Compare what was worked out with what the case expects, key by key, within the tolerance it states."""
    for key, expected in case["expected"].items():
        assert key in got, f"{key} was not worked out"
        _same(got[key], expected, case["tolerance"], key)


def _same(got: Any, expected: Any, tolerance: dict[str, float], where: str) -> None:
    if isinstance(expected, list):
        got = list(got)
        assert len(got) == len(expected), where
        for i, (one, other) in enumerate(zip(got, expected, strict=True)):
            _same(one, other, tolerance, f"{where}[{i}]")
    elif isinstance(expected, dict):
        for key, each in expected.items():
            _same(got[key], each, tolerance, f"{where}.{key}")
    elif isinstance(expected, bool) or expected is None or isinstance(expected, str):
        assert (bool(got) if isinstance(expected, bool) else got) == expected, (
            f"{where}: {got} for {expected}"
        )
    else:
        assert got is not None, f"{where}: nothing for {expected}"
        assert math.isfinite(got), f"{where}: {got} for {expected}"
        allowed = tolerance["abs"] + tolerance["rel"] * abs(expected)
        assert abs(got - expected) <= allowed, f"{where}: {got} for {expected}"
