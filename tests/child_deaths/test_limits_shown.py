"""What limits and lists say of a case that the panel has reviewed, and of duties without a number of days."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from tests.personas import TODAY
from wholestory.child_deaths.models import Case, Review
from wholestory.child_deaths.operations import case_clocks
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.queries import caseload, limits
from wholestory.kernel.moments import parse
from wholestory.pathways.models import RunningClock

Browse = Callable[[str], Client]
FIRST = "initial_case_discussion"


def begun(deaths: Deaths, case: Case) -> Case:
    with deaths.acting() as actor:
        found = Case.objects.select_related("record__board").get(pk=case.pk)
        case_clocks.begin(
            actor=actor, case=found, keys=(FIRST, "death_reviewed"), fact="death",
            start=moment(found.confirmed_at, found.confirmed_precision), now=deaths.now,
        )  # fmt: skip
        return found


def shown(deaths: Deaths, case: Case) -> dict[str, str]:
    with deaths.acting():
        return {one.title: one.label for one in limits.of_case(case, deaths.now)}


def test_a_discussion_nobody_recorded_is_no_longer_overdue_once_the_panel_has_reviewed(
    deaths: Deaths,
) -> None:
    reviews = Reviews(deaths)
    item = reviews.listed()
    with deaths.acting():
        found = Review.objects.select_related("case", "record__board").get()
    case = begun(deaths, found.case)
    with deaths.acting():
        clock = RunningClock.objects.get(record=case.record, key=FIRST)
        late = clock.due_on
    assert late is not None
    for name in PANEL:
        reviews.declared(name, item)
    reviews.came(item.meeting, *PANEL)
    reviews.decided(found)
    assert shown(deaths, case)[clock.title] == "Not recorded"
    with deaths.acting() as actor:
        rows = caseload.every().filter(pk=case.pk)
        assert not rows.filter(caseload.overdue(late.replace(year=late.year + 1))).exists()
        # Recorded after all, it counts as met on its own day.
        case_clocks.meet(actor=actor, case=case, keys=(FIRST,), met=parse("2016-03-12 23:30"), now=deaths.now)
        assert RunningClock.objects.get(record=case.record, key=FIRST).outcome == "met_in_time"


def test_the_caseload_says_what_a_case_waits_for_in_the_words_of_the_figures(
    deaths: Deaths, browse: Browse
) -> None:
    reviews = Reviews(deaths)
    found = reviews.begun()
    reviews.stands(found, "awaiting_outcome")
    with deaths.acting():
        case = caseload.every().get(pk=found.case_id)
        said = caseload.waits_for(case, None, TODAY)
    assert said.startswith("An outcome elsewhere: whoever runs the other process, since ")
    page = browse("coordinator").get(reverse("child_deaths:case", args=[case.record.reference]))
    assert "?." not in page.content.decode()


def test_a_case_being_sorted_is_asked_about_in_one_sentence(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    page = browse("coordinator").get(reverse("child_deaths:case", args=[case.record.reference]))
    assert "and who leads? " in page.content.decode()
    assert "?." not in page.content.decode()
