"""Messages about deaths: the list, one message as it came, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import acting, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.notifications import NotificationFilter
from wholestory.child_deaths.forms.sorting import NoCaseForm
from wholestory.child_deaths.models import NotificationStep
from wholestory.child_deaths.operations import opening, triage
from wholestory.child_deaths.queries import notified
from wholestory.child_deaths.views.cases import moment_now
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column

KIND = "child_deaths.notification"
COLUMNS = (
    Column("reference", "Message", sortable=True, sort_by=("record__reference",)),
    Column("received", "Received", sortable=True, sort_by=("received_at",)),
    Column("channel", "How", sortable=True, sort_by=("channel",)),
    Column("age", "Age"),
    Column("told_by", "From"),
    Column("state", "What became of it"),
    Column("case", "Case"),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every message, newest first."""
    page = ListPage(
        request.GET,
        rows=notified.every(),
        columns=COLUMNS,
        sort="-received",
        filters=NotificationFilter(request.GET),
        shape=notified.lines,
        caption="Messages about deaths",
        empty="Nobody has told the panel of a death yet.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "Messages about deaths")
    reading.shown(request, KIND, page.rows)
    return render(request, "child_deaths/notifications.html", {"page": page, "wide": True})


@asks(Verb.READ, KIND)
def notification(request: Request, reference: str) -> HttpResponse:
    """One message as it came, and what became of it."""
    found = reading.one(request, notified.every(), reference=reference)
    steps = NotificationStep.objects.filter(notification=found).select_related("by", "case__record")
    context = {
        "notification": found,
        "answers": notified.in_words(found),
        "state": notified.state_tag(notified.settled(found)),
        "to_sort": notified.settled(found) in (None, "parted"),
        "steps": list(steps.order_by("at", "created_at")),
    }
    return render(request, "child_deaths/notification.html", context)


@asks(Verb.WRITE, KIND)
def open_case(request: Request, reference: str) -> HttpResponse:
    """Open a case with it, once confirmed: it was looked whether the death is known already."""
    found = reading.one(request, notified.every(), reference=reference)
    if request.method == "POST":
        try:
            case = opening.open_case(
                actor=request.person, notification=found, now=moment_now(request), today=request.today
            )
        except opening.CannotOpen as refused:
            messages.error(request, str(refused))
            return redirect("child_deaths:notification", reference)
        messages.success(
            request, f"Case {case.record.reference} is open. Next: is it reviewed, and who leads?"
        )
        return redirect("child_deaths:sort", case.record.reference)
    return render(request, "child_deaths/open_case.html", {"notification": found})


@asks(Verb.WRITE, KIND)
def no_case(request: Request, reference: str) -> HttpResponse:
    """No case comes of it."""
    found = reading.one(request, notified.every(), reference=reference)
    form = NoCaseForm(request.POST or None)
    if form.is_valid():
        triage.settle_without_case(
            actor=request.person, notification=found, reason=form.cleaned_data["reason"],
            now=moment_now(request),
        )  # fmt: skip
        messages.success(request, "Noted. The message is kept.")
        return redirect("child_deaths:notifications")
    return render(request, "child_deaths/no_case.html", {"notification": found, "form": form})
