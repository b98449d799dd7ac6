"""Every agency's answer beside the others', and what is chosen where they differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.access.conftest import mail
from tests.child_deaths.gathering import GP, SCHOOL, Mails, answer, ask
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.access import asking
from wholestory.child_deaths.models import AgencyRequest, Case, CompositeChoice
from wholestory.child_deaths.operations import composite as operations
from wholestory.child_deaths.operations import request_changes
from wholestory.child_deaths.operations.composite import CannotChoose
from wholestory.child_deaths.operations.requests import ToAsk
from wholestory.child_deaths.queries import composite
from wholestory.child_deaths.rules.composite import Standing
from wholestory.ledger import line as ledger_line
from wholestory.pathways.models import Standing as Stage

__all__ = ["mail"]
Browse = Callable[[str], Client]
TRUST = ToAsk("Northmarsh General", "Ada Quill", "ada.quill@general.example", role="Hospital trust")


@pytest.fixture
def case(deaths: Deaths) -> Case:
    return deaths.case()


@pytest.fixture
def asked(deaths: Deaths, case: Case, mail: Mails) -> tuple[AgencyRequest, ...]:
    return ask(deaths, case, GP, SCHOOL, TRUST).new


@pytest.fixture
def answered(deaths: Deaths, asked: tuple[AgencyRequest, ...]) -> tuple[AgencyRequest, ...]:
    """The surgery and the hospital differ on the birthweight, and agree that he was a single child; the nursery does
    not know it."""
    gp, school, trust = asked
    answer(deaths, gp, GP, holds_child="yes", birthweight="3100", born_as="single", gestation_weeks="39")
    answer(deaths, school, SCHOOL, holds_child="yes", birthweight=None)
    answer(deaths, trust, TRUST, holds_child="yes", birthweight="3250", born_as="single")
    return asked


def held(case: Case) -> Case:
    return Case.objects.select_related("record__board", "child").get(pk=case.pk)


def look(deaths: Deaths, case: Case, question: str) -> composite.Line:
    with deaths.acting():
        found = composite.line_of(held(case), question)
    assert found is not None
    return found[1]


def choose(deaths: Deaths, case: Case, question: str, **said: Any) -> None:
    basis = look(deaths, case, question).basis
    with deaths.acting() as actor:
        operations.choose(
            actor=actor, case=held(case), question=question, basis=basis, now=deaths.now, **said
        )


def test_answers_stand_side_by_side(deaths: Deaths, case: Case, answered: object) -> None:
    weight = look(deaths, case, "birthweight")
    with deaths.acting():
        sources = [each.label for each in composite.page(held(case)).sources]
    # By name: Larkspur Nursery, Northmarsh General, Saltings Surgery.
    assert sources == ["Larkspur Nursery", "Northmarsh General", "Saltings Surgery"]
    assert [said.replace(",", "") for said in weight.cells] == ["Not known", "3250 g", "3100 g"]
    assert weight.standing is Standing.CONFLICT
    assert weight.together == ""
    assert look(deaths, case, "born_as").standing is Standing.AGREED
    assert look(deaths, case, "gestation_weeks").standing is Standing.ONLY_ONE


def test_edge_case_26_not_known_is_no_blank_and_no_conflict(
    deaths: Deaths, case: Case, asked: tuple[AgencyRequest, ...]
) -> None:
    gp, school, _trust = asked
    answer(deaths, gp, GP, holds_child="yes", birthweight=None)
    answer(deaths, school, SCHOOL, holds_child="yes")
    weight = look(deaths, case, "birthweight")
    assert weight.standing is Standing.NOT_KNOWN
    assert weight.cells == ("Left blank", "Not known")


def test_what_is_not_sent_yet_is_not_shown(
    deaths: Deaths, case: Case, asked: tuple[AgencyRequest, ...]
) -> None:
    answer(deaths, asked[0], GP, send=False, holds_child="yes", birthweight="3100")
    with deaths.acting():
        found = composite.page(held(case))
    assert found.sources == ()
    assert found.awaited == 3


def test_a_conflict_is_settled_by_a_person_with_a_reason(
    deaths: Deaths, case: Case, answered: object
) -> None:
    with deaths.acting():
        assert "birthweight" not in composite.chosen(held(case)), "nobody has settled it"
    choose(deaths, case, "birthweight", value="3250", words="3250 g", reason="Measured at birth")
    with deaths.acting():
        counts = composite.chosen(held(case))
    assert (counts["birthweight"].value, counts["birthweight"].by_choice) == ("3250", True)
    assert counts["birthweight"].reason == "Measured at birth"
    # What agrees, or is said by one alone, counts without anybody choosing.
    assert (counts["born_as"].value, counts["born_as"].by_choice) == ("single", False)
    assert counts["gestation_weeks"].sources == ("Saltings Surgery",)


def test_choosing_again_keeps_what_was_chosen_before(deaths: Deaths, case: Case, answered: object) -> None:
    choose(deaths, case, "birthweight", value="3250", words="3250 g", reason="Measured at birth")
    choose(deaths, case, "birthweight", nothing="not_known", reason="Both are guesses")
    with deaths.acting() as actor:
        assert [one.reason for one in composite.history(held(case), "birthweight")] == [
            "Both are guesses", "Measured at birth",
        ]  # fmt: skip
        assert "birthweight" not in composite.chosen(held(case))
        operations.undo(
            actor=actor, case=held(case), question="birthweight", reason="To ask again", now=deaths.now
        )
        assert CompositeChoice.objects.count() == 3
    assert look(deaths, case, "birthweight").choice is None


def test_without_a_reason_nothing_is_chosen(deaths: Deaths, case: Case, answered: object) -> None:
    with pytest.raises(CannotChoose, match="Say why"):
        choose(deaths, case, "birthweight", value="3250", words="3250 g", reason=" ")


def test_a_later_answer_flags_what_was_chosen(
    deaths: Deaths, case: Case, asked: tuple[AgencyRequest, ...]
) -> None:
    gp, _school, trust = asked
    answer(deaths, gp, GP, holds_child="yes", birthweight="3100")
    choose(deaths, case, "birthweight", value="3100", words="3100 g", reason="The only one")
    seen = look(deaths, case, "birthweight")
    assert seen.choice is not None
    assert not seen.choice.stale
    answer(deaths, trust, TRUST, holds_child="yes", birthweight="3250")
    later = look(deaths, case, "birthweight")
    assert later.choice is not None
    assert later.choice.stale
    assert later.to_look_at
    with deaths.acting() as actor, pytest.raises(CannotChoose, match="while you were choosing"):
        operations.choose(
            actor=actor, case=held(case), question="birthweight", value="3100", words="3100 g", reason="x",
            basis=seen.basis, now=deaths.now,
        )  # fmt: skip


def test_edge_case_22_an_answer_after_the_review_is_final_is_marked(
    deaths: Deaths, case: Case, asked: tuple[AgencyRequest, ...]
) -> None:
    with deaths.acting():
        ledger_line("child_deaths.put_right", case.record)
        Stage.objects.filter(record=case.record).update(stage="finalised")
    answer(deaths, asked[0], GP, holds_child="yes", birthweight="3100")
    with deaths.acting():
        assert composite.page(held(case)).sources[0].late
        assert AgencyRequest.objects.get(pk=asked[0].pk).after_final


def test_an_agency_that_knows_nothing_is_named_and_has_no_column(
    deaths: Deaths, case: Case, asked: tuple[AgencyRequest, ...], browse: Browse
) -> None:
    from tests.child_deaths.gathering import Account, acting
    from wholestory.child_deaths.operations import answering

    answer(deaths, asked[0], GP, holds_child="yes", birthweight="3100")
    person = Account.objects.get(email=SCHOOL.email).person
    with acting.acting_as(person):
        mine = AgencyRequest.objects.get()
        answering.nothing_known(
            actor=person, request=mine, looked_where="The register", now=deaths.now, today=TODAY
        )
    page = browse("coordinator").get(page_of(case)).content.decode()
    assert "Nothing is known to" in page
    assert look(deaths, case, "birthweight").cells in (("3100 g",), ("3,100 g",))


def test_a_request_opened_again_is_out_until_it_is_sent_again(
    deaths: Deaths, case: Case, answered: tuple[AgencyRequest, ...]
) -> None:
    with deaths.acting() as actor:
        request_changes.reopen(
            actor=actor, request=answered[0], reason="Please check", now=deaths.now, today=TODAY
        )
        found = composite.page(held(case))
    assert [each.label for each in found.sources] == ["Larkspur Nursery", "Northmarsh General"]
    assert found.reopened == ("Saltings Surgery",)


def page_of(case: Case, rest: str = "") -> str:
    return f"/child-deaths/cases/{case.record.reference}/composite/{rest}"


def test_the_pages_show_and_take_a_choice(
    deaths: Deaths, case: Case, answered: object, browse: Browse
) -> None:
    client = browse("coordinator")
    page = client.get(page_of(case)).content.decode()
    assert "Answers differ: 1" in page
    narrowed = client.get(page_of(case, "?show=conflicts")).content.decode()
    assert 'id="q-birthweight"' in narrowed
    assert 'id="q-born_as"' not in narrowed
    one = client.get(page_of(case, "birthweight/"))
    assert one.status_code == 200
    basis = look(deaths, case, "birthweight").basis
    unsaid = client.post(page_of(case, "birthweight/"), {"what": "0", "basis": basis})
    assert "Say why this is what counts" in unsaid.content.decode()
    kept = client.post(page_of(case, "birthweight/"), {"what": "0", "reason": "Measured", "basis": basis})
    assert kept.status_code == 302, kept.content.decode()
    assert "Measured" in client.get(page_of(case)).content.decode()
    file = client.get(page_of(case, "?download=csv")).content.decode()
    assert "Saltings Surgery" in file
    assert "Measured" in file


def test_the_page_costs_the_same_for_3_agencies_and_for_12(
    deaths: Deaths, case: Case, answered: object, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("coordinator")
    few = cost_of(client, page_of(case))
    more = [ToAsk(f"Agency {n}", f"Person {n}", f"p{n}@agency.example") for n in range(9)]
    for one, to in zip(ask(deaths, case, *more, post=False).new, more, strict=True):
        answer(deaths, one, to, holds_child="yes", birthweight="3100")
    assert cost_of(client, page_of(case)) == few


@pytest.mark.parametrize(
    "persona",
    ["business_manager", "chair", "panel_chair", "panel_police", "panel_lay", "analyst", "sister_coordinator",
     "head", "stranger"],
)  # fmt: skip
def test_it_opens_to_nobody_else(
    deaths: Deaths, case: Case, asked: object, browse: Browse, persona: str
) -> None:
    client = browse(persona)
    assert client.get(page_of(case)).status_code == 404
    assert client.get(page_of(case, "birthweight/")).status_code == 404
    with deaths.acting(persona):
        assert not CompositeChoice.objects.exists()


def test_the_designated_doctor_reads_it_and_does_not_choose(
    deaths: Deaths, case: Case, answered: object, browse: Browse
) -> None:
    client = browse("designated_doctor")
    assert client.get(page_of(case)).status_code == 200
    assert client.get(page_of(case, "birthweight/")).status_code == 404
    with deaths.acting("designated_doctor") as actor, pytest.raises(asking.NotForYou):
        operations.choose(
            actor=actor,
            case=held(case),
            question="birthweight",
            value="1",
            reason="x",
            basis="",
            now=deaths.now,
        )
