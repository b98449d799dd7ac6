"""A room whose record a form belongs to is told when somebody changed an answer in it, in the same transaction.

The room registers for a kind of record when it starts; a form of anything else is changed and nobody is told.
"""

from __future__ import annotations

from collections.abc import Callable

from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Person

Told = Callable[[AnswerSet, Person], None]
_WATCHES: dict[str, Told] = {}


def register(kind: str, told: Told) -> None:
    """Tell ``told`` of changed answers in forms of records of ``kind``: which form, and who changed it.

    It runs at every save, so where it has nothing to do it should ask the database nothing.
    """
    _WATCHES[kind] = told


def changed(form_set: AnswerSet, by: Person) -> None:
    """Answers of this form were just changed by this person."""
    told = _WATCHES.get(form_set.record.kind)
    if told is not None:
        told(form_set, by)
