"""The chase list says what the ladder says; reminders go by themselves, once; anything harder is read first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.assurance import jobs
from wholestory.assurance.models import Cycle
from wholestory.assurance.operations import chasing as operations
from wholestory.assurance.queries import chasing
from wholestory.assurance.views import chasing as views
from wholestory.correspondence.models import Message, Status
from wholestory.ledger import reading as access_record
from wholestory.partners.models import Board


def on(round_: Round, day: date) -> Board:
    """The board as it is on another day."""
    board = round_.world.board
    board.example_today = day
    board.save()
    return board


def lines(round_: Round, day: date) -> dict[str, chasing.Owed]:
    with round_.acting("business_manager"):
        return {line.agency: line for line in chasing.owed(Cycle.objects.select_related("record").get(), day)}


#: Due 31 March 2016, issued 14 March: the 28- and 14-day reminders. Good Friday is 25 March, Easter Monday the 28th.
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 3, 16), "Wait"),
        (date(2016, 3, 17), "Second reminder"),
        (date(2016, 3, 24), "One week left"),
        (date(2016, 3, 30), "Due tomorrow"),
        (date(2016, 4, 1), "It was due"),
        (date(2016, 4, 14), "Business manager to the person who signs"),
        (date(2016, 4, 28), "Letter from the chair to the chief executive"),
    ],
)
def test_the_next_step_follows_the_ladder(cycle_round: Round, day: date, expected: str) -> None:
    assert lines(cycle_round, day)["Willow Lane Academy"].next_words == expected


def test_reminders_go_once_and_chasers_wait_to_be_read(cycle_round: Round) -> None:
    board = on(cycle_round, date(2016, 3, 17))
    assert jobs.remind(board) == 4
    assert jobs.remind(board) == 0
    with cycle_round.acting("business_manager"):
        reminders = Message.objects.filter(step="before_14")
        assert {m.status for m in reminders} == {Status.QUEUED}
        assert {m.kind for m in reminders} == {"reminder"}
    assert jobs.remind(on(cycle_round, date(2016, 4, 14))) == 0


def test_a_telephone_call_is_the_last_contact(cycle_round: Round) -> None:
    with cycle_round.acting("quality_officer") as actor:
        operations.note(
            actor=actor,
            ret=cycle_round.fresh("school"),
            how="telephone",
            words="Will sign on Monday",
            today=date(2016, 4, 4),
        )
    assert lines(cycle_round, date(2016, 4, 5))["Willow Lane Academy"].last_contact == (
        "4 April 2016: Telephone: Will sign on Monday"
    )


def test_the_agency_does_not_see_notes_about_chasing(cycle_round: Round) -> None:
    from wholestory.assurance.models import ChaseNote

    with cycle_round.acting("quality_officer") as actor:
        operations.note(
            actor=actor,
            ret=cycle_round.fresh("school"),
            how="telephone",
            words="Sounded lost",
            today=date(2016, 4, 4),
        )
    with cycle_round.acting("head") as head:
        assert not ChaseNote.objects.exists()
        with pytest.raises(NotForYou):
            operations.note(
                actor=head,
                ret=cycle_round.fresh("school"),
                how="telephone",
                words="x",
                today=date(2016, 4, 4),
            )


def test_where_an_email_came_back_the_page_leads_to_what_was_not_delivered(
    cycle_round: Round, browse: Callable[[str], Client]
) -> None:
    jobs.remind(on(cycle_round, date(2016, 3, 17)))
    ret = cycle_round.fresh("school")
    page = f"/self-audits/returns/{ret.record.reference}/chase/"
    assert "/letters/not-delivered/" not in browse("business_manager").get(page).content.decode()
    with cycle_round.acting("business_manager"):
        ledger.line("correspondence.bounced", ret.record)
        back = datetime(2016, 3, 17, 10, tzinfo=UTC)
        assert Message.objects.filter(about=ret.record_id).update(
            status=Status.BOUNCED, bounce="unknown_address", sent_at=back, bounced_at=back
        )
    said = browse("business_manager").get(page).content.decode()
    assert "/letters/not-delivered/" in said
    assert "nobody is named to write to" not in said


def test_a_long_list_is_read_page_by_page_the_latest_first_and_only_what_is_shown_is_noted(
    cycle_round: Round, browse: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 3)
    page = f"/self-audits/cycles/{cycle_round.cycle.record.reference}/chase/"
    officer = browse("quality_officer")
    first, second = officer.get(page).content.decode(), officer.get(f"{page}?page=2").content.decode()
    assert "4 lines" in first
    names = list(lines(cycle_round, TODAY))
    assert len(names) == 4  # everybody who was asked
    assert sum(f">{name}</a></th>" in first for name in names) == 3
    assert sum(f">{name}</a></th>" in second for name in names) == 1
    world = cycle_round.world
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        done = access_record.done_by(world.people["quality_officer"].id)
    listed = [one for one in done if one.verb == "access.listed" and one.kind == "assurance.return"]
    assert sorted(len(one.ids) for one in listed) == [1, 3]
