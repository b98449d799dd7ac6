"""Comments beside a question: the agency's own people talk while they answer; the board does not listen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.operations import returns
from wholestory.paperwork.models import Comment

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

WORDS = "Ask Sam for the date of the policy."


@pytest.fixture
def address(cycle_round: Round) -> str:
    with cycle_round.acting("head") as actor:
        ret = cycle_round.fresh("school")
        returns.begin(actor=actor, ret=ret, today=TODAY, now=NOW)
    item = next(iter(framework_called("short_self_assessment").items))
    return f"/self-audits/returns/{cycle_round.fresh('school').record.reference}/form/comments/{item}/"


def test_colleagues_read_and_answer_each_other(address: str, browse: Browse) -> None:
    browse("head").post(address, {"words": WORDS})
    page = browse("head_contributor").get(address).content.decode()
    assert WORDS in page
    assert "Jo Ashdown" in page
    browse("head_contributor").post(address, {"settle": "yes"})
    assert "Settled by Alex Reed" in browse("head").get(address).content.decode()


@pytest.mark.parametrize(
    "who",
    ["business_manager", "quality_officer", "chair", "police_lead", "lay_member", "sister_manager", "stranger",
     "administrator", "ig_lead"],
)  # fmt: skip
def test_nobody_else_reads_or_writes_them(address: str, browse: Browse, who: str, cycle_round: Round) -> None:
    browse("head").post(address, {"words": WORDS})
    client = browse(who)
    assert client.get(address).status_code in (403, 404)
    assert client.post(address, {"words": "Mine"}).status_code in (403, 404)
    with cycle_round.acting(who):
        assert Comment.objects.count() == 0


def test_they_are_in_no_answer_print_or_copy(address: str, browse: Browse) -> None:
    head = browse("head")
    head.post(address, {"words": WORDS})
    form = address.split("comments/")[0]
    assert WORDS not in head.get(form + "print/").content.decode()
    assert WORDS not in head.get(form + "check/").content.decode()
    assert "Comments that wait" in head.get(form).content.decode()
    assert "Comments that wait" not in browse("quality_officer").get(form).content.decode()


def test_a_button_pressed_twice_is_one_comment_and_a_blank_one_is_told(
    address: str, browse: Browse, cycle_round: Round
) -> None:
    head = browse("head")
    for _ in range(2):
        head.post(address, {"words": WORDS})
    with acting.as_system(cycle_round.world.board):
        assert Comment.objects.count() == 1
    assert "Write your comment" in head.post(address, {"words": " "}).content.decode()


def test_what_was_typed_is_saved_before_the_comments_open(
    address: str, browse: Browse, cycle_round: Round
) -> None:
    form, item = address.split("comments/")
    item = item.strip("/")
    head = browse("head")
    page = f"{form}page/leading/"
    answer = head.post(
        page, {f"{item}_said": "It is in our policy.", f"_rev-{item}_said": "0", "_go": f"comment:{item}"}
    )
    assert answer["Location"] == address
    assert "It is in our policy." in head.get(page).content.decode()


def test_comments_cost_one_query_however_many(
    address: str, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    head = browse("head")
    page = address.split("comments/")[0] + "page/leading/"
    head.post(address, {"words": "One"})
    few = cost_of(head, page)
    for number in range(9):
        head.post(address, {"words": f"And {number}"})
    assert cost_of(head, page) == few
