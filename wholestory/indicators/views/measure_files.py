"""One measure as a file: every number of its page, one line each, with its definition above."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse

from wholestory.access import asking
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.charts import slides
from wholestory.indicators.queries.measure import Page
from wholestory.indicators.views import measure_pieces

#: What a chart as a slide is asked for as.
SLIDE = "png"
COLUMNS = (
    Column("subject", "Subject"), Column("line", "Line"), Column("what", "What"), Column("value", "Value"),
)  # fmt: skip


def urls(request: Request, kind: str, found: Page | None = None) -> list[tuple[str, str]]:
    """The addresses of the page as a file, and of its chart as a slide; none for those who may not."""
    if not asking.may(request.seats, Verb.EXPORT, kind, request.board):
        return []
    asked = request.GET.copy()
    offered = []
    for fmt, label in (("csv", "CSV"), ("xlsx", "Excel"), (SLIDE, "the chart as a slide (PNG)")):
        if fmt == SLIDE and (found is None or found.chart is None):
            continue
        asked["download"] = fmt
        offered.append((f"?{asked.urlencode()}", label))
    return offered


def taken(request: Request, found: Page, measure: Definition, fmt: str, notes: Sequence[str]) -> HttpResponse:
    """The page as a file."""
    said = [f"{label}: {words}" for label, words in measure_pieces.definition_rows(measure)]
    return downloads.export(
        request, _lines(found, measure), COLUMNS, f"{measure.code} {measure.title}", fmt,
        notes=[*notes, *said], narrowed_by=found.row.window.label,
    )  # fmt: skip


def slide(request: Request, found: Page, measure: Definition) -> HttpResponse:
    """The chart over time as a picture the size of a slide, with its sentence and its marking."""
    drawn = measure_pieces.picture(found, measure)
    if drawn is None or found.chart is None:
        raise Http404
    below = [downloads.DEFAULT_MARKING, *([downloads.EXAMPLE] if request.board.is_example else [])]
    reading = found.chart.reading
    content = slides.png(drawn, said=[reading.headline, *reading.more], below=". ".join(below))
    name = f"{measure.code}-{found.row.window.end:%Y-%m-%d}.png"
    return HttpResponse(
        content, content_type="image/png", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _lines(found: Page, measure: Definition) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"subject": "Summary", "line": label, "what": "", "value": value}
        for label, value in measure_pieces.summary(found, measure)
    ]
    if found.chart is not None:
        rows.append(
            {"subject": "Over time", "line": "", "what": "In words", "value": found.chart.reading.sentences}
        )
        rows.append(
            {"subject": "Over time", "line": "", "what": "Method", "value": measure_pieces.method(found)}
        )
    tables = [
        ("Over time", measure_pieces.picture_table(found, measure)),
        ("Published figures", measure_pieces.compared(found)),
        ("Among other areas", measure_pieces.funnel_table(found)),
        ("Agency by agency", measure_pieces.agency_table(found, measure) if found.agencies else None),
        *((part.breakdown.title, measure_pieces.part_table(part, measure)) for part in found.parts),
        ("Where the number comes from", measure_pieces.links_table(found, measure)),
    ]
    for subject, table in tables:
        if table is not None:
            rows += _of(subject, table)
    for each in found.said:
        words = (("What changed", each.what_changed), ("Why", each.why), ("So what", each.so_what),
                 ("What happens next", each.what_next))  # fmt: skip
        rows += [
            {"subject": "Commentary", "line": each.agency.name, "what": what, "value": value}
            for what, value in words
            if value
        ]
    return rows


def _of(subject: str, table: Table) -> list[dict[str, Any]]:
    heads = table.heads
    return [
        {"subject": subject, "line": row[0], "what": head.label, "value": value}
        for row in table.rows
        for head, value in zip(heads[1:], row[1:], strict=True)
        if value not in ("", None)
    ]
