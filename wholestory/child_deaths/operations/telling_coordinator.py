"""E-mails to whoever runs child death reviews: that a message came, that a hold is to be looked at again, and that
recent deaths have something in common.

They say a reference and where to look, never anything about a child. Each goes once to an address, however often it is
asked for: the correspondence room knows a message by what it is about and why it was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Exists, OuterRef
from django.urls import reverse

from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, Channel, Hold, Notification
from wholestory.child_deaths.operations.opening import told_confirmed
from wholestory.child_deaths.operations.restricting import in_by_name
from wholestory.child_deaths.queries.alike import to_look_at
from wholestory.child_deaths.rules.telling_loudly import Settings, why_now
from wholestory.correspondence.models import Message
from wholestory.correspondence.operations.writing import Note, compose_many
from wholestory.kernel.moments import london_day
from wholestory.partners.models import Board, Person, Role, Seat
from wholestory.pathways.queries.calendars import calendars

TOLD, TOLD_NOW, HOLD_DUE, ALIKE = "death_told", "death_told_now", "death_hold_due", "death_alike"
#: Messages that nobody of the team typed.
BY_THEMSELVES = (Channel.PAGE, Channel.SYSTEM)
#: Older messages are not told of: when this is first switched on, nobody is written to about years of them.
LOOKS_BACK = timedelta(days=3)
#: So many deaths are named in one e-mail; the page has all of them.
MOST_NAMED = 8


def tell_of_messages(board: Board, now: datetime) -> int:
    """Write of every message that came by itself in the last days and was not told of; how many messages that is."""
    with acting.as_system(board, "postroom"):
        written = Message.objects.filter(about=OuterRef("record"), kind__in=(TOLD, TOLD_NOW))
        new = list(
            Notification.objects.filter(
                ~Exists(written),
                panel__board=board,
                channel__in=BY_THEMSELVES,
                created_at__gt=now - LOOKS_BACK,
            )
            .select_related("record", "panel")
            .order_by("created_at")
        )
        if not new:
            return 0
        team, days = [seat.person for seat in _team(board)], calendars(board)
        notes = []
        for one in new:
            settings = Settings.of(one.panel.settings)
            died = told_confirmed(one.answers)
            loud = why_now(
                answers=one.answers, died=died.at if died else None, received=one.received_at, settings=settings,
                calendars=days,
            )  # fmt: skip
            notes += _of_message(one, [*team, *(settings.also_told if loud else ())], loud)
        compose_many(actor=None, board=board, notes=notes, now=now)
    return len(new)


def tell_of_holds(board: Board, now: datetime) -> int:
    """Write of every hold whose day to look again has come, once for each such day; how many holds that is."""
    with acting.as_system(board, "postroom"):
        due = list(
            Hold.objects.filter(case__panel__board=board, ended_on=None, review_on__lte=london_day(now))
            .select_related("case__record")
            .order_by("review_on", "pk")
        )
        team = _team(board) if due else []
        notes = [
            Note(
                HOLD_DUE, seat.person, about=one.case.record, circle=one.circle, office=one.office,
                context={"reference": one.case.record.reference, "due_on": one.review_on},
                link=reverse("child_deaths:holds", args=[one.case.record.reference]),
                step=f"hold-{one.pk.hex[:12]}-{one.review_on:%Y%m%d}",
            )
            for one in due
            for seat in team
            if _sees(seat, one.case)
        ]  # fmt: skip
        compose_many(actor=None, board=board, notes=notes, now=now)
    return len(due)


def tell_of_alike(board: Board, now: datetime) -> int:
    """Write to each coordinator of recent deaths that share a place, a school, a method, a product or a substance, as
    far as they see the cases: once of each set of deaths; how many e-mails that is.

    An e-mail names references and not what they share. Where one of the cases is restricted, the message is seen by
    those alone who are let in to it.
    """
    wanted = []
    for seat in _team(board):
        with acting.acting_as(seat.person, seat):
            found = to_look_at(board, london_day(now))
        wanted += [(seat.person, one.references, _set_of(one.references)) for one in found]
    if not wanted:
        return 0
    with acting.as_system(board, "postroom"):
        written = set(
            Message.objects.filter(kind=ALIKE, step__in={step for *_, step in wanted}).values_list(
                "step", "to_person"
            )
        )
        fresh = [one for one in wanted if (one[2], one[0].pk) not in written]
        named = {reference for _, references, _ in fresh for reference in references}
        cases = Case.objects.filter(record__reference__in=named).select_related("record", "circle", "office")
        by_reference = {case.record.reference: case for case in cases}
        notes = [
            _of_alike(person, [by_reference[each] for each in references], step)
            for person, references, step in fresh
        ]
        compose_many(actor=None, board=board, notes=notes, now=now)
    return len(notes)


def _set_of(references: Sequence[str]) -> str:
    """A name for a set of deaths that says nothing of them."""
    return f"alike-{sha256(' '.join(sorted(references)).encode()).hexdigest()[:24]}"


def _of_alike(reader: Person, cases: Sequence[Case], step: str) -> Note:
    shut = [case for case in cases if case.restricted]
    behind = shut[0] if shut else cases[0]
    # Whoever is let in to one restricted case may not learn of another one by its reference.
    named = [behind] if len(shut) > 1 else cases
    told = ", ".join(case.record.reference for case in named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        told += " and more"
    return Note(
        ALIKE, reader, about=behind.record, circle=behind.circle, office=behind.office, context={"reference": told},
        link=reverse("child_deaths:alike"), step=step,
    )  # fmt: skip


def _of_message(one: Notification, to: list[Person | str], loud: str) -> list[Note]:
    told = {"reference": one.record.reference, **({"what": loud} if loud else {})}
    return [
        Note(
            TOLD_NOW if loud else TOLD, reader, about=one.record, circle=one.circle, office=one.office, context=told,
            link=reverse("child_deaths:notification", args=[one.record.reference]), step="message-came",
        )
        for reader in to
    ]  # fmt: skip


def _team(board: Board) -> list[Seat]:
    """The seats of today's coordinators, one for each person."""
    seats = Seat.objects.filter(board=board, role=Role.CHILD_DEATH_COORDINATOR).select_related("person")
    today = board.today()
    return list({seat.person_id: seat for seat in seats if seat.holds_on(today)}.values())


def _sees(seat: Seat, case: Case) -> bool:
    """A restricted case is told of only to those let in to it by name, and no case to somebody who is kept out."""
    if case.restricted:
        return seat.person_id in {grant.person_id for grant in in_by_name(case)}
    return asking.ask(seat.person, Verb.READ, case.record, seat=seat.pk).yes
