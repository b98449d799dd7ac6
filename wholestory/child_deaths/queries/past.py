"""What a list of cases would make: its lines as they are read, what is here already, and limits that ran before."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import Case, PastFile, PastFileState, PastKind, PastRow
from wholestory.child_deaths.models.matching import MatchKey
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.operations.triage import FROM_THE_DEATH
from wholestory.child_deaths.queries import identities
from wholestory.child_deaths.queries.keyed import sought
from wholestory.child_deaths.rules import brought_in, matching
from wholestory.child_deaths.rules.brought_in import Holds, Layout, Stands
from wholestory.child_deaths.rules.brought_in_lines import Line, Problem, doubled, read
from wholestory.kernel.moments import Moment, at_instant, on_day
from wholestory.partners.models import Area, Board
from wholestory.pathways import register
from wholestory.pathways.queries.calendars import calendars
from wholestory.pathways.rules.judging import Outcome, judge
from wholestory.pathways.rules.reckoning import CannotWorkOut, work_out

#: How many of what shares a key are compared for one line, and how many of those are named.
COMPARED, NAMED = 12, 3
_KEYS_AT_ONCE, _CHILDREN_AT_ONCE = 4_000, 1_000
TAKEN_BACK = "taken_back"
STAGES = {stage.key: stage.label for stage in pathway.CASE.stages}
SURE = (matching.Verdict.SAME, matching.Verdict.LIKELY)


@dataclass(frozen=True)
class Double:
    """A line that may be of the same death as a case that is here, or as another line."""

    line: int
    reference: str
    words: str
    reasons: str
    sure: bool
    is_case: bool = True


@dataclass(frozen=True)
class Plan:
    """What would come of a file. ``seen`` changes when any of it does."""

    lines: tuple[Line, ...]
    doubles: tuple[Double, ...]
    areas: dict[str, Area]
    seen: str

    @property
    def stopped(self) -> list[Line]:
        return [one for one in self.lines if one.stopped and not one.left_out]

    @property
    def left_out(self) -> list[Line]:
        return [one for one in self.lines if one.left_out]

    @property
    def fit(self) -> list[Line]:
        return [one for one in self.lines if not one.stopped and not one.left_out]

    @property
    def problems(self) -> list[Problem]:
        """Every problem, those that stop first, by line."""
        every = [each for one in self.lines if not one.left_out for each in one.problems]
        return sorted(every, key=lambda one: (not one.stops, one.line, one.column))

    @property
    def here_already(self) -> frozenset[int]:
        """The lines that are almost certainly here: those to be left out unless somebody says otherwise."""
        return frozenset(one.line for one in self.doubles if one.sure)

    def coming(self, *, doubles: bool) -> list[Line]:
        """The lines that come in; with ``doubles`` those too that seem to be here already."""
        return [one for one in self.fit if doubles or one.number not in self.here_already]


def files(board: Board, kind: PastKind = PastKind.LIST) -> list[PastFile]:
    """The lists of a board's panels, newest first, without those put aside."""
    found = PastFile.objects.filter(panel__board=board, kind=kind).exclude(state=PastFileState.PUT_ASIDE)
    return list(found.defer("rows").select_related("record", "panel", "by").order_by("-on", "-created_at"))


def layout_of(file: PastFile) -> Layout:
    """What was confirmed so far; guessed where nothing was."""
    chosen: dict[str, Any] = file.choices
    headings = tuple(file.headings)
    columns = tuple(Holds(one) for one in chosen.get("columns", ())) or tuple(brought_in.guessed(headings))
    stages = {word: Stands(one) for word, one in chosen.get("stages", {}).items()}
    return Layout(columns, stages, headings)


def stage_words(file: PastFile) -> dict[str, int]:
    """The words about stages, with how often each stands there."""
    return brought_in.stage_words((cells for _, cells in file.rows), layout_of(file))


def plan_of(file: PastFile, today: date) -> Plan:
    """Read the file as it was confirmed. The number of queries grows with thousands of lines, not with each."""
    lines = read(((number, cells) for number, cells in file.rows), layout_of(file), today)
    areas = {brought_in.plain(area.name): area for area in Area.objects.all()}
    for line in lines:
        if line.area and brought_in.plain(line.area) not in areas:
            words = "No such area is known here: the home area stays undecided, and the word is kept."
            line.problems.append(Problem(line.number, _column(file, Holds.AREA), words))
    doubles = tuple(doubles_of(lines))
    told = json.dumps(
        [file.sha256, file.choices, [(one.line, one.reference, one.sure) for one in doubles], len(lines)],
        sort_keys=True,
    )
    return Plan(tuple(lines), doubles, areas, hashlib.sha256(told.encode()).hexdigest()[:16])


