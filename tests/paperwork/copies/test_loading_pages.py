"""A copy is taken, filled in and loaded back through the form's pages."""

from typing import Any

import pytest

from tests.paperwork.conftest import Desk
from tests.paperwork.copies.conftest import Copies, filled_in_excel, filled_in_word, row_of
from tests.paperwork.test_sheet import COMPLETE
from wholestory.paperwork.definitions import Given, Nothing
from wholestory.paperwork.models import Answer, AnswerHistory, CopyLoad

pytestmark = pytest.mark.urls("tests.paperwork.site")


def of(checked: Any, what: str) -> list[str]:
    """The places of one kind on the check page."""
    return [str(one.place) for one in checked.context["compared"].found if one.what == what]


@pytest.fixture
def full(desk: Desk) -> Desk:
    desk.save("head", **COMPLETE)
    desk.save("head", visits=[4], visit_from__4="2016-01-10", next_step="=SUM(A1:A9)")
    return desk


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_copy_nobody_touched_changes_nothing(full: Desk, copies: Copies, ending: str):
    full.save("head", trained=Given(nothing=Nothing.NOT_KNOWN))
    checked = copies.send("head", f"copy.{ending}", copies.take("head", f"form.{ending}"))
    assert checked.context["compared"].counts() == {
        "same": len(checked.context["compared"].found), "new": 0, "changed": 0, "clash": 0, "emptied": 0, "refused": 0
    }  # fmt: skip
    assert "There is nothing to load" in checked.content.decode()


def test_every_kind_of_answer_is_filled_in_in_excel_and_loaded(full: Desk, copies: Copies):
    packed = filled_in_excel(
        copies.take("head", "form.xlsx"),
        has_lead="No", why_not="She left.\nA new lead starts in May.", score=("Not applicable", "No children here"),
        employed=1200, trained="Not known", courses="Basic\nOther", course_other="Local", commissioned="The board",
        visit_to__4="12/1/2016", followed_up__4="yes", visit_from__p1="3 February 2016", followed_up__p1="No",
    )  # fmt: skip
    checked = copies.send("head", "copy.xlsx", packed)
    assert of(checked, "refused") == []
    assert of(checked, "clash") == []
    before = full.filled()
    assert before.sheet.at(before.sheet.places[0]).value == "yes", "nothing changes before somebody says so"
    loaded = copies.apply("head", checked)
    assert "answers were loaded" in loaded.content.decode()
    assert full.value("has_lead") == "no"
    assert full.value("why_not") == "She left.\nA new lead starts in May."
    assert full.filled().sheet.at(next(p for p in full.filled().sheet.given if p.key == "score")) == Given(
        nothing=Nothing.NOT_APPLICABLE, reason="No children here"
    )
    assert full.value("employed") == "1200"
    assert full.value("courses") == ["basic", "other"]
    assert full.value("visit_to__4") == "2016-01-12"
    assert full.value("visits") == [4, 5]
    assert full.value("visit_from__5") == "2016-02-03"
    assert full.value("followed_up__5") == "no"
    assert full.value("next_step") == "=SUM(A1:A9)", "what looks like a formula came through as text"


def test_answers_typed_into_the_word_copy_are_loaded(full: Desk, copies: Copies):
    packed = filled_in_word(
        copies.take("head", "form.docx"), _1_2="It was her choice.", _2_1="12", _2_9_2_1="3/2/2016"
    )
    checked = copies.send("head", "copy.docx", packed)
    assert of(checked, "refused") == []
    copies.apply("head", checked)
    assert full.value("why_not") == "It was her choice."
    assert full.value("employed") == "12"
    assert full.value("visit_from__5") == "2016-02-03"


def test_a_blank_copy_knows_no_answers_and_overwrites_none(full: Desk, copies: Copies):
    for ending in ("xlsx", "docx"):
        assert b"Jo Ash" not in copies.take("head", f"blank.{ending}")
    packed = filled_in_excel(copies.take("head", "blank.xlsx"), employed="11", why_not="New words")
    checked = copies.send("head", "copy.xlsx", packed)
    assert of(checked, "new") == ["why_not"]
    assert of(checked, "clash") == ["employed"], (
        "somebody answered it, and whoever filled in the blank never saw that"
    )


def test_what_changed_on_both_sides_is_chosen_cell_by_cell(full: Desk, copies: Copies):
    full.save("head", why_not="First", more="One", next_step="Plan")
    packed = filled_in_excel(
        copies.take("head", "form.xlsx"),
        why_not="From the train",
        next_step="Ours",
        employed="99",
        score="1: Partly met",
    )
    full.save("head", why_not="From the office", next_step="Theirs", employed="50")
    checked = copies.send("head", "copy.xlsx", packed)
    assert of(checked, "clash") == ["why_not", "next_step", "employed"]
    assert of(checked, "changed") == ["score"]
    undecided = copies.apply("head", checked, **{"pick-why_not": "keep"})
    page = undecided.content.decode()
    assert "choose what to keep" in page
    assert full.value("score") == 2, "nothing is loaded while something is undecided"
    copies.apply(
        "head", checked,
        **{"pick-why_not": "together", "text-why_not": "Office and train"},
        **{"pick-next_step": "take", "pick-employed": "keep"},
    )  # fmt: skip
    assert full.value("why_not") == "Office and train"
    assert full.value("next_step") == "Ours"
    assert full.value("employed") == "50"
    assert full.value("score") == 1
    with full.acting("head"):
        kept = AnswerHistory.objects.filter(answer_set=full.form_set, key="why_not").order_by("revision")
        assert [row.value for row in kept] == ["First", "From the office", "Office and train"]


