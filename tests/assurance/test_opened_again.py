"""A return that came in time and that the board opens again: never a defaulter, with a day to sign again by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.running import on
from tests.personas import TODAY
from wholestory import ledger
from wholestory.assurance import jobs, results
from wholestory.assurance.models import Cycle, MoreTimeAsked
from wholestory.assurance.operations import more_time, returns
from wholestory.assurance.queries import chasing
from wholestory.assurance.queries.asked import asked
from wholestory.assurance.queries.responses import not_here, rate_of, times_of, words_of_time
from wholestory.assurance.rules.cells import CellState
from wholestory.assurance.status import status_of
from wholestory.correspondence.models import Message

#: The school signed on 14 March for 31 March. On Friday 15 April it is opened again. Ten working days after: Monday the
#: 18th is the first, Friday the 29th the tenth, and no bank holiday lies between.
OPENED, BY = date(2016, 4, 15), date(2016, 4, 29)


def open_again(made: Round, until: date | None = None, today: date = OPENED) -> None:
    with made.acting("quality_officer") as actor:
        returns.send_back(
            actor=actor, ret=made.fresh("school"), reason="A page was missing", until=until, today=today
        )


def line_of(made: Round, day: date) -> chasing.Owed:
    with made.acting("business_manager"):
        owed = chasing.owed(Cycle.objects.select_related("record").get(), day)
        return next(line for line in owed if line.agency == "Willow Lane Academy")


def test_it_is_not_overdue_and_nobody_is_chased(signed_school: Round) -> None:
    open_again(signed_school)
    ret = signed_school.fresh("school")
    assert (ret.due_on, ret.extended_to) == (date(2016, 3, 31), BY)
    assert status_of(ret, OPENED).label == "Opened again"
    line = line_of(signed_school, OPENED)
    assert (line.days_late, line.decisions) == (0, ())
    assert status_of(ret, date(2016, 4, 30)).label == "Overdue (opened again)"
    assert line_of(signed_school, date(2016, 5, 3)).days_late == 4


def test_it_still_counts_as_returned_and_in_time_and_the_words_say_so(signed_school: Round) -> None:
    with signed_school.acting("business_manager"):
        before = rate_of(asked([signed_school.cycle]), 0)
    open_again(signed_school)
    with signed_school.acting("business_manager"):
        rows = asked([signed_school.cycle])
        rate, times, late = rate_of(rows, 0), times_of(rows), not_here(rows)
        row = next(one for one in rows if one.agency == "Willow Lane Academy")
        cells = next(line for line in results.heat_map(signed_school.cycle, rows, OPENED).lines
                     if line.agency == "Willow Lane Academy").cells  # fmt: skip
    assert (before.returned, rate.returned, rate.asked_in_scope) == (1, 1, before.asked_in_scope)
    assert "1 of them opened again" in rate.words
    assert (times.in_time, times.late) == (1, 0)
    assert row not in late
    assert words_of_time(row, OPENED) == "In time"
    assert {cell.state for cell in cells} == {CellState.OPENED_AGAIN}
    assert (
        cells[0].words
        == "Signed, and opened again to be put right; it is to be signed again by 29 April 2016."
    )


def test_the_day_is_never_earlier_than_the_one_they_have(signed_school: Round) -> None:
    with pytest.raises(returns.ReturnRefused, match="31 March 2016 or a later day"):
        open_again(signed_school, date(2016, 3, 30), today=TODAY)
    # Ten working days after 14 March, with Good Friday on the 25th, are over on 29 March: they keep their own day.
    open_again(signed_school, today=TODAY)
    assert signed_school.fresh("school").extended_to is None


def test_the_page_proposes_a_day_and_the_agency_is_told(
    signed_school: Round, browse: Callable[[str], Client]
) -> None:
    page = f"/self-audits/returns/{signed_school.fresh('school').record.reference}/"
    officer = browse("quality_officer")
    html = officer.get(f"{page}send-back/").content.decode()
    assert 'value="31"' in html
    said = {
        "reason": "A page was missing",
        "until_on-day": "30",
        "until_on-month": "3",
        "until_on-year": "2016",
    }
    refused = officer.post(f"{page}send-back/", said).content.decode()
    assert "31 March 2016 or a later day" in refused
    assert "A page was missing" in refused
    assert (
        officer.post(f"{page}send-back/", said | {"until_on-day": "8", "until_on-month": "4"}).status_code
        == 302
    )
    assert signed_school.fresh("school").extended_to == date(2016, 4, 8)
    with signed_school.acting("business_manager"):
        bodies = list(Message.objects.filter(kind="opened_again").values_list("body", flat=True))
    assert bodies
    assert all("8 April 2016" in body for body in bodies)
    for name in ("head", "lay_member", "police_lead", "sister_manager", "stranger"):
        assert browse(name).get(f"{page}send-back/").status_code in (403, 404), name


def test_a_request_that_waited_when_it_was_signed_is_answered_by_the_new_day(cycle_round: Round) -> None:
    with cycle_round.acting("head") as actor:
        more_time.ask(
            actor=actor, ret=cycle_round.fresh("school"), until=date(2016, 4, 30), reason="Ill", today=TODAY
        )
    cycle_round.answer("school", "head")
    cycle_round.sign("school", "head_signatory")
    open_again(cycle_round)
    with cycle_round.acting("head"):
        told = MoreTimeAsked.objects.get()
    assert (told.decided_on, told.granted_to) == (OPENED, BY)
    assert jobs.remind(on(cycle_round, date(2016, 4, 28))) >= 1


def test_what_first_came_late_stays_late_however_often_it_is_opened_again(cycle_round: Round) -> None:
    """Due on 31 March, signed on 5 April: five days late. Opened again on the 15th, until the 29th."""
    cycle_round.answer("school", "head")
    cycle_round.sign("school", "head_signatory")
    with cycle_round.acting("business_manager"):
        ret = cycle_round.fresh("school")
        ledger.line("assurance.extended", ret.record)
        ret.first_signed_on = date(2016, 4, 5)
        ret.save(update_fields=["first_signed_on"])
    open_again(cycle_round)
    with cycle_round.acting("business_manager"):
        rows = asked([cycle_round.cycle])
        row = next(one for one in rows if one.agency == "Willow Lane Academy")
        assert (times_of(rows).in_extended_time, times_of(rows).late) == (0, 1)
        assert words_of_time(row, OPENED) == "Late"
    assert cycle_round.fresh("school").extended_to == BY
