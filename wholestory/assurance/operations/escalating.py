"""The upper rungs of the ladder: letters the chair signs, a formal request, the board's agenda.

``correspondence`` keeps, signs and sends them. Here it is decided whether one may be written at all, and what the chase
list and the return's history say of it. The room is asked again before the chair signs and before the letter goes:
nobody is escalated who has signed, refused, been given more time or ended in the meantime.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions.escalation import LETTERS
from wholestory.assurance.models import ChaseNote, MoreTimeAsked, Return, StageChange
from wholestory.assurance.operations.chasing import PREPARED, ChaseRefused, note
from wholestory.assurance.operations.moving import held
from wholestory.assurance.queries.lineage import ended
from wholestory.assurance.rules.reminders import USUAL_LADDER, Rung
from wholestory.assurance.status import OPEN_STAGES, closed_words
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Letter, LetterStatus
from wholestory.correspondence.operations.letters import LetterText
from wholestory.correspondence.watching import Watch
from wholestory.partners.models import Board, Person, Role, Seat

#: What the return's history calls each letter once it has gone.
SENT: Mapping[str, str] = {
    "to_chief_executive": "letter_sent",
    "formal_request": "formal_request_sent",
    "to_board": "board_told",
}


def rung_called(key: str) -> Rung | None:
    """The rung of the ladder that is a letter of the chair and has this key."""
    return next((rung for rung in USUAL_LADDER if rung.key == key and key in LETTERS), None)


def why_not(ret: Return, rung: Rung, today: date) -> str:
    """Why this return must not be escalated now, in a sentence; nothing when it may be."""
    if closed := closed_words(ret.record):
        return closed
    if ret.stage not in OPEN_STAGES:
        return f"{ret.agency.name} does not owe this return any more, so no letter goes."
    last = ret.extended_to or ret.due_on
    if today <= last:
        return f"{ret.agency.name} has time until {last.day} {last:%B %Y}, so no letter goes."
    if ended(ret.board_id, [ret.agency_id], today):
        return f"{ret.agency.name} has ended. Hand the return over, or stop asking."
    if not rung.fits(ret.duty_basis):
        return "This step is only for organisations that the law requires to answer."
    if MoreTimeAsked.objects.filter(return_of=ret, decided_on=None).exists():
        return f"{ret.agency.name} has asked for more time. Answer that first."
    return ""


@transaction.atomic
def prepare(
    *, actor: Person, ret: Return, rung: Rung, text: LetterText, today: date, wanted_by_on: date | None = None
) -> Letter:
    """Prepare the letter of a rung for the chair. Raises ChaseRefused, or what ``prepare_letter`` raises."""
    asking.require(actor, Verb.MANAGE, ret.record)
    held(ret)
    if why := why_not(ret, rung, today):
        raise ChaseRefused(why)
    under_way = letters_of(ret, rung).exclude(status=LetterStatus.WITHDRAWN)
    if under_way.exists():
        raise ChaseRefused("This letter was prepared already. Open it, or withdraw it to write another.")
    letter = post.prepare_letter(
        actor=actor, board=ret.board, text=text, about=ret.record, agency=ret.agency, wanted_by_on=wanted_by_on,
        tell=_chair(ret.board, today),
    )  # fmt: skip
    note(
        actor=actor, ret=ret, how=PREPARED, words=f"{rung.title}, for the chair to sign", rung=rung.key, today=today,
        letter=letter.record_id,
    )  # fmt: skip
    return letter


def letters_of(ret: Return, rung: Rung) -> QuerySet[Letter]:
    """The letters of one rung about a return."""
    notes = ChaseNote.objects.filter(return_of=ret, rung=rung.key, message_record__isnull=False)
    return Letter.objects.filter(record__in=notes.values("message_record"))


def _chair(board: Board, today: date) -> Person | None:
    seats = Seat.objects.filter(board=board, role=Role.INDEPENDENT_CHAIR, group=None, starts_on__lte=today)
    seat = seats.exclude(ends_on__lt=today).select_related("person").order_by("starts_on").first()
    return seat.person if seat else None


def _about(letter: Letter) -> tuple[Return, Rung] | None:
    """The return and the rung of a letter of the ladder. The system looks, whoever signs or sends."""
    with acting.as_system(letter.board_id, "tally"):
        kept = ChaseNote.objects.filter(message_record=letter.record_id).select_related(
            "return_of__record", "return_of__agency", "return_of__board"
        )
        found = kept.first()
    rung = rung_called(found.rung) if found else None
    return (found.return_of, rung) if found and rung else None


def _in_the_way(letter: Letter) -> str:
    about = _about(letter)
    return "" if about is None else why_not(*about, letter.board.today())


def _sent(letter: Letter, by: Person, on: date) -> None:
    about = _about(letter)
    if about is None:
        return
    ret, rung = about
    way = letter.get_sent_how_display().lower()
    to = letter.to_name + (f", {letter.to_role}" if letter.to_role else "")
    with acting.as_system(letter.board_id, "tally"):
        ledger.line("assurance.escalated", ret.record, reason=rung.key)
        ChaseNote.objects.create(
            return_of=ret, circle_id=ret.notes_circle_id, office_id=ret.office_id, rung=rung.key, how="Letter",
            words=f"{rung.title}: to {to}, {way}", by=by, on=on, message_record=letter.record_id,
        )  # fmt: skip
        StageChange.objects.create(
            return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move=SENT[rung.key],
            from_stage=ret.stage, to_stage=ret.stage, by=by, on=on, reason=f"To {to}, {way}.",
        )  # fmt: skip


#: Registered with ``correspondence`` when the room starts.
WATCH = Watch(_in_the_way, _sent)
