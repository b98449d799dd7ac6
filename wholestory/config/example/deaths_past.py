"""The panel's earlier cases in the example: the list is brought in, and what it holds besides is typed up, all at once.

A list gives a case its days, its category and where it stands; any other column is kept with the case, unread. Here the
coordinator types those up: the child, the place, the home, the response and the factors. Everything is invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wholestory import ledger
from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import (
    Address,
    Analysis,
    Case,
    Child,
    Factor,
    PastFile,
    PastRow,
    ResponseDecision,
)
from wholestory.child_deaths.operations import bringing_in
from wholestory.child_deaths.operations.opening import CASE
from wholestory.child_deaths.operations.review import REVIEW
from wholestory.child_deaths.queries import past
from wholestory.child_deaths.rules.brought_in import Stands, stage_guessed
from wholestory.child_deaths.rules.code_lists import ETHNICITY_2015, PLACES_OF_DEATH
from wholestory.child_deaths.rules.factor_codes import CODES
from wholestory.child_deaths.rules.response import Criterion
from wholestory.config.example.deaths_steps import Deaths
from wholestory.config.example.reading import HERE
from wholestory.kernel.moments import LONDON, Precision, at_instant
from wholestory.partners.models import Person
from wholestory.pathways.models import StageChange, Standing
from wholestory.records.models import Record

#: The day the panel's spreadsheet came in; what was told afterwards was told here.
BROUGHT_IN_ON = date(2015, 9, 1)
#: Reviews whose factors are not in the list's own columns: they come in as reviewed, and are final once typed up.
TO_TYPE_UP = "Factors to type up"
MODIFIABLE = " (modifiable)"
_ETHNICITY = {one.label: one.key for one in ETHNICITY_2015}
_PLACES = {one.label: one.key for one in PLACES_OF_DEATH}
_FACTORS = {one.label: one for one in CODES}
_OUTSIDE = frozenset({1, 2, 3})


@dataclass(frozen=True, slots=True)
class Said:
    """One factor as the list writes it."""

    code: str
    domain: str
    modifiable: bool


def factors_of(cell: str) -> list[Said]:
    """The factors of a cell: labels of the form joined by semicolons, some marked as modifiable. Raises KeyError for
    one the form does not have."""
    found = []
    for written in filter(None, (one.strip() for one in cell.split(";"))):
        code = _FACTORS[written.removesuffix(MODIFIABLE)]
        found.append(Said(code.code, code.domain_2015.value, written.endswith(MODIFIABLE)))
    return found


def bring_in(deaths: Deaths) -> None:
    """The panel's spreadsheet since 2008, the way any panel brings its own in; then the rest of it."""
    content = (HERE / "deaths" / "past.csv").read_bytes()
    now = at_instant(datetime(2015, 9, 1, 11, 0, tzinfo=LONDON))
    with deaths.coordinator() as actor:
        file = bringing_in.start(
            actor=actor,
            panel=deaths.panel(),
            name="cases-since-2008.csv",
            content=content,
            today=BROUGHT_IN_ON,
        )
        file = bringing_in.choose_columns(actor=actor, file=file, columns=past.layout_of(file).columns)
        stages = {word: stage_guessed(word) for word in past.stage_words(file)}
        stages[TO_TYPE_UP] = Stands.MEETING_HELD
        file = bringing_in.choose_stages(actor=actor, file=file, stages=stages)
        plan = past.plan_of(file, BROUGHT_IN_ON)
        file = bringing_in.take(
            actor=actor, file=file, seen=plan.seen, without_stopped=False, with_doubles=True, today=BROUGHT_IN_ON,
            now=now,
        )  # fmt: skip
        # In the same transaction: the figures are counted once, when all of it is kept.
        _type_up(actor, file, now.at)


def _type_up(actor: Person, file: PastFile, now: datetime) -> None:
    rows = PastRow.objects.filter(file=file).select_related("case__record", "case__child")
    cells = {row.case: row.cells for row in rows}
    ledger.line(
        "child_deaths.put_right", kind=CASE.kind, ids=[case.record_id for case in cells],
        board_id=file.record.board_id,
    )  # fmt: skip
    _children_and_places(cells)
    _homes(cells)
    ResponseDecision.objects.bulk_create(list(_responses(cells, actor, now)))
    _factors(file, cells, actor)


