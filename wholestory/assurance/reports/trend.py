"""From cycle to cycle, on mapped items only; what may not be compared is said, and is never a fall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from wholestory.assurance.definitions.comparing import Kind as Became
from wholestory.assurance.definitions.tracing import Step, Trace, dropped, traced
from wholestory.assurance.models import CycleKind
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.queries.in_both import InBoth
from wholestory.assurance.reports import wording
from wholestory.assurance.reports.base import FEW, Col, Grid, Kind, Report, plural, signed
from wholestory.assurance.reports.moderation import NA_SIGNAL
from wholestory.assurance.rules.figures import ItemFigure, is_small
from wholestory.assurance.rules.moderation import NaRate, rising
from wholestory.assurance.rules.scales import percent, rounded

#: What stands where an earlier figure may not be set beside this one.
WHY_NOT = {
    Became.NEW: "Not comparable: new since",
    Became.SPLIT: "Not comparable: was part of a larger item",
    Became.MERGED: "Not comparable: several items became one",
    Became.DROPPED: "Not comparable: no longer asked",
}
NORMALISED = (
    "Where the scale changed between two cycles, an item is shown as the mean of its scores on a scale of 0 to 100 in"
    " every cycle, because shares compliant would not mean the same."
)
ONE_TEST = (
    "What counts as compliant now is used for every cycle, also where an earlier one counted otherwise."
)
NOT_THE_SAME = (
    "Each cycle’s figure is over everybody who answered that time. Where these are not the same agencies they are named"
    " in a table of their own, and the team’s change is over those in both. The board’s is over everybody, because"
    " figures of some beside figures of all would show what the few others said."
)


def trend(rounds: Sequence[Round], today: date, who: InBoth | None = None) -> Report:
    """``rounds`` newest first; ``who`` is counted in the newest and the one before it."""
    newest = rounds[0]
    framework = newest.framework
    traces = traced([one.framework for one in rounds])
    compared = who.compared(rounds) if who else list(rounds[:2])
    rows = [_row(rounds, trace, compared) for trace in traces]
    columns = [Col("item", "Item")]
    for n, one in enumerate(reversed(rounds)):
        columns.append(Col(f"c{n}", title_of(one)))
    over = f", the {who.both:,} in both" if who and who.now else ""
    columns += [Col("change", f"Change since last{over}"), Col("mark", "Mark")]
    grid = Grid("Item by item", tuple(columns), tuple(rows), empty="Nothing has been asked yet.")
    grids = [
        grid,
        *_said_not_to_apply(rounds, traces),
        *_gone(rounds),
        *([in_one_only(who)] if who and not who.are_the_same else []),
    ]
    head = (*headline(rounds, traces, compared), *([who_words(who)] if who else []))
    made = wording.made(newest, today, ONE_TEST, NORMALISED, NOT_THE_SAME)
    return Report(
        "From cycle to cycle", newest.cycle.title, head, made, tuple(grids), f"trend-{framework.key}"
    )


def who_words(who: InBoth) -> str:
    """Whether the change is one of the same agencies; how many there are in both, and in one of the two only."""
    both = plural(who.both, "agency", "agencies")
    if who.are_the_same:
        return f"The last two cycles stand on the same {both if who.both > 1 else 'agency'}."
    return (
        f"Not the same agencies: {both} in both cycles, {len(who.only_now):,} only in the newer,"
        f" {len(who.only_before):,} only in the one before. "
        + (
            "The change is over those in both; the shares are over everybody who answered that time."
            if who.now
            else "A change may be theirs as much as anybody’s practice."
        )
    )


def in_one_only(who: InBoth) -> Grid:
    """Who came and who left, by name."""
    rows = [(name, "The newer cycle only") for name in who.only_now]
    rows += [(name, "The cycle before only") for name in who.only_before]
    return Grid(
        "Counted in one of the two", (Col("agency", "Agency"), Col("which", "Counted in")), tuple(rows)
    )


def title_of(one: Round) -> str:
    """A round's title; of one that was brought in from files with the mark that goes with its figures."""
    past = one.cycle.kind == CycleKind.PAST
    return f"{one.cycle.title} (brought in, unconfirmed)" if past else one.cycle.title


def headline(
    rounds: Sequence[Round],
    traces: Sequence[Trace] | None = None,
    compared: Sequence[Round] | None = None,
) -> tuple[str, ...]:
    """What moved since the cycle before, how much of it may be compared, and over how many returns each stands."""
    if len(rounds) == 1:
        return ("There is no earlier cycle to compare with.",)
    if not rounds[0].framework.scored:
        return ("Nothing is scored here: how often each answer was given stands side by side.",)
    found = traces if traces is not None else traced([one.framework for one in rounds[:2]])
    moved = [change for trace in found if (change := _change(compared or rounds[:2], trace)) is not None]
    could_not = sum(not trace.steps[0].is_comparable for trace in found)
    better, worse = sum(change > 0 for change in moved), sum(change < 0 for change in moved)
    over = "" if compared else ", over everybody who answered each time"
    first = (
        f"Since {rounds[1].cycle.title}{over}: {plural(better, 'item')} higher, {worse:,} lower,"
        f" {len(moved) - better - worse:,} the same."
    )
    asked = "; ".join(
        f"{title_of(one)}: {plural(one.figures.returns, 'return')} with scores" for one in rounds
    )
    second = (
        f"{plural(could_not, 'item')} cannot be compared with it."
        if could_not
        else "Every item can be compared with it."
    )
    return first, second, f"{asked}."


