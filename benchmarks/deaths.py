"""Made-up deaths of children: accounts of them, a second telling of each with its slips, and 35,000 in the database.

35,000 is what a whole country's panels gather in ten years. Everybody is drawn at random from lists; nobody is real.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from django.db import connection

from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Account
from wholestory.child_deaths.models import (
    Address,
    Case,
    Channel,
    Child,
    ChildName,
    Identifier,
    MatchKey,
    Notification,
    Panel,
    Relative,
)
from wholestory.child_deaths.operations import intake
from wholestory.child_deaths.queries.identities import of_notification
from wholestory.child_deaths.queries.keyed import hashed, mark
from wholestory.child_deaths.rules.matching import Identity, PartDate, folding, keys
from wholestory.partners.models import Board, Person, Role, Seat
from wholestory.records import opening, references
from wholestory.records.models import Circle, Record

HOW_MANY = 35_000
FIRST, YEARS = date(2006, 4, 1), 10
_AT_ONCE = 1_000
_SEX = {"F": "female", "M": "male"}
_NAMES = (
    "Oliver George Arthur Noah Muhammad Leo Oscar Harry Archie Jack Olivia Amelia Isla Ava Mia Ivy Lily Freya Florence "
    "Willow Rosie Sofia Isabella Grace Daisy Ella Poppy Evie Emily Sienna Charlotte Phoebe Jakub Zofia Maja Kacper "
    "Andrei Maria Ioana Aisha Fatima Ibrahim Yusuf Hamza Zainab Ayaan Arjun Anaya Wei Mei Kwame Ama Chidi Amara Liam "
    "Aoife Niamh Callum Ewan Morgan Rhys Seren Dylan Ffion Samuel Hannah Joshua Leah Adam Ruth Daniel Naomi Tomas"
)
_BEGIN = "Al Ber Car Dun El Far Gal Har Il Jor Ket Lar Mos Neth Or Pel Quar Rush Sil Tar Un Ven Wray Yel"
_END = "ton wick ley field ham by worth combe dale gate man ski ova escu son oor shaw well ridge more"
_FORENAMES, _STARTS, _ENDS = _NAMES.split(), _BEGIN.split(), _END.split()


@dataclass(frozen=True)
class Death:
    """A made-up death: the account of it, the days as days, the NHS number in the range kept for tests."""

    account: Identity
    born_on: date
    died_on: date


def deaths(chosen: random.Random) -> Iterator[Death]:
    """Deaths without end; two in a hundred are of twins, a third of babies of the first month, some without a name."""
    while True:
        died = FIRST + timedelta(days=chosen.randrange(365 * YEARS))
        lived = chosen.randrange(28) if chosen.random() < 0.35 else chosen.randrange(28, 6_570)
        born = died - timedelta(days=lived)
        surname = chosen.choice(_STARTS) + chosen.choice(_ENDS)
        nameless = lived < 3 and chosen.random() < 0.4
        account = Identity(
            forenames="Baby" if nameless else _skewed(chosen, _FORENAMES), surname=surname,
            born=PartDate.of(born), sex=chosen.choice("FM"),
            nhs_number=_number(chosen) if chosen.random() < 0.8 else "", postcode=_postcode(chosen),
            died=PartDate.of(died), mother_forenames=_skewed(chosen, _FORENAMES), mother_surname=surname,
        )  # fmt: skip
        yield Death(account, born, died)
        if lived < 200 and chosen.random() < 0.06:
            twin = replace(account, forenames=_skewed(chosen, _FORENAMES), nhs_number=_number(chosen))
            yield Death(twin, born, died)


def told_again(one: Identity, chosen: random.Random) -> Identity:
    """The same death as somebody else tells of it: at least one slip, often two."""
    slips: list[Callable[[Identity], Identity]] = [
        lambda it: replace(it, forenames=_misspelt(it.forenames, chosen)),
        lambda it: replace(it, surname=_misspelt(it.surname, chosen)),
        lambda it: replace(it, nhs_number=""),
        lambda it: replace(it, postcode=_postcode(chosen)),
        lambda it: replace(it, died=_moved(it.died, chosen.choice((-1, 1)))),
        lambda it: replace(it, born=_moved(it.born, chosen.choice((-1, 1, 10)))),
        lambda it: replace(it, sex=""),
        lambda it: replace(it, mother_forenames="", mother_surname=""),
        lambda it: replace(it, forenames=it.surname, surname=it.forenames),
    ]
    for slip in chosen.sample(slips, chosen.choice((1, 2, 2, 3))):
        one = slip(one)
    return one


def coordinator(board: Board) -> Seat:
    """The child death coordinator of the board, made where there is none."""
    held = Seat.objects.filter(board=board, role=Role.CHILD_DEATH_COORDINATOR).select_related(
        "person__account", "board"
    )
    if (seat := held.first()) is not None:
        return seat
    person = Person.objects.create(full_name="Ora Pennifold", email="deaths@bench.example", is_invented=True)
    Account.objects.create_user(person.email or "", person=person)
    Seat.objects.create(
        person=person, board=board, role=Role.CHILD_DEATH_COORDINATOR, starts_on=board.valid_from
    )
    derive.rewrite(person)
    return held.get()


def kept(board: Board, say: Callable[[str], None]) -> Panel:
    """The board's panel, with 35,000 deaths in the database; made on the first run, a few minutes."""
    seat = coordinator(board)
    panel = Panel.objects.filter(board=board).first() or Panel.objects.create(
        name="Bench Child Death Overview Panel", short_name="Bench", slug="bench", board=board
    )
    with acting.acting_as(seat.person, seat):
        there = Case.objects.filter(panel=panel).count()
    made = islice(deaths(random.Random(1)), there, HOW_MANY)
    while batch := list(islice(made, _AT_ONCE)):
        with acting.acting_as(seat.person, seat):
            ledger.line("child_deaths.made_up", board_id=board.id)
            _keep(panel, batch)
        there += len(batch)
        if there % 5_000 == 0:
            say(f"    {there:,} of {HOW_MANY:,} made-up deaths")
    with connection.cursor() as cursor:
        cursor.execute("select pg_size_pretty(pg_total_relation_size('child_deaths_matchkey'))")
        say(f"    the index of keys takes {cursor.fetchone()[0]}")
    return panel


