"""A draft is edited part by part, nothing else changes, and what it lacks is said before it is published."""

from __future__ import annotations

import pytest

from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.definitions.comparing import Kind, mapped
from wholestory.assurance.definitions.framework import FrameworkCannotWork
from wholestory.assurance.rules import own_tools_draft as rules
from wholestory.assurance.rules.own_tools_draft import DraftFault, Json
from wholestory.assurance.rules.own_tools_list import read_list
from wholestory.assurance.rules.own_tools_mapping import proposed
from wholestory.assurance.rules.own_tools_scales import USUAL_GUIDANCE, offered, usual_level

LIST = "1 One\n1.1 Alpha\n1.2 Beta\n2 Two\n2.1 Gamma"


@pytest.fixture
def draft() -> Json:
    return rules.from_found("A tool", "MET3", read_list(LIST))


def keys(draft: Json) -> dict[str, str]:
    """The key of each standard and item by its title or text."""
    parts = {std["title"]: std["key"] for std in draft["standards"]}
    return parts | {item["text"]: item["key"] for std in draft["standards"] for item in std["items"]}


def shape(draft: Json) -> list[tuple[str, list[str]]]:
    return [(std["title"], [item["text"] for item in std["items"]]) for std in draft["standards"]]


def build(draft: Json) -> object:
    return rules.built(draft, key="own_test", version=1, source="A test")


def test_two_tools_made_from_the_same_list_share_no_key(draft: Json) -> None:
    other = rules.from_found("A tool", "MET3", read_list(LIST))
    assert not set(keys(draft).values()) & set(keys(other).values())
    assert all(key.startswith(("one_", "two_", "alpha_", "beta_", "gamma_")) for key in keys(draft).values())


@pytest.mark.parametrize("text", ["", "1234", "éàü", "Ж", "a" * 300, "Is it (really) so? 24 hours!"])
def test_a_key_can_be_made_of_anything(text: str) -> None:
    item = {
        **rules.blank("T"),
        "standards": [{"key": rules.part_key(text), "title": "S", "intro": "", "items": []}],
    }
    made = rules.with_item(item, "", {"text": text or "?"}, item["standards"][0]["key"])
    assert rules.built(made, key="own_test", version=1, source="A test").items


def test_what_nobody_wrote_is_made_from_the_scale(draft: Json) -> None:
    made = rules.built(draft, key="own_test", version=1, source="A test")
    item = next(iter(made.items.values()))
    assert item.guidance == USUAL_GUIDANCE
    assert item.descriptors == (
        "None of this is in place.",
        "Some of this is in place, or it is in place in some parts only.",
        "All of this is in place, and we can show it.",
    )
    assert (made.title_for("s11"), made.title_for("voluntary")) == ("A tool", "A tool")
    usual = rules.built(
        rules.with_about(draft, {"usual_titles": True}), key="own_test", version=1, source="A test"
    )
    assert (usual.title_for("s11"), usual.title_for("voluntary")) == ("Section 11 self-audit", "A tool")


@pytest.mark.parametrize("code", [scale.code for scale in offered()])
def test_a_tool_works_on_every_scale(draft: Json, code: str) -> None:
    changed = rules.with_about(draft, {"scale": code, "compliant_from": usual_level(code)})
    assert rules.faults_of(changed) == []
    made = rules.built(changed, key="own_test", version=1, source="A test")
    assert as_form(made).pages
    assert made.scored is (code != "PLAIN")


def test_the_words_for_the_points_come_back_with_their_scale(draft: Json) -> None:
    alpha = keys(draft)["Alpha"]
    worded = rules.with_item(draft, alpha, {"descriptors": ["no", "some", "all"]}, keys(draft)["One"])
    away = rules.with_about(worded, {"scale": "INT0_3", "compliant_from": "2"})
    assert rules.item_of(away, alpha)[1]["descriptors"] == []
    back = rules.with_about(away, {"scale": "MET3", "compliant_from": "met"})
    assert rules.item_of(back, alpha)[1]["descriptors"] == ["no", "some", "all"]
    assert rules.built(back, key="own_test", version=1, source="A test").items[alpha].descriptors == (
        "no",
        "some",
        "all",
    )


