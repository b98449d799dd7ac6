"""Is this death known already? The pages: what they show, what they do, and who has them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Case, Merge, Notification, NotTheSame
from wholestory.child_deaths.queries import duplicates

Browse = Callable[[str], Client]
TWIN = {"forenames": "Hazel", "sex": "female", "nhs_number": None}
OUTSIDE = (
    "business_manager", "quality_officer", "administrator", "ig_lead", "chair", "police_member", "health_member",
    "lay_member", "analyst", "panel_chair", "panel_police", "sister_coordinator", "sister_manager", "head", "stranger",
)  # fmt: skip


def page(name: str, *args: object) -> str:
    return reverse(f"child_deaths:{name}", args=args)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_a_message_is_shown_beside_the_case_with_reasons_and_differences(
    deaths: Deaths, browse: Browse
) -> None:
    case = deaths.case()
    told = deaths.told("2016-03-14 08:00", surname="Ashbey", nhs_number=None)
    shown = text(browse("coordinator"), page("duplicates", told.record.reference))
    assert f"Case {case.record.reference}" in shown
    for words in (
        "Same date of birth", "Surnames are spelt nearly alike", "Differs", "Only one says", "999 000 0018",
        "Someone with more access may know more", "Almost certainly the same child",
    ):  # fmt: skip
        assert words in shown, words
    assert "hidden" not in re.sub(r"<[^>]*>", " ", shown)


def test_nothing_alike_says_so_and_offers_a_new_case(deaths: Deaths, browse: Browse) -> None:
    told = deaths.told()
    shown = text(browse("coordinator"), page("duplicates", told.record.reference))
    assert "No case or message that you can open looks like this one." in shown


def test_joining_a_message_to_a_case(deaths: Deaths, browse: Browse) -> None:
    case, told = deaths.case(), deaths.told("2016-03-14 08:00")
    client = browse("designated_doctor")
    url = page("duplicates_join", told.record.reference, case.record.reference)
    assert "It is the same death" in text(client, url)
    assert client.post(url, {"reason": ""}).status_code == 302
    with deaths.acting():
        assert duplicates.case_of([told.pk]) == {told.pk: case}
    after = text(client, page("duplicates", told.record.reference))
    assert f"This message belongs to case {case.record.reference}" in after
    assert (
        client.post(page("message_part", told.record.reference), {"reason": "Another boy."}).status_code
        == 302
    )
    with deaths.acting():
        assert duplicates.case_of([told.pk]) == {}


def test_edge_case_01_a_twin_is_joined_only_once_somebody_asked_and_said_how_they_know(
    deaths: Deaths, browse: Browse
) -> None:
    case, twin = deaths.case(nhs_number=None), deaths.told(**TWIN)
    client = browse("coordinator")
    assert "May be a twin" in text(client, page("duplicates", twin.record.reference))
    url = page("duplicates_join", twin.record.reference, case.record.reference)
    refused = client.post(url, {"reason": "They look alike."}).content.decode()
    assert "Tick the box once you have asked" in refused
    assert "They look alike." in refused
    assert "Say how you know" in client.post(url, {"order_asked": "on"}).content.decode()
    with deaths.acting():
        assert duplicates.case_of([twin.pk]) == {}
    both = {"order_asked": "on", "reason": "Rang the ward: one baby, first called Hazel."}
    assert client.post(url, both).status_code == 302
    with deaths.acting():
        assert duplicates.case_of([twin.pk]) == {twin.pk: case}


def test_two_messages_of_one_death_become_one_case(deaths: Deaths, browse: Browse) -> None:
    first, second = deaths.told(), deaths.told("2016-03-13 08:00", forenames="Rowan J")
    url = page("duplicates_join", second.record.reference, first.record.reference)
    client = browse("coordinator")
    assert "One case will hold both messages" in text(client, url)
    assert client.post(url, {"reason": "The nurse rang twice."}).status_code == 302
    with deaths.acting():
        belongs = duplicates.case_of([first.pk, second.pk])
        assert len(set(belongs.values())) == 1
        assert belongs[first.pk].first_received_at == second.received_at


def test_not_the_same_is_confirmed_remembered_and_taken_back(deaths: Deaths, browse: Browse) -> None:
    case, twin = deaths.case(nhs_number=None), deaths.told(**TWIN)
    client = browse("coordinator")
    url = page("duplicates_apart", twin.record.reference, case.record.reference)
    assert "will not be offered to each other again" in text(client, url)
    assert client.post(url, {"reason": "Twins: Rowan is number 1."}).status_code == 302
    shown = text(client, page("duplicates", twin.record.reference))
    assert "Twins: Rowan is number 1." in shown
    assert "The same death" not in shown
    with deaths.acting():
        decision = NotTheSame.objects.get()
    back = page("duplicates_taken_back", twin.record.reference, decision.pk)
    assert "stays in the record" in text(client, back)
    assert client.post(back).status_code == 302
    assert "The same death" in text(client, page("duplicates", twin.record.reference))
    assert client.post(back).status_code == 404


def test_two_cases_are_joined_and_parted(deaths: Deaths, browse: Browse) -> None:
    stays, joined = deaths.case(), deaths.case(surname="Ashbey")
    client = browse("coordinator")
    shown = text(client, page("merge", joined.record.reference))
    assert stays.record.reference in shown
    url = page("merge_confirm", joined.record.reference, stays.record.reference)
    assert "can be parted again" in text(client, url)
    assert "Say how you know" in client.post(url, {"reason": " "}).content.decode()
    assert client.post(url, {"reason": "One boy."}).status_code == 302
    assert "was joined to this case" in text(client, page("merge", stays.record.reference))
    assert "This case is joined to" in text(client, page("merge", joined.record.reference))
    again = client.post(url, {"reason": "One boy."}).content.decode()
    assert "joined to another case already" in again
    assert client.post(page("unmerge", joined.record.reference), {"reason": "Two boys."}).status_code == 302
    with deaths.acting():
        assert Case.objects.get(pk=joined.pk).merged_into is None
        assert Merge.objects.get().undone_reason == "Two boys."
    assert (
        "not joined to another"
        in client.post(page("unmerge", joined.record.reference), {"reason": "x"}).content.decode()
    )


def test_another_case_is_named_by_its_reference(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    other = deaths.case(forenames="Zed", surname="Quill", born_on="2001-09-09", nhs_number=None, postcode=None,
                        address=None, mother_name=None, confirmed_on="2015-07-07")  # fmt: skip
    client = browse("coordinator")
    url = page("merge", case.record.reference)
    for typed, said in (
        ("", "Enter the other case’s reference"), (case.record.reference, "That is this case"),
        ("CD-00000000", "There is no case with this reference among those you can open"),
    ):  # fmt: skip
        assert said in client.post(url, {"other": typed}).content.decode()
    there = client.post(url, {"other": f" {other.record.reference.lower()} "})
    assert there.status_code == 302
    assert there["Location"] == page("merge_confirm", case.record.reference, other.record.reference)


@pytest.mark.parametrize("persona", OUTSIDE)
def test_nobody_else_has_any_of_these_pages(deaths: Deaths, browse: Browse, persona: str) -> None:
    case, other, told = deaths.case(), deaths.case(surname="Ashbey"), deaths.told()
    client = browse(persona)
    for url in (
        page("duplicates", told.record.reference),
        page("duplicates_join", told.record.reference, case.record.reference),
        page("duplicates_apart", told.record.reference, case.record.reference),
        page("message_part", told.record.reference),
        page("merge", case.record.reference),
        page("merge_confirm", case.record.reference, other.record.reference),
        page("unmerge", case.record.reference),
    ):
        assert client.get(url).status_code == 404, url
        assert client.post(url, {"reason": "x", "order_asked": "on"}).status_code == 404, url


def test_the_designated_doctor_sorts_messages_and_joins_no_cases(deaths: Deaths, browse: Browse) -> None:
    case, told = deaths.case(), deaths.told()
    client = browse("designated_doctor")
    assert client.get(page("duplicates", told.record.reference)).status_code == 200
    assert client.get(page("merge", case.record.reference)).status_code == 404


def test_a_case_of_another_board_cannot_be_named(deaths: Deaths, browse: Browse) -> None:
    theirs = deaths.case(deaths.told(panel=deaths.south, by="sister_coordinator"), by="sister_coordinator")
    told = deaths.told()
    client = browse("coordinator")
    url = page("duplicates_join", told.record.reference, theirs.record.reference)
    assert client.get(url).status_code == client.post(url, {"reason": "x"}).status_code == 404
    assert theirs.record.reference not in text(client, page("duplicates", told.record.reference))


def test_three_candidates_and_thirty_cost_the_same(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    told = deaths.told()
    url = page("duplicates", told.record.reference)
    for at in range(3):
        deaths.case(nhs_number=None, mother_name=f"Mother {at}")
    client = browse("coordinator")
    text(client, url)
    few = cost_of(client, url)
    for at in range(9):
        deaths.case(nhs_number=None, mother_name=f"Mother {at}")
        deaths.told(nhs_number=None, postcode=f"PE1 1A{'ABCDEFGHJKLM'[at]}")
    assert cost_of(client, url) == few


def test_a_message_is_never_changed_by_any_of_it(deaths: Deaths, browse: Browse) -> None:
    case, told = deaths.case(), deaths.told("2016-03-14 08:00")
    with deaths.acting():
        before = Notification.objects.values("answers", "received_at", "fingerprint", "entered_at").get(
            pk=told.pk
        )
    client = browse("coordinator")
    client.post(page("duplicates_join", told.record.reference, case.record.reference), {"reason": "x"})
    client.post(page("message_part", told.record.reference), {"reason": "x"})
    with deaths.acting():
        assert before == Notification.objects.values(
            "answers", "received_at", "fingerprint", "entered_at"
        ).get(pk=told.pk)
