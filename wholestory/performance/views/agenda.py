"""A report on the agenda of the group that was given it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.models import Meeting, MeetingState, Part
from wholestory.meetings.operations import list_item
from wholestory.meetings.refusing import MeetingRefused
from wholestory.performance.forms.reports import AgendaForm
from wholestory.performance.models import QuarterlyReport, ReportState
from wholestory.performance.views.reports import KIND, find


@asks(Verb.MANAGE, KIND)
def agenda(request: Request, reference: str) -> HttpResponse:
    """Put a report that was given on the agenda of a planned meeting of its group."""
    found = find(request, reference)
    coming = to_choose(request, found)
    if found.state != ReportState.GIVEN:
        raise Http404
    form = AgendaForm(
        request.POST or None,
        meetings=[(one.record.reference, f"{one.title}, {one.meets_on:%d %B %Y}") for one in coming],
    )
    back = reverse("performance:report", args=[found.record.reference])
    if request.method == "POST" and form.is_valid():
        meeting = next(one for one in coming if one.record.reference == form.cleaned_data["meeting"])
        try:
            list_item(
                actor=request.person, meeting=meeting, record=found.record, today=request.today, part=Part.A,
                neutral_title=f"Performance report, {found.label}",
            )  # fmt: skip
        except MeetingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The report is on the agenda.")
            return redirect(back)
    notes = [] if coming else [f"No meeting of {found.group.name} is planned that you keep. Plan one first."]
    context = {
        "form": form, "heading": "Put it on an agenda", "label": "Put it on the agenda" if coming else "",
        "back": back, "caption": f"{found.label}, {found.group.name}", "notes": notes,
    }  # fmt: skip
    return render(request, "performance/step.html", context)


def to_choose(request: Request, report: QuarterlyReport) -> list[Meeting]:
    """The planned meetings of the group whose agenda this person keeps."""
    rows = Meeting.objects.filter(group=report.group, state=MeetingState.PLANNED).select_related("record")
    return [one for one in rows.order_by("meets_on")[:30] if authority.manages(request.person, one.record)]
