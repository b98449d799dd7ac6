"""Where rounds that were brought in stand in the trends: before the first round that asks any of their questions.

Source: domain notes on quality assurance, 6.2 item 17. A round nothing of which can be compared is in no trend.
"""

from __future__ import annotations

from wholestory import ledger
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.comparing import mapping
from wholestory.assurance.models import Cycle, CycleKind, Stage
from wholestory.partners.models import Board


def relink(board: Board) -> None:
    """Put every live past round before the earliest later round that asks something of it, by date. A round that
    follows another one asked here keeps it: the board's own trend is never cut by one its members do not see. The
    system must be acting."""
    cycles = list(
        Cycle.objects.filter(board=board).select_related("record", "previous").order_by("opens_on", "id")
    )
    live = set(
        Cycle.objects.filter(board=board, kind=CycleKind.PAST, returns__stage=Stage.BROUGHT_IN)
        .values_list("pk", flat=True)
        .distinct()
    )
    past = [one for one in cycles if one.pk in live]
    heads = [
        one
        for one in cycles
        if one.kind == CycleKind.FULL and (one.previous is None or one.previous.kind == CycleKind.PAST)
    ]
    before: dict[object, list[Cycle]] = {one.pk: [] for one in heads}
    alone = [one for one in cycles if one.kind == CycleKind.PAST]
    for one in reversed(past):
        later = next((head for head in heads if head.opens_on > one.opens_on and comparable(one, head)), None)
        if later is not None:
            before[later.pk].append(one)
            alone.remove(one)
    for head in heads:
        chain = [head, *before[head.pk]]
        for after, earlier in zip(chain, [*chain[1:], None], strict=True):
            _follows(after, earlier)
    # Those that nothing asked here follows stand one behind the other, so that the next round finds them.
    waiting = [one for one in reversed(alone) if one.pk in live]
    for one in alone:
        following = waiting[waiting.index(one) + 1 :] if one in waiting else []
        _follows(one, next((each for each in following if comparable(each, one)), None))


def comparable(before: Cycle, after: Cycle) -> bool:
    """Whether any question of the earlier round may be set beside one of the later."""
    first = framework_called(before.framework, before.framework_version)
    last = framework_called(after.framework, after.framework_version)
    return any(row.kind.is_comparable for row in mapping(first, last))


def _follows(after: Cycle, earlier: Cycle | None) -> None:
    if after.previous_id == (earlier.pk if earlier else None):
        return
    ledger.line("assurance.past_linked", after.record)
    after.previous = earlier
    after.save(update_fields=["previous"])
