"""Emergency access: taken with a reason by somebody who shows again who they are, for reading, for an hour."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from wholestory import ledger
from wholestory.access import asking, jobs, reading
from wholestory.access.asks import asks
from wholestory.access.models import EmergencyAccess
from wholestory.access.requests import Request
from wholestory.access.screens import forms, operations, wording
from wholestory.access.signing_in import codes, factors, limits, sessions
from wholestory.access.signing_in.sealing import seal
from wholestory.access.verbs import Verb
from wholestory.govuk.views import too_many
from wholestory.records.references import tidy

KIND = "access.emergency"
#: A second factor shown this recently need not be shown again.
FRESH = timedelta(minutes=5)

#: Where a kind of record is read: the rooms say (``register``).
_PAGES: dict[str, str] = {}


def register(kind: str, url_name: str) -> None:
    """The page, taking ``reference``, on which a record of this kind is read. Called when a room starts."""
    _PAGES[kind] = url_name


@asks(Verb.WRITE, KIND, no_line="an empty form shows no record; taking access writes its own line")
def take(request: Request) -> HttpResponse:
    """Ask for emergency access. Whatever does not open gets one and the same answer."""
    ask_code = not settings.DEMO and not sessions.second_step_done(request, timezone.now(), FRESH)
    by_mail = ask_code and not factors.any_of(request.user)
    if request.method == "POST" and "send" in request.POST and by_mail:
        jobs.send_sign_in_code.defer(sealed_email=seal(request.user.email), signed_in=True)
        messages.success(request, "A code is on its way to your address.")
        return _page(request, forms.EmergencyForm(initial=request.POST.dict(), ask_code=True), by_mail)
    form = forms.EmergencyForm(request.POST or None, ask_code=ask_code)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, by_mail)
    if ask_code and not _shown_again(request, form.cleaned_data["code"]):
        if limits.WRONG_SECOND.note(f"emergency:{request.user.pk}") >= limits.WRONG_SECOND.most:
            return too_many(request, wait_seconds=limits.WRONG_SECOND.seconds)
        form.add_error("code", "This code is not right, or its time has run out")
        return _page(request, form, by_mail)
    reference = tidy(form.cleaned_data["reference"])
    taken = operations.take_emergency_access(
        actor=request.person, reference=reference, reason=form.cleaned_data["reason"]
    )
    if taken is None:
        reading.missing(request, reference)
    return redirect("access:emergency", key=taken)


def _shown_again(request: Request, code: str) -> bool:
    if limits.WRONG_SECOND.passed(f"emergency:{request.user.pk}"):
        return False
    account = request.user
    if factors.any_of(account):
        return factors.app_shows(account, code) or factors.recovery_code_shown(account, code)
    return codes.accept(account.email, code, timezone.now()) is not None


def _page(request: Request, form: forms.EmergencyForm, by_mail: bool) -> HttpResponse:
    if "code" in form.fields:
        form.fields["code"].help_text = (
            "From the message we send you when you press “Send me a code”"
            if by_mail
            else "The six digits your authenticator app shows now, or a recovery code"
        )
    minutes = int(operations.EMERGENCY_LASTS.total_seconds() // 60)
    return render(
        request, "access/emergency_take.html", {"form": form, "by_mail": by_mail, "minutes": minutes}
    )


@asks(Verb.READ, KIND)
def emergency(request: Request, key: UUID) -> HttpResponse:
    """One emergency access: for whoever took it while it lasts, and for those who review it."""
    found = (
        EmergencyAccess.objects.filter(pk=key)
        .select_related("record__board", "person", "reviewed_by")
        .first()
    )
    if found is None:
        raise Http404
    record, now = found.record, timezone.now()
    mine = found.person_id == request.person.id
    reviews = not mine and bool(asking.ask(request.person, Verb.DECIDE, record, kind=KIND))
    if not mine and not reviews:
        reading.missing(request, record.reference)
    ledger.line("access.opened", record, reason="access.emergency", writes=False)
    form = forms.ReviewForm(request.POST or None) if reviews and not found.reviewed_at else None
    if form is not None and request.method == "POST" and form.is_valid():
        operations.review_emergency_access(
            actor=request.person, emergency=found, at=now, outcome=form.cleaned_data["outcome"],
            note=form.cleaned_data["note"],
        )  # fmt: skip
        messages.success(request, "Your review is kept with it.")
        return redirect("access:emergencies")
    context = {
        "found": found,
        "kind": wording.kind(record.kind),
        "mine": mine,
        "lasts": found.ended_at is None and found.expires_at > now,
        "record_url": _page_of(record.kind, record.reference),
        "form": form,
    }
    return render(request, "access/emergency.html", context)


def _page_of(kind: str, reference: str) -> str:
    try:
        return reverse(_PAGES[kind], args=[reference]) if kind in _PAGES else ""
    except NoReverseMatch:
        return ""


@asks(Verb.WRITE, KIND, no_line="ending writes its own line")
def end(request: Request, key: UUID) -> HttpResponse:
    """Give emergency access back before its time."""
    found = (
        EmergencyAccess.objects.filter(pk=key, person=request.person).select_related("record__board").first()
    )
    if request.method != "POST" or found is None:
        raise Http404
    operations.end_emergency_access(actor=request.person, emergency=found, at=timezone.now())
    messages.success(request, "Your emergency access has ended.")
    return redirect("/")


@asks(Verb.LIST, KIND)
def emergencies(request: Request) -> HttpResponse:
    """Every emergency access of the board that the reader may see, those to be reviewed first."""
    found = EmergencyAccess.objects.filter(record__board=request.board).select_related("record", "person")
    rows = list(found.order_by("reviewed_at", "-started_at", "pk")[:200])
    rows.sort(key=lambda one: one.reviewed_at is not None)
    reading.listed(request, KIND, [one.record_id for one in rows])
    return render(request, "access/emergencies.html", {"emergencies": rows, "me": request.person.id})
