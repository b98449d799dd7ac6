"""When the files of an item may be opened: asked by the room that keeps them."""

from __future__ import annotations

from wholestory.meetings.models import Item
from wholestory.meetings.operations.interests import must_have_declared
from wholestory.meetings.refusing import NotYetDeclared
from wholestory.partners.models import Person
from wholestory.records.models import Record


def why_shut(record: Record, person: Person) -> str:
    """Why a member may not open the papers of an item yet; nothing when they may."""
    for item in Item.objects.filter(about=record, withdrawn_on=None).select_related(
        "meeting", "about__board"
    ):
        try:
            must_have_declared(person, item)
        except NotYetDeclared as not_yet:
            return f"{not_yet} You are asked on the page of the meeting “{item.meeting.title}”."
    return ""
