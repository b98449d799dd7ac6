"""Is this death known already? The cases and messages that may be of the same child, best first, with the reasons.

Everything is asked of the database as the acting person: what they may not see is not fetched, counted or hinted at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from wholestory.child_deaths.models import Case, Notification, NotificationStep, Settled
from wholestory.child_deaths.models.matching import MatchKey, NotTheSame
from wholestory.child_deaths.queries import identities
from wholestory.child_deaths.queries.keyed import sought
from wholestory.child_deaths.rules import matching
from wholestory.child_deaths.rules.matching import Identity, Match

#: How many are shown; how many that share a key are compared, those with the most keys in common first.
AT_MOST, COMPARED = 5, 50
#: A message that came in by the open page gets its keys within a minute; until then it is compared without them, if it
#: is among so many newest.
_NEWLY_COME = 60


@dataclass(frozen=True)
class Candidate:
    """A case, or a message that belongs to none, which may be of the same death. ``told`` is the account that fits
    best: a case has its own, those of its messages (``by`` names the one) and of cases ``joined`` to it.
    """

    match: Match
    told: Identity
    case: Case | None = None
    notification: Notification | None = None
    joined: tuple[str, ...] = ()
    by: str = ""

    @property
    def reference(self) -> str:
        """How pages name it."""
        found = self.case or self.notification
        return found.record.reference if found else ""


@dataclass(frozen=True)
class Found:
    """What may be of the same death, and what somebody has already said is not."""

    candidates: tuple[Candidate, ...]
    refused: tuple[NotTheSame, ...]


def of_notification(notification: Notification) -> Found:
    """What may be of the same death as this message. A constant number of queries."""
    return _found(
        identities.of_notification(notification),
        refused=_refused(Q(one_notification=notification) | Q(other_notification=notification)),
        notification=notification,
        case=case_of([notification.pk]).get(notification.pk),
    )


def of_case(case: Case) -> Found:
    """What may be of the same death as this case. A constant number of queries."""
    return _found(account_of(case), refused=_refused(Q(one_case=case) | Q(other_case=case)), case=case)


def of_two(one: Notification | Case, other: Case | Notification) -> Candidate:
    """Exactly these two compared, whatever the ranking says of the second."""
    sought, told = account_of(one), account_of(other)
    match = matching.score(sought, told)
    if isinstance(other, Case):
        return Candidate(match, told, case=other)
    return Candidate(match, told, notification=other)


def account_of(of: Notification | Case) -> Identity:
    """What a message or a case says of who died."""
    if isinstance(of, Notification):
        return identities.of_notification(of)
    account = identities.of_children([of.child_id]).get(of.child_id)
    return identities.whole(account) if account else Identity()


def case_of(notifications: Iterable[UUID]) -> dict[UUID, Case]:
    """The case each message belongs to now, followed through joined cases; messages of none are left out."""
    newest: dict[UUID, NotificationStep] = {}
    steps = NotificationStep.objects.filter(notification__in=list(notifications)).order_by("at", "created_at")
    for step in steps.select_related("case__record", "case__merged_into__record"):
        newest[step.notification_id] = step
    return {
        pk: end_of(step.case)
        for pk, step in newest.items()
        if step.case is not None and step.settled in (Settled.OPENED, Settled.JOINED)
    }


def end_of(case: Case) -> Case:
    """The case that this one was joined to, through several joinings; itself where it was not."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def _found(
    identity: Identity,
    *,
    refused: list[NotTheSame],
    notification: Notification | None = None,
    case: Case | None = None,
) -> Found:
    children, messages = _sharing(identity, notification)
    told = _accounts(children, messages)
    own = {case.pk, case.merged_into_id} if case else set()
    never = _named(refused)
    best: dict[UUID, Candidate] = {}
    for one in told:
        subject = one.case or one.notification
        if subject is None or subject.pk in own or subject.pk in never:
            continue
        if notification is not None and subject.pk == notification.pk:
            continue
        match = matching.score(identity, one.told)
        if match.verdict is matching.Verdict.NO:
            continue
        held = best.get(subject.pk)
        if held is None or match.score > held.match.score:
            best[subject.pk] = Candidate(match, one.told, one.case, one.notification, one.joined, one.by)
    ranked = sorted(best.values(), key=lambda one: (-one.match.score, one.reference))
    return Found(tuple(ranked[:AT_MOST]), tuple(refused))


@dataclass(frozen=True)
class _Told:
    told: Identity
    case: Case | None = None
    notification: Notification | None = None
    joined: tuple[str, ...] = ()
    by: str = ""


def _sharing(identity: Identity, notification: Notification | None) -> tuple[list[UUID], list[UUID]]:
    """The children and messages that share keys, those with the most in common first."""
    shared = (
        MatchKey.objects.filter(key__in=sought(identity))
        .values("child_id", "notification_id")
        .annotate(keys=Count("key"))
        .order_by("-keys", "child_id", "notification_id")[:COMPARED]
    )
    children: list[UUID] = []
    messages: list[UUID] = []
    for row in shared:
        if row["child_id"]:
            children.append(row["child_id"])
        else:
            messages.append(row["notification_id"])
    if notification is not None:
        # The newest by the index, and of those the few without keys: the other way round takes a look at every message.
        newest = (
            Notification.objects.filter(panel=notification.panel_id).order_by("-received_at").values("pk")
        )
        keyed = MatchKey.objects.filter(notification=OuterRef("pk"))
        new = Notification.objects.filter(~Exists(keyed), pk__in=newest[:_NEWLY_COME])
        messages += new.values_list("pk", flat=True)
    return children, messages


def _accounts(children: list[UUID], messages: list[UUID]) -> list[_Told]:
    """Each child as its case, and each message as the case it belongs to or as itself."""
    belongs = case_of(messages)
    everybody = {*children, *(case.child_id for case in belongs.values())}
    known = identities.of_children(everybody)
    cases = Case.objects.filter(child__in=children).select_related("record", "merged_into__record")
    found = []
    for case in cases:
        if (account := known.get(case.child_id)) is not None:
            joined = (case.record.reference,) if case.merged_into_id else ()
            found.append(_Told(identities.whole(account), case=end_of(case), joined=joined))
    for message in Notification.objects.filter(pk__in=messages).select_related("record"):
        told, held = identities.of_notification(message), belongs.get(message.pk)
        if held is None:
            found.append(_Told(told, notification=message))
        else:
            account = known.get(held.child_id)
            told = identities.as_found_out(told, account) if account else told
            found.append(_Told(told, case=held, by=message.record.reference))
    return found


def _refused(side: Q) -> list[NotTheSame]:
    """The decisions that still count, newest first."""
    return list(
        NotTheSame.objects.filter(side, taken_back_at=None)
        .select_related(
            "one_case__record",
            "other_case__record",
            "one_notification__record",
            "other_notification__record",
            "by",
        )
        .order_by("-at")
    )


def _named(refused: list[NotTheSame]) -> set[UUID]:
    """Everything these decisions name; whatever was searched for names itself too, which does no harm."""
    named = set()
    for one in refused:
        named |= {one.one_case_id, one.other_case_id, one.one_notification_id, one.other_notification_id}
    return {each for each in named if each is not None}
