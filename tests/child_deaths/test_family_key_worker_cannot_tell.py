"""What a key worker sees is the same, to the letter, whether or not police have said something of somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from tests.child_deaths.families import carer, family_of, key_worker, suspected
from tests.child_deaths.people import Deaths
from wholestory.access import acting
from wholestory.child_deaths.models import Carer, Case, FamilyLetter, FamilyRecord
from wholestory.correspondence.models import Message

Browse = Callable[[str], Client]
STANDINGS = ("suspected", "charged", "convicted", "police_ask", "with_suspect")


def bare(response: Any) -> tuple[int, str, str]:
    """An answer without what is new in each: the tokens of its forms and scripts."""
    page = response.content.decode()
    fresh = r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|"X-CSRFToken": "\w+"'
    return response.status_code, response.headers.get("Location", ""), re.sub(fresh, "", page)


def everything(client: Client, family: FamilyRecord, to: Carer) -> list[tuple[int, str, str]]:
    """All a key worker can ask of the family and of one person in it; what they send is taken back again."""
    at = f"/child-deaths/families/{family}/"
    person = f"{at}people/{to.pk}/"
    visit = {
        "kind": "visit", "carer": str(to.pk), "at_day_0": "14", "at_day_1": "3", "at_day_2": "2016",
        "words": "At home.",
    }  # fmt: skip
    letter = {"subject": "Hello", "body": "How are you?"}
    tries: list[tuple[str, str, dict[str, str]]] = [
        *(("get", one, {}) for one in ("/", "/child-deaths/families/", at, person, f"{person}letter/")),
        ("get", f"{person}letter/first_letter/", {}),
        ("get", f"{at}contact/", {}),
        ("get", f"/search/?q={family}", {}),
        ("post", f"{person}letter/first_letter/", letter),
        ("post", f"{at}contact/", visit),
        ("get", f"/child-deaths/cases/{family}/", {}),
    ]
    found = []
    for method, url, said in tries:
        with transaction.atomic():
            found.append(bare(getattr(client, method)(url, said)))
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("standing", STANDINGS)
def test_edge_case_15_no_page_of_the_key_worker_changes_when_police_speak(
    deaths: Deaths, browse: Browse, standing: str
) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    key_worker(deaths, family)
    client = browse("key_worker")
    before = everything(client, family, to)
    assert {code for code, _, _ in before} == {200, 302, 404}
    suspected(deaths, case, to.relative, standing)
    assert everything(client, family, to) == before
    suspected(deaths, case, to.relative, standing, police_agree=True)
    assert everything(client, family, to) == before


@pytest.mark.parametrize("first", [True, False])
def test_edge_case_15_the_person_and_the_mail_are_the_same_when_police_spoke_first(
    deaths: Deaths, first: bool
) -> None:
    """Police may have spoken before the family's record was opened: it is made alike, and the e-mail says the same."""
    case: Case = deaths.case()
    if first:
        with deaths.acting():
            mother = case.child.relatives.get(relation="mother")
        suspected(deaths, case, mother)
    family = family_of(deaths, case)
    person = key_worker(deaths, family)
    with acting.acting_as(person):
        (told,) = Message.objects.filter(about=family.record_id)
        assert "named the key worker of a family" in told.body
        for secret in ("olice", "uspect", "coordinator"):
            assert secret not in told.subject + told.body
        assert not Carer.objects.get(family=family).ask_first
    assert not any("olice" in one.body for one in mail.outbox)


def test_edge_case_15_a_letter_a_key_worker_prepares_waits_for_those_who_run_the_case(
    deaths: Deaths, browse: Browse
) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    key_worker(deaths, family)
    suspected(deaths, case, to.relative)
    url = f"/child-deaths/families/{family}/people/{to.pk}/letter/first_letter/"
    page = browse("key_worker").post(url, {"subject": "Hello", "body": "Dear Lindsey."}, follow=True)
    assert "Waiting for signature" in page.content.decode()
    with deaths.acting():
        letter = FamilyLetter.objects.get().letter
        assert (letter.signed_by_id, letter.sent_at) == (None, None)
    assert "suspected or convicted" in browse("coordinator").get(
        f"/child-deaths/families/{family}/"
    ).content.decode()  # fmt: skip
