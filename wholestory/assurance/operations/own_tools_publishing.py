"""Publishing a board's own audit tool: what became of each question, the sealed version, and whether it is offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.definitions.composing import STEP
from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork
from wholestory.assurance.definitions.stored import seal_of, to_json
from wholestory.assurance.models import FrameworkDraft, FrameworkVersion
from wholestory.assurance.operations.own_tools import TOOL, held, room_of
from wholestory.assurance.operations.own_tools_sources import ToolRefused
from wholestory.assurance.rules import own_tools_draft as drafts
from wholestory.assurance.rules import own_tools_mapping as mapping
from wholestory.govuk.forms.dates import in_words
from wholestory.paperwork.definitions import CannotWork
from wholestory.partners.models import Person


@transaction.atomic
def set_mapping(
    *, actor: Person, draft: FrameworkDraft, came_from: Mapping[str, Sequence[str]]
) -> FrameworkDraft:
    """Confirm what became of each item of the earlier version. Raises ToolRefused where there is none."""
    fresh = held(actor, draft)
    before, after = own_frameworks.named(fresh.builds_on), looked_at(fresh)
    if before is None:
        raise ToolRefused("This tool builds on no earlier one.")
    ledger.line("assurance.tool_mapped", kind=TOOL, ids=[fresh.id], board_id=fresh.board_id)
    fresh.mapping = mapping.as_json(mapping.rebuilt(before, after, came_from))
    fresh.save(update_fields=["mapping"])
    return fresh


def looked_at(draft: FrameworkDraft) -> Framework:
    """The framework a draft would be, with its faults filled in. Raises FrameworkCannotWork while it has no item."""
    return drafts.built(
        draft.definition["framework"],
        key=draft.key,
        version=_next(draft),
        source=draft.board.name,
        mended=True,
    )


def _next(draft: FrameworkDraft) -> int:
    versions = (
        FrameworkVersion.objects.filter(key=draft.key).order_by("-version").values_list("version", flat=True)
    )
    return (versions.first() or 0) + 1


def unconfirmed(draft: FrameworkDraft, framework: Framework) -> bool:
    """Whether somebody still has to say what became of each item."""
    if own_frameworks.named(draft.builds_on) is None:
        return False
    return set(mapping.came_from(mapping.from_json(draft.mapping))) != set(framework.items)


@transaction.atomic
def publish(*, actor: Person, draft: FrameworkDraft, today: date) -> FrameworkVersion:
    """Publish a draft: a new version, sealed, never changed again. Raises ToolRefused with everything in the way."""
    fresh = held(actor, draft)
    content, version = fresh.definition["framework"], _next(fresh)
    if faults := drafts.faults_of(content):
        raise ToolRefused(" ".join(dict.fromkeys(each.says for each in faults)))
    if version > 1 and fresh.builds_on != f"{fresh.key}.{version - 1}":
        raise ToolRefused(
            "A later version was published in the meantime. Begin the next version from that one."
        )
    if version >= STEP:
        raise ToolRefused("This tool has as many versions as there can be. Copy it as a new tool.")
    source = f"{fresh.board.name}, published {in_words(today)}"
    try:
        framework = drafts.built(content, key=fresh.key, version=version, source=source)
        as_form(framework)
    except (FrameworkCannotWork, CannotWork) as reason:
        raise ToolRefused(str(reason)) from reason
    if unconfirmed(fresh, framework):
        raise ToolRefused("Say first what became of each question of the earlier version.")
    before = own_frameworks.named(fresh.builds_on)
    kept = mapping.came_from(mapping.from_json(fresh.mapping))
    stored = to_json(framework)
    ledger.line("assurance.tool_published", kind=TOOL, ids=[fresh.id], board_id=fresh.board_id)
    made = FrameworkVersion.objects.create(
        board=fresh.board,
        key=framework.key,
        version=version,
        title=framework.title[:160],
        definition=stored,
        seal=seal_of(stored),
        builds_on=fresh.builds_on if before else "",
        mapping=mapping.as_json(mapping.rebuilt(before, framework, kept)) if before else [],
        published_by=actor,
        published_on=today,
    )
    fresh.published_on = today
    fresh.save(update_fields=["published_on"])
    return made


@transaction.atomic
def offer(*, actor: Person, version: FrameworkVersion, yes: bool, today: date) -> None:
    """Stop offering a version for new cycles, or offer it again. Cycles that ask it go on."""
    asking.require(actor, Verb.MANAGE, room_of(version.board))
    verb = "assurance.tool_offered_again" if yes else "assurance.tool_withdrawn"
    ledger.line(verb, kind=TOOL, ids=[version.id], board_id=version.board_id)
    version.withdrawn_on = None if yes else today
    version.save(update_fields=["withdrawn_on"])
