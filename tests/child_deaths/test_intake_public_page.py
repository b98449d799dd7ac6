"""The team keeps the numbers of the public page, and says when somebody last rang them all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Panel

LIST = "/child-deaths/public-page/"
CHANGE = f"{LIST}northmarsh/"
SAID = {"label_1": "On-call paediatrician", "number_1": "01632 960 001", "when_1": "day and night",
        "label_2": "The coordinator", "number_2": "01632 960 010", "when_2": ""}  # fmt: skip


def fresh() -> Panel:
    return Panel.objects.prefetch_related("numbers").get(slug="northmarsh")


def test_a_changed_number_is_unverified_until_somebody_has_rung_them_all(deaths: Deaths, browse: Any) -> None:
    client = browse("coordinator")
    assert "1 February 2016" in client.get(LIST).content.decode()
    page = client.post(CHANGE, SAID, follow=True).content.decode()
    assert "until somebody has rung them all" in page
    assert [(one.place, one.label, one.number) for one in fresh().numbers.all()] == [
        (1, "On-call paediatrician", "01632 960 001"), (2, "The coordinator", "01632 960 010")
    ]  # fmt: skip
    assert fresh().numbers_verified_on is None
    assert "Nobody has noted when" in browse("public").get("/notify/northmarsh/").content.decode()
    client.post(CHANGE, SAID | {"all_rung": "on"})
    assert fresh().numbers_verified_on == deaths.world.board.today()
    client.post(CHANGE, SAID)
    assert fresh().numbers_verified_on == deaths.world.board.today(), "nothing was changed"


def test_short_numbers_and_extensions_are_numbers_and_an_extension_is_not_dialled(
    deaths: Deaths, browse: Any
) -> None:
    browse("coordinator").post(CHANGE, SAID | {"number_1": "101", "number_2": "01632 960 010 ext 4"})
    assert [one.number for one in fresh().numbers.all()] == ["101", "01632 960 010 ext 4"]
    page = browse("public").get("/notify/northmarsh/").content.decode()
    assert 'href="tel:101"' in page
    assert 'href="tel:01632960010"' in page


@pytest.mark.parametrize(
    ("other", "words"),
    [({"number_2": ""}, "Enter the number of The coordinator"), ({"label_2": ""}, "Enter who answers this number"),
     ({"number_1": "ask the desk"}, "Enter a telephone number")],
)  # fmt: skip
def test_half_a_line_is_said_beside_it(
    deaths: Deaths, browse: Any, other: dict[str, str], words: str
) -> None:
    assert words in browse("coordinator").post(CHANGE, SAID | other).content.decode()
    assert fresh().numbers_verified_on is not None


@pytest.mark.parametrize(
    ("who", "sees", "changes"),
    [("coordinator", 200, 200), ("designated_doctor", 200, 404), ("business_manager", 404, 404),
     ("panel_chair", 404, 404), ("head", 404, 404), ("stranger", 404, 404), ("sister_coordinator", 200, 404)],
)  # fmt: skip
def test_the_coordinator_of_the_board_keeps_them(
    deaths: Deaths, browse: Any, who: str, sees: int, changes: int
) -> None:
    assert browse(who).get(LIST).status_code == sees
    assert browse(who).post(CHANGE, SAID).status_code in {changes, 302 if changes == 200 else changes}
