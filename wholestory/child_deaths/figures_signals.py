"""Keeps the rows of figures in step with the cases, once for each transaction, after it was kept for good.

What is written many at once sends no signal: whoever does that calls ``changed``. A job at night finds the rest. A
mistake here is logged and never undoes what somebody did.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from wholestory.child_deaths.models import (
    Address,
    Analysis,
    Case,
    Child,
    Factor,
    Hold,
    Identifier,
    ResponseDecision,
    Review,
)
from wholestory.child_deaths.operations import figures
from wholestory.pathways.models import RunningClock, Standing
from wholestory.records.models import Circle

#: How a changed row leads to its case: the attribute of the row, and the lookup of a case by it.
_WAYS: dict[Any, tuple[str, str]] = {
    Case: ("pk", "pk"),
    Child: ("pk", "child"),
    Identifier: ("child_id", "child"),
    Address: ("child_id", "child"),
    ResponseDecision: ("case_id", "pk"),
    Hold: ("case_id", "pk"),
    Review: ("case_id", "pk"),
    Analysis: ("review_id", "review"),
    Factor: ("analysis_id", "review__analyses"),
    Standing: ("record_id", "record"),
    RunningClock: ("record_id", "record"),
}


class _Waiting(dict[int, set[tuple[str, UUID]]]):
    """What changed in this transaction, by circle."""


def changed(case: Case) -> None:
    """A case was changed by a way that sends no signal."""
    _note(case.circle_id, "pk", case.pk)


def _kept(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    if raw:
        return
    attribute, lookup = _WAYS[sender]
    _note(instance.circle_id, lookup, getattr(instance, attribute))


def _note(circle: int, lookup: str, key: UUID) -> None:
    connection = transaction.get_connection()
    for _, callback, *_rest in connection.run_on_commit:
        waiting = getattr(callback, "args", (None,))[0]
        if isinstance(waiting, _Waiting):
            waiting.setdefault(circle, set()).add((lookup, key))
            return
    transaction.on_commit(partial(_write, _Waiting({circle: {(lookup, key)}})), robust=True)


def _write(waiting: _Waiting) -> None:
    by_lookup: dict[str, set[UUID]] = defaultdict(set)
    for found in waiting.values():
        for lookup, key in found:
            by_lookup[lookup].add(key)
    wanted = Q()
    for lookup, keys in by_lookup.items():
        wanted |= Q(**{f"{lookup}__in": keys})
    boards = Circle.objects.filter(pk__in=list(waiting)).values_list("board_id", flat=True).distinct()
    for board in list(boards):
        figures.refresh_where(board, wanted)


for _model in _WAYS:
    post_save.connect(_kept, sender=_model, dispatch_uid=f"child_deaths.figures_after_{_model.__name__}")
    if _model in (Identifier, Address, Factor):
        post_delete.connect(
            _kept, sender=_model, dispatch_uid=f"child_deaths.figures_without_{_model.__name__}"
        )
