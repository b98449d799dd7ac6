"""How many children live in the example's areas: invented, and marked so wherever a rate is shown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wholestory.child_deaths.models import Benchmark
from wholestory.child_deaths.published import period_of
from wholestory.config.example.reading import toml
from wholestory.partners.models import Area

_UNITS = {"children": "children under 18", "births": "live births", "east": "km", "north": "km"}


def keep() -> None:
    """Load them as a release of their own. Run twice, the second changes nothing."""
    data = toml("deaths/children.toml")
    Benchmark.objects.bulk_create(_rows(data), ignore_conflicts=True)


def _rows(data: dict[str, Any]) -> Iterator[Benchmark]:
    first, last = data["first_year"], data["last_year"]
    for entry in data["area"]:
        area = Area.objects.get(name=entry["name"])
        for year in range(first, last + 1):
            values = {"children": entry["children"] + entry["more_each_year"] * (year - first)}
            values |= {"births": entry["births"]}
            if year == last:
                values |= {"east": entry["east"], "north": entry["north"]}
            for measure, value in values.items():
                yield Benchmark(
                    measure=measure, area=area, period=period_of(year), release=data["release"],
                    value=Decimal(str(value)), unit=_UNITS[measure], source="Example: invented", invented=True,
                )  # fmt: skip
