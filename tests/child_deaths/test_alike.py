"""Recent deaths with something in common: what prompts a look, who sees it, and the link somebody makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.people import Deaths
from tests.child_deaths.test_opening import SEES_NOT
from tests.personas import TODAY
from wholestory import ledger
from wholestory.child_deaths.models import Case, Child, ChildrenTogether, Service
from wholestory.child_deaths.operations import linking, restricting
from wholestory.child_deaths.queries.alike import Alike, alike
from wholestory.child_deaths.rules.alike import telling

Browse = Callable[[str], Client]
PAGE, LINK = "/child-deaths/in-common/", "/child-deaths/in-common/link/"


def dead(deaths: Deaths, name: str, number: str, **said: Any) -> Case:
    case = deaths.case(forenames=name, nhs_number=number)
    with deaths.acting():
        ledger.line("child_deaths.put_right", case.record)
        Case.objects.filter(pk=case.pk).update(place_name="", event_place="", suspected_cause="")
        Case.objects.filter(pk=case.pk).update(**said)
        return Case.objects.select_related("record", "child", "circle", "office").get(pk=case.pk)


def pair(deaths: Deaths, **said: Any) -> tuple[Case, Case]:
    return dead(deaths, "Wren", "9990000018", **said), dead(deaths, "Teal", "9990000026", **said)


def found(deaths: Deaths, by: str = "coordinator") -> list[Alike]:
    with deaths.acting(by):
        return alike(deaths.world.board, TODAY)


def test_edge_case_36_the_same_place_prompts_a_look_and_links_nothing(deaths: Deaths) -> None:
    one = dead(deaths, "Wren", "9990000018", event_place="Cutter’s Lock, Southfen")
    other = dead(deaths, "Teal", "9990000026", event_place="cutters lock  SOUTHFEN")
    (only,) = found(deaths)
    assert (only.label, set(only.references), only.linked) == (
        "Place of what led to death", {one.record.reference, other.record.reference}, False,
    )  # fmt: skip
    with deaths.acting():
        assert not ChildrenTogether.objects.exists()


def test_the_same_school_prompts_a_look(deaths: Deaths) -> None:
    one, other = pair(deaths)
    with deaths.acting():
        ledger.line("child_deaths.put_right", one.record)
        for case in (one, other):
            Service.objects.create(
                child=case.child,
                circle=case.circle,
                office=case.office,
                organisation="Reedmere Primary School",
            )
            Service.objects.create(
                child=case.child, circle=case.circle, office=case.office, organisation="Northmarsh GPs"
            )
    assert [(each.label, each.words) for each in found(deaths)] == [
        ("School, nursery or college", "Reedmere Primary School")
    ]


def test_a_death_of_more_than_twelve_months_ago_is_not_recent(deaths: Deaths) -> None:
    one, other = pair(deaths, suspected_cause="Button battery swallowed")
    assert len(found(deaths)) == 1
    with deaths.acting():
        ledger.line("child_deaths.put_right", one.record)
        Case.objects.filter(pk=other.pk).update(died_on=date(2015, 3, 14))
    assert found(deaths) == []


def test_one_death_is_alike_to_nothing(deaths: Deaths) -> None:
    dead(
        deaths, "Wren", "9990000018", suspected_cause="Button battery swallowed", event_place="Cutter’s Lock"
    )
    assert found(deaths) == []


@pytest.mark.parametrize(
    ("subject", "words", "worth"),
    [
        ("place", "Northmarsh General, emergency department", False),
        ("place", "Cutter’s Lock", True),
        ("event", "at home", False),
        ("cause", "Not known", False),
        ("cause", "Prematurity", False),
        ("cause", "Nitrous oxide", True),
        ("product", "n/a", False),
    ],
)
def test_what_everybody_has_in_common_prompts_nothing(subject: str, words: str, worth: bool) -> None:
    assert telling(subject, words) is worth


def test_a_restricted_case_prompts_only_those_let_in(deaths: Deaths) -> None:
    one, _ = pair(deaths, suspected_cause="Button battery swallowed")
    with deaths.acting() as actor:
        restricting.restrict(actor=actor, case=one, people=[], reason="A colleague’s child.", today=TODAY)
    assert len(found(deaths)) == 1
    assert found(deaths, "designated_doctor") == []


@pytest.mark.parametrize("persona", SEES_NOT)
def test_nobody_else_finds_the_page(deaths: Deaths, browse: Browse, persona: str) -> None:
    one, other = pair(deaths, suspected_cause="Button battery swallowed")
    client = browse(persona)
    page = client.get(PAGE)
    # Another board's coordinator has a page of their own, with nothing of ours.
    assert page.status_code == 200 if persona == "sister_coordinator" else page.status_code in (302, 404)
    assert one.record.reference not in page.content.decode()
    assert found(deaths, persona) == []
    client.post(LINK, {"case": [one.record.reference, other.record.reference]})
    with deaths.acting():
        assert not ChildrenTogether.objects.exists()


def test_a_person_links_them_and_each_keeps_its_review(deaths: Deaths, browse: Browse) -> None:
    one, other = pair(deaths, suspected_cause="Button battery swallowed")
    client = browse("coordinator")
    shown = client.get(PAGE).content.decode()
    assert "Look whether these 2 deaths belong together." in shown
    assert "Wren" not in shown
    assert "thing in common among recent deaths" in client.get("/child-deaths/patterns/").content.decode()
    assert "in common" not in browse("analyst").get("/child-deaths/patterns/").content.decode()
    assert (
        "Tick two deaths" in client.post(LINK, {"case": [one.record.reference]}, follow=True).content.decode()
    )
    chosen = {"case": [one.record.reference, other.record.reference]}
    assert "2 deaths are linked" in client.post(LINK, chosen, follow=True).content.decode()
    assert "linked already" in client.post(LINK, chosen, follow=True).content.decode()
    with deaths.acting():
        assert ChildrenTogether.objects.get().how == "cluster"
        assert Case.objects.count() == 2
        assert Child.objects.count() == 2
    assert found(deaths)[0].linked


def test_linking_one_death_with_itself_is_refused(deaths: Deaths) -> None:
    one = dead(deaths, "Wren", "9990000018")
    with deaths.acting() as actor, pytest.raises(ValueError, match="Two deaths"):
        linking.link(actor=actor, cases=[one, one])


def test_its_cost_does_not_grow(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    pair(deaths, suspected_cause="Button battery swallowed")
    client = browse("coordinator")
    few = cost_of(client, PAGE)
    for number in ("9990000034", "9990000042", "9990000050"):
        dead(
            deaths, "Linnet", number, suspected_cause="Button battery swallowed", event_place="Cutter’s Lock"
        )
    assert cost_of(client, PAGE) == few
