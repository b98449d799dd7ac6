"""Reference documents made from the definitions: every clock, every edition, every pathway with its diagram.

``wholestory docs`` writes them and ``--check`` compares them, so that a change of a rule is a change somebody reads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from wholestory.pathways import register, registry
from wholestory.pathways.editions import editions
from wholestory.pathways.rules import telling
from wholestory.pathways.rules.editions import Axis
from wholestory.pathways.rules.stages import (
    Afterwards,
    Effect,
    LowerSide,
    MeetClock,
    Move,
    Pathway,
    RaiseSide,
    StartClock,
)
from wholestory.pathways.rules.terms import Clock, Threshold

ROOT = Path(__file__).resolve().parents[2] / "docs"
INTRODUCTION = (
    "Each clock can be worked out with `wholestory due CLOCK --edition E --from WHEN` and on the page "
    "*Work out a deadline*. **Status** is the status as shipped: nothing here has been checked by a board, and what is "
    "not *found* in a public source is not to be relied on as a rule of law. A board records its own checks in the "
    "rule register."
)
COUNTING = (
    "Counting: the start is day 0 whatever day it is; a limit in days ends at the end of its last day; hours are "
    "elapsed hours; months keep the day number or take the last day of the month; a pause is shown beside the due day "
    "and moves it only where the table says so."
)
MADE = "Made from the definitions; change those, then run `make fix`.\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(_cell(one) for one in row)} |"


def clocks_text() -> str:
    """`reference/clocks.md`: every clock and threshold, duty by duty."""
    lines = [
        "# Clocks and thresholds",
        "",
        MADE,
        INTRODUCTION,
        "",
        COUNTING,
    ]
    for duty in sorted({clock.duty for clock in register.clocks()}):
        found = [clock for clock in register.clocks() if clock.duty == duty]
        lines += ["", f"## {duty}", ""]
        lines += _table(
            ["Clock", "What", "Limit", "Counted from", "Editions", "Kind", "Source, in our words", "Status"],
            [_clock_row(clock) for clock in found],
        )
    lines += ["", "## Thresholds", ""]
    lines += _table(
        ["Key", "What", "Value", "Editions", "Kind", "Source, in our words", "Status"],
        [_threshold_row(threshold) for threshold in register.thresholds()],
    )
    return "\n".join(lines) + "\n"


def _clock_row(clock: Clock) -> list[str]:
    limit = clock.limit_words
    if clock.pause_moves_due:
        limit += "; a pause moves the day"
    if clock.uses_calendar and clock.calendar != "england_and_wales":
        limit += "; bank holidays of any part of the UK are left out"
    return [
        f"`{clock.key}`",
        clock.title,
        limit,
        "; or, if later, ".join(fact.words for fact in clock.starts),
        ", ".join(clock.editions),
        telling.kind_words(clock),
        f"{clock.source.document}: {clock.source.sentence}{f' {clock.note}' if clock.note else ''}",
        f"{clock.status.label} ({clock.source.evidence.label})",
    ]


def _threshold_row(threshold: Threshold) -> list[str]:
    return [
        f"`{threshold.key}`",
        threshold.title,
        threshold.value,
        ", ".join(threshold.editions),
        threshold.kind.label.lower(),
        f"{threshold.source.document}: {threshold.source.sentence}{f' {threshold.note}' if threshold.note else ''}",
        f"{threshold.status.label} ({threshold.source.evidence.label})",
    ]


def editions_text() -> str:
    """`reference/editions.md`: what each edition is, and what things are called under it."""
    every = [each for axis in Axis for each in editions(axis)]
    lines = ["# Editions of guidance", "", MADE]
    lines += [
        "A record keeps the edition under which its duty arose. The edition follows from that day and, for the "
        "transition, from the day on which an area's new arrangements began.",
        "",
    ]
    lines += _table(
        ["Edition", "Title", "From", "Read?", "Clocks", "About"],
        [
            [
                each.key,
                each.title,
                each.from_on.isoformat() if each.from_on else "no one day",
                each.reading.label,
                str(len(register.of_edition(each))),
                each.about,
            ]
            for each in every
        ],
    )
    keys = list(every[0].words)
    lines += ["", "## Words", ""]
    lines += _table(
        ["Thing", *(each.key for each in every)],
        [[key.replace("_", " "), *(each.words[key] for each in every)] for key in keys],
    )
    lines += ["", "## Section 11 lists", ""]
    for each in every:
        if each.section_11:
            lines += [f"**{each.key}**: {'; '.join(each.section_11)}.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def pathways_text() -> str:
    """`reference/pathways/README.md`: every registered pathway, newest version, with its diagram and tables."""
    newest = [each for each in registry.registered() if registry.pathway(each.key) == each]
    lines = ["# Pathways", "", MADE]
    if not newest:
        lines.append("No room has registered a pathway.")
    for each in newest:
        lines += _pathway(each)
    return "\n".join(lines).rstrip("\n") + "\n"


def _pathway(pathway: Pathway) -> Iterator[str]:
    yield f"## {pathway.title}"
    yield ""
    yield f"`{pathway.key}`, version {pathway.version}. {pathway.about}"
    yield ""
    yield "```mermaid"
    yield diagram(pathway)
    yield "```"
    yield ""
    yield from _table(
        ["Stage", "Meaning", "Final"],
        [[stage.label, stage.meaning, "yes" if stage.final else ""] for stage in pathway.stages],
    )
    yield ""
    yield from _table(
        ["Move", "From", "To", "Made by", "Needs", "What follows"],
        [_move_row(pathway, move) for move in pathway.moves],
    )
    if pathway.sides:
        yield ""
        yield from _table(
            ["Beside the stage", "Possible at"],
            [
                [
                    side.label,
                    ", ".join(sorted(map(pathway.label, side.stages))) or "every stage that is not final",
                ]
                for side in pathway.sides
            ],
        )
    yield ""


def _move_row(pathway: Pathway, move: Move) -> list[str]:
    order = [stage.key for stage in pathway.stages]
    needs = [need.words for need in move.needs] + (["a reason"] if move.reason_required else [])
    return [
        move.label,
        ", ".join(pathway.label(key) for key in order if key in move.from_stages),
        pathway.label(move.to_stage),
        move.by_words,
        "; ".join(needs),
        "; ".join(_effect(pathway, effect) for effect in move.effects),
    ]


def _effect(pathway: Pathway, effect: Effect) -> str:
    if isinstance(effect, StartClock):
        return f"starts the clock `{effect.clock}`"
    if isinstance(effect, MeetClock):
        return f"meets the clock `{effect.clock}`"
    if isinstance(effect, RaiseSide):
        return f"sets “{pathway.side(effect.side).label}”"
    if isinstance(effect, LowerSide):
        return f"takes away “{pathway.side(effect.side).label}”"
    if isinstance(effect, Afterwards):
        return effect.words
    raise TypeError(effect)


def diagram(pathway: Pathway) -> str:
    """The pathway as a Mermaid state diagram."""
    order = {stage.key: number for number, stage in enumerate(pathway.stages)}
    lines = [
        "stateDiagram-v2",
        *(f"    {stage.key} : {stage.label.replace(':', ' ')}" for stage in pathway.stages),
        f"    [*] --> {pathway.first}",
        *(
            f"    {key} --> {move.to_stage} : {move.label.replace(':', ' ')}"
            for move in pathway.moves
            for key in sorted(move.from_stages, key=order.__getitem__)
        ),
    ]
    lines += [f"    {stage.key} --> [*]" for stage in pathway.stages if stage.final]
    return "\n".join(lines)


GENERATED: dict[str, Callable[[], str]] = {
    "reference/clocks.md": clocks_text,
    "reference/editions.md": editions_text,
    "reference/pathways/README.md": pathways_text,
}
"""Path below docs/ -> the function that returns its text."""


def write(check: bool, root: Path = ROOT) -> list[str]:
    """Write the documents, or with ``check`` change nothing. Returns the paths that differed."""
    differed = []
    for name, make in GENERATED.items():
        path, text = root / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        differed.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return differed


def main(argv: list[str]) -> int:
    """``--check`` names the documents that are out of date and returns 1; otherwise they are written."""
    check = "--check" in argv
    differed = write(check)
    for name in differed:
        sys.stdout.write(f"{'out of date' if check else 'wrote'}: docs/{name}\n")
    return 1 if check and differed else 0
