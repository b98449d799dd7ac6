"""Tells the directory which groups are panels that review deaths."""

from __future__ import annotations

from uuid import UUID

from wholestory.access.directory import guarded
from wholestory.child_deaths.models import Panel


def is_a_panel(group: UUID) -> bool:
    """Whether the group is a panel's: its seats open papers about single children."""
    return Panel.objects.filter(group=group).exists()


guarded.register(is_a_panel)
