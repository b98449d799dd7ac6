"""Writing score sheets: when a return is signed, opened again, judged, released or brought in. The system writes
them, not the person: an agency that opens its return again does not see the moderators' sheet that goes with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance.answers import Scores
from wholestory.assurance.models import Cycle, Judgement, Return, ScoreSheet, Stage, Whose
from wholestory.assurance.sheets import rests_on, scores_under, stored_items, stored_standards
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Board

#: From these stages on a return has scores; a query keeps them, unseen until it is answered.
WITH_SCORES = (
    Stage.SIGNED_OFF, Stage.RETURNED_WITH_QUERY, Stage.ANSWERED, Stage.MODERATED, Stage.RELEASED, Stage.BROUGHT_IN,
)  # fmt: skip
#: Moderation is done: there is a moderated sheet even where every score was left as it stood.
_DONE = (Stage.MODERATED, Stage.RELEASED)
AT_ONCE = 200


def follow(ret: Return) -> None:
    """Bring one return's sheets up to what the return is now. Called inside the operation that changed it."""
    with acting.as_system(ret.board_id, "tally"):
        cycle = Cycle.objects.get(pk=ret.cycle_id)
        standing = Return.objects.get(pk=ret.pk)
        if standing.stage not in WITH_SCORES:
            gone = ScoreSheet.objects.filter(return_of=ret.pk)
            if gone.exists():
                ledger.line(
                    "assurance.unscored", kind="assurance.return", ids=[ret.record_id], board_id=ret.board_id
                )
                gone.delete()
            return
        _write(cycle, [standing])


def keep(cycle: Cycle, returns: Sequence[Return]) -> int:
    """Write the sheets of these returns of one cycle that are missing or stale; how many returns had one of those.

    For rounds brought in from files, and for those signed before there were sheets. The system must be acting.
    """
    written = 0
    wanted = [ret for ret in returns if ret.stage in WITH_SCORES]
    for at in range(0, len(wanted), AT_ONCE):
        written += _write(cycle, wanted[at : at + AT_ONCE])
    return written


def rebuild(board: Board) -> int:
    """Write every missing or stale sheet of one board; how many returns had one. Run twice, the second writes none."""
    written = 0
    with acting.as_system(board, "tally"):
        for cycle in Cycle.objects.filter(board=board).order_by("opens_on", "id"):
            written += keep(
                cycle, list(Return.objects.filter(cycle=cycle, stage__in=WITH_SCORES).order_by("id"))
            )
    return written


def _write(cycle: Cycle, returns: Sequence[Return]) -> int:
    ids = [ret.id for ret in returns]
    judged: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = (
        Judgement.objects.filter(return_of__in=ids)
        .exclude(item="")
        .values_list("return_of_id", "item", "score")
    )
    for return_id, item, score in rows:
        judged[return_id][item] = score
    hashes = dict(AnswerSet.objects.filter(self_audit__in=ids).values_list("self_audit__id", "content_hash"))
    kept = {
        (of, whose): (mark, circle)
        for of, whose, mark, circle in ScoreSheet.objects.filter(return_of__in=ids).values_list(
            "return_of_id", "whose", "rests_on", "circle_id"
        )
    }
    wanted: dict[tuple[UUID, str], tuple[Return, str, int]] = {}
    for ret in returns:
        digest = hashes.get(ret.id, "")
        wanted[ret.id, Whose.AGENCY] = (ret, rests_on(cycle, ret, digest, None), ret.circle_id)
        if judged[ret.id] or ret.stage in _DONE:
            door = ret.circle_id if ret.stage == Stage.RELEASED else ret.notes_circle_id
            wanted[ret.id, Whose.MODERATED] = (ret, rests_on(cycle, ret, digest, judged[ret.id]), door)
    fresh = {at for at, (_, mark, circle) in wanted.items() if kept.get(at) == (mark, circle)}
    left_over = [at for at in kept if at not in wanted]
    to_write = {at: one for at, one in wanted.items() if at not in fresh}
    if not to_write and not left_over:
        return 0
    touched = {ret.record_id for ret, _, _ in to_write.values()} or {ret.record_id for ret in returns}
    ledger.line("assurance.scored", kind="assurance.return", ids=sorted(touched), board_id=cycle.board_id)
    for of, whose in (*to_write, *left_over):
        if (of, whose) in kept:
            ScoreSheet.objects.filter(return_of=of, whose=whose).delete()
    scores = _scores(cycle, list({ret.id: ret for ret, _, _ in to_write.values()}.values()))
    ScoreSheet.objects.bulk_create(
        [
            ScoreSheet(
                return_of=ret, cycle=cycle, agency_id=ret.agency_id, circle_id=circle, office_id=ret.office_id,
                whose=whose, rests_on=mark, **_content(scores[whose == Whose.AGENCY][ret.id], whose),
            )
            for (_, whose), (ret, mark, circle) in to_write.items()
        ],
        batch_size=500,
    )  # fmt: skip
    return len(touched)


def _content(scores: Scores, whose: str) -> dict[str, object]:
    return {
        "items": stored_items(scores, own=whose == Whose.AGENCY),
        "standards": stored_standards(scores),
    }


def _scores(cycle: Cycle, returns: list[Return]) -> dict[bool, dict[UUID, Scores]]:
    """The agency's own scores (True) and those in force (False), by return."""
    by_framework: dict[tuple[str, int], list[Return]] = defaultdict(list)
    for ret in returns:
        by_framework[ret.framework, ret.framework_version].append(ret)
    found: dict[bool, dict[UUID, Scores]] = {True: {}, False: {}}
    for some in by_framework.values():
        found[True] |= scores_under(cycle, some, judgements=False)
        found[False] |= scores_under(cycle, some)
    return found
