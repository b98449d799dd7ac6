"""The Excel return: its template, loading it back, what was read, and what to put right beside the data."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.govuk.downloads import FORMATS
from wholestory.indicators.files.return_workbook import Beside, template
from wholestory.indicators.forms.files import LoadForm
from wholestory.indicators.models import AgencyReturn, ReturnStage, Submission, SubmissionState
from wholestory.indicators.operations import loading
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import return_form as queries
from wholestory.indicators.queries.files_listed import absent, files_of
from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.figures import in_words
from wholestory.indicators.rules.return_cells import Trouble
from wholestory.indicators.rules.return_checks import Checked, check
from wholestory.indicators.views.finding import back_to, must, the_return

_RETURN = AgencyReturn.record_kind
_OPEN = (ReturnStage.ASKED, ReturnStage.STARTED)


@asks(Verb.WRITE, _RETURN)
def files(request: Request, reference: str) -> HttpResponse:
    """The template to download, and loading a filled-in one."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    is_open = ret.stage in _OPEN and ret.record.closed_on is None
    posted = request.POST if request.method == "POST" else None
    form = LoadForm(posted, request.FILES or None, may_say_why=bool(posted and "why" in posted))
    if posted is not None and form.is_valid():
        try:
            loaded = loading.load(
                actor=request.person, ret=ret, upload=form.cleaned_data["file"], today=request.today,
                now=moment_of(request.board, timezone.now()), why=form.cleaned_data.get("why", ""),
            )  # fmt: skip
        except loading.LoadRefused as refused:
            if refused.may_say_why:
                form = LoadForm(posted, request.FILES or None, may_say_why=True)
                form.is_valid()
            form.add_error("file", str(refused))
        except ReturnRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("indicators:return_looked", reference, loaded.number)
    context = {"ret": ret, "form": form, "is_open": is_open, "earlier": files_of(ret)}
    return render(request, "indicators/return_files.html", context)


@asks(Verb.EXPORT, _RETURN)
def download(request: Request, reference: str) -> HttpResponse:
    """The template, filled in as far as the return is."""
    ret = the_return(request, reference)
    must(request, Verb.EXPORT, ret)
    reading.must_leave(request, ret)
    reading.listed(request, _RETURN, [ret.record_id], verb="access.downloaded")
    # What was not sent yet is the agency's own: the board's team gets what it was sent.
    own = bool(asking.ask(request.person, Verb.WRITE, ret.record))
    standing = queries.in_force_of(ret)
    form = queries.form_of(ret, submission=(queries.draft_of(ret) if own else None) or standing, drafts=own)
    made = template(form, moment_of(request.board, timezone.now()))
    return _workbook(made, f"figures-{ret.agency.slug}-{ret.label}")


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=FORMATS["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)}.xlsx"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _the_file(ret: AgencyReturn, number: int) -> Submission:
    found = Submission.objects.filter(of_return=ret, number=number, source="workbook").first()
    if found is None:
        raise Http404
    return found


def _looked(ret: AgencyReturn, submission: Submission) -> tuple[queries.Form, dict[str, Typed], Checked]:
    """The return as it would stand with the file."""
    form = queries.form_of(ret)
    rows = loading.merged(ret, submission)
    return (
        form,
        rows,
        check(form.lines, rows, form.history, queries.reasons_of(form.submission), complete=True),
    )


@asks(Verb.WRITE, _RETURN)
def looked(request: Request, reference: str, number: int) -> HttpResponse:
    """What was read, before it counts: what would change, what is wrong and where. The button takes it."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    submission = _the_file(ret, number)
    if submission.state != SubmissionState.DRAFT or "looking" not in submission.about:
        return back_to(ret)
    if request.method == "POST":
        try:
            if "aside" in request.POST:
                loading.put_aside(actor=request.person, ret=ret, submission=submission)
                messages.success(request, "The file is put aside. Nothing changed.")
                return redirect("indicators:return_files", reference)
            loading.use(
                actor=request.person, ret=ret, submission=submission, today=request.today,
                now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except ReturnRefused as refused:
            messages.error(request, str(refused))
            return back_to(ret)
        messages.success(request, "The figures of the file are on the page now. Look at them, then go on.")
        return redirect("indicators:return_fill", reference)
    form, rows, checked = _looked(ret, submission)
    context = {
        "ret": ret, "submission": submission, "changes": _changes(form, rows, checked), "wide": True,
        "troubles": _troubles(submission), "lines": len(form.lines), "read": len(submission.typed.get("rows", {})),
        "findings": _findings(submission, form, checked), "absent": absent(submission, form.lines),
        "says_something": any(not typed.blank for typed in queries.typed_of(submission).values()),
    }  # fmt: skip
    return render(request, "indicators/return_looked.html", context)


def _changes(form: queries.Form, rows: dict[str, Typed], checked: Checked) -> list[tuple[str, str, str]]:
    """Lines that would change: title, what stands on the page, what the file says."""
    found = []
    for entry in checked.entries:
        line = entry.line
        before = form.typed.get(line.key, Typed())
        after = rows.get(line.key, Typed())
        if before == after or after.blank:
            continue
        unread = entry.figure.empty and not entry.figure.nothing
        said = (
            f"“{after.numerator or after.percentage}”" if unread else in_words(entry.figure, line.definition)
        )
        old = next(one for one in form.checked.entries if one.line.key == line.key)
        found.append((line.title, "" if before.blank else in_words(old.figure, line.definition), said))
    return found


def _findings(submission: Submission, form: queries.Form, checked: Checked) -> list[dict[str, Any]]:
    """What is wrong or odd in lines, each with its cell."""
    places, titles = submission.about.get("places", {}), {line.key: line.title for line in form.lines}
    return [
        {
            "severity": "Error" if one.is_error else "Query", "rule": one.fault.rule, "cell": places.get(one.key, ""),
            "title": titles[one.key], "sent": one.sent, "words": one.fault.words, "what_to_do": one.fault.what_to_do,
        }
        for one in checked.standing_in_the_way
    ]  # fmt: skip


def _troubles(submission: Submission) -> list[Trouble]:
    return [Trouble(**one) for one in submission.about.get("troubles", [])]


@asks(Verb.EXPORT, _RETURN)
def beside(request: Request, reference: str, number: int) -> HttpResponse:
    """The figures as they were sent, with what to put right beside each row: to send back to whoever filled them in."""
    ret = the_return(request, reference)
    must(request, Verb.EXPORT, ret)
    reading.must_leave(request, ret)
    submission = _the_file(ret, number)
    form, _, _ = _looked(ret, submission)
    sent = queries.typed_of(submission)
    checked = check(form.lines, sent, form.history, {}, complete=True)
    lines: dict[str, list[str]] = defaultdict(list)
    for one in checked.findings:
        lines[one.key].append(f"{one.fault.rule}: {one.fault.words} {one.fault.what_to_do}")
    reading.listed(request, _RETURN, [ret.record_id], verb="access.downloaded")
    made = template(
        form, moment_of(request.board, timezone.now()), sent, Beside(lines, _troubles(submission))
    )
    return _workbook(made, f"put-right-{ret.agency.slug}-{ret.label}")
