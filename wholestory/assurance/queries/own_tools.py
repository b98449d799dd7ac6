"""What the board's team reads of its own audit tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from wholestory.assurance.definitions.comparing import Kind, Mapped
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, FrameworkDraft, FrameworkVersion
from wholestory.partners.models import Board

#: What a page calls each kind, and what it means for comparing.
KIND_WORDS = {
    Kind.SAME: ("Identical", "Answers come forward, and scores are compared."),
    Kind.REWORDED: ("Reworded", "Answers come forward, and scores are compared, with a mark."),
    Kind.SPLIT: ("Split", "Came from one question with others. Not compared."),
    Kind.MERGED: ("Merged", "Came from several questions. Not compared."),
    Kind.NEW: ("New", "Nothing to compare it with."),
    Kind.DROPPED: ("Dropped", "Is asked no longer. Earlier answers stay with their cycle."),
}


@dataclass(frozen=True)
class DraftLine:
    """A draft in the list."""

    id: UUID
    title: str
    came_from: str
    started_by: str
    started_on: date
    is_next: bool


@dataclass(frozen=True)
class ToolLine:
    """A published version in the list. ``cycles``: how many of the board's cycles ask it."""

    id: UUID
    key: str
    version: int
    title: str
    published_on: date
    withdrawn_on: date | None
    cycles: int

    @property
    def offered(self) -> str:
        """Whether a new cycle may ask it, in words."""
        return "Withdrawn" if self.withdrawn_on else "Offered"


def drafts_of(board: Board) -> list[DraftLine]:
    """The board's open drafts, the newest first. One query; what they hold is not read."""
    rows = FrameworkDraft.objects.filter(board=board, published_on=None, discarded_on=None)
    rows = (
        rows.select_related("started_by")
        .defer("definition", "mapping")
        .order_by("-started_on", "-created_at")
    )
    return [
        DraftLine(
            row.id,
            row.title,
            row.came_from,
            row.started_by.full_name,
            row.started_on,
            row.builds_on.startswith(f"{row.key}."),
        )
        for row in rows
    ]


def published_by(board: Board) -> QuerySet[FrameworkVersion]:
    """The board's published versions, without what they ask."""
    return FrameworkVersion.objects.filter(board=board).defer("definition", "mapping")


def lines_of(board: Board, rows: Sequence[FrameworkVersion]) -> list[ToolLine]:
    """Published versions as the list shows them. One query for however many."""
    used = Cycle.objects.filter(board=board, framework__in={row.key for row in rows}).order_by()
    counted = {
        (key, version): number
        for key, version, number in used.values_list("framework", "framework_version").annotate(n=Count("id"))
    }
    return [
        ToolLine(
            row.id,
            row.key,
            row.version,
            row.title,
            row.published_on,
            row.withdrawn_on,
            counted.get((row.key, row.version), 0),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Became:
    """One line of a mapping, for reading: what was asked, what is asked now."""

    kind: Kind
    number: str
    text: str
    was: tuple[tuple[str, str], ...]

    @property
    def kind_label(self) -> str:
        """Identical, reworded and so on."""
        return KIND_WORDS[self.kind][0]

    @property
    def means(self) -> str:
        """What follows for comparing."""
        return KIND_WORDS[self.kind][1]

    @property
    def now(self) -> str:
        """The question with its number; nothing for one that was dropped."""
        return f"{self.number} {self.text}".strip()

    @property
    def before(self) -> str:
        """The earlier questions with their numbers."""
        return "\n".join(f"{number} {text}" for number, text in self.was)


def became(before: Framework, after: Framework, rows: Sequence[Mapped]) -> list[Became]:
    """A mapping in words."""
    return [
        Became(
            row.kind,
            after.numbers[row.item] if row.item else "",
            after.items[row.item].text if row.item else "",
            tuple((before.numbers[old], before.items[old].text) for old in row.was),
        )
        for row in rows
    ]


def kinds_counted(rows: Sequence[Mapped]) -> list[tuple[str, int]]:
    """How many items of each kind, in words, without the kinds there are none of."""
    counts: dict[Kind, Any] = {kind: sum(row.kind is kind for row in rows) for kind in KIND_WORDS}
    return [(KIND_WORDS[kind][0], number) for kind, number in counts.items() if number]
