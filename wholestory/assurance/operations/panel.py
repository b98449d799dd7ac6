"""Screening a return, and the peer challenge panel: prepared, sent to the agency, held, told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Enquiry, Panel, PanelOutcome, PanelState, Return, Screening, Stage
from wholestory.assurance.operations.moving import held
from wholestory.assurance.rules.moderation import check_moderator
from wholestory.assurance.rules.screening import LOOKS, failing
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Letter
from wholestory.correspondence.operations.letters import LetterText
from wholestory.partners.models import Agency, Person, Seat

#: Where a return can be screened or challenged: signed, and its result not yet with the agency.
BEFORE_RESULT = (Stage.SIGNED_OFF, Stage.RETURNED_WITH_QUERY, Stage.ANSWERED, Stage.MODERATED)
#: What a member of the panel is called in a grant, and what they are let in for.
ROLE, PURPOSE = "panel", "panel"


#: Why nothing about a panel changes any more.
GIVEN = "This panel has given its outcome. It stays as it is."


class PanelRefused(ValueError):
    """It cannot be done like that now; the message says what to do."""


@transaction.atomic
def screen(*, actor: Person, ret: Return, checks: Mapping[str, str], words: str, today: date) -> Screening:
    """Keep what was looked at. It may be done again, after a query was answered; the last look stands."""
    asking.require(actor, Verb.MODERATE, ret.record)
    if held(ret) not in BEFORE_RESULT:
        raise PanelRefused("Only a signed return whose result has not been released can be screened.")
    if missing := [look.question for look in LOOKS if checks.get(look.key) not in ("yes", "no")]:
        raise PanelRefused(f"Answer every question: {missing[0]}")
    if failing(checks) and not words.strip():
        raise PanelRefused("Say what is wrong: whoever judges the return reads it.")
    ledger.line("assurance.screened", ret.record)
    found, _new = Screening.objects.update_or_create(
        return_of=ret,
        defaults={
            "circle_id": ret.notes_circle_id, "office_id": ret.office_id, "checks": dict(checks),
            "words": words.strip(), "by": actor, "on": today,
        },
    )  # fmt: skip
    return found


@transaction.atomic
def plan(
    *, actor: Person, ret: Return, meets_on: date, place: str, peer: Agency | None, chaired_by: Person | None,
    today: date,
) -> Panel:  # fmt: skip
    """Prepare the meeting, or change when and where it is. The paired agency is never the agency itself."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if held(ret) not in BEFORE_RESULT:
        raise PanelRefused("A panel meets about a signed return, before its result is released.")
    if not ret.cycle.has_panel:
        raise PanelRefused("This cycle has no peer challenge panel.")
    if peer is not None and peer.id == ret.agency_id:
        raise PanelRefused("An agency cannot be its own peer.")
    panel = Panel.objects.filter(return_of=ret).first()
    if meets_on < today and (panel is None or meets_on != panel.meets_on):
        raise PanelRefused("Choose a day from today on.")
    ledger.line("assurance.panel_planned", ret.record)
    if panel is None:
        return Panel.objects.create(
            return_of=ret, circle_id=ret.notes_circle_id, office_id=ret.office_id, peer=peer, meets_on=meets_on,
            place=place.strip()[:160], chaired_by=chaired_by, prepared_by=actor, prepared_on=today,
        )  # fmt: skip
    _not_held(panel)
    panel.peer, panel.meets_on, panel.place, panel.chaired_by = (
        peer,
        meets_on,
        place.strip()[:160],
        chaired_by,
    )
    panel.save(update_fields=["peer", "meets_on", "place", "chaired_by"])
    return panel


@transaction.atomic
def enquire(
    *,
    actor: Person,
    panel: Panel,
    question: str,
    item: str = "",
    enquiry: UUID | None = None,
    answer: str = "",
) -> Enquiry:
    """Add a line of enquiry, change its words before it was sent, or write down what was answered at the table."""
    ret = panel.return_of
    asking.require(actor, Verb.MANAGE, ret.record)
    held(ret)
    _not_held(panel)
    if item and item not in framework_of(ret).items:
        raise PanelRefused("There is no such line in this return.")
    if not question.strip():
        raise PanelRefused("Write the question.")
    ledger.line("assurance.panel_enquired", ret.record)
    if enquiry is not None:
        found = Enquiry.objects.get(pk=enquiry, panel=panel)
        if panel.state != PanelState.PLANNED and question.strip() != found.question:
            raise PanelRefused(
                "The agency has this question already, so its words stay. Add another line instead."
            )
        found.question, found.item, found.answer = question.strip(), item, answer.strip()
        found.save(update_fields=["question", "item", "answer"])
        return found
    return Enquiry.objects.create(
        panel=panel, circle_id=panel.circle_id, office_id=panel.office_id, item=item, question=question.strip(),
        answer=answer.strip(), asked_by=actor, number=panel.enquiries.count() + 1,
    )  # fmt: skip


