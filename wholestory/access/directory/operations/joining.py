"""Joining two entries that are one, with nothing lost, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from wholestory.access import acting, derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import OPENING_ROLES, Refusal
from wholestory.access.directory.models import Joining
from wholestory.access.directory.operations import accounts
from wholestory.access.directory.operations.people import belongs_elsewhere
from wholestory.access.tokens.models import Token
from wholestory.partners import joining
from wholestory.partners.models import Agency, AgencyBoard, Board, Person, Seat, Succession
from wholestory.records.opening import office, the_circle

UNDO_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Preview:
    """What joining would move, before anybody says yes."""

    moves: tuple[joining.Holding, ...]
    accounts: int


def preview(*, board: Board, double: Agency | Person) -> Preview:
    """What points to the double, in every room, counted by the system: the reader need not see the rows themselves."""
    with acting.as_system(board, "keeper"):
        found = tuple(joining.holdings(double))
    has_account = isinstance(double, Person) and hasattr(double, "account") and double.account.is_active
    return Preview(found, int(has_account))


def check(*, actor: Person, board: Board, kept: Agency | Person, double: Agency | Person) -> None:
    """Whether the two may be joined by ``actor``. Raises Refusal with the reason, NotForYou without the power."""
    doors.require(actor, board)
    if kept.pk == double.pk:
        raise Refusal("Choose two different entries.")
    if isinstance(kept, Agency) and isinstance(double, Agency):
        _check_agencies(board, kept, double)
    elif isinstance(kept, Person) and isinstance(double, Person):
        _check_people(actor, board, kept, double)


def _check_agencies(board: Board, kept: Agency, double: Agency) -> None:
    if Succession.objects.filter(before=double, how="duplicate").exists():
        raise Refusal(f"{double.name} is joined to another entry already.")
    if Succession.objects.filter(before=kept, how="duplicate").exists():
        raise Refusal(f"{kept.name} is itself joined to another entry. Choose that one.")
    for agency in (kept, double):
        if not AgencyBoard.objects.filter(board=board, agency=agency).exists():
            raise Refusal(f"{agency.name} does not answer to this board.")
    elsewhere = AgencyBoard.objects.filter(agency=double).exclude(board=board).select_related("board").first()
    if elsewhere is not None:
        raise Refusal(
            f"{double.name} also answers to {elsewhere.board.name}. Keep this entry and join the other one to it, "
            "or ask that board's business manager."
        )


def _check_people(actor: Person, board: Board, kept: Person, double: Person) -> None:
    if double.is_system or kept.is_system or kept.joined_to_id or double.joined_to_id:
        raise Refusal("One of the two is joined to another entry already.")
    service = Token.objects.filter(person__in=[kept, double]).select_related("person").first()
    if service is not None:
        raise Refusal(
            f"{service.person.full_name} is a computer system that acts by an API token, not a person, so it is joined"
            " to nobody. If it is no longer needed, revoke its token."
        )
    for person in (kept, double):
        if not Seat.objects.filter(board=board, person=person).exists():
            raise Refusal(f"{person.full_name} is not known to this board.")
    if Seat.objects.filter(person=double).exclude(board=board).exists():
        raise Refusal(
            f"{double.full_name} also has a seat on another board. Keep that entry and join the other one to it."
        )
    if double.email and not kept.email and belongs_elsewhere(board, kept):
        raise Refusal(
            f"{kept.full_name} has a seat on another board and no address. Joining would give this address what that "
            "board shows them: ask its team to fill in the address first."
        )
    if not doors.is_manager(actor, board):
        guarded = Seat.objects.filter(person__in=[kept, double], role__in=OPENING_ROLES).exists()
        if guarded or actor.pk in {kept.pk, double.pk}:
            raise Refusal("Only the business manager joins entries of the team, of the chair, or their own.")
    if actor.pk in {kept.pk, double.pk}:
        # One's own entry would take over the agency's seat of the other.
        other = double if actor.pk == kept.pk else kept
        held = Seat.objects.filter(board=board, person=other).exclude(agency=None).select_related("agency")
        doors.no_agency_to_oneself(actor, actor, next((seat.agency for seat in held), None))


@contextmanager
def _seeing_all_of(board: Board) -> Iterator[None]:
    """Rows of rooms the joiner may not read have to move too: the system moves them, under the joiner's line."""
    with acting.as_system(board, "keeper"):
        yield


@transaction.atomic
def join(
    *, actor: Person, board: Board, kept: Agency | Person, double: Agency | Person, today: date, now: datetime
) -> Joining:
    """Everything of ``double`` becomes ``kept``'s; the double stays as an empty entry that says so."""
    check(actor=actor, board=board, kept=kept, double=double)
    kind = Joining.Kind.AGENCY if isinstance(kept, Agency) else Joining.Kind.PERSON
    circle, _ = the_circle(board, "closed")
    doors.line(f"{kind}_joined", board, kind, [kept.pk, double.pk])
    before = _fill_gaps(kept, double)
    carried = joining.NOTHING
    with _seeing_all_of(board):
        carried += joining.carry_seats(kept, double, today)
        if isinstance(kept, Agency) and isinstance(double, Agency):
            carried += joining.carry_links(kept, double, today)
        carried += joining.carry_over(kept, double)
    before |= _close_double(kept, double, today, now)
    moved, stayed = carried.as_json()
    made = Joining.objects.create(
        circle=circle, office=office(board, "directory"), board=board, kind=kind, kept=kept.pk, double=double.pk,
        moved=moved, stayed=stayed, before=before, joined_by=actor, joined_at=now,
    )  # fmt: skip
    derive.rewrite(*_people_of(kept, double))
    return made


