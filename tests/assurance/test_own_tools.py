"""A board's own tool from the pasted list to the heat map, its next version, and whom it is offered to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.assurance import made_tools as tools
from tests.assurance.conftest import NOW, SHORT
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.assurance import own_frameworks
from wholestory.assurance.answers import scores_of
from wholestory.assurance.definitions import NoSuchFramework, form_of, framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.definitions.comparing import Kind, carried_keys, mapping
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, FrameworkDraft, FrameworkVersion, Return
from wholestory.assurance.operations import cycles, moderation, returns
from wholestory.assurance.operations import own_tools as operations
from wholestory.assurance.operations import own_tools_publishing as publishing
from wholestory.assurance.operations.own_tools_sources import ToolRefused
from wholestory.assurance.rules import own_tools_draft as rules
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Person

Browse = Callable[[str], Client]


class Asked:
    """A cycle on a tool, asked of the school, and short ways to go on with it."""

    def __init__(
        self, world: World, framework: Framework, opens_on: date, previous: Cycle | None = None
    ) -> None:
        self.world, self.framework = world, framework
        with self.acting("quality_officer") as actor:
            self.cycle = cycles.prepare(
                actor=actor, board=world.board, title=f"Neglect {opens_on.year}", framework=framework.key,
                framework_version=framework.version, opens_on=opens_on, due_on=date(opens_on.year, 12, 31),
                today=opens_on, previous=previous,
            )  # fmt: skip
            (self.ret,) = cycles.issue(
                actor=actor, cycle=self.cycle, agencies=[world.agencies["school"]], today=opens_on
            )

    @contextmanager
    def acting(self, name: str) -> Iterator[Person]:
        with acting.acting_as(self.world.people[name], self.world.seats[name]):
            yield self.world.people[name]

    def fresh(self) -> Return:
        with acting.as_system(self.world.board):
            return Return.objects.select_related("record", "answers", "agency", "cycle", "board").get(
                pk=self.ret.pk
            )

    def answer_and_sign(self, score: int) -> None:
        saves = []
        for item in self.framework.items:
            keys = item_keys(item)
            saves += [
                paperwork.Save(Place(keys.score), Given(score)),
                paperwork.Save(Place(keys.said), Given(f"What {item} rests on.")),
            ]
        with self.acting("head") as actor:
            returns.begin(actor=actor, ret=self.fresh(), today=TODAY, now=NOW)
            paperwork.save_draft(actor=actor, set_id=self.ret.answers_id, saves=saves, now=NOW)
        with self.acting("head_signatory") as actor:
            returns.sign_off(actor=actor, ret=self.fresh(), post="Headteacher", today=TODAY, now=NOW)


def test_an_own_tool_from_a_pasted_list_to_the_heat_map(world: World, browse: Browse) -> None:
    version = tools.published(world)
    framework = framework_called(version.key, 1)
    assert [std.title for std in framework.standards] == ["Neglect is seen", "Neglect is answered"]
    asked = Asked(world, framework, date(2016, 1, 11))
    assert asked.ret.title == "Neglect audit: Neglect 2016"
    page = browse("head").get(f"/self-audits/returns/{asked.ret.record.reference}/").content.decode()
    assert "Neglect audit" in page
    asked.answer_and_sign(2)
    with asked.acting("quality_officer") as actor:
        item = next(iter(framework.items))
        moderation.judge(actor=actor, ret=asked.fresh(), item=item, score="1", reason="No proof", today=TODAY)
        moderation.finish(actor=actor, ret=asked.fresh(), note="", today=TODAY)
        moderation.release(actor=actor, ret=asked.fresh(), today=TODAY)
        scores = scores_of([asked.fresh()], cap=False)[asked.ret.id]
    # One of two items went from 2 to 1 of 3: the mean of 1/3 and 2/3 is 1/2; the other standard stays at 2/3.
    means = [scores.standards[std.key].mean for std in framework.standards]
    assert [str(mean) for mean in means] == ["1/2", "2/3"]
    heat = browse("quality_officer").get(f"/self-audits/cycles/{asked.cycle.record.reference}/heat-map/")
    assert heat.status_code == 200
    assert "Neglect is seen" in heat.content.decode()


def test_a_published_version_is_sealed_and_never_changed(world: World) -> None:
    version = tools.published(world)
    for values in ({"definition": {}}, {"seal": "x"}, {"mapping": [1]}, {"version": 2}):
        with pytest.raises(DatabaseError), transaction.atomic():
            FrameworkVersion.objects.filter(pk=version.pk).update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()
    assert own_frameworks.named(f"{version.key}.1") is framework_called(version.key, 1)


def test_what_is_not_what_was_published_is_refused(world: World) -> None:
    version = tools.published(world)
    version.seal = "0" * 64
    own_frameworks._KEPT.pop((version.key, 1), None)
    with pytest.raises(own_frameworks.SealBroken):
        own_frameworks._keep(version)


def test_an_own_tool_is_offered_to_its_board_and_to_no_other(world: World) -> None:
    version = tools.published(world)
    north, south = world.boards["north"], world.boards["south"]
    assert version.key in {each.key for each in own_frameworks.offered_to(north)}
    assert version.key not in {each.key for each in own_frameworks.offered_to(south)}
    with (
        acting.acting_as(world.people["sister_manager"], world.seats["sister_manager"]),
        pytest.raises(cycles.CycleRefused, match="not offered"),
    ):
        cycles.prepare(
            actor=world.people["sister_manager"], board=south, title="Theirs", framework=version.key,
            opens_on=TODAY, due_on=date(2016, 6, 1), today=TODAY,
        )  # fmt: skip


def test_the_newest_version_that_is_not_withdrawn_is_offered(world: World) -> None:
    version = tools.published(world)
    second = _second(world, version, lambda now: now)
    offered = {each.key: each.version for each in own_frameworks.offered_to(world.board)}
    assert offered[version.key] == 2
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        publishing.offer(actor=world.people["business_manager"], version=second, yes=False, today=TODAY)
        assert {e.key: e.version for e in own_frameworks.offered_to(world.board)}[version.key] == 1
        publishing.offer(actor=world.people["business_manager"], version=second, yes=True, today=TODAY)
    assert {e.key: e.version for e in own_frameworks.offered_to(world.board)}[version.key] == 2
    assert framework_called(version.key).version == 2


def test_offering_costs_the_same_for_three_tools_and_for_thirty(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    made = [tools.published(world, title=f"Tool {n}") for n in range(3)]
    for key in [(each.key, 1) for each in made]:
        own_frameworks._KEPT.pop(key, None)
    with django_assert_num_queries(2):
        assert len(own_frameworks.offered_to(world.board)) > 3
    with django_assert_num_queries(1):
        own_frameworks.offered_to(world.board)


def _second(
    world: World,
    version: FrameworkVersion,
    how: Callable[[rules.Json], rules.Json],
    came_from: Callable[[], dict[str, list[str]]] = dict,
) -> FrameworkVersion:
    """A next version with this change, each item said to come from the one of its key unless told otherwise."""
    draft = tools.next_draft(world, version.key, version.version)
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        actor = world.people["quality_officer"]
        draft = operations.change(actor=actor, draft=draft, how=how)
        now = [item["key"] for std in draft.definition["framework"]["standards"] for item in std["items"]]
        chosen = {key: [key] for key in now} | came_from()
        publishing.set_mapping(actor=actor, draft=draft, came_from=chosen)
        return publishing.publish(actor=actor, draft=draft, today=TODAY)


def test_answers_come_forward_along_the_mapping_that_was_confirmed(world: World) -> None:
    """6.2 item 17: only mapped items are compared and carried; here one is new in meaning, one was renamed."""
    version = tools.published(world)
    first = framework_called(version.key, 1)
    signs, named, plans, checks = first.items
    asked = Asked(world, first, date(2015, 1, 12))
    asked.answer_and_sign(3)

    renamed: dict[str, str] = {}

    def change(now: rules.Json) -> rules.Json:
        now = rules.with_item(
            now, signs, {"text": "Staff know what neglect looks like"}, now["standards"][0]["key"]
        )
        now = rules.without(now, plans)
        now = rules.with_item(
            now, "", {"text": "Every plan says what has to change"}, now["standards"][1]["key"]
        )
        renamed["plans"] = now["standards"][1]["items"][-1]["key"]
        return now

    second = _second(world, version, change, lambda: {renamed["plans"]: [plans], named: []})
    after = framework_called(second.key, 2)
    assert {row.item: row.kind for row in mapping(first, after) if row.item} == {
        signs: Kind.REWORDED,
        named: Kind.NEW,
        checks: Kind.SAME,
        renamed["plans"]: Kind.REWORDED,
    }
    # By its key it would have been the same: the officer said that it is not.
    assert carried_keys(first, after) == {signs: signs, checks: checks, renamed["plans"]: plans}
    again = Asked(world, after, date(2016, 1, 11), previous=asked.cycle)
    with again.acting("head") as actor:
        returns.begin(actor=actor, ret=again.fresh(), today=TODAY, now=NOW)
        brought = dict(
            Answer.objects.filter(answer_set=again.ret.answers_id, to_confirm=True).values_list(
                "key", "value"
            )
        )
    assert brought[signs] == brought[checks] == brought[renamed["plans"]] == 3
    assert brought[f"{renamed['plans']}_said"] == f"What {plans} rests on."
    assert named not in brought


def test_a_mapping_is_followed_over_two_versions(world: World) -> None:
    version = tools.published(world)
    first = framework_called(version.key, 1)
    signs = next(iter(first.items))
    second = _second(world, version, lambda now: now, lambda: {signs: []})
    third = _second(world, second, lambda now: now)
    over_two = {row.item: row.kind for row in mapping(first, framework_called(third.key, 3)) if row.item}
    assert over_two.pop(signs) is Kind.NEW
    assert set(over_two.values()) == {Kind.SAME}


def test_a_copy_of_a_shipped_tool_keeps_its_questions_comparable(world: World) -> None:
    shipped = framework_called(SHORT)
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        actor = world.people["quality_officer"]
        draft = operations.copy(actor=actor, board=world.board, framework=shipped, title="Ours", today=TODAY)
        with pytest.raises(ToolRefused, match="what became of each question"):
            publishing.publish(actor=actor, draft=draft, today=TODAY)
        publishing.set_mapping(actor=actor, draft=draft, came_from={key: [key] for key in shipped.items})
        made = publishing.publish(actor=actor, draft=draft, today=TODAY)
    ours = framework_called(made.key, 1)
    assert {row.kind for row in mapping(shipped, ours)} == {Kind.SAME}
    assert carried_keys(shipped, ours) == {key: key for key in shipped.items}
    assert form_of(made.key, 1).title == "Ours"


def test_a_draft_with_faults_is_not_published_and_a_finished_one_not_changed(world: World) -> None:
    draft = tools.begun(world)
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        actor = world.people["quality_officer"]
        empty = rules.blank("Nothing in it")
        broken = operations.change(actor=actor, draft=draft, how=lambda now: {**now, **empty})
        with pytest.raises(ToolRefused, match="Add a heading"):
            publishing.publish(actor=actor, draft=broken, today=TODAY)
        operations.make_questions(actor=actor, draft=draft)
        publishing.publish(actor=actor, draft=draft, today=TODAY)
        with pytest.raises(ToolRefused, match="finished"):
            operations.change(actor=actor, draft=draft, how=lambda now: now)


def test_two_people_begin_the_same_next_version_once_and_are_told_of_one_another(world: World) -> None:
    version = tools.published(world)
    draft = tools.next_draft(world, version.key, 1)
    assert tools.next_draft(world, version.key, 1, "business_manager").pk == draft.pk
    key = draft.definition["framework"]["standards"][0]["key"]

    def part(now: rules.Json) -> object:
        return rules.standard_of(now, key)["title"]

    def titled(title: str) -> Callable[[rules.Json], rules.Json]:
        return lambda now: rules.with_standard(now, key, {"title": title})

    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        actor = world.people["quality_officer"]
        seen = operations.seen_as(part(draft.definition["framework"]))
        operations.change(actor=actor, draft=draft, how=titled("First"), seen=seen, part=part)
        with pytest.raises(operations.Overtaken):
            operations.change(actor=actor, draft=draft, how=titled("Second"), seen=seen, part=part)
        now = FrameworkDraft.objects.get(pk=draft.pk)
    assert now.definition["framework"]["standards"][0]["title"] == "First"


@pytest.mark.parametrize("who", ["administrator", "lay_member", "chair", "head", "police_member"])
def test_only_the_team_begins_and_publishes(world: World, who: str) -> None:
    draft = tools.begun(world)
    with acting.acting_as(world.people[who], world.seats[who]), pytest.raises(NotForYou):
        operations.start(actor=world.people[who], board=world.board, title="Mine", today=TODAY)
    with acting.acting_as(world.people[who], world.seats[who]), pytest.raises(NotForYou):
        publishing.publish(actor=world.people[who], draft=draft, today=TODAY)


def test_a_key_nobody_published_is_no_framework(world: World) -> None:
    with pytest.raises(NoSuchFramework):
        framework_called("own_nothing")
    with pytest.raises(NoSuchFramework):
        framework_called("own_nothing", 3)
