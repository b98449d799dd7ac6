"""For each standard: what was promised, what was done, and whether the score or the survey moved.

Source: domain notes on quality assurance, 6.4 items 39 and 40. The two stand beside each other; that one caused the
other is for people to judge, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from wholestory.actions.models import Verdict
from wholestory.actions.queries import status_of
from wholestory.assurance.definitions.framework import Standard
from wholestory.assurance.definitions.tracing import traced
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.queries.in_both import InBoth
from wholestory.assurance.queries.loop import Promise, SaidByStaff, tally
from wholestory.assurance.reports import wording
from wholestory.assurance.reports.base import (
    FEW,
    NONE_TO_COUNT,
    Col,
    Grid,
    Kind,
    Report,
    Said,
    plural,
    shown,
    signed,
)
from wholestory.assurance.reports.trend import in_one_only, who_words
from wholestory.assurance.rules.figures import is_small
from wholestory.assurance.rules.moved import Movement, movement
from wholestory.assurance.rules.scales import percent
from wholestory.assurance.rules.survey import Line

BESIDE = (
    "Promises and scores stand beside each other. That a score moved does not show that a promise moved it: look at"
    " what each check found."
)
SUMS = (
    "A standard’s figure is the number compliant out of those scored, summed over its items that can be compared with"
    " the cycle before; other items are left out of both."
)
#: Where each standard's own page is.
Where = Callable[[str], str]


def moved(rounds: Sequence[Round]) -> dict[str, Movement]:
    """Each standard of the newest round beside the round before; without one there is nothing to compare."""
    newest, earlier = rounds[0], rounds[1] if len(rounds) > 1 else None
    pairs: dict[str, list[Any]] = {standard.key: [] for standard in newest.framework.standards}
    for trace in traced([one.framework for one in rounds[:2]]):
        now = newest.figures.items.get(trace.item)
        if now is None:
            continue
        was = None
        if earlier is not None and trace.steps[0].is_comparable:
            was = earlier.figures.items.get(trace.steps[0].item)
        pairs[newest.framework.standard_of[trace.item].key].append((now, was))
    scale = earlier.framework.scale if earlier else newest.framework.scale
    return {key: movement(some, newest.test, scale) for key, some in pairs.items()}


def overview(
    rounds: Sequence[Round],
    promised: Mapping[str, list[Promise]],
    staff: Mapping[str, list[SaidByStaff]],
    today: date,
    where: Where,
    who: InBoth | None = None,
) -> Report:
    """One line per standard."""
    newest, found = rounds[0], moved(rounds)
    over = moved(who.compared(rounds)) if who and who.now else {}
    columns = (
        Col("standard", "Standard"), Col("before", "Before"), Col("now", "Now"), Col("change", "Change"),
        Col("made", "Promised", Kind.COUNT), Col("running", "Still open", Kind.COUNT),
        Col("closed", "Closed on evidence", Kind.COUNT), Col("checked", "What checks found"),
        Col("staff", "Staff agree"),
    )  # fmt: skip
    rows = []
    for number, standard in enumerate(newest.framework.standards, 1):
        counted = tally(promised.get(standard.key, []))
        before, now, change = _cells(newest, found[standard.key], over.get(standard.key))
        if len(rounds) == 1:
            before, change = "No earlier cycle", ""
        rows.append(
            (
                Said(f"{number} {standard.title}", where(standard.key)), before, now, change, counted.made,
                counted.running, counted.closed, _verdicts(counted.verdicts, counted.made),
                _staff(staff.get(standard.key, [])),
            )
        )  # fmt: skip
    every = {one.action.pk: one for some in promised.values() for one in some}
    whole = tally(list(every.values()))
    promises = (
        f"{plural(whole.made, 'action')} on lines of this cycle or the one before: {whole.running:,} still open,"
        f" {whole.closed:,} closed on evidence. Somebody has looked whether it worked at {whole.checked:,} of them."
        if whole.made
        else "No action was promised yet on lines of this cycle or the one before."
    )
    head = (
        promises,
        *(("There is no earlier cycle to compare with.",) if len(rounds) == 1 else ()),
        *((who_words(who),) if who else ()),
    )
    grid = Grid("Standard by standard", columns, tuple(rows))
    return Report(
        "Promised, done, moved",
        newest.cycle.title,
        head,
        wording.made(newest, today, SUMS, BESIDE),
        (grid, *([in_one_only(who)] if who and not who.are_the_same else [])),
        "loop",
    )


def one_standard(
    rounds: Sequence[Round],
    standard: Standard,
    promised: Sequence[Promise],
    staff: Sequence[SaidByStaff],
    today: date,
    url_of: Callable[[Promise], str],
    who: InBoth | None = None,
) -> Report:
    """Everything about one standard."""
    newest = rounds[0]
    over = moved(who.compared(rounds)).get(standard.key) if who and who.now else None
    before, now, change = _cells(newest, moved(rounds)[standard.key], over)
    counted = tally(promised)
    said = f"Now {now}; in the cycle before {before}. Change: {change}." if len(rounds) > 1 else f"Now {now}."
    head = (
        said,
        f"{plural(counted.made, 'action')}: {counted.running:,} still open, {counted.closed:,} closed on evidence,"
        f" {counted.checked:,} looked at again.",
        *((who_words(who),) if who else ()),
    )
    grids = [_promises(promised, today, url_of), _statements(staff), _items(rounds, standard, who)]
    return Report(
        f"{standard.title}: promised, done, moved", newest.cycle.title, head,
        wording.made(newest, today, SUMS, BESIDE), tuple(grids), f"loop-{standard.key}",
    )  # fmt: skip


def _promises(promised: Sequence[Promise], today: date, url_of: Callable[[Promise], str]) -> Grid:
    columns = (
        Col("agency", "Agency"), Col("action", "What was promised"), Col("due", "Due", Kind.DAY), Col("state", "State"),
        Col("evidence", "What shows it", Kind.COUNT), Col("measure", "What will show that it worked"),
        Col("effect", "What changed"), Col("verdict", "Did it work?"),
    )  # fmt: skip
    rows = tuple(
        (
            one.action.agency.name, Said(one.action.title, url_of(one)), one.action.due_on,
            status_of(cast(Any, one.action), today).label, one.evidence, one.action.measure or "Not said",
            one.action.effect or "Nothing recorded",
            Verdict(one.verdict).label if one.verdict else "Nobody has looked",
        )
        for one in promised
    )  # fmt: skip
    return Grid(
        "What was promised and done", columns, rows, empty="Nothing was promised about this standard."
    )


def _statements(staff: Sequence[SaidByStaff]) -> Grid:
    columns = (Col("statement", "Statement"), Col("before", "Before"), Col("now", "Now"))
    rows = tuple((one.statement, _agree(one.before), _agree(one.now)) for one in staff)
    return Grid(
        "What staff say", columns, rows, empty="No survey of this cycle has been shared on this standard."
    )


def _items(rounds: Sequence[Round], standard: Standard, who: InBoth | None) -> Grid:
    both = who.compared(rounds) if who and who.now else None
    newest, earlier = rounds[0], rounds[1] if len(rounds) > 1 else None
    traces = {trace.item: trace for trace in traced([one.framework for one in rounds[:2]])}
    rows = []
    for item in standard.items:
        now = newest.figures.items.get(item.key)
        if now is None:
            continue
        step = traces[item.key].steps[0] if earlier is not None else None
        was = earlier.figures.items.get(step.item) if earlier and step and step.is_comparable else None
        scale = earlier.framework.scale if earlier else newest.framework.scale
        over = None
        if both and was is not None:
            pair = (both[0].figures.items[item.key], both[1].figures.items[was.item])
            over = movement([pair], newest.test, scale)
        rows.append(
            (
                f"{newest.framework.numbers[item.key]} {item.text}",
                *_cells(newest, movement([(now, was)], newest.test, scale), over),
            )
        )
    columns = (Col("item", "Item"), Col("before", "Before"), Col("now", "Now"), Col("change", "Change"))
    return Grid("Item by item", columns, tuple(rows))


def _named(found: Round, item: str) -> str:
    return f"{found.framework.numbers[item]} {found.framework.items[item].text}"


def _cells(newest: Round, found: Movement, over: Movement | None = None) -> tuple[str, str, str]:
    """Before, now and change in words. Figures that cannot be compared are said to be so, and are never a fall.
    ``over`` is the movement among the agencies in both rounds, where these are not everybody."""
    now = _figure(newest, found.now, found.n_now, found.rescaled)
    if not found.compared:
        return "Not comparable", now, "Not comparable"
    before = _figure(newest, found.before, found.n_before, found.rescaled)
    if FEW in (before, now) or found.change is None:
        return before, now, FEW if FEW in (before, now) else NONE_TO_COUNT
    left_out = found.items - found.compared
    change = found.change if over is None else over.change
    if change is None:
        return before, now, "No scores to compare of those in both"
    return before, now, signed(change) + (f" (without {plural(left_out, 'item')})" if left_out else "")


def _figure(newest: Round, value: Any, n: int, rescaled: bool) -> str:
    if not newest.framework.scored:
        return "Not scored"
    if value is None:
        return "No scores"
    if newest.for_board and is_small(n):
        return FEW
    return (
        f"{value * 100:.0f} of 100 ({n:,} scored)"
        if rescaled
        else f"{percent(value)} of {plural(n, 'score')}"
    )


_SHORT = {
    Verdict.BETTER: "better",
    Verdict.SAME: "no different",
    Verdict.WORSE: "worse",
    Verdict.CANNOT_TELL: "not to be told",
}


def _verdicts(counted: Mapping[str, int], made: int) -> str:
    said = [f"{counted[one]:,} {_SHORT[one]}" for one in Verdict if counted.get(one)]
    return ", ".join(said) or ("Nobody has looked" if made else "Nothing to look at")


def _agree(line: Line | None) -> str:
    if line is None:
        return "Not asked"
    if line.answered is None:
        return "Kept back"
    return f"{line.bounded or shown(Kind.SHARE, line.share)} of {line.answered:,}"


def _staff(said: Sequence[SaidByStaff]) -> str:
    if not said:
        return "No survey"
    return "; ".join(
        f"{_agree(one.now)}" + (f" (before {_agree(one.before)})" if one.before is not None else "")
        for one in said
    )
