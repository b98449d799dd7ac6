"""The shipped frameworks, the forms made from them, and the way between two versions."""

import re
from dataclasses import replace
from datetime import date

import pytest

from wholestory.assurance.definitions import (
    NoSuchFramework,
    form_of,
    framework_called,
    module_form,
    modules,
    newest,
    shipped,
)
from wholestory.assurance.definitions.as_form import (
    as_form,
    files_key,
    item_keys,
    stored_score,
)
from wholestory.assurance.definitions.comparing import Kind, Mapped, carried_keys, mapping
from wholestory.assurance.definitions.framework import UNCHECKED
from wholestory.assurance.definitions.reading import HERE
from wholestory.assurance.rules.reminders import REQUIRED_BY_LAW
from wholestory.assurance.rules.scales import MET3
from wholestory.paperwork import lock, registry
from wholestory.paperwork.definitions import (
    Choice,
    Given,
    LongText,
    Nothing,
    Place,
    Scale,
    Sheet,
    from_json,
    to_json,
)

TODAY = date(2016, 3, 14)
WT2013 = framework_called("section_11_wt2013")
WT2015 = framework_called("section_11_wt2015")
WT2023 = framework_called("section_11_wt2023")
SHORT = framework_called("short_self_assessment")
EVERY = pytest.mark.parametrize("framework", shipped(), ids=lambda each: f"{each.key}-{each.version}")
SCORED = pytest.mark.parametrize(
    "framework", [each for each in shipped() if each.scored], ids=lambda each: f"{each.key}-{each.version}"
)


def test_the_shipped_frameworks():
    assert {(each.key, each.edition, len(each.standards), len(each.items)) for each in newest()} == {
        ("section_11_eight_standards", "", 8, 43),
        ("section_11_wt2013", "WT2013", 8, 37),
        ("section_11_wt2015", "WT2015", 9, 40),
        ("section_11_wt2018", "WT2018", 11, 43),
        ("section_11_wt2023", "WT2023", 11, 43),
        ("schools_and_colleges", "", 10, 38),
        ("light_check", "", 1, 12),
        ("short_self_assessment", "", 4, 10),
    }
    assert [standard.key for standard in WT2015.standards] == [f"b{n}" for n in range(1, 10)]


def test_a_framework_is_found_by_key_and_version():
    assert framework_called("section_11_wt2015", 2) is WT2015
    assert framework_called("section_11_wt2015", 1).version == 1
    for key, version in [("section_12", None), ("section_11_wt2015", 99)]:
        with pytest.raises(NoSuchFramework):
            framework_called(key, version)


@SCORED
def test_it_says_what_counts_as_compliant_and_that_nobody_checked_it(framework):
    assert framework.compliant.label == "Compliant means 2 or 3."
    assert not framework.checked
    assert framework.status == UNCHECKED
    form = as_form(framework)
    assert "Compliant means 2 or 3." in form.intro
    assert UNCHECKED in form.intro
    assert replace(framework, checked=True).status == ""
    assert UNCHECKED not in as_form(replace(framework, checked=True)).intro


@pytest.mark.parametrize("duty", ["s175", "s157", "nmss", "s40_childcare", "contract", "voluntary", "other"])
@EVERY
def test_only_those_under_section_11_ever_read_the_words(framework, duty):
    """The title, the reason, and every word of the form, which is the same for all."""
    said = [framework.title_for(duty), framework.why_asked(duty), str(to_json(as_form(framework))["form"])]
    forbidden = re.compile(r"section 11(?!_)|statutory|LSCB", re.IGNORECASE)
    assert not [text for text in said if forbidden.search(text.replace("section_11", ""))]


def test_titles_come_from_the_duty():
    assert WT2015.title_for("s11") == "Section 11 self-audit"
    assert WT2015.title_for("s157") == "Safeguarding self-assessment asked of every organisation"
    assert WT2015.title_for("voluntary") == "Safeguarding self-assessment"
    assert SHORT.title_for("s11") == "Ten questions on keeping children safe"


def test_every_duty_is_told_why_it_is_asked():
    duties = [*REQUIRED_BY_LAW, "contract", "voluntary", "other"]
    assert len({WT2015.why_asked(duty) for duty in duties}) == len(duties)
    assert WT2015.why_asked("something_new") == WT2015.why_asked("other")


@SCORED
def test_every_item_has_plain_guidance_and_four_different_descriptors(framework):
    for item in framework.items.values():
        assert len(set(item.descriptors)) == 4, item.key
        assert 60 <= len(item.guidance) <= 420, item.key
        assert item.show, item.key
        for text in (item.text, item.guidance, *item.descriptors):
            assert text.strip().endswith((".", "?")), f"{item.key}: {text}"
            assert max(len(s.split()) for s in re.split(r"[.?:;]", text)) <= 34, f"{item.key}: {text}"


def test_what_would_hide_the_worst_gap_is_critical():
    assert {key for key, item in WT2015.items.items() if item.critical} == {
        "strategic_lead",
        "designated_lead",
        "recruitment_checks",
        "allegations_policy",
    }


def test_numbers_are_for_reading():
    assert WT2015.numbers["accountability_written"] == "1.1"
    assert WT2015.numbers["escalation"] == "5.7"
    assert WT2015.standard_of["escalation"].key == "b5"


