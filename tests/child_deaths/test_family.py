"""The family's record: what it begins with, who speaks with them, what they asked and were told."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from tests.child_deaths.families import as_key_worker, asked, carer, family_of, key_worker, told
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_opening import SEES_NOT
from wholestory import ledger
from wholestory.access import derive
from wholestory.access.models import Refusal
from wholestory.child_deaths.models import (
    Carer,
    Case,
    Child,
    ChildrenTogether,
    FamilyContact,
    FamilyQuestion,
    FamilyRecord,
    KeyWorker,
    QuietDay,
    ResponseStep,
    Suspicion,
)
from wholestory.child_deaths.operations import family as operations
from wholestory.child_deaths.operations import family_said
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.queries import family as queries
from wholestory.correspondence.models import Message
from wholestory.kernel.moments import parse


def test_it_begins_with_the_people_and_the_hard_days_of_the_case(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    with deaths.acting():
        assert family.child_called == "Rowan"
        assert [one.name for one in Carer.objects.filter(family=family)] == ["Lindsey Ashby"]
        days = {(one.kind, str(one.on)) for one in QuietDay.objects.filter(family=family)}
    assert days == {("death", "2016-03-12"), ("birthday", "2013-05-02")}


def test_there_is_one_for_each_case(deaths: Deaths) -> None:
    case = deaths.case()
    assert family_of(deaths, case).pk == family_of(deaths, case).pk


def test_the_key_worker_holds_no_seat_and_sees_the_family_alone(deaths: Deaths) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    key_worker(deaths, family)
    with as_key_worker(deaths):
        assert FamilyRecord.objects.get().pk == family.pk
        assert Carer.objects.count() == 1
        for hidden in (Case, Child, ResponseStep, Suspicion):
            assert not hidden._default_manager.exists()


def test_the_key_worker_is_told_where_the_record_is_and_nothing_else(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    key_worker(deaths, family)
    with deaths.acting():
        message = Message.objects.get(kind="key_worker_named")
        assert message.to_address == "briar@hospice.example"
        assert str(family) in message.body
        assert "Rowan" not in message.body
        assert "Ashby" not in message.body
    with deaths.acting("business_manager"):
        assert not Message.objects.exists()


def test_an_earlier_key_worker_is_let_in_no_longer(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    key_worker(deaths, family)
    before = deaths.world.people["key_worker"]
    key_worker(deaths, family, "sorrel@hospice.example")
    with deaths.acting():
        assert KeyWorker.objects.filter(family=family, to_on__isnull=True).count() == 1
        assert KeyWorker.objects.count() == 2
    deaths.world.people["key_worker"] = before
    with as_key_worker(deaths):
        assert not FamilyRecord.objects.exists()


def test_no_key_worker_is_said_with_its_reason(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    key_worker(deaths, family)
    with deaths.acting() as actor:
        with pytest.raises(NotRecorded, match="why there is no key worker"):
            operations.end_key_worker(
                actor=actor, family=family, because=" ", today=deaths.now.on, now=deaths.now
            )
        operations.end_key_worker(
            actor=actor,
            family=family,
            because="The family does not want one",
            today=deaths.now.on,
            now=deaths.now,
        )
        assert queries.page(FamilyRecord.objects.get(), deaths.now.on).key_worker is None
        assert "No key worker: The family does not want one" in queries.summary(Case.objects.get())[0].words
    with as_key_worker(deaths):
        assert not FamilyRecord.objects.exists()


@pytest.mark.parametrize("persona", SEES_NOT)
def test_nobody_else_sees_a_family(deaths: Deaths, persona: str) -> None:
    asked(deaths, family_of(deaths, deaths.case()))
    with deaths.acting(persona):
        assert not FamilyRecord.objects.exists()
        assert not FamilyQuestion.objects.exists()


def test_edge_case_16_one_plan_of_contact_for_two_children_of_one_family(deaths: Deaths) -> None:
    first = deaths.case()
    second = deaths.case(deaths.told(forenames="Hazel", nhs_number="9990000026", confirmed_on="2016-03-13",
                                     received="2016-03-13 12:00"))  # fmt: skip
    one = family_of(deaths, first)
    with deaths.acting():
        ledger.line("child_deaths.put_right", second.record)
        ChildrenTogether.objects.create(
            circle=second.circle, office=second.office, one=first.child, other=second.child,
            how=ChildrenTogether.How.SIBLING,
        )  # fmt: skip
    other = family_of(deaths, second)
    assert other.shared_with_id == one.pk
    # Each case keeps a review of its own; a key worker of one does not see the other.
    key_worker(deaths, other)
    with as_key_worker(deaths):
        assert [each.pk for each in FamilyRecord.objects.all()] == [other.pk]
        assert queries.page(other, deaths.now.on).shared_with is None


def test_edge_case_28_a_bereaved_colleague_is_kept_out_of_every_part(deaths: Deaths) -> None:
    case = deaths.case()
    doctor = deaths.world.people["designated_doctor"]
    with deaths.acting() as actor:
        ledger.line("access.refused", case.record)
        Refusal.objects.create(
            circle=case.circle, office=case.office, person=doctor, reason="subject", starts_on=deaths.now.on,
            given_by=actor,
        )  # fmt: skip
        derive.rewrite(doctor)
    family = family_of(deaths, case)
    with deaths.acting("designated_doctor"):
        assert not Case.objects.exists()
        assert not FamilyRecord.objects.exists()
    with deaths.acting():
        assert FamilyRecord.objects.get().pk == family.pk


def test_edge_case_30_a_request_keeps_what_was_asked_and_changes_nothing(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    hers = carer(deaths, family)
    with deaths.acting() as actor:
        made = family_said.receive(
            actor=actor, family=family, kind="correction", text="He was three, not two.", carer=hers,
            received_on=date(2016, 3, 14), today=deaths.now.on,
        )  # fmt: skip
        with pytest.raises(NotRecorded, match="later than today"):
            family_said.settle(
                actor=actor,
                request=made,
                advice="",
                outcome="Put right",
                on=date(2016, 3, 15),
                today=deaths.now.on,
            )
        family_said.settle(
            actor=actor, request=made, advice="Information governance lead", outcome="Put right in the case.",
            on=date(2016, 3, 14), today=deaths.now.on,
        )  # fmt: skip
        (shown,) = queries.page(family, deaths.now.on).requests
    assert (shown.text, shown.outcome) == ("He was three, not two.", "Put right in the case.")


def test_edge_case_31_an_unanswered_question_stands_in_the_way_of_closing(deaths: Deaths) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    with deaths.acting():
        assert queries.answered(case)
    question = asked(deaths, family, carer(deaths, family))
    with deaths.acting() as actor:
        assert not queries.answered(case)
        assert queries.summary(case)[0].words.endswith("1 question without an answer")
        with pytest.raises(NotRecorded, match="why there is no answer"):
            family_said.leave_unanswered(actor=actor, question=question, because="", today=deaths.now.on)
        family_said.leave_unanswered(
            actor=actor, question=question, because="Nobody can know.", today=deaths.now.on
        )
        assert queries.answered(case)


def test_edge_case_31_parents_who_live_apart_are_given_answers_of_their_own(deaths: Deaths) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    hers, his = carer(deaths, family), carer(deaths, family, "Tam Ashby")
    question = asked(deaths, family, hers)
    told(deaths, question, his, "The inquest will say.")
    with deaths.acting():
        # She asked, and nobody has told her yet.
        assert not queries.answered(case)
    told(deaths, question, hers, "He was asleep.")
    with deaths.acting():
        assert queries.answered(case)
        (line,) = queries.page(family, deaths.now.on).questions
    assert any(each.startswith("Tam Ashby") and "The inquest will say." in each for each in line.answers)
    assert any(each.startswith("Lindsey Ashby") and "He was asleep." in each for each in line.answers)


def test_an_answer_is_not_told_before_it_is_there(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    question = asked(deaths, family)
    with deaths.acting() as actor, pytest.raises(NotRecorded, match="before it was answered"):
        family_said.answer(
            actor=actor, question=question, carer=None, text="No.", answered_by="", answered_on=date(2016, 3, 14),
            fed_back_on=date(2016, 3, 13), how="letter", today=deaths.now.on,
        )  # fmt: skip


def test_contacts_are_history(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    with deaths.acting() as actor:
        made = family_said.record_contact(
            actor=actor, family=family, kind="leaflet", carer=None, at=parse("2016-03-13"), language="Polish",
            format="easy", now=deaths.now,
        )  # fmt: skip
        assert "Polish, Easy read" in queries.page(family, deaths.now.on).contacts[0]
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            FamilyContact.objects.filter(pk=made.pk).update(words="Something else")
