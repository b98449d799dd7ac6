"""What every page shows around its own content: the board, the banner, the seat somebody acts in, the menu."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Panel
from wholestory.config.tour.steps import STEPS
from wholestory.pathways import editions

#: For whoever sits on an overview panel: a seat in its group opens this page, and no seat of the board does.
PANEL_PAPERS = "child_deaths.review"

#: (label, url name, kind, verb): an item is shown to those who may.
MENU: tuple[tuple[str, str, str, Verb | None], ...] = (
    ("My work", "my_work:home", "", None),
    ("Self-audits", "assurance:home", "assurance.cycle", Verb.LIST),
    ("Child deaths", "child_deaths:home", "child_deaths.case", Verb.LIST),
    ("Panel papers", "child_deaths:panel", PANEL_PAPERS, Verb.LIST),
    ("Patterns in deaths", "child_deaths:patterns", "child_deaths.figures", Verb.LIST),
    ("Figures to compare with", "child_deaths:published", "child_deaths.reference", Verb.LIST),
    ("Figures", "indicators:home", "indicators.return", Verb.LIST),
    ("Performance report", "performance:reports", "performance.report", Verb.LIST),
    ("Files about children", "indicators:lawful_basis", "indicators.lawful_basis", Verb.LIST),
    ("Lessons", "learning:list", "learning.lesson", Verb.LIST),
    ("Actions", "actions:list", "actions.action", Verb.LIST),
    ("Meetings", "meetings:list", "meetings.meeting", Verb.LIST),
    ("Challenges", "challenges:list", "challenge.challenge", Verb.LIST),
    ("Questions", "challenge:list", "challenge.question", Verb.LIST),
    ("Correspondence", "correspondence:list", "correspondence.message", Verb.LIST),
    ("The board", "partners:home", "partners.directory", Verb.LIST),
    ("Deadlines", "pathways:due", "pathways.rules", Verb.LIST),
    ("Access record", "access:record_search", "access.record", Verb.LIST),
)
#: Kinds whose pages every seat in a group opens as well.
FOR_GROUPS = frozenset({"meetings.meeting", "learning.lesson", "challenge.challenge", "performance.report"})
#: Items left out for those who get there from another one: url name of the first, of the second.
REACHED_FROM = {
    "child_deaths:published": "child_deaths:patterns",
    "indicators:lawful_basis": "indicators:home",
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Context for ``govuk/page.html``."""
    person = getattr(request, "person", None)
    board = getattr(request, "board", None)
    seats = getattr(request, "seats", [])
    return {
        "demo": settings.DEMO,
        "board": board,
        "body": _body(board),
        "person": person,
        "acting_as": _acting_as(request, person),
        "ask": _whom_to_ask(board),
        "sign_in_url": "" if person else reverse("access:sign_in"),
        "sign_out_url": reverse("access:sign_out") if person else "",
        "example_banner": _banner(request, board),
        "navigation": _menu(request, seats) if person else [],
        "strip": _tour(request) if settings.DEMO else None,
        "footer_links": _footer(person),
    }


def _acting_as(request: HttpRequest, person: Any) -> dict[str, str] | None:
    """Who is signed in and in which seat, with the way to another seat for those who hold several."""
    if person is None:
        return None
    seat = getattr(request, "seat", None)
    held = [seat] if seat else getattr(request, "in_groups", [])
    return {
        "name": person.full_name,
        "seat": "; ".join(dict.fromkeys(str(one) for one in held)) or "yourself, without a seat",
        "change_url": reverse("partners:acting") if seat else "",
    }


def _footer(person: Any) -> list[dict[str, str]]:
    names = [("Help", "my_work:help"), ("Accessibility", "my_work:accessibility")]
    if person is not None:
        names.insert(1, ("Who can see what", "my_work:who_can_see_what"))
    return [{"label": label, "url": reverse(name)} for label, name in names]


def _tour(request: HttpRequest) -> dict[str, str] | None:
    """Where somebody is in the demo's tour, and what to look for on this page."""
    session = getattr(request, "session", None)
    number = session.get("tour") if session is not None else None
    step = next((one for one in STEPS if one.number == number), None)
    if session is not None and step is not None and session.get("tour_on"):
        step = step.after
    if step is None or request.path.startswith(reverse("tour:start")):
        return None
    text = f"Step {step.number} of {len(STEPS)}: {step.title}. {step.look}"
    return {"text": text, "url": reverse("tour:start"), "link": "Back to the tour"}


def _body(board: Any) -> str:
    """What this kind of body is called under its edition of guidance: a board, or a partnership."""
    if board is None:
        return "board"
    try:
        return editions.word(editions.Word.BODY, board.edition).lower()
    except editions.UnknownEdition:
        return "board"


def _whom_to_ask(board: Any) -> dict[str, str] | None:
    if board is None:
        return None
    return {"name": f"the team of {board.name}", "email": board.mailbox, "phone": board.telephone}


def _banner(request: HttpRequest, board: Any) -> dict[str, Any] | None:
    if board is not None and board.is_example:
        return {"text": "Example: invented", "today": board.today(), "edition": board.edition}
    if settings.DEMO:
        return {"text": "Example: invented", "today": None, "edition": ""}
    return None


def _menu(request: HttpRequest, seats: list[Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    shown: set[str] = set()
    for label, name, kind, verb in MENU:
        board = getattr(request, "board", None)
        # Whoever sits in a group comes for its meetings and reads published lessons, whatever other seat they hold.
        meets = kind in FOR_GROUPS and getattr(request, "in_groups", [])
        if kind == PANEL_PAPERS:
            if not _sits_on_a_panel(request):
                continue
        elif verb is not None and not meets and not asking.may(seats, verb, kind, board):
            continue
        if REACHED_FROM.get(name) in shown:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        shown.add(name)
        items.append(
            {
                "label": f"The {_body(getattr(request, 'board', None))}"
                if name == "partners:home"
                else label,
                "url": url,
                "current": request.path == url or (url != "/" and request.path.startswith(url)),
            }
        )
    return items


def _sits_on_a_panel(request: HttpRequest) -> bool:
    """Whether one of the groups somebody sits in is an overview panel: one query, for those who sit in a group."""
    groups = [seat.group_id for seat in getattr(request, "in_groups", [])]
    return bool(groups) and Panel.objects.filter(group__in=groups).exists()
