"""Reads a return's answers as the rules know them: item by item, both scores, each kind of nothing apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys, stored_score
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Judgement, Return, Stage
from wholestory.assurance.rules.cells import ReturnPosition, Standing
from wholestory.assurance.rules.rollup import (
    CriticalCap,
    ItemAnswer,
    ItemState,
    StandardScore,
    standard_score,
)
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.paperwork.given import Given, Nothing
from wholestory.paperwork.models import Answer

STANDING: Mapping[str, Standing] = {
    Stage.ISSUED: Standing.ISSUED,
    Stage.IN_PROGRESS: Standing.IN_PROGRESS,
    Stage.SIGNED_OFF: Standing.SIGNED_OFF,
    Stage.RETURNED_WITH_QUERY: Standing.QUERY,
    Stage.ANSWERED: Standing.ANSWERED,
    Stage.MODERATED: Standing.MODERATED,
    Stage.RELEASED: Standing.RELEASED,
    Stage.NIL: Standing.NIL,
    Stage.WITHDRAWN: Standing.NOT_ASKED,
}


def position(ret: Return) -> ReturnPosition:
    """Where a return stands, for the rules."""
    reason = ret.nil_reason if ret.stage == Stage.NIL else ""
    return ReturnPosition(STANDING[ret.stage], ret.due_on, ret.extended_to, reason)


def framework_of(ret: Return) -> Framework:
    """The framework the return was issued under."""
    return framework_called(ret.framework, ret.framework_version)


def test_of(ret: Return) -> CompliantTest:
    """What counts as compliant in this return."""
    return CompliantTest(framework_of(ret).scale, ret.compliant_from)


def item_answers(
    framework: Framework, given: Mapping[str, Given], judged: Mapping[str, str]
) -> list[ItemAnswer]:
    """One ItemAnswer per item of the framework, from the answers of its score questions and any moderated scores."""
    rows = []
    for key, item in framework.items.items():
        answer = given.get(key, Given())
        state, score, reason, moderated = ItemState.UNANSWERED, "", "", ""
        if answer.nothing is Nothing.NOT_APPLICABLE and answer.reason.strip():
            state, reason = ItemState.NOT_APPLICABLE, answer.reason
        elif answer.nothing is Nothing.NOT_ASKED:
            state = ItemState.NOT_ASKED
        elif answer.nothing is None and answer.value is not None and not answer.to_confirm:
            state, score, moderated = ItemState.SCORED, stored_score(answer.value), judged.get(key, "")
        rows.append(
            ItemAnswer(
                item=key,
                standard=framework.standard_of[key].key,
                state=state,
                self_score=score,
                moderated_score=moderated,
                reason=reason,
                critical=item.critical,
            )
        )
    return rows


@dataclass(frozen=True)
class Scores:
    """All item answers of one return, rolled up by standard."""

    items: tuple[ItemAnswer, ...]
    standards: Mapping[str, StandardScore]


def roll_up(framework: Framework, rows: Iterable[ItemAnswer], test: CompliantTest, *, cap: bool) -> Scores:
    """Item answers to standards, with the critical cap when the cycle has it on."""
    items = tuple(rows)
    held = CriticalCap.usual(framework.scale) if cap else None
    return Scores(items, {s.key: standard_score(s.key, items, test, cap=held) for s in framework.standards})


def scores_of(returns: list[Return], *, cap: bool, judgements: bool = True) -> dict[UUID, Scores]:
    """Scores of many returns of one framework, in two queries whatever their number.

    Whoever may not see moderation yet simply finds no judgement rows: the database decides.
    """
    if not returns:
        return {}
    framework = framework_of(returns[0])
    keys = list(framework.items)
    given: dict[UUID, dict[str, Given]] = defaultdict(dict)
    sets = {ret.answers_id: ret.id for ret in returns}
    found = Answer.objects.filter(answer_set__in=list(sets), key__in=keys, item=0)
    for answer in found.only("answer_set_id", "key", "value", "nothing", "reason", "typed", "to_confirm"):
        given[sets[answer.answer_set_id]][answer.key] = answer.given
    judged: dict[UUID, dict[str, str]] = defaultdict(dict)
    if judgements:
        rows = Judgement.objects.filter(return_of__in=[r.id for r in returns]).exclude(item="")
        for return_id, item, score in rows.values_list("return_of_id", "item", "score"):
            judged[return_id][item] = score
    return {
        ret.id: roll_up(
            framework, item_answers(framework, given[ret.id], judged[ret.id]), test_of(ret), cap=cap
        )
        for ret in returns
    }


@dataclass(frozen=True)
class Plan:
    """What an agency says it will do about one item below compliant."""

    item: str
    standard: str
    score: str
    words: str
    due_on: date | None


def plans_of(ret: Return) -> list[Plan]:
    """The plans written beside the items below compliant, in the order of the form."""
    framework, test = framework_of(ret), test_of(ret)
    given = {a.key: a.given for a in Answer.objects.filter(answer_set=ret.answers_id, item=0)}
    plans = []
    for row in item_answers(framework, given, {}):
        if row.state is not ItemState.SCORED or test.passes(row.score):
            continue
        keys = item_keys(row.item)
        words, due = given.get(keys.plan, Given()).value, given.get(keys.plan_due, Given()).value
        plans.append(
            Plan(
                row.item,
                row.standard,
                row.score,
                str(words or "").strip(),
                date.fromisoformat(str(due)) if due else None,
            )
        )
    return plans
