"""Where one value comes from, for whoever may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from wholestory import ledger
from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import Mark, Value
from wholestory.indicators.queries import measures, provenance
from wholestory.indicators.queries.measure_versions import versions_of
from wholestory.indicators.queries.provenance import Link
from wholestory.indicators.views.measure_files import urls
from wholestory.indicators.views.scorecard import KIND, OWN

SUBMISSION = "indicators.submission"


@asks(Verb.READ, SUBMISSION)
def page(request: Request, key: UUID) -> HttpResponse:
    """One value: the supply it came in, its place there, the rule that made it, and what it was before."""
    value = provenance.one(key)
    if value is None:
        reading.missing(request, str(key))
    known = versions_of(value.board_id, {(value.measure, value.version)})
    definition = (
        known.get((value.measure, value.version)) or measures.catalogue_of(value.board)[value.measure]
    )
    history = provenance.chain(provenance.before_it(value))
    link = next(each for each in history if each.value.id == value.id)
    sheet = link.submission.record if link.submission is not None else None
    if sheet is not None:
        ledger.line("access.opened", sheet, reason=_because(request), writes=False)
    else:
        reading.listed(request, SUBMISSION, [])
    team = asking.may(request.seats, Verb.LIST, KIND, request.board)
    wants = request.GET.get("download", "")
    kind = KIND if team else OWN
    rows = _rows(link, definition)
    if wants in downloads.FORMATS and asking.may(request.seats, Verb.EXPORT, kind, request.board):
        reading.listed(request, kind, [], verb="access.downloaded")
        return downloads.export(
            request, [{"what": label, "value": words} for label, words in rows] + _old(history, definition),
            (Column("what", "What"), Column("value", "Value")), f"Where a number comes from {value.measure}", wants,
        )  # fmt: skip
    name = "measure_read" if team else "own_measure"
    context = {
        "value": value, "link": link, "title": definition.title, "rows": rows,
        "up": reverse(f"indicators:{name}", args=[value.measure]), "history": _history(history, definition),
        "taken": urls(request, kind),
    }  # fmt: skip
    return render(request, "indicators/reading/value.html", context)


def _because(request: Request) -> str:
    return f"seat.{request.seat.role}" if request.seat else "no_seat"


def _rows(link: Link, definition: Definition) -> list[tuple[str, Any]]:
    value, sent = link.value, link.submission
    said: list[tuple[str, Any]] = [
        ("Figure", provenance.sent_words(link.figure, definition)),
        ("Of", _whole_of(value)),
        ("Days", f"{in_words(value.period_start)} to {in_words(value.period_end)}"),
        ("Mark", Mark(value.mark).label),
        ("Note", value.note),
        ("Definition", f"{definition.code}, version {value.version}: {definition.description}"),
        ("How it came", link.source),
    ]
    if sent is not None:
        said += [
            ("Supply", f"{sent.record.reference}, number {sent.number}, {sent.get_state_display().lower()}"),
        ]
    if sent is not None and not link.own_way:
        said += [("File", sent.file_name), ("Seal of the file (SHA-256)", sent.sha256)]
    said += [("Place in it", value.place), ("Rule that made it", link.rule)]
    if sent is not None:
        said += [
            ("Sent by", f"{sent.by.full_name}, {in_words(sent.at.date())}"),
            (
                "Approved by",
                f"{sent.approved_by.full_name}, {in_words(sent.approved_at.date())}"
                if sent.approved_by is not None and sent.approved_at is not None
                else "",
            ),
            ("Why it was sent again", sent.reason),
        ]
        if link.return_url and sent.of_return is not None:
            label = format_html(
                '<a class="govuk-link" href="{}">{}</a>', link.return_url, sent.of_return.label
            )
            said.append(("Return", label))
    return [(label, words) for label, words in said if words]


def _whole_of(value: Value) -> str:
    where = f", {value.area.name}" if value.area is not None else ""
    part = f", {value.breakdown}: {value.label}".replace("_", " ") if value.breakdown else ""
    return f"{value.agency.name if value.agency else 'The whole area'}{where}{part}"


def _history(links: list[Link], definition: Definition) -> Table:
    rows = [
        (
            in_words(each.since_on), provenance.sent_words(each.figure, definition),
            "In force" if each.value.in_force else "Not in force any more", each.source, each.sent_by,
        )
        for each in links
    ]  # fmt: skip
    return Table(
        "Every value there was", ("Since", "What was sent", "State", "How it came", "Sent by"), rows,
        hide_caption=True, narrow="stack", id="history",
    )  # fmt: skip


def _old(links: list[Link], definition: Definition) -> list[dict[str, Any]]:
    return [
        {
            "what": f"Value of {in_words(each.since_on)}, {'in force' if each.value.in_force else 'replaced'}",
            "value": provenance.sent_words(each.figure, definition),
        }
        for each in links
    ]
