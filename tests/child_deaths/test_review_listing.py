"""Listing lets the meeting's members in to the papers and nobody else; a conflict shuts them (domain 1.10, 7)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.access.models import Grant
from wholestory.child_deaths.models import (
    Analysis,
    Case,
    ChildName,
    ChildrenTogether,
    Kept,
    Pack,
    PackPart,
    PanelComment,
    Relative,
    Review,
)
from wholestory.child_deaths.operations import deciding, listing, pack
from wholestory.child_deaths.operations.review import ReviewRefused
from wholestory.meetings.models import Item
from wholestory.meetings.operations import NotYetDeclared
from wholestory.partners.models import Person
from wholestory.pathways.models import Standing

#: What holds names, or may: nothing of it is for a panel.
OF_THE_CASE = (Case, ChildName, Relative, PackPart, Kept)


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


@pytest.mark.parametrize("persona", PANEL)
def test_members_see_papers_and_analysis_of_a_listed_case_and_nothing_of_the_case(
    reviews: Reviews, persona: str
) -> None:
    ready = reviews.ready()
    with reviews.deaths.acting(persona):
        assert not Review.objects.exists()
    item = reviews.listed(ready)
    with reviews.deaths.acting(persona):
        assert Review.objects.get() == ready
        assert Pack.objects.exists()
        assert Analysis.objects.exists()
        assert Item.objects.get() == item
        assert item.title == "A child, 1 to 4 years"
        for table in OF_THE_CASE:
            assert not table.objects.exists()


@pytest.mark.parametrize(
    "persona",
    ["business_manager", "chair", "quality_officer", "administrator", "ig_lead", "lay_member", "police_member",
     "health_member", "analyst", "sister_coordinator", "sister_manager", "head", "stranger"],
)  # fmt: skip
def test_listing_lets_nobody_else_in(reviews: Reviews, persona: str) -> None:
    reviews.listed()
    with reviews.deaths.acting(persona):
        for table in (Review, Pack, Analysis, Item, *OF_THE_CASE):
            assert not table.objects.exists()


def test_the_papers_shut_ninety_days_after_the_meeting_unless_the_panel_says_otherwise(
    reviews: Reviews,
) -> None:
    # 14 March and 90 days is 12 June: 17 days left in March, 30 in April, 31 in May make 78.
    item = reviews.listed()
    with reviews.deaths.acting():
        assert set(Grant.objects.filter(circle=item.circle).values_list("ends_on", flat=True)) == {
            date(2016, 6, 12)
        }
        reviews.deaths.panel.settings = {"papers_open_days": 30}
        reviews.deaths.panel.save()
        again = Review.objects.get()
        listing.let_members_in(
            actor=reviews.deaths.world.people["coordinator"], review_=again, item=item, today=TODAY,
            now=reviews.deaths.now,
        )  # fmt: skip
        standing = Grant.objects.filter(circle=item.circle, withdrawn_at=None)
        assert set(standing.values_list("ends_on", flat=True)) == {date(2016, 4, 13)}
        assert standing.count() == len(PANEL)


def test_taking_it_off_shuts_the_papers_at_once(reviews: Reviews) -> None:
    item = reviews.listed()
    with reviews.deaths.acting() as actor:
        found = Review.objects.get()
        listing.take_off(actor=actor, review_=found, because="Too full", today=TODAY, now=reviews.deaths.now)
        assert Standing.objects.get(record=found.case.record_id).stage == "ready"
    with reviews.deaths.acting("panel_police"):
        assert not Review.objects.exists()
        assert not Item.objects.filter(pk=item.pk).exists()


def test_edge_case_23_a_declared_conflict_shuts_papers_item_and_everything_for_that_member_alone(
    reviews: Reviews,
) -> None:
    item = reviews.listed()
    reviews.declared("panel_health", item, "withheld", "I looked after this child")
    with reviews.deaths.acting("panel_health"):
        for table in (Review, Pack, Analysis, Item, PanelComment, *OF_THE_CASE):
            assert not table.objects.exists()
        assert not Standing.objects.exists()
    with reviews.deaths.acting("panel_police"):
        assert Review.objects.exists()
    # Listing it again later does not let them in again.
    with reviews.deaths.acting() as actor:
        found = Review.objects.get()
        listing.take_off(actor=actor, review_=found, because="Later", today=TODAY, now=reviews.deaths.now)
    reviews.listed(found, reviews.meeting(date(2016, 4, 11)))
    with reviews.deaths.acting("panel_health"):
        assert not Review.objects.exists()


def test_a_member_declares_before_they_say_anything(reviews: Reviews) -> None:
    item = reviews.listed()
    with reviews.deaths.acting("panel_police") as actor:
        found = Review.objects.get()
        with pytest.raises(NotYetDeclared):
            deciding.comment(actor=actor, review=found, words="A fence?", now=reviews.deaths.now)
    reviews.declared("panel_police", item)
    with reviews.deaths.acting("panel_police") as actor:
        deciding.comment(actor=actor, review=found, words="A fence?", now=reviews.deaths.now)
    with reviews.deaths.acting("panel_chair"):
        assert PanelComment.objects.get().words == "A fence?"


def test_edge_case_28_a_member_with_a_relatives_name_is_refused_until_somebody_has_made_sure(
    reviews: Reviews,
) -> None:
    ready = reviews.ready()
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", ready.case.record)
        Relative.objects.create(
            child=ready.case.child, relation="uncle", name="Mr Gil Standish", circle=ready.case.circle,
            office=ready.case.office,
        )  # fmt: skip
    item = reviews.listed(ready)
    with reviews.deaths.acting("panel_police"):
        assert not Review.objects.exists()
    with reviews.deaths.acting("panel_lay"):
        assert Review.objects.exists()
    person = Person.objects.get(full_name="Gil Standish")
    with reviews.deaths.acting() as actor:
        with pytest.raises(ReviewRefused, match="made sure"):
            listing.lift_relative(
                actor=actor, review_=ready, person=person, made_sure=False, now=reviews.deaths.now
            )
        listing.lift_relative(
            actor=actor, review_=ready, person=person, made_sure=True, now=reviews.deaths.now
        )
        listing.let_members_in(actor=actor, review_=ready, item=item, today=TODAY, now=reviews.deaths.now)
    with reviews.deaths.acting("panel_police"):
        assert Review.objects.exists()


def test_edge_case_28_a_colleague_with_a_relatives_name_is_kept_out_of_case_and_review(
    reviews: Reviews,
) -> None:
    case = reviews.deaths.case(mother_name="Imre Kestle")
    with reviews.deaths.acting("designated_doctor"):
        assert Case.objects.filter(pk=case.pk).exists()
    found = reviews.begun(case)
    with reviews.deaths.acting("designated_doctor"):
        for table in (Case, ChildName, Relative, Review, Analysis):
            assert not table.objects.exists()
    doctor = Person.objects.get(full_name="Dr Imre Kestle")
    with reviews.deaths.acting() as actor:
        listing.lift_relative(
            actor=actor, review_=found, person=doctor, made_sure=True, now=reviews.deaths.now
        )
    with reviews.deaths.acting("designated_doctor"):
        assert Case.objects.filter(pk=case.pk).exists()
        assert Review.objects.exists()


def test_edge_case_20_a_case_reviewed_elsewhere_is_not_taken_by_a_regional_meeting(reviews: Reviews) -> None:
    ready = reviews.ready()
    with reviews.deaths.acting():
        ledger.line("child_deaths.reviewed_elsewhere", ready.record)
        ready.elsewhere_by, ready.elsewhere_on = "Farhaven Child Death Overview Panel", date(2015, 6, 2)
        ready.save()
    regional = reviews.meeting(kind="regional")
    with pytest.raises(
        ReviewRefused, match="reviewed before by Farhaven Child Death Overview Panel on 2 June 2015"
    ):
        reviews.listed(ready, regional)
    themed = reviews.meeting(kind="themed")
    assert reviews.listed(ready, themed).meeting == themed


def test_edge_case_16_siblings_have_a_review_each_and_one_says_nothing_of_the_other(reviews: Reviews) -> None:
    one = reviews.ready()
    other = reviews.begun(forenames="Wren", nhs_number=None, born_on="2014-08-01")
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", one.case.record)
        ChildrenTogether.objects.create(
            one=one.case.child,
            other=other.case.child,
            how="sibling",
            circle=one.case.circle,
            office=one.case.office,
        )
    reviews.listed(one)
    with reviews.deaths.acting("panel_chair"):
        assert list(Review.objects.all()) == [one]
        assert not ChildrenTogether.objects.exists()
    assert one.record_id != other.record_id


def test_only_the_coordinator_lists_and_only_with_papers_released(reviews: Reviews) -> None:
    found = reviews.begun()
    reviews.drafted(found)
    reviews.stands(found, "ready")
    meeting = reviews.meeting()
    with pytest.raises(ReviewRefused, match="Release the anonymised papers"):
        reviews.listed(found, meeting)
    reviews.released(found)
    for persona in ("designated_doctor", "panel_chair", "business_manager"):
        with reviews.deaths.acting(persona) as actor, pytest.raises(NotForYou):
            listing.list_for(actor=actor, review_=found, meeting=meeting, today=TODAY, now=reviews.deaths.now)


def test_a_name_that_came_to_light_since_stops_the_listing(reviews: Reviews) -> None:
    ready = reviews.ready()
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", ready.case.record)
        # The papers say "collapsed at home in the evening": now a nurse is known who is called Evening.
        ChildName.objects.create(
            child=ready.case.child, surname="Collapsed", folded="collapsed", circle=ready.case.circle,
            office=ready.case.office,
        )  # fmt: skip
    with pytest.raises(ReviewRefused, match="come to light"):
        reviews.listed(ready)


def test_papers_say_an_age_and_a_district_and_leave_out_what_names_somebody(reviews: Reviews) -> None:
    words = "Rowan Ashby collapsed. Nurse Teal called Northmarsh General. See 3 Invented Lane, ZZ99 3WZ."
    told = reviews.deaths.told(circumstances=words)
    found = reviews.begun(reviews.deaths.case(told))
    with reviews.deaths.acting() as actor:
        pack.generate(actor=actor, review=found, now=NOW)
        with pytest.raises(ReviewRefused, match="may still name somebody"):
            pack.release(actor=actor, review=found, was_read=True, now=NOW)
    made = reviews.released(found)
    facts = dict(made.facts)
    # Born 2 May 2013, died 12 March 2016: two completed years and ten months.
    assert facts["Age at death"] == "2 years"
    words = f"{made.facts} {made.parts}"
    for secret in (
        "Rowan",
        "Ashby",
        "Teal",
        "Invented Lane",
        "ZZ99",
        "2013",
        "Northmarsh General",
        "9990000018",
    ):
        assert secret not in words
    assert "[the child]" in words


def test_words_that_name_nobody_stay_with_their_reason(reviews: Reviews) -> None:
    found = reviews.begun(circumstances="Found under a rowan tree, a Rowan of great age.")
    with reviews.deaths.acting() as actor:
        pack.generate(actor=actor, review=found, now=NOW)
        with pytest.raises(ReviewRefused, match="Say why"):
            pack.keep(actor=actor, review=found, what="child_name", words="Rowan", reason="", today=TODAY)
        pack.keep(actor=actor, review=found, what="child_name", words="Rowan", reason="A tree", today=TODAY)
        made = pack.release(actor=actor, review=found, was_read=True, now=NOW)
        assert "a Rowan of great age" in str(made.parts)


def test_papers_taken_back_are_read_by_nobody_of_the_panel(reviews: Reviews) -> None:
    ready = reviews.ready()
    reviews.listed(ready)
    with reviews.deaths.acting() as actor:
        pack.withdraw(actor=actor, review=ready, because="A wrong attachment", now=NOW)
        listing.shut(actor=actor, review_=ready, now=reviews.deaths.now)
    with reviews.deaths.acting("panel_chair"):
        assert not Pack.objects.exists()
