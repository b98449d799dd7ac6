"""Adding, changing and ending agencies, and saying which carries on from which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from wholestory.access import derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import Refusal
from wholestory.partners.models import Agency, AgencyBoard, Board, Person, Seat, Succession
from wholestory.partners.queries.agencies import kept_elsewhere
from wholestory.partners.rules.names import fold_agency
from wholestory.partners.slugs import free_slug


@dataclass(frozen=True, kw_only=True)
class AgencyDetails:
    """What is known about an agency, as a form or a spreadsheet gives it."""

    name: str
    sector: str
    duty_basis: str
    short_name: str = ""
    parent: Agency | None = None
    mailbox: str = ""
    urn: str = ""
    sign_on: str = ""


@transaction.atomic
def add_agency(
    *, actor: Person, board: Board, details: AgencyDetails, starts_on: date, even_if_alike: bool = False
) -> Agency:
    """A new agency that answers to the board from ``starts_on``. Raises Refusal when it is there already."""
    doors.require(actor, board)
    if not even_if_alike:
        _not_there_yet(board, details.name)
    agency = Agency(
        slug=free_slug(Agency, details.name), starts_on=None, is_invented=board.is_example, **details.__dict__
    )
    doors.line("agency_added", board, "agency", [agency.id])
    agency.save(force_insert=True)
    AgencyBoard.objects.create(agency=agency, board=board, starts_on=starts_on)
    return agency


def _not_there_yet(board: Board, name: str, but: Agency | None = None) -> None:
    wanted = fold_agency(name)
    for other in Agency.objects.filter(boards=board, successions_out__isnull=True):
        if other != but and fold_agency(other.name) == wanted:
            raise Refusal(f"{other.name} is in the directory already.", "name")


@transaction.atomic
def change_agency(*, actor: Person, board: Board, agency: Agency, details: AgencyDetails) -> Agency:
    """Put an agency's details right. A new name by law is a succession, not a correction."""
    doors.require(actor, board)
    _of_this_board(board, agency)
    if fold_agency(details.name) != fold_agency(agency.name):
        _not_there_yet(board, details.name, but=agency)
    if details.parent is not None:
        _no_ring(agency, details.parent)
    _kept_here(board, agency)
    doors.line("agency_changed", board, "agency", [agency.id])
    for name, value in details.__dict__.items():
        setattr(agency, name, value)
    agency.save(force_update=True)
    return agency


def _of_this_board(board: Board, agency: Agency) -> None:
    if not AgencyBoard.objects.filter(board=board, agency=agency).exists():
        raise Refusal(f"{agency.name} does not answer to this board.")


def _kept_here(board: Board, agency: Agency) -> None:
    """What an agency is, is one for every board it answers to: the board that added it says so."""
    keeper = kept_elsewhere(board, agency)
    if keeper is not None:
        raise Refusal(whom_to_ask(agency, keeper))


def whom_to_ask(agency: Agency, keeper: Board) -> str:
    """Who changes the details of a shared agency, for somebody of another board."""
    how = f" ({keeper.mailbox})" if keeper.mailbox else ""
    return (
        f"{agency.name} answers to several boards, and {keeper.name} keeps its details. Ask that team{how}."
    )


def _no_ring(agency: Agency, parent: Agency) -> None:
    seen = {agency.pk}
    above: Agency | None = parent
    while above is not None:
        if above.pk in seen:
            raise Refusal("An agency cannot be part of itself.", "parent")
        seen.add(above.pk)
        above = above.parent


@transaction.atomic
def link_agency(*, actor: Person, board: Board, agency: Agency, starts_on: date) -> AgencyBoard:
    """An agency another board knows answers to this one too, or again."""
    doors.require(actor, board)
    if AgencyBoard.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on), board=board, agency=agency
    ).exists():
        raise Refusal(f"{agency.name} answers to this board already.", "starts_on")
    doors.line("agency_linked", board, "agency", [agency.id])
    if agency.ends_on is not None:
        agency.ends_on, agency.ended_because = None, ""
        agency.save(update_fields=["ends_on", "ended_because"])
    return AgencyBoard.objects.create(agency=agency, board=board, starts_on=starts_on)


@transaction.atomic
def end_agency(*, actor: Person, board: Board, agency: Agency, ends_on: date, because: str) -> list[Seat]:
    """The agency answers to this board until ``ends_on``; its seats end with it. Gives back the seats that ended.

    When no other board has it, the agency itself ends too.
    """
    doors.require(actor, board)
    links = list(
        AgencyBoard.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on), board=board, agency=agency)
    )
    if not links:
        raise Refusal(f"{agency.name} has ended already.", "ends_on")
    if any(link.starts_on > ends_on for link in links):
        raise Refusal("The last day must be the first day or later.", "ends_on")
    seats = list(
        Seat.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=ends_on), board=board, agency=agency
        ).select_related("person")
    )
    future = [seat for seat in seats if seat.starts_on > ends_on]
    if future:
        raise Refusal(
            f"{future[0].person.full_name} has a seat that begins after that day. End it first.", "ends_on"
        )
    doors.line("agency_ended", board, "agency", [agency.id, *(seat.id for seat in seats)])
    for link in links:
        link.ends_on = ends_on
        link.save(update_fields=["ends_on"])
    for seat in seats:
        seat.ends_on = ends_on
    Seat.objects.bulk_update(seats, ["ends_on"])
    if not AgencyBoard.objects.filter(Q(ends_on=None) | Q(ends_on__gt=ends_on), agency=agency).exists():
        agency.ends_on, agency.ended_because = ends_on, because
        agency.save(update_fields=["ends_on", "ended_because"])
    derive.rewrite(*{seat.person for seat in seats})
    return seats


@transaction.atomic
def record_succession(
    *, actor: Person, board: Board, before: Agency, after: Agency, on: date, how: str
) -> Succession:
    """``after`` carries on from ``before`` from a day on. Both keep their own history; nothing moves."""
    doors.require(actor, board)
    _of_this_board(board, before)
    if before.pk == after.pk:
        raise Refusal("An agency cannot carry on from itself.", "after")
    _kept_here(board, before)
    if Succession.objects.filter(before=before, after=after).exists():
        raise Refusal("This succession is recorded already.", "after")
    if _follows(before, after):
        raise Refusal(f"{before.name} already carries on from {after.name}.", "after")
    doors.line("succession_recorded", board, "agency", [before.id, after.id])
    return Succession.objects.create(before=before, after=after, on=on, how=how)


def _follows(agency: Agency, earlier: Agency) -> bool:
    """Whether ``agency`` carries on, in however many steps, from ``earlier``."""
    seen, look = set(), {earlier.pk}
    while look:
        seen |= look
        look = set(Succession.objects.filter(before__in=look).values_list("after", flat=True)) - seen
    return agency.pk in seen


@transaction.atomic
def remove_succession(*, actor: Person, board: Board, succession: Succession) -> None:
    """Take back a succession recorded by mistake."""
    doors.require(actor, board)
    _of_this_board(board, succession.before)
    _kept_here(board, succession.before)
    if succession.how == "duplicate":
        raise Refusal("This is a joined entry. Take the joining back instead.")
    doors.line("succession_removed", board, "agency", [succession.before_id, succession.after_id])
    succession.delete()
