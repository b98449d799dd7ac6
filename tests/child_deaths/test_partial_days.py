"""Births and deaths of which only the month or the year is known: kept and shown as such, ages as a range."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.queries import sorting
from wholestory.child_deaths.queries.told_of_child import about
from wholestory.child_deaths.rules.partial_ages import age_words, band_words, span
from wholestory.child_deaths.rules.scope import Verdict
from wholestory.pathways.models import RunningClock

Browse = Callable[[str], Client]


def whole(text: str) -> tuple[date, date]:
    return date.fromisoformat(text), date.fromisoformat(text)


@pytest.mark.parametrize(
    ("born", "died", "words"),
    [
        # Born on 1 March 2013 he was 3 on 12 March 2016, born on 31 March he was 2.
        (span(None, "2013-03"), whole("2016-03-12"), "2 to 3 years"),
        (span(None, "2013-05"), whole("2016-03-12"), "2 years"),
        # 2000 alone: 15 if born after 12 March, else 16.
        (span(None, "2000"), whole("2016-03-12"), "15 to 16 years"),
        # Born in the month of the death: no more than 11 days (from 1 to 12 March), and perhaps none.
        (span(None, "2016-03"), whole("2016-03-12"), "up to 11 days"),
        (whole("2013-05-02"), span(None, "2016"), "2 to 3 years"),
        (span(None, "2017"), whole("2016-03-12"), "The dates do not fit"),
        (None, whole("2016-03-12"), ""),
    ],
)  # fmt: skip
def test_an_age_is_a_range(born, died, words) -> None:
    assert age_words(born, died) == words


def test_a_band_is_one_where_the_month_does_not_matter() -> None:
    assert band_words(span(None, "2013-03"), whole("2016-03-12")) == "1 to 4 years"
    # Born in 2011: 4 before the birthday, 5 after it.
    assert band_words(span(None, "2011"), whole("2016-03-12")) == "1 to 4 years or 5 to 9 years"


def test_a_month_of_birth_is_kept_and_shown_as_a_month(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(born_on="2013-03")
    with deaths.acting():
        child = Case.objects.get(pk=case.pk).child
        assert (child.born_on, child.born_part) == (None, "2013-03")
        assert about(child)["born"] == "2013-03"
    page = (
        browse("coordinator").get(reverse("child_deaths:case", args=[case.record.reference])).content.decode()
    )
    assert "March 2013, day not known" in page
    assert "1 March 2013" not in page
    assert "2 to 3 years" in page


def test_a_month_of_death_runs_no_clock_until_the_day_is_known(deaths: Deaths, browse: Browse) -> None:
    case, client = deaths.case(confirmed_on="2016-02", confirmed_time=None), browse("coordinator")
    with deaths.acting():
        held = Case.objects.get(pk=case.pk)
        assert (held.died_on, held.died_part, held.confirmed_at) == (None, "2016-02", None)
        assert not RunningClock.objects.filter(record=case.record).exists()
    page = client.get(reverse("child_deaths:case", args=[case.record.reference])).content.decode()
    assert "February 2016, day not known" in page
    url = reverse("child_deaths:particulars", args=[case.record.reference])
    assert 'value="February 2016"' in client.get(url).content.decode()
    said = {"sex": "male", "born_on-month": "5", "born_on-year": "2013"}
    assert client.post(url, {**said, "confirmed": "March 2016"}).status_code == 302
    with deaths.acting():
        held = Case.objects.select_related("child").get(pk=case.pk)
        assert (held.died_part, held.child.born_part) == ("2016-03", "2013-05")
    answer = client.post(url, {**said, "confirmed": "12 March 2016", "reason": "The register."})
    assert answer.status_code == 302
    with deaths.acting():
        held = Case.objects.get(pk=case.pk)
        assert (str(held.died_on), held.died_part) == ("2016-03-12", "")
        # A day alone runs from its end: 23:59 on 12 March, in winter time.
        clock = RunningClock.objects.get(record=case.record, key="death_notified")
        assert clock.start_at.isoformat() == "2016-03-12T23:59:00+00:00"


def test_a_month_before_the_birth_is_refused(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(confirmed_on=None, confirmed_time=None)
    url = reverse("child_deaths:particulars", args=[case.record.reference])
    said = {"sex": "male", "born_on-month": "5", "born_on-year": "2013", "confirmed": "April 2013"}
    assert "cannot be before the birth" in browse("coordinator").post(url, said).content.decode()
    wrong = browse("coordinator").post(url, {**said, "confirmed": "2016-13"}).content.decode()
    assert "There is no such month." in wrong


def test_the_scope_is_told_where_any_day_of_the_month_gives_the_same(deaths: Deaths) -> None:
    sure = deaths.case(born_on="2013-03")
    # Eighteen between 1 and 31 March 2016, and dead on the 12th: one day decides, so nobody is told.
    unsure = deaths.case(born_on="1998-03", forenames="Other", nhs_number=None)
    with deaths.acting():
        assert sorting.scope_of(Case.objects.get(pk=sure.pk), {}).verdict is Verdict.IN_SCOPE
        assert sorting.scope_of(Case.objects.get(pk=unsure.pk), {}).verdict is Verdict.UNDECIDED
