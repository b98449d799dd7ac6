"""Figures that came in after a report was frozen: told before it is given."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.indicators.people import NOW, Figures
from tests.indicators.returning import Returning
from tests.performance.quarter import PERIOD, TODAY
from wholestory.indicators.models import Submission
from wholestory.indicators.operations import sending
from wholestory.kernel.moments import at_instant
from wholestory.partners.models import Group
from wholestory.performance.models import QuarterlyReport
from wholestory.performance.operations import reports

pytestmark = pytest.mark.django_db
NOT_IN_THEM = "What came after that is not in them"


def begun_at(figures: Figures, minutes: int) -> QuarterlyReport:
    """A report whose figures were frozen so many minutes after the time at which everything else happens."""
    with figures.acting() as actor:
        return reports.begin(
            actor=actor, board=figures.world.board, group=Group.objects.get(slug="qeg"), period=PERIOD,
            label="2015-16 quarter 3", today=TODAY, now=at_instant(NOW + timedelta(minutes=minutes)),
        )  # fmt: skip


def page_of(client: Client, report: QuarterlyReport) -> str:
    answer = client.get(f"/performance/reports/{report.record.reference}/give/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_return_that_came_in_and_was_accepted_after_the_freeze_is_told(
    figures: Figures, browse: Callable[[str], Client]
) -> None:
    report = begun_at(figures, -10)
    client = browse("analyst")
    assert NOT_IN_THEM not in page_of(client, report)
    made = Returning(figures)
    made.send()
    with figures.acting() as actor:
        sending.accept(actor=actor, ret=made.of(), today=TODAY, now=NOW)
    page = page_of(client, report)
    assert NOT_IN_THEM in page
    assert f"the return {made.reference} (2015-16 quarter 3) came in on 14 March 2016." in page
    assert f"the return {made.reference} (2015-16 quarter 3) was accepted on 14 March 2016." in page
    assert f"/performance/reports/{report.record.reference}/freeze/" in page
    with figures.acting() as actor:
        reports.freeze(actor=actor, report=report, today=TODAY, now=at_instant(NOW + timedelta(minutes=1)))
    assert NOT_IN_THEM not in page_of(client, report)


def test_figures_brought_in_without_a_return_are_told_too(
    figures: Figures, browse: Callable[[str], Client]
) -> None:
    report = begun_at(figures, -10)
    sent = figures.series("health", "D05", [(48, 60)])
    with figures.acting():
        reference = Submission.objects.get(pk=sent.pk).record.reference
    page = page_of(browse("analyst"), report)
    assert NOT_IN_THEM in page
    assert f"{reference} (brought in from an earlier scorecard) on 14 March 2016." in page


def test_every_number_names_its_return_and_what_it_was_sent_as(
    figures: Figures, browse: Callable[[str], Client]
) -> None:
    made = Returning(figures)
    made.send()
    report = begun_at(figures, 10)
    with figures.acting():
        sent = Submission.objects.select_related("record").get(of_return=made.of()).record.reference
    file = browse("analyst").get(f"/performance/reports/{report.record.reference}/numbers/?download=csv")
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    head = next(line for line in lines if "Return" in line)
    rows = [line for line in lines if len(line) == len(head) and sent in line]
    assert rows
    for line in rows:
        assert line[head.index("Return")] == made.reference
        assert line[head.index("Sent as")] == sent
