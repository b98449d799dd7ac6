"""What applies, what is missing, what is wrong, how far along: worked out from a form and its answers alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given as any_of
from hypothesis import strategies as st

from tests.paperwork.kitchen_sink import KITCHEN_SINK, LAST, LEADERSHIP, STAFF
from tests.paperwork.made_up import forms
from wholestory.paperwork.definitions import BLANK, Given, Nothing, Place, Repeat, Sheet
from wholestory.paperwork.sealing import content_hash

ON = date(2016, 3, 14)


def sheet(given: Mapping[str, Any]) -> Sheet:
    """A kitchen-sink sheet from plain values; a Given stands for itself."""
    return Sheet(
        KITCHEN_SINK,
        {Place.of(key): value if isinstance(value, Given) else Given(value) for key, value in given.items()},
    )


def messages(of: Sheet) -> set[tuple[str, str]]:
    return {(str(problem.place), problem.message) for problem in of.problems(ON)}


COMPLETE = {
    "has_lead": "yes",
    "lead": {"id": "", "name": "Jo Ash"},
    "since": "2014-09~",
    "score": 2,
    "employed": "10",
    "trained": "8",
    "untrained": "2",
    "courses": ["basic"],
    "commissioned": "us",
}


def test_a_complete_form_has_no_problems():
    assert sheet(COMPLETE).problems(ON) == ()
    assert sheet(COMPLETE).progress(today=ON).state == "complete"


def test_an_empty_form_asks_for_what_is_required_and_nothing_more():
    blank = {place for place, message in messages(sheet({})) if message == "Answer this question"}
    assert blank == {"has_lead", "score", "employed", "trained"}
    assert sheet({}).progress(today=ON).state == "not_started"


def test_what_does_not_apply_is_kept_and_takes_no_part():
    changed = sheet({**COMPLETE, "has_lead": "no", "why_not": "She left"})
    assert changed.at(Place("lead")).value
    assert changed.standing(Place("lead")) == BLANK
    assert not changed.applies(Place("since"))
    assert changed.applies(Place("why_not"))


def test_a_question_hidden_behind_a_hidden_question_is_hidden():
    behind = sheet({"courses": ["other"], "course_other": "Local", "commissioned": "us"})
    assert behind.applies(Place("course_other"))
    assert not behind.applies(Place("by_whom"))
    assert sheet({"courses": ["other"], "commissioned": "board"}).applies(Place("by_whom"))
    assert not sheet({"courses": ["other"]}).applies(Place("by_whom")), "is not: only once it is answered"


def test_the_opposite_of_a_condition_holds_for_a_blank_and_for_not_applicable():
    assert sheet({}).applies(Place("next_step"))
    assert sheet({"score": Given(nothing=Nothing.NOT_APPLICABLE, reason="x")}).applies(Place("next_step"))
    assert not sheet({"score": 2}).applies(Place("next_step"))


def test_repeating_groups_ask_their_questions_for_each_item():
    visits = sheet(
        {
            **COMPLETE,
            "visits": [2, 5],
            "visit_from.2": "2016-01-10",
            "visit_to.2": "2016-01-09",
            "followed_up.2": "yes",
            "visit_from.5": "2016-02",
            "visit_to.5": "2016-02-01",
            "followed_up.5": "no",
            "visit_from.1": "2015-01-01",
            "declared": "yes",
        }
    )
    assert [str(place) for place in visits.places_of(STAFF)][-7:] == [
        "visit_from.2", "visit_to.2", "followed_up.2", "follow_up.2", "visit_from.5", "visit_to.5", "followed_up.5",
    ]  # fmt: skip
    assert messages(visits) == {
        ("visit_to.2", "A visit cannot end before it begins"),
        ("follow_up.2", "Answer this question"),
        ("visit_from.5", "The date must include a day"),
    }
    assert not visits.applies(Place("visit_from", 1)), "an item taken away keeps its answers and asks nothing"
    assert visits.page_applies(LAST)


def test_checks_between_answers():
    too_many = sheet({**COMPLETE, "trained": "11"})
    assert ("trained", "More people are trained than employed") in messages(too_many)
    assert ("employed", "The two do not add up to all") in messages(too_many)
    assert messages(sheet({**COMPLETE, "untrained": BLANK})) == {
        ("untrained", "Say how many are not trained")
    }
    neither = sheet({**COMPLETE, "courses": BLANK, "commissioned": BLANK})
    assert messages(neither) == {("courses", "Say something about courses")}
    declined = sheet({**COMPLETE, "untrained": Given(nothing=Nothing.DECLINED)})
    assert messages(declined) == set()


def test_progress_keeps_the_kinds_of_nothing_apart():
    progress = sheet(
        {
            "employed": "10",
            "trained": Given(nothing=Nothing.NOT_KNOWN),
            "untrained": Given(nothing=Nothing.DECLINED),
            "courses": Given(["basic"], to_confirm=True),
            "visits": Given(nothing=Nothing.NOT_APPLICABLE),
        }
    ).progress(STAFF, today=ON)
    assert progress.answered == 1
    assert progress.nothing == {Nothing.NOT_KNOWN: 1, Nothing.DECLINED: 1, Nothing.NOT_APPLICABLE: 1}
    assert (progress.to_confirm, progress.blank, progress.blank_required) == (1, 2, 0)
    assert progress.applicable == 7
    assert progress.state == "in_progress"


def test_an_answer_carried_forward_is_a_problem_until_it_is_confirmed():
    carried = sheet({**COMPLETE, "has_lead": Given("yes", to_confirm=True)})
    assert messages(carried) == {("has_lead", "Say whether this is still true")}
    assert carried.progress(LEADERSHIP, today=ON).state == "in_progress"


def test_what_could_not_be_read_is_a_problem_once():
    assert messages(sheet({**COMPLETE, "employed": Given(typed="ten")})) == {
        ("employed", "Enter a number, such as 12"),
    }


def test_the_content_hash_is_about_what_is_said_and_nothing_else():
    said = content_hash(sheet(COMPLETE), "s")
    backwards = dict(reversed(COMPLETE.items()))
    assert content_hash(sheet(backwards), "s") == said
    assert content_hash(sheet({**COMPLETE, "why_not": "kept, but not asked now"}), "s") == said
    assert content_hash(sheet({**COMPLETE, "score": Given(2, to_confirm=True)}), "s") == said
    assert content_hash(sheet({**COMPLETE, "score": 1}), "s") != said
    assert content_hash(sheet({**COMPLETE, "next_step": Given(nothing=Nothing.NOT_KNOWN)}), "s") == said, (
        "not asked"
    )
    assert content_hash(sheet({**COMPLETE, "reviewed_on": Given(nothing=Nothing.NOT_KNOWN)}), "s") != said
    assert content_hash(sheet(COMPLETE), "other") != said


@any_of(forms(), st.data())
def test_the_sums_of_progress_always_add_up(form: Any, data: st.DataObject):
    given = {}
    for key, asked in form.asked.items():
        values = [None, "yes", "no", 0, "2016-03-01", ["v0"], "12"]
        value = data.draw(
            st.sampled_from(values if not isinstance(asked.question, Repeat) else [None, [1], [1, 3]])
        )
        nothing = data.draw(st.none() | st.sampled_from(Nothing))
        try:
            value = asked.question.understand(value)
        except ValueError:
            value = None
        given[Place(key, data.draw(st.sampled_from([1, 3])) if asked.inside else 0)] = Given(value, nothing)
    whole = Sheet(form, given)
    for progress in [whole.progress(today=ON), *whole.progress_by_page(ON).values()]:
        said = progress.answered + sum(progress.nothing.values()) + progress.to_confirm
        assert progress.applicable == said + progress.blank
        assert progress.blank_required <= progress.blank
        if progress.state == "complete":
            assert not progress.problems
    pages = whole.progress_by_page(ON).values()
    assert sum(page.applicable for page in pages) == whole.progress(today=ON).applicable
    assert len(content_hash(whole, "s")) == 64
