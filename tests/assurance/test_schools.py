"""A school's return is signed by the headteacher and the nominated governor: the same answers, two people."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import NOW
from tests.assurance.rounds import RoundOn
from tests.personas import LONG_AGO, TODAY, World
from wholestory.access import derive
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import SignOff, StageChange
from wholestory.assurance.operations import returns
from wholestory.correspondence.models import Message
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.partners.models import Role, Seat

Browse = Callable[[str], Client]
SCHOOLS = framework_called("schools_and_colleges")
HEAD, GOVERNOR = "headteacher", "nominated governor"


@pytest.fixture
def school(world: World) -> RoundOn:
    """The school's return, answered; Kit Monro and a governor may sign."""
    world.seats["stranger"] = Seat.objects.create(
        person=world.people["stranger"], board=world.board, role=Role.SIGNATORY, agency=world.agencies["school"],
        starts_on=LONG_AGO,
    )  # fmt: skip
    derive.rewrite(world.people["stranger"])
    made = RoundOn(world, SCHOOLS.key, "school")
    made.fill("school", "head", 2)
    return made


def at(school: RoundOn, which: str = "sign") -> str:
    return reverse(f"assurance:{which}", args=[school.returns["school"].record.reference])


def sign(school: RoundOn, who: str, post: str) -> SignOff:
    with school.acting(who) as actor:
        return returns.sign_off(actor=actor, ret=school.fresh("school"), post=post, today=TODAY, now=NOW)


