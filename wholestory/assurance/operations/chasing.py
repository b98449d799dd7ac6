"""Chasing by other means than e-mail, and steps of the ladder that somebody decided or skipped."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import ChaseNote, Return
from wholestory.partners.models import Person

#: How somebody was reached, in the words of the page.
HOW = {
    "telephone": "Telephone",
    "meeting": "In person",
    "letter": "Letter",
    "skipped": "Step left out",
    "decided": "Decided",
}
#: A letter that waits for its signature: a step taken, and nobody reached yet.
PREPARED = "prepared"
PREPARED_WORDS = "Letter prepared"


class ChaseRefused(ValueError):
    """The note cannot be kept; the message says why."""


@transaction.atomic
def note(
    *,
    actor: Person,
    ret: Return,
    how: str,
    words: str,
    today: date,
    rung: str = "",
    letter: UUID | None = None,
) -> ChaseNote:
    """Note a telephone call, a talk, or that a step was taken or left out and why. ``letter`` is the record of the
    letter it is about."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if how not in HOW and how != PREPARED:
        raise ChaseRefused("Choose how you reached them.")
    if not words.strip():
        raise ChaseRefused("Say what was agreed, or why the step is left out.")
    ledger.line("assurance.chased", ret.record, reason=how)
    return ChaseNote.objects.create(
        return_of=ret, circle_id=ret.notes_circle_id, office_id=ret.office_id, rung=rung[:30],
        how=HOW.get(how, PREPARED_WORDS), words=words.strip(), by=actor, on=today, message_record=letter,
    )  # fmt: skip
