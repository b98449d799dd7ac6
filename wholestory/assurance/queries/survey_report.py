"""The results of a survey as a page and its files show them: staff, and leaders beside staff."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from wholestory.assurance.queries.survey import Names
from wholestory.assurance.reports.base import Col, Grid, Kind, Report, signed
from wholestory.assurance.rules.survey import Line, Results
from wholestory.assurance.rules.survey_edges import FEW
from wholestory.assurance.rules.survey_gap import Gap
from wholestory.assurance.rules.survey_groups import TOGETHER

KEPT_BACK = "kept back"

_STATEMENT = Col("statement", "Statement")
_SAID = (Col("answered", "Answered", Kind.COUNT), Col("agree", "Agree", Kind.SHARE))
_DONT_KNOW = Col("dont_know", "Don’t know", Kind.COUNT)


def share(line: Line | None) -> Fraction | str:
    """The share that agrees, a bound of it in words, or that it is kept back."""
    if line is None or line.answered is None:
        return KEPT_BACK
    return line.bounded or (line.share if line.share is not None else KEPT_BACK)


def _answered(line: Line | None) -> int | str:
    return KEPT_BACK if line is None or line.answered is None else line.answered


def _dont_know(line: Line | None) -> int | str:
    if line is None or line.answered is None:
        return KEPT_BACK
    return line.dont_know if line.dont_know is not None else f"fewer than {FEW}"


def _gap(gap: Gap) -> Fraction | str | None:
    if gap.bounded is None:
        return gap.points
    where, points = gap.bounded
    return f"{where} {signed(points)}"


def made_how(minimum: int) -> tuple[str, ...]:
    """How the figures are made, in sentences that go wherever they go."""
    return (
        "Agree counts “strongly agree” and “agree”, out of those who answered. “Don’t know, or not for me” and"
        " statements left blank are not counted as answers.",
        f"Nothing is shown of fewer than {minimum} people. Smaller groups are put together or kept back, and"
        " sometimes a larger one with them, so that taking figures from each other tells nothing of few people.",
        f"Where fewer than {FEW} people of a group agree, or fewer than {FEW} do not, the share stands as a bound, such"
        " as “over 80 %”: 0 % or 100 % would tell what each of them said. The smaller the group, the wider the bound."
        " Where another figure would narrow it, that figure is kept back too.",
        "Anybody with the link could answer, once or more often. These are the people who chose to answer, and not a"
        " sample of all staff.",
    )


def _everybody(results: Results, names: Names) -> Grid:
    lines = results.of("all")
    rows = tuple(
        (text, _answered(lines.get(key)), share(lines.get(key)), _dont_know(lines.get(key)))
        for key, text in names.statements.items()
    )
    return Grid("What people say", (_STATEMENT, *_SAID, _DONT_KNOW), rows)


def _by_group(results: Results, names: Names) -> Grid | None:
    if len(results.groups) < 2:
        return None
    columns = [
        Col(key, f"{names.groups.get(key, key)} ({n:,} replies)", Kind.SHARE) for key, n in results.groups
    ]
    lines = {key: results.of("group", group=key) for key, _ in results.groups}
    rows = tuple(
        (text, *(share(lines[key].get(statement)) for key, _ in results.groups))
        for statement, text in names.statements.items()
    )
    together = "; ".join(names.groups.get(key, key) for key in results.groups_together)
    said = (f"Put together: {together}.",) if together else ()
    return Grid("Who agrees, by what people do", (_STATEMENT, *columns), rows, said)


def organisations(results: Results, names: Names) -> Grid | None:
    """How many replied from each organisation that may be shown apart."""
    if not results.agencies:
        return None
    rows = tuple((names.agencies.get(key, key), n) for key, n in results.agencies)
    together = "; ".join(names.agencies.get(key, key) for key in results.agencies_together)
    said = (f"Put together or without replies: {together}.",) if together else ()
    return Grid(
        "Replies by organisation",
        (Col("agency", "Organisation"), Col("n", "Replies", Kind.COUNT)),
        rows,
        said,
    )


def of_organisation(results: Results, names: Names, agency: str) -> list[Grid]:
    """What one organisation's people say, by what they do where that may be shown."""
    lines = results.of("agency", agency)
    name = names.agencies.get(agency, agency)
    rows = tuple(
        (text, _answered(lines.get(key)), share(lines.get(key))) for key, text in names.statements.items()
    )
    grids = [Grid(f"What people say: {name}", (_STATEMENT, *_SAID), rows)]
    groups = results.opened(agency)
    if groups:
        inside = {group: results.of("inside", agency, group) for group in groups}
        columns = tuple(Col(group, names.groups.get(group, group), Kind.SHARE) for group in groups)
        shares = tuple(
            (text, *(share(inside[group].get(key)) for group in groups))
            for key, text in names.statements.items()
        )
        grids.append(Grid(f"Who agrees, by what people do: {name}", (_STATEMENT, *columns), shares))
    return grids


