"""A restricted case among the candidates: found, joined and parted only by those let in to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.child_deaths.models import Case, MatchKey, Notification
from wholestory.child_deaths.operations import matching, restricting
from wholestory.child_deaths.queries import duplicates

Browse = Callable[[str], Client]


def restrict(deaths: Deaths, case: Case, *names: str) -> None:
    """The coordinator restricts it and lets in those named beside herself."""
    with deaths.acting() as actor:
        restricting.restrict(
            actor=actor, case=case, people=[deaths.world.people[name] for name in names], today=TODAY,
            reason="A relative works here.",
        )  # fmt: skip


def test_whoever_is_not_let_in_finds_neither_case_nor_message_nor_key(deaths: Deaths, browse: Browse) -> None:
    first = deaths.told()
    case = deaths.case(first)
    reference = case.record.reference
    told = deaths.told("2016-03-14 08:00")
    with deaths.acting():
        matching.join(
            actor=deaths.world.people["coordinator"],
            notification=seen_now(told),
            case=case,
            now=deaths.now.at,
        )
    later = deaths.told("2016-03-14 09:00")
    restrict(deaths, case)
    with deaths.acting("designated_doctor"):
        assert duplicates.of_notification(later).candidates == ()
        assert not MatchKey.objects.filter(child=case.child_id).exists()
        assert not MatchKey.objects.filter(notification__in=[first.pk, told.pk]).exists()
        assert not Notification.objects.filter(pk__in=[first.pk, told.pk]).exists()
    page = reverse("child_deaths:duplicates", args=[later.record.reference])
    shown = browse("designated_doctor").get(page).content.decode()
    assert "Someone with more access may know more." in shown
    assert reference not in shown
    inside = browse("coordinator").get(page).content.decode()
    assert reference in inside
    # To name it outright tells whoever is outside nothing either.
    join = reverse("child_deaths:duplicates_join", args=[later.record.reference, reference])
    assert browse("designated_doctor").get(join).status_code == 404
    assert browse("coordinator").get(join).status_code == 200


def test_a_message_joined_to_a_restricted_case_goes_behind_its_doors(deaths: Deaths) -> None:
    case, told = deaths.case(), deaths.told("2016-03-14 08:00")
    restrict(deaths, case)
    with deaths.acting() as actor:
        held = Case.objects.get(pk=case.pk)
        matching.join(actor=actor, notification=seen_now(told), case=held, now=deaths.now.at)
    with deaths.acting("designated_doctor"):
        assert not Notification.objects.filter(pk=told.pk).exists()
        assert not MatchKey.objects.filter(notification=told.pk).exists()
    with deaths.acting() as actor:
        matching.part(actor=actor, notification=seen_now(told), now=deaths.now.at, reason="Another child.")
    with deaths.acting("designated_doctor"):
        assert Notification.objects.filter(pk=told.pk).exists()
        assert MatchKey.objects.filter(notification=told.pk).exists()


def test_somebody_let_in_to_one_case_alone_does_not_put_messages_back_among_all(deaths: Deaths) -> None:
    case, told = deaths.case(), deaths.told("2016-03-14 08:00")
    restrict(deaths, case, "health_member")
    with deaths.acting() as actor:
        matching.join(
            actor=actor, notification=seen_now(told), case=Case.objects.get(pk=case.pk), now=deaths.now.at
        )
    with deaths.acting("health_member") as actor:
        held = seen_now(told)
        with pytest.raises(NotForYou), transaction.atomic():
            matching.part(actor=actor, notification=held, now=deaths.now.at, reason="x")


def seen_now(notification: Notification) -> Notification:
    """The message as whoever acts sees it now."""
    return Notification.objects.select_related("record", "panel__board", "circle", "office").get(
        pk=notification.pk
    )