def _column(file: PastFile, holds: Holds) -> str:
    at = layout_of(file).at(holds)
    return "" if at is None else brought_in.letter(at)


def identity_of(line: Line) -> matching.Identity:
    """What a line says of who died."""
    return matching.Identity(
        forenames=line.forenames, surname=line.surname,
        born=matching.PartDate.of(line.born_on) if line.born_on else None,
        sex={"male": "M", "female": "F"}.get(line.sex, ""), nhs_number=line.nhs_number, postcode=line.postcode,
        address=line.address, died=matching.PartDate.of(line.died_on) if line.died_on else None,
        place_of_death=line.place,
    )  # fmt: skip


def doubles_of(lines: Sequence[Line]) -> Iterator[Double]:
    """Lines that share a number, and for each line the cases it may be. Nothing is joined."""
    for first, line in doubled(lines):
        yield Double(
            line.number, f"line {first.number}", "Has the same NHS number as another line", "", False, False
        )
    said = {line.number: identity_of(line) for line in lines if not (line.stopped or line.left_out)}
    sharing = _sharing(said)
    children = {child for counted in sharing.values() for child in counted}
    known, cases = _known(sorted(children))
    for number, counted in sharing.items():
        candidates = [
            (cases[child], identities.whole(known[child]))
            for child, _ in counted.most_common(COMPARED)
            if child in known and child in cases
        ]
        for case, match in matching.best(said[number], candidates, NAMED):
            reasons = "; ".join(each.text for each in match.reasons[:4])
            yield Double(number, case, match.words, reasons, match.verdict in SURE)


def _sharing(said: dict[int, matching.Identity]) -> dict[int, Counter[UUID]]:
    """For each line the children that share keys with it, with how many."""
    of_key: dict[str, list[int]] = defaultdict(list)
    for number, identity in said.items():
        for key in sought(identity):
            of_key[key].append(number)
    keys, found = list(of_key), dict[int, Counter[UUID]]()
    for at in range(0, len(keys), _KEYS_AT_ONCE):
        some = MatchKey.objects.filter(key__in=keys[at : at + _KEYS_AT_ONCE], child__isnull=False)
        for key, child in some.values_list("key", "child_id"):
            for number in of_key[key]:
                found.setdefault(number, Counter())[child] += 1
    return found


def _known(children: Sequence[UUID]) -> tuple[dict[UUID, identities.Account], dict[UUID, str]]:
    """The accounts of these children, and the reference of each one's case; not of lists taken back."""
    known: dict[UUID, identities.Account] = {}
    for at in range(0, len(children), _CHILDREN_AT_ONCE):
        known |= identities.of_children(children[at : at + _CHILDREN_AT_ONCE])
    cases = Case.objects.filter(child__in=list(known)).exclude(record__standing__stage=TAKEN_BACK)
    return known, dict(cases.values_list("child_id", "record__reference"))


def line_of(case: Case) -> PastRow | None:
    """The line of a list that a case came from; no query for a case that was told of here."""
    if not case.brought_in:
        return None
    return PastRow.objects.filter(case=case).select_related("file").defer("file__rows").first()


@dataclass(frozen=True)
class Before:
    """A limit that ran before this system: when it was due, and how it stood. Shown, and counted nowhere."""

    title: str
    due_on: date | None
    words: str


def limits_before(case: Case, now: Moment) -> list[Before]:
    """The limits of a case that was brought in, worked out from its true dates and kept nowhere: nothing counts them
    as breaches. None for another case, or without a day of death."""
    if not case.brought_in or case.confirmed_at is None:
        return []
    confirmed = moment(case.confirmed_at, case.confirmed_precision)
    review = getattr(case, "review", None)
    reviewed = on_day(review.first_reviewed_on) if review and review.first_reviewed_on else None
    told = at_instant(case.first_received_at)
    if told.on <= confirmed.on:
        told = confirmed
    met: dict[str, Moment | None] = {"death_notified": told}
    met |= dict.fromkeys(("death_reviewed", "death_whole_review"), reviewed)
    found = []
    for key in ("death_notified", *FROM_THE_DEATH[case.regime]):
        if key not in met:
            # When the other things were done is not in such lists.
            continue
        try:
            worked = work_out(
                register.clock(key, case.record.edition),
                {"death": confirmed},
                calendars=calendars(case.record.board),
            )
        except (register.NotInEdition, CannotWorkOut):
            continue
        outcome = judge(worked, met=met[key], now=now)
        words = f"{outcome.label}. Before this system; not counted as ours"
        if outcome is Outcome.OVERDUE:
            words = "Ran out before this system or since; not counted as ours"
        found.append(Before(worked.clock.title, worked.due.on if worked.due else None, words))
    return found
