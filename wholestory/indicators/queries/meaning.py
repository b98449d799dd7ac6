"""Which figures of a return the agency has to put into words, and why."""

from __future__ import annotations

from wholestory.indicators.models import Target
from wholestory.indicators.queries.return_form import QUARTERS_OF_PAST, Form
from wholestory.indicators.rules.commentary import Past, needs_commentary
from wholestory.indicators.rules.lines import Line
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import back, is_quarter


def wanted(form: Form) -> dict[str, str]:
    """By the code of the measure: why words are needed. One query."""
    totals = [line for line in form.lines if not line.breakdown]
    rows = Target.objects.filter(
        board=form.ret.board_id, measure__in={line.measure for line in totals},
        from_on__lte=form.ret.period_end,
    )  # fmt: skip
    targets = {row.measure: row.thresholds for row in rows.order_by("from_on", "created_at")}
    figures = {entry.line.key: entry.figure for entry in form.checked.entries}
    found = {}
    for line in totals:
        why = needs_commentary(
            line.definition, figures[line.key], _past(form, line), targets.get(line.measure),
            "this period", line.period_end,
        )  # fmt: skip
        if why:
            found[line.measure] = why
    return found


def _past(form: Form, line: Line) -> Past:
    """The earlier periods of a line, oldest first, none left out: a missing quarter is a gap and no bridge."""
    here = form.history.get(line.key, {})
    period = Period(line.period_start, line.period_end)
    if not is_quarter(period):
        return [(each.label, each.end, here[each]) for each in sorted(here) if each < period]
    quarters = [back(period, n) for n in range(QUARTERS_OF_PAST, 0, -1)]
    return [(each.label, each.end, here.get(each)) for each in quarters]
