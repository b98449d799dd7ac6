"""Handing a case to another panel: sent, then accepted or refused. It is ours until it was accepted.

Where the other panel uses this system, its own people answer, and both sides change in one transaction. Where it does
not, the coordinator records the reply as it came.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking, derive
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    Case,
    Channel,
    Lead,
    Notification,
    NotificationStep,
    Panel,
    Transfer,
    TransferReply,
    TransferState,
)
from wholestory.child_deaths.operations import intake, triage
from wholestory.child_deaths.operations.opening import moment, open_case
from wholestory.child_deaths.rules import handover
from wholestory.kernel.moments import LONDON, Moment, on_day
from wholestory.partners.models import Person
from wholestory.pathways.operations.moves import move
from wholestory.records import opening

TRANSFER = opening.Opening("child_deaths.transfer", "DT", "child_deaths")
#: After so many days without an answer somebody telephones.
CHASE_AFTER = timedelta(days=7)


class TransferRefused(ValueError):
    """It cannot be handed over, or answered, like that; the sentence says what to do."""


@transaction.atomic
def send(*, actor: Person, case: Case, words: str, now: Moment, today: date) -> Transfer:
    """Send a case to the panel that was decided to lead. Raises TransferRefused."""
    asking.require(actor, Verb.MANAGE, case.record)
    decided = triage.newest_lead(case)
    if decided is None or decided.leads_id == case.panel_id:
        raise TransferRefused("First decide that the other panel leads.")
    if case.restricted:
        raise TransferRefused(
            "This case is restricted. Speak to the other panel, and lift the restriction first."
        )
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if Transfer.objects.filter(case=case, state=TransferState.SENT).exists():
        raise TransferRefused("It was sent already and waits for the answer. Take that back first.")
    to = Panel.objects.select_related("board").get(pk=decided.leads_id)
    board = case.record.board
    circle, new = opening.the_circle(board, "death_team")
    if new:
        derive.open_circle(circle)
    office = opening.office(to.board or board, "child_deaths")
    record = opening.sheet(TRANSFER, board, circle, office, today, verb="child_deaths.transfer_sent")
    made = Transfer.objects.create(
        record=record, circle=circle, office=office, case=case, from_panel=case.panel, to_panel=to,
        parts=parts_of(case), words=words.strip(), sent_at=now.at, sent_by=actor, chase_on=today + CHASE_AFTER,
    )  # fmt: skip
    ledger.line("child_deaths.handed_over", case.record)
    _lead(case, Lead.SENT)
    return made


def parts_of(case: Case) -> dict[str, Any]:
    """What is handed over: the messages as they came and what the case holds of the child and the death. Neither what
    agencies answered, nor the family's record, nor a suspicion: those are asked for and given one by one."""
    steps = (
        NotificationStep.objects.filter(case=case).exclude(settled="parted").select_related("notification")
    )
    notifications = {step.notification_id: step.notification for step in steps}
    return {
        "reference": case.record.reference,
        "panel": case.panel.name,
        "first_received_at": case.first_received_at.isoformat(),
        "confirmed_at": case.confirmed_at.isoformat() if case.confirmed_at else None,
        "confirmed_precision": case.confirmed_precision,
        "expected": case.expected,
        "messages": [
            {"received_at": one.received_at.isoformat(), "channel": one.channel, "answers": one.answers}
            for one in sorted(notifications.values(), key=lambda one: one.received_at)
        ],
    }


@transaction.atomic
def issue_link(*, actor: Person, transfer: Transfer, now: datetime) -> str:
    """A fresh link for a panel without this system; the one before opens nothing from now on. Only its digest is kept,
    so it is shown once. Raises TransferRefused."""
    case = Case.objects.select_related("record").get(pk=transfer.case_id)
    asking.require(actor, Verb.MANAGE, case.record)
    _waits(transfer)
    if transfer.to_panel.board_id is not None:
        raise TransferRefused(f"{transfer.to_panel.name} uses this system and answers there itself.")
    token = handover.token()
    ledger.line("child_deaths.transfer_link_made", transfer.record)
    transfer.token_hash, transfer.token_until = handover.digest(token), now + handover.LINK_LASTS
    transfer.save(update_fields=["token_hash", "token_until"])
    return token


@transaction.atomic
def settle_reply(*, actor: Person, transfer: Transfer, today: date, now: Moment) -> bool:
    """Settle what the other panel answered through its link; True when it took the case. Raises TransferRefused."""
    reply = TransferReply.objects.filter(transfer=transfer).first()
    if reply is None:
        raise TransferRefused("No answer has come through the link.")
    record_reply(
        actor=actor, transfer=transfer, accepted=reply.accepted, answered_by=reply.answered_by, words=reply.words,
        their_reference=reply.their_reference, answered_on=reply.answered_at.astimezone(LONDON).date(), today=today,
        now=now,
    )  # fmt: skip
    return reply.accepted


@transaction.atomic
def withdraw(*, actor: Person, transfer: Transfer, now: Moment) -> None:
    """Take back what was sent and not yet answered."""
    case = Case.objects.select_related("record__board").get(pk=transfer.case_id)
    asking.require(actor, Verb.MANAGE, case.record)
    _waits(transfer)
    ledger.line("child_deaths.transfer_withdrawn", transfer.record)
    transfer.state, transfer.answered_at = TransferState.WITHDRAWN, now.at
    transfer.save(update_fields=["state", "answered_at"])
    _lead(case, Lead.OURS)


