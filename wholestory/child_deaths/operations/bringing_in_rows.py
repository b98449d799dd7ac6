"""Writing the cases of a list, thousands in a constant number of steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    ChildName,
    Identifier,
    Lead,
    PastFile,
    PastRow,
    Regime,
    Review,
)
from wholestory.child_deaths.models.matching import MatchKey
from wholestory.child_deaths.operations.opening import CASE, edition_of
from wholestory.child_deaths.operations.review import REVIEW
from wholestory.child_deaths.queries.keyed import hashed, mark
from wholestory.child_deaths.queries.past import identity_of
from wholestory.child_deaths.rules import matching
from wholestory.child_deaths.rules.brought_in import plain
from wholestory.child_deaths.rules.brought_in_lines import Line
from wholestory.child_deaths.rules.factor_codes import FactorEdition
from wholestory.child_deaths.rules.matching.folding import folded
from wholestory.child_deaths.rules.regimes import FormSet, form_set_on
from wholestory.kernel.moments import Moment, Precision, end_of
from wholestory.partners.models import Area, Board, Person
from wholestory.pathways.models import StageChange, Standing
from wholestory.records import opening, references
from wholestory.records.models import Circle, Office, Record

BROUGHT_IN = "brought_in"
#: Stages of a review that was saved as final, and of one that was entered nationally besides.
FINAL = ("finalised", "submitted")
#: Rows written in one statement.
_BATCH = 1_000


@dataclass
class _Coming:
    """One line on its way to being a case."""

    line: Line
    circle: Circle
    record: Record
    child: Child
    case: Case

    @property
    def doors(self) -> dict[str, Any]:
        return {"circle": self.circle, "office_id": self.record.office_id}


def write(
    *, actor: Person, file: PastFile, lines: Sequence[Line], areas: Mapping[str, Area], today: date, now: Moment
) -> None:  # fmt: skip
    """Make a case of each line. Called in a transaction, by whoever has been asked whether they may."""
    board = file.panel.board
    if board is None:
        raise ValueError("The panel has no board.")
    office = opening.office(board, CASE.retention)
    made = [_coming(file, board, office, line, areas, today) for line in lines]
    _circles(made, [one.circle for one in made])
    records = [one.record for one in made]
    ledger.line("child_deaths.brought_in", kind=CASE.kind, ids=[one.id for one in records], board_id=board.id)
    _all(Record, records)
    _all(Child, [one.child for one in made])
    _all(ChildName, [_name(one) for one in made if one.line.forenames or one.line.surname])
    _all(Identifier, [each for one in made for each in _numbers(one)])
    _all(
        Address,
        [
            Address(
                child=one.child, lines=one.line.address[:300], postcode=one.line.postcode[:10],
                area=one.case.home_area, deprivation=one.line.described.deprivation, **one.doors,
            )
            for one in made
            if one.line.address or one.line.postcode or one.line.described.deprivation
        ],
    )  # fmt: skip
    _all(Case, [one.case for one in made])
    _standings(made, actor, today)
    _reviews([one for one in made if one.line.reviewed_on], board, actor, today, now.at)
    _keys(made)
    headings = [heading or f"Column {n}" for n, heading in enumerate(file.headings, 1)]
    _all(
        PastRow,
        [
            PastRow(
                file=file, case=one.case, line=one.line.number, **one.doors,
                cells={h: c for h, c in zip(headings, one.line.cells, strict=False) if c},
                remarks=[each.words for each in one.line.problems],
            )
            for one in made
        ],
    )  # fmt: skip


def _all(kind: type[Any], rows: Sequence[Any]) -> None:
    kind._default_manager.bulk_create(rows, batch_size=_BATCH)


def _circles(made: Sequence[_Coming], circles: list[Circle]) -> None:
    """New circles get their numbers from the database, and whatever was to stand in them is told."""
    Circle.objects.bulk_create(circles, batch_size=_BATCH)
    for one in made:
        for row in (one.record, one.child, one.case):
            row.circle = one.circle


def _coming(
    file: PastFile, board: Board, office: Office, line: Line, areas: Mapping[str, Area], today: date
) -> _Coming:
    panel = file.panel
    regime = panel.regime(line.died_on or line.told_on)
    circle = Circle(board=board, kind="death_case")
    doors: dict[str, Any] = {"circle": circle, "office": office}
    record = Record(
        kind=CASE.kind, reference=references.new(CASE.prefix), board=board, edition=edition_of(panel, Regime(regime)),
        opened_on=line.told_on, retention=CASE.retention, **doors,
    )  # fmt: skip
    if line.stage in pathway.ENDED or line.stage in FINAL:
        record.closed_on = line.reviewed_on or line.told_on
    more = line.described
    child = Child(
        born_on=line.born_on, sex=line.sex, ethnicity=more.ethnicity, gestation_weeks=more.gestation_weeks,
        birthweight_grams=more.birthweight_grams, **doors,
    )  # fmt: skip
    case = Case(
        record=record, panel=panel, child=child, regime=regime, brought_in=True, expected=line.expected,
        form_set=form_set_on(today, line.reviewed_on, panel.forms_from_on).value,
        lead=Lead.THEIRS if line.stage == "transferred" else Lead.OURS, first_received_at=end_of(line.told_on),
        died_on=line.died_on, confirmed_at=end_of(line.died_on) if line.died_on else None,
        confirmed_precision=Precision.DATE.value, place_name=line.place[:160],
        place_kind=more.place_kind, home_area=areas.get(plain(line.area)),
        out_of_scope_rule=BROUGHT_IN if line.stage == "out_of_scope" else "", **doors,
    )  # fmt: skip
    return _Coming(line, circle, record, child, case)


def _name(one: _Coming) -> ChildName:
    first, last = one.line.forenames[:120], one.line.surname[:120]
    kind = ChildName.Kind.KNOWN_AS if first else ChildName.Kind.AT_BIRTH
    return ChildName(
        child=one.child, kind=kind, forenames=first, surname=last, folded=folded(f"{first} {last}")[:240], **one.doors
    )  # fmt: skip


def _numbers(one: _Coming) -> list[Identifier]:
    kinds = ((Identifier.Kind.NHS, one.line.nhs_number), (Identifier.Kind.LOCAL, one.line.reference))
    return [
        Identifier(child=one.child, kind=kind, value=value, **one.doors) for kind, value in kinds if value
    ]


def _standings(made: Sequence[_Coming], actor: Person, today: date) -> None:
    """Where each stands, since its true day; that it came in today is the history."""
    of = {"pathway": pathway.CASE.key, "version": pathway.CASE.version}
    _all(
        StageChange,
        [
            StageChange(
                record=one.record, move=BROUGHT_IN, to_stage=one.line.stage, by=actor, on=today, **of, **one.doors
            )
            for one in made
        ],
    )  # fmt: skip
    _all(
        Standing,
        [
            Standing(
                record=one.record, stage=one.line.stage, since_on=one.line.reviewed_on or one.line.told_on, **of,
                **one.doors,
            )
            for one in made
        ],
    )  # fmt: skip


def _reviews(made: Sequence[_Coming], board: Board, actor: Person, today: date, now: datetime) -> None:
    """The review of each case that was reviewed, in a circle of its own; final where its category is known."""
    made = [one for one in made if one.line.stage in (*FINAL, "reviewed")]
    circles = Circle.objects.bulk_create(
        [Circle(board=board, kind="death_review") for _ in made], batch_size=_BATCH
    )
    records, reviews, analyses = [], [], []
    for one, circle in zip(made, circles, strict=True):
        on = one.line.reviewed_on
        if on is None:
            continue
        doors: dict[str, Any] = {"circle": circle, "office_id": one.record.office_id}
        record = Record(
            kind=REVIEW.kind, reference=references.new(REVIEW.prefix), board=board, edition=one.record.edition,
            opened_on=on, retention=REVIEW.retention, **doors,
        )  # fmt: skip
        review = Review(record=record, case=one.case, first_reviewed_on=on, reviewed_on=on, **doors)
        final = one.line.stage in FINAL
        records.append(record)
        reviews.append(review)
        analyses.append(
            Analysis(
                review=review, edition=FactorEdition.of(FormSet(one.case.form_set)).value, begun_on=on, begun_by=actor,
                categories=[one.line.category] if one.line.category else [], primary=one.line.category,
                modifiable=one.line.modifiable, changed_at=now, changed_by=actor,
                state=Analysis.State.FINAL if final else Analysis.State.DRAFT, final_on=on if final else None,
                final_by=actor if final else None, **doors,
            )
        )  # fmt: skip
    if records:
        ids = [each.id for each in records]
        ledger.line("child_deaths.brought_in", kind=REVIEW.kind, ids=ids, board_id=board.id)
    _all(Record, records)
    _all(Review, reviews)
    _all(Analysis, analyses)


def _keys(made: Sequence[_Coming]) -> None:
    """The index of who may be the same child. Rows made many at once tell nobody, so it is written here."""
    secret = mark()
    _all(
        MatchKey,
        [
            MatchKey(child=one.child, key=key, secret=secret, **one.doors)
            for one in made
            for key in sorted(hashed(matching.keys(identity_of(one.line))))
        ],
    )
