"""Every page of results at six hundred agencies, forty items and four cycles, beside the same page at forty agencies.

The ratio says how a page grows: one would be a page that costs the same whatever the size, fifteen one that does
nothing but work through the agencies.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from benchmarks.measuring import in_turns, processor_ms
from benchmarks.pages import Page, backend, manager, queries_of
from benchmarks.people import Area, Visitor

ROUNDS, TIMES = 6, 2
_HERE = "/self-audits/cycles/{live}/results/"

PAGES = (
    Page("Summary", _HERE, manager),
    Page("Heat map", "/self-audits/cycles/{live}/heat-map/", manager),
    Page("Item by item", f"{_HERE}items/", manager),
    Page("Item by item, one sector", f"{_HERE}items/?sector=schools", manager),
    Page("Who stands where on one item", f"{_HERE}items/{{item}}/", manager),
    Page("Own and moderated scores", f"{_HERE}own-and-moderated/", manager),
    Page("Sectors compared", f"{_HERE}sectors/", manager),
    Page("Four cycles compared", f"{_HERE}cycles/", manager),
    Page("Responses", f"{_HERE}responses/", manager),
    Page("Actions by agency", f"{_HERE}actions/", manager),
    Page("Promised, done, moved", f"{_HERE}standards/", manager),
    Page("Promised, done, moved: one standard", f"{_HERE}standards/{{standard}}/", manager),
    Page("Evidence", f"{_HERE}evidence/", manager),
    Page("Summary, as the board sees it", "/self-audits/cycles/{old}/results/?view=board", manager),
    Page("Heat map, as the board sees it", "/self-audits/cycles/{old}/results/heat-map/?view=board", manager),
    Page("An agency's own result", "/self-audits/returns/{ret}/result/", manager),
    Page("Asking for the workbook", "/self-audits/cycles/{live}/workbook/", manager),
)


def measure(area: Area) -> list[dict[str, Any]]:
    """p50, p95, processor time and queries of each page, and how it compares with forty agencies."""
    small = Area(smallest=True)
    return [_measured(page, page.who(area)[0], page.who(small)[0]) for page in PAGES]


def _measured(page: Page, large: Visitor, small: Visitor) -> dict[str, Any]:
    queries, few = queries_of(page, large), queries_of(page, small)
    spent = {"large": [0.0, 0.0, 0], "small": [0.0, 0.0, 0]}
    ways = {"large": _counted(page, large, spent["large"]), "small": _counted(page, small, spent["small"])}
    timings = in_turns(ways, ROUNDS, TIMES)
    own, database, visits = spent["large"]
    return {
        "page": page.name, "p50": timings["large"].p50, "p95": timings["large"].p95,
        "own": own / visits, "database": database / visits, "queries": queries, "queries_small": few,
        "small": timings["small"].p50, "ratio": timings["large"].p50 / timings["small"].p50,
    }  # fmt: skip


def _counted(page: Page, visitor: Visitor, spent: list[float]) -> Callable[[], None]:
    """A visit that adds what it took of the processor, ours and the database's, in milliseconds."""
    server = backend()

    def visit() -> None:
        own, database = time.process_time(), processor_ms(server)
        page.visit(visitor)
        spent[0] += (time.process_time() - own) * 1000
        spent[1] += processor_ms(server) - database
        spent[2] += 1

    return visit
