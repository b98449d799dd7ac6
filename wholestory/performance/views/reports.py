"""The quarterly reports: the list, one report, and what the team does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Tag
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import ended_quarters, name_of
from wholestory.kernel.moments import Moment, at_instant
from wholestory.meetings.queries.answers import decisions_about, meetings_about
from wholestory.partners.models import AGENCY_ROLES, Agency
from wholestory.performance.forms.reports import BeginForm, SureForm, WordsForm
from wholestory.performance.models import PublicVersion, QuarterlyReport, ReportState
from wholestory.performance.operations import reports
from wholestory.performance.operations.reports import ReportRefused
from wholestory.performance.queries import given
from wholestory.performance.queries.public import of_reader
from wholestory.performance.queries.since_frozen import since_frozen
from wholestory.performance.rules import writing

KIND = reports.REPORT.kind
COLUMNS = (
    Column("report", "Report", sortable=True, sort_by=("period_end", "number")),
    Column("group", "Group", sortable=True, sort_by=("group__name",)),
    Column("edition", "Edition", numeric=True),
    Column("state", "State", sortable=True),
    Column("given", "Given", sortable=True, sort_by=("given_at",)),
)
_TONES = {"draft": "in_progress", "given": "released", "superseded": "not_needed"}
NONE_TO_READ = (
    "No report has been given to a group you sit in. A report is read by the group it was given to."
)
#: How many quarters back a report can be begun.
_QUARTERS = 12


def lines(found: list[QuarterlyReport]) -> list[dict[str, Any]]:
    """Reports as the list shows them."""
    return [
        {
            "record_id": one.record_id,
            "report": Link(one.label, reverse("performance:report", args=[one.record.reference])),
            "group": one.group.name, "edition": one.number,
            "state": Tag(one.get_state_display(), _TONES[one.state]),
            "given": f"{one.given_at.day} {one.given_at:%b %Y}" if one.given_at else "",
        }
        for one in found
    ]  # fmt: skip


@asks(Verb.LIST, KIND, by_grant=True)
def every(request: Request) -> HttpResponse:
    """Every report this person may see: the team's drafts, and what groups were given."""
    sits = any(seat.board_id == getattr(request.board, "id", None) for seat in request.in_groups)
    if not sits and not asking.may(request.seats, Verb.LIST, KIND, request.board):
        raise Http404
    # The team and the chair see the pages of all agencies, an agency's people their own.
    pages = asking.may(request.seats, Verb.LIST, reports.PAGE.kind, request.board)
    own = pages and any(seat.role in AGENCY_ROLES for seat in request.seats)
    page = ListPage(
        request.GET,
        rows=given.reports(request.board).defer("document"),
        columns=COLUMNS,
        sort="-report",
        shape=lines,
        caption="Performance reports",
        empty=NONE_TO_READ if own or not pages else "No report has been given yet.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "Performance reports")
    reading.listed(request, KIND, [row["record_id"] for row in page.rows])
    context = {
        "page": page, "may_begin": may_begin(request),
        "pages": pages, "own": own,
        "published": asking.may(request.seats, Verb.LIST, "performance.public_report", request.board),
    }  # fmt: skip
    return render(request, "performance/reports.html", context)


def may_begin(request: Request) -> bool:
    """Whether this person runs reports."""
    return asking.may(request.seats, Verb.WRITE, KIND, request.board)


@asks(Verb.WRITE, KIND, no_line="an empty form shows no record")
def begin(request: Request) -> HttpResponse:
    """Begin the report of a quarter: its figures are frozen at once."""
    groups = {one.slug: one for one in request.board.groups.filter(ends_on=None).order_by("name")}
    quarters = {one.end.isoformat(): one for one in ended_quarters(request.today, _QUARTERS)}
    form = BeginForm(
        request.POST or None, groups=[(key, one.name) for key, one in groups.items()],
        periods=[(key, name_of(one)) for key, one in quarters.items()],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        quarter = quarters[form.cleaned_data["period"]]
        try:
            made = reports.begin(
                actor=request.person, board=request.board, group=groups[form.cleaned_data["group"]],
                period=Period(quarter.start, quarter.end), label=name_of(quarter), **when(request),
            )  # fmt: skip
        except ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The report is begun, and its figures are frozen as they stand today.")
            return redirect("performance:report", made.record.reference)
    context = {
        "form": form, "heading": "Begin a report", "label": "Freeze the figures and begin",
        "back": reverse("performance:reports"),
    }  # fmt: skip
    return render(request, "performance/step.html", context)


@asks(Verb.READ, KIND)
def report(request: Request, reference: str) -> HttpResponse:
    """One report: as it was given, or as it would be given now."""
    found = find(request, reference)
    of = given.figures_of(found)
    writes = asking.ask(request.person, Verb.WRITE, found).yes and found.state == ReportState.DRAFT
    written = reports.words_of(found) if writes else {}
    context = {
        "found": found, "report": reports.pack(found), "of": of, "writes": writes,
        "state": Tag(found.get_state_display(), _TONES[found.state]),
        "sections": [
            {"key": key, "title": title, "written": bool(written.get(key))}
            for key, title in writing.SECTIONS.items()
        ],
        "meetings": meetings_about(found.record), "decisions": decisions_about(found.record),
        "public": public_of(request, found),
        "to_challenge": to_challenge(request, found, of.figures) if of else [],
        "may_list": asking.ask(request.person, Verb.MANAGE, found).yes and found.state == ReportState.GIVEN,
        "may_export": asking.ask(request.person, Verb.EXPORT, found).yes, "wide": True,
    }  # fmt: skip
    return render(request, "performance/report.html", context)


@asks(Verb.WRITE, KIND)
def write(request: Request, reference: str, section: str) -> HttpResponse:
    """The words of one section."""
    found = _draft(request, reference)
    if section not in writing.SECTIONS:
        raise Http404
    form = WordsForm(request.POST or None, initial={"text": reports.words_of(found).get(section, "")})

    def do() -> None:
        reports.write(
            actor=request.person, report=found, section=section, text=form.cleaned_data["text"], now=now_of(request)
        )  # fmt: skip

    return _step(request, found, form, do, writing.SECTIONS[section], "Save", "Saved.")


@asks(Verb.WRITE, KIND)
def freeze(request: Request, reference: str) -> HttpResponse:
    """Freeze the figures of a draft again."""
    found = _draft(request, reference)
    form = SureForm(request.POST or None)

    def do() -> None:
        reports.freeze(actor=request.person, report=found, **when(request))

    notes = ["The figures are kept as they stand today. What you wrote stays."]
    return _step(
        request, found, form, do, "Freeze the figures again", "Freeze", "The figures are frozen.", notes=notes
    )  # fmt: skip


@asks(Verb.MANAGE, KIND)
def give(request: Request, reference: str) -> HttpResponse:
    """Give it to the group, and each agency its page."""
    found = find(request, reference)
    if not asking.ask(request.person, Verb.MANAGE, found):
        raise Http404
    if found.state != ReportState.DRAFT:
        messages.info(request, "It was given. What is given is never changed.")
        return redirect("performance:report", found.record.reference)
    form = SureForm(request.POST or None)
    of = given.figures_of(found)

    def do() -> None:
        reports.give(actor=request.person, report=found, **when(request))

    notes = [
        f"The members of {found.group.name} read the whole report, with the figures of every agency. Each agency gets a"
        " page of its own figures and no others. Both are told by e-mail.",
        "What is given is never changed. To change anything, begin a new edition.",
    ]
    return _step(
        request, found, form, do, "Give it to the group", "Give it", "The report was given.", notes=notes,
        frozen_at=of and of.at, since=since_frozen(found, of) if of else [],
        freeze=reverse("performance:freeze", args=[found.record.reference]),
    )  # fmt: skip


def find(request: Request, reference: str) -> QuarterlyReport:
    """The report, if this person may see it; otherwise the one "not found" page."""
    rows = QuarterlyReport.objects.select_related("record", "board", "group", "group_circle", "given_by")
    return reading.one(request, rows, reference=reference)


def to_challenge(request: Request, found: QuarterlyReport, figures: Mapping[str, Any]) -> list[Link]:
    """A way to a challenge for each agency whose figure is below standard, for those who may put one."""
    sits = any(seat.group_id == found.group_id for seat in request.in_groups)
    if found.state == ReportState.DRAFT or not (sits or may_begin(request)):
        return []
    slugs = {
        str(key): slug for key, slug in Agency.objects.filter(boards=found.board).values_list("pk", "slug")
    }
    return [
        Link(
            f"{one['title']}: {each['name']}",
            f"{reverse('challenges:put')}?"
            + urlencode({
                "measure": one["code"], "period": found.period_end.isoformat(), "about": "measure",
                "agency": slugs.get(each["key"], ""), "group": found.group.slug,
                "reference": found.record.reference, "label": f"{one['title']}, {found.label}",
            }),
        )
        for one in figures["measures"] for each in one["agencies"] if each["below"]
    ]  # fmt: skip


def public_of(request: Request, found: QuarterlyReport) -> list[PublicVersion]:
    """What was prepared or published of it and this person is shown, the newest first."""
    prepares = asking.may(request.seats, Verb.WRITE, "performance.public_report", request.board)
    rows = of_reader(request.board, request.person, writes=prepares)
    return list(rows.filter(report=found).order_by("-number"))


def _draft(request: Request, reference: str) -> QuarterlyReport:
    found = find(request, reference)
    if not asking.ask(request.person, Verb.WRITE, found) or found.state != ReportState.DRAFT:
        raise Http404
    return found


def now_of(request: Request) -> Moment:
    """This moment, on the board's own day."""
    return at_instant(moment_of(request.board, timezone.now()))


def when(request: Request) -> dict[str, Any]:
    """Today and now."""
    return {"today": request.today, "now": now_of(request)}


def _step(
    request: Request,
    found: QuarterlyReport,
    form: Any,
    do: Callable[[], object],
    heading: str,
    label: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    back = reverse("performance:report", args=[found.record.reference])
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except ReportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    caption = f"{found.label}, {found.group.name}"
    context = {"form": form, "heading": heading, "label": label, "back": back, "caption": caption, **more}
    return render(request, "performance/step.html", context)
