"""The lists of messages: all of them, those that did not arrive, and both as a file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from wholestory.access import Verb, acting, reading
from wholestory.access.asking import may as seat_may
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.correspondence import forms, queries
from wholestory.correspondence.models import Message
from wholestory.correspondence.views.shared import state
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link
from wholestory.govuk.templatetags.govuk import day

KIND = Message.record_kind
COLUMNS = (
    Column("kind", "Message", sortable=True),
    Column("to", "To", sortable=True, sort_by=("to_name", "to_address")),
    Column("agency", "Organisation", sortable=True, sort_by=("agency__name",)),
    Column("state", "State", sortable=True, sort_by=("status",)),
    Column("written", "Written", sortable=True, sort_by=("created_at",)),
    Column("sent", "Sent", sortable=True, sort_by=("sent_at",)),
)
IN_TROUBLE = (*COLUMNS[:3], Column("trouble", "Why"), COLUMNS[5])
DOWNLOADED = (
    Column("reference", "Reference"),
    Column("kind_title", "Kind"),
    Column("subject", "Subject"),
    Column("to_name", "To"),
    Column("to_address", "Address"),
    Column("agency", "Organisation", sort_by=("agency__name",)),
    Column("status_label", "State"),
    Column("trouble", "Why not delivered"),
    Column("written_on", "Written"),
    Column("sent_at", "Sent"),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every message of the board's: searched, narrowed, sorted, downloaded."""
    filters = forms.MessageFilters(request.GET, agencies=queries.agencies_of(request.board))
    rows = queries.messages().filter(board=request.board)
    if "download" in request.GET:
        return _downloaded(request, rows, "Messages", filters)
    page = ListPage(
        request.GET,
        rows=rows,
        columns=COLUMNS,
        sort="-written",
        filters=filters,
        caption="Messages",
        shape=lambda found: [_shown(queries.line(one)) for one in found],
        empty="No message has been written yet.",
    )
    reading.listed(request, KIND, [row["record_id"] for row in page.rows])
    context = {
        "page": page,
        "waiting": queries.waiting(request.board),
        "outbox": settings.ENVIRONMENT.mail_by == "outbox",
    }
    return render(request, "correspondence/messages.html", context)


@asks(Verb.LIST, KIND)
def not_delivered(request: Request) -> HttpResponse:
    """What did not arrive and waits for somebody."""
    rows = queries.in_trouble(request.board)
    if "download" in request.GET:
        return _downloaded(request, rows, "Not delivered")
    page = ListPage(
        request.GET,
        rows=rows,
        columns=IN_TROUBLE,
        sort="-sent",
        caption="Not delivered",
        shape=lambda found: [_shown(queries.line(one)) for one in found],
        empty="Every message has arrived, as far as we know.",
    )
    reading.listed(request, KIND, [row["record_id"] for row in page.rows])
    return render(request, "correspondence/not_delivered.html", {"page": page})


def _downloaded(request: Request, rows: Any, name: str, filters: Any = None) -> HttpResponse:
    """What the list shows, with everything about each message but its text."""
    if not seat_may(request.seats, Verb.EXPORT, KIND, request.board):
        raise Http404
    page = ListPage(
        request.GET,
        rows=rows.exclude(circle__in=acting.only_for_reading()),
        columns=[*DOWNLOADED, *COLUMNS],
        sort="-written",
        filters=filters,
        shape=lambda found: [queries.line(one) for one in found],
    )
    # Sorted as the list is; only what is meant for a file is written into it.
    page.columns, order = list(DOWNLOADED), page.matching
    reading.listed(
        request, KIND, list(order.values_list("record_id", flat=True)), verb="correspondence.exported"
    )
    return page.export(request, name)


def _shown(line: queries.MessageLine) -> dict[str, Any]:
    return {
        "record_id": line.record_id,
        "kind": Link(line.kind_title, line.url, hidden=f"to {line.to_name}, {line.reference}"),
        "to": f"{line.to_name}, {line.to_address or 'no address'}",
        "agency": line.agency,
        "state": state(line.status, line.status_label),
        "trouble": line.trouble,
        "written": in_words(line.written_on),
        "sent": day(line.sent_at),
    }
