"""The open page. It knows nobody, sends no cookie and shows nothing that is held, so it needs and has no token against
forged forms: a forged one could do no more than anybody can."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from wholestory.access import open_doors
from wholestory.access.asks import public
from wholestory.access.signing_in.network import address_of
from wholestory.child_deaths.open_notification import limit
from wholestory.child_deaths.open_notification import receipt as receipts
from wholestory.child_deaths.open_notification.answers import (
    FORM_KEY,
    FORM_VERSION,
    answers_of,
    shown,
    typed,
    warnings_of,
)
from wholestory.child_deaths.open_notification.asked_again import CANNOT_BE_KEPT
from wholestory.child_deaths.open_notification.forms import NotificationForm, parts

log = logging.getLogger(__name__)

WHY = "Open to everybody: says whom to telephone, and takes a message about a death without showing what is held"
TRY_AGAIN_SECONDS = 60


@dataclass(frozen=True)
class Sent:
    """What came of sending: a receipt, or ``trouble`` (busy, ask, broken, gone)."""

    receipt: receipts.Receipt | None = None
    trouble: str = ""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public(WHY)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks, shows what was typed to be checked, and sends. Every step carries everything typed; nothing is kept."""
    if request.method == "POST" and (refused := _unfit(request)):
        return refused
    panel = _panel(slug)
    if panel is None:
        return _nothing(request)
    today = date.fromisoformat(panel["day"])
    if request.method != "POST":
        return _page(
            request,
            slug,
            panel,
            "form",
            {"form": NotificationForm(today=today), "sitting": limit.sitting(request)},
        )
    sent, unkept = _without_nul(request.POST)
    form = NotificationForm(sent, today=today)
    step = request.POST.get("step", "check")
    form.full_clean()
    for name in form.fields:
        if any(box == name or box.startswith(f"{name}-") for box in unkept):
            form.add_error(name, CANNOT_BE_KEPT)
    if not form.is_valid() or step == "change":
        return _page(request, slug, panel, "form", {"form": form, "sitting": limit.sitting(request)})
    if step != "send":
        return _check(request, slug, panel, form)
    came = _send(request, slug, form, today)
    if came.receipt is not None:
        response = redirect("notify:receipt", slug=slug, signed=receipts.signed(slug, came.receipt))
        response.status_code = 303
        return response
    if came.trouble == "gone":
        return _nothing(request)
    return _check(request, slug, panel, form, came.trouble)


@public(
    "Shows a reference to whoever has just sent a message, at an address nobody can guess, for half an hour"
)
def receipt(request: HttpRequest, slug: str, signed: str) -> HttpResponse:
    """The receipt: reference, panel and when it came, and nothing about the child."""
    found, panel = receipts.read(slug, signed), _panel(slug)
    if found is None or panel is None:
        return _nothing(request)
    return _page(request, slug, panel, "receipt", {"receipt": found})


