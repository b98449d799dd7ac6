"""Who is in scope: section 1.1 of the domain notes, row by row, and its edge cases."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.scope import CQC, Verdict, WhatIsKnown, scope_of


def test_born_alive_and_under_18_is_in():
    found = scope_of(WhatIsKnown(born_on=date(2010, 5, 1), died_on=date(2015, 5, 1)))
    assert (found.verdict, found.rule) == (Verdict.IN_SCOPE, "under_18")


@pytest.mark.parametrize(
    ("died_on", "verdict", "rule"),
    [
        (date(2016, 3, 13), Verdict.IN_SCOPE, "under_18"),
        (date(2016, 3, 14), Verdict.OUT_OF_SCOPE, "on_18th_birthday"),
        (date(2016, 3, 15), Verdict.OUT_OF_SCOPE, "over_18"),
    ],
)
def test_edge_case_10_death_around_the_eighteenth_birthday(died_on, verdict, rule):
    found = scope_of(WhatIsKnown(born_on=date(1998, 3, 14), died_on=died_on))
    assert (found.verdict, found.rule) == (verdict, rule)


def test_edge_case_10_hurt_as_a_child_dies_as_an_adult_is_out_and_says_what_else_to_ask():
    found = scope_of(WhatIsKnown(born_on=date(1998, 3, 14), died_on=date(2016, 4, 1)))
    assert found.verdict is Verdict.OUT_OF_SCOPE
    assert "safeguarding partners" in found.also[0]


@pytest.mark.parametrize(
    ("died_on", "verdict"),
    [(date(2018, 2, 28), Verdict.IN_SCOPE), (date(2018, 3, 1), Verdict.OUT_OF_SCOPE)],
)
def test_edge_case_09_born_on_29_february_is_18_on_1_march(died_on, verdict):
    assert scope_of(WhatIsKnown(born_on=date(2000, 2, 29), died_on=died_on)).verdict is verdict


def test_stillbirth_that_was_attended_is_out():
    found = scope_of(WhatIsKnown(signs_of_life=False, gestation_weeks=38, attended=True))
    assert (found.verdict, found.rule) == (Verdict.OUT_OF_SCOPE, "stillbirth")


@pytest.mark.parametrize(
    ("weeks", "rule"), [(23, "late_fetal_loss"), (24, "stillbirth"), (None, "not_born_alive")]
)
def test_24_weeks_tell_a_loss_from_a_stillbirth(weeks, rule):
    found = scope_of(WhatIsKnown(signs_of_life=False, gestation_weeks=weeks, attended=True))
    assert (found.verdict, found.rule) == (Verdict.OUT_OF_SCOPE, rule)


def test_unattended_stillbirth_is_response_only():
    found = scope_of(WhatIsKnown(signs_of_life=False, gestation_weeks=37, attended=False))
    assert (found.verdict, found.rule) == (Verdict.RESPONSE_ONLY, "unattended_stillbirth")
    assert found.opens_response


def test_stillbirth_when_nobody_says_who_was_there_stays_open():
    found = scope_of(WhatIsKnown(signs_of_life=False, gestation_weeks=37))
    assert found.verdict is Verdict.UNDECIDED
    assert "health professional" in found.needs[0]


@pytest.mark.parametrize("signs", [True, False, None])
@pytest.mark.parametrize("weeks", [14, 23, 30, None])
def test_legal_termination_is_out_also_after_a_live_birth(signs, weeks):
    found = scope_of(
        WhatIsKnown(
            legal_termination=True, signs_of_life=signs, gestation_weeks=weeks,
            born_on=date(2016, 1, 1), died_on=date(2016, 1, 1), registered_live_birth=signs,
        )
    )  # fmt: skip
    assert (found.verdict, found.rule) == (Verdict.OUT_OF_SCOPE, "legal_termination")
    assert found.also == (CQC,)


@pytest.mark.parametrize("weeks", [16, 19, 21, 23])
def test_live_birth_is_in_at_any_gestation(weeks):
    day = date(2016, 1, 1)
    found = scope_of(WhatIsKnown(signs_of_life=True, gestation_weeks=weeks, born_on=day, died_on=day))
    assert (found.verdict, found.rule) == (Verdict.IN_SCOPE, "live_birth_any_gestation")


def test_registered_live_birth_answers_when_nobody_says_what_was_seen():
    day = date(2016, 1, 1)
    found = scope_of(WhatIsKnown(registered_live_birth=True, gestation_weeks=21, born_on=day, died_on=day))
    assert found.verdict is Verdict.IN_SCOPE


def test_edge_case_09_died_on_the_day_of_birth_asks_for_signs_of_life():
    day = date(2016, 1, 1)
    found = scope_of(WhatIsKnown(born_on=day, died_on=day))
    assert (found.verdict, found.rule) == (Verdict.UNDECIDED, "signs_of_life_not_known")


def test_having_lived_a_day_is_a_live_birth():
    assert (
        scope_of(WhatIsKnown(born_on=date(2016, 1, 1), died_on=date(2016, 1, 2))).verdict is Verdict.IN_SCOPE
    )


@pytest.mark.parametrize(
    ("believed", "verdict", "rule"),
    [(True, Verdict.IN_SCOPE, "age_uncertain"), (False, Verdict.OUT_OF_SCOPE, "believed_adult"),
     (None, Verdict.UNDECIDED, "age_not_known")],
)  # fmt: skip
def test_age_uncertain_goes_by_what_is_believed(believed, verdict, rule):
    found = scope_of(WhatIsKnown(died_on=date(2016, 1, 1), believed_under_18=believed))
    assert (found.verdict, found.rule) == (verdict, rule)


@pytest.mark.parametrize(("years", "verdict"), [(17, Verdict.IN_SCOPE), (18, Verdict.OUT_OF_SCOPE)])
def test_an_age_without_dates_is_enough(years, verdict):
    assert scope_of(WhatIsKnown(age_years=years)).verdict is verdict


def test_edge_case_06_missing_presumed_dead_stays_open():
    found = scope_of(WhatIsKnown(born_on=date(2004, 1, 1), death_established=False))
    assert (found.verdict, found.rule) == (Verdict.UNDECIDED, "death_not_established")


def test_edge_case_06_day_of_death_unknown_but_found_before_18():
    found = scope_of(WhatIsKnown(born_on=date(2004, 1, 1), dead_by=date(2016, 1, 1)))
    assert found.verdict is Verdict.IN_SCOPE


def test_edge_case_06_found_after_18_and_day_of_death_unknown_is_not_guessed():
    found = scope_of(WhatIsKnown(born_on=date(1998, 1, 1), dead_by=date(2016, 6, 1)))
    assert found.verdict is Verdict.UNDECIDED


def test_born_after_death_is_asked_about_not_decided():
    found = scope_of(WhatIsKnown(born_on=date(2016, 1, 2), died_on=date(2016, 1, 1), signs_of_life=True))
    assert (found.verdict, found.rule) == (Verdict.UNDECIDED, "dates_disagree")


def test_what_nobody_checked_is_never_cited():
    day = date(2016, 1, 2)
    wrong = scope_of(WhatIsKnown(born_on=day, died_on=date(2016, 1, 1), signs_of_life=True)).ground
    assert not wrong.may_be_cited
    stillborn = scope_of(WhatIsKnown(signs_of_life=False, gestation_weeks=38, attended=True)).ground
    assert stillborn.may_be_cited
    assert "overview panel protocol" in stillborn.standing
    assert "statutory" not in wrong.standing + stillborn.standing
