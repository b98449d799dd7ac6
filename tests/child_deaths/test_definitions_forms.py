"""The forms as data: sections 2.2 to 2.4 of the domain notes."""

from collections import defaultdict
from datetime import date

import pytest

from wholestory.child_deaths.definitions import (
    ALL,
    NoSuchForm,
    known_of,
    notification_form,
    report_form,
    topic_form,
    topic_of_form,
)
from wholestory.child_deaths.definitions.side_by_side import OF_THE_WRITER
from wholestory.child_deaths.rules.ages import age_at
from wholestory.child_deaths.rules.forms_by_circumstance import Topic, propose
from wholestory.child_deaths.rules.regimes import FormSet
from wholestory.paperwork import registry
from wholestory.paperwork.definitions import Choice, Choices, Form, Nothing, Repeat, YesNo
from wholestory.paperwork.form import walk

OLD, NEW = FormSet.FORMS_2015, FormSet.CURRENT
IN_2016, IN_2019, IN_2021, IN_2022 = date(2016, 3, 14), date(2019, 4, 1), date(2021, 4, 1), date(2022, 4, 1)
#: Questions that have to be answered: who writes, and whether there is anything to say.
MUST = {
    "notifier_name",
    "reporter_name",
    "reporter_agency",
    "holds_child",
    "holds_family",
    "holds_home",
    "holds_services",
}


def ids(forms: tuple[Form, ...]) -> list[str]:
    return [f"{form.key}_{form.version}" for form in forms]


def keys(form: Form) -> set[str]:
    return set(form.asked)


@pytest.mark.parametrize("form", ALL, ids=ids(ALL))
def test_edge_case_26_not_known_and_not_applicable_are_answers_everywhere(form: Form) -> None:
    for each in walk(form):
        question = each.question
        if isinstance(question, Repeat):
            continue
        if question.key.startswith(("holds_", "reporter_", "notifier_")):
            continue  # what a writer says of themselves, or whether there is anything to say
        assert question.offers(Nothing.NOT_KNOWN), question.key
        assert question.offers(Nothing.NOT_APPLICABLE), question.key


@pytest.mark.parametrize("form", ALL, ids=ids(ALL))
def test_an_agency_may_send_what_it_holds_and_leave_the_rest(form: Form) -> None:
    required = {each.question.key for each in walk(form) if each.question.required}
    assert required <= MUST | {"stages"}
    assert "Not known" in form.intro


def test_the_same_meaning_has_the_same_key_kind_and_words() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for form in ALL:
        for each in walk(form):
            kinds[each.question.key].add(type(each.question).__name__)
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


def test_the_same_key_never_means_another_answer() -> None:
    """An option's short name has one meaning under a key, whichever form offers it."""
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form in ALL:
        for each in walk(form):
            if isinstance(each.question, (Choice, Choices, YesNo)):
                for option in each.question.choices():
                    meanings[(each.question.key, option.value)].add(option.label)
    differing = {at for at, labels in meanings.items() if len(labels) > 1 and at[0] != "ethnicity"}
    assert differing == set()


def test_forms_never_speak_of_chapters_or_call_anything_statutory() -> None:
    for form in ALL:
        said = " ".join(
            [form.title, form.intro, *(f"{each.question.label} {each.question.hint}" for each in walk(form))]
        ).lower()
        for word in ("chapter", "statutory", "circle", "ledger"):
            assert word not in said, (form.key, word)


def test_form_a_and_form_b_are_of_2015() -> None:
    assert notification_form(OLD, IN_2016).title.endswith("(Form A)")
    assert report_form(OLD, IN_2016).title.endswith("(Form B)")
    assert [page.key for page in report_form(OLD, IN_2016).pages] == [
        "identity", "summary", "child", "parents", "environment", "services",
    ]  # fmt: skip
    assert [page.key for page in report_form(NEW, IN_2022).pages] == [
        "identity", "summary", "child", "social", "physical", "services",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["forenames", "surname", "other_names", "born_on", "sex", "nhs_number", "address",
    "postcode", "ethnicity", "confirmed_on", "confirmed_time", "place_of_death", "place_of_event", "carer_at_death",
    "parents", "children_of_household", "contacts", "senior_doctor", "consultant", "expected", "expected_confirmed",
    "examination_needed", "certificate_issued", "cause_ia", "circumstances", "other_reviews", "follow_up_arranged",
    "follow_up_with", "notifier_name", "notifier_organisation", "notifier_telephone", "notifier_email"])  # fmt: skip
def test_form_a_asks_what_the_local_copies_ask(key: str) -> None:
    assert key in keys(notification_form(OLD, IN_2016))


def test_where_it_began_and_where_the_child_died_are_two_questions_in_every_notification() -> None:
    for form in (notification_form(OLD, IN_2016), notification_form(NEW, IN_2022)):
        assert {"place_of_death", "place_of_event"} <= keys(form)


