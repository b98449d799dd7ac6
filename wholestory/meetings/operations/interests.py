"""Interests: one's own register, what a member declares about items, and what the chair makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.asking import NotForYou
from wholestory.access.models import Refusal, RefusalReason
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.models import (
    Arrangement,
    Declaration,
    Effect,
    Interest,
    InterestKind,
    Item,
    Meeting,
    MeetingState,
    Part,
)
from wholestory.meetings.queries.counting import effects_on
from wholestory.meetings.refusing import MeetingRefused, NotYetDeclared
from wholestory.partners.models import Person

OPEN_PAPERS = (
    "The papers of part A are open to the whole group. Choose another answer, or ask to move it to part B."
)

#: From no interest to the papers withheld: members may go further by themselves, and not back.
STRICTER = ("", Effect.NOTED, Effect.NO_VOTE, Effect.LEAVE, Effect.WITHHELD)


@dataclass(frozen=True)
class Said:
    """A member's answer about one item; no ``effect`` means no interest."""

    item: Item
    effect: str = ""
    words: str = ""


@transaction.atomic
def declare(*, actor: Person, meeting: Meeting, answers: Sequence[Said], now: datetime) -> int:
    """Answer for oneself whether one has an interest in the items. How many items one is kept out of from now on.

    “I should not see its papers” takes hold at once. Raises MeetingRefused and NotForYou.
    """
    asking.require(actor, Verb.READ, meeting.record)
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingRefused("This meeting was cancelled.")
    before = effects_on([said.item for said in answers])
    for said in answers:
        if said.effect and not said.words.strip():
            raise MeetingRefused("Say what your interest is.")
        _can_have(said.item, said.effect)
        if STRICTER.index(said.effect) < STRICTER.index(before[said.item.pk].get(actor.id, "")):
            raise MeetingRefused(
                "You said more than this before. Ask the chair or whoever takes the minutes to change it."
            )
    ledger.line("meetings.interests_declared", meeting.record)
    Declaration.objects.bulk_create(
        [
            Declaration(
                item=said.item, circle_id=said.item.circle_id, office_id=said.item.office_id, person=actor,
                has_interest=bool(said.effect), effect=said.effect, by=actor, at=now,
                words=said.words.strip()[:500] if said.effect else "",
            )
            for said in answers
        ]
    )  # fmt: skip
    shut = [said.item for said in answers if said.effect == Effect.WITHHELD]
    _keep_out(actor, actor, shut, meeting.record.board.today())
    return len(shut)


@transaction.atomic
def set_effect(
    *, actor: Person, item: Item, person: Person, effect: str, reason: str, today: date, now: datetime
) -> None:
    """The chair or the secretary says what follows from somebody's interest, with the reason.

    Withholding the papers takes hold at once; so does lifting it. Both stay in the history. Nobody does this for
    themselves. Raises MeetingRefused and NotForYou.
    """
    authority.must_keep_or_chair(actor, item.meeting)
    asking.require(actor, Verb.READ, item)
    if actor == person:
        raise MeetingRefused("Somebody else has to say what follows from your own interest.")
    if effect not in Effect.values:
        raise MeetingRefused("Choose what follows from it.")
    if not reason.strip():
        raise MeetingRefused("Say why.")
    _can_have(item, effect)
    before = latest(item, person)
    ledger.line("meetings.effect_set", item.about, reason=f"effect.{effect}")
    Declaration.objects.create(
        item=item, circle_id=item.circle_id, office_id=item.office_id, person=person, has_interest=True, effect=effect,
        words=before.words if before else "", reason=reason.strip()[:500], by=actor, at=now,
    )  # fmt: skip
    if effect == Effect.WITHHELD:
        _keep_out(actor, person, [item], today)
    elif before is not None and before.effect == Effect.WITHHELD:
        _let_in_again(person, item, now)


def _can_have(item: Item, effect: str) -> None:
    if effect and effect not in Effect.values:
        raise MeetingRefused("Choose what follows from your interest.")
    if effect == Effect.WITHHELD and (item.part == Part.A or item.circle_id == item.meeting.circle_id):
        # A refusal is on the whole circle: here it would shut somebody out of the group.
        raise MeetingRefused(OPEN_PAPERS)


