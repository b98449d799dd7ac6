"""The tour keeps to the example's own records, whatever a visitor makes beside them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assurance.conftest import SHORT, Round
from tests.personas import TODAY, World
from wholestory.assurance.operations import cycles
from wholestory.config.example.reading import toml
from wholestory.config.tour import steps

pytestmark = pytest.mark.django_db


def test_the_tours_cycle_is_the_one_the_example_names() -> None:
    told = toml("cycles/2015-16.toml")
    assert (f"{told['title']} cycle", told["opens_on"]) == (steps.CYCLE, steps.OPENED_ON)
    assert told["board"] == steps.BOARD


def test_a_cycle_a_visitor_prepares_and_issues_changes_no_step(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "BOARD", world.board.slug)
    monkeypatch.setattr(steps, "CYCLE", "Spring 2016")
    there = Round(world)
    cycle, police = there.cycle.record.reference, there.returns["police"].record.reference
    for title, opens_on in (("Summer 2016", date(2016, 6, 1)), ("Spring 2016", date(2016, 3, 14))):
        with there.acting("business_manager") as actor:
            made = cycles.prepare(
                actor=actor, board=world.board, title=title, framework=SHORT, opens_on=opens_on,
                due_on=date(2016, 9, 30), today=TODAY,
            )  # fmt: skip
            cycles.issue(actor=actor, cycle=made, agencies=[world.agencies["police"]], today=TODAY)
    step = {one.number: one for one in steps.STEPS}
    assert cycle in steps.address(step[1])
    assert police in steps.address(step[3])
    assert step[4].after is not None
    assert cycle in steps.address(step[4].after)


def test_the_last_step_is_a_coordinator_of_the_board_that_hosts_the_panel() -> None:
    step = steps.STEPS[-1]
    assert toml("deaths/panels.toml")["panel"][0]["board"] == steps.BOARD
    assert (step.person, step.role) == ("Rosalind Peake", "child_death_coordinator")
