"""Filled-in forms beside one another. Everybody here is invented."""

from datetime import date

from wholestory.child_deaths.definitions import ALL, report_form, topic_form
from wholestory.child_deaths.definitions.about_harm import RESTRICTED
from wholestory.child_deaths.definitions.side_by_side import IDENTIFYING, Filled, lay, shape_of, shapes
from wholestory.child_deaths.rules.composite import Shape, Standing
from wholestory.child_deaths.rules.factors import Domain
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.child_deaths.rules.regimes import FormSet
from wholestory.paperwork.definitions import Given, Nothing, Place
from wholestory.paperwork.form import walk

B_2015 = report_form(FormSet.FORMS_2015, date(2016, 3, 14))
R_2021 = report_form(FormSet.CURRENT, date(2021, 4, 1))
R_2022 = report_form(FormSet.CURRENT, date(2022, 4, 1))


def filled(source, form, **said):
    given = {}
    for at, value in said.items():
        key, _, item = at.partition("__")
        given[Place(key, int(item or 0))] = value if isinstance(value, Given) else Given(value)
    return Filled(source, form, given)


def rows(parts):
    return {row.key: row for part in parts for row in part.rows}


def test_each_agencys_answer_with_its_source_and_the_conflict():
    parts = lay(
        [
            filled("GP", B_2015, holds_child="yes", birthweight="3200", mode_of_death="found"),
            filled("Hospital", B_2015, holds_child="yes", birthweight="3200.0", mode_of_death="witnessed"),
            filled("School", B_2015, holds_child="no"),
        ]
    )
    found = rows(parts)
    assert found["birthweight"].composite.standing is Standing.AGREED
    assert found["birthweight"].composite.sources == ("GP", "Hospital")
    assert found["mode_of_death"].composite.standing is Standing.CONFLICT
    assert [each.words for each in found["mode_of_death"].composite.versions] == [
        "Found dead or collapsed",
        "Collapse or event that somebody saw",
    ]
    assert found["growth"].composite.blank_from == ("GP", "Hospital")


def test_edge_case_26_what_was_not_asked_is_not_a_blank():
    (part,) = [each for each in lay([filled("School", B_2015, holds_child="no")]) if each.page_key == "child"]
    assert {row.composite.standing for row in part.rows} == {Standing.NOT_ASKED}


def test_edge_case_26_not_known_is_kept():
    found = rows(lay([filled("GP", B_2015, holds_child="yes", birthweight=Given(nothing=Nothing.NOT_KNOWN))]))
    assert found["birthweight"].composite.standing is Standing.NOT_KNOWN
    assert found["birthweight"].composite.not_known_by == ("GP",)


def test_edge_case_11_forms_of_two_sets_meet_by_key_and_withdrawn_answers_stay():
    parts = lay(
        [
            filled("GP", R_2022, holds_services="yes", bereavement_support="yes"),
            filled("Hospice", R_2021, holds_services="yes", support_after="A visit each week"),
            filled("Midwife", B_2015, holds_child="yes", birthweight="2900"),
            filled("Ward", R_2022, holds_child="yes", birthweight="2900"),
        ]
    )
    found = rows(parts)
    assert found["birthweight"].composite.sources == ("Midwife", "Ward")
    assert found["support_after"].withdrawn
    assert found["support_after"].composite.versions[0].words == "A visit each week"
    assert not found["bereavement_support"].withdrawn


def test_an_answer_under_a_key_no_form_knows_is_shown_and_not_dropped():
    parts = lay([filled("GP", B_2015, asked_in_2009="yes")])
    assert parts[-1].title == "Asked on earlier forms"
    assert rows(parts)["asked_in_2009"].composite.versions[0].sources == ("GP",)


def test_a_supplementary_form_meets_the_report_in_the_same_question():
    neonatal = topic_form(Topic.NEONATAL, FormSet.CURRENT, date(2022, 4, 1))
    found = rows(
        lay(
            [
                filled("Midwife", R_2022, holds_child="yes", gestation_weeks="26"),
                filled("Unit", neonatal, gestation_weeks="27"),
            ]
        )
    )
    assert found["gestation_weeks"].composite.standing is Standing.CONFLICT


def test_items_of_a_group_keep_their_places():
    form = report_form(FormSet.FORMS_2015, date(2016, 3, 14))
    found = rows(
        lay(
            [
                filled(
                    "GP", form, holds_home="yes", children_of_household=[1, 2], sibling_words__1="Well",
                    sibling_words__2="Asthma",
                )
            ]
        )
    )  # fmt: skip
    assert [each.value for each in found["sibling_words"].composite.versions] == ["Well", "Asthma"]


def test_anonymised_papers_leave_out_whoever_and_wherever():
    said = {"forenames": "Rowan", "surname": "Test", "mode_of_death": "found",
            "reporter_name": "Dr A", "holds_home": "yes", "children_of_household": [1], "sibling_name__1": "Ash",
            "sibling_words__1": "Well"}  # fmt: skip
    found = rows(lay([filled("GP", B_2015, **said)], with_identity=False))
    assert not IDENTIFYING & set(found)
    assert {"mode_of_death", "sibling_words"} <= set(found)
    assert "forenames" in rows(lay([filled("GP", B_2015, **said)]))


def test_parts_know_under_which_heading_of_the_analysis_they_are_looked_at():
    by_page = {part.page_key: part for part in lay([filled("GP", R_2022, holds_child="yes")])}
    assert Domain.A in by_page["child"].domains
    assert Domain.C in by_page["physical"].domains
    assert Domain.D in by_page["services"].domains
    assert by_page["summary"].domains == ()


def test_restricted_answers_are_marked():
    form = topic_form(Topic.SUICIDE, FormSet.CURRENT, date(2022, 4, 1))
    found = rows(lay([filled("School", form, identity_worries="yes", note_left="no")]))
    assert found["identity_worries"].restricted
    assert not found["note_left"].restricted
    every = {each.question.key for each_form in ALL for each in walk(each_form)}
    assert every >= RESTRICTED
    assert every >= IDENTIFYING


def test_every_question_has_a_way_to_be_compared():
    held = shapes(ALL)
    assert held["born_on"] is Shape.DATE
    assert held["birthweight"] is Shape.NUMBER
    assert held["circumstances"] is Shape.NARRATIVE
    assert held["events"] is Shape.LIST
    assert held["school" if "school" in held else "education"] is Shape.WORDS
    assert shape_of(B_2015.question("nhs_number")) is Shape.EXACT
