"""Short ways to what happens while a cycle runs, for the tests of it."""

from __future__ import annotations

from datetime import date

from tests.assurance.conftest import SHORT, Round
from tests.personas import LONG_AGO, World
from wholestory.access import derive
from wholestory.access.models import Account
from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.operations import cycles
from wholestory.partners.models import (
    Agency,
    AgencyBoard,
    Board,
    DutyBasis,
    Person,
    Role,
    Seat,
    Sector,
    Succession,
)


def on(round_: Round, day: date) -> Board:
    """The board as it is on another day."""
    board = round_.world.board
    board.example_today = day
    board.save()
    return board


def new_agency(
    world: World, slug: str, name: str, *, duty: str = DutyBasis.S11, sector: str = Sector.HEALTH
) -> Agency:
    """One more body that answers to the board."""
    made = Agency.objects.create(
        name=name,
        slug=slug,
        sector=sector,
        duty_basis=duty,
        is_invented=True,
        mailbox=f"office@{slug}.example",
    )
    AgencyBoard.objects.create(agency=made, board=world.board, starts_on=LONG_AGO)
    return made


def new_person(world: World, name: str, agency: Agency, *roles: Role) -> Person:
    """Somebody with these seats at the agency; found as ``world.people[name]`` from then on."""
    person = Person.objects.create(full_name=name.replace("_", " ").title(), email=f"{name}@people.example")
    for role in roles:
        Seat.objects.create(person=person, board=world.board, role=role, agency=agency, starts_on=LONG_AGO)
    Account.objects.create_user(person.email or "", person=person)
    derive.rewrite(person)
    world.people[name] = person
    return person


def carries_on(before: Agency, after: Agency, day: date, how: str = "merged") -> None:
    """``after`` carries on from ``before``, which has ended."""
    Succession.objects.create(before=before, after=after, on=day, how=how)
    before.ends_on = day
    before.save()


def another_cycle(
    round_: Round, title: str, opens_on: date, due_on: date, asked: list[Agency]
) -> tuple[Cycle, dict[str, Return]]:
    """A full cycle after the first, asked of these."""
    with round_.acting("business_manager") as actor:
        made = cycles.prepare(
            actor=actor, board=round_.world.board, title=title, framework=SHORT, opens_on=opens_on, due_on=due_on,
            previous=round_.cycle, today=opens_on,
        )  # fmt: skip
        issued = cycles.issue(actor=actor, cycle=made, agencies=asked, today=opens_on)
    return made, {ret.agency.slug: ret for ret in issued}
