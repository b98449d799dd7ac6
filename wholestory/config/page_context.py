"""What every page shows around its own content: the board, the banner, the seat somebody acts in, the menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wholestory.access import asking
from wholestory.access.verbs import Verb

#: (label, url name, kind, verb): an item is shown to those who may.
MENU: tuple[tuple[str, str, str, Verb | None], ...] = (
    ("My work", "my_work:home", "", None),
    ("Self-audits", "assurance:home", "assurance.cycle", Verb.LIST),
    ("Actions", "actions:list", "actions.action", Verb.LIST),
    ("Correspondence", "correspondence:list", "correspondence.message", Verb.LIST),
    ("The board", "partners:home", "partners.directory", Verb.LIST),
    ("Deadlines", "pathways:due", "pathways.rules", Verb.LIST),
    ("Access record", "access:record_search", "access.record", Verb.LIST),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for ``govuk/page.html``."""
    person = getattr(request, "person", None)
    board = getattr(request, "board", None)
    seats = getattr(request, "seats", [])
    return {
        "demo": settings.DEMO,
        "board": board,
        "person": person,
        "acting_as": getattr(request, "seat", None),
        "example_banner": _banner(request, board),
        "navigation": _menu(request, seats) if person else [],
    }


def _banner(request: HttpRequest, board: Any) -> dict[str, Any] | None:
    if board is not None and board.is_example:
        return {"text": "Example: invented", "today": board.today(), "edition": board.edition}
    if settings.DEMO:
        return {"text": "Example: invented", "today": None, "edition": ""}
    return None


def _menu(request: HttpRequest, seats: list[Any]) -> list[dict[str, Any]]:
    items = []
    for label, name, kind, verb in MENU:
        if verb is not None and not asking.may(seats, verb, kind, getattr(request, "board", None)):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        items.append({"label": label, "url": url, "current": request.path == url or (url != "/" and request.path.startswith(url))})
    return items
