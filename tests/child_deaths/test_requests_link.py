"""A request opens by a link and a code to the address it was made for, and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.access.conftest import mail, real_board
from tests.child_deaths.gathering import (
    GP,
    SCHOOL,
    Mails,
    ask,
    come_in,
    link_in,
    newest,
    page_of,
    run_waiting,
)
from tests.child_deaths.people import Deaths
from wholestory.access.models import Account
from wholestory.child_deaths.models import Addressee, AgencyRequest, Asked, RequestLink
from wholestory.child_deaths.operations import addressees, request_changes
from wholestory.child_deaths.operations.request_links import digest

__all__ = ["mail", "real_board"]
pytestmark = pytest.mark.usefixtures("real_board")


@pytest.fixture
def asked(deaths: Deaths, mail: Mails) -> AgencyRequest:
    return ask(deaths, deaths.case()).new[0]


def test_the_link_and_the_code_open_the_request(deaths: Deaths, asked: AgencyRequest, mail: Mails) -> None:
    client = come_in(mail, GP.email)
    page = client.get(page_of(asked))
    assert page.status_code == 200
    said = page.content.decode()
    assert "Rowan Ashby" in said
    assert "999 000 0018" in said
    # Asked on 14 March 2016, fourteen days: due on 28 March 2016.
    assert "28 March 2016" in said
    with deaths.acting():
        assert AgencyRequest.objects.get(pk=asked.pk).state == Asked.OPENED


def test_edge_case_29_the_mail_says_nothing_of_the_child(asked: AgencyRequest, mail: Mails) -> None:
    letter = newest(mail, GP.email)
    for word in ("Rowan", "Ashby", "999", "ZZ99", "Invented", "Lindsey", "2013"):
        assert word not in letter.subject + letter.body.replace(link_in(letter), "")
    assert asked.record.reference in letter.subject
    assert letter.confidential, "a mail with a way in is not kept"


def test_only_the_hash_of_the_token_is_kept(asked: AgencyRequest, mail: Mails) -> None:
    token = link_in(newest(mail, GP.email)).split("/")[3]
    link = RequestLink.objects.get()
    assert link.digest == digest(token)
    assert token not in str(RequestLink.objects.values())


def test_the_account_is_made_without_a_seat(asked: AgencyRequest) -> None:
    account = Account.objects.get(email=GP.email)
    assert account.person.full_name == GP.name
    assert not account.person.seats.exists()
    assert account.person.is_invented


def test_a_forwarded_link_sends_the_code_to_whom_it_was_made_for(
    deaths: Deaths, asked: AgencyRequest, mail: Mails, browse: Any
) -> None:
    other = browse("head")
    link = link_in(newest(mail, GP.email))
    page = other.get(link).content.decode()
    assert "n•••@saltings.example" in page
    assert GP.email not in page
    assert asked.record.reference not in page
    assert asked.organisation not in page
    sent = len(mail)
    other.post(link)
    run_waiting()
    assert [one.to for one in mail[sent:]] == [GP.email]
    # Somebody else's session opens nothing of it.
    assert other.get(page_of(asked)).status_code == 404


def test_signing_in_without_the_link_is_not_enough(asked: AgencyRequest) -> None:
    client = Client()
    client.force_login(
        Account.objects.get(email=GP.email), backend="django.contrib.auth.backends.ModelBackend"
    )
    refused = client.get(page_of(asked))
    assert refused.status_code == 403
    assert "there you can have it sent to you again" in refused.content.decode()
    assert "Rowan" not in refused.content.decode()


def test_whoever_is_signed_in_as_the_addressee_needs_no_second_code(
    asked: AgencyRequest, mail: Mails
) -> None:
    client = Client()
    client.force_login(
        Account.objects.get(email=GP.email), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(link_in(newest(mail, GP.email)))["Location"] == page_of(asked)
    assert client.get(page_of(asked)).status_code == 200


def test_a_link_of_one_request_opens_no_other(deaths: Deaths, mail: Mails) -> None:
    first = ask(deaths, deaths.case()).new[0]
    second = ask(
        deaths, deaths.case(deaths.told("2016-03-14 08:00", forenames="Wren", nhs_number="9990000026"))
    ).new[0]
    client = come_in(mail, GP.email)
    assert client.get(page_of(second)).status_code == 200
    assert client.get(page_of(first)).status_code == 403


def test_every_link_of_no_use_shows_the_same_page(deaths: Deaths, asked: AgencyRequest, mail: Mails) -> None:
    def shown(link: str) -> tuple[int, str]:
        answer = Client().get(link)
        token = link.split("/")[3]
        import re

        return answer.status_code, re.sub(
            r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|"X-CSRFToken": "\w+"',
            "",
            answer.content.decode().replace(token, "TOKEN"),
        )

    link = link_in(newest(mail, GP.email))
    unknown = shown("/child-deaths/asked/nobody-was-ever-given-this/")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        expired = shown(link)
    with deaths.acting() as actor:
        request_changes.revoke(actor=actor, request=asked, reason="Asked by mistake", now=deaths.now)
    assert unknown == expired == shown(link)
    assert unknown[0] == 404


def test_a_new_link_goes_only_to_the_address_of_the_old(asked: AgencyRequest, mail: Mails) -> None:
    link = link_in(newest(mail, GP.email))
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        sent = len(mail)
        Client().post(f"{link}again/", {"email": "thief@elsewhere.example"})
        run_waiting()
        assert [one.to for one in mail[sent:]] == [GP.email]
        assert link_in(newest(mail, GP.email)) != link
        # Asked for again at once, nothing more is sent.
        Client().post(f"{link}again/")
        run_waiting()
        assert len(mail) == sent + 1


def test_asking_by_an_unknown_link_sends_nothing_and_says_the_same(asked: AgencyRequest, mail: Mails) -> None:
    sent = len(mail)
    page = Client().post("/child-deaths/asked/nobody-was-ever-given-this/again/")
    run_waiting()
    assert page.status_code == 200
    assert len(mail) == sent


def test_a_request_taken_back_is_closed_at_once(deaths: Deaths, asked: AgencyRequest, mail: Mails) -> None:
    client = come_in(mail, GP.email)
    assert client.get(page_of(asked)).status_code == 200
    with deaths.acting() as actor:
        request_changes.revoke(actor=actor, request=asked, reason="Asked by mistake", now=deaths.now)
    assert client.get(page_of(asked)).status_code == 404
    assert client.get(page_of(asked, "form/")).status_code == 404
    person = Account.objects.get(email=GP.email).person
    from wholestory.access import acting

    with acting.acting_as(person):
        assert not AgencyRequest.objects.exists()
    sent = len(mail)
    Client().post(f"{link_in(newest(mail, GP.email))}again/")
    run_waiting()
    assert len(mail) == sent


def test_somebody_taken_off_is_out_at_once(deaths: Deaths, asked: AgencyRequest, mail: Mails) -> None:
    with deaths.acting() as actor:
        colleague = addressees.name_colleague(
            actor=actor, request=asked, name=SCHOOL.name, email=SCHOOL.email, parts=[], now=deaths.now,
            today=asked.asked_on,
        )  # fmt: skip
    run_waiting()
    client = come_in(mail, SCHOOL.email)
    assert client.get(page_of(asked)).status_code == 200
    with deaths.acting() as actor:
        addressees.withdraw(actor=actor, addressee=Addressee.objects.get(pk=colleague.pk), now=deaths.now)
    assert client.get(page_of(asked)).status_code == 404
    assert come_in(mail, GP.email).get(page_of(asked)).status_code == 200


def test_wrong_codes_do_not_open_it(asked: AgencyRequest, mail: Mails) -> None:
    client = Client()
    link = link_in(newest(mail, GP.email))
    client.post(link)
    run_waiting()
    for _ in range(4):
        assert "This code is not right" in client.post(f"{link}code/", {"code": "00000000"}).content.decode()
    assert client.post(f"{link}code/", {"code": "00000000"})["Location"] == link
    assert "_auth_user_id" not in client.session
