"""The cycles of a made-up board: whom it asked, what they answered, how it was moderated and released."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from wholestory import ledger
from wholestory.assurance import results
from wholestory.assurance.definitions import form_of
from wholestory.assurance.definitions.declarations import SENIOR_OFFICER
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import (
    Cycle,
    CycleState,
    ResultRow,
    Return,
    SectionOwner,
    SignOff,
    Stage,
    StageChange,
)
from wholestory.assurance.operations.moving import count
from wholestory.config.example import scale_names as names
from wholestory.config.example.scale_answer_rows import pour_answers
from wholestory.config.example.scale_answers import COURSES, Courses, Filled
from wholestory.config.example.scale_directory import MadeBoard, key
from wholestory.config.example.scale_fates import CLOSED, UNDER_WAY, Fate, fate, moment
from wholestory.config.example.scale_moderation import moderate
from wholestory.config.example.scale_sizes import TODAY
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.models import AnswerSet, FormVersion, Status
from wholestory.partners.models import Agency, Person, Role
from wholestory.records import opening
from wholestory.records.models import Circle, Record
from wholestory.records.references import ALPHABET

AT_ONCE = 2000


@dataclass
class Told:
    """One return with everything its rows are made from."""

    ret: Return
    fate: Fate
    filled: Filled | None
    before: Filled | None
    answered: frozenset[str]
    writer: Person
    signatory: Person
    moderator: Person

    @property
    def answers(self) -> Filled:
        """What it says. Raises ValueError for a return nobody began."""
        if self.filled is None:
            raise ValueError(f"{self.ret.title} was never begun")
        return self.filled


@dataclass
class Standing:
    """How far each agency has come: which course it follows, how often it has signed, its last answers."""

    course: dict[UUID, int] = field(default_factory=dict)
    times: dict[UUID, int] = field(default_factory=dict)
    last: dict[UUID, tuple[Filled, AnswerSet]] = field(default_factory=dict)


class Years:
    """Makes one board's cycles, the oldest first."""

    def __init__(
        self, made: MadeBoard, framework: Framework, courses: Courses, chosen: random.Random
    ) -> None:
        self.made, self.framework, self.courses, self.chosen = made, framework, courses, chosen
        self.standing = Standing()
        self.board_circle = Circle.objects.create(board=made.board, kind="board")
        self.version: FormVersion = paperwork.publish(form_of(framework.key, framework.version))
        self.previous: Cycle | None = None

    def year(self, year: int, *, live: bool) -> list[Told]:
        """One year's cycle with its returns; the live one is still open."""
        cycle = self._cycle(year, live=live)
        told = self._returns(cycle, live=live)
        self._history(told)
        pour_answers(told, self.made.board.id, self.chosen)
        self._line("assurance.moderation")
        moderate(told, self.made.manager, self.chosen, live=live)
        if not live:
            self._release(cycle)
        count(cycle.id, self.made.board.id)
        self.previous = cycle
        return told

    def reference(self, prefix: str) -> str:
        """A reference like ``records.references.new`` gives, made from the seed."""
        return f"{prefix}-" + "".join(self.chosen.choices(ALPHABET, k=8))

    def sheet(self, kind: str, prefix: str, circle: Circle, office: str, on: date, retention: str) -> Record:
        """A cover sheet, not yet saved."""
        return Record(
            id=key(self.chosen), kind=kind, reference=self.reference(prefix), board=self.made.board, circle=circle,
            office=self.made.offices[office], edition=self.made.board.edition, opened_on=on, retention=retention,
            created_at=moment(on),
        )  # fmt: skip

    def _line(self, table: str, records: list[Record] | None = None) -> None:
        ledger.line(
            "example.made_up",
            kind=table,
            board_id=self.made.board.id,
            ids=[record.id for record in records or ()],
        )

    def _cycle(self, year: int, *, live: bool) -> Cycle:
        opens_on = date(year, 1, 11)
        record = self.sheet("assurance.cycle", "CY", self.board_circle, "assurance", opens_on, "assurance")
        record.closed_on = None if live else date(year, 7, 1)
        self._line("assurance.cycle", [record])
        record.save(force_insert=True)
        return Cycle.objects.create(
            id=key(self.chosen), record=record, circle=self.board_circle, office=self.made.offices["assurance"],
            board=self.made.board, title=f"Self-audit {year}", framework=self.framework.key,
            framework_version=self.framework.version, compliant_from=self.framework.compliant_from, opens_on=opens_on,
            due_on=date(year, 2, 26), moderation_due_on=date(year, 4, 29), report_due_on=date(year, 6, 30),
            state=CycleState.OPEN if live else CycleState.CLOSED, released_on=None if live else date(year, 6, 1),
            previous=self.previous, created_at=moment(opens_on),
        )  # fmt: skip

    def _returns(self, cycle: Cycle, *, live: bool) -> list[Told]:
        board, agencies = self.made.board, self.made.agencies
        circles = opening.circles(board, "return", agencies)
        notes = opening.circles(board, "moderation", agencies)
        told = [
            self._one(cycle, agency, circle, note, UNDER_WAY if live else CLOSED)
            for agency, circle, note in zip(agencies, circles, notes, strict=True)
        ]
        if not live:
            for one in told:
                one.ret.record.closed_on, one.ret.answers.status = cycle.record.closed_on, Status.LOCKED
        records = [one.ret.record for one in told]
        self._line("assurance.return", records)
        Record.objects.bulk_create(records, batch_size=AT_ONCE)
        AnswerSet.objects.bulk_create([one.ret.answers for one in told], batch_size=AT_ONCE)
        Return.objects.bulk_create([one.ret for one in told], batch_size=AT_ONCE)
        return told

    def _one(
        self, cycle: Cycle, agency: Agency, circle: Circle, note: Circle, weights: dict[Stage, int]
    ) -> Told:
        office, on = self.made.offices["assurance"], cycle.opens_on
        lived = fate(self.chosen, on, weights)
        writer = (self.made.staff.get((agency.id, Role.CONTRIBUTOR)) or [self.made.lead(agency)])[0]
        signatory = self.made.signatory(agency)
        filled, before, carried = self._answers(agency, lived, on.year)
        record = self.sheet("assurance.return", "SA", circle, "assurance", on, "assurance")
        doors: dict[str, Any] = {"circle": circle, "office": office, "created_at": moment(on)}
        hashed = filled.hash if filled and lived.signed else ""
        answers = AnswerSet(
            id=key(self.chosen), record=record, form_version=self.version, started_by=self.made.manager,
            status=Status.SUBMITTED if lived.signed else Status.DRAFT, content_hash=hashed, carried_from=carried,
            submitted_by=signatory if lived.signed else None,
            submitted_at=moment(lived.signed_on) if lived.signed else None, **doors,
        )  # fmt: skip
        signed_on = lived.signed_on if lived.signed or lived.stage == Stage.NIL else None
        ret = Return(
            id=key(self.chosen), record=record, cycle=cycle, board=self.made.board, agency=agency,
            duty_basis=agency.duty_basis, title=f"{self.framework.title_for(agency.duty_basis)}: {cycle.title}"[:160],
            framework=self.framework.key, framework_version=self.framework.version, compliant_from=cycle.compliant_from,
            answers=answers, notes_circle=note, stage=lived.stage, issued_on=on, due_on=cycle.due_on,
            signed_off_on=signed_on, first_signed_on=signed_on,
            released_on=lived.released_on if lived.stage == Stage.RELEASED else None,
            nil_reason=names.NO_SUCH_WORK if lived.stage == Stage.NIL else "", **doors,
        )  # fmt: skip
        done = frozenset(self.framework.items)
        if lived.stage == Stage.IN_PROGRESS:
            pages = self.framework.standards[: self.chosen.randrange(1, len(self.framework.standards))]
            done = frozenset(item.key for standard in pages for item in standard.items)
        if filled and lived.signed:
            self.standing.last[agency.id] = (filled, answers)
            self.standing.times[agency.id] = self.standing.times.get(agency.id, 0) + 1
        return Told(ret, lived, filled, before, done, writer, signatory, self._moderator(agency))

    def _answers(
        self, agency: Agency, lived: Fate, year: int
    ) -> tuple[Filled | None, Filled | None, AnswerSet | None]:
        """What the agency answers this year, what came forward from its last signed return, and from where."""
        if not lived.begun:
            return None, None, None
        course = self.standing.course.setdefault(agency.id, self.chosen.randrange(COURSES))
        filled = self.courses.filled(course, self.standing.times.get(agency.id, 0), year)
        before, carried = self.standing.last.get(agency.id, (None, None))
        return filled, before, carried

    def _moderator(self, agency: Agency) -> Person:
        """A member of the board whose own agency it is not."""
        members = self.made.members
        at = self.chosen.randrange(len(members))
        while members[at][1] == agency.id:
            at = (at + 1) % len(members)
        return members[at][0]

    def _history(self, told: list[Told]) -> None:
        office = self.made.offices["assurance"]
        manager = self.made.manager
        by: dict[str, Callable[[Told], Person]] = {
            "issued": lambda one: manager, "withdrawn": lambda one: manager, "result_released": lambda one: manager,
            "begun": lambda one: one.writer, "query_answered": lambda one: one.writer,
            "signed_off": lambda one: one.signatory, "nil_returned": lambda one: one.signatory,
            "queried": lambda one: one.moderator, "moderated": lambda one: one.moderator,
        }  # fmt: skip
        reasons = {"withdrawn": "Asked in error.", "nil_returned": names.NO_SUCH_WORK}
        self._line("assurance.stage_change")
        changes = [
            StageChange(
                id=key(self.chosen), return_of=one.ret, circle_id=one.ret.circle_id, office=office, move=move,
                from_stage=before, to_stage=after, by=by[move](one), on=on, reason=reasons.get(move, ""),
                created_at=moment(on, self.chosen),
            )
            for one in told for move, before, after, on in one.fate.moves
        ]  # fmt: skip
        StageChange.objects.bulk_create(changes, batch_size=AT_ONCE)
        signed = [one for one in told if one.ret.signed_off_on is not None]
        SignOff.objects.bulk_create(
            [
                SignOff(
                    id=key(self.chosen), return_of=one.ret, circle_id=one.ret.circle_id, office=office,
                    person=one.signatory, post=one.signatory.job_title or "Chief officer",
                    declaration=SENIOR_OFFICER.version, content_hash=one.ret.answers.content_hash,
                    is_nil=one.ret.stage == Stage.NIL, signed_at=moment(one.fate.signed_on),
                    signed_on=one.fate.signed_on, created_at=moment(one.fate.signed_on),
                )
                for one in signed
            ],
            batch_size=AT_ONCE,
        )  # fmt: skip
        SectionOwner.objects.bulk_create(list(self._owners(told)), batch_size=AT_ONCE)

    def _owners(self, told: list[Told]) -> Iterator[SectionOwner]:
        for one in told:
            if one.fate.begun and one.writer != one.signatory and self.chosen.random() < 0.3:
                for standard in self.framework.standards[:2]:
                    yield SectionOwner(
                        id=key(self.chosen), return_of=one.ret, circle_id=one.ret.circle_id,
                        office_id=one.ret.office_id, standard=standard.key, person=one.writer,
                        created_at=moment(one.fate.begun_on),
                    )  # fmt: skip

    def _release(self, cycle: Cycle) -> None:
        """What the board is shown of a closed cycle, worked out by the rules that a release uses."""
        returns = Return.objects.filter(cycle=cycle).exclude(stage=Stage.WITHDRAWN).select_related("agency")
        self._line("assurance.result_row")
        rows = results.rows_for_board(cycle, list(returns), TODAY)
        ResultRow.objects.bulk_create(rows, batch_size=AT_ONCE)
