"""Published figures as they are loaded: the releases, what is in one, the neighbours of an area and since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, QuerySet

from wholestory.indicators.benchmarks import ENGLAND, PublishedFigure, Reading, published, tables
from wholestory.indicators.benchmarks.areas import areas
from wholestory.indicators.benchmarks.shipped import POPULATION_MEASURE
from wholestory.indicators.benchmarks.symbols import SYMBOLS
from wholestory.indicators.models import Benchmark, Neighbours, Release
from wholestory.indicators.queries.in_use import in_use, own_or_shipped
from wholestory.partners.models import Board


def releases(board: Board) -> QuerySet[Release]:
    """Every release a board can see, with how many figures it holds, and the years they are of."""
    return (
        Release.objects.filter(own_or_shipped(board))
        .select_related("loaded_by")
        .annotate(
            figures_held=Count("figures"),
            first_end=Min("figures__period_end"),
            last_end=Max("figures__period_end"),
        )
    )


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release as one line of the list."""

    id: object
    name: str
    table: str
    held: int
    years: str
    loaded_on: date
    loaded_by: str
    standing: str


def release_lines(found: Sequence[Release]) -> list[ReleaseLine]:
    """Releases, shaped for the list."""
    sets = dict(
        Neighbours.objects.filter(release__in=found).values_list("release").annotate(number=Count("pk"))
    )
    return [_line(each, sets.get(each.pk, 0)) for each in found]


def _line(release: Release, sets: int) -> ReleaseLine:
    first, last = getattr(release, "first_end", None), getattr(release, "last_end", None)
    years = "" if first is None or last is None else f"{first.year} to {last.year}"
    by = "Came with Wholestory" if release.shipped else str(release.loaded_by or "")
    standing = "In use"
    if release.withdrawn_on:
        standing = f"Taken back on {release.withdrawn_on.day} {release.withdrawn_on:%B %Y}"
    return ReleaseLine(
        release.pk, release.name, tables()[release.table].title, getattr(release, "figures_held", 0) or sets, years,
        release.loaded_on, by, standing,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One published figure as one line of a list."""

    id: object
    measure: str
    area: str
    period_end: date
    value: str
    counts: str


def figure_lines(found: Iterable[Benchmark]) -> list[FigureLine]:
    """Published figures, shaped for a list. A symbol is said in words."""
    return [
        FigureLine(
            each.pk, title_of(each.measure), each.area_name, each.period_end,
            value_words(each.measure, each.value, each.symbol),
            counts_words(each.measure, each.numerator, each.denominator),
        )
        for each in found
    ]  # fmt: skip


def title_of(measure: str) -> str:
    """The words for a published measure."""
    known = published().get(measure)
    return known.title if known else measure


def value_words(measure: str, value: Decimal | None, symbol: str) -> str:
    """A value as published, “19.2%”, or what its symbol means."""
    if value is None:
        said = SYMBOLS.get(symbol)
        return f"{symbol} ({said.words})" if said else symbol
    known = published().get(measure)
    exact = value.quantize(Decimal("0.1"))
    # Counts, days and rates published as whole numbers stay whole.
    whole = exact == exact.to_integral() and (
        known is None or known.unit != "percent" or known.table == "lait"
    )
    number = f"{exact.to_integral():,f}" if whole else f"{exact:,f}"
    return f"{number}%" if known is not None and known.unit == "percent" else number


def counts_words(measure: str, numerator: Decimal | None, denominator: Decimal | None) -> str:
    """“713 of 3,708”, “3,850 among 57,621”, or the one of them that is known."""
    if numerator is None:
        return ""
    known = published().get(measure)
    between = "among" if known is not None and known.unit == "rate" else "of"
    return f"{numerator:,.0f} {between} {denominator:,.0f}" if denominator else f"{numerator:,.0f}"


@dataclass(frozen=True, slots=True)
class Revised:
    """A figure that an earlier release gave otherwise."""

    measure: str
    area: str
    period_end: date
    before: str
    now: str


def revised(board: Board, reading: Reading, codes: Iterable[str]) -> list[Revised]:
    """What a file changes of the newest loaded release of its table, for these areas. Both stay."""
    wanted = set(codes)
    newest = (
        Release.objects.filter(own_or_shipped(board), table=reading.table, withdrawn_on=None)
        .order_by("loaded_on", "created_at")
        .last()
    )
    if newest is None:
        return []
    before = {
        (row.measure, row.area_code, row.period_end): row
        for row in Benchmark.objects.filter(release=newest, area_code__in=wanted)
    }
    found = []
    for each in reading.figures:
        row = before.get((each.measure, each.area_code, each.period_end))
        if (
            row is not None
            and each.area_code in wanted
            and (row.value, row.symbol) != (each.value, each.symbol)
        ):
            found.append(
                Revised(
                    title_of(each.measure), each.area_name, each.period_end,
                    value_words(row.measure, row.value, row.symbol),
                    value_words(each.measure, each.value, each.symbol),
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: each.period_end, reverse=True)


def newest_of(reading: Reading, codes: Iterable[str]) -> list[PublishedFigure]:
    """A file's figures of its newest year for these areas: what somebody can hold against the publication."""
    wanted = set(codes)
    last = max((each.period_end for each in reading.figures), default=None)
    return [each for each in reading.figures if each.period_end == last and each.area_code in wanted]


def codes_of(board: Board) -> list[str]:
    """The ONS codes of a board's areas, and England's."""
    return [*board.areas.exclude(code="").order_by("name").values_list("code", flat=True), ENGLAND]


def populations_loaded(board: Board) -> Mapping[tuple[str, int], Decimal]:
    """Children aged 0 to 17 by area and year, of each year the release loaded last."""
    rows = (
        Benchmark.objects.filter(in_use(board), measure=POPULATION_MEASURE, value__isnull=False)
        .order_by("release__loaded_on", "release__created_at")
        .values_list("area_code", "period_end", "value")
    )
    return {(code, end.year): value for code, end, value in rows if value is not None}


@dataclass(frozen=True, slots=True)
class NeighbourLine:
    """The areas one area is compared with, from and to."""

    area: str
    model: str
    valid_from: date
    valid_to: date | None
    names: tuple[str, ...]
    release: str

    def holds_on(self, day: date) -> bool:
        """Whether this model was in use on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def neighbours_of(board: Board) -> list[NeighbourLine]:
    """Every model's neighbours of a board's areas, the newest first."""
    codes = [code for code in codes_of(board) if code != ENGLAND]
    rows = Neighbours.objects.filter(in_use(board), area_code__in=codes).select_related("release")
    return [
        NeighbourLine(
            name_of(row.area_code), row.model, row.valid_from, row.valid_to,
            tuple(name_of(code) for code in row.codes), row.release.name,
        )
        for row in rows.order_by("-valid_from", "area_code")
    ]  # fmt: skip


def name_of(code: str) -> str:
    """The name of an area by its ONS code."""
    known = areas().get(code)
    return known.name if known else code
