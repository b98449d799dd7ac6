"""Groups whose seats open papers about single children: nobody gives themselves a seat there.

A duty above says which groups these are, because this room knows no duty.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

_guards: list[Callable[[UUID], bool]] = []


def register(guards: Callable[[UUID], bool]) -> None:
    """``guards`` says of a group's key whether its seats open papers about children. Called once, at the start."""
    if guards not in _guards:
        _guards.append(guards)


def is_guarded(group: UUID) -> bool:
    """Whether any duty guards this group."""
    return any(guards(group) for guards in _guards)
