"""An NHS number and a day are written one way wherever people read them, and files keep the bare value."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Case, Notification
from wholestory.child_deaths.queries import national
from wholestory.child_deaths.rules.data_quality import BY_KEY, NOT_SO

Browse = Callable[[str], Client]


def test_the_number_is_in_three_groups_on_the_case_and_its_message(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(), browse("coordinator")
    with deaths.acting():
        message = Notification.objects.select_related("record").get().record.reference
    for name, reference in (("case", case.record.reference), ("notification", message)):
        page = client.get(reverse(f"child_deaths:{name}", args=[reference])).content.decode()
        assert "999 000 0018" in page, name
        assert "9990000018" not in page, name


def test_the_copy_sheet_reads_as_people_write_and_is_copied_bare(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting():
        held = Case.objects.select_related("child", "record__board", "home_area").get(pk=case.pk)
        fields = {one.key: one for one in national.sheet(held)[0].fields}
    # 2 May 2013 was a Thursday.
    assert (fields["born_on"].words, fields["born_on"].value) == ("Thursday 2 May 2013", "2013-05-02")
    assert (fields["nhs_number"].words, fields["nhs_number"].value) == ("999 000 0018", "9990000018")


def test_every_measure_has_words_for_the_cases_it_does_not_hold_of(deaths: Deaths, browse: Browse) -> None:
    assert set(NOT_SO) == set(BY_KEY)
    page = browse("coordinator").get(reverse("child_deaths:data_quality_cases", args=["demographics"]))
    assert "Something about the child is missing" in page.content.decode()
