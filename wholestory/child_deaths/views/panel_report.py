"""The draft of a yearly report: beginning it, its frozen figures, its words, and what counts as small."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import panel_report as forms
from wholestory.child_deaths.models import (
    ConfidentialReport,
    FrozenFigures,
    Panel,
    PanelReport,
    PublicReport,
    PublicState,
    ReportWords,
)
from wholestory.child_deaths.operations import panel_report as operations
from wholestory.child_deaths.operations import panel_report_versions as versions
from wholestory.child_deaths.queries import panel_report as reads
from wholestory.child_deaths.queries import panel_report_listed as listing
from wholestory.child_deaths.rules.panel_report import sections
from wholestory.child_deaths.rules.years import Year
from wholestory.child_deaths.views.cases import moment_now
from wholestory.govuk.parts import Tag
from wholestory.records import opening
from wholestory.records.models import Record

KIND = operations.REPORT.kind
#: The colours of the states of a public version.
TONES = {
    PublicState.PREPARED: "in_progress", PublicState.PROPOSED: "waiting", PublicState.SENT_BACK: "returned",
    PublicState.PUT_ASIDE: "not_needed", PublicState.PUBLISHED: "done", PublicState.REPLACED: "not_needed",
    PublicState.WITHDRAWN: "not_needed",
}  # fmt: skip

_PART = (
    " The year has not ended: what is counted now is part of a year, is marked so where the panel reads it, and is"
    " never published."
)


def find(request: Request, reference: str) -> PanelReport:
    """The report, if this person may see its draft; otherwise the one "not found" page."""
    rows = PanelReport.objects.select_related("record__board", "panel__board", "panel__group", "panel_circle")
    return reading.one(request, rows, reference=reference)


def of_drafters(request: Request, reference: str, verb: Verb = Verb.WRITE) -> PanelReport:
    """The same for those who draft it alone."""
    found = find(request, reference)
    if not asking.ask(request.person, verb, found):
        raise Http404
    return found


def sees_exact(request: Request, found: PanelReport) -> bool:
    """Whether this person makes the confidential version: others who draft see the public one alone."""
    office = opening.office(found.record.board, "child_deaths")
    door = Record(kind=versions.EXACT.kind, circle_id=found.panel_circle_id, office=office)
    return asking.ask(request.person, Verb.WRITE, door, kind=versions.EXACT.kind).yes


@asks(Verb.READ, KIND)
def every(request: Request) -> HttpResponse:
    """Every report this person may read, year by year: drafts, the panel's own, and published ones."""
    rows = {"panel__board": request.board} if request.board else {}
    drafts = list(PanelReport.objects.filter(**rows).select_related("record", "panel").order_by("-year"))
    given = ConfidentialReport.objects.filter(back_at=None).select_related("record", "panel")
    exact = list(given.order_by("-year", "-number"))
    public = list(
        PublicReport.objects.filter(state__in=[PublicState.PUBLISHED, PublicState.PROPOSED])
        .select_related("record", "panel", "approver")
        .order_by("-year")
    )
    waits = [
        one for one in public if one.state == PublicState.PROPOSED and one.approver_id == request.person.pk
    ]
    shown = [one.record_id for one in drafts]
    shown += [*(one.record_id for one in exact), *(one.record_id for one in public)]
    reading.listed(request, KIND, shown)
    context = {
        "drafts": drafts, "exact": exact, "waits": waits,
        "published": listing.published(public, request.board),
        "may_begin": asking.may(request.seats, Verb.WRITE, KIND, request.board),
    }  # fmt: skip
    return render(request, "child_deaths/panel_report/every.html", context)


@asks(Verb.WRITE, KIND)
def begin(request: Request) -> HttpResponse:
    """Begin the report of a year."""
    panels = list(Panel.objects.filter(board=request.board).order_by("name"))
    this = Year.of(request.today).starts_in
    years = [(str(one), Year(one).label) for one in range(this, this - 12, -1)]
    form = forms.BeginReportForm(posted(request), panels=panels, years=years)
    reading.listed(request, KIND, [])
    if form.is_valid():
        panel = next(one for one in panels if str(one.pk) == form.cleaned_data["panel"])
        try:
            made = operations.begin(
                actor=request.person, panel=panel, year=int(form.cleaned_data["year"]), today=request.today
            )
        except operations.ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("child_deaths:panel_report", made.record.reference)
    return render(request, "child_deaths/panel_report/begin.html", {"form": form})


