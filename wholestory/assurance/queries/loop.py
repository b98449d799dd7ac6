"""The loop, by standard: what was promised after this round and the one before, what came of it, and what staff say.

Actions are those the acting person may see. Which standard an action answers is looked up by the system, because the
line of an agency's return that a promise answers is not shown to the board; nothing else of that line is handed out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from wholestory.access import acting
from wholestory.actions.models import Action, ActionState, Check, Source, StepKind, Verdict
from wholestory.actions.queries import RUNNING, every
from wholestory.assurance.definitions.tracing import traced
from wholestory.assurance.models import Survey, SurveyResult
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.queries.survey import Names, linked_items
from wholestory.assurance.rules.survey import Line, Results


@dataclass(frozen=True)
class Promise:
    """One action with what came of it. ``verdict`` is what was found by whoever looked last; empty: nobody looked."""

    action: Action
    evidence: int
    verdict: str

    @property
    def is_running(self) -> bool:
        """Whether it is still to be done, or to be looked at by the board."""
        return self.action.state in RUNNING


def promises_by_standard(rounds: Sequence[Round]) -> dict[str, list[Promise]]:
    """The actions that answer a line of the newest round's standards, in this round or the one before.

    An earlier round's line counts where it can be followed to a line of the newest. Five queries for any number.
    """
    newest = rounds[0]
    standard_of = {key: standard.key for key, standard in newest.framework.standard_of.items()}
    became = {
        trace.steps[0].item: standard_of[trace.item]
        for trace in traced([one.framework for one in rounds[:2]])
        if trace.steps and trace.steps[0].is_comparable
    }
    by_cycle = {newest.cycle.pk: standard_of} | {one.cycle.pk: became for one in rounds[1:2]}
    wanted: dict[UUID, set[str]] = defaultdict(set)
    with acting.as_system(newest.cycle.board_id):
        sources = Source.objects.filter(record__self_audit__cycle__in=list(by_cycle)).order_by()
        for action_id, item, cycle in sources.values_list("action_id", "item", "record__self_audit__cycle"):
            if (standard := by_cycle[cycle].get(item)) is not None:
                wanted[action_id].add(standard)
    found: dict[str, list[Promise]] = defaultdict(list)
    shows = Count("steps", filter=Q(steps__kind=StepKind.EVIDENCE), distinct=True)
    actions = list(
        every().filter(pk__in=list(wanted)).annotate(shown=shows).order_by("agency__name", "due_on", "id")
    )
    verdicts = _verdicts([action.pk for action in actions])
    for action in actions:
        one = Promise(action, action.shown, verdicts.get(action.pk, ""))
        for standard in wanted[action.pk]:
            found[standard].append(one)
    return found


def _verdicts(actions: Sequence[UUID]) -> dict[UUID, str]:
    rows = Check.objects.filter(action__in=actions).order_by("on", "created_at")
    return dict(rows.values_list("action_id", "verdict"))


@dataclass(frozen=True)
class Tally:
    """A standard's promises in numbers."""

    made: int
    running: int
    closed: int
    verdicts: Mapping[str, int]

    @property
    def checked(self) -> int:
        """How many somebody looked at."""
        return sum(self.verdicts.values())


def tally(promises: Sequence[Promise]) -> Tally:
    """Counted; a dropped promise was made, and is neither running nor closed on evidence."""
    return Tally(
        len(promises),
        sum(one.is_running for one in promises),
        sum(one.action.state == ActionState.CLOSED for one in promises),
        Counter(one.verdict for one in promises if one.verdict in Verdict.values),
    )


@dataclass(frozen=True)
class SaidByStaff:
    """One statement of the staff survey: what people said in this round, and in the one before where it was asked."""

    statement: str
    now: Line | None
    before: Line | None


def staff_by_standard(rounds: Sequence[Round]) -> dict[str, list[SaidByStaff]]:
    """What the board was shown of the surveys beside this round and the one before, by the standard each statement
    goes with. Only shared figures, which hold no group below the minimum. Three queries."""
    cycles = [one.cycle.pk for one in rounds[:2]]
    rows = {row.cycle_id: row for row in SurveyResult.objects.filter(cycle__in=cycles, agency=None)}
    if cycles[0] not in rows:
        return {}
    with acting.as_system(rounds[0].cycle.board_id):
        survey = Survey.objects.filter(cycle=cycles[0]).first()
    names = Names(**rows[cycles[0]].names).statements
    now = Results.from_data(rows[cycles[0]].figures).of("all")
    earlier: dict[str, Line] = {}
    if len(cycles) > 1 and cycles[1] in rows:
        before = rows[cycles[1]]
        asked = Names(**before.names).statements
        # The same words: a statement that was reworded is another question.
        earlier = {
            key: line
            for key, line in Results.from_data(before.figures).of("all").items()
            if asked.get(key) == names.get(key)
        }
    found: dict[str, list[SaidByStaff]] = defaultdict(list)
    for key, items in (linked_items(survey) if survey else {}).items():
        standards = {rounds[0].framework.standard_of[i].key for i in items if i in rounds[0].framework.items}
        for standard in standards:
            found[standard].append(SaidByStaff(names.get(key, key), now.get(key), earlier.get(key)))
    return found
