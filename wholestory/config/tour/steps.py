"""The seven steps: who to be, where to go, what to look for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from wholestory.access import acting
from wholestory.actions.models import Action
from wholestory.assurance.models import Cycle, Return
from wholestory.paperwork import queries
from wholestory.paperwork.faces.base import name_of
from wholestory.partners.models import Board, Seat

BOARD = "peterborough"
#: The example's own cycle that is under way, by its name and its first day. A visitor may prepare others beside it.
CYCLE, OPENED_ON = "2015/16 cycle", date(2016, 1, 11)


@dataclass(frozen=True)
class Step:
    """One step of the tour. ``where`` finds its page; ``look`` says what to notice there."""

    number: int
    title: str
    person: str
    role: str
    look: str
    where: Callable[[Board], str]
    after: Step | None = None
    """Where the step goes on, as somebody else: a second button of the same step."""

    def seat(self) -> Seat:
        """The seat to act in. Raises Seat.DoesNotExist when the example is not loaded."""
        held = Seat.objects.filter(
            board__slug=BOARD, group=None, person__full_name=self.person, role=self.role
        )
        return held.select_related("person__account", "board").earliest("starts_on")


def _cycle(board: Board) -> Cycle:
    """The first of that name: what a visitor prepares later changes no step."""
    found = Cycle.objects.filter(board=board, title=CYCLE, opens_on=OPENED_ON).select_related("record")
    return found.earliest("record__opened_on")


def _return(board: Board, agency: str) -> Return:
    found = Return.objects.filter(cycle=_cycle(board), agency__slug=agency)
    return found.select_related("record", "answers").get()


def _chase(board: Board) -> str:
    return reverse("assurance:chase", args=[_cycle(board).record.reference])


def _head(board: Board) -> str:
    """The first answer of last time that still waits to be confirmed."""
    ret = _return(board, "fenmarsh-academy")
    filled = queries.filled(ret.answers)
    waiting = (place for place in filled.sheet.places if filled.sheet.at(place).to_confirm)
    first = next(waiting, None)
    page = filled.form.asked[first.key].page.key if first else "b1"
    address = reverse("assurance:form_page", kwargs={"reference": ret.record.reference, "page": page})
    return f"{address}#q-{name_of(first)}" if first else address


def _police(board: Board) -> str:
    return reverse("assurance:return", args=[_return(board, "police").record.reference])


def _attempt(board: Board) -> str:
    reference = _return(board, "police").record.reference
    return f"{reverse('access:record_search')}?{urlencode({'q': reference})}"


def _heat_map(board: Board) -> str:
    return reverse("assurance:heat_map", args=[_cycle(board).record.reference])


def _judge(board: Board) -> str:
    return reverse(
        "assurance:judge", args=[_return(board, "welland-bridge").record.reference, "training_level"]
    )


def _chair(board: Board) -> str:
    return reverse("my_work:chair")


def _action(board: Board) -> str:
    found = Action.objects.filter(agency__slug="wren-hollow", state="closed").select_related("record")
    return reverse("actions:action", args=[found.earliest("opened_on").record.reference])


def _deaths(board: Board) -> str:
    return reverse("child_deaths:home")


STEPS: tuple[Step, ...] = (
    Step(
        1, "A business manager sees who has not answered", "Gwen Ashby-Cole", "business_manager",
        "Each line says who owes what, why, and when they were last written to. The next message is drafted: read it,"
        " change it, send it.",
        _chase,
    ),
    Step(
        2, "A headteacher meets last time's answers", "Abena Whitlock", "agency_lead",
        "“Still true?” Each answer of last time is there to confirm or change. Try a narrow window. Type something,"
        " close the tab, come back: nothing is lost.",
        _head,
    ),
    Step(
        3, "The same head tries the police's return", "Abena Whitlock", "agency_lead",
        "She finds nothing: a closed page looks like one that does not exist. The attempt is in the access record,"
        " which the information governance lead reads.",
        _police,
        Step(
            3, "See the attempt", "Hester Lyle", "information_governance_lead",
            "Who tried, when and in which seat. The record itself stays closed to her too.", _attempt,
        ),
    ),
    Step(
        4, "A moderator lowers a score, with a reason", "Dilys Crane", "agency_lead",
        "Training is scored 3, and the figures beside it say 83.5 %. Choose a lower score and say why. Both scores are"
        " kept, and the heat map and its PDF agree.",
        _judge,
        Step(
            4, "See the heat map", "Gwen Ashby-Cole", "business_manager",
            "Welland Bridge under standard 8. Below the map are the same figures as PDF, Excel and CSV.", _heat_map,
        ),
    ),
    Step(
        5, "The chair has one page of what needs her", "Dr Marian Thistlewood", "independent_chair",
        "Letters to sign, late agencies, standards below compliant, overdue promises. It prints on one page.",
        _chair,
    ),
    Step(
        6, "One action goes from promise to a better score", "Gwen Ashby-Cole", "business_manager",
        "Promised, sent back once for better evidence, closed by the board and not by its owner. The score went from"
        " 1 to 3.",
        _action,
    ),
    Step(
        7, "The coordinator sees every death under review", "Rosalind Peake", "child_death_coordinator",
        "The list names no child. It says what each review waits for, since when, and which limit comes next. Open one:"
        " every message about it, every agency's answer side by side, and what the panel will see without a name.",
        _deaths,
    ),
)  # fmt: skip


def address(step: Step) -> str:
    """The page of a step, found by the system because the person may (as in step 3) not see it."""
    board = Board.objects.get(slug=BOARD)
    with acting.as_system(board, "founder"):
        return step.where(board)
