"""Which copies were loaded into a form, and the answers of earlier versions that no question asks any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wholestory.paperwork import queries
from wholestory.paperwork.copies.rows import Earlier, no_longer_asked
from wholestory.paperwork.models import AnswerSet, CopyLoad, LoadState
from wholestory.partners.models import Person

_MOST_VERSIONS_BACK = 5


@dataclass(frozen=True)
class LoadLine:
    """A load as the form's people see it. ``url`` is the page with what it changed; ``file_name`` is empty where the
    name is not for this reader (see ``names_file``)."""

    id: UUID
    file_name: str
    loaded_by: str
    loaded_at: datetime
    on_behalf: bool
    written: int
    is_undone: bool
    url: str = ""
    file_reference: str = ""


def names_file(load: CopyLoad, reader: Person, *, answers: bool) -> bool:
    """Whether a load's file name is for this reader. Of a load that was taken back nothing stands in the form any more,
    so its name stays with those who answer the form (``answers``) and, of a load on their behalf, whoever loaded it."""
    taken_back = load.state == LoadState.UNDONE
    return not taken_back or answers or (load.on_behalf and load.loaded_by_id == reader.id)


def loads_of(
    form_set: AnswerSet, url: Callable[[UUID], str], *, reader: Person, answers: bool
) -> tuple[LoadLine, ...]:
    """The copies that changed answers of a form, newest first, each with its page: one query. What was only checked
    is left out."""
    rows = (
        CopyLoad.objects.filter(answer_set=form_set)
        .exclude(state=LoadState.CHECKED)
        .select_related("loaded_by")
        .defer("proposal")
        .order_by("-applied_at", "-id")
    )
    return tuple(
        LoadLine(
            row.id, row.file_name if names_file(row, reader, answers=answers) else "",
            row.loaded_by.full_name, row.applied_at or row.loaded_at, row.on_behalf,
            int(row.counts.get("written", 0)), row.state == LoadState.UNDONE, url(row.id),
            row.file_reference,
        )
        for row in rows
    )  # fmt: skip


def earlier_answers(of: queries.Filled) -> tuple[Earlier, ...]:
    """What earlier versions of this form were told, where this one no longer asks: newest version first. Three queries
    for each earlier form the acting person may open; those they may not are passed over."""
    found: list[Earlier] = []
    form_set = of.answer_set
    for _step in range(_MOST_VERSIONS_BACK):
        if form_set.carried_from_id is None:
            break
        try:
            form_set = queries.answer_set(form_set.carried_from_id)
        except AnswerSet.DoesNotExist:
            break
        if form_set.form_version_id != of.answer_set.form_version_id:
            found.extend(no_longer_asked(of.form, queries.filled(form_set).sheet))
    return tuple(dict.fromkeys(found))
