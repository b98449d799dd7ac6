"""The report of a year as its pages need it: what is frozen, what was written, what became of each version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from wholestory.child_deaths.models import (
    EVER_PUBLISHED,
    ChildName,
    FrozenFigures,
    Panel,
    PanelReport,
    PublicReport,
    Relative,
    ReleasedCells,
    ReportThreshold,
    ReportWords,
)
from wholestory.child_deaths.rules.anonymity import Known, Name, Who
from wholestory.child_deaths.rules.panel_report import sections
from wholestory.child_deaths.rules.panel_report.attack import Released
from wholestory.child_deaths.rules.panel_report.counting import whole
from wholestory.child_deaths.rules.panel_report.layout import Laid, completed
from wholestory.child_deaths.rules.panel_report.look import warnings
from wholestory.child_deaths.rules.panel_report.tables import tables
from wholestory.child_deaths.rules.panel_report.writing import Frozen
from wholestory.child_deaths.rules.years import Year
from wholestory.kernel.moments import london_day

#: What is hidden unless a board or an owner of data asks for more: 1 to 4.
USUAL = 4
#: A name of fewer letters is looked for with no success but chance.
_SHORTEST_NAME = 3


def newest_frozen(report: PanelReport) -> FrozenFigures | None:
    """The figures that were frozen last."""
    return FrozenFigures.objects.filter(report=report).select_related("by").order_by("-number").first()


def has_ended(year: int, at: datetime) -> bool:
    """Whether a year was over at that moment: what was counted before is part of a year."""
    return london_day(at) > Year(year).last


def figures(of: FrozenFigures, earlier: Mapping[str, int] | None = None) -> Frozen:
    """Frozen figures. ``earlier`` are numbers of years before as they were first published, which stay as they were."""
    kept = dict(of.figures)
    cells = {**kept.pop("cells")}
    year = kept["year"]
    if earlier:
        own = {
            whole(name, year) for name in ("notified", "reviewed", "death", "told", "elsewhere", "waiting")
        }
        own |= {f"questions:{year}"}
        cells |= {name: value for name, value in earlier.items() if name.partition("|")[0] not in own}
    return Frozen(cells=cells, **kept)


def laid_of(found: Frozen, *, public: bool) -> list[Laid]:
    """The tables of a version."""
    births = bool(found.reference.get("births"))
    return tables(found.year, found.areas, found.years, found.factors, public=public, births=births)


def exact(of: FrozenFigures) -> tuple[Frozen, list[Laid]]:
    """The confidential version's figures and tables."""
    found = figures(of)
    laid = laid_of(found, public=False)
    cells, _ = completed(found.cells, laid, found.year)
    return replace(found, cells=cells), laid


def words(report: PanelReport, *, public: bool) -> dict[str, tuple[str, ...]]:
    """Paragraphs section by section; those of the confidential version alone come after the others."""
    found: dict[str, tuple[str, ...]] = {}
    for one in ReportWords.objects.filter(report=report).order_by("stands_in"):
        if public and one.stands_in != ReportWords.In.BOTH:
            continue
        found[one.section] = (*found.get(one.section, ()), *paragraphs(one.text))
    return found


def paragraphs(text: str) -> tuple[str, ...]:
    """Text as paragraphs: a blank line parts two."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return tuple(" ".join(block.split()) for block in blocks if block.strip())


def thresholds(panel: Panel) -> list[ReportThreshold]:
    """Of the board and of each owner of data, the newest for each section."""
    newest = {
        (one.owner, one.section): one
        for one in ReportThreshold.objects.filter(panel=panel).select_related("by")
    }
    return sorted(newest.values(), key=lambda one: (one.owner, one.section))


def small_below(panel: Panel, laid: list[Laid]) -> tuple[int, dict[str, int]]:
    """The threshold of the whole report, and of each table: the strictest that asks for it."""
    asked = thresholds(panel)
    usual = max([one.hides_to for one in asked if not one.section], default=USUAL) + 1
    if not any(not one.section and not one.owner for one in asked):
        usual = max(usual, USUAL + 1)
    by_section = {one.key: usual for one in sections.SECTIONS}
    for one in asked:
        if one.section:
            by_section[one.section] = max(by_section.get(one.section, 0), one.hides_to + 1)
    return usual, {table.key: by_section.get(table.section, usual) for table in laid}


def published_before(panel: Panel) -> list[tuple[PublicReport, Released]]:
    """Every report of the panel that was ever published, the oldest first, with the numbers behind it."""
    rows = (
        ReleasedCells.objects.filter(panel=panel, public__state__in=EVER_PUBLISHED)
        .select_related("public__record")
        .order_by("public__decided_at")
    )
    return [(one.public, released_from(one.cells)) for one in rows]


def released_from(kept: Mapping[str, Any]) -> Released:
    """The numbers behind a report, as they were kept."""
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


def first_published(before: list[tuple[PublicReport, Released]], year: int) -> dict[str, int]:
    """Numbers of earlier years as they were published last: they stay so, or the change would tell of a child."""
    found: dict[str, int] = {}
    for public, one in before:
        if public.year < year:
            found |= {name: value for name, value in one.cells.items() if _single(name)}
    return found


def _single(name: str) -> bool:
    """Whether a cell is of one year: those of several are added up anew."""
    return "-" not in name.partition("|")[0]


def look(report: PanelReport) -> tuple[str, ...]:
    """What in the words for the public might name or tell a child. Names are looked for among those that whoever asks
    may see anyway: the coordinator's cases, and none of the analyst's, so that nobody learns a name by trying it."""
    texts = {
        sections.BY_KEY[one.section].title: one.text
        for one in ReportWords.objects.filter(report=report, stands_in=ReportWords.In.BOTH)
        if one.text.strip() and one.section in sections.BY_KEY
    }
    if not texts:
        return ()
    names = [
        Name(Who.CHILD, first, last)
        for first, last in ChildName.objects.filter(child__case__panel=report.panel).values_list(
            "forenames", "surname"
        )
        if len(f"{first}{last}") >= _SHORTEST_NAME
    ]
    for name in Relative.objects.filter(child__case__panel=report.panel).values_list("name", flat=True):
        first, _, last = name.strip().rpartition(" ")
        if len(last) >= _SHORTEST_NAME:
            names.append(Name(Who.FAMILY, first, last))
    return warnings(texts, Known(names=tuple(dict.fromkeys(names))))