def press(kit: Client, url: str, post: str) -> None:
    html = kit.get(url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(read|revisions)" value="([^"]*)"', html))
    reply = kit.post(url, {**hidden, "post": post, "agree": "on"})
    assert reply.status_code == 302, reply.content.decode()[:4000]


def change(school: RoundOn, words: str) -> None:
    place = Place(item_keys("child_on_child").said)
    with school.acting("head") as actor:
        paperwork.save_draft(
            actor=actor, set_id=school.returns["school"].answers_id, now=NOW,
            saves=[paperwork.Save(place, Given(words), base=1)],
        )  # fmt: skip


def test_what_a_school_is_asked() -> None:
    assert SCHOOLS.signatures == (HEAD, GOVERNOR)
    asked = " ".join(item.text for item in SCHOOLS.items.values()).lower()
    for matter in (
        "governors",
        "check",
        "online",
        "absence",
        "early help",
        "pupils do to each other",
        "allegation",
    ):
        assert matter in asked or matter in " ".join(s.title for s in SCHOOLS.standards).lower(), matter
    assert SCHOOLS.title_for("s157") == "School and college safeguarding self-assessment"
    assert not SCHOOLS.checked


def test_two_people_sign_the_same_answers_and_only_then_is_it_signed_off(school: RoundOn) -> None:
    first = sign(school, "head_signatory", HEAD)
    assert school.fresh("school").stage == "in_progress"
    assert school.fresh("school").signed_off_on is None
    second = sign(school, "stranger", GOVERNOR)
    assert school.fresh("school").stage == "signed_off"
    assert first.content_hash == second.content_hash
    assert {first.post, second.post} == {HEAD, GOVERNOR}
    assert first.person_id != second.person_id


def test_one_person_does_not_sign_twice(school: RoundOn) -> None:
    sign(school, "head_signatory", HEAD)
    with pytest.raises(returns.ReturnRefused, match="must be somebody else"):
        sign(school, "head_signatory", GOVERNOR)
    assert school.fresh("school").stage == "in_progress"


def test_each_post_signs_once_and_no_other_post_does(school: RoundOn) -> None:
    sign(school, "head_signatory", HEAD)
    with pytest.raises(returns.ReturnRefused, match="Kit Monro has signed as headteacher already"):
        sign(school, "stranger", HEAD)
    with pytest.raises(returns.ReturnRefused, match="headteacher or nominated governor"):
        sign(school, "stranger", "Caretaker")


def test_a_change_withdraws_what_was_signed(school: RoundOn) -> None:
    sign(school, "head_signatory", HEAD)
    change(school, "Changed after the head signed.")
    sign(school, "stranger", GOVERNOR)
    assert school.fresh("school").stage == "in_progress"
    with school.acting("head_signatory"):
        assert SignOff.objects.get(post=HEAD).withdrawn_on == TODAY
        assert StageChange.objects.filter(move="signature_lapsed").count() == 1
    sign(school, "head_signatory", HEAD)
    assert school.fresh("school").stage == "signed_off"


def test_opening_it_again_withdraws_both(school: RoundOn) -> None:
    sign(school, "stranger", GOVERNOR)
    sign(school, "head_signatory", HEAD)
    with school.acting("stranger") as actor:
        returns.reopen(actor=actor, ret=school.fresh("school"), reason="A figure", today=TODAY)
        assert set(SignOff.objects.values_list("withdrawn_on", flat=True)) == {TODAY}


def test_the_pages_say_who_is_awaited_and_ask_them(school: RoundOn, browse: Browse) -> None:
    kit, governor = browse("head_signatory"), browse("stranger")
    html = kit.get(at(school)).content.decode()
    assert "In which post do you sign?" in html
    press(kit, at(school), HEAD)
    after = kit.get(at(school, "return")).content.decode()
    assert "You have signed as headteacher. The return waits for the nominated governor" in after
    assert "Kit Monro signed as headteacher on 14 March 2016" in after
    assert "Waiting for the nominated governor." in after
    assert kit.get(at(school)).status_code == 302
    with school.acting("business_manager"):
        assert Message.objects.get(kind="to_sign_off").to_person_id == school.world.people["stranger"].id
    assert "Sign your self-audit" in governor.get("/").content.decode()
    assert "waits for the other signature" in kit.get("/").content.decode()
    page = governor.get(at(school)).content.decode()
    assert 'value="nominated governor"' in page
    assert 'value="headteacher"' not in page
    press(governor, at(school), GOVERNOR)
    assert school.fresh("school").stage == "signed_off"


def test_after_a_change_the_page_says_that_the_signature_no_longer_holds(
    school: RoundOn, browse: Browse
) -> None:
    sign(school, "head_signatory", HEAD)
    change(school, "Something else.")
    html = browse("stranger").get(at(school)).content.decode()
    assert "so this signature no longer holds" in html
    assert 'value="headteacher"' in html


def test_without_a_second_person_the_head_is_told_what_to_do(school: RoundOn, browse: Browse) -> None:
    Seat.objects.filter(person=school.world.people["stranger"]).update(ends_on="2016-01-01")
    derive.rewrite(school.world.people["stranger"])
    kit = browse("head_signatory")
    assert "Only 1 person is named to sign so far" in browse("head").get(at(school, "ready")).content.decode()
    press(kit, at(school), HEAD)
    assert "Nobody else is named to sign" in kit.get(at(school, "return")).content.decode()


def test_a_governor_declares_what_a_governor_can_know(school: RoundOn, browse: Browse) -> None:
    page = browse("stranger").get(at(school)).content.decode()
    assert "I sign for the governing body, not as the person who runs the school or college." in page
    assert page.count("I am the senior officer responsible for safeguarding") == 1
    sign(school, "head_signatory", HEAD)
    assert "I am the senior officer responsible" not in browse("stranger").get(at(school)).content.decode()
    sign(school, "stranger", GOVERNOR)
    with school.acting("head_signatory"):
        kept = dict(SignOff.objects.values_list("post", "declaration"))
    assert kept == {HEAD: "2016-1", GOVERNOR: "2016-1-governor"}


def test_a_change_under_one_of_two_signatories_is_said_and_not_signed(
    school: RoundOn, browse: Browse
) -> None:
    kit = browse("head_signatory")
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(read|revisions)" value="([^"]*)"',
            kit.get(at(school)).content.decode(),
        )
    )
    change(school, "Changed while the head was reading.")
    reply = kit.post(at(school), {**hidden, "post": HEAD, "agree": "on"})
    assert "An answer was changed after you opened this page." in reply.content.decode()
    with school.acting("head_signatory"):
        assert not SignOff.objects.exists()


def test_the_schools_audit_and_the_section_11_form_of_a_school_have_two_names() -> None:
    section_11 = framework_called("section_11_wt2015")
    for duty in ("s175", "s157", "nmss"):
        assert SCHOOLS.title_for(duty) == "School and college safeguarding self-assessment"
        assert section_11.title_for(duty) == "Safeguarding self-assessment asked of every organisation"


def test_outsiders_see_none_of_it(school: RoundOn, browse: Browse) -> None:
    sign(school, "head_signatory", HEAD)
    for name in ("police_lead", "police_signatory", "lay_member", "sister_head", "sister_manager"):
        assert browse(name).get(at(school)).status_code == 404
        assert browse(name).get(at(school, "return")).status_code == 404
    for name in ("head", "head_contributor", "quality_officer"):
        assert browse(name).get(at(school)).status_code in (403, 404)


def test_a_nil_return_crosses_out_a_first_signature(school: RoundOn) -> None:
    sign(school, "head_signatory", HEAD)
    with school.acting("stranger") as actor:
        returns.sign_nil(
            actor=actor, ret=school.fresh("school"), post=GOVERNOR, reason="The school has closed.", today=TODAY,
            now=NOW,
        )  # fmt: skip
        assert SignOff.objects.get(is_nil=False).withdrawn_on == TODAY
