"""The people tests speak of. Everybody here is invented."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Account
from wholestory.partners.models import Agency, AgencyBoard, Area, Board, Group, Person, Role, Seat
from wholestory.records.models import Circle, Office, Record

LONG_AGO = date(2014, 4, 1)
TODAY = date(2016, 3, 14)

BOARDS = {
    "north": ("Northmarsh Safeguarding Children Board", "WT2015", TODAY),
    "south": ("Southfen Safeguarding Children Board", "WT2015", TODAY),
}
AGENCIES = {
    "school": ("Willow Lane Academy", "education", "s157", ["north"]),
    "police": ("Northmarsh Constabulary", "police", "s11", ["north", "south"]),
    "health": ("Northmarsh Community Health", "health", "s11", ["north"]),
    "charity": ("Harbour Youth Trust", "voluntary", "voluntary", ["north"]),
    "elsewhere": ("Southfen High School", "education", "s175", ["south"]),
}
#: name: (full name, board, role, agency, from, to)
PEOPLE: dict[str, tuple[str, str, str, str | None, date, date | None]] = {
    "business_manager": ("Morgan Ellery", "north", Role.BUSINESS_MANAGER, None, LONG_AGO, None),
    "quality_officer": ("Robin Tansley", "north", Role.QUALITY_OFFICER, None, LONG_AGO, None),
    "administrator": ("Sam Oakes", "north", Role.ADMINISTRATOR, None, LONG_AGO, None),
    "ig_lead": ("Lesley Quill", "north", Role.INFORMATION_GOVERNANCE_LEAD, None, LONG_AGO, None),
    "chair": ("Dr Hilary Stroud", "north", Role.INDEPENDENT_CHAIR, None, LONG_AGO, None),
    "police_member": ("Chris Varley", "north", Role.MEMBER, "police", LONG_AGO, None),
    "health_member": ("Dana Birch", "north", Role.MEMBER, "health", LONG_AGO, None),
    "lay_member": ("Pat Lindley", "north", Role.LAY_MEMBER, None, LONG_AGO, None),
    "head": ("Jo Ashdown", "north", Role.AGENCY_LEAD, "school", LONG_AGO, None),
    "head_contributor": ("Alex Reed", "north", Role.CONTRIBUTOR, "school", LONG_AGO, None),
    "head_signatory": ("Kit Monro", "north", Role.SIGNATORY, "school", LONG_AGO, None),
    "police_lead": ("Ira Holt", "north", Role.AGENCY_LEAD, "police", LONG_AGO, None),
    "police_signatory": ("Noor Castell", "north", Role.SIGNATORY, "police", LONG_AGO, None),
    "charity_lead": ("Bo Larkin", "north", Role.AGENCY_LEAD, "charity", LONG_AGO, None),
    "former_member": ("Ray Soper", "north", Role.MEMBER, "health", LONG_AGO, date(2016, 3, 13)),
    "sister_manager": ("Toni Marsh", "south", Role.BUSINESS_MANAGER, None, LONG_AGO, None),
    "sister_head": ("Viv Carden", "south", Role.AGENCY_LEAD, "elsewhere", LONG_AGO, None),
}
STRANGER = "stranger"


class World:
    """Finds the personas again in a test."""

    def __init__(self) -> None:
        found = {
            p.email.partition("@")[0]: p
            for p in Person.objects.filter(is_system=False).select_related("account")
        }
        self.people: dict[str, Person] = {name: found[name] for name in [*PEOPLE, STRANGER]}
        self.boards: dict[str, Board] = {b.slug: b for b in Board.objects.all()}
        self.agencies: dict[str, Agency] = {a.slug: a for a in Agency.objects.all()}
        held = {s.person_id: s for s in Seat.objects.select_related("board", "agency")}
        self.seats: dict[str, Seat] = {n: held[p.id] for n, p in self.people.items() if p.id in held}

    @property
    def board(self) -> Board:
        return self.boards["north"]


@transaction.atomic
def make_world() -> None:
    """Boards, agencies, people, seats and accounts, as operations would leave them."""
    area = Area.objects.create(name="Northmarsh")
    boards = {}
    for slug, (name, edition, today) in BOARDS.items():
        boards[slug] = Board.objects.create(
            name=name, short_name=name.split()[0], slug=slug, edition=edition, valid_from=LONG_AGO,
            example_today=today, is_example=True, mailbox=f"team@{slug}.example",
        )  # fmt: skip
        boards[slug].areas.add(area)
        derive.ensure_offices(boards[slug])
    agencies = {}
    for slug, (name, sector, duty, answers_to) in AGENCIES.items():
        agencies[slug] = Agency.objects.create(
            name=name,
            slug=slug,
            sector=sector,
            duty_basis=duty,
            is_invented=True,
            mailbox=f"office@{slug}.example",
        )
        for board in answers_to:
            AgencyBoard.objects.create(agency=agencies[slug], board=boards[board], starts_on=LONG_AGO)
    group = Group.objects.create(name="Quality and Effectiveness Group", slug="qeg", quorum=4)
    group.boards.add(boards["north"])
    people = []
    for name, (full_name, board, role, agency, starts_on, ends_on) in PEOPLE.items():
        person = Person.objects.create(full_name=full_name, email=f"{name}@people.example", is_invented=True)
        Seat.objects.create(
            person=person, board=boards[board], role=role, agency=agencies[agency] if agency else None,
            starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
        people.append(person)
    people.append(
        Person.objects.create(full_name="Nobody Known", email=f"{STRANGER}@people.example", is_invented=True)
    )
    for person in people:
        Account.objects.create_user(person.email or "", person=person)
    derive.rewrite(*people)


def issued_return(world: World, agency: Agency, reference: str) -> Record:
    """An agency's return as issuing leaves it: open to the agency, the team and the chair."""
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        circle = Circle.objects.create(board=world.board, kind="return", agency=agency)
        derive.open_circle(circle)
        ledger.line("assurance.issued", board_id=world.board.id)
        return Record.objects.create(
            kind="assurance.return", reference=reference, board=world.board, circle=circle,
            office=Office.objects.get(board=world.board, key="assurance"), edition="WT2015",
            opened_on=date(2016, 1, 11), retention="assurance",
        )  # fmt: skip
