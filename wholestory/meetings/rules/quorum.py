"""Whether a meeting may decide: how many must be there, and which agencies, sectors and roles among them.

One person who speaks for two agencies is one body and two agencies. Whoever left for an item does not count for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

SHARES: Mapping[str, Fraction] = {
    "third": Fraction(1, 3),
    "half": Fraction(1, 2),
    "two_thirds": Fraction(2, 3),
}
#: What a need may name.
NEED_KINDS = ("agency", "sector", "role")


@dataclass(frozen=True)
class Need:
    """An agency, a sector or a role somebody must be there for."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True)
class Rule:
    """When a group may decide: a number or a share of its members (the larger of both), and who among them."""

    number: int | None = None
    share: Fraction | None = None
    needs: tuple[Need, ...] = ()
    virtual_counts: bool = True
    deputies_count: bool = True

    def needed(self, members: int) -> int:
        """How many people must be there; nobody at all never makes a meeting."""
        of_share = ceil(self.share * members) if self.share is not None else 0
        return max(self.number or 0, of_share, 1)


@dataclass(frozen=True)
class There:
    """One seat that is filled at the meeting. ``body`` is the person in it, ``roles`` every role they hold,
    ``away`` whether they left for the item."""

    body: str
    agency: str = ""
    sector: str = ""
    roles: frozenset[str] = frozenset()
    virtual: bool = False
    deputy: bool = False
    away: bool = False


@dataclass(frozen=True)
class Verdict:
    """Whether it may decide, and why in words."""

    quorate: bool
    here: int
    needed: int
    missing: tuple[str, ...]
    sentence: str


def read_needs(stored: Sequence[Mapping[str, Any]]) -> tuple[Need, ...]:
    """The needs as they are stored. Raises ValueError for one that names nothing a need may name."""
    needs = []
    for one in stored:
        if one.get("kind") not in NEED_KINDS or not one.get("key"):
            raise ValueError(f"A quorum cannot need {one!r}")
        needs.append(Need(str(one["kind"]), str(one["key"]), str(one.get("label") or one["key"])))
    return tuple(needs)


def judge(rule: Rule, members: int, there: Iterable[There], *, how: str = "present") -> Verdict:
    """Whether those who are there may decide. ``members`` is how many people hold seats that count; ``how`` says in
    the sentence how they take part: present, or answered."""
    seats = list(there)
    staying = [one for one in seats if not one.away]
    counted = [
        one
        for one in staying
        if (rule.virtual_counts or not one.virtual) and (rule.deputies_count or not one.deputy)
    ]
    here, needed = len({one.body for one in counted}), rule.needed(members)
    missing = tuple(need.label for need in rule.needs if not any(_meets(one, need) for one in counted))
    quorate = here >= needed and not missing
    opening = "Quorate" if quorate else "Not quorate"
    said = [f"{opening}: {_number(here, 'member')} {how}, {needed} needed."]
    if missing:
        said.append(f"Nobody {how} for {listed(missing)}.")
    elif rule.needs:
        said.append(f"Among them: {listed([need.label for need in rule.needs])}.")
    return Verdict(quorate, here, needed, missing, " ".join([*said, *_not_counted(rule, seats, staying)]))


def _meets(seat: There, need: Need) -> bool:
    if need.kind == "role":
        return need.key in seat.roles
    return need.key == (seat.agency if need.kind == "agency" else seat.sector)


def _not_counted(rule: Rule, seats: list[There], staying: list[There]) -> list[str]:
    left = len({one.body for one in seats if one.away} - {one.body for one in staying})
    online = 0 if rule.virtual_counts else len({one.body for one in staying if one.virtual})
    deputies = 0 if rule.deputies_count else len({one.body for one in staying if one.deputy})
    said = []
    if left:
        said.append(f"Not counted: {left} who left for this item.")
    if online:
        said.append(f"Not counted in this group: {online} online.")
    if deputies:
        said.append(f"Not counted in this group: {_number(deputies, 'deputy', 'deputies')}.")
    return said


def _number(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
