"""Everything a page says of one measure: its figure, chart and parts, who answers for it and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from wholestory.indicators.catalogue import Breakdown, Definition
from wholestory.indicators.models import Asked, Commentary
from wholestory.indicators.queries import charted, comparing, pooled, provenance, series
from wholestory.indicators.queries import scorecard as cards
from wholestory.indicators.queries.among import among
from wholestory.indicators.queries.charted import Charted
from wholestory.indicators.queries.comparing import Comparison
from wholestory.indicators.queries.decided import Decided, decided
from wholestory.indicators.queries.pooled import Known, Whole
from wholestory.indicators.queries.provenance import Link
from wholestory.indicators.queries.scorecard import BACK, PLACES, Row, Wanted
from wholestory.indicators.queries.series import Line
from wholestory.indicators.rules.among_areas import Among
from wholestory.indicators.rules.gaps import Gaps, Group, gaps
from wholestory.indicators.rules.standing import Direction, Standing, standing

#: Parts of whom something was not recorded are shown and never compared.
_UNKNOWN = frozenset(["not_known", "unborn"])
#: Breakdowns that are asked about for equality; the others show how a figure is made up.
EQUALITY = frozenset(["age_band", "sex", "ethnicity", "disability", "area"])


@dataclass(frozen=True, slots=True)
class Part:
    """One breakdown: its groups with gaps and intervals, and who sent it."""

    breakdown: Breakdown
    gaps: Gaps
    sent: int


@dataclass(frozen=True, slots=True)
class OfAgency:
    """One agency’s own figure of the same window, or what it is asked for and did not send."""

    key: UUID | None
    name: str
    whole: Whole
    standing: Standing
    steward: str = ""
    not_held: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of one measure shows."""

    row: Row
    chart: Charted | None
    comparison: Comparison
    agencies: Sequence[OfAgency]
    parts: Sequence[Part]
    said: Sequence[Commentary]
    links: Sequence[Link]
    decided: Decided
    known: Known
    a_year: Direction
    among: Among | None = None


def page(
    wanted: Wanted, measure: Definition, agencies: Mapping[UUID, str], *, own_only: bool = False
) -> Page:
    """The page of one measure: about twelve questions, whatever there is. ``own_only`` leaves out what only the board’s
    team sees, for the page of an agency’s own people."""
    known = Known(agencies, comparing.populations(wanted.board))
    made = decided(wanted.board, [measure.code])
    owed = cards.asked_for(wanted.board, wanted.window(measure), wanted.agency).get(measure.code, [])
    first = wanted.basis.before(wanted.period, BACK - 1).start
    lines = cards.with_own(wanted, measures=[measure.code], first=first, last=wanted.period.end)
    row = cards.row(wanted, measure, lines, owed, known, made)
    about = comparing.known(wanted.board, [measure], row.window.end)
    comparison = comparing.compared(about, measure)
    return Page(
        row,
        charted.charted(
            lines, measure, wanted.period, wanted.basis, known, made, back=BACK, monthly=True
        ),
        comparison,
        () if own_only else _agencies(lines, measure, row, owed, known),
        _parts(wanted, measure, row, known),
        said_of(wanted, measure.code),
        provenance.chain(provenance.behind(wanted, measure.code, row.window)),
        made,
        known,
        cards.a_year_ago(row, lines, known),
        among(wanted.board, measure, comparison, row.window.end),
    )  # fmt: skip


def _agencies(
    lines: Sequence[Line], measure: Definition, row: Row, owed: Sequence[Asked], known: Known
) -> list[OfAgency]:
    """Each agency that sends or owes it, by name."""
    found = pooled.by_agency(lines, measure, row.window, known)
    asked = {each.agency_id: each for each in owed}
    rows = []
    keys: list[UUID | None] = [*found, *(key for key in asked if key not in found)]
    for key in keys:
        whole, ask = found.get(key, pooled.NOTHING), asked.get(key) if key else None
        rows.append(
            OfAgency(
                key, known.name(key), whole, standing(whole.figure, measure, row.standards),
                ask.steward if ask else "", bool(ask and ask.not_held),
            )
        )  # fmt: skip
    return sorted(rows, key=lambda each: each.name.casefold())


def _parts(wanted: Wanted, measure: Definition, row: Row, known: Known) -> list[Part]:
    """The breakdowns of the figure, with gaps: one question. Not inside one place, which is a part itself."""
    if wanted.place or not measure.breakdowns:
        return []
    keys = [each.key for each in measure.breakdowns]
    lines = cards.narrowed(
        wanted, measures=[measure.code], first=row.window.start, last=row.window.end, breakdowns=keys
    )
    found = []
    for each in measure.breakdowns:
        own = list(series.parts(lines, each.key))
        if own:
            found.append(_part(each, own, measure, row, known))
    return found


def _part(each: Breakdown, lines: Sequence[Line], measure: Definition, row: Row, known: Known) -> Part:
    titles = {label.key: label.title for label in each.labels}
    order = list(titles) + sorted({line.label for line in lines} - set(titles))
    groups = []
    for label in order:
        own = [line for line in lines if line.label == label]
        if own:
            # What was published is of all children: a part has no population of its own unless it was sent.
            whole = pooled.whole(own, measure, row.window, Known(known.names))
            title = titles.get(label) or (known_name(label, known) if each.key == "agency" else label)
            groups.append(Group(_tidy(title), whole.figure, label not in _UNKNOWN))
    return Part(each, gaps(groups, measure), len({line.agency for line in lines}))


def known_name(label: str, known: Known) -> str:
    """An agency by its key, where a part is named by one."""
    return next((name for key, name in known.names.items() if str(key) == label), label)


def _tidy(title: str) -> str:
    return title.replace("_", " ").capitalize() if title == title.lower() else title


def said_of(wanted: Wanted, measure: str) -> list[Commentary]:
    """What each agency says of its figure of this period, the newest word of each: one question."""
    rows = Commentary.objects.filter(
        measure=measure, period_end=wanted.period.end, of_return__board=wanted.board
    )
    if wanted.agency is not None:
        rows = rows.filter(agency=wanted.agency)
    newest = {
        each.agency_id: each for each in rows.select_related("agency", "by").order_by("at", "created_at")
    }
    return sorted(newest.values(), key=lambda each: each.agency.name)


__all__ = ["PLACES", "OfAgency", "Page", "Part", "page", "said_of"]
