"""The pages of a family's record, for those who run the case and for the key worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.child_deaths.families import asked, carer, family_of, key_worker, suspected
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_opening import SEES, SEES_NOT
from wholestory.child_deaths.models import Carer, FamilyContact, FamilyLetter, FamilyQuestion, FamilyRecord

Browse = Callable[[str], Client]
DAY = {"day": "13", "month": "3", "year": "2016"}


def on(name: str) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in DAY.items()}


@pytest.mark.parametrize("persona", SEES)
def test_the_record_is_opened_from_the_case(deaths: Deaths, browse: Browse, persona: str) -> None:
    case = deaths.case()
    client = browse(persona)
    assert "Open the family’s record" in client.get(f"/child-deaths/cases/{case}/family/").content.decode()
    shown = client.post(f"/child-deaths/cases/{case}/family/", follow=True).content.decode()
    assert "The family of Rowan" in shown
    assert "No key worker yet" in shown
    assert "Lindsey Ashby, mother" in shown


@pytest.mark.parametrize("persona", [*SEES_NOT, "key_worker_of_another"])
def test_nobody_else_finds_it(deaths: Deaths, browse: Browse, persona: str) -> None:
    family = family_of(deaths, deaths.case())
    client = browse("stranger" if persona == "key_worker_of_another" else persona)
    assert client.get(f"/child-deaths/families/{family}/").status_code == 404
    assert client.post(f"/child-deaths/families/{family}/questions/", {"text": "x"}).status_code == 404
    assert str(family) not in client.get("/child-deaths/families/").content.decode()


def test_the_key_worker_sees_the_family_and_nothing_of_the_case(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(circumstances="Found by a neighbour.")
    family = family_of(deaths, case)
    key_worker(deaths, family)
    suspected(deaths, case, carer(deaths, family).relative)
    client = browse("key_worker")
    page = client.get(f"/child-deaths/families/{family}/").content.decode()
    assert "Ask the coordinator before you write to, telephone or visit anybody of this family" in page
    for hidden in ("neighbour", "uspect", str(case), "DI Marl", "Name the key worker", "olice ask"):
        assert hidden not in page
    assert str(family) in client.get("/child-deaths/families/").content.decode()
    for away in (
        f"cases/{case}/", f"cases/{case}/response/", f"cases/{case}/processes/", f"cases/{case}/holds/",
        f"families/{family}/key-worker/", f"families/{family}/meeting/",
    ):  # fmt: skip
        assert client.get(f"/child-deaths/{away}").status_code == 404


def test_whoever_runs_the_case_reads_why_on_the_same_page(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    suspected(deaths, case, carer(deaths, family).relative)
    page = browse("coordinator").get(f"/child-deaths/families/{family}/").content.decode()
    assert "This person is suspected or convicted" in page


def test_the_key_worker_notes_asks_and_answers(deaths: Deaths, browse: Browse) -> None:
    family = family_of(deaths, deaths.case())
    key_worker(deaths, family)
    hers = carer(deaths, family)
    client = browse("key_worker")
    at = f"/child-deaths/families/{family}/"
    refused = client.post(f"{at}contact/", {"kind": "call"}).content.decode()
    assert "Enter the day: when?" in refused
    client.post(f"{at}contact/", {"kind": "call", "carer": str(hers.pk), "words": "Rang her.", **on("at_on")})
    client.post(f"{at}questions/", {"text": "Was he in pain?", "carer": str(hers.pk), **on("asked_on")})
    with deaths.acting():
        assert FamilyContact.objects.get().carer_id == hers.pk
        question = FamilyQuestion.objects.get()
    client.post(f"{at}questions/{question.pk}/pass-on/", {"to": "hospital", **on("on")})
    answer = {
        "carer": str(hers.pk),
        "text": "No.",
        "how": "telephone",
        **on("answered_on"),
        **on("fed_back_on"),
    }
    shown = client.post(f"{at}questions/{question.pk}/answer/", answer, follow=True).content.decode()
    assert "Passed on to: The hospital or doctors, on 13 March 2016" in shown
    assert "Lindsey Ashby, told on 13 March 2016 (telephone): No." in shown
    assert "Waits for an answer" not in shown
    assert client.get(f"{at}questions/{question.pk}/no-answer/").status_code == 404


def test_a_letter_is_prepared_on_the_page(deaths: Deaths, browse: Browse) -> None:
    family = family_of(deaths, deaths.case())
    to = carer(deaths, family)
    client = browse("coordinator")
    at = f"/child-deaths/families/{family}/people/{to.pk}/letter/"
    assert "First letter" in client.get(at).content.decode()
    begun = client.get(f"{at}first_letter/").content.decode()
    assert "We are very sorry that Rowan has died." in begun
    shown = client.post(
        f"{at}first_letter/", {"subject": "What happens now", "body": "Dear Lindsey."}, follow=True
    )
    assert "Waiting for signature" in shown.content.decode()
    with deaths.acting():
        reference = FamilyLetter.objects.get().letter.record.reference
    assert browse("designated_doctor").get(f"/letters/to-sign/{reference}/").status_code == 200
    assert browse("chair").get(f"/letters/to-sign/{reference}/").status_code == 404
    assert client.get(f"{at}nonsense/").status_code == 404


def test_a_refused_letter_keeps_what_was_typed(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    suspected(deaths, case, to.relative)
    at = f"/child-deaths/families/{family}/people/{to.pk}/letter/"
    client = browse("coordinator")
    assert "No letter can be prepared. This person is suspected" in client.get(at).content.decode()
    page = client.post(f"{at}other/", {"subject": "Hello", "body": "Typed with care."}).content.decode()
    assert "This person is suspected" in page
    assert "Typed with care." in page


def test_every_other_form(deaths: Deaths, browse: Browse) -> None:
    family = family_of(deaths, deaths.case())
    client = browse("coordinator")
    at = f"/child-deaths/families/{family}/"
    person = {
        "name": "Tam Ashby",
        "relation": "father",
        "format": "large",
        "by": "telephone",
        "postal": "9 Other Road",
    }
    assert "Tam Ashby, father" in client.post(f"{at}people/", person, follow=True).content.decode()
    with deaths.acting():
        his = Carer.objects.get(name="Tam Ashby")
    shown = client.post(
        f"{at}people/{his.pk}/", {**person, "wishes_no_contact": "yes"}, follow=True
    ).content.decode()
    assert "This person has asked not to be contacted" in shown
    named = {"name": "Briar Holloway", "email": "briar@hospice.example"}
    assert (
        "Key worker: Briar Holloway" in client.post(f"{at}key-worker/", named, follow=True).content.decode()
    )
    gone = client.post(f"{at}no-key-worker/", {"because": "She has left"}, follow=True).content.decode()
    assert "No key worker.</strong> She has left" in gone
    support = {"child_called": "Ro", "support_offered": "yes", "support": "A group"}
    assert "The family of Ro" in client.post(f"{at}support/", support, follow=True).content.decode()
    quiet = client.post(f"{at}quiet-day/", {"kind": "religious", "words": "Eid", **on("on")}, follow=True)
    assert "13 March 2016 (Eid)" in quiet.content.decode()
    dated = client.post(f"{at}meeting/", {"what": "panel", **on("on")}, follow=True).content.decode()
    assert "Overview panel: 13 March 2016" in dated
    asked_for = {"kind": "records", "text": "His notes", **on("received_on")}
    assert "His notes" in client.post(f"{at}request/", asked_for, follow=True).content.decode()
    with deaths.acting():
        key = FamilyRecord.objects.get().requests.get().pk
    shown = client.post(f"{at}request/{key}/", {"outcome": "Sent", **on("on")}, follow=True).content.decode()
    assert "Answered on 13 March 2016: Sent" in shown
    question = asked(deaths, family)
    shown = client.post(f"{at}questions/{question.pk}/no-answer/", {"because": "Nobody knows"}, follow=True)
    assert "No answer: Nobody knows" in shown.content.decode()


def test_its_cost_does_not_grow(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    family = family_of(deaths, deaths.case())
    client = browse("coordinator")
    at = f"/child-deaths/families/{family}/"
    for each in range(3):
        asked(deaths, family, carer(deaths, family, f"Person {each}"))
    few = cost_of(client, at)
    for each in range(27):
        asked(deaths, family, carer(deaths, family, f"Other {each}"))
    assert cost_of(client, at) == few
