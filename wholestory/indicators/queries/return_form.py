"""A return as its page needs it: the lines, what stands in each, what was sent before, and what is odd."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from wholestory.indicators.models import AgencyReturn, Submission, SubmissionState, Value
from wholestory.indicators.queries.measure_versions import versions_of
from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.figures import Figure, in_words
from wholestory.indicators.rules.lines import Line, lines_of
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import back
from wholestory.indicators.rules.return_checks import Checked, History, check

#: How long before a return its past is looked at: enough for a chart with settled limits.
QUARTERS_OF_PAST = 24


def key_of(measure: str, breakdown: str, label: str) -> str:
    """The key of the line that a value stands in."""
    return "|".join((measure, breakdown, label)) if breakdown else measure


def figure_of(value: Any) -> Figure:
    """A stored value as a figure."""
    return Figure(value.numerator, value.denominator, value.amount, value.percentage, value.nothing)


def lines_of_return(ret: AgencyReturn) -> list[Line]:
    """What was asked, as it was frozen: at most one query."""
    wanted = {(ask["measure"], ask["version"]) for ask in ret.asks}
    return lines_of(ret.asks, versions_of(ret.board_id, wanted), ret.period_start, ret.period_end)


def draft_of(ret: AgencyReturn) -> Submission | None:
    """What is being filled in or waits for a second person; a file that is only looked at is neither. One query."""
    rows = Submission.objects.filter(
        of_return=ret, state__in=(SubmissionState.DRAFT, SubmissionState.WAITING)
    )
    rows = rows.exclude(about__has_key="looking").select_related("record", "by")
    return rows.order_by("-number").first()


def in_force_of(ret: AgencyReturn) -> Submission | None:
    """What was sent last and counts: one query."""
    rows = Submission.objects.filter(of_return=ret, state=SubmissionState.IN_FORCE)
    return rows.select_related("record", "by", "approved_by").order_by("-number").first()


def history_of(ret: AgencyReturn, lines: list[Line]) -> History:
    """What is in force for earlier periods of the same lines: one query."""
    found: dict[str, dict[Period, Figure]] = defaultdict(dict)
    earliest = back(Period(ret.period_start, ret.period_end), QUARTERS_OF_PAST).start
    rows = Value.objects.filter(
        board=ret.board_id, agency=ret.agency_id, in_force=True, area=None, period_end__lt=ret.period_end,
        period_start__gte=earliest, measure__in={line.measure for line in lines},
    )  # fmt: skip
    for value in rows:
        key = key_of(value.measure, value.breakdown, value.label)
        found[key][Period(value.period_start, value.period_end)] = figure_of(value)
    return found


def typed_of(submission: Submission | None) -> dict[str, Typed]:
    """What stands in each line."""
    stored = submission.typed.get("rows", {}) if submission else {}
    return {key: Typed.of(row) for key, row in stored.items()}


def reasons_of(submission: Submission | None) -> dict[str, str]:
    """Why queries were accepted, by their code."""
    return dict(submission.typed.get("reasons", {})) if submission else {}


@dataclass(frozen=True)
class Form:
    """Everything about a return that is being filled in."""

    ret: AgencyReturn
    submission: Submission | None
    lines: list[Line]
    history: History
    typed: dict[str, Typed]
    checked: Checked

    def before(self, line: Line, quarters: int) -> str:
        """What was in force so many quarters earlier, in words; empty when there was nothing."""
        period = back(Period(line.period_start, line.period_end), quarters)
        figure = self.history.get(line.key, {}).get(period)
        return in_words(figure, line.definition) if figure is not None else ""


def form_of(
    ret: AgencyReturn, *, complete: bool = False, submission: Submission | None = None, drafts: bool = True
) -> Form:
    """A return that is being filled in, looked through; without ``drafts`` only what was sent. Three queries for any
    number of lines."""
    submission = submission or (draft_of(ret) if drafts else None)
    lines = lines_of_return(ret)
    history = history_of(ret, lines)
    typed = typed_of(submission)
    checked = check(lines, typed, history, reasons_of(submission), complete=complete)
    return Form(ret, submission, lines, history, typed, checked)


@dataclass(frozen=True)
class ShownLine:
    """A line as it was sent, for reading."""

    key: str
    code: str
    title: str
    part: str
    words: str
    note: str
    mark: str
    numerator: Decimal | None
    denominator: Decimal | None
    percentage: Decimal | None
    nothing: str


def sent_lines(submission: Submission, lines: list[Line]) -> list[ShownLine]:
    """The figures of a submission in the order of the form: one query."""
    rows = Value.objects.filter(submission=submission)
    values = {key_of(row.measure, row.breakdown, row.label): row for row in rows}
    return [
        ShownLine(
            line.key, line.measure, line.definition.title, line.part,
            in_words(figure_of(value), line.definition), value.note,
            value.get_mark_display() if value.mark != "final" else "",
            value.numerator if value.numerator is not None else value.amount, value.denominator, value.percentage,
            value.get_nothing_display() if value.nothing else "",
        )
        for line in lines
        if (value := values.get(line.key)) is not None
    ]  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """One line of the difference between two versions of a return."""

    title: str
    before: str
    after: str


def differences(earlier: Submission, later: Submission, lines: list[Line]) -> list[Changed]:
    """What a later version changed: one query."""
    rows = Value.objects.filter(submission__in=(earlier, later))
    by: dict[UUID, dict[str, Value]] = {earlier.pk: {}, later.pk: {}}
    for row in rows:
        by[row.submission_id][key_of(row.measure, row.breakdown, row.label)] = row
    found = []
    for line in lines:
        old, new = by[earlier.pk].get(line.key), by[later.pk].get(line.key)
        said = [in_words(figure_of(one), line.definition) if one else "nothing" for one in (old, new)]
        if said[0] != said[1]:
            found.append(Changed(line.title, *said))
    return found


def versions(ret: AgencyReturn) -> list[Submission]:
    """Every version that was ever sent, the newest first: one query."""
    rows = Submission.objects.filter(
        of_return=ret, state__in=(SubmissionState.IN_FORCE, SubmissionState.REPLACED)
    )
    return list(rows.select_related("by", "approved_by").order_by("-number"))
