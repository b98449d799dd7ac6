"""Which bodies an agency carries on from, and how a body that has ended stands in a cycle.

Source: domain notes on quality assurance, 1.1 (history is kept when a legal body is replaced) and 6.2 item 20
(CCG to ICB, probation companies to the Probation Service, school to academy).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

#: ``before`` and ``after`` of each recorded succession.
Pairs = Iterable[tuple[UUID, UUID]]


def came_from(agency: UUID, pairs: Pairs) -> tuple[UUID, ...]:
    """The bodies ``agency`` carries on from, nearest first, over any number of steps; never the agency itself."""
    return _walk(agency, _by(pairs, backwards=True))


def went_to(agency: UUID, pairs: Pairs) -> tuple[UUID, ...]:
    """The bodies that carry on from ``agency``, nearest first."""
    return _walk(agency, _by(pairs, backwards=False))


def _by(pairs: Pairs, *, backwards: bool) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for before, after in pairs:
        start, end = (after, before) if backwards else (before, after)
        found.setdefault(start, []).append(end)
    return found


def _walk(start: UUID, onwards: Mapping[UUID, list[UUID]]) -> tuple[UUID, ...]:
    """Breadth first; a ring in the directory (a mistake) ends where it closes."""
    seen: dict[UUID, None] = {}
    look = [start]
    while look:
        look = [one for each in look for one in onwards.get(each, ()) if one != start and one not in seen]
        seen |= dict.fromkeys(look)
    return tuple(seen)
