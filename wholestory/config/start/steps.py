"""The steps of setting a board up, in order, and how far each is. Worked out from what is there, not from clicks."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from wholestory.access.directory.models import MembershipImport
from wholestory.assurance.definitions import NoSuchFramework, framework_called
from wholestory.assurance.models import Cycle
from wholestory.partners.models import TEAM_ROLES, Board, Role, Seat, SetUpStep

DONE, LATER, BEGUN, TO_DO = "done", "later", "begun", "to_do"


@dataclass(frozen=True)
class Step:
    """One step: what it is, where it is done, and how far it is."""

    key: str
    title: str
    url: str
    state: str
    hint: str = ""


def steps_of(board: Board) -> list[Step]:
    """Every step of a board's setting up, in six queries."""
    noted = {step.key: step for step in SetUpStep.objects.filter(board=board)}
    seats = list(
        Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=board.today()), board=board).values_list(
            "role", "person_id"
        )
    )
    return [
        _board(board, noted),
        _areas(board, noted),
        _membership(board, noted, len({person for _, person in seats})),
        _team({role for role, _ in seats}, noted),
        _framework(noted),
        _cycle(board, noted),
    ]


def _noted(noted: dict[str, SetUpStep], key: str) -> str:
    return {"done": DONE, "skipped": LATER}.get(noted[key].state, TO_DO) if key in noted else TO_DO


def _board(board: Board, noted: dict[str, SetUpStep]) -> Step:
    hint = f"{board.name}, {board.edition}"
    return Step(
        "board", "Check the board's name and guidance", reverse("start:board"), _noted(noted, "board"), hint
    )


def _areas(board: Board, noted: dict[str, SetUpStep]) -> Step:
    names = list(board.areas.order_by("name").values_list("name", flat=True))
    state = DONE if names else _noted(noted, "areas")
    return Step("areas", "Name the areas it answers for", reverse("start:areas"), state, ", ".join(names))


def _membership(board: Board, noted: dict[str, SetUpStep], people: int) -> Step:
    states = set(MembershipImport.objects.filter(board=board).values_list("state", flat=True))
    if "applied" in states:
        state, hint = DONE, f"{people} people are in the directory."
    elif "open" in states:
        state, hint = BEGUN, "A spreadsheet waits to be looked through."
    else:
        state, hint = (
            _noted(noted, "membership"),
            "From the list you have: nothing is written until you have seen it.",
        )
    return Step("membership", "Bring in the membership spreadsheet", reverse("start:membership"), state, hint)


def _team(roles: set[str], noted: dict[str, SetUpStep]) -> Step:
    wanted = [*TEAM_ROLES, Role.INDEPENDENT_CHAIR]
    empty = sorted(Role(role).label.lower() for role in wanted if role not in roles)
    state = _noted(noted, "team") if empty else DONE
    hint = f"Nobody yet: {', '.join(empty)}" if empty else "Every seat is held."
    return Step("team", "Give the team and the chair their seats", reverse("start:team"), state, hint)


def _framework(noted: dict[str, SetUpStep]) -> Step:
    chosen = noted.get("framework")
    hint = "What agencies are asked about."
    if chosen is not None and chosen.answer:
        try:
            hint = framework_called(chosen.answer).title
        except NoSuchFramework:
            hint = "The framework that was chosen is no longer there."
    return Step(
        "framework", "Choose a framework", reverse("start:framework"), _noted(noted, "framework"), hint
    )


def _cycle(board: Board, noted: dict[str, SetUpStep]) -> Step:
    there = Cycle.objects.filter(board=board).exists()
    chosen = noted.get("framework")
    try:
        url = reverse("assurance:home") if there else reverse("assurance:cycle_new")
    except NoReverseMatch:
        url = ""
    if url and not there and chosen is not None and chosen.answer:
        url += "?" + urlencode({"framework": chosen.answer})
    hint = "Choose whom to ask and by when. Each agency gets one invitation with everything in it."
    return Step(
        "cycle", "Prepare the first cycle and send the invitations", url, DONE if there else TO_DO, hint
    )
