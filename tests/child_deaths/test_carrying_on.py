"""What a final analysis found becomes lessons and actions in one step, and neither tells of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.actions.models import Action
from wholestory.child_deaths.models import Analysis, LearningPoint, Recommendation, Review
from wholestory.child_deaths.operations import analysis, promising
from wholestory.child_deaths.operations.analysis import Recommended
from wholestory.child_deaths.operations.review import ReviewRefused
from wholestory.child_deaths.queries import analysis_shown
from wholestory.learning import operations as lessons
from wholestory.learning.models import Lesson
from wholestory.partners.models import Agency
from wholestory.records.models import Link

Browse = Callable[[str], Client]
LEARNED = "Garden ponds are seldom fenced, and nobody asks about them."
SAID = {
    "learn_1": "on", "theme_1": "water", "audience_1": "everybody", "title_1": "Ask about ponds", "learned_1": LEARNED,
    "do_1": "on", "owner_1": "Director of nursing", "due_1-day": "1", "due_1-month": "9", "due_1-year": "2016",
}  # fmt: skip


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


@pytest.fixture
def found(reviews: Reviews) -> Review:
    """A final analysis with one learning point, one recommendation of an agency and one of nobody."""
    made = reviews.begun()
    reviews.drafted(made)
    reviews.stands(made, "reviewed")
    with reviews.deaths.acting() as actor:
        analysis.write_learning(actor=actor, review=made, text=LEARNED, now=NOW)
        health = Agency.objects.get(slug="health")
        for said in (
            Recommended("Health visitors ask about ponds", "local", health),
            Recommended("Tell the ministry", "national"),
        ):  # fmt: skip
            analysis.write_recommendation(actor=actor, review=made, said=said, now=NOW)
    return made


def test_one_step_makes_a_draft_lesson_and_an_action_and_asks_first(
    reviews: Reviews, found: Review, browse: Browse
) -> None:
    client, url = (
        browse("coordinator"),
        reverse("child_deaths:review_carry_on", args=[found.record.reference]),
    )
    assert client.get(url).status_code == 404  # not yet final
    reviews.final(found)
    page = client.get(url).content.decode()
    assert "Tell the ministry" in page  # no agency: it cannot be an action
    assert "Choose a theme" in client.post(url, {**SAID, "theme_1": "", "step": "check"}).content.decode()
    assert "Tick what is to become" in client.post(url, {"step": "check"}).content.decode()
    checked = client.post(url, {**SAID, "step": "check"}).content.decode()
    assert "Make these?" in checked
    with reviews.deaths.acting():
        assert not Lesson.objects.exists()
        assert not Link.objects.filter(source=found.record).exists()
    assert client.post(url, {**SAID, "step": "make"}).status_code == 302
    with reviews.deaths.acting():
        lesson = Lesson.objects.select_related("record").get()
        assert (lesson.state, lesson.theme, lesson.learned) == ("draft", "water", LEARNED)
        led_to = {link.target_id for link in Link.objects.filter(source=found.record)}
    with reviews.deaths.acting("business_manager"):
        action = Action.objects.get()
        assert action.due_on == date(2016, 9, 1)
        assert led_to == {lesson.record_id, action.record_id}
    # Done once: neither is offered again.
    assert "Everything has gone on already" in client.get(url).content.decode()
    shown = client.get(
        reverse("child_deaths:review_analysis", args=[found.record.reference])
    ).content.decode()
    assert f"Lesson {lesson.record.reference}, draft." in shown


def test_whoever_reads_the_lesson_learns_nothing_of_the_case(
    reviews: Reviews, found: Review, browse: Browse
) -> None:
    reviews.final(found)
    url = reverse("child_deaths:review_carry_on", args=[found.record.reference])
    browse("coordinator").post(url, {**SAID, "step": "make"})
    with reviews.deaths.acting() as actor:
        lesson = Lesson.objects.select_related("record__board").get()
        lessons.share_with_board(actor=actor, lesson=lesson)
        lessons.note_change(
            actor=actor, lesson=lesson, verdict="changed", words="Home visits ask about ponds.",
            evidence="The visit form has a question.", today=TODAY,
        )  # fmt: skip
        line = analysis_shown.shown(found, Analysis.objects.get(review=found)).learning[0]
        assert "Something changed" in line.beside
        assert "Home visits ask about ponds." in line.beside
    page = (
        browse("lay_member").get(reverse("learning:lesson", args=[lesson.record.reference])).content.decode()
    )
    assert "Home visits ask about ponds." in page
    for word in (found.record.reference, found.case.record.reference, "Rowan", "Ashby"):
        assert word not in page
    with reviews.deaths.acting("lay_member"):
        assert not Link.objects.filter(target=lesson.record).exists()


def test_a_lesson_that_names_the_child_is_not_made_and_nothing_else_is(
    reviews: Reviews, found: Review, browse: Browse
) -> None:
    reviews.final(found)
    url = reverse("child_deaths:review_carry_on", args=[found.record.reference])
    said = {**SAID, "learned_1": "Rowan Ashby fell into a pond.", "step": "make"}
    page = browse("coordinator").post(url, said).content.decode()
    assert "There is a problem" in page
    assert "Rowan Ashby fell into a pond." in page  # nothing typed is lost
    with reviews.deaths.acting():
        assert not Lesson.objects.exists()
        assert not Link.objects.filter(source=found.record).exists()


@pytest.mark.parametrize(
    "persona", ["designated_doctor", "panel_chair", "business_manager", "sister_coordinator"]
)
def test_nobody_but_the_coordinator_does_it(
    reviews: Reviews, found: Review, browse: Browse, persona: str
) -> None:
    reviews.final(found)
    url = reverse("child_deaths:review_carry_on", args=[found.record.reference])
    assert browse(persona).get(url).status_code == 404
    with reviews.deaths.acting(persona) as actor, pytest.raises((NotForYou, ReviewRefused)):
        promising.carry_on(actor=actor, review=found, learn=[], do=[], looked=True, today=TODAY)


def test_opened_again_the_lesson_stays_with_its_learning_point(
    reviews: Reviews, found: Review, browse: Browse
) -> None:
    reviews.final(found)
    url = reverse("child_deaths:review_carry_on", args=[found.record.reference])
    browse("coordinator").post(url, {**SAID, "step": "make"})
    fresh = reviews.reopened(found, "Late news")
    with reviews.deaths.acting():
        kept: Any = LearningPoint.objects.get(analysis=fresh)
        assert kept.lesson_id == Lesson.objects.get().record_id
        assert Recommendation.objects.filter(analysis=fresh, action__isnull=False).count() == 1
