"""An agency asks for more time; the board's team gives it or does not, with a word why."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import MoreTimeAsked, Return, StageChange
from wholestory.assurance.operations import cycles
from wholestory.assurance.operations.moving import held
from wholestory.assurance.operations.returns import AGENCY_SPEAKS
from wholestory.assurance.status import OPEN_STAGES
from wholestory.partners.models import Person


class MoreTimeRefused(ValueError):
    """More time cannot be asked for, or decided about, like that; the message says what to do."""


def waiting(ret: Return) -> MoreTimeAsked | None:
    """The request nobody has answered yet."""
    asked = MoreTimeAsked.objects.filter(return_of=ret, decided_on=None).select_related("asked_by")
    return asked.first()


@transaction.atomic
def ask(*, actor: Person, ret: Return, until: date, reason: str, today: date) -> MoreTimeAsked:
    """Ask the board for more time, to a day and with the reason. One request waits at a time."""
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    if held(ret) not in OPEN_STAGES:
        raise MoreTimeRefused("More time can be asked for only while the return is being answered.")
    last = ret.extended_to or ret.due_on
    if until <= max(last, today):
        raise MoreTimeRefused(f"Choose a day after {_day(max(last, today))}.")
    if not reason.strip():
        raise MoreTimeRefused("Say why more time is needed.")
    if waiting(ret) is not None:
        raise MoreTimeRefused("Your organisation has asked already. The board’s team has not answered yet.")
    ledger.line("assurance.more_time_asked", ret.record)
    _history(ret, "more_time_asked", actor, today, f"To {_day(until)}: {reason.strip()}")
    return MoreTimeAsked.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, until_on=until, reason=reason.strip()[:300],
        asked_by=actor, asked_on=today,
    )  # fmt: skip


@transaction.atomic
def grant(*, actor: Person, ret: Return, to: date, answer: str, today: date) -> None:
    """Give more time, to the day that was asked for or another one; never less time than they have."""
    asked = _open(actor, ret)
    last = ret.extended_to or ret.due_on
    if to < last:
        raise MoreTimeRefused(f"They have time until {_day(last)} already. Choose that day or a later one.")
    cycles.extend(actor=actor, ret=ret, to=to, reason=asked.reason, today=today)
    _decide(asked, actor, today, to, answer)


@transaction.atomic
def decline(*, actor: Person, ret: Return, answer: str, today: date) -> None:
    """Say that the due date stands, and why."""
    asked = _open(actor, ret)
    if not answer.strip():
        raise MoreTimeRefused("Say why there is no more time.")
    ledger.line("assurance.more_time_declined", ret.record)
    _history(ret, "more_time_declined", actor, today, answer.strip())
    _decide(asked, actor, today, None, answer)


def _open(actor: Person, ret: Return) -> MoreTimeAsked:
    asking.require(actor, Verb.MANAGE, ret.record)
    if held(ret) not in OPEN_STAGES:
        raise MoreTimeRefused("The return is not being answered any more, so there is nothing to decide.")
    asked = waiting(ret)
    if asked is None:
        raise MoreTimeRefused("Somebody else has answered this request already.")
    return asked


def _decide(asked: MoreTimeAsked, actor: Person, today: date, to: date | None, answer: str) -> None:
    asked.decided_by, asked.decided_on, asked.granted_to = actor, today, to
    asked.answer = answer.strip()[:300]
    asked.save(update_fields=["decided_by", "decided_on", "granted_to", "answer"])


def _history(ret: Return, name: str, actor: Person, today: date, words: str) -> None:
    StageChange.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move=name, from_stage=ret.stage,
        to_stage=ret.stage, by=actor, on=today, reason=words,
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
