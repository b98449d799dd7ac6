"""Somebody with seats on two boards sees, in each of them, that board's deaths alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.test import Client

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.personas import LONG_AGO, TODAY, World
from wholestory.access import acting, derive
from wholestory.child_deaths.models import Case, Review
from wholestory.child_deaths.operations import restricting
from wholestory.partners.models import LeaveCover, Role, Seat


def also(world: World, name: str, board: str, role: str, ends_on: date | None = None) -> Seat:
    """Another seat for one of the personas."""
    with transaction.atomic():
        seat = Seat.objects.create(
            person=world.people[name],
            board=world.boards[board],
            role=role,
            starts_on=LONG_AGO,
            ends_on=ends_on,
        )
        derive.rewrite(world.people[name])
    return seat


def restricted(deaths: Deaths, *names: str) -> str:
    """The reference of a case only the coordinator and ``names`` are in."""
    case = deaths.case()
    reference = str(case.record.reference)
    people = [deaths.world.people[name] for name in names]
    with deaths.acting() as actor:
        restricting.restrict(actor=actor, case=case, people=people, reason="A colleague's child", today=TODAY)
    return reference


def seen(deaths: Deaths, name: str, seat: Seat | None) -> set[str]:
    """The references of the cases somebody sees from one of their seats."""
    with acting.acting_as(deaths.world.people[name], seat):
        return set(Case.objects.values_list("record__reference", flat=True))


def page(deaths: Deaths, browse: Callable[[str], Client], name: str, seat: Seat, url: str) -> tuple[int, str]:
    """What a page says to somebody who acts in ``seat``."""
    client = browse(name)
    session = client.session
    session["seat"] = str(seat.pk)
    session.save()
    response = client.get(url)
    return response.status_code, response.content.decode()


def test_a_restricted_case_is_seen_from_a_seat_of_its_own_board_alone(deaths: Deaths) -> None:
    other = also(deaths.world, "coordinator", "south", Role.CHILD_DEATH_COORDINATOR)
    reference = restricted(deaths)
    assert seen(deaths, "coordinator", deaths.world.seats["coordinator"]) == {reference}
    assert seen(deaths, "coordinator", other) == set()
    assert seen(deaths, "coordinator", None) == set()


def test_lists_counts_and_search_on_the_other_board_do_not_know_it(
    deaths: Deaths, browse: Callable[[str], Client]
) -> None:
    other = also(deaths.world, "coordinator", "south", Role.CHILD_DEATH_COORDINATOR)
    own = deaths.world.seats["coordinator"]
    reference = restricted(deaths)
    for url in ("/", "/child-deaths/", "/child-deaths/?export=csv", f"/search/?q={reference}"):
        _, there = page(deaths, browse, "coordinator", other, url)
        assert f"/cases/{reference}" not in there, url
    assert page(deaths, browse, "coordinator", own, f"/child-deaths/cases/{reference}/")[0] == 200
    assert page(deaths, browse, "coordinator", other, f"/child-deaths/cases/{reference}/")[0] == 404
    assert reference in page(deaths, browse, "coordinator", own, "/child-deaths/")[1]


def test_an_administrators_seat_of_the_same_board_opens_no_restricted_case(deaths: Deaths) -> None:
    also_runs_it = also(deaths.world, "coordinator", "north", Role.ADMINISTRATOR)
    restricted(deaths)
    assert seen(deaths, "coordinator", also_runs_it) == set()


def test_who_was_let_in_by_name_goes_out_with_the_seat(deaths: Deaths) -> None:
    reference = restricted(deaths, "designated_doctor")
    seat = deaths.world.seats["designated_doctor"]
    assert seen(deaths, "designated_doctor", seat) == {reference}
    Seat.objects.filter(pk=seat.pk).update(ends_on=date(2016, 3, 13))
    with transaction.atomic():
        derive.rewrite(deaths.world.people["designated_doctor"])
    assert seen(deaths, "designated_doctor", seat) == set()


def test_who_covers_for_the_coordinator_and_restricts_a_case_is_in_while_they_cover(deaths: Deaths) -> None:
    seat, cover = deaths.world.seats["coordinator"], deaths.world.people["designated_doctor"]
    with transaction.atomic():
        LeaveCover.objects.create(seat=seat, person=cover, starts_on=TODAY, ends_on=TODAY)
        derive.rewrite(cover)
    case = deaths.case()
    with acting.acting_as(cover, seat):
        restricting.restrict(actor=cover, case=case, people=[], reason="A colleague's child", today=TODAY)
        assert Case.objects.filter(pk=case.pk).exists()


def test_a_designated_doctor_of_two_boards_sees_one_boards_deaths_at_a_time(
    deaths: Deaths, browse: Callable[[str], Client]
) -> None:
    other = also(deaths.world, "designated_doctor", "south", Role.DESIGNATED_DOCTOR)
    own = deaths.world.seats["designated_doctor"]
    here = deaths.case().record.reference
    told = deaths.told(
        by="sister_coordinator", panel=deaths.south, surname="Fernley", nhs_number="9990000026"
    )
    there = deaths.case(told, by="sister_coordinator").record.reference
    assert seen(deaths, "designated_doctor", own) == {here}
    assert seen(deaths, "designated_doctor", other) == {there}
    for url in ("/child-deaths/", "/child-deaths/messages/", "/child-deaths/?export=csv"):
        assert there not in page(deaths, browse, "designated_doctor", own, url)[1], url
        assert here not in page(deaths, browse, "designated_doctor", other, url)[1], url


def test_a_member_of_the_panel_from_the_other_board_keeps_the_papers(deaths: Deaths) -> None:
    """A panel of two boards: the papers are of one of them, and its members sit for both."""
    reviews = Reviews(deaths)
    found = reviews.ready()
    reviews.listed(found)
    seat = also(deaths.world, "panel_police", "south", Role.MEMBER)
    with acting.acting_as(deaths.world.people["panel_police"], seat):
        assert Review.objects.filter(pk=found.pk).exists()
