"""What stood in a file and was no score, or two different ones: neither blank nor nought, from file to map."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.bringing_in import FRAMEWORK, ITEMS, Bringing, bringing, own_shelf
from wholestory.access import acting
from wholestory.assurance.models import ScoreSheet
from wholestory.assurance.rules.cells import CellState, ReturnPosition, Standing, cell
from wholestory.assurance.rules.figures import from_json, item_figures
from wholestory.assurance.rules.rollup import ItemAnswer, ItemState, standard_score
from wholestory.assurance.sheets import standard_of
from wholestory.paperwork.models import Answer

__all__ = ["bringing", "own_shelf"]
pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
#: The school's third cell says something; the police left theirs blank; the charity's row is plain.
THREE: dict[str, list[object]] = {
    "Willow Lane Academy": [2, 1, "see letter"],
    "Northmarsh Constabulary": [3, 1, ""],
    "Harbour Youth Trust": [1, 2, 2],
}


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_what_stood_there_is_kept_as_it_was_written_and_is_a_state_of_its_own(bringing: Bringing) -> None:
    batch = bringing.bring(THREE)
    school = bringing.returns(batch)["school"]
    with acting.as_system(bringing.world.board):
        row = Answer.objects.get(answer_set=school.answers_id, key=ITEMS[2])
        assert (row.value, row.nothing, row.typed) == (None, "", "see letter")
        sheet = ScoreSheet.objects.get(return_of=school.pk)
    assert sheet.items[ITEMS[2]] == ["not_read", "", ""]
    standard = next(
        standard_of(key, kept) for key, kept in sheet.standards.items() if standard_of(key, kept).not_read
    )
    assert standard.not_read == 1
    assert standard.unanswered == 0
    assert "1 not read from the file" in standard.counts
    assert (batch.counts["not_read"], batch.counts["blank"]) == (1, 1)


def test_the_items_page_counts_it_apart_from_blank(bringing: Bringing, browse: Browse) -> None:
    """Of the third question: one score, one blank, one not read."""
    batch = bringing.bring(THREE)
    with acting.as_system(bringing.world.board):
        reference = bringing.returns(batch)["school"].cycle.record.reference
    client = browse("quality_officer")
    csv = client.get(f"/self-audits/cycles/{reference}/results/items/?download=csv").content.decode(
        "utf-8-sig"
    )
    head = next(line for line in csv.splitlines() if line.startswith("Item,")).split(",")
    start = f"{FRAMEWORK.numbers[ITEMS[2]]} "
    row = next(line for line in csv.splitlines() if line.strip('"').startswith(start)).rsplit(",", 7)
    # ..., Scored, N/A, Blank, Not read, Not asked, Compliant, N/A rate
    assert head[-7:] == ["Scored", "N/A", "Blank", "Not read", "Not asked", "Compliant (%)", "N/A rate (%)"]
    assert row[-7:-2] == ["1", "0", "1", "1", "0"]
    said = text_of(client.get(f"/self-audits/cycles/{reference}/results/items/{ITEMS[2]}/").content.decode())
    assert "1 left blank, 1 not read from the file" in said
    assert ItemState.NOT_READ.label in said


def test_the_return_says_so_and_keeps_the_words(bringing: Bringing, browse: Browse) -> None:
    school = bringing.returns(bringing.bring(THREE))["school"]
    with acting.as_system(bringing.world.board):
        url = f"/self-audits/returns/{school.record.reference}/"
    said = text_of(browse("quality_officer").get(url).content.decode())
    assert "Not read: something stood in the file that is no score" in said
    assert "In the file: “see letter”." in said


def test_the_dry_run_counts_it(bringing: Bringing, browse: Browse) -> None:
    from tests.assurance.bringing_in import matrix

    batch = bringing.matched(matrix(THREE))
    with acting.as_system(bringing.world.board):
        url = f"/self-audits/past/{batch.record.reference}/check/"
    assert "Not read" in text_of(browse("quality_officer").get(url).content.decode())


def answer(item: str, state: ItemState) -> ItemAnswer:
    return ItemAnswer(item, "s", state, self_score="2" if state is ItemState.SCORED else "")


def test_a_standard_of_unread_answers_is_no_blank_on_the_map() -> None:
    from wholestory.assurance.definitions import framework_called

    test = framework_called("short_self_assessment").compliant
    both = standard_score("s", [answer("a", ItemState.NOT_READ), answer("b", ItemState.NOT_READ)], test)
    assert (both.applicable, both.answered, both.not_read, both.mean) == (0, 0, 2, None)
    place = ReturnPosition(Standing.BROUGHT_IN)
    from tests.personas import TODAY

    found = cell(place, both, test, today=TODAY)
    assert (found.state, found.shown) == (CellState.NOT_READ, "Unread")
    mixed = standard_score("s", [answer("a", ItemState.SCORED), answer("b", ItemState.NOT_READ)], test)
    assert mixed.counts == "1 of 1 answered, 1 not read from the file."
    blank = standard_score("s", [answer("a", ItemState.UNANSWERED), answer("b", ItemState.NOT_READ)], test)
    assert cell(place, blank, test, today=TODAY).state is CellState.UNANSWERED


def test_figures_kept_before_it_was_counted_are_still_read() -> None:
    kept = {"returns": 1, "items": {"a": [{"2": 1}, {"2": 1}, 0, 0, 0, 0, 0, 0, 0, "0/1"]}}
    one = from_json(kept).items["a"]
    assert (one.answered, one.not_read, one.said) == (1, 0, {})


def test_counted_over_agencies() -> None:
    from wholestory.assurance.definitions import framework_called

    scale = framework_called("short_self_assessment").scale
    found = item_figures(
        ["a"], [{"a": ["not_read", "", ""]}, {"a": ["unanswered", "", ""]}, {"a": ["scored", "2", ""]}], scale
    )["a"]
    assert (found.answered, found.unanswered, found.not_read, found.not_asked) == (1, 1, 1, 0)
    assert found.applicable == 2
