"""What the panel does with a case in its meeting: it decides, puts it off, and its members comment beforehand.

The chair sees the review and not the case. What follows for the case itself (its stage and its limits) is written by
the system on the chair's decision, which stands beside it under the chair's own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.acting import SYSTEM_ACTORS
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    Analysis,
    Case,
    Outcome,
    PanelComment,
    PanelDecision,
    Review,
    Unmasking,
)
from wholestory.child_deaths.operations import case_clocks
from wholestory.child_deaths.operations.review import DRAFT, ReviewRefused, draft, must_name_nobody
from wholestory.child_deaths.queries import listed
from wholestory.child_deaths.queries import review as reads
from wholestory.child_deaths.rules.categories import category
from wholestory.child_deaths.rules.factors import Modifiable
from wholestory.child_deaths.rules.response_steps import NOT_RECORDED, OF_RESPONSE
from wholestory.kernel.moments import Moment, on_day
from wholestory.meetings import authority
from wholestory.meetings.models import Decision, Item
from wholestory.meetings.operations import MeetingRefused, decide, must_have_declared
from wholestory.meetings.operations.deciding import NO_VOTE, must_be_able_to_decide
from wholestory.meetings.queries.counting import effects_on, quorum_of
from wholestory.partners.models import Person
from wholestory.pathways.operations.moves import move

#: Limits that end when the panel has reviewed the death, under either process.
REVIEWED = ("death_panel", "death_reviewed", "death_whole_review")


@transaction.atomic
def review_it(
    *,
    actor: Person,
    review: Review,
    words: str,
    today: date,
    now: Moment,
    on_word_of: Person | None = None,
) -> PanelDecision:
    """The panel has reviewed the death: what the analysis says now is what it decided. It is not final by that.

    By the chair, or by the coordinator on the chair's word. Raises ReviewRefused with what the analysis lacks;
    MeetingRefused when the meeting is not quorate for this case, which then may only discuss it; NotForYou.
    """
    item = _item(review)
    must_name_nobody(review, False, words=words)
    analysis = draft(actor, review)
    sheet = reads.sheet_of(analysis)
    if missing := [*sheet.classification.missing(), *_unanswered(analysis)]:
        raise ReviewRefused(". ".join(missing) + ".")
    chairs = authority.chairs(actor, item.meeting, item)
    quorum = must_be_able_to_decide(item.meeting, item, today)
    made = None
    if chairs or (on_word_of is not None and on_word_of == (item.chaired_by or item.meeting.chair)):
        said = f"Category {sheet.classification.primary}, {category(sheet.classification.primary).name}."
        said += f" {Modifiable(analysis.modifiable).label}. {words.strip()}"
        made = decide(
            actor=actor,
            item=item,
            words=said.strip(),
            today=today,
            now=now.at,
            on_word_of=None if chairs else on_word_of,
        )
    decided = _keep(
        actor, review, item, analysis, Outcome.REVIEWED, words, quorum, chairs, on_word_of, made=made
    )
    met = item.meeting.meets_on
    review.reviewed_on = met
    review.first_reviewed_on = review.first_reviewed_on or met
    review.save(update_fields=["first_reviewed_on", "reviewed_on"])
    with _for_the_case(actor, review, chairs) as (who, case):
        move(
            actor=who,
            record=case.record,
            name="reviewed",
            today=today,
            now=now,
            holding={"category", "modifiable"},
        )
        on = on_day(met)
        case_clocks.meet(actor=who, case=case, keys=REVIEWED, met=on, now=now)
        # What nobody recorded of the first response is no longer waited for.
        case_clocks.end(actor=who, case=case, keys=OF_RESPONSE, reason=NOT_RECORDED, now=now)
        case_clocks.begin(
            actor=who, case=case, keys=("death_analysis_finalised",), fact="panel", start=on, now=now
        )
    return decided


@transaction.atomic
def put_off(
    *,
    actor: Person,
    review: Review,
    because: str,
    again_on: date | None,
    more: bool,
    today: date,
    now: Moment,
    on_word_of: Person | None = None,
) -> PanelDecision:
    """Put the case off, with the reason and a day; ``more`` when the panel asks for more to be found out first.

    A meeting that may not decide may put off. No limit is moved by it. Raises ReviewRefused, NotForYou.
    """
    item = _item(review)
    if not because.strip():
        raise ReviewRefused("Say why the case is put off.")
    if again_on is None or again_on <= item.meeting.meets_on:
        raise ReviewRefused("Say by when it comes back: a day after this meeting.")
    if again_on > today + timedelta(days=1100):
        raise ReviewRefused("Choose a day within three years.")
    if item.meeting.meets_on > today:
        raise ReviewRefused("The meeting has not been held yet. Take the case off its agenda instead.")
    must_name_nobody(review, False, because=because)
    analysis = draft(actor, review)
    chairs = authority.chairs(actor, item.meeting, item)
    quorum = quorum_of(item.meeting, item).sentence
    outcome = Outcome.MORE if more else Outcome.DEFERRED
    decided = _keep(
        actor, review, item, analysis, outcome, because, quorum, chairs, on_word_of, again_on=again_on
    )
    with _for_the_case(actor, review, chairs) as (who, case):
        move(
            actor=who,
            record=case.record,
            name="deferred",
            today=today,
            now=now,
            reason=f"By the panel: {outcome.label}",
        )
    return decided


def _item(review: Review) -> Item:
    item = listed.waiting_item(review)
    if item is None:
        raise ReviewRefused("This case is not on the agenda of a meeting, or was decided there already.")
    return item


def _unanswered(analysis: Analysis) -> list[str]:
    return [] if analysis.modifiable else ["Say whether modifiable factors were identified"]


def _keep(
    actor: Person,
    review: Review,
    item: Item,
    analysis: Analysis,
    outcome: Outcome,
    words: str,
    quorum: str,
    chairs: bool,
    on_word_of: Person | None,
    *,
    again_on: date | None = None,
    made: Decision | None = None,
) -> PanelDecision:
    """The decision as it was made. Whoever does not chair says on whose word they write it down."""
    asking.require(actor, Verb.DECIDE, review)
    chair = item.chaired_by or item.meeting.chair
    if not chairs:
        if on_word_of is None or on_word_of != chair:
            raise ReviewRefused("Only the chair decides. Say that you write it down on the chair’s word.")
        if effects_on([item])[item.pk].get(on_word_of.id) in NO_VOTE:
            raise MeetingRefused(
                "The chair declared an interest in this case. Name somebody else to chair it."
            )
    ledger.line("child_deaths.panel_decided", review.record, reason=outcome.value)
    return PanelDecision.objects.create(
        review=review, circle_id=review.circle_id, office_id=review.office_id, outcome=outcome,
        meeting=item.meeting, item=item, words=words.strip(), again_on=again_on, version=analysis.version,
        as_decided=reads.sheet_of(analysis).as_decided(), quorum_words=quorum[:600], decided_on=item.meeting.meets_on,
        by=actor, on_word_of=None if chairs else on_word_of, decision=made,
    )  # fmt: skip


@contextmanager
def _for_the_case(actor: Person, review: Review, chairs: bool) -> Iterator[tuple[Person, Case]]:
    """Who writes what follows for the case, and the case. For a chair, who may not see it, that is the system."""
    rows = Case.objects.select_related("record__board")
    if not chairs:
        yield actor, rows.get(pk=review.case_id)
        return
    with acting.as_system(review.record.board_id, "timekeeper"):
        keeper, _name = SYSTEM_ACTORS["timekeeper"]
        yield Person.objects.get(pk=keeper), rows.get(pk=review.case_id)


@transaction.atomic
def comment(*, actor: Person, review: Review, words: str, now: Moment, looked: bool = False) -> PanelComment:
    """Say something of the papers before the meeting. Raises NotYetDeclared, and NotForYou."""
    asking.require(actor, Verb.WRITE, review)
    item = listed.item_of(review)
    if item is None:
        raise ReviewRefused("This case is on no agenda.")
    must_have_declared(actor, item)
    if not words.strip():
        raise ReviewRefused("Enter what you want to say.")
    must_name_nobody(review, looked, words=words)
    ledger.line("child_deaths.panel_commented", review.record)
    return PanelComment.objects.create(
        review=review, circle_id=review.circle_id, office_id=review.office_id, person=actor, words=words.strip(),
        at=now.at,
    )  # fmt: skip


@transaction.atomic
def unmask(
    *, actor: Person, review: Review, what: str, reason: str, now: Moment, looked: bool = False
) -> Unmasking:
    """The chair asks to see what the papers leave out, for a reason that members read with the papers.

    Raises ReviewRefused without a reason, NamesSomebody for one that does, NotForYou for others.
    """
    answer = asking.require(actor, Verb.DECIDE, review)
    if answer.code != f"grant.{listed.CHAIR}" and not _is_chair(actor, review):
        raise ReviewRefused("Whoever prepares the papers sees the case itself. Only the chair asks for this.")
    item = listed.item_of(review)
    if item is not None:
        must_have_declared(actor, item)
    if what not in Unmasking.What.values:
        raise ReviewRefused("Choose what you need to see.")
    if not reason.strip():
        raise ReviewRefused("Say why you need to see it.")
    must_name_nobody(review, looked, reason=reason)
    ledger.line("child_deaths.unmasked", review.record, reason=f"unmasked.{what}")
    return Unmasking.objects.create(
        review=review, circle_id=review.circle_id, office_id=review.office_id, what=what,
        reason=reason.strip()[:500], by=actor, at=now.at,
    )  # fmt: skip


def _is_chair(actor: Person, review: Review) -> bool:
    return any(one.person_id == actor.id and one.role == listed.CHAIR for one in listed.let_in(review))


def may_finish(actor: Person, review: Review) -> bool:
    """Whether this person makes the analysis final."""
    return asking.ask(actor, Verb.MANAGE, review, kind=DRAFT).yes
