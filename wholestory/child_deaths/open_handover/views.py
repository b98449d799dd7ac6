"""The page behind the link. It sends no cookie; a forged answer could do no more than whoever has the link can."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from wholestory.access import open_doors
from wholestory.access.asks import public
from wholestory.child_deaths.forms.transfers import LinkAnswerForm
from wholestory.child_deaths.rules.handover import digest

WHY = "Open to whoever has the link: says which case is offered by its reference alone, and takes one answer"


@csrf_exempt
@public(WHY)
def page(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered and the answer to it; one calm page for a link that opens nothing, whatever the reason."""
    found: str | None = open_doors.ask("child_deaths_transfer_shown", digest(token))
    if found is None:
        return _page(request, "nothing", {}, status=404)
    shown: dict[str, Any] = json.loads(found)
    form = LinkAnswerForm(_without_nul(request) if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        taken = open_doors.ask(
            "child_deaths_transfer_answer", digest(token), said["accepted"] == "yes", said["answered_by"],
            said["their_reference"], said["words"],
        )  # fmt: skip
        return redirect("handover:thanks") if taken else _page(request, "nothing", {}, status=404)
    context = {
        "form": form,
        "shown": shown,
        "sent": datetime.fromisoformat(shown["sent"]),
        "page_has_errors": bool(form.errors),
        "example_banner": {"today": date.fromisoformat(shown["day"])} if shown["example"] else None,
        "board_name": shown["from"],
        "home_url": reverse("handover:page", args=[token]),
    }
    return _page(request, "answer", context)


@public("Says thank you, and knows neither for what nor to whom")
def thanks(request: HttpRequest) -> HttpResponse:
    """After the answer."""
    return _page(request, "thanks", {})


def _without_nul(request: HttpRequest) -> dict[str, str]:
    return {name: value.replace("\x00", "") for name, value in request.POST.items() if isinstance(value, str)}


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    bare: dict[str, Any] = {
        "csrf_token": "", "sign_in_url": "", "sign_out_url": "", "navigation": [], "acting_as": None, "messages": [],
        "footer_links": [], "strip": None, "example_banner": None,
    }  # fmt: skip
    return render(request, f"child_deaths/open_handover/{name}.html", {**bare, **context}, status=status)
