"""How made-up returns were moderated: who was let in, what was asked, which scores were changed and why."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from wholestory.access.models import Grant
from wholestory.assurance.models import Judgement, Query, Stage
from wholestory.config.example import scale_names as names
from wholestory.config.example.scale_directory import key
from wholestory.config.example.scale_fates import moment
from wholestory.partners.models import Person

if TYPE_CHECKING:
    from wholestory.config.example.scale_cycles import Told

AT_ONCE = 2000


def moderate(told: Sequence[Told], manager: Person, chosen: random.Random, *, live: bool) -> None:
    """Let moderators in and write what they asked and judged; some new returns still wait for a moderator."""
    signed = [one for one in told if one.fate.signed]
    if live:
        signed = [one for one in signed if one.fate.stage != Stage.SIGNED_OFF or chosen.random() < 0.7]
    Grant.objects.bulk_create(
        [
            Grant(
                id=key(chosen), circle_id=circle, office_id=one.ret.office_id, person=one.moderator, role="moderator",
                purpose="moderation", starts_on=one.fate.signed_on, given_by=manager,
                created_at=moment(one.fate.signed_on),
            )
            for one in signed for circle in (one.ret.circle_id, one.ret.notes_circle_id)
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    Query.objects.bulk_create(
        [_query(one, chosen) for one in signed if one.fate.was_queried], batch_size=AT_ONCE
    )
    judged = [row for one in signed if one.fate.moderated for row in _judgements(one, chosen)]
    Judgement.objects.bulk_create(judged, batch_size=AT_ONCE)


def _query(one: Told, chosen: random.Random) -> Query:
    answered = one.fate.stage != Stage.RETURNED_WITH_QUERY
    return Query(
        id=key(chosen), return_of=one.ret, circle_id=one.ret.circle_id, office_id=one.ret.office_id,
        item=chosen.choice(list(one.answers.scores)), words="What does this rest on? Please send what shows it.",
        asked_by=one.moderator, asked_on=one.fate.queried_on, created_at=moment(one.fate.queried_on),
        answer="The minutes of November are with the files of this standard." if answered else "",
        answered_by=one.writer if answered else None, answered_on=one.fate.answered_on if answered else None,
    )  # fmt: skip


def _judgements(one: Told, chosen: random.Random) -> Iterator[Judgement]:
    """Judgements stand in the moderators' circle until release, and in the agency's after it."""
    circle = one.ret.circle_id if one.fate.stage == Stage.RELEASED else one.ret.notes_circle_id
    values = [point.value for point in one.answers.framework.scale.points]
    common: dict[str, Any] = {
        "return_of": one.ret, "circle_id": circle, "office_id": one.ret.office_id, "by": one.moderator,
        "on": one.fate.moderated_on, "created_at": moment(one.fate.moderated_on),
    }  # fmt: skip
    for item, score in one.answers.scores.items():
        if not score and one.answers.framework.items[item].critical:
            # A critical line that does not apply is agreed to before a result goes out.
            yield Judgement(id=key(chosen), item=item, reason=names.STANDS, **common)
        if score and chosen.random() < 0.2:
            lowered = score != values[0] and chosen.random() < 0.5
            yield Judgement(
                id=key(chosen), item=item, self_score=score, reason=names.LOWERED if lowered else names.STANDS,
                score=values[values.index(score) - 1] if lowered else score, **common,
            )  # fmt: skip
    yield Judgement(
        id=key(chosen), item="", reason="Thank you. Read as a whole it is a fair account.", **common
    )
