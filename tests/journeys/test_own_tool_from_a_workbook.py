"""An officer begins an audit tool from a workbook of another program, on a desk and on a phone without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.assurance.made_tables import workbook
from tests.journeys.given import Given
from tests.journeys.screen import DESK, PHONE, Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]

#: Example: invented.
CHOICES = [["list_name", "name", "label"], ["rag", "g", "Green"], ["rag", "a", "Amber"], ["rag", "r", "Red"]]
ASKED = [
    ["type", "name", "label"],
    ["begin_group", "lead", "Who leads"],
    ["select_one rag", "q1", "There is a named lead."],
    ["select_one rag", "q2", "Trustees talk about it."],
    ["geopoint", "where", "Where is it?"],
    ["end_group", "", ""],
]


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone_no_script"])
def test_a_workbook_is_mended_read_and_taken_away_again(
    given: Given, screen_of: ScreenOf, tmp_path: Path, size: tuple[int, int], script: bool
) -> None:
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "clubs.xlsx"
    wrong.write_bytes(workbook({"survey": [*ASKED, ["select_one", "q3", "No list"]], "choices": CHOICES}))
    right.write_bytes(workbook({"survey": ASKED, "choices": CHOICES}))
    officer = screen_of("quality_officer", size, script=script).goes_to("Self-audits")
    officer.follows("Your own audit tools").follows("Start from an XLSForm workbook")
    officer.types("What is the tool called? (optional)", "Clubs 2016")
    officer.page.set_input_files("input[type=file]", wrong)
    officer.presses("Continue").sees("To put right in the workbook", "No draft was made")
    officer.takes_a_picture("faults")
    assert officer.page.get_by_label("What is the tool called?").input_value() == "Clubs 2016"
    officer.page.set_input_files("input[type=file]", right)
    officer.presses("Continue").sees("2 questions under 1 heading", "What cannot be held")
    officer.takes_a_picture("made")
    officer.presses("Make these questions").sees("There is a named lead.")
    officer.takes_a_picture("draft")
    officer.follows("Download as XLSForm workbook").sees("What another program will not see")
    officer.takes_a_picture("download")
