"""A pathway that cannot work is refused with the place named; a move asks where, who and what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.pathways.made_up_pathway import RETURN, SIGNATORY, TEAM
from wholestory.pathways import register, registry
from wholestory.pathways.rules.soundness import problems, reachable
from wholestory.pathways.rules.stages import (
    MeetClock,
    Move,
    NotYours,
    RaiseSide,
    Side,
    Stage,
    StillNeeded,
    WrongStage,
    may_change_side,
    ready,
)

EXTRA = Move(
    name="extra", label="Extra", from_stages=frozenset({"issued"}), to_stage="nowhere",
    by=frozenset({"seat.signatory"}), by_words="the signatory",
)  # fmt: skip


def test_a_sound_pathway_has_no_problems() -> None:
    assert problems(RETURN, register.clock_keys()) == []
    assert reachable(RETURN) == {stage.key for stage in RETURN.stages}
    assert RETURN.final == {"released", "nil"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first": "nowhere"}, "the first stage “nowhere” is not a stage"),
        ({"stages": (*RETURN.stages, Stage("lost", "Lost", final=True))}, "no move leads to “lost”"),
        ({"stages": (*RETURN.stages, Stage("issued", "Again"))}, "the stage “issued” is there twice"),
        ({"moves": (*RETURN.moves, RETURN.moves[0])}, "the move “begun” is there twice"),
        ({"moves": (*RETURN.moves, EXTRA)}, "assurance.made_up_return.extra: “nowhere” is not a stage"),
        ({"moves": RETURN.moves[:-1]}, "“moderated” can neither be left nor is it final"),
        (
            {"moves": (replace(RETURN.moves[0], by=frozenset()), *RETURN.moves[1:])},
            "made_up_return.begun: it does not say who makes it",
        ),
        (
            {"moves": (replace(RETURN.moves[0], from_stages=frozenset()), *RETURN.moves[1:])},
            "made_up_return.begun: it starts nowhere",
        ),
        (
            {"moves": (replace(RETURN.moves[0], effects=(MeetClock("no_such_clock"),)), *RETURN.moves[1:])},
            "there is no clock “no_such_clock”",
        ),
        (
            {"moves": (replace(RETURN.moves[0], effects=(RaiseSide("no_such_side"),)), *RETURN.moves[1:])},
            "“no_such_side” is not a side state",
        ),
        (
            {"sides": (Side("stuck", "Stuck", raised_by=TEAM, lowered_by=frozenset()), *RETURN.sides)},
            "side state “stuck”: nobody can take it away",
        ),
        (
            {"sides": (replace(RETURN.sides[0], stages=frozenset({"nowhere"})), *RETURN.sides[1:])},
            "side state “extension”: “nowhere” is not a stage",
        ),
    ],
)
def test_what_cannot_work_is_named(changed: dict[str, Any], said: str) -> None:
    found = problems(replace(RETURN, **changed), register.clock_keys())
    assert any(said in problem for problem in found), found


def test_a_move_asks_where_who_and_what() -> None:
    both = {"complete", "declared"}
    made = ready(RETURN, "signed_off", standing="in_progress", reasons=SIGNATORY, holding=both)
    assert made.to_stage == "signed_off"
    with pytest.raises(WrongStage, match="Sign off: not possible while this stands at “Not started”"):
        ready(RETURN, "signed_off", standing="issued", reasons=SIGNATORY, holding=both)
    with pytest.raises(NotYours, match="Sign off is done by the agency's signatory"):
        ready(RETURN, "signed_off", standing="in_progress", reasons={"seat.contributor"}, holding=both)
    with pytest.raises(
        StillNeeded, match="still needs every question answered and the declaration"
    ) as refused:
        ready(RETURN, "signed_off", standing="in_progress", reasons=SIGNATORY)
    assert refused.value.missing == ("every question answered", "the declaration")
    with pytest.raises(StillNeeded, match="still needs a reason"):
        ready(RETURN, "nil_returned", standing="issued", reasons=SIGNATORY, reason="  ")
    with pytest.raises(KeyError):
        ready(RETURN, "no_such_move", standing="issued", reasons=SIGNATORY)


def test_what_may_be_done_from_a_stage() -> None:
    assert {move.name for move in RETURN.moves_from("signed_off")} == {"queried", "moderated"}
    assert RETURN.moves_from("signed_off", {"seat.signatory"}) == ()
    assert RETURN.label("nil") == "Nil return"


def test_side_states_have_their_stages_and_their_people() -> None:
    assert may_change_side(RETURN, "extension", standing="issued", reasons=TEAM, up=True).key == "extension"
    with pytest.raises(WrongStage, match="“Extension granted” is not possible"):
        may_change_side(RETURN, "extension", standing="moderated", reasons=TEAM, up=True)
    with pytest.raises(NotYours, match="for others to set"):
        may_change_side(RETURN, "overdue", standing="issued", reasons=TEAM, up=True)
    # Taken away anywhere: an extension does not outlive its usefulness because the stage moved on.
    assert may_change_side(RETURN, "extension", standing="moderated", reasons=TEAM, up=False)


def test_a_changed_pathway_needs_a_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_known", {})
    registry.register(RETURN)
    registry.register(RETURN)
    with pytest.raises(registry.DifferentPathway):
        registry.register(replace(RETURN, title="Another title"))
    second = registry.register(replace(RETURN, version=2))
    assert registry.pathway(RETURN.key) is second
    assert registry.pathway(RETURN.key, 1) is RETURN
    with pytest.raises(registry.UnknownPathway):
        registry.pathway("assurance.nothing")
    assert registry.registered() == (RETURN, second)


def test_every_registered_pathway_works() -> None:
    """Discovery: whatever the rooms have registered has to be sound."""
    for pathway in registry.registered():
        assert problems(pathway, register.clock_keys()) == [], pathway.key
