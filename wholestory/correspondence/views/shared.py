"""What the pages of this room have in common: the tag of a state, and what was refused beside its field."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import Http404

from wholestory.access import Verb
from wholestory.access.asking import NotForYou, require
from wholestory.access.requests import Request
from wholestory.correspondence.models import LetterStatus, Status
from wholestory.correspondence.operations import CannotSend
from wholestory.correspondence.rules.identifying import Identifying
from wholestory.govuk.parts import Tag
from wholestory.records.models import Protected

_COLOURS: dict[str, str] = {
    Status.DRAFT: "waiting",
    Status.QUEUED: "in_progress",
    Status.JOINED: "in_progress",
    Status.SENT: "done",
    Status.DELIVERED: "done",
    Status.BOUNCED: "overdue",
    Status.FAILED: "overdue",
    Status.BY_HAND: "done",
    Status.CANCELLED: "not_needed",
    LetterStatus.PREPARED: "waiting",
    LetterStatus.SIGNED: "with_board",
    LetterStatus.WITHDRAWN: "not_needed",
}


def posted(request: Request) -> Any:
    """What was sent, for a form; None when nothing was, even where a form has no field of its own."""
    return request.POST if request.method == "POST" else None


def state(status: str, label: str) -> Tag:
    """A state in its one colour."""
    return Tag(label, _COLOURS.get(status, "grey"))


def may(request: Request, verb: Verb, door: Protected) -> bool:
    """Whether the person may do this with this row."""
    try:
        require(request.person, verb, door)
    except NotForYou:
        return False
    return True


def or_not_found(request: Request, verb: Verb, door: Protected) -> None:
    """The one "not found" page for those who may not."""
    if not may(request, verb, door):
        raise Http404


@contextmanager
def beside(form: Any, field: str | None = None) -> Iterator[None]:
    """What was refused becomes an error of the form."""
    try:
        yield
    except CannotSend as refused:
        form.add_error(field, str(refused))
    except Identifying as said:
        for finding in said.findings:
            form.add_error(field, finding.sentence)
