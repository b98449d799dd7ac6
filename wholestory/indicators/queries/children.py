"""Reading about files of children: whether the board may hold any, which were sent, and what was found in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wholestory.indicators.benchmarks.areas import areas
from wholestory.indicators.models import ChildFiles, FileRole, LawfulBasis, LoadState, SealedFile
from wholestory.indicators.rules.periods import Period, months_from
from wholestory.indicators.rules.quarters import ended_quarters, name_of
from wholestory.partners.models import Board

#: Opened; read, checked and counted; written beside the data.
STEPS = 3
#: Findings one page shows of all rules together; one rule's page shows all that are listed.
SHOWN = 25
#: How far back the days of a load may lie.
QUARTERS_BACK, YEARS_BACK = 12, 4


def basis_of(board: Board) -> LawfulBasis | None:
    """The basis in force, if the board recorded one."""
    found = LawfulBasis.objects.filter(board=board, ended_on=None)
    return found.select_related("record", "recorded_by").first()


def bases_ended(board: Board) -> list[LawfulBasis]:
    """Those that were ended, the latest first."""
    found = LawfulBasis.objects.filter(board=board, ended_on__isnull=False)
    return list(found.select_related("record", "recorded_by", "ended_by").order_by("-ended_on"))


def review_is_over(basis: LawfulBasis | None, today: date) -> bool:
    """Whether somebody should have looked at it again. It warns and stops nothing: the board decides whether it may
    still hold these files, not a calendar, and every file has a day on which it goes whatever happens."""
    return basis is not None and basis.review_on < today


def loads(board: Board) -> list[ChildFiles]:
    """Every load, the latest first, without what was found in them."""
    found = ChildFiles.objects.filter(board=board).select_related(
        "record", "agency", "loaded_by", "submission"
    )
    return list(found.defer("findings", "counted", "rules").order_by("-loaded_at"))


def waiting(board: Board) -> list[ChildFiles]:
    """Loads that were counted and that nobody has accepted or put aside yet, the oldest first."""
    found = ChildFiles.objects.filter(board=board, state=LoadState.DONE, submission=None)
    found = found.select_related("record", "agency").only(
        "record__reference", "agency__name", "source", "first_on", "last_on"
    )
    return list(found.order_by("loaded_at"))


def rows() -> QuerySet[ChildFiles]:
    """Loads with what their page needs."""
    return ChildFiles.objects.select_related(
        "record", "board", "agency", "loaded_by", "basis", "submission__record", "submission__by"
    )


def waits(load: ChildFiles) -> bool:
    """Whether it was counted, and somebody has yet to accept it or put it aside."""
    return load.state == LoadState.DONE and load.submission_id is None


def working(load: ChildFiles) -> bool:
    """Whether it is still being read, or waits to be."""
    return load.state in (LoadState.WAITING, LoadState.RUNNING)


def sealed(load: ChildFiles) -> list[SealedFile]:
    """Its files as they were sent."""
    return [one for one in load.files.all() if one.role != FileRole.BESIDE]


def beside(load: ChildFiles) -> SealedFile | None:
    """The workbook with the errors beside the data, while it is there."""
    return next((one for one in load.files.all() if one.role == FileRole.BESIDE and one.place), None)


@dataclass(frozen=True)
class Found:
    """Findings of a load, as many as are shown, and how many are listed in all."""

    shown: list[Mapping[str, Any]]
    listed: int
    rule: str = ""


def findings(load: ChildFiles, rule: str = "", *, every: bool = False) -> Found:
    """What is wrong in a load: of one rule, or the first of all."""
    wanted = [one for one in load.findings if not rule or one["rule"] == rule]
    return Found(wanted if rule or every else wanted[:SHOWN], len(wanted), rule)


def authorities(board: Board) -> frozenset[str]:
    """The codes a census can have, by the areas a board answers for."""
    codes = {each.code for each in board.areas.all() if each.code}
    return frozenset(areas()[code].old_code for code in codes if code in areas() and areas()[code].old_code)


def periods(today: date) -> list[tuple[str, str]]:
    """Days a load can be about: the quarters and the years to March that are over, the latest first."""
    year = today.year if today.month > 3 else today.year - 1
    years = [months_from(one - 1, 4, 12) for one in range(year, year - YEARS_BACK, -1)]
    found = [(key_of(one), f"Year {one.start.year}-{one.end.year % 100:02}") for one in years]
    return [*((key_of(one), name_of(one)) for one in ended_quarters(today, QUARTERS_BACK)), *found]


def key_of(period: Period) -> str:
    """A period as the page sends it."""
    return f"{period.start.isoformat()}/{period.end.isoformat()}"


def period_of(key: str) -> Period:
    """A period the page offered. Raises ValueError."""
    first, _, last = key.partition("/")
    return Period(date.fromisoformat(first), date.fromisoformat(last))
