"""The analysis form: what is kept, refused, and only pointed out. Expected values are of the domain page."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import Reviews
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.child_deaths.models import Analysis, Factor, LearningPoint, MinorityView, Review
from wholestory.child_deaths.operations import analysis, review
from wholestory.child_deaths.operations.analysis import FactorSaid
from wholestory.child_deaths.operations.review import NamesSomebody, ReviewRefused
from wholestory.child_deaths.queries import review as reads


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


def test_a_review_has_one_draft_on_the_forms_of_its_case(reviews: Reviews) -> None:
    found = reviews.begun()
    again = reviews.begun(found.case)
    assert again.pk == found.pk
    with reviews.deaths.acting():
        one = Analysis.objects.get(review=found)
        # The case was opened in March 2016, before the forms of 2018.
        assert (one.version, one.state, one.edition) == (1, "draft", "2015")
        assert found.record.reference.startswith("DP-")


@pytest.mark.parametrize("persona", ["coordinator", "designated_doctor"])
def test_who_runs_the_duty_drafts_it(reviews: Reviews, persona: str) -> None:
    found = reviews.begun()
    reviews.drafted(found, by=persona)
    with reviews.deaths.acting(persona):
        assert reads.sheet_of(Analysis.objects.get(review=found)).missing() == ()


@pytest.mark.parametrize(
    "persona",
    ["business_manager", "chair", "quality_officer", "administrator", "ig_lead", "lay_member", "police_member",
     "analyst", "panel_chair", "panel_police", "panel_health", "panel_lay", "sister_coordinator", "sister_manager",
     "head", "stranger"],
)  # fmt: skip
def test_nobody_else_sees_a_review_that_is_not_listed(reviews: Reviews, persona: str) -> None:
    found = reviews.begun()
    reviews.drafted(found)
    with reviews.deaths.acting(persona) as actor:
        for table in (Review, Analysis, Factor):
            assert not table.objects.exists()
        with pytest.raises(NotForYou):
            review.answer(actor=actor, review=found, said={"cause": "x"}, now=NOW)


def test_the_highest_category_in_the_list_is_primary(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        one = analysis.classify(
            actor=actor, review=found, selected=[9, 8, 3], override=None, reason="", now=NOW
        )
        assert (one.categories, one.primary, one.override) == ([3, 8, 9], 3, None)


def test_the_panel_may_say_otherwise_with_a_reason(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        with pytest.raises(ReviewRefused, match="Say why category 8 comes before category 3"):
            analysis.classify(actor=actor, review=found, selected=[3, 8], override=8, reason="", now=NOW)
        one = analysis.classify(
            actor=actor, review=found, selected=[3, 8], override=8, reason="The fall changed nothing", now=NOW
        )
        assert one.primary == 8
        with pytest.raises(ReviewRefused, match="must be one of those selected"):
            analysis.classify(actor=actor, review=found, selected=[3], override=8, reason="So", now=NOW)


def test_a_choice_that_is_the_rules_own_is_no_override(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        one = analysis.classify(actor=actor, review=found, selected=[3, 8], override=3, reason="", now=NOW)
        assert (one.primary, one.override) == (3, None)


def test_grade_3_is_taken_on_the_form_of_2015(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        assert reviews.factor(found, actor=actor, grade="3").grade == "3"


def test_grade_3_is_refused_on_the_current_form_by_the_page_and_by_the_database(reviews: Reviews) -> None:
    case = reviews.deaths.case()
    with reviews.deaths.acting():
        ledger.line("child_deaths.forms_changed", case.record)
        case.form_set = "2018"
        case.save(update_fields=["form_set"])
    found = reviews.begun(case)
    with reviews.deaths.acting() as actor:
        with pytest.raises(ReviewRefused, match="Grade 3 was taken out of the current form"):
            reviews.factor(found, actor=actor, grade="3")
        factor = reviews.factor(found, actor=actor, grade="2")
        factor.grade = "3"
        with pytest.raises(DatabaseError), transaction.atomic():
            factor.save()


def test_a_heading_of_the_other_form_is_refused(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor, pytest.raises(ReviewRefused, match="heading of this form"):
        reviews.factor(found, actor=actor, domain="C")


def test_each_factor_has_its_own_line_and_grade(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        one = reviews.factor(found, actor=actor)
        two = reviews.factor(
            found, actor=actor, domain="needs_2015", code="asthma", text="", grade="1", modifiable=None
        )
        said = FactorSaid("needs_2015", "2", "asthma", "Not well controlled", True)
        analysis.write_factor(actor=actor, review=found, said=said, now=NOW, line=two.pk)
        analysis.remove_line(actor=actor, review=found, kind="factors", line=one.pk, now=NOW)
        left = Factor.objects.get(analysis__review=found)
        assert (left.code, left.grade, left.text) == ("asthma", "2", "Not well controlled")
        with pytest.raises(ReviewRefused, match="removed meanwhile"):
            analysis.remove_line(actor=actor, review=found, kind="factors", line=one.pk, now=NOW)


def test_modifiable_without_a_factor_of_grade_2_warns_and_does_not_stop(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        review.answer(actor=actor, review=found, said={"modifiable": "identified"}, now=NOW)
        reviews.factor(found, actor=actor, grade="1")
        cautions = reads.sheet_of(reads.newest(found)).cautions()
        assert any("no factor is graded 2" in each for each in cautions)


def test_edge_case_21_differences_stay_beside_the_panels_category_with_the_minority(reviews: Reviews) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        analysis.classify(actor=actor, review=found, selected=[7], override=None, reason="", now=NOW)
        said = {"notified_category": 10, "certificate_category": 6, "coroner_category": 7}
        review.answer(actor=actor, review=found, said=said, now=NOW)
        analysis.write_view(
            actor=actor, review=found, role="Paediatrician", about="category", number=6, now=NOW,
            text="The condition was acquired.",
        )  # fmt: skip
        one = reads.newest(found)
        assert one.primary == 7  # nobody else's view changes what counts
        words = " ".join(reads.sheet_of(one).cautions())
        assert "Suspected at notification: 10" in words
        assert "On the certificate: 6" in words
        assert "Paediatrician, in the minority: 6" in words
        assert "Found by the coroner" not in words  # the coroner agreed
        assert "often differ between 6 and 7" in words  # known to be hard to tell apart
        assert MinorityView.objects.get().role == "Paediatrician"


@pytest.mark.parametrize(
    "text",
    ["Rowan was found in the pond", "His mother Lindsey saw it", "Told by Nurse Teal", "Born 2 May 2013",
     "NHS number 999 000 0018", "3 Invented Lane", "taken to Northmarsh General"],
)  # fmt: skip
def test_a_text_that_names_somebody_is_not_kept(reviews: Reviews, text: str) -> None:
    found = reviews.begun()
    with reviews.deaths.acting() as actor:
        with pytest.raises(NamesSomebody):
            review.answer(actor=actor, review=found, said={"story": text}, now=NOW)
        with pytest.raises(NamesSomebody):
            analysis.write_learning(actor=actor, review=found, text=text, now=NOW)
        assert reads.newest(found).story == ""
        assert not LearningPoint.objects.exists()


def test_what_may_be_chance_is_kept_once_somebody_has_looked(reviews: Reviews) -> None:
    found = reviews.begun()
    text = "Seen on 1 February 2016 by the health visitor"
    with reviews.deaths.acting() as actor:
        with pytest.raises(NamesSomebody) as refused:
            review.answer(actor=actor, review=found, said={"story": text}, now=NOW)
        assert refused.value.may_be_chance
        review.answer(actor=actor, review=found, said={"story": text}, now=NOW, looked=True)
        assert reads.newest(found).story == text
        with pytest.raises(NamesSomebody):
            # A name that is surely one is not kept however often somebody says that they looked.
            review.answer(actor=actor, review=found, said={"story": "Rowan"}, now=NOW, looked=True)