@transaction.atomic
def take_out(*, actor: Person, panel: Panel, enquiry: UUID) -> None:
    """Take a line out again while nobody at the agency has read it; the others keep their order."""
    asking.require(actor, Verb.MANAGE, panel.return_of.record)
    if panel.state != PanelState.PLANNED:
        raise PanelRefused("The agency has read this line. It stays.")
    ledger.line("assurance.panel_enquired", panel.return_of.record)
    Enquiry.objects.filter(panel=panel, pk=enquiry).delete()
    for number, one in enumerate(panel.enquiries.order_by("number"), 1):
        if one.number != number:
            one.number = number
            one.save(update_fields=["number"])


@transaction.atomic
def seat(
    *, actor: Person, panel: Panel, members: Sequence[Person], today: date, now: datetime
) -> list[Person]:
    """Say who sits on the panel: they read this one return, and write nothing. Those no longer named lose it.

    Who is new to it, for whoever tells them.
    """
    ret = panel.return_of
    asking.require(actor, Verb.MANAGE, ret.record)
    _not_held(panel)
    circles = [ret.circle_id, ret.notes_circle_id]
    standing = Grant.objects.filter(circle__in=circles, role=ROLE, withdrawn_at=None)
    had = {grant.person_id for grant in standing}
    for member in members:
        seats = Seat.objects.filter(person=member).exclude(ends_on__lt=today)
        check_moderator(
            moderator_agencies=seats.values_list("agency_id", flat=True), return_agency=ret.agency_id
        )
    ledger.line("assurance.panel_seated", ret.record)
    gone = [grant.person for grant in standing.select_related("person") if grant.person not in members]
    standing.exclude(person__in=members).update(withdrawn_at=now)
    derive.rewrite(*gone)
    new = [member for member in members if member.id not in had]
    derive.add_grants(
        Grant.objects.bulk_create(
            [
                Grant(
                    circle_id=circle, office_id=ret.office_id, person=member, role=ROLE, purpose=PURPOSE,
                    starts_on=today, given_by=actor,
                )
                for member in new
                for circle in circles
            ]
        )
    )  # fmt: skip
    return new


@transaction.atomic
def send(*, actor: Person, panel: Panel, today: date) -> None:
    """Show the agency its lines of enquiry, the day and the place, so that it can prepare."""
    ret = panel.return_of
    asking.require(actor, Verb.MANAGE, ret.record)
    held(ret)
    _not_held(panel)
    if panel.state != PanelState.PLANNED:
        raise PanelRefused("The agency has the lines of enquiry already.")
    if not panel.enquiries.exists():
        raise PanelRefused("Write at least one line of enquiry first.")
    ledger.line("assurance.panel_sent", ret.record)
    Enquiry.objects.filter(panel=panel).update(circle_id=ret.circle_id)
    panel.state, panel.sent_on, panel.circle_id = PanelState.SENT, today, ret.circle_id
    panel.save(update_fields=["state", "sent_on", "circle"])


@transaction.atomic
def close(
    *, actor: Person, panel: Panel, strengths: str, to_improve: str, held_on: date, today: date
) -> PanelOutcome:
    """The panel has met: what it came to. The agency reads it with its result, and in the outcome letter."""
    ret = panel.return_of
    asking.require(actor, Verb.MANAGE, ret.record)
    held(ret)
    _not_held(panel)
    if panel.state != PanelState.SENT:
        raise PanelRefused("Send the agency its lines of enquiry first.")
    if not strengths.strip() or not to_improve.strip():
        raise PanelRefused("Say what is strong and what should become better.")
    if held_on > today:
        raise PanelRefused("The panel cannot have met in the future.")
    if panel.sent_on is not None and held_on < panel.sent_on:
        on = f"{panel.sent_on.day} {panel.sent_on:%B %Y}"
        raise PanelRefused(f"The lines of enquiry were sent on {on}. The panel met on that day or later.")
    ledger.line("assurance.panel_held", ret.record)
    panel.state, panel.held_on = PanelState.HELD, held_on
    panel.save(update_fields=["state", "held_on"])
    return PanelOutcome.objects.create(
        panel=panel, circle_id=ret.notes_circle_id, office_id=ret.office_id, strengths=strengths.strip(),
        to_improve=to_improve.strip(), by=actor, on=today,
    )  # fmt: skip


@transaction.atomic
def write_letter(*, actor: Person, panel: Panel, text: LetterText) -> Letter:
    """Prepare the outcome letter for the chair to sign; correspondence signs and sends it."""
    ret = panel.return_of
    asking.require(actor, Verb.MANAGE, ret.record)
    outcome = PanelOutcome.objects.filter(panel=panel).first()
    if outcome is None:
        raise PanelRefused("Write down what the panel came to first.")
    letter = post.prepare_letter(actor=actor, board=ret.board, text=text, about=ret.record, agency=ret.agency)
    ledger.line("assurance.panel_letter", ret.record)
    outcome.letter = letter.record_id
    outcome.save(update_fields=["letter"])
    return letter


def _not_held(panel: Panel) -> None:
    if panel.state == PanelState.HELD:
        raise PanelRefused(GIVEN)
