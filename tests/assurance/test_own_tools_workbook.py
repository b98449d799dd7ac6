"""An audit tool begins from an XLSForm workbook, and every tool goes out as one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.assurance import made_tools as tools
from tests.assurance.made_tables import workbook
from tests.assurance.test_own_tools_pages import TOOLS, only_draft, posted, words
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.models import FrameworkDraft
from wholestory.assurance.operations import own_tools_workbook as operations
from wholestory.ledger import reading as access_record
from wholestory.paperwork.xlsform import read_workbook

Browse = Callable[[str], Client]
REAL = Path(__file__).parents[1] / "paperwork" / "xlsform" / "workbooks"
BEGIN = f"{TOOLS}from-xlsform/"


@pytest.fixture
def officer(browse: Browse) -> Client:
    return browse("quality_officer")


def real(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (REAL / name).read_bytes())


def invented(*survey: list[str], choices: list[list[str]] | None = None) -> SimpleUploadedFile:
    """Example: invented."""
    sheets: dict[str, Any] = {
        "survey": [["type", "name", "label"], *survey],
        "choices": [["list_name", "name", "label"], *(choices or [])],
        "settings": [["form_title", "form_id"], ["Clubs 2016", "clubs"]],
    }
    return SimpleUploadedFile("clubs.xlsx", workbook(sheets))


RAG = [["rag", "g", "Green"], ["rag", "a", "Amber"], ["rag", "r", "Red"]]
CLUBS = (
    ["begin_group", "lead", "Who leads"],
    ["select_one rag", "q1", "There is a named lead."],
    ["select_one rag", "q2", "Trustees talk about it."],
    ["geopoint", "where", "Where is it?"],
    ["end_group", "", ""],
)


def test_a_workbook_becomes_a_draft_and_what_it_cannot_hold_is_listed(world: World, officer: Client) -> None:
    page = posted(officer, BEGIN, title="", file=invented(*CLUBS, choices=RAG))
    said = words(page)
    assert "2 questions under 1 heading, on the scale “Red, amber, green”" in said
    assert re.search(r"What cannot be held.*survey, row 5", said)
    draft = only_draft(world)
    assert (draft.title, draft.came_from) == ("Clubs 2016", "clubs.xlsx")
    page = posted(officer, f"{TOOLS}drafts/{draft.id}/workbook/", then="make")
    assert "1.1 There is a named lead." in words(page)
    items = only_draft(world).definition["framework"]["standards"][0]["items"]
    # What another program called q1 is nobody else's q1.
    assert [item["text"] for item in items] == ["There is a named lead.", "Trustees talk about it."]
    assert not {item["key"] for item in items} & {"q1", "q2"}
    assert "Publish" in words(officer.get(f"{TOOLS}drafts/{draft.id}/"))


def test_every_fault_is_shown_by_sheet_row_and_column_and_the_title_stays(
    world: World, officer: Client
) -> None:
    page = posted(
        officer, BEGIN, title="My own title",
        file=invented(["text", "", "No name"], ["select_one nowhere", "q", "No list"], choices=RAG),
    )  # fmt: skip
    html, said = page.content.decode(), words(page)
    assert 'value="My own title"' in html
    assert "To put right in the workbook" in said
    assert re.search(r"survey 2 B \(name\)", said)
    assert re.search(r"survey 3 A \(type\)", said)
    assert "No draft was made" in said
    with acting.as_system(world.board):
        assert not FrameworkDraft.objects.exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("survey_no_name.xlsx", "rename it to survey"),
        ("bad_calc.xlsx", "survey 2 D (calculation)"),
        ("unknown_question_type.xls", "survey 1 J (relevance)"),
    ],
)
def test_real_workbooks_with_faults_say_where(officer: Client, name: str, says: str) -> None:
    assert says in words(posted(officer, BEGIN, file=real(name)))


def test_a_workbook_that_comes_to_nothing_leaves_no_draft(world: World, officer: Client) -> None:
    said = words(
        posted(officer, BEGIN, file=invented(["date", "seen", "Seen on"], ["integer", "many", "How many"]))
    )
    assert "1 thing to put right in" in said
    assert "survey No question of this form is answered by choosing one from a list." in said
    assert "No draft was made" in said
    with acting.as_system(world.board):
        assert not FrameworkDraft.objects.exists()


def test_a_column_that_means_nothing_here_is_said_once(world: World, officer: Client) -> None:
    sheets = {
        "survey": [["type", "name", "label", "foo"], ["select_one rag", "lead", "There is a lead.", "1"]],
        "choices": [["list_name", "name", "label"], *RAG],
        "settings": [["form_title", "form_id"], ["Clubs 2016", "clubs"]],
    }
    said = words(posted(officer, BEGIN, file=SimpleUploadedFile("clubs.xlsx", workbook(sheets))))
    assert said.count("column D (foo)") == 1


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", b"%PDF-1.7"]
)
def test_what_is_no_workbook_is_said_beside_the_field(officer: Client, content: bytes) -> None:
    page = posted(officer, BEGIN, title="Kept", file=SimpleUploadedFile("a.xlsx", content))
    assert page.status_code == 200
    assert "govuk-error-message" in page.content.decode()
    assert 'value="Kept"' in page.content.decode()


def test_a_real_workbook_without_a_known_scale_asks_for_one(world: World, officer: Client) -> None:
    page = posted(officer, BEGIN, title="Neighbourhoods", file=real("cascading_select_test_equivalent.xls"))
    assert "No audit tool can be made of it yet." in words(page)
    assert "How it is scored" in words(page)
    assert "What cannot be held" in words(page)
    draft = only_draft(world)
    here = f"{TOOLS}drafts/{draft.id}/workbook/"
    refused = posted(officer, here, choices="every")
    assert "Choose a scale" in words(refused)
    assert re.search(r'value="every"[^>]*checked', refused.content.decode())
    page = posted(officer, here, scale="INT0_3", choices="every")
    assert "It is scored on" in words(page)
    page = posted(officer, here, then="make")
    content = only_draft(world).definition["framework"]
    assert content["scale"] == "INT0_3"
    assert content["title"] == "Neighbourhoods"
    assert sum(len(std["items"]) for std in content["standards"]) > 0


def test_a_real_yes_or_no_workbook_is_a_light_tool_without_scores(world: World, officer: Client) -> None:
    posted(officer, BEGIN, title="", file=real("yes_or_no_question.xls"))
    draft = only_draft(world)
    posted(officer, f"{TOOLS}drafts/{draft.id}/workbook/", then="make")
    content = only_draft(world).definition["framework"]
    assert (content["scale"], content["scored"]) == ("PLAIN", False)


def test_a_shipped_tool_goes_out_and_comes_back_as_it_was(world: World, officer: Client) -> None:
    before = framework_called("section_11_wt2015")
    there = f"{TOOLS}{before.key}/{before.version}/xlsform/"
    assert "What another program will not see" in words(officer.get(there))
    answer = officer.get(f"{there}?download=xlsx")
    assert answer["Content-Disposition"].endswith('-xlsform.xlsx"')
    content = b"".join(answer) if answer.streaming else answer.content
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["survey", "choices", "settings"]
    assert read_workbook(content).form == as_form(before)
    page = posted(officer, BEGIN, title="", file=SimpleUploadedFile("s11.xlsx", content))
    assert "Everything in the workbook can be held." in words(page)
    draft = only_draft(world)
    assert draft.builds_on == f"{before.key}.{before.version}"
    posted(officer, f"{TOOLS}drafts/{draft.id}/workbook/", then="make")
    after = only_draft(world).definition["framework"]
    assert [item["key"] for std in after["standards"] for item in std["items"]] == list(before.items)
    critical = [item["key"] for std in after["standards"] for item in std["items"] if item["critical"]]
    assert critical == [key for key, item in before.items.items() if item.critical]


def test_a_draft_and_a_published_tool_go_out_with_a_line_for_the_download(
    world: World, officer: Client
) -> None:
    draft, version = tools.begun(world, title="Draft tool"), tools.published(world, title="Real tool")
    for url, shown in ((f"drafts/{draft.id}", draft.id), (f"{version.key}/1", version.id)):
        page = officer.get(f"{TOOLS}{url}/")
        assert f"{TOOLS}{url}/xlsform/" in page.content.decode()
        answer = officer.get(f"{TOOLS}{url}/xlsform/?download=xlsx")
        form = read_workbook(answer.content).form
        assert form is not None
        assert next(section.title for section in form.pages[0].sections()).endswith(
            "Staff know the signs of neglect"
        )
        with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
            done = access_record.done_by(world.people["quality_officer"].id)
        assert [each.ids for each in done if each.verb == "access.downloaded"].count((shown,)) == 1


def test_a_draft_without_a_question_has_nothing_to_write(world: World, officer: Client) -> None:
    page = posted(officer, f"{TOOLS}new/", title="Empty", begin="empty")
    assert page.status_code == 200
    page = officer.get(f"{TOOLS}drafts/{only_draft(world).id}/xlsform/?download=xlsx", follow=True)
    assert "There is no question to write into a workbook yet." in words(page)


@pytest.mark.parametrize(
    "who",
    [
        "head",
        "police_member",
        "police_lead",
        "lay_member",
        "chair",
        "sister_manager",
        "sister_head",
        "stranger",
    ],
)
def test_nobody_outside_the_team_begins_reads_or_takes_one(world: World, browse: Browse, who: str) -> None:
    draft, version = tools.begun(world, title="Secret draft"), tools.published(world, title="Secret tool")
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        read = operations.start(
            actor=world.people["quality_officer"], board=world.board, reading=read_workbook(
                invented(*CLUBS, choices=RAG).read()), name="secret.xlsx", title="", today=TODAY,
        )  # fmt: skip
    client = browse(who)
    for url in (
        f"drafts/{draft.id}/xlsform/?download=xlsx",
        f"drafts/{read.id}/workbook/",
        f"{version.key}/1/xlsform/?download=xlsx",
    ):
        assert client.get(f"{TOOLS}{url}").status_code == 404, url
    assert client.post(f"{TOOLS}drafts/{read.id}/workbook/", {"then": "make"}).status_code == 404
    if who != "sister_manager":  # she has tools of her own board's
        assert client.get(BEGIN).status_code == 404
        assert client.post(BEGIN, {"file": invented(*CLUBS, choices=RAG)}).status_code == 404


def test_another_boards_tool_is_never_taken_for_the_one_a_workbook_was_made_from(
    world: World, officer: Client, browse: Browse
) -> None:
    version = tools.published(world, title="North's tool")
    content = officer.get(f"{TOOLS}{version.key}/1/xlsform/?download=xlsx").content
    sister = browse("sister_manager")
    page = posted(sister, BEGIN, title="", file=SimpleUploadedFile("theirs.xlsx", content))
    assert page.status_code == 200
    with acting.as_system(world.boards["south"]):
        draft = FrameworkDraft.objects.get(board=world.boards["south"])
    assert draft.builds_on == ""
