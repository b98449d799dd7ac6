"""A file of counts as a council's machine writes it, and the council it is of. Everything is invented."""

from __future__ import annotations

import json
from typing import Any

from tests.personas import LONG_AGO, World
from wholestory.indicators.child_level import aggregate
from wholestory.partners.models import Agency, AgencyBoard, Area

#: The Department for Education's code of the area whose ONS code the tests' area is given.
AUTHORITY, ONS = "874", "E06000031"


def council(world: World) -> Agency:
    """The council of the tests' area, and the area's code."""
    Area.objects.filter(name="Northmarsh").update(code=ONS)
    made, new = Agency.objects.get_or_create(
        slug="council",
        defaults={
            "name": "Northmarsh council",
            "sector": "council",
            "duty_basis": "s11",
            "is_invented": True,
        },
    )
    if new:
        AgencyBoard.objects.create(agency=made, board=world.board, starts_on=LONG_AGO)
        world.agencies["council"] = made
    return made


def a_figure(
    key: str, numerator: Any, denominator: Any = None, left_out: int = 0, **parts: Any
) -> dict[str, Any]:
    """One figure of the file. ``parts`` are breakdowns, each ``{label: (numerator, denominator)}``."""
    return {
        "id": key, "title": key, "unit": "count", "numerator": numerator, "denominator": denominator, "value": None,
        "rows_left_out": left_out, "notes": [], "marks": [], "shares_whole": [], "feeds": None,
        "breakdowns": {
            name: {label: {"numerator": n, "denominator": d} for label, (n, d) in shares.items()}
            for name, shares in parts.items()
        },
    }  # fmt: skip


def a_file(
    *figures: dict[str, Any], authority: str = AUTHORITY, first: str = "2015-10-01", last: str = "2015-12-31"
) -> bytes:
    """The file, sealed."""
    told = figures or (
        a_figure("REF-1", 940, left_out=2, sex={"M": (500, None), "F": (436, None), "U": (4, None)}),
        a_figure("REF-2", 188, 940),
        a_figure("CPP-5", 0, 0),
        a_figure("XYZ-9", 3),
    )
    body = {
        "format": aggregate.FORMAT, "format_version": aggregate.VERSION, "sensitivity": "", "hidden_below": None,
        "source": "census", "authority": authority, "window": {"from": first, "to": last},
        "population_0_17": None, "tool": {"name": "wholestory", "version": "0.1.0"},
        "inputs": [{"name": "cin.xml", "sha256": "0" * 64, "role": "counted"}], "records": {"children": 900},
        "findings": {}, "counted_in_spite_of": [], "figures": list(told), "not_counted": {},
    }  # fmt: skip
    return json.dumps({**body, "seal": aggregate.seal(body)}).encode()
