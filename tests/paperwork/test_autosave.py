"""What the page's script gets back when it saves as one types."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.paperwork.conftest import Desk
from tests.paperwork.test_sheet import COMPLETE
from wholestory.paperwork.definitions import Place

pytestmark = pytest.mark.urls("tests.paperwork.site")
BASE = "/trial/SA-SCHA0001/form/"


class Script:
    """The script of one open page."""

    def __init__(self, client: Client, desk: Desk, window: str = "w1") -> None:
        self.client, self.desk, self.window = client, desk, window

    def save(self, question: str, base: int = 0, page: str = "leadership", **fields: Any) -> Any:
        data = {"set": str(self.desk.form_set.id), "page": page, "_window": self.window, "q": question}
        data[f"_rev-{question}"] = str(base)
        data.update({name.replace("__", "-"): value for name, value in fields.items()})
        return self.client.post(BASE + "save/", data, headers={"X-Requested-With": "fetch"})


@pytest.fixture
def script(desk: Desk, browse: Callable[[str], Client]) -> Script:
    return Script(browse("head"), desk)


@pytest.fixture
def other(desk: Desk, browse: Callable[[str], Client]) -> Script:
    return Script(browse("head_contributor"), desk, "w2")


def test_one_question_is_saved_and_its_revision_comes_back(script: Script, desk: Desk):
    answer = script.save("why_not", why_not="As I type").json()
    assert answer["revisions"] == {"why_not": 1}
    assert answer["clashes"] == []
    assert len(answer["saved_at"]) == 5
    assert desk.value("why_not") == "As I type"


def test_only_the_named_question_is_touched(script: Script, desk: Desk):
    script.save("why_not", why_not="mine", next_step="not named in q")
    assert desk.value("next_step") is None


def test_what_is_half_typed_is_kept(script: Script, desk: Desk):
    script.save("employed", page="staff", employed="1x")
    assert desk.filled().sheet.at(Place("employed")).typed == "1x"


def test_a_question_in_a_group_is_saved_at_its_item(script: Script, desk: Desk):
    desk.save("head", visits=[1, 2])
    sent = {"visit_from-2-day": "3", "visit_from-2-month": "2", "visit_from-2-year": "2016"}
    script.save("visit_from-2", page="staff", **sent)
    assert desk.value("visit_from__2") == "2016-02-03"


def test_a_person_named_by_id_gets_the_name_from_the_directory(script: Script, desk: Desk):
    jo = str(desk.person("head").id)
    script.save("lead", lead=jo)
    assert desk.value("lead") == {"id": jo, "name": "Jo Ashdown"}


def test_the_answer_says_which_questions_are_asked_now(script: Script):
    shown = script.save("has_lead", has_lead="no").json()["shown"]
    assert (shown["why_not"], shown["lead"]) == (True, False)
    assert "shown" not in script.save("next_step", next_step="x").json()


def test_a_clash_is_said_and_keeps_the_base(script: Script, other: Script, desk: Desk):
    script.save("why_not", why_not="Jo's")
    assert other.save("why_not", why_not="Alex's").json()["clashes"] == ["why_not"]
    assert desk.value("why_not") == "Jo's"
    assert script.save("why_not", why_not="Jo's, longer").json()["clashes"] == [], "one's own window goes on"


def test_saving_as_one_types_takes_few_queries(script: Script, desk: Desk):
    desk.save("head", **COMPLETE)
    script.save("employed", page="staff", base=1, employed="11")
    with CaptureQueriesContext(connection) as captured:
        assert script.save("employed", page="staff", base=2, employed="12").status_code == 200
    own = [
        q["sql"]
        for q in captured
        if "paperwork_" in q["sql"] or "ledger" in q["sql"] or "membership" in q["sql"]
    ]
    assert len(own) <= 6, own


def test_signed_out_is_a_401_the_script_understands(desk: Desk):
    assert Script(Client(), desk).save("why_not", why_not="x").status_code == 401


@pytest.mark.parametrize(
    ("question", "status"), [("nowhere", 404), ("visit_from", 404), ("policy", 200), ("visits", 200)]
)
def test_questions_an_autosave_is_not_about(script: Script, desk: Desk, question: str, status: int):
    assert script.save(question, page="staff", **{question: "x"}).status_code == status
    assert desk.value("visits") is None


def test_a_page_of_somebody_else_is_refused_in_words(other: Script):
    refused = other.save("employed", page="staff", employed="3")
    assert refused.status_code == 409
    assert "somebody else answers it" in refused.json()["refused"]


def test_outsiders_and_readers_cannot_save(desk: Desk, browse: Callable[[str], Client]):
    assert Script(browse("police_lead"), desk).save("why_not", why_not="x").status_code == 404
    assert Script(browse("chair"), desk).save("why_not", why_not="x").status_code == 403
    assert desk.value("why_not") is None


@pytest.mark.parametrize("wrong", ["", "no-uuid", "6f1c2a34-0000-4000-8000-000000000009"])
def test_a_form_that_is_not_there(script: Script, wrong: str):
    assert script.client.post(BASE + "save/", {"set": wrong, "q": "why_not"}).status_code == 404
    assert script.client.get(BASE + "here/", {"set": wrong}).status_code == 404
    assert script.client.get(BASE + "save/").status_code == 405


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("why_not", {"why_not": "a\x00b"}),
        ("since", {"since-day": "1\x00", "since-month": "x\x00"}),
        ("has_lead", {"has_lead": "not_applicable", "has_lead-why_not_applicable": "be\x00cause"}),
        ("lead", {"lead": "\x00", "lead-typed": "J\x00o"}),
        ("score", {"score": "\x00"}),
        ("why_not", {"why_not": "x", "_window": "\x00w"}),
    ],
)
def test_characters_no_database_takes_do_not_break_a_save(
    script: Script, question: str, fields: dict[str, str]
):
    assert script.save(question, **fields).status_code == 200


def test_an_address_with_a_character_no_database_takes_is_refused(script: Script):
    query = {"set": str(script.desk.form_set.id), "page": "\x00"}
    assert script.client.get(BASE + "here/", query).status_code == 400


def test_being_here_names_the_others_and_brings_a_fresh_token(script: Script, other: Script, desk: Desk):
    query = {"set": str(desk.form_set.id), "page": "leadership"}
    assert script.client.get(BASE + "here/", query).json()["others"] == []
    answer = other.client.get(BASE + "here/", query).json()
    assert answer["others"] == ["Jo Ashdown is also in this form, on this page."]
    assert len(answer["token"]) == 64
    script.client.get(BASE + "here/", {**query, "leaving": "1"})
    assert other.client.get(BASE + "here/", query).json()["others"] == []
