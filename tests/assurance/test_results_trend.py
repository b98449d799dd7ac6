"""From cycle to cycle: only mapped items are set side by side, and what cannot be is said (domain 6.2 item 17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from wholestory.assurance.definitions.framework import Framework, Item, Standard
from wholestory.assurance.definitions.tracing import traced
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.reports.trend import trend
from wholestory.assurance.rules.figures import Figures, ItemFigure
from wholestory.assurance.rules.scales import scale_called

TODAY = date(2016, 3, 14)


def item(key: str, text: str = "", replaces: tuple[str, ...] = (), points: int = 4) -> Item:
    return Item(key, text or f"About {key}", "Guidance", tuple("abcdefghijk"[:points]), replaces=replaces)


def framework(version: int, *items: Item, scale: str = "INT0_3", compliant: str = "2") -> Framework:
    return Framework(
        key="tool", version=version, edition="", title="A tool", scale=scale_called(scale), compliant_from=compliant,
        standards=(Standard("one", "One", "", items),), source="ours",
    )  # fmt: skip


class Made(Round):
    """A round of a framework that is not shipped."""

    def __init__(self, of: Framework, title: str, scores: dict[str, dict[str, int]]) -> None:
        cycle: Any = SimpleNamespace(
            title=title,
            kind="full",
            compliant_from=of.compliant_from,
            critical_cap=False,
            cap_at="",
            reweight=False,
            weighting="standards",
            has_panel=False,
            released_on=None,
        )
        figures = {key: ItemFigure(key, scores.get(key, {}), {}) for key in of.items}
        super().__init__(cycle, Figures(10, 0, figures))
        self.__dict__["framework"] = of


def rows_of(*rounds: Round) -> dict[str, tuple[Any, ...]]:
    grid = trend(rounds, TODAY).grids[0]
    return {row[0].split(" ", 1)[1]: row[1:] for row in grid.rows}


BEFORE = framework(1, item("kept"), item("worded"), item("whole"), item("left"), item("right"), item("gone"))
AFTER = framework(
    2, item("kept"), item("worded", "Other words"), item("part_a", replaces=("whole",)),
    item("part_b", replaces=("whole",)), item("joined", replaces=("left", "right")), item("fresh"),
)  # fmt: skip
OLD = Made(BEFORE, "2014", {key: {"2": 6, "1": 4} for key in BEFORE.items})
NEW = Made(AFTER, "2016", {key: {"2": 8, "1": 2} for key in AFTER.items})


def test_an_unchanged_item_moves_by_the_difference_of_its_shares() -> None:
    """6 of 10 are compliant, then 8 of 10: 20 points up."""
    assert rows_of(NEW, OLD)["About kept"] == ("60.0 % (6 of 10)", "80.0 % (8 of 10)", "+20.0", "")


def test_a_reworded_item_is_compared_and_marked() -> None:
    assert rows_of(NEW, OLD)["Other words"] == ("60.0 % (6 of 10)", "80.0 % (8 of 10)", "+20.0", "Reworded")


def test_what_was_split_merged_or_new_is_said_to_be_not_comparable_and_is_never_a_blank_fall() -> None:
    rows = rows_of(NEW, OLD)
    for text in ("About part_a", "About part_b"):
        assert rows[text] == (
            "Not comparable: was part of a larger item",
            "80.0 % (8 of 10)",
            "Not comparable",
            "",
        )
    assert rows["About joined"][0] == "Not comparable: several items became one"
    assert rows["About fresh"][0] == "Not comparable: new since"


def test_what_is_no_longer_asked_is_listed() -> None:
    report = trend([NEW, OLD], TODAY)
    assert [(row[0], row[1]) for row in report.grids[1].rows] == [("1.6 About gone", "2014")]
    assert "4 items cannot be compared with it." in report.headline


def test_where_the_scale_changed_means_of_a_hundred_are_compared_and_the_row_says_so() -> None:
    """On 1 to 5: ten at 3 are 50 of 100. On 0 to 3: eight at 2 and two at 1 are (16 + 2) / 30, 60 of 100."""
    earlier = framework(1, item("kept", points=5), scale="INT1_5", compliant="4")
    later = framework(2, item("kept"))
    rows = rows_of(
        Made(later, "2016", {"kept": {"2": 8, "1": 2}}), Made(earlier, "2014", {"kept": {"3": 10}})
    )
    assert rows["About kept"] == (
        "50 of 100 (10 scored)", "60 of 100 (10 scored)", "+10.0", "Scale changed: mean of 100"
    )  # fmt: skip


def test_no_scores_is_no_fall() -> None:
    old = Made(BEFORE, "2014", {"kept": {"2": 6}})
    new = Made(framework(1, *BEFORE.items.values()), "2016", {})
    assert rows_of(new, old)["About kept"] == ("100.0 % (6 of 6)", "No scores", "No scores to compare", "")


def test_once_broken_off_an_item_is_not_taken_up_again() -> None:
    """Two rounds back the split item has no single figure either."""
    steps = {one.item: one.steps for one in traced([AFTER, BEFORE, BEFORE])}
    assert [step.is_comparable for step in steps["kept"]] == [True, True]
    assert [step.is_comparable for step in steps["part_a"]] == [False, False]


def test_the_level_for_compliant_now_is_used_for_every_cycle() -> None:
    """The earlier cycle counted from 3; by the level in force now (2), 6 of 10 were compliant then."""
    strict = Made(replace(BEFORE, compliant_from="3"), "2014", {"kept": {"2": 6, "1": 4}})
    assert rows_of(NEW, strict)["About kept"][0] == "60.0 % (6 of 10)"
