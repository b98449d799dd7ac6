"""Writing a planned import into the directory, all or nothing, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, RestrictedError

from wholestory.access import derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import OPENING_ROLES, Refusal
from wholestory.access.directory.models import MembershipImport
from wholestory.access.directory.operations import accounts, importing
from wholestory.access.models import Account
from wholestory.partners import joining
from wholestory.partners.importing.plan import Plan, Step
from wholestory.partners.models import TEAM_ROLES, Agency, AgencyBoard, Board, Group, Person, Role, Seat
from wholestory.partners.slugs import free_slug

State = MembershipImport.State


class PlanHasChanged(Refusal):
    """The directory changed since the dry run was shown; somebody looks at it again before anything is written."""

    def __init__(self) -> None:
        super().__init__("The directory has changed since this was worked out. Look at it again, then apply.")


class _Writer:
    """Makes the rows of one plan, and remembers them."""

    def __init__(self, board: Board, plan: Plan, today: date) -> None:
        self.board, self.plan, self.today = board, plan, today
        self.agencies = {one.key: one.id for one in plan.agencies if one.id}
        self.groups = {one.key: one.id for one in plan.groups if one.id}
        self.people: dict[str, UUID] = {}
        self.made: dict[str, list[str]] = {}
        self.changed: list[joining.Move] = []

    def note(self, label: str, rows: Iterable[Any]) -> None:
        self.made.setdefault(label, []).extend(str(row.pk) for row in rows)

    def agencies_and_groups(self) -> None:
        taken: set[str] = set()
        new = [
            (one.key, Agency(name=one.name, slug=free_slug(Agency, one.name, taken), sector=one.sector,
                             duty_basis=one.duty_basis, is_invented=self.board.is_example))
            for one in self.plan.agencies if one.is_new
        ]  # fmt: skip
        Agency.objects.bulk_create([agency for _, agency in new])
        self.agencies |= {key: agency.pk for key, agency in new}
        self.note("partners.agency", (agency for _, agency in new))
        since = self._since()
        links = [AgencyBoard(agency_id=agency.pk, board=self.board, starts_on=since) for _, agency in new]
        links += [
            AgencyBoard(agency_id=one.id, board=self.board, starts_on=since)
            for one in self.plan.agencies
            if one.needs_linking and one.id is not None
        ]
        self.note("partners.agencyboard", AgencyBoard.objects.bulk_create(links))
        taken = set()
        groups = [
            (one.key, Group(name=one.name, slug=free_slug(Group, one.name, taken)))
            for one in self.plan.groups_added
        ]
        Group.objects.bulk_create([group for _, group in groups])
        for key, group in groups:
            group.boards.add(self.board)
            self.groups[key] = group.pk
        self.note("partners.group", (group for _, group in groups))

    def _since(self) -> date:
        """Agencies answer to the board from the first day any of their people sits for them."""
        days = [seat.starts_on for step in self.plan.steps if step.writes for seat in step.new_seats]
        return min([self.today, *days])

    def people_and_seats(self) -> list[Person]:
        steps = [step for step in self.plan.steps if step.writes]
        first: dict[str, Step] = {}
        for step in steps:
            if step.known is None:
                first.setdefault(step.person_key, step)
        new = {key: self._person(step) for key, step in first.items()}
        Person.objects.bulk_create(new.values())
        self.note("partners.person", new.values())
        known = Person.objects.in_bulk({step.known.id for step in steps if step.known})
        self.people = {key: person.pk for key, person in new.items()} | {str(pk): pk for pk in known}
        for step in steps:
            if step.known is not None:
                self._change(known[step.known.id], step)
        seats = [seat for step in steps for seat in self._seats(step)]
        Seat.objects.bulk_create(seats)
        self.note("partners.seat", seats)
        return [*new.values(), *known.values()]

    def _person(self, step: Step) -> Person:
        line = step.line
        return Person(full_name=line.full_name, email=line.email or None, telephone=line.telephone,
                      job_title=line.job_title, is_invented=self.board.is_example)  # fmt: skip

    def _change(self, person: Person, step: Step) -> None:
        written = {change.field: change.new for change in step.changes if not change.kept}
        if person.left_on is not None and step.new_seats:
            self._remember(person, "left_on", person.left_on.isoformat(), None)
            person.left_on = None
        for name, value in written.items():
            self._remember(person, name, getattr(person, name), value)
            setattr(person, name, value)
        person.save(force_update=True)
        for ended in step.ended_seats:
            seat = Seat.objects.get(pk=ended.seat)
            self._remember(
                seat, "ends_on", ended.old.isoformat() if ended.old else None, ended.new.isoformat()
            )
            seat.ends_on = ended.new
            seat.save(update_fields=["ends_on"])

    def _remember(self, row: Any, name: str, old: str | None, new: str | None) -> None:
        self.changed.append(joining.Move(row._meta.label_lower, str(row.pk), name, old, new))

    def _seats(self, step: Step) -> list[Seat]:
        return [
            Seat(person_id=self.people[step.person_key], board=self.board, role=seat.role, starts_on=seat.starts_on,
                 ends_on=seat.ends_on, group_id=self.groups.get(seat.group), agency_id=self.agencies.get(seat.agency)
                 if seat.role not in TEAM_ROLES else None)
            for seat in step.new_seats
        ]  # fmt: skip


@transaction.atomic
def apply(*, actor: Person, kept: MembershipImport, mark: str, today: date, now: datetime) -> Plan:
    """Write what the dry run said, in one go. ``mark`` is the seen plan's: PlanHasChanged if it differs."""
    board = kept.board
    doors.require(actor, board)
    if kept.state != State.OPEN:
        raise Refusal("This spreadsheet was applied or thrown away already.")
    plan = importing.dry_run(actor=actor, kept=kept, today=today)
    if plan.mark != mark:
        raise PlanHasChanged
    if not plan.writes_anything:
        raise Refusal("There is nothing to add or change.")
    _team_seats(actor, board, plan)
    writer = _Writer(board, plan, today)
    doors.line("spreadsheet_applied", board, "import", [kept.id])
    writer.agencies_and_groups()
    people = writer.people_and_seats()
    for step in plan.steps:
        for seat in step.new_seats if step.writes and writer.people.get(step.person_key) == actor.pk else ():
            doors.no_guarded_group_to_oneself(actor, actor, writer.groups.get(seat.group))
    seated = {writer.people[step.person_key] for step in plan.steps if step.writes and step.new_seats}
    opened = accounts.open_for([one for one in people if one.pk in seated], today)
    opened += accounts.open_for([one for one in people if one.pk not in seated], today, again=False)
    writer.note("access.account", opened)
    moved, _ = joining.Carried(tuple(writer.changed), ()).as_json()
    kept.written = {"made": writer.made, "changed": moved, "people": [str(person.pk) for person in people]}
    kept.state, kept.applied_by, kept.applied_at = State.APPLIED, actor, now
    kept.expires_on = today + importing.UNDO_WITHIN
    kept.save(force_update=True)
    derive.rewrite(*people)
    return plan


