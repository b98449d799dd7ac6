"""The heat map as a Word copy, with the same tabs as every page of results, and its words for whoever looks."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance.operations import cycles
from wholestory.assurance.views.results_shared import PAGES

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def base(round_: Round) -> str:
    with acting.as_system(round_.world.board):
        return f"/self-audits/cycles/{round_.cycle.record.reference}/"


@pytest.fixture
def shown(signed_school: Round) -> Round:
    signed_school.release("school")
    with signed_school.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=signed_school.fresh("school").cycle, today=TODAY)
    return signed_school


@pytest.mark.parametrize(
    ("who", "place"), [("business_manager", "heat-map/"), ("lay_member", "results/heat-map/")]
)
def test_the_word_copy_says_what_the_page_says(shown: Round, browse: Browse, who: str, place: str) -> None:
    answer = browse(who).get(base(shown) + place, {"download": "docx"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith('-2016-03-14.docx"')
    made = Document(io.BytesIO(answer.content))
    (table,) = made.tables
    head = [cell.text for cell in table.rows[0].cells]
    assert head[0] == "Agency"
    assert head[1:] == [str(n) for n in range(1, len(head))]
    assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows[1:]}
    page = browse(who).get(base(shown) + place, {"download": "csv"}).content.decode("utf-8-sig")
    line = next(one for one in page.splitlines() if one.startswith("Willow Lane Academy,"))
    assert rows["Willow Lane Academy"] == line.split(",")[1:]
    assert set(rows["Northmarsh Constabulary"]) <= {"Asked", "NR", "Begun"}
    words = "\n".join(one.text for one in made.paragraphs)
    for said in ("Example: invented", "How these figures are made", "Standards", "Key"):
        assert said in words, said
    # Colour is never alone: each shaded cell prints its number.
    shaded = [
        cell for row in table.rows for cell in row.cells if cell._tc.find(f".//{qn('w:shd')}") is not None
    ]
    assert shaded
    assert all(cell.text for cell in shaded)


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("quality_officer", "heat-map/"),
        ("quality_officer", "results/heat-map/?view=board"),
        ("chair", "heat-map/"),
        ("lay_member", "results/heat-map/"),
    ],
)
def test_the_map_has_the_tabs_of_the_other_pages_and_all_of_them_open(
    shown: Round, browse: Browse, who: str, place: str
) -> None:
    client = browse(who)
    html = client.get(base(shown) + place).content.decode()
    assert '<strong aria-current="page">Heat map</strong>' in html
    nav = html.split('<nav aria-label="Results">')[1].split("</nav>")[0]
    links = [one.split('"')[0] for one in nav.split('href="')[1:]]
    assert len(links) == len(PAGES) - 1
    for link in links:
        assert client.get(link).status_code == 200, link


def test_from_the_map_one_looks_as_the_board_does_and_back(shown: Round, browse: Browse) -> None:
    client = browse("quality_officer")
    html = client.get(base(shown) + "heat-map/").content.decode()
    board = f"{base(shown)}results/heat-map/?view=board"
    assert f'href="{board}"' in html
    assert f'href="{base(shown)}heat-map/"' in client.get(board).content.decode()


@pytest.mark.parametrize("place", ["heat-map/", "results/"])
def test_the_chair_is_told_that_the_team_releases(signed_school: Round, browse: Browse, place: str) -> None:
    chair = browse("chair").get(base(signed_school) + place).content.decode()
    assert "until you release" not in chair
    assert "team releases results" in chair
    team = browse("quality_officer").get(base(signed_school) + place).content.decode()
    assert "until you release results" in team
