"""The published version of a report, from frozen figures and what may not be shown. Pure.

It has the whole area's figures of the quarter and nothing else: no agency's own figure, no series, no chart, no word an
agency or the team wrote for the group. What it says of a figure that is not shown is its mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wholestory.performance.rules.pieces import day
from wholestory.performance.rules.shape import Report, Section, Table, trimmed
from wholestory.performance.rules.small import BELOW, Line, Plan

MARK = "[c]"
MARKING = "Published"
NOTES = (
    f"{MARK} stands for a small number, and for a number that would tell one. A percentage or rate is shown only where"
    " its numbers may be.",
    "For figures under the rules of the Department for Education 1 to 5 are not shown, for all others 1 to 4. Where two"
    " owners ask for different limits, the stricter counts. The last column says which.",
    "Figures that came without their counts are left out, because nobody can say how many children they are of.",
)
_HEADS = ("Measure", "Value", "Standing", "England, as published", "Areas most like this one", "Not shown")


def public_report(found: Mapping[str, Any], plan: Plan, *, label: str, frozen_on: str, words: str) -> Report:
    """The document that is approved and published."""
    lines = {one.code: one for one in plan.lines}
    themes = {one["theme"]: one["theme_title"] for one in found["measures"]}
    sections = []
    if words.strip():
        said = tuple(one.strip() for one in words.split("\n") if one.strip())
        sections.append(Section("words", "In short", said))
    for key, title in sorted(themes.items()):
        measures = [
            one for one in found["measures"] if one["theme"] == key and one["code"] not in plan.left_out
        ]
        if measures:
            rows = tuple(_row(one, lines.get(one["code"]), plan) for one in measures)
            tones = tuple(one["colour"] if row[2] else "" for one, row in zip(measures, rows, strict=True))
            table = trimmed(Table(f"theme-{key}", title, _HEADS, rows, (), 2, tones))
            sections.append(Section(f"theme-{key}", title, (), (table,)))
    sections.append(Section("reading", "What is not shown", NOTES))
    front = (f"Figures of {label}, as they were known on {day(frozen_on)}.",)
    return Report(
        f"Performance report, {label}",
        found["board"],
        label,
        MARKING,
        front,
        tuple(sections),
        bool(found["invented"]),
    )


def _row(one: Mapping[str, Any], line: Line | None, plan: Plan) -> tuple[str, ...]:
    title = f"{one['code']} {one['title']}"
    if line is None:
        return (title, one["value"], "", one["england"], one["neighbours"], "")
    limit = f"1 to {line.below - 1}"
    names = [name for name in (line.counted, line.others, line.whole) if name]
    if not any(name in plan.hidden for name in names):
        return (title, one["value"], one["words"], one["england"], one["neighbours"], limit)
    counted = MARK if line.counted in plan.hidden else f"{plan.cells[line.counted]:,}"
    if not line.whole:
        return (title, counted, "", one["england"], one["neighbours"], limit)
    whole = MARK if line.whole in plan.hidden else f"{plan.cells[line.whole]:,}"
    return (title, f"{counted} of {whole}", "", one["england"], one["neighbours"], limit)


def log(found: Mapping[str, Any], plan: Plan) -> list[list[str]]:
    """What is not shown and why, line by line, without the numbers."""
    titles = {one["code"]: f"{one['code']} {one['title']}" for one in found["measures"]}
    rows = []
    for one in plan.lines:
        for name, what in (
            (one.counted, "Those counted"),
            (one.others, "The others"),
            (one.whole, "The whole"),
        ):
            if name in plan.hidden:
                rows.append([titles[one.code], what, plan.hidden[name].label])
    rows += [[titles[code], "All of it", why.label] for code, why in plan.left_out.items()]
    return rows


def limits(plan: Plan) -> list[list[str]]:
    """How many measures each limit was used for."""
    words = {BELOW["dfe"]: "Department for Education", BELOW["board"]: "The board"}
    return [
        [words[below], f"1 to {below - 1}", str(sum(1 for one in plan.lines if one.below == below))]
        for below in sorted(words, reverse=True)
    ]
