"""What an agency said of its figures, for reading beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.indicators.models import AgencyReturn, Commentary, ReturnStage
from wholestory.indicators.rules.lines import Line


@dataclass(frozen=True)
class Said:
    """The newest words of one measure."""

    title: str
    parts: tuple[tuple[str, str], ...]
    by: str
    confidence: str


def commentaries_of(ret: AgencyReturn, lines: Sequence[Line]) -> list[Said]:
    """The newest words for each measure of a return, in the order of the form: one query."""
    newest: dict[str, Commentary] = {}
    for each in Commentary.objects.filter(of_return=ret).select_related("by").order_by("at", "created_at"):
        newest[each.measure] = each
    return [
        Said(
            line.definition.title, tuple((label, words) for label, words in _parts(row) if words),
            row.by.full_name, row.get_confidence_display() if row.confidence else "",
        )
        for line in lines
        if not line.breakdown and (row := newest.get(line.measure)) is not None
    ]  # fmt: skip


def _parts(row: Commentary) -> tuple[tuple[str, str], ...]:
    return (
        ("What changed", row.what_changed),
        ("Why", row.why),
        ("What it means for children", row.so_what),
        ("What happens next", row.what_next),
    )


def open_question(ret: AgencyReturn) -> str:
    """The board's question that waits for an answer; empty when none does."""
    if ret.stage != ReturnStage.QUERIED:
        return ""
    found = ret.steps.filter(kind="queried").order_by("-at", "-created_at").first()
    return found.words if found else ""
