"""Working days: the bank holidays a year holds, days proclaimed since, and years that were checked."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.parts import Tag
from wholestory.kernel.bank_holidays import Effect, Nation
from wholestory.kernel.moments import shown_day
from wholestory.pathways import operations
from wholestory.pathways.forms import CheckYearForm, ProclaimForm, YearForm
from wholestory.pathways.models import CheckedYear, ProclaimedDay
from wholestory.pathways.operations.calendar import CannotCheckYear, CannotProclaim
from wholestory.pathways.queries import calendars

KIND = "pathways.rules"
NO_RECORD = "the calendar holds days, not records"


@asks(Verb.LIST, KIND, no_line=NO_RECORD)
def days(request: Request) -> HttpResponse:
    """The bank holidays of a year, with what the board has entered itself."""
    filters = YearForm(request.GET or None)
    chosen = filters.cleaned_data.get("year") if filters.is_valid() else None
    year = chosen or request.today.year
    if not filters.is_bound:
        filters = YearForm(initial={"year": year})
    may_keep = asking.may(request.seats, Verb.MANAGE, KIND, request.board)
    found = [_line(row, may_keep=may_keep) for row in calendars.year(request.board, year)]
    table_to = calendars.table_to(request.board)
    return render(
        request,
        "pathways/days.html",
        {
            "filters": filters,
            "year": year,
            "columns": ["Day", "Name", "Where", "How we know"],
            "rows": found,
            "table_to": table_to,
            "provisional": year > table_to.year,
            "checked": CheckedYear.objects.filter(board=request.board)
            .select_related("checked_by")
            .order_by("year"),
            "may_keep": may_keep,
            "before": year - 1,
            "after": year + 1,
        },
    )


def _line(row: calendars.DayRow, *, may_keep: bool) -> tuple[object, ...]:
    if row.entered is None:
        return shown_day(row.day), row.name, row.where, "Published list"
    mark = Tag("Taken away" if row.opened else "Entered by the board", "waiting")
    more = format_html("{} by {}: {}", mark, row.entered.entered_by.full_name, row.entered.source)
    if may_keep:
        url = reverse("pathways:withdraw_day", args=[row.entered.pk])
        more = format_html(
            '{} <a class="govuk-link" href="{}">Withdraw<span class="govuk-visually-hidden"> {}</span></a>',
            more,
            url,
            shown_day(row.day),
        )
    return shown_day(row.day), row.name, row.where, more


@asks(Verb.MANAGE, KIND, no_line=NO_RECORD)
def proclaim(request: Request) -> HttpResponse:
    """Enter a proclaimed day; open clocks are worked out again."""
    form = ProclaimForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            entry, moved = operations.proclaim(
                actor=request.person,
                board=request.board,
                day=wanted["day"],
                nations=[Nation(value) for value in wanted["nations"]],
                effect=Effect(wanted["effect"]),
                name=wanted["name"],
                source=wanted["source"],
            )
        except CannotProclaim as refused:
            form.add_error("day", str(refused))
        else:
            messages.success(request, f"{shown_day(entry.day)} is entered. {_moved(moved)}")
            return redirect(f"{reverse('pathways:days')}?year={entry.day.year}")
    return render(request, "pathways/proclaim.html", {"form": form})


@asks(Verb.MANAGE, KIND, no_line=NO_RECORD)
def withdraw_day(request: Request, entry_id: UUID) -> HttpResponse:
    """Take an entry back, after asking."""
    entry = get_object_or_404(ProclaimedDay, pk=entry_id, board=request.board, withdrawn_at__isnull=True)
    year_url = f"{reverse('pathways:days')}?year={entry.day.year}"
    if request.method == "POST":
        moved = operations.withdraw_day(actor=request.person, entry=entry, now=timezone.now())
        messages.success(request, f"The entry for {shown_day(entry.day)} is withdrawn. {_moved(moved)}")
        return redirect(year_url)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Withdraw {entry.name}, {shown_day(entry.day)}?",
            "consequences": [
                "Deadlines still running that pass over this day are worked out again",
                "Deadlines that are met keep the result they had",
                "The entry stays in the history",
            ],
            "confirm_label": "Withdraw the entry",
            "danger": True,
            "cancel_url": year_url,
            "back_url": year_url,
        },
    )


@asks(Verb.MANAGE, KIND, no_line=NO_RECORD)
def check_year(request: Request) -> HttpResponse:
    """Mark a year further ahead as checked."""
    form = CheckYearForm(request.POST or None)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            changed = operations.check_year(
                actor=request.person,
                board=request.board,
                year=wanted["year"],
                against=wanted["against"],
                today=request.today,
            )
        except CannotCheckYear as refused:
            form.add_error("year", str(refused))
        else:
            messages.success(request, f"{wanted['year']} is marked as checked. {_moved(changed)}")
            return redirect(f"{reverse('pathways:days')}?year={wanted['year']}")
    return render(
        request, "pathways/check_year.html", {"form": form, "table_to": calendars.table_to(request.board)}
    )


def _moved(number: int) -> str:
    if not number:
        return "No running deadline changed."
    return f"{number} running deadline{' was' if number == 1 else 's were'} worked out again."
