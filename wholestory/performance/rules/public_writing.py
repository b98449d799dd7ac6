"""The published version of a report: what is shown, in words, tables, charts and rows for a CSV. Pure.

Every cell is made here from the plan of what is hidden, so that page, PDF, CSV, charts and their descriptions say the
same and no more. Nothing stands in it that was worked out from a hidden count: no share, no standing, no point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from wholestory.indicators.rules.periods import Period
from wholestory.performance.rules.pieces import day
from wholestory.performance.rules.public_cells import Count, Counts, Subject
from wholestory.performance.rules.public_hiding import Plan
from wholestory.performance.rules.public_shown import (
    FEWEST,
    ROW_HEADS,
    WITHHELD,
    Shown,
    parts_of,
    rows,
    rule_words,
    small_words,
)
from wholestory.performance.rules.shape import Chart, Mark, Report, Section, Table, trimmed

TABLE_NOTE = f"{WITHHELD}: withheld. Which numbers are, and why, is said under “Numbers that are withheld”."


@dataclass(frozen=True, slots=True)
class Head:
    """What the published version says of itself."""

    body: str
    label: str
    group: str
    frozen_on: str
    invented: bool


def document(made: Counts, plan: Plan, head: Head, words: str) -> dict[str, Any]:
    """The published version for keeping: the report, and its figures as rows."""
    shown = Shown(made, plan)
    told = [one for one in made.subjects if plan.shows(one.code, "main")]
    sections = [
        Section("summary", "In short", _paragraphs(words), (_numbers(made, shown, told),)),
        *_themes(shown, told),
        *(_measure(shown, one) for one in told if one.main.n or one.agencies),
        _small(made, told, plan),
        Section("reading", "How to read this report", READING),
    ]
    front = (
        f"Published by {head.body} for everybody. It is made from the report that was given to {head.group}.",
        f"The figures were frozen on {day(head.frozen_on)}. What came later changes nothing here.",
        "Numbers by which a child or a person could be recognised are withheld.",
    )
    lean = tuple(replace(one, tables=tuple(map(trimmed, one.tables))) for one in sections)
    report = Report(
        f"Performance report, {head.label}: published version", head.body, head.label, "Published", front, lean,
        head.invented,
    )  # fmt: skip
    return {
        "report": report.as_data(),
        "rows": [list(row) for row in rows(shown, told)],
        "heads": list(ROW_HEADS),
    }


READING = (
    "Colours repeat the words beside them and are judged on exact values. Where no target is set, and for volumes,"
    " there is no colour.",
    "Shares and rates are worked out from counts, also for longer periods and for all agencies together.",
    "“Not supplied”, “not held” and “does not apply” are not zero. Zero is shown as 0.",
    f"No percentage is shown of fewer than {FEWEST}.",
    "A number is a question and not a finding.",
)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split("\n") if one.strip())


def _numbers(made: Counts, shown: Shown, told: Sequence[Subject]) -> Table:
    withheld = sum(1 for one in told if one.main.n and not shown.whole(one.main))
    below = sum(
        1 for one in told if one.one["below"] and shown.value(one.main, one) is not None
    )  # fmt: skip
    numbers = (
        ("Measures in this report", str(len(told))),
        ("Measures whose figure for the whole area is withheld, in whole or in part", str(withheld)),
        ("Measures that are not published", str(len(made.subjects) - len(told))),
        ("Below standard, of the figures that are shown", str(below)),
    )
    return Table("numbers", "This report in numbers", ("What", "How many"), numbers)


def _themes(shown: Shown, told: Sequence[Subject]) -> list[Section]:
    titles = {one.one["theme"]: one.one["theme_title"] for one in told}
    heads = (
        "Measure", "Value", "How many", "Of how many", "Standing", "Target", "England, as published",
        "Areas most like this one", "Small numbers",
    )  # fmt: skip
    found = []
    for key, title in sorted(titles.items()):
        lines, tones = [], []
        for one in (each for each in told if each.one["theme"] == key):
            words, colour = shown.standing(one.main, one)
            mark = f" ({one.one['mark'].lower()})" if one.one["mark"] and not one.main.nothing else ""
            top = "" if one.one["unit"] == "count" else shown.cell(one.main.n)
            lines.append((
                f"{one.code} {one.one['title']}", shown.words(one.main, one) + mark, top, shown.under(one.main),
                words, one.one["target"], one.one["england"], one.one["neighbours"],
                small_words(one.below),
            ))  # fmt: skip
            tones.append(colour)
        table = Table(f"theme-{key}", title, heads, tuple(lines), (), 4, tuple(tones))
        found.append(Section(f"theme-{key}", title, (), (_noted(table, TABLE_NOTE),)))
    return found


def _noted(table: Table, note: str) -> Table:
    """The table with what its sign means, where it stands in it."""
    withheld = any(WITHHELD in cell for row in table.rows for cell in row)
    return replace(table, notes=(note,)) if withheld else table


def _period(one: Count) -> str:
    """The days of a figure; of a longer period, what it is."""
    if one.part != "longer":
        return one.label
    return f"{one.label} ({'four quarters together' if _months(one) == 12 else 'the year so far'})"


def _months(one: Count) -> int:
    return Period(date.fromisoformat(one.start), date.fromisoformat(one.end)).months


def _measure(shown: Shown, subject: Subject) -> Section:
    code = subject.code.lower()
    parts = dict(parts_of(shown.plan, subject))
    tables, charts = [], []
    note = f"{WITHHELD}: withheld, {rule_words(subject)}; or a number that would tell such a number."
    counts = subject.one["unit"] == "count"
    if any(one.n or one.nothing for one in parts.get("periods", ())):
        periods = [*parts["periods"], *parts.get("longer", ())]
        lines = [
            (_period(one), shown.words(one, subject), "" if counts else shown.cell(one.n), shown.under(one))
            for one in periods
        ]
        heads = ("Period", "Value", "How many", "Of how many")
        tables.append(Table(f"periods-{code}", "Period by period, the whole area", heads, tuple(lines)))
        if drawn := _chart(shown, subject, parts["periods"], f"periods-{code}"):
            charts.append(drawn)
    agencies = parts.get("agencies", ())
    if agencies:
        stands = [shown.standing(one, subject) for one in agencies]
        lines_of = tuple(
            (
                one.name,
                shown.words(one, subject),
                "" if counts else shown.cell(one.n),
                shown.under(one),
                words,
            )
            for one, (words, _) in zip(agencies, stands, strict=True)
        )
        heads_of = ("Agency", "Value", "How many", "Of how many", "Standing")
        tones = tuple(colour for _, colour in stands)
        caption = f"Agencies, {subject.main.label}"
        tables.append(Table(f"agencies-{code}", caption, heads_of, lines_of, (), 4, tones))
    tables = [_noted(one, note) for one in tables]
    return Section(
        f"measure-{code}", f"{subject.code} {subject.one['title']}", (), tuple(tables), tuple(charts)
    )


def _chart(shown: Shown, subject: Subject, periods: Sequence[Count], key: str) -> Chart | None:
    """The line of what is shown. A withheld point is a gap, and its description says no number of it."""
    kept = subject.one["series"]
    marks = tuple(
        Mark(label, None if (value := shown.value(one, subject)) is None else round(float(value), 2))
        for one, (label, *_) in zip(periods, kept["periods"], strict=True)
    )
    known = [each for each in marks if each.number is not None]
    if len(known) < 2:
        return None
    withheld = sum(1 for one in periods if one.n and not shown.whole(one))
    gaps = f" {withheld} of {len(periods)} points are withheld." if withheld else ""
    alt = (
        f"{subject.one['title']}, {periods[0].label} to {periods[-1].label}. The newest value is"
        f" {'withheld' if shown.words(periods[-1], subject) == WITHHELD else shown.words(periods[-1], subject)}.{gaps}"
    )
    target = None if kept["target"] is None else float(Fraction(kept["target"]))
    breaks = tuple(place for place, _, definition in kept["begins"] if definition)
    return Chart(
        key, f"{subject.code} {subject.one['title']}", alt, marks, subject.one["unit_words"], breaks, target
    )


def _small(made: Counts, told: Sequence[Subject], plan: Plan) -> Section:
    lines = tuple((f"{one.code} {one.one['title']}", rule_words(one)) for one in told)
    left = tuple(
        (
            f"{one.code} {one.one['title']}",
            one.unfit or "Its small numbers could be protected in no other way.",
        )
        for one in made.subjects
        if not plan.shows(one.code, "main")
    )
    tables = [Table("small", "Which numbers each measure withholds", ("Measure", "Withheld"), lines)]
    if left:
        tables.append(Table("left-out", "Measures that are not published", ("Measure", "Why"), left))
    return Section("small", "Numbers that are withheld", SMALL, tuple(tables))


SMALL = (
    f"{WITHHELD} stands where a number is withheld: one of the small numbers named below, of those counted or of those"
    " left over (95 of 98 would tell of three), or a number from which a small one could be worked out, by taking away"
    " from a total, by comparing quarters with longer periods, or with versions published before. The sign does not"
    " tell which. Shares, colours and points of charts that rest on a withheld number are withheld too. 0 is shown.",
)
