"""The page anybody with the link can answer: no account, no cookie, nothing kept of who asked."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.assurance.conftest import Round
from tests.assurance.surveying import Asked
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance.forms.survey import what_tells
from wholestory.assurance.models import SurveyReply
from wholestory.assurance.open_survey import limit
from wholestory.assurance.operations import survey as operations


@pytest.fixture
def asked(cycle_round: Round) -> Asked:
    cache.clear()
    return Asked(cycle_round)


def address(asked: Asked) -> str:
    return f"/survey/{asked.token}/"


def filled(asked: Asked, **more: str) -> dict[str, str]:
    said = {
        "key": str(uuid.uuid4()), "agency": str(asked.agency("police")), "staff_group": "front_line",
        "s_refer": "agree", "s_escalation": "dont_know",
    }  # fmt: skip
    return said | more


def stored(asked: Asked) -> list[SurveyReply]:
    """The replies, which only closing makes readable."""
    asked.close()
    with acting.as_system(asked.round.world.board):
        return list(SurveyReply.objects.filter(survey=asked.survey))


def test_it_opens_signed_out_says_what_it_is_and_sends_no_cookie(asked: Asked) -> None:
    response = Client().get(address(asked))
    page = response.content.decode()
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    for words in (
        "three minutes", "fewer than 10 people", "30 April 2016", "Name no child and no colleague",
        "Nobody knows who you are",
        "I know how to refer a worry about a child.", "Another organisation",
    ):  # fmt: skip
        assert words in page, words
    assert asked.round.world.agencies["police"].name in page
    assert "csrfmiddlewaretoken" not in page
    assert "Sign in" not in page


def test_an_example_board_says_so(asked: Asked) -> None:
    assert "Example: invented" in Client().get(address(asked)).content.decode()


def test_a_reply_needs_no_token_and_holds_a_day_and_no_time(asked: Asked) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(address(asked), filled(asked, remark="More time to talk, please."))
    assert response.status_code == 302
    assert response["Location"] == "/survey/thank-you/"
    assert not response.cookies
    thanks = client.get(response["Location"])
    assert "Thank you" in thanks.content.decode()
    assert not thanks.cookies
    (one,) = stored(asked)
    assert one.agency_id == asked.agency("police")
    assert one.answers == {"refer": "agree", "escalation": "dont_know"}
    assert one.remark == "More time to talk, please."
    assert one.created_at == datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


def test_the_same_page_sent_twice_is_one_reply_and_its_key_goes_at_closing(asked: Asked) -> None:
    said = filled(asked)
    for _ in range(3):
        assert Client().post(address(asked), said).status_code == 302
    (one,) = stored(asked)
    assert str(one.pk) != said["key"]


def test_somebody_signed_in_answers_as_nobody(asked: Asked, browse: Any) -> None:
    client = browse("quality_officer")
    page = client.get(address(asked)).content.decode()
    assert asked.round.world.people["quality_officer"].full_name not in page
    assert "Sign out" not in page
    with CaptureQueriesContext(connection) as captured:
        assert client.post(address(asked), filled(asked)).status_code == 302
    said = " ".join(query["sql"] for query in captured)
    assert str(asked.round.world.people["quality_officer"].pk) not in said
    assert "ledger.line" not in said
    assert client.get("/self-audits/").status_code == 200, "they are still signed in elsewhere"


def _bare(response: Any) -> str:
    return re.sub(r'nonce="[^"]+"', "", response.content.decode())


def test_unknown_ended_and_closed_links_are_one_calm_page(asked: Asked) -> None:
    first = address(asked)
    with asked.round.acting("quality_officer") as actor:
        asked.token = operations.renew_link(actor=actor, survey=asked.fresh(), today=TODAY).token
    unknown = Client().get("/survey/0000-no-such/")
    assert unknown.status_code == 404
    assert "No survey is open here" in unknown.content.decode()
    assert _bare(Client().get(first)) == _bare(unknown)
    assert Client().get(address(asked)).status_code == 200
    asked.close()
    assert _bare(Client().get(address(asked))) == _bare(unknown)
    assert _bare(Client().post(address(asked), filled(asked))) == _bare(unknown)


def test_what_is_missing_or_tells_somebody_is_said_beside_it_and_nothing_is_lost(asked: Asked) -> None:
    said = filled(asked, agency="", remark="Ask about LS1 4AP and 12/03/2011.")
    page = Client().post(address(asked), said).content.decode()
    assert "Choose your organisation" in page
    assert "Take out “LS1 4AP”: it looks like a full postcode" in page
    assert "Take out “12/03/2011”: it looks like a date of birth" in page
    assert "Ask about LS1 4AP and 12/03/2011." in page
    assert re.search(r'name="s_refer"[^>]*value="agree"[^>]*checked', page)
    assert said["key"] in page
    nothing = filled(asked, s_refer="", s_escalation="")
    assert "Answer at least one statement" in Client().post(address(asked), nothing).content.decode()


def test_numbers_dates_of_birth_and_postcodes_are_found_also_in_small_letters() -> None:
    """9434765919 is the NHS's own example number, whose check digit holds."""
    assert what_tells("We need more training on thresholds.") == []
    for text in ("NHS 943 476 5919", "born on 3 May", "near ls1 4ap", "dob 1.2.11"):
        assert what_tells(text), text


def test_a_link_takes_so_many_in_an_hour_and_then_keeps_what_was_typed(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limit, "MOST_IN_AN_HOUR", 2)
    for _ in range(2):
        assert Client().post(address(asked), filled(asked)).status_code == 302
    response = Client().post(address(asked), filled(asked, remark="Kept on the page"))
    assert response.status_code == 429
    assert "Many people are answering just now" in response.content.decode()
    assert "Kept on the page" in response.content.decode()
    assert len(stored(asked)) == 2


def test_it_costs_the_same_for_few_and_for_many_replies(asked: Asked) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address(asked)).status_code == 200
        return len(captured)

    asked.reply("police", "front_line", {"refer": "agree"}, times=3)
    few = cost()
    asked.reply("police", "front_line", {"refer": "agree"}, times=297)
    assert cost() == few
