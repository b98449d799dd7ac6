"""The parts of the matching: folding, keys, points, and what must hold whatever two accounts say."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wholestory.child_deaths.rules.matching import Identity, PartDate, Verdict, best, folding, keys, score
from wholestory.child_deaths.rules.matching.verdicts import CUT_OFFS, verdict_of

SOME_NAMES = st.sampled_from(
    ["", "Anna", "Ann", "Baby", "Twin 1", "Twin 2 of Mary", "O'Neil", "Łucja", "Mohammed", "Md", "X"]
)
SOME_DAYS = (
    st.none() | st.dates(date(2020, 1, 1), date(2020, 3, 12)).map(PartDate.of) | st.just(PartDate(2020))
)
#: Two cores with other work are slow, which says nothing about the rules.
BUSY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ACCOUNTS = st.builds(
    Identity,
    forenames=SOME_NAMES,
    surname=SOME_NAMES,
    born=SOME_DAYS,
    died=SOME_DAYS,
    sex=st.sampled_from(["", "F", "M"]),
    nhs_number=st.sampled_from(["", "9990000018", "9990000026", "999 000 0108", "not known"]),
    postcode=st.sampled_from(["", "PE1 1AA", "pe11aa", "PE1 1AB", "ZZ99 3VZ"]),
    mother_forenames=SOME_NAMES,
    mother_surname=SOME_NAMES,
    mother_nhs_number=st.sampled_from(["", "9990000026"]),
    births=st.sampled_from([None, 1, 2]),
    birth_order=st.sampled_from([None, 1, 2]),
)


@BUSY
@given(ACCOUNTS, ACCOUNTS)
def test_whoever_is_compared_first_makes_no_difference(a: Identity, b: Identity) -> None:
    one, other = score(a, b), score(b, a)
    assert one.score == other.score
    assert one.verdict == other.verdict
    assert sorted(reason.text for reason in one.reasons) == sorted(reason.text for reason in other.reasons)


@BUSY
@given(ACCOUNTS, ACCOUNTS)
def test_a_score_lies_between_nothing_and_one_and_falls_in_its_band(a: Identity, b: Identity) -> None:
    match = score(a, b)
    assert 0 <= match.score <= 1
    assert match.verdict is verdict_of(match.score)


@BUSY
@given(ACCOUNTS, ACCOUNTS)
def test_twins_and_siblings_are_never_more_than_possible(a: Identity, b: Identity) -> None:
    match = score(a, b)
    if match.relation:
        assert match.verdict is Verdict.POSSIBLE


@BUSY
@given(ACCOUNTS, st.lists(ACCOUNTS, max_size=9))
def test_the_best_come_first_and_at_most_five(sought: Identity, others: list[Identity]) -> None:
    shown = best(sought, list(enumerate(others)))
    assert len(shown) <= 5
    assert all(one.score >= other.score for (_, one), (_, other) in pairwise(shown))
    assert all(match.verdict is not Verdict.NO for _, match in shown)


@BUSY
@given(ACCOUNTS)
def test_keys_hold_no_more_than_thirty_short_texts(account: Identity) -> None:
    found = keys(account)
    assert len(found) <= 30
    assert all(len(key) <= 80 for key in found)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("  O’Brien-Łuczak ", "obrien luczak"),
        ("JOSÉ María", "jose maria"),
        ("D'Souza", "dsouza"),
        ("Șerban", "serban"),
        ("محمد", "محمد"),
    ],
)
def test_names_are_compared_without_accents_case_and_signs(written: str, expected: str) -> None:
    assert folding.folded(written) == expected


def test_the_codes_for_no_fixed_abode_and_for_abroad_are_no_home() -> None:
    assert folding.postcode("ZZ99 3VZ") == ""
    assert folding.postcode("pe1 1aa") == "PE11AA"
    assert folding.postcode("PE1") == ""


def test_a_number_of_one_figure_ten_times_is_no_number() -> None:
    assert folding.number("999 999 9999") == ""
    assert folding.number("999-000-0018") == "9990000018"
    assert folding.number("12345") == ""


@pytest.mark.parametrize(
    ("written", "births", "order"),
    [
        ("Twin 2", 2, 2),
        ("Twin I", 2, 1),
        ("Baby A twin", None, None),
        ("Triplet three of Ann", 3, 3),
        ("Baby girl 2", None, 2),
    ],
)
def test_the_birth_order_is_read_from_the_name(written: str, births: int | None, order: int | None) -> None:
    told = folding.forenames(written)
    if births:
        assert (told.births, told.order) == (births, order)
    assert told.names == ()


def test_the_fourth_of_august_and_the_eighth_of_april_share_a_key() -> None:
    one, other = (Identity("Ada", born=PartDate(2019, *day)) for day in ((4, 8), (8, 4)))
    assert keys(one) & keys(other)


def test_deaths_a_day_apart_share_a_key_and_two_days_apart_do_not() -> None:
    first, second, fourth = (Identity(died=PartDate(2026, 3, day)) for day in (1, 2, 4))
    assert keys(first) & keys(second)
    assert not keys(first) & keys(fourth)


def test_two_born_on_new_years_day_with_one_common_name_are_not_likely() -> None:
    """Boards see many children whose day of birth nobody knew: 1 January says nearly nothing."""
    one = Identity("Mohammed", "Ahmed", born=PartDate(2008, 1, 1), postcode="PE1 2AA")
    other = Identity("Mohammed", "Ahmed", born=PartDate(2008, 1, 1), postcode="LE5 4BB")
    assert score(one, other).verdict is Verdict.POSSIBLE


def test_the_bands_are_in_order_and_reach_down_to_nothing() -> None:
    lowest = [cut for _, cut in CUT_OFFS]
    assert lowest == sorted(lowest, reverse=True)
    assert lowest[-1] == 0
