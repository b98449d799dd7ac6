"""Files an agency attaches, and the wrong one among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access.conftest import mail, real_board
from tests.child_deaths.gathering import GP, SCHOOL, Mails, ask, come_in, page_of
from tests.child_deaths.people import Deaths
from wholestory.access import acting, asking
from wholestory.access.models import Account
from wholestory.child_deaths.models import AgencyRequest, RequestStep
from wholestory.child_deaths.operations import request_files
from wholestory.documents import shelf
from wholestory.documents.models import StoredFile

__all__ = ["mail", "real_board"]
Browse = Callable[[str], Client]


@pytest.fixture(autouse=True)
def a_shelf(real_board: Settings, settings: Settings, tmp_path: Path) -> Iterator[None]:
    import dataclasses

    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    shelf.storage.cache_clear()
    yield
    shelf.storage.cache_clear()


@pytest.fixture
def both(deaths: Deaths, mail: Mails) -> tuple[AgencyRequest, ...]:
    return ask(deaths, deaths.case(), GP, SCHOOL).new


def attached(client: Client, asked: AgencyRequest) -> StoredFile:
    sent = SimpleUploadedFile("visits.txt", b"Seen on 2 March 2016 for a cough. NHS number 999 000 0018.")
    answer = client.post(page_of(asked, "files/"), {"file": sent})
    assert answer.status_code == 302, answer.content.decode()
    with acting.acting_as(Account.objects.get(email=GP.email).person):
        return StoredFile.objects.select_related("record", "about").get()


def test_a_file_about_the_child_is_kept_and_no_other_agency_sees_it(
    deaths: Deaths, both: tuple[AgencyRequest, ...], mail: Mails
) -> None:
    gp = come_in(mail, GP.email)
    file = attached(gp, both[0])
    assert "visits.txt" in gp.get(page_of(both[0])).content.decode()
    with acting.acting_as(Account.objects.get(email=SCHOOL.email).person):
        assert not StoredFile.objects.exists()
    assert come_in(mail, SCHOOL.email).get(f"/files/{file.record.reference}/about/").status_code == 404
    with deaths.acting():
        assert StoredFile.objects.get() == file


def test_edge_case_27_a_wrong_file_is_put_aside_noted_and_deleted(
    deaths: Deaths, both: tuple[AgencyRequest, ...], mail: Mails
) -> None:
    gp = come_in(mail, GP.email)
    file = attached(gp, both[0])
    wrong = page_of(both[0], f"files/{file.record.reference}/wrong/")
    assert "Say what is wrong with it" in gp.post(wrong, {"words": ""}).content.decode()
    assert gp.post(wrong, {"words": "The notes of another child"}).status_code == 302
    assert "visits.txt" not in gp.get(page_of(both[0])).content.decode()
    assert gp.get(f"/files/{file.record.reference}/").status_code == 404
    person = Account.objects.get(email=GP.email).person
    with acting.acting_as(person):
        assert not StoredFile.objects.exists()
        assert not RequestStep.objects.filter(what="file_parted").exists(), (
            "the incident is not told to the agency"
        )
    with deaths.acting() as actor:
        step = RequestStep.objects.get(what="file_parted")
        assert (step.words, step.by) == ("The notes of another child", person)
        held = AgencyRequest.objects.select_related("record", "case").get(pk=both[0].pk)
        aside = StoredFile.objects.select_related("record", "about").get(pk=file.pk)
        assert aside.circle_id != held.circle_id
        request_files.purge(actor=actor, request=held, file=aside, now=deaths.now)
        gone = StoredFile.objects.get(pk=file.pk)
        assert gone.removed_at is not None
        assert bytes(gone.wrapped_key) == b""
        assert RequestStep.objects.filter(what="file_purged").exists()


def test_only_who_runs_the_review_deletes_what_was_put_aside(
    deaths: Deaths, both: tuple[AgencyRequest, ...], mail: Mails
) -> None:
    file = attached(come_in(mail, GP.email), both[0])
    with (
        acting.acting_as(Account.objects.get(email=SCHOOL.email).person) as _,
        pytest.raises(asking.NotForYou),
    ):
        request_files.put_aside(
            actor=Account.objects.get(email=SCHOOL.email).person, request=both[0], file=file, words="x",
            now=deaths.now,
        )  # fmt: skip
    with deaths.acting() as actor:
        held = AgencyRequest.objects.select_related("record", "case").get(pk=both[0].pk)
        with pytest.raises(request_files.CannotAttach, match="not put aside"):
            request_files.purge(actor=actor, request=held, file=file, now=deaths.now)
