"""The poster's QR code: it says the very address, and holds nothing a strict page may not hold."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import qrcode
from django.core.cache import cache
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.surveying import Asked
from wholestory.assurance.files.qr_code import QUIET, svg

ADDRESS = "https://wholestory.example/survey/k3n9q7t2v5/"


def squares_of(picture: str) -> list[list[bool]]:
    """The dark squares a path draws, line by line."""
    box = re.search(r'viewBox="0 0 (\d+) ', picture)
    assert box is not None
    side = int(box[1])
    found = [[False] * side for _ in range(side)]
    for across, down, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", picture):
        for at in range(int(length)):
            found[int(down)][int(across) + at] = True
    return found


def test_it_draws_every_square_of_the_code_and_no_other() -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=QUIET)
    code.add_data(ADDRESS)
    code.make(fit=True)
    assert squares_of(svg(ADDRESS, "Opens the survey")) == code.get_matrix()


def test_four_light_squares_stand_around_it_and_three_corners_can_be_found() -> None:
    """ISO/IEC 18004: a quiet zone of four, and a finder of seven by seven in three corners."""
    squares = squares_of(svg(ADDRESS, "Opens the survey"))
    side = len(squares)
    for edge in range(QUIET):
        assert not any(squares[edge])
        assert not any(row[edge] for row in squares)
    for top, left in ((QUIET, QUIET), (QUIET, side - QUIET - 7), (side - QUIET - 7, QUIET)):
        assert all(squares[top][left : left + 7])
        assert [squares[top + 1][left + n] for n in range(7)] == [True, *[False] * 5, True]


def test_it_is_read_out_and_holds_no_style_and_no_script() -> None:
    picture = svg(ADDRESS, 'Opens "the" survey')
    assert 'role="img" aria-label="Opens &quot;the&quot; survey"' in picture
    assert "style" not in picture
    assert "<script" not in picture


@pytest.mark.django_db
def test_the_poster_has_it_beside_the_address_in_letters(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    cache.clear()
    asked = Asked(cycle_round)
    html = (
        browse("quality_officer").get(f"/self-audits/surveys/{asked.reference}/invitation/").content.decode()
    )
    address = re.search(r"(https?://\S+/survey/\w+/)</p>", html)
    assert address is not None
    assert str(svg(address[1], f"QR code that opens {address[1]}")) in html
    assert "Example: invented" in html


@pytest.mark.django_db
def test_the_surveys_page_says_who_can_see_it(cycle_round: Round, browse: Callable[[str], Client]) -> None:
    asked = Asked(cycle_round)
    client = browse("quality_officer")
    html = client.get(f"/self-audits/surveys/{asked.reference}/").content.decode()
    where = re.search(r'href="([^"]+)">Who can see this', html)
    assert where is not None
    said = client.get(where[1]).content.decode()
    assert asked.round.world.people["chair"].full_name in said
    assert asked.round.world.people["lay_member"].full_name not in said
