"""What happens to a promise: made, worked on, said to be done, closed by the board or sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.verbs import Verb
from wholestory.actions.models import Action, ActionState, Check, Source, Step, StepKind
from wholestory.partners.models import Agency, Board, Person
from wholestory.records import opening
from wholestory.records.models import Circle, Office, Record

#: Within this, the same words of one person are one sending: a button pressed twice, or Back and once more.
SENT_TWICE = timedelta(minutes=1)

ACTION = opening.Opening("actions.action", "AC", "assurance")


def latest(today: date) -> date:
    """The last day a promise may name."""
    return today + timedelta(days=3653)


class ActionRefused(ValueError):
    """The action cannot be moved like that now; the message says what to do instead."""


@dataclass(frozen=True)
class Answers:
    """One thing an action answers: an item of a record."""

    record: Record
    item: str
    item_title: str
    standard: str = ""
    score: str = ""


@transaction.atomic
def promise(
    *,
    actor: Person,
    board: Board,
    agency: Agency,
    title: str,
    due_on: date,
    today: date,
    owner: Person | None = None,
    owner_title: str = "",
    detail: str = "",
    answers: Sequence[Answers] = (),
    shown_to_board: bool = False,
) -> Action:
    """Open an action of ``agency``. It is seen by the agency and the board's team; by the board once released."""
    if not (owner or owner_title.strip()):
        raise ActionRefused("Say who will do it: a person, or the post they hold.")
    circle, office = _doors(board, agency, shown_to_board)
    asking.require(
        actor, Verb.WRITE, Record(kind=ACTION.kind, circle=circle, office=office), kind=ACTION.kind
    )
    return open_for_duty(
        actor=actor, board=board, agency=agency, title=title, due_on=due_on, today=today, owner=owner,
        owner_title=owner_title, detail=detail, answers=answers, shown_to_board=shown_to_board,
    )  # fmt: skip


@transaction.atomic
def open_for_duty(
    *,
    actor: Person,
    board: Board,
    agency: Agency,
    title: str,
    due_on: date,
    today: date,
    owner: Person | None = None,
    owner_title: str = "",
    detail: str = "",
    answers: Sequence[Answers] = (),
    shown_to_board: bool = False,
    circle: Circle | None = None,
    kept_by: str = "actions",
    measure_code: str = "",
) -> Action:
    """The same for a duty whose own rules let ``actor`` recommend it (a panel that reviews deaths, say).

    The duty has asked; where its people sit neither with the agency nor in the team, it acts as the system here.
    ``circle`` is another narrow door than the agency's own, where more people have to follow it; ``kept_by`` the office
    that reads its story; ``measure_code`` the measure it is meant to move.
    """
    if not (owner or owner_title.strip()):
        raise ActionRefused("Say who will do it: a person, or the post they hold.")
    usual, office = _doors(board, agency, shown_to_board)
    circle = circle or usual
    own = opening.office(board, kept_by)
    record = opening.sheet(ACTION, board, circle, office, today, verb="actions.promised")
    action = Action.objects.create(
        record=record, circle=circle, office=office, agency=agency, title=title.strip()[:200], detail=detail.strip(),
        owner=owner, owner_title=owner_title.strip()[:120], first_due_on=due_on, due_on=due_on, opened_on=today,
        kept_by=kept_by, measure_code=measure_code,
    )  # fmt: skip
    Source.objects.bulk_create(
        [
            Source(
                action=action,
                circle=circle,
                office=own,
                record=a.record,
                item=a.item,
                item_title=a.item_title[:300],
                standard=a.standard,
                score_before=a.score,
            )
            for a in answers
        ]
    )
    step(action, StepKind.OPENED, actor, today, to_due_on=due_on)
    return action


def _doors(board: Board, agency: Agency, shown_to_board: bool) -> tuple[Circle, Office]:
    """Whose circle and office an action is in: its agency's, and the team's or (once released) the board's."""
    circle, new = opening.the_circle(board, "agency", agency)
    if new:
        derive.open_circle(circle)
    return circle, opening.office(board, "released" if shown_to_board else "actions")


@transaction.atomic
def update(
    *,
    actor: Person,
    action: Action,
    words: str,
    today: date,
    link: str = "",
    file_reference: str = "",
    now: datetime | None = None,
) -> Step:
    """Say how it is going, or add what shows it (a link or a file already stored).

    The same sent again by the same person within a minute of ``now`` is a button pressed twice: it stays one step.
    Without ``now`` nothing is taken for that.
    """
    require(actor, Verb.WRITE, action)
    # Held until the end, so that of two sendings at the same moment the second finds the first.
    held = Action.objects.select_for_update(of=("self",)).only("state")
    action.state = held.get(pk=action.pk).state
    _still_open(action)
    shows = bool(link or file_reference)
    if now is not None:
        again = Step.objects.filter(
            action=action, by=actor, words=words, link=link, file_reference=file_reference,
            created_at__gt=now - SENT_TWICE,
        ).first()  # fmt: skip
        if again is not None:
            return again
    ledger.line("actions.evidence_added" if shows else "actions.updated", action.record)
    kind = StepKind.EVIDENCE if shows else StepKind.UPDATED
    return step(action, kind, actor, today, words=words, link=link, file_reference=file_reference)


