"""Addresses opened the wrong way show a page of ours that says where to go."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

Browse = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "to", "words"),
    [
        ("/sign-out/", "/", "Go to My work, and press “Sign out” at the top of the page"),
        ("/show-me-round/1/", "/show-me-round/", "Go to Show me round"),
        ("/show-me-round/3/on/", "/show-me-round/", "Go to Show me round"),
    ],
)
def test_opening_what_only_a_button_sends_says_where_to_go(
    browse: Browse, url: str, to: str, words: str
) -> None:
    answer = browse("head").get(url)
    said = answer.content.decode()
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "<h1" in said
    assert f'<a class="govuk-link" href="{to}">{words}</a>' in said
    assert "Jo Ashdown" in said, "the page is one of the site's own, with who is signed in"


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client: Client, world: object) -> None:
    answer = client.get("/sign-out/")
    assert answer.status_code == 405
    assert 'href="/sign-in/">Go to the sign-in page' in answer.content.decode()


def test_a_script_gets_the_bare_answer(browse: Browse) -> None:
    answer = browse("head").get("/sign-out/", headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("url", ["/self-audits/%00/", "/search/?q=%00", "/%00"])
def test_an_address_with_a_character_no_address_has_gets_our_plain_page(browse: Browse, url: str) -> None:
    answer = browse("head").get(url)
    said = answer.content.decode()
    assert answer.status_code == 400
    assert "We cannot read this address" in said
    assert 'href="/">Go to the front page' in said
