"""Putting a case before a meeting of the panel: who is let in to its papers, who is kept out, taking it off again."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, PackPart, Review
from wholestory.child_deaths.operations import relatives
from wholestory.child_deaths.operations.pack import unanswered_places
from wholestory.child_deaths.operations.review import DRAFT, ReviewRefused
from wholestory.child_deaths.queries import listed as reads
from wholestory.child_deaths.queries import pack, review
from wholestory.kernel.moments import Moment
from wholestory.meetings.models import Item, Meeting, MeetingKind
from wholestory.meetings.operations import add_paper, list_item, withdraw_item
from wholestory.partners.models import Person
from wholestory.pathways.operations.moves import move


@transaction.atomic
def list_for(*, actor: Person, review_: Review, meeting: Meeting, today: date, now: Moment) -> Item:
    """Put the case on the agenda and let the members of the meeting in to its papers.

    Raises ReviewRefused when the papers are not released or name somebody, and for a regional meeting when the death
    was reviewed before; CannotMove when the case is not ready; MeetingRefused; NotForYou.
    """
    asking.require(actor, Verb.MANAGE, review_, kind=DRAFT)
    case = _case(review_)
    if review.released(review_) is None:
        raise ReviewRefused("Release the anonymised papers first.")
    parts = list(PackPart.objects.filter(review=review_, left_out=False))
    if unanswered_places(review_, case, parts):
        raise ReviewRefused(
            "A name or number has come to light since the papers were released. Look at them again."
        )
    if meeting.kind == MeetingKind.REGIONAL and (before := reads.reviewed_before(case, review_)):
        raise ReviewRefused(
            f"{before} A regional themed meeting takes only cases that were not reviewed before."
        )
    move(actor=actor, record=case.record, name="listed", today=today, now=now)
    item = list_item(
        actor=actor, meeting=meeting, record=review_.record, neutral_title=pack.neutral(case), today=today,
        circle=review_.circle, office=review_.office,
    )  # fmt: skip
    add_paper(
        actor=actor, item=item, record=review_.record, title="Anonymised papers and analysis", today=today
    )
    let_members_in(actor=actor, review_=review_, item=item, today=today, now=now)
    return item


@transaction.atomic
def let_members_in(*, actor: Person, review_: Review, item: Item, today: date, now: Moment) -> None:
    """Let in whoever sits at the meeting now, and nobody else; done again when seats or the chair have changed.

    Somebody with the name of a relative of the child is kept out until ``lift_relative``.
    """
    asking.require(actor, Verb.MANAGE, review_, kind=DRAFT)
    case = _case(review_)
    people = reads.sits_at(item.meeting, today)
    if item.chaired_by is not None:
        people[item.chaired_by] = reads.CHAIR
    if reads.relatives_among(case, [actor]):
        raise ReviewRefused(
            "You bear the name of a relative of this child. Somebody else has to list the case."
        )
    relatives.keep_out(
        actor=actor, case=case, circle=review_.circle, people=people, about=review_.record, today=today
    )
    days = case.panel.settings.get("papers_open_days", reads.OPEN_DAYS)
    ends_on = max(item.meeting.meets_on, today) + timedelta(days=int(days))
    wanted = {(person.id, role): person for person, role in people.items()}
    standing = reads.let_in(review_)
    stale = [one for one in standing if (one.person_id, one.role) not in wanted or one.ends_on != ends_on]
    _let_out(review_, stale, now)
    kept = {(one.person_id, one.role) for one in standing} - {(one.person_id, one.role) for one in stale}
    fresh = [
        Grant(
            circle_id=review_.circle_id, office_id=review_.office_id, person=person, role=role, purpose="panel_meeting",
            starts_on=today, ends_on=ends_on, given_by=actor,
        )
        for (key, role), person in wanted.items()
        if (key, role) not in kept
    ]  # fmt: skip
    if fresh:
        ledger.line("child_deaths.panel_let_in", review_.record)
        Grant.objects.bulk_create(fresh)
        derive.add_grants(fresh)


@transaction.atomic
def take_off(*, actor: Person, review_: Review, because: str, today: date, now: Moment) -> None:
    """Take the case off the agenda: its papers are shut to the panel from this moment.

    Raises ReviewRefused when it is on none, MeetingRefused, CannotMove, NotForYou.
    """
    asking.require(actor, Verb.MANAGE, review_, kind=DRAFT)
    item = reads.waiting_item(review_)
    if item is None:
        raise ReviewRefused("It is on no agenda.")
    case = _case(review_)
    withdraw_item(actor=actor, item=item, because=because, today=today)
    move(actor=actor, record=case.record, name="taken_off", today=today, now=now, reason=because.strip())
    shut(actor=actor, review_=review_, now=now)


@transaction.atomic
def shut(*, actor: Person, review_: Review, now: Moment) -> None:
    """Shut the papers to everybody of the panel now, without waiting for the day on which they shut by themselves."""
    asking.require(actor, Verb.MANAGE, review_, kind=DRAFT)
    _let_out(review_, reads.let_in(review_), now)


@transaction.atomic
def lift_relative(*, actor: Person, review_: Review, person: Person, made_sure: bool, now: Moment) -> None:
    """Somebody made sure that a member who bears the name of a relative is not one. Never for oneself."""
    asking.require(actor, Verb.MANAGE, review_, kind=DRAFT)
    if person == actor:
        raise ReviewRefused("Somebody else has to make sure of that.")
    if not made_sure:
        raise ReviewRefused("Say that you have made sure that they are not related.")
    case = _case(review_)
    relatives.let_back_in(
        circles=(review_.circle_id, case.circle_id), person=person, about=review_.record, now=now
    )


@transaction.atomic
def note_elsewhere(*, actor: Person, review_: Review, elsewhere_by: str, elsewhere_on: date | None) -> None:
    """Note that another panel had reviewed the death before it came here, and when."""
    asking.require(actor, Verb.MANAGE, review_, kind=DRAFT)
    ledger.line("child_deaths.reviewed_elsewhere", review_.record)
    review_.elsewhere_by, review_.elsewhere_on = elsewhere_by.strip()[:160], elsewhere_on
    review_.save(update_fields=["elsewhere_by", "elsewhere_on"])


def _let_out(review_: Review, grants: list[Grant], now: Moment) -> None:
    if not grants:
        return
    ledger.line("child_deaths.panel_let_out", review_.record)
    Grant.objects.filter(pk__in=[one.pk for one in grants]).update(withdrawn_at=now.at)
    derive.rewrite(*[one.person for one in grants])


def _case(review_: Review) -> Case:
    return Case.objects.select_related("record__board", "child", "panel", "home_area").get(pk=review_.case_id)
