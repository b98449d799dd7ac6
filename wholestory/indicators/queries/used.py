"""Where a measure is used, and every version of it there was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.govuk.forms.dates import in_words
from wholestory.indicators.benchmarks.tables import published
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.catalogue.sealing import read_lock
from wholestory.indicators.models import Asked, OwnMeasure, Target, Value
from wholestory.partners.models import Board


@dataclass(frozen=True, slots=True)
class Used:
    """What is there of one measure, as far as whoever looks may see it."""

    versions: Sequence[tuple[str, str, str, str]]
    asked: Sequence[str]
    figures: int
    targets: int
    benchmarks: Sequence[str]


def seals(board: Board) -> dict[tuple[str, int], str]:
    """The seal of every version, those that ship and the board’s own: one question."""
    found = {(each.code, each.version): each.sha256 for each in read_lock()}
    own = OwnMeasure.objects.filter(board=board).values_list("code", "version", "sha256")
    return found | {(code, version): sha256 for code, version, sha256 in own}


def of(board: Board, definition: Definition) -> Used:
    """Where one measure is used: four questions."""
    code = definition.code
    shipped = [
        (str(each.version), "with the system", "", each.sha256[:12])
        for each in read_lock()
        if each.code == code
    ]
    own = [
        (str(row.version), in_words(row.published_on), row.because, row.sha256[:12])
        for row in OwnMeasure.objects.filter(board=board, code=code).order_by("version")
    ]
    asked = (
        Asked.objects.filter(board=board, measure=code, to_on=None)
        .order_by("agency__name")
        .values_list("agency__name", flat=True)
    )
    known = published()
    return Used(
        shipped + own, list(asked), Value.objects.filter(board=board, measure=code, in_force=True).count(),
        Target.objects.filter(board=board, measure=code).count(),
        [known[key].title for key in definition.benchmarks if key in known],
    )  # fmt: skip
