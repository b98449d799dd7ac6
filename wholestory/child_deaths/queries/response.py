"""The first response as its page and the case's page show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from wholestory.child_deaths.models import (
    Case,
    ExpectedDecision,
    OtherProcess,
    ResponseDecision,
    ResponseStep,
    ResponseTask,
)
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.rules import facts, response_record, response_steps
from wholestory.child_deaths.rules.response import Criterion
from wholestory.kernel.moments import Moment
from wholestory.pathways.models import RunningClock
from wholestory.pathways.queries import clocks


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as the page tells it; ``stands`` for the one that counts."""

    title: str
    when: str
    who: str
    lines: tuple[str, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step. ``earlier`` are versions of it that were recorded wrongly."""

    id: str
    kind: str
    title: str
    when: str
    facts: tuple[tuple[str, str], ...]
    words: str
    people: tuple[str, ...]
    by: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """What an agency does next."""

    id: str
    organisation: str
    words: str
    owner: str
    due_on: date | None
    done: str
    late: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of the response shows."""

    name: str
    opened: bool | None
    decisions: tuple[Decision, ...]
    expected: tuple[Decision, ...]
    steps: tuple[StepLine, ...]
    tasks: tuple[TaskLine, ...]
    clocks: tuple[clocks.ClockRow, ...]
    lacking: tuple[str, ...]
    to_add: tuple[tuple[str, str], ...]


def page(case: Case, now: Moment) -> Page:
    """Shaped for the page, in a number of queries that does not depend on how much there is."""
    decisions = list(
        ResponseDecision.objects.filter(case=case).select_related("by").order_by("-decided_at", "-created_at")
    )
    steps = list(
        ResponseStep.objects.filter(case=case)
        .select_related("by")
        .prefetch_related("people")
        .order_by("at", "created_at")
    )
    tasks = list(ResponseTask.objects.filter(case=case).order_by("done_on", "due_on", "created_at"))
    examination = OtherProcess.objects.filter(case=case, kind="post_mortem").first()
    opened = decisions[0].opens if decisions else None
    return Page(
        name=response_steps.response_name(case.regime),
        opened=opened,
        decisions=tuple(_decision(one, case.regime, place == 0) for place, one in enumerate(decisions)),
        expected=_expected(case),
        steps=_steps(steps, case.regime),
        tasks=tuple(_task(one, now.on) for one in tasks),
        clocks=_clocks(case, now),
        lacking=_lacking(decisions, steps, tasks, examination) if opened else (),
        to_add=tuple((step.key, step.title(case.regime)) for step in response_steps.steps_for(case.regime)),
    )


def summary(case: Case) -> list[Said]:
    """One line: whether there is a response and what it has come to. Two queries."""
    name = response_steps.response_name(case.regime)
    url = reverse("child_deaths:response", args=[case.record.reference])
    newest = ResponseDecision.objects.filter(case=case).order_by("-decided_at", "-created_at").first()
    if newest is None:
        return [Said(name, "Not yet decided whether one is needed", url, "not_started")]
    if not newest.opens:
        return [Said(name, "Not needed, as decided", url, "not_needed")]
    kinds = list(
        ResponseStep.objects.filter(case=case, replaced_by__isnull=True)
        .order_by("-at", "-created_at")
        .values_list("kind", flat=True)
    )
    if "stood_down" in kinds:
        return [Said(name, "Stood down", url, "not_needed")]
    if "final" in kinds:
        return [Said(name, "Final discussion held", url, "done")]
    if not kinds:
        return [Said(name, "Opened; no step recorded yet", url, "in_progress")]
    last = response_steps.BY_KEY[kinds[0]].title(case.regime)
    return [Said(name, f"Opened. Last step: {last}", url, "in_progress")]


def _clocks(case: Case, now: Moment) -> tuple[clocks.ClockRow, ...]:
    found = RunningClock.objects.filter(record=case.record, key__in=response_steps.LIMITS)
    ours = {str(pk) for pk in found.values_list("pk", flat=True)}
    return tuple(row for row in clocks.of_record(case.record, now) if row.id in ours)


def _decision(one: ResponseDecision, regime: str, stands: bool) -> Decision:
    name = response_steps.response_name(regime)
    lines = [f"It {Criterion(each).label}" for each in one.criteria]
    return Decision(
        f"{name} opened" if one.opens else f"No {name.lower()}",
        facts.moment_words(one.decided_at, one.decided_precision),
        one.decided_by,
        tuple([*lines, one.reason] if one.reason else lines),
        stands,
    )


def _expected(case: Case) -> tuple[Decision, ...]:
    found = ExpectedDecision.objects.filter(case=case).order_by("-decided_at", "-created_at")
    return tuple(
        Decision(
            one.get_expected_display(),
            facts.moment_words(one.decided_at, one.decided_precision),
            one.decided_by,
            (
                one.reason,
                "Confirmed by the designated doctor"
                if one.confirmed
                else "Not yet confirmed by the designated doctor",
            ),
            place == 0,
        )
        for place, one in enumerate(found)
    )


def _steps(steps: list[ResponseStep], regime: str) -> tuple[StepLine, ...]:
    earlier: dict[object, ResponseStep] = {one.pk: one for one in steps}
    replaced = {one.replaces_id for one in steps if one.replaces_id}
    return tuple(_step(one, regime, earlier) for one in steps if one.pk not in replaced)


def _step(one: ResponseStep, regime: str, every: dict[object, ResponseStep]) -> StepLine:
    kind = response_steps.BY_KEY[one.kind]
    before: list[str] = []
    at = every.get(one.replaces_id)
    while at is not None:
        before.append(f"First recorded for {facts.moment_words(at.at, at.precision)} by {at.by}")
        at = every.get(at.replaces_id)
    people = sorted(one.people.all(), key=lambda each: each.created_at)
    return StepLine(
        str(one.pk),
        one.kind,
        kind.title(regime),
        facts.moment_words(one.at, one.precision),
        facts.shown(kind.fields, one.facts),
        one.words,
        tuple(
            ", ".join(part for part in (each.name, each.role, each.organisation) if part) for each in people
        ),
        one.by.full_name,
        tuple(before),
    )


def _task(one: ResponseTask, today: date) -> TaskLine:
    done = f"Done on {facts.day_words(one.done_on)}. {one.done_words}".strip() if one.done_on else ""
    late = one.done_on is None and one.due_on is not None and one.due_on < today
    return TaskLine(str(one.pk), one.organisation, one.words, one.owner, one.due_on, done, late)


def _lacking(
    decisions: list[ResponseDecision],
    steps: list[ResponseStep],
    tasks: list[ResponseTask],
    examination: OtherProcess | None,
) -> tuple[str, ...]:
    recorded = {"decided_by", "decided_at"}
    if decisions[0].criteria or decisions[0].reason:
        recorded.add("criteria")
    if tasks:
        recorded.add("immediate_actions")
    found = examination.facts if examination else {}
    recorded |= {f"examination_{key}" for key in ("interim_on", "final_on") if found.get(key)}
    replaced = {one.replaces_id for one in steps if one.replaces_id}
    standing = [one for one in steps if one.pk not in replaced]
    for one in standing:
        recorded |= response_steps.items(one.kind, one.facts)
    stood_down = any(one.kind == "stood_down" for one in standing)
    return tuple(item.label for item in response_record.lacking(frozenset(recorded), stood_down=stood_down))
