"""The letters that went to made-up agencies, and the questions lay members asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from wholestory import ledger
from wholestory.access.models import Grant
from wholestory.challenge.models import Question
from wholestory.challenge.operations import QUESTION
from wholestory.config.example.scale_cycles import AT_ONCE, Told, Years
from wholestory.config.example.scale_directory import key
from wholestory.config.example.scale_fates import moment
from wholestory.config.example.scale_sizes import TODAY
from wholestory.correspondence import definitions
from wholestory.correspondence.models import Bounce, Message, MessageAttempt, Status
from wholestory.correspondence.operations.writing import EXAMPLE, absolute, team_doors
from wholestory.partners.models import Person, Role
from wholestory.records.models import Circle, Record

ASKED = "How does the board know that what agencies write about listening to children is so?"
TOLD = "Moderators ask two agencies in ten what children said, and read the notes. The next report has a page on it."
QUESTIONS = 40


class Post:
    """Makes the messages of one board."""

    def __init__(self, years: Years, chosen: random.Random) -> None:
        self.years, self.made, self.chosen = years, years.made, chosen
        self.circle, self.office = team_doors(self.made.board)

    def of(self, told: list[Told]) -> None:
        """An invitation to each agency's lead and substitute, and thanks to those who signed."""
        messages = [message for one in told for message in self._about(one)]
        ledger.line(
            "example.made_up", kind=Message.record_kind, board_id=self.made.board.id,
            ids=[message.record_id for message in messages],
        )  # fmt: skip
        Record.objects.bulk_create([message.record for message in messages], batch_size=AT_ONCE)
        Message.objects.bulk_create(messages, batch_size=AT_ONCE)
        MessageAttempt.objects.bulk_create(list(self._attempts(messages)), batch_size=AT_ONCE)

    def _about(self, one: Told) -> Iterator[Message]:
        agency = one.ret.agency_id
        leads = self.made.staff.get((agency, Role.AGENCY_LEAD), [])
        for person in (*leads, *self.made.staff.get((agency, Role.SUBSTITUTE), [])):
            yield self._message(one, person, "invitation", one.fate.issued_on)
        if one.fate.signed:
            for person in dict.fromkeys([*leads, one.signatory]):
                yield self._message(one, person, "thanks", one.fate.signed_on)

    def _message(self, one: Told, person: Person, kind: str, on: date) -> Message:
        link = absolute(f"/self-audits/returns/{one.ret.record.reference}/")
        filled = definitions.wording(kind).fill(
            {
                "board": self.made.board.name, "mailbox": self.made.board.mailbox, "link": link,
                "name": person.full_name,
                "agency": one.ret.agency.name, "reference": one.ret.record.reference, "title": one.ret.title,
                "due_on": one.ret.due_on, "signatory": one.signatory.full_name,
            }
        )  # fmt: skip
        at = moment(on, self.chosen)
        bounced = self.chosen.random() < 0.01
        record = self.years.sheet(
            Message.record_kind, "MS", self.circle, "correspondence", on, "correspondence"
        )
        return Message(
            id=key(self.chosen), record=record, board=self.made.board, circle=self.circle, office=self.office,
            about=one.ret.record, agency=one.ret.agency, kind=kind,
            step=kind if kind == "invitation" else f"thanks_{on}",
            to_person=person, to_name=person.full_name, to_address=person.email or "", subject=filled.subject[:250],
            body=f"{EXAMPLE}\n\n{filled.body}", line=filled.line, link=link,
            status=Status.BOUNCED if bounced else Status.SENT, sent_at=at, bounced_at=at if bounced else None,
            bounce=Bounce.UNKNOWN_ADDRESS if bounced else "", send_after=at, post_by=at, tries=1, handed_on_at=at,
            written_by=self.made.manager, written_on=on, created_at=at,
        )  # fmt: skip

    def _attempts(self, messages: list[Message]) -> Iterator[MessageAttempt]:
        for message in messages:
            at = message.send_after
            yield MessageAttempt(
                id=key(self.chosen), message=message, circle_id=message.circle_id, office_id=message.office_id,
                number=1, at=at, transport="outbox", result="accepted", provider_reference=str(message.id),
                created_at=at,
            )  # fmt: skip

    def questions(self) -> None:
        """Lay members' questions, most of them answered; each in a circle of its asker alone."""
        asker = self.made.seats[Role.LAY_MEMBER]
        circles = Circle.objects.bulk_create(
            [Circle(board=self.made.board, kind="personal") for _ in range(QUESTIONS)]
        )
        days = [TODAY - timedelta(days=7 * at + 1) for at in range(QUESTIONS)]
        records = [
            self.years.sheet(QUESTION.kind, "QU", circle, "actions", day, QUESTION.retention)
            for circle, day in zip(circles, days, strict=True)
        ]
        ledger.line(
            "example.made_up",
            kind=QUESTION.kind,
            board_id=self.made.board.id,
            ids=[record.id for record in records],
        )
        office = self.made.offices["actions"]
        Grant.objects.bulk_create(
            [
                Grant(
                    id=key(self.chosen), circle=circle, office=office, person=asker, role="asker",
                    purpose="own_question", starts_on=day, given_by=asker, created_at=moment(day),
                )
                for circle, day in zip(circles, days, strict=True)
            ]
        )  # fmt: skip
        Record.objects.bulk_create(records)
        Question.objects.bulk_create(
            [
                Question(
                    id=key(self.chosen), record=record, circle=record.circle, office=office, words=ASKED,
                    asked_by=asker, asked_on=day, answer=TOLD if at > 3 else "",
                    answered_by=self.made.manager if at > 3 else None,
                    answered_on=day + timedelta(days=3) if at > 3 else None, created_at=moment(day),
                )
                for at, (record, day) in enumerate(zip(records, days, strict=True))
            ]
        )  # fmt: skip
