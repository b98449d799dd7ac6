"""The loop, by standard: what was promised after this round and the one before, what came of it, and what staff say.

Actions are those the acting person may see. Which standard an action answers is looked up by the system, because the
line of an agency's return that a promise answers is not shown to the board; nothing else of that line is handed out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Count, F, Func, UUIDField, Value

from wholestory.access import acting
from wholestory.actions.models import Action, ActionState, Check, Source, Step, StepKind, Verdict
from wholestory.actions.queries import RUNNING
from wholestory.assurance.definitions.tracing import traced
from wholestory.assurance.models import Return, Survey, SurveyResult
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.queries.survey import Names, linked_items
from wholestory.assurance.rules.survey import Line, Results


class Sheet(NamedTuple):
    """The cover sheet of an action, as far as a page needs it."""

    id: UUID
    reference: str


class Body(NamedTuple):
    """Who promised."""

    name: str


_NO_BODY, _NO_SHEET = Body(""), Sheet(UUID(int=0), "")


@dataclass(frozen=True, slots=True)
class Promised:
    """An action as these pages show it: bare columns, because a standard of a large board has two thousand. It has an
    action's own names, so that the rules read it like one. In brief only ``pk`` and ``state`` are filled in."""

    pk: UUID
    state: str
    title: str = ""
    due_on: date = date.min
    measure: str = ""
    effect: str = ""
    brought_in_from: str = ""
    agency: Body = _NO_BODY
    record: Sheet = _NO_SHEET

    @property
    def record_id(self) -> UUID:
        """The key of its cover sheet."""
        return self.record.id

    def get_state_display(self) -> str:
        """Its state in words."""
        return str(ActionState(self.state).label)


_COLUMNS = (
    "pk", "state", "title", "due_on", "measure", "effect", "brought_in_from", "agency__name", "record_id",
    "record__reference",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """One action with what came of it. ``verdict`` is what was found by whoever looked last; empty: nobody looked."""

    action: Promised
    evidence: int
    verdict: str

    @property
    def is_running(self) -> bool:
        """Whether it is still to be done, or to be looked at by the board."""
        return self.action.state in RUNNING


def promises_by_standard(rounds: Sequence[Round], *, only: str = "") -> dict[str, list[Promise]]:
    """The actions that answer a line of the newest round's standards (of one standard, ``only``), in this round or the
    one before, by agency and day.

    An earlier round's line counts where it can be followed to a line of the newest. Five queries for any number.
    """
    wanted = _answering(rounds, only)
    rows = Action.objects.filter(_OneOf("pk", wanted)).order_by("agency__name", "due_on", "id")
    shows = Step.objects.filter(_OneOf("action", wanted), kind=StepKind.EVIDENCE).order_by()
    shown = dict(shows.values_list("action_id").annotate(Count("id")))
    verdicts = _verdicts(wanted)
    found: dict[str, list[Promise]] = defaultdict(list)
    for pk, state, title, due_on, measure, effect, file, agency, sheet, reference in rows.values_list(
        *_COLUMNS
    ):
        action = Promised(
            pk, state, title, due_on, measure, effect, file, Body(agency), Sheet(sheet, reference)
        )
        one = Promise(action, shown.get(pk, 0), verdicts.get(pk, ""))
        for standard in wanted[pk]:
            found[standard].append(one)
    return found


def in_brief(rounds: Sequence[Round]) -> dict[str, list[Promise]]:
    """The same actions with no more than their state and what was found, to be counted. Four queries."""
    wanted = _answering(rounds)
    verdicts = _verdicts(wanted)
    found: dict[str, list[Promise]] = defaultdict(list)
    for pk, state in Action.objects.filter(_OneOf("pk", wanted)).order_by().values_list("pk", "state"):
        one = Promise(Promised(pk, state), 0, verdicts.get(pk, ""))
        for standard in wanted[pk]:
            found[standard].append(one)
    return found


def _answering(rounds: Sequence[Round], only: str = "") -> dict[UUID, set[str]]:
    """Which standards of the newest round each action answers: keys alone, looked up by the system."""
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
        returns = Return.objects.filter(cycle__in=list(by_cycle)).order_by()
        sources = Source.objects.filter(record__in=returns.values("record")).order_by()
        if only:
            items = {item for some in by_cycle.values() for item, key in some.items() if key == only}
            sources = sources.filter(item__in=sorted(items))
        cycle_of = dict(returns.values_list("record_id", "cycle_id"))
        # An action of a large board answers half a dozen lines: one row for each action is a fraction of the rows.
        rows = sources.values_list("record_id", "action_id").annotate(answered=ArrayAgg("item"))
        for record, action_id, answered in rows:
            known = by_cycle[cycle_of[record]]
            found = {known[item] for item in answered if item in known}
            if only:
                found &= {only}
            if found:
                wanted[action_id] |= found
    return wanted


class _OneOf(Func):
    """Whether a key is one of these, as one array: thousands of parameters cost more than what they find."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY(", BooleanField()

    def __init__(self, column: str, keys: Iterable[UUID]) -> None:
        super().__init__(F(column), Value(list(keys), output_field=ArrayField(UUIDField())))


def _verdicts(actions: Iterable[UUID]) -> dict[UUID, str]:
    rows = Check.objects.filter(_OneOf("action", actions)).order_by("on", "created_at")
    return dict(rows.values_list("action_id", "verdict"))


_VERDICTS = frozenset(Verdict.values)


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
        Counter(one.verdict for one in promises if one.verdict in _VERDICTS),
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
