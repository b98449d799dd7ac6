"""Adding an item to a repeating group, and taking one away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer
from wholestory.paperwork.operations.drafts import Save, save_draft
from wholestory.paperwork.operations.holding import held
from wholestory.paperwork.queries import form_of
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.partners.models import Person


def add_item(
    *, actor: Person, set_id: UUID, key: str, now: datetime, pages: Collection[str] | None = None
) -> int:
    """One more item, after the others; returns its number, or 0 when the group is full. Said relative to what is
    there, so two people who each add one get two."""
    repeat, items, revision = _group(set_id, actor, key)
    if len(items) >= repeat.at_most:
        return 0
    inner = [question.key for question in repeat.questions]
    used = Answer.objects.filter(answer_set=set_id, key__in=inner).aggregate(most=Max("item"))["most"] or 0
    number = max([used, *items]) + 1
    save = Save(Place(key), Given([*items, number]), revision)
    save_draft(actor=actor, set_id=set_id, saves=[save], now=now, pages=pages)
    return number


def remove_item(
    *, actor: Person, set_id: UUID, place: Place, now: datetime, pages: Collection[str] | None = None
) -> None:
    """Take an item out of its group. What was typed in it is kept in the history, and no longer asked."""
    _repeat, items, revision = _group(set_id, actor, place.key)
    left: list[int] = [item for item in items if item != place.item]
    save = Save(Place(place.key), Given([*left] or None), revision)
    save_draft(actor=actor, set_id=set_id, saves=[save], now=now, pages=pages)


def _group(set_id: UUID, actor: Person, key: str) -> tuple[Repeat, tuple[int, ...], int]:
    form_set = held(set_id, actor=actor)
    repeat = form_of(form_set.form_version).question(key)
    if not isinstance(repeat, Repeat):
        raise KeyError(key)
    standing = Answer.objects.filter(answer_set=form_set, key=key, item=0).first()
    return repeat, repeat.items(standing.value if standing else None), standing.revision if standing else 0
