"""Whom the chair's letters are to, and what they say was done: by name where it is known, and only what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.test_escalating import late, prepare, send, sign
from tests.personas import TODAY
from wholestory.assurance import letters
from wholestory.assurance.queries.addressee import Addressee, head_of, whom_written
from wholestory.assurance.rules.reminders import USUAL_LADDER
from wholestory.partners.models import Sector

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
__all__ = ["late"]


def page(made: Round, browse: Browse, rung: str, agency: str = "police") -> str:
    reference = made.fresh(agency).record.reference
    answer = browse("quality_officer").get(f"/self-audits/returns/{reference}/letter/{rung}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("&#x27;", "'").split())


def named(made: Round, who: str, job: str) -> None:
    person = made.world.people[who]
    person.job_title = job
    person.save()


def test_a_letter_is_to_the_head_by_name_where_the_name_is_known(late: Round, browse: Browse) -> None:
    person = late.world.people["police_signatory"]
    said = page(late, browse, "to_chief_executive")
    assert "Dear Chief Executive," in said
    named(late, "police_signatory", "Chief Constable")
    said = page(late, browse, "to_chief_executive")
    assert f"Dear {person.full_name}," in said
    assert "Dear Chief Executive" not in said
    assert "and to you, have not led to an answer" in said
    assert f"Chief Constable, {late.fresh('police').agency.name}" in said


@pytest.mark.parametrize(
    ("job", "leads"),
    [("Chief Executive", True), ("Headteacher", True), ("Principal", True), ("Deputy Chief Constable", False),
     ("Assistant Headteacher", False), ("Head of safeguarding", False), ("", False)],
)  # fmt: skip
def test_only_who_leads_the_whole_is_its_head(cycle_round: Round, job: str, leads: bool) -> None:
    named(cycle_round, "police_signatory", job)
    with cycle_round.acting("quality_officer"):
        found = head_of(cycle_round.fresh("police"), TODAY)
    assert found.signs is leads
    assert found.signatory == cycle_round.world.people["police_signatory"].full_name


def test_a_school_has_a_headteacher(cycle_round: Round) -> None:
    agency = cycle_round.world.agencies["school"]
    agency.sector = Sector.EDUCATION
    agency.save()
    named(cycle_round, "head_signatory", "Safeguarding governor")
    with cycle_round.acting("quality_officer"):
        assert head_of(cycle_round.fresh("school"), TODAY).name == "Headteacher"


def test_the_board_is_told_of_the_chairs_letter_only_once_it_has_gone(late: Round, browse: Browse) -> None:
    said = page(late, browse, "to_board", "school")
    assert "Letter from the chair to the members of the board" in said
    assert "To the members of" in said
    assert "I have written to" not in said
    letter = prepare(late)
    assert "I have written to" not in whom_written(Addressee("X", "", False, "Kit Monro"), written=False)
    sign(late, letter)
    send(late, letter)
    assert "I have written to its chief executive" in page(late, browse, "to_board", "school")


def test_who_was_written_to_is_named_once() -> None:
    head = Addressee("Robin Hale", "Chief Constable", True, "Robin Hale")
    assert whom_written(head, written=True) == (
        "the team has written to those who answer it, and I have written to Robin Hale"
    )
    post = Addressee("Chief Executive", "", False, "")
    assert whom_written(post, written=False) == (
        "the team has written to those who answer it and to the person who signs"
    )


def test_a_draft_to_read_has_no_marks_for_bold(cycle_round: Round) -> None:
    step = next(rung for rung in USUAL_LADDER if rung.key == "chaser")
    with cycle_round.acting("quality_officer") as actor:
        drafts = letters.draft_step(
            actor=actor, ret=cycle_round.fresh("school"), rung=step, today=date(2016, 4, 1)
        )
    assert drafts
    for message in drafts:
        assert "31 March 2016" in message.body
        assert "**" not in message.body


def test_the_business_managers_step_is_signed_by_the_business_manager(cycle_round: Round) -> None:
    step = next(rung for rung in USUAL_LADDER if rung.key == "to_signatory")
    with cycle_round.acting("quality_officer") as actor:
        (draft,) = letters.draft_step(
            actor=actor, ret=cycle_round.fresh("police"), rung=step, today=date(2016, 4, 18)
        )
    assert cycle_round.world.people["business_manager"].full_name in draft.body
    assert cycle_round.world.people["quality_officer"].full_name not in draft.body


def test_the_chase_list_stacks_on_a_phone(late: Round, browse: Browse) -> None:
    said = (
        browse("quality_officer")
        .get(f"/self-audits/cycles/{late.cycle.record.reference}/chase/")
        .content.decode()
    )
    assert 'class="govuk-table ws-stack"' in said
    for label in ("Why", "Due by", "Contact", "Last contact", "Next step"):
        assert f'<span class="ws-stack__label" aria-hidden="true">{label}</span>' in said
