"""The coordinator's way from a spreadsheet of earlier cases to cases; nobody else has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.child_deaths.past_lists import ELSEWHERE, FINISHED, OPEN, as_csv
from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Case, PastFile
from wholestory.child_deaths.rules.brought_in import Holds

Browse = Callable[[str], Client]
OUTSIDERS = (
    "designated_doctor", "business_manager", "administrator", "analyst", "panel_chair", "panel_police",
    "sister_coordinator", "head", "stranger",
)  # fmt: skip


def sent(deaths: Deaths, client: Client, *lines: Sequence[str], content: bytes = b"") -> str:
    """A list that was sent: the reference."""
    file = SimpleUploadedFile("cases.csv", content or as_csv(*lines), "text/csv")
    url = reverse("child_deaths:past_home")
    answer = client.post(url, {"panel": str(deaths.panel.pk), "file": file})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).split("/")[-3]


def confirmed(client: Client, reference: str, **changed: str) -> None:
    """Columns and stages confirmed as they were guessed."""
    for step in ("past_columns", "past_stages"):
        page = client.get(reverse(f"child_deaths:{step}", args=[reference]))
        if page.status_code == 302:
            continue
        form = page.context["form"]
        said = {name: field.initial for name, field in form.fields.items()}
        answer = client.post(reverse(f"child_deaths:{step}", args=[reference]), {**said, **changed})
        assert answer.status_code == 302


def test_from_a_spreadsheet_to_cases_and_back(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    assert "No list was brought in yet" in client.get(reverse("child_deaths:past_home")).content.decode()
    reference = sent(deaths, client, FINISHED, OPEN, ELSEWHERE)
    confirmed(client, reference)
    check = reverse("child_deaths:past_check", args=[reference])
    page = client.get(check).content.decode()
    assert "Nothing is made yet" in page
    assert "1 at “Waiting for an outcome”" in page
    assert "Una Marlow" in page
    seen = client.get(check).context["plan"].seen
    with deaths.acting():
        assert not Case.objects.exists()
    assert client.post(check, {"seen": seen}).status_code == 302
    with deaths.acting():
        assert Case.objects.filter(brought_in=True).count() == 3
        case = Case.objects.select_related("record").get(child__identifiers__value="NM/08/01")
    shown = client.get(reverse("child_deaths:case", args=[case.record.reference])).content.decode()
    assert "Brought in from before this system" in shown
    assert "not counted as ours" in shown
    assert "Seen at the neonatal panel" in shown
    assert "Brought in from a list of earlier cases" in shown
    assert "brought_in" not in shown
    back = reverse("child_deaths:past_back", args=[reference])
    assert "Say why" in client.post(back, {"because": ""}).content.decode()
    assert client.post(back, {"because": "The wrong sheet"}).status_code == 302
    said = client.get(reverse("child_deaths:past", args=[reference])).content.decode()
    assert "The wrong sheet" in said


def test_a_problem_is_shown_by_line_and_column(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    reference = sent(deaths, client, FINISHED, (*OPEN[:7], "31/02/2015", *OPEN[8:]))
    confirmed(client, reference)
    check = reverse("child_deaths:past_check", args=[reference])
    page = client.get(check).content.decode()
    assert "“31/02/2015” is not a day" in page
    assert "Leave out the 1 line with problems" in page
    seen = client.get(check).context["plan"].seen
    refused = client.post(check, {"seen": seen})
    assert "Say that these lines stay out" in refused.content.decode()
    assert client.post(check, {"seen": seen, "without_stopped": "on"}).status_code == 302


def test_columns_that_make_no_case_are_said_beside_the_field(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    reference = sent(deaths, client, FINISHED)
    url = reverse("child_deaths:past_columns", args=[reference])
    said = {f"column_{n}": "" for n in range(1, 16)} | {"column_1": Holds.REFERENCE.value}
    answer = client.post(url, said)
    assert "Say which column holds the date of death" in answer.content.decode()
    # What was chosen stays chosen.
    assert answer.context["form"]["column_1"].value() == "reference"


def test_a_list_is_put_aside(deaths: Deaths, browse: Browse) -> None:
    client = browse("coordinator")
    reference = sent(deaths, client, FINISHED)
    assert client.post(reverse("child_deaths:past_aside", args=[reference])).status_code == 302
    with deaths.acting():
        assert PastFile.objects.get().rows == []
    assert "cases.csv" not in client.get(reverse("child_deaths:past_home")).content.decode()


@pytest.mark.parametrize("persona", OUTSIDERS)
def test_only_the_coordinator_reads_and_sends_lists(deaths: Deaths, browse: Browse, persona: str) -> None:
    reference = sent(deaths, browse("coordinator"), FINISHED)
    client = browse(persona)
    for name in ("past", "past_columns", "past_stages", "past_check", "past_aside", "past_back"):
        answer = client.get(reverse(f"child_deaths:{name}", args=[reference]))
        assert answer.status_code in (302, 403, 404), (persona, name)
        assert "Orchard" not in answer.content.decode()
    if persona != "sister_coordinator":
        assert client.get(reverse("child_deaths:past_home")).status_code in (302, 403, 404)


def test_a_long_list_asks_the_database_no_more_than_a_short_one(
    deaths: Deaths, browse: Browse, cost_of: Callable[..., int]
) -> None:
    client = browse("coordinator")
    few = sent(deaths, client, *[(f"NM/{n}", *FINISHED[1:]) for n in range(3)])
    many = sent(deaths, client, *[(f"NM/X{n}", *FINISHED[1:]) for n in range(30)])
    for reference in (few, many):
        confirmed(client, reference)
    costs = [cost_of(client, reverse("child_deaths:past_check", args=[one])) for one in (few, many)]
    assert costs[0] == costs[1]
