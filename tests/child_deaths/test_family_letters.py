"""Who of a family is written to: refused in words, without a reason for whoever may not know it; another signs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.child_deaths.families import as_key_worker, carer, family_of, key_worker, suspected
from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import (
    Carer,
    FamilyContact,
    FamilyLetter,
    FamilyRecord,
    Relative,
    Suspicion,
)
from wholestory.child_deaths.operations import family as operations
from wholestory.child_deaths.operations import family_said
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.queries import family as queries
from wholestory.child_deaths.queries.family_letters import may_be_written_to
from wholestory.child_deaths.rules.letters import May
from wholestory.correspondence.models import Letter
from wholestory.correspondence.operations.letters import fingerprint, send_letter, sign_letter
from wholestory.correspondence.operations.worded import CannotSend
from wholestory.correspondence.rules.identifying import Identifying
from wholestory.partners.models import Person

TODAY = date(2016, 3, 14)
#: Far from both hard days of the invented boy: he died on 12 March and was born on 2 May.
QUIET = date(2016, 7, 1)


def prepared(
    deaths: Deaths, actor: Person, family: FamilyRecord, to: Carer, body: str = "Dear Lindsey."
) -> FamilyLetter:
    return family_said.prepare(
        actor=actor, family=family, carer=to, kind="first_letter", subject="What happens now", body=body, today=TODAY,
        now=deaths.now,
    )  # fmt: skip


def signed_and_sent(deaths: Deaths, made: FamilyLetter, by: str = "designated_doctor") -> None:
    with deaths.acting(by) as actor:
        letter = Letter.objects.get(pk=made.letter_id)
        sign_letter(actor=actor, letter=letter, read=fingerprint(letter), now=deaths.now.at)
        send_letter(actor=actor, letter=letter, by="post", now=deaths.now.at)


def test_one_prepares_another_signs_and_what_went_is_a_contact(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    to = carer(deaths, family)
    with deaths.acting() as actor:
        made = prepared(deaths, actor, family, to)
        with pytest.raises(CannotSend, match="somebody else has to sign"):
            sign_letter(actor=actor, letter=made.letter, read=fingerprint(made.letter))
    signed_and_sent(deaths, made)
    with deaths.acting():
        gone = FamilyContact.objects.get()
        assert (gone.kind, gone.carer_id, gone.letter_id) == ("first_letter", to.pk, made.letter_id)


def test_the_board_and_its_chair_never_see_a_letter_to_a_family(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    with deaths.acting() as actor:
        prepared(deaths, actor, family, carer(deaths, family))
    for persona in (
        "business_manager",
        "quality_officer",
        "chair",
        "administrator",
        "panel_chair",
        "sister_coordinator",
    ):
        with deaths.acting(persona):
            assert not Letter.objects.exists()
            assert not FamilyLetter.objects.exists()


def test_edge_case_15_whoever_runs_the_case_is_told_why_a_suspect_is_not_written_to(deaths: Deaths) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    suspected(deaths, case, to.relative)
    with deaths.acting() as actor, pytest.raises(NotRecorded, match="suspected or convicted"):
        prepared(deaths, actor, family, Carer.objects.get(pk=to.pk))


@pytest.mark.parametrize("standing", ["suspected", "charged", "convicted", "police_ask", "with_suspect"])
def test_edge_case_15_the_key_worker_is_told_to_ask_and_never_why(deaths: Deaths, standing: str) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    key_worker(deaths, family)
    suspected(deaths, case, to.relative, standing)
    with as_key_worker(deaths):
        hers = Carer.objects.get(pk=to.pk)
        assert not Suspicion.objects.exists()
        assert not Relative.objects.exists()
        made = prepared(deaths, deaths.world.people["key_worker"], family, hers)
        (line,) = queries.page(family, TODAY).carers
        assert (line.says, line.may_write, hers.ask_first) == ("", True, False)
    # What the key worker prepares is signed and sent by those who run the case, and they are told.
    with pytest.raises(CannotSend, match=r"[Pp]olice|suspected"):
        signed_and_sent(deaths, made)


def test_edge_case_15_a_key_worker_sends_no_letter_even_one_signed_before_police_spoke(
    deaths: Deaths,
) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    worker = key_worker(deaths, family)
    with as_key_worker(deaths):
        made = prepared(deaths, worker, family, to)
    with deaths.acting("designated_doctor") as actor:
        letter = Letter.objects.get(pk=made.letter_id)
        sign_letter(actor=actor, letter=letter, read=fingerprint(letter), now=deaths.now.at)
    refusals = []
    for police_spoke in (False, True):
        if police_spoke:
            suspected(deaths, case, to.relative)
        with as_key_worker(deaths), pytest.raises(CannotSend) as refused:
            send_letter(actor=worker, letter=Letter.objects.get(pk=made.letter_id), by="post")
        refusals.append(str(refused.value))
    assert refusals == ["Whoever runs the case signs and sends letters to a family."] * 2


def test_edge_case_15_police_agree_or_clear_and_letters_go_again(deaths: Deaths) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    key_worker(deaths, family)
    suspected(deaths, case, to.relative)
    suspected(deaths, case, to.relative, police_agree=True)
    with deaths.acting():
        assert may_be_written_to(Carer.objects.get(pk=to.pk), QUIET).may is May.YES
    suspected(deaths, case, to.relative, "charged")
    suspected(deaths, case, to.relative, "cleared")
    with deaths.acting():
        assert may_be_written_to(Carer.objects.get(pk=to.pk), QUIET).may is May.YES


def test_edge_case_15_the_other_parent_is_still_written_to(deaths: Deaths) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    hers, his = carer(deaths, family), carer(deaths, family, "Tam Ashby")
    suspected(deaths, case, his.relative)
    with deaths.acting():
        assert may_be_written_to(Carer.objects.get(pk=hers.pk), QUIET).may is May.YES
        assert may_be_written_to(Carer.objects.get(pk=his.pk), QUIET).may is May.NO


def test_edge_case_15_a_suspicion_stops_a_letter_that_was_prepared_before(deaths: Deaths) -> None:
    case = deaths.case()
    family = family_of(deaths, case)
    to = carer(deaths, family)
    with deaths.acting() as actor:
        made = prepared(deaths, actor, family, to)
    suspected(deaths, case, to.relative)
    with pytest.raises(CannotSend, match="suspected or convicted"):
        signed_and_sent(deaths, made)
    with deaths.acting():
        assert not FamilyContact.objects.exists()


def test_edge_case_15_somebody_the_key_worker_adds_is_looked_at_first(deaths: Deaths) -> None:
    # The suspect may be entered a second time under another spelling: until the coordinator has looked, nobody writes.
    case = deaths.case()
    family = family_of(deaths, case)
    worker = key_worker(deaths, family)
    said = {
        "name": "T. Ashby",
        "relation": "father",
        "postal": "9 Other Road",
        "by": "letter",
        "format": "plain",
    }
    with as_key_worker(deaths):
        added = operations.save_carer(actor=worker, family=family, said=said)
    with deaths.acting() as actor:
        answer = may_be_written_to(Carer.objects.get(pk=added.pk), QUIET)
        assert answer.may is May.ASK_FIRST
        assert "Say first which relative of the case it is" in answer.ground.words
        looked = operations.save_carer(
            actor=actor, family=family, said=said, carer=Carer.objects.get(pk=added.pk)
        )
        assert looked.relative is not None
    with deaths.acting():
        assert may_be_written_to(Carer.objects.get(pk=added.pk), QUIET).may is May.YES


def test_a_wish_not_to_be_contacted_is_kept(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    to = carer(deaths, family, "Tam Ashby", wishes_no_contact=True)
    with deaths.acting() as actor, pytest.raises(NotRecorded, match="asked not to be contacted"):
        prepared(deaths, actor, family, to)


def test_without_an_address_and_to_a_child_nothing_is_written(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    nowhere = carer(deaths, family, "Tam Ashby", postal="")
    sister = carer(deaths, family, "Fern Ashby", relation="sister", is_child=True)
    with deaths.acting():
        assert "no address" in may_be_written_to(nowhere, QUIET).ground.words
        assert "whoever cares for them" in may_be_written_to(sister, QUIET).ground.words


def test_edge_case_32_nothing_goes_by_itself_around_a_hard_day(deaths: Deaths) -> None:
    # The anniversary is 12 March; seven days on either side are kept, so 20 March 2017 is the first free day.
    family = family_of(deaths, deaths.case())
    to = carer(deaths, family)
    with deaths.acting() as actor:
        near = may_be_written_to(to, date(2017, 3, 10), by_itself=True)
        assert (near.may, near.until) == (May.WAIT, date(2017, 3, 20))
        assert may_be_written_to(to, date(2017, 4, 30), by_itself=True).may is May.WAIT  # his birthday, 2 May
        assert may_be_written_to(to, QUIET, by_itself=True).may is May.YES
        operations.keep_quiet(actor=actor, family=family, kind="religious", on=date(2016, 7, 5), words="Eid")
        operations.keep_quiet(actor=actor, family=family, kind="due_date", on=date(2016, 10, 1))
        assert may_be_written_to(to, QUIET, by_itself=True).may is May.WAIT
        # A person who writes is told of the day, and decides.
        by_hand = may_be_written_to(to, QUIET)
        assert by_hand.may is May.YES
        assert any("religious day" in each for each in by_hand.cautions)


def test_edge_case_32_language_and_format_are_each_persons_own(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    his = carer(deaths, family, "Tam Ashby", language="Polish", format="braille")
    with deaths.acting():
        assert may_be_written_to(his, QUIET).cautions == (
            "Write in Polish, or with an interpreter.", "Asked for: braille.",
        )  # fmt: skip
        assert may_be_written_to(carer(deaths, family), QUIET).cautions == ()


def test_a_letter_tells_no_number_and_no_day_of_birth(deaths: Deaths) -> None:
    family = family_of(deaths, deaths.case())
    with deaths.acting() as actor, pytest.raises(Identifying):
        prepared(
            deaths, actor, family, carer(deaths, family), body="Your son, NHS number 999 000 0018, died."
        )