def _children_and_places(cells: Mapping[Case, Mapping[str, str]]) -> None:
    for case, said in cells.items():
        case.child.ethnicity = _ETHNICITY.get(said.get("Ethnicity", ""), "")
        case.child.gestation_weeks = _number(said.get("Gestation (weeks)"))
        case.child.birthweight_grams = _number(said.get("Birthweight (g)"))
        case.place_kind = _PLACES.get(said.get("Kind of place", ""), "")
    fields = ["ethnicity", "gestation_weeks", "birthweight_grams"]
    Child.objects.bulk_update([case.child for case in cells], fields)
    Case.objects.bulk_update(list(cells), ["place_kind"])


def _number(written: str | None) -> int | None:
    return int(written) if written else None


def _homes(cells: Mapping[Case, Mapping[str, str]]) -> None:
    quintile = {case.child_id: _number(said.get("Deprivation quintile")) for case, said in cells.items()}
    homes = list(Address.objects.filter(child__in=quintile))
    for home in homes:
        home.deprivation = quintile[home.child_id]
    Address.objects.bulk_update(homes, ["deprivation"])


def _responses(
    cells: Mapping[Case, Mapping[str, str]], actor: Person, now: datetime
) -> Iterable[ResponseDecision]:
    """Whether a response was opened, as the list says it. No limit begins: those of brought-in cases never run here."""
    for case, said in cells.items():
        answer = said.get("Response opened")
        if answer is None or case.confirmed_at is None:
            continue
        outside = _number(said.get("Category")) in _OUTSIDE
        met = Criterion.EXTERNAL_CAUSES if outside else Criterion.SUDDEN_NO_CAUSE
        yield ResponseDecision(
            case=case, opens=answer == "Yes", criteria=[met.value] if answer == "Yes" else [],
            reason="As the panel's list says. Example: invented.", decided_by="Designated doctor",
            decided_at=case.confirmed_at, decided_precision=Precision.DATE.value, by=actor, entered_at=now,
            circle_id=case.circle_id, office_id=case.office_id,
        )  # fmt: skip


def _factors(file: PastFile, cells: Mapping[Case, Mapping[str, str]], actor: Person) -> None:
    """Each factor on a line of its own while the analysis is a draft; then it is final, and sealed."""
    written = {case: factors_of(said["Factors"]) for case, said in cells.items() if said.get("Factors")}
    drafts = list(
        Analysis.objects.filter(review__case__in=written, state=Analysis.State.DRAFT).select_related(
            "review__case"
        )
    )
    board, kind = file.record.board_id, REVIEW.kind
    reviews = [one.review.record_id for one in drafts]
    ledger.line("child_deaths.factor_written", kind=kind, ids=reviews, board_id=board)
    Factor.objects.bulk_create(
        [
            Factor(
                analysis=one, place=place, edition=one.edition, domain=said.domain, code=said.code, grade="2",
                modifiable=said.modifiable, circle_id=one.circle_id, office_id=one.office_id,
            )
            for one in drafts
            for place, said in enumerate(written[one.review.case], 1)
        ]
    )  # fmt: skip
    ledger.line("child_deaths.analysis_final", kind=kind, ids=reviews, board_id=board)
    for one in drafts:
        one.state, one.final_by, one.final_on = Analysis.State.FINAL, actor, one.review.first_reviewed_on
    Analysis.objects.bulk_update(drafts, ["state", "final_by", "final_on"])
    _made_final([one.review.case for one in drafts], actor)


def _made_final(cases: Sequence[Case], actor: Person) -> None:
    records = {case.record_id: case for case in cases}
    of: dict[str, Any] = {"pathway": pathway.CASE.key, "version": pathway.CASE.version}
    StageChange.objects.bulk_create(
        [
            StageChange(
                record_id=record, circle_id=case.circle_id, office_id=case.office_id, move="made_final",
                from_stage="reviewed", to_stage="finalised", by=actor, on=BROUGHT_IN_ON, **of,
            )
            for record, case in records.items()
        ]
    )  # fmt: skip
    Standing.objects.filter(record__in=records).update(stage="finalised")
    sheets = list(Record.objects.filter(pk__in=records).select_related("standing"))
    for sheet in sheets:
        sheet.closed_on = sheet.standing.since_on
    Record.objects.bulk_update(sheets, ["closed_on"])
