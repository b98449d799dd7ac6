"""The pages a spreadsheet of members comes in through, from the upload to taking it back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.partners import sheets
from tests.partners.conftest import TODAY, As
from tests.personas import World
from wholestory.access import acting
from wholestory.access.directory.models import MembershipImport
from wholestory.access.models import Account
from wholestory.partners.models import Agency, Person, Role, Seat

Browse = Callable[[str], Client]


def upload(client: Client, content: bytes, name: str = "members.xlsx") -> str:
    answer = client.post("/board/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, re.findall(r"error-message[^<]*</span>([^<]*)", answer.content.decode())
    return answer["Location"]


def fields_of(answer) -> dict[str, str]:
    """What a form would send if nobody touched it."""
    form = answer.context["form"]
    sent: dict[str, str] = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "year"):
            sent |= {
                f"{bound.html_name}-day": value.day,
                f"{bound.html_name}-month": value.month,
                f"{bound.html_name}-year": value.year,
            }
        elif value not in (None, False, ""):
            sent[bound.html_name] = "on" if value is True else value
    return sent


def test_a_messy_workbook_comes_in_through_the_pages_and_goes_again(
    world: World, browse: Browse, as_: As
) -> None:
    client = browse("business_manager")
    before = Person.objects.count(), Seat.objects.count(), Agency.objects.count()
    where = upload(client, sheets.as_xlsx(sheets.MESSY, with_cover=True, merged=["A1:H1", "A5:A6"]))
    page = client.get(where, follow=True)
    assert page.redirect_chain[-1][0].endswith("/sheet/")
    assert page.context["form"]["seat" if "seat" in page.context["form"].fields else "sheet"]
    page = client.post(page.redirect_chain[-1][0], {"sheet": "1"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/columns/")
    page = client.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    assert page.redirect_chain[-1][0].endswith("/words/")
    words = fields_of(page)
    vizier = next(name for name, said in page.context["form"].said.items() if said == "Grand Vizier")
    page = client.post(page.redirect_chain[-1][0], {**words, vizier: "adviser"}, follow=True)
    assert page.redirect_chain[-1][0].endswith("/agencies/")
    sent = fields_of(page)
    health = next(
        name
        for name, one in page.context["form"].planned.items()
        if one.name == "Northmarsh Community Healthcare"
    )
    assert f"{health}_is" not in sent, "an agency that looks like one we have has to be decided"
    answer = client.post(page.redirect_chain[-1][0], sent)
    assert "Say what Northmarsh Community Healthcare is" in answer.content.decode()
    page = client.post(
        page.redirect_chain[-1][0], {**sent, f"{health}_is": str(world.agencies["health"].pk)}, follow=True
    )
    assert page.redirect_chain[-1][0].endswith("/check/")
    check = page.redirect_chain[-1][0]
    plan = page.context["plan"]
    text = page.content.decode()
    assert [step.line.row for step in plan.of("refused")] == [14]
    assert "“Bo Larkin &amp; Cass Ito” looks like two people" in text
    assert "“head at elmgrove” is not an e-mail address" in text
    assert [step.line.full_name for step in plan.of("ask")] == ["Pat Lindly"]
    lay = world.people["lay_member"]
    page = client.post(check, {f"row_{plan.of('ask')[0].line.key}": str(lay.pk)}, follow=True)
    plan = page.context["plan"]
    assert plan.of("ask") == []
    assert "Chris Varley" in [step.known.full_name for step in plan.steps if step.known]
    answer = client.post(check.replace("/check/", "/apply/"), {"mark": plan.mark}, follow=True)
    assert "The spreadsheet is in the directory" in answer.content.decode()
    wren = Person.objects.get(email="wren.salter@health.example")
    assert {
        (seat.role, seat.agency.slug, seat.group_id and seat.group.short_name) for seat in wren.seats.all()
    } == {
        ("adviser", "health", None),
        ("member", "health", ""),
    }
    assert Seat.objects.get(person=wren, group=None).starts_on == TODAY
    gale = Person.objects.get(email="gale.thornby@fire.example")
    assert gale.seats.get().starts_on.isoformat() == "2015-04-01"
    assert Account.objects.filter(person=gale).exists()
    assert (
        Person.objects.get(full_name="Det Insp Ola Fenwick").seats.filter(agency__slug="police").count() == 2
    )
    assert not Person.objects.filter(full_name="Pat Lindly").exists()
    cass = Seat.objects.get(person__email="cass.ito@harbour.example", role=Role.ADVISER)
    assert (cass.agency.slug, cass.starts_on) == ("charity", TODAY)
    assert Agency.objects.get(name="Elm Grove Primary School").duty_basis == "s175"
    # The sheet says nobody called so: left as it was, undo puts all of it back.
    answer = client.post(check.replace("/check/", "/undo/"), follow=True)
    assert "The import is taken back" in answer.content.decode()
    assert (Person.objects.count(), Seat.objects.count(), Agency.objects.count()) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file you chose is empty"),
        (b"%PDF-1.7 something", "This is a PDF file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "This is a PNG file"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"just words\nand more words\n", "no columns"),
        (b"a,b\n" + b"x" * (5 * 1024 * 1024), "larger than 5 MB"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_box(
    browse: Browse, content: bytes, said: str
) -> None:
    answer = browse("business_manager").post(
        "/board/import/", {"file": SimpleUploadedFile("members.xlsx", content)}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()
    with acting.as_system(MembershipImport.board.field.related_model.objects.get(slug="north")):
        assert not MembershipImport.objects.exists()
