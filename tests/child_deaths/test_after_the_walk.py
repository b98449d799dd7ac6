"""What a walk as every persona once found, and must not find again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY
from wholestory.access.directory.doors import NOT_A_PANEL, Refusal
from wholestory.access.directory.operations.seats import SeatDetails, give_seat
from wholestory.access.models import Grant
from wholestory.child_deaths.models import Case, Review
from wholestory.child_deaths.operations import particulars, restricting
from wholestory.kernel.moments import parse
from wholestory.paperwork.definitions import Postcode
from wholestory.partners.models import Role

Browse = Callable[[str], Client]


def test_a_death_before_the_birth_leaves_the_caseload_readable(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(born_on="2016-03-14", confirmed_on="2016-03-10")
    for persona in ("coordinator", "designated_doctor"):
        page = browse(persona).get(reverse("child_deaths:home"))
        assert page.status_code == 200
        assert "The dates do not fit" in page.content.decode()
    assert (
        browse("coordinator").get(reverse("child_deaths:case", args=[case.record.reference])).status_code
        == 200
    )
    assert browse("coordinator").get(reverse("child_deaths:home") + "?download=csv").status_code == 200


@pytest.mark.parametrize("day", ["13 March 2007", "0001-01-01"])
def test_an_impossible_day_is_refused_beside_the_form(deaths: Deaths, day: str) -> None:
    case = deaths.case()  # born in May 2013
    changes = particulars.Changes(moments={"confirmed": parse(day)})
    with (
        deaths.acting() as actor,
        pytest.raises(particulars.NotPutRight, match=r"before the birth|too long ago"),
    ):
        particulars.put_right(actor=actor, case=case, changes=changes, reason="x", now=deaths.now)


def test_a_restricted_case_shuts_the_panel_out_too(deaths: Deaths, browse: Browse) -> None:
    reviews = Reviews(deaths)
    review = reviews.ready()
    item = reviews.listed(review)
    page = reverse("child_deaths:review", args=[review.record.reference])
    before = {
        name: browse(name).get(page).status_code for name in ("panel_chair", "panel_police", "panel_lay")
    }
    assert all(code in (200, 302) for code in before.values()), before
    with deaths.acting() as actor:
        case = Case.objects.select_related("record__board").get(pk=review.case_id)
        restricting.restrict(actor=actor, case=case, people=[], reason="A colleague's child", today=TODAY)
        assert not Grant.objects.filter(role__startswith="overview_", withdrawn_at=None).exists()
    for name in before:
        assert browse(name).get(page).status_code == 404, name
        meeting = browse(name).get(reverse("meetings:meeting", args=[item.meeting.record.reference]))
        assert review.record.reference not in meeting.content.decode()
        with deaths.acting(name):
            assert not Review.objects.exists()


@pytest.mark.parametrize("persona", ["business_manager"])
def test_nobody_gives_themselves_a_seat_on_the_panel(deaths: Deaths, persona: str) -> None:
    with deaths.acting(persona) as actor, pytest.raises(Refusal, match="gives themselves a seat in a group"):
        give_seat(
            actor=actor, board=deaths.world.board, person=actor, today=TODAY,
            details=SeatDetails(role=Role.MEMBER, starts_on=date(2016, 3, 1), group=deaths.panel.group),
        )  # fmt: skip
    assert "Another of those who keep the directory" in NOT_A_PANEL


@pytest.mark.parametrize(("typed", "kept"), [("zz993vz", "ZZ99 3VZ"), ("ZZ99 4AB", "ZZ99 4AB")])
def test_postcodes_of_the_nhs_for_no_fixed_abode_are_taken(typed: str, kept: str) -> None:
    assert Postcode("postcode", "Postcode").understand(typed) == kept
