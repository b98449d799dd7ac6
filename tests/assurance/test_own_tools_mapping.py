"""What became of each question: proposed by key and wording, derived from what was chosen, followed over versions.

Source: domain notes on quality assurance, 6.2 item 17.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from wholestory.assurance.definitions.comparing import Kind, Mapped, mapped, mapping
from wholestory.assurance.definitions.framework import Framework, Item, Standard
from wholestory.assurance.rules import own_tools_mapping as rules
from wholestory.assurance.rules.scales import MET3, RAG3


def framework(key: str, **items: str) -> Framework:
    asked = tuple(Item(name, text, "Guidance.", ("no", "partly", "yes")) for name, text in items.items())
    return Framework(key, 1, "", "Title", MET3, "met", (Standard("one", "One", "", asked),), "A test")


BEFORE = framework(
    "before",
    lead="A senior officer leads on safeguarding",
    policy="There is a child protection policy",
    training="Staff are trained and supervised",
    voice="Children are heard",
    gone="A fax machine is kept locked",
)
AFTER = framework(
    "after",
    lead="A senior officer leads on safeguarding",
    policy_b="There is a child protection policy, read every year",
    trained="Staff are trained",
    supervised="Staff are supervised",
    exploitation="Exploitation is looked for",
)


def kinds(rows: Iterable[Mapped]) -> dict[str, tuple[Kind, tuple[str, ...]]]:
    return {row.item or f"-{row.was[0]}": (row.kind, row.was) for row in rows}


def test_items_are_proposed_by_key_then_by_wording_and_the_rest_is_new() -> None:
    found = rules.proposed(BEFORE, AFTER)
    assert found["lead"] == ("lead",)
    assert found["policy_b"] == ("policy",)
    assert "exploitation" not in found
    # Two may look like the one they were split from; only the more alike is proposed.
    assert [found.get(key) for key in ("trained", "supervised")].count(("training",)) <= 1
    assert ("gone",) not in found.values()


def test_likeness_sees_the_same_words_and_not_the_same_topic() -> None:
    assert rules.likeness("Who leads?", "who leads") == 1
    assert rules.likeness("", "Who leads?") == 0
    assert (
        rules.likeness("Staff know the signs of neglect", "Staff know the signs of physical neglect")
        >= rules.ALIKE
    )
    assert rules.likeness("Staff know the signs of neglect", "Children can complain") < rules.ALIKE


def test_the_kind_follows_from_where_each_item_came_from() -> None:
    rows = rules.rebuilt(
        BEFORE,
        AFTER,
        {
            "lead": ["lead"],
            "policy_b": ["policy", "voice"],
            "trained": ["training"],
            "supervised": ["training"],
            "exploitation": [],
            "no such item": ["lead"],
        },
    )
    assert kinds(rows) == {
        "lead": (Kind.SAME, ("lead",)),
        "policy_b": (Kind.MERGED, ("policy", "voice")),
        "trained": (Kind.SPLIT, ("training",)),
        "supervised": (Kind.SPLIT, ("training",)),
        "exploitation": (Kind.NEW, ()),
        "-gone": (Kind.DROPPED, ("gone",)),
    }
    assert rules.rebuilt(BEFORE, AFTER, {"policy_b": ["policy"]})[1].kind is Kind.REWORDED


def test_on_another_scale_nothing_is_identical() -> None:
    coloured = dataclasses.replace(BEFORE, key="coloured", scale=RAG3, compliant_from="fully_met")
    assert mapped(BEFORE, coloured, {"lead": ("lead",)})[0].kind is Kind.REWORDED


def test_a_mapping_is_kept_as_json_without_loss() -> None:
    rows = mapping(BEFORE, AFTER)
    assert rules.from_json(rules.as_json(rows)) == rows


def test_over_two_steps_an_item_is_comparable_only_if_it_was_on_both() -> None:
    first = framework("first", a="Alpha", b="Beta", c="Gamma", d="Delta", e="Epsilon")
    second = framework("second", a="Alpha", b="Beta anew", cd="Gamma and delta", n="New here", e="Epsilon")
    third = framework(
        "third",
        a="Alpha",
        b="Beta anew",
        cd="Gamma and delta",
        n="New here",
        e1="Epsilon one",
        e2="Epsilon two",
    )
    one = rules.rebuilt(first, second, {"a": ["a"], "b": ["b"], "cd": ["c", "d"], "e": ["e"]})
    two = rules.rebuilt(
        second, third, {"a": ["a"], "b": ["b"], "cd": ["cd"], "n": ["n"], "e1": ["e"], "e2": ["e"]}
    )
    assert kinds(rules.followed(one, two, first, third)) == {
        "a": (Kind.SAME, ("a",)),
        "b": (Kind.REWORDED, ("b",)),
        "cd": (Kind.MERGED, ("c", "d")),
        "n": (Kind.NEW, ()),
        "e1": (Kind.SPLIT, ("e",)),
        "e2": (Kind.SPLIT, ("e",)),
    }


def test_what_was_dropped_on_the_way_does_not_come_back() -> None:
    first, second = framework("first", a="Alpha", b="Beta"), framework("second", a="Alpha")
    third = framework("third", a="Alpha", b="Beta")
    one = rules.rebuilt(first, second, {"a": ["a"]})
    two = rules.rebuilt(second, third, {"a": ["a"]})
    assert kinds(rules.followed(one, two, first, third)) == {
        "a": (Kind.SAME, ("a",)),
        "b": (Kind.NEW, ()),
        "-b": (Kind.DROPPED, ("b",)),
    }
