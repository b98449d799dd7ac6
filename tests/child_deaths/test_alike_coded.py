"""Answers chosen from a list, and other words for the same thing, prompt a look among recent deaths."""

from __future__ import annotations

from typing import Any

import pytest

from tests.access.conftest import mail
from tests.child_deaths.gathering import GP, Mails, ask
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_alike import dead, found
from wholestory import ledger
from wholestory.child_deaths.models import AgencyRequest, Case, Child, ChildrenTogether, Service
from wholestory.child_deaths.operations import linking
from wholestory.paperwork.models import Answer

__all__ = ["mail"]


def answered(deaths: Deaths, case: Case, **said: str) -> None:
    """What an agency answered in a supplementary form, whichever that is."""
    (request,) = ask(deaths, case, GP, post=False).new
    with deaths.acting():
        request = AgencyRequest.objects.select_related("record").get(pk=request.pk)
        form = request.forms.select_related("answers").first()
        assert form is not None
        ledger.line("child_deaths.put_right", request.record)
        Answer.objects.bulk_create(
            Answer(
                answer_set=form.answers, key=key, value=value, saved_by=request.asked_by, saved_at=deaths.now.at,
                circle_id=form.circle_id, office_id=form.office_id
            )
            for key, value in said.items()
        )  # fmt: skip


def pair(deaths: Deaths, one: dict[str, str], other: dict[str, str]) -> tuple[Case, Case]:
    first, second = dead(deaths, "Wren", "9990000018"), dead(deaths, "Teal", "9990000026")
    answered(deaths, first, **one)
    answered(deaths, second, **other)
    return first, second


def test_edge_case_36_one_method_is_prompted_linked_and_reviewed_apart(deaths: Deaths, mail: Mails) -> None:
    one, other = pair(deaths, {"method": "rail"}, {"method": "rail"})
    (only,) = found(deaths)
    assert (only.label, only.words, only.linked) == ("Method", "Train or tram", False)
    assert set(only.references) == {one.record.reference, other.record.reference}
    with deaths.acting() as actor:
        linking.link(actor=actor, cases=[one, other])
        assert ChildrenTogether.objects.count() == 1
        # Two cases, two children: each keeps a review of its own.
        assert (Case.objects.count(), Child.objects.count()) == (2, 2)
        assert not Case.objects.filter(merged_into__isnull=False).exists()
    assert [each.linked for each in found(deaths)] == [True]


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        ({"sleep_surface": "sofa"}, {"sleep_surface": "sofa"}, "Where the child slept"),
        ({"mechanism": "knife"}, {"mechanism": "knife"}, "How the child was hurt"),
        ({"water": "bath"}, {"water": "bath"}, "Water"),
        ({"product": "Looped blind-cord"}, {"product": "blind cords, looped"}, "Product"),
        ({"agent": "Laughing gas"}, {"agent": "nitrous oxide"}, "Substance"),
        (
            {"place_of_event": "Mill Rd crossing"},
            {"place_of_event": "Mill Road crossing"},
            "Place of what led",
        ),
    ],
)
def test_the_same_answer_prompts_a_look(
    deaths: Deaths, mail: Mails, one: dict[str, str], other: dict[str, str], label: str
) -> None:
    pair(deaths, one, other)
    (only,) = found(deaths)
    assert only.label.startswith(label)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"method": "rail"}, {"method": "hanging"}),
        ({"sleep_surface": "cot"}, {"sleep_surface": "cot"}),
        ({"mechanism": "other"}, {"mechanism": "other"}),
        ({"method": "poisoning"}, {"mechanism": "poison"}),
        ({"product": "Baby walker"}, {"product": "Baby bath seat"}),
    ],
)
def test_what_is_usual_or_another_thing_does_not(
    deaths: Deaths, mail: Mails, one: dict[str, Any], other: dict[str, Any]
) -> None:
    pair(deaths, one, other)
    assert found(deaths) == []


def test_one_school_written_in_two_ways_and_a_third_death_join_one_group(deaths: Deaths) -> None:
    cases = [
        dead(deaths, name, number)
        for name, number in (("Wren", "9990000018"), ("Teal", "9990000026"), ("Linnet", "9990000034"))
    ]
    names = ("Reedmere Primary School", "REEDMERE PRI SCH", "Reedmere C of E Primary Academy")
    with deaths.acting():
        ledger.line("child_deaths.put_right", cases[0].record)
        for case, name in zip(cases, names, strict=True):
            Service.objects.create(
                child=case.child, circle=case.circle, office=case.office, organisation=name
            )
    (only,) = found(deaths)
    assert set(only.references) == {case.record.reference for case in cases}
