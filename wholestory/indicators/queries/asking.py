"""Who is asked for what, as a table of measures and agencies, and one agency's own list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.catalogue.words import THEMES
from wholestory.indicators.models import Asked
from wholestory.partners.models import Agency, Board
from wholestory.partners.queries import agencies as partners


def agencies_of(board: Board, today: date) -> list[Agency]:
    """The agencies that answer to a board today, by name."""
    found = [agency for agency in partners.of_board(board, today) if getattr(agency, "answers", False)]
    return sorted(found, key=lambda agency: (agency.name.casefold(), agency.id))


@dataclass(frozen=True)
class Matrix:
    """Each row is a measure: code, title, theme, and a word for each agency by its slug."""

    agencies: tuple[Agency, ...]
    rows: tuple[Mapping[str, str], ...]


def matrix(
    board: Board, measures: Mapping[str, Definition], today: date, *, theme: str = "", agency: str = ""
) -> Matrix:
    """Every measure somebody is asked for, with who is: one query. ``theme`` and ``agency`` (a slug) narrow it."""
    rows = Asked.objects.filter(board=board).filter(Q(to_on=None) | Q(to_on__gte=today))
    if agency:
        rows = rows.filter(agency__slug=agency)
    said: dict[str, dict[str, str]] = {}
    named: dict[str, Agency] = {}
    for row in rows.select_related("agency").order_by("agency__name", "from_on"):
        definition = measures.get(row.measure)
        if definition is None or (theme and definition.theme != theme):
            continue
        named[row.agency.slug] = row.agency
        said.setdefault(row.measure, {})[row.agency.slug] = _word(row)
    lines = tuple(
        {
            "code": code, "title": each.title, "theme": THEMES.get(each.theme, each.theme),
            **{slug: said[code].get(slug, "") for slug in named},
        }
        for code, each in measures.items()
        if code in said
    )  # fmt: skip
    return Matrix(tuple(named.values()), lines)


def _word(row: Asked) -> str:
    if row.not_held:
        return "Not held"
    if row.to_on is not None:
        return f"Until {row.to_on:%d/%m/%Y}"
    return "Asked"


@dataclass(frozen=True)
class AskedLine:
    """One thing an agency is asked for."""

    id: UUID
    code: str
    title: str
    since: date
    not_held: bool
    steward: str
    breakdowns: str


def asked_of(board: Board, agency: Agency, measures: Mapping[str, Definition]) -> list[AskedLine]:
    """What one agency is asked for now, in the order of the catalogue: one query."""
    rows = {row.measure: row for row in Asked.objects.filter(board=board, agency=agency, to_on=None)}
    return [
        AskedLine(
            row.id, code, each.title, row.from_on, row.not_held, row.steward,
            ", ".join(split.title for split in each.breakdowns if split.key in row.breakdowns),
        )
        for code, each in measures.items()
        if (row := rows.get(code)) is not None
    ]  # fmt: skip


def offered_to(agency: Agency, measures: Mapping[str, Definition]) -> list[Definition]:
    """The measures an agency of this sector provides, or every agency does; a board can ask for others as well."""
    return [each for each in measures.values() if {agency.sector, "every_agency"} & set(each.providers)]


def breakdowns_of(offered: Sequence[Definition]) -> list[tuple[str, str]]:
    """The breakdowns these measures have, each once."""
    found: dict[str, str] = {}
    for each in offered:
        found |= {split.key: split.title for split in each.breakdowns if split.labels}
    return list(found.items())
