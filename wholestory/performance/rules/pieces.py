"""The tables and charts a report is put together from. Pure; every cell is text that was frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from wholestory.performance.rules.shape import Chart, Mark, Table

Figures = Mapping[str, Any]
One = Mapping[str, Any]

AGENCY_HEADS = ("Agency", "Value", "Standing", "What the agency says")
_SCORED = ("Measure", "Value", "Standing", "Target", "Since the period before", "Chart", "Who is in it")
NOTHING_SAID = "Nothing was said."
READING = (
    "Colours repeat the words beside them and are judged on exact values: 79.96 is shown as 80.0 and does not meet a"
    " target of 80. Where no target is set, and for volumes, there is no colour.",
    "Shares and rates are worked out from counts, also for longer periods and for all agencies together. A percentage"
    " that came without its counts is shown as “percentage only” and never judged, added up or compared.",
    "“Not supplied”, “not held” and “does not apply” are not zero.",
    "A number is a question and not a finding. A signal on a chart says that chance would hardly do this, and not why.",
    "A change after an action is not yet a change because of it.",
)
SOURCE_WORDS = (
    "Each number, the return it came in, the file and the place in it, the version of the definition, and the rule that"
    " made it.",
)
_WRITE_OUT = ("", "0")


def day(text: str) -> str:
    """A day as people write it; empty for none."""
    if not text:
        return ""
    found = date.fromisoformat(text)
    return f"{found.day} {found:%B %Y}"


def scored(key: str, caption: str, measures: Sequence[One]) -> Table:
    """Measures with their standing, as on the scorecard."""
    rows = tuple(
        (
            f"{one['code']} {one['title']}", _marked(one), one["words"], one["target"], one["direction"],
            one["chart"]["label"] if one["chart"] else "", one["complete"],
        )
        for one in measures
    )  # fmt: skip
    return Table(key, caption, _SCORED, rows, (), 2, tuple(one["colour"] for one in measures))


def _marked(one: One) -> str:
    return f"{one['value']} ({one['mark'].lower()})" if one["mark"] else str(one["value"])


def theme(found: Figures, key: str, title: str) -> Table:
    """The measures of one theme, with published figures to compare with."""
    measures = [one for one in found["measures"] if one["theme"] == key]
    heads = (
        "Measure",
        "Value",
        "Standing",
        "A year ago",
        "England, as published",
        "Areas most like this one",
    )
    rows = tuple(
        (f"{one['code']} {one['title']}", _marked(one), one["words"], one["a_year"], one["england"],
         one["neighbours"])
        for one in measures
    )  # fmt: skip
    return Table(f"theme-{key}", title, heads, rows, (), 2, tuple(one["colour"] for one in measures))


def changed(found: Figures) -> Table:
    """What signals on its chart, and what moved the wrong or the right way; the wrong way first."""
    order = {"worse": 0, "": 1, "better": 2}
    moved = [
        one for one in found["measures"]
        if one["better"] or (one["chart"] and one["chart"]["signal"])
    ]  # fmt: skip
    moved.sort(key=lambda one: (not (one["chart"] and one["chart"]["signal"]), order[one["better"]]))
    rows = tuple(
        (f"{one['code']} {one['title']}", one["moved"], one["chart"]["said"] if one["chart"] else "", one["words"])
        for one in moved
    )  # fmt: skip
    heads = ("Measure", "Since the period before", "What the chart says", "Standing")
    return Table(
        "changed", "Measures that moved", heads, rows, ("What the chart signals stands first.",), 3,
        tuple(one["colour"] for one in moved),
    )  # fmt: skip


def answering(one: One) -> tuple[tuple[str, ...], ...]:
    """Each agency's figure of a measure below standard, with what it said."""
    return tuple(
        (each["name"], each["value"], each["words"], said(each["said"]) if each["said"] else NOTHING_SAID)
        for each in one["agencies"]
    )


def answering_tones(one: One) -> tuple[str, ...]:
    """The colours of those rows."""
    return tuple(each["colour"] for each in one["agencies"])


def not_said(one: One) -> tuple[str, ...]:
    """Who is below standard and said nothing: a blank is not a comment."""
    silent = [each["name"] for each in one["agencies"] if each["below"] and not each["said"]]
    return (f"Below standard without a word: {', '.join(silent)}.",) if silent else ()


def said(words: One) -> str:
    """What an agency said, with who said it."""
    parts = [words["changed"], words["why"], words["so_what"], words["next"]]
    text = " ".join(each.strip() for each in parts if each.strip())
    sure = f", {words['confidence'].lower()}" if words["confidence"] else ""
    return f"{text} ({words['by']}, {day(words['on'])}{sure})"


