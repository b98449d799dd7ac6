"""A board's own audit tools in the making: begun from a list, a table, another tool or nothing; edited; put aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.verbs import Verb
from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions import OWN
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.definitions.stored import seal_of
from wholestory.assurance.models import FrameworkDraft, FrameworkVersion
from wholestory.assurance.operations.cycles import CYCLE
from wholestory.assurance.operations.own_tools_sources import (
    FORMAT,
    LONGEST_LIST,
    Json,
    ToolRefused,
    columns_of,
    found_in,
    list_of,
    said_of,
    tables_of,
)
from wholestory.assurance.rules import own_tools_draft as drafts
from wholestory.assurance.rules.own_tools_columns import Columns
from wholestory.assurance.rules.own_tools_found import Found, Taken
from wholestory.partners.models import Board, Person
from wholestory.records import opening
from wholestory.records.models import Record

#: The kind the access record knows drafts and published tools by.
TOOL = "assurance.tool"


class Overtaken(ToolRefused):
    """Somebody else changed the same part in the meantime. Nothing was saved."""


def room_of(board: Board) -> Record:
    """The door of the board's drafts: nobody but the team."""
    circle, new = opening.the_circle(board, "closed")
    if new:
        derive.open_circle(circle)
    return Record(kind=CYCLE.kind, circle=circle, office=opening.office(board, "assurance"))


def _may(actor: Person, draft: FrameworkDraft) -> None:
    asking.require(actor, Verb.MANAGE, draft, kind=CYCLE.kind)


@transaction.atomic
def start(
    *,
    actor: Person,
    board: Board,
    title: str,
    today: date,
    source: Mapping[str, Any] | None = None,
    came_from: str = "",
    builds_on: str = "",
) -> FrameworkDraft:
    """A draft without questions. ``source`` is what it will be made from, kept with it; ``builds_on`` names the
    framework that was made from once, where there is one."""
    made = drafts.blank(title.strip())
    return _started(
        actor, board, title, today, source or {}, made, came_from=came_from, builds_on=builds_on
    )  # fmt: skip


def _started(
    actor: Person,
    board: Board,
    title: str,
    today: date,
    source: Mapping[str, Any],
    framework: Json,
    *,
    came_from: str = "",
    key: str = "",
    builds_on: str = "",
) -> FrameworkDraft:
    room = room_of(board)
    asking.require(actor, Verb.MANAGE, room)
    draft = FrameworkDraft(
        circle=room.circle,
        office=room.office,
        board=board,
        key=key or drafts.new_key(OWN),
        title=title.strip()[:160],
        definition={"format": FORMAT, "source": dict(source), "columns": {}, "framework": framework},
        came_from=came_from[:200],
        builds_on=builds_on,
        started_by=actor,
        started_on=today,
    )
    ledger.line("assurance.tool_started", kind=TOOL, ids=[draft.id], board_id=board.id)
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def copy(*, actor: Person, board: Board, framework: Framework, title: str, today: date) -> FrameworkDraft:
    """A new tool of the board's own that begins with what another asks. Items keep their keys."""
    made = {**drafts.from_framework(framework), "title": title.strip()}
    return _started(
        actor, board, title, today, {}, made, came_from=framework.title, builds_on=own_frameworks.name_of(framework)
    )  # fmt: skip


@transaction.atomic
def next_version(*, actor: Person, version: FrameworkVersion, today: date) -> FrameworkDraft:
    """A draft of the next version of a published tool; the one that is open already, where there is one."""
    board = version.board
    asking.require(actor, Verb.MANAGE, room_of(board))
    newest = FrameworkVersion.objects.filter(board=board, key=version.key).order_by("-version").first()
    before = own_frameworks.published(version.key, newest.version if newest else version.version)
    open_now = FrameworkDraft.objects.filter(
        board=board, key=version.key, published_on=None, discarded_on=None
    )
    if (already := open_now.first()) is not None:
        return already
    if before is None:
        raise ToolRefused("This tool cannot be found any longer.")
    framework = before.framework
    return _started(
        actor, board, framework.title, today, {}, drafts.from_framework(framework), came_from=framework.title,
        key=framework.key, builds_on=own_frameworks.name_of(framework),
    )  # fmt: skip