def answers(account: Identity) -> dict[str, dict[str, str]]:
    """The account as the answers of a notification."""
    said = {
        "forenames": account.forenames, "surname": account.surname,
        "sex": _SEX.get(account.sex, ""),
        "nhs_number": account.nhs_number, "postcode": account.postcode, "born_on": _iso(account.born),
        "confirmed_on": _iso(account.died),
        "mother_name": _mother(account),
    }  # fmt: skip
    return {key: intake.said(value) for key, value in said.items() if value}


def _keep(panel: Panel, batch: list[Death]) -> None:
    """A thousand cases at once, each with its child, and a message for every third."""
    if panel.board is None:
        raise ValueError("The panel has no board.")
    office = opening.office(panel.board, "child_deaths")
    circles = Circle.objects.bulk_create([Circle(board=panel.board, kind="death_case") for _ in batch])
    doors = [{"circle": circle, "office": office} for circle in circles]
    records = Record.objects.bulk_create(
        [_sheet(panel, "child_deaths.case", "CD", one, door) for one, door in zip(batch, doors, strict=True)]
    )
    children = Child.objects.bulk_create(
        [
            Child(born_on=one.born_on, sex=_SEX[one.account.sex], **door)
            for one, door in zip(batch, doors, strict=True)
        ]
    )  # fmt: skip
    every = list(zip(batch, doors, records, children, strict=True))
    ChildName.objects.bulk_create(
        ChildName(child=child, forenames=one.account.forenames, surname=one.account.surname,
                  folded=folding.folded(f"{one.account.forenames} {one.account.surname}"), **door)
        for one, door, _, child in every
    )  # fmt: skip
    Identifier.objects.bulk_create(
        Identifier(child=child, kind="nhs", value=one.account.nhs_number, **door)
        for one, door, _, child in every if one.account.nhs_number
    )  # fmt: skip
    Address.objects.bulk_create(
        Address(child=child, postcode=one.account.postcode, **door) for one, door, _, child in every
    )
    Relative.objects.bulk_create(
        Relative(child=child, relation="mother", name=_mother(one.account), **door)
        for one, door, _, child in every
    )  # fmt: skip
    Case.objects.bulk_create(
        Case(record=record, panel=panel, child=child, regime="WT2015", form_set="2015", died_on=one.died_on,
             first_received_at=noon(one.died_on), **door)
        for one, door, record, child in every
    )  # fmt: skip
    MatchKey.objects.bulk_create(
        (MatchKey(child=child, key=key, secret=mark(), **door)
         for one, door, _, child in every for key in hashed(keys(one.account))),
        batch_size=5_000,
    )  # fmt: skip
    _messages(panel, batch[::3])


