"""Whether one of a family may be written to, as far as the reader may know.

Whoever runs the case is given the reason. The key worker is not: the rows that hold it are not there for them, and the
person's own row says only that the coordinator is asked first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wholestory.child_deaths.models import Carer, QuietDay, Suspicion
from wholestory.child_deaths.queries.outside import newest_suspicion
from wholestory.child_deaths.rules import letters
from wholestory.child_deaths.rules.grounds import ours
from wholestory.child_deaths.rules.letters import Answer, Day, HardDay, May

COORDINATOR_FIRST = ours("coordinator_first", "The coordinator must be asked first.")
_STANDING = Suspicion.Standing


def may_be_written_to(carer: Carer, today: date, *, by_itself: bool = False) -> Answer:
    """Whether a letter may go to this person today. ``by_itself`` is for what no person decides to send that day."""
    days = days_of(QuietDay.objects.filter(family=carer.family_id))
    return judged(carer, newest_suspicion(carer.relative_id), days, today, by_itself=by_itself)


def judged(
    carer: Carer, seen: Suspicion | None, days: Iterable[Day], today: date, *, by_itself: bool = False
) -> Answer:
    """The answer from rows that were read already."""
    found = letters.may_write(_addressee(carer, seen), days, today, by_itself=by_itself)
    if carer.ask_first and seen is None and found.ground not in (letters.DIED, letters.WISH):
        return Answer(May.ASK_FIRST, COORDINATOR_FIRST)
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
