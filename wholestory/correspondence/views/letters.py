"""Letters the chair signs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import Verb, acting, reading
from wholestory.access.asking import may as seat_may
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.correspondence import forms, operations, queries
from wholestory.correspondence.models import Letter, LetterStatus
from wholestory.correspondence.operations.letters import fingerprint
from wholestory.correspondence.views.shared import beside, may, or_not_found, posted, state
from wholestory.govuk.forms import Form
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Row
from wholestory.govuk.templatetags.govuk import day, moment
from wholestory.kernel.generated import Marking, Stamp
from wholestory.kernel.generated import render as as_pdf
from wholestory.partners.models import LONDON

KIND = Letter.record_kind
COLUMNS = (
    Column("subject", "Letter", sortable=True),
    Column("to", "To", sortable=True, sort_by=("to_name",)),
    Column("agency", "Organisation", sortable=True, sort_by=("agency__name",)),
    Column("state", "State", sortable=True, sort_by=("status",)),
    Column("wanted", "Sign by", sortable=True, sort_by=("wanted_by_on",)),
    Column("prepared", "Prepared", sortable=True, sort_by=("prepared_at",)),
)
#: The letter as it is posted. Everything people typed comes in as data.
PAGE = """
#for line in data.to [#line \\ ]
#v(1em)
#data.on
#v(1em)
#for block in data.body { par(block) }
#v(1em)
#if data.signed != "" [#data.signed \\ #data.signed_on] else [_Not signed yet_]
"""


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Letters: those that wait for a signature first."""
    rows = queries.letters().filter(board=request.board)
    if "download" in request.GET:
        if not seat_may(request.seats, Verb.EXPORT, KIND, request.board):
            raise Http404
        rows = rows.exclude(circle__in=acting.only_for_reading())
    page = ListPage(
        request.GET,
        rows=rows,
        columns=COLUMNS,
        sort="state",
        caption="Letters",
        shape=lambda rows: [_shown(queries.letter_line(row)) for row in rows],
        empty="No letter has been prepared yet.",
    )
    if page.wants_export:
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="correspondence.exported")
        return page.export(request, "Letters")
    reading.listed(request, KIND, [row["record_id"] for row in page.rows])
    writes = seat_may(request.seats, Verb.WRITE, KIND, request.board)
    return render(request, "correspondence/letters.html", {"page": page, "writes": writes})


def _shown(line: queries.LetterLine) -> dict[str, Any]:
    return {
        "record_id": line.record_id,
        "subject": Link(line.subject, line.url),
        "to": line.to_name,
        "agency": line.agency,
        "state": state(line.status, line.status_label),
        "wanted": in_words(line.wanted_by_on) if line.wanted_by_on else "",
        "prepared": day(line.prepared_at),
    }


@asks(Verb.WRITE, KIND, no_line="An empty form; keeping a letter writes the line")
def prepare(request: Request) -> HttpResponse:
    """Write a letter for the chair."""
    form = forms.LetterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with beside(form):
            letter = operations.prepare_letter(
                actor=request.person,
                board=request.board,
                text=form.text(),
                wanted_by_on=form.cleaned_data["wanted_by_on"],
            )
            notices.success(request, "The letter waits for the chair’s signature.")
            return redirect("correspondence:letter", reference=letter.record.reference)
    context = {"form": form, "heading": "Prepare a letter", "back": reverse("correspondence:letters")}
    return render(request, "correspondence/letter_form.html", context)


@asks(Verb.WRITE, KIND)
def change(request: Request, reference: str) -> HttpResponse:
    """Change a letter nobody has signed."""
    letter = reading.one(request, queries.letters(), reference=reference)
    form = forms.LetterForm(posted(request), initial=forms.LetterForm.of(letter))
    if request.method == "POST" and form.is_valid():
        with beside(form):
            operations.change_letter(actor=request.person, letter=letter, text=form.text())
            notices.success(request, "The letter was changed.")
            return redirect("correspondence:letter", reference=letter.record.reference)
    back = reverse("correspondence:letter", args=[letter.record.reference])
    return render(
        request,
        "correspondence/letter_form.html",
        {"form": form, "heading": "Change the letter", "back": back},
    )


