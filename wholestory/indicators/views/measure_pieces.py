"""The pieces of a measure’s page: lines of its summary, tables and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.catalogue.words import AGGREGATIONS, FREQUENCIES, OBA, POLARITIES, PROVIDERS, YEARS
from wholestory.indicators.charts.funnels import funnel
from wholestory.indicators.charts.picture import Picture
from wholestory.indicators.charts.spc import spc
from wholestory.indicators.queries.among import titled
from wholestory.indicators.queries.comparing import Beside
from wholestory.indicators.queries.decided import in_words as targets_in_words
from wholestory.indicators.queries.measure import Page, Part
from wholestory.indicators.queries.own_indicators import RECEIVED_IN_TIME
from wholestory.indicators.queries.provenance import sent_words
from wholestory.indicators.rules import figures
from wholestory.indicators.rules.charts import PLOT_WORDS
from wholestory.indicators.rules.spans import short
from wholestory.indicators.views.lines import compared_words, published, standing_tag, value_cell


def pieces(found: Page, measure: Definition, *, mine: bool) -> dict[str, Any]:
    """Everything below the filter, for the template."""
    return {
        "summary": summary(found, measure),
        "picture": picture(found, measure),
        "picture_table": picture_table(found, measure),
        "method": method(found),
        "compared": compared(found),
        "funnel": funnel_picture(found),
        "funnel_table": funnel_table(found),
        "agency_table": None if mine else agency_table(found, measure),
        "parts": [(part, part_table(part, measure)) for part in found.parts],
        "links": None
        if measure.code == RECEIVED_IN_TIME and not found.links
        else links_table(found, measure),
        "worked_out": measure.code == RECEIVED_IN_TIME,
        "targets": targets_in_words(found.decided.targets.get(measure.code, ()), measure),
        "rebases": found.decided.rebases.get(measure.code, ()),
    }


def summary(found: Page, measure: Definition) -> list[tuple[str, Any]]:
    """The figure and what is said of it, line by line."""
    row = found.row
    rows: list[tuple[str, Any]] = [
        ("Period", short(row.window, measure.year) if row.window.months == 3 else row.window.label),
        ("Figure", value_cell(row)),
        ("Against the target", format_html("{} {}", standing_tag(row.standing), row.standing.sentence)),
        ("Direction", row.direction.sentence),
    ]
    if found.a_year.sentence != row.direction.sentence:
        rows.append(("A year ago", found.a_year.sentence))
    if row.whole.mark_words:
        rows.append(("Mark", row.whole.mark_words))
    rows += [
        ("Who is in it", row.complete),
        ("How it was put together", row.whole.sentence or "No figure was sent."),
    ]
    owners = sorted({f"{each.steward}, {each.name}" for each in found.agencies if each.steward})
    if owners:
        rows.append(("Who answers for it", "; ".join(owners)))
    return rows


def picture(found: Page, measure: Definition) -> Picture | None:
    """The chart over single periods; None without a figure."""
    return None if found.chart is None else spc(found.chart.chart, measure, f"{measure.title}, over time")


def picture_table(found: Page, measure: Definition) -> Table | None:
    """The numbers of the chart, with the counts behind each."""
    drawn = picture(found, measure)
    if drawn is None or found.chart is None:
        return None
    columns = [Column(str(at), label, numeric=0 < at < 5) for at, label in enumerate(drawn.columns)]
    counts: Sequence[str] = ["" for _ in drawn.rows]
    if len(found.chart.wholes) == len(drawn.rows):
        counts = [_counts(one.figure, measure) for one in found.chart.wholes]
    rows = [(*row, count) for row, count in zip(drawn.rows, counts, strict=True)]
    return Table(
        f"{measure.title}: the numbers of the chart", [*columns, Column("c", "Counts")], rows, hide_caption=True,
        id="table-chart",
    )  # fmt: skip


def _counts(figure: figures.Figure, measure: Definition) -> str:
    if figure.numerator is None:
        return ""
    if figure.denominator is None or not figures.shares(measure):
        return ""
    return f"{float(figure.numerator):,g} of {float(figure.denominator):,g}"


def method(found: Page) -> str:
    """Which chart it is and why."""
    return "" if found.chart is None else f"{PLOT_WORDS[found.chart.chart.plot]}."


def compared(found: Page) -> Table | None:
    """Published figures beside this one."""
    rows = []
    both = found.comparison
    for beside, name in (
        (both.england, "England"),
        (both.neighbours, "Areas most like this one"),
        (both.own, ""),
    ):
        if beside is not None:
            rows.append((name or f"{beside.name}, as published", *_compared(beside, found)))
    if not rows:
        return None
    columns = ("Whose", Column("1", "Published", numeric=True), "Beside this figure", "Of what", "Release")
    return Table(
        "Published figures to compare with", columns, rows, hide_caption=True, narrow="stack", id="compared"
    )


def _compared(beside: Beside, found: Page) -> tuple[str, str, str, str]:
    said = published(beside, found.row) or f"No number: {beside.symbol or 'none'}, {beside.year}"
    return said, compared_words(beside, found.row), beside.title, beside.release


def funnel_picture(found: Page) -> Picture | None:
    """The funnel of all areas with a published figure."""
    return None if found.among is None else funnel(found.among, titled(found.comparison))


def funnel_table(found: Page) -> Table | None:
    """Every area of the funnel, by name."""
    drawn = funnel_picture(found)
    if drawn is None:
        return None
    columns = [Column(str(at), label, numeric=0 < at < 3) for at, label in enumerate(drawn.columns)]
    return Table(drawn.title, columns, drawn.rows, hide_caption=True, id="table-funnel")


def agency_table(found: Page, measure: Definition) -> Table:
    """Each agency’s own figure."""
    rows = [
        (
            each.name, _shown(each.whole.figure, measure, not_held=each.not_held), _counts(each.whole.figure, measure),
            standing_tag(each.standing), each.steward, each.whole.mark_words,
        )
        for each in found.agencies
    ]  # fmt: skip
    columns = (
        "Agency", Column("1", "Figure", numeric=True), "Counts", "Against the target", "Who answers for it", "Mark",
    )  # fmt: skip
    return Table(
        "Agency by agency", columns, rows, hide_caption=True, narrow="stack", id="agencies",
        empty="Nobody is asked for it, and nobody sent it.",
    )  # fmt: skip


def _shown(figure: figures.Figure, measure: Definition, *, not_held: bool) -> str:
    worth = figures.worth(figure, measure)
    if worth.value is None:
        return "Not held" if not_held else figures.KIND_WORDS[worth.kind].capitalize()
    return figures.shown(worth.value, measure)


def part_table(part: Part, measure: Definition) -> Table:
    """The groups of a breakdown with their intervals and gaps."""
    shares = figures.shares(measure)
    rows = []
    for row in part.gaps.rows:
        span = ""
        if row.value is not None and row.lower is not None and row.upper is not None:
            span = f"{row.lower:,.1f} to {row.upper:,.1f}"
        value = row.why_not if row.value is None else figures.shown(Fraction(row.value), measure)
        gap = row.gap.sentence if row.gap is not None else ""
        rows.append((row.label, value, span, row.counts, gap) if shares else (row.label, row.counts))
    columns: Sequence[Any] = (
        ("Group", Column("1", "Figure", numeric=True), Column("2", "95% interval", numeric=True), "Counts",
         "Against everybody else")
        if shares
        else ("Group", Column("1", "Number", numeric=True))
    )  # fmt: skip
    return Table(
        part.breakdown.title, columns, rows, hide_caption=True, narrow="stack", id=f"part-{part.breakdown.key}"
    )  # fmt: skip


def links_table(found: Page, measure: Definition) -> Table:
    """Where the number comes from: value by value down to the file."""
    rows = [
        (
            format_html('<a class="govuk-link" href="{}">{}</a>', link.url, f"{link.agency}, {link.period.label}"),
            sent_words(link.figure, measure), _how(link.source, link.return_url, link.value.place),
            link.rule, f"{link.sent_by}, {in_words(link.sent_at.date())}" if link.sent_at else "",
        )
        for link in found.links
    ]  # fmt: skip
    return Table(
        "Where this number comes from", ("Value", "What was sent", "How it came", "Rule", "Sent by"), rows,
        hide_caption=True, narrow="stack", id="links", empty="No value is in force for this period.",
    )  # fmt: skip


def _how(source: str, url: str, place: str) -> SafeString:
    parts = [(source,)] + ([(place,)] if place else [])
    said = format_html_join("; ", "{}", parts)
    return format_html('{} (<a class="govuk-link" href="{}">the return</a>)', said, url) if url else said


def definition_rows(measure: Definition) -> list[tuple[str, Any]]:
    """The definition, line by line, nothing left out that is said."""
    said = [
        ("What it is", measure.description),
        ("Why it matters", measure.why),
        ("Number counted", measure.numerator),
        ("Counted among", measure.denominator),
        ("Left out", measure.exclusions),
        ("Unit", measure.unit_words),
        ("What is good", POLARITIES[measure.polarity]),
        ("Over time", AGGREGATIONS[measure.aggregation].capitalize()),
        ("How often", f"{FREQUENCIES[measure.frequency].capitalize()}; {YEARS[measure.year]}"),
        ("Who sends it", ", ".join(PROVIDERS[each] for each in measure.providers)),
        ("Service", measure.service),
        ("What it answers", OBA[measure.oba]),
        ("Cautions", measure.caveats),
        ("Questions to ask", " ".join(measure.questions)),
        ("Breaks in the series", " ".join(each.because for each in measure.breaks)),
        ("Not checked against its source", measure.unchecked),
        ("Reference", measure.reference),
        ("Version", str(measure.version)),
    ]
    return [(label, words) for label, words in said if words]
