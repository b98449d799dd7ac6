"""What is measured: the catalogue that ships and a board's own measures, as one."""

from __future__ import annotations

from wholestory.indicators.catalogue.definition import Definition
from wholestory.indicators.catalogue.reading import load
from wholestory.indicators.catalogue.sealing import from_json
from wholestory.indicators.models import OwnMeasure
from wholestory.partners.models import Board


def catalogue_of(board: Board) -> dict[str, Definition]:
    """Every measure a board can use, by code, in the order of the catalogue and its own after it. The newest version
    of each; a board's own never stands in for one that ships."""
    found = {each.code: each for each in load().definitions}
    own: dict[str, Definition] = {}
    for row in OwnMeasure.objects.filter(board=board).order_by("code", "version"):
        own[row.code] = from_json(row.definition)
    return {**found, **{code: each for code, each in own.items() if code not in found}}
