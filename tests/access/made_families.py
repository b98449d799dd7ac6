"""A case with something of everything beside it, and its family's record, for the walk over every route."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.child_deaths.families import asked, carer, family_of
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.operations import family_said, holds, outside, response
from wholestory.kernel.moments import parse


@dataclass(frozen=True)
class FamilyRecords:
    """References and keys: of the case, of what was recorded beside it, and of the family."""

    case: str
    step: str
    task: str
    process: str
    hold: str
    family: str
    carer: str
    question: str
    asked: str


def make(deaths: Deaths) -> FamilyRecords:
    """One of each."""
    case = deaths.case(forenames="Larch", surname="Sedge", nhs_number="9990000050")
    with deaths.acting() as actor:
        step = response.add_step(
            actor=actor,
            case=case,
            kind="coroner_told",
            at=parse("2016-03-13 01:00"),
            facts={},
            now=deaths.now,
        )
        task = response.add_task(actor=actor, case=case, organisation="Police", words="Ask", today=TODAY)
        process = outside.record(
            actor=actor, case=case, kind="police", state="running", facts={}, today=TODAY, now=deaths.now
        )
        hold = holds.begin(
            actor=actor, case=case, why="family", since_on=TODAY, review_on=date(2016, 6, 1), now=deaths.now
        )
    family = family_of(deaths, case)
    question = asked(deaths, family)
    with deaths.acting() as actor:
        sent = family_said.receive(
            actor=actor, family=family, kind="records", text="All", carer=None, received_on=TODAY, today=TODAY
        )
        return FamilyRecords(
            case.record.reference, str(step.pk), str(task.pk), str(process.pk), str(hold.pk), str(family),
            str(carer(deaths, family).pk), str(question.pk), str(sent.pk),
        )  # fmt: skip
