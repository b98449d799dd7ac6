"""From replies to figures: how many agree, where enough people answered to say so, and the gap to the leaders' scores.

Source: domain notes on quality assurance, 1.3 (practitioner survey beside the audit), 1.6, 1.7 and 6.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from wholestory.assurance.rules.survey_edges import (
    FEW,
    How,
    Part,
    at_the_edge,
    bound,
    crossing_tells,
    protect,
    told,
)
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
    """What some people say of one statement. ``answered`` leaves "don't know" and blanks out; None: kept back.

    ``agree`` is None where the share would tell what each of them said; ``over`` or ``under`` then bounds it, in
    percent. ``dont_know`` is counted over everybody only, and None where it is a few.
    """

    statement: str
    scope: Scope
    agency: str
    group: str
    answered: int | None
    agree: int | None
    dont_know: int | None
    over: int | None = None
    under: int | None = None

    @property
    def share(self) -> Fraction | None:
        """Agreed, of those who answered. None when kept back, when bounded, or when nobody answered."""
        return Fraction(self.agree, self.answered) if self.answered and self.agree is not None else None

    @property
    def bounded(self) -> str:
        """``over 80 %``, ``under 20 %``; empty where the share stands as it is or is kept back."""
        if self.over is not None:
            return f"over {self.over} %"
        return f"under {self.under} %" if self.under is not None else ""


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
            "few": FEW,
            "lines": [
                [
                    ln.statement,
                    ln.scope,
                    ln.agency,
                    ln.group,
                    ln.answered,
                    ln.agree,
                    ln.dont_know,
                    ln.over,
                    ln.under,
                ]
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
            tuple(Line(*line) if "few" in data else _before_bounds(*line) for line in data["lines"]),
        )


def _before_bounds(statement: str, scope: Scope, agency: str, group: str, *said: int | None) -> Line:
    """A line stored when shares near none and all were shown as they are: of these, only everybody's, and bounded."""
    answered, agree, _ = said
    if scope != "all" or not answered or agree is None:
        return Line(statement, scope, agency, group, None, None, None)
    return _line(statement, scope, agency, group, (answered, agree), How.AS_IS)


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

    def part(cells: Iterable[tuple[str, str]]) -> Part:
        some = list(cells)
        return sum(answered[cell] for cell in some), sum(agree[cell] for cell in some)

    by_row = {row: part((row, c) for c in columns.keys) for row in rows.keys}
    by_column = {c: part((row, c) for row in rows.keys) for c in columns.keys}
    everybody = part(answered)
    if not here.total:
        row_how, column_how = dict.fromkeys(by_row, How.KEPT), dict.fromkeys(by_column, How.KEPT)
    else:
        row_how, column_how = _how(by_row, here.rows), _how(by_column, here.columns)
        if _crossed(by_row, row_how, by_column, column_how, lambda row, c: part([(row, c)])):
            column_how = dict.fromkeys(by_column, How.KEPT)
    out = [
        _line(
            statement, "all", "", "", everybody, How.AS_IS if here.total else How.KEPT, sum(unsure.values())
        )
    ]
    if len(columns.keys) > 1:
        out += [_line(statement, "group", "", c, by_column[c], column_how[c]) for c in columns.keys]
    if len(rows.keys) > 1:
        out += [_line(statement, "agency", row, "", by_row[row], row_how[row]) for row in rows.keys]
    if len(columns.keys) > 1 and len(rows.keys) > 1:
        whole = {row for row in here.inside if row_how[row] is How.AS_IS}
        if any(how is not How.AS_IS and by_column[c][0] for c, how in column_how.items()):
            whole = set()
        opened = _opened(whole, rows.keys, columns.keys, lambda row, c: part([(row, c)]))
        for row in (row for row in rows.keys if row in frame.inside):
            how = How.AS_IS if row in opened else How.KEPT
            out += [_line(statement, "inside", row, c, part([(row, c)]), how) for c in columns.keys]
    return out


def _line(
    statement: str, scope: Scope, agency: str, group: str, part: Part, how: How, unsure: int = 0
) -> Line:
    if how is How.KEPT or not part[0]:
        return Line(statement, scope, agency, group, None, None, None)
    dont_know = unsure if scope == "all" and unsure >= FEW else None
    if at_the_edge(part):
        return Line(statement, scope, agency, group, part[0], None, dont_know, *bound(part))
    return Line(statement, scope, agency, group, *part, dont_know)


def _how(parts: Mapping[str, Part], may: Collection[str]) -> dict[str, How]:
    """How each row's or column's share leaves; those that may not be shown at all are kept back."""
    seen = [key for key in parts if key in may]
    hidden = [part for key, part in parts.items() if key not in may]
    unseen = sum(n for n, _ in hidden), sum(yes for _, yes in hidden)
    found = dict(zip(seen, protect([parts[key] for key in seen], unseen), strict=True))
    return {key: found.get(key, How.KEPT) for key in parts}


def _crossed(
    rows: Mapping[str, Part],
    row_how: Mapping[str, How],
    columns: Mapping[str, Part],
    column_how: Mapping[str, How],
    cell: Callable[[str, str], Part],
) -> bool:
    """Whether organisations and staff groups, taken together, tell what some people inside one of them said."""
    if len(rows) < 2 or len(columns) < 2:
        return False
    total = sum(n for n, _ in rows.values()), sum(yes for _, yes in rows.values())
    of_rows = zip(rows.items(), told(list(rows.values()), list(row_how.values())), strict=True)
    of_columns = list(
        zip(columns.items(), told(list(columns.values()), list(column_how.values())), strict=True)
    )
    return any(
        crossing_tells(cell(row, column), (across[0], known), (down[0], there), total)
        for (row, across), known in of_rows
        for (column, down), there in of_columns
    )


def _opened(
    may: Collection[str],
    rows: Sequence[str],
    columns: Sequence[str],
    cell: Callable[[str, str], Part],
) -> set[str]:
    """The rows whose cells may be shown: none of them at the edge, nor what remains of a column outside them."""
    opened = {row for row in may if not any(at_the_edge(cell(row, c)) for c in columns)}
    while opened:
        shut = [[cell(row, c) for row in rows if row not in opened] for c in columns]
        if not any(at_the_edge((sum(n for n, _ in rest), sum(yes for _, yes in rest))) for rest in shut):
            break
        opened.remove(min(opened, key=lambda row: (sum(cell(row, c)[0] for c in columns), row)))
    return opened
