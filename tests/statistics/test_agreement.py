"""Agreement of raters agrees with published tables and other programs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.statistics.vectors_in import agrees, cases
from wholestory.statistics import agreement
from wholestory.statistics.values import CannotBeCounted

Case = dict[str, Any]


def shown(one: agreement.Kappa) -> dict[str, Any]:
    return {
        "n": one.n, "po": one.observed, "pe": one.by_chance, "kappa": one.kappa.value, "ac1": one.kappa.value,
        "lower": one.kappa.lower, "upper": one.kappa.upper, "se": one.se, "se0": one.se_at_0,
    }  # fmt: skip


@pytest.mark.parametrize("case", cases("kappa.json", "kappa_cohen", "kappa_weighted"))
def test_two_raters(case: Case) -> None:
    agrees(shown(agreement.cohen(**case["inputs"])), case)


@pytest.mark.parametrize("case", cases("kappa.json", "agreement_ac1"))
def test_where_nearly_all_lie_in_one_category(case: Case) -> None:
    agrees(shown(agreement.ac1(**case["inputs"])), case)


@pytest.mark.parametrize("case", cases("kappa.json", "agreement_pabak"))
def test_as_if_categories_were_equally_common(case: Case) -> None:
    agrees({"pabak": agreement.pabak(**case["inputs"]).value}, case)


@pytest.mark.parametrize("case", cases("kappa.json", "kappa_fleiss"))
def test_several_raters(case: Case) -> None:
    found = agreement.fleiss(**case["inputs"])
    got = {
        "kappa": found.kappa.value, "p_bar": found.observed, "p_e": found.by_chance,
        "per_category": found.by_category, "se0": found.se_at_0,
    }  # fmt: skip
    agrees(got, case)


def test_unequal_numbers_of_raters_are_refused() -> None:
    with pytest.raises(CannotBeCounted):
        agreement.fleiss([[2, 1], [1, 1]])


@pytest.mark.parametrize("table", [[], [[0, 0], [0, 0]]])
def test_nothing_to_compare(table: list[list[int]]) -> None:
    assert agreement.cohen(table).kappa.reason == "empty"
    assert agreement.pabak(table).reason == "empty"
    assert agreement.ac1(table).kappa.reason == "empty"
