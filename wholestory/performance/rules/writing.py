"""From frozen figures and the team's words to a finished report: the board pack, one page, and each agency's own page.

Pure: nothing is counted, judged or coloured here. What a figure says and which colour it has was frozen with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wholestory.performance.rules import pieces
from wholestory.performance.rules.pieces import AGENCY_HEADS, day
from wholestory.performance.rules.shape import Report, Section, Table, trimmed

Figures = Mapping[str, Any]

#: The sections the team may write words for, in the order of the report.
SECTIONS: dict[str, str] = {
    "summary": "In short",
    "changed": "What changed",
    "below": "What is below standard, and who answers for it",
    "late": "Who sent late, and what is missing",
    "decided": "What was decided last time, and what came of it",
    "challenges": "Challenges",
    "next": "What the group is asked to decide",
    "public": "Words for the published version",
}
LONGEST = 6000
MARKING = "OFFICIAL-SENSITIVE: only for the group it was given to"
_FOR, _EDITION = "For ", ". Edition "
OWN = "OFFICIAL-SENSITIVE: only for the agency it is about"


@dataclass(frozen=True, slots=True)
class Head:
    """What a report says of itself."""

    group: str
    label: str
    number: int
    frozen_on: str
    reference: str


def board_pack(found: Figures, head: Head, words: Mapping[str, str]) -> Report:
    """The whole report."""
    themes = {one["theme"]: one["theme_title"] for one in found["measures"]}
    sections = [
        _section("summary", words, *_in_short(found)),
        _section("changed", words, pieces.changed(found)),
        _below(found, words),
        _section("late", words, *pieces.missing(found)),
        _section("decided", words, *pieces.decided(found)),
        _section("challenges", words, *pieces.challenged(found)),
        *([_section("next", words)] if words.get("next") else []),
        *[
            Section(f"theme-{key}", title, (), (pieces.theme(found, key, title),))
            for key, title in sorted(themes.items())
        ],
        Section("sources", "Where each number comes from", pieces.SOURCE_WORDS, (pieces.sources(found),)),
        Section("reading", "How to read this report", pieces.READING),
    ]
    return _report(f"Performance report, {head.label}", found, head, MARKING, sections)


def one_page(found: Figures, head: Head, words: Mapping[str, str]) -> Report:
    """The report on one page: headlines, what is below standard, what came of last time."""
    below = [one for one in found["measures"] if one["below"]]
    tables = _in_short(found, most=12, elsewhere="the full report")
    decided = pieces.decided(found)[:1] if found["promises"] else ()
    section = _section("summary", words, *tables, *decided)
    names = "; ".join(f"{one['title']} ({one['value']})" for one in below[:8])
    more = f" and {len(below) - 8} more" if len(below) > 8 else ""
    said = f"Below standard: {names}{more}." if below else "Nothing is below its standard."
    words_first = tuple(one[:500] for one in section.words[:2])
    page = Section("summary", "In short", (*words_first, said), section.tables)
    return _report(f"Performance report, {head.label}: one page", found, head, MARKING, [page])


def agency_page(found: Figures, head: Head, key: str, name: str) -> Report:
    """One agency's own part: its figures with published ones to compare with, what it said, and what it is asked. Of
    no other agency is anything said, and of the whole area nothing that would tell another's figure."""
    rows, tones, notes = [], [], []
    for one in found["measures"]:
        own = next((each for each in one["agencies"] if each["key"] == key), None)
        if own is None:
            continue
        rows.append((
            f"{one['code']} {one['title']}", own["value"], own["words"], one["target"], one["england"],
            one["neighbours"],
        ))  # fmt: skip
        tones.append(own["colour"])
        if own["said"]:
            notes.append(f"{one['code']}: {pieces.said(own['said'])}")
    figures = Table(
        "own", f"Figures of {name}, {head.label}",
        ("Measure", "Value", "Standing", "Target", "England, as published", "Areas most like this one"),
        tuple(rows), ("Published figures are of the year named beside them, and of whole areas.",), 2, tuple(tones),
    )  # fmt: skip
    asked = tuple(
        (one["about"], day(one["raised"]), day(one["due"]), one["state"], one["decision"])
        for one in found["challenges"] if one["agency_key"] == key
    )  # fmt: skip
    promised = tuple(
        (one["title"], one["owner"], day(one["due"]), one["state"], one["measure"], one["moved"])
        for one in found["promises"] if one["agency_key"] == key
    )  # fmt: skip
    late = [one for one in found["late"] if one["agency"] == key]
    sections = [
        Section("own", "Your figures", (), (figures,)),
        *([Section("said", "What you said of them", tuple(notes))] if notes else []),
        *([Section("late", "Late", tuple(pieces.late_words(one) for one in late))] if late else []),
        *([Section("challenges", "Challenges put to you", (), (
            Table("challenges", "Challenges", ("About", "Raised", "Answer due", "State", "Decision"), asked),
        ))] if asked else []),
        *([Section("promises", "What you promised", (), (
            Table("promises", "Promises", ("Promise", "Who", "Due", "State", "Measure", "Did it move?"), promised),
        ))] if promised else []),
        Section("sources", "Where each number comes from", pieces.SOURCE_WORDS, (pieces.sources(found, key),)),
        Section("reading", "How to read this page", pieces.READING),
    ]  # fmt: skip
    return _report(f"{name}: your page of the performance report, {head.label}", found, head, OWN, sections)


