"""Working out the plan from lines, the directory as it is, and what somebody decided. Pure: nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from wholestory.partners.importing.directory import Directory, KnownPerson, KnownSeat
from wholestory.partners.importing.line import STOPS, Line, Problem, Wanted
from wholestory.partners.importing.plan import (
    NEW,
    SKIP,
    Change,
    Choices,
    EndedSeat,
    NewSeat,
    Outcome,
    Plan,
    PlannedAgency,
    PlannedGroup,
    Question,
    Step,
)
from wholestory.partners.importing.same import Oneself, described_to, filed_under, maybe_same, surely_same
from wholestory.partners.rules import words
from wholestory.partners.rules.names import could_be_one_person, fold, fold_agency, fold_group

FIELDS = (("telephone", "Telephone"), ("job_title", "Job title"))


def make_plan(
    lines: Sequence[Line], directory: Directory, choices: Choices, today: date, own: Oneself | None = None
) -> Plan:
    """What would happen. ``own`` says what whoever applies it may not give themselves."""
    return _Planner(directory, choices, today, own or Oneself()).plan(lines)


class _Planner:
    def __init__(self, directory: Directory, choices: Choices, today: date, own: Oneself) -> None:
        self.directory, self.choices, self.today, self.own = directory, choices, today, own
        self.agencies: dict[str, PlannedAgency] = {}
        self.groups: dict[str, PlannedGroup] = {}
        self.chair = ""
        self.new_people: dict[str, Line] = {}
        self.filed: dict[str, list[str]] = {}
        """New people by e-mail address and by the starts of their names, so that five thousand lines take seconds."""
        self.seats_planned: set[tuple[str, str, str, str]] = set()

    def plan(self, lines: Sequence[Line]) -> Plan:
        for line in lines:
            self._note_agency(line)
            self._note_groups(line)
        steps = tuple(self._step(line) for line in lines)
        named = {step.known.id for step in steps if step.known}
        holding = {
            seat.person for seat in self.directory.seats if seat.ends_on is None or seat.ends_on >= self.today
        }
        missing = [
            one for one in self.directory.people if one.here and one.id in holding and one.id not in named
        ]
        return Plan(steps, tuple(self.agencies.values()), tuple(self.groups.values()), tuple(missing))

    # Agencies and groups --------------------------------------------------------------------------------

    def _note_agency(self, line: Line) -> None:
        key = fold_agency(line.agency)
        if not key:
            return
        before = self.agencies.get(key)
        if before is not None:
            self.agencies[key] = PlannedAgency(**{**before.__dict__, "rows": before.rows + 1})
            return
        found = self.directory.agency_named(line.agency)
        similar = () if found else tuple(self.directory.agencies_like(line.agency))
        decision = self.choices.agencies.get(key) or (str(found.id) if found else "" if similar else NEW)
        guessed, duty = words.sector_and_duty(line.agency)
        if line.sector and line.sector != guessed:
            guessed, duty = line.sector, _usual_duty(line.sector)
        sector, duty = self.choices.sectors.get(key, (guessed, duty))
        if decision not in {NEW, SKIP, ""}:
            found = next((one for one in self.directory.agencies if str(one.id) == decision), found)
        self.agencies[key] = PlannedAgency(
            key, line.agency, 1, decision or SKIP, sector, duty, found, similar
        )

    def _note_groups(self, line: Line) -> None:
        for wanted in line.seats:
            key = fold_group(wanted.group)
            if key and key not in self.groups:
                found = self.directory.group_named(wanted.group)
                decision = self.choices.groups.get(key) or (str(found.id) if found else NEW)
                self.groups[key] = PlannedGroup(key, wanted.group, decision)

    # One line -------------------------------------------------------------------------------------------

    def _step(self, line: Line) -> Step:
        if line.aside:
            return Step(line, "aside", problems=line.problems)
        if line.stopped:
            return Step(line, "refused", problems=line.problems)
        agency = self.agencies.get(fold_agency(line.agency))
        if agency is not None and agency.decision == SKIP:
            chosen = agency.key in self.choices.agencies
            note = "The agency was left out." if chosen else "Say first which agency this is."
            return Step(
                line,
                "left_out" if chosen else "refused",
                problems=(*line.problems, self._problem(line, "Agency", note)),
            )
        if not line.full_name:
            return Step(line, "agency", problems=line.problems)
        known, key, question = self._who(line)
        decided = self.choices.people.get(line.key, "")
        if question is not None and decided not in dict(question.options):
            return Step(line, "ask", question=question, problems=line.problems)
        if question is not None and decided == SKIP:
            return Step(line, "left_out", question=question, problems=line.problems)
        return self._for_person(line, known, key, question)

    def _problem(self, line: Line, column: str, sentence: str) -> Problem:
        return Problem(line.row, column, sentence, STOPS)

    def _who(self, line: Line) -> tuple[KnownPerson | None, str, Question | None]:
        """Who the line is about: an entry, somebody on an earlier line, or somebody new; and what has to be asked."""
        by_email = self.directory.by_email(line.email)
        if by_email is not None:
            if could_be_one_person(by_email.full_name, line.full_name):
                return by_email, str(by_email.id), None
            return self._asked(line, f"{line.email} belongs to {described_to(by_email)}.", [by_email], [])
        agency = self.agencies.get(fold_agency(line.agency))
        like = self.directory.people_like(line.full_name)
        for one in like:
            same_place = not line.agency or (agency is not None and agency.id in one.agencies)
            if fold(one.full_name) == fold(line.full_name) and same_place and not (one.email and line.email):
                return one, str(one.id), None
        near = {key: None for under in filed_under(line) for key in self.filed.get(under, ())}
        earlier = [key for key in near if maybe_same(self.new_people[key], line)]
        for key in earlier:
            if surely_same(self.new_people[key], line):
                return None, key, None
        if like or earlier:
            who = f"{line.full_name} looks like somebody who is already there."
            if earlier and line.email and self.new_people[earlier[0]].email == line.email:
                who = f"{line.email} stands on row {self.new_people[earlier[0]].row} too, with another name."
            return self._asked(line, who, like, earlier)
        return None, f"line:{line.key}", None

    def _asked(
        self, line: Line, sentence: str, people: Sequence[KnownPerson], earlier: Sequence[str]
    ) -> tuple[KnownPerson | None, str, Question]:
        options = [(str(one.id), f"The same person as {described_to(one)}") for one in people[:5]]
        options += [
            (key, f"The same person as {self.new_people[key].full_name} on row {self.new_people[key].row}")
            for key in earlier[:5]
        ]
        there = {one.email.casefold() for one in people} | {self.new_people[key].email for key in earlier}
        taken = bool(line.email) and line.email in there
        if not taken:
            options.append((NEW, f"Somebody else: add {line.full_name}"))
        options.append((SKIP, "Leave this row out"))
        question = Question(sentence, tuple(options))
        decided = self.choices.people.get(line.key, "")
        chosen = next((one for one in people if str(one.id) == decided), None)
        if chosen is not None:
            return chosen, str(chosen.id), question
        return None, decided if decided in earlier else f"line:{line.key}", question

    def _for_person(self, line: Line, known: KnownPerson | None, key: str, question: Question | None) -> Step:
        problems = list(line.problems)
        oneself = self.own.is_in(line, known)
        if oneself and self.own.no_seat:
            problems.append(self._problem(line, "E-mail address", self.own.no_seat))
            return Step(line, "refused", known=known, problems=tuple(problems))
        chair = self._other_chair(line, known, key)
        if chair:
            problems.append(self._problem(line, "Seat on the board", chair))
            return Step(line, "refused", known=known, problems=tuple(problems))
        new_seats, ended, same = self._seats(line, known, key)
        if oneself and self.own.no_agency and any(seat.agency for seat in new_seats):
            problems.append(self._problem(line, "Agency", self.own.no_agency))
            return Step(line, "refused", known=known, problems=tuple(problems))
        first_line = known is None and key not in self.new_people
        if first_line and not new_seats:
            problems.append(
                self._problem(line, "Seat on the board", "Nothing says which seat this person has.")
            )
            return Step(line, "refused", question=question, problems=tuple(problems))
        if first_line:
            self.new_people[key] = line
            for under in filed_under(line):
                self.filed.setdefault(under, []).append(key)
        changes = tuple(self._changes(line, known)) if known and known.here else ()
        if known and known.elsewhere and line.email and not known.email:
            note = "They have a seat on another board too, so their address is not filled in from here."
            problems.append(Problem(line.row, "E-mail address", note))
        written = [change for change in changes if not change.kept]
        outcome: Outcome = "same"
        if first_line or (new_seats and known is None):
            outcome = "add"
        elif new_seats or ended or written:
            outcome = "change"
        return Step(
            line,
            outcome,
            key,
            known,
            changes,
            tuple(new_seats),
            tuple(ended),
            same,
            question,
            tuple(problems),
        )

    def _other_chair(self, line: Line, known: KnownPerson | None, key: str) -> str:
        """Why somebody cannot become the chair; nothing when they can, or are not to."""
        if not any(wanted.role == "independent_chair" and not wanted.group for wanted in line.seats):
            return ""
        there = self.directory.chair_in(line.starts_on or self.today, line.ends_on)
        if there is not None and (known is None or there.id != known.id):
            return f"{there.full_name} chairs the board in that time. End that seat first."
        self.chair = self.chair or key
        return "" if self.chair == key else "Another row names the chair already, and there is one at a time."

    def _changes(self, line: Line, known: KnownPerson) -> list[Change]:
        found = []
        if line.email and not known.email and not known.elsewhere:
            found.append(Change("email", "E-mail address", "", line.email))
        for name, label in FIELDS:
            ours, theirs = getattr(known, name), getattr(line, name)
            if theirs and theirs != ours:
                found.append(Change(name, label, ours, theirs, kept=bool(ours) and not self.choices.replace))
        if fold(line.full_name) != fold(known.full_name):
            found.append(
                Change("full_name", "Name", known.full_name, line.full_name, kept=not self.choices.replace)
            )
        return found

    def _seats(
        self, line: Line, known: KnownPerson | None, key: str
    ) -> tuple[list[NewSeat], list[EndedSeat], int]:
        new, ended, same = [], [], 0
        for wanted in line.seats:
            group = self.groups.get(fold_group(wanted.group))
            if wanted.group and (group is None or group.decision == SKIP):
                continue
            agency = self.agencies.get(fold_agency(line.agency))
            place = (key, wanted.role, group.key if group else "", agency.key if agency else "")
            if place in self.seats_planned:
                same += 1
                continue
            self.seats_planned.add(place)
            held = self._held(known, wanted, group, agency)
            if held is None:
                new.append(
                    NewSeat(wanted.role, place[2], place[3], line.starts_on or self.today, line.ends_on)
                )
            elif line.ends_on and line.ends_on != held.ends_on and line.ends_on >= held.starts_on:
                ended.append(EndedSeat(held.id, held.role, held.ends_on, line.ends_on))
            else:
                same += 1
        return new, ended, same

    def _held(
        self,
        known: KnownPerson | None,
        wanted: Wanted,
        group: PlannedGroup | None,
        agency: PlannedAgency | None,
    ) -> KnownSeat | None:
        if known is None:
            return None
        for seat in self.directory.seats_of(known.id):
            open_ = seat.ends_on is None or seat.ends_on >= self.today
            same_group = seat.group == (group.id if group else None) and not (group and group.id is None)
            same_agency = seat.agency == (agency.id if agency else None)
            if open_ and seat.role == wanted.role and same_group and (same_agency or agency is None):
                return seat
        return None


def _usual_duty(sector: str) -> str:
    return {
        "council": "s11", "health": "s11", "police": "s11", "probation": "s11", "education": "s175",
        "early_years": "s40_childcare", "voluntary": "voluntary",
    }.get(sector, "other")  # fmt: skip
