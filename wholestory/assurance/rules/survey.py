"""From replies to figures: how many agree, where enough people answered to say so, and the gap to the leaders' scores.

Source: domain notes on quality assurance, 1.3 (practitioner survey beside the audit), 1.6, 1.7 and 6.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from wholestory.assurance.rules.survey_groups import TOGETHER, Merged, Shown, merge, shown

AGREES = frozenset({"strongly_agree", "agree"})
ANSWERED = frozenset({*AGREES, "neither", "disagree", "strongly_disagree"})
DONT_KNOW = "dont_know"

#: Below this no board may set its minimum.
LEAST_MINIMUM = 5
USUAL_MINIMUM = 10

Scope = Literal["all", "agency", "group", "inside"]


@dataclass(frozen=True)
class Reply:
    """One reply: the organisation's key, the staff group's, and the answer to each statement that was answered."""

    agency: str
    group: str
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Line:
    """What some people say of one statement. ``answered`` leaves "don't know" and blanks out; None: kept back."""

    statement: str
    scope: Scope
    agency: str
    group: str
    answered: int | None
    agree: int | None
    dont_know: int | None

    @property
    def share(self) -> Fraction | None:
        """Agreed, of those who answered. None when kept back or when nobody answered."""
        return Fraction(self.agree or 0, self.answered) if self.answered else None


@dataclass(frozen=True)
class Results:
    """Everything that may be shown of a closed survey. ``agencies`` and ``groups`` are (key, replies)."""

    replies: int
    minimum: int
    agencies: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]
    agencies_together: tuple[str, ...]
    groups_together: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def enough(self) -> bool:
        """Whether anything at all may be shown."""
        return self.replies >= self.minimum

    def of(self, scope: Scope, agency: str = "", group: str = "") -> dict[str, Line]:
        """The lines of one group of people, by statement."""
        return {
            line.statement: line
            for line in self.lines
            if (line.scope, line.agency, line.group) == (scope, agency, group)
        }

    def opened(self, agency: str) -> list[str]:
        """The staff groups shown inside one organisation."""
        return list(
            dict.fromkeys(ln.group for ln in self.lines if ln.scope == "inside" and ln.agency == agency)
        )

    def only(self, agency: str) -> Results:
        """What one organisation is shown: its own people and nobody else's. Nothing when it does not stand alone."""
        lines = tuple(ln for ln in self.lines if ln.scope in ("agency", "inside") and ln.agency == agency)
        mine = tuple(pair for pair in self.agencies if pair[0] == agency and agency != TOGETHER)
        return Results(mine[0][1] if mine else 0, self.minimum, mine, (), (), (), lines if mine else ())

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            **{k: getattr(self, k) for k in ("replies", "minimum")},
            **{k: [list(pair) for pair in getattr(self, k)] for k in ("agencies", "groups")},
            **{k: list(getattr(self, k)) for k in ("agencies_together", "groups_together")},
            "lines": [
                [ln.statement, ln.scope, ln.agency, ln.group, ln.answered, ln.agree, ln.dont_know]
                for ln in self.lines
            ],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Results:
        """Back from JSON."""
        return cls(
            data["replies"],
            data["minimum"],
            tuple((key, n) for key, n in data["agencies"]),
            tuple((key, n) for key, n in data["groups"]),
            tuple(data["agencies_together"]),
            tuple(data["groups_together"]),
            tuple(Line(*line) for line in data["lines"]),
        )


def results(
    replies: Sequence[Reply],
    statements: Sequence[str],
    agencies: Sequence[str],
    groups: Sequence[str],
    minimum: int,
) -> Results:
    """Work out all that may be shown. ``agencies`` and ``groups`` are what people could choose, in order.

    Raises ValueError for a minimum below ``LEAST_MINIMUM``.
    """
    if minimum < LEAST_MINIMUM:
        raise ValueError(f"the minimum is {LEAST_MINIMUM} at least")
    if len(replies) < minimum:
        return Results(0, minimum, (), (), (), (), ())
    by_agency, by_group = Counter(r.agency for r in replies), Counter(r.group for r in replies)
    rows = merge({key: by_agency[key] for key in agencies}, minimum)
    columns = merge({key: by_group[key] for key in groups}, minimum)
    people = Counter((rows.place(r.agency), columns.place(r.group)) for r in replies)
    frame = shown(people, rows.keys, columns.keys, minimum)
    lines: list[Line] = []
    for statement in statements:
        lines += _lines(statement, replies, rows, columns, frame, minimum)
    return Results(
        len(replies),
        minimum,
        tuple((row, sum(people[row, c] for c in columns.keys)) for row in rows.keys),
        tuple((c, sum(people[row, c] for row in rows.keys)) for c in columns.keys),
        rows.together,
        columns.together,
        tuple(lines),
    )


