"""What a challenge is told of the measure it is about: whether it is one, who is asked for it, which group reads it."""

from __future__ import annotations

from wholestory.challenge.measures import Known
from wholestory.indicators.models import Asked
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.partners.models import Board
from wholestory.performance.models import QuarterlyReport


def known(board: Board, code: str) -> Known | None:
    """The measure of this code, whether it is written in capitals or not."""
    found = next((one for one in catalogue_of(board).values() if one.code.lower() == code.lower()), None)
    if found is None:
        return None
    rows = Asked.objects.filter(board=board, measure=found.code, to_on=None).order_by("agency__slug")
    return Known(found.code, found.title, tuple(rows.values_list("agency__slug", flat=True).distinct()))


def reading_group(board: Board) -> str:
    """The group the newest report was made for."""
    rows = QuarterlyReport.objects.filter(board=board).order_by("-period_end", "-number")
    return rows.values_list("group__slug", flat=True).first() or ""
