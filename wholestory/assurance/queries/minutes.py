"""The minutes the board asked of its agencies in the last twelve months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Query, Return, SignOff, Stage
from wholestory.assurance.rules.minutes import MINUTES_PER_QUESTION, Request, expected, in_words, total
from wholestory.partners.models import Board, Sector

#: A request that was taken back, or that nobody was asked to answer here, took nobody's time as far as we know.
_NOT_ASKED = (Stage.WITHDRAWN, Stage.BROUGHT_IN)


@dataclass(frozen=True)
class Asked:
    """One request, as a page shows it."""

    record_id: UUID
    reference: str
    on: date
    agency_id: UUID
    agency: str
    sector: str
    request: Request

    @property
    def expected(self) -> str:
        return in_words(self.request.expected)

    @property
    def told(self) -> str:
        return "" if self.request.told is None else in_words(self.request.told)


def a_year_before(day: date) -> date:
    """The first day of the twelve months that end on ``day``."""
    try:
        return day.replace(year=day.year - 1) + timedelta(days=1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28) + timedelta(days=1)


def asked_of(board: Board | UUID, today: date, agencies: Iterable[UUID] | None = None) -> list[Asked]:
    """Every request of a board in the twelve months up to ``today`` that the acting person may see, newest first: three
    queries for any number. ``agencies`` narrows it to some."""
    since = a_year_before(today)
    wanted: dict[str, Any] = {} if agencies is None else {"agency__in": list(agencies)}
    returns = _lean(
        Return.objects.filter(
            board=board, issued_on__gt=since - timedelta(days=1), issued_on__lte=today, **wanted
        )
    )
    found = list(returns.exclude(stage__in=_NOT_ASKED))
    told: dict[UUID, int] = {}
    signed = SignOff.objects.filter(return_of__in=[ret.id for ret in found], minutes__isnull=False)
    for return_id, minutes in signed.order_by("signed_at").values_list("return_of_id", "minutes"):
        told[return_id] = int(minutes or 0)
    lines = [
        _asked(
            ret,
            Request(
                _what(ret), expected(_lines_of(ret), interim=ret.baseline_id is not None), told.get(ret.id)
            ),
            ret.issued_on,
        )
        for ret in found
    ]
    narrowed = {} if agencies is None else {"return_of__agency__in": list(agencies)}
    questions = Query.objects.filter(
        return_of__board=board, asked_on__gte=since, asked_on__lte=today, **narrowed
    ).select_related("return_of__agency", "return_of__record")
    lines += [
        _asked(each.return_of, Request("A question of the board", MINUTES_PER_QUESTION), each.asked_on)
        for each in questions
    ]
    return sorted(lines, key=lambda line: (line.on, line.agency), reverse=True)


def _lean(rows: QuerySet[Return]) -> QuerySet[Return]:
    return rows.select_related("agency", "record")


def _what(ret: Return) -> str:
    return f"{ret.title} (interim year)" if ret.baseline_id else ret.title


def _lines_of(ret: Return) -> int:
    return len(framework_of(ret).items)


def _asked(ret: Return, request: Request, on: date) -> Asked:
    return Asked(
        ret.record_id, ret.record.reference, on, ret.agency_id, ret.agency.name, str(Sector(ret.agency.sector).label),
        request,
    )  # fmt: skip


@dataclass(frozen=True)
class Burden:
    """The sum of one agency, or of one sector."""

    id: str
    agency: str
    sector: str
    requests: int
    minutes: int
    told: int

    @property
    def time(self) -> str:
        """The minutes in words."""
        return in_words(self.minutes)


def by_agency(lines: Iterable[Asked]) -> list[Burden]:
    """One sum per agency, the largest first."""
    return _sums(lines, lambda line: (line.agency, line.sector))


def by_sector(lines: Iterable[Asked]) -> list[Burden]:
    """One sum per sector, the largest first."""
    return _sums(lines, lambda line: ("", line.sector))


def _sums(lines: Iterable[Asked], of: Any) -> list[Burden]:
    groups: dict[tuple[str, str], list[Request]] = {}
    for line in lines:
        groups.setdefault(of(line), []).append(line.request)
    sums = [
        Burden(
            f"{agency}{sector}",
            agency,
            sector,
            len(some),
            total(some),
            sum(one.told is not None for one in some),
        )
        for (agency, sector), some in groups.items()
    ]
    return sorted(sums, key=lambda one: (-one.minutes, one.agency, one.sector))
