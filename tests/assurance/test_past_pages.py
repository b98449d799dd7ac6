"""The pages on which the team brings a file in, from the upload to taking it back, and who finds them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.assurance.bringing_in import FRAMEWORK, ITEMS, NAME, Bringing, bringing, matrix, own_shelf
from tests.assurance.conftest import Round
from tests.assurance.made_tables import document, workbook
from tests.personas import World
from wholestory.access import acting
from wholestory.assurance.models import BroughtIn, FrameworkVersion, Return

__all__ = ["bringing", "own_shelf"]
Browse = Callable[[str], Client]
PAST = "/self-audits/past/"
OUTSIDERS = ["lay_member", "police_member", "chair", "head", "police_lead", "sister_manager", "stranger"]


def uploaded(team: Client, content: bytes, name: str, kind: str = "returns") -> str:
    """Choose a file; the address of its page."""
    answer = team.post(f"{PAST}new/", {"kind": kind, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return "/".join(answer["Location"].split("/")[:4]) + "/"


def went_on(team: Client, at: str, step: str, **said: str) -> str:
    """Fill in a step; the address it leads to."""
    answer = team.post(f"{at}{step}/", said)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_from_the_upload_to_taking_it_back(browse: Browse, world: World, own_shelf: None) -> None:
    team = browse("quality_officer")
    assert "No file was brought in yet" in team.get(PAST).content.decode()
    rows = {
        "Willow Lane Academy": [2, "see letter", 1],
        "Harber Youth Trust": [3, "n/a", "-"],
        "Average": [2, 2, 1],
    }
    at = uploaded(team, matrix(rows), "audit-2014.xlsx")
    page = team.get(f"{at}table/").content.decode()
    assert "Organisations down, questions across" in page
    assert went_on(team, at, "table", table="0", shape="down", header="1", above="0") == f"{at}columns/"
    page = team.get(f"{at}columns/").content.decode()
    assert "Column A: Organisation" in page
    said = {"role_1": "agency", "role_2": "score", "role_3": "score", "role_4": "score"}
    assert went_on(team, at, "columns", **said) == f"{at}questions/"
    assert went_on(team, at, "questions", framework=NAME, then="framework") == f"{at}questions/"
    said = {f"question_{n}": key for n, key in enumerate(ITEMS[:3])} | {"twice": "neither"}
    assert went_on(team, at, "questions", **said) == f"{at}agencies/"
    page = team.get(f"{at}agencies/").content.decode()
    assert "“Harber Youth Trust” is" in page
    assert "“Willow Lane Academy” is" not in page  # surely known
    charity = str(world.agencies["charity"].id)
    assert went_on(team, at, "agencies", agency_0=charity) == f"{at}words/"
    page = team.get(f"{at}words/").content.decode()
    assert page.index("“see letter”") < page.index("“3”")  # what is not known comes first
    said = dict(zip([f"word_{n}" for n in range(6)], _codes(page), strict=False))
    assert went_on(team, at, "words", **said) == f"{at}about/"
    days = {"opens_on-day": "6", "opens_on-month": "1", "opens_on-year": "2014"}
    days |= {"due_on-day": "31", "due_on-month": "3", "due_on-year": "2014"}
    assert went_on(team, at, "about", cycle="new", title="Section 11, 2014", **days) == f"{at}check/"
    page = team.get(f"{at}check/").content.decode()
    assert "Nothing is written yet" in page
    assert "2 organisations, 3 scores, 1 that does not apply, 1 left blank, 1 not read" in page
    assert "Sheet 2014, row 2, column C: “see letter” is not read as a score" in page
    assert "Average: A sum or an average, no agency" in page
    with acting.as_system(world.board):
        assert not Return.objects.exists()
    assert team.post(f"{at}check/", {"seen": "x"}).status_code == 409
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert team.post(f"{at}check/", {"seen": seen})["Location"] == at
    page = team.get(at).content.decode()
    assert "2 returns with 3 scores" in page
    assert "Take all of it back" in page
    assert team.post(f"{at}take-back/", {"reason": ""}).status_code == 200
    assert team.post(f"{at}take-back/", {"reason": "The wrong year"})["Location"] == at
    assert "Taken back by Robin Tansley on 14 March 2016: The wrong year" in team.get(at).content.decode()


def _codes(page: str) -> list[str]:
    """What is preselected for each word, in the order of the page."""
    return [part.split('value="')[-1].split('"')[0] for part in page.split('" selected')[:-1]]


def test_a_matching_is_offered_again_for_the_next_file_with_the_same_headings(
    browse: Browse, bringing: Bringing
) -> None:
    rows: dict[str, list[object]] = {"Willow Lane Academy": [2, 1, 3], "Youth at the harbour": [1, 1, 1]}
    charity = str(bringing.world.agencies["charity"].id)
    team = browse("quality_officer")
    first = uploaded(team, matrix(rows), "a.xlsx")
    went_on(team, first, "table", table="0", shape="down", header="1", above="0")
    batch = BroughtIn.objects.none()
    with bringing.acting():
        batch = BroughtIn.objects.select_related("record", "board").get()
    keys = [f"1 1 {FRAMEWORK.items[ITEMS[0]].text}"]
    bringing.match(
        batch, roles=["agency", "score", "", ""], framework=NAME, title="2014", opens_on="2014-01-06",
        due_on="2014-03-31", agencies={"youth at the harbour": [charity, ""]},
        questions={"".join(c for c in keys[0].casefold() if c.isalnum() or c == " "): ITEMS[0]},
    )  # fmt: skip
    bringing.apply(batch)
    second = uploaded(team, matrix(rows), "b.xlsx")
    went_on(team, second, "table", table="0", shape="down", header="1", above="0")
    page = team.get(f"{second}columns/").content.decode()
    assert "Filled in as you matched “a.xlsx”" in page
    with bringing.acting():
        again = BroughtIn.objects.get(file_name="b.xlsx").mapping
    assert again["agencies"] == {"youth at the harbour": [charity, ""]}
    assert (again["roles"], again["framework"]) == (["agency", "score", "", ""], NAME)


def test_a_tool_of_the_board_is_made_of_the_headings_with_amber_as_good(
    browse: Browse, bringing: Bringing
) -> None:
    rows = [["Agency", "1.1 A named lead", "1.2 A policy"], ["Willow Lane Academy", "Amber", "Grey"]]
    team = browse("quality_officer")
    at = uploaded(team, workbook({"S": rows}), "staffs.xlsx")
    went_on(team, at, "table", table="0", shape="down", header="1", above="0")
    went_on(team, at, "columns", role_1="agency", role_2="score", role_3="score")
    said = {"framework": "new", "title": "Our audit of 2014", "scale": "STAFF6", "then": "framework"}
    assert went_on(team, at, "questions", **said) == f"{at}questions/"
    made = FrameworkVersion.objects.get(board=bringing.world.board)
    assert made.title == "Our audit of 2014"
    with bringing.acting():
        batch = BroughtIn.objects.get()
    assert sorted(batch.mapping["questions"]) == ["1 1 a named lead", "1 2 a policy"]
    assert all(batch.mapping["questions"].values())
    went_on(
        team,
        at,
        "questions",
        twice="neither",
        **{f"question_{n}": v for n, v in enumerate(batch.mapping["questions"].values())},
    )
    page = team.get(f"{at}agencies/")
    assert page.status_code == 200
    went_on(team, at, "agencies")
    page = team.get(f"{at}words/").content.decode()
    assert '<option value="point:good" selected>Amber: Good' in page
    assert '<option value="not_applicable" selected' in page


def test_one_agencys_word_copy_comes_in_for_it_alone(browse: Browse, bringing: Bringing) -> None:
    head = ["No", "Question", "Score", "Evidence"]
    text = FRAMEWORK.items[ITEMS[0]].text
    team = browse("quality_officer")
    at = uploaded(team, document("# Leadership", [head, ["1.1", text, "2", "In the policy"]]), "harbour.docx")
    charity = str(bringing.world.agencies["charity"].id)
    assert (
        team.post(f"{at}table/", {"table": "0", "shape": "copy", "header": "1", "above": "0"}).status_code
        == 200
    )
    went_on(team, at, "table", table="0", shape="copy", header="1", above="0", alone=charity)
    went_on(team, at, "columns", role_1="number", role_2="question", role_3="score", role_4="comment")
    went_on(team, at, "questions", framework=NAME, then="framework")
    went_on(team, at, "questions", question_0=ITEMS[0], twice="neither")
    assert team.get(f"{at}agencies/")["Location"] == f"{at}words/"  # no name to match
    went_on(team, at, "words", word_0="point:2")
    days = {"opens_on-day": "6", "opens_on-month": "1", "opens_on-year": "2014"}
    days |= {"due_on-day": "31", "due_on-month": "3", "due_on-year": "2014"}
    went_on(team, at, "about", cycle="new", title="2014", **days)
    seen = team.get(f"{at}check/").content.decode().split('name="seen" value="')[1].split('"')[0]
    team.post(f"{at}check/", {"seen": seen})
    with bringing.acting():
        batch = BroughtIn.objects.select_related("record").get()
    assert list(bringing.returns(batch)) == ["charity"]


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_but_the_team_finds_any_of_these_pages(browse: Browse, bringing: Bringing, name: str) -> None:
    batch = bringing.matched(matrix({"Willow Lane Academy": [1, 2, 3]}))
    at = f"{PAST}{batch.record.reference}/"
    outside = browse(name)
    pages = (PAST, f"{PAST}new/", at, f"{at}table/", f"{at}check/", f"{at}take-back/", f"{at}put-aside/")
    # The manager of another board has these pages for that board's own files.
    own = [200, 200] if name == "sister_manager" else [404, 404]
    assert [outside.get(one).status_code for one in pages] == [*own, *[404] * 5]
    assert "audit-2014.xlsx" not in outside.get(PAST).content.decode()
    assert "Section 11, 2014" not in outside.get("/self-audits/").content.decode()


def test_every_page_that_shows_it_says_where_it_came_from(
    browse: Browse, bringing: Bringing, world: World
) -> None:
    asked = Round(world)
    asked.answer("police", "police_lead", 3)
    asked.sign("police", "police_signatory")
    batch = bringing.bring({"Willow Lane Academy": [2, 1, 3], "Northmarsh Constabulary": [1, 1, 1]})
    mark = "Brought in from audit-2014.xlsx, unconfirmed"
    with bringing.acting():
        reference = BroughtIn.objects.select_related("cycle__record").get().cycle.record.reference
        now_asked = asked.cycle.record.reference
        school = bringing.returns(batch)["school"].record.reference
    team, head = browse("quality_officer"), browse("head")
    cycle = f"/self-audits/cycles/{reference}/"
    for address in (
        cycle,
        f"{cycle}heat-map/",
        f"{cycle}results/",
        f"{cycle}results/items/",
        f"{cycle}results/responses/",
    ):
        assert mark in team.get(address).content.decode(), address
    assert mark in team.get(f"{cycle}heat-map/?download=csv").content.decode("utf-8-sig")
    trend = team.get(f"/self-audits/cycles/{now_asked}/results/cycles/").content.decode()
    assert f"Section 11, 2014: {mark}" in trend
    for address in ("", "form/print/"):
        assert mark in head.get(f"/self-audits/returns/{school}/{address}").content.decode(), address
    assert head.get(cycle).status_code == 404
    assert browse("police_lead").get(f"/self-audits/returns/{school}/").status_code == 404


def test_the_agency_says_on_its_own_page_whether_it_is_right(browse: Browse, bringing: Bringing) -> None:
    school = bringing.returns(bringing.bring({"Willow Lane Academy": [2, 1, 3]}))["school"].record.reference
    at = f"/self-audits/returns/{school}/"
    head = browse("head")
    assert "Confirm it, or say what is not right" in head.get(at).content.decode()
    assert "Say what is not right" in head.post(f"{at}brought-in/", {"right": "no"}).content.decode()
    assert head.post(f"{at}brought-in/", {"right": "no", "words": "We scored 3."}).status_code == 302
    assert "“We scored 3.”" in browse("quality_officer").get(at).content.decode()
    assert head.post(f"{at}brought-in/", {"right": "yes"}).status_code == 302
    assert "confirmed by Jo Ashdown on 14 March 2016" in head.get(at).content.decode()
    for name in ("police_lead", "sister_head", "stranger", "lay_member"):
        assert browse(name).get(f"{at}brought-in/").status_code == 404


def test_lists_cost_the_same_for_one_file_and_for_many(
    browse: Browse, bringing: Bringing, cost_of: Callable[[Client, str], int]
) -> None:
    team = browse("quality_officer")
    bringing.bring({"Willow Lane Academy": [2, 1, 3]})
    team.get(PAST)
    one = cost_of(team, PAST)
    for n in range(3):
        bringing.matched(matrix({"Willow Lane Academy": [n, 1, 3]}), name=f"{n}.xlsx")
    assert cost_of(team, PAST) == one


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xls", b"x", "Send .xlsx, .docx or .csv"),
        ("a.xlsx", b"not a workbook", "a.xlsx"),
        ("a.csv", b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_file(
    browse: Browse, own_shelf: None, name: str, content: bytes, says: str
) -> None:
    sent = {"kind": "returns", "file": SimpleUploadedFile(name, content)}
    answer = browse("quality_officer").post(f"{PAST}new/", sent)
    assert answer.status_code == 200
    assert says in answer.content.decode()
