"""Who browses: wide (an office), narrow (one agency's circles), and narrow with many circles (a busy moderator)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.test import Client

from wholestory.access import acting
from wholestory.access.models import Grant
from wholestory.actions.models import Action
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Cycle, Return, Stage
from wholestory.partners.models import Board, Person, Role, Seat

#: How many different people take turns on a page.
ROTA = 10


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, and the records they are about to open."""

    person: Person
    seat: Seat
    client: Client
    references: dict[str, str]


class Area:
    """The large board of the made-up area and the people on it; or, to compare with, the ``smallest``."""

    def __init__(self, *, smallest: bool = False) -> None:
        self._order = "n" if smallest else "-n"

    @cached_property
    def board(self) -> Board:
        """The board that asks most agencies, or fewest."""
        boards = Board.objects.annotate(n=Count("agency_links")).filter(n__gt=0)
        return boards.order_by(self._order, "slug")[0]

    @cached_property
    def live(self) -> Cycle:
        """The cycle under way."""
        with acting.as_system(self.board):
            return Cycle.objects.select_related("record", "board").filter(board=self.board).latest("opens_on")

    @cached_property
    def old(self) -> Cycle:
        """The newest closed one, whose results the board was shown."""
        with acting.as_system(self.board):
            return Cycle.objects.select_related("record", "board").get(pk=self.live.previous_id)

    def seat(self, role: str) -> Seat:
        """The first seat of this role on the board."""
        return (
            Seat.objects.filter(board=self.board, role=role, group=None)
            .select_related("person__account", "board", "agency").order_by("person__email")[0]
        )  # fmt: skip

    def visitor(self, seat: Seat, **references: str) -> Visitor:
        """Somebody signed in, acting in this seat."""
        client = Client(HTTP_HOST="localhost")
        client.force_login(seat.person.account, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["seat"] = str(seat.id)
        session.save()
        return Visitor(seat.person, seat, client, references)

    @cached_property
    def manager(self) -> Visitor:
        """The business manager: every return, action and message of the board."""
        with acting.as_system(self.board):
            ret = (
                Return.objects.filter(cycle=self.live, stage=Stage.RELEASED)
                .select_related("record")
                .earliest("id")
            )
        framework = framework_called(self.live.framework)
        return self.visitor(
            self.seat(Role.BUSINESS_MANAGER), live=self.live.record.reference, old=self.old.record.reference,
            ret=ret.record.reference, item=next(iter(framework.items)), standard=framework.standards[0].key,
        )  # fmt: skip

    @cached_property
    def chair(self) -> Visitor:
        """The independent chair."""
        return self.visitor(self.seat(Role.INDEPENDENT_CHAIR))

    @cached_property
    def lay_member(self) -> Visitor:
        """A lay member: what the board was shown."""
        return self.visitor(self.seat(Role.LAY_MEMBER), old=self.old.record.reference)

    @cached_property
    def leads(self) -> list[Visitor]:
        """Ten agencies' leads, each in the middle of this year's return and with promises of last year's."""
        with acting.as_system(self.board):
            found = list(
                Return.objects.filter(cycle=self.live, stage=Stage.IN_PROGRESS)
                .select_related("record", "agency").order_by("id")[: ROTA * 3]
            )  # fmt: skip
            promised = dict(
                Action.objects.filter(agency__in=[ret.agency_id for ret in found]).values_list(
                    "agency_id", "record__reference"
                )
            )
        return [
            self.visitor(
                self._lead(ret),
                ret=ret.record.reference,
                action=promised[ret.agency_id],
                set=str(ret.answers_id),
            )
            for ret in found
            if ret.agency_id in promised
        ][:ROTA]

    def _lead(self, ret: Return) -> Seat:
        seats = Seat.objects.filter(board=self.board, agency=ret.agency_id, role=Role.AGENCY_LEAD)
        return seats.select_related("person__account", "board", "agency")[0]

    @cached_property
    def moderator(self) -> Visitor:
        """The member with the most returns to moderate: a narrow person in very many circles."""
        with acting.as_system(self.board):
            circles = Return.objects.filter(cycle=self.live, stage=Stage.SIGNED_OFF).values("circle")
            grants = Grant.objects.filter(role="moderator", circle__in=circles).values("person")
            most = grants.annotate(n=Count("id")).order_by("-n", "person")[0]["person"]
            mine = Grant.objects.filter(person=most, circle__in=circles).values("circle")
            ret = (
                Return.objects.filter(circle__in=mine, stage=Stage.SIGNED_OFF)
                .select_related("record")
                .earliest("id")
            )
        seat = Seat.objects.filter(person=most, group=None).select_related(
            "person__account", "board", "agency"
        )[0]
        return self.visitor(seat, ret=ret.record.reference)