def test_what_only_changed_here_stays(full: Desk, copies: Copies):
    packed = copies.take("head", "form.xlsx")
    full.save("head", employed="50")
    checked = copies.send("head", "copy.xlsx", packed)
    assert of(checked, "clash") == []
    assert of(checked, "changed") == []


def test_an_emptied_cell_empties_only_when_somebody_says_so(full: Desk, copies: Copies):
    checked = copies.send(
        "head", "c.xlsx", filled_in_excel(copies.take("head", "form.xlsx"), employed=None, score="0")
    )
    assert of(checked, "emptied") == ["employed"]
    copies.apply("head", checked)
    assert full.value("employed") == "10"
    again = copies.send("head", "c.xlsx", filled_in_excel(copies.take("head", "form.xlsx"), employed=None))
    copies.apply("head", again, **{"pick-employed": "take"})
    assert full.value("employed") is None


def test_errors_name_the_cell(full: Desk, copies: Copies):
    packed = copies.take("head", "form.xlsx")
    packed = filled_in_excel(
        packed, score="Splendid", since="31 February 2016", next_step="=1+1", employed="9"
    )
    checked = copies.send("head", "copy.xlsx", packed)
    page = checked.content.decode()
    for place, words in (
        ("score", "Choose one of: 0: Not met; 1: Partly met; 2: Met"), ("since", "There is no such date"),
        ("next_step", "This cell holds a formula"),
    ):  # fmt: skip
        assert f"Answers!E{row_of(packed, place)}" in page
        assert words in page
    copies.apply("head", checked)
    assert full.value("employed") == "9", "the rest is loaded"
    assert full.value("score") == 2
    word = filled_in_word(copies.take("head", "form.docx"), _1_4="31 February 2016")
    # The first table holds 1.1 and 1.2; the second, "The lead", begins with its headings, then 1.3 and 1.4.
    assert "table 2, row 3 (question 1.4)" in copies.send("head", "copy.docx", word).content.decode()


def test_a_load_is_taken_back_as_one(full: Desk, copies: Copies):
    packed = filled_in_excel(
        copies.take("head", "form.xlsx"), employed="99", visit_from__p1="3 February 2016"
    )
    checked = copies.send("head", "copy.xlsx", packed)
    copies.apply("head", checked)
    assert full.value("visits") == [4, 5]
    assert "taken back" in copies.undo("head", checked).content.decode()
    assert full.value("employed") == "10"
    assert full.value("visits") == [4]
    with full.acting("head"):
        assert CopyLoad.objects.get().state == "undone"
        assert [h.value for h in AnswerHistory.objects.filter(key="employed").order_by("revision")] == [
            "10",
            "99",
            "10",
        ]


def test_a_load_is_not_taken_back_over_somebody_elses_change(full: Desk, copies: Copies):
    checked = copies.send(
        "head", "c.xlsx", filled_in_excel(copies.take("head", "form.xlsx"), employed="99", score="0")
    )
    copies.apply("head", checked)
    full.save("head", employed="42")
    answer = copies.undo("head", checked)
    assert answer.status_code == 409
    assert "“How many are employed?” changed after this copy was loaded" in answer.content.decode()
    assert full.value("score") == 0


def test_an_answer_that_changes_while_somebody_looks_is_looked_at_again(full: Desk, copies: Copies):
    checked = copies.send("head", "c.xlsx", filled_in_excel(copies.take("head", "form.xlsx"), employed="99"))
    full.save("head", employed="42")
    answer = copies.apply("head", checked)
    assert answer.status_code == 409
    assert "Somebody changed an answer while you were looking" in answer.content.decode()
    assert full.value("employed") == "42"


def test_the_load_is_kept_with_its_file_and_its_fingerprint(full: Desk, copies: Copies):
    import hashlib

    packed = filled_in_excel(copies.take("head", "form.xlsx"), employed="99")
    copies.apply("head", copies.send("head", "our copy.xlsx", packed))
    with full.acting("head"):
        load = CopyLoad.objects.get()
        assert load.sha256 == hashlib.sha256(packed).hexdigest()
        assert (load.file_name, load.loaded_by, load.on_behalf) == (
            "our copy.xlsx",
            full.person("head"),
            False,
        )
        assert load.counts["written"] == 1
        assert load.file_reference.startswith("FI-")
        assert Answer.objects.get(key="employed").saved_by == full.person("head")
    page = copies.browse("head").get(copies.base).content.decode()
    assert "from “our copy.xlsx” on" in page
