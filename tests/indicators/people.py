"""The people, groups and figures that tests about the performance report speak of. Everybody here is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tests.personas import LONG_AGO, World
from wholestory.access import acting, derive
from wholestory.access.models import Account
from wholestory.indicators.models import Source, Submission, SubmissionState, Value
from wholestory.indicators.operations import circles
from wholestory.kernel.moments import LONDON
from wholestory.partners.models import Agency, Group, Person, Role, Seat
from wholestory.records import opening

#: When tests happen: the afternoon of the boards' day.
NOW = datetime(2016, 3, 14, 15, 0, tzinfo=LONDON)

#: name: (full name, board, role, agency, whether the seat is in the Quality and Effectiveness Group)
FIGURES_PEOPLE: dict[str, tuple[str, str, str, str | None, bool]] = {
    "analyst": ("Wen Tarrant", "north", Role.PERFORMANCE_ANALYST, None, False),
    "group_chair": ("Odette Marlow", "north", Role.PANEL_CHAIR, None, True),
    "group_police": ("Gil Standish", "north", Role.MEMBER, "police", True),
    "group_health": ("Asha Merriman", "north", Role.MEMBER, "health", True),
    "group_lay": ("Corin Pell", "north", Role.LAY_MEMBER, None, True),
    "health_lead": ("Tamsin Orr", "north", Role.AGENCY_LEAD, "health", False),
    "health_signatory": ("Piers Lowell", "north", Role.SIGNATORY, "health", False),
    "sister_analyst": ("Esme Quarles", "south", Role.PERFORMANCE_ANALYST, None, False),
    "sister_police_lead": ("Una Frith", "south", Role.AGENCY_LEAD, "police", False),
}


@transaction.atomic
def bring_in_figures_people(world: World) -> None:
    """Add the analysts, the agencies' people and the members of the Quality and Effectiveness Group."""
    group = Group.objects.get(slug="qeg")
    people = []
    for name, (full_name, board, role, agency, of_group) in FIGURES_PEOPLE.items():
        if name in world.people:
            continue
        person = Person.objects.create(full_name=full_name, email=f"{name}@people.example", is_invented=True)
        world.seats[name] = Seat.objects.create(
            person=person, board=world.boards[board], role=role, starts_on=LONG_AGO,
            agency=Agency.objects.get(slug=agency) if agency else None, group=group if of_group else None,
        )  # fmt: skip
        Account.objects.create_user(person.email or "", person=person)
        world.people[name] = person
        people.append(person)
    derive.rewrite(*people)


class Figures:
    """Puts figures in force as an accepted return leaves them."""

    def __init__(self, world: World) -> None:
        self.world = world

    @contextmanager
    def acting(self, name: str = "analyst") -> Iterator[Person]:
        with acting.acting_as(self.world.people[name], self.world.seats.get(name)):
            yield self.world.people[name]

    def series(
        self,
        agency: str,
        measure: str,
        counts: list[tuple[int, int | None]],
        *,
        last: date = date(2015, 12, 31),
        board: str = "north",
        breakdown: str = "",
        label: str = "",
    ) -> Submission:
        """Quarterly figures in force, the last of them for the quarter that ends on ``last``: (numerator,
        denominator) each, denominator None for a plain count."""
        analyst = "analyst" if board == "north" else "sister_analyst"
        with self.acting(analyst) as actor:
            on, of = self.world.boards[board], self.world.agencies[agency]
            circle, office = circles.of_agency(on, of), circles.office(on)
            kind = opening.Opening("indicators.submission", "FS", "governance")
            record = opening.sheet(kind, on, circle, office, date(2016, 3, 14), verb="indicators.brought_in")
            submission = Submission.objects.create(
                record=record, circle=circle, office=office, board=on, agency=of, number=1,
                source=Source.SCORECARD, state=SubmissionState.IN_FORCE, by=actor, at=NOW,
            )  # fmt: skip
            Value.objects.bulk_create(
                Value(
                    circle=circle, office=office, submission=submission, board=on, agency=of, measure=measure,
                    version=1, period_start=start, period_end=end, breakdown=breakdown, label=label,
                    numerator=Decimal(numerator), in_force=True,
                    denominator=None if denominator is None else Decimal(denominator),
                )
                for (numerator, denominator), (start, end) in zip(
                    counts, quarters(last, len(counts)), strict=True
                )
            )  # fmt: skip
            return submission


def quarters(last: date, number: int) -> list[tuple[date, date]]:
    """The first and last days of ``number`` quarters, the last of which ends on ``last``."""
    found = []
    year, month = last.year, last.month
    for _ in range(number):
        start = date(year, month - 2, 1)
        after = date(year + (month == 12), month % 12 + 1, 1)
        found.append((start, date.fromordinal(after.toordinal() - 1)))
        year, month = (year - 1, 12) if month == 3 else (year, month - 3)
    return found[::-1]


__all__ = ["FIGURES_PEOPLE", "NOW", "Figures", "bring_in_figures_people", "quarters"]
