"""Whether what was promised made a difference: what will show it, when somebody looks, and what was found.

Source: domain notes on quality assurance, 6.4 items 39 and 40: actions closed on "policy written", and re-audits never
scheduled. An action may be closed long before its effect can be seen, so checks go on after closing.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from wholestory import ledger
from wholestory.access.verbs import Verb
from wholestory.actions import operations
from wholestory.actions.models import Action, ActionState, Check, StepKind, Verdict
from wholestory.partners.models import Person


@transaction.atomic
def plan_check(*, actor: Person, action: Action, measure: str, check_on: date, today: date) -> None:
    """Say what will show that it worked, and when somebody looks. May be said again: the story keeps what was said."""
    operations.require(actor, Verb.WRITE, action)
    if action.state == ActionState.DROPPED:
        raise operations.ActionRefused("This action was dropped, so there is nothing to look for.")
    if not measure.strip():
        raise operations.ActionRefused("Say what will show that it worked.")
    if not today <= check_on <= operations.latest(today):
        raise operations.ActionRefused("Choose a date from today on and within the next ten years.")
    ledger.line("actions.measure_set", action.record)
    action.measure, action.check_on = measure.strip(), check_on
    action.save(update_fields=["measure", "check_on"])
    operations.step(action, StepKind.MEASURE, actor, today, words=measure.strip(), to_due_on=check_on)


@transaction.atomic
def check(*, actor: Person, action: Action, verdict: Verdict, words: str, today: date) -> Check:
    """Somebody of the board's team looked, and says what they found and how they know. "Cannot tell" needs the reason
    too. An owner does not judge their own action."""
    operations.require(actor, Verb.DECIDE, action)
    if action.owner_id == actor.id:
        raise operations.ActionRefused("You own this action, so somebody else on the board's team must look.")
    if action.state == ActionState.DROPPED:
        raise operations.ActionRefused("This action was dropped, so there is nothing to look for.")
    if not words.strip():
        raise operations.ActionRefused("Say what you looked at and what it showed.")
    ledger.line("actions.checked", action.record)
    found = Check.objects.create(
        circle_id=action.circle_id,
        office_id=action.office_id,
        action=action,
        verdict=verdict,
        by=actor,
        on=today,
    )
    operations.step(
        action, StepKind.CHECKED, actor, today, words=f"{Verdict(verdict).label}. {words.strip()}"
    )
    return found


def to_check(today: date) -> QuerySet[Action]:
    """Actions whose day has come to look whether they worked, and that nobody looked at since."""
    since = Check.objects.filter(action=OuterRef("pk"), on__gte=OuterRef("check_on"))
    rows = Action.objects.filter(~Exists(since), check_on__lte=today).exclude(state=ActionState.DROPPED)
    return rows.select_related("record", "agency", "owner").order_by("check_on", "id")


def verb_to_aim(action: Action) -> Verb:
    """What somebody needs to say which measure an action is meant to move: whoever made the promise names it first, and
    those who decide on it change it. Nobody chooses anew what their own promise is judged by."""
    agreed = action.measure_code or action.state == ActionState.CLOSED
    return Verb.DECIDE if agreed else Verb.WRITE


@transaction.atomic
def aim(*, actor: Person, action: Action, measure_code: str, working_from: date | None, today: date) -> None:
    """Say which measure it is meant to move, and from which day children could notice the change."""
    operations.require(actor, verb_to_aim(action), action)
    if action.state == ActionState.DROPPED:
        raise operations.ActionRefused("This action was dropped, so there is nothing to look for.")
    if working_from is not None and not action.opened_on <= working_from <= today:
        raise operations.ActionRefused("It began to work after it was promised, and not after today.")
    ledger.line("actions.aimed", action.record)
    action.measure_code, action.working_from = measure_code.strip(), working_from
    action.save(update_fields=["measure_code", "working_from"])
    said = f"It is meant to move {action.measure_code}." if action.measure_code else "No measure is named."
    operations.step(action, StepKind.MEASURE, actor, today, words=said, to_due_on=working_from)
