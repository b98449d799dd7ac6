"""More settings of an own tool: points of a question, posts that must each sign; a module beside it is never stale."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.assurance import made_tools as tools
from tests.assurance.test_own_tools_pages import TOOLS, only_draft, posted, words
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import form_of, framework_called
from wholestory.assurance.operations import own_tools as operations
from wholestory.assurance.operations import own_tools_publishing as publishing

Browse = Callable[[str], Client]


@pytest.fixture
def officer(browse: Browse) -> Client:
    return browse("quality_officer")


ABOUT = {
    "title": "Neglect audit", "edition": "", "scale": "INT0_3", "compliant_from": "", "commentary_required": "yes",
    "usual_titles": "no",
}  # fmt: skip


def test_points_of_a_question_and_posts_that_sign_are_kept_shown_and_published(
    world: World, officer: Client
) -> None:
    draft = tools.begun(world)
    here = f"{TOOLS}drafts/{draft.id}/"
    std = draft.definition["framework"]["standards"][0]
    item = std["items"][0]
    first: dict[str, Any] = {"text": item["text"], "standard": std["key"], "guidance": "", "show": ""}
    html = officer.get(f"{here}question/{item['key']}/").content.decode()
    assert html.index("More settings") < html.index('name="weight"')
    box = re.search(r'<input[^>]*name="weight"[^>]*>', html)
    assert box
    assert 'value="1"' in box[0]
    posted(officer, f"{here}question/{item['key']}/", **first, weight="3")
    posted(officer, f"{here}about/", **ABOUT, signatures="headteacher\n\n  nominated   governor ")
    page = words(officer.get(here))
    assert "(3 points)" in page
    assert "Signed by headteacher, nominated governor" in page
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        version = publishing.publish(
            actor=world.people["quality_officer"], draft=only_draft(world), today=TODAY
        )
    made = framework_called(version.key, 1)
    assert [each.weight for each in made.items.values()] == [3, 1, 1, 1]
    assert (made.signatures, made.has_weights, made.scored) == (
        ("headteacher", "nominated governor"),
        True,
        True,
    )
    assert "Carries 3 points of its part." in next(form_of(version.key, 1).pages[0].sections()).intro
    page = words(officer.get(f"{TOOLS}{version.key}/1/"))
    assert "Signed by headteacher, nominated governor" in page


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Head\nhead", "Name each post once"),
        ("a\nb\nc\nd\ne", "Name at most 4 posts"),
        ("x" * 81, "80 characters or fewer"),
    ],
)
def test_posts_that_cannot_be_signed_for_are_said_beside_the_field_and_stay(
    world: World, officer: Client, said: str, why: str
) -> None:
    draft = tools.begun(world)
    page = posted(officer, f"{TOOLS}drafts/{draft.id}/about/", **ABOUT, signatures=said)
    html = page.content.decode()
    assert why in words(page)
    assert said.splitlines()[0] in html
    # What is at fault is not folded away.
    assert '<details class="govuk-details" open' in html


@pytest.mark.parametrize("points", ["0", "21", "1.5", "many"])
def test_points_are_whole_numbers_from_one(world: World, officer: Client, points: str) -> None:
    draft = tools.begun(world)
    std = draft.definition["framework"]["standards"][0]
    page = posted(
        officer, f"{TOOLS}drafts/{draft.id}/question/{std['items'][0]['key']}/", text="Kept words",
        standard=std["key"], weight=points,
    )  # fmt: skip
    assert "There is a problem" in words(page)
    assert "Kept words" in words(page)


def test_a_light_tool_has_neither_scores_nor_points(world: World, officer: Client) -> None:
    draft = tools.begun(world)
    here = f"{TOOLS}drafts/{draft.id}/"
    posted(officer, f"{here}about/", **{**ABOUT, "scale": "PLAIN", "commentary_required": "no"})
    content = only_draft(world).definition["framework"]
    assert (content["scale"], content["scored"]) == ("PLAIN", False)
    key = content["standards"][0]["items"][0]["key"]
    assert 'name="weight"' not in officer.get(f"{here}question/{key}/").content.decode()
    assert "no scores" in words(officer.get(here))


def test_a_tool_with_a_module_beside_it_is_the_newest_one_each_time(world: World) -> None:
    version = tools.published(world)
    made_of = f"{version.key}__neglect"
    assert (framework_called(made_of).version, framework_called(version.key).version) == (1, 1)
    draft = tools.next_draft(world, version.key, 1)
    key = draft.definition["framework"]["standards"][0]["items"][0]["key"]

    def reworded(now: dict[str, Any]) -> dict[str, Any]:
        now["standards"][0]["items"][0]["text"] = "Staff were asked what neglect looks like"
        return now

    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        actor = world.people["quality_officer"]
        draft = operations.change(actor=actor, draft=draft, how=reworded)
        items = [item["key"] for std in draft.definition["framework"]["standards"] for item in std["items"]]
        publishing.set_mapping(actor=actor, draft=draft, came_from={each: [each] for each in items})
        publishing.publish(actor=actor, draft=draft, today=TODAY)
    assert framework_called(made_of).version == 2
    assert framework_called(made_of).items[key].text == "Staff were asked what neglect looks like"
    assert framework_called(made_of, 1).items[key].text == "Staff know the signs of neglect"
    assert framework_called(f"{version.key}__neglect__from_3").version == 2
