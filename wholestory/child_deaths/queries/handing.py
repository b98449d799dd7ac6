"""Cases on their way between panels, as either side sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from wholestory.child_deaths.models import Transfer, TransferState
from wholestory.child_deaths.queries.caseload import short
from wholestory.govuk.parts import Link, Tag
from wholestory.partners.models import Board

_COLOURS = {
    TransferState.SENT: "waiting", TransferState.ACCEPTED: "done", TransferState.REFUSED: "overdue",
    TransferState.WITHDRAWN: "not_needed",
}  # fmt: skip


def every() -> QuerySet[Transfer]:
    """Transfers the acting person may see. The case itself is not joined: a receiver may not see it."""
    return Transfer.objects.select_related(
        "record__board", "from_panel", "to_panel__board", "sent_by", "office"
    )


@dataclass(frozen=True)
class TransferLine:
    """A transfer in a list."""

    record_id: UUID
    reference: Any
    way: str
    panel: str
    sent: str
    state: Any
    chase: str


def lines(rows: Sequence[Transfer], board: Board, today: date) -> list[TransferLine]:
    """Lines for a page; no further query."""
    return [_line(row, board, today) for row in rows]


def _line(row: Transfer, board: Board, today: date) -> TransferLine:
    out = row.from_panel.board_id == board.pk
    late = row.state == TransferState.SENT and row.chase_on < today
    return TransferLine(
        row.record_id,
        Link(row.record.reference, reverse("child_deaths:transfer", args=[row.record.reference])),
        "To" if out else "From",
        (row.to_panel if out else row.from_panel).name,
        short(row.sent_at.date()),
        Tag(row.get_state_display(), _COLOURS[TransferState(row.state)]),
        f"Telephone them: due {short(row.chase_on)}" if late and out else "",
    )


def waiting_here(board: Board) -> int:
    """How many another panel has sent us that wait for our answer."""
    return (
        every()
        .filter(Q(to_panel__board=board), ~Q(from_panel__board=board), state=TransferState.SENT)
        .count()
    )
