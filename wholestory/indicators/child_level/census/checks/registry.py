"""Where a rule's function is kept, by what it looks at.

A rule over one record answers whether that record breaks it; a rule over a child gives the records that do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from wholestory.indicators.child_level.census.records import Child, Episode, Record

F = TypeVar("F", bound=Callable[..., object])
Broken = Callable[[Any, Episode, Child, Any], object]
Breakers = Callable[[Child, Any], Iterable[Record]]
CHILD: dict[str, Callable[[Child, Any], object]] = {}
EPISODES: dict[str, Broken] = {}
ASSESSMENTS: dict[str, Broken] = {}
ENQUIRIES: dict[str, Broken] = {}
PLANS: dict[str, Broken] = {}
PROTECTION: dict[str, Broken] = {}
BETWEEN: dict[str, Breakers] = {}


@dataclass(frozen=True, slots=True)
class Period:
    """What rules compare with. Days are ordinals. `open_assessment` and `open_enquiry` are the first start that is
    not yet 45 (15) working days before the end: anything earlier is over."""

    first: int
    last: int
    year: int
    open_assessment: int
    open_enquiry: int
    due_from: int
    """30 days before the end: the earliest expected birth that is no query."""
    due_to: int
    """Nine calendar months after the end."""
    born_25: int
    """Whoever was born before it is over 25 at the end."""
    divided: dict[str, str]
    """Factor to the rule that says it was divided."""


def over(kept: dict[str, Any], rule: str) -> Callable[[F], F]:
    """Registers the function of a rule. Raises KeyError when it has one already."""

    def keep(function: F) -> F:
        if rule in kept:
            raise KeyError(rule)
        kept[rule] = function
        return function

    return keep
