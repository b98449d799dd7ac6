"""How many comments wait beside a question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def waiting_at(talks: Mapping[str, int], place: object) -> int:
    """``talks`` is ``Opened.open_comments``; ``place`` the question's place."""
    return talks.get(str(place), 0)


@register.filter
def at_place(found: Mapping[str, Any] | None, place: object) -> Any:
    """What ``found`` has for a place or a key, or nothing."""
    return (found or {}).get(str(place), "")
