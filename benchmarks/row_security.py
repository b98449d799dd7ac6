"""What row-level security costs: the same pages and queries with it and without it, in turns.

Without it means: as a role it does not bind, and without working out who is in what at the start of the transaction.
Both exist in the benchmarks' own server only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any
from unittest import mock

from django.db import connection

from benchmarks.installation import BYPASSING
from benchmarks.measuring import Timing, middle, timed
from benchmarks.pages import Page, leads, manager, moderator
from benchmarks.people import Area, Visitor
from wholestory.access import acting
from wholestory.assurance.models import Return
from wholestory.correspondence.models import Message
from wholestory.records.models import Record

ROUNDS, TIMES = 10, 6

PAGES = (
    ("narrow", Page("Front page", "/", leads)),
    ("narrow", Page("A return", "/self-audits/returns/{ret}/", leads)),
    ("narrow", Page("The form: one page", "/self-audits/returns/{ret}/form/page/b1/", leads)),
    ("narrow", Page("One action", "/actions/{action}/", leads)),
    ("many circles", Page("A return to moderate", "/self-audits/returns/{ret}/moderate/", moderator)),
    ("wide", Page("A return", "/self-audits/returns/{ret}/", manager)),
    ("wide", Page("A cycle of 600 returns, first 25", "/self-audits/cycles/{live}/", manager)),
    ("wide", Page("Messages, first 25", "/letters/", manager)),
    ("wide", Page("Chase list of a cycle of 600", "/self-audits/cycles/{live}/chase/", manager)),
)


@contextmanager
def unbound() -> Iterator[None]:
    """Connected as the role that row-level security does not bind, with nobody's circles worked out."""
    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = BYPASSING
    try:
        with mock.patch.object(acting, "state", _only_who):
            yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = before


def _only_who(cursor: Any, who: acting.Acting) -> None:
    """The access record still needs to know who; nothing else does."""
    cursor.execute(
        "select set_config('app.person', %s, true), set_config('app.seat', %s, true)",
        [str(who.person), str(who.seat or "")],
    )


def measure(area: Area) -> dict[str, Any]:
    """Pages and plain queries, with and without, and what stating the acting person costs by itself."""
    return {
        "pages": [_page(area, who, page) for who, page in PAGES],
        "queries": _queries(area),
        "stating": _stating(area),
    }


def _both(do: Callable[[], Any], rounds: int, times: int) -> tuple[Timing, Timing]:
    on, off = Timing(), Timing()
    for _ in range(rounds):
        on.milliseconds += timed(do, times, before=2).milliseconds
        with unbound():
            off.milliseconds += timed(do, times, before=2).milliseconds
    return on, off


def _page(area: Area, who: str, page: Page) -> dict[str, Any]:
    visitors = page.who(area)
    turn = cycle(visitors)
    with_it = _length(page, visitors[0])
    with unbound():
        without_it = _length(page, visitors[0])
    on, off = _both(lambda: page.visit(next(turn)), ROUNDS, TIMES)
    return {
        "who": who, "page": page.name, "on": on.p50, "off": off.p50, "ratio": on.p50 / off.p50,
        "same": abs(with_it - without_it) <= with_it * 0.01,
    }  # fmt: skip


def _length(page: Page, visitor: Visitor) -> int:
    return len(page.visit(visitor))


def _queries(area: Area) -> list[dict[str, Any]]:
    """A point read, the newest thirty, and counts, each naming its rows so that both ways find the same."""
    people = {"narrow": area.leads[0], "many circles": area.moderator, "wide": area.manager}
    return [
        {"who": who, "query": name, **_inside(visitor, read)}
        for who, visitor in people.items()
        for name, read in _reads(area, visitor, wide=who == "wide").items()
    ]


def _reads(area: Area, visitor: Visitor, *, wide: bool) -> dict[str, Callable[[], Any]]:
    board, reference = area.board.id, visitor.references["ret"]
    with acting.acting_as(visitor.person, visitor.seat):
        agencies = list(Return.objects.filter(board=board).values_list("agency_id", flat=True).distinct())
    returns = Return.objects.filter(board=board, agency__in=agencies).order_by("-due_on")
    messages = Message.objects.filter(board=board)
    reads: dict[str, Callable[[], Any]] = {
        "one record by its reference": lambda: Record.objects.get(reference=reference),
        "newest 30 returns": lambda: list(returns.all()[:30]),
    }
    if wide:
        reads["newest 30 messages"] = lambda: list(messages.order_by("-created_at")[:30])
        reads["messages counted to 1,001"] = lambda: messages[:1001].count()
        reads["all messages counted"] = messages.count
    return reads


def _inside(visitor: Visitor, read: Callable[[], Any]) -> dict[str, float]:
    """Time a read inside one transaction of the visitor's, so that only the read is compared."""
    on, off = Timing(), Timing()
    for _ in range(6):
        with acting.acting_as(visitor.person, visitor.seat):
            on.milliseconds += timed(read, 15, before=3).milliseconds
        with unbound(), acting.acting_as(visitor.person, visitor.seat):
            off.milliseconds += timed(read, 15, before=3).milliseconds
    return {"on": on.p50, "off": off.p50, "ratio": on.p50 / off.p50}


def _stating(area: Area) -> list[dict[str, Any]]:
    """What it costs to work out somebody's circles and offices, once in each request."""
    found = []
    for who, visitor in (("narrow", area.leads[0]), ("many circles", area.moderator), ("wide", area.manager)):
        with acting.acting_as(visitor.person, visitor.seat), connection.cursor() as cursor:
            state = acting.Acting(visitor.person.id, visitor.seat.id)
            timing = timed(lambda c=cursor, s=state: acting.state(c, s), 200)
            cursor.execute("select cardinality(current_setting('app.circles')::int[])")
            circles = cursor.fetchone()[0]
        found.append({"who": who, "circles": circles, "milliseconds": middle(timing.milliseconds)})
    return found
