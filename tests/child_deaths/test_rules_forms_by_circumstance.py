"""Which supplementary forms: section 2.4 of the domain notes. Numbers are read with their issue, never alone."""

from datetime import date

import pytest

from wholestory.child_deaths.rules.ages import age_at
from wholestory.child_deaths.rules.forms_by_circumstance import (
    Issue,
    KnownOfDeath,
    Since,
    Topic,
    number_of,
    propose,
    topic_of,
    version_on,
)
from wholestory.child_deaths.rules.regimes import FormSet

OLD, NEW = FormSet.FORMS_2015, FormSet.CURRENT


@pytest.mark.parametrize(
    ("event", "topic"),
    [("road_traffic", Topic.ROAD), ("drowning", Topic.DROWNING), ("fire", Topic.FIRE), ("poisoning", Topic.POISONING),
     ("other_accident", Topic.OTHER_ACCIDENT), ("substance", Topic.SUBSTANCE), ("homicide", Topic.HOMICIDE),
     ("suicide", Topic.SUICIDE)],
)  # fmt: skip
def test_each_event_has_its_form_in_both_sets(event, topic):
    for forms in FormSet:
        assert propose(KnownOfDeath(events=frozenset({event})), forms).topics == (topic,)


def test_the_same_number_is_another_form_in_another_issue():
    assert topic_of("B2", Issue.EARLY) is Topic.ROAD
    assert topic_of("b2", Issue.LATER) is Topic.NEONATAL
    assert topic_of("B5", Issue.EARLY) is Topic.POISONING
    assert topic_of("B5", Issue.LATER) is Topic.ROAD
    assert topic_of("B12", Issue.EARLY) is None
    assert number_of(Topic.SUICIDE, Issue.EARLY) == "B9"
    assert number_of(Topic.SUICIDE, Issue.LATER) == "B12"
    assert number_of(Topic.EPILEPSY, Issue.LATER) == ""


def test_neonatal_comes_first_and_is_for_the_first_28_days():
    day_27 = age_at(date(2016, 1, 1), date(2016, 1, 28))
    day_28 = age_at(date(2016, 1, 1), date(2016, 1, 29))
    found = propose(KnownOfDeath(age=day_27, sudden_unexplained=True, life_limiting=True), OLD)
    assert found.topics == (Topic.NEONATAL, Topic.SUDDEN, Topic.LIFE_LIMITING)
    assert propose(KnownOfDeath(age=day_28), OLD).topics == ()
    assert propose(KnownOfDeath(age=day_28, never_left_hospital=True), OLD).topics == (Topic.NEONATAL,)
    assert propose(KnownOfDeath(age=day_28, died_in="neonatal_unit"), NEW).topics == (Topic.NEONATAL,)


def test_conditions_have_forms_in_the_current_set_only_and_say_so_in_the_old():
    known = KnownOfDeath(conditions=frozenset({"epilepsy", "asthma"}))
    assert propose(known, NEW).topics == (Topic.ASTHMA, Topic.EPILEPSY)
    old = propose(known, OLD)
    assert old.topics == ()
    assert [each.topic for each in old.without_form] == [Topic.ASTHMA, Topic.EPILEPSY]


def test_care_pathway_is_of_the_current_set():
    known = KnownOfDeath(treated_before_death=True)
    assert propose(known, NEW).topics == (Topic.CARE_PATHWAY,)
    assert propose(known, OLD).topics == ()


def test_nothing_known_proposes_nothing():
    assert propose(KnownOfDeath(), NEW).topics == ()


def test_names_follow_the_set():
    assert Topic.SUDDEN.name_in(OLD) == "Sudden unexpected death in infancy"
    assert Topic.SUDDEN.name_in(NEW) == "Sudden unexpected death"
    assert Topic.ONCOLOGY.name_in(NEW) == "Oncology"


def test_versions_by_date():
    held = (Since(date(2019, 4, 1), 1), Since(date(2022, 4, 1), 2))
    assert [version_on(day, held) for day in (date(2016, 1, 1), date(2022, 3, 31), date(2022, 4, 1))] == [
        1,
        1,
        2,
    ]


def test_the_form_about_sudden_death_in_infancy_ends_with_the_second_birthday_and_the_current_one_does_not() -> (
    None
):
    # Completed years. The form of 2015 is "in infancy"; that of 2019 is for any age.
    born = date(2014, 3, 1)
    before, on = age_at(born, date(2016, 2, 29)), age_at(born, date(2016, 3, 1))
    assert propose(KnownOfDeath(age=before, sudden_unexplained=True), OLD).topics == (Topic.SUDDEN,)
    assert propose(KnownOfDeath(age=on, sudden_unexplained=True), OLD).topics == ()
    assert propose(KnownOfDeath(age=on, sudden_unexplained=True), NEW).topics == (Topic.SUDDEN,)
    # Unexpected is not unexplained: it is offered, and nobody is sent it unasked.
    assert [each.sure for each in propose(KnownOfDeath(age=on, unexpected=True), NEW).forms] == [False]
    assert propose(KnownOfDeath(age=on, unexpected=True), OLD).forms == ()
