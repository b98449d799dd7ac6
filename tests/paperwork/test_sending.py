"""Sending a form: what keeps it from going, and what is closed afterwards."""

import pytest

from tests.paperwork.conftest import TODAY, Desk
from tests.paperwork.test_sheet import COMPLETE
from wholestory.access.verbs import Verb
from wholestory.paperwork import operations
from wholestory.paperwork.models import (
    AnswerSet,
    Status,
)


def complete(desk: Desk) -> None:
    desk.save("head", **COMPLETE)


def submit(desk: Desk, name: str = "head") -> AnswerSet:
    with desk.acting(name):
        return operations.submit(
            actor=desk.person(name), set_id=desk.form_set.id, today=TODAY, now=desk.now()
        )


def test_an_incomplete_form_is_not_sent_and_every_problem_names_its_page(desk: Desk):
    desk.save("head", has_lead="yes")
    with pytest.raises(operations.NotReady) as refused:
        submit(desk)
    assert {(p.page.key, str(p.place)) for p in refused.value.problems} >= {
        ("leadership", "lead"),
        ("staff", "employed"),
    }
    assert desk.filled().answer_set.status == Status.DRAFT


def test_an_unsettled_clash_keeps_a_form_from_being_sent(desk: Desk):
    complete(desk)
    desk.save("head_contributor", employed="11", base=0)
    with pytest.raises(operations.NotReady) as refused:
        submit(desk)
    assert (refused.value.problems, refused.value.clashes) == ((), 1)


def test_a_sent_form_is_closed_until_it_is_opened_again_and_its_hash_tells_a_change(desk: Desk):
    complete(desk)
    first = submit(desk).content_hash
    with pytest.raises(operations.NotOpen):
        desk.save("head", employed="12")
    with desk.acting("head"):
        operations.reopen(actor=desk.person("head"), set_id=desk.form_set.id)
    assert submit(desk).content_hash == first
    with desk.acting("head"):
        operations.reopen(actor=desk.person("head"), set_id=desk.form_set.id)
    desk.save("head", more="x", next_step="y", reviewed_on="2016-01-01")
    assert submit(desk).content_hash != first


def test_a_locked_form_can_still_be_read(desk: Desk):
    complete(desk)
    with desk.acting("quality_officer"):
        operations.lock(actor=desk.person("quality_officer"), set_id=desk.form_set.id, verb=Verb.MANAGE)
    with pytest.raises(operations.NotOpen):
        desk.save("head", employed="12")
    assert desk.value("employed") == "10"
