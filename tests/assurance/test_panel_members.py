"""Those who sit on a peer challenge panel: what they find, what they are written, and when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from tests.assurance.conftest import NOW, Round
from tests.assurance.test_panel import QUESTION, challenged, the, url
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance.models import Panel
from wholestory.assurance.operations import panel
from wholestory.correspondence.models import Message

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
__all__ = ["challenged"]

SITS = "Sit on the panel about Willow Lane Academy"
PLAN = {
    "meets_on-day": "20",
    "meets_on-month": "4",
    "meets_on-year": "2016",
    "place": "Town Hall",
    "peer": "",
    "chaired_by": "",
}


def plan(made: Round, day: str = "20", **changed: str) -> dict[str, str]:
    return {**PLAN, "meets_on-day": day, "peer": str(made.world.agencies["health"].pk), **changed}


def seated(made: Round, browse: Browse, *names: str) -> None:
    members = [str(made.world.people[name].pk) for name in names]
    answer = browse("business_manager").post(url(made, "members/"), {"members": members})
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def written(made: Round, kind: str) -> list[Message]:
    with acting.as_system(made.world.board, "postroom"):
        return list(Message.objects.filter(kind=kind).order_by("to_address"))


def addresses(made: Round, kind: str) -> list[str]:
    return [one.to_address for one in written(made, kind)]


def front(browse: Browse, who: str) -> str:
    return " ".join(browse(who).get("/").content.decode().split())


def test_a_member_finds_the_panel_with_its_day_and_what_to_read(challenged: Round, browse: Browse) -> None:
    assert SITS not in front(browse, "charity_lead")
    seated(challenged, browse, "charity_lead", "health_member")
    for who in ("charity_lead", "health_member"):
        said = front(browse, who)
        assert "Panels you sit on" in said
        assert SITS in said
        assert "Meets on 20 April 2016, Town Hall. Read before: the return and 1 line of enquiry" in said
        assert url(challenged) in said
    page = browse("charity_lead").get(url(challenged)).content.decode()
    assert "You sit on this panel" in page
    assert QUESTION in page
    for who in ("head", "police_lead", "lay_member", "quality_officer", "sister_manager"):
        assert SITS not in front(browse, who)


def test_a_member_is_told_once_and_the_email_names_neither_the_agency_nor_a_question(
    challenged: Round, browse: Browse
) -> None:
    seated(challenged, browse, "charity_lead")
    seated(challenged, browse, "charity_lead", "health_member")
    people = challenged.world.people
    asked = written(challenged, "panel_asked")
    assert [one.to_address for one in asked] == sorted(
        [people["charity_lead"].email, people["health_member"].email]
    )
    browse("business_manager").post(url(challenged, "send/"))
    lines = written(challenged, "panel_lines")
    assert people["charity_lead"].email in [one.to_address for one in lines]
    agency = challenged.fresh("school").agency
    for one in (*asked, *lines):
        for text in (one.subject, one.body, one.line):
            assert agency.name not in text
            assert QUESTION not in text
        assert "20 April 2016" in one.body
        assert url(challenged) in one.body


def test_the_agency_hears_of_its_lines_and_of_a_day_it_knew(challenged: Round, browse: Browse) -> None:
    head = challenged.world.people["head"].email
    seated(challenged, browse, "charity_lead")
    browse("business_manager").post(url(challenged, "plan/"), plan(challenged, day="21"))
    assert addresses(challenged, "panel_moved") == [challenged.world.people["charity_lead"].email]
    browse("business_manager").post(url(challenged, "send/"))
    assert head in addresses(challenged, "panel_lines")
    browse("business_manager").post(url(challenged, "plan/"), plan(challenged, day="22"))
    assert head in addresses(challenged, "panel_moved")
    assert "22 April 2016" in front(browse, "charity_lead")


def test_saving_the_same_day_again_tells_nobody(challenged: Round, browse: Browse) -> None:
    seated(challenged, browse, "charity_lead")
    browse("business_manager").post(url(challenged, "plan/"), plan(challenged))
    assert addresses(challenged, "panel_moved") == []


def test_whoever_chairs_is_asked_as_a_member(challenged: Round, browse: Browse) -> None:
    chair = challenged.world.people["health_member"]
    browse("business_manager").post(
        url(challenged, "plan/"), plan(challenged, day="21", chaired_by=str(chair.pk))
    )
    assert addresses(challenged, "panel_asked") == [chair.email]
    assert addresses(challenged, "panel_moved") == []
    assert SITS in front(browse, "health_member")


def test_the_task_goes_when_the_panel_has_met(challenged: Round, browse: Browse) -> None:
    seated(challenged, browse, "charity_lead")
    with challenged.acting("business_manager") as actor:
        panel.send(actor=actor, panel=the(challenged), today=TODAY)
        panel.close(
            actor=actor,
            panel=the(challenged),
            strengths="Heard.",
            to_improve="Nights.",
            held_on=TODAY,
            today=TODAY,
        )
    assert SITS not in front(browse, "charity_lead")


def test_the_task_goes_with_its_day_with_the_seat_and_with_the_result(
    challenged: Round, browse: Browse
) -> None:
    seated(challenged, browse, "charity_lead", "health_member")
    with challenged.acting("business_manager"):
        ledger.line("assurance.panel_planned", challenged.fresh("school").record)
        Panel.objects.update(meets_on=TODAY - timedelta(days=1))
    assert SITS not in front(browse, "charity_lead")
    with challenged.acting("business_manager"):
        ledger.line("assurance.panel_planned", challenged.fresh("school").record)
        Panel.objects.update(meets_on=TODAY)
    assert SITS in front(browse, "charity_lead")
    seated(challenged, browse, "health_member")
    assert SITS not in front(browse, "charity_lead")
    assert SITS in front(browse, "health_member")


def test_a_panel_cannot_have_met_before_its_lines_were_sent(challenged: Round) -> None:
    with challenged.acting("business_manager") as actor:
        panel.send(actor=actor, panel=the(challenged), today=TODAY)
        with pytest.raises(panel.PanelRefused, match="14 March 2016"):
            panel.close(
                actor=actor, panel=the(challenged), strengths="Heard.", to_improve="Nights.",
                held_on=TODAY - timedelta(days=1), today=TODAY,
            )  # fmt: skip


def test_the_page_says_when_it_met_and_when_it_was_planned(challenged: Round, browse: Browse) -> None:
    with challenged.acting("business_manager") as actor:
        panel.send(actor=actor, panel=the(challenged), today=TODAY)
        panel.close(
            actor=actor,
            panel=the(challenged),
            strengths="Heard.",
            to_improve="Nights.",
            held_on=TODAY,
            today=TODAY,
        )
    page = browse("business_manager").get(url(challenged)).content.decode()
    assert "14 March 2016, Town Hall (planned for 20 April 2016)" in page


def test_panels_cost_one_query_however_many_members(
    challenged: Round, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    before = cost_of(browse("charity_lead"), "/")
    with challenged.acting("business_manager") as actor:
        members = [
            challenged.world.people[name] for name in ("charity_lead", "health_member", "police_member")
        ]
        panel.seat(actor=actor, panel=the(challenged), members=members, today=TODAY, now=NOW)
    assert date(2016, 4, 20) > TODAY
    assert cost_of(browse("charity_lead"), "/") <= before + 1


def test_a_date_is_shown_with_an_example_of_the_boards_own_year(challenged: Round, browse: Browse) -> None:
    """Today is 14 March 2016; four weeks on is 11 April."""
    page = browse("business_manager").get(url(challenged, "plan/")).content.decode()
    assert "For example, 11 4 2016" in page
    returned = challenged.fresh("police").record.reference
    asked = browse("police_lead").get(f"/self-audits/returns/{returned}/ask-for-more-time/").content.decode()
    assert "For example, 11 4 2016" in asked
