"""What an interim round stands on, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wholestory.access import acting
from wholestory.actions.models import Action, ActionState
from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.as_form import files_key, item_keys, stored_score
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, Return, Stage
from wholestory.assurance.queries.lineage import pairs
from wholestory.assurance.rules.lineage import came_from
from wholestory.paperwork.given import Given
from wholestory.paperwork.models import Answer

#: A return that was signed, and with which the board is not in the middle of a question.
FIRM = (Stage.SIGNED_OFF, Stage.ANSWERED, Stage.MODERATED, Stage.RELEASED)


def can_stand_on(cycle: Cycle) -> dict[UUID, UUID]:
    """Which agencies can be asked in an interim round, each with the return of ``cycle.previous`` it stands on.

    Its own signed return; else that of a body it carries on from. A nil return is nothing to stand on. The system
    looks, because who prepares the round may be kept out of a return in it.
    """
    if cycle.previous_id is None:
        return {}
    with acting.as_system(cycle.board_id, "tally"):
        firm = Return.objects.filter(cycle=cycle.previous_id, stage__in=FIRM)
        own: dict[UUID, UUID] = dict(firm.values_list("agency_id", "id"))
    known = pairs()
    found = dict(own)
    for _, after in known:
        if after not in own:
            for before in came_from(after, known):
                if before in own:
                    found.setdefault(after, own[before])
                    break
    return found


@dataclass(frozen=True)
class Change:
    """One item of an interim return beside its baseline."""

    number: str
    text: str
    key: str
    page: str
    was: str
    now: str
    said_was: str
    said_now: str
    score_changed: bool


@dataclass(frozen=True)
class Since:
    """What changed since the baseline. ``changes`` are in the order of the form; ``files`` the standards whose files
    changed."""

    round: str
    changes: tuple[Change, ...]
    stand: int
    files: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """``3 answers changed since 2015/16; 37 stand.``"""
        number = len(self.changes)
        if not number:
            return f"No answer changed since {self.round}; all {self.stand} stand."
        return f"{number} {'answer' if number == 1 else 'answers'} changed since {self.round}; {self.stand} stand."


def since(ret: Return) -> Since | None:
    """What changed since the return this one stands on; None for a return that stands on none.

    The baseline may be a predecessor's: the round was prepared to stand on it, so the system reads its answers.
    """
    if ret.baseline_id is None:
        return None
    with acting.as_system(ret.board_id, "tally"):
        base = Return.objects.select_related("cycle").get(pk=ret.baseline_id)
        before, title = _given(base), base.cycle.title
    framework, now = framework_of(ret), _given(ret)
    changes = []
    for item in framework.items.values():
        keys = item_keys(item.key)
        asked = (keys.score, keys.said, keys.shown, keys.plan, keys.plan_due)
        if all(_same(before.get(key), now.get(key)) for key in asked):
            continue
        changes.append(
            Change(
                framework.numbers[item.key],
                item.text,
                item.key,
                framework.standard_of[item.key].key,
                _shown(framework, before.get(keys.score)),
                _shown(framework, now.get(keys.score)),
                _words(before.get(keys.said)),
                _words(now.get(keys.said)),
                not _same(before.get(keys.score), now.get(keys.score)),
            )
        )
    files = tuple(
        standard.title
        for standard in framework.standards
        if not _same(before.get(files_key(standard.key)), now.get(files_key(standard.key)))
    )
    return Since(title, tuple(changes), len(framework.items) - len(changes), files)


def open_actions(ret: Return) -> list[Action]:
    """Actions of the agency that the baseline led to and that are still open, for whoever may see them."""
    if ret.baseline_id is None:
        return []
    with acting.as_system(ret.board_id, "tally"):
        record = Return.objects.values_list("record_id", flat=True).get(pk=ret.baseline_id)
    done = (ActionState.CLOSED, ActionState.DROPPED)
    found = Action.objects.filter(sources__record=record).exclude(state__in=done).select_related("record")
    return list(found.distinct().order_by("due_on", "id"))


def _given(ret: Return) -> dict[str, Given]:
    return {a.key: a.given for a in Answer.objects.filter(answer_set=ret.answers_id, item=0)}


def _same(was: Given | None, now: Given | None) -> bool:
    """Whether two answers say the same; a blank and no answer at all do."""
    return _said(was) == _said(now)


def _said(given: Given | None) -> tuple[object, object, str]:
    if given is None:
        return (None, None, "")
    return (None if given.value in ("", []) else given.value, given.nothing, given.reason.strip())


def _words(given: Given | None) -> str:
    return str(given.value or "") if given else ""


def _shown(framework: Framework, given: Given | None) -> str:
    if given is None or (given.value is None and given.nothing is None):
        return "Not answered"
    if given.nothing is not None:
        return "Not applicable" + (f": {given.reason}" if given.reason else "")
    return framework.scale.point(stored_score(given.value)).label
