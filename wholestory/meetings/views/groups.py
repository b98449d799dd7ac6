"""How a group meets: its quorum, its attendance over a year, its register of interests."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column
from wholestory.meetings import authority
from wholestory.meetings.forms.deciding import AskForm, QuorumForm
from wholestory.meetings.operations import between, planning
from wholestory.meetings.queries import pages
from wholestory.meetings.views.finding import KIND, may_export, must_manage, step, the_arrangement
from wholestory.partners.models import Agency

YEAR = timedelta(days=365)
COLUMNS = (
    Column("label", "Organisation or seat"),
    Column("meetings", "Meetings", numeric=True),
    Column("members", "Came themselves", numeric=True),
    Column("percent_members", "Percent", numeric=True),
    Column("with_deputies", "With deputies", numeric=True),
    Column("percent_with_deputies", "Percent with deputies", numeric=True),
)


@asks(Verb.READ, KIND)
def group(request: Request, reference: str) -> HttpResponse:
    """One group: when it may decide, who attends, what its members told the register."""
    found = the_arrangement(request, reference)
    context = {
        "page": pages.group_page(found, request.today - YEAR), "arrangement": found,
        "manages": authority.manages(request.person, found).yes, "may_export": may_export(request, found),
    }  # fmt: skip
    return render(request, "meetings/group.html", context)


@asks(Verb.EXPORT, KIND, by_grant=True)
def attendance(request: Request, reference: str) -> HttpResponse:
    """The group's attendance over the last year, per organisation, as a CSV file."""
    found = the_arrangement(request, reference)
    if not may_export(request, found):
        raise Http404
    reading.must_leave(request, found)
    reading.listed(request, "meetings.arrangement", [found.record_id], verb="access.downloaded")
    rows = pages.roll_of(found.group_id, request.today - YEAR)
    return downloads.export(request, rows, COLUMNS, f"Attendance {found.group.name}", "csv")


@asks(Verb.READ, KIND)
def quorum(request: Request, reference: str) -> HttpResponse:
    """Say when the group may decide."""
    found = the_arrangement(request, reference)
    must_manage(request, found)
    seats = Agency.objects.filter(seats__group=found.group_id).distinct().order_by("name")
    needs: dict[str, list[str]] = {"sector": [], "agency": [], "role": []}
    for one in found.needs:
        needs[one["kind"]].append(one["key"])
    form = QuorumForm(
        request.POST or None,
        agencies=[(one.slug, one.name) for one in seats],
        initial={
            "number": found.quorum_number, "share": found.quorum_share, "sectors": needs["sector"],
            "agencies": needs["agency"], "roles": needs["role"], "virtual_counts": found.virtual_counts,
            "deputies_count": found.deputies_count, "target": found.attendance_target,
        },
    )  # fmt: skip

    def do() -> None:
        said = form.cleaned_data
        planning.set_quorum(
            actor=request.person, arrangement=found, number=said["number"], share=said["share"] or "",
            needs=form.needs(), virtual_counts=said["virtual_counts"], deputies_count=said["deputies_count"],
            target=said["target"], today=request.today,
        )  # fmt: skip

    return step(
        request, form, do, heading="When may the group decide?", caption=found.group.name, back=_url(reference),
        done="Kept. It holds for every meeting of the group from now on.",
    )  # fmt: skip


@asks(Verb.READ, KIND)
def ask(request: Request, reference: str) -> HttpResponse:
    """Put a question to the members between meetings."""
    found = the_arrangement(request, reference)
    must_manage(request, found)
    form = AskForm(request.POST or None)

    def do() -> None:
        said = form.cleaned_data
        between.ask(
            actor=request.person, arrangement=found, words=said["words"], why=said["why"], reply_by=said["reply_by"],
            today=request.today,
        )  # fmt: skip

    return step(
        request, form, do, heading="Ask the members between meetings", caption=found.group.name, back=_url(reference),
        onward=reverse("meetings:decisions"), label="Ask", done="The question is in the register of decisions.",
    )  # fmt: skip


def _url(reference: str) -> str:
    return reverse("meetings:group", args=[reference])
