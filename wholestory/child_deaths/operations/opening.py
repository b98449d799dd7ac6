"""Opening a case: the child as the first message tells of it, who sees it, and the clocks that begin."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import (
    Address,
    Case,
    Child,
    ChildName,
    Expected,
    FormSet,
    Identifier,
    Notification,
    NotificationStep,
    Panel,
    Regime,
    Relative,
    Settled,
)
from wholestory.child_deaths.rules import told, told_particulars
from wholestory.child_deaths.rules.matching import PartDate
from wholestory.child_deaths.rules.matching.folding import folded
from wholestory.child_deaths.rules.partial_ages import part_of
from wholestory.kernel.moments import LONDON, Moment, NotAMoment, Precision, at_instant, at_london, on_day
from wholestory.partners.models import Person
from wholestory.pathways.operations.clocks import meet_clock, start_clock
from wholestory.pathways.operations.moves import begin
from wholestory.records import opening
from wholestory.records.models import Circle, Office

CASE = opening.Opening("child_deaths.case", "CD", "child_deaths")

#: The edition whose clocks a case keeps, where its board's own edition holds none for its process.
_EDITIONS = {Regime.BOARD: ("WT2015", "TRANS"), Regime.PARTNERS: ("CDR2018", "WT2018", "WT2023")}


class CannotOpen(ValueError):
    """No case can be opened from this message; the sentence says why."""


@transaction.atomic
def open_case(*, actor: Person, notification: Notification, now: Moment, today: date) -> Case:
    """Open a case from a message that belongs to none. It is being sorted until somebody decides who leads.

    The clock for telling the panel starts from the confirmed death and is met at once by the message's first time.
    Raises CannotOpen for a message that has a case already; asking.NotForYou for whoever may not.
    """
    asking.require(actor, Verb.WRITE, notification, kind="child_deaths.notification")
    Notification.objects.select_for_update().get(pk=notification.pk)
    newest = NotificationStep.objects.filter(notification=notification).order_by("-at", "-created_at").first()
    if newest is not None and newest.settled in (Settled.OPENED, Settled.JOINED):
        raise CannotOpen("This message already belongs to a case.")
    panel = Panel.objects.select_related("board").get(pk=notification.panel_id)
    if panel.board is None:
        raise CannotOpen(f"{panel.name} does not use this system.")
    regime = panel.regime(_day_of(notification))
    circle = Circle.objects.create(board=panel.board, kind="death_case")
    office = opening.office(panel.board, "child_deaths")
    record = opening.sheet(
        CASE,
        panel.board,
        circle,
        office,
        today,
        verb="child_deaths.case_opened",
        edition=edition_of(panel, regime),
    )
    child = _child(notification, circle, office)
    case = Case(
        record=record, circle=circle, office=office, panel=panel, child=child, regime=regime,
        form_set=FormSet.FORMS_2018 if today >= panel.forms_from_on else FormSet.FORMS_2015,
        first_received_at=notification.received_at,
    )  # fmt: skip
    _death(case, notification)
    case.save(force_insert=True)
    NotificationStep.objects.create(
        notification=notification,
        circle=circle,
        office=office,
        settled=Settled.OPENED,
        case=case,
        by=actor,
        at=now.at,
    )
    begin(actor=actor, record=record, pathway=pathway.CASE, today=today)
    start_notified(actor=actor, case=case, now=now)
    return case


def start_notified(*, actor: Person, case: Case, now: Moment) -> None:
    """The clock for telling the panel, met by the first message; it waits where the death's day is not known."""
    if case.confirmed_at is None:
        return
    confirmed = moment(case.confirmed_at, case.confirmed_precision)
    clock = start_clock(
        actor=actor, record=case.record, key="death_notified", starts={"death": confirmed}, now=now
    )
    received = at_instant(case.first_received_at)
    if received.at < confirmed.at and received.on <= confirmed.on:
        # Only the day is known, which counts to its end: the message came on that day.
        received = Moment(confirmed.at, confirmed.on, received.precision)
    if received.at >= confirmed.at:
        meet_clock(actor=actor, clock=clock, met=received, now=now)


def moment(at: datetime, precision: str) -> Moment:
    """A stored moment with how exactly it is known."""
    return Moment(at, at.astimezone(LONDON).date(), Precision(precision))


