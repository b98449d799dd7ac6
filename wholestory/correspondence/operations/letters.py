"""Letters the chair signs: prepared by the team, read and signed, then sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from wholestory import ledger
from wholestory.access import Verb
from wholestory.access.asking import require
from wholestory.correspondence import definitions, queueing, watching
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import Letter, LetterStatus, Message, Status
from wholestory.correspondence.operations.writing import EXAMPLE, CannotSend, compose, team_doors
from wholestory.correspondence.rules import identifying
from wholestory.govuk.forms.dates import in_words
from wholestory.partners.models import LONDON, Agency, Board, Person
from wholestory.records import references
from wholestory.records.models import Circle, Office, Record


@dataclass(frozen=True)
class LetterText:
    """What a letter says, and to whom. ``to_postal`` is the postal address, line by line."""

    to_name: str
    subject: str
    body: str
    to_role: str = ""
    to_postal: str = ""
    to_address: str = ""

    def check(self) -> None:
        """Raises Identifying. The address block may hold a postcode; subject and body may not."""
        identifying.check(self.subject, self.body.replace(self.to_name, ""))


@transaction.atomic
def prepare_letter(
    *,
    actor: Person,
    board: Board,
    text: LetterText,
    about: Record | None = None,
    agency: Agency | None = None,
    wanted_by_on: date | None = None,
    circle: Circle | None = None,
    office: Office | None = None,
    tell: Person | None = None,
    now: datetime | None = None,
) -> Letter:
    """Prepare a letter for the chair; ``tell`` hears that it waits. The chair and the team see it, no agency.

    Raises Identifying or NotForYou.
    """
    text.check()
    circle = circle or team_doors(board)[0]
    # The office the chair shares with the team; correspondence itself is the team's alone.
    office = office or Office.objects.get(board=board, key="assurance")
    sheet = Record(
        kind=Letter.record_kind, reference=references.new("LT"), board=board, circle=circle, office=office,
        edition=board.edition, opened_on=board.today(), retention="correspondence",
    )  # fmt: skip
    require(actor, Verb.WRITE, sheet)
    ledger.line("correspondence.letter_prepared", sheet, ids=[about.id] if about else [])
    sheet.save(force_insert=True)
    letter = Letter(
        record=sheet, board=board, circle=circle, office=office, about=about, agency=agency, to_name=text.to_name,
        to_role=text.to_role, to_postal=text.to_postal, to_address=text.to_address, subject=text.subject,
        body=text.body, wanted_by_on=wanted_by_on, prepared_by=actor,
        prepared_at=moment_of(board, now or timezone.now()),
    )  # fmt: skip
    letter.save(force_insert=True)
    if tell is not None:
        compose(
            actor=None, board=board, kind="letter_to_sign", to=tell, about=sheet, circle=circle, office=office,
            link=reverse("correspondence:letter", args=[sheet.reference]), step="letter_to_sign", now=now,
        )  # fmt: skip
    return letter


@transaction.atomic
def change_letter(*, actor: Person, letter: Letter, text: LetterText) -> None:
    """Change a letter nobody has signed."""
    require(actor, Verb.WRITE, letter)
    text.check()
    letter = _locked(letter)
    if letter.status != LetterStatus.PREPARED:
        raise CannotSend("A letter that was signed cannot be changed. Withdraw it and prepare another")
    ledger.line("correspondence.letter_changed", letter.record)
    for name in ("to_name", "to_role", "to_postal", "to_address", "subject", "body"):
        setattr(letter, name, getattr(text, name))
    letter.save(force_update=True)


@transaction.atomic
def sign_letter(*, actor: Person, letter: Letter, read: str, now: datetime | None = None) -> None:
    """The chair signs. ``read`` is the fingerprint of the text on the page: what was signed is what was read.

    Raises CannotSend when the letter was changed after the page was opened, or is signed already.
    """
    require(actor, Verb.DECIDE, letter)
    letter = _locked(letter)
    if letter.status != LetterStatus.PREPARED:
        raise CannotSend("This letter no longer waits for a signature")
    if read != fingerprint(letter):
        raise CannotSend("The letter was changed after you opened it. Read it again before you sign")
    if letter.prepared_by_id == actor.id:
        raise CannotSend("You prepared this letter, so somebody else has to sign it")
    if why := watching.in_the_way(letter):
        raise CannotSend(why)
    ledger.line("correspondence.letter_signed", letter.record)
    letter.status, letter.signed_by, letter.signed_sha256 = LetterStatus.SIGNED, actor, fingerprint(letter)
    letter.signed_at = moment_of(letter.board, now or timezone.now())
    letter.save(force_update=True)


@transaction.atomic
def send_letter(*, actor: Person, letter: Letter, by: str, now: datetime | None = None) -> Letter:
    """Send a signed letter: ``email`` queues it as a message, ``post`` notes that the team posted it."""
    require(actor, Verb.WRITE, letter)
    letter = _locked(letter)
    if letter.status != LetterStatus.SIGNED or letter.signed_by is None:
        raise CannotSend("Only a signed letter can be sent")
    if why := watching.in_the_way(letter):
        raise CannotSend(why)
    at = moment_of(letter.board, now or timezone.now())
    if by == "email":
        if not letter.to_address:
            raise CannotSend("There is no e-mail address on this letter. Post it instead")
        letter.message = _as_message(letter, actor, at)
    ledger.line("correspondence.letter_sent", letter.record, reason=by)
    letter.status, letter.sent_at, letter.sent_by, letter.sent_how = LetterStatus.SENT, at, actor, by
    letter.save(force_update=True)
    watching.sent(letter, actor, letter.board.today())
    return letter


@transaction.atomic
def withdraw_letter(*, actor: Person, letter: Letter, now: datetime | None = None) -> None:
    """Take back a letter that has not gone; it stays on record, with its signature if it had one."""
    require(actor, Verb.WRITE, letter)
    letter = _locked(letter)
    if letter.status not in {LetterStatus.PREPARED, LetterStatus.SIGNED}:
        raise CannotSend("This letter has gone, or was withdrawn already")
    ledger.line("correspondence.letter_withdrawn", letter.record)
    letter.status, letter.withdrawn_by = LetterStatus.WITHDRAWN, actor
    letter.withdrawn_at = moment_of(letter.board, now or timezone.now())
    letter.save(force_update=True)


def fingerprint(letter: Letter) -> str:
    """The hash of everything the reader of a letter sees."""
    parts = (letter.to_name, letter.to_role, letter.to_postal, letter.to_address, letter.subject, letter.body)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()


def _locked(letter: Letter) -> Letter:
    return (
        Letter.objects.select_for_update(of=("self",))
        .select_related("record", "about", "board", "signed_by")
        .get(pk=letter.pk)
    )


def _as_message(letter: Letter, actor: Person, at: datetime) -> Message:
    signed = letter.signed_by.full_name if letter.signed_by else ""
    signed_at = letter.signed_at or at
    body = f"{letter.body}\n\n{signed}\nSigned on {in_words(signed_at.astimezone(LONDON).date())}"
    board = letter.board
    sheet = Record(
        kind=Message.record_kind, reference=references.new("MS"), board=board, circle_id=letter.circle_id,
        office_id=letter.office_id, edition=board.edition, opened_on=board.today(), retention="correspondence",
    )  # fmt: skip
    message = Message(
        record=sheet, board=board, circle_id=letter.circle_id, office_id=letter.office_id, about_id=letter.about_id,
        agency_id=letter.agency_id, kind=definitions.LETTER, to_name=letter.to_name, to_address=letter.to_address,
        subject=letter.subject, body=f"{EXAMPLE}\n\n{body}" if board.is_example else body, status=Status.QUEUED,
        send_after=at, post_by=at, written_by=actor, written_on=board.today(),
    )  # fmt: skip
    ledger.line("correspondence.queued", sheet, ids=[letter.record_id])
    sheet.save(force_insert=True)
    message.save(force_insert=True)
    queueing.look_at_the_post(board)
    return message
