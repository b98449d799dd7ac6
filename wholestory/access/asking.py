"""May this person do this with this record, and why."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Q

from wholestory.access import acting
from wholestory.access.models import Membership
from wholestory.access.policy import MAY
from wholestory.access.policy_in_words import BECAUSE
from wholestory.access.verbs import Verb
from wholestory.partners.models import Board, LeaveCover, Person, Seat
from wholestory.records.models import Protected, Record

#: Said to whoever reads something by emergency access alone and wants to take it away.
STAYS_HERE = (
    "You can read this only because you took emergency access. What is read that way cannot be printed, downloaded"
    " or taken out of the system. If you need a copy, ask the board’s team."
)


@dataclass(frozen=True)
class Answer:
    """``code`` goes into the access record; ``because`` is shown only to people who may already read the record."""

    yes: bool
    code: str
    because: str

    def __bool__(self) -> bool:
        return self.yes


class NotForYou(Exception):
    """Refused. The page is the one "not found" page unless the person may already see the record."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.because)
        self.answer = answer


def _answer(yes: bool, code: str) -> Answer:
    key = code if code in BECAUSE else code.partition(":")[0]
    return Answer(yes, code, BECAUSE.get(key, code))


def reasons(person: Person | UUID, door: Protected, seat: UUID | None = None) -> tuple[list[str], list[str]]:
    """The coded reasons that let ``person`` in to ``door`` today, and those that keep them out.

    Asked again in the same transaction about the same door, the answer is the one given first, unless somebody was
    let in or kept out in between.
    """
    from django.utils import timezone

    who = person.id if isinstance(person, Person) else person
    about = (who, door.circle_id, door.office_id, seat)
    known: tuple[list[str], list[str]] | None = acting.remembered(about)
    if known is not None:
        return known
    now = timezone.now()
    found = Membership.objects.filter(person=person).filter(
        Q(circle_id=door.circle_id) | Q(office_id=door.office_id)
    )
    lets_in: list[str] = []
    keeps_out: list[str] = []
    for m in found.select_related("board"):
        today = m.board.today()
        if m.starts_on > today or (m.ends_on and today > m.ends_on) or (m.expires_at and now >= m.expires_at):
            continue
        if m.one_at_a_time and m.seat_id != seat:
            continue
        (keeps_out if m.refused else lets_in).append(m.because)
    known = sorted(lets_in), sorted(keeps_out)
    acting.remember(about, known)
    return known


def ask(person: Person, verb: Verb, door: Protected, *, kind: str = "", seat: UUID | None = None) -> Answer:
    """Whether ``person`` may do ``verb`` with ``door`` (a cover sheet or a row under one), with the reason.

    The same memberships decide the database's row filter, so READ here and a row in a list always agree.
    """
    if seat is None and (who := acting.current()) is not None and who.person == person.id:
        seat = who.seat
    lets_in, keeps_out = reasons(person, door, seat)
    of_kind = kind or (door.kind if isinstance(door, Record) else getattr(door, "record_kind", ""))
    return judged(lets_in, keeps_out, verb, of_kind)


def judged(lets_in: list[str], keeps_out: list[str], verb: Verb, of_kind: str) -> Answer:
    """The answer that follows from the reasons for and against: a refusal first, then what the kind of record asks."""
    if keeps_out:
        return _answer(False, keeps_out[0])
    if not lets_in:
        return _answer(False, "outside")
    if verb is Verb.READ:
        return _answer(True, lets_in[0])
    enough = MAY.get(of_kind, {}).get(verb, frozenset())
    for because in lets_in:
        if because in enough:
            return _answer(True, because)
    return _answer(False, "read_only" if lets_in == ["grant.emergency"] else "not_for_them")


def may_leave(person: Person, door: Protected) -> Answer:
    """Whether what ``person`` reads here may be printed, downloaded or otherwise taken out of the system.

    Not when nothing but emergency access lets them in: that is for reading. Who may export what is asked besides.
    """
    who = acting.current()
    seat = who.seat if who is not None and who.person == person.id else None
    lets_in, _ = reasons(person, door, seat)
    if lets_in == ["grant.emergency"]:
        return Answer(False, "grant.emergency", STAYS_HERE)
    return Answer(bool(lets_in), lets_in[0] if lets_in else "outside", "")


def require(person: Person, verb: Verb, door: Protected, *, kind: str = "") -> Answer:
    """The same, raising NotForYou instead of answering no."""
    answer = ask(person, verb, door, kind=kind)
    if not answer:
        raise NotForYou(answer)
    return answer


def seats_today(person: Person, *, also_group: bool = False) -> list[Seat]:
    """The seats a person holds on each board's own today, leave cover included, team seats first."""
    covering = LeaveCover.objects.filter(person=person)
    # Few people ever cover for somebody; whether this one does comes with the seats.
    held = Seat.objects.filter(person=person).annotate(covers_too=Exists(covering))
    seats = list(held.select_related("board", "agency", "group"))
    found: list[Seat] = [s for s in seats if s.holds_on(s.board.today())]
    if seats and not seats[0].covers_too:
        covering = covering.none()
    for cover in covering.select_related("seat__board", "seat__agency", "seat__group"):
        day = cover.seat.board.today()
        if (
            cover.seat.holds_on(day)
            and cover.starts_on <= day
            and (cover.ends_on is None or day <= cover.ends_on)
        ):
            found.append(cover.seat)
    return [s for s in found if also_group or s.group_id is None]


def may(seats: list[Seat], verb: Verb, kind: str, board: Board | None = None) -> bool:
    """Whether any of these seats (on ``board``, when given) ever allows ``verb`` on this kind: which pages to offer."""
    enough = MAY.get(kind, {}).get(verb, frozenset())
    return any(f"seat.{s.role}" in enough and (board is None or s.board_id == board.id) for s in seats)
