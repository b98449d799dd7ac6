"""The people, panels and messages tests about deaths speak of. Everybody here is invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tests.personas import LONG_AGO, TODAY, World
from wholestory.access import acting, derive
from wholestory.access.models import Account
from wholestory.child_deaths.models import Case, Channel, Notification, Panel, PanelNumber
from wholestory.child_deaths.operations import intake, opening
from wholestory.kernel.moments import LONDON, Moment, at_instant, parse
from wholestory.partners.models import Agency, Area, Group, Person, Role, Seat

#: When tests happen: the afternoon of the boards' day.
NOW = datetime(2016, 3, 14, 15, 0, tzinfo=LONDON)

#: name: (full name, board, role, agency, whether the seat is in the overview panel's group)
DEATH_PEOPLE: dict[str, tuple[str, str, str, str | None, bool]] = {
    "coordinator": ("Maren Foulds", "north", Role.CHILD_DEATH_COORDINATOR, None, False),
    "designated_doctor": ("Dr Imre Kestle", "north", Role.DESIGNATED_DOCTOR, "health", False),
    "analyst": ("Wen Tarrant", "north", Role.PERFORMANCE_ANALYST, None, False),
    "panel_chair": ("Dr Odile Farrow", "north", Role.PANEL_CHAIR, None, True),
    "panel_police": ("Gil Standish", "north", Role.MEMBER, "police", True),
    "panel_health": ("Asha Merriman", "north", Role.MEMBER, "health", True),
    "panel_lay": ("Corin Pell", "north", Role.LAY_MEMBER, None, True),
    "sister_coordinator": ("Esme Quarles", "south", Role.CHILD_DEATH_COORDINATOR, None, False),
}


@transaction.atomic
def bring_in_panels(world: World) -> None:
    """Add the overview panels of both boards, one panel elsewhere, and the people of child death review."""
    fen = Area.objects.create(name="Southfen")
    far = Area.objects.create(name="Farhaven")
    group = Group.objects.create(name="Child Death Overview Panel", short_name="CDOP", slug="cdop", quorum=3)
    group.boards.add(world.boards["north"], world.boards["south"])
    north = Panel.objects.create(
        name="Northmarsh Child Death Overview Panel", short_name="Northmarsh", slug="northmarsh", group=group,
        board=world.boards["north"], takes_notifications=True, numbers_verified_on=date(2016, 2, 1),
    )  # fmt: skip
    north.areas.add(Area.objects.get(name="Northmarsh"))
    PanelNumber.objects.create(
        panel=north, place=1, label="On-call paediatrician", number="01632 960001", when="day and night"
    )
    south = Panel.objects.create(
        name="Southfen Child Death Overview Panel", short_name="Southfen", slug="southfen",
        board=world.boards["south"], takes_notifications=True,
    )  # fmt: skip
    south.areas.add(fen)
    away = Panel.objects.create(
        name="Farhaven Child Death Overview Panel", short_name="Farhaven", slug="farhaven",
        email="cdop@farhaven.example", telephone="01632 960099",
    )  # fmt: skip
    away.areas.add(far)
    people = []
    for name, (full_name, board, role, agency, of_group) in DEATH_PEOPLE.items():
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


def answers(**said: Any) -> dict[str, dict[str, Any]]:
    """Answers of a notification: a value, or ``None`` for "not known"."""
    return {key: intake.nothing() if value is None else intake.said(value) for key, value in said.items()}


#: What a nurse sends about an invented boy.
ROWAN: dict[str, Any] = {
    "forenames": "Rowan", "surname": "Ashby", "born_on": "2013-05-02", "sex": "male", "nhs_number": "9990000018",
    "address": "3 Invented Lane, Northmarsh", "postcode": "ZZ99 3WZ", "confirmed_on": "2016-03-12",
    "confirmed_time": "22:40", "place_of_death": "Northmarsh General, emergency department", "expected": "unexpected",
    "circumstances": "Collapsed at home in the evening.", "mother_name": "Lindsey Ashby",
    "notifier_name": "Nurse Teal", "notifier_organisation": "Northmarsh General", "notifier_telephone": "01632 960123",
}  # fmt: skip


class Deaths:
    """Makes messages and cases as the rooms' own operations leave them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.panel = Panel.objects.get(slug="northmarsh")
        self.south = Panel.objects.get(slug="southfen")
        self.away = Panel.objects.get(slug="farhaven")

    @contextmanager
    def acting(self, name: str = "coordinator") -> Iterator[Person]:
        with acting.acting_as(self.world.people[name], self.world.seats.get(name)):
            yield self.world.people[name]

    def told(
        self,
        received: str = "2016-03-13 09:10",
        *,
        by: str = "coordinator",
        panel: Panel | None = None,
        **said: Any,
    ) -> Notification:
        """A telephoned message; what is not said is as of the invented boy."""
        with self.acting(by) as actor:
            return intake.take(
                panel=panel or self.panel, channel=Channel.TELEPHONE, answers=answers(**{**ROWAN, **said}),
                received=parse(received), actor=actor, form_key="notification", now=NOW,
            )  # fmt: skip

    def case(self, notification: Notification | None = None, *, by: str = "coordinator", **said: Any) -> Case:
        """A case being sorted, opened from a message."""
        notification = notification or self.told(by=by, **said)
        with self.acting(by) as actor:
            return opening.open_case(actor=actor, notification=notification, now=self.now, today=TODAY)

    @property
    def now(self) -> Moment:
        return at_instant(NOW)
