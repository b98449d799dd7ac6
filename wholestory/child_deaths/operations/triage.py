"""Sorting: is it a death we review, who leads, and taking it on. Each decision is a named person's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    Case,
    CaseKind,
    Lead,
    LeadDecision,
    Notification,
    NotificationStep,
    Panel,
    Regime,
    Settled,
)
from wholestory.child_deaths.operations.opening import moment
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Area, Person
from wholestory.pathways import register
from wholestory.pathways.models import RunningClock
from wholestory.pathways.operations.clocks import cancel_clock, start_clock
from wholestory.pathways.operations.moves import move
from wholestory.pathways.register import NotInEdition

KIND = "child_deaths.case"

#: The clocks that begin with the death itself once a case is taken on. Those of the response begin with its decision.
FROM_THE_DEATH: Mapping[str, tuple[str, ...]] = {
    Regime.BOARD: ("death_reviewed",),
    Regime.PARTNERS: (
        "death_immediate_decisions", "death_professionals_told", "death_review_meeting", "death_whole_review",
    ),
}  # fmt: skip


#: How the keys of the response's own limits begin: they run on where only the response is recorded.
OF_THE_RESPONSE = (
    "jar_", "place_of_death", "death_told_together", "initial_case", "second_case", "third_case",
)  # fmt: skip


class TriageRefused(ValueError):
    """It cannot be decided like that; the sentence says what to do instead. ``field`` names what is missing, if any."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def settle_without_case(*, actor: Person, notification: Notification, reason: str, now: Moment) -> None:
    """No case comes of this message (it tells of no child's death, say). It is kept all the same."""
    asking.require(actor, Verb.WRITE, notification, kind="child_deaths.notification")
    if not reason.strip():
        raise TriageRefused("Say why no case comes of it.")
    ledger.line("child_deaths.settled_without_case", notification.record)
    NotificationStep.objects.create(
        notification=notification, circle_id=notification.circle_id, office_id=notification.office_id,
        settled=Settled.NO_CASE, by=actor, at=now.at, reason=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def decide_lead(
    *,
    actor: Person,
    case: Case,
    coordinates: str,
    leads: Panel,
    home_area: Area | None,
    rule: str,
    evidence: str,
    today: date,
    agreed_with: str = "",
    agreed_on: date | None = None,
    looked_after_by: Area | None = None,
) -> LeadDecision:
    """Record who gathers the information and which panel leads. Ours stays ours until another panel has accepted.

    Where two panels agreed, the agreement is dated and names who agreed (domain 1.6). Raises TriageRefused.
    """
    asking.require(actor, Verb.DECIDE, case.record)
    if not evidence.strip():
        raise TriageRefused("Say what shows where the child normally lived.")
    if rule == "agreed" and not (agreed_with.strip() and agreed_on):
        raise TriageRefused("An agreement between panels needs the day, and who agreed to it.")
    if agreed_on and agreed_on > today:
        raise TriageRefused("It cannot have been agreed later than today.")
    _rests_on_an_area(rule, leads, home_area, looked_after_by)
    ledger.line("child_deaths.lead_decided", case.record, reason=rule)
    made = LeadDecision.objects.create(
        case=case, circle_id=case.circle_id, office_id=case.office_id, coordinates=coordinates, leads=leads,
        home_area=home_area, rule=rule, evidence=evidence.strip(), agreed_with=agreed_with.strip(),
        agreed_on=agreed_on, by=actor, on=today,
    )  # fmt: skip
    case.home_area, case.looked_after_by = home_area, looked_after_by
    if leads == case.panel and case.lead in (Lead.DISPUTED, Lead.OURS):
        case.lead = Lead.OURS
    case.save(update_fields=["home_area", "looked_after_by", "lead"])
    return made


def _rests_on_an_area(rule: str, leads: Panel, home: Area | None, looked_after_by: Area | None) -> None:
    """A decision that rests on where a child lived, or on who looked after them, names that area, and it is one of
    the panel that leads. A panel whose areas are not in the directory is taken at its word: the
    evidence names it."""
    area, field, says = {
        "lived_here": (home, "home_area", "Choose the area where the child normally lived"),
        "looked_after": (
            looked_after_by,
            "looked_after_by",
            "Choose the authority that looked after the child",
        ),
    }.get(rule, (None, "", ""))
    theirs = set(leads.areas.all()) if field else set()
    if not theirs:
        return
    if area is None:
        names = ", ".join(sorted(one.name for one in theirs))
        raise TriageRefused(f"{says}. The area of {leads.name} is {names}.", field)
    if area not in theirs:
        raise TriageRefused(
            f"{area.name} is not in the area of {leads.name}. Choose another panel, area or reason.", field
        )


def newest_lead(case: Case) -> LeadDecision | None:
    """The decision that counts."""
    decisions = LeadDecision.objects.filter(case=case).select_related("leads", "by", "home_area")
    return decisions.order_by("-created_at").first()


@transaction.atomic
def take_on(*, actor: Person, case: Case, today: date, now: Moment) -> None:
    """We lead: the case becomes active and the clocks from the death begin. Raises StillNeeded without a decision."""
    asking.require(actor, Verb.DECIDE, case.record)
    decided = newest_lead(case)
    ours = decided is not None and decided.leads_id == case.panel_id
    move(
        actor=actor,
        record=case.record,
        name="taken_on",
        today=today,
        now=now,
        holding={"lead"} if ours else set(),
    )
    if case.lead != Lead.OURS:
        case.lead = Lead.OURS
        case.save(update_fields=["lead"])
    start_from_death(actor=actor, case=case, now=now)


def start_from_death(*, actor: Person, case: Case, now: Moment) -> None:
    """Start the clocks that count from the death and do not run yet; none where the day of death is not known, none
    for a case that was brought in (its clocks are shown, and never counted as ours)."""
    if case.confirmed_at is None or case.brought_in or case.kind == CaseKind.RESPONSE_ONLY:
        return
    confirmed = moment(case.confirmed_at, case.confirmed_precision)
    there = set(RunningClock.objects.filter(record=case.record).values_list("key", flat=True))
    for key in FROM_THE_DEATH[case.regime]:
        if key not in there and _known(key, case.record.edition):
            start_clock(actor=actor, record=case.record, key=key, starts={"death": confirmed}, now=now)


def _known(key: str, edition: str) -> bool:
    try:
        register.clock(key, edition)
    except NotInEdition:
        return False
    return True


@transaction.atomic
def leave_out(*, actor: Person, case: Case, rule: str, reason: str, today: date, now: Moment) -> None:
    """The rules say that this death is not reviewed. What was recorded stays; limits that ran fall away."""
    asking.require(actor, Verb.DECIDE, case.record)
    move(actor=actor, record=case.record, name="left_out", today=today, now=now, reason=reason)
    case.out_of_scope_rule = rule
    fields = ["out_of_scope_rule"]
    if rule == "unattended_stillbirth":
        case.kind = CaseKind.RESPONSE_ONLY
        fields.append("kind")
    case.save(update_fields=fields)
    spared = OF_THE_RESPONSE if case.kind == CaseKind.RESPONSE_ONLY else ()
    end_clocks(actor=actor, case=case, reason="out_of_scope", now=now, spared=spared)


def end_clocks(*, actor: Person, case: Case, reason: str, now: Moment, spared: tuple[str, ...] = ()) -> None:
    """Limits that run fall away, for a coded reason; not those whose keys begin as ``spared`` say."""
    for clock in RunningClock.objects.filter(record=case.record, closed_at__isnull=True):
        if not clock.key.startswith(spared or ("-",)):
            cancel_clock(actor=actor, clock=clock, reason=reason, now=now)


@transaction.atomic
def take_back_in(*, actor: Person, case: Case, reason: str, today: date, now: Moment) -> None:
    """Take up again what had been left out; it is sorted once more."""
    asking.require(actor, Verb.DECIDE, case.record)
    move(actor=actor, record=case.record, name="taken_back_in", today=today, now=now, reason=reason)
    case.out_of_scope_rule, case.kind = "", CaseKind.DEATH
    case.save(update_fields=["out_of_scope_rule", "kind"])
