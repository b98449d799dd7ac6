"""Tables of the room of meetings, a file per subject."""

from wholestory.meetings.models.attendance import Attendance, Status
from wholestory.meetings.models.decisions import Decision, DecisionState, Voice, VoiceKind
from wholestory.meetings.models.interests import Declaration, Effect, Interest, InterestKind
from wholestory.meetings.models.meetings import (
    Arrangement,
    Item,
    Meeting,
    MeetingKind,
    MeetingState,
    Paper,
    Part,
    Purpose,
)
from wholestory.meetings.models.minutes import ItemMinute, Minutes, MinutesState

__all__ = [
    "Arrangement",
    "Attendance",
    "Decision",
    "DecisionState",
    "Declaration",
    "Effect",
    "Interest",
    "InterestKind",
    "Item",
    "ItemMinute",
    "Meeting",
    "MeetingKind",
    "MeetingState",
    "Minutes",
    "MinutesState",
    "Paper",
    "Part",
    "Purpose",
    "Status",
    "Voice",
    "VoiceKind",
]
