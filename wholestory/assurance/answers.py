"""Reads a return's answers as the rules know them: item by item, both scores, each kind of nothing apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys, stored_score
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, Judgement, Return, Stage
from wholestory.assurance.rules.cells import ReturnPosition, Standing
from wholestory.assurance.rules.chosen import CycleRules, Made, cap_under, how_made, rules_in
from wholestory.assurance.rules.rollup import (
    CriticalCap,
    ItemAnswer,
    ItemState,
    StandardScore,
    standard_score,
)
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.paperwork.given import Given, Nothing
from wholestory.paperwork.models import Answer, AnswerSet

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
    Stage.REFUSED: Standing.REFUSED,
    Stage.BROUGHT_IN: Standing.BROUGHT_IN,
}


def position(ret: Return) -> ReturnPosition:
    """Where a return stands, for the rules."""
    reason = ""
    if ret.stage == Stage.NIL:
        reason = ret.nil_reason
    elif ret.stage == Stage.REFUSED:
        reason = ret.refused_reason
    return _position(ret.stage, ret.due_on, ret.extended_to, reason, ret.first_signed_on is not None)


@lru_cache(maxsize=2_000)
def _position(
    stage: str, due_on: date, extended_to: date | None, reason: str, came_once: bool
) -> ReturnPosition:
    # Hundreds of returns of one cycle stand in a dozen places, and a page of results asks several times for each.
    return ReturnPosition(STANDING[stage], due_on, extended_to, reason, came_once)


def framework_of(ret: Return) -> Framework:
    """The framework the return was issued under."""
    return framework_called(ret.framework, ret.framework_version)


def test_of(ret: Return) -> CompliantTest:
    """What counts as compliant in this return."""
    return _test(ret.framework, ret.framework_version, ret.compliant_from)


@lru_cache(maxsize=200)
def _test(framework: str, version: int, compliant_from: str) -> CompliantTest:
    return CompliantTest(framework_called(framework, version).scale, compliant_from)


def item_answers(
    framework: Framework, given: Mapping[str, Given], judged: Mapping[str, str]
) -> list[ItemAnswer]:
    """One ItemAnswer per item of the framework, from the answers of its score questions and any moderated scores."""
    rows = []
    for key, item in framework.items.items():
        answer = given.get(key, Given())
        state, score, reason, moderated, plain = ItemState.UNANSWERED, "", "", "", ""
        if answer.nothing is Nothing.NOT_APPLICABLE and answer.reason.strip():
            state, reason = ItemState.NOT_APPLICABLE, answer.reason
        elif answer.nothing is Nothing.NOT_ASKED:
            state = ItemState.NOT_ASKED
        elif answer.is_blank and answer.typed is not None:
            state = ItemState.NOT_READ
        elif (
            answer.nothing is None
            and answer.value is not None
            and not answer.to_confirm
            and not framework.scored
        ):
            state, plain = ItemState.PLAIN, stored_score(answer.value)
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
                weight=item.weight,
                plain=plain,
            )
        )
    return rows


@dataclass(frozen=True)
class Scores:
    """All item answers of one return, rolled up by standard."""

    items: tuple[ItemAnswer, ...]
    standards: Mapping[str, StandardScore]


def cap_of(cycle: Cycle) -> CriticalCap | None:
    """The cap this cycle puts on standards with a lowest score on a critical item; None while it is off."""
    return cap_under(cycle, framework_called(cycle.framework, cycle.framework_version).scale)


def rules_of(ret: Return) -> CycleRules:
    """The rules of the cycle a return belongs to, which its agency does not see: so the system looks. They are settled
    before anybody is asked, and each process looks once."""
    return _rules(ret.cycle_id, ret.board_id)


@lru_cache(maxsize=500)
def _rules(cycle_id: UUID, board_id: UUID) -> CycleRules:
    with acting.as_system(board_id):
        return rules_in(Cycle.objects.get(pk=cycle_id))


def how_made_of(framework: Framework, test: CompliantTest, rules: CycleRules) -> tuple[Made, ...]:
    """How figures are made under these rules, in words."""
    return how_made(
        test, cap=cap_under(rules, framework.scale), reweight=rules.reweight, weighting=rules.weighting,
        has_weights=framework.has_weights, scored=framework.scored,
    )  # fmt: skip


def roll_up(
    framework: Framework,
    rows: Iterable[ItemAnswer],
    test: CompliantTest,
    *,
    cap: bool | CriticalCap | None,
    reweight: bool = False,
) -> Scores:
    """Item answers to standards, with the critical cap when the cycle has it on (``cap_of``; True is the usual one)."""
    items = tuple(rows)
    held = CriticalCap.usual(framework.scale) if cap is True else cap or None
    own: dict[str, list[ItemAnswer]] = {s.key: [] for s in framework.standards}
    for item in items:
        own[item.standard].append(item)
    return Scores(
        items,
        {key: standard_score(key, some, test, cap=held, reweight=reweight) for key, some in own.items()},
    )


#: Scores of signed returns by the hash of what was signed and whatever else they rest on: what is sealed needs no
#: second reading. Each process has its own and may lose it at any time.
_SEALED: dict[tuple[Any, ...], Scores] = {}
MOST_SEALED = 2_000


def scores_of(
    returns: list[Return],
    *,
    cap: bool | CriticalCap | None,
    judgements: bool = True,
    reweight: bool = False,
) -> dict[UUID, Scores]:
    """Scores of many returns of one framework, in three queries whatever their number.

    Whoever may not see moderation yet simply finds no judgement rows: the database decides.
    """
    if not returns:
        return {}
    framework = framework_of(returns[0])
    judged: dict[UUID, dict[str, str]] = defaultdict(dict)
    if judgements:
        rows = Judgement.objects.filter(return_of__in=[r.id for r in returns]).exclude(item="")
        for return_id, item, score in rows.values_list("return_of_id", "item", "score"):
            judged[return_id][item] = score
    sets = AnswerSet.objects.filter(pk__in=[ret.answers_id for ret in returns])
    hashes = dict(sets.values_list("id", "content_hash"))
    scores: dict[UUID, Scores] = {}
    to_read: dict[UUID, tuple[Return, tuple[Any, ...]]] = {}
    for ret in returns:
        sealed = hashes.get(ret.answers_id, "")
        rests_on = (
            sealed,
            ret.framework,
            ret.framework_version,
            ret.compliant_from,
            cap,
            reweight,
            frozenset(judged[ret.id].items()),
        )
        known = _SEALED.get(rests_on) if sealed else None
        if known is None:
            to_read[ret.answers_id] = (ret, rests_on)
        else:
            scores[ret.id] = known
    given = _scored(list(to_read), list(framework.items))
    for answers_id, (ret, rests_on) in to_read.items():
        rows_of = item_answers(framework, given[answers_id], judged[ret.id])
        scores[ret.id] = roll_up(framework, rows_of, test_of(ret), cap=cap, reweight=reweight)
        if rests_on[0]:
            _keep(rests_on, scores[ret.id])
    return scores


def _scored(sets: list[UUID], keys: list[str]) -> dict[UUID, dict[str, Given]]:
    """The answers to the score questions of these sets: bare columns, which cost a tenth of what rows do."""
    given: dict[UUID, dict[str, Given]] = {answers_id: {} for answers_id in sets}
    found = Answer.objects.filter(answer_set__in=sets, key__in=keys, item=0)
    columns = ("answer_set_id", "key", "value", "nothing", "reason", "typed", "to_confirm")
    for answers_id, key, value, nothing, reason, typed, to_confirm in found.values_list(*columns):
        kind = Nothing(nothing) if nothing else None
        given[answers_id][key] = Given(value, kind, reason, typed, to_confirm=to_confirm)
    return given


def _keep(rests_on: tuple[Any, ...], scores: Scores) -> None:
    if len(_SEALED) >= MOST_SEALED:
        _SEALED.clear()
    _SEALED[rests_on] = scores


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
        if row.state not in (ItemState.SCORED, ItemState.PLAIN) or test.passes(row.score or row.plain):
            continue
        keys = item_keys(row.item)
        words, due = given.get(keys.plan, Given()).value, given.get(keys.plan_due, Given()).value
        plans.append(
            Plan(
                row.item,
                row.standard,
                row.score or row.plain,
                str(words or "").strip(),
                date.fromisoformat(str(due)) if due else None,
            )
        )
    return plans
