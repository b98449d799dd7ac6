"""The chair's letters on the ladder: drafted, changed, signed, sent, told; and nobody escalated who should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.assurance.running import on
from tests.personas import TODAY
from wholestory.access.asking import NotForYou
from wholestory.assurance.definitions.escalation import LETTERS, power_of
from wholestory.assurance.models import ChaseNote, Cycle, StageChange
from wholestory.assurance.operations import chasing as notes
from wholestory.assurance.operations import cycles, escalating, more_time, refusals, returns
from wholestory.assurance.queries import chasing
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Letter, LetterStatus, Message
from wholestory.correspondence.operations import CannotSend
from wholestory.correspondence.operations.letters import LetterText, fingerprint

#: Due 31 March 2016: the twentieth working day after it is 28 April.
DAY = date(2016, 4, 28)
TEXT = LetterText(
    "Chief Executive", "Your return is late", "Please send it.", "Willow Lane Academy",
    to_address="office@school.example",
)  # fmt: skip


def line(round_: Round, name: str = "Willow Lane Academy", day: date = DAY) -> chasing.Owed:
    with round_.acting("business_manager"):
        owed = chasing.owed(Cycle.objects.select_related("record").get(), day)
        return next(one for one in owed if one.agency == name)


def prepare(round_: Round, rung: str = "to_chief_executive", agency: str = "school") -> Letter:
    found = escalating.rung_called(rung)
    assert found is not None
    with round_.acting("quality_officer") as actor:
        return escalating.prepare(actor=actor, ret=round_.fresh(agency), rung=found, text=TEXT, today=DAY)


def sign(round_: Round, letter: Letter) -> None:
    with round_.acting("chair") as actor:
        kept = Letter.objects.get(pk=letter.pk)
        post.sign_letter(actor=actor, letter=kept, read=fingerprint(kept), now=NOW)


def send(round_: Round, letter: Letter, by: str = "email") -> None:
    with round_.acting("quality_officer") as actor:
        post.send_letter(actor=actor, letter=Letter.objects.get(pk=letter.pk), by=by, now=NOW)


@pytest.fixture
def late(cycle_round: Round) -> Round:
    on(cycle_round, DAY)
    return cycle_round


def test_from_draft_to_proof_and_into_the_history(late: Round) -> None:
    assert line(late).next_words == "Letter from the chair to the chief executive"
    letter = prepare(late)
    assert line(late).next_words == "A letter waits for the chair’s signature"
    with late.acting("chair"):
        assert Message.objects.get(kind="letter_to_sign").to_person_id == late.world.people["chair"].id
        assert Letter.objects.get().status == LetterStatus.PREPARED
    sign(late, letter)
    assert line(late).next_words == "A signed letter waits to be sent"
    send(late, letter)
    found = line(late)
    assert found.last_contact.startswith(
        "28 April 2016: Letter: Letter from the chair to the chief executive: to Chief"
    )
    assert found.next_step is None
    assert [step.rung.key for step in found.decisions] == ["formal_request", "to_board", "in_annual_report"]
    with late.acting("head"):
        told = StageChange.objects.get(move="letter_sent")
        assert told.reason == "To Chief Executive, Willow Lane Academy, by e-mail."
        assert not Letter.objects.exists()
        assert not ChaseNote.objects.exists()
    with late.acting("business_manager"):
        assert Message.objects.filter(letter=letter.pk).get().to_address == "office@school.example"


def test_a_letter_that_is_posted_is_noted_as_well(late: Round) -> None:
    letter = prepare(late)
    sign(late, letter)
    send(late, letter, "post")
    with late.acting("head"):
        assert StageChange.objects.get(move="letter_sent").reason.endswith("by post.")


def test_a_letter_that_is_withdrawn_is_a_step_not_taken(late: Round) -> None:
    letter = prepare(late)
    with late.acting("quality_officer") as actor:
        with pytest.raises(notes.ChaseRefused, match="prepared already"):
            escalating.prepare(
                actor=actor, ret=late.fresh("school"), rung=escalating.rung_called("to_chief_executive"), text=TEXT,
                today=DAY,
            )  # fmt: skip
        post.withdraw_letter(actor=actor, letter=letter, now=NOW)
    assert line(late).next_words == "Letter from the chair to the chief executive"
    assert prepare(late).pk != letter.pk


def more_time_runs(round_: Round) -> None:
    with round_.acting("quality_officer") as actor:
        cycles.extend(
            actor=actor, ret=round_.fresh("school"), to=date(2016, 5, 31), reason="Illness", today=DAY
        )


def it_is_signed(round_: Round) -> None:
    round_.answer("school", "head")
    round_.sign("school", "head_signatory")


def it_is_nil(round_: Round) -> None:
    with round_.acting("head_signatory") as actor:
        returns.sign_nil(
            actor=actor, ret=round_.fresh("school"), post="Head", reason="Closed", today=DAY, now=NOW
        )


def it_is_refused(round_: Round) -> None:
    with round_.acting("quality_officer") as actor:
        refusals.record(actor=actor, ret=round_.fresh("school"), words="No", today=DAY)


def it_has_ended(round_: Round) -> None:
    school = round_.world.agencies["school"]
    school.ends_on = date(2016, 4, 1)
    school.save()


def more_time_is_asked(round_: Round) -> None:
    with round_.acting("head") as actor:
        more_time.ask(
            actor=actor, ret=round_.fresh("school"), until=date(2016, 5, 31), reason="Illness", today=DAY
        )


WHAT_STOPS_IT = [more_time_runs, it_is_signed, it_is_nil, it_is_refused, it_has_ended, more_time_is_asked]


@pytest.mark.parametrize("happens", WHAT_STOPS_IT, ids=lambda one: one.__name__)
def test_nobody_is_escalated_then(late: Round, happens: Callable[[Round], None]) -> None:
    happens(late)
    with pytest.raises(notes.ChaseRefused):
        prepare(late)


@pytest.mark.parametrize("happens", WHAT_STOPS_IT, ids=lambda one: one.__name__)
def test_a_letter_under_way_is_neither_signed_nor_sent_then(
    late: Round, happens: Callable[[Round], None]
) -> None:
    letter = prepare(late)
    happens(late)
    with pytest.raises(CannotSend):
        sign(late, letter)


def test_a_signed_letter_is_not_sent_to_somebody_who_has_answered(late: Round) -> None:
    letter = prepare(late)
    sign(late, letter)
    it_is_signed(late)
    with pytest.raises(CannotSend, match="does not owe this return"):
        send(late, letter)


def test_a_formal_request_is_only_for_those_the_law_requires_to_answer(late: Round) -> None:
    with pytest.raises(notes.ChaseRefused, match="law requires"):
        prepare(late, "formal_request", "charity")
    assert prepare(late, "formal_request", "police").agency_id == late.world.agencies["police"].id


@pytest.mark.parametrize(
    ("edition", "power"),
    [("WT2015", "section 14B, Children Act 2004"), ("WT2023", "section 16H, Children Act 2004")],
)
def test_the_power_is_named_by_edition_as_unchecked(edition: str, power: str) -> None:
    assert power_of(edition) == f"{power} (reference not yet checked against the Act)"
    assert not any("statut" in (wording.body + wording.subject).lower() for wording in LETTERS.values())


def test_a_step_left_out_or_done_in_another_way_is_a_note(late: Round) -> None:
    with late.acting("quality_officer") as actor:
        notes.note(
            actor=actor, ret=late.fresh("school"), how="skipped", words="The chair telephoned", today=DAY,
            rung="to_chief_executive",
        )  # fmt: skip
    found = line(late)
    assert found.next_step is None
    assert "to_chief_executive" not in {step.rung.key for step in found.decisions}
    assert found.decisions


def test_only_the_team_prepares_it(late: Round) -> None:
    for name in ("chair", "head", "police_lead"):
        with late.acting(name) as actor, pytest.raises(NotForYou):
            escalating.prepare(
                actor=actor,
                ret=late.fresh("school"),
                rung=escalating.rung_called("to_board"),
                text=TEXT,
                today=DAY,
            )


def test_the_pages(late: Round, browse: Callable[[str], Client]) -> None:
    ret = late.fresh("police")
    chase, officer = f"/self-audits/returns/{ret.record.reference}/chase/", browse("quality_officer")
    assert "/letter/to_chief_executive/" in officer.get(chase).content.decode()
    page = chase.replace("chase/", "letter/formal_request/")
    said = officer.get(page).content.decode()
    assert "section 14B, Children Act 2004 (reference not yet checked against the Act)" in said
    assert "has not been checked" in said
    given = {
        "to_name": "",
        "to_role": "",
        "to_postal": "",
        "to_address": "",
        "subject": "Late",
        "body": "Please.",
    }
    assert officer.post(page, given).status_code == 200
    kept = officer.post(
        page, given | {"to_name": "Chief Constable", "body": "Child A1 is late"}
    ).content.decode()
    assert "Take out" in kept
    assert officer.post(page, given | {"to_name": "Chief Constable"})["Location"].startswith(
        "/letters/to-sign/LT-"
    )
    for name in ("police_lead", "chair", "head", "sister_manager", "stranger"):
        assert browse(name).get(page).status_code == 404, name
    assert officer.get(chase.replace("chase/", "letter/chaser/")).status_code == 404


def test_the_chase_list_costs_the_same_with_letters_under_way(
    late: Round, browse: Callable[[str], Client], cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("business_manager")
    page = f"/self-audits/cycles/{late.cycle.record.reference}/chase/"
    prepare(late)
    few = cost_of(client, page)
    for agency in ("police", "health", "charity"):
        prepare(late, agency=agency)
    assert cost_of(client, page) <= few
    assert TODAY < DAY
