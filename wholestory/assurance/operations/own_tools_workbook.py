"""A board's own audit tool from an XLSForm workbook: what was read is kept with the draft until questions are made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions import NoSuchFramework, framework_called, is_own
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.definitions.from_form import Made, framework_from
from wholestory.assurance.definitions.from_plain_form import Told, lists_of
from wholestory.assurance.models import FrameworkDraft, FrameworkVersion
from wholestory.assurance.operations import own_tools
from wholestory.assurance.operations.own_tools_sources import Json, ToolRefused
from wholestory.assurance.rules import own_tools_draft as drafts
from wholestory.assurance.rules.own_tools_scales import offered
from wholestory.paperwork import sealing
from wholestory.paperwork.definitions import CannotWork, Form
from wholestory.paperwork.words import NotADefinition
from wholestory.paperwork.xlsform import Finding, Reading, together
from wholestory.partners.models import Board, Person

#: Lines a draft keeps of each kind of finding.
MOST_LINES = 300


@transaction.atomic
def start(
    *, actor: Person, board: Board, reading: Reading, name: str, title: str, today: date
) -> FrameworkDraft:
    """A draft that keeps what was read of a workbook without faults. Raises ToolRefused for one with any."""
    if reading.form is None:
        raise ToolRefused("The workbook has faults. Put them right first.")
    like = _made_from(board, reading.form)
    source: Json = {
        "kind": "xlsform",
        "name": name[:200],
        "form": sealing.to_json(reading.form),
        "not_held": _lines(reading.not_held),
        "told": _lines(reading.told),
    }
    return own_tools.start(
        actor=actor, board=board, title=title or reading.form.title, today=today, source=source, came_from=name,
        builds_on=own_frameworks.name_of(like) if like else "",
    )  # fmt: skip


def why_nothing(board: Board, form: Form) -> tuple[str, ...]:
    """Why no tool can be made of a form, whatever is said of its scale; empty where one can. Ask before a draft is
    started: an upload that comes to nothing leaves none behind."""
    like = _made_from(board, form)
    made = framework_from(form, source=board.name, like=like)
    tries = (Told(scale.code) for scale in offered())
    if made.framework is not None or any(
        framework_from(form, source=board.name, like=like, told=told).framework is not None for told in tries
    ):
        return ()
    return made.why_not


def _lines(found: Iterable[Finding]) -> list[str]:
    lines = together(tuple(found))
    return [
        *lines[:MOST_LINES],
        *([f"and {len(lines) - MOST_LINES} more"] if len(lines) > MOST_LINES else []),
    ]


def _made_from(board: Board, form: Form) -> Framework | None:
    """The framework a workbook was once written from: shipped, or published by this board; never another board's."""
    if not is_own(form.key):
        return _shipped(form.key, form.version) or _shipped(form.key, None)
    rows = FrameworkVersion.objects.filter(board=board, key=form.key)
    versions = sorted(rows.values_list("version", flat=True))
    if not versions:
        return None
    return _shipped(form.key, form.version if form.version in versions else versions[-1])


def _shipped(key: str, version: int | None) -> Framework | None:
    try:
        return framework_called(key, version)
    except NoSuchFramework:
        return None


def form_of(draft: FrameworkDraft) -> Form | None:
    """The form that was read, or None where the draft was begun from something else. Raises ToolRefused."""
    stored: Any = draft.definition.get("source", {}).get("form")
    if stored is None:
        return None
    try:
        return sealing.from_json(stored)
    except (NotADefinition, CannotWork) as reason:
        raise ToolRefused(
            "What was read of the workbook cannot be used any longer. Begin again from it."
        ) from reason


def told_in(draft: FrameworkDraft) -> Told | None:
    """What was said of the scale, if anything."""
    said = draft.definition["source"].get("chosen")
    return Told(said["scale"], said["choices"]) if said else None


def made_of(draft: FrameworkDraft, form: Form) -> Made:
    """The dry run: the framework that would be made, or why none can be."""
    return framework_from(
        form, source=draft.board.name, like=own_frameworks.named(draft.builds_on), told=told_in(draft)
    )


def choices_of(form: Form) -> tuple[tuple[str, int], ...]:
    """The lists of choices in the form, in words, with how many questions offer each."""
    return lists_of(form)


@transaction.atomic
def choose(*, actor: Person, draft: FrameworkDraft, told: Told) -> FrameworkDraft:
    """Keep on which scale the questions are scored, and which of them."""
    fresh = own_tools.held(actor, draft)
    source = {**fresh.definition["source"], "chosen": {"scale": told.scale, "choices": told.choices}}
    return own_tools.write(fresh, source=source)


@transaction.atomic
def make_questions(*, actor: Person, draft: FrameworkDraft) -> Framework:
    """Make the questions of the workbook, in place of those the draft has. Raises ToolRefused where none can be."""
    fresh = own_tools.held(actor, draft)
    form = form_of(fresh)
    made = made_of(fresh, form) if form is not None else Made(None, ("This draft has no workbook.",))
    if made.framework is None:
        raise ToolRefused(" ".join(made.why_not))
    before: Json = fresh.definition["framework"]
    content = drafts.from_framework(made.framework)
    if made.is_plain or not fresh.builds_on:
        content = _with_keys_of_its_own(content)
    own_tools.write(fresh, framework={**content, "title": before["title"]})
    return made.framework


def _with_keys_of_its_own(content: Json) -> Json:
    """New keys throughout, and one title for everybody: what another program called ``q1`` is nobody else's ``q1``."""
    standards = [
        {
            **std,
            "key": drafts.part_key(str(std["title"])),
            "items": [{**item, "key": drafts.part_key(str(item["text"]))} for item in std["items"]],
        }
        for std in content["standards"]
    ]
    return {**content, "standards": standards, "usual_titles": False, "titles": {}}