def _keep_out(actor: Person, person: Person, items: Iterable[Item], today: date) -> None:
    """A refusal on each item's circle, which beats every seat and grant from this moment on."""
    refused = []
    for item in items:
        standing = Refusal.objects.filter(
            circle=item.circle_id, person=person, reason=RefusalReason.CONFLICT, lifted_at=None
        )
        if not standing.exists():
            ledger.line("meetings.papers_withheld", item.about, reason="refusal.conflict")
            refused.append(
                Refusal(
                    circle_id=item.circle_id, office_id=item.office_id, person=person, reason=RefusalReason.CONFLICT,
                    starts_on=today, given_by=actor,
                )
            )  # fmt: skip
    if refused:
        Refusal.objects.bulk_create(refused)
        derive.rewrite(person)


def _let_in_again(person: Person, item: Item, now: datetime) -> None:
    standing = Refusal.objects.filter(
        circle=item.circle_id, person=person, reason=RefusalReason.CONFLICT, lifted_at=None
    )
    if standing.exists():
        ledger.line("meetings.papers_opened", item.about, reason="refusal.conflict")
        standing.update(lifted_at=now)
        derive.rewrite(person)


def latest(item: Item, person: Person) -> Declaration | None:
    """What counts of what was said about this person and item."""
    return Declaration.objects.filter(item=item, person=person).order_by("-at", "-created_at").first()


def undeclared(person: Person, meeting: Meeting) -> list[Item]:
    """The confidential items this person sees and has not answered for, in order. Empty for whoever sits in no seat."""
    if not authority.sits_in(person, meeting.group_id, meeting.record.board.today()):
        return []
    items = Item.objects.filter(meeting=meeting, part=Part.B, withdrawn_on=None).exclude(
        declarations__person=person
    )
    return list(items.select_related("about").order_by("place", "created_at"))


def must_have_declared(person: Person, item: Item) -> None:
    """Raise NotYetDeclared while a member has not answered for this item, and NotForYou when its papers are withheld.

    Whoever opens a paper of a confidential item asks this first. Those who sit in no seat of the group prepare the
    papers; they are asked nothing.
    """
    if item.part == Part.A:
        return
    said = latest(item, person)
    if said is not None and said.effect == Effect.WITHHELD:
        raise NotForYou(asking.Answer(False, "refusal.conflict", "You declared a conflict of interest."))
    if said is None and authority.sits_in(person, item.meeting.group_id, item.about.board.today()):
        raise NotYetDeclared("Say first whether you have an interest in any of the items.")


@transaction.atomic
def register(
    *,
    actor: Person,
    arrangements: Sequence[Arrangement],
    kind: str,
    words: str,
    starts_on: date | None,
    today: date,
) -> list[Interest]:
    """Enter an interest of one's own in the register of one or more groups. Raises MeetingRefused, NotForYou."""
    if kind not in InterestKind.values or not words.strip():
        raise MeetingRefused("Say what the interest is.")
    if starts_on and starts_on > today:
        raise MeetingRefused("Enter a first day that is not in the future.")
    entered = []
    for one in arrangements:
        asking.require(actor, Verb.READ, one)
        if not authority.sits_in(actor, one.group_id, today):
            raise MeetingRefused(f"You hold no seat in {one.group.name} today.")
        ledger.line("meetings.interest_registered", one.record)
        entered.append(
            Interest(
                circle_id=one.circle_id, office_id=one.office_id, person=actor, group_id=one.group_id, kind=kind,
                words=words.strip()[:300], starts_on=starts_on, declared_on=today, declared_by=actor,
            )
        )  # fmt: skip
    return Interest.objects.bulk_create(entered)


@transaction.atomic
def end_interest(*, actor: Person, interest: Interest, on: date) -> None:
    """Say that an interest of one's own has ended; the line stays in the register."""
    if interest.person_id != actor.id:
        raise MeetingRefused("Only the person themselves ends an interest.")
    if interest.ends_on is not None:
        raise MeetingRefused("This interest has ended already.")
    if interest.starts_on and on < interest.starts_on:
        raise MeetingRefused("The last day must be the first day or later.")
    record = Arrangement.objects.select_related("record").get(group=interest.group_id).record
    ledger.line("meetings.interest_ended", record)
    interest.ends_on = on
    interest.save(update_fields=["ends_on"])
