"""A change after the first of two signatures: said before, told at once, and never silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.assurance.rounds import RoundOn
from tests.assurance.test_schools import GOVERNOR, HEAD, at, school, sign
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import SignOff, StageChange
from wholestory.correspondence.models import Message
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
__all__ = ["school"]

PLACE = Place(item_keys("child_on_child").said)
WARNED = (
    "Kit Monro has signed these answers as headteacher. If you change one, that signature no longer holds: Kit Monro is"
    " told by e-mail, and has to read and sign again."
)
LAPSED = "Answers were changed after Kit Monro signed as headteacher, so that signature no longer holds."


def form_page(school: RoundOn) -> str:
    from wholestory.assurance.definitions import framework_called

    standards = framework_called("schools_and_colleges").standards
    key = next(one.key for one in standards if any(item.key == "child_on_child" for item in one.items))
    return at(school, "return") + f"form/page/{key}/"


def change(school: RoundOn, who: str, words: str, base: int = 1) -> None:
    with school.acting(who) as actor:
        set_id = school.returns["school"].answers_id
        save = paperwork.Save(PLACE, Given(words), base=base)
        paperwork.save_draft(actor=actor, set_id=set_id, saves=[save], now=NOW)


def told(school: RoundOn) -> list[Message]:
    with acting.as_system(school.world.board, "postroom"):
        return list(Message.objects.filter(kind="signature_lapsed"))


def test_the_form_warns_before_a_signed_answer_is_changed(school: RoundOn, browse: Browse) -> None:
    head = browse("head")
    for url in (form_page(school), at(school, "return") + "form/"):
        assert WARNED not in head.get(url).content.decode()
    sign(school, "head_signatory", HEAD)
    for url in (form_page(school), at(school, "return") + "form/"):
        assert WARNED in head.get(url).content.decode()
        assert WARNED not in browse("quality_officer").get(url).content.decode()


def test_a_change_crosses_the_signature_out_at_once_and_tells_who_gave_it(
    school: RoundOn, browse: Browse
) -> None:
    sign(school, "head_signatory", HEAD)
    change(school, "head", "Something else.")
    with school.acting("head"):
        assert SignOff.objects.get().withdrawn_on == TODAY
        assert StageChange.objects.filter(move="signature_lapsed").count() == 1
    (one,) = told(school)
    assert one.to_person_id == school.world.people["head_signatory"].id
    assert at(school) in one.body or at(school, "return") in one.body
    change(school, "head", "Something else again.", base=2)
    assert len(told(school)) == 1
    assert LAPSED in browse("head").get(form_page(school)).content.decode()


def test_the_return_and_my_work_say_what_happened_and_what_to_do(school: RoundOn, browse: Browse) -> None:
    sign(school, "head_signatory", HEAD)
    change(school, "head", "Something else.")
    for who in ("head", "head_signatory"):
        html = " ".join(browse(who).get(at(school, "return")).content.decode().split())
        assert "Answers were changed since, so this signature no longer holds" in html
        assert "Kit Monro reads the answers as they are now and signs again." in html
    kit = browse("head_signatory")
    assert "Read and sign</a>" in kit.get(at(school, "return")).content.decode()
    front = kit.get("/").content.decode()
    assert "Sign your self-audit again" in front
    assert "An answer was changed after it was signed" in front
    assert "waits for the other signature" not in front


def test_signing_again_settles_it(school: RoundOn, browse: Browse) -> None:
    sign(school, "head_signatory", HEAD)
    change(school, "head", "Something else.")
    sign(school, "head_signatory", HEAD)
    html = browse("head").get(at(school, "return")).content.decode()
    assert "no longer holds" not in html.split("History")[0]
    sign(school, "stranger", GOVERNOR)
    assert school.fresh("school").stage == "signed_off"


def test_whoever_changes_their_own_signed_answers_is_not_written_to(school: RoundOn) -> None:
    sign(school, "head_signatory", HEAD)
    change(school, "head_signatory", "Put right.")
    assert told(school) == []
    with school.acting("head"):
        assert SignOff.objects.get().withdrawn_on == TODAY


def test_saving_without_a_change_leaves_the_signature(school: RoundOn, browse: Browse) -> None:
    sign(school, "head_signatory", HEAD)
    browse("head").post(form_page(school), {"_go": "continue"})
    with school.acting("head"):
        assert SignOff.objects.get().withdrawn_on is None
    assert told(school) == []


def test_a_return_that_one_person_signs_costs_no_query_more(cycle_round: Round) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cycle_round.answer("police", "police_lead", 2)
    with cycle_round.acting("police_lead") as actor:
        set_id = cycle_round.returns["police"].answers_id
        save = paperwork.Save(Place("strategic_lead"), Given(1), base=1)
        with CaptureQueriesContext(
            connection,
        ) as made:
            paperwork.save_draft(actor=actor, set_id=set_id, saves=[save], now=NOW)
    assert not any("assurance_signoff" in one["sql"] or "assurance_return" in one["sql"] for one in made)
