"""The return's pathway can work, agrees with the rules of access, and every move has words for its history."""

from __future__ import annotations

from wholestory.access.policy import MAY
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions.pathway import RETURN
from wholestory.assurance.models import Stage
from wholestory.assurance.queries.moves import move_words
from wholestory.pathways.rules.soundness import problems


def test_the_pathway_can_work() -> None:
    assert problems(RETURN) == []


def test_the_stages_are_those_a_return_can_hold_while_it_is_worked_on() -> None:
    """One brought in from a file of an earlier round makes no move, so it has no place on the pathway."""
    assert [stage.key for stage in RETURN.stages] == [s for s in Stage.values if s != Stage.BROUGHT_IN]


def test_whoever_makes_a_move_may_do_so_by_the_rules_of_access() -> None:
    may = MAY["assurance.return"]
    allowed = may[Verb.WRITE] | may[Verb.DECIDE] | may[Verb.MODERATE] | may[Verb.MANAGE]
    for move in RETURN.moves:
        assert move.by <= allowed, move.name


def test_every_move_has_words_for_the_history() -> None:
    for move in RETURN.moves:
        assert move_words(move.name)
