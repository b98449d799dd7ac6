"""The rows figures are counted from: what a row says, what it never says, and how it keeps in step."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY
from wholestory import ledger
from wholestory.child_deaths import figures_signals
from wholestory.child_deaths.models import (
    Address,
    Analysis,
    Case,
    DeathRow,
    Hold,
    PanelDecision,
    ResponseDecision,
    Review,
)
from wholestory.child_deaths.operations import figures, restricting
from wholestory.partners.models import Area
from wholestory.pathways.models import Standing

#: Who sees rows, and who of everybody else was tried.
SEES = ("coordinator", "designated_doctor", "analyst")
SEES_NOT = (
    "panel_chair", "panel_police", "panel_health", "panel_lay", "sister_coordinator",
    "business_manager", "chair", "quality_officer", "administrator", "ig_lead", "lay_member", "head", "stranger",
)  # fmt: skip


def row_of(deaths: Deaths, case: Case, by: str = "coordinator") -> DeathRow:
    with deaths.acting(by):
        return DeathRow.objects.get(pseudonym=figures.pseudonym(case.pk))


def test_a_row_says_what_the_case_says(deaths: Deaths) -> None:
    # Born 2 May 2013, died 12 March 2016 at 22:40, told on 13 March at 9:10: two years old, 10 hours later.
    case = deaths.case(sex="male")
    figures.refresh(case)
    row = row_of(deaths, case)
    assert (row.year_of_death, row.year_notified, row.year_reviewed, row.month) == (2015, 2015, None, 3)
    assert (row.age_band, row.sex, row.took, row.group, row.waits_for) == (
        "1_4_years", "male", "not_reviewed", "sorting", "sorting"
    )  # fmt: skip
    assert (row.hours_to_notified, row.notified_in_time, row.waits_since_on) == (10, True, TODAY)
    assert row.has_nhs_number
    assert row.has_postcode
    assert row.has_ethnicity is False
    assert row.has_gestation is None
    assert row.response == "not_known"
    assert row.category is None
    assert row.withheld is False


def test_a_row_names_nobody(deaths: Deaths) -> None:
    case = deaths.case()
    figures.refresh(case)
    row = row_of(deaths, case)
    said = " ".join(str(getattr(row, field.attname)) for field in DeathRow._meta.concrete_fields)
    for secret in ("Rowan", "Ashby", "9990000018", "ZZ99", "2013-05-02", "2016-03-12", case.record.reference):
        assert secret not in said
    assert str(case.pk) not in said
    assert str(case.child_id) not in said


def test_a_pseudonym_hangs_on_the_secret_of_the_installation(deaths: Deaths, settings: LazySettings) -> None:
    case = deaths.case()
    before = figures.pseudonym(case.pk)
    figures.refresh(case)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of fifty letters, made up for this test"
    assert figures.pseudonym(case.pk) != before
    assert figures.rebuild(deaths.panel) == 1
    with deaths.acting():
        assert list(DeathRow.objects.values_list("pseudonym", flat=True)) == [figures.pseudonym(case.pk)]


def test_written_twice_nothing_changes_and_no_line_is_written(deaths: Deaths) -> None:
    case = deaths.case()
    figures.refresh(case)
    before = row_of(deaths, case).pk
    figures.refresh(case)
    assert figures.rebuild(deaths.panel) == 1
    assert row_of(deaths, case).pk == before


def test_a_hold_is_what_is_waited_for(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        ledger.line("child_deaths.hold_begun", case.record)
        Hold.objects.create(
            case=case, circle=case.circle, office=case.office, why="inquest", since_on=date(2016, 2, 1),
            review_on=date(2016, 6, 1), by=actor,
        )  # fmt: skip
    figures.refresh(case)
    row = row_of(deaths, case)
    assert (row.waits_for, row.waits_since_on) == ("inquest", date(2016, 2, 1))


def test_a_reviewed_death_has_its_category_its_factors_and_its_months(deaths: Deaths) -> None:
    # Died 12 March 2015; first reviewed 14 March 2016: twelve calendar months are completed; 368 days (2016 leaps).
    reviews = Reviews(deaths)
    review = reviews.begun(born_on="2013-05-02", confirmed_on="2015-03-12")
    reviews.drafted(review)
    with deaths.acting():
        ledger.line("child_deaths.panel_decided", review.record)
        Review.objects.filter(pk=review.pk).update(first_reviewed_on=TODAY, reviewed_on=TODAY)
        Analysis.objects.filter(review=review).update(primary=3)
    figures.refresh(review.case)
    row = row_of(deaths, review.case)
    assert (row.category, row.modifiable, row.year_of_death, row.year_reviewed) == (
        3,
        "identified",
        2014,
        2015,
    )
    assert (row.days_to_review, row.took) == (368, "12_over")
    assert row.factors == ["C:water_safety"]
    with deaths.acting():
        assert not PanelDecision.objects.exists()


def test_a_draft_nobody_reviewed_counts_under_no_category(deaths: Deaths) -> None:
    reviews = Reviews(deaths)
    review = reviews.begun()
    reviews.drafted(review)
    figures.refresh(review.case)
    row = row_of(deaths, review.case)
    assert (row.category, row.modifiable, row.factors) == (None, "", [])


def test_what_is_no_death_of_this_panel_has_no_row(deaths: Deaths) -> None:
    case = deaths.case()
    figures.refresh(case)
    with deaths.acting():
        ledger.line("child_deaths.left_out", case.record)
        Standing.objects.filter(record=case.record_id).update(stage="out_of_scope")
    figures.refresh(Case.objects.none().model(pk=case.pk, panel=deaths.panel))
    with deaths.acting():
        assert not DeathRow.objects.exists()


def test_the_home_the_response_and_deprivation(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        ledger.line("child_deaths.put_right", case.record)
        home = Area.objects.get(name="Northmarsh")
        Case.objects.filter(pk=case.pk).update(home_area=home, place_kind="home")
        Address.objects.filter(child=case.child).update(deprivation=1)
        ResponseDecision.objects.create(
            case=case, circle=case.circle, office=case.office, opens=True, decided_by="Dr", decided_at=NOW, by=actor,
            entered_at=NOW,
        )  # fmt: skip
    figures.refresh(case)
    row = row_of(deaths, case)
    assert (row.area_id, row.deprivation, row.place_kind, row.response) == (home.pk, 1, "home", "yes")


def test_a_restricted_case_is_counted_and_described_by_nothing(deaths: Deaths) -> None:
    case = deaths.case(sex="male")
    figures.refresh(case)
    with deaths.acting() as actor:
        restricting.restrict(actor=actor, case=case, people=[], reason="A colleague’s child.", today=TODAY)
    figures.refresh(case)
    row = row_of(deaths, case, by="analyst")
    assert row.withheld
    assert (row.year_of_death, row.year_notified, row.group) == (2015, 2015, "sorting")
    assert (row.month, row.age_band, row.sex, row.area_id, row.place_kind) == (
        None,
        "not_known",
        "",
        None,
        "",
    )
    assert row.has_nhs_number is None


@pytest.mark.django_db
def test_a_row_is_written_once_after_whatever_changed_the_case(
    deaths: Deaths, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        case = deaths.case()
    assert row_of(deaths, case).sex == "male"
    ours = [one for one in callbacks if getattr(one, "func", None) is figures_signals._write]
    assert 1 <= len(ours) <= 2


@pytest.mark.parametrize("persona", SEES)
def test_those_of_the_figures_see_rows(deaths: Deaths, persona: str) -> None:
    case = deaths.case()
    figures.refresh(case)
    assert row_of(deaths, case, by=persona).sex == "male"


@pytest.mark.parametrize("persona", SEES_NOT)
def test_nobody_else_sees_a_row(deaths: Deaths, persona: str) -> None:
    figures.refresh(deaths.case())
    with deaths.acting(persona):
        assert not DeathRow.objects.exists()


def test_the_analyst_sees_rows_and_no_case(deaths: Deaths) -> None:
    case = deaths.case()
    figures.refresh(case)
    with deaths.acting("analyst"):
        assert DeathRow.objects.count() == 1
        assert not Case.objects.exists()
        assert not Review.objects.exists()
        assert not Address.objects.exists()
