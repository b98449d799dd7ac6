"""Joining messages and cases of one death, telling deaths apart, and taking each of it back with nothing lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.child_deaths.models import Case, Merge, Notification, NotificationStep, NotTheSame, Settled
from wholestory.child_deaths.operations import matching, merging
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.queries import duplicates
from wholestory.kernel.moments import LONDON
from wholestory.pathways.models import RunningClock, StageChange, Standing
from wholestory.pathways.operations import move, start_clock

TOLD_BY_SIX = {
    "emergency department": ("2016-03-13 03:00", {}),
    "general practice": ("2016-03-13 09:10", {"forenames": "Rowan J", "postcode": None}),
    "coroner's officer": ("2016-03-13 08:30", {"confirmed_on": "2016-03-13", "nhs_number": None}),
    "police": ("2016-03-12 23:50", {"surname": "Ashbey", "sex": None, "born_on": "2013-02-05"}),
    "registrar": ("2016-03-14 10:00", {"forenames": "Rowan James", "confirmed_on": "2016-03-11"}),
    "feed of deaths": ("2016-03-14 11:00", {"forenames": "Ashby", "surname": "Rowan", "address": None}),
}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2016, 3, day, hour, minute, tzinfo=LONDON)


def join(deaths: Deaths, notification: Notification, case: Case, by: str = "coordinator") -> NotificationStep:
    with deaths.acting(by) as actor:
        return matching.join(actor=actor, notification=notification, case=case, now=deaths.now.at)


def test_edge_case_04_same_death_told_by_six_is_one_case_first_told_of_by_the_earliest(
    deaths: Deaths,
) -> None:
    messages = {who: deaths.told(received, **said) for who, (received, said) in TOLD_BY_SIX.items()}
    case = deaths.case(messages["emergency department"])
    for who, message in messages.items():
        if who == "emergency department":
            continue
        with deaths.acting():
            first = duplicates.of_notification(message).candidates[0]
            assert first.case == case, who
            assert first.match.verdict in ("same", "likely"), who
        join(deaths, message, case)
    with deaths.acting():
        held = Case.objects.get(pk=case.pk)
        assert held.first_received_at == at(12, 23, 50)
        kept = matching.messages_of(held)
        assert len(kept) == 6
        assert {one.answers["surname"]["value"] for one in kept} == {"Ashby", "Ashbey", "Rowan"}


def test_a_message_joined_twice_or_to_two_cases_is_refused_in_words(deaths: Deaths) -> None:
    case, other, message = deaths.case(), deaths.case(surname="Else"), deaths.told()
    join(deaths, message, case)
    with pytest.raises(matching.MatchRefused, match="belongs to this case already"):
        join(deaths, message, case)
    with pytest.raises(matching.MatchRefused, match="belongs to another case"):
        join(deaths, message, other)


def test_a_message_goes_behind_the_doors_of_its_case_and_back(deaths: Deaths) -> None:
    case, message = deaths.case(), deaths.told("2016-03-12 23:00")
    intake_circle = message.circle_id
    join(deaths, message, case)
    with deaths.acting() as actor:
        held = Notification.objects.get(pk=message.pk)
        assert held.circle_id == held.record.circle_id == case.circle_id
        assert Case.objects.get(pk=case.pk).first_received_at == at(12, 23)
        matching.part(actor=actor, notification=held, now=deaths.now.at, reason="Another boy of that name.")
        again = Notification.objects.get(pk=message.pk)
        assert again.circle_id == again.record.circle_id == intake_circle
        assert duplicates.case_of([message.pk]) == {}
        # The case was first told of at ten past nine the next day, as it was before.
        assert Case.objects.get(pk=case.pk).first_received_at == at(13, 9, 10)
        assert [step.settled for step in message.steps.order_by("created_at")] == [
            Settled.JOINED,
            Settled.PARTED,
        ]


def test_the_only_message_of_a_case_stays_with_it(deaths: Deaths) -> None:
    message = deaths.told()
    deaths.case(message)
    with deaths.acting() as actor, pytest.raises(matching.MatchRefused, match="only message"):
        matching.part(actor=actor, notification=message, now=deaths.now.at, reason="x")


def test_not_the_same_is_remembered_both_ways_and_can_be_taken_back(deaths: Deaths) -> None:
    case, message = deaths.case(), deaths.told("2016-03-14 08:00")
    with deaths.acting() as actor:
        decision = matching.tell_apart(
            actor=actor, one=message, other=case, now=deaths.now.at, reason="Cousins of one name."
        )
        found = duplicates.of_notification(message)
        assert found.candidates == ()
        assert [one.reason for one in found.refused] == ["Cousins of one name."]
        assert message.record.reference not in [one.reference for one in duplicates.of_case(case).candidates]
        with pytest.raises(matching.MatchRefused, match="two deaths"), transaction.atomic():
            matching.join(actor=actor, notification=message, case=case, now=deaths.now.at)
        assert matching.tell_apart(actor=actor, one=case, other=message, now=deaths.now.at) == decision
        matching.take_back(actor=actor, decision=decision, now=deaths.now.at)
        assert [one.case for one in duplicates.of_notification(message).candidates] == [case]
        assert NotTheSame.objects.get().reason == "Cousins of one name."


def test_what_was_decided_is_never_rewritten(deaths: Deaths) -> None:
    case, message = deaths.case(), deaths.told("2016-03-14 08:00")
    with deaths.acting() as actor:
        matching.tell_apart(actor=actor, one=message, other=case, now=deaths.now.at, reason="Cousins.")
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            NotTheSame.objects.update(reason="")


def everything(case: Case) -> dict[str, Any]:
    """What a case is and what belongs to it, to compare before and after."""
    held = Case.objects.select_related("record").get(pk=case.pk)
    standing = Standing.objects.get(record=held.record)
    rows = {
        name: sorted(str(row) for row in getattr(held.child, name).values())
        for name in ("names", "identifiers", "addresses", "relatives", "match_keys")
    }
    columns = {field.attname: getattr(held, field.attname) for field in Case._meta.concrete_fields}
    sheet = {
        field.attname: getattr(held.record, field.attname) for field in held.record._meta.concrete_fields
    }
    messages = [one.pk for one in matching.messages_of(held)]
    return {**rows, **columns, "sheet": sheet, "messages": messages, "stage": standing.stage,
            "since": standing.since_on, "sides": standing.sides}  # fmt: skip


def test_two_cases_joined_and_parted_again_are_exactly_as_they_were(deaths: Deaths) -> None:
    stays, joined = deaths.case(), deaths.case(deaths.told("2016-03-12 23:50", surname="Ashbey"))
    with deaths.acting() as actor:
        before = everything(stays), everything(joined)
        merging.merge(
            actor=actor,
            case=joined,
            into=stays,
            today=TODAY,
            now=deaths.now.at,
            reason="One boy, two spellings.",
        )
        held, gone = Case.objects.get(pk=stays.pk), Case.objects.get(pk=joined.pk)
        assert gone.merged_into == held
        assert Standing.objects.get(record=gone.record).stage == "merged"
        assert held.first_received_at == at(12, 23, 50)
        # Nothing moved: the child, names, numbers and messages of the joined case are still its own.
        assert {
            k: v for k, v in everything(gone).items() if k not in ("stage", "since", "merged_into_id")
        } == {k: v for k, v in before[1].items() if k not in ("stage", "since", "merged_into_id")}
        merging.unmerge(actor=actor, case=gone, today=TODAY, now=deaths.now.at, reason="Two boys after all.")
        assert (everything(stays), everything(joined)) == before
        merge = Merge.objects.get()
        assert (merge.reason, merge.undone_reason) == ("One boy, two spellings.", "Two boys after all.")


def test_a_case_further_along_comes_back_to_the_stage_and_day_it_had(deaths: Deaths) -> None:
    stays, joined = deaths.case(), deaths.case(surname="Ashbey")
    with deaths.acting() as actor:
        move(
            actor=actor, record=joined.record, name="taken_on", today=TODAY, now=deaths.now, holding={"lead"}
        )
        before = everything(joined)
        merging.merge(
            actor=actor, case=joined, into=stays, today=TODAY, now=deaths.now.at, reason="The same."
        )
        merging.unmerge(actor=actor, case=joined, today=TODAY, now=deaths.now.at, reason="Not the same.")
        assert everything(joined) == before
        moves = list(StageChange.objects.filter(record=joined.record).values_list("move", flat=True))
        assert sorted(moves) == ["begun", "not_the_same", "put_back", "same_death", "taken_on"]


def test_what_came_to_a_case_while_joined_stays_and_counts(deaths: Deaths) -> None:
    stays, joined = deaths.case(), deaths.case(deaths.told("2016-03-12 23:50", surname="Ashbey"))
    with deaths.acting() as actor:
        merging.merge(
            actor=actor, case=joined, into=stays, today=TODAY, now=deaths.now.at, reason="The same."
        )
    join(deaths, deaths.told("2016-03-13 01:00"), stays)
    with deaths.acting() as actor:
        merging.unmerge(actor=actor, case=joined, today=TODAY, now=deaths.now.at, reason="Not the same.")
        assert Case.objects.get(pk=stays.pk).first_received_at == at(13, 1)
        assert Case.objects.get(pk=joined.pk).first_received_at == at(12, 23, 50)
        assert len(matching.messages_of(stays)) == 2


def test_a_message_finds_the_case_that_stays_by_what_the_joined_case_knew(deaths: Deaths) -> None:
    stays, joined = deaths.case(), deaths.case(surname="Quillfeather", nhs_number=None, mother_name=None)
    with deaths.acting() as actor:
        merging.merge(
            actor=actor, case=joined, into=stays, today=TODAY, now=deaths.now.at, reason="Name changed."
        )
    message = deaths.told(surname="Quillfeather", nhs_number=None, mother_name=None)
    with deaths.acting():
        found = duplicates.of_notification(message).candidates
        assert [one.case for one in found] == [stays]
        assert found[0].joined == (joined.record.reference,)


def test_edge_case_20_a_case_already_reviewed_is_found_when_told_of_again_and_cannot_be_joined_away(
    deaths: Deaths,
) -> None:
    reviewed = deaths.case()
    with deaths.acting():
        Standing.objects.filter(record=reviewed.record).update(stage="finalised")
    message = deaths.told("2016-03-14 08:00")
    with deaths.acting():
        assert duplicates.of_notification(message).candidates[0].case == reviewed
    again = deaths.case(message)
    with deaths.acting() as actor:
        assert [one.case for one in duplicates.of_case(again).candidates] == [reviewed]
        with pytest.raises(matching.MatchRefused, match="join the other one to it"), transaction.atomic():
            merging.merge(
                actor=actor, case=reviewed, into=again, today=TODAY, now=deaths.now.at, reason="Same."
            )
        merging.merge(actor=actor, case=again, into=reviewed, today=TODAY, now=deaths.now.at, reason="Same.")
        assert Standing.objects.get(record=reviewed.record).stage == "finalised"


@pytest.mark.parametrize(
    "persona",
    [
        "business_manager",
        "quality_officer",
        "analyst",
        "panel_chair",
        "sister_coordinator",
        "stranger",
        "head",
    ],
)
def test_nobody_else_decides(deaths: Deaths, persona: str) -> None:
    case, other, message = deaths.case(), deaths.case(surname="Ashbey"), deaths.told()
    with deaths.acting(persona) as actor:
        for decide in (
            lambda: matching.join(actor=actor, notification=message, case=case, now=deaths.now.at),
            lambda: matching.tell_apart(actor=actor, one=message, other=case, now=deaths.now.at),
            lambda: merging.merge(
                actor=actor, case=other, into=case, today=TODAY, now=deaths.now.at, reason="x"
            ),
            lambda: merging.unmerge(actor=actor, case=other, today=TODAY, now=deaths.now.at, reason="x"),
        ):
            with pytest.raises(NotForYou), transaction.atomic():
                decide()


def test_the_designated_doctor_sorts_messages_and_the_coordinator_joins_cases(deaths: Deaths) -> None:
    case, other, message = deaths.case(), deaths.case(surname="Ashbey"), deaths.told()
    assert join(deaths, message, case, by="designated_doctor").case == case
    with deaths.acting("designated_doctor") as actor, pytest.raises(NotForYou), transaction.atomic():
        merging.merge(actor=actor, case=other, into=case, today=TODAY, now=deaths.now.at, reason="x")


def outcome(case: Case) -> list[tuple[str, str, bool]]:
    """Each clock of a case: its key, how it ended, whether it ended without being met."""
    found = RunningClock.objects.filter(record=case.record)
    return list(found.order_by("key", "created_at").values_list("key", "outcome", "cancelled"))


def test_an_earlier_message_that_comes_to_light_makes_a_late_notification_one_in_time(deaths: Deaths) -> None:
    # Confirmed on 12 March at 22:40; told 24 hours and a minute later is late, at 9:10 on the 13th in time.
    case = deaths.case(deaths.told("2016-03-13 22:41"))
    early = deaths.told("2016-03-13 09:10")
    with deaths.acting() as actor:
        assert outcome(case) == [("death_notified", "met_late", False)]
        matching.join(actor=actor, notification=early, case=case, now=deaths.now.at)
        assert outcome(case) == [("death_notified", "met_in_time", False)]
        matching.part(actor=actor, notification=early, now=deaths.now.at, reason="Another child.")
        assert outcome(case) == [("death_notified", "met_late", False)]


def test_the_clocks_of_a_joined_case_end_and_run_on_after_parting(deaths: Deaths) -> None:
    stays, joined = deaths.case(), deaths.case(surname="Ashbey")
    with deaths.acting() as actor:
        confirmed = moment(joined.confirmed_at, joined.confirmed_precision)
        start_clock(
            actor=actor,
            record=joined.record,
            key="death_reviewed",
            starts={"death": confirmed},
            now=deaths.now,
        )
        before = outcome(joined)
        assert ("death_reviewed", "", False) in before
        merging.merge(actor=actor, case=joined, into=stays, today=TODAY, now=deaths.now.at, reason="Same.")
        assert ("death_reviewed", "", True) in outcome(joined)
        assert not RunningClock.objects.filter(record=joined.record, closed_at=None).exists()
        merging.unmerge(actor=actor, case=joined, today=TODAY, now=deaths.now.at, reason="Not the same.")
        assert outcome(joined) == before
