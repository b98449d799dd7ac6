"""The tour's own pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wholestory.access.asks import public
from wholestory.access.signing_in import sessions
from wholestory.config.example import is_loaded
from wholestory.config.tour.steps import STEPS, address


def _only_in_the_demo() -> None:
    if not settings.DEMO or not is_loaded():
        raise Http404


@public("Shows the seven steps of the demo's tour; answers only in the demo")
def start(request: HttpRequest) -> HttpResponse:
    """The seven steps."""
    _only_in_the_demo()
    return render(
        request, "tour/start.html", {"steps": STEPS, "visited": int(request.session.get("tour", 0))}
    )


@require_POST
@public("Signs in as an invented person and goes to a page of the example; answers only in the demo")
def go(request: HttpRequest, number: int, *, on: bool = False) -> HttpResponse:
    """One click: be that person, on that page. ``on`` is the step's second button."""
    _only_in_the_demo()
    step = next((one for one in STEPS if one.number == number), None)
    if on and step is not None:
        step = step.after
    if step is None:
        raise Http404
    seat, page = step.seat(), address(step)
    sessions.begin(request, seat.person.account, how="demo", seat=seat)
    request.session["tour"], request.session["tour_on"] = number, on
    return redirect(page)
