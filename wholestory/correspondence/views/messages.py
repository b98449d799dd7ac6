"""One message with its proof, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import Verb, reading
from wholestory.access.asking import may as seat_may
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.correspondence import forms, operations, proof, queries
from wholestory.correspondence.models import TROUBLE, Bounce, ByHand, Message, Status
from wholestory.correspondence.operations.outcomes import MAY_GO_BY_HAND
from wholestory.correspondence.operations.sending import calendar_file
from wholestory.correspondence.rules import calendar, plain
from wholestory.correspondence.views.shared import beside, may, posted, state
from wholestory.govuk.forms import Form
from wholestory.govuk.parts import Event, Link, MessagePreview, Row, Timeline
from wholestory.govuk.templatetags.govuk import moment

KIND = Message.record_kind


@asks(Verb.READ, KIND)
def message(request: Request, reference: str) -> HttpResponse:
    """One message: what it says, what became of it, and the text to copy."""
    found = _opened(request, reference)
    page = proof.page(found)
    writes = may(request, Verb.WRITE, found)
    context = {
        "message": page,
        "state": state(found.status, page.line.status_label),
        "rows": _rows(page),
        "preview": MessagePreview(
            to=f"{found.to_name} <{found.to_address}>" if found.to_address else found.to_name,
            subject=found.subject, body=plain.as_text(found.body), sender=found.board.name,
            attachments=("due-date.ics",) if found.due_on else (),
        ),
        "copy": f"{found.to_address}\n{found.subject}\n\n{plain.as_text(found.body)}",
        "history": Timeline([_event(one) for one in page.attempts], empty="Nothing has been tried yet."),
        "actions": _actions(found) if writes else [],
        "outbox": settings.ENVIRONMENT.mail_by == "outbox",
        "list_url": reverse("correspondence:list") if seat_may(request.seats, Verb.LIST, KIND, request.board) else "",
    }  # fmt: skip
    return render(request, "correspondence/message.html", context)


@asks(Verb.READ, KIND)
def calendar_of(request: Request, reference: str) -> HttpResponse:
    """The due date as a file for a calendar."""
    found = _opened(request, reference)
    reading.must_leave(request, found)
    made = calendar_file(found)
    if not made:
        raise Http404
    response = HttpResponse(made, content_type=calendar.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{found.record.reference}.ics"'
    response["Cache-Control"] = "no-store"
    return response


@asks(Verb.WRITE, KIND)
def change(request: Request, reference: str) -> HttpResponse:
    """Read a draft, change it, and send it."""
    found = _opened(request, reference)
    said = {"to_address": found.to_address, "subject": found.subject, "body": found.body}
    form = forms.ChangeDraft(posted(request), initial=said)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            changed = operations.change(actor=request.person, message=found, **form.cleaned_data)
            if "send" in request.POST:
                operations.send(actor=request.person, message=changed)
            notices.success(
                request, "The message is on its way." if "send" in request.POST else "The draft was saved."
            )
            return redirect(queries.url(found))
    return render(request, "correspondence/change.html", {"form": form, "message": queries.line(found)})


@asks(Verb.WRITE, KIND)
def by_hand(request: Request, reference: str) -> HttpResponse:
    """Somebody sent it without the program."""
    return _asked(
        request, reference, forms.SentByHand(posted(request)), "Mark as sent by hand?", "Mark as sent",
        ["The message is not sent from here", "Who marked it, when and how it was sent stay on record"],
        lambda found, data: operations.mark_sent_by_hand(actor=request.person, message=found, how=ByHand(data["how"])),
        "The message is marked as sent by hand.",
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def came_back(request: Request, reference: str) -> HttpResponse:
    """A message came back to the team's mailbox."""
    return _asked(
        request, reference, forms.CameBack(posted(request)), "Did this message come back?", "It came back",
        ["It is shown as not delivered, here and where its record is worked on"],
        lambda found, data: operations.record_bounce(actor=request.person, message=found, bounce=Bounce(data["bounce"])
        ),
        "The message is marked as not delivered.",
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def again(request: Request, reference: str) -> HttpResponse:
    """Send what did not arrive to another address."""
    return _asked(
        request, reference, forms.SendAgain(posted(request)), "Send this message again?", "Send again",
        ["The same text goes out as a new message", "The address in the directory is not changed"],
        lambda found, data: operations.send_again(actor=request.person, message=found, to_address=data["to_address"]),
        "The message is on its way again.",
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def send(request: Request, reference: str) -> HttpResponse:
    """Send a draft as it is."""
    return _asked(
        request, reference, Form(posted(request)), "Send this message?", "Send",
        ["It goes out within a minute or two"],
        lambda found, _: operations.send(actor=request.person, message=found), "The message is on its way.",
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def cancel(request: Request, reference: str) -> HttpResponse:
    """Keep a message from going."""
    return _asked(
        request, reference, Form(posted(request)), "Cancel this message?", "Cancel the message",
        ["It is not sent", "Its text stays on record"],
        lambda found, _: operations.cancel(actor=request.person, message=found), "The message was cancelled.",
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def settle(request: Request, reference: str) -> HttpResponse:
    """Somebody dealt with a message that did not arrive."""
    return _asked(
        request, reference, Form(posted(request)), "Has this been dealt with?", "It has been dealt with",
        ["It leaves the list of messages that were not delivered"],
        lambda found, _: operations.settle(actor=request.person, message=found), "It is off the list.",
    )  # fmt: skip


def _asked(
    request: Request,
    reference: str,
    form: Any,
    question: str,
    confirm: str,
    consequences: list[str],
    do: Callable[[Message, dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """One question, one button, one operation."""
    found = _opened(request, reference)
    if request.method == "POST" and form.is_valid():
        with beside(form):
            do(found, form.cleaned_data)
            notices.success(request, done)
            return redirect(queries.url(found))
    context = {
        "question": question,
        "consequences": consequences,
        "form": form,
        "confirm_label": confirm,
        "cancel_label": "Go back",
        "cancel_url": queries.url(found),
    }
    return render(request, "govuk/confirm.html", context)


def _opened(request: Request, reference: str) -> Message:
    wanted = queries.messages().select_related(
        "record", "agency", "board", "about", "written_by", "sent_by_hand_by", "settled_by"
    )
    return reading.one(request, wanted, reference=reference)


def _rows(page: proof.MessagePage) -> list[Row]:
    line = page.line
    pairs = [
        ("Reference", line.reference),
        ("Kind", line.kind_title),
        ("About", Link(page.about, page.link) if page.about and page.link else page.about),
        ("Organisation", line.agency),
        ("Written by", page.written_by),
        ("Goes out by", moment(page.post_by) if line.status == Status.QUEUED else ""),
        ("Sent", moment(line.sent_at)),
        ("Sent by hand", page.by_hand),
        ("Delivered", moment(page.delivered_at)),
        ("Not delivered because", line.trouble),
        ("Dealt with by", page.settled),
    ]
    return [Row(key, value) for key, value in pairs if value]


def _event(one: proof.AttemptLine) -> Event:
    text = "; ".join(part for part in (one.detail, one.reference) if part)
    return Event(title=one.what, when=moment(one.at), by=one.by, text=text)


def _actions(found: Message) -> list[Link]:
    """What can be done with it now."""
    status, waits = Status(found.status), found.handed_on_at is None
    wanted = [
        ("Read and change it", "change", status is Status.DRAFT),
        ("Send it", "send", status is Status.DRAFT and bool(found.to_address)),
        (
            "Mark it as sent by hand",
            "by_hand",
            status in MAY_GO_BY_HAND and (status is not Status.QUEUED or waits),
        ),
        ("Cancel it", "cancel", status in {Status.DRAFT, Status.QUEUED} and waits),
        ("Say that it came back", "came_back", status in {Status.SENT, Status.DELIVERED}),
        ("Send it to another address", "again", status in TROUBLE),
        ("Say that it has been dealt with", "settle", status in TROUBLE and found.settled_at is None),
    ]
    return [
        Link(text, reverse(f"correspondence:{name}", args=[found.record.reference]))
        for text, name, offered in wanted
        if offered
    ]
