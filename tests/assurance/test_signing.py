"""What is signed is what was read, once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import NOW, SHORT, Round
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import SignOff
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place

Browse = Callable[[str], Client]
FIRST = next(iter(framework_called(SHORT).items))


@pytest.fixture
def answered(cycle_round: Round) -> Round:
    cycle_round.answer("school", "head")
    return cycle_round


def at(round_: Round, which: str = "sign") -> str:
    return reverse(f"assurance:{which}", args=[round_.returns["school"].record.reference])


def shown(client: Client, url: str) -> dict[str, str]:
    """What the page sends back when its button is pressed."""
    html = client.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(read|revisions)" value="([^"]*)"', html))
    assert set(hidden) == {"read", "revisions"}
    return {**hidden, "post": "Headteacher", "agree": "on"}


def change(round_: Round, words: str, base: int = 1) -> None:
    place = Place(item_keys(FIRST).said)
    with round_.acting("head") as actor:
        paperwork.save_draft(
            actor=actor, set_id=round_.returns["school"].answers_id, now=NOW,
            saves=[paperwork.Save(place, Given(words), base=base)],
        )  # fmt: skip


def test_an_answer_changed_after_it_was_read_is_named_and_not_signed(answered: Round, browse: Browse) -> None:
    kit = browse("head_signatory")
    pressed = shown(kit, at(answered))
    change(answered, "Something else altogether.")
    refused = kit.post(at(answered), pressed)
    html = refused.content.decode()
    assert refused.status_code == 200
    assert "An answer was changed after you opened this page." in html
    assert "Changed since you opened this page" in html
    assert html.count(f"#q-{item_keys(FIRST).said}") >= 1
    assert "Something else altogether." in html
    assert answered.fresh("school").stage == "in_progress"
    again = dict(re.findall(r'<input type="hidden" name="(read|revisions)" value="([^"]*)"', html))
    assert kit.post(at(answered), {**pressed, **again}).status_code == 302
    assert answered.fresh("school").stage == "signed_off"


def test_what_reads_the_same_again_can_be_signed(answered: Round, browse: Browse) -> None:
    kit = browse("head_signatory")
    pressed = shown(kit, at(answered))
    change(answered, "Something else.")
    change(answered, "It is in our policy and people know it.", base=2)
    kit.post(at(answered), pressed)
    assert answered.fresh("school").stage == "signed_off"


def test_a_signature_without_what_was_read_is_refused(answered: Round, browse: Browse) -> None:
    browse("head_signatory").post(at(answered), {"post": "Headteacher", "agree": "on"})
    assert answered.fresh("school").stage == "in_progress"


def test_signing_twice_leads_to_the_return_and_signs_once(answered: Round, browse: Browse) -> None:
    kit = browse("head_signatory")
    pressed = shown(kit, at(answered))
    kit.post(at(answered), pressed)
    for reply in (
        kit.post(at(answered), pressed, follow=True), kit.get(at(answered), follow=True),
        kit.get(at(answered, "nil"), follow=True),
    ):  # fmt: skip
        assert reply.redirect_chain[-1][0] == at(answered, "return")
        assert "You signed this return on 14 March 2016." in reply.content.decode()
    with answered.acting("head_signatory"):
        assert SignOff.objects.count() == 1
