"""What cannot be done, in sentences for the person."""

from __future__ import annotations


class MeetingRefused(ValueError):
    """It does not fit what the meeting is now; the message says why and what to do instead."""


class NotYetDeclared(MeetingRefused):
    """Papers of a confidential item stay shut until the member has said whether they have an interest in it."""