@asks(Verb.READ, KIND)
def report(request: Request, reference: str) -> HttpResponse:
    """Everything about the report of one year: figures, words, both versions and what became of them."""
    found = of_drafters(request, reference)
    written = list(ReportWords.objects.filter(report=found).exclude(text=""))
    made = PublicReport.objects.filter(report=found).select_related("record", "approver", "prepared_by")
    public = list(made.order_by("-number"))
    exact = list(
        ConfidentialReport.objects.filter(panel=found.panel, year=found.year)
        .select_related("record", "given_by")
        .order_by("-number")
    )
    frozen = list(FrozenFigures.objects.filter(report=found).select_related("by"))
    context = {
        "report": found, "frozen": frozen, "ends_on": Year(found.year).last,
        "part": bool(frozen) and not reads.has_ended(found.year, frozen[-1].at),
        "sections": [(one, [each for each in written if each.section == one.key]) for one in sections.SECTIONS],
        "public": [(one, Tag(one.get_state_display(), TONES[PublicState(one.state)])) for one in public],
        "exact": exact, "sees_exact": sees_exact(request, found), "warnings": reads.look(found),
        "prepare": forms.PrepareForm(initial={"rounded": found.rounded}),
        "thresholds": reads.thresholds(found.panel),
    }  # fmt: skip
    return render(request, "child_deaths/panel_report/report.html", context)


@asks(Verb.WRITE, KIND)
def freeze(request: Request, reference: str) -> HttpResponse:
    """Freeze the figures."""
    found = of_drafters(request, reference)
    if request.method == "POST":
        made = operations.freeze(actor=request.person, report=found, now=moment_now(request))
        messages.success(
            request, f"The figures are frozen. This is set {made.number}; earlier sets are kept."
        )
        return redirect("child_deaths:panel_report", reference)
    context = {
        "report": found, "heading": "Freeze the figures?", "label": "Freeze them",
        "about": "Everything is counted now and kept. What happens to cases later changes nothing of it. You can freeze"
        " again: the newest set counts, and the earlier ones are kept beside it."
        + ("" if found.year < Year.of(request.today).starts_in else _PART),
    }  # fmt: skip
    return render(request, "child_deaths/panel_report/confirm.html", context)


@asks(Verb.WRITE, KIND)
def words(request: Request, reference: str, section: str) -> HttpResponse:
    """Write in one section."""
    found = of_drafters(request, reference)
    part = sections.BY_KEY.get(section)
    if part is None:
        raise Http404
    kept = {one.stands_in: one.text for one in ReportWords.objects.filter(report=found, section=section)}
    may = sees_exact(request, found)
    form = forms.ReportWordsForm(posted(request), initial=kept, may_confidential=may)
    if form.is_valid():
        for name in form.fields:
            if form.cleaned_data[name] != kept.get(name, ""):
                operations.write(
                    actor=request.person, report=found, section=section, text=form.cleaned_data[name],
                    stands_in=name, now=moment_now(request),
                )  # fmt: skip
        messages.success(request, f"{part.title}: kept.")
        return redirect("child_deaths:panel_report", reference)
    return render(
        request, "child_deaths/panel_report/words.html", {"report": found, "part": part, "form": form}
    )


@asks(Verb.MANAGE, KIND)
def small(request: Request, reference: str) -> HttpResponse:
    """Say which numbers are small."""
    found = of_drafters(request, reference, Verb.MANAGE)
    form = forms.ThresholdForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        operations.say_small(
            actor=request.person, report=found, hides_to=int(said["hides_to"]), owner=said["owner"],
            section=said["section"] or "", because=said["because"], now=moment_now(request),
        )  # fmt: skip
        messages.success(request, "Kept. It counts from the next public version that is prepared.")
        return redirect("child_deaths:panel_report", reference)
    context = {"report": found, "form": form, "thresholds": reads.thresholds(found.panel)}
    return render(request, "child_deaths/panel_report/small.html", context)


def posted(request: Request) -> QueryDict | None:
    """What was sent, or nothing for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
