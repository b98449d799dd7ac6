"""The pages on which an officer makes an audit tool: nothing typed is lost, every fault stands where it belongs."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.assurance import made_tools as tools
from tests.assurance.made_tables import document, workbook
from tests.personas import World
from wholestory.access import acting
from wholestory.assurance.models import FrameworkDraft, FrameworkVersion

Browse = Callable[[str], Client]
TOOLS = "/self-audits/tools/"

TABLE = [
    ["No.", "Standard", "Question", "Guidance", "Red", "Amber", "Green", "Critical"],
    ["1.1", "Leadership", "Who leads?", "Name the post", "nobody", "unclear", "clear", "Yes"],
    ["1.2", "Leadership", "Who stands in?", None, "a", None, "c", "maybe"],
    ["2.1", "Training", "Is there induction?", None, None, None, None, "No"],
]
ROLES = ("number", "standard", "question", "guidance", "point_0", "point_1", "point_2")


@pytest.fixture
def officer(browse: Browse) -> Client:
    return browse("quality_officer")


def posted(client: Client, url: str, **said: Any) -> Any:
    return client.post(url, said, follow=True)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def only_draft(world: World) -> FrameworkDraft:
    with acting.as_system(world.board):
        return FrameworkDraft.objects.latest("created_at")


def test_the_list_is_empty_at_first_and_says_what_to_do(officer: Client) -> None:
    page = words(officer.get(TOOLS))
    assert "No draft is open." in page
    assert "No tool of your own is published yet." in page
    assert "New audit tool" in page
    assert TOOLS in officer.get("/self-audits/").content.decode()


def test_what_comes_with_wholestory_is_told_apart_by_its_guidance(officer: Client) -> None:
    for page in (words(officer.get(TOOLS)), words(officer.get(f"{TOOLS}copy/"))):
        for year in (2013, 2015, 2018, 2023):
            assert page.count(f"Safeguarding self-assessment, for Working Together {year}") == 1, year
        assert "Safeguarding self-assessment, version" not in page


def test_a_pasted_list_is_tried_made_and_published(world: World, officer: Client) -> None:
    page = posted(officer, f"{TOOLS}new/", title="Neglect audit", begin="list", words=tools.LIST)
    assert "4 questions under 2 headings" in words(page)
    draft = only_draft(world)
    here = f"{TOOLS}drafts/{draft.id}/"
    page = posted(officer, f"{here}list/", words=f"{tools.LIST}\n# Nothing below", then="again")
    assert "Line 8: Nothing stands under the heading “Nothing below”, so it is left out." in words(page)
    page = posted(officer, f"{here}list/", words=tools.LIST, then="make")
    assert "1.2 Neglect is named in records" in words(page)
    preview = words(officer.get(f"{here}preview/"))
    assert "Staff know the signs of neglect" in preview
    assert "Not in place: This is not in place." in preview
    assert "cannot be changed any more" in words(officer.get(f"{here}publish/"))
    page = posted(officer, f"{here}publish/")
    assert "Published. You can ask it in a new cycle." in words(page)
    key = FrameworkVersion.objects.get().key
    new = officer.get(f"/self-audits/cycles/new/?framework={key}")
    assert "Your board’s own, version 1." in words(new)
    assert re.search(rf'value="{key}"[^>]*checked', new.content.decode())


def test_a_cycle_is_prepared_on_an_own_tool_from_the_page(world: World, officer: Client) -> None:
    version = tools.published(world)
    form = officer.get("/self-audits/cycles/new/").content.decode()
    names = re.findall(r'name="((?:opens|due)_on[^"]*)"', form)
    dated = dict(zip(names, ["1", "4", "2016", "1", "7", "2016"], strict=True))
    page = posted(
        officer, "/self-audits/cycles/new/", title="Neglect 2016", framework=version.key, **dated
    )  # fmt: skip
    assert "Neglect 2016" in words(page)
    assert "Whom to ask" in words(page)


@pytest.mark.parametrize("ending", ["xlsx", "docx", "csv"])
def test_a_table_is_mapped_on_screen(world: World, officer: Client, ending: str) -> None:
    text = [[cell or "" for cell in row] for row in TABLE]
    content = {
        "xlsx": lambda: workbook({"Questions": TABLE}),
        "docx": lambda: document("# Ignored", text),
        "csv": lambda: "\n".join(",".join(row) for row in text).encode(),
    }[ending]()
    page = posted(
        officer, f"{TOOLS}new/", begin="table", file=SimpleUploadedFile(f"Our_audit.{ending}", content)
    )
    draft = only_draft(world)
    assert draft.title == "Our audit"
    assert draft.came_from == f"Our_audit.{ending}"
    html = page.content.decode()
    for column, role in enumerate(ROLES, 1):
        assert re.search(rf'name="role_{column}".*?value="{role}" selected', html, re.DOTALL), role
    assert "3 questions under 2 headings" in words(page)
    place = {
        "xlsx": "Sheet Questions, row 3, column H", "docx": "Table 1, row 3, column 8", "csv": "Line 3, column H"
    }[ending]  # fmt: skip
    assert f"{place}: “maybe” is neither yes nor no." in words(page)
    here = f"{TOOLS}drafts/{draft.id}/"
    said = {f"role_{n}": role for n, role in enumerate([*ROLES, "critical"], 1)}
    page = posted(officer, f"{here}columns/", table="0", header="1", scale="RAG3", then="make", **said)
    assert "Say what each of the 3 points of the scale means" in words(page)
    assert "1.1 Who leads?" in words(page)
    assert "Critical" in words(page)


def test_columns_are_corrected_and_a_wrong_choice_loses_nothing(world: World, officer: Client) -> None:
    posted(officer, f"{TOOLS}new/", begin="table", file=SimpleUploadedFile("a.xlsx", workbook({"Q": TABLE})))
    here = f"{TOOLS}drafts/{only_draft(world).id}/columns/"
    roles = {
        "role_1": "question",
        "role_2": "standard",
        "role_3": "question",
        **{f"role_{n}": "" for n in range(4, 9)},
    }
    page = posted(officer, here, table="0", header="1", scale="MET3", then="make", **roles)
    assert "Another column holds “Question” already" in words(page)
    assert re.search(r'name="scale".*?value="MET3" selected', page.content.decode(), re.DOTALL)
    roles |= {"role_1": "", "role_3": ""}
    page = posted(officer, here, table="0", header="1", scale="MET3", then="make", **roles)
    assert "Say which column holds the questions" in words(page)
    page = posted(
        officer, here, table="0", header="0", scale="MET3", then="again", **{**roles, "role_3": "question"}
    )
    assert "4 questions" in words(page)
    page = posted(officer, here, table="0", header="1", scale="MET3", then="guess", **roles)
    assert re.search(r'name="role_3".*?value="question" selected', page.content.decode(), re.DOTALL)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"not a workbook", "Save it again"),
        ("a.pdf", b"%PDF-1.7", "Send .xlsx, .xls, .docx or .csv"),
        ("a.docx", document(), "holds no table"),
        ("a.csv", b"\n\n", "holds no table"),
    ],
)
def test_a_file_that_gives_nothing_is_said_beside_the_field(
    officer: Client, name: str, content: bytes, says: str
) -> None:
    page = posted(
        officer, f"{TOOLS}new/", title="Kept title", begin="table", file=SimpleUploadedFile(name, content)
    )
    assert says in words(page)
    assert 'value="Kept title"' in page.content.decode()
    assert FrameworkDraft.objects.count() == 0


def test_a_word_document_without_a_table_is_read_as_a_list(world: World, officer: Client) -> None:
    content = document("# Leadership", "1.1 Who leads?", "1.2 Who stands in?")
    page = posted(officer, f"{TOOLS}new/", begin="table", file=SimpleUploadedFile("a.docx", content))
    assert "2 questions under 1 heading" in words(page)


def test_rows_pasted_from_a_spreadsheet_are_mapped_like_a_table(officer: Client) -> None:
    page = posted(officer, f"{TOOLS}new/", words="No\tQuestion\n1\tWho leads?\n2\tWho stands in?")
    assert "Which column holds what?" in words(page)
    assert "2 questions under 1 heading" in words(page)


def test_nothing_chosen_is_asked_for_and_the_title_stays(officer: Client) -> None:
    page = posted(officer, f"{TOOLS}new/", title="Kept title")
    assert "Choose what you have" in words(page)
    assert 'value="Kept title"' in page.content.decode()


def test_a_draft_is_edited_part_by_part(world: World, officer: Client) -> None:
    draft = tools.begun(world)
    here = f"{TOOLS}drafts/{draft.id}/"
    std = draft.definition["framework"]["standards"][0]
    item = std["items"][0]["key"]
    page = posted(
        officer, f"{here}question/{item}/", text="Staff can tell neglect", standard=std["key"], guidance="Ask them",
        show="A quiz\nA list", critical="on", point_0="no", point_1="few", point_2="most", point_3="all",
    )  # fmt: skip
    assert "1.1 Staff can tell neglect Critical" in words(page)
    kept = only_draft(world).definition["framework"]["standards"][0]["items"][0]
    assert (kept["show"], kept["descriptors"]) == (["A quiz", "A list"], ["no", "few", "most", "all"])
    page = posted(
        officer, f"{here}question/{item}/", text="", standard=std["key"], guidance="Kept", point_0="only this"
    )
    assert "Write the question" in words(page)
    assert "Say what every point means" in words(page)
    assert "only this" in words(page)
    page = posted(officer, f"{here}move/{item}/", by="down")
    assert "1.2 Staff can tell neglect" in words(page)
    posted(officer, f"{here}heading/", title="Third", intro="")
    page = words(officer.get(here))
    assert "3: Nothing stands under this heading." in page
    assert "Publish" not in page
    third = only_draft(world).definition["framework"]["standards"][2]["key"]
    assert "Remove “Third”?" in words(officer.get(f"{here}remove/{third}/"))
    assert "Third" not in words(posted(officer, f"{here}remove/{third}/")).partition("Removed.")[2]
    page = posted(officer, f"{here}question/", text="A new one", standard=std["key"], then="another")
    assert "Add a question" in words(page)
    page = posted(
        officer, f"{here}about/", title="Another title", edition="", scale="RAG3", compliant_from="RAG3:partly_met",
        commentary_required="no", usual_titles="no",
    )  # fmt: skip
    assert "Red, amber, green; compliant from Partly met" in words(page)
    page = posted(
        officer, f"{here}about/", title="T", scale="MET3", compliant_from="RAG3:partly_met", commentary_required="no",
        usual_titles="no",
    )  # fmt: skip
    assert "Choose a point of the scale" in words(page)


def test_whoever_was_overtaken_keeps_what_they_wrote_and_sees_what_stands(
    world: World, officer: Client
) -> None:
    draft = tools.begun(world)
    std = draft.definition["framework"]["standards"][0]
    url = f"{TOOLS}drafts/{draft.id}/heading/{std['key']}/"
    seen = re.search(r'name="seen" value="(\w+)"', officer.get(url).content.decode())
    assert seen
    posted(officer, url, title="Theirs", intro="", seen=seen[1])
    page = posted(officer, url, title="Mine", intro="", seen=seen[1])
    assert "Somebody else changed this while you were writing." in words(page)
    assert "Title: Theirs" in words(page)
    assert 'value="Mine"' in page.content.decode()
    again = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    assert again
    assert "1 Mine" in words(posted(officer, url, title="Mine", intro="", seen=again[1]))


def test_the_next_version_is_compared_confirmed_and_published(world: World, officer: Client) -> None:
    version = tools.published(world)
    tool = f"{TOOLS}{version.key}/1/"
    posted(officer, f"{tool}next/")
    draft = only_draft(world)
    here = f"{TOOLS}drafts/{draft.id}/"
    first, second, third, fourth = (
        item["key"] for std in draft.definition["framework"]["standards"] for item in std["items"]
    )
    assert "Say first what became of each question." in words(posted(officer, f"{here}publish/"))
    page = officer.get(f"{here}became/")
    assert "This is a proposal, by the wording." in words(page)
    assert "4 identical." in words(page)
    chosen = {f"from_{first}": first, f"from_{second}": "", f"from_{third}": third, f"from_{fourth}": fourth}
    page = posted(officer, f"{here}became/", **chosen, **{f"also_{third}": "9.9"})
    assert "There is no 9.9 in the earlier version" in words(page)
    posted(officer, f"{here}became/", **chosen, **{f"also_{third}": "1.2"})
    page = posted(officer, f"{here}publish/")
    assert "Version 2" in words(page)
    changes = f"{TOOLS}{version.key}/2/changes/"
    assert "2 identical, 1 merged, 1 new" in words(officer.get(changes))
    file = officer.get(f"{changes}?download=csv").content.decode("utf-8-sig")
    assert "1.2,Neglect is named in records,New,,Nothing to compare it with." in file


def test_a_tool_is_withdrawn_and_offered_again(world: World, officer: Client) -> None:
    version = tools.published(world)
    tool = f"{TOOLS}{version.key}/1/"
    posted(officer, f"{tool}offer/")
    assert version.key not in officer.get("/self-audits/cycles/new/").content.decode()
    assert "Withdrawn" in words(officer.get(TOOLS))
    posted(officer, f"{tool}offer/")
    assert version.key in officer.get("/self-audits/cycles/new/").content.decode()


def test_a_shipped_tool_can_be_read_and_copied(world: World, officer: Client) -> None:
    assert "Copy as a new tool" in words(officer.get(f"{TOOLS}short_self_assessment/1/"))
    page = posted(officer, f"{TOOLS}copy/", title="Ours", copied="short_self_assessment.1")
    assert "building on" in words(page)
    assert only_draft(world).builds_on == "short_self_assessment.1"


def test_the_blank_form_can_be_taken_away(world: World, officer: Client) -> None:
    version = tools.published(world)
    made = officer.get(f"{TOOLS}{version.key}/1/print/?download=pdf")
    assert made.content.startswith(b"%PDF-")
    assert io.BytesIO(made.content).read(5) == b"%PDF-"
    assert "Example: invented" in words(officer.get(f"{TOOLS}{version.key}/1/print/"))
