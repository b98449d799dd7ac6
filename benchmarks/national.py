"""The pages of a country's deaths: 35,000 in 153 areas, all open to one coordinator, which is the heaviest there is.

One case in ten is open, with limits that run; the others are final, with theirs kept. Every tenth open one is on hold.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import deaths
from benchmarks.measuring import Timing, in_turns, processor_ms
from benchmarks.pages import PageFailed, backend
from benchmarks.people import Area, Visitor
from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import (
    Case,
    DeathRow,
    Hold,
    Notification,
    NotificationStep,
    Panel,
    Settled,
)
from wholestory.partners.models import Area as Place
from wholestory.partners.models import Board, Seat
from wholestory.pathways.models import RunningClock, Standing

AREAS, ROUNDS, TIMES = 153, 6, 5
_OPEN = (
    "triage",
    "immediate",
    "gathering",
    "gathering",
    "meeting_held",
    "awaiting_outcome",
    "ready",
    "reviewed",
)
_LIMITS = (
    ("told", "Telling the panel"), ("asked", "Asking agencies"), ("answers", "Agencies’ answers"),
    ("panel", "Six months to the panel"),
)  # fmt: skip
_AT_ONCE = 1_000
_LEFT_TO_SORT = 300


@dataclass(frozen=True)
class Visit:
    """A page, and what is sent to it where it is a question."""

    name: str
    address: str
    sent: dict[str, str] = field(default_factory=dict)

    def once(self, visitor: Visitor) -> None:
        """Open it once."""
        client = visitor.client
        answer = client.post(self.address, self.sent) if self.sent else client.get(self.address)
        if answer.status_code != 200:
            raise PageFailed(f"{self.name} answered {answer.status_code}")


def measure(area: Area, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """p50, p95, processor time and queries of each page."""
    panel = deaths.kept(area.board, say)
    seat = deaths.coordinator(area.board)
    _grown(area.board, panel, seat, say)
    visitor = area.visitor(seat)
    return [_measured(page, visitor) for page in _pages(panel, seat)]


def _pages(panel: Panel, seat: Seat) -> list[Visit]:
    with acting.acting_as(seat.person, seat):
        running = Case.objects.filter(panel=panel, record__standing__stage="gathering")
        done = Case.objects.filter(panel=panel, record__standing__stage="finalised")
        one, other = (
            rows.select_related("record", "child").order_by("-first_received_at")[7]
            for rows in (running, done)
        )
        name = one.child.names.all()[0].surname
        number = other.child.identifiers.first() or running.filter(child__identifiers__isnull=False)[0].child
        nhs = getattr(number, "value", "9990000000")
        born = other.child.born_on
        area = str(one.home_area_id)
    return [
        Visit("Case list, first 25", "/child-deaths/"),
        Visit("Case list, by the next limit", "/child-deaths/?sort=next_due"),
        Visit("Case list, page 40", "/child-deaths/?page=40"),
        Visit("Caseload: open", "/child-deaths/?standing=open"),
        Visit("Caseload: something overdue", "/child-deaths/?standing=overdue"),
        Visit("Caseload: one area", f"/child-deaths/?area={area}"),
        Visit("Search by name", "/child-deaths/find/", {"name": name}),
        Visit("Search by NHS number", "/child-deaths/find/", {"nhs_number": nhs}),
        Visit("Search by day of birth", "/child-deaths/find/",
              {"born_on-day": f"{born:%-d}", "born_on-month": f"{born:%-m}", "born_on-year": f"{born:%Y}"}),
        Visit("Messages, newest 25", "/child-deaths/messages/"),
        Visit("One case, open", f"/child-deaths/cases/{one.record.reference}/"),
        Visit("One case, final", f"/child-deaths/cases/{other.record.reference}/"),
        Visit("Dashboard, ten years", "/child-deaths/patterns/"),
    ]  # fmt: skip


def _measured(page: Visit, visitor: Visitor) -> dict[str, Any]:
    page.once(visitor)
    with CaptureQueriesContext(connection) as captured:
        page.once(visitor)
    queries = sum(
        not each["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for each in captured
    )
    server, spent = backend(), [0.0, 0.0, 0]

    def once() -> None:
        own, database = time.process_time(), processor_ms(server)
        page.once(visitor)
        spent[0] += (time.process_time() - own) * 1000
        spent[1] += processor_ms(server) - database
        spent[2] += 1

    timing: Timing = in_turns({"": once}, ROUNDS, TIMES)[""]
    return {
        "page": page.name, "p50": timing.p50, "p95": timing.p95, "queries": queries,
        "own": spent[0] / spent[2], "database": spent[1] / spent[2],
    }  # fmt: skip


def _grown(board: Board, panel: Panel, seat: Seat, say: Callable[[str], None]) -> None:
    """Give every case an area, a stage and limits; made on the first run."""
    if panel.areas.count() < AREAS:
        places = [Place.objects.get_or_create(name=f"Made-up area {at + 1}")[0] for at in range(AREAS)]
        panel.areas.set(places)
    places = list(panel.areas.order_by("name"))
    with acting.acting_as(seat.person, seat):
        rows = Case.objects.filter(panel=panel, record__standing__isnull=True)
        left = list(rows.order_by("first_received_at", "pk").values_list("pk", flat=True))
    done = 0
    while left:
        some, left = left[:_AT_ONCE], left[_AT_ONCE:]
        with acting.acting_as(seat.person, seat):
            ledger.line("child_deaths.made_up", board_id=board.pk)
            # The newest of ten are open: so many are in the last batches.
            _one_batch(
                some, places, len(left) < deaths.HOW_MANY // 10, board.today(), seat, random.Random(len(left))
            )
        done += len(some)
        if done % 5_000 == 0:
            say(f"    {done:,} cases given a stage and limits")
    if done:
        _sorted_out(board, panel, seat)
        with acting.as_system(board, "tally"):
            ledger.line("child_deaths.figures_kept", board_id=board.pk)
            rows_of = list(DeathRow.objects.filter(area=None).values_list("pk", flat=True))
            for at, place in enumerate(places):
                DeathRow.objects.filter(pk__in=rows_of[at::AREAS]).update(area=place)
        with connection.cursor() as cursor:
            cursor.execute("analyze")


def _one_batch(
    some: list[Any], places: list[Place], is_open: bool, today: date, seat: Seat, chosen: random.Random
) -> None:
    cases = list(Case.objects.filter(pk__in=some).select_related("record"))
    for at, place in enumerate(places):
        Case.objects.filter(pk__in=some[at::AREAS]).update(home_area=place)
    standings, limits, holds = [], [], []
    for case in cases:
        door = {"circle_id": case.circle_id, "office_id": case.office_id}
        told = case.first_received_at.date()
        stage = chosen.choice(_OPEN) if is_open else "finalised"
        standings.append(
            Standing(record=case.record, pathway="child_deaths.case", version=1, stage=stage,
                     since_on=told + timedelta(days=20), **door)
        )  # fmt: skip
        limits += [_limit(case, told, at, door, running=is_open and at > 1, today=today) for at in range(4)]
        if is_open and chosen.random() < 0.1:
            holds.append(
                Hold(case=case, why="inquest", since_on=told, review_on=told + timedelta(days=90), by=seat.person,
                     **door)
            )  # fmt: skip
    Standing.objects.bulk_create(standings)
    RunningClock.objects.bulk_create(limits)
    Hold.objects.bulk_create(holds)


def _limit(
    case: Case, told: date, at: int, door: dict[str, Any], *, running: bool, today: date
) -> RunningClock:
    key, title = _LIMITS[at]
    began = datetime(told.year, told.month, told.day, 12, tzinfo=UTC)
    due = (
        (today + timedelta(days=hash_of(case) % 120 - 30))
        if running
        else told + timedelta(days=30 * (at + 1))
    )
    ended = {} if running else {"closed_at": began, "met_at": began, "met_on": told, "outcome": "met_in_time"}
    return RunningClock(
        record=case.record, rule=f"child_deaths.{key}", key=key, title=title, edition="WT2015", fingerprint="bench",
        rule_as_started={}, starts={}, start_fact="notified", start_at=began, start_on=told, start_precision="date",
        first_start_at=began, first_due_on=due, due_on=due, gross_due_on=due, net_due_on=due, **ended, **door,
    )  # fmt: skip


def hash_of(case: Case) -> int:
    """A number that is the case's own."""
    return int(case.pk) >> 8


def _sorted_out(board: Board, panel: Panel, seat: Seat) -> None:
    """All messages but the newest few hundred have been decided about."""
    with acting.acting_as(seat.person, seat):
        ledger.line("child_deaths.made_up", board_id=board.pk)
        rows = Notification.objects.filter(panel=panel, steps__isnull=True).order_by("-received_at")
        NotificationStep.objects.bulk_create(
            NotificationStep(notification=one, settled=Settled.NO_CASE, by=seat.person, at=one.received_at,
                             circle_id=one.circle_id, office_id=one.office_id)
            for one in rows[_LEFT_TO_SORT:]
        )  # fmt: skip
