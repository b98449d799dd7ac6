"""Writes a version of the report from frozen figures: the sections with their words, tables and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from wholestory.child_deaths.rules.panel_report import sections
from wholestory.child_deaths.rules.panel_report.counting import NOTIFIED, REVIEWED, part, whole
from wholestory.child_deaths.rules.panel_report.layout import Laid, together
from wholestory.child_deaths.rules.panel_report.shape import Chart, Report, Section, Table, Version
from wholestory.child_deaths.rules.panel_report.showing import ENOUGH_FOR_A_MIDDLE, HIDDEN, PER_BIRTHS, Shown


@dataclass(frozen=True)
class Frozen:
    """Figures as they were frozen. ``beside`` are counts of what is not about a child: meetings, lessons, actions.
    ``reference`` are published figures and populations, as loaded then."""

    year: int
    cells: Mapping[str, int]
    areas: Sequence[str] = ()
    years: Sequence[int] = ()
    factors: Sequence[str] = ()
    lengths: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    beside: Mapping[str, Any] = field(default_factory=dict)
    reference: Mapping[str, Any] = field(default_factory=dict)
    restricted: int = 0

    @property
    def label(self) -> str:
        """``2015 to 2016``."""
        return f"{self.year} to {self.year + 1}"


def write(
    frozen: Frozen, laid: Sequence[Laid], shown: Shown, *, panel: str, front: Sequence[str],
    words: Mapping[str, Sequence[str]], invented: bool = False,
) -> Report:  # fmt: skip
    """The report. ``words`` are paragraphs somebody wrote, section by section."""
    version = Version.PUBLIC if shown.public else Version.CONFIDENTIAL
    found = []
    for one in sections.SECTIONS:
        tables, charts = _tables(frozen, [each for each in laid if each.section == one.key], shown)
        extra, more = _besides(one.key, frozen, shown)
        said = (*one.always, *words.get(one.key, ()), *extra, *_not_shown(one.key, laid, shown))
        if said or tables or more:
            found.append(Section(one.key, one.title, said, (*tables, *more), tuple(charts)))
    return Report(
        f"Deaths of children: report of the year {frozen.label}", panel, version.value, frozen.label, tuple(front),
        tuple(found), invented,
    )  # fmt: skip


def _tables(frozen: Frozen, laid: Sequence[Laid], shown: Shown) -> tuple[list[Table], list[Chart]]:
    tables, charts = [], []
    for one in laid:
        table = shown.table(one)
        if table is None or not table.rows:
            continue
        if one.key == "infants":
            table = _with_births(frozen, one, table, shown)
        if one.key == "by_year":
            table = _with_england(frozen, one, table, shown)
        tables.append(table)
        over_time = one.key == "calendars"
        unit = "reviews" if one.section in ("categories", "modifiable", "reviews") else "deaths"
        chart = (
            shown.chart(one, kind="over_time" if over_time else "bars", of=int(over_time), unit=unit)
            if one.drawn
            else None
        )
        if chart is not None:
            charts.append(chart)
    return tables, charts


def _not_shown(section: str, laid: Sequence[Laid], shown: Shown) -> tuple[str, ...]:
    """The tables of a section that are left out altogether."""
    names = [
        one.caption for one in laid if one.section == section and all(shown.left_out(face) for face in one.faces)
    ]  # fmt: skip
    return (f"Not shown, so that no child can be recognised: {'; '.join(names)}.",) if names else ()


def _besides(section: str, frozen: Frozen, shown: Shown) -> tuple[tuple[str, ...], list[Table]]:
    """Sentences and tables that are no plain count of deaths."""
    year = frozen.year
    if section == "notifications":
        told, over = shown.text(whole(NOTIFIED, year)), shown.text(together(NOTIFIED, year))
        said = [f"In the year the panel was told of {told} deaths; in the last three years of {over}."]
        if frozen.restricted and not shown.public:
            said.append(
                f"{frozen.restricted} of the year’s cases are restricted: nothing but their year is counted."
            )
        return tuple(said), _rates(frozen, shown)
    if section == "reviews":
        return _reviews(frozen, shown), []
    if section == "about":
        return (), _attendance(frozen, shown)
    if section == "learning":
        return (), _learning(frozen)
    if section == "notes":
        said = [*(sections.PUBLIC if shown.public else sections.EXACT), *sections.SHARES, *sections.RATES]
        return tuple([*said, sections.ROUNDED] if shown.rounded else said), []
    return (), []


def _rates(frozen: Frozen, shown: Shown) -> list[Table]:
    children: Mapping[str, float | None] = frozen.reference.get("children", {})
    if not any(children.values()):
        return []
    base = together(NOTIFIED, frozen.year)
    rows = [
        (
            area, shown.text(part(base, area=area)), f"{children.get(area) or 0:,.0f}" if children.get(area) else "–",
            shown.rate(part(base, area=area), children.get(area)),
        )
        for area in frozen.areas
    ]  # fmt: skip
    notes = []
    if england := frozen.reference.get("death_rate"):
        notes.append(
            f"England’s published rate of {england['period']}: {float(england['value']):.1f} ({england['release']})."
        )
    if frozen.reference.get("invented"):
        notes.append("Example: the numbers of children are invented.")
    heads = ("Area of the home", "Deaths in three years", "Child-years", "Rate (95% interval)")
    return [Table("rates", "Deaths for each 100,000 children and year", heads, tuple(rows), tuple(notes))]


def _with_births(frozen: Frozen, laid: Laid, table: Table, shown: Shown) -> Table:
    """The deaths of infants beside the live births of the same years, and their rate."""
    births: Mapping[str, float | None] = frozen.reference.get("births", {})
    spans = ("year", "three")
    rows = [
        (*row, f"{known:,.0f}" if (known := births.get(span)) else "–",
         shown.rate(cell, known, PER_BIRTHS, "births not loaded"))
        for row, cell, span in zip(table.rows, laid.faces[0].parts, spans, strict=True)
    ]  # fmt: skip
    notes = [
        "Deaths under one year that the panel was told of in these years, for each 1,000 live births of the same years"
        " to mothers who lived in its areas. It is not the official rate of infant deaths, which counts by the day of"
        " death. The interval is a 95% interval, and [u] means unreliable, as with the other rates."
    ]
    if england := frozen.reference.get("infant_death_rate"):
        value = f"{float(england['value']):.1f} {england['unit']}"
        notes.append(f"England’s published rate of {england['period']}: {value} ({england['release']}).")
    if frozen.reference.get("births_invented"):
        notes.append("Example: the numbers of births are invented.")
    heads = (*table.heads, "Live births", "Rate (95% interval)")
    return Table(table.key, table.caption, heads, tuple(rows), (*table.notes, *notes))


def _reviews(frozen: Frozen, shown: Shown) -> tuple[str, ...]:
    cell = whole(REVIEWED, frozen.year)
    number = shown.number(cell)
    meetings = frozen.beside.get("meetings")
    said = [
        f"{shown.text(cell)} reviews ended in the year."
        + (f" The panel met {meetings} times." if meetings else "")
    ]
    length = frozen.lengths.get(cell, {})
    middle = length.get("median")
    if (
        middle is not None
        and number is not None
        and shown.public
        and frozen.cells.get(cell, 0) >= ENOUGH_FOR_A_MIDDLE
    ):
        # To the day, the middle is one child's own time.
        months = max(1, ceil(middle * 12 / 365.25))
        said.append(f"Half of them ended within {months} {'months' if months > 1 else 'month'} of the death.")
    elif middle is not None and not shown.public:
        said.append(f"Half of them ended within {middle:.0f} days of the death.")
        low, high = length.get("low"), length.get("high")
        if low is not None and high is not None:
            said.append(f"The middle half took between {low:.0f} and {high:.0f} days.")
    elif middle is not None and number is not None:
        said.append("They are too few to say how long reviews usually took.")
    return tuple(said)


def _attendance(frozen: Frozen, shown: Shown) -> list[Table]:
    # The public reads of roles alone: many an organisation sends one person, whom everybody knows.
    came: Sequence[Sequence[Any]] = frozen.beside.get(
        "attendance_by_role" if shown.public else "attendance", ()
    )
    rows = tuple((str(name), f"{there}", f"{of}") for name, there, of in came)
    heads = ("Role" if shown.public else "Organisation or role", "Meetings attended", "Of")
    return [Table("attendance", "Who came to the panel’s meetings", heads, rows)] if rows else []


def _learning(frozen: Frozen) -> list[Table]:
    rows = tuple((str(what), f"{number:,}") for what, number in frozen.beside.get("learning", ()))
    note = "These are counts of lessons and promises, and not of children."
    return (
        [Table("learning", "Lessons, recommendations and actions", ("What", "Number"), rows, (note,))]
        if rows
        else []
    )


def _with_england(frozen: Frozen, laid: Laid, table: Table, shown: Shown) -> Table:
    """Our share of reviews with modifiable factors beside England's, year by year."""
    england: Mapping[str, Any] = frozen.reference.get("modifiable_share", {})
    rows = []
    for label, row in zip(laid.labels, table.rows, strict=True):
        base = whole(REVIEWED, int(label[:4]))
        yes, none = (
            shown.number(part(base, modifiable=one)) if f"by_year@{one}" not in _left(shown) else None
            for one in ("identified", "none_identified")
        )
        ours = HIDDEN if yes is None or none is None else shown.of(yes, yes + none)
        theirs = england.get(label[:4])
        rows.append((*row, ours, f"{float(theirs['value']):.0f}%" if theirs else "not found"))
    heads = (*table.heads, "Identified, of those with an answer", "England")
    note = "From April 2019 the form asks differently: do not read the years before and after as one line."
    return Table(table.key, table.caption, heads, tuple(rows), (*table.notes, note))


def _left(shown: Shown) -> Mapping[str, Any]:
    return shown.plan.left_out if shown.plan is not None else {}