def missing(found: Figures) -> tuple[Table, ...]:
    """Late returns, and measures that lack somebody's figure."""
    late = tuple(
        (one["name"], day(one["due"]), day(one["sent"]) or "Not sent", one["reference"]) for one in found["late"]
    )  # fmt: skip
    lacking = tuple(
        (f"{one['code']} {one['title']}", one["complete"], "; ".join(one["lacking"]))
        for one in found["measures"] if one["partial"]
    )  # fmt: skip
    return (
        Table(
            "late", f"Late returns, of {found['asked']} asked for", ("Agency", "Due", "Sent", "Return"), late
        ),
        Table(
            "lacking", "Measures that lack a figure", ("Measure", "Who is in it", "Who is missing"), lacking
        ),
    )


def late_words(one: One) -> str:
    """One late return, in a sentence."""
    sent = f"It was sent on {day(one['sent'])}." if one["sent"] else "It has not been sent."
    return f"The return {one['reference']} was due on {day(one['due'])}. {sent}"


def decided(found: Figures) -> tuple[Table, ...]:
    """What came of what was promised, and what was decided about the last report."""
    promises = tuple(
        (
            one["title"], f"{one['agency']}: {one['owner']}", day(one["due"]), one["state"], str(one["evidence"]),
            one["measure"], f"{one['moved']}. {one['said']}",
        )
        for one in found["promises"]
    )  # fmt: skip
    decisions = tuple((one["words"], day(one["on"])) for one in found["decisions"])
    of = f" about the report of {found['last']['label']}" if found["last"] else ""
    heads = ("Promise", "Who", "Due", "State", "Evidence", "Measure", "Did it move?")
    return (
        Table("promises", "What was promised, and what came of it", heads, promises),
        *((Table("decisions", f"Decisions{of}", ("Decision", "On"), decisions),) if decisions else ()),
    )


def challenged(found: Figures) -> tuple[Table, ...]:
    """Challenges that are open, or ended since the last report."""
    rows = tuple(
        (
            one["about"], one["agency"], day(one["raised"]), day(one["due"]), one["state"],
            " ".join(part for part in (one["decision"], one["words"]) if part), one["difference"],
        )
        for one in found["challenges"]
    )  # fmt: skip
    heads = ("About", "Put to", "Raised", "Answer due", "State", "Decision", "Difference it made")
    return (Table("challenges", "Open challenges, and those settled since the last report", heads, rows),)


def sources(found: Figures, agency: str = "") -> Table:
    """Every number followed down to its return, file, version and rule; of one agency where it is said."""
    rows = tuple(
        (
            each["version"], each["name"], each["period"], each["value"],
            " ".join(part for part in (each.get("return", ""), sent_as(each)) if part),
            " ".join(part for part in (each["file"], each["place"], each["sha256"][:12]) if part), each["rule"],
        )
        for one in found["measures"] for each in one["sources"]
        if not agency or each["agency"] == agency
    )  # fmt: skip
    heads = ("Measure and version", "Agency", "Period", "Value", "Return", "File, place and mark", "Rule")
    return Table("sources", "Sources", heads, rows)


def sent_as(each: One) -> str:
    """Which submission a number came in, and when; the return it answers stands before it."""
    sent = f"{each['submission']} ({each['source']}, {each['number']}), sent on {day(each['sent'])}"
    return f"as {sent}" if each.get("return") else sent


def chart(one: One, key: str) -> Chart | None:
    """The line of a measure over its periods."""
    kept = one["series"]
    if kept is None or len(kept["periods"]) < 2:
        return None
    marks = tuple(Mark(row[0], _value(row[2:], one)) for row in kept["periods"])
    known = [each for each in marks if each.number is not None]
    if len(known) < 2:
        return None
    says = one["chart"]["said"] if one["chart"] else ""
    alt = (
        f"{one['title']}, {known[0].label} to {known[-1].label}. The newest value is {one['value']}. {says}"
    ).strip()
    target = None if kept["target"] is None else float(Fraction(kept["target"]))
    breaks = tuple(place for place, _, definition in kept["begins"] if definition)
    return Chart(key, f"{one['code']} {one['title']}", alt, marks, one["unit_words"], breaks, target)


def _value(row: Sequence[str], one: One) -> float | None:
    numerator, denominator, amount, percentage, nothing = row
    if nothing:
        return None
    if amount:
        return float(Fraction(amount))
    if numerator and one["unit"] in ("percent", "rate", "ratio"):
        return (
            None
            if denominator in _WRITE_OUT
            else float(Fraction(numerator) / Fraction(denominator) * one["multiplier"])
        )
    if numerator:
        return float(Fraction(numerator))
    return float(Fraction(percentage)) if percentage else None
