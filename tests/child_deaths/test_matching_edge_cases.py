"""Who is who when a death is told of: the identity edge cases, one by one. Everybody here is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from wholestory.child_deaths.rules.matching import (
    Identity,
    Match,
    OtherName,
    PartDate,
    Relation,
    Verdict,
    best,
    keys,
    score,
)

JOINABLE = {Verdict.SAME, Verdict.LIKELY}
#: Numbers of the 999 range that pass their check: 9 x (10 + 9 + 8) = 243, +2 x figure; 243 + 2 = 245 = 22 x 11 + 3.
OWN, MOTHERS, ANOTHER = "999 000 0018", "999 000 0026", "999 000 0034"


def on(year: int, month: int, day: int) -> PartDate:
    return PartDate.of(date(year, month, day))


def texts(match: Match) -> str:
    return " | ".join(reason.text for reason in match.reasons)


FIRST = Identity(
    forenames="Twin 1",
    surname="Okonkwo",
    born=on(2026, 3, 1),
    died=on(2026, 3, 2),
    sex="F",
    postcode="PE1 1AA",
    mother_forenames="Grace",
    mother_surname="Okonkwo",
    mother_born=on(1994, 6, 30),
)


def test_edge_case_01_twins_with_a_birth_order_each_are_never_joined() -> None:
    match = score(FIRST, replace(FIRST, forenames="Twin 2"))
    assert match.verdict is Verdict.POSSIBLE
    assert match.relation is Relation.TWIN
    assert "Birth order differs" in texts(match)
    assert match.words == "May be a twin: ask the birth order before you join them"


def test_edge_case_01_named_twins_who_die_on_one_day_are_shown_as_twins() -> None:
    amara, chidi = replace(FIRST, forenames="Amara"), replace(FIRST, forenames="Chidi", sex="M")
    match = score(amara, chidi)
    assert (match.verdict, match.relation) == (Verdict.POSSIBLE, Relation.TWIN)
    assert "do not join without checking the birth order" in texts(match)


@pytest.mark.parametrize(
    "other",
    [
        replace(FIRST, forenames="Baby girl"),
        replace(FIRST, forenames="Amara"),
        replace(FIRST, forenames="Baby girl", died=on(2026, 3, 1)),
    ],
)
def test_edge_case_01_one_of_twins_and_a_baby_whose_order_nobody_said_asks_for_the_order(
    other: Identity,
) -> None:
    match = score(FIRST, other)
    assert (match.verdict, match.relation) == (Verdict.POSSIBLE, Relation.TWIN)
    assert "birth order" in texts(match)


def test_edge_case_01_the_same_twin_told_of_twice_is_likely() -> None:
    again = replace(FIRST, forenames="Baby girl Okonkwo twin 1", sex="", postcode="")
    assert score(FIRST, again).verdict in JOINABLE


def test_edge_case_01_unnamed_babies_of_one_mother_who_differ_in_sex_or_day_may_be_twins() -> None:
    baby = replace(FIRST, forenames="Baby")
    for other in (replace(baby, sex="M"), replace(baby, died=on(2026, 3, 9))):
        match = score(baby, other)
        assert (match.verdict, match.relation) == (Verdict.POSSIBLE, Relation.TWIN)


def test_edge_case_01_brothers_and_sisters_are_to_be_linked_rather_than_joined() -> None:
    older = replace(FIRST, forenames="Amara", born=on(2021, 5, 5), died=on(2022, 1, 1))
    match = score(older, replace(FIRST, forenames="Chidi"))
    assert (match.verdict, match.relation) == (Verdict.POSSIBLE, Relation.SIBLING)


def test_edge_case_02_unnamed_baby_named_later_is_found_and_likely() -> None:
    at_birth = Identity(forenames="Baby girl of Sarah Smith", born=on(2026, 3, 1), died=on(2026, 3, 2))
    registered = Identity(
        forenames="Olivia Rose", surname="Jones", born=on(2026, 3, 1), died=on(2026, 3, 2), sex="F",
        postcode="PE2 5AA", mother_forenames="Sarah", mother_surname="Smith",
    )  # fmt: skip
    assert keys(at_birth) & keys(registered)
    match = score(at_birth, registered)
    assert match.verdict is Verdict.LIKELY, match
    assert "ask whether there was a twin" in texts(match)


@pytest.mark.parametrize(
    "written",
    ["Baby Smith", "Baby girl", "B/O Sarah Smith", "Baby of Sarah", "Female infant", "unnamed", "NK", ""],
)
def test_edge_case_02_every_way_of_writing_no_name_is_no_name(written: str) -> None:
    named = Identity(
        forenames="Olivia",
        surname="Smith",
        born=on(2026, 3, 1),
        died=on(2026, 3, 2),
        sex="F",
        postcode="PE2 5AA",
    )
    match = score(Identity(written, "Smith", born=named.born, died=named.died, postcode="PE2 5AA"), named)
    assert match.verdict is Verdict.LIKELY
    assert "Different forenames" not in texts(match)


def test_edge_case_02_a_child_called_baby_rose_has_a_name() -> None:
    rose = Identity("Baby Rose", "Smith", born=on(2026, 3, 1))
    assert "Same forename" in texts(score(rose, Identity("Rose", "Smith", born=on(2026, 3, 1))))


def test_edge_case_02_a_surname_changed_at_registration_is_found_by_the_earlier_name() -> None:
    held = Identity(
        "Kai",
        "Mensah",
        (OtherName("Kai", "Brown", to_on=date(2020, 1, 1)),),
        born=on(2019, 9, 9),
        died=on(2026, 2, 2),
    )
    told = Identity("Kai", "Brown", born=on(2019, 9, 9), died=on(2026, 2, 2))
    assert keys(held) & keys(told)
    match = score(held, told)
    assert match.verdict is Verdict.SAME
    assert "By an earlier or other name" in texts(match)


def test_edge_case_03_mothers_nhs_number_in_the_babys_box_joins_nobody_and_parts_nobody() -> None:
    with_mothers = replace(FIRST, forenames="Baby girl", nhs_number=MOTHERS)
    with_own = replace(FIRST, forenames="Baby girl", nhs_number=OWN, mother_nhs_number=MOTHERS)
    assert keys(with_mothers) & {"number:9990000026"} <= keys(with_own)
    match = score(with_mothers, with_own)
    assert match.verdict is Verdict.LIKELY
    assert "NHS number is the mother's" in texts(match)
    twin = score(replace(with_mothers, forenames="Amara"), replace(with_own, forenames="Chidi"))
    assert (twin.verdict, twin.relation) == (Verdict.POSSIBLE, Relation.TWIN)


def test_edge_case_03_two_children_with_one_number_are_not_taken_for_one() -> None:
    older = Identity("Amara", "Okonkwo", born=on(2021, 5, 5), nhs_number=OWN, died=on(2026, 1, 1))
    younger = Identity("Tom", "Fisher", born=on(2024, 8, 8), nhs_number=OWN, died=on(2026, 6, 6))
    match = score(older, younger)
    assert match.verdict is Verdict.POSSIBLE
    assert "a second child with the same number" in texts(match)


def test_edge_case_03_a_number_absent_or_wrong_or_months_late_does_not_hide_the_child() -> None:
    known = Identity("Tom", "Fisher", born=on(2015, 8, 8), died=on(2026, 6, 6), nhs_number=OWN)
    assert score(known, replace(known, nhs_number="")).verdict is Verdict.SAME
    assert "changed places" in texts(score(known, replace(known, nhs_number="9990000108")))
    assert score(known, replace(known, nhs_number="9990000081")).verdict in JOINABLE
    differing = score(known, replace(known, nhs_number=ANOTHER))
    assert differing.verdict is Verdict.POSSIBLE
    assert "Two full NHS numbers that are not alike" in texts(differing)


TOLD = {
    "emergency department": Identity(
        "Zofia",
        "Wiśniewska",
        born=on(2017, 4, 9),
        sex="F",
        nhs_number=OWN,
        died=on(2026, 3, 14),
        postcode="PE1 4DX",
    ),
    "general practice": Identity(
        "Zosia", "Wisniewska", born=on(2017, 4, 9), died=on(2026, 3, 15), nhs_number=OWN
    ),
    "coroner's officer": Identity("ZOFIA", "WISNIEWSKI", born=on(2017, 4, 9), died=on(2026, 3, 14), sex="F"),
    "police": Identity(
        "Sophie", "Wisniewska", born=on(2017, 9, 4), died=on(2026, 3, 14), sex="M", postcode="PE1 4DX"
    ),
    "registrar": Identity(
        "Zofia Maria", "Wiśniewska", born=on(2017, 4, 9), died=on(2026, 3, 13), postcode="PE2 8QT"
    ),
    "feed of deaths": Identity(
        "Wisniewska", "Zofia", born=on(2017, 4, 9), died=on(2026, 3, 14), nhs_number=OWN
    ),
}
OTHERS = [
    Identity("Ivy", "Carter", born=on(2017, 4, 9), died=on(2026, 3, 14), sex="F", postcode="CB4 1AA"),
    Identity("Zofia", "Nowak", born=on(2012, 1, 30), died=on(2026, 3, 14), sex="F", postcode="PE1 4DY"),
    Identity("Baby", "Wiśniewska", born=on(2026, 3, 14), died=on(2026, 3, 14), sex="M"),
    Identity("Jan", "Wiśniewski", born=on(2010, 2, 2), died=on(2024, 3, 14), sex="M", postcode="PE1 4DX"),
]


@pytest.mark.parametrize("teller", TOLD)
def test_edge_case_04_same_death_told_by_six_finds_another_account_first(teller: str) -> None:
    told = TOLD[teller]
    held = [(name, one) for name, one in TOLD.items() if name != teller]
    pool = [*held, *((f"other {at}", one) for at, one in enumerate(OTHERS))]
    pool = [(name, one) for name, one in pool if keys(one) & keys(told)]
    shown = best(told, pool)
    assert len(shown) == 5
    assert {name for name, match in shown if match.verdict in JOINABLE} <= set(TOLD)
    assert shown[0][0] in TOLD
    assert shown[0][1].verdict in JOINABLE


def test_edge_case_04_every_two_of_the_six_share_a_key() -> None:
    for one, other in combinations(TOLD.values(), 2):
        assert keys(one) & keys(other)


def test_edge_case_05_a_child_known_by_a_name_before_adoption_is_found() -> None:
    adopted = Identity(
        "Noah",
        "Bennett",
        (OtherName("Tyler", "Marsh", to_on=date(2020, 6, 1)),),
        born=on(2018, 7, 7),
        died=on(2026, 5, 5),
    )
    told = Identity("Tyler", "Marsh", born=on(2018, 7, 7), died=on(2026, 5, 5))
    assert score(adopted, told).verdict in JOINABLE


def test_edge_case_05_an_estimated_age_does_not_rule_anybody_out() -> None:
    told = Identity(
        "Yonas", "Tesfay", born=on(2010, 1, 1), estimated_birth=True, died=on(2026, 5, 5), sex="M"
    )
    held = Identity(
        "Yonas", "Tesfai", born=on(2008, 11, 20), died=on(2026, 5, 5), sex="M", postcode="PE1 2AB"
    )
    assert keys(told) & keys(held)
    assert score(told, held).verdict in {Verdict.POSSIBLE, *JOINABLE}
    assert "estimate" in texts(score(told, held))


def test_edge_case_05_registered_sex_and_gender_may_differ() -> None:
    held = Identity(
        "Alex", "Ward", (OtherName("Emily", "Ward"),), born=on(2009, 2, 3), died=on(2026, 5, 5), sex="M"
    )
    assert (
        score(held, Identity("Emily", "Ward", born=on(2009, 2, 3), died=on(2026, 5, 5), sex="F")).verdict
        in JOINABLE
    )


def test_edge_case_06_remains_of_unknown_date_and_age_match_nobody_by_themselves() -> None:
    nothing = Identity(sex="F")
    assert keys(nothing) == frozenset()
    assert score(nothing, TOLD["police"]).verdict is Verdict.NO
    missing_since = Identity("Zofia", "Wisniewska", born=PartDate(2017), died=PartDate(2026))
    assert keys(missing_since) & keys(TOLD["emergency department"])
    assert score(missing_since, TOLD["emergency department"]).verdict is Verdict.POSSIBLE
