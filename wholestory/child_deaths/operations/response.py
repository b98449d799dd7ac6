"""The first response: whether it is opened, whether the death was expected, what was done, who does what next.

Decisions and steps are only ever added. A decision taken later counts, and the earlier ones stay; a step recorded
wrongly is replaced by another, and stays too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    Case,
    Expected,
    ExpectedDecision,
    ResponseDecision,
    ResponseStep,
    ResponseTask,
    StepAttendee,
)
from wholestory.child_deaths.operations import case_clocks
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.rules import facts as facts_rules
from wholestory.child_deaths.rules import response as rules
from wholestory.child_deaths.rules import response_steps as steps
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person


class NotRecorded(ValueError):
    """It cannot be recorded like that; the sentence says what is missing or wrong. ``field`` names the question."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def decide(
    *,
    actor: Person,
    case: Case,
    opens: bool,
    criteria: Collection[str],
    reason: str,
    decided_by: str,
    decided: Moment,
    now: Moment,
) -> ResponseDecision:
    """Record whether a response is opened. Yes begins its limits from the death, however late it comes; no ends those
    that run. A decision entered late that is older than the standing one is kept and changes nothing.

    Raises NotRecorded without who, when, a criterion or a reason, and for a change that does not say what has changed.
    """
    asking.require(actor, Verb.DECIDE, case.record)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    _not_later(decided, now)
    met = tuple(rules.Criterion(each) for each in criteria) if opens else ()
    before = standing(case)
    proposed = rules.Decision(
        opens=opens, decided_by=decided_by, decided_at=decided.at, criteria=met, reason=reason,
        replaces_earlier=before is not None and before.opens != opens,
    )  # fmt: skip
    if missing := proposed.missing():
        raise NotRecorded(". ".join(missing), "decided_by" if "who" in missing[0] else "reason")
    ledger.line("child_deaths.response_decided", case.record, reason="opened" if opens else "not_opened")
    made = ResponseDecision.objects.create(
        **_doors(case), case=case, opens=opens, criteria=[each.value for each in met], reason=reason.strip(),
        decided_by=decided_by.strip(), decided_at=decided.at, decided_precision=decided.precision.value, by=actor,
        entered_at=now.at,
    )  # fmt: skip
    if standing(case) == made:
        if opens:
            _begin(actor, case, now)
        else:
            case_clocks.end(
                actor=actor, case=case, keys=steps.OF_RESPONSE, reason="response_not_needed", now=now
            )
    return made


def standing(case: Case) -> ResponseDecision | None:
    """The decision that counts: the one taken last."""
    return ResponseDecision.objects.filter(case=case).order_by("-decided_at", "-created_at").first()


@transaction.atomic
def say_expected(
    *,
    actor: Person,
    case: Case,
    expected: str,
    confirmed: bool,
    reason: str,
    decided_by: str,
    decided: Moment,
    now: Moment,
) -> ExpectedDecision:
    """Record whether the death was expected; the earlier answer stays. A response is another question.

    Raises NotRecorded without who decided or what it rests on, and for a moment to come.
    """
    asking.require(actor, Verb.DECIDE, case.record)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    _not_later(decided, now)
    if not decided_by.strip():
        raise NotRecorded("Say who decided", "decided_by")
    if not reason.strip():
        raise NotRecorded("Say what it rests on", "reason")
    ledger.line("child_deaths.expected_decided", case.record, reason=expected)
    made = ExpectedDecision.objects.create(
        **_doors(case), case=case, expected=Expected(expected), confirmed=confirmed, reason=reason.strip(),
        decided_by=decided_by.strip(), decided_at=decided.at, decided_precision=decided.precision.value, by=actor,
        entered_at=now.at,
    )  # fmt: skip
    newest = ExpectedDecision.objects.filter(case=case).order_by("-decided_at", "-created_at").first()
    if newest == made:
        case.expected = made.expected
        case.save(update_fields=["expected"])
    return made


@transaction.atomic
def add_step(
    *,
    actor: Person,
    case: Case,
    kind: str,
    at: Moment,
    facts: Mapping[str, Any],
    people: str = "",
    words: str = "",
    now: Moment,
    replaces: ResponseStep | None = None,
) -> ResponseStep:
    """Record one step, with who came (a line each: name, role, organisation), and what limits it meets.

    Raises NotRecorded for a step this process does not know, one without what it needs, or one in the future.
    """
    asking.require(actor, Verb.WRITE, case.record)
    step = _step(case, kind)
    kept = facts_rules.tidy(step.fields, facts)
    planned = kept.get("visit_decided") == "planned"
    if not planned:
        _not_later(at, now, "at")
    labels = {field.key: field.label for field in step.fields}
    for key in step.needs:
        if key not in kept:
            raise NotRecorded(f"Answer “{labels[key]}”", key)
    if kept.get("visit_decided") in ("declined", "not_needed") and "visit_reason" not in kept:
        raise NotRecorded("Say why there is no visit", "visit_reason")
    if replaces is not None and (replaces.case_id != case.pk or replaces.kind != kind):
        raise NotRecorded("It replaces a step of another kind.")
    if replaces is not None and ResponseStep.objects.filter(replaces=replaces).exists():
        raise NotRecorded("Somebody has replaced this step already. Open it again.")
    ledger.line("child_deaths.response_step", case.record, reason=kind)
    made = ResponseStep.objects.create(
        **_doors(case), case=case, kind=kind, at=at.at, precision=at.precision.value, facts=kept, words=words.strip(),
        replaces=replaces, by=actor, entered_at=now.at,
    )  # fmt: skip
    StepAttendee.objects.bulk_create(
        [
            StepAttendee(**_doors(case), step=made, name=name, role=role, organisation=organisation)
            for name, role, organisation in steps.people(people)
        ]
    )
    _clocks(actor, case, made, at, now, replaces)
    return made


