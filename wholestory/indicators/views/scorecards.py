"""Bringing in the scorecard a board has: read, laid out, rows named, looked through; and taken back."""

from __future__ import annotations

from typing import Any

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
from wholestory.indicators import scorecard_file
from wholestory.indicators.forms.scorecards import (
    BringInForm,
    LayoutForm,
    RowsForm,
    ScorecardFileForm,
    TakeBackForm,
)
from wholestory.indicators.models import Source, Submission, SubmissionState
from wholestory.indicators.operations import scorecards as operations
from wholestory.indicators.queries import scorecards as queries
from wholestory.indicators.rules.periods import Year
from wholestory.partners.models import Agency

KIND = Submission.record_kind
MOST_SHOWN = 200
TROUBLES = (Column("place", "Cell"), Column("severity", "Error or query"), Column("measure", "Measure"),
            Column("sent", "As typed"), Column("words", "What"), Column("what_to_do", "What to do"))  # fmt: skip
COMING = (Column("measure", "Measure"), Column("whose", "Whose"), Column("first", "From"), Column("last", "To"),
          Column("number", "Figures", numeric=True))  # fmt: skip


@asks(Verb.MANAGE, KIND)
def home(request: Request) -> HttpResponse:
    """Scorecards that were brought in, and the way to send one."""
    posted = request.method == "POST"
    agencies = list(Agency.objects.filter(boards=request.board).order_by("name").distinct())
    form = ScorecardFileForm(
        request.POST if posted else None, request.FILES if posted else None, agencies=agencies,
        initial={"whose": "board"},
    )  # fmt: skip
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = operations.start(
                actor=request.person, board=request.board, name=said["file"].name, years=Year(said["years"]),
                content=said["file"].read(scorecard_file.MOST_BYTES + 1), whose=said["whose"],
                now=moment_of(request.board, timezone.now()), today=request.today,
            )  # fmt: skip
        except operations.ScorecardRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("indicators:scorecard_layout", made.record.reference)
    found = queries.scorecards(request.board)
    reading.shown(request, KIND, found)
    return render(request, "indicators/scorecards/home.html", {"form": form, "scorecards": found})


def _scorecard(request: Request, reference: str) -> Submission:
    found = Submission.objects.filter(source=Source.SCORECARD).select_related("record", "board", "by")
    return reading.one(request, found, reference=reference)


