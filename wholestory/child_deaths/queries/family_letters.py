"""Whether one of a family may be written to, as far as the reader may know.

Whoever runs the case is given the reason. The key worker is given none, and nothing to guess one from: of everybody
they read the same words, they prepare letters to everybody alike, and those who run the case decide what is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wholestory.child_deaths.models import Carer, Case, FamilyRecord, QuietDay, Suspicion
from wholestory.child_deaths.queries.outside import newest_suspicion
from wholestory.child_deaths.rules import letters
from wholestory.child_deaths.rules.grounds import ours
from wholestory.child_deaths.rules.letters import Answer, Day, HardDay, May

UNKNOWN = ours(
    "added_by_key_worker", "The key worker added this person. Say first which relative of the case it is."
)
#: What a key worker reads of every family and of everybody in it, whatever police have said or not said.
ASK_ALWAYS = (
    "Ask the coordinator before you write to, telephone or visit anybody of this family, each time. We ask this of"
    " every key worker, for everybody in every family. A letter you prepare goes to the coordinator, who decides"
    " whether it is sent."
)
#: What anybody but those who run the case meets when they try to send or sign one.
THEY_SEND = "Whoever runs the case signs and sends letters to a family."
_STANDING = Suspicion.Standing


def may_be_written_to(carer: Carer, today: date, *, by_itself: bool = False) -> Answer:
    """Whether a letter may go to this person today; for the key worker, whether one may be prepared. ``by_itself`` is
    for what no person decides to send that day."""
    days = days_of(QuietDay.objects.filter(family=carer.family_id))
    if not sees_the_case(carer.family):
        return judged(carer, None, days, today, by_itself=by_itself, whole=False)
    return judged(carer, newest_suspicion(carer.relative_id), days, today, by_itself=by_itself)


def sees_the_case(family: FamilyRecord) -> bool:
    """Whether the reader sees the case behind the family's record, and with it what police have said."""
    return Case.objects.filter(pk=family.case_id).exists()


def judged(
    carer: Carer,
    seen: Suspicion | None,
    days: Iterable[Day],
    today: date,
    *,
    by_itself: bool = False,
    whole: bool = True,
) -> Answer:
    """The answer from rows that were read already. It is not ``whole`` for the key worker: it rests on the family's own
    record alone."""
    found = letters.may_write(_addressee(carer, seen), days, today, by_itself=by_itself)
    unknown = carer.ask_first and carer.relative_id is None
    if whole and unknown and found.ground not in (letters.DIED, letters.WISH):
        return Answer(May.ASK_FIRST, UNKNOWN)
    return found


def days_of(rows: Iterable[QuietDay]) -> list[Day]:
    """The hard days of a family."""
    return [Day(HardDay(row.kind), row.on) for row in rows]


def _addressee(carer: Carer, seen: Suspicion | None) -> letters.Addressee:
    standing = seen.standing if seen else ""
    return letters.Addressee(
        suspected=standing in (_STANDING.SUSPECTED, _STANDING.CHARGED),
        convicted=standing == _STANDING.CONVICTED,
        police_ask=standing == _STANDING.POLICE_ASK and not (seen and seen.police_agree),
        police_agreed=bool(seen and seen.police_agree),
        lives_with_suspect=standing == _STANDING.WITH_SUSPECT,
        wishes_no_contact=carer.wishes_no_contact,
        is_a_child=carer.is_child,
        has_died=carer.has_died,
        address_known=bool(carer.postal.strip() or carer.email),
        language=carer.language,
        format="" if carer.format == Carer.Format.PLAIN else carer.get_format_display().lower(),
    )