def edition_of(panel: Panel, regime: Regime) -> str:
    board = panel.board
    held = _EDITIONS[regime]
    return board.edition if board is not None and board.edition in held else held[0]


def _day_of(notification: Notification) -> date:
    return _died_on(notification) or notification.received_at.date()


def _died_on(notification: Notification) -> date | None:
    day = told.day(notification.answers, "confirmed_on", "died_on")
    return day.whole if day else None


def _child(notification: Notification, circle: Circle, office: Office) -> Child:
    said = notification.answers
    doors = {"circle": circle, "office": office}
    who = told.identity(said)
    born = who.born
    child = Child.objects.create(
        born_on=born.whole if born else None,
        born_part=_part(born),
        born_precision=(Precision.DATE if born and born.whole else Precision.ABOUT).value,
        born_at=_time(told.said(said, "born_time")),
        age_uncertain=who.estimated_birth,
        born_as=told.said(said, "born_as")
        if told.said(said, "born_as") in ("single", "twin", "more")
        else "",
        birth_order=who.birth_order,
        **told_particulars.of_the_child(said),
        **doors,
    )
    kind = ChildName.Kind.KNOWN_AS if who.forenames else ChildName.Kind.AT_BIRTH
    names = [(kind, who.forenames, who.surname)]
    names += [(ChildName.Kind.OTHER, one.forenames, one.surname) for one in who.other_names]
    ChildName.objects.bulk_create(
        [
            ChildName(
                child=child, kind=which, forenames=first[:120], surname=last[:120],
                folded=folded(f"{first} {last}")[:240], **doors,
            )
            for which, first, last in names
        ]
    )  # fmt: skip
    if who.nhs_number:
        Identifier.objects.create(
            child=child, kind=Identifier.Kind.NHS, value=_compact(who.nhs_number), **doors
        )
    if who.address or who.postcode:
        Address.objects.create(child=child, lines=who.address[:300], postcode=who.postcode[:10], **doors)
    mother = f"{who.mother_forenames} {who.mother_surname}".strip()
    if mother:
        Relative.objects.create(child=child, relation="mother", name=mother[:160], **doors)
    return child


def _death(case: Case, notification: Notification) -> None:
    said = notification.answers
    known = told_confirmed(said)
    case.died_on = known.on if known else None
    case.died_part = _part(told.day(said, "confirmed_on", "died_on"))
    if known is not None:
        case.confirmed_at, case.confirmed_precision = known.at, known.precision.value
    case.place_name = told.said(said, "place_of_death")[:160]
    case.place_kind = told_particulars.of_the_case(said).get("place_kind", "")
    case.event_place = told.said(said, "place_of_event")[:160]
    case.circumstances = told.said(said, "circumstances")
    case.suspected_cause = told.said(said, "suspected_cause")
    expected = told.said(said, "expected")
    case.expected = expected if expected in Expected.values else Expected.NOT_KNOWN


def told_confirmed(answers: told.Answers) -> Moment | None:
    """When death was confirmed, by what a message says; without a time the end of the day, without a day None."""
    day = told.day(answers, "confirmed_on", "died_on")
    if day is None or day.whole is None:
        return None
    return _confirmed(
        day.whole, _time(told.said(answers, "confirmed_time")), told.said(answers, "confirmed_clock")
    )


def _confirmed(day: date, at: time | None, which: str = "") -> Moment:
    """``which`` is BST or GMT, said for a time in the hour that happens twice when the clocks go back."""
    if at is None:
        return on_day(day, time_unknown=True)
    try:
        moment = at_london(day, at)
        return at_london(day, at, zone=which) if moment.note and which in ("BST", "GMT") else moment
    except NotAMoment:
        # The clocks went forward over it: the day is all that can be kept.
        return on_day(day, time_unknown=True)


def _time(text: str) -> time | None:
    hours, _, minutes = text.strip().replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes[:2]))
    except ValueError:
        return None


def _part(known: PartDate | None) -> str:
    """What is known of a date of which the day is not: nothing is made up to fill it."""
    return "" if known is None or known.whole else part_of(known.year, known.month)


def _compact(number: str) -> str:
    return "".join(number.split())[:60]
