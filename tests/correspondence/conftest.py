"""A school's self-audit to write about, a way of sending the test can steer, and the board's clock."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.personas import World
from wholestory.access import acting
from wholestory.correspondence import operations, transports
from wholestory.correspondence.models import Letter, Message
from wholestory.correspondence.operations import sending, sorting
from wholestory.correspondence.operations.letters import LetterText
from wholestory.correspondence.transports import Outgoing, Receipt
from wholestory.partners.models import Person
from wholestory.records.models import Record

NOW = datetime(2016, 3, 14, 10, 0, tzinfo=UTC)
LATER = datetime(2016, 3, 14, 12, 0, tzinfo=UTC)
DUE_ON = date(2016, 4, 15)
ABOUT: dict[str, Any] = {
    "title": "Section 11 self-audit 2015/16", "due_on": DUE_ON, "signatory": "Kit Monro",
}  # fmt: skip


class Postman:
    """A way of sending that keeps what it was given, and can be told to refuse, to be busy, or to be cut off."""

    name = "smtp"

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.answers: list[Exception] = []
        self.taken: dict[UUID, Receipt] = {}

    def send(self, mail: Outgoing) -> Receipt:
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, KeyboardInterrupt | SystemError):
                # The other side has it; we are gone before we can say so.
                self.sent.append(mail)
            raise answer
        self.sent.append(mail)
        return Receipt(f"<{mail.id}@test>")

    def already_taken(self, mail_id: UUID) -> Receipt | None:
        return self.taken.get(mail_id)

    def fate(self, reference: str) -> str:
        return ""


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> Postman:
    """Stands in for every way of sending."""
    made = Postman()
    monkeypatch.setattr(transports, "chosen", lambda: made)
    return made


@pytest.fixture(autouse=True)
def by_smtp(settings: Settings) -> None:
    """As a board would run it: mail leaves, and the site has an address."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, mail_by="smtp")
    settings.SITE_ADDRESS = "https://board.example"


@pytest.fixture
def as_officer(world: World) -> Iterator[Person]:
    """A transaction in which the quality officer acts."""
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        yield world.people["quality_officer"]


@pytest.fixture
def write(world: World, school_return: Record) -> Callable[..., Message]:
    """The quality officer writes one message about the school's return."""

    def written(kind: str = "invitation", to: Person | str | None = None, **more: Any) -> Message:
        said = {
            "actor": world.people["quality_officer"], "board": world.board, "kind": kind, "now": NOW,
            "to": to or world.people["head"], "about": school_return, "agency": world.agencies["school"],
            "context": ABOUT, "link": "/self-audits/SA-TESTSCH1/",
        }  # fmt: skip
        with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
            return operations.compose(**(said | more))[0]

    return written


@pytest.fixture
def post(world: World, postman: Postman) -> Callable[..., int]:
    """Sorts the board's post and sends what was handed on, as the worker would; how many jobs ended in a wait."""

    def run(at: datetime = LATER) -> int:
        with acting.as_system(world.board, "postroom"):
            sorting.sort_post(world.board, at)
            waiting = [str(key) for key in handed_on().values_list("id", flat=True)]
        later = 0
        for key in waiting:
            try:
                sending.send_message(world.board, key, postman, lambda: at)
            except sending.TryLater:
                later += 1
        return later

    return run


TEXT = LetterText(
    "Dr Ola Marsh", "Your self-audit is overdue", "Dear Dr Marsh,\n\nIt was due on 29 February.",
    "Chief executive", "Harbour House\nNorthmarsh\nNM1 1AA", "chief@charity.example",
)  # fmt: skip


@pytest.fixture
def letter(world: World, school_return: Record) -> Letter:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        return operations.prepare_letter(
            actor=world.people["business_manager"], board=world.board, text=TEXT, about=school_return,
            agency=world.agencies["charity"], wanted_by_on=date(2016, 3, 18), tell=world.people["chair"], now=NOW,
        )  # fmt: skip


def handed_on() -> Any:
    """Messages a job was made for."""
    return Message.objects.filter(status="queued", handed_on_at__isnull=False)


def fresh(message: Message, world: World) -> Message:
    """The message as it is in the database now."""
    with acting.as_system(world.board, "postroom"):
        return Message.objects.select_related("record", "board", "digest").get(pk=message.pk)
