"""Whoever reads a return by emergency access alone reads it on the screen: nothing prints it or carries it off."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.assurance.conftest import NOW, Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.access.screens import operations as emergencies
from wholestory.actions.models import Action
from wholestory.documents import operations as documents
from wholestory.documents import shelf
from wholestory.ledger import reading

Browse = Callable[[str], Client]
ON_PAPER = ("form_print", "form_blank", "form_pdf", "form_blank_pdf")
ON_SCREEN = ("return", "form_tasks", "form_check")
WHY = "because you took emergency access"


def take(made: Round, reference: str) -> None:
    with made.acting("health_member") as actor:
        assert emergencies.take_emergency_access(
            actor=actor, reference=reference, reason="Needed at once, truly."
        )


@pytest.mark.parametrize("name", ON_PAPER)
def test_nothing_is_printed_or_made_into_a_file(name: str, signed_school: Round, browse: Browse) -> None:
    ret = signed_school.fresh("school")
    take(signed_school, ret.record.reference)
    answer = browse("health_member").get(reverse(f"assurance:{name}", args=[ret.record.reference]))
    assert answer.status_code == 403
    assert WHY in answer.content.decode()
    world = signed_school.world
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        kept = [one for one in reading.seen(ret.record_id) if one.verb == "access.kept_here"]
    assert [(one.person, one.reason) for one in kept] == [
        (world.people["health_member"].id, "grant.emergency")
    ]


@pytest.mark.parametrize("name", ON_SCREEN)
def test_it_is_read_on_the_screen_and_offers_no_copy(name: str, signed_school: Round, browse: Browse) -> None:
    reference = signed_school.fresh("school").record.reference
    take(signed_school, reference)
    page = browse("health_member").get(reverse(f"assurance:{name}", args=[reference]))
    assert page.status_code == 200
    for away in ON_PAPER:
        assert reverse(f"assurance:{away}", args=[reference]) not in page.content.decode()


@pytest.mark.parametrize("name", ON_PAPER)
@pytest.mark.parametrize("persona", ["head", "head_contributor", "quality_officer", "chair"])
def test_everybody_with_a_seat_for_it_takes_a_copy_as_before(
    name: str, persona: str, signed_school: Round, browse: Browse
) -> None:
    reference = signed_school.fresh("school").record.reference
    url = reverse(f"assurance:{name}", args=[reference])
    assert browse(persona).get(url).status_code == 200
    assert (
        reverse("assurance:form_print", args=[reference])
        in browse(persona).get(reverse("assurance:return", args=[reference])).content.decode()
    )


@pytest.fixture
def own_shelf(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    shelf.storage.cache_clear()
    yield
    shelf.storage.cache_clear()


@pytest.mark.usefixtures("own_shelf")
def test_its_files_are_seen_and_not_handed_out(cycle_round: Round, browse: Browse) -> None:
    about = cycle_round.fresh("police").record
    upload = SimpleUploadedFile("policy.txt", b"We keep children safe.")
    with cycle_round.acting("police_lead") as actor:
        file = documents.keep(actor=actor, about=about, upload=upload, today=TODAY, now=NOW)
    take(cycle_round, about.reference)
    client, reference = browse("health_member"), file.record.reference
    assert client.get(reverse("documents:about", args=[reference])).status_code == 200
    answer = client.get(reverse("documents:file", args=[reference]))
    assert answer.status_code == 409
    assert b"We keep children safe." not in answer.content
    assert browse("police_lead").get(reverse("documents:file", args=[reference])).status_code == 200


def test_a_promise_read_in_an_emergency_is_left_out_of_the_download(
    signed_school: Round, browse: Browse
) -> None:
    with acting.as_system(signed_school.world.board):
        promised = Action.objects.select_related("record").get()
    take(signed_school, promised.record.reference)
    client = browse("health_member")
    assert promised.title in client.get(reverse("actions:list")).content.decode()
    answer = client.get(reverse("actions:list"), {"download": "csv"})
    assert answer.status_code == 200
    assert promised.title.encode() not in answer.content
    assert promised.title in browse("head").get(reverse("actions:list"), {"download": "csv"}).content.decode(
        "utf-8-sig"
    )