def test_notification_changes_by_april() -> None:
    first, second, third = (notification_form(NEW, day) for day in (IN_2019, IN_2021, IN_2022))
    assert keys(second) - keys(first) == {"unattended_stillbirth"}
    assert keys(third) - keys(second) == {"nhs_number_absent"}
    reasons = third.question("nhs_number_absent")
    assert isinstance(reasons, Choice)
    assert [option.label for option in reasons.options] == [
        "Child non-resident in England", "NHS number not currently available",
    ]  # fmt: skip
    assert "national_alert" in keys(first) & keys(third)


def test_report_changes_by_april() -> None:
    first, second, third = (report_form(NEW, day) for day in (IN_2019, IN_2021, IN_2022))
    assert keys(second) - keys(first) == {
        "poverty", "poverty_signs", "family_barriers", "family_barrier_kinds", "family_barrier_words",
    }  # fmt: skip
    assert keys(third) - keys(second) == {
        "nhs_number_absent", "mother_bmi", "height_cm", "weight_kg", "measured_on", "bereavement_support",
        "bereavement_support_words",
    }  # fmt: skip
    assert keys(second) - keys(third) == {"support_after", "nhs_number_absent_words"}
    assert keys(first) <= keys(second)


def test_maternal_bmi_moved_from_the_genetic_form_to_the_report() -> None:
    assert "mother_bmi" in keys(topic_form(Topic.GENETIC, NEW, IN_2021))
    assert "mother_bmi" not in keys(topic_form(Topic.GENETIC, NEW, IN_2022))
    assert "mother_bmi" in keys(report_form(NEW, IN_2022))
    order = list(report_form(NEW, IN_2022).asked)
    assert order.index("mother_bmi") == order.index("parity") + 1


def test_herpes_came_to_the_neonatal_list_in_2022() -> None:
    def organisms(day: date) -> set[str]:
        question = topic_form(Topic.NEONATAL, NEW, day).question("organisms")
        assert isinstance(question, Choices)
        return {option.value for option in question.options}

    assert organisms(IN_2022) - organisms(IN_2021) == {"herpes"}


@pytest.mark.parametrize("topic", [Topic.SUDDEN, Topic.DROWNING])
def test_questions_follow_their_answers_since_2021(topic: Topic) -> None:
    before, after = topic_form(topic, NEW, IN_2019), topic_form(topic, NEW, IN_2021)
    assert keys(before) == keys(after)
    conditional = [
        sum(each.question.show_when is not None for each in walk(form)) for form in (before, after)
    ]
    assert conditional[1] > conditional[0]


def test_care_pathway_stages_can_be_chosen_since_2022() -> None:
    before, after = topic_form(Topic.CARE_PATHWAY, NEW, IN_2021), topic_form(Topic.CARE_PATHWAY, NEW, IN_2022)
    assert all(page.show_when is None for page in before.pages)
    assert after.pages[0].key == "stages"
    assert all(page.show_when is not None for page in after.pages[1:])
    assert keys(after) - keys(before) == {"stages"}


def test_topics_have_forms_by_topic_and_set() -> None:
    for topic in Topic:
        for forms, day in ((OLD, IN_2016), (NEW, IN_2022)):
            if topic.is_in(forms):
                form = topic_form(topic, forms, day)
                assert form.title == topic.name_in(forms)
                assert topic_of_form(form.key) is topic
                assert not any(letter.isdigit() for letter in form.key.removesuffix("_2015"))
            else:
                with pytest.raises(NoSuchForm):
                    topic_form(topic, forms, day)
    assert topic_of_form("report") is None


def test_edge_case_11_a_form_keeps_the_version_it_was_begun_in() -> None:
    assert report_form(NEW, date(2021, 3, 31)).version == 1
    assert report_form(NEW, date(2021, 4, 1)).version == 2
    assert report_form(NEW, date(2026, 1, 1)).version == 3
    for form in ALL:
        assert registry.version(form.key, form.version) == form


def test_answers_choose_the_supplementary_forms() -> None:
    values = {
        "events": ["drowning"],
        "conditions": ["none"],
        "life_limiting": "no",
        "sudden_unexplained": "not_known",
    }
    age = age_at(date(2013, 1, 1), date(2016, 1, 1))
    assert propose(known_of(values, age), OLD).topics == (Topic.DROWNING,)
    baby = age_at(date(2016, 1, 1), date(2016, 1, 2))
    found = propose(known_of({"place_kind": "neonatal_unit", "treated_before_death": "yes"}, baby), NEW)
    assert found.topics == (Topic.NEONATAL, Topic.CARE_PATHWAY)


def test_what_a_writer_says_of_itself_is_asked_somewhere() -> None:
    every = {each.question.key for form in ALL for each in walk(form)}
    assert every >= OF_THE_WRITER
