"""What a signatory was shown, as one token: the answers, and the evidence chosen for them.

Only what is signed is kept with the signature, and that is the answers: once a return is signed its evidence cannot
change. Until then this tells whether what is signed is what was read.
"""

from __future__ import annotations

import hashlib

from wholestory.assurance.models import EvidenceUse, Return
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.queries import Filled
from wholestory.paperwork.sealing import canonical

_SHOWN = (
    "item_id",
    "kind",
    "title",
    "link",
    "words",
    "document_on",
    "review_on",
    "expires_on",
    "file__sha256",
)


class EvidenceNotAsRead(paperwork.NotAsRead):
    """The evidence chosen for a line was changed between being read and being signed."""

    def __init__(self) -> None:
        Exception.__init__(
            self,
            "The evidence for a line was changed after you opened this page. Read the answers again, then sign.",
        )


def as_read(ret: Return, filled: Filled) -> str:
    """What a page that is to be signed carries: see ``answers_read``."""
    return f"{paperwork.says(filled)}.{_evidence(ret)}"


def answers_read(ret: Return, read: str | None) -> str | None:
    """The part of ``read`` that is about the answers. Raises EvidenceNotAsRead when the evidence is another now."""
    if read is None:
        return None
    answers, _, evidence = read.partition(".")
    if evidence and evidence != _evidence(ret):
        raise EvidenceNotAsRead
    return answers if evidence else ""


def _evidence(ret: Return) -> str:
    """A hash of what stands beside the lines: one query."""
    found = EvidenceUse.objects.filter(return_of=ret).order_by("item_id").values_list("lines", *_SHOWN)
    said = [[sorted(lines), *(str(each or "") for each in shown)] for lines, *shown in found]
    return hashlib.sha256(canonical(said)).hexdigest()[:32]
