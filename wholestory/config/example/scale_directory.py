"""Boards, agencies, people and seats of a made-up area."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from wholestory.access import derive
from wholestory.access.models import Account
from wholestory.config.example import scale_names as names
from wholestory.config.example.scale_sizes import TODAY, BoardSize
from wholestory.partners.models import Agency, AgencyBoard, Area, Board, Group, Person, Role, Seat
from wholestory.records.models import Office

LONG_AGO = date(2005, 4, 1)

#: The team, one person each; then the board's own seats that are not anybody's agency's.
TEAM = (
    Role.BUSINESS_MANAGER, Role.QUALITY_OFFICER, Role.ADMINISTRATOR, Role.PERFORMANCE_ANALYST,
    Role.INFORMATION_GOVERNANCE_LEAD,
)  # fmt: skip
APART = (Role.INDEPENDENT_CHAIR, Role.LAY_MEMBER, Role.LAY_MEMBER, Role.ADVISER)
#: Who works for an agency, in the order in which its people are made; further ones are contributors.
AT_AN_AGENCY = (Role.AGENCY_LEAD, Role.SIGNATORY, Role.SUBSTITUTE)


@dataclass
class MadeBoard:
    """One made-up board with everybody the cycles need to find again."""

    board: Board
    number: int
    agencies: list[Agency]
    offices: dict[str, Office]
    seats: dict[str, Person] = field(default_factory=dict)
    members: list[tuple[Person, UUID]] = field(default_factory=list)
    staff: dict[tuple[UUID, str], list[Person]] = field(default_factory=dict)

    @property
    def manager(self) -> Person:
        """The business manager."""
        return self.seats[Role.BUSINESS_MANAGER]

    def lead(self, agency: Agency) -> Person:
        """Who leads for an agency."""
        return self.staff[agency.id, Role.AGENCY_LEAD][0]

    def signatory(self, agency: Agency) -> Person:
        """Who signs for an agency."""
        return self.staff[agency.id, Role.SIGNATORY][0]


def key(chosen: random.Random) -> UUID:
    """A key made from the seed, so that the same seed makes the same rows."""
    return UUID(int=chosen.getrandbits(128), version=4)


def make(number: int, size: BoardSize, place: Iterator[str], chosen: random.Random) -> MadeBoard:
    """One board with its agencies and people; nobody is let in anywhere yet."""
    name = next(place)
    slug = f"made-up-{number}"
    board = Board.objects.create(
        id=key(chosen), name=f"{name} Safeguarding Children Board", short_name=name, slug=slug, edition="WT2015",
        valid_from=LONG_AGO, mailbox=f"team@{slug}.example", telephone="01632 960000", is_example=True,
        example_today=TODAY,
    )  # fmt: skip
    area = Area.objects.create(id=key(chosen), name=f"{name} (made up)")
    board.areas.add(area)
    made = MadeBoard(board, number, _agencies(board, size, place, chosen), derive.ensure_offices(board))
    _people(made, size, chosen)
    return made


def _agencies(board: Board, size: BoardSize, place: Iterator[str], chosen: random.Random) -> list[Agency]:
    agencies = []
    for at in range(size.agencies):
        called, sector, duty = names.kind(chosen)
        agencies.append(
            Agency(
                id=key(chosen), name=f"{next(place)} {called}", slug=f"{board.slug}-agency-{at}", sector=sector,
                duty_basis=duty, is_invented=True, mailbox=f"office@agency-{at}.{board.slug}.example",
            )
        )  # fmt: skip
    Agency.objects.bulk_create(agencies, batch_size=1000)
    AgencyBoard.objects.bulk_create(
        [AgencyBoard(id=key(chosen), agency=agency, board=board, starts_on=LONG_AGO) for agency in agencies],
        batch_size=1000,
    )
    return agencies


def _people(made: MadeBoard, size: BoardSize, chosen: random.Random) -> None:
    board = made.board
    people: list[Person] = []
    seats: list[Seat] = []
    group = Group.objects.create(
        id=key(chosen), name=f"{board.short_name} Quality Group", slug=f"{board.slug}-quality", quorum=4
    )
    group.boards.add(board)

    def somebody(job: str) -> Person:
        at = len(people)
        people.append(
            Person(
                id=key(chosen), full_name=names.person(chosen), email=f"p{at}@{board.slug}.example",
                job_title=job, is_invented=True,
            )
        )  # fmt: skip
        return people[-1]

    def sits(person: Person, role: str, agency: Agency | None = None, in_group: Group | None = None) -> None:
        seats.append(
            Seat(
                id=key(chosen), person=person, board=board, role=role, agency=agency, group=in_group,
                starts_on=LONG_AGO + timedelta(days=chosen.randrange(90)), is_account_owner=role == Role.AGENCY_LEAD,
            )
        )  # fmt: skip

    for role in (*TEAM, *APART):
        person = somebody(role.label)
        made.seats.setdefault(role, person)
        sits(person, role)
    for at in range(size.members):
        agency = made.agencies[at % len(made.agencies)]
        person = somebody("Head of safeguarding")
        made.members.append((person, agency.id))
        sits(person, Role.MEMBER if at % 4 else Role.DEPUTY, agency)
        if at < 6:
            sits(person, Role.MEMBER, in_group=group)
    left = size.people - len(people)
    for round_ in range(max(1, -(-left // len(made.agencies)))):
        for agency in made.agencies:
            if round_ and len(people) >= size.people:
                break
            role = AT_AN_AGENCY[round_] if round_ < len(AT_AN_AGENCY) else Role.CONTRIBUTOR
            person = somebody(
                {Role.AGENCY_LEAD: "Designated lead", Role.SIGNATORY: "Chief officer"}.get(role, "Deputy")
            )
            made.staff.setdefault((agency.id, role), []).append(person)
            sits(person, role, agency)
    for agency in made.agencies:
        if (agency.id, Role.SIGNATORY) not in made.staff:
            # A small organisation: whoever leads also signs.
            made.staff[agency.id, Role.SIGNATORY] = [made.lead(agency)]
            sits(made.lead(agency), Role.SIGNATORY, agency)
    Person.objects.bulk_create(people, batch_size=2000)
    Account.objects.bulk_create(
        [
            Account(id=key(chosen), email=p.email or "", person=p, password=make_password(None))
            for p in people
        ],
        batch_size=2000,
    )
    Seat.objects.bulk_create(seats, batch_size=2000)
