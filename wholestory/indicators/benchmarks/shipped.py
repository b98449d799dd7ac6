"""The published tables that come with Wholestory, and what to write beside figures from them."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from wholestory.indicators.benchmarks.figures import Reading
from wholestory.indicators.benchmarks.reading import Populations, read
from wholestory.indicators.benchmarks.tables import DATA

#: To be shown wherever the figures are published.
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0."
    " Source: Department for Education; Office for National Statistics."
)
LICENCE = "Open Government Licence v3.0, Crown copyright"
POPULATION_MEASURE = "ons-population-0-17"


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """One file: the table it is of, under which name it is a release, and where it came from."""

    table: str
    file: str
    name: str
    source: str
    model: str = ""
    """For neighbours: the year of the model."""
    valid_from: date | None = None

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return DATA / self.file

    def content(self) -> bytes:
        """The file as it was published, less the rows that were left out (see README)."""
        return self.path.read_bytes()

    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.content()).hexdigest()

    def read(self) -> Reading:
        """What it holds, rates worked out on the shipped populations."""
        return read(self.content(), self.table, self.name, populations())


@cache
def files() -> tuple[ShippedFile, ...]:
    """Every shipped file, populations first."""
    stated = tomllib.loads((DATA / "releases.toml").read_text(encoding="utf-8"))["release"]
    return tuple(ShippedFile(**each) for each in stated)


@cache
def populations() -> Populations:
    """Children aged 0 to 17, by area and year, of the shipped estimates."""
    of = next(each for each in files() if each.table == "ons")
    return populations_of(read(of.content(), of.table, of.name))


def populations_of(reading: Reading) -> dict[tuple[str, int], Decimal]:
    """The populations a reading of the estimates holds."""
    return {
        (each.area_code, each.period_end.year): each.value
        for each in reading.figures
        if each.measure == POPULATION_MEASURE and each.value is not None
    }
