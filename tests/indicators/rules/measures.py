"""Small measures for tests of the rules: what they must know of a definition, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from wholestory.indicators.rules.figures import Figure


@dataclass(frozen=True)
class Small:
    unit: str
    polarity: str = "H"
    multiplier: int = 1
    aggregation: str = "sum"
    denominator: str = ""
    population: str = ""


def share(polarity: str = "H", aggregation: str = "sum") -> Small:
    return Small("percent", polarity, 100, aggregation, "all of them")


def rate(polarity: str = "L", per: int = 10_000, aggregation: str = "sum") -> Small:
    return Small("rate", polarity, per, aggregation, "children", "0_17")


def number(polarity: str = "N", aggregation: str = "sum") -> Small:
    return Small("count", polarity, 1, aggregation)


def days(polarity: str = "L") -> Small:
    return Small("days", polarity, 1, "median")


def of(numerator: int, denominator: int) -> Figure:
    return Figure(numerator=numerator, denominator=denominator)
