"""Boards, agencies, people and seats of the example."""

from __future__ import annotations

from typing import Any

from wholestory.access import derive
from wholestory.access.models import Account
from wholestory.config.example.reading import day, rows, toml
from wholestory.partners.models import (
    Agency,
    AgencyBoard,
    Area,
    Board,
    Counterpart,
    Group,
    LeaveCover,
    Person,
    Seat,
    Succession,
)


class Directory:
    """Everything by the key the example's files use."""

    def __init__(self) -> None:
        self.boards: dict[str, Board] = {}
        self.groups: dict[str, Group] = {}
        self.agencies: dict[str, Agency] = {}
        self.people: dict[str, Person] = {}

    def load(self) -> None:
        """Write the directory and let everybody in by the rules."""
        self._boards()
        self._agencies()
        self._groups()
        self._people()
        derive.rewrite(*self.people.values())

    def _boards(self) -> None:
        data = toml("boards.toml")
        areas = {a["key"]: Area.objects.create(name=a["name"], code=a["code"]) for a in data["area"]}
        for entry in data["board"]:
            fields: dict[str, Any] = {
                k: v for k, v in entry.items() if k not in ("key", "areas", "successor")
            }
            board = Board.objects.create(slug=entry["key"].replace("_", "-"), is_example=True, **fields)
            board.areas.set([areas[key] for key in entry["areas"]])
            derive.ensure_offices(board)
            self.boards[entry["key"]] = board
        for entry in data["board"]:
            if "successor" in entry:
                self.boards[entry["key"]].successor = self.boards[entry["successor"]]
                self.boards[entry["key"]].save(update_fields=["successor"])

    def _agencies(self) -> None:
        data = toml("agencies.toml")
        for entry in data["agency"]:
            fields = {k: v for k, v in entry.items() if k not in ("key", "boards", "parent")}
            self.agencies[entry["key"]] = Agency.objects.create(slug=entry["key"].replace("_", "-"), **fields)
        for entry in data["agency"]:
            agency = self.agencies[entry["key"]]
            if "parent" in entry:
                agency.parent = self.agencies[entry["parent"]]
                agency.save(update_fields=["parent"])
            for board, since in entry.get("boards", {}).items():
                AgencyBoard.objects.create(
                    agency=agency, board=self.boards[board], starts_on=since, ends_on=entry.get("ends_on")
                )
        for entry in data.get("succession", []):
            Succession.objects.create(
                before=self.agencies[entry["before"]],
                after=self.agencies[entry["after"]],
                on=entry["on"],
                how=entry["how"],
            )

    def _groups(self) -> None:
        data = toml("groups.toml")["group"]
        for entry in data:
            fields = {k: v for k, v in entry.items() if k not in ("key", "boards", "parent")}
            group = Group.objects.create(slug=entry["key"].replace("_", "-"), **fields)
            group.boards.set([self.boards[key] for key in entry["boards"]])
            self.groups[entry["key"]] = group
        for entry in data:
            if "parent" in entry:
                self.groups[entry["key"]].parent = self.groups[entry["parent"]]
                self.groups[entry["key"]].save(update_fields=["parent"])

    def _people(self) -> None:
        for row in rows("people.csv"):
            person = Person.objects.create(
                full_name=row["full_name"], email=row["email"], job_title=row["job_title"], telephone=row["telephone"],
                left_on=day(row["left_on"]), is_invented=True,
            )  # fmt: skip
            Account.objects.create_user(row["email"], person=person, is_active=not row["left_on"])
            self.people[row["key"]] = person
        seats: dict[tuple[str, str, str], Seat] = {}
        for row in rows("seats.csv"):
            starts_on = day(row["starts_on"])
            if starts_on is None:
                raise ValueError(f"The example's seat of {row['person']} does not say since when.")
            seat = Seat.objects.create(
                person=self.people[row["person"]], board=self.boards[row["board"]], role=row["role"],
                agency=self.agencies[row["agency"]] if row["agency"] else None,
                group=self.groups[row["group"]] if row["group"] else None,
                starts_on=starts_on, ends_on=day(row["ends_on"]), is_account_owner=row["is_account_owner"] == "yes",
            )  # fmt: skip
            seats.setdefault((row["person"], row["board"], row["role"]), seat)
        data = toml("cover.toml")
        for entry in data["cover"]:
            LeaveCover.objects.create(
                seat=seats[entry["seat_of"], entry["board"], entry["role"]], person=self.people[entry["person"]],
                starts_on=entry["starts_on"], ends_on=entry["ends_on"],
            )  # fmt: skip
        for entry in data["counterpart"]:
            Counterpart.objects.create(
                person=self.people[entry["person"]],
                board=self.boards[entry["board"]],
                starts_on=entry["starts_on"],
            )