def held(actor: Person, draft: FrameworkDraft) -> FrameworkDraft:
    """The draft as it stands now, held until the transaction ends. Raises NotForYou; ToolRefused once it is done."""
    _may(actor, draft)
    fresh = FrameworkDraft.objects.select_for_update().get(pk=draft.pk)
    if fresh.published_on or fresh.discarded_on:
        raise ToolRefused("This draft is finished. Begin the next version to change something.")
    return fresh


def seen_as(part: object) -> str:
    """What a page shows of a part, in sixteen letters: to notice that somebody changed it in between."""
    return seal_of(part)[:16]


@transaction.atomic
def change(
    *,
    actor: Person,
    draft: FrameworkDraft,
    how: Callable[[Json], Json],
    seen: str = "",
    part: Callable[[Json], object] | None = None,
) -> FrameworkDraft:
    """Change the questions of a draft by ``how``.

    ``part`` picks what the page showed and ``seen`` is how it stood then: raises Overtaken when it is another now, and
    ToolRefused when the part is gone.
    """
    fresh = held(actor, draft)
    before = fresh.definition["framework"]
    try:
        if seen and part is not None and seen_as(part(before)) != seen:
            raise Overtaken(
                "Somebody else changed this while you were writing. Yours is still here: compare, and save again."
            )
        after = how(before)
    except drafts.NoSuchPart as gone:
        raise ToolRefused("Somebody else removed this in the meantime.") from gone
    return write(fresh, framework=after)


@transaction.atomic
def set_list(
    *,
    actor: Person,
    draft: FrameworkDraft,
    text: str,
    said: Mapping[int, Taken] | None = None,
    seen: str = "",
) -> FrameworkDraft:
    """Keep the list as it was changed, and what the officer ``said`` its lines are, by the number of the line in the
    list as it was shown. Raises Overtaken when the list is not the one of ``seen`` any longer."""
    fresh = held(actor, draft)
    if seen and seen != list_seen(fresh):
        raise Overtaken(
            "Somebody else changed this list while you were looking at it. Yours is still in the box: compare, and"
            " choose “Show it again”."
        )
    kept = said_of(fresh)
    for line in found_in(fresh).lines:
        if (meant := (said or {}).get(line.number)) is not None and meant != line.taken:
            kept[line.key] = meant.value
    return write(fresh, source={"kind": "list", "text": text[:LONGEST_LIST], "said": kept})


def list_seen(draft: FrameworkDraft) -> str:
    """How the list and what was said of its lines stand: to notice that somebody changed them in between."""
    return seen_as([list_of(draft), said_of(draft)])


@transaction.atomic
def set_columns(*, actor: Person, draft: FrameworkDraft, columns: Columns) -> FrameworkDraft:
    """Keep which column holds what."""
    return write(held(actor, draft), columns=asdict(columns))


@transaction.atomic
def make_questions(*, actor: Person, draft: FrameworkDraft) -> Found:
    """Make the questions of what the source holds, in place of those the draft has. Raises ToolRefused for none."""
    fresh = held(actor, draft)
    found = found_in(fresh)
    if not found.count:
        raise ToolRefused("No question was found, so there is nothing to make a tool of.")
    before = fresh.definition["framework"]
    scale = columns_of(fresh).scale if tables_of(fresh) else before["scale"]
    made = drafts.from_found(before["title"], scale, found)
    write(fresh, framework={**made, "edition": before.get("edition", "")})
    return found


def write(draft: FrameworkDraft, **parts: Any) -> FrameworkDraft:
    """Keep parts of a draft that is held, with a line in the access record."""
    ledger.line("assurance.tool_changed", kind=TOOL, ids=[draft.id], board_id=draft.board_id)
    draft.definition = {**draft.definition, **parts}
    draft.title = str(draft.definition["framework"].get("title", "")).strip()[:160] or draft.title
    draft.save(update_fields=["definition", "title"])
    return draft


@transaction.atomic
def discard(*, actor: Person, draft: FrameworkDraft, today: date) -> None:
    """Put a draft aside. It is no longer listed."""
    fresh = held(actor, draft)
    ledger.line("assurance.tool_discarded", kind=TOOL, ids=[fresh.id], board_id=fresh.board_id)
    fresh.discarded_on = today
    fresh.save(update_fields=["discarded_on"])