@SCORED
def test_the_form_has_a_page_for_each_standard_and_the_same_questions_for_each_item(framework):
    form = form_of(framework.key, framework.version)
    assert [page.key for page in form.pages] == [standard.key for standard in framework.standards]
    for item in framework.items.values():
        keys = item_keys(item.key)
        score = form.question(keys.score)
        assert isinstance(score, Scale)
        assert [(p.value, p.descriptor) for p in score.points] == list(enumerate(item.descriptors))
        assert score.compliant_from == 2
        assert isinstance(form.question(keys.said), LongText)
        assert form.asked[keys.shown].page.key == framework.standard_of[item.key].key
    assert all(files_key(standard.key) in form.asked for standard in framework.standards)
    assert from_json(to_json(form)) == form


def answers(framework, score, **more):
    """Every item of a framework answered with the same score."""
    given = {}
    for item in framework.items:
        keys = item_keys(item)
        given[Place(keys.score)] = Given(value=score)
        given[Place(keys.said)] = Given(value="We looked.")
    return given | {Place(key): value for key, value in more.items()}


def test_a_score_and_a_few_words_for_each_item_are_enough():
    assert Sheet(form_of("section_11_wt2015", 1), answers(WT2015, 2)).problems(TODAY) == ()


def test_below_compliant_asks_what_will_be_done_and_by_when():
    sheet = Sheet(form_of("section_11_wt2015", 1), answers(WT2015, 2, escalation=Given(value=1)))
    assert [problem.place.key for problem in sheet.problems(TODAY)] == [
        "escalation_plan",
        "escalation_plan_due",
    ]


def test_not_applicable_needs_its_reason_and_no_further_words():
    form = form_of("section_11_wt2015", 1)
    bare = answers(WT2015, 2, advocacy=Given(nothing=Nothing.NOT_APPLICABLE))
    del bare[Place("advocacy_said")]
    problems = Sheet(form, bare).problems(TODAY)
    assert [(problem.place.key, problem.is_blank) for problem in problems] == [("advocacy", False)]
    bare[Place("advocacy")] = Given(nothing=Nothing.NOT_APPLICABLE, reason="No children here.")
    assert Sheet(form, bare).problems(TODAY) == ()


def test_a_plan_is_never_carried_into_the_next_cycle_but_what_was_said_is():
    form = form_of("section_11_wt2015", 1)
    keys = item_keys("escalation")
    for key, carried in [(keys.score, True), (keys.said, True), (keys.plan, False), (keys.plan_due, False)]:
        assert (not form.question(key).carry(Given(value=1)).is_blank) is carried


def test_a_scale_of_words_keeps_its_words():
    worded = replace(
        SHORT,
        key="worded",
        scale=MET3,
        compliant_from="met",
        standards=tuple(
            replace(s, items=tuple(replace(i, descriptors=i.descriptors[:3]) for i in s.items))
            for s in SHORT.standards
        ),
    )
    form = as_form(worded)
    question = form.question("escalation")
    assert isinstance(question, Choice)
    assert [option.value for option in question.options] == ["not_met", "partly_met", "met"]
    sheet = Sheet(form, answers(worded, "partly_met"))
    assert Place("escalation_plan") in sheet.places
    assert Place("escalation_plan") not in Sheet(form, answers(worded, "met")).places


def test_stored_scores_are_native_values():
    assert [stored_score(value) for value in (0, 3, "partly_met", None)] == ["0", "3", "partly_met", ""]


def test_between_2013_and_2015_only_speaking_up_is_new():
    rows = mapping(WT2013, WT2015)
    assert {row.item for row in rows if row.kind is Kind.NEW} == {
        "whistleblowing_policy",
        "whistleblowing_used",
        "whistleblowing_answered",
    }
    assert {row.kind for row in rows} == {Kind.SAME, Kind.NEW}
    assert set(carried_keys(WT2013, WT2015)) == set(WT2013.items)


def test_between_2015_and_2023_wording_changed_and_escalation_was_split():
    rows = {row.item: row for row in mapping(WT2015, WT2023)}
    assert rows["designated_lead"].kind is Kind.REWORDED
    assert rows["policy_scope"].kind is Kind.REWORDED
    assert rows["escalation_policy"] == Mapped(Kind.SPLIT, "escalation_policy", ("escalation",))
    assert rows["escalation_used"].kind is Kind.SPLIT
    assert {item for item, row in rows.items() if row.kind is Kind.NEW} == {
        "safe_culture",
        "equality_in_practice",
    }
    assert "escalation_policy" not in carried_keys(WT2015, WT2023)
    assert {kind for kind in Kind if kind.is_comparable} == {Kind.SAME, Kind.REWORDED}


def test_backwards_two_become_one_and_some_are_dropped():
    rows = mapping(WT2015, WT2013)
    assert {row.was for row in rows if row.kind is Kind.DROPPED} == {
        ("whistleblowing_policy",),
        ("whistleblowing_used",),
        ("whistleblowing_answered",),
    }
    merged = replace(
        WT2023.items["escalation_used"], key="both", replaces=("escalation_policy", "escalation_used")
    )
    c6 = next(s for s in WT2023.standards if s.key == "c6")
    later = replace(
        WT2023,
        version=2,
        standards=tuple(replace(s, items=(merged,)) if s is c6 else s for s in WT2023.standards),
    )
    assert Mapped(Kind.MERGED, "both", ("escalation_policy", "escalation_used")) in mapping(WT2023, later)


def test_the_short_audit_asks_in_the_same_words_as_the_full_one():
    assert {row.kind for row in mapping(SHORT, WT2015) if row.was} == {Kind.SAME}


@pytest.mark.sealed
def test_every_shipped_form_is_registered_and_sealed():
    ours = tuple(each.form for each in registry.shipped() if each.folder == HERE)
    expected = [*(form_of(each.key, each.version) for each in shipped()), *map(module_form, modules())]
    assert {(form.key, form.version) for form in ours} == {(form.key, form.version) for form in expected}
    assert lock.faults(HERE, ours) == ()
