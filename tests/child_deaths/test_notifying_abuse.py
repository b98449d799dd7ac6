"""What a program would try at the open page, and that a nurse is never turned away for it."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.child_deaths.notifying import ADDRESS, filled, kept, open_panel
from tests.personas import World
from wholestory.access import open_doors
from wholestory.child_deaths.models import Panel
from wholestory.child_deaths.open_notification import limit

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def panel(world: World) -> Panel:
    return open_panel(world)


def post(data: dict[str, str], address: str = "10.0.0.1", to: str = ADDRESS) -> Any:
    return Client().post(to, urlencode(data), content_type=FORM, REMOTE_ADDR=address)


def hidden(response: Any) -> dict[str, str]:
    """What the page carries along."""
    return dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.content.decode())
    )


_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def the_answer(response: Any) -> str:
    """The plain question of the page, answered as a person would."""
    found = re.search(r"What is (\w+) and (\w+) together\?", response.content.decode())
    assert found
    return str(_NUMBERS[found[1]] + _NUMBERS[found[2]])


def test_five_hundred_at_once_keep_a_few_and_a_nurse_beside_them_still_gets_through(
    world: World, panel: Panel
) -> None:
    """Ten go through; then a question is asked, which this program does not answer."""
    statuses = [post(filled(circumstances=f"Noise {n}")).status_code for n in range(500)]
    assert statuses == [303] * 10 + [200] * 490
    assert len(kept(world)) == 10
    assert post(filled(), "10.0.0.2").status_code == 303, "another address is not asked anything"
    beside = post(filled(circumstances="From the same hospital"))
    assert "one plain question" in beside.content.decode()
    assert "01632 960 001" in beside.content.decode(), "and whom to telephone"
    assert hidden(beside)["surname"] == "Ashby-Test", "nothing typed is lost"
    again = {**hidden(beside), "step": "send", "question_answer": the_answer(beside)}
    assert post(again).status_code == 303


def test_being_busy_keeps_what_was_typed_and_says_what_to_do(world: World, panel: Panel) -> None:
    with mock.patch.object(open_doors, "ask", wraps=open_doors.ask) as ask:
        ask.side_effect = lambda door, *values: (
            '{"busy": true}' if door == "child_deaths_notify" else mock.DEFAULT
        )
        response = post(filled())
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    page = response.content.decode()
    assert "Wait a minute, then press “Send” again. What cannot wait, telephone." in page
    assert "Found unwell at home." in page
    assert "01632 960 001" in page
    again = {**hidden(response), "step": "send"}
    assert post(again).status_code == 303


def test_a_database_that_is_away_keeps_what_was_typed(world: World, panel: Panel) -> None:
    with mock.patch.object(open_doors, "ask", wraps=open_doors.ask) as ask:

        def away(door: str, *values: Any) -> Any:
            if door == "child_deaths_notify":
                raise OperationalError("gone")
            return mock.DEFAULT

        ask.side_effect = away
        response = post(filled())
    assert response.status_code == 503
    assert "Not sent" in response.content.decode()
    assert hidden(response)["surname"] == "Ashby-Test"


def test_an_answered_question_is_not_good_twice(world: World, panel: Panel) -> None:
    for n in range(10):
        post(filled(circumstances=f"Noise {n}"))
    asked = post(filled(circumstances="Eleventh"))
    answer = {"question_token": hidden(asked)["question_token"], "question_answer": the_answer(asked)}
    assert post(filled(circumstances="Eleventh", **answer)).status_code == 303
    repeated = post(filled(circumstances="Twelfth", **answer))
    assert repeated.status_code == 200
    assert "Here is another question" in repeated.content.decode()


def test_a_question_takes_figures_or_words_and_no_forged_token() -> None:
    asked = limit.question()
    words = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    one, other = re.findall(r"is (\w+) and (\w+) together", asked.words)[0]
    total = _NUMBERS[one] + _NUMBERS[other]
    assert limit.answered(asked.token, f" {total} ")
    assert limit.answered(asked.token, words[total].title())
    assert not limit.answered(asked.token, str(total + 1))
    for token in ("", "x", asked.token[:-1], asked.token + "x"):
        assert not limit.answered(token, str(total))


def test_the_box_nobody_sees_asks_a_question_and_never_blocks(world: World, panel: Panel) -> None:
    asked = post(filled(website="http://example.invalid"))
    assert asked.status_code == 200
    assert not kept(world)
    again = {**hidden(asked), "step": "send", "question_answer": the_answer(asked)}
    assert again["website"] == "http://example.invalid"
    assert post(again).status_code == 303
    assert "website" not in kept(world)[0].answers


def test_huge_bodies_are_refused_before_they_are_read(panel: Panel) -> None:
    response = post(filled(circumstances="x" * 300_000))
    assert response.status_code == 413
    assert "999" in response.content.decode()


def test_a_story_too_long_for_the_box_is_said_beside_it_and_comes_back_whole(panel: Panel) -> None:
    page = post(filled(circumstances="y" * 4_001)).content.decode()
    assert "4,000" in page or "4000" in page
    assert "y" * 4_001 in page


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('{"surname": "x"}', "application/json"), ("<x/>", "text/xml"), ("surname=x", "text/plain"), ("", "image/png"),
        ("--b\r\n\r\n--b--", "multipart/form-data; boundary=b"),
    ],
)  # fmt: skip
def test_other_kinds_of_content_are_refused_calmly(world: World, panel: Panel, body: str, kind: str) -> None:
    assert Client().post(ADDRESS, body, content_type=kind).status_code == 415
    assert not kept(world)


def test_more_boxes_than_the_form_has_do_no_harm(world: World, panel: Panel) -> None:
    many = filled(**{f"box{n}": "x" for n in range(1_000)})
    assert post(many).status_code == 303
    assert not any(key.startswith("box") for key in kept(world)[0].answers)


def test_nul_and_broken_text_do_not_break_it(world: World, panel: Panel) -> None:
    page = post(filled(surname="Ash\x00by", circumstances="a\x00b")).content.decode()
    assert (
        page.count("There was a character in this that cannot be kept") == 4
    )  # in the summary and beside each box
    assert 'value="Ashby"' in page
    assert "Ines Corfe" in page
    assert not kept(world)
    assert post(filled(surname="Ashby", circumstances="ab")).status_code == 303
    assert kept(world)[0].answers["surname"] == {"value": "Ashby"}
    response = Client().post(ADDRESS, b"surname=%ff%fe%00&step=check", content_type=FORM)
    assert response.status_code == 200
    assert Client().get(f"{ADDRESS}?x=%00").status_code in {200, 400}


def test_a_wrong_address_looks_like_any_page_that_is_not_there(world: World, panel: Panel) -> None:
    closed = open_panel(world, "closed")
    closed.takes_notifications = False
    closed.save()

    def bare(response: Any) -> str:
        return re.sub(r'nonce="[^"]+"', "", response.content.decode())

    unknown = Client().get("/notify/no-such-panel/")
    assert unknown.status_code == 404
    assert "999" in unknown.content.decode()
    for one in (
        Client().get("/notify/closed/"), Client().get("/notify/closed/paper/"), post(filled(), to="/notify/closed/"),
        Client().get(f"{ADDRESS}sent/DN-00000000/"), post(filled(), to="/notify/no-such-panel/"),
    ):  # fmt: skip
        assert one.status_code == 404
        assert bare(one) == bare(unknown)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_change_nothing(world: World, panel: Panel, method: str) -> None:
    assert getattr(Client(), method)(ADDRESS).status_code == 405
    assert not kept(world)


def test_it_costs_the_same_whatever_is_held(world: World, panel: Panel) -> None:
    from django.db import connection

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(ADDRESS).status_code == 200
        return len(captured)

    few = cost()
    for n in range(5):
        post(filled(circumstances=str(n)))
    assert cost() == few