def gap_grid(gaps: Sequence[Gap], names: Names) -> Grid:
    """Leaders beside staff, with how many each rests on."""
    columns = (
        _STATEMENT,
        Col("leaders", "Leaders: compliant", Kind.SHARE),
        Col("scores", "Scores", Kind.COUNT),
        Col("returns", "Returns", Kind.COUNT),
        Col("mean", "Leaders’ mean, of 100", Kind.MEAN),
        Col("staff", "Staff: agree", Kind.SHARE),
        Col("answered", "Staff who answered", Kind.COUNT),
        Col("gap", "Gap, in points", Kind.POINTS),
    )
    rows = tuple(
        (
            names.statements.get(gap.statement, gap.statement), gap.leaders.share, gap.leaders.scored,
            gap.leaders.returns, gap.leaders.mean, share(gap.staff), _answered(gap.staff), _gap(gap),
        )
        for gap in gaps
    )  # fmt: skip
    return Grid(
        "Leaders beside staff",
        columns,
        rows,
        (
            "These are two different measures: leaders scored their organisation against a description, staff said"
            " whether a sentence is true for them. A wide gap is a reason to ask why, and not a score.",
            "A gap above nought: leaders think better of it than staff do. Widest first.",
        ),
        empty="There is nothing to compare yet: no result of the self-assessment counts here so far.",
    )


def report(
    results: Results,
    names: Names,
    gaps: Sequence[Gap],
    *,
    of: str,
    agencies: Sequence[str] | None = None,
    own: str = "",
) -> Report:
    """Everything as one report. ``agencies`` are those to write out (all that may be shown, when left out); ``own``
    is the organisation this is for, which is shown its own people and nobody else's."""
    made = made_how(results.minimum)
    if own:
        headline = (
            f"{results.replies:,} people who work or volunteer for {names.agencies.get(own, own)} replied.",
        )
        return Report(
            "Practitioner survey", of, headline, made, (*of_organisation(results, names, own), gap_grid(gaps, names)),
            name=f"Practitioner survey, {of}",
        )  # fmt: skip
    wanted = [key for key, n in results.agencies if n] if agencies is None else agencies
    each = [grid for key in wanted for grid in of_organisation(results, names, key)]
    each = each if len(results.agencies) > 1 else []
    grids = [_everybody(results, names), gap_grid(gaps, names)]
    # Looking at one organisation, what its people say comes first; the list of all of them, with its notes, is last.
    grids = [*each, *grids] if agencies else grids
    grids += [grid for grid in (_by_group(results, names),) if grid] + ([] if agencies else each)
    grids += [grid for grid in (organisations(results, names),) if grid]
    return Report(
        "Practitioner survey", of, (f"{results.replies:,} people replied.",), made, tuple(grids),
        name=f"Practitioner survey, {of}",
    )  # fmt: skip


def chosen(results: Results, key: str) -> str:
    """The organisation a page asks for, if it may be shown apart; otherwise nothing."""
    return key if key != TOGETHER and dict(results.agencies).get(key) else ""
