"""A panel as its pages show it, and who can sit on one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wholestory.access.models import Grant
from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Enquiry, Panel, PanelOutcome, Return, Screening
from wholestory.assurance.operations.panel import ROLE
from wholestory.assurance.rules.screening import failing
from wholestory.partners.models import AGENCY_ROLES, BOARD_ROLES, Agency, Person, Seat


@dataclass(frozen=True)
class Line:
    """One line of enquiry with the words of the line it is about."""

    id: Any
    number: int
    about: str
    question: str
    answer: str


@dataclass(frozen=True)
class PanelView:
    """Everything of one panel that the acting person may see."""

    panel: Panel
    lines: tuple[Line, ...]
    outcome: PanelOutcome | None
    members: tuple[Person, ...]


def panel_of(ret: Return) -> Panel | None:
    """The return's panel, for whoever may see it."""
    rows = Panel.objects.filter(return_of=ret).select_related("peer", "chaired_by", "prepared_by")
    panel = rows.first()
    if panel is not None:
        panel.return_of = ret
    return panel


def view_of(panel: Panel) -> PanelView:
    """Its lines, its outcome and its members: three queries."""
    framework = framework_of(panel.return_of)

    def about(one: Enquiry) -> str:
        if not one.item or one.item not in framework.items:
            return "The return as a whole"
        return f"{framework.numbers[one.item]} {framework.items[one.item].text}"

    lines = tuple(
        Line(one.id, one.number, about(one), one.question, one.answer)
        for one in panel.enquiries.order_by("number")
    )
    outcome = PanelOutcome.objects.filter(panel=panel).select_related("by").first()
    return PanelView(panel, lines, outcome, tuple(members_of(panel.return_of)))


def members_of(ret: Return) -> list[Person]:
    """Who sits on the panel now."""
    grants = Grant.objects.filter(circle=ret.circle_id, role=ROLE, withdrawn_at=None)
    return list(Person.objects.filter(grants__in=grants).distinct().order_by("full_name"))


def peers_of(ret: Return) -> list[Agency]:
    """The other agencies asked in the cycle."""
    asked = Return.objects.filter(cycle=ret.cycle_id).exclude(agency=ret.agency_id)
    return list(Agency.objects.filter(pk__in=asked.values("agency")).order_by("name"))


def who_can_sit(ret: Return, today: date) -> list[tuple[str, str]]:
    """People with a seat on the board or at another agency of it, with where they come from."""
    seats = Seat.objects.filter(board=ret.board_id, starts_on__lte=today).exclude(ends_on__lt=today)
    seats = seats.filter(
        role__in=[*AGENCY_ROLES, *BOARD_ROLES], person__is_service=False, person__is_system=False
    )
    own = set(seats.filter(agency=ret.agency_id).values_list("person_id", flat=True))
    found: dict[str, str] = {}
    for seat in seats.select_related("person", "agency").order_by("person__full_name"):
        if seat.person_id not in own:
            where = seat.agency.name if seat.agency else seat.get_role_display()
            found.setdefault(str(seat.person_id), f"{seat.person.full_name}, {where}")
    return list(found.items())


@dataclass(frozen=True)
class Screened:
    """What somebody found who looked a return over."""

    screening: Screening
    wrong: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether everything was as it should be."""
        return not self.wrong


def screened(ret: Return) -> Screened | None:
    """The last look at a return, for whoever may see it."""
    found = Screening.objects.filter(return_of=ret).select_related("by").first()
    if found is None:
        return None
    return Screened(found, tuple(look.question for look in failing(found.checks)))
