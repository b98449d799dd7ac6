"""Search finds what somebody may see, by name, words, reference or file, and hints at nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.documents.conftest import PNG, upload
from tests.personas import TODAY
from wholestory.assurance.operations import cycles
from wholestory.documents import operations
from wholestory.ledger import reading

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


def found(browse: Browse, who: str, words: str) -> str:
    answer = browse(who).get("/search/", {"q": words})
    assert answer.status_code == 200
    return answer.content.decode().partition("</form>")[2].partition("<footer")[0]


def test_by_agency_and_by_reference(browse: Browse, cycle_round: Round) -> None:
    police = cycle_round.fresh("police")
    for words in (police.agency.name, police.record.reference, police.record.reference.lower()):
        assert police.record.reference in found(browse, "quality_officer", words)
        assert police.record.reference in found(browse, "police_lead", words)


@pytest.mark.parametrize("who", ["head", "sister_head", "stranger", "former_member"])
def test_what_is_closed_and_what_is_missing_read_alike(browse: Browse, cycle_round: Round, who: str) -> None:
    police = cycle_round.fresh("police")
    for words in (police.agency.name, police.record.reference):
        closed = found(browse, who, words).replace(words, "WORDS")
        missing = found(browse, who, "zzzqqq").replace("zzzqqq", "WORDS")
        assert closed == missing


def test_by_what_was_answered(browse: Browse, signed_school: Round) -> None:
    school = signed_school.fresh("school").record.reference
    assert school in found(browse, "quality_officer", "people know it")
    assert school in found(browse, "head", "people know it")
    for outsider in ("police_lead", "lay_member", "health_member"):
        assert school not in found(browse, outsider, "people know it")


def test_by_the_name_of_a_file(browse: Browse, cycle_round: Round, own_shelf: Path) -> None:
    with cycle_round.acting("head") as actor:
        stored = operations.keep(
            actor=actor, about=cycle_round.fresh("school").record, upload=upload("training-plan.png", PNG),
            today=TODAY, now=NOW,
        )  # fmt: skip
    said = found(browse, "head", "training")
    assert "training-plan.png" in said
    assert stored.record.reference in said
    assert "training-plan.png" not in found(browse, "police_lead", "training")
    assert "training-plan.png" not in found(browse, "lay_member", "training")


def test_people_are_found_by_those_to_whom_the_directory_shows_them(
    browse: Browse, cycle_round: Round
) -> None:
    people = cycle_round.world.people
    head, member = people["head"].full_name, people["health_member"].full_name
    assert f"/board/people/{people['head'].id}/" in found(browse, "business_manager", "ashdown")
    for who in ("lay_member", "chair", "ig_lead"):
        # Their list of people holds the board's members; who works for an agency is its keepers' to see.
        assert "/board/people/" not in found(browse, who, head)
        assert f'href="/board/people/?words={member.replace(" ", "+")}"' in found(browse, who, member)
    for who in ("police_lead", "sister_manager"):
        assert head not in found(browse, who, "ashdown")
        assert "/board/people/" not in found(browse, who, member)


@pytest.mark.parametrize(
    "who", ["business_manager", "administrator", "lay_member", "police_member", "ig_lead"]
)
def test_agencies_are_found_by_everybody_who_may_open_their_pages(
    browse: Browse, cycle_round: Round, who: str
) -> None:
    school = cycle_round.world.agencies["school"]
    said = found(browse, who, school.name[:8])
    assert f'href="/board/agencies/{school.slug}/"' in said
    assert browse(who).get(f"/board/agencies/{school.slug}/").status_code == 200
    assert "/board/agencies/" not in found(browse, "sister_manager", school.name)


def test_members_find_what_the_board_was_shown_of_an_agency(browse: Browse, signed_school: Round) -> None:
    school = signed_school.fresh("school")
    for who in ("lay_member", "police_member"):
        assert "Released result" not in found(browse, who, school.agency.name)
    signed_school.release("school")
    with signed_school.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=signed_school.cycle, today=TODAY)
    for who in ("lay_member", "police_member"):
        said = found(browse, who, school.agency.name)
        assert said.count("Released result") == 1
        assert f"/self-audits/cycles/{signed_school.cycle.record.reference}/results/" in said
        assert "Write it down" in said, "an action shown to the board is found by the agency that promised it"
    assert "Released result" not in found(browse, "police_lead", school.agency.name)


@pytest.mark.parametrize("words", ["%", "_", "%%", "\\", "'", "a\u0000"])
def test_signs_of_the_databases_own_are_letters_like_others(
    browse: Browse, cycle_round: Round, words: str
) -> None:
    answer = browse("quality_officer").get("/search/", {"q": words * 2})
    assert answer.status_code in {200, 400}
    assert cycle_round.fresh("police").record.reference not in answer.content.decode()


def test_too_few_letters_are_told_beside_the_field(browse: Browse) -> None:
    said = browse("head").get("/search/", {"q": "a"}).content.decode()
    assert "Type at least two letters" in said


def test_the_words_are_kept_nowhere_and_the_finds_are(browse: Browse, cycle_round: Round) -> None:
    school = cycle_round.fresh("school")
    found(browse, "head", school.agency.name)
    with cycle_round.acting("ig_lead"):
        mine = [
            one
            for one in reading.seen(school.record_id)
            if one.person == cycle_round.world.people["head"].id and one.verb == "access.searched"
        ]
    assert len(mine) == 1
