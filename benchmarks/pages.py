"""The ten commonest pages, and the heavier ones: server time through the real middleware, and queries. Pages of results
are in ``results.py``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.measuring import in_turns, processor_ms
from benchmarks.people import Area, Visitor

ROUNDS, TIMES = 8, 10


class PageFailed(Exception):
    """A page did not answer as it should, so its time means nothing."""


@dataclass(frozen=True)
class Page:
    """An address and who opens it. ``{…}`` are references from the visitor's own."""

    name: str
    address: str
    who: Callable[[Area], list[Visitor]]

    def visit(self, visitor: Visitor) -> bytes:
        """Open it once."""
        response = visitor.client.get(self.address.format(**visitor.references))
        if response.status_code != 200:
            raise PageFailed(f"{self.name} answered {response.status_code}")
        return bytes(response.content)


def leads(area: Area) -> list[Visitor]:
    """The leads of ten agencies, in turn."""
    return area.leads


def manager(area: Area) -> list[Visitor]:
    """The business manager."""
    return [area.manager]


def moderator(area: Area) -> list[Visitor]:
    """A member who moderates."""
    return [area.moderator]


COMMONEST = (
    Page("Front page, an agency's lead", "/", leads),
    Page("Front page, business manager", "/", manager),
    Page("Self-audits, an agency's lead", "/self-audits/", leads),
    Page("A return, its agency", "/self-audits/returns/{ret}/", leads),
    Page("The form: its pages", "/self-audits/returns/{ret}/form/", leads),
    Page("The form: one page", "/self-audits/returns/{ret}/form/page/b1/", leads),
    Page("A cycle of 600 returns, first 25", "/self-audits/cycles/{live}/", manager),
    Page("A return to moderate", "/self-audits/returns/{ret}/moderate/", moderator),
    Page("Actions of 600 agencies, first 25", "/actions/", manager),
    Page("One action, its agency", "/actions/{action}/", leads),
)
HEAVIER = (
    Page("A return, business manager", "/self-audits/returns/{ret}/", manager),
    Page("Messages, first 25", "/letters/", manager),
    Page("Search", "/search/?q=lead", manager),
    Page("The chair's page", "/chair/", lambda area: [area.chair]),
    Page("The lay member's page", "/lay-member/", lambda area: [area.lay_member]),
    Page("Whom to ask: 600 agencies", "/self-audits/cycles/{live}/ask/", manager),
    Page("Chase list of a cycle of 600", "/self-audits/cycles/{live}/chase/", manager),
)


def measure(area: Area) -> dict[str, Any]:
    """p50, p95 and queries of every page."""
    return {
        "commonest": [_measured(area, page, TIMES) for page in COMMONEST],
        "heavier": [_measured(area, page, 3) for page in HEAVIER],
    }


def queries_of(page: Page, visitor: Visitor) -> int:
    """How many queries a second visit asks, without what only frames them."""
    page.visit(visitor)
    with CaptureQueriesContext(connection) as captured:
        page.visit(visitor)
    return sum(not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for each in captured)


def _measured(area: Area, page: Page, times: int) -> dict[str, Any]:
    visitors = page.who(area)
    turn = cycle(visitors)
    queries = queries_of(page, visitors[0])
    own, database = time.process_time(), processor_ms(backend())
    timing = in_turns({"": lambda: page.visit(next(turn))}, ROUNDS, times)[""]
    visits = len(timing.milliseconds) + ROUNDS  # each round begins with one that is not timed
    return {
        "page": page.name, "p50": timing.p50, "p95": timing.p95, "queries": queries,
        "own": (time.process_time() - own) * 1000 / visits, "database": (processor_ms(backend()) - database) / visits,
    }  # fmt: skip


def backend() -> int:
    """The process of PostgreSQL that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])