@asks(Verb.MANAGE, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """What came of a scorecard; one that is still being looked through leads on to where it is."""
    one = _scorecard(request, reference)
    if queries.is_draft(one):
        step = "scorecard_check" if one.about["rows"] is not None else "scorecard_layout"
        return redirect(f"indicators:{step}", reference)
    problems = [
        {"place": f"{each.sheet}!{each.column}", "severity": each.get_severity_display(), "measure": each.measure,
         "sent": each.sent, "words": each.words, "what_to_do": each.what_to_do}
        for each in one.problems.all()
    ]  # fmt: skip
    wanted = request.GET.get("download", "")
    if wanted in downloads.FORMATS:
        reading.listed(request, KIND, [one.record_id], verb="access.downloaded")
        return downloads.export(request, problems, TROUBLES, f"Errors and queries in {one.file_name}", wanted)
    table = Table("Errors and queries", TROUBLES, problems[:MOST_SHOWN], hide_caption=True)
    return render(
        request, "indicators/scorecards/page.html",
        {"one": one, "problems": problems, "table": table, "in_force": queries.in_force(one), "wide": True,
         "undone": one.state == SubmissionState.UNDONE},
    )  # fmt: skip


@asks(Verb.MANAGE, KIND)
def layout(request: Request, reference: str) -> HttpResponse:
    """Which sheet is read and which column is which period."""
    one = _scorecard(request, reference)
    if not queries.is_draft(one):
        return redirect("indicators:scorecard", reference)
    found = queries.sheets(one)
    chosen = one.about["sheet"] if one.about["sheet"] is not None else queries.fullest(one)
    asked = request.POST.get("sheet", "")
    if request.method == "POST" and asked.isdigit() and int(asked) < len(found):
        chosen = int(asked)
    of = queries.layout_of(one, chosen)
    form = LayoutForm(
        request.POST if request.method == "POST" else None, names=[each["name"] for each in found], chosen=chosen,
        of=of, years=queries.years_of(one),
    )  # fmt: skip
    if form.is_valid():
        stated = {**(queries.stated_of(one) if chosen == one.about["sheet"] else {}), **form.stated()}
        if of is None and not stated:
            form.add_error(
                "sheet",
                "No heading in this sheet names a quarter, month or year. Choose another, or put the"
                " headings right in the file",
            )
        else:
            try:
                operations.choose_layout(actor=request.person, submission=one, sheet=chosen, stated=stated)
            except operations.ScorecardRefused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("indicators:scorecard_rows", reference)
    return render(request, "indicators/scorecards/layout.html", {"one": one, "form": form, "of": of})


@asks(Verb.MANAGE, KIND)
def rows(request: Request, reference: str) -> HttpResponse:
    """Which measure each row is."""
    one = _scorecard(request, reference)
    of = queries.layout_of(one) if queries.is_draft(one) else None
    if of is None:
        return redirect("indicators:scorecard", reference)
    known = queries.known(one.board)
    said = queries.rows_of(one, of, list(known.values()))
    form = RowsForm(
        request.POST if request.method == "POST" else None, lines=of.lines, said=said, known=known
    )
    if form.is_valid():
        try:
            operations.choose_rows(actor=request.person, submission=one, said=form.rows())
        except operations.ScorecardRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("indicators:scorecard_check", reference)
    return render(
        request, "indicators/scorecards/rows.html", {"one": one, "form": form, "known": known.values()}
    )


@asks(Verb.MANAGE, KIND)
def check(request: Request, reference: str) -> HttpResponse:
    """Everything that would come of it. Confirmed here, it is brought in."""
    one = _scorecard(request, reference)
    if not queries.is_draft(one):
        return redirect("indicators:scorecard", reference)
    if one.about["rows"] is None:
        return redirect("indicators:scorecard_layout", reference)
    plan = queries.plan_of(one)
    troubles = [
        {"place": f"{plan.sheet}!{each.place}", "severity": each.severity.title(), "measure": each.measure,
         "sent": each.sent, "words": each.words, "what_to_do": each.what_to_do}
        for each in plan.troubles
    ]  # fmt: skip
    wanted = request.GET.get("download", "")
    if wanted in downloads.FORMATS:
        reading.listed(request, KIND, [one.record_id], verb="access.downloaded")
        return downloads.export(request, troubles, TROUBLES, f"Errors and queries in {one.file_name}", wanted)
    form = BringInForm(
        request.POST if request.method == "POST" else None, errors=plan.errors, initial={"seen": plan.seen}
    )
    if form.is_valid():
        try:
            came = operations.bring_in(
                actor=request.person,
                submission=one,
                seen=form.cleaned_data["seen"],
                now=moment_of(request.board, timezone.now()),
            )
        except operations.ScorecardRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{came} figures are brought in.")
            return redirect("indicators:scorecard", reference)
    coming = Table("What would come in", COMING, _summed(plan), hide_caption=True, id="coming")
    table = Table("Errors and queries", TROUBLES, troubles[:MOST_SHOWN], hide_caption=True, id="troubles")
    return render(
        request, "indicators/scorecards/check.html",
        {"one": one, "plan": plan, "form": form, "coming": coming, "table": table, "wide": True,
         "more": max(0, len(troubles) - MOST_SHOWN)},
    )  # fmt: skip


def _summed(plan: queries.Planned) -> list[dict[str, Any]]:
    by: dict[tuple[str, str], list[queries.Placed]] = {}
    for each in plan.coming:
        by.setdefault((each.one.measure, str(each.agency or "The whole area")), []).append(each)
    return [
        {"measure": f"{code}: {plan.titles[code]}", "whose": whose, "number": len(some),
         "first": min(each.one.period for each in some).label, "last": max(each.one.period for each in some).label}
        for (code, whose), some in by.items()
    ]  # fmt: skip


@asks(Verb.MANAGE, KIND)
def aside(request: Request, reference: str) -> HttpResponse:
    """Put a scorecard aside that was not brought in."""
    one = _scorecard(request, reference)
    if not queries.is_draft(one):
        return redirect("indicators:scorecard", reference)
    if request.method == "POST":
        try:
            operations.put_aside(actor=request.person, submission=one)
        except operations.ScorecardRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The scorecard is put aside. Its cells are erased.")
        return redirect("indicators:scorecards")
    return render(request, "indicators/scorecards/aside.html", {"one": one})


@asks(Verb.MANAGE, KIND)
def back(request: Request, reference: str) -> HttpResponse:
    """Take back, as a whole, what a scorecard brought."""
    one = _scorecard(request, reference)
    if one.state != SubmissionState.IN_FORCE:
        return redirect("indicators:scorecard", reference)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ended = operations.take_back(
                actor=request.person, submission=one, because=form.cleaned_data["because"]
            )
        except operations.ScorecardRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Taken back: {ended} figures count no more.")
            return redirect("indicators:scorecard", reference)
    return render(
        request, "indicators/scorecards/back.html", {"one": one, "form": form, "in_force": queries.in_force(one)}
    )  # fmt: skip
