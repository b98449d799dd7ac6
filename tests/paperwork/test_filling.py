"""The pages of a form in a browser without JavaScript: everything works, nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.paperwork.conftest import Desk
from tests.paperwork.test_sheet import COMPLETE
from wholestory.ledger import reading as record_reading
from wholestory.paperwork.definitions import Given, Place

pytestmark = pytest.mark.urls("tests.paperwork.site")
BASE = "/trial/SA-SCHA0001/form/"


class Browser:
    """A person at a browser."""

    def __init__(self, client: Client, base: str = BASE) -> None:
        self.client, self.base = client, base

    def opens(self, rest: str = "", status: int = 200) -> str:
        response = self.client.get(self.base + rest)
        assert response.status_code == status, response.status_code
        return response.content.decode()

    def fields(self, rest: str) -> dict[str, Any]:
        """What the browser would send back if nothing were touched."""
        response = self.client.get(self.base + rest)
        form, made = response.context["form"], response.context["made"]
        data: dict[str, Any] = {"_window": response.context["window"]}
        data.update(dict(form.data.lists()))

        def revisions(blocks: Any) -> None:
            for block in blocks:
                data[block.revision_name] = block.revision
                for item in block.items:
                    revisions(item.blocks)

        for section in made.sections:
            revisions(section.blocks)
        return data

    def sends(self, rest: str, go: str = "continue", page: dict[str, Any] | None = None, **typed: Any) -> Any:
        data = dict(page if page is not None else self.fields(rest))
        data.update({name.replace("__", "-"): value for name, value in typed.items()})
        return self.client.post(self.base + rest, {**data, "_go": go})


@pytest.fixture
def head(desk: Desk, browse: Callable[[str], Client]) -> Browser:
    return Browser(browse("head"))


@pytest.fixture
def alex(desk: Desk, browse: Callable[[str], Client]) -> Browser:
    return Browser(browse("head_contributor"))


def test_the_list_of_pages_says_how_far_each_is(head: Browser, desk: Desk):
    desk.save("head", has_lead="no", trained=Given(nothing=None, typed=None))
    text = head.opens()
    assert "1 of 4 answered" in text
    assert "Answered by Jo Ashdown. 0 of 7 answered" in text
    assert "Anything else" not in text, "a page that does not apply is not listed"


def test_save_and_continue_saves_and_goes_on(head: Browser, desk: Desk):
    response = head.sends("page/leadership/", has_lead="no", why_not="First.\r\n\r\nSecond.", score="1")
    assert desk.value("why_not") == "First.\n\nSecond."
    assert desk.value("score") == 1
    assert response.status_code == 302


def test_new_questions_on_the_page_are_shown_before_going_on(head: Browser):
    response = head.sends("page/leadership/", has_lead="yes")
    assert response["Location"] == f"{BASE}page/leadership/#q-lead"
    assert "There are more questions on this page" in head.opens("page/leadership/")


def test_save_and_come_back_later_asks_nothing(head: Browser, desk: Desk):
    response = head.sends("page/staff/", go="later", employed="ten")
    assert response["Location"] == "/back/"
    assert desk.filled().sheet.at(Place("employed")).typed == "ten"


def test_what_cannot_be_read_is_saved_and_told_at_its_place(head: Browser, desk: Desk):
    response = head.sends("page/staff/", employed="ten", trained="3")
    text = response.content.decode()
    assert response.status_code == 200
    assert "Error: Staff and training" in text
    assert 'href="#id_employed"' in text
    assert 'value="ten"' in text
    assert desk.value("trained") == "3"


def test_a_wrong_date_is_told_and_comes_back_as_typed(head: Browser):
    head.sends("page/leadership/", has_lead="yes")
    sent = {"since-day": "31", "since-month": "2", "since-year": "2016"}
    text = head.sends("page/leadership/", **sent).content.decode()
    assert "There is no such date" in text
    assert 'value="31"' in text


def test_not_known_and_not_applicable_are_answers(head: Browser, desk: Desk):
    head.sends(
        "page/leadership/",
        has_lead="not_known",
        score="not_applicable",
        **{"score-why_not_applicable": "New"},
    )
    sheet = desk.filled().sheet
    assert sheet.at(Place("has_lead")).nothing == "not_known"
    assert (sheet.at(Place("score")).nothing, sheet.at(Place("score")).reason) == ("not_applicable", "New")
    text = head.sends("page/leadership/", **{"score-why_not_applicable": ""}).content.decode()
    assert "Say why you chose “Not applicable”" in text


def test_nothing_beside_a_box_is_ticked_or_chosen(head: Browser, desk: Desk):
    head.sends("page/staff/", trained__nothing="not_asked", visits__nothing="not_applicable")
    sheet = desk.filled().sheet
    assert sheet.at(Place("trained")).nothing == "not_asked"
    assert sheet.at(Place("visits")).nothing == "not_applicable"
    text = head.sends("page/staff/", trained="4").content.decode()
    assert "Give an answer or choose “Not asked”, not both" in text
    assert desk.value("trained") == "4"


def test_a_person_is_chosen_from_the_list_or_written(head: Browser, desk: Desk):
    desk.save("head", has_lead="yes")
    jo = str(desk.person("head").id)
    head.sends("page/leadership/", lead=jo)
    assert desk.value("lead") == {"id": jo, "name": "Jo Ashdown"}
    head.sends("page/leadership/", lead="", lead__typed="Sam Elsewhere")
    assert desk.value("lead") == {"id": "", "name": "Sam Elsewhere"}
    stranger = "6f1c2a34-0000-4000-8000-000000000009"
    text = head.sends("page/leadership/", lead=stranger, lead__typed="").content.decode()
    assert "Choose a person from the list" in text


def test_items_are_added_and_taken_out_with_buttons(head: Browser, desk: Desk):
    assert head.sends("page/staff/", go="add:visits", employed="5")["Location"].endswith("#q-visits-1")
    assert desk.value("employed") == "5", "a button saves the page first"
    head.sends("page/staff/", go="add:visits")
    sent = {"visit_from-2-day": "1", "visit_from-2-month": "2", "visit_from-2-year": "2016"}
    ask = head.sends("page/staff/", go="remove:visits.1", **sent)["Location"]
    assert desk.value("visit_from__2") == "2016-02-01"
    assert "Do you want to take out visit 1?" in head.opens(ask.removeprefix(BASE))
    head.client.post(ask)
    assert desk.value("visits") == [2]
    assert "Visit 1" in head.opens("page/staff/"), "people count from one whatever is stored"
    assert head.client.get(ask).status_code == 302
    assert head.sends("page/staff/", go="add:nowhere").status_code == 404


def test_two_people_on_one_page_are_told_and_neither_loses_text(head: Browser, alex: Browser, desk: Desk):
    desk.save("head", has_lead="no")
    before = alex.fields("page/leadership/")
    head.sends("page/leadership/", why_not="Jo's text")
    response = alex.sends("page/leadership/", page=before, why_not="Alex's text")
    assert response["Location"] == f"{BASE}two-versions/"
    text = alex.opens("two-versions/")
    assert "The saved answer (Jo Ashdown" in text
    assert "Your version" in text
    assert "Jo&#x27;s text" in text
    assert "Alex&#x27;s text" in text
    assert "Compare the two versions" in head.opens()
    assert "The version of Alex Reed" in head.opens("two-versions/")
    pair = alex.client.get(BASE + "two-versions/").context["pair"]
    nothing_chosen = alex.client.post(BASE + "two-versions/", {"clash": pair.id, "base": pair.revision})
    assert "Choose which version to keep" in nothing_chosen.content.decode()
    kept = {
        "clash": pair.id,
        "base": pair.revision,
        "how": "together",
        "text": "Jo's text\r\n\r\nAlex's text",
    }
    assert alex.client.post(BASE + "two-versions/", kept)["Location"] == f"{BASE}page/leadership/"
    assert desk.value("why_not") == "Jo's text\n\nAlex's text"
    assert alex.client.get(BASE + "two-versions/").status_code == 302


def test_another_in_the_form_is_named(head: Browser, alex: Browser):
    head.opens("page/leadership/")
    assert "Jo Ashdown is also in this form, on this page." in alex.opens("page/leadership/")
    assert "Jo Ashdown is also in this form, on “Leadership”." in alex.opens()


def test_a_page_somebody_else_answers_is_for_reading(head: Browser, alex: Browser, desk: Desk):
    head.sends("page/staff/", employed="5")
    text = alex.opens("page/staff/")
    assert "You can read this page; Jo Ashdown answers it" in text
    assert '<form method="post" enctype' not in text
    alex.client.post(BASE + "page/staff/", {"employed": "6", "_rev-employed": "1", "_go": "continue"})
    assert desk.value("employed") == "5"


def test_outsiders_and_readers(desk: Desk, browse: Callable[[str], Client]):
    for rest in ("", "page/leadership/", "check/", "print/", "form.pdf", "two-versions/"):
        assert browse("police_lead").get(BASE + rest).status_code == 404
    chair = Browser(browse("chair"))
    assert "You can read this page" in chair.opens("page/leadership/")
    refused = chair.client.post(BASE + "page/leadership/", {"has_lead": "yes", "_rev-has_lead": "0"})
    assert refused.status_code == 403
    assert desk.value("has_lead") is None


def test_still_true(head: Browser, desk: Desk, open_desk: Callable[..., Desk]):
    from tests.paperwork.test_drafts import carry

    desk.save("head", **COMPLETE)
    new = open_desk(reference="SA-SCHA0002")
    carry(desk, new)
    later = Browser(head.client, "/trial/SA-SCHA0002/form/")
    assert "Still true?" in later.opens("page/leadership/")
    later.sends("page/leadership/", **{"has_lead-still": "on"}, score="1")
    sheet = new.filled().sheet
    assert [sheet.at(Place(key)).to_confirm for key in ("has_lead", "score", "since")] == [False, False, True]
    later.sends("page/leadership/", go="still")
    assert not new.filled().sheet.at(Place("since")).to_confirm
    assert "to confirm" in later.opens()


def test_check_your_answers_links_every_problem_to_its_page(head: Browser, desk: Desk):
    desk.save("head", **{**COMPLETE, "employed": None})
    text = head.opens("check/")
    assert f'href="{BASE}page/staff/#q-employed"' in text
    assert "Continue to sign-off" not in text
    desk.save("head", employed="10")
    text = head.opens("check/")
    assert "Everything that has to be answered is answered." in text
    assert 'href="/finish/"' in text


def test_once_sent_the_form_is_for_reading_and_a_late_save_loses_nothing(head: Browser, desk: Desk):
    from tests.paperwork.test_sending import submit

    desk.save("head", **COMPLETE)
    page = head.fields("page/leadership/")
    submit(desk)
    assert "The form has been sent" in head.opens("page/leadership/")
    assert desk.value("score") == 2
    assert page["score"] == ["2"]


@pytest.mark.parametrize(
    "rest", ["page/nowhere/", "page/last/", "page/staff/take-out/x/", "page/staff/take-out/employed/"]
)
def test_addresses_that_lead_nowhere(head: Browser, rest: str):
    head.opens(rest, status=404)


def test_a_page_costs_the_same_with_one_answer_as_with_many(
    head: Browser, desk: Desk, cost_of: Callable[[Client, str], int]
):
    head.opens()  # the first page of a session notes when it began
    few = {rest: cost_of(head.client, BASE + rest) for rest in ("", "page/staff/", "check/", "print/")}
    desk.save("head", **COMPLETE, visits=[1, 2, 3, 4, 5])
    desk.save("head", **{f"visit_from__{n}": "2016-01-01" for n in range(1, 6)})
    assert {rest: cost_of(head.client, BASE + rest) for rest in few} == few
    # Two of them only because a test runs inside a transaction; six belong to signing in and to who acts.
    assert max(few.values()) <= 16, few


def test_typed_html_stays_text(head: Browser, desk: Desk):
    head.sends("page/leadership/", has_lead="no", why_not="<script>alert(1)</script>")
    for rest in ("page/leadership/", "check/", "print/"):
        assert "<script>alert(1)" not in head.opens(rest)
        assert "&lt;script&gt;alert(1)" in head.opens(rest)


def test_an_nhs_number_is_in_no_log_and_no_line_of_the_access_record(
    head: Browser, desk: Desk, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    for typed in ("943 476 5918", "943 476 5919"):
        head.sends("page/case/", nhs=typed, postcode="LS1 4AP")
    assert desk.value("nhs") == "9434765919"
    with desk.acting("ig_lead"):
        lines = [str(vars(line)) for line in record_reading.seen(desk.record.id)]
    assert len(lines) > 2
    told = [*lines, *(each.getMessage() for each in caplog.records if each.name.startswith("wholestory"))]
    for secret in ("476 591", "476591", "LS1"):
        assert not any(secret in line for line in told)
