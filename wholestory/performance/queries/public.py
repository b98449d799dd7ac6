"""Public versions of reports: which there are, what was ever published, and what their words may give away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from wholestory.indicators.queries.measures import catalogue_of
from wholestory.partners.models import Board, Person, Role, Seat
from wholestory.performance.models import (
    EVER_PUBLISHED,
    PublicCells,
    PublicState,
    PublicVersion,
    QuarterlyReport,
    ReportWords,
)
from wholestory.performance.rules import public_log
from wholestory.statistics.disclosure.linked import Released

#: Where the words for everybody are kept among a report's words.
SECTION = "public"
#: Seats whose holders may be asked to approve.
MAY_APPROVE = (Role.INDEPENDENT_CHAIR, Role.BUSINESS_MANAGER)
DRAFTS = (PublicState.PREPARED, PublicState.PROPOSED, PublicState.SENT_BACK, PublicState.PUT_ASIDE)


def versions(board: Board) -> QuerySet[PublicVersion]:
    """Every version the acting person may see, without its document."""
    return PublicVersion.objects.filter(board=board).select_related("record", "approver").defer("document")


def of_reader(board: Board, person: Person, *, writes: bool) -> QuerySet[PublicVersion]:
    """Those of them a person is shown: drafts are for those who write them, and for whoever was asked to approve."""
    found = versions(board)
    if writes:
        return found
    waits = Q(approver=person, state__in=[PublicState.PROPOSED, PublicState.SENT_BACK])
    return found.filter(Q(state__in=EVER_PUBLISHED) | waits)


def published_before(board: Board) -> list[tuple[str, Released]]:
    """Every version of a board's reports that was ever published, the oldest first: its reference, and the numbers
    behind it."""
    rows = (
        PublicCells.objects.filter(board=board, public__state__in=EVER_PUBLISHED)
        .select_related("public__record")
        .order_by("public__decided_at")
    )
    return [(one.public.record.reference, released_from(one.cells)) for one in rows]


def released_from(kept: Mapping[str, Any]) -> Released:
    """The numbers behind a version, as they were kept."""
    return Released(
        kept["cells"], [(total, tuple(parts)) for total, parts in kept["sums"]], frozenset(kept["printed"]),
        frozenset(kept["hidden"]), kept["small_below"], kept["stricter"],
    )  # fmt: skip


def as_kept(of: Released) -> dict[str, Any]:
    """The same for keeping."""
    return {
        "cells": dict(of.cells), "sums": [[total, list(parts)] for total, parts in of.sums],
        "printed": sorted(of.printed), "hidden": sorted(of.hidden), "small_below": of.small_below,
        "stricter": dict(of.stricter),
    }  # fmt: skip


def ways(board: Board) -> dict[str, dict[str, str]]:
    """Of each measure of the catalogue, by which year it is counted and what it says it counts."""
    return {
        code: {"year": one.year, "n": _plain(one.numerator), "d": _plain(one.denominator)}
        for code, one in catalogue_of(board).items()
    }


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def words_of(report: QuarterlyReport) -> str:
    """What was written for everybody; nothing else anybody wrote is published."""
    found = ReportWords.objects.filter(report=report, section=SECTION).first()
    return found.text if found else ""


def look(public: PublicVersion) -> tuple[str, ...]:
    """What in a version's words may tell a withheld number or name a person, for those who see its numbers."""
    behind = PublicCells.objects.filter(public=public).first()
    words = public.document["report"]["sections"][0]["words"]
    if behind is None or not words:
        return ()
    hidden = {name: behind.cells["cells"][name] for name in behind.cells["hidden"]}
    names = Seat.objects.filter(board=public.board).values_list("person__full_name", flat=True)
    return public_log.warnings(" ".join(words), hidden, names)


def approvers(public: PublicVersion, today: Any) -> list[Person]:
    """Whom a version can be sent to: whoever holds a seat that may approve and did not work on it."""
    seats = Seat.objects.filter(board=public.board, role__in=MAY_APPROVE, group=None).select_related("person")
    found = {one.person_id: one.person for one in seats if one.holds_on(today)}
    return sorted(
        (one for one in found.values() if str(one.pk) not in public.worked_on), key=lambda one: one.full_name
    )
