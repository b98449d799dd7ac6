"""A row of a scorecard as a page and a file show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from wholestory.govuk.parts import Column, Tag
from wholestory.indicators.catalogue.words import POLARITIES, THEMES
from wholestory.indicators.queries import charted, comparing, scorecard
from wholestory.indicators.queries.charted import Charted
from wholestory.indicators.queries.comparing import Beside, Comparison
from wholestory.indicators.queries.labels import NONE_YET
from wholestory.indicators.queries.scorecard import Row, Scorecard
from wholestory.indicators.queries.series import Line
from wholestory.indicators.rules import figures
from wholestory.indicators.rules.standing import Standing, Status, against

#: What the colours of a standing are called among the tags of the house.
TAGS = {"green": "done", "amber": "waiting", "red": "overdue", "grey": "not_needed"}
#: The worst first.
_ORDER = (
    Status.OFF_TARGET, Status.LOW_RED, Status.HIGH_RED, Status.NEAR_TARGET, Status.LOW_AMBER, Status.HIGH_AMBER,
    Status.PERCENTAGE_ONLY, Status.NO_TARGET, Status.NOT_JUDGED, Status.IN_BAND, Status.ON_TARGET, Status.NOTHING,
)  # fmt: skip

COLUMNS = (
    Column("measure", "Measure", sortable=True, sort_by=("title", "code")),
    Column("value", "Figure", numeric=True, sortable=True, sort_by=("worth", "code")),
    Column("status", "Against the target", sortable=True, sort_by=("order", "code")),
    Column("moved", "Direction", sortable=True, sort_by=("way", "code")),
    Column("chart", "Over time"),
    Column("benchmark", "To compare with"),
    Column("complete", "Who is in it", sortable=True, sort_by=("lacking", "code")),
)
FILE_COLUMNS = tuple(
    Column(key, label, numeric=key in ("numerator", "denominator", "worth"))
    for key, label in (
        ("code", "Code"), ("title", "Measure"), ("theme", "Theme"), ("tier", "Tier"), ("period", "Period"),
        ("from_on", "From"), ("to_on", "To"), ("shown", "Figure"), ("numerator", "Number"), ("denominator", "Of"),
        ("worth", "Figure, unrounded"), ("unit", "Unit"), ("kind", "Kind of figure"), ("mark", "Mark"),
        ("standing", "Against the target"), ("why", "In words"), ("direction", "Since the period before"),
        ("a_year", "Since a year ago"), ("over_time", "Over time"), ("said", "What the chart says"),
        ("england", "England"), ("neighbours", "Areas most like this one"), ("who", "Who is in it"),
        ("made", "How it was put together"), ("good", "What is good"), ("definition", "Definition"),
        ("counted", "Number counted"), ("among", "Counted among"), ("version", "Version of the definition"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sorted:
    """A row with what lists are sorted by."""

    row: Row

    @property
    def code(self) -> str:
        return self.row.measure.code

    @property
    def title(self) -> str:
        return self.row.measure.title

    @property
    def worth(self) -> float | None:
        value = figures.worth(self.row.whole.figure, self.row.measure).value
        return None if value is None else float(value)

    @property
    def order(self) -> int:
        return _ORDER.index(self.row.standing.status) + 1

    @property
    def way(self) -> int:
        return {"worse": 1, "": 2, "better": 3}[self.row.direction.better]

    @property
    def lacking(self) -> int:
        return self.row.whole.given - max(self.row.asked, self.row.whole.given)

    @property
    def group(self) -> str:
        """What it stands under: headlines first, then the themes."""
        return "Headlines" if self.row.measure.tier == 1 else THEMES[self.row.measure.theme]


def standing_tag(one: Standing) -> Tag:
    """The status in words, with the colour that goes with them."""
    return Tag(one.words, TAGS[one.colour])


def in_order(rows: Sequence[Row]) -> list[Sorted]:
    """Headlines first, then theme by theme, each in the order of the catalogue."""
    return sorted(
        (Sorted(row) for row in rows), key=lambda one: (one.row.measure.tier, one.row.measure.theme)
    )


def on_page(
    rows: Sequence[Sorted], said: Mapping[str, str], about: comparing.Known, url: Callable[[str], str]
) -> list[Mapping[str, Any]]:
    """These rows as a page shows them; ``said`` is what each chart says in a few words."""
    return [
        _on_page(one, said[one.code], comparing.compared(about, one.row.measure), url(one.code))
        for one in rows
    ]


def _on_page(one: Sorted, over_time: str, beside: Comparison, url: str) -> Mapping[str, Any]:
    row, measure = one.row, one.row.measure
    return {
        "measure": format_html(
            '<a class="govuk-link" href="{}">{}</a><span class="ws-small">{}</span>', url, measure.title, measure.code
        ),
        "value": value_cell(row), "status": standing_tag(row.standing), "moved": _moved(row), "chart": over_time,
        "benchmark": beside_cell(beside, row), "complete": row.complete, "group": one.group, "code": measure.code,
    }  # fmt: skip


def in_file(
    rows: Sequence[Sorted], card: Scorecard, lines: Mapping[str, Sequence[Line]], about: comparing.Known
) -> list[Mapping[str, Any]]:
    """These rows with everything a file has beside: counts, definitions, and what each chart says."""
    wanted = card.wanted
    return [
        _in_file(
            one,
            charted.charted(
                lines.get(one.code, ()),
                one.row.measure,
                wanted.period,
                wanted.basis,
                card.known,
                card.decided,
            ),
            comparing.compared(about, one.row.measure),
            scorecard.a_year_ago(one.row, lines.get(one.code, ()), card.known).sentence,
        )
        for one in rows
    ]


def _in_file(one: Sorted, chart: Charted | None, beside: Comparison, a_year: str) -> Mapping[str, Any]:
    row, measure = one.row, one.row.measure
    worth = figures.worth(row.whole.figure, measure)
    shown = (
        figures.KIND_WORDS[worth.kind].capitalize()
        if worth.value is None
        else figures.shown(worth.value, measure)
    )
    return {
        "code": measure.code, "title": measure.title, "theme": THEMES[measure.theme], "tier": measure.tier,
        "period": row.window.label, "from_on": row.window.start, "to_on": row.window.end, "shown": shown,
        "numerator": plain(row.whole.figure.numerator), "denominator": plain(row.whole.figure.denominator),
        "worth": one.worth, "unit": measure.unit_words, "kind": figures.KIND_WORDS[worth.kind],
        "mark": row.whole.mark_words, "standing": row.standing.words, "why": row.standing.sentence,
        "direction": row.direction.sentence, "a_year": a_year,
        "over_time": chart.label if chart is not None else NONE_YET,
        "said": chart.reading.sentences if chart is not None else "", "england": published(beside.england, row),
        "neighbours": published(beside.neighbours, row), "who": row.complete, "made": row.whole.sentence,
        "good": POLARITIES[measure.polarity], "definition": measure.description, "counted": measure.numerator,
        "among": measure.denominator, "version": row.whole.version or measure.version,
    }  # fmt: skip


def _moved(row: Row) -> SafeString | str:
    """Which way it went since the period before; a year ago where it is counted over twelve months anyway."""
    if not row.since_a_year:
        return row.direction.words
    return format_html('{}<span class="ws-small">since a year ago</span>', row.direction.words)


def value_cell(row: Row) -> SafeString:
    """The figure with its counts and its mark; or which kind of nothing it is."""
    measure, figure = row.measure, row.whole.figure
    worth = figures.worth(figure, measure)
    if worth.value is None:
        said = figures.KIND_WORDS[worth.kind].capitalize()
        if figure.numerator is not None:
            said = f"{float(figure.numerator):,g} counted; no rate"
        return format_html('<span class="ws-none">{}</span>', said)
    under = [
        f"{float(figure.numerator):,g} of {float(figure.denominator):,g}"
        if figure.denominator is not None and figure.numerator is not None and figures.shares(measure)
        else "",
        "percentage only" if worth.kind is figures.Kind.PERCENTAGE_ONLY else "",
        row.whole.mark_words,
        "incomplete" if row.partial else "",
    ]
    return format_html(
        '<strong>{}</strong><span class="ws-small">{}</span>', figures.shown(worth.value, measure),
        "; ".join(one for one in under if one),
    )  # fmt: skip


def plain(value: Any) -> int | float | str:
    """A number for a cell, whole where it is; what is not there is empty and never 0."""
    if value is None:
        return ""
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else float(exact)


def published(beside: Beside | None, row: Row) -> str:
    """A published figure in words, with its year and of how many it is the mean."""
    if beside is None or beside.value is None:
        return ""
    said = f"{figures.shown(beside.value, row.measure)}, {beside.year}"
    return f"{said}, {beside.mean.words}, model of {beside.model}" if beside.mean is not None else said


def beside_cell(beside: Comparison, row: Row) -> SafeString:
    """England beside it, for a cell; a yearly figure never judged against a quarter’s."""
    if beside.england is None or beside.england.value is None:
        return format_html('<span class="ws-none">{}</span>', "Nothing published")
    if row.window.months < 12 and comparing.by_the_year(row.measure):
        return format_html('<span class="ws-none">{}</span>', "Published by the year: choose twelve months")
    return format_html(
        'England {}<span class="ws-small">{}</span>', figures.shown(beside.england.value, row.measure),
        beside.england.year,
    )  # fmt: skip


def compared_words(beside: Beside, row: Row) -> str:
    """How the figure lies to a published one, where the two are of as long a period."""
    worth = figures.worth(row.whole.figure, row.measure)
    if worth.value is None or beside.value is None:
        return ""
    if row.window.months < 12 and comparing.by_the_year(row.measure):
        return "A rate of a shorter period is not compared with a year’s: choose twelve months."
    return against(worth.value, beside.value, row.measure, beside.name)
