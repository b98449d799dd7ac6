"""Small numbers stay hidden: rules, rounding, the audit of hidden cells, and patterns that pass it."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from tests.statistics.vectors_in import agrees, cases
from wholestory.statistics.disclosure import small
from wholestory.statistics.disclosure.audit import audit, range_of
from wholestory.statistics.disclosure.suppress import suppress
from wholestory.statistics.values import CannotBeCounted

Case = dict[str, Any]


@pytest.mark.parametrize("case", cases("disclosure.json", "sdc_primary"))
def test_small_cells(case: Case) -> None:
    given = case["inputs"]
    found = small.small_cells(
        given["table"], given["threshold"], include_zero=given.get("include_zero", False)
    )
    agrees({"suppress": found.tolist()}, case)


@pytest.mark.parametrize("case", cases("disclosure.json", "sdc_round"))
def test_rounding(case: Case) -> None:
    agrees({"rounded": small.blurred(**case["inputs"])}, case)


@pytest.mark.parametrize("case", cases("disclosure.json", "sdc_recover"))
def test_what_a_percentage_gives_away(case: Case) -> None:
    given = case["inputs"]["denominator"], case["inputs"]["percent"], case["inputs"]["decimals"]
    got = {
        "possible_numerators": small.numerators_behind(*given),
        "discloses": small.gives_away(*given, threshold=5),
    }
    agrees(got, case)


@pytest.mark.parametrize("case", cases("disclosure.json", "sdc_audit"))
def test_what_a_reader_can_work_out(case: Case) -> None:
    given = case["inputs"]
    found = audit(
        given["full_table"],
        given["hidden"],
        given["threshold"],
        given["margins"],
        given["hidden_cell_minimum"],
    )
    seen = [
        {"row": one.row, "col": one.column, "primary": one.is_small, "low": one.low, "high": one.high}
        for one in found.cells
    ]
    agrees({"cells": seen, "exact_safe": found.exact_safe, "full_safe": found.full_safe}, case)


@pytest.mark.parametrize("case", cases("disclosure.json", "sdc_suppress"))
def test_patterns_that_pass_the_audit(case: Case) -> None:
    given, expected = case["inputs"], case["expected"]
    found = suppress(given["full_table"], given["threshold"], given["margins"])
    assert found.small.tolist() == expected["primary"]
    optimum = expected["optimum"]
    full = optimum["full"]
    if found.hidden is None:
        assert full in (None, "not computed")
        return
    assert found.hidden[found.small].all()
    assert not found.hidden[np.asarray(given["full_table"]) == 0].any()
    after = audit(given["full_table"], found.hidden, given["threshold"], given["margins"])
    assert after.full_safe
    if isinstance(full, dict):
        assert found.further <= full["fewest_secondary"] + 2


@pytest.mark.parametrize("case", cases("disclosure.json", "sdc_linked_audit"))
def test_tables_that_share_cells(case: Case) -> None:
    given = case["inputs"]
    low, high = range_of(
        given["cells"], given["equations"], given["target"], given["cell_minimum"], given["cell_maximum"]
    )
    agrees({"low": low, "high": high}, case)


def test_the_audit_agrees_with_looking_at_every_table() -> None:
    """Small tables whose every possible content can be written down."""
    chance = np.random.default_rng(3)
    for _ in range(30):
        inner = chance.integers(1, 5, (2, 3))
        full = np.zeros((3, 4), dtype=int)
        full[:2, :3] = inner
        full[:2, 3], full[2, :3], full[2, 3] = inner.sum(1), inner.sum(0), inner.sum()
        hidden = chance.random(full.shape) < 0.5
        hidden[2, 3] = False
        if hidden[:2, :3].sum() > 3:
            continue
        got = {(one.row, one.column): (one.low, one.high) for one in audit(full, hidden, 5).cells}
        fits = []
        for each in product(range(1, int(inner.sum()) + 1), repeat=int(hidden[:2, :3].sum())):
            trial = full.copy()
            trial[:2, :3][hidden[:2, :3]] = each
            sums = trial[:2, :3]
            trial[:2, 3], trial[2, :3], trial[2, 3] = sums.sum(1), sums.sum(0), sums.sum()
            if (trial[~hidden] == full[~hidden]).all():
                fits.append(trial[hidden])
        if fits:
            low, high = np.min(fits, axis=0), np.max(fits, axis=0)
            places = list(zip(*np.nonzero(hidden), strict=True))
            assert {
                (int(i), int(j)): (int(a), int(b)) for (i, j), a, b in zip(places, low, high, strict=True)
            } == got


def test_the_worked_example() -> None:
    """[[1,12,30],[20,15,8],[9,9,9]] at 5: hide 1, 12 and two 9s; the 1 may be anything from 1 to 9."""
    full = [[1, 12, 30, 43], [20, 15, 8, 43], [9, 9, 9, 27], [30, 36, 47, 113]]
    found = suppress(full, 5)
    assert found.further == 3
    assert found.hidden is not None
    first = audit(full, found.hidden, 5).cells[0]
    assert (first.low, first.high) == (1, 9)


def test_sums_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(CannotBeCounted, match="add up"):
        suppress([[1, 2, 4], [3, 4, 7], [4, 6, 10]], 5)


def test_where_nothing_can_help_nothing_is_shown() -> None:
    """One row and its total: 2 beside zeros alone. Nothing may hide it but the total, which tells it."""
    found = suppress([[2, 0, 2], [0, 0, 0], [2, 0, 2]], 5)
    assert found.hidden is None or audit([[2, 0, 2], [0, 0, 0], [2, 0, 2]], found.hidden, 5).full_safe


def full_of_small_numbers(mean: float) -> Any:
    """150 x 18 with its totals, drawn at random round ``mean``."""
    inner = np.random.default_rng(5).poisson(mean, (149, 17))
    rows_too = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    return np.vstack([rows_too, rows_too.sum(axis=0, keepdims=True)])


def test_a_table_full_of_small_numbers_is_made_safe_by_them() -> None:
    table = full_of_small_numbers(4)
    found = suppress(table, 5)
    assert found.hidden is not None
    assert found.small.sum() > 1_000
    seen = audit(table, found.hidden, 5, small_only=True)
    assert seen.full_safe
    assert len(seen.cells) == found.small.sum()


def test_a_table_of_little_but_noughts_is_refused_and_not_looked_at_for_ever() -> None:
    # A row of one 1 and sixteen noughts: its only number cannot be anything else, whatever the others hide.
    table = full_of_small_numbers(0.5)
    assert suppress(table, 5).hidden is None
