"""A return that several posts must sign: each signs the same answers, and each is another person."""

from __future__ import annotations

from datetime import date, datetime

from wholestory import ledger
from wholestory.assurance.models import Return, SignOff, StageChange
from wholestory.assurance.queries.signatures import SIGNATURE_LAPSED, Given, Signatures, signatures
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork import queries
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Person

#: What the history calls a signature that others must join.
SIGNED_IN_PART = "signed_in_part"


class NotYoursToSign(ValueError):
    """This signature cannot be given; the message says what to do."""


def sign_in_part(
    *, actor: Person, ret: Return, post: str, declaration: str, today: date, now: datetime, read: str | None
) -> SignOff | None:
    """Give one of the signatures a return needs; None where it is the last and the return can be signed off.

    Whoever calls this holds the return. Raises paperwork's NotReady and NotAsRead as ``submit`` does, NotYoursToSign
    for a post that does not sign, or has signed, and for a person who has signed already.
    """
    AnswerSet.objects.select_for_update().get(pk=ret.answers_id)
    filled = queries.filled(ret.answers)
    problems, clashes = filled.sheet.problems(today), len(queries.open_clashes(filled))
    if problems or clashes:
        raise paperwork.NotReady(problems, clashes)
    says = paperwork.says(filled)
    if read is not None and read != says:
        raise paperwork.NotAsRead
    found = signatures(ret, says)
    chosen = _post(found, actor, post)
    _cross_out(ret, found, actor, today)
    if found.awaited == (chosen,):
        return None
    ledger.line("assurance.signed_in_part", ret.record)
    StageChange.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move=SIGNED_IN_PART, from_stage=ret.stage,
        to_stage=ret.stage, by=actor, on=today, reason=f"As {chosen}",
    )  # fmt: skip
    return SignOff.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, person=actor, post=chosen,
        declaration=declaration, content_hash=says, is_nil=False, signed_at=now, signed_on=today,
    )  # fmt: skip


def _post(found: Signatures, actor: Person, post: str) -> str:
    """The post as the framework names it."""
    wanted = {each.casefold(): each for each in found.wanted}
    chosen = wanted.get(post.strip().casefold())
    if chosen is None:
        raise NotYoursToSign(f"Say in which post you sign: {' or '.join(found.wanted)}.")
    if (mine := found.by(actor.id)) is not None:
        raise NotYoursToSign(
            f"You have signed as {mine.post}. {found.awaited_words.capitalize()} must be somebody else."
        )
    if chosen not in found.awaited:
        whose = next(one.person for one in found.holding if one.post == chosen)
        raise NotYoursToSign(f"{whose} has signed as {chosen} already.")
    return chosen


def lapse(*, actor: Person, ret: Return, today: date) -> tuple[Given, ...]:
    """Cross out the signatures given to answers that were changed since: those that held until now."""
    return _cross_out(ret, signatures(ret), actor, today)


def _cross_out(ret: Return, found: Signatures, actor: Person, today: date) -> tuple[Given, ...]:
    """Signatures to answers that were changed since hold no more; the history says so."""
    lapsed = tuple(one for one in found.given if not one.holds and not one.crossed_out)
    if not lapsed:
        return ()
    ledger.line("assurance.signature_lapsed", ret.record)
    SignOff.objects.filter(pk__in=[one.id for one in lapsed]).update(withdrawn_on=today)
    StageChange.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move=SIGNATURE_LAPSED, from_stage=ret.stage,
        to_stage=ret.stage, by=actor, on=today,
        reason="Answers were changed after they were signed by " + " and ".join(one.person for one in lapsed),
    )  # fmt: skip
    return lapsed
