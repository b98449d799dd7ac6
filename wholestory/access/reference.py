"""docs/reference/who-can-see-what.md, made from the policy itself: a change of access is a change somebody can read."""

from __future__ import annotations

from pathlib import Path

from wholestory.access.policy import (
    MAY,
    OFFICES,
    OFFICES_BY_ROLE,
    SECOND_FACTOR_KINDS,
    SECOND_FACTOR_SEATS,
)
from wholestory.access.policy_doors import DOORS, Door
from wholestory.access.policy_in_words import BECAUSE
from wholestory.access.screens import wording
from wholestory.access.verbs import Verb
from wholestory.partners.models import Role

PATH = Path(__file__).resolve().parents[2] / "docs" / "reference" / "who-can-see-what.md"

VERBS: dict[Verb, str] = {
    Verb.LIST: "List",
    Verb.WRITE: "Write",
    Verb.DECIDE: "Decide",
    Verb.MODERATE: "Moderate",
    Verb.MANAGE: "Manage",
    Verb.EXPORT: "Export",
}

HEAD = """# Who can see what

Made from `wholestory/access/policy.py` by `wholestory docs`; a test fails when the two differ. It has three parts:
which offices a seat opens, which circles it opens, and what somebody who is in may do with each kind of record.

A record belongs to one circle and one office. Whoever is in either may **read** it; anything else needs a cross in
the third part. Nobody else sees that it exists. A seat opens nothing before its first day and nothing after its last.

Three things stand above these tables:

- **A refusal wins.** Somebody with a conflict of interest, somebody a record is about, or somebody whose access the
  board withdrew sees nothing of it, whatever seat they hold.
- **One team seat at a time.** Somebody with several seats in the board's team acts in the one they chose, and the
  others give nothing meanwhile.
- **Emergency access** is for reading only, for an hour, told at once and reviewed by somebody else.
"""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(head: list[str], rows: list[list[str]]) -> list[str]:
    return [_row(*head), _row(*("---" for _ in head)), *(_row(*row) for row in rows), ""]


def _offices() -> list[str]:
    keys = list(OFFICES)
    rows = [
        [role.label, *("×" if key in OFFICES_BY_ROLE.get(role, frozenset()) else "" for key in keys)]
        for role in Role
    ]
    meanings = [f"- **{wording.plain(key)}**: {meaning}" for key, meaning in OFFICES.items()]
    return ["## Offices", "", *meanings, "", *_table(["Seat", *map(wording.plain, keys)], rows)]


def _opens(door: Door, role: Role) -> str:
    if role not in door.roles:
        return ""
    return "own agency" if door.own_agency else "own group" if door.own_group else "×"


def _circles() -> list[str]:
    meanings = [f"- **{wording.plain(door.kind)}**: {door.meaning}" for door in DOORS]
    rows = [[role.label, *(_opens(door, role) for door in DOORS)] for role in Role]
    return [
        "## Circles",
        "",
        *meanings,
        "",
        *_table(["Seat", *(wording.plain(door.kind) for door in DOORS)], rows),
    ]


def _kinds() -> list[str]:
    lines = ["## What those who are in may do", ""]
    for kind, allowed in MAY.items():
        verbs = [verb for verb in VERBS if verb in allowed]
        reasons = [f"seat.{role}" for role in Role] + sorted(
            {reason for verb in verbs for reason in allowed[verb] if not reason.startswith("seat.")}
        )
        rows = [
            [_reason(reason), *("×" if reason in allowed[verb] else "" for verb in verbs)]
            for reason in reasons
            if any(reason in allowed[verb] for verb in verbs)
        ]
        lines += [
            f"### {wording.kind(kind)} (`{kind}`)",
            "",
            *_table(["", *(VERBS[verb] for verb in verbs)], rows),
        ]
    return lines


def _reason(reason: str) -> str:
    where, _, role = reason.partition(".")
    return Role(role).label if where == "seat" else BECAUSE.get(reason, reason).rstrip(".")


def _second_factor() -> list[str]:
    seats = ", ".join(role.label.lower() for role in Role if role in SECOND_FACTOR_SEATS)
    kinds = ", ".join(wording.kind(kind).lower() for kind in sorted(SECOND_FACTOR_KINDS))
    none_yet = "no kind of record yet; those that name children will be listed here"
    return [
        "## Who shows a second factor",
        "",
        f"Before acting in one of these seats, always: {seats}.",
        f"Whatever the seat, before opening: {kinds or none_yet}.",
        "Everybody else signs in with a code sent to their address.",
    ]


def text() -> str:
    """The whole document."""
    return "\n".join([HEAD, *_offices(), *_circles(), *_kinds(), *_second_factor()]) + "\n"


def write(*, check: bool) -> bool:
    """Write the document, or with ``check`` change nothing; True when it was already what the policy says."""
    same = PATH.exists() and PATH.read_text(encoding="utf-8") == text()
    if not same and not check:
        PATH.parent.mkdir(parents=True, exist_ok=True)
        PATH.write_text(text(), encoding="utf-8")
    return same
