"""An agency's own result, beside the others without their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from wholestory.assurance.definitions.tracing import traced
from wholestory.assurance.queries.own_result import Own, OwnResult
from wholestory.assurance.reports.base import Col, Grid, Kind, Report, plural, signed
from wholestory.assurance.reports.moderation import SHIFT
from wholestory.assurance.reports.trend import WHY_NOT
from wholestory.assurance.rules.figures import SMALLEST_GROUP, Line, moved_of
from wholestory.assurance.rules.rollup import ItemState, compliance_of
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.partners.models import Sector

OTHERS = (
    "The others are those whose results were released, without this one and without a name. They are shown only where"
    f" there are at least {SMALLEST_GROUP}, and a sector only where at least as many are left outside it."
)
_SHARE = "A share of the others is the number compliant on this item, out of those that gave it a score."


@dataclass(frozen=True)
class Reader:
    """How the page speaks: to the agency itself, or to the board's people, who read over its shoulder."""

    agency: str = ""
    """The agency's name, for anybody who is not of it; empty for its own people."""

    @property
    def title(self) -> str:
        """What the page is called."""
        return f"Result of {self.agency}" if self.agency else "Your result"

    @property
    def scores(self) -> str:
        """Whose scores, before they are moderated."""
        return "the agency’s own" if self.agency else "your own"

    @property
    def score(self) -> str:
        """The column of the agency's own scores."""
        return "Own score" if self.agency else "Your score"

    @property
    def sector(self) -> str:
        """The sector the agency is in."""
        return "its sector" if self.agency else "your sector"

    @property
    def result(self) -> str:
        """The result the others stand beside."""
        return "it" if self.agency else "yours"


def own(found: OwnResult, title: str, reader: Reader | None = None) -> Report:
    """The whole page; an agency that has not signed yet finds nothing here, and is told so."""
    to = reader or Reader()
    if found.now is None:
        waits = "Scores stand here once the return is signed."
        return Report(to.title, title, (waits,), (), (), "result")
    now = found.now
    made: tuple[str, ...]
    if now.framework.scored:
        head = _scored_words(now, found, to)
        made = (
            "A standard is the mean of its items that apply and have a score. Not applicable and left blank are"
            " counted apart and are never a score.",
            now.test.label, SHIFT, *(() if found.alone else (OTHERS, _SHARE)),
        )  # fmt: skip
    else:
        head = ["These questions are answered in words. Nothing here is a score, and nothing is added up."]
        made = (
            "Each standard says how many of its questions were answered, do not apply, or were left blank.",
        )
    grids = [
        _standards(now),
        _items(now, found.others, to),
        *([_trend(now, found.earlier)] if found.earlier else []),
    ]
    status = (now.framework.status,) if now.framework.status else ()
    return Report(to.title, title, tuple(head), (*made, *status), tuple(grids), "result")


def _scored_words(now: Own, found: OwnResult, to: Reader) -> list[str]:
    whole = compliance_of(now.standards.values())
    moved = moved_of(now.items, now.framework.scale)
    whose = "With the board’s moderated scores:" if now.is_moderated else f"By {to.scores} scores:"
    head = [f"{whose} {whole.words}"]
    if moved.moderated and moved.shift is not None:
        head.append(
            f"The board moderated {plural(moved.moderated, 'score')}: {moved.lowered} lowered, {moved.raised} raised,"
            f" on average {signed(moved.shift)} points of a hundred."
        )
    if found.alone:
        nobody = f"No other organisation was asked in this round, so nothing stands beside {to.result}."
        return [*head, nobody]
    return [*head, _others_words(found.others, to)]


def _others_words(others: Mapping[str, Any], to: Reader) -> str:
    if not others:
        return "How the others answered is shown once results are released to the board."
    if "all" not in others:
        return f"Fewer than {SMALLEST_GROUP} other results are released, so nothing is shown of them."
    sector = str(Sector(others["sector"]).label).lower()
    of_sector = (
        f", {others['in_sector']:,} of them in {to.sector} ({sector})"
        if "of_sector" in others
        else f"; too few of them are in {to.sector}, or outside it, to show it apart"
    )
    return f"Beside {to.result} stand {others['others']:,} other results{of_sector}."


