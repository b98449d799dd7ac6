"""Writes of the room of meetings. A duty above uses these names; ``README.md`` says what each does."""

from wholestory.meetings.operations.agenda import add_item, add_paper, list_item, move_item, withdraw_item
from wholestory.meetings.operations.deciding import decide, link
from wholestory.meetings.operations.interests import declare, must_have_declared, set_effect, undeclared
from wholestory.meetings.operations.planning import Plan, arrange, plan
from wholestory.meetings.refusing import MeetingRefused, NotYetDeclared

__all__ = [
    "MeetingRefused",
    "NotYetDeclared",
    "Plan",
    "add_item",
    "add_paper",
    "arrange",
    "decide",
    "declare",
    "link",
    "list_item",
    "move_item",
    "must_have_declared",
    "plan",
    "set_effect",
    "undeclared",
    "withdraw_item",
]