def test_parts_move_one_place_and_over_the_edge_of_their_heading(draft: Json) -> None:
    at = keys(draft)
    assert shape(rules.moved(draft, at["Beta"], -1)) == [("One", ["Beta", "Alpha"]), ("Two", ["Gamma"])]
    assert shape(rules.moved(draft, at["Beta"], 1)) == [("One", ["Alpha"]), ("Two", ["Beta", "Gamma"])]
    assert shape(rules.moved(draft, at["Gamma"], -1)) == [("One", ["Alpha", "Beta", "Gamma"]), ("Two", [])]
    assert shape(rules.moved(draft, at["Two"], -1)) == [("Two", ["Gamma"]), ("One", ["Alpha", "Beta"])]
    assert rules.moved(draft, at["Alpha"], -1) == draft
    assert rules.moved(draft, at["Two"], 1) == draft


def test_parts_are_worded_anew_moved_under_another_heading_added_and_removed(draft: Json) -> None:
    at = keys(draft)
    changed = rules.with_item(draft, at["Alpha"], {"text": "Alpha anew"}, at["Two"])
    assert shape(changed) == [("One", ["Beta"]), ("Two", ["Gamma", "Alpha anew"])]
    assert rules.item_of(changed, at["Alpha"])[1]["text"] == "Alpha anew"
    added = rules.with_item(draft, "", {"text": "Delta"}, at["One"])
    assert shape(added)[0] == ("One", ["Alpha", "Beta", "Delta"])
    assert shape(rules.with_standard(draft, "", {"title": "Three", "intro": ""}))[-1] == ("Three", [])
    assert shape(rules.with_standard(draft, at["One"], {"title": "First", "intro": "x"}))[0][0] == "First"
    assert shape(rules.without(draft, at["One"])) == [("Two", ["Gamma"])]
    assert shape(rules.without(draft, at["Gamma"])) == [("One", ["Alpha", "Beta"]), ("Two", [])]
    assert shape(draft) == [("One", ["Alpha", "Beta"]), ("Two", ["Gamma"])]
    for change in (rules.without, rules.standard_of, rules.item_of):
        with pytest.raises(rules.NoSuchPart):
            change(draft, "not_there")


def test_every_fault_is_said_beside_what_it_concerns(draft: Json) -> None:
    at = keys(draft)
    broken = rules.with_about(draft, {"title": " ", "compliant_from": "green"})
    broken = rules.with_item(broken, at["Beta"], {"text": "ALPHA"}, at["One"])
    broken = rules.with_item(
        broken, at["Gamma"], {"text": "x" * 281, "descriptors": ["no", "", "all"]}, at["Two"]
    )
    broken = rules.with_standard(broken, "", {"title": "", "intro": ""})
    last = broken["standards"][-1]["key"]
    assert rules.faults_of(broken) == [
        DraftFault("", "Give the tool a title."),
        DraftFault("", "Choose from which point of the scale an answer counts as compliant."),
        DraftFault(at["Beta"], "Another question says the same. Reword one of them, or remove it."),
        DraftFault(
            at["Gamma"],
            "The question has 281 characters; 280 are the most. Shorten it, and put the rest into the guidance.",
        ),
        DraftFault(
            at["Gamma"], "Say what each of the 3 points of the scale means, or leave all of them empty."
        ),
        DraftFault(last, "Give this heading a title."),
        DraftFault(last, "Nothing stands under this heading. Add a question, or remove it."),
    ]
    with pytest.raises(FrameworkCannotWork):
        build(broken)
    # It can still be looked at.
    seen = rules.built(broken, key="own_test", version=1, source="A test", mended=True)
    assert (seen.title, len(seen.items)) == ("Without a title", 3)
    assert as_form(seen)


def test_a_blank_tool_says_what_it_needs() -> None:
    assert rules.faults_of(rules.blank("T")) == [DraftFault("", "Add a heading and the questions under it.")]


def test_a_copy_asks_the_same_under_the_same_keys_and_keeps_what_no_page_shows() -> None:
    shipped = framework_called("section_11_wt2015")
    draft = rules.from_framework(shipped)
    draft["standards"][0]["items"][0]["weight"] = 4
    draft["signatures"] = ["Headteacher", "Nominated governor"]
    item = draft["standards"][0]["items"][0]["key"]
    draft = rules.with_item(draft, item, {"text": "Worded anew"}, draft["standards"][0]["key"])
    made = rules.built(draft, key="own_copy", version=1, source="A test")
    assert made.items[item].weight == 4
    assert made.signatures == ("Headteacher", "Nominated governor")
    assert made.title_for("s175") == shipped.title_for("s175")
    kinds = {row.item: row.kind for row in mapped(shipped, made, proposed(shipped, made))}
    assert kinds.pop(item) is Kind.REWORDED
    assert set(kinds.values()) == {Kind.SAME}
