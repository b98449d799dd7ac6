"""Who of a board's agencies is asked in a cycle, who is out of scope and why, and who is not decided about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import QuerySet

from wholestory.assurance.answers import position
from wholestory.assurance.models import Cycle, CycleKind, OutOfScope, Return, Stage
from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.queries.interim import can_stand_on
from wholestory.assurance.queries.lineage import answering, ended
from wholestory.assurance.rules.response import ResponseRate, response_rate
from wholestory.partners.models import Agency, Board, DutyBasis, Sector, Succession

ASKED, LEFT_OUT, UNDECIDED, TAKEN_BACK = "asked", "left_out", "undecided", "taken_back"
WHERE = {
    UNDECIDED: "Not yet decided",
    ASKED: "Asked",
    LEFT_OUT: "Out of scope",
    TAKEN_BACK: "Asked, and taken back",
}


@dataclass(frozen=True)
class Body:
    """One agency on the page that says whom to ask. ``reason`` is why it is out of scope or was taken back;
    ``reason_before`` is why it was out of scope in the cycle before."""

    agency: Agency
    where: str
    reason: str = ""
    decided: str = ""
    reason_before: str = ""
    can_be_asked: bool = True

    @property
    def sector(self) -> str:
        return str(Sector(self.agency.sector).label)

    @property
    def bring_back_words(self) -> str:
        """What the button beside it does, for whoever hears it read out."""
        return f"Bring back {self.agency.name}"

    @property
    def duty(self) -> str:
        return str(DutyBasis(self.agency.duty_basis).label)


@dataclass(frozen=True)
class DutyLine:
    """How the agencies of one duty stand."""

    key: str
    label: str
    asked: int
    left_out: int
    undecided: int


@dataclass(frozen=True)
class Scope:
    """Every agency of the board, in one cycle."""

    bodies: tuple[Body, ...]

    def of(self, where: str) -> list[Body]:
        """Those that stand there."""
        return [body for body in self.bodies if body.where == where]

    @property
    def duties(self) -> list[DutyLine]:
        """One line per duty that any agency answers on."""
        counts = Counter((body.agency.duty_basis, body.where) for body in self.bodies)
        found = {body.agency.duty_basis for body in self.bodies}
        return [
            DutyLine(
                duty.value,
                str(duty.label),
                counts[duty.value, ASKED],
                counts[duty.value, LEFT_OUT],
                counts[duty.value, UNDECIDED] + counts[duty.value, TAKEN_BACK],
            )
            for duty in DutyBasis
            if duty.value in found
        ]

    def narrowed(self, *, q: str = "", sector: str = "", duty: str = "", where: str = "") -> list[Body]:
        """Those that match, in the order of the list."""
        wanted = q.strip().casefold()
        return [
            body
            for body in self.bodies
            if (not wanted or wanted in body.agency.name.casefold())
            and (not sector or body.agency.sector == sector)
            and (not duty or body.agency.duty_basis == duty)
            and (not where or body.where == where)
        ]


def agencies_of(board: Board, today: date) -> QuerySet[Agency]:
    """The agencies that answer to a board on a day, by sector and name."""
    return (
        Agency.objects.filter(pk__in=answering(board, today))
        .exclude(ends_on__lt=today)
        .order_by("sector", "name")
    )


def scope_of(cycle: Cycle, today: date) -> Scope:
    """Where each agency of the board stands: a fixed number of queries for any number of agencies."""
    returns = {
        agency: (stage, reference)
        for agency, stage, reference in Return.objects.filter(cycle=cycle).values_list(
            "agency_id", "stage", "record__reference"
        )
    }
    left_out = {row.agency_id: row for row in OutOfScope.objects.filter(cycle=cycle).select_related("by")}
    before: Mapping[UUID, str] = {}
    if cycle.previous_id:
        earlier = OutOfScope.objects.filter(cycle=cycle.previous_id)
        before = dict(earlier.values_list("agency_id", "reason"))
    stands = can_stand_on(cycle) if cycle.kind == CycleKind.INTERIM else None
    bodies = []
    for agency in agencies_of(cycle.board, today):
        stage, reference = returns.get(agency.id, ("", ""))
        out = left_out.get(agency.id)
        where = (
            (TAKEN_BACK if stage == Stage.WITHDRAWN else ASKED) if stage else LEFT_OUT if out else UNDECIDED
        )
        if out is not None and where == TAKEN_BACK:
            where = LEFT_OUT
        bodies.append(
            Body(
                agency,
                where,
                out.reason if out else "",
                f"{out.by.full_name}, {out.on.day} {out.on:%B %Y}" if out else reference,
                before.get(agency.id, ""),
                where == UNDECIDED and (stands is None or agency.id in stands),
            )
        )
    return Scope(tuple(bodies))


@dataclass(frozen=True)
class Counted:
    """The honest sums of a cycle: the rate over those asked and in scope, and who is in neither number."""

    rate: ResponseRate
    out_of_scope: int
    left_while_it_ran: int
    taken_back: int
    undecided: int

    @property
    def not_counted(self) -> str:
        """Everybody the rate leaves out, in words; nothing when it leaves nobody out."""
        parts = [
            (self.out_of_scope, "out of scope"),
            (self.left_while_it_ran, "ended or merged while it ran"),
            (self.taken_back, "asked, and taken back"),
            (self.undecided, "not decided about"),
        ]
        return ", ".join(f"{number} {words}" for number, words in parts if number)


class Counting(NamedTuple):
    """What counting needs of a return: hundreds are counted on one page, so they are bare rows."""

    stage: str
    agency_id: UUID
    due_on: date
    extended_to: date | None
    first_signed_on: date | None
    nil_reason: str
    refused_reason: str
    succeeded_by_id: UUID | None


def counted(cycle: Cycle, returns: Sequence[Counting | Asked], today: date) -> Counted:
    """The sums, from returns of the cycle that were read already (all that the reader sees, withdrawn ones too)."""
    gone = left_ids(cycle.board, returns, today)
    in_scope = [ret for ret in returns if ret.stage != Stage.WITHDRAWN]
    taken_back = {ret.agency_id for ret in returns if ret.stage == Stage.WITHDRAWN} - gone
    left_out = set(OutOfScope.objects.filter(cycle=cycle).values_list("agency_id", flat=True))
    known = {ret.agency_id for ret in returns} | left_out
    undecided = sum(
        agency not in known for agency in agencies_of(cycle.board, today).values_list("id", flat=True)
    )
    rate = response_rate((position(cast(Any, ret)) for ret in in_scope), left_scope=len(gone))
    return Counted(rate, len(left_out), len(gone), len(taken_back - left_out), undecided)


def left_ids(board: Board, returns: Iterable[Return | Counting | Asked], today: date) -> set[UUID]:
    """The agencies whose request was taken back because they ended, or another body answers for them now."""
    withdrawn = [ret for ret in returns if ret.stage == Stage.WITHDRAWN]
    if not withdrawn:
        return set()
    ids = {ret.agency_id for ret in withdrawn}
    gone = ended(board, ids, today) | {ret.agency_id for ret in withdrawn if ret.succeeded_by_id}
    return gone | set(Succession.objects.filter(before__in=ids).values_list("before", flat=True))


def returns_in(cycle: Cycle) -> list[Counting]:
    """All returns of a cycle the reader sees, the withdrawn ones too, with what counting needs. One query."""
    return [Counting(*row) for row in Return.objects.filter(cycle=cycle).values_list(*Counting._fields)]


@dataclass(frozen=True)
class Gone:
    """A body that was asked and left while the cycle ran, and who answers for it now."""

    record_id: UUID
    reference: str
    agency: str
    why: str
    successor: str
    successor_reference: str


def left_while_it_ran(cycle: Cycle, today: date) -> list[Gone]:
    """The bodies that ended or merged after they were asked, by name."""
    rows = Return.objects.filter(cycle=cycle, stage=Stage.WITHDRAWN).select_related(
        "record", "agency", "succeeded_by__record", "succeeded_by__agency"
    )
    withdrawn = list(rows.order_by("agency__name"))
    left = left_ids(cycle.board, withdrawn, today)
    found = []
    for ret in withdrawn:
        if ret.agency_id not in left:
            continue
        after = ret.succeeded_by
        found.append(
            Gone(
                ret.record_id,
                ret.record.reference,
                ret.agency.name,
                ret.agency.ended_because,
                after.agency.name if after else "",
                after.record.reference if after else "",
            )
        )
    return found