def _fill_gaps(kept: Agency | Person, double: Agency | Person) -> dict[str, str]:
    """What the kept entry lacks and the double has. Gives back what was empty, to empty it again."""
    names = (
        ("short_name", "mailbox", "urn", "sign_on")
        if isinstance(kept, Agency)
        else ("telephone", "job_title")
    )
    filled = [name for name in names if not getattr(kept, name) and getattr(double, name)]
    for name in filled:
        setattr(kept, name, getattr(double, name))
    if filled:
        kept.save(update_fields=filled)
    return {f"kept.{name}": "" for name in filled}


def _close_double(
    kept: Agency | Person, double: Agency | Person, today: date, now: datetime
) -> dict[str, str]:
    if isinstance(double, Agency) and isinstance(kept, Agency):
        before = {
            "ends_on": double.ends_on.isoformat() if double.ends_on else "",
            "because": double.ended_because,
        }
        Succession.objects.create(before=double, after=kept, on=today, how="duplicate")
        double.ends_on = double.ends_on or max(today, double.starts_on or today)
        double.ended_because = double.ended_because or "Joined to another entry for the same agency"
        double.save(update_fields=["ends_on", "ended_because"])
        return before
    if isinstance(double, Person) and isinstance(kept, Person):
        said = {"account": "closed" if accounts.close(double, now) else "", "email": ""}
        if double.email and not kept.email:
            said["email"] = double.email
            kept.email, double.email = double.email, None
            # The unique address leaves one row before it arrives in the other.
            double.save(update_fields=["email"])
            kept.save(update_fields=["email"])
            accounts.hand_over(double, kept)
        double.joined_to = kept
        double.save(update_fields=["joined_to"])
        accounts.open_for([kept], today)
        return said
    return {}


def _people_of(*entries: Agency | Person) -> set[Person]:
    found = {entry for entry in entries if isinstance(entry, Person)}
    agencies = [entry for entry in entries if isinstance(entry, Agency)]
    found |= {seat.person for seat in Seat.objects.filter(agency__in=agencies).select_related("person")}
    return found


def entries(made: Joining) -> tuple[Agency | Person, Agency | Person]:
    """The kept entry and the double."""
    model: type[Agency] | type[Person] = Agency if made.kind == Joining.Kind.AGENCY else Person
    found: dict[UUID, Agency | Person] = {
        row.pk: row for row in model._default_manager.filter(pk__in=[made.kept, made.double])
    }
    return found[made.kept], found[made.double]


def may_undo(made: Joining, now: datetime) -> bool:
    """For a month, once, and only the latest joining of the two."""
    return made.undone_at is None and now - made.joined_at <= UNDO_WITHIN


@transaction.atomic
def undo(*, actor: Person, board: Board, made: Joining, today: date, now: datetime) -> list[joining.Move]:
    """Take a joining back. Gives back what has changed since and therefore stays with the kept entry."""
    doors.require(actor, board)
    if not may_undo(made, now):
        raise Refusal("This joining was taken back already, or is older than 30 days.")
    kept, double = entries(made)
    if isinstance(kept, Person) and not doors.is_manager(actor, board) and actor.pk in {kept.pk, double.pk}:
        raise Refusal("Ask the business manager to take this back.")
    doors.line(f"{made.kind}_parted", board, made.kind, [kept.pk, double.pk])
    with _seeing_all_of(board):
        left = joining.put_back([joining.Move(**one) for one in made.moved])
    for name in [key.removeprefix("kept.") for key in made.before if key.startswith("kept.")]:
        setattr(kept, name, "")
    if isinstance(kept, Agency) and isinstance(double, Agency):
        Succession.objects.filter(before=double, after=kept, how="duplicate").delete()
        double.ends_on = date.fromisoformat(made.before["ends_on"]) if made.before["ends_on"] else None
        double.ended_because = made.before["because"]
    elif isinstance(kept, Person) and isinstance(double, Person):
        _part_people(made, kept, double, today)
    kept.save()
    double.save()
    made.undone_by, made.undone_at = actor, now
    made.save(update_fields=["undone_by", "undone_at"])
    derive.rewrite(*_people_of(kept, double))
    return left


def _part_people(made: Joining, kept: Person, double: Person, today: date) -> None:
    double.joined_to = None
    double.save(update_fields=["joined_to"])
    if made.before.get("email"):
        kept.email = None
        kept.save(update_fields=["email"])
        double.email = made.before["email"]
        accounts.hand_over(kept, double)
    if made.before.get("account"):
        accounts.reopen(double)
