"""A report on the agenda of its group, and what was decided about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from tests.indicators.people import Figures
from tests.performance.quarter import TODAY, figures_of_quarter, given
from wholestory.meetings.operations import Plan, plan
from wholestory.partners.models import Group

pytestmark = pytest.mark.django_db


def test_it_is_put_on_the_agenda_of_a_planned_meeting(
    figures: Figures, browse: Callable[[str], Client]
) -> None:
    figures_of_quarter(figures)
    report = given(figures)
    client = browse("business_manager")
    address = f"/performance/reports/{report.record.reference}/"
    empty = client.get(f"{address}agenda/").content.decode()
    assert "No meeting of Quality" in empty
    for missing in ("Which meeting?", "<select", "Put it on the agenda"):
        assert missing not in empty
    with figures.acting("business_manager") as actor:
        meeting = plan(
            actor=actor, group=Group.objects.get(slug="qeg"), board=figures.world.board, today=TODAY,
            said=Plan(title="Spring meeting", meets_on=date(2016, 4, 12), start_time=time(10, 0)),
        )  # fmt: skip
        reference = meeting.record.reference
    assert "Put it on the agenda" in client.get(f"{address}agenda/").content.decode()
    assert client.post(f"{address}agenda/", {"meeting": reference}).status_code == 302
    assert "Spring meeting" in client.get(address).content.decode()
    agenda = browse("group_lay").get(f"/meetings/{reference}/").content.decode()
    assert "Performance report, 2015-16 quarter 3" in agenda
    assert browse("group_lay").get(f"{address}agenda/").status_code == 404