def _row(rounds: Sequence[Round], trace: Trace, compared: Sequence[Round]) -> tuple[Any, ...]:
    newest = rounds[0]
    rescaled = _rescaled(rounds, trace)
    cells = [_cell(newest, rounds[0], trace.item, rescaled)]
    for one, step in zip(rounds[1:], trace.steps, strict=True):
        cells.append(_cell(newest, one, step.item, rescaled) if step.is_comparable else WHY_NOT[step.kind])
    change = _change(compared, trace)
    marks = [
        *(["Reworded"] if trace.is_reworded and not rescaled else []),
        *(["Scale changed: mean of 100"] if rescaled else []),
    ]
    title = f"{newest.framework.numbers[trace.item]} {newest.framework.items[trace.item].text}"
    said = signed(change) if change is not None else ("" if not trace.steps else _no_change(trace.steps[0]))
    return (title, *reversed(cells), said, ", ".join(marks))


def _no_change(step: Step) -> str:
    return "Not comparable" if not step.is_comparable else "No scores to compare"


def _rescaled(rounds: Sequence[Round], trace: Trace) -> bool:
    points = _points(rounds[0])
    met = [one for one, step in zip(rounds[1:], trace.steps, strict=False) if step.is_comparable]
    return any(_points(one) != points for one in met)


def _points(one: Round) -> list[str]:
    return [point.value for point in one.framework.scale.points]


def _hidden(one: Round, figure: ItemFigure) -> bool:
    return one.for_board and is_small(figure.answered)


def _cell(newest: Round, one: Round, item: str, rescaled: bool) -> str:
    figure = one.figures.items.get(item)
    if figure is not None and figure.plain and not one.framework.scored:
        best = one.framework.scale.points[-1]
        few = one.for_board and is_small(figure.plain)
        return FEW if few else f"{best.label}: {figure.said.get(best.value, 0):,} of {figure.plain:,}"
    if figure is None or not figure.answered:
        return "No scores"
    if _hidden(one, figure):
        return FEW
    if rescaled:
        mean = rounded(_value(newest, one, figure, rescaled=True) * 100, 0)
        return f"{mean} of 100 ({figure.answered} scored)"
    share = percent(_value(newest, one, figure, rescaled=False))
    return f"{share} ({figure.compliant(newest.test)} of {figure.answered})"


def _value(newest: Round, one: Round, figure: ItemFigure, *, rescaled: bool) -> Fraction:
    found = figure.mean(one.framework.scale) if rescaled else figure.share(newest.test)
    return found if found is not None else Fraction(0)


def _change(rounds: Sequence[Round], trace: Trace) -> Fraction | None:
    """The newest figure minus the one before it, where both may be shown and set side by side."""
    if not trace.steps or not trace.steps[0].is_comparable:
        return None
    now = rounds[0].figures.items.get(trace.item)
    was = rounds[1].figures.items.get(trace.steps[0].item)
    if now is None or was is None or not now.answered or not was.answered:
        return None
    if _hidden(rounds[0], now) or _hidden(rounds[1], was):
        return None
    rescaled = _rescaled(rounds, trace)
    return _value(rounds[0], rounds[0], now, rescaled=rescaled) - _value(
        rounds[0], rounds[1], was, rescaled=rescaled
    )


def _said_not_to_apply(rounds: Sequence[Round], traces: Sequence[Trace]) -> list[Grid]:
    """Items more agencies said not to apply to them than in the cycle before, the steepest first."""
    if len(rounds) < 2 or any(one.for_board and is_small(one.figures.returns) for one in rounds[:2]):
        return []
    was: dict[str, NaRate] = {}
    now: dict[str, NaRate] = {}
    for trace in traces:
        if trace.steps[0].is_comparable:
            for kept, one, key in ((now, rounds[0], trace.item), (was, rounds[1], trace.steps[0].item)):
                if (figure := one.figures.items.get(key)) is not None:
                    said = figure.answered + figure.plain + figure.not_applicable
                    kept[trace.item] = NaRate(figure.not_applicable, said)
    framework = rounds[0].framework
    rows = tuple(
        (
            f"{framework.numbers[one.of]} {framework.items[one.of].text}", one.was.share, one.was.not_applicable,
            one.now.share, one.now.not_applicable,
        )
        for one in rising(was, now)
    )  # fmt: skip
    columns = (
        Col("item", "Item"), Col("was", "Rate before", Kind.SHARE), Col("was_n", "Agencies before", Kind.COUNT),
        Col("now", "Rate now", Kind.SHARE), Col("now_n", "Agencies now", Kind.COUNT),
    )  # fmt: skip
    return (
        [Grid("Said not to apply more often than before", columns, rows, said=(NA_SIGNAL,))] if rows else []
    )


def _gone(rounds: Sequence[Round]) -> list[Grid]:
    rows = []
    for after, before in pairwise(rounds):
        for key in dropped(before.framework, after.framework):
            title = f"{before.framework.numbers[key]} {before.framework.items[key].text}"
            rows.append((title, before.cycle.title, WHY_NOT[Became.DROPPED]))
    if not rows:
        return []
    columns = (Col("item", "Item"), Col("cycle", "Last asked in"), Col("why", "What became of it"))
    return [Grid("No longer asked", columns, tuple(rows))]