def agencies_in(found: Figures) -> dict[str, str]:
    """Every agency with a figure, a challenge or a promise in it, by its key."""
    named = {each["key"]: each["name"] for one in found["measures"] for each in one["agencies"]}
    for kind in ("challenges", "promises"):
        named |= {one["agency_key"]: one["agency"] for one in found[kind]}
    return dict(sorted(named.items(), key=lambda one: one[1].casefold()))


def _report(title: str, found: Figures, head: Head, marking: str, sections: Sequence[Section]) -> Report:
    front = (
        f"{marking}.",
        f"{_FOR}{head.group}{_EDITION}{head.number} of {head.label}, {head.reference}.",
        f"The figures were frozen on {day(head.frozen_on)}. What came later changes nothing here, and no colour is"
        " changed when a target changes.",
    )
    lean = tuple(replace(one, tables=tuple(map(trimmed, one.tables))) for one in sections)
    return Report(title, found["board"], head.label, marking, front, lean, bool(found["invented"]))


def group_in(line: str | None) -> str:
    """For which group a report was made, from the second line under its title: an agency's people do not see the
    report its page belongs to."""
    before, found, _ = (line or "").rpartition(_EDITION)
    return before.removeprefix(_FOR) if found else ""


def _section(key: str, words: Mapping[str, str], *tables: Table) -> Section:
    return Section(key, SECTIONS[key], _paragraphs(words.get(key, "")), tuple(tables))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split("\n") if one.strip())


def _in_short(
    found: Figures, most: int = 30, elsewhere: str = "the parts of their themes below"
) -> tuple[Table, ...]:
    measures = found["measures"]
    open_ones = [one for one in found["challenges"] if not one["decision"]]
    numbers = (
        ("Measures in this report", str(len(measures))),
        ("Below standard", str(sum(1 for one in measures if one["below"]))),
        ("Charts that signal a change", str(sum(1 for one in measures if one["chart"] and one["chart"]["signal"]))),
        ("Measures that lack an agency’s figure", str(sum(1 for one in measures if one["partial"]))),
        ("Returns late or not sent", f"{len(found['late'])} of {found['asked']}"),
        ("Challenges not settled yet", str(len(open_ones))),
        ("Promises followed", str(len(found["promises"]))),
    )  # fmt: skip
    headlines = [one for one in measures if one["tier"] == 1]
    if len(headlines) > most:
        # What asks for a look first: below standard, then what its chart signals.
        headlines.sort(key=lambda one: (not one["below"], not (one["chart"] and one["chart"]["signal"])))
    more = len(headlines) - most
    left = (
        f"{more} more headline measure{'' if more == 1 else 's'} {'is' if more == 1 else 'are'} in {elsewhere}. What is"
        " below standard or signals on its chart stands here first."
    )
    table = pieces.scored("headlines", "Headline measures", headlines[:most])
    return (
        Table("numbers", "The report in numbers", ("What", "How many"), numbers),
        *((replace(table, notes=(left,)) if more > 0 else table,) if headlines else ()),
    )


def _below(found: Figures, words: Mapping[str, str]) -> Section:
    measures = [one for one in found["measures"] if one["below"] or any(a["below"] for a in one["agencies"])]
    tables = [
        Table(
            f"below-{one['code'].lower()}", f"{one['code']} {one['title']}: {one['value']}", AGENCY_HEADS,
            pieces.answering(one), (one["sentence"], *pieces.not_said(one)), 2, pieces.answering_tones(one),
        )
        for one in measures
    ]  # fmt: skip
    charts = [chart for one in measures if (chart := pieces.chart(one, f"below-{one['code'].lower()}"))]
    said = _paragraphs(words.get("below", "")) or (() if measures else ("Nothing is below its standard.",))
    return Section("below", SECTIONS["below"], said, tuple(tables), tuple(charts))
