"""Measures a board adds to the catalogue. A published version is sealed by its hash and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from wholestory import ledger
from wholestory.indicators.catalogue import Definition, breakdowns, from_fields, load, seal, to_json
from wholestory.indicators.models import OwnMeasure
from wholestory.indicators.operations.decisions import KIND, DecisionRefused, may_decide
from wholestory.partners.models import Board, Person

#: The board’s own codes begin so, and never stand in for one that ships.
PREFIX = "L-"
#: What every measure of a board’s own has unless it says otherwise.
USUAL: Mapping[str, Any] = {
    "version": 1, "lag": "15 working days", "reference": "Local", "small_numbers": "board", "oba": "how_much",
    "multiplier": 1, "tier": 2,
}  # fmt: skip
#: Per so many, where nothing was said.
_PER = {"percent": 100, "rate": 10_000}


def defined(fields: Mapping[str, Any]) -> Definition:
    """The definition that these answers make. Raises CatalogueFault with everything that is wrong."""
    given = {key: value for key, value in fields.items() if value not in (None, "", [], ())}
    stated = {**USUAL, **given}
    stated["multiplier"] = given.get("multiplier") or _PER.get(str(stated.get("unit")), 1)
    return from_fields(stated, breakdowns())


def taken(code: str) -> bool:
    """Whether a measure that ships has this code, or is known by it."""
    return any(code in (each.code, *each.also_known_as) for each in load().definitions)


@transaction.atomic
def publish(*, actor: Person, board: Board, definition: Definition, because: str, today: date) -> OwnMeasure:
    """Publish a measure, or the next version of one. Raises DecisionRefused and NotForYou.

    A version that says what the newest says already is not published again: the newest comes back.
    """
    may_decide(actor, board)
    if taken(definition.code):
        raise DecisionRefused("code", f"{definition.code} is a measure that ships: choose another code")
    rows = OwnMeasure.objects.filter(board=board, code=definition.code)
    last = rows.aggregate(last=Max("version"))["last"] or 0
    newest = rows.filter(version=last).first()
    numbered = replace(definition, version=last + 1)
    if newest is not None:
        if seal(replace(definition, version=last)) == newest.sha256:
            return newest
        if not because:
            raise DecisionRefused("because", "Say why there is a new version")
    ledger.line("indicators.measure_published", board_id=board.id, kind=KIND)
    return OwnMeasure.objects.create(
        board=board, code=numbered.code, version=numbered.version, definition=to_json(numbered), sha256=seal(numbered),
        because=because, published_by=actor, published_on=today,
    )  # fmt: skip


@transaction.atomic
def publish_all(
    *, actor: Person, board: Board, definitions: Sequence[Definition], because: str, today: date
) -> list[OwnMeasure]:
    """Publish every measure of a workbook, or none. Raises DecisionRefused and NotForYou."""
    return [
        publish(actor=actor, board=board, definition=each, because=because, today=today)
        for each in definitions
    ]
