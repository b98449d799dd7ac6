"""What a measure is compared with: one year for all, the neighbours of the day, and only years that were over."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.indicators.people import Figures
from tests.indicators.test_releases import ENGLAND, GOOD, HEAD, NEIGHBOURS, load
from wholestory.indicators.catalogue import load as catalogue
from wholestory.indicators.queries import comparing

pytestmark = pytest.mark.django_db

SINGLE = "measure,year_end,numerator,denominator,value,source\nd3-second-or-later,2025-03-31,,,24.5,x\n"
LUTON = "Reporting year,Local authority,E92000001,England,E12000006,East of England,821,E06000032,Luton,x"
COVENTRY = "Reporting year,Local authority,E92000001,England,E12000005,West Midlands,331,E08000026,Coventry,x"
WITH_NEIGHBOURS = f"{GOOD}2024,{LUTON},300,60,20\n2024,{COVENTRY},c,c,c\n"
SETS = f"{NEIGHBOURS}874,Peterborough,1,821,Close,Luton\n874,Peterborough,2,331,Close,Coventry\n"
D09 = catalogue().get("D09")


def _compared(figures: Figures, until: date) -> comparing.Comparison:
    board = figures.world.boards["north"]
    board.areas.update(code="E06000031")
    with figures.acting():
        return comparing.compared(comparing.known(board, [D09], until), D09)


def test_all_stand_in_the_newest_year_that_england_and_an_area_have(figures: Figures) -> None:
    load(figures, SINGLE, "England alone", table="england")
    load(figures, WITH_NEIGHBOURS, "Plans 2024")
    load(figures, SETS, "Model", table="neighbours", model="2021", valid_from=date(2021, 4, 1))
    found = _compared(figures, date(2026, 3, 31))
    assert found.england is not None
    assert found.neighbours is not None
    assert found.own is not None
    assert found.neighbours.mean is not None
    assert (found.england.value, found.england.year) == (Fraction("24.7"), "year to March 2024")
    assert (found.own.value, found.own.release) == (Fraction("22.6"), "Plans 2024")
    # Coventry is withheld: the mean is of one of two.
    assert (found.neighbours.value, found.neighbours.mean.words) == (Fraction(20), "mean of 1 of 2")
    assert found.neighbours.model == "2021"


def test_england_alone_is_compared_with_where_nobody_else_has_a_year(figures: Figures) -> None:
    load(figures, SINGLE, "England alone", table="england")
    found = _compared(figures, date(2026, 3, 31))
    assert found.england is not None
    assert (found.england.value, found.own) == (Fraction("24.5"), None)


def test_a_year_that_was_not_over_is_not_compared_with(figures: Figures) -> None:
    load(figures, GOOD, "Plans 2024")
    found = _compared(figures, date(2023, 12, 31))
    assert found.england is None
    assert found == comparing.Comparison()


def test_of_one_year_the_release_loaded_last_counts(figures: Figures) -> None:
    load(figures, f"{HEAD}2024,{ENGLAND},62110,15330,24.7\n", "First")
    load(figures, f"{HEAD}2024,{ENGLAND},62000,15340,24.9\n", "Revised")
    found = _compared(figures, date(2024, 12, 31))
    assert found.england is not None
    assert (found.england.value, found.england.release) == (Fraction("24.9"), "Revised")
