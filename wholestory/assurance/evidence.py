"""When the files of a return may change: while it is being answered, and while a question of the board is open;
never after its cycle closed."""

from __future__ import annotations

from wholestory.assurance.models import EvidenceItem, Return, Stage
from wholestory.assurance.status import OPEN_STAGES, closed_words
from wholestory.records.models import Record

CHANGING = (*OPEN_STAGES, Stage.RETURNED_WITH_QUERY)


def why_not(record: Record) -> str:
    """Why files of this return cannot change now; nothing when they can. What was signed stays what was read."""
    if closed := closed_words(record):
        return closed
    stage = Return.objects.filter(record=record).values_list("stage", flat=True).first()
    if stage is None or stage in CHANGING:
        return ""
    return "This return is signed, so its files stay as they are. Open the return again first."


def why_not_in_list(record: Record) -> str:
    """Why the file of a piece of evidence cannot change now; nothing when it can."""
    if EvidenceItem.objects.filter(record=record, retired_on__isnull=False).exists():
        return "This was taken out of your list, so its file stays as it is."
    return ""
