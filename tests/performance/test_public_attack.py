"""Two published reports of consecutive quarters, all their tables, charts and CSV: nobody works out a small number."""

from __future__ import annotations

import pytest

from tests.performance.public_attacker import WHOLE, Attacker, Unknown
from tests.performance.public_made_up import QUARTERS, World, made_up
from wholestory.performance.rules import public_hiding, public_sums, public_writing
from wholestory.statistics.disclosure.linked import Released

HEAD = public_writing.Head("Northmarsh Partnership", "2016", "the group", "2016-03-14", True)
BELOW = {"board": 5, "dfe": 6}


def published(
    world: World, quarters: tuple[int, ...], *, hide: bool = True, careless: bool = False
) -> list[dict[str, object]]:
    """The documents of reports of these quarters, one after the other."""
    earlier: list[Released] = []
    documents = []
    for quarter in quarters:
        made = public_sums.everything(world.frozen(quarter), {})
        plan = public_hiding.plan(made, earlier, hide=hide and not careless)
        if careless:
            small = (name for name, value in made.cells.items() if 0 < value < made.below[name])
            plan.hidden = dict.fromkeys(small, public_hiding.Why.SMALL)
        earlier.append(public_hiding.released(made, plan))
        documents.append(public_writing.document(made, plan, HEAD, ""))
    return documents


def truth(world: World, some: list[Unknown]) -> int:
    """The number, by hand from what the agencies counted."""
    total = 0
    for code, whose, end, side in some:
        at = QUARTERS.index(end)
        for name, line in world.pairs[code].items():
            top, under = line[at]
            if whose in (WHOLE, name):
                total += top if side == "n" else (under or 0) - top
    return total


def told(world: World, documents: list[dict[str, object]]) -> tuple[list[object], int]:
    """Every small number somebody works out, and how many they tried."""
    attacker = Attacker()
    for document in documents:
        attacker.read(document)
    found: list[object] = []
    tried = {tuple(one): one for one in [*([each] for each in attacker.at), *attacker.withheld]}
    small = 0
    for some in tried.values():
        below, number = BELOW[world.small[some[0][0]]], truth(world, some)
        if not 0 < number < below:
            continue
        small += 1
        low, high = attacker.range_of(some)
        if low == high or (some in attacker.withheld and (low > 1 or high < below - 1)):
            found.append((some, number, low, high))
    return found, small


@pytest.mark.parametrize("seed", range(4))
def test_nobody_works_out_a_small_number_of_two_reports(seed: int) -> None:
    world = made_up(seed)
    found, small = told(world, published(world, (7, 8)))
    assert small > 6
    assert found == []


def test_with_nothing_hidden_the_same_somebody_works_out_all_of_them() -> None:
    world = made_up(0)
    found, small = told(world, published(world, (7, 8), hide=False))
    assert len(found) == small > 10


def test_of_three_reports_nobody_works_one_out_either() -> None:
    world = made_up(5)
    found, small = told(world, published(world, (6, 7, 8)))
    assert small > 6
    assert found == []


def test_with_small_numbers_alone_hidden_the_same_somebody_works_out_many() -> None:
    world = made_up(0)
    found, _ = told(world, published(world, (7, 8), careless=True))
    assert len(found) > 5
