"""What an officer may choose when a cycle is prepared, and where it is said afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import SHORT
from tests.assurance.rounds import RoundOn
from tests.personas import World
from wholestory.assurance.models import Cycle
from wholestory.assurance.rules.chosen import CycleRules

Browse = Callable[[str], Client]
DATES = {
    "opens_on-day": "1", "opens_on-month": "4", "opens_on-year": "2016",
    "due_on-day": "30", "due_on-month": "6", "due_on-year": "2016",
}  # fmt: skip


def send(client: Client, **more: Any) -> Any:
    return client.post(
        reverse("assurance:cycle_new"),
        {"title": "Summer", "framework": SHORT, "weighting": "standards", **DATES, **more},
    )


def errors(reply: Any) -> str:
    return " ".join(re.findall(r"govuk-error-message.*?</p>", reply.content.decode(), re.DOTALL))


def made(world: World) -> Cycle:
    return Cycle.objects.get(title="Summer")


def test_everything_is_off_or_as_usual_unless_chosen(world: World, browse: Browse) -> None:
    manager = browse("business_manager")
    html = manager.get(reverse("assurance:cycle_new")).content.decode()
    assert "Board priorities (optional)" in html
    assert "How figures are made in this cycle" in html
    assert send(manager).status_code == 302
    with RoundOn.acting_in(world, "business_manager"):
        cycle = made(world)
        assert (cycle.framework, cycle.compliant_from) == (SHORT, "2")
        assert (cycle.critical_cap, cycle.cap_at, cycle.reweight, cycle.weighting, cycle.has_panel) == (
            False, "", False, "standards", False,
        )  # fmt: skip


def test_priorities_level_and_switches_are_kept(world: World, browse: Browse) -> None:
    reply = send(
        browse("business_manager"), module="neglect", level="INT0_3:3", switches=["cap", "reweight", "panel"],
        cap_at="INT0_3:2", weighting="items",
    )  # fmt: skip
    assert reply.status_code == 302, errors(reply)
    with RoundOn.acting_in(world, "business_manager"):
        cycle = made(world)
        assert (cycle.framework, cycle.framework_version) == (f"{SHORT}__neglect__from_3", 1)
        assert cycle.compliant_from == "3"
        assert (cycle.critical_cap, cycle.cap_at, cycle.reweight, cycle.weighting, cycle.has_panel) == (
            True, "2", True, "items", True,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"framework": "light_check", "module": "neglect"}, "answered on different scales"),
        ({"framework": "light_check", "level": "INT0_3:3"}, "answered on another scale"),
        ({"cap_at": "INT0_3:2"}, "Tick the rule about critical lines as well"),
        ({"level": "INT0_3:1"}, "Select one of the answers listed"),
        ({"module": "everything"}, "Select one of the answers listed"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(
    world: World, browse: Browse, more: dict[str, Any], says: str
) -> None:
    reply = send(browse("business_manager"), **more)
    html = reply.content.decode()
    assert reply.status_code == 200
    assert says in html
    assert 'value="Summer"' in html
    with RoundOn.acting_in(world, "business_manager"):
        assert not Cycle.objects.exists()


def test_the_newest_version_of_each_set_of_questions_is_offered_once(world: World, browse: Browse) -> None:
    html = browse("business_manager").get(reverse("assurance:cycle_new")).content.decode()
    for key in ("section_11_wt2015", "section_11_eight_standards", "schools_and_colleges", "light_check"):
        assert html.count(f'value="{key}"') == 1
    assert "12 lines, not scored" in html


def test_the_agency_reads_how_its_figures_are_made_though_it_never_sees_the_cycle(
    world: World, browse: Browse
) -> None:
    made = RoundOn(
        world, SHORT, "school", rules=CycleRules(critical_cap=True, reweight=True, weighting="items")
    )
    made.fill("school", "head", 3, {"strategic_lead": 0})
    made.sign("school", "head_signatory")
    reference = made.returns["school"].record.reference
    html = browse("head").get(reverse("assurance:return", args=[reference])).content.decode()
    assert "How these figures are made" in html
    assert "go to the others of its standard" in html
    # strategic_lead is critical and at 0, designated_lead at 3: the mean of 1.5 is held at 1.
    assert "1.0 out of 3. Below compliant." in html
    url = reverse("assurance:heat_map", args=[made.cycle.record.reference])
    officer = browse("quality_officer")
    assert "holds its standard at 1 (Started) or lower" in officer.get(url).content.decode()
    assert (
        "Critical lines: A score of 0 (Not in place)"
        in officer.get(url, {"download": "csv"}).content.decode()
    )


def test_who_else_asks_a_question_is_said_on_the_form_the_paper_and_the_moderators_page(
    world: World, browse: Browse
) -> None:
    made = RoundOn(world, "section_11_wt2015", "school")
    made.fill("school", "head", 2)
    reference = made.returns["school"].record.reference
    also = "Also asked in: Keeping children safe in education, part two; CQC: safeguarding people from abuse."
    head = browse("head")
    assert also in head.get(reverse("assurance:form_page", args=[reference, "b6"])).content.decode()
    assert also in head.get(reverse("assurance:form_blank", args=[reference])).content.decode()
    made.sign("school", "head_signatory")
    moderating = browse("quality_officer").get(reverse("assurance:moderate", args=[reference]))
    assert also in moderating.content.decode()


def test_numbers_of_trained_people_are_asked_beside_the_score_and_shown(world: World, browse: Browse) -> None:
    made = RoundOn(world, "section_11_eight_standards", "police")
    reference = made.returns["police"].record.reference
    html = browse("police_lead").get(reverse("assurance:form_page", args=[reference, "a5"])).content.decode()
    assert "Level 1: how many people need it" in html
    assert 'name="training_numbers_figure_1' in html
