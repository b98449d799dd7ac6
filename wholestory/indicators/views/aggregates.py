"""Loading what a council counted on its own machine."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.child_level.aggregate import MOST_BYTES
from wholestory.indicators.forms.aggregates import AggregateFileForm, AggregateLoadForm
from wholestory.indicators.models import Source, Submission
from wholestory.indicators.operations import aggregates as operations
from wholestory.indicators.queries import aggregates as queries
from wholestory.partners.models import Agency, Sector

KIND = Submission.record_kind
COMING = (Column("measure", "Measure"), Column("part", "Part"), Column("said", "Counted", numeric=True),
          Column("before", "Now in force"), Column("figure", "Figure of the file"), Column("note", "Note"))  # fmt: skip


@asks(Verb.MANAGE, KIND)
def home(request: Request) -> HttpResponse:
    """Aggregate files that were loaded, and the way to send one."""
    posted = request.method == "POST"
    agencies = list(
        Agency.objects.filter(boards=request.board, sector=Sector.COUNCIL).order_by("name").distinct()
    )
    form = AggregateFileForm(
        request.POST if posted else None, request.FILES if posted else None, agencies=agencies
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = operations.start(
                actor=request.person, board=request.board, name=said["file"].name,
                now=moment_of(request.board, timezone.now()),
                agency=next(each for each in agencies if each.slug == said["agency"]),
                content=said["file"].read(MOST_BYTES + 1), today=request.today,
            )  # fmt: skip
        except operations.AggregateRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("indicators:aggregate", made.record.reference)
    found = queries.files(request.board)
    reading.shown(request, KIND, found)
    return render(request, "indicators/aggregates/home.html", {"form": form, "files": found})


def _file(request: Request, reference: str) -> Submission:
    found = Submission.objects.filter(source=Source.AGGREGATE)
    return reading.one(request, found.select_related("record", "board", "by", "agency"), reference=reference)


@asks(Verb.MANAGE, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """What a file brought; or, before it is loaded, everything that would come of it. Confirmed here, it counts."""
    one = _file(request, reference)
    if not queries.is_draft(one):
        return render(request, "indicators/aggregates/page.html", {"one": one})
    plan = queries.plan_of(one)
    rows = counted(plan)
    wanted = request.GET.get("download", "")
    if wanted in downloads.FORMATS:
        reading.listed(request, KIND, [one.record_id], verb="access.downloaded")
        return downloads.export(request, rows, COMING, f"What would come of {one.file_name}", wanted)
    form = AggregateLoadForm(request.POST if request.method == "POST" else None, initial={"seen": plan.seen})
    if form.is_valid():
        try:
            came = operations.load(
                actor=request.person,
                submission=one,
                seen=form.cleaned_data["seen"],
                now=moment_of(request.board, timezone.now()),
            )
        except operations.AggregateRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{came} figures are in force.")
            return redirect("indicators:aggregate", reference)
    table = Table("What would come in", COMING, rows, hide_caption=True)
    context = {"one": one, "plan": plan, "form": form, "table": table, "wide": True}
    return render(request, "indicators/aggregates/check.html", context)


def counted(plan: queries.Planned) -> list[dict[str, str]]:
    """What would come in, row by row, under ``COMING``."""
    return [
        {"measure": f"{each.code}: {each.title}", "part": each.part or "–", "before": each.before or "–",
         "said": _counted(each), "figure": each.figure, "note": each.note}
        for each in plan.coming
    ]  # fmt: skip


def _counted(each: queries.Fed) -> str:
    if each.nothing:
        return "withheld"
    return (
        f"{each.numerator:,}" if each.denominator is None else f"{each.numerator:,} of {each.denominator:,}"
    )


@asks(Verb.MANAGE, KIND)
def aside(request: Request, reference: str) -> HttpResponse:
    """Put a file aside that was not loaded."""
    one = _file(request, reference)
    if not queries.is_draft(one):
        return redirect("indicators:aggregate", reference)
    if request.method == "POST":
        try:
            operations.put_aside(actor=request.person, submission=one)
        except operations.AggregateRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The file is put aside. What it held is erased.")
        return redirect("indicators:aggregates")
    return render(request, "indicators/aggregates/aside.html", {"one": one})
