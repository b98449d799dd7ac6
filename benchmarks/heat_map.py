"""The heat map of six hundred agencies by nine standards: worked out, as a page, as Excel and as PDF."""

from __future__ import annotations

from typing import Any

from benchmarks.measuring import timed
from benchmarks.pages import Page, manager
from benchmarks.people import Area

FORMS = (
    ("officers' page", "/self-audits/cycles/{live}/heat-map/", 8),
    ("Excel", "/self-audits/cycles/{live}/heat-map/?download=xlsx", 4),
    ("PDF", "/self-audits/cycles/{live}/heat-map/?download=pdf", 3),
    ("CSV", "/self-audits/cycles/{live}/heat-map/?download=csv", 4),
    ("the board's page, after release", "/self-audits/cycles/{old}/results/heat-map/?view=board", 8),
)


def measure(area: Area) -> list[dict[str, Any]]:
    """Seconds and size of each."""
    found = []
    for name, address, times in FORMS:
        page = Page(name, address, manager)
        size = len(page.visit(area.manager))
        timing = timed(lambda p=page: p.visit(area.manager), times, before=1)
        found.append(
            {"form": name, "p50": timing.p50, "slowest": max(timing.milliseconds), "kilobytes": size // 1024}
        )
    return found
