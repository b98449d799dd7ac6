"""The demo's sign-in page: the example people, one click each. It does not exist outside the demo."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wholestory.access.asks import public
from wholestory.access.signing_in import sessions
from wholestory.partners.models import BOARD_ROLES, TEAM_ROLES, Board, Role, Seat


@dataclass(frozen=True)
class Somebody:
    """One example person in one seat."""

    seat_id: str
    name: str
    role: str
    agency: str


@dataclass
class Gathering:
    """The people of one example board."""

    name: str
    today: object
    team: list[Somebody] = field(default_factory=list)
    board: list[Somebody] = field(default_factory=list)
    agencies: dict[str, list[Somebody]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many seats there are to choose from."""
        return len(self.team) + len(self.board) + sum(len(people) for people in self.agencies.values())


def example_people() -> list[Gathering]:
    """Everybody who can be signed in as, board by board; in a fixed number of queries.

    The board with most people comes first: it is the one the tour and the guides speak of.
    """
    order = {role: at for at, role in enumerate(Role)}
    found: list[Gathering] = []
    for board in Board.objects.filter(is_example=True).order_by("valid_from", "name"):
        gathering = Gathering(board.name, board.today())
        held = Seat.objects.filter(board=board, group=None, person__account__is_active=True)
        seats = [s for s in held.select_related("person", "agency") if s.holds_on(board.today())]
        for seat in sorted(seats, key=lambda s: (order[Role(s.role)], s.person.full_name)):
            one = Somebody(
                str(seat.id),
                seat.person.full_name,
                seat.get_role_display(),
                seat.agency.name if seat.agency else "",
            )
            if seat.role in TEAM_ROLES:
                gathering.team.append(one)
            elif seat.role in BOARD_ROLES:
                gathering.board.append(one)
            else:
                gathering.agencies.setdefault(one.agency, []).append(one)
        gathering.agencies = dict(sorted(gathering.agencies.items()))
        if gathering.team or gathering.board or gathering.agencies:
            found.append(gathering)
    return sorted(found, key=lambda one: -one.size)


def people_page(request: HttpRequest, going_to: str) -> HttpResponse:
    """The list of example people."""
    return render(request, "access/sign_in_demo.html", {"boards": example_people(), "next": going_to})


@never_cache
@require_POST
@public("Signs in as an invented person; answers only in the demo")
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the example people."""
    if not settings.DEMO:
        raise Http404
    from wholestory.access.signing_in.by_code import next_page

    chosen = request.POST.get("seat", "")
    held = Seat.objects.filter(board__is_example=True, person__account__is_active=True)
    seat = get_object_or_404(held.select_related("person__account", "board"), pk=_key(chosen))
    sessions.begin(request, seat.person.account, how="demo", seat=seat)
    response = redirect(next_page(request))
    sessions.remember_whose(response, seat.person.account)
    return response


def _key(text: str) -> str:
    from uuid import UUID

    try:
        return str(UUID(text))
    except ValueError:
        raise Http404 from None
