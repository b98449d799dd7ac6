"""The team's side of the page anybody may use: its address, and whom it says to telephone."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access.asking import may
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.public_page import NumbersForm
from wholestory.child_deaths.models import Panel
from wholestory.child_deaths.operations import numbers as operations

KIND = operations.KIND
NO_RECORD = "The panel's own page and telephone numbers; nothing about a death"


@asks(Verb.LIST, KIND, no_line=NO_RECORD)
def every(request: Request) -> HttpResponse:
    """The panels of the board that take notifications, with the address of each page."""
    rows = Panel.objects.filter(board=request.board).prefetch_related("numbers").order_by("name")
    context = {
        "panels": [(panel, address(request, panel)) for panel in rows],
        "may_manage": may(request.seats, Verb.MANAGE, KIND, request.board),
    }
    return render(request, "child_deaths/public_page.html", context)


@asks(Verb.MANAGE, KIND, no_line=NO_RECORD)
def numbers(request: Request, slug: str) -> HttpResponse:
    """Change the numbers, or say that all were rung today."""
    panel = Panel.objects.filter(board=request.board, slug=slug).prefetch_related("numbers").first()
    if panel is None:
        raise Http404
    now = [operations.Number(one.label, one.number, one.when) for one in panel.numbers.all()]
    form = NumbersForm(request.POST or None, numbers=now)
    if form.is_valid():
        kept = operations.keep(
            actor=request.person, panel=panel, numbers=form.numbers(), all_rung=form.cleaned_data["all_rung"],
            today=request.today,
        )  # fmt: skip
        said = "The numbers are kept."
        if kept.numbers_verified_on != request.today:
            said += " The page says nothing of when they were verified until somebody has rung them all."
        messages.success(request, said)
        return redirect("child_deaths:public_page")
    return render(request, "child_deaths/public_page_numbers.html", {"form": form, "panel": panel})


def address(request: Request, panel: Panel) -> str:
    """The whole address, as it stands on a poster."""
    path = reverse("notify:page", args=[panel.slug])
    return f"{settings.OPEN_ADDRESS}{path}" if settings.OPEN_ADDRESS else request.build_absolute_uri(path)