@transaction.atomic
def add_task(
    *,
    actor: Person,
    case: Case,
    organisation: str,
    words: str,
    owner: str = "",
    due_on: date | None = None,
    step: ResponseStep | None = None,
    today: date,
) -> ResponseTask:
    """Record what an agency does next."""
    asking.require(actor, Verb.WRITE, case.record)
    ledger.line("child_deaths.response_task", case.record)
    return ResponseTask.objects.create(
        **_doors(case), case=case, step=step, organisation=organisation.strip(), owner=owner.strip(),
        words=words.strip(), due_on=due_on, by=actor, entered_on=today,
    )  # fmt: skip


@transaction.atomic
def task_done(*, actor: Person, task: ResponseTask, done_on: date, words: str, today: date) -> None:
    """Record that it was done. Raises NotRecorded when it is done already, or for a day to come."""
    asking.require(actor, Verb.WRITE, task.case.record)
    task = ResponseTask.objects.select_for_update(of=("self",)).select_related("case__record").get(pk=task.pk)
    if task.done_on:
        raise NotRecorded("It is recorded as done already.")
    if done_on > today:
        raise NotRecorded("It cannot have been done later than today", "done_on")
    ledger.line("child_deaths.response_task_done", task.case.record)
    task.done_on, task.done_words, task.done_by = done_on, words.strip(), actor
    task.save(update_fields=["done_on", "done_words", "done_by"])


def _begin(actor: Person, case: Case, now: Moment) -> None:
    if case.confirmed_at is None:
        return
    start = moment(case.confirmed_at, case.confirmed_precision)
    own = case.panel.settings.get("visit_clock", "")
    keys = [own if key == "jar_visit" and own in steps.VISITS else key for key in steps.BEGIN[case.regime]]
    case_clocks.begin(actor=actor, case=case, keys=keys, fact="death", start=start, now=now)
    # What was done before anybody decided counts too.
    for each in current_steps(case):
        _meet(actor, case, each, moment(each.at, each.precision), now)
    _told(actor, case, now)


def current_steps(case: Case) -> list[ResponseStep]:
    """The steps that stand, in the order they happened."""
    return list(ResponseStep.objects.filter(case=case, replaced_by__isnull=True).order_by("at", "created_at"))


def _clocks(
    actor: Person, case: Case, step: ResponseStep, at: Moment, now: Moment, replaces: ResponseStep | None
) -> None:
    if replaces is not None:
        was = moment(replaces.at, replaces.precision)
        keys = steps.BY_KEY[step.kind].limits(case.regime)
        case_clocks.meet_again(actor=actor, case=case, keys=keys, was=was, met=at, now=now)
    if step.kind == "arrived" and case.regime == steps.PARTNERS:
        case_clocks.begin(
            actor=actor, case=case, keys=["jar_first_discussion"], fact="arrival", start=at, now=now
        )
    if step.kind == "stood_down":
        case_clocks.end(actor=actor, case=case, keys=steps.OF_RESPONSE, reason="stood_down", now=now)
    _meet(actor, case, step, at, now)
    _told(actor, case, now)


def _meet(actor: Person, case: Case, step: ResponseStep, at: Moment, now: Moment) -> None:
    keys = set(steps.BY_KEY[step.kind].limits(case.regime))
    if step.kind == "visit":
        decided = step.facts.get("visit_decided")
        if decided == "made" or (decided == "not_needed" and case.regime == steps.BOARD):
            keys |= set(steps.VISITS)
        else:
            keys = set()
            if decided != "planned":
                case_clocks.end(actor=actor, case=case, keys=steps.VISITS, reason=f"visit_{decided}", now=now)
    if step.kind == "immediate" and step.facts.get("certificate") == "open":
        keys = set()
    if step.kind == "final" and step.facts.get("is_review_meeting"):
        keys.add("death_review_meeting")
    case_clocks.meet(actor=actor, case=case, keys=keys, met=at, now=now)


def _told(actor: Person, case: Case, now: Moment) -> None:
    """A limit by which several have to be told is met when the last of them was."""
    when: dict[str, Moment] = {}
    for each in current_steps(case):
        whom = (
            "coroner"
            if each.kind == "coroner_told"
            else each.facts.get("whom")
            if each.kind == "called"
            else None
        )
        if whom and whom not in when:
            when[whom] = moment(each.at, each.precision)
    for key, who in steps.TOLD.items():
        if all(each in when for each in who):
            last = max((when[each] for each in who), key=lambda found: found.at)
            case_clocks.meet(actor=actor, case=case, keys=[key], met=last, now=now)


def _step(case: Case, kind: str) -> steps.Step:
    for each in steps.steps_for(case.regime):
        if each.key == kind:
            return each
    raise NotRecorded("This process has no such step.")


def _not_later(at: Moment, now: Moment, field: str = "decided") -> None:
    if at.on > now.on or (at.timed and at.at > now.at):
        raise NotRecorded("It cannot be later than now", field)


def _doors(case: Case) -> dict[str, int]:
    return {"circle_id": case.circle_id, "office_id": case.office_id}
