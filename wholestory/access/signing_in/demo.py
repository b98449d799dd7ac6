"""The demo's sign-in page: the example people, one click each. It does not exist outside the demo."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wholestory.access import derive
from wholestory.access.asks import public
from wholestory.access.models import Account
from wholestory.access.signing_in import sessions
from wholestory.partners.models import BOARD_ROLES, TEAM_ROLES, Board, Person, Role, Seat

#: The page stays readable: an example of a whole country asks thousands of people.
MOST_OTHERS = 40


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
    groups: dict[str, list[Somebody]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many seats there are to choose from."""
        those = [*self.agencies.values(), *self.groups.values()]
        return len(self.team) + len(self.board) + sum(len(people) for people in those)


def example_people() -> list[Gathering]:
    """Everybody who can be signed in as, board by board; in a fixed number of queries.

    The board with most people comes first: it is the one the tour and the guides speak of.
    """
    order = {role: at for at, role in enumerate(Role)}
    found: list[Gathering] = []
    for board in Board.objects.filter(is_example=True).order_by("valid_from", "name"):
        gathering = Gathering(board.name, board.today())
        held = Seat.objects.filter(board=board, person__account__is_active=True)
        seats = [s for s in held.select_related("person", "agency", "group") if s.holds_on(board.today())]
        # Whoever sits on the board as well is signed in there: their seats in groups count at the same time.
        sits = {seat.person_id for seat in seats if seat.group_id is None}
        seats = [seat for seat in seats if seat.group_id is None or seat.person_id not in sits]
        for seat in sorted(seats, key=lambda s: (order[Role(s.role)], s.person.full_name)):
            one = Somebody(
                str(seat.id),
                seat.person.full_name,
                seat.get_role_display(),
                seat.agency.name if seat.agency else "",
            )
            if seat.group is not None:
                gathering.groups.setdefault(seat.group.name, []).append(one)
            elif seat.role in TEAM_ROLES:
                gathering.team.append(one)
            elif seat.role in BOARD_ROLES:
                gathering.board.append(one)
            else:
                gathering.agencies.setdefault(one.agency, []).append(one)
        gathering.agencies = dict(sorted(gathering.agencies.items()))
        gathering.groups = dict(sorted(gathering.groups.items()))
        if gathering.size:
            found.append(gathering)
    return sorted(found, key=lambda one: -one.size)


def without_a_seat() -> list[Person]:
    """Example people who hold no seat and were let in to one thing: asked about a death, or a family's key worker."""
    held = Seat.objects.filter(person=OuterRef("pk"))
    let_in = derive.let_in_by("reporter", "key_worker")
    found = Person.objects.filter(~Exists(held), pk__in=let_in, is_invented=True, account__is_active=True)
    return list(found.order_by("full_name")[:MOST_OTHERS])


def people_page(request: HttpRequest, going_to: str) -> HttpResponse:
    """The list of example people."""
    people = {"boards": example_people(), "others": without_a_seat(), "next": going_to}
    return render(request, "access/sign_in_demo.html", people)


@never_cache
@require_POST
@public("Signs in as an invented person; answers only in the demo")
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the example people."""
    if not settings.DEMO:
        raise Http404
    if "person" in request.POST:
        invented = Account.objects.filter(person__is_invented=True, is_active=True)
        account = get_object_or_404(invented, person=_key(request.POST["person"]))
        return _signed_in(request, account, None)
    chosen = request.POST.get("seat", "")
    held = Seat.objects.filter(board__is_example=True, person__account__is_active=True)
    seat = get_object_or_404(held.select_related("person__account", "board"), pk=_key(chosen))
    return _signed_in(request, seat.person.account, seat)


def _signed_in(request: HttpRequest, account: Account, seat: Seat | None) -> HttpResponse:
    from wholestory.access.signing_in.by_code import next_page

    sessions.begin(request, account, how="demo", seat=seat)
    response = redirect(next_page(request))
    sessions.remember_whose(response, account)
    return response


def _key(text: str) -> str:
    from uuid import UUID

    try:
        return str(UUID(text))
    except ValueError:
        raise Http404 from None
