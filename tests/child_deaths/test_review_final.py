"""Final is an act of its own and seals; opening again begins a new version and loses nothing (domain T8, T9)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.actions.models import Action
from wholestory.child_deaths.models import Analysis, Case, Factor, FamilyQuestion, Recommendation, Review
from wholestory.child_deaths.operations import analysis, closing, family, finalising, review
from wholestory.child_deaths.operations.analysis import Recommended
from wholestory.child_deaths.operations.promising import promise
from wholestory.child_deaths.operations.review import ReviewRefused
from wholestory.child_deaths.queries import analysis_shown
from wholestory.partners.models import Agency
from wholestory.pathways.models import StageChange, Standing
from wholestory.pathways.rules.stages import CannotMove, StillNeeded
from wholestory.records.models import Link


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


@pytest.fixture
def decided(reviews: Reviews) -> Review:
    """A review the panel has finished with; its analysis lacks nothing and is not final."""
    found = reviews.begun()
    reviews.drafted(found)
    reviews.stands(found, "reviewed")
    return found


def stage(found: Review) -> str:
    return Standing.objects.get(record=found.case.record_id).stage


def test_nothing_makes_it_final_but_the_act_itself(reviews: Reviews, decided: Review) -> None:
    with reviews.deaths.acting():
        assert Analysis.objects.get(review=decided).state == "draft"
    one = reviews.final(decided)
    assert (one.state, one.primary, one.final_on) == ("final", 3, TODAY)
    with reviews.deaths.acting():
        assert stage(decided) == "finalised"


def test_it_says_everything_that_is_missing(reviews: Reviews) -> None:
    found = reviews.begun()
    reviews.stands(found, "reviewed")
    with pytest.raises(ReviewRefused) as refused:
        reviews.final(found)
    for part in ("cause of death", "at least one category", "modifiable factors"):
        assert part in str(refused.value)


def test_it_is_not_final_before_the_panel_decided(reviews: Reviews) -> None:
    found = reviews.begun()
    reviews.drafted(found)
    reviews.stands(found, "listed")
    with pytest.raises(CannotMove):
        reviews.final(found)


@pytest.mark.parametrize(
    "persona", ["designated_doctor", "panel_chair", "panel_lay", "business_manager", "stranger"]
)
def test_only_the_coordinator_makes_it_final(reviews: Reviews, decided: Review, persona: str) -> None:
    with reviews.deaths.acting(persona) as actor, pytest.raises(NotForYou):
        finalising.finalise(actor=actor, review=decided, today=TODAY, now=reviews.deaths.now)


def test_a_final_analysis_is_sealed_by_the_database(reviews: Reviews, decided: Review) -> None:
    reviews.final(decided)

    def attempt(change: Any) -> None:
        with reviews.deaths.acting():
            ledger.line("child_deaths.analysis_written", decided.record)
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                change()

    attempt(lambda: Analysis.objects.filter(review=decided).update(cause="Something else"))
    attempt(
        lambda: Analysis.objects.filter(review=decided).update(state="draft", final_on=None, final_by=None)
    )
    attempt(lambda: Factor.objects.update(grade="1"))
    attempt(lambda: Factor.objects.all().delete())
    attempt(
        lambda: Recommendation.objects.create(
            analysis=Analysis.objects.get(review=decided), circle=decided.circle, office=decided.office, text="More",
            level="local",
        )
    )  # fmt: skip
    with reviews.deaths.acting() as actor, pytest.raises(ReviewRefused, match="is final"):
        review.answer(actor=actor, review=decided, said={"cause": "x"}, now=NOW)


def test_edge_case_14_the_inquest_years_later_opens_it_again_and_changes_the_category(
    reviews: Reviews, decided: Review
) -> None:
    reviews.final(decided)
    fresh = reviews.reopened(decided, "The inquest ended: an open conclusion became suicide")
    assert (fresh.version, fresh.state, fresh.categories) == (2, "draft", [3, 9])
    with reviews.deaths.acting() as actor:
        review.answer(actor=actor, review=decided, said={"coroner_category": 2}, now=NOW)
        analysis.classify(actor=actor, review=decided, selected=[2, 3], override=None, reason="", now=NOW)
    reviews.final(decided)
    with reviews.deaths.acting():
        kept = list(
            Analysis.objects.filter(review=decided).order_by("version").values_list("version", "primary")
        )
        assert kept == [(1, 3), (2, 2)]


def test_edge_case_22_late_information_makes_a_new_version_and_the_first_day_stays(
    reviews: Reviews, decided: Review
) -> None:
    with reviews.deaths.acting():
        ledger.line("child_deaths.panel_decided", decided.record)
        Review.objects.filter(pk=decided.pk).update(
            first_reviewed_on=date(2016, 3, 10), reviewed_on=date(2016, 3, 10)
        )
    reviews.final(decided)
    fresh = reviews.reopened(decided, "A genetics result came", by="designated_doctor")
    with reviews.deaths.acting() as actor:
        assert stage(decided) == "reviewed"
        assert Case.objects.get(pk=decided.case_id).reopened == 1
        change = StageChange.objects.get(record=decided.case.record_id, move="reopened")
        assert change.reason == "A genetics result came"
        # Every line of the first version is there again, and changing it leaves the first as it was.
        line = Factor.objects.get(analysis=fresh)
        reviews.factor(decided, actor=actor, text="Something more", code="")
        analysis.remove_line(actor=actor, review=decided, kind="factors", line=line.pk, now=NOW)
        first = Analysis.objects.get(review=decided, version=1)
        assert [one.text for one in first.factors.all()] == ["Garden pond without a fence"]
        ledger.line("child_deaths.panel_decided", decided.record)
        with pytest.raises(DatabaseError, match="never moves"), transaction.atomic():
            Review.objects.filter(pk=decided.pk).update(first_reviewed_on=TODAY, reviewed_on=TODAY)


def test_opening_again_needs_a_reason_and_a_final_version(reviews: Reviews, decided: Review) -> None:
    with pytest.raises(ReviewRefused, match="still a draft"):
        reviews.reopened(decided, "New")
    reviews.final(decided)
    with pytest.raises(ReviewRefused, match="Say why"):
        reviews.reopened(decided, " ")


def test_edge_case_11_a_version_keeps_the_form_it_was_begun_on(reviews: Reviews, decided: Review) -> None:
    # Begun on the form of 2015, which has grade 3; the case has gone over to the forms of 2018 since.
    with reviews.deaths.acting() as actor:
        reviews.factor(decided, actor=actor, grade="3")
    reviews.final(decided)
    with reviews.deaths.acting():
        ledger.line("child_deaths.forms_changed", decided.record)
        Case.objects.filter(pk=decided.case_id).update(form_set="2018")
    fresh = reviews.reopened(decided, "Read again years later")
    with reviews.deaths.acting():
        assert fresh.edition == "2015"
        assert sorted(Factor.objects.filter(analysis=fresh).values_list("grade", flat=True)) == ["2", "3"]
        assert set(Factor.objects.filter(analysis=fresh).values_list("domain", flat=True)) == {"family_2015"}


def test_a_recommendation_becomes_an_action_of_its_agency_and_tells_nothing_of_the_case(
    reviews: Reviews, decided: Review
) -> None:
    health = Agency.objects.get(slug="health")
    with reviews.deaths.acting() as actor:
        said = Recommended("Every pond in a public place has a fence", "local", health)
        line = analysis.write_recommendation(actor=actor, review=decided, said=said, now=NOW)
        unowned = analysis.write_recommendation(
            actor=actor, review=decided, said=Recommended("Tell the ministry", "national"), now=NOW
        )

    def promised(pk: Any, by: str = "coordinator") -> Action:
        with reviews.deaths.acting(by) as actor:
            return promise(
                actor=actor, review=decided, line=pk, owner_title="Director of nursing", due_on=date(2016, 9, 1),
                today=TODAY,
            )  # fmt: skip

    with pytest.raises(ReviewRefused, match="which agency"):
        promised(unowned.pk)
    for persona in ("designated_doctor", "panel_chair", "business_manager"):
        with pytest.raises(NotForYou):
            promised(line.pk, persona)
    action = promised(line.pk)
    with pytest.raises(ReviewRefused, match="already"):
        promised(line.pk)
    with reviews.deaths.acting():
        link = Link.objects.get(source=decided.record)
        assert (link.target_id, link.how) == (action.record_id, "led_to")
    with reviews.deaths.acting("business_manager"):
        seen = Action.objects.get()
        assert (seen.title, seen.due_on) == ("Every pond in a public place has a fence", date(2016, 9, 1))
        assert not Review.objects.exists()
        assert not Link.objects.filter(target=seen.record).exists()
    with reviews.deaths.acting("coordinator"):
        shown = analysis_shown.shown(decided, Analysis.objects.get(review=decided))
        assert next(one.action for one in shown.recommendations if one.action).endswith(
            "open, due 1 September 2016"
        )
    # Sealing the analysis does not part it from its action.
    reviews.final(decided)
    fresh = reviews.reopened(decided, "Late news")
    with reviews.deaths.acting():
        assert Recommendation.objects.get(analysis=fresh, action__isnull=False).action_id == action.record_id


def test_edge_case_31_a_case_closes_once_the_family_has_its_answers(
    reviews: Reviews, decided: Review
) -> None:
    reviews.final(decided)

    def close(go_on: bool = False) -> None:
        with reviews.deaths.acting() as actor:
            case = Case.objects.select_related("record__board").get(pk=decided.case_id)
            closing.close(actor=actor, case=case, actions_go_on=go_on, today=TODAY, now=reviews.deaths.now)

    with reviews.deaths.acting() as actor:
        case = Case.objects.select_related("record__board").get(pk=decided.case_id)
        record = family.begin(actor=actor, case=case, today=TODAY)
        question = FamilyQuestion.objects.create(
            family=record, circle=record.circle, office=record.office, text="Why was there no fence?", asked_on=TODAY,
            entered_by=actor,
        )  # fmt: skip
    with pytest.raises(StillNeeded, match="every question of the family"):
        close()
    with reviews.deaths.acting():
        ledger.line("child_deaths.family_question_closed", decided.record)
        FamilyQuestion.objects.filter(pk=question.pk).update(
            no_answer_because="Nobody owns the pond", closed_on=TODAY
        )
    close()
    with reviews.deaths.acting():
        assert stage(decided) == "closed"
    reviews.reopened(decided, "An owner was found")
    with reviews.deaths.acting():
        assert Case.objects.get(pk=decided.case_id).record.closed_on is None
