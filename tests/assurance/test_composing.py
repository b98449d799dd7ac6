"""Board priorities and levels: frameworks made of others, found again by key and version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.assurance.conftest import NOW
from tests.assurance.rounds import RoundOn
from tests.personas import TODAY, World
from wholestory.assurance.definitions import (
    NoSuchFramework,
    form_of,
    framework_called,
    module_called,
    modules,
)
from wholestory.assurance.definitions.as_form import as_form, item_keys
from wholestory.assurance.definitions.comparing import Kind, mapping
from wholestory.assurance.definitions.composing import (
    Parts,
    parts_of,
    versions_of,
    with_level,
    with_module,
)
from wholestory.assurance.definitions.framework import FrameworkCannotWork
from wholestory.assurance.operations import returns
from wholestory.assurance.rules.scales import PCT5, SOS10, NoCompliantLevel
from wholestory.paperwork.definitions import Given, Place, Sheet, seal
from wholestory.paperwork.models import Answer

SHORT = framework_called("short_self_assessment")
NEGLECT, ONLINE = module_called("neglect"), module_called("online_safety")


def test_four_modules_of_four_to_six_lines_each() -> None:
    assert {one.key for one in modules()} == {"neglect", "exploitation", "early_help", "online_safety"}
    for one in modules():
        lines = [item for standard in one.standards for item in standard.items]
        assert 4 <= len(lines) <= 6
        for item in lines:
            assert len(set(item.descriptors)) == 4, item.key
            assert item.key.startswith(one.key.split("_")[0]), item.key


def test_no_module_shares_a_key_with_a_framework_or_another_module() -> None:
    keys = [item.key for one in modules() for standard in one.standards for item in standard.items]
    assert len(set(keys)) == len(keys)
    for name in (
        "section_11_wt2015",
        "section_11_wt2023",
        "section_11_eight_standards",
        "schools_and_colleges",
    ):
        for one in modules():
            assert len(with_module(framework_called(name), one).items) > len(framework_called(name).items)


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("a", Parts("a", "", "")),
        ("a__neglect", Parts("a", "neglect", "")),
        ("a__from_3", Parts("a", "", "3")),
        ("a__neglect__from_100", Parts("a", "neglect", "100")),
    ],
)
def test_a_key_says_what_it_was_made_of(key: str, parts: Parts) -> None:
    assert parts_of(key) == parts
    assert parts.key == key


def test_both_versions_are_in_the_one() -> None:
    assert [versions_of(n) for n in (1, 2, 100, 101, 203)] == [(1, 1), (2, 1), (100, 1), (1, 2), (3, 3)]
    later = replace(NEGLECT, version=2)
    assert with_module(replace(SHORT, version=3), later).version == 103


def test_a_made_framework_is_found_by_key_and_version_and_has_a_form_that_can_be_published() -> None:
    made = framework_called("short_self_assessment__neglect")
    assert framework_called(made.key, made.version) == made
    assert (made.key, made.version, len(made.items)) == ("short_self_assessment__neglect", 1, 15)
    form = form_of(made.key, made.version)
    assert (form.key, form.version) == (made.key, made.version)
    assert seal(form) == seal(as_form(with_module(SHORT, NEGLECT)))
    assert [page.key for page in form.pages][-1] == "priority_neglect"
    assert list(made.items)[:10] == list(SHORT.items)
    assert framework_called("section_11_wt2015__neglect", 1).version == 1
    assert framework_called("section_11_wt2015__neglect").version == 2


@pytest.mark.parametrize(
    "key", ["short_self_assessment__nothing", "nothing__neglect", "light_check__neglect"]
)
def test_what_cannot_be_made_is_not_found(key: str) -> None:
    with pytest.raises(NoSuchFramework):
        framework_called(key)


def test_a_second_module_or_another_scale_is_refused() -> None:
    with pytest.raises(FrameworkCannotWork, match="has a module already"):
        with_module(with_module(SHORT, NEGLECT), ONLINE)
    with pytest.raises(FrameworkCannotWork, match="different scales"):
        with_module(framework_called("light_check"), NEGLECT)


def test_the_core_comes_forward_though_the_module_changes() -> None:
    before, after = with_module(SHORT, NEGLECT), with_module(SHORT, ONLINE)
    rows = {row.item: row.kind for row in mapping(before, after) if row.item}
    assert {rows[item] for item in SHORT.items} == {Kind.SAME}
    assert {rows[item.key] for item in ONLINE.standards[0].items} == {Kind.NEW}


def test_last_rounds_core_answers_are_offered_again_and_the_module_starts_blank(world: World) -> None:
    first = RoundOn(
        world, "short_self_assessment__neglect", "school", title="2014", opens_on=date(2015, 1, 12)
    )
    first.fill("school", "head", 3)
    first.sign("school", "head_signatory")
    second = RoundOn(world, "short_self_assessment__online_safety", "school", title="2016")
    with second.acting("head") as actor:
        returns.begin(actor=actor, ret=second.fresh("school"), today=TODAY, now=NOW)
        brought = {
            row.key: row for row in Answer.objects.filter(answer_set=second.returns["school"].answers_id)
        }
    for item in SHORT.items:
        assert brought[item].value == 3
        assert brought[item].to_confirm
    assert not [key for key in brought if key.startswith(("online", "neglect"))]


def test_a_higher_level_asks_for_a_plan_where_the_usual_one_does_not() -> None:
    strict = with_level(SHORT, "3")
    assert strict.key == "short_self_assessment__from_3"
    assert strict.compliant.label == "Compliant means 3."
    given = {Place(item): Given(2) for item in SHORT.items}
    plan = Place(item_keys("escalation").plan)
    assert plan in Sheet(as_form(strict), given).places
    assert plan not in Sheet(as_form(SHORT), given).places
    assert with_level(SHORT, "2") is SHORT


@pytest.mark.parametrize("level", ["0", "1", "4", "good"])
def test_only_a_level_the_scale_offers_can_be_chosen(level: str) -> None:
    with pytest.raises(FrameworkCannotWork, match="cannot be chosen"):
        with_level(SHORT, level)


def on(scale, level=""):
    """The short audit on another scale."""
    points = tuple(f"This is {point.label}." for point in scale.points)
    return replace(
        SHORT, key="other", scale=scale, compliant_from=level,
        standards=tuple(
            replace(one, items=tuple(replace(item, descriptors=points) for item in one.items))
            for one in SHORT.standards
        ),
    )  # fmt: skip


def test_a_scaling_question_leaves_the_level_to_each_cycle() -> None:
    scaling = on(SOS10)
    with pytest.raises(NoCompliantLevel):
        _ = scaling.compliant
    form = as_form(scaling)
    assert item_keys("escalation").plan not in form.asked
    assert form.question("escalation").compliant_from is None
    chosen = with_level(scaling, "6")
    assert chosen.compliant.label == "Compliant means 6 or more."
    assert item_keys("escalation").plan in as_form(chosen).asked


def test_a_percentage_is_fully_compliant_at_a_hundred_unless_a_cycle_says_otherwise() -> None:
    assert on(PCT5, "100").compliant.label == "Compliant means 100."
    assert with_level(on(PCT5, "100"), "80").compliant.label == "Compliant means 80 or more."
