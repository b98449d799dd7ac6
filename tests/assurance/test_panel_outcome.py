"""The end of a panel: the day it met, lines nobody answered, and forms that lead nowhere afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.test_panel import QUESTION, challenged, the, url
from tests.personas import TODAY
from wholestory.assurance.models import Enquiry, PanelState
from wholestory.assurance.operations import panel

__all__ = ["challenged"]
pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

CAME_TO = {"strengths": "Children are heard.", "to_improve": "Night cover."}
MET = {"held_on-day": "14", "held_on-month": "3", "held_on-year": "2016"}


@pytest.fixture
def sent(challenged: Round) -> Round:
    """The panel of 20 April whose one line of enquiry was sent today, 14 March."""
    with challenged.acting("business_manager") as actor:
        panel.send(actor=actor, panel=the(challenged), today=TODAY)
    return challenged


def test_a_panel_that_meets_later_has_no_day_filled_in(sent: Round, browse: Browse) -> None:
    html = browse("business_manager").get(url(sent, "outcome/")).content.decode()
    assert 'value="14"' not in html
    assert "1 line of enquiry has no answer written down" in html


def test_lines_without_an_answer_are_gone_past_only_on_purpose(sent: Round, browse: Browse) -> None:
    client = browse("business_manager")
    kept = client.post(url(sent, "outcome/"), {**CAME_TO, **MET}).content.decode()
    assert "Write down what was answered first, or tick the box" in kept
    assert "Night cover." in kept
    assert the(sent).state == PanelState.SENT
    assert client.post(url(sent, "outcome/"), {**CAME_TO, **MET, "go_on": "on"}).status_code == 302
    assert the(sent).state == PanelState.HELD


def test_where_every_line_has_its_answer_nothing_more_is_asked(sent: Round, browse: Browse) -> None:
    with sent.acting("business_manager") as actor:
        line = Enquiry.objects.get()
        panel.enquire(
            actor=actor, panel=the(sent), question=QUESTION, enquiry=line.pk, answer="By telephone."
        )
    client = browse("business_manager")
    assert "go_on" not in client.get(url(sent, "outcome/")).content.decode()
    assert client.post(url(sent, "outcome/"), {**CAME_TO, **MET}).status_code == 302


def test_after_the_outcome_its_forms_lead_back_and_say_why(sent: Round, browse: Browse) -> None:
    with sent.acting("business_manager") as actor:
        line = Enquiry.objects.get()
        panel.close(actor=actor, panel=the(sent), **CAME_TO, held_on=TODAY, today=TODAY)
    client = browse("business_manager")
    for rest in ("plan/", "lines/", f"lines/{line.pk}/", "members/", "send/", "outcome/"):
        answer = client.get(url(sent, rest), follow=True)
        assert answer.redirect_chain == [(url(sent), 302)], rest
        assert "This panel has given its outcome" in answer.content.decode(), rest
    with (
        sent.acting("business_manager") as actor,
        pytest.raises(panel.PanelRefused, match="given its outcome"),
    ):
        panel.close(actor=actor, panel=the(sent), **CAME_TO, held_on=TODAY, today=TODAY)
