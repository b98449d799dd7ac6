"""What goes into the national database: copy sheets, files, and what was entered there."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.national import EnteredForm, NationalFilter
from wholestory.child_deaths.models.national import NationalEntry
from wholestory.child_deaths.operations import national as operations
from wholestory.child_deaths.queries import national, vendor_export
from wholestory.child_deaths.rules.national import why_not
from wholestory.child_deaths.views.cases import KIND, find, moment_now
from wholestory.govuk.downloads import FORMATS, as_csv, as_xlsx, heading
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.pathways.rules.stages import CannotMove

COLUMNS = (
    Column("reference", "Case", sortable=True, sort_by=("record__reference",)),
    Column("age", "Age"),
    Column("final", "Final since", sortable=True, sort_by=("final_on",)),
    Column("state", "How it stands"),
    Column("entered", "Entered", sortable=True, sort_by=("entered_on",)),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Reviewed cases, and which of them are still to be entered."""
    page = ListPage(
        request.GET, rows=national.every(), columns=COLUMNS, sort="-final", filters=NationalFilter(request.GET),
        shape=national.lines, caption="National database", empty="No case has been reviewed yet.",
    )  # fmt: skip
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "National database")
    reading.shown(request, KIND, page.rows)
    may_take = asking.may(request.seats, Verb.EXPORT, KIND, request.board)
    return render(request, "child_deaths/national.html", {"page": page, "may_take": may_take, "wide": True})


@asks(Verb.READ, KIND)
def sheet(request: Request, reference: str) -> HttpResponse:
    """The copy sheet of one case."""
    case = find(request, reference)
    final = national.final_of(case)
    because = why_not(
        final_version=final.version if final else None, reviewed_on=national.reviewed_on(case),
        entered=national.entered_versions(case),
    )  # fmt: skip
    in_force = NationalEntry.objects.filter(case=case, back_on=None)
    context = {
        "case": case, "parts": national.sheet(case), "final": final, "because": because,
        "entries": list(in_force.select_related("by", "file").defer("file__rows").order_by("-on")),
        "exported": vendor_export.of_case(case),
        "may_export": asking.ask(request.person, Verb.EXPORT, case.record).yes,
        "may_manage": asking.ask(request.person, Verb.MANAGE, case.record).yes,
    }  # fmt: skip
    return render(request, "child_deaths/national_sheet.html", context)


@asks(Verb.EXPORT, KIND, by_grant=True)
def file(request: Request, reference: str, form: str) -> HttpResponse:
    """The same as a JSON, CSV or Excel file."""
    case = find(request, reference)
    asking.require(request.person, Verb.EXPORT, case.record)
    reading.must_leave(request, case)
    parts = national.sheet(case)
    reading.listed(request, KIND, [case.record_id], verb="access.downloaded")
    if form == "json":
        text = json.dumps(national.as_json(case, parts), ensure_ascii=False, indent=2)
        answer = HttpResponse(text, content_type="application/json")
    else:
        title = "Copy sheet for the national database"
        head = heading(
            title, marking="OFFICIAL-SENSITIVE", made_by=request.person.full_name,
            made_at=moment_now(request).at, example=request.board.is_example,
        )  # fmt: skip
        labels = ("Reference", "Part", "Key", "Question", "Value", "Kind of nothing")
        rows = [tuple(row.values()) for row in national.as_rows(case, parts)]
        body = as_csv(head, labels, rows) if form == "csv" else as_xlsx(head, labels, rows, title=title)
        answer = HttpResponse(body, content_type=FORMATS[form])
    answer["Content-Disposition"] = f'attachment; filename="{case.record.reference}-national.{form}"'
    return answer


@asks(Verb.MANAGE, KIND, by_grant=True)
def enter(request: Request, reference: str) -> HttpResponse:
    """Mark it as entered."""
    case = find(request, reference)
    asking.require(request.person, Verb.MANAGE, case.record)
    form = EnteredForm(request.POST or None)
    if form.is_valid():
        try:
            operations.entered(
                actor=request.person,
                case=case,
                today=request.today,
                now=moment_now(request),
                **form.cleaned_data,
            )
        except (operations.NotEntered, CannotMove) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Marked as entered.")
            return redirect("child_deaths:national_sheet", reference)
    return render(request, "child_deaths/national_enter.html", {"case": case, "form": form})