@transaction.atomic
def record_reply(
    *,
    actor: Person,
    transfer: Transfer,
    accepted: bool,
    answered_by: str,
    words: str,
    their_reference: str,
    answered_on: date,
    today: date,
    now: Moment,
) -> None:
    """Write down how a panel without this system answered: who said it, when, and what. Raises TransferRefused."""
    case = Case.objects.select_related("record__board", "panel").get(pk=transfer.case_id)
    asking.require(actor, Verb.MANAGE, case.record)
    _waits(transfer)
    if transfer.to_panel.board_id is not None:
        raise TransferRefused(f"{transfer.to_panel.name} uses this system and answers there itself.")
    if not answered_by.strip():
        raise TransferRefused("Say who answered for the other panel.")
    if not accepted and not words.strip():
        raise TransferRefused("Say why the other panel refused.")
    if answered_on > today or answered_on < transfer.sent_at.astimezone(LONDON).date():
        raise TransferRefused("The answer cannot have come before it was sent, or later than today.")
    ledger.line(
        "child_deaths.transfer_accepted" if accepted else "child_deaths.transfer_refused", transfer.record
    )
    _answered(transfer, accepted, answered_by, words, on_day(answered_on), their_reference)
    _settle(case, accepted=accepted, actor=actor, today=today, now=now)


@transaction.atomic
def accept(*, actor: Person, transfer: Transfer, today: date, now: Moment) -> Case:
    """The other panel takes the case: it opens there with the same first time, and leaves ours in the same breath."""
    asking.require(actor, Verb.DECIDE, transfer.record)
    panel = _answering(transfer)
    _waits(transfer)
    case = _open_there(actor, transfer, panel, today, now)
    ledger.line("child_deaths.transfer_accepted", transfer.record)
    _answered(transfer, True, actor.full_name, "", now, case.record.reference)
    with acting.as_system(transfer.record.board_id, "timekeeper"):
        sent = Case.objects.select_related("record__board", "panel").get(pk=transfer.case_id)
        _settle(sent, accepted=True, actor=_timekeeper(), today=today, now=now)
    return case


@transaction.atomic
def refuse(*, actor: Person, transfer: Transfer, words: str, today: date, now: Moment) -> None:
    """The other panel says no, and why. The case stays with the sender, as disputed."""
    asking.require(actor, Verb.DECIDE, transfer.record)
    _answering(transfer)
    _waits(transfer)
    if not words.strip():
        raise TransferRefused("Say why, so that the other panel can answer.")
    ledger.line("child_deaths.transfer_refused", transfer.record)
    _answered(transfer, False, actor.full_name, words, now, "")
    with acting.as_system(transfer.record.board_id, "timekeeper"):
        sent = Case.objects.select_related("record__board", "panel").get(pk=transfer.case_id)
        _settle(sent, accepted=False, actor=_timekeeper(), today=today, now=now)


def _timekeeper() -> Person:
    return Person.objects.get(pk=acting.SYSTEM_ACTORS["timekeeper"][0])


def _answering(transfer: Transfer) -> Panel:
    panel = Panel.objects.select_related("board").get(pk=transfer.to_panel_id)
    if panel.board_id is None or panel.board_id == transfer.record.board_id:
        raise TransferRefused("The panel it was sent to answers.")
    if transfer.office.board_id != panel.board_id:
        raise TransferRefused("The panel it was sent to answers.")
    return panel


def _waits(transfer: Transfer) -> None:
    if Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk).state != TransferState.SENT:
        raise TransferRefused("This has been answered or taken back already.")


def _answered(transfer: Transfer, accepted: bool, by: str, words: str, at: Moment, theirs: str) -> None:
    transfer.state = TransferState.ACCEPTED if accepted else TransferState.REFUSED
    transfer.answered_at, transfer.answered_by = at.at, by.strip()[:160]
    transfer.answer, transfer.their_case = words.strip(), theirs.strip()[:40]
    transfer.save(update_fields=["state", "answered_at", "answered_by", "answer", "their_case"])


def _settle(case: Case, *, accepted: bool, actor: Person, today: date, now: Moment) -> None:
    if not accepted:
        ledger.line("child_deaths.lead_disputed", case.record)
        _lead(case, Lead.DISPUTED)
        return
    move(
        actor=actor, record=case.record, name="accepted_elsewhere", today=today, now=now, holding={"accepted"}
    )
    triage.end_clocks(actor=actor, case=case, reason="handed_over", now=now)
    _lead(case, Lead.THEIRS)


def _lead(case: Case, lead: Lead) -> None:
    case.lead = lead
    case.save(update_fields=["lead"])


def _open_there(actor: Person, transfer: Transfer, panel: Panel, today: date, now: Moment) -> Case:
    """A case of the receiving panel: each message is kept there too, and the first told time is carried over."""
    said = transfer.parts.get("messages") or [{"received_at": transfer.sent_at.isoformat(), "answers": {}}]
    made: list[Notification] = []
    for one in said:
        received = moment(datetime.fromisoformat(one["received_at"]), "exact")
        made.append(
            intake.take(
                panel=panel, channel=Channel.TRANSFER, answers=one["answers"], received=received, actor=actor,
                form_key="notification", now=now.at, raw={"from": transfer.parts.get("reference", "")},
            )
        )  # fmt: skip
    case = open_case(actor=actor, notification=made[0], now=now, today=today)
    for other in made[1:]:
        NotificationStep.objects.create(
            notification=other, circle_id=case.circle_id, office_id=case.office_id, settled="joined", case=case,
            by=actor, at=now.at,
        )  # fmt: skip
    return case
