"""Recording who came, and taking the list away."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column
from wholestory.meetings import authority
from wholestory.meetings.forms.attending import AttendanceForm
from wholestory.meetings.models import Attendance
from wholestory.meetings.operations import attending
from wholestory.meetings.queries import answers, lists
from wholestory.meetings.views.finding import KIND, may_export, must_manage, step, the_meeting, url_of

COLUMNS = (
    Column("name", "Name"),
    Column("agency", "Organisation"),
    Column("role", "Seat"),
    Column("status_words", "Attendance"),
    Column("deputy", "Deputy"),
    Column("joined", "How"),
    Column("left", "Left at"),
)


@asks(Verb.READ, KIND)
def record(request: Request, reference: str) -> HttpResponse:
    """Write down who came, seat by seat."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    seats = list(authority.seats_on(found.group_id, found.meets_on))
    recorded = list(Attendance.objects.filter(meeting=found).order_by("created_at"))
    form = AttendanceForm(request.POST or None, seats=seats, recorded=recorded)

    def do() -> None:
        attending.record(
            actor=request.person, meeting=found, marks=form.marks(), visitors=form.visitors(), today=request.today,
            now=timezone.now(),
        )  # fmt: skip

    return step(
        request, form, do, heading="Who came?", caption=found.title, back=url_of(found), done="Recorded.",
        template="meetings/attendance.html",
    )  # fmt: skip


@asks(Verb.EXPORT, KIND, by_grant=True)
def download(request: Request, reference: str) -> HttpResponse:
    """Who came, as a CSV file."""
    found = the_meeting(request, reference)
    if not may_export(request, found):
        raise Http404
    reading.must_leave(request, found)
    reading.listed(request, KIND, [found.record_id], verb="access.downloaded")
    rows = [
        {
            "name": one.name, "agency": one.agency, "role": one.role, "status_words": one.status_words,
            "deputy": one.deputy, "joined": "Online" if one.online else "", "left": lists.clock_words(one.left_time),
        }
        for one in answers.attendance_of(found)
    ]  # fmt: skip
    name = f"Attendance {found.record.reference}"
    return downloads.export(request, rows, COLUMNS, name, "csv")
