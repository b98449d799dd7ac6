"""What would come of a list of actions that was brought in, and who in the directory owns which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from wholestory.actions.models import Action
from wholestory.assurance.models import BroughtIn
from wholestory.assurance.queries import past as queries
from wholestory.assurance.rules import past_tables, past_tracker, past_tracker_guesses
from wholestory.assurance.rules.own_tools_found import plain
from wholestory.assurance.rules.past_tables import Shape
from wholestory.assurance.rules.past_tracker import Tracker, TrackerPlan
from wholestory.assurance.tables import Table
from wholestory.partners.models import Person, Seat


def states_of(batch: BroughtIn, tracker: Tracker) -> dict[str, str]:
    """What each word for a state means: as chosen, else as guessed; empty where nobody said."""
    chosen = batch.mapping.get("states", {})
    return {
        word: chosen[word]
        if chosen.get(word) in past_tracker.STATES
        else past_tracker_guesses.state_guessed(word)
        for word in tracker.states()
    }


def plan_of(batch: BroughtIn, tables: Sequence[Table] | None = None) -> TrackerPlan:
    """The dry run of a list of actions. Raises PastRefused."""
    layout = queries.layout_of(batch)
    tracker = past_tracker.read(tables if tables is not None else queries.tables_in(batch), layout)
    agencies = queries.agencies_of(batch.board)
    matches = queries.agency_matches(batch, past_tables.Read(agencies=tracker.agencies), agencies)
    alone = str(batch.mapping.get("alone", "")) if layout.shape is Shape.COPY else ""
    chosen = {key: (one.id, one.out) for key, one in matches.items() if one.out or (one.id and one.sure)}
    own = {UUID(agency) for agency, _ in chosen.values() if agency} | ({UUID(alone)} if alone else set())
    no_day = batch.mapping.get("no_day") or ""
    return past_tracker.plan(
        tracker, agencies=chosen, alone=alone, states=states_of(batch, tracker),
        no_day=date.fromisoformat(no_day) if no_day else None, there=_there(own),
    )  # fmt: skip


def _there(agencies: Iterable[UUID]) -> dict[tuple[str, str], str]:
    rows = Action.objects.filter(agency__in=list(agencies)).exclude(state="dropped")
    return {(str(agency), plain(title)): title for agency, title in rows.values_list("agency_id", "title")}


def owners_of(agencies: Iterable[UUID], board: UUID, today: date) -> dict[tuple[UUID, str], Person]:
    """People who work for these agencies today, by agency and by name or e-mail address in small letters. A name two
    people have is nobody's."""
    found: dict[tuple[UUID, str], set[Person]] = {}
    seats = Seat.objects.filter(agency__in=list(agencies), board=board).select_related("person")
    for seat in seats:
        if seat.agency_id is None or not seat.holds_on(today):
            continue
        for name in (plain(seat.person.full_name), (seat.person.email or "").casefold()):
            if name:
                found.setdefault((seat.agency_id, name), set()).add(seat.person)
    return {key: next(iter(people)) for key, people in found.items() if len(people) == 1}
