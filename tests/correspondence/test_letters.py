"""Letters: prepared by the team, signed by the chair as they were read, sent, and seen by no agency before that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.correspondence.conftest import LATER, NOW, TEXT, Postman, fresh
from tests.personas import World
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.correspondence import operations, queries
from wholestory.correspondence.models import Letter, Message
from wholestory.correspondence.operations import CannotSend
from wholestory.correspondence.operations.letters import LetterText, fingerprint
from wholestory.correspondence.rules.identifying import Identifying


def as_(world: World, name: str) -> Any:
    return acting.acting_as(world.people[name], world.seats[name])


def test_the_chair_and_the_team_see_it_and_nobody_else(letter: Letter, world: World) -> None:
    for name in world.seats:
        with as_(world, name):
            seen = Letter.objects.filter(pk=letter.pk).exists()
        assert seen == (name in {"chair", "business_manager", "quality_officer"}), name


def test_the_chair_hears_of_it_and_finds_it(letter: Letter, world: World) -> None:
    with as_(world, "chair"):
        (line,) = queries.to_sign(world.board)
        message = Message.objects.get()
    assert (line.reference, line.subject, line.wanted_by_on) == (
        letter.record.reference,
        TEXT.subject,
        date(2016, 3, 18),
    )
    assert message.to_person == world.people["chair"]
    assert f"/letters/to-sign/{letter.record.reference}/" in message.body


def test_prepared_signed_and_sent_as_a_message(
    letter: Letter, world: World, post: Callable[..., int], postman: Postman
) -> None:
    chair, manager = world.people["chair"], world.people["business_manager"]
    with as_(world, "chair"):
        operations.sign_letter(actor=chair, letter=letter, read=fingerprint(letter), now=LATER)
        assert queries.to_sign(world.board) == ()
        with pytest.raises(NotForYou):
            operations.send_letter(actor=chair, letter=letter, by="email")
    with as_(world, "business_manager"):
        sent = operations.send_letter(actor=manager, letter=letter, by="email", now=LATER)
        with pytest.raises(CannotSend):
            operations.send_letter(actor=manager, letter=letter, by="email", now=LATER)
    assert sent.message is not None
    assert sent.signed_sha256 == fingerprint(sent)
    post()
    mail = next(one for one in postman.sent if one.to_address == "chief@charity.example")
    assert mail.text.startswith("Example: invented\n\nDear Dr Marsh,")
    assert mail.text.endswith("Dr Hilary Stroud\nSigned on 14 March 2016\n")
    assert fresh(sent.message, world).status == "sent"


def test_only_the_chair_signs_and_only_what_was_read(letter: Letter, world: World) -> None:
    with as_(world, "business_manager"):
        with pytest.raises(NotForYou):
            operations.sign_letter(
                actor=world.people["business_manager"], letter=letter, read=fingerprint(letter)
            )
        before = fingerprint(letter)
        changed = LetterText(TEXT.to_name, TEXT.subject, "Something else")
        operations.change_letter(actor=world.people["business_manager"], letter=letter, text=changed)
    with as_(world, "chair"), pytest.raises(CannotSend, match="changed after you opened it"):
        operations.sign_letter(actor=world.people["chair"], letter=letter, read=before)


def test_a_signed_letter_cannot_be_changed_but_withdrawn(letter: Letter, world: World) -> None:
    with as_(world, "chair"):
        operations.sign_letter(actor=world.people["chair"], letter=letter, read=fingerprint(letter), now=NOW)
    manager = world.people["business_manager"]
    with as_(world, "business_manager"):
        with pytest.raises(CannotSend, match="cannot be changed"):
            operations.change_letter(actor=manager, letter=letter, text=TEXT)
        operations.withdraw_letter(actor=manager, letter=letter, now=LATER)
        with pytest.raises(CannotSend):
            operations.withdraw_letter(actor=manager, letter=letter, now=LATER)
        with pytest.raises(CannotSend, match="Only a signed letter"):
            operations.send_letter(actor=manager, letter=letter, by="post", now=LATER)


def test_posted_by_hand_it_makes_no_message(letter: Letter, world: World) -> None:
    with as_(world, "chair"):
        operations.sign_letter(actor=world.people["chair"], letter=letter, read=fingerprint(letter), now=NOW)
    with as_(world, "business_manager"):
        sent = operations.send_letter(
            actor=world.people["business_manager"], letter=letter, by="post", now=LATER
        )
    assert (sent.status, sent.sent_how, sent.message) == ("sent", "post", None)


def test_without_an_address_it_can_only_be_posted(letter: Letter, world: World) -> None:
    manager = world.people["business_manager"]
    with as_(world, "business_manager"):
        operations.change_letter(
            actor=manager, letter=letter, text=LetterText("Dr Marsh", "Overdue", "Dear Dr Marsh")
        )
    with as_(world, "chair"):
        now_says = Letter.objects.get(pk=letter.pk)
        operations.sign_letter(
            actor=world.people["chair"], letter=letter, read=fingerprint(now_says), now=NOW
        )
    with as_(world, "business_manager"), pytest.raises(CannotSend, match="Post it instead"):
        operations.send_letter(actor=manager, letter=letter, by="email", now=NOW)


def test_a_letter_does_not_say_who_a_child_is(world: World) -> None:
    with as_(world, "business_manager"), pytest.raises(Identifying):
        operations.prepare_letter(
            actor=world.people["business_manager"], board=world.board,
            text=LetterText("Dr Marsh", "About Child B", "x"), now=NOW,
        )  # fmt: skip


def test_an_agency_and_a_member_prepare_no_letters(world: World) -> None:
    for name in ("head", "police_member", "chair"):
        with as_(world, name), pytest.raises(NotForYou):
            operations.prepare_letter(actor=world.people[name], board=world.board, text=TEXT, now=NOW)
