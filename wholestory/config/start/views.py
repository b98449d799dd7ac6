"""The pages that lead a new board from nothing to its first invitation. Each step can be left and taken up again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory.access.asks import public
from wholestory.access.directory.doors import Refusal, keeps
from wholestory.access.directory.forms.board import AreaForm, BoardForm
from wholestory.access.directory.forms.parts import went
from wholestory.access.directory.operations import boards, people, seats
from wholestory.access.directory.operations.people import PersonDetails
from wholestory.access.directory.operations.seats import SeatDetails
from wholestory.access.requests import Request
from wholestory.access.signing_in import sessions
from wholestory.config.start import links
from wholestory.config.start.forms import FrameworkForm, TeamForm
from wholestory.config.start.steps import BEGUN, DONE, LATER, steps_of
from wholestory.govuk.parts import Tag, Task
from wholestory.partners.models import TEAM_ROLES, Board, Person, Role, Seat, SetUpStep
from wholestory.partners.queries.board import by_role, current, holder

#: Steps that can be left for later. The board itself and its first cycle cannot: without them there is nothing.
CAN_WAIT = {"areas", "membership", "team", "framework"}
_STATUS = {
    DONE: Tag("Done", "done"),
    LATER: Tag("Left for later", "grey"),
    BEGUN: Tag("Begun", "in_progress"),
}


@public("Says how an empty system is begun; everybody else is led on to where they may be")
def home(request: HttpRequest) -> HttpResponse:
    """The door: how to begin when there is nothing, else on to the steps."""
    if request.user.is_authenticated:
        return redirect("start:steps")
    if Board.objects.exists():
        return redirect_to_login(request.get_full_path())
    return render(request, "start/empty.html", {})


@public("Signs the first person in by the one-time link the command printed; it works once")
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A page first and a button then, so that nothing that merely looks at the address spends the link."""
    account = links.read(token)
    if account is None:
        return render(request, "start/link_spent.html", {}, status=410)
    if request.method == "POST":
        seat = Seat.objects.filter(
            person=account.person, role=Role.BUSINESS_MANAGER, board__set_up_at=None
        ).first()
        sessions.begin(request, account, how="first_link", seat=seat)
        return redirect("start:steps")
    return render(request, "start/sign_in.html", {"name": account.person.full_name})


@keeps
def steps(request: Request) -> HttpResponse:
    """What there is to do, and how far each is."""
    found = steps_of(request.board)
    tasks = [
        Task(one.title, one.url, _STATUS.get(one.state, Tag("To do", "not_started")), one.hint)
        for one in found
    ]
    done = sum(one.state in {DONE, LATER} for one in found)
    said = {
        "tasks": tasks,
        "done": done,
        "total": len(found),
        "of": request.board,
        "ready": _ready(request.board, found),
    }
    return render(request, "start/steps.html", said)


def _ready(of: Board, found: list[Any]) -> bool:
    """Whether only the first cycle is left, and the set-up was not finished yet."""
    return of.set_up_at is None and all(one.state in {DONE, LATER} for one in found if one.key != "cycle")


def _done(request: Request, key: str, answer: str = "") -> None:
    boards.note_step(
        actor=request.person, board=request.board, key=key, state="done", now=timezone.now(), answer=answer
    )


def _page(request: Request, template: str, key: str, **said: Any) -> HttpResponse:
    return render(request, f"start/{template}.html", {"key": key, "can_wait": key in CAN_WAIT, **said})


@keeps
def board(request: Request) -> HttpResponse:
    """The board's name, guidance and how to reach its team."""
    names = (
        "name",
        "short_name",
        "kind",
        "edition",
        "valid_from",
        "valid_to",
        "successor",
        "mailbox",
        "telephone",
        "website",
    )
    form = BoardForm(
        request.POST or None,
        board=request.board,
        initial={name: getattr(request.board, name) for name in names},
    )
    if form.is_valid() and went(
        form, boards.change_board, actor=request.person, board=request.board, details=form.details()
    ):
        _done(request, "board")
        return redirect("start:steps")
    return _page(request, "form", "board", form=form, heading="The board's name and guidance")


@keeps
def areas(request: Request) -> HttpResponse:
    """The areas the board answers for, one after another."""
    form = AreaForm(request.POST or None)
    if form.is_valid() and went(
        form, boards.add_area, actor=request.person, board=request.board, **form.cleaned_data
    ):
        _done(request, "areas")
        return redirect("start:areas")
    there = request.board.areas.order_by("name")
    return _page(request, "areas", "areas", form=form, there=there)


@keeps
def membership(request: Request) -> HttpResponse:
    """On to the spreadsheet: the one that waits, or a new one."""
    from wholestory.access.directory.models import MembershipImport

    waiting = (
        MembershipImport.objects.filter(board=request.board, state="open").order_by("-created_at").first()
    )
    return _page(request, "membership", "membership", waiting=waiting)


@keeps
def team(request: Request) -> HttpResponse:
    """Who holds the seats of the team, and the chair's."""
    wanted = [*TEAM_ROLES, Role.INDEPENDENT_CHAIR]
    found = current(Seat.objects.filter(board=request.board, group=None, role__in=wanted), request.today)
    held = sorted(found.select_related("person", "agency"), key=by_role)
    empty = [role for role in Role if role in wanted and role not in {seat.role for seat in held}]
    form = TeamForm(request.POST or None, empty=empty)
    if form.is_valid() and _give_seats(request, form):
        _done(request, "team")
        return redirect("start:steps")
    return _page(request, "team", "team", form=form, held=[holder(seat) for seat in held])


def _give_seats(request: Request, form: TeamForm) -> bool:
    """All of the seats or none, so that the page can be put right and sent again as a whole."""
    try:
        with transaction.atomic():
            for role, name, email in form.given():
                _give_seat(request, form, role, name, email)
    except Refusal:
        return False
    return True


def _give_seat(request: Request, form: TeamForm, role: Role, name: str, email: str) -> None:
    details = SeatDetails(role=role, starts_on=request.today)
    known = Person.objects.filter(email=email.lower(), joined_to=None, is_system=False).first()
    try:
        if known is not None:
            seats.give_seat(
                actor=request.person, board=request.board, person=known, details=details, today=request.today
            )
        else:
            person = PersonDetails(full_name=name, email=email)
            people.add_person(
                actor=request.person, board=request.board, details=person, seat=details, today=request.today
            )
    except Refusal as refusal:
        form.add_error(f"{role}_{'email' if refusal.field == 'email' else 'name'}", refusal.sentence)
        raise


@keeps
def framework(request: Request) -> HttpResponse:
    """Which framework the first cycle asks."""
    chosen = SetUpStep.objects.filter(board=request.board, key="framework").first()
    initial = {"framework": chosen.answer if chosen else ""}
    form = FrameworkForm(request.POST or None, edition=request.board.edition, initial=initial)
    if form.is_valid():
        _done(request, "framework", form.cleaned_data["framework"])
        return redirect("start:steps")
    return _page(request, "choice", "framework", form=form)


@keeps
def later(request: Request, key: str) -> HttpResponse:
    """Leave a step for later."""
    if key not in CAN_WAIT:
        raise Http404
    if request.method == "POST":
        boards.note_step(
            actor=request.person, board=request.board, key=key, state="skipped", now=timezone.now()
        )
    return redirect("start:steps")


@keeps
def finish(request: Request) -> HttpResponse:
    """The board has begun: these pages no longer come first."""
    if request.method == "POST" and _ready(request.board, steps_of(request.board)):
        boards.finish_set_up(actor=request.person, board=request.board, now=timezone.now())
        return redirect("/")
    return redirect("start:steps")
