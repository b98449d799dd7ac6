"""Reasons that are too long come back whole; a case's history speaks in words; a locked file has a password of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import wholestory.child_deaths
import wholestory.pathways
from tests.child_deaths.families import family_of
from tests.child_deaths.gathering import ask
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_handover import sent
from wholestory.child_deaths.models import Transfer
from wholestory.child_deaths.pathway import CASE
from wholestory.child_deaths.queries.case_page import MOVES_IN_WORDS
from wholestory.child_deaths.rules import handover

Browse = Callable[[str], Client]

__all__ = ["sent"]


def too_long(client: Client, url: str, name: str, most: int) -> None:
    """One letter too many is refused beside the box, with every letter still in it."""
    typed = "Why so? " + "y" * (most - 8) + "z"
    answer = client.post(url, {name: typed})
    page = answer.content.decode()
    assert answer.status_code == 200, url
    assert f"{most:,} characters or less" in page or f"{most:,} characters or fewer" in page
    assert f'id="id_{name}-error"' in page or "govuk-error-message" in page
    assert typed in page


def test_a_reason_too_long_is_refused_and_not_cut(deaths: Deaths, browse: Browse) -> None:
    case, other = deaths.case(), deaths.case(surname="Ashbey")
    family = family_of(deaths, case).record.reference
    request = ask(deaths, case).new[0].record.reference
    client = browse("coordinator")
    c, o = case.record.reference, other.record.reference
    too_long(client, reverse("child_deaths:merge_confirm", args=[o, c]), "reason", 1000)
    too_long(client, f"/child-deaths/families/{family}/no-key-worker/", "because", 300)
    too_long(client, reverse("child_deaths:request_revoke", args=[c, request]), "reason", 1000)


def test_as_long_as_may_be_is_kept_whole(deaths: Deaths, browse: Browse) -> None:
    family = family_of(deaths, deaths.case()).record.reference
    why = "a" * 299 + "z"
    page = browse("coordinator").post(
        f"/child-deaths/families/{family}/no-key-worker/", {"because": why}, follow=True
    )
    assert why in page.content.decode()


def test_every_move_of_a_case_has_words() -> None:
    assert {move.name for move in CASE.moves} <= set(MOVES_IN_WORDS)
    written = set()
    for room in (wholestory.child_deaths, wholestory.pathways):
        for path in Path(str(room.__file__)).parent.rglob("operations/*.py"):
            text = path.read_text()
            written |= set(re.findall(r'\bmove="(\w+)"', text))
            written |= set(re.findall(r'_keep\(standing, "(\w+)"', text))
    assert {"begun", "put_back"} <= written
    assert written <= set(MOVES_IN_WORDS)
    assert "brought_in" in MOVES_IN_WORDS
    for name, words in MOVES_IN_WORDS.items():
        assert "_" not in words, name
        assert words[0].isupper(), name


def test_the_case_that_stayed_leads_to_where_the_joined_ones_are_parted(
    deaths: Deaths, browse: Browse
) -> None:
    stays, joined = deaths.case(), deaths.case(surname="Ashbey")
    s, j = stays.record.reference, joined.record.reference
    client = browse("coordinator")
    client.post(reverse("child_deaths:merge_confirm", args=[j, s]), {"reason": "One boy."})
    answer = client.get(reverse("child_deaths:unmerge", args=[s]))
    assert answer.status_code == 302
    listed = client.get(answer["Location"]).content.decode()
    assert reverse("child_deaths:unmerge", args=[j]) in listed
    assert f'href="{reverse("child_deaths:unmerge", args=[s])}"' not in listed
    assert client.get(reverse("child_deaths:unmerge", args=[j])).status_code == 200


@pytest.mark.parametrize(
    "given", ["", "\x00", "x" * 20_000, "secret", "2222-2222-2222-222I", "2222-2222-2222-2222\x00"]
)
def test_a_file_is_locked_with_no_password_but_one_that_was_shown(
    deaths: Deaths, browse: Browse, sent: Transfer, given: str
) -> None:
    client, url = browse("coordinator"), reverse("child_deaths:transfer_papers", args=[sent.record.reference])
    assert "No file was made" not in client.get(url).content.decode()
    answer = client.post(url, {"password": given})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "No file was made" in page
    assert "x" * 50 not in page
    shown = re.search(r'name="password" value="([^"]+)"', page)
    assert shown is not None
    assert handover.is_password(shown[1])
    file = client.post(url, {"password": shown[1]})
    assert file["Content-Type"] == "application/pdf"
