"""Copies of a self-audit: who takes and loads them, and what the board's team may load for an agency."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT, Round
from tests.paperwork.copies.conftest import Copies, filled_in_excel, filled_in_word
from tests.personas import TODAY, World
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import SectionOwner, Stage
from wholestory.assurance.operations import moderation, returns
from wholestory.documents.models import StoredFile
from wholestory.paperwork.models import Answer, CopyLoad

Browse = Callable[[str], Client]
ITEM = next(iter(framework_called(SHORT).items))
KEYS = item_keys(ITEM)
AGREED = b"From: head@school.example\nPlease put our answers in. They are signed for by our governors."


@pytest.fixture
def asked(world: World) -> Round:
    return Round(world)


@pytest.fixture
def school(asked: Round, browse: Browse) -> Copies:
    return copies_of(asked, "school", browse)


def copies_of(asked: Round, agency: str, browse: Browse) -> Copies:
    reference = asked.fresh(agency).record.reference
    return Copies(browse, f"/self-audits/returns/{reference}/form/")


def said(asked: Round, key: str, who: str = "head") -> Any:
    with asked.acting(who):
        found = Answer.objects.filter(answer_set=asked.returns["school"].answers_id, key=key).first()
        return found.value if found else None


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_self_audit_goes_out_and_comes_back_whole(asked: Round, school: Copies, ending: str) -> None:
    asked.answer("school", "head", {ITEM: 1})
    checked = school.send("head", f"a.{ending}", school.take("head", f"form.{ending}"))
    counts = checked.context["compared"].counts()
    assert counts.pop("same") > 10 * 4
    assert set(counts.values()) == {0}


def test_a_blank_self_audit_filled_in_offline_begins_the_return(asked: Round, school: Copies) -> None:
    packed = filled_in_excel(
        school.take("head", "blank.xlsx"), **{KEYS.score: "2", KEYS.said: "It is in our policy."}
    )
    loaded = school.apply("head", school.send("head", "filled.xlsx", packed))
    assert "2 answers were loaded" in loaded.content.decode()
    assert (said(asked, KEYS.score), said(asked, KEYS.said)) == (2, "It is in our policy.")
    assert asked.fresh("school").stage == Stage.IN_PROGRESS
    word = filled_in_word(school.take("head", "blank.docx"), _1_1a="1")
    again = school.send("head", "filled.docx", word)
    assert again.context["compared"].counts()["clash"] == 1


@pytest.mark.parametrize("who", ["police_lead", "sister_head", "sister_manager", "lay_member", "stranger"])
def test_nobody_outside_takes_or_loads_anything(
    asked: Round, school: Copies, browse: Browse, who: str
) -> None:
    mine = filled_in_excel(school.take("head", "form.xlsx"), **{KEYS.score: "2"})
    checked = school.send("head", "a.xlsx", mine)
    page = checked.redirect_chain[-1][0]
    client = browse(who)
    for rest in ("form.docx", "form.xlsx", "blank.docx", "blank.xlsx", "load/"):
        assert client.get(school.base + rest).status_code == 404
    assert client.get(page).status_code == 404
    assert school.send(who, "a.xlsx", mine).status_code == 404
    assert school.apply(who, checked).status_code == 404
    assert school.undo(who, checked).status_code == 404
    assert said(asked, KEYS.score) is None


def test_a_load_is_not_reached_through_another_return(asked: Round, school: Copies, browse: Browse) -> None:
    checked = school.send("head", "a.xlsx", school.take("head", "form.xlsx"))
    load = checked.redirect_chain[-1][0].rstrip("/").rpartition("/")[2]
    police = copies_of(asked, "police", browse)
    for who in ("police_lead", "quality_officer"):
        assert browse(who).get(f"{police.base}load/{load}/").status_code == 404


def test_the_chair_and_a_moderator_read_and_do_not_load(asked: Round, school: Copies, world: World) -> None:
    asked.answer("school", "head", 2)
    packed = school.take("head", "form.xlsx")
    with asked.acting("quality_officer") as actor:
        member = world.people["health_member"]
        moderation.assign(actor=actor, ret=asked.fresh("school"), moderator=member, today=TODAY)
    for who in ("chair", "health_member"):
        assert school.browse(who).get(school.base + "load/").status_code == 403
        assert school.send(who, "a.xlsx", packed).status_code == 403
        assert "Load a filled copy" not in school.browse(who).get(school.base).content.decode()
    assert school.browse("health_member").get(school.base + "form.xlsx").status_code == 403, (
        "moderators export nothing"
    )
    assert school.browse("chair").get(school.base + "form.docx").status_code == 200


def test_a_contributor_loads_only_what_was_given_to_them(asked: Round, school: Copies, world: World) -> None:
    framework = framework_called(SHORT)
    mine, *others = framework.standards
    with asked.acting("head") as actor:
        returns.begin(
            actor=actor, ret=asked.fresh("school"), today=TODAY, now=asked.fresh("school").created_at
        )
        owners = {mine.key: [world.people["head_contributor"]]}
        owners |= {other.key: [world.people["head"]] for other in others}
        returns.share_out(actor=actor, ret=asked.fresh("school"), owners=owners)
        assert SectionOwner.objects.count() == len(framework.standards)
    theirs = others[0].items[0].key if others else ""
    packed = filled_in_excel(school.take("head", "form.xlsx"), **{mine.items[0].key: "2", theirs: "2"})
    checked = school.send("head_contributor", "a.xlsx", packed)
    refused = checked.context["compared"].of("refused")
    assert [str(one.place) for one in refused] == [theirs]
    assert refused[0].fault == f"Somebody else answers “{others[0].title}”"
    school.apply("head_contributor", checked)
    assert said(asked, mine.items[0].key) == 2
    assert said(asked, theirs) is None


def test_the_team_loads_on_an_agencys_behalf_with_its_sign_off(
    asked: Round, school: Copies, browse: Browse
) -> None:
    packed = filled_in_excel(school.take("quality_officer", "blank.xlsx"), **{KEYS.score: "2"})
    without = school.send("quality_officer", "sent to us.xlsx", packed)
    assert "Choose a file" in without.content.decode()
    with asked.acting("quality_officer"):
        assert not CopyLoad.objects.exists()
        assert not StoredFile.objects.exists()
    checked = school.send("quality_officer", "sent to us.xlsx", packed, sign_off=AGREED)
    assert (
        "on behalf of Willow Lane Academy"
        in school.browse("quality_officer").get(school.base).content.decode()
    )
    assert school.apply("head", checked).status_code == 403, "what the board checked, the board loads"
    school.apply("quality_officer", checked)
    assert said(asked, KEYS.score) == 2
    with asked.acting("head"):
        load = CopyLoad.objects.get()
        assert (load.on_behalf, load.loaded_by) == (True, asked.world.people["quality_officer"])
        kept = {file.record.reference: file.name for file in StoredFile.objects.select_related("record")}
        assert kept == {load.file_reference: "sent to us.xlsx", load.sign_off_reference: "agreed.txt"}
    for url in (school.base, school.base.removesuffix("form/")):
        page = browse("head").get(url).content.decode()
        assert "Loaded by the board from “sent to us.xlsx” on" in page
        assert "on your behalf" in page
    assert "You can change every answer" in browse("head").get(school.base).content.decode()
    assert school.undo("head", checked).status_code == 200
    assert said(asked, KEYS.score) is None


def test_the_return_leads_the_team_there_and_nobody_else(asked: Round, school: Copies) -> None:
    page, link = school.base.removesuffix("form/"), f'href="{school.base}load/"'
    assert link in school.browse("quality_officer").get(page).content.decode()
    for who in ("chair", "head"):
        assert link not in school.browse(who).get(page).content.decode()
    for who in ("police_lead", "sister_head", "sister_manager", "lay_member", "stranger"):
        assert school.browse(who).get(page).status_code == 404
    asked.answer("school", "head", 2)
    asked.sign("school", "head_signatory")
    assert link not in school.browse("quality_officer").get(page).content.decode()


def test_an_agency_cannot_pretend_to_be_the_board_and_the_chair_cannot_load(
    asked: Round, school: Copies
) -> None:
    checked = school.send("head", "a.xlsx", school.take("head", "form.xlsx"), sign_off=AGREED)
    with asked.acting("head"):
        assert CopyLoad.objects.get().on_behalf is False
    assert school.apply("quality_officer", checked).status_code == 403, (
        "nor does the board load what the agency began"
    )


def test_a_copy_of_another_return_is_taken_only_when_somebody_says_it_belongs_here(
    asked: Round, school: Copies, browse: Browse
) -> None:
    police = copies_of(asked, "police", browse)
    packed = filled_in_excel(police.take("police_lead", "blank.xlsx"), **{KEYS.score: "2"})
    checked = school.send("quality_officer", "a.xlsx", packed, sign_off=AGREED)
    assert "This copy was downloaded from SA-" in checked.content.decode()
    refused = school.apply("quality_officer", checked)
    assert "Tick that this copy belongs" in refused.content.decode()
    assert said(asked, KEYS.score) is None
    school.apply("quality_officer", checked, _belongs="yes")
    assert said(asked, KEYS.score) == 2


def test_a_signed_return_takes_no_copy_and_says_what_to_do(asked: Round, school: Copies) -> None:
    asked.answer("school", "head", 2)
    packed = filled_in_excel(school.take("head", "form.xlsx"), **{KEYS.score: "1"})
    checked = school.send("head", "a.xlsx", packed)
    asked.sign("school", "head_signatory")
    for who in ("head", "quality_officer"):
        answer = school.send(who, "a.xlsx", packed, sign_off=AGREED)
        assert answer.status_code == 409
        assert "It has to be opened again first" in answer.content.decode()
    assert school.apply("head", checked).status_code == 403
    assert said(asked, KEYS.score) == 2
    assert school.take("head", "form.docx"), "one's own answers can always be taken away"


@pytest.mark.parametrize("who", ["head", "quality_officer"])
def test_a_page_costs_the_same_for_few_answers_and_for_many(
    asked: Round, school: Copies, cost_of: Callable[[Client, str], int], who: str
) -> None:
    client = school.browse(who)

    def costs() -> list[int]:
        sign_off = AGREED if who == "quality_officer" else None
        page = school.send(who, "a.xlsx", school.take(who, "form.xlsx"), sign_off=sign_off).redirect_chain[
            -1
        ][0]
        urls = ("form.docx", "form.xlsx", "blank.xlsx", "load/")
        return [cost_of(client, school.base + rest) for rest in urls] + [cost_of(client, page)]

    costs()
    few = costs()
    asked.answer("school", "head", 1)
    assert costs() == few


def test_taking_and_loading_a_copy_is_in_the_access_record(asked: Round, school: Copies) -> None:
    from wholestory.access import acting
    from wholestory.ledger import reading

    school.take("head", "form.docx")
    packed = filled_in_excel(school.take("head", "blank.xlsx"), **{KEYS.score: "2"})
    school.undo("head", checked := school.send("head", "a.xlsx", packed))
    school.apply("head", checked)
    school.undo("head", checked)
    with acting.acting_as(asked.world.people["ig_lead"], asked.world.seats["ig_lead"]):
        verbs = {line.verb for line in reading.seen(asked.returns["school"].record_id)}
    assert {
        "paperwork.made_copy", "paperwork.made_blank_copy", "paperwork.copy_checked", "paperwork.copy_loaded",
        "paperwork.copy_taken_back",
    } <= verbs  # fmt: skip
