"""Parts about a record itself: what happened, how far it is, who can see it, what was written to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wholestory.govuk.parts.base import Part


@dataclass(frozen=True)
class Event:
    """Something that happened: what, when (in words or a date), by whom, and what was said."""

    title: Any
    when: Any = ""
    by: Any = ""
    text: Any = ""
    tag: Any = ""


@dataclass(frozen=True)
class Timeline(Part):
    """A history, latest first unless the page says otherwise."""

    events: Sequence[Event]
    heading_level: int = 3
    empty: str = "Nothing has happened yet."
    template = "govuk/components/timeline.html"


@dataclass(frozen=True)
class Progress(Part):
    """How many of how many, in words and as a bar."""

    done: int
    total: int
    what: str = "answered"
    id: str = "progress"
    template = "govuk/components/progress.html"

    @property
    def words(self) -> str:
        return f"{self.done:,} of {self.total:,} {self.what}".strip()


@dataclass(frozen=True)
class WhoCanSee(Part):
    """Who can see this: each line is a group of people in words, with its reason if need be."""

    people: Sequence[Any]
    note: Any = ""
    url: str = ""
    heading_level: int = 2
    template = "govuk/components/who_can_see.html"


@dataclass(frozen=True)
class AccessRecordLink(Part):
    """The way to the access record: who has opened this."""

    url: str
    template = "govuk/components/access_record_link.html"


@dataclass(frozen=True)
class MessagePreview(Part):
    """A message as it will be or was sent. `attachments` are names of files."""

    to: Any
    subject: Any
    body: str
    sender: Any = ""
    when: Any = ""
    status: Any = ""
    attachments: Sequence[Any] = ()
    example: bool = False
    heading_level: int = 2
    template = "govuk/components/message_preview.html"
