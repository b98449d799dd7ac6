"""Which seat somebody acts in, and what the team did in each of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory import ledger
from wholestory.access.asking import seats_today
from wholestory.access.asks import asks, signed_in
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import forms
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Column
from wholestory.ledger.reading import done_in_seats
from wholestory.partners.models import LONDON, TEAM_ROLES, LeaveCover, Role, Seat
from wholestory.partners.queries.board import by_role, current


class SeatChoice(forms.Form):
    """Which of one's seats to act in."""

    seat = forms.RadiosField(label="Which seat do you act in?", page_heading=True, missing="Choose a seat")

    def __init__(self, *args: Any, seats: list[Seat], person_id: UUID, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        hints = {str(seat.id): _hint(seat, person_id) for seat in seats}
        self.offer("seat", [(str(seat.id), str(seat)) for seat in seats], hints)


def _hint(seat: Seat, person_id: UUID) -> str:
    cover = f". You cover for {seat.person.full_name}." if seat.person_id != person_id else ""
    return f"{seat.board.name}{cover}"


@signed_in("Somebody's own seats, to choose the one they act in")
def acting(request: Request) -> HttpResponse:
    """Choose the seat to act in. What is done and seen from then on is recorded under it."""
    held = seats_today(request.person)
    people = {
        seat.pk: seat
        for seat in Seat.objects.filter(pk__in=[one.pk for one in held]).select_related("person")
    }
    for seat in held:
        seat.person = people[seat.pk].person
    ordered = sorted(held, key=lambda one: (one.board.name, by_role(one)))
    initial = {"seat": str(request.seat.id) if request.seat else ""}
    form = SeatChoice(request.POST or None, seats=ordered, person_id=request.person.id, initial=initial)
    if form.is_valid():
        chosen = next(seat for seat in ordered if str(seat.id) == form.cleaned_data["seat"])
        ledger.line(
            "access.seat_chosen",
            kind="partners.seat",
            ids=[chosen.id],
            writes=False,
            board_id=chosen.board_id,
        )
        request.session["seat"] = str(chosen.id)
        return redirect("/")
    team = [seat for seat in ordered if seat.role in TEAM_ROLES]
    return render(
        request, "partners/acting.html", {"form": form, "seats": ordered, "several_team": len(team) > 1}
    )


@dataclass(frozen=True)
class SeatUse:
    """One team seat of somebody, and what was done in it lately."""

    seat: str
    covered: bool
    days: int
    changes: int
    readings: int
    last_on: date | None


@dataclass(frozen=True)
class TeamMember:
    """Somebody on the team with the seats they act in."""

    name: str
    seats: tuple[SeatUse, ...]
    dual: bool


LOOK_BACK = timedelta(days=90)


@asks(Verb.LIST, "access.team")
def team_seats(request: Request) -> HttpResponse:
    """For the chair: what each member of the team did in each of their seats, where one person holds several."""
    held = current(Seat.objects.filter(board=request.board, group=None, role__in=TEAM_ROLES), request.today)
    seats = sorted(held.select_related("person"), key=by_role)
    covers = LeaveCover.objects.filter(
        seat__in=seats, starts_on__lte=request.today, ends_on__gte=request.today
    ).select_related("person", "seat")
    ledger.line(
        "access.team_use_shown", kind="access.team", ids=[seat.id for seat in seats], writes=False,
        board_id=request.board.id, reason="seat.independent_chair",
    )  # fmt: skip
    since = datetime.combine(timezone.now().astimezone(LONDON).date() - LOOK_BACK, time.min, LONDON)
    uses: dict[UUID, list[tuple[date, int, int]]] = {}
    for seat_id, day, writes, reads in done_in_seats([seat.id for seat in seats], since):
        uses.setdefault(seat_id, []).append((day, writes, reads))
    team: dict[str, list[tuple[Seat, bool]]] = {}
    for seat in seats:
        team.setdefault(seat.person.full_name, []).append((seat, False))
    for cover in covers:
        team.setdefault(cover.person.full_name, []).append(
            (next(s for s in seats if s.pk == cover.seat_id), True)
        )
    members = [
        TeamMember(
            name,
            tuple(_use(seat, covered, uses.get(seat.id, [])) for seat, covered in theirs),
            len(theirs) > 1,
        )
        for name, theirs in team.items()
    ]
    said = {
        "dual": _rows([one for one in members if one.dual]),
        "single": _rows([one for one in members if not one.dual]),
        "columns": USE_COLUMNS,
        "since": since.date(),
        "both": _both(members),
    }
    return render(request, "partners/team_seats.html", said)


USE_COLUMNS = (
    Column("name", "Name"),
    Column("seat", "Seat"),
    Column("days", "Days used", numeric=True),
    Column("changes", "Changes", numeric=True),
    Column("readings", "Readings", numeric=True),
    Column("last", "Last used"),
)


def _rows(members: list[TeamMember]) -> list[tuple[object, ...]]:
    return [
        (
            one.name,
            f"{use.seat} (leave cover)" if use.covered else use.seat,
            use.days,
            use.changes,
            use.readings,
            in_words(use.last_on) if use.last_on else "Not used",
        )
        for one in members
        for use in one.seats
    ]


def _use(seat: Seat, covered: bool, days: list[tuple[date, int, int]]) -> SeatUse:
    return SeatUse(
        Role(seat.role).label, covered, len(days), sum(one[1] for one in days), sum(one[2] for one in days),
        max((one[0] for one in days), default=None),
    )  # fmt: skip


def _both(members: list[TeamMember]) -> bool:
    """Whether anybody holds the seat that runs the system and the one that reads what agencies say."""
    wanted = {Role.ADMINISTRATOR.label, Role.BUSINESS_MANAGER.label}
    return any(wanted <= {use.seat for use in one.seats} for one in members)