def _standards(now: Own) -> Grid:
    if not now.framework.scored:
        return _answered(now)
    rows = []
    for n, standard in enumerate(now.framework.standards, 1):
        score = now.standards[standard.key]
        below = score.is_below(now.test)
        rows.append(
            (
                f"{n}. {standard.title}", now.test.show_mean(score.mean) if score.mean is not None else "No score",
                "" if below is None else "No" if below else "Yes", score.answered, score.unanswered,
                score.not_applicable, ", ".join(now.framework.numbers.get(key, key) for key in score.capped_by),
            )
        )  # fmt: skip
    columns = (
        Col("standard", "Standard"), Col("score", "Score"), Col("compliant", "Compliant"),
        Col("answered", "Scored", Kind.COUNT), Col("blank", "Blank", Kind.COUNT), Col("na", "N/A", Kind.COUNT),
        Col("capped", "Held down by"),
    )  # fmt: skip
    return Grid("Standard by standard", columns, tuple(rows))


def _answered(now: Own) -> Grid:
    """Where nothing is scored: how many questions of each standard were answered."""
    rows = []
    for n, standard in enumerate(now.framework.standards, 1):
        score = now.standards[standard.key]
        rows.append((f"{n}. {standard.title}", score.plain, score.unanswered, score.not_applicable))
    columns = (
        Col("standard", "Standard"), Col("answered", "Answered", Kind.COUNT), Col("blank", "Blank", Kind.COUNT),
        Col("na", "N/A", Kind.COUNT),
    )  # fmt: skip
    return Grid("Standard by standard", columns, tuple(rows))


def _items(now: Own, others: Mapping[str, Any], to: Reader) -> Grid:
    framework, scale = now.framework, now.framework.scale
    if not framework.scored:
        said = tuple(
            (f"{framework.numbers[key]} {item.text}", _line(now.items.get(key), scale, now.test)[0])
            for key, item in framework.items.items()
        )
        return Grid("Item by item", (Col("item", "Item"), Col("own", "Answer")), said)
    columns = [
        Col("item", "Item"),
        Col("own", to.score),
        Col("moderated", "Moderated"),
        Col("compliant", "Compliant"),
    ]
    groups = [
        (key, label) for key, label in (("of_sector", to.sector), ("all", "all others")) if key in others
    ]
    for key, label in groups:
        columns += [
            Col(f"{key}_n", f"Scored, {label}", Kind.COUNT),
            Col(key, f"Compliant, {label}", Kind.SHARE),
        ]
    rows = []
    for key, item in framework.items.items():
        line = now.items.get(key)
        own_words, judged, met = _line(line, scale, now.test)
        beside: list[Any] = []
        for group, _ in groups:
            beside += _beside(others[group].get(key, {}), now.test)
        rows.append((f"{framework.numbers[key]} {item.text}", own_words, judged, met, *beside))
    return Grid("Item by item", tuple(columns), tuple(rows))


def _line(line: Line | None, scale: Any, test: CompliantTest) -> tuple[str, str, str]:
    if line is None:
        return "Not asked", "", ""
    state = ItemState(line[0])
    if state is ItemState.PLAIN and line[1]:
        return scale.point(line[1]).label, "", ""
    if state is not ItemState.SCORED:
        return state.label, "", ""
    moderated = scale.point(line[2]).label if line[2] else ""
    return scale.point(line[1]).label, moderated, "Yes" if test.passes(line[2] or line[1]) else "No"


def _beside(spread: Mapping[str, int], test: CompliantTest) -> tuple[int, Fraction | None]:
    """How many of the others gave a score, and the share of them that is compliant; "~" marks what is no score."""
    scored = {value: number for value, number in spread.items() if not value.startswith("~")}
    number = sum(scored.values())
    met = sum(n for value, n in scored.items() if test.passes(value))
    return number, Fraction(met, number) if number >= SMALLEST_GROUP else None


def _trend(now: Own, earlier: tuple[Own, ...]) -> Grid:
    rows = []
    for trace in traced([now.framework, *(one.framework for one in earlier)]):
        cells = [_line(now.items.get(trace.item), now.framework.scale, now.test)]
        said = [cells[0][1] or cells[0][0]]
        for one, step in zip(earlier, trace.steps, strict=True):
            if not step.is_comparable:
                said.append(WHY_NOT[step.kind])
                continue
            words = _line(one.items.get(step.item), one.framework.scale, one.test)
            said.append(words[1] or words[0])
        title = f"{now.framework.numbers[trace.item]} {now.framework.items[trace.item].text}"
        rows.append((title, *reversed(said), "Reworded" if trace.is_reworded else ""))
    years = [f"{one.ret.issued_on:%B %Y}" for one in (now, *earlier)]
    columns = (
        Col("item", "Item"), *(Col(f"y{n}", year) for n, year in enumerate(reversed(years))), Col("mark", "Mark"),
    )  # fmt: skip
    return Grid("From one return to the next", columns, tuple(rows))