@asks(Verb.READ, KIND)
def letter(request: Request, reference: str) -> HttpResponse:
    """One letter, to read and, for the chair, to sign."""
    found = reading.one(request, queries.letters(), reference=reference)
    signs = found.status == LetterStatus.PREPARED and may(request, Verb.DECIDE, found)
    form = forms.Sign(posted(request), initial={"read": fingerprint(found)}) if signs else None
    if form is not None and request.method == "POST" and form.is_valid():
        with beside(form):
            operations.sign_letter(actor=request.person, letter=found, read=form.cleaned_data["read"])
            notices.success(request, "You signed the letter. The team sends it.")
            return redirect("correspondence:letter", reference=found.record.reference)
    context = {
        "letter": found,
        "line": queries.letter_line(found),
        "state": state(found.status, found.get_status_display()),
        "rows": _rows(found),
        "form": form,
        "signed_on": _signed_on(found),
        "writes": may(request, Verb.WRITE, found),
    }
    return render(request, "correspondence/letter.html", context)


@asks(Verb.WRITE, KIND)
def send(request: Request, reference: str) -> HttpResponse:
    """Send a signed letter."""
    found = reading.one(request, queries.letters(), reference=reference)
    form = forms.SendLetter(posted(request))
    if request.method == "POST" and form.is_valid():
        with beside(form, "by"):
            operations.send_letter(actor=request.person, letter=found, by=form.cleaned_data["by"])
            notices.success(request, "The letter is marked as sent.")
            return redirect("correspondence:letter", reference=found.record.reference)
    return _confirm(
        request, found, form, "How does this letter go?", "Send it", ["It cannot be changed after that"]
    )


@asks(Verb.WRITE, KIND)
def withdraw(request: Request, reference: str) -> HttpResponse:
    """Take back a letter that has not gone."""
    found = reading.one(request, queries.letters(), reference=reference)
    form = Form(posted(request))
    if request.method == "POST" and form.is_valid():
        with beside(form):
            operations.withdraw_letter(actor=request.person, letter=found)
            notices.success(request, "The letter was withdrawn.")
            return redirect("correspondence:letter", reference=found.record.reference)
    return _confirm(
        request, found, form, "Withdraw this letter?", "Withdraw it", ["It is not sent", "It stays on record"]
    )


@asks(Verb.READ, KIND)
def pdf(request: Request, reference: str) -> HttpResponse:
    """The letter to print and post."""
    found = reading.one(request, queries.letters(), reference=reference, verb="correspondence.letter_printed")
    reading.must_leave(request, found)
    or_not_found(request, Verb.EXPORT, found)
    stamp = Stamp(
        Marking.OFFICIAL_SENSITIVE,
        request.person.full_name,
        timezone.now(),
        found.board.name,
        found.board.is_example,
    )
    data = {
        "to": [found.to_name, *([found.to_role] if found.to_role else []), *found.to_postal.splitlines()],
        "on": in_words((found.signed_at or found.prepared_at).astimezone(LONDON).date()),
        "body": [block.strip() for block in found.body.replace("\r\n", "\n").split("\n\n") if block.strip()],
        "signed": found.signed_by.full_name if found.signed_by else "",
        "signed_on": _signed_on(found),
    }
    response = HttpResponse(
        as_pdf(PAGE, data, stamp=stamp, title=found.subject), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.record.reference}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _confirm(
    request: Request, found: Letter, form: Any, question: str, label: str, consequences: list[str]
) -> HttpResponse:
    context = {
        "question": question,
        "consequences": consequences,
        "form": form,
        "confirm_label": label,
        "cancel_label": "Go back",
        "cancel_url": reverse("correspondence:letter", args=[found.record.reference]),
    }
    return render(request, "govuk/confirm.html", context)


def _signed_on(found: Letter) -> str:
    return f"Signed on {in_words(found.signed_at.astimezone(LONDON).date())}" if found.signed_at else ""


def _rows(found: Letter) -> list[Row]:
    pairs = [
        ("Reference", found.record.reference),
        ("To", ", ".join(part for part in (found.to_name, found.to_role) if part)),
        ("Organisation", found.agency.name if found.agency else ""),
        ("E-mail address", found.to_address),
        ("Prepared", f"{found.prepared_by.full_name}, {moment(found.prepared_at)}"),
        ("Sign by", in_words(found.wanted_by_on) if found.wanted_by_on else ""),
        ("Signed", f"{found.signed_by.full_name}, {moment(found.signed_at)}" if found.signed_by else ""),
        ("Sent", f"{found.get_sent_how_display()}, {moment(found.sent_at)}" if found.sent_at else ""),
    ]
    rows = [Row(key, value) for key, value in pairs if value]
    if found.message is not None:
        rows.append(Row("As a message", Link(found.message.record.reference, queries.url(found.message))))
    return rows
