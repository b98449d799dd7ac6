"""Taking hold of a form before anything in it is changed."""

from __future__ import annotations

from uuid import UUID

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.paperwork.models import AnswerSet, Status
from wholestory.paperwork.operations.refusals import NotOpen
from wholestory.partners.models import Person


def held(
    set_id: UUID, *, actor: Person, verb: Verb = Verb.WRITE, status: Status | None = Status.DRAFT
) -> AnswerSet:
    """The form, held until the transaction ends so that saves in one form follow each other, after asking whether
    ``actor`` may.

    Raises AnswerSet.DoesNotExist (not to be seen), access.asking.NotForYou (not theirs to change) or NotOpen.
    """
    found = (
        AnswerSet.objects.select_for_update(of=("self",), no_key=True)
        .select_related("record", "form_version")
        .defer("form_version__definition")
        .get(pk=set_id)
    )
    asking.require(actor, verb, found.record)
    if status is not None and found.status != status:
        raise NotOpen(closed=found.status == Status.LOCKED)
    return found