def _messages(panel: Panel, batch: list[Death]) -> None:
    """A message about each of these that nobody has sorted yet."""
    circle, office = intake.doors(panel)
    door = {"circle": circle, "office": office}
    chosen = random.Random(len(batch))
    told = [replace(one, account=told_again(one.account, chosen)) for one in batch]
    records = Record.objects.bulk_create(
        [_sheet(panel, "child_deaths.notification", "DN", one, door) for one in told]
    )
    made = Notification.objects.bulk_create(
        Notification(record=record, panel=panel, channel=Channel.PAPER, received_at=noon(one.died_on),
                     entered_at=noon(one.died_on), form_key="notification", answers=answers(one.account),
                     fingerprint=str(record.pk), **door)
        for one, record in zip(told, records, strict=True)
    )  # fmt: skip
    MatchKey.objects.bulk_create(
        (MatchKey(notification=one, key=key, secret=mark(), **door)
         for one in made for key in hashed(keys(of_notification(one)))),
        batch_size=5_000,
    )  # fmt: skip


def _sheet(panel: Panel, kind: str, prefix: str, one: Death, door: dict[str, object]) -> Record:
    return Record(
        kind=kind, reference=references.new(prefix), board=panel.board, edition="WT2015", opened_on=one.died_on,
        retention="child_deaths", **door,
    )  # fmt: skip


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime.combine(day, time(12), UTC)


def _mother(account: Identity) -> str:
    return f"{account.mother_forenames} {account.mother_surname}".strip()


def _iso(day: PartDate | None) -> str:
    whole = day.whole if day else None
    return whole.isoformat() if whole else ""


def _moved(day: PartDate | None, days: int) -> PartDate | None:
    whole = day.whole if day else None
    return PartDate.of(whole + timedelta(days=days)) if whole else None


def _skewed(chosen: random.Random, names: list[str]) -> str:
    """Early names are much commoner than late ones, as names are."""
    return names[min(int(chosen.expovariate(3.0) * len(names)), len(names) - 1)]


def _misspelt(name: str, chosen: random.Random) -> str:
    if len(name) < 4:
        return name
    at = chosen.randrange(1, len(name) - 1)
    return chosen.choice(
        (name[:at] + name[at + 1 :], name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :])
    )


def _postcode(chosen: random.Random) -> str:
    area = chosen.choice(("PE", "CB", "NR", "IP", "LN", "LE", "NN", "MK", "SG", "CM"))
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return f"{area}{chosen.randrange(1, 30)} {chosen.randrange(10)}{chosen.choice(letters)}{chosen.choice(letters)}"


def _number(chosen: random.Random) -> str:
    while True:
        nine = f"999{chosen.randrange(1_000_000):06}"
        check = 11 - sum(int(figure) * (10 - at) for at, figure in enumerate(nine)) % 11
        if check != 10:
            return f"{nine}{check % 11}"
