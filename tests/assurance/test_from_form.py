"""A form that comes as a workbook becomes a framework again, or it is said why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.paperwork.xlsform.books import read
from wholestory.assurance.definitions import shipped
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.definitions.framework import UNCHECKED, Framework
from wholestory.assurance.definitions.from_form import framework_from
from wholestory.paperwork.definitions import Form
from wholestory.paperwork.xlsform import read_workbook, write_workbook

HEAD = ("type", "name", "label", "hint")
RAG = (("rag", "g", "Green"), ("rag", "a", "Amber"), ("rag", "r", "Red"))


def plain(choices: tuple[tuple[str, ...], ...] = RAG, question: str = "select_one rag") -> Form:
    """Two groups of questions, as a board that uses another program has them. Invented."""
    form = read(
        [
            HEAD,
            ("begin_group", "leading", "Who leads", ""),
            ("note", "leading_intro", "Who answers for it.", ""),
            (question, "lead", "There is a named lead.", "With time for it."),
            ("text", "lead_comment", "Comments", ""),
            (question, "minutes", "The governors talk about it.", ""),
            ("end_group", "", "", ""),
            ("begin_group", "people", "People", ""),
            (question, "checks", "Everybody was checked.", ""),
            ("integer", "staff", "How many work here?", ""),
            ("end_group", "", "", ""),
        ],
        choices,
        [("form_title", "form_id", "version"), ("Example: invented", "sports_clubs", "2")],
    ).form
    assert form is not None
    return form


@pytest.mark.parametrize("framework", shipped(), ids=lambda one: f"{one.key}-{one.version}")
def test_a_framework_goes_out_as_a_workbook_and_comes_back(framework: Framework) -> None:
    content, _report = write_workbook(as_form(framework))
    form = read_workbook(content).form
    assert form is not None
    assert framework_from(form, source="", like=framework).framework is framework
    alone = framework_from(form, source="A workbook").framework
    assert alone is not None
    # What it asks is the same; what no form holds (critical items, what replaces what) is not there.
    assert as_form(alone) == form
    assert (alone.source, alone.checked) == ("A workbook", False)


def test_an_edited_workbook_keeps_what_no_form_holds_from_the_framework_it_was_made_from() -> None:
    before = next(each for each in shipped() if any(item.critical for item in each.items.values()))
    form = replace(as_form(before), title="Another title", version=before.version + 1)
    after = framework_from(form, source=before.source, like=before).framework
    assert after is not None
    assert (after.title, after.version, after.checked) == ("Another title", before.version + 1, False)
    assert after.items == before.items
    assert after.titles == before.titles


def test_a_plain_form_with_one_list_of_choices_is_a_framework() -> None:
    made = framework_from(plain(), source="Our quality group", edition="WT2015")
    framework = made.framework
    assert framework is not None
    assert (framework.key, framework.version, framework.title) == ("sports_clubs", 2, "Example: invented")
    assert (framework.scale.code, framework.compliant_from, framework.edition) == (
        "RAG3",
        "fully_met",
        "WT2015",
    )
    assert [(std.key, std.title, std.intro) for std in framework.standards] == [
        ("leading", "Who leads", "Who answers for it."), ("people", "People", ""),
    ]  # fmt: skip
    assert [item.text for item in framework.items.values()] == [
        "There is a named lead.", "The governors talk about it.", "Everybody was checked.",
    ]  # fmt: skip
    assert framework.items["lead"].guidance == "With time for it."
    assert len(framework.items["lead"].descriptors) == 3
    assert framework.status == UNCHECKED
    assert made.not_carried == ("“How many work here?” is not answered on the scale and was left out",)
    assert any("the usual sentences were put in" in line for line in made.filled_in)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ((("rag", "1", "Not met"), ("rag", "2", "Partially met"), ("rag", "3", "Met")), "MET3"),
        ((("rag", "not", "Not met"), ("rag", "part", "Partly met"), ("rag", "full", "Fully met")), "RAG3"),
        (tuple(("rag", str(n), str(n)) for n in range(4)), "INT0_3"),
        (tuple(("rag", str(n), str(n)) for n in range(5, 0, -1)), "INT1_5"),
        (tuple(("rag", str(n), str(n)) for n in range(11)), "SOS10"),
        ((("rag", "o", "Outstanding"), ("rag", "g", "Good"), ("rag", "ri", "Requires improvement"),
          ("rag", "i", "Inadequate")), "OFSTED4"),
        ((("rag", "red", "Red"), ("rag", "blue", "Blue"), ("rag", "amber", "Amber"), ("rag", "green", "Green")),
         "STAFF6"),
        ((("rag", "yes", "Yes"), ("rag", "no", "No")), "PLAIN"),
    ],
)  # fmt: skip
def test_the_scale_is_known_by_its_points_whichever_way_round(
    choices: tuple[tuple[str, ...], ...], code: str
) -> None:
    framework = framework_from(plain(choices), source="x").framework
    assert framework is not None
    assert framework.scale.code == code
    assert framework.scored == (code != "PLAIN")


def test_a_list_no_scale_has_is_told_with_the_scales_there_are() -> None:
    made = framework_from(
        plain((("rag", "1", "1"), ("rag", "2", "2"), ("rag", "3", "3"), ("rag", "4", "4"))), source=""
    )
    assert made.framework is None
    assert made.why_not[0] == (
        "No list of choices has the points of a scale that is known here. The lists: 1, 2, 3, 4."
    )
    assert "Inadequate to outstanding" in made.why_not[1]


def test_a_form_without_choices_is_no_framework() -> None:
    made = framework_from(plain(question="text"), source="")
    assert made.framework is None
    assert made.why_not == ("No question of this form is answered by choosing one from a list.",)


def test_keys_that_a_framework_would_use_twice_are_made_different() -> None:
    """An item called like its standard, one called like the words beside another, and one too long for an item."""
    long = "a" * 55
    form = read(
        [
            HEAD[:3],
            ("begin_group", "lead", "Lead"),
            ("select_one rag", "people", "A"),
            ("select_one rag", "people_said", "B"),
            ("select_one rag", long, "C"),
            ("end_group", "", ""),
            ("begin_group", "people", "People"),
            ("select_one rag", f"{long}b", "D"),
            ("end_group", "", ""),
        ],
        RAG,
    ).form
    assert form is not None
    framework = framework_from(form, source="x").framework
    assert framework is not None
    assert [item.text for item in framework.items.values()] == ["A", "B", "C", "D"]
    assert (
        len(as_form(framework).asked) == 4 * 5 + 2
    )  # five questions a line, and a place for files on each page
