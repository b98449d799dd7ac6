"""What rooms above this one show on the page of a measure: challenges about it, actions meant to move it.

A room registers a source when it starts (in its ``apps.py``); this room never imports it. A source is asked once for
each page, within what whoever looks may see, and says nothing where there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wholestory.access.requests import Request


@dataclass(frozen=True)
class Block:
    """A piece of the page: its title, sentences, and perhaps a table (any ``govuk.parts.Table``) and a link."""

    title: str
    said: Sequence[str] = field(default=())
    table: Any = None
    url: str = ""
    link: str = ""


#: ``source(request, measure=code, period_end=day)``; a constant number of questions to the database.
Source = Callable[..., Block | None]

_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Show what ``source`` has to say on the page of every measure."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def blocks(request: Request, *, measure: str, period_end: date) -> list[Block]:
    """What every room has to say of a measure, in the order the rooms started."""
    found = (source(request, measure=measure, period_end=period_end) for source in _SOURCES)
    return [each for each in found if each is not None]
