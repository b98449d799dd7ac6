"""Moving along a pathway: where, who, what is needed, what follows, and a history nobody edits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.pathways.made_up_pathway import RETURN
from tests.personas import World
from wholestory import ledger
from wholestory.kernel.moments import parse
from wholestory.pathways import operations, registry
from wholestory.pathways.models import RunningClock, StageChange, Standing
from wholestory.pathways.rules.stages import NotYours, StillNeeded, WrongStage
from wholestory.records.models import Record

Acts = Callable[[str], AbstractContextManager[None]]
Make = Callable[..., Record]
TODAY = date(2016, 3, 14)
NOW = parse("2016-03-14 10:00")


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_known", {})
    registry.register(RETURN)


@pytest.fixture
def issued(world: World, acts: Acts, make_record: Make) -> Record:
    with acts("quality_officer"):
        record = make_record()
        operations.begin(actor=world.people["quality_officer"], record=record, pathway=RETURN, today=TODAY)
        return record


def moved(world: World, who: str, record: Record, name: str, **more: Any) -> Standing:
    found, _ = operations.move(
        actor=world.people[who], record=record, name=name, today=TODAY, now=NOW, **more
    )
    return found


def test_from_start_to_sign_off(world: World, acts: Acts, issued: Record) -> None:
    with acts("head"):
        assert moved(world, "head", issued, "begun").stage == "in_progress"
    with acts("head_signatory"):
        standing, after = operations.move(
            actor=world.people["head_signatory"], record=issued, name="signed_off", today=TODAY, now=NOW,
            holding={"complete", "declared"},
        )  # fmt: skip
        assert standing.stage == "signed_off"
        assert [each.key for each in after] == ["tell_board"]
        history = StageChange.objects.filter(record=issued).order_by("created_at")
        assert [(change.move, change.to_stage, change.because) for change in history] == [
            ("begun", "issued", ""),
            ("begun", "in_progress", "seat.agency_lead"),
            ("signed_off", "signed_off", "seat.signatory"),
        ]
        # The move started a clock of the record's edition, from now.
        clock = RunningClock.objects.get(record=issued)
        assert (clock.key, clock.due_on) == ("return_action_plan_window", date(2017, 3, 14))


def test_the_move_says_what_is_missing_and_who_makes_it(world: World, acts: Acts, issued: Record) -> None:
    with acts("head_contributor"):
        with pytest.raises(WrongStage):
            moved(world, "head_contributor", issued, "signed_off")
        moved(world, "head_contributor", issued, "begun")
        with pytest.raises(NotYours):
            moved(world, "head_contributor", issued, "signed_off")
    with acts("head_signatory"), pytest.raises(StillNeeded):
        moved(world, "head_signatory", issued, "signed_off", holding={"complete"})


def test_others_cannot_find_it_at_all(world: World, acts: Acts, issued: Record) -> None:
    with acts("police_lead"), pytest.raises(Standing.DoesNotExist):
        moved(world, "police_lead", issued, "begun")


def test_the_second_of_two_is_told(world: World, acts: Acts, issued: Record) -> None:
    with acts("head"):
        moved(world, "head", issued, "begun")
        with pytest.raises(WrongStage, match="“In progress”"):
            moved(world, "head", issued, "begun")


def test_side_states(world: World, acts: Acts, issued: Record) -> None:
    actor = world.people["quality_officer"]
    with acts("quality_officer"):
        standing = operations.change_side(actor=actor, record=issued, side="extension", up=True, today=TODAY)
        assert standing.sides == ["extension"]
        operations.change_side(actor=actor, record=issued, side="extension", up=True, today=TODAY)
        assert StageChange.objects.filter(record=issued, side="extension").count() == 1
        standing = operations.change_side(actor=actor, record=issued, side="extension", up=False, today=TODAY)
        assert standing.sides == []
    with acts("head"), pytest.raises(NotYours):
        operations.change_side(
            actor=world.people["head"], record=issued, side="extension", up=True, today=TODAY
        )


def test_history_is_never_edited(world: World, acts: Acts, issued: Record) -> None:
    def tamper(change: Callable[[], object]) -> None:
        with acts("quality_officer"), transaction.atomic():
            ledger.line("pathways.tampered", board_id=world.board.id)
            change()

    mine = StageChange.objects.filter(record=issued)
    with pytest.raises(DatabaseError, match="history"):
        tamper(lambda: mine.update(to_stage="released"))
    with pytest.raises(DatabaseError, match="history"):
        tamper(mine.delete)