def _lines(
    statement: str, replies: Sequence[Reply], rows: Merged, columns: Merged, frame: Shown, minimum: int
) -> list[Line]:
    answered: Counter[tuple[str, str]] = Counter()
    agree: Counter[tuple[str, str]] = Counter()
    unsure: Counter[tuple[str, str]] = Counter()
    for reply in replies:
        given = reply.answers.get(statement, "")
        cell = rows.place(reply.agency), columns.place(reply.group)
        answered[cell] += given in ANSWERED
        agree[cell] += given in AGREES
        unsure[cell] += given == DONT_KNOW
    # Who answered this statement is a smaller crowd than who replied: the same rules hold for it once more.
    here = shown(answered, rows.keys, columns.keys, minimum, within=frame.inside)

    def line(scope: Scope, agency: str, group: str, yes: bool, cells: Iterable[tuple[str, str]]) -> Line:
        some = list(cells)
        if not yes:
            return Line(statement, scope, agency, group, None, None, None)
        return Line(
            statement,
            scope,
            agency,
            group,
            *(sum(count[cell] for cell in some) for count in (answered, agree, unsure)),
        )

    everything = [(row, column) for row in rows.keys for column in columns.keys]
    out = [line("all", "", "", here.total, everything)]
    if len(columns.keys) > 1:
        out += [line("group", "", c, c in here.columns, [(r, c) for r in rows.keys]) for c in columns.keys]
    if len(rows.keys) > 1:
        out += [line("agency", r, "", r in here.rows, [(r, c) for c in columns.keys]) for r in rows.keys]
    if len(columns.keys) > 1 and len(rows.keys) > 1:
        for row in rows.keys:
            if row in frame.inside:
                out += [line("inside", row, c, row in here.inside, [(row, c)]) for c in columns.keys]
    return out


@dataclass(frozen=True)
class Leaders:
    """What leaders said of the linked items: compliant, of those scored, in how many returns; the mean from 0 to 1."""

    compliant: int
    scored: int
    returns: int
    mean: Fraction | None

    @property
    def share(self) -> Fraction | None:
        """Compliant, of those that apply and were scored."""
        return Fraction(self.compliant, self.scored) if self.scored else None


@dataclass(frozen=True)
class Gap:
    """Leaders and staff on the same subject. Two different measures: the difference is a reason to ask, no score."""

    statement: str
    leaders: Leaders
    staff: Line | None

    @property
    def points(self) -> Fraction | None:
        """Leaders' share less staff's; None where either cannot be said."""
        if self.leaders.share is None or self.staff is None or self.staff.share is None:
            return None
        return self.leaders.share - self.staff.share

    def as_data(self) -> list[Any]:
        """As JSON holds it; the staff's side is found again among the results."""
        mean = str(self.leaders.mean) if self.leaders.mean is not None else ""
        return [self.statement, self.leaders.compliant, self.leaders.scored, self.leaders.returns, mean]


def gap_from_data(data: Sequence[Any], staff: Line | None) -> Gap:
    """Back from JSON, beside the staff's line."""
    statement, compliant, scored, returns, mean = data
    return Gap(statement, Leaders(compliant, scored, returns, Fraction(mean) if mean else None), staff)


def by_gap(gaps: Iterable[Gap]) -> list[Gap]:
    """Widest first where leaders think better of it than staff; what cannot be compared last."""
    return sorted(gaps, key=lambda gap: (gap.points is None, -(gap.points or Fraction(0))))
