"""A pasted list is read line by line, the guess stands on the page, and what the officer says of a line holds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance import made_tools as tools
from tests.assurance.test_own_tools_pages import TOOLS, only_draft, posted, words
from tests.personas import World
from wholestory.access import acting
from wholestory.assurance.rules.own_tools_found import Found, Taken
from wholestory.assurance.rules.own_tools_list import read_list
from wholestory.assurance.rules.own_tools_numbers import goes_on, numbered

Browse = Callable[[str], Client]
PASTED = """1. Somebody is named who leads
2. Plans say what has to change
3. Records name neglect
4. Training is given
4a  Staff know the signs of neglect
Think of induction too
4b  Managers know them
5. Somebody checks"""


def takings(found: Found) -> str:
    """H, Q, G or N for each line, in a row."""
    return "".join(line.taken.value[0].upper() for line in found.lines)


@pytest.mark.parametrize(
    ("line", "number", "text", "sure"),
    [
        ("4a  Staff know", "4a", "Staff know", False),
        ("4a) Staff know", "4a", "Staff know", True),
        ("4(a) Staff know", "4(a)", "Staff know", True),
        ("4 (ii) Staff know", "4(ii)", "Staff know", True),
        ("4.a Staff know", "4a", "Staff know", False),
        ("4.1a Staff know", "4.1a", "Staff know", False),
        ("A1 Staff know", "A1", "Staff know", False),
        ("A.1 Staff know", "A1", "Staff know", False),
        ("A1. Staff know", "A1", "Staff know", True),
        ("A1.2 Staff know", "A1.2", "Staff know", True),
        ("1.2.3 Staff know", "1.2.3", "Staff know", True),
        ("i) Staff know", "i", "Staff know", True),
        ("(iv) Staff know", "iv", "Staff know", True),
        ("Q7 Staff know", "7", "Staff know", True),
        ("Question 7: Staff know", "7", "Staff know", True),
        ("1.Staff know", "1", "Staff know", True),
        ("2016 was hard", "", "2016 was hard", True),
        ("3.5hours a week", "", "3.5hours a week", True),
        ("e.g. a rota", "", "e.g. a rota", True),
        ("1:1 support is given", "", "1:1 support is given", True),
    ],
)
def test_the_numbers_officers_write(line: str, number: str, text: str, sure: bool) -> None:
    found = numbered(line)
    assert (found.number, found.text, found.sure) == (number, text, sure)


@pytest.mark.parametrize(
    ("before", "after", "yes"),
    [
        ((), (1,), True), ((), (4,), False), ((4,), (5,), True), ((4,), (4, "a"), True), ((4, "a"), (4, "b"), True),
        ((4, "b"), (5,), True), ((3, "b"), (4, "a"), True), ((4, "a"), (4, "c"), False), ((1, 9), (24,), False),
        (("A", 1), ("A", 2), True), (("A", 2), ("B", 1), True), (("A", 1), ("A", 4), False),
    ],
)  # fmt: skip
def test_whether_a_list_counts_on(
    before: tuple[int | str, ...], after: tuple[int | str, ...], yes: bool
) -> None:
    assert goes_on(before, after) is yes


def test_a_question_put_in_between_as_4a_is_a_question_and_no_guidance() -> None:
    found = read_list(PASTED)
    assert takings(found) == "QQQQQGQQ"
    assert [item.text for item in found.standards[0].items] == [
        "Somebody is named who leads", "Plans say what has to change", "Records name neglect", "Training is given",
        "Staff know the signs of neglect", "Managers know them", "Somebody checks",
    ]  # fmt: skip
    assert found.faults == []
    assert [(line.place, line.why) for line in found.lines[4:6]] == [
        ("Line 5", "Has a number, 4a"),
        ("Line 6", "No number, below a line that has one"),
    ]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("4 Neglect\n4a Signs\n4b Plans\n5 Voice\n5a Heard", "HQQHQ"),
        ("A Leading\nA1 Who leads\nA2 Who stands in\nB Training\nB1 Induction", "HQQHQ"),
        ("A. Leading\nA.1 Who leads\nB. Training\nB.1 Induction", "HQHQ"),
        ("1 Leading\n\uf0b7 Who leads\n\uf0b7 Who stands in\n2 Training\n\uf0b7 Induction", "HQQHQ"),
        ("Leading\n1 Who leads\n2 Who stands in\nTraining\n1 Induction\n2 Level", "HQQHQQ"),
        ("1.1 The policy covers\ni) neglect\nii) exploitation\n1.2 It is read", "QQQQ"),
        ("1.1 Who leads?\n24 hour cover\nA4 paper\n3D printing", "QGGG"),
        ("1\nWho leads?\n2\nWho stands in?", "NQNQ"),
    ],
)
def test_the_pattern_of_the_list_says_what_a_line_is(text: str, taken: str) -> None:
    assert takings(read_list(text)) == taken


def test_what_the_officer_says_of_a_line_holds_and_follows_the_line() -> None:
    lines = read_list(PASTED).lines
    said = {lines[5].key: "question", lines[7].key: "nothing"}
    found = read_list(f"A title\n{PASTED}", said)
    assert takings(found) == "HQQQQQQQN"
    assert found.left_out == 1
    assert [line.number for line in found.lines if line.chosen] == [7, 9]


def test_guidance_of_nothing_is_left_out_and_said() -> None:
    first = read_list("Read this first\n1.1 Who leads?").lines[0]
    found = read_list("Read this first\n1.1 Who leads?", {first.key: "guidance"})
    assert takings(found) == "NQ"
    assert [(one.place, one.says) for one in found.faults] == [
        ("Line 1", "No question stands above this line that it could be the guidance of, so it is left out.")
    ]


def test_two_lines_that_say_the_same_are_told_apart() -> None:
    keys = [line.key for line in read_list("1.1 Yes\n1.1 Yes").lines]
    assert len(set(keys)) == 2


@pytest.fixture
def officer(browse: Browse) -> Client:
    return browse("quality_officer")


def chosen(page: str, line: int) -> str:
    """What the page shows a line as."""
    select = re.search(rf'<select[^>]*name="line_{line}"[^>]*>(.*?)</select>', page, re.DOTALL)
    assert select, line
    found = re.search(r'value="(\w+)" selected', select[1])
    assert found, line
    return found[1]


def test_each_line_stands_on_the_page_and_is_turned_before_anything_is_made(
    world: World, officer: Client
) -> None:
    page = posted(officer, f"{TOOLS}new/", title="Neglect audit", begin="list", words=PASTED).content.decode()
    assert [chosen(page, line) for line in (1, 5, 6)] == ["question", "question", "guidance"]
    here = f"{TOOLS}drafts/{only_draft(world).id}/"
    page = posted(officer, f"{here}list/", words=PASTED, line_6="question", then="again").content.decode()
    assert chosen(page, 6) == "question"
    assert "8 questions under 1 heading" in page
    page = posted(officer, f"{here}list/", words=PASTED, line_1="heading", line_6="guidance", then="make")
    draft = only_draft(world).definition["framework"]
    assert [(std["title"], len(std["items"])) for std in draft["standards"]] == [
        ("Somebody is named who leads", 6)
    ]
    assert draft["standards"][0]["items"][3]["guidance"] == "Think of induction too"


def test_a_list_somebody_else_changed_meanwhile_is_not_overwritten(world: World, officer: Client) -> None:
    posted(officer, f"{TOOLS}new/", title="Neglect audit", begin="list", words=PASTED)
    here = f"{TOOLS}drafts/{only_draft(world).id}/list/"
    seen = re.search(r'name="seen" value="(\w+)"', officer.get(here).content.decode())
    assert seen
    posted(officer, here, words=tools.LIST, then="again", seen=seen[1])
    page = posted(officer, here, words=f"{PASTED}\n6. Mine", line_1="heading", then="make", seen=seen[1])
    assert "Somebody else changed this list while you were looking at it" in words(page)
    assert "6. Mine" in words(page)
    kept = only_draft(world).definition
    assert kept["source"]["text"].split() == tools.LIST.split()
    assert kept["source"]["said"] == {}
    assert kept["framework"]["standards"] == []


def test_nonsense_for_a_line_changes_nothing(world: World, officer: Client) -> None:
    posted(officer, f"{TOOLS}new/", title="Neglect audit", begin="list", words=PASTED)
    here = f"{TOOLS}drafts/{only_draft(world).id}/list/"
    page = posted(
        officer, here, words=PASTED, line_1="banana", line_99="heading", line_x="heading", then="again"
    )
    assert page.status_code == 200
    with acting.as_system(world.board):
        assert only_draft(world).definition["source"]["said"] == {}
    assert {each.value for each in Taken} == {"heading", "question", "guidance", "nothing"}


@pytest.mark.parametrize(
    ("text", "taken", "looked_at"),
    [
        # A number given twice is a number still.
        ("1 Same?\n2 Another?\n2 Different number same?", "QQQ", []),
        ("1 Same?\n2 Another?\n24 hour cover?", "QQG", ["Line 3"]),
        # Word's bullet of the second level and of the third.
        ("o Who leads?\n§ Is it read?\n§ By all", "QQQ", []),
        ("1. Who leads?\n§ 11 of the Act says so", "QG", ["Line 2"]),
        ("1. Who leads?\n2. Who stands in?\nAnd at night?", "QQG", ["Line 3"]),
        ("1. Who leads?\n2. Who stands in?\nA4 paper", "QQG", ["Line 3"]),
        ("1. Who leads?\n2. Who stands in?\n~ At night", "QQG", ["Line 3"]),
        ("1. Who leads?\nEvidence: is there a rota?", "QG", []),
        ("1. Who leads?\nThink of nights too", "QG", []),
        # The number of a question is no heading's.
        ("1. Leading\n1.1 Who\n2. Training\n2.1 Induction\nQ7: Staff read it", "HQHQQ", []),
        ("1. Leading\n1.1 Who\n2. Training\n2.1 Induction\n3. Is it read?", "HQHQQ", []),
        ("1. Leading\n1.1 Who\n2. Training\n2.1 Induction\n3. Voice", "HQHQQ", ["Line 5"]),
    ],
)
def test_guidance_that_may_be_a_question_is_to_be_looked_at(
    text: str, taken: str, looked_at: list[str]
) -> None:
    found = read_list(text)
    assert takings(found) == taken
    assert [one.place for one in found.faults] == looked_at


def test_what_the_officer_says_is_guidance_is_not_to_be_looked_at_any_more() -> None:
    text = "1. Who leads?\n2. Who stands in?\nAnd at night?"
    key = read_list(text).lines[2].key
    assert read_list(text, {key: "guidance"}).faults == []


def test_a_roman_number_is_called_one() -> None:
    found = read_list("II. Training\n1. Is it given?\n2. Is it read?\nIII. Voice\n1. Are children heard?")
    assert takings(found) == "HQQHQ"
    assert {line.why for line in found.lines if line.taken is Taken.HEADING} == {
        "A Roman number, above plain ones"
    }
