"""The made-up records of ``linkage``: accounts, the answer, and what the matching makes of them."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from wholestory.child_deaths.rules.matching import Identity, Match, PartDate, keys, score

FILE = Path(__file__).parent / "linkage" / "children_2000.csv"


@dataclass(frozen=True)
class Linked:
    """The accounts in order, whose each is, which share a key with which, and the comparison of each such pair."""

    accounts: tuple[Identity, ...]
    whose: tuple[str, ...]
    near: tuple[frozenset[int], ...]
    compared: dict[tuple[int, int], Match]

    @property
    def true_pairs(self) -> set[tuple[int, int]]:
        """Every two accounts of one child."""
        of: dict[str, list[int]] = defaultdict(list)
        for at, person in enumerate(self.whose):
            of[person].append(at)
        return {(a, b) for group in of.values() for a in group for b in group if a < b}


@cache
def linked() -> Linked:
    """Read and compare once for all tests."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    accounts = tuple(_account(row) for row in rows)
    sharing: dict[str, list[int]] = defaultdict(list)
    for at, account in enumerate(accounts):
        for key in keys(account):
            sharing[key].append(at)
    near: list[set[int]] = [set() for _ in accounts]
    for group in sharing.values():
        for at in group:
            near[at].update(group)
    pairs = {(a, b) for a, others in enumerate(near) for b in others if a < b}
    return Linked(
        accounts,
        tuple(row["true_person"] for row in rows),
        tuple(frozenset(others - {at}) for at, others in enumerate(near)),
        {(a, b): score(accounts[a], accounts[b]) for a, b in pairs},
    )


def _account(row: dict[str, str]) -> Identity:
    return Identity(
        forenames=row["first_name"],
        surname=row["surname"],
        born=PartDate.of(date.fromisoformat(row["dob"])) if row["dob"] else None,
        sex=row["sex"],
        nhs_number=row["nhs_number"],
        postcode=row["postcode"],
    )
