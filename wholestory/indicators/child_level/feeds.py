"""Figures of files about children as the board's catalogue calls them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

WITHHELD = "c"
"""Stands where a small count is hidden, as in published tables. It is not a nought."""


@dataclass(frozen=True, slots=True)
class Fed:
    """One number for one measure. `breakdown` and `part` are empty for the total."""

    code: str
    figure: str
    breakdown: str
    part: str
    numerator: int | None
    denominator: int | None
    """None also where the number is withheld."""
    withheld: bool = False


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with (Path(__file__).parent / "feeds.toml").open("rb") as file:
        return tomllib.load(file)


def code_of(figure: str) -> str | None:
    """The measure a figure feeds, for example C07 for REF-2."""
    found: str | None = _table()["figures"].get(figure)
    return found


def fed(figures: Iterable[Mapping[str, Any]]) -> Iterator[Fed]:
    """Every number the catalogue can take, the derived measures last. `figures` are as in the aggregate file: a number
    is whole, None, or "c" where it is withheld. Parts that are one in the catalogue are added up; a part withheld makes
    their sum withheld."""
    known = {one["id"]: one for one in figures}
    for name, one in known.items():
        code = code_of(name)
        if code is None:
            continue
        yield _one(code, name, "", "", [one], whole=True)
        for breakdown, shares in one["breakdowns"].items():
            called = _table()["breakdowns"].get(breakdown)
            to = None if called is None else called["to"]
            if isinstance(to, dict):
                to = to.get(name)
            if to is None:
                continue
            parts: dict[str, list[Mapping[str, Any]]] = {}
            for label, share in shares.items():
                if (part := called["parts"].get(label)) is not None:
                    parts.setdefault(part, []).append(share)
            for part, counts in parts.items():
                yield _one(code, name, to, part, counts, whole=breakdown in one["shares_whole"])
    for code, derived in _table()["derived"].items():
        over, under = known.get(derived["numerator"]), known.get(derived["denominator"])
        if over is not None and under is not None:
            ratio = {"numerator": over["numerator"], "denominator": under["numerator"]}
            yield _one(code, f"{over['id']} / {under['id']}", "", "", [ratio], whole=True)


def _one(
    code: str, figure: str, breakdown: str, part: str, counts: list[Mapping[str, Any]], *, whole: bool
) -> Fed:
    over = [one["numerator"] for one in counts]
    under = [one["denominator"] for one in counts]
    withheld = WITHHELD in over or WITHHELD in under
    bottom = None
    if WITHHELD not in under and None not in under:
        bottom = under[0] if whole else sum(under)
    return Fed(
        code, figure, breakdown, part, None if WITHHELD in over else sum(over), bottom, withheld
    )  # fmt: skip