@transaction.atomic
def redate(*, actor: Person, action: Action, due_on: date, reason: str, today: date) -> None:
    """Give it a new date, with the reason. The first date stays, and the delay is counted from it."""
    require(actor, Verb.WRITE, action)
    _still_open(action)
    if not reason.strip():
        raise ActionRefused("Say why the date changes. The first date stays on the record.")
    if not today <= due_on <= latest(today):
        raise ActionRefused("Choose a date from today on and within the next ten years.")
    if due_on == action.due_on:
        raise ActionRefused("That is the date it already has.")
    ledger.line("actions.redated", action.record)
    before, action.due_on = action.due_on, due_on
    action.save(update_fields=["due_on"])
    step(action, StepKind.REDATED, actor, today, words=reason, from_due_on=before, to_due_on=due_on)


@transaction.atomic
def say_done(*, actor: Person, action: Action, words: str, today: date) -> None:
    """The agency says it is done. It stays open until the board has seen what shows it."""
    require(actor, Verb.WRITE, action)
    if action.state != ActionState.OPEN:
        raise ActionRefused("Only an open action can be said to be done.")
    if not Step.objects.filter(action=action, kind=StepKind.EVIDENCE).exists() and not words.strip():
        raise ActionRefused("Say what shows that it is done, or add a document or a link first.")
    ledger.line("actions.said_done", action.record)
    action.state, action.said_done_on = ActionState.SAID_DONE, today
    action.save(update_fields=["state", "said_done_on"])
    step(action, StepKind.SAID_DONE, actor, today, words=words)


@transaction.atomic
def close(*, actor: Person, action: Action, words: str, today: date) -> None:
    """The board closes it on evidence. Whoever owns the action cannot close it."""
    require(actor, Verb.DECIDE, action)
    if action.state != ActionState.SAID_DONE:
        raise ActionRefused("The agency has not yet said that this is done.")
    if action.owner_id == actor.id:
        raise ActionRefused("You own this action, so somebody else on the board's team must close it.")
    said = Step.objects.filter(action=action, kind=StepKind.SAID_DONE).order_by("-created_at").first()
    if said is not None and said.by_id == actor.id:
        raise ActionRefused("You said that this is done, so somebody else on the board's team must close it.")
    if not words.strip():
        raise ActionRefused("Say what you saw that shows it was done.")
    ledger.line("actions.closed", action.record)
    action.state, action.closed_on, action.closed_by = ActionState.CLOSED, today, actor
    action.save(update_fields=["state", "closed_on", "closed_by"])
    step(action, StepKind.CLOSED, actor, today, words=words)


@transaction.atomic
def send_back(*, actor: Person, action: Action, words: str, today: date) -> None:
    """The board asks for more before it closes the action."""
    require(actor, Verb.DECIDE, action)
    if action.state != ActionState.SAID_DONE:
        raise ActionRefused("Only an action that was said to be done can be sent back.")
    if not words.strip():
        raise ActionRefused("Say what is still needed.")
    ledger.line("actions.sent_back", action.record)
    action.state, action.said_done_on = ActionState.OPEN, None
    action.save(update_fields=["state", "said_done_on"])
    step(action, StepKind.SENT_BACK, actor, today, words=words)


@transaction.atomic
def drop(*, actor: Person, action: Action, reason: str, today: date) -> None:
    """The board agrees that it is no longer needed, and says why."""
    require(actor, Verb.DECIDE, action)
    _still_open(action)
    if not reason.strip():
        raise ActionRefused("Say why it is no longer needed.")
    ledger.line("actions.dropped", action.record)
    action.state = ActionState.DROPPED
    action.save(update_fields=["state"])
    step(action, StepKind.DROPPED, actor, today, words=reason)


@transaction.atomic
def say_what_changed(*, actor: Person, action: Action, effect: str, today: date) -> None:
    """Record what changed for children and how it is known; may be said before or after closing."""
    require(actor, Verb.WRITE, action)
    ledger.line("actions.effect_recorded", action.record)
    action.effect = effect.strip()
    action.save(update_fields=["effect"])
    step(action, StepKind.EFFECT, actor, today, words=effect)


def show_to_board(*, actions: Sequence[Action], board: Board) -> None:
    """Move actions into what the board is shown. Called by a release, which has written its own line.

    The promise itself is shown: who, what, by when, where it stands. Updates, evidence and the scores it answers are
    the agency's own words; they stay with the agency and the team.
    """
    released: Office = opening.office(board, "released")
    ids = [action.id for action in actions]
    Record.objects.filter(action__in=ids).update(office=released)
    Action.objects.filter(id__in=ids).update(office=released)
    Check.objects.filter(action__in=ids).update(office=released)


def require(actor: Person, verb: Verb, action: Action) -> None:
    """Ask whether ``actor`` may. Raises NotForYou."""
    asking.require(actor, verb, action, kind=ACTION.kind)


def _still_open(action: Action) -> None:
    if action.state in (ActionState.CLOSED, ActionState.DROPPED):
        raise ActionRefused("This action is closed. Open a new one if there is more to do.")


def step(action: Action, kind: StepKind, by: Person, on: date, **fields: object) -> Step:
    """Write what happened into the action's story."""
    return Step.objects.create(
        action=action,
        circle_id=action.circle_id,
        office=opening.office(action.record.board, action.kept_by),
        kind=kind,
        by=by,
        on=on,
        **fields,
    )
