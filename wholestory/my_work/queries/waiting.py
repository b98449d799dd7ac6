"""What waits for somebody, by what they do: for an agency, as a moderator. The board's team: ``team``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from wholestory.access.models import Grant
from wholestory.actions import queries as action_queries
from wholestory.actions.models import Step
from wholestory.assurance.models import Return, SignOff, Stage, StageChange
from wholestory.assurance.operations.moderation import LET_IN
from wholestory.assurance.operations.returns import ASKED_TO_SIGN
from wholestory.assurance.operations.signing_together import SIGNED_IN_PART
from wholestory.assurance.queries.moves import BESIDE, move_words
from wholestory.assurance.queries.signatures import SIGNATURE_LAPSED
from wholestory.assurance.status import OPEN_STAGES
from wholestory.my_work.queries.parts import left_of, own_parts
from wholestory.partners.models import AGENCY_ROLES, Board, Person, Seat


@dataclass(frozen=True)
class Waiting:
    """One thing to do. ``late`` puts it first; ``records`` are the ids shown, for the access record."""

    title: str
    detail: str
    url: str
    due_on: date | None = None
    late: bool = False
    records: tuple[UUID, ...] = ()


def _by_date(found: list[Waiting]) -> list[Waiting]:
    return sorted(found, key=lambda w: (not w.late, w.due_on or date.max, w.title))


def for_agency(person: Person, seats: Sequence[Seat], today: date) -> list[Waiting]:
    """Returns to answer, sign or explain, and promises to keep."""
    held = [seat for seat in seats if seat.role in AGENCY_ROLES]
    if not held:
        return []
    agencies = {seat.agency_id for seat in held if seat.agency_id}
    speaks = {seat.agency_id for seat in held if seat.role != "contributor"}
    signs = {seat.agency_id for seat in held if seat.role == "signatory"}
    mine = Return.objects.filter(
        agency__in=agencies, stage__in=(*OPEN_STAGES, Stage.RETURNED_WITH_QUERY), record__closed_on=None
    )
    # The last thing that happened to each: once it is opened again, the signatory has to be asked again.
    moves = (
        StageChange.objects.filter(return_of=OuterRef("pk")).exclude(move__in=BESIDE).order_by("-created_at")
    )
    found = []
    only_contributor = all(seat.role == "contributor" for seat in held)
    signed = SignOff.objects.filter(return_of=OuterRef("pk"), person=person, withdrawn_on=None)
    with_last = mine.annotate(
        signed_by_me=Exists(signed),
        last_move=Subquery(moves.values("move")[:1]),
        last_moved_on=Subquery(moves.values("on")[:1]),
    )
    returns = list(with_last.select_related("record", "agency"))
    left = left_of(own_parts(person), returns) if only_contributor else {}
    for ret in returns:
        last = ret.extended_to or ret.due_on
        late = today > last and ret.stage in OPEN_STAGES
        url = reverse("assurance:return", args=[ret.record.reference])
        if ret.stage == Stage.RETURNED_WITH_QUERY:
            if ret.agency_id not in speaks:
                continue
            found.append(
                Waiting(
                    "Answer the board's question",
                    f"{ret.agency.name}: {ret.title}",
                    url,
                    records=(ret.record_id,),
                )
            )
            continue
        title = {Stage.ISSUED: "Start your self-audit", Stage.IN_PROGRESS: "Go on with your self-audit"}[
            Stage(ret.stage)
        ]
        if ret.baseline_id is not None:
            title = title.replace("self-audit", "interim update")
        if ret.id in left:
            if not left[ret.id]:
                continue
            title = f"Answer your part ({left[ret.id]})"
        detail = f"{ret.agency.name}: {ret.title}"
        if ret.agency_id in signs and ret.last_move == SIGNED_IN_PART and ret.signed_by_me:
            title = "Self-audit signed by you: it waits for the other signature"
        elif ret.agency_id in signs and ret.last_move in (ASKED_TO_SIGN, SIGNED_IN_PART):
            asked: date = ret.last_moved_on
            title, url = "Sign your self-audit", reverse("assurance:sign", args=[ret.record.reference])
            detail += f". You were asked to sign it on {asked.day} {asked:%B %Y}"
        elif ret.agency_id in signs and ret.last_move == SIGNATURE_LAPSED:
            title, url = "Sign your self-audit again", reverse("assurance:sign", args=[ret.record.reference])
            detail += ". An answer was changed after it was signed"
        elif ret.agency_id in signs and ret.stage == Stage.IN_PROGRESS:
            title = "Self-audit in progress: you will be asked to sign it"
        found.append(Waiting(title, detail, url, last, late, (ret.record_id,)))
    for action in action_queries.owned_by(person.id, agencies, today):
        url = reverse("actions:action", args=[action.record.reference])
        found.append(
            Waiting(
                f"Action: {action.title}",
                action.agency.name,
                url,
                action.due_on,
                action.due_on < today,
                (action.record_id,),
            )
        )
    return _by_date(found)


def let_in(person: Person, today: date, also: Sequence[str] = ()) -> dict[str, list[int]]:
    """The circles this person was let in to as a moderator or a member of a panel, or as one of ``also``, by which; one
    query."""
    roles = (*LET_IN, *also)
    grants = Grant.objects.filter(person=person, role__in=roles, withdrawn_at=None)
    found: dict[str, list[int]] = {role: [] for role in roles}
    for role, circle in grants.exclude(ends_on__lt=today).values_list("role", "circle_id"):
        found[role].append(circle)
    return found


def for_moderator(circles: Sequence[int]) -> list[Waiting]:
    """Returns this person was asked to moderate and has not finished. ``circles`` are those of ``let_in``."""
    found = Return.objects.filter(
        circle__in=circles, stage__in=(Stage.SIGNED_OFF, Stage.ANSWERED), record__closed_on=None
    )
    return [
        Waiting(
            f"Moderate {ret.agency.name}", ret.title, reverse("assurance:moderate", args=[ret.record.reference]),
            records=(ret.record_id,),
        )
        for ret in found.select_related("record", "agency").order_by("signed_off_on", "id")
    ]  # fmt: skip


def for_founders(board: Board) -> list[Waiting]:
    """The way back to the steps of setting up, for those who keep the directory, until they say that it is finished."""
    if board.set_up_at is not None or board.is_example:
        return []
    what = "Areas, the membership list, the team, the questions and the first cycle"
    return [Waiting("Go on with setting up", what, reverse("start:steps"))]


@dataclass(frozen=True)
class Changed:
    """Something that happened lately to a record this person may see."""

    on: date
    words: str
    about: str
    url: str
    record_id: UUID


def changed(since: date, at_most: int = 8) -> list[Changed]:
    """The latest moves and steps, newest first; two queries."""
    moves = StageChange.objects.filter(on__gte=since).exclude(move="issued")
    found: list[Any] = [
        Changed(
            m.on, move_words(m.move), m.return_of.agency.name,
            reverse("assurance:return", args=[m.return_of.record.reference]), m.return_of.record_id,
        )
        for m in moves.select_related("return_of__agency", "return_of__record").order_by("-on", "-created_at")[:at_most]
    ]  # fmt: skip
    steps = Step.objects.filter(on__gte=since).exclude(kind="opened")
    found += [
        Changed(
            s.on,
            s.get_kind_display(),
            s.action.title,
            reverse("actions:action", args=[s.action.record.reference]),
            s.action.record_id,
        )
        for s in steps.select_related("action__record").order_by("-on", "-created_at")[:at_most]
    ]
    return sorted(found, key=lambda c: c.on, reverse=True)[:at_most]
