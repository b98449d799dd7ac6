"""Frozen figures of invented agencies for tests of what is published, in the shape a report keeps them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

#: Twelve quarters of financial years, and the first and last month of each.
QUARTERS = [
    f"{year}-{ends}" for year in (2014, 2015, 2016) for ends in ("03-31", "06-30", "09-30", "12-31")
]  # fmt: skip
AGENCIES = ("Council", "Police", "Hospital")
Pair = tuple[int, int | None]


@dataclass
class World:
    """What agencies counted: ``pairs[code][agency]`` is one (numerator, denominator) a quarter."""

    pairs: dict[str, dict[str, list[Pair]]] = field(default_factory=dict)
    unit: dict[str, str] = field(default_factory=dict)
    small: dict[str, str] = field(default_factory=dict)

    def add(
        self, code: str, of: dict[str, list[Pair]], *, unit: str = "percent", small: str = "board"
    ) -> None:
        self.pairs[code], self.unit[code], self.small[code] = of, unit, small

    def frozen(self, quarter: int, first: int = 0) -> dict[str, Any]:
        """What a report of this quarter stands on, its series from ``first``."""
        return {
            "layout": 1, "board": "Northmarsh Partnership", "invented": True, "on": "2016-03-14",
            "period": [_start(QUARTERS[quarter]), QUARTERS[quarter]], "asked": 0, "late": [],
            "measures": [self._measure(code, quarter, first) for code in self.pairs],
        }  # fmt: skip

    def _measure(self, code: str, quarter: int, first: int) -> dict[str, Any]:
        of, unit = self.pairs[code], self.unit[code]
        whole = [_together([line[at] for line in of.values()]) for at in range(first, quarter + 1)]
        return {
            "code": code, "version": 1, "title": f"Measure {code}", "theme": "d", "theme_title": "Child protection",
            "tier": 1, "unit": unit, "unit_words": "per cent" if unit == "percent" else "number",
            "polarity": "H", "multiplier": 100 if unit == "percent" else 1, "aggregation": "sum",
            "denominator_of": "", "small": self.small[code], "period": QUARTERS[quarter], "target": "at least 50.0%",
            "direction": "", "moved": "", "better": "", "a_year": "", "complete": "", "partial": False, "lacking": [],
            "mark": "", "made": "", "chart": None, "england": "", "neighbours": "", "sources": [],
            **_numbers(whole[-1]), **_stands(whole[-1]),
            "series": {
                "every": "Q", "target": None, "begins": [],
                "periods": [[end, end, *_texts(pair), "", "", ""]
                            for end, pair in zip(QUARTERS[first : quarter + 1], whole, strict=True)],
            },
            "agencies": [
                {"key": name.lower(), "name": name, "value": "", "mark": "", "said": None,
                 **_numbers(line[quarter]), **_stands(line[quarter])}
                for name, line in of.items()
            ],
        }  # fmt: skip


def made_up(seed: int, *, most: int = 30) -> World:
    """Three agencies, nine quarters, two shares and a plain count; small numbers are frequent."""
    chance = random.Random(seed)
    world = World()
    for code, unit, small in (("X1", "percent", "board"), ("X2", "percent", "dfe"), ("X3", "count", "board")):
        of: dict[str, list[Pair]] = {}
        for name in AGENCIES:
            line: list[Pair] = []
            for _ in range(9):
                whole = chance.choice([chance.randint(0, 12), chance.randint(5, most)])
                line.append((chance.randint(0, whole), whole) if unit == "percent" else (whole, None))
            of[name] = line
        world.add(code, of, unit=unit, small=small)
    return world


def _start(end: str) -> str:
    year, month, _ = end.split("-")
    return f"{year}-{int(month) - 2:02}-01"


def _together(pairs: list[Pair]) -> Pair:
    under = None if any(d is None for _, d in pairs) else sum(d or 0 for _, d in pairs)
    return sum(n for n, _ in pairs), under


def _texts(pair: Pair) -> list[str]:
    return [str(pair[0]), "" if pair[1] is None else str(pair[1])]


def _numbers(pair: Pair) -> dict[str, str]:
    top, under = _texts(pair)
    return {"numerator": top, "denominator": under, "amount": "", "percentage": "", "kind": "number"}


def _stands(pair: Pair) -> dict[str, Any]:
    top, under = pair
    below = under is not None and under > 0 and Fraction(top, under) < Fraction(1, 2)
    words = "Below standard" if below else "Meets the target"
    return {
        "status": "",
        "colour": "red" if below else "green",
        "words": words,
        "sentence": "",
        "below": below,
    }
