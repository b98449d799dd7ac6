"""Measures as they were defined when something was asked or sent, whatever counts today."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from wholestory.indicators.catalogue import Definition, version
from wholestory.indicators.catalogue.sealing import from_json
from wholestory.indicators.models import OwnMeasure


def versions_of(board_id: UUID, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Definition]:
    """Exactly these versions (code, number): at most one query. One that cannot be found is left out."""
    found: dict[tuple[str, int], Definition] = {}
    missing = set()
    for code, number in wanted:
        try:
            found[code, number] = version(code, number)
        except KeyError:
            missing.add((code, number))
    if not missing:
        return found
    rows = OwnMeasure.objects.filter(board=board_id, code__in={code for code, _ in missing})
    for row in rows:
        if (row.code, row.version) in missing:
            found[row.code, row.version] = from_json(row.definition)
    return found
