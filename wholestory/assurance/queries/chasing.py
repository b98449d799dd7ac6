"""Who owes what, why, when they were last written to, and what the ladder says comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholestory.assurance.letters import Readers
from wholestory.assurance.models import ChaseNote, Cycle, MoreTimeAsked, Return, Stage
from wholestory.assurance.operations.chasing import PREPARED_WORDS
from wholestory.assurance.queries.lineage import ended
from wholestory.assurance.rules.reminders import Step, by_decision, ladder, next_step
from wholestory.assurance.status import OPEN_STAGES, Status, status_of
from wholestory.correspondence import queries as sent
from wholestory.correspondence.models import Letter, LetterStatus
from wholestory.correspondence.queries import Contact
from wholestory.kernel.working_days import ENGLAND_AND_WALES
from wholestory.partners.models import LONDON, Role

#: Letters that have not gone yet, and what they wait for.
_IN_HAND = {
    LetterStatus.PREPARED: "A letter waits for the chair’s signature",
    LetterStatus.SIGNED: "A signed letter waits to be sent",
}

#: Whom the team reaches at an agency.
_ANSWERS = (Role.AGENCY_LEAD, Role.SUBSTITUTE)


@dataclass(frozen=True)
class LetterInHand:
    """A letter of the chair that has not gone yet."""

    reference: str
    words: str


@dataclass(frozen=True)
class Owed:
    """One agency on the chase list."""

    record_id: UUID
    reference: str
    agency: str
    status: Status
    due_on: date
    days_late: int
    why: str
    contact: str
    last_contact: str
    bounced: bool
    next_step: Step | None
    decisions: tuple[Step, ...]
    letter: LetterInHand | None = None
    more_time: date | None = None
    ended: bool = False

    @property
    def next_words(self) -> str:
        """What comes next, in words."""
        if self.bounced:
            return "Put the address right"
        if self.ended:
            return "It has ended: hand the return over, or stop asking"
        if self.more_time is not None:
            return f"Answer the request for more time, to {self.more_time.day} {self.more_time:%B %Y}"
        if self.letter is not None:
            return self.letter.words
        if self.next_step is not None:
            return self.next_step.rung.title
        return (
            "A decision: " + " or ".join(step.rung.title.lower() for step in self.decisions)
            if self.decisions
            else "Wait"
        )


def steps_of(ret: Return) -> tuple[Step, ...]:
    """The ladder of one return, with each step's day."""
    return ladder(ret.extended_to or ret.due_on, ENGLAND_AND_WALES.after, duty_basis=ret.duty_basis)


def owed(cycle: Cycle, today: date) -> list[Owed]:
    """Everyone who owes something, the latest first; a fixed number of queries."""
    waiting = (*OPEN_STAGES, Stage.RETURNED_WITH_QUERY)
    found = Return.objects.filter(cycle=cycle, stage__in=waiting, record__closed_on=None)
    return _lines(list(found.select_related("agency", "record")), cycle.board_id, today)


def owed_by(ret: Return, today: date) -> Owed:
    """One return's line."""
    return _lines([ret], ret.board_id, today)[0]


def _lines(returns: list[Return], board_id: UUID, today: date) -> list[Owed]:
    records = [ret.record_id for ret in returns]
    readers = Readers(board_id, [ret.agency_id for ret in returns], today, _ANSWERS)
    post = sent.post_about(records)
    waiting = dict(
        MoreTimeAsked.objects.filter(return_of__in=returns, decided_on=None).values_list(
            "return_of", "until_on"
        )
    )
    gone = ended(board_id, [ret.agency_id for ret in returns], today)
    letters = _letters(records)
    withdrawn = {letter.record_id for letter in letters if letter.status == LetterStatus.WITHDRAWN}
    in_hand = {letter.record_id: letter for letter in letters if letter.status in _IN_HAND}
    notes: dict[UUID, list[ChaseNote]] = {}
    for note in (
        ChaseNote.objects.filter(return_of__in=[r.id for r in returns])
        .select_related("by")
        .order_by("-on", "-created_at")
    ):
        notes.setdefault(note.return_of_id, []).append(note)
    lines = []
    ladders: dict[tuple[date, str], tuple[Step, ...]] = {}  # most are due on one day
    for ret in returns:
        own = notes.get(ret.id, [])
        rungs = (ret.extended_to or ret.due_on, ret.duty_basis)
        steps = ladders.get(rungs) or ladders.setdefault(rungs, steps_of(ret))
        written = post[ret.record_id]
        # A letter that was withdrawn is a step not taken.
        done = {*written.steps, *[n.rung for n in own if n.rung and n.message_record not in withdrawn]}
        held_up = ret.id in waiting or ret.agency_id in gone
        letter = next((in_hand[n.message_record] for n in own if n.message_record in in_hand), None)
        last = ret.extended_to or ret.due_on
        people = readers.of(ret.agency_id, *_ANSWERS)
        query = ret.stage == Stage.RETURNED_WITH_QUERY
        lines.append(
            Owed(
                record_id=ret.record_id,
                reference=ret.record.reference,
                agency=ret.agency.name,
                status=status_of(ret, today),
                due_on=last,
                days_late=0 if query else max((today - last).days, 0),
                why=_why(ret, today),
                contact=", ".join(p.full_name for p in people) or (ret.agency.mailbox or "nobody named"),
                last_contact=_last(written.last, [n for n in own if n.how != PREPARED_WORDS]),
                bounced=written.in_trouble,
                next_step=None
                if query or held_up
                else next_step(steps, today=today, sent=done, issued_on=ret.issued_on),
                decisions=()
                if query or held_up
                else tuple(s for s in by_decision(steps, today=today) if s.rung.key not in done),
                letter=LetterInHand(letter.record.reference, _IN_HAND[LetterStatus(letter.status)])
                if letter
                else None,
                more_time=waiting.get(ret.id),
                ended=ret.agency_id in gone,
            )
        )
    return sorted(lines, key=lambda line: (-line.days_late, line.due_on, line.agency.casefold()))


def _letters(records: list[UUID]) -> list[Letter]:
    return list(Letter.objects.filter(about__in=records).select_related("record"))


def _why(ret: Return, today: date) -> str:
    if ret.stage == Stage.RETURNED_WITH_QUERY:
        return "Has a question of the board to answer"
    last = ret.extended_to or ret.due_on
    begun = "begun" if ret.stage == Stage.IN_PROGRESS else "not begun"
    if today > last:
        return f"Overdue, {begun}"
    return f"Not due yet, {begun}" + (f"; more time given: {ret.extension_reason}" if ret.extended_to else "")


def _last(message: Contact | None, notes: list[ChaseNote]) -> str:
    words: list[tuple[date, str]] = []
    if message is not None:
        way = "by hand" if message.by_hand else "by e-mail"
        words.append(
            (message.sent_at.astimezone(LONDON).date(), f"{message.kind_title} to {message.to_name}, {way}")
        )
    if notes:
        note = notes[0]
        words.append((note.on, f"{note.how}: {note.words}" if note.words else note.how))
    if not words:
        return "Never"
    on, text = max(words, key=lambda pair: pair[0])
    return f"{on.day} {on:%B %Y}: {text}"


def bounced(cycle: Cycle) -> str:
    """One sentence on e-mail that came back, for the cycle's page; empty when none did."""
    back = sent.in_trouble().filter(about__self_audit__cycle=cycle)
    names = sorted(set(back.values_list("about__self_audit__agency__name", flat=True)))
    return (
        f"E-mail to {', '.join(names)} came back. Open the agency to put the address right." if names else ""
    )