@require_safe
@public("A blank form to print, for when computers are down")
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions on paper."""
    panel = _panel(slug)
    if panel is None:
        return _nothing(request)
    form = NotificationForm(today=date.fromisoformat(panel["day"]))
    return _page(request, slug, panel, "paper", {"form": form})


def _unfit(request: HttpRequest) -> HttpResponse | None:
    """An answer to what no browser sends from this page, before anything of it is read."""
    if request.content_type != "application/x-www-form-urlencoded":
        return _plain(request, 415)
    length = request.META.get("CONTENT_LENGTH") or "0"
    return _plain(request, 413) if not length.isdigit() or int(length) > limit.LARGEST_BODY else None


def _panel(slug: str) -> dict[str, Any] | None:
    found: str | None = open_doors.ask("child_deaths_notify_shown", slug)
    if found is None:
        return None
    panel: dict[str, Any] = json.loads(found)
    if panel["verified_on"]:
        panel["verified_on"] = date.fromisoformat(panel["verified_on"])
    for one in panel["numbers"]:
        # An extension is asked for by whoever answers: a telephone would dial its figures along.
        before = re.split(r"[A-Za-z]", one["number"], maxsplit=1)[0]
        one["dial"] = "".join(sign for sign in before if sign.isdigit() or sign == "+")
    return panel


def _send(request: HttpRequest, slug: str, form: NotificationForm, today: date) -> Sent:
    question = limit.answered(request.POST.get("question_token", ""), request.POST.get("question_answer", ""))
    if form.cleaned_data["website"] and not question:
        return Sent(
            trouble="ask"
        )  # a box nobody sees was filled in: a program, or a browser that fills in everything
    visitor = limit.visitor(address_of(request), today)
    answers = answers_of(form.cleaned_data)
    try:
        with transaction.atomic():
            said: str | None = open_doors.ask(
                "child_deaths_notify",
                slug,
                answers,
                FORM_KEY,
                FORM_VERSION,
                visitor,
                question,
                limit.sitting(request),
            )
    except Error:
        log.exception("a notification could not be kept")
        return Sent(trouble="broken")
    if said is None:
        return Sent(trouble="gone")
    told: dict[str, Any] = json.loads(said)
    if "reference" not in told:
        return Sent(trouble="busy" if told.get("busy") else "ask")
    return Sent(receipts.Receipt(told["reference"], datetime.fromisoformat(told["received"])))


def _check(
    request: HttpRequest, slug: str, panel: dict[str, Any], form: NotificationForm, trouble: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "sitting": limit.sitting(request),
        "sections": list(shown(form)),
        "typed": list(typed(form)),
        "warnings": warnings_of(form.cleaned_data),
        "trouble": trouble,
        "question": limit.question() if trouble == "ask" else None,
        "wrong": trouble == "ask" and "question_answer" in request.POST,
        "page_has_errors": bool(trouble),
    }
    status = {"": 200, "ask": 200, "busy": 429, "broken": 503}[trouble]
    response = _page(request, slug, panel, "check", context, status)
    if trouble in ("busy", "broken"):
        response["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


def _without_nul(sent: QueryDict) -> tuple[QueryDict, frozenset[str]]:
    """What was sent without the one character nobody types and no database keeps, and the boxes it stood in."""
    clean = sent.copy()
    for name in list(clean):
        clean.setlist(name, [str(value).replace("\x00", "") for value in sent.getlist(name)])
    return clean, frozenset(name for name in clean if any("\x00" in str(one) for one in sent.getlist(name)))


def _page(
    request: HttpRequest,
    slug: str,
    panel: dict[str, Any],
    name: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Nothing of the signed-in site: no way to sign in, no menu, and no token, which would bring a cookie."""
    address = reverse("notify:page", args=[slug])
    bare: dict[str, Any] = {
        "csrf_token": "", "sign_in_url": "", "sign_out_url": "", "navigation": [], "acting_as": None, "messages": [],
        "footer_links": [], "strip": None, "panel": panel, "board_name": panel["short"], "home_url": address,
        "address": address, "paper": reverse("notify:paper", args=[slug]),
        "parts": parts(context["form"]) if "form" in context else [],
        "example_banner": {"today": date.fromisoformat(panel["day"])} if panel["example"] else None,
    }  # fmt: skip
    return render(request, f"child_deaths/open/{name}.html", {**bare, **context}, status=status)


def _nothing(request: HttpRequest) -> HttpResponse:
    return _plain(request, 404)


def _plain(request: HttpRequest, status: int) -> HttpResponse:
    """The same page for every address that is no panel's, and for what no browser sends."""
    bare: dict[str, Any] = {
        "csrf_token": "", "sign_in_url": "", "sign_out_url": "", "navigation": [], "acting_as": None, "messages": [],
        "footer_links": [], "strip": None, "example_banner": None, "status": status,
    }  # fmt: skip
    return render(request, "child_deaths/open/nothing.html", bare, status=status)