def _team_seats(actor: Person, board: Board, plan: Plan) -> None:
    if doors.is_manager(actor, board):
        return
    guarded = OPENING_ROLES - {Role.ADMINISTRATOR}
    for step in plan.steps:
        if step.writes and any(seat.role in guarded and not seat.group for seat in step.new_seats):
            raise Refusal(
                f"Row {step.line.row} gives a seat of the team or of the chair. Only the business manager does that: "
                "ask them to apply this spreadsheet."
            )


def may_undo(kept: MembershipImport, now: datetime) -> bool:
    """For thirty days after it was applied, once."""
    return (
        kept.state == State.APPLIED
        and kept.applied_at is not None
        and now - kept.applied_at <= importing.UNDO_WITHIN
    )


@transaction.atomic
def undo(*, actor: Person, kept: MembershipImport, now: datetime) -> list[str]:
    """Take an import back. What has been used since cannot simply go: it stays, and is named in what comes back."""
    board = kept.board
    doors.require(actor, board)
    if not may_undo(kept, now):
        raise Refusal("This import was taken back already, or is older than 30 days.")
    doors.line("spreadsheet_undone", board, "import", [kept.id])
    changed = [joining.Move(**one) for one in kept.written["changed"]]
    stays = [
        f"A change of {move.field.replace('_', ' ')} stays: it has been changed again since."
        for move in joining.put_back(changed)
    ]
    made = kept.written["made"]
    derive.forget(Seat.objects.filter(pk__in=made.get("partners.seat", [])))
    stays += _remove(Seat, made.get("partners.seat", []))
    people = list(Person.objects.filter(pk__in=kept.written["people"]))
    _remove_accounts(made.get("access.account", []))
    derive.rewrite(*people)
    stays += _remove(Person, made.get("partners.person", []))
    stays += _remove(AgencyBoard, made.get("partners.agencyboard", []))
    stays += _remove(Agency, made.get("partners.agency", []))
    stays += _remove(Group, made.get("partners.group", []))
    kept.state, kept.undone_by, kept.undone_at = State.UNDONE, actor, now
    kept.save(force_update=True)
    return stays


def _remove(model: Any, keys: Sequence[str]) -> list[str]:
    """Delete rows that an import made; what something refers to stays. Halved until those are found."""
    if not keys:
        return []
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=keys).delete()
            # Rows the reader may not see refer to these too: ask the database now, not at the end.
            connection.check_constraints()
    except (ProtectedError, RestrictedError, IntegrityError):
        if len(keys) > 1:
            middle = len(keys) // 2
            return _remove(model, keys[:middle]) + _remove(model, keys[middle:])
        row = model.objects.get(pk=keys[0])
        said = str(row) if not isinstance(row, AgencyBoard) else "The link of an agency to the board"
        return [f"{said} stays: it has been used since."]
    return []


def _remove_accounts(keys: Sequence[str]) -> None:
    """Accounts an import opened go if nobody has signed in with them."""
    Account.objects.filter(pk__in=keys, last_login=None).delete()
