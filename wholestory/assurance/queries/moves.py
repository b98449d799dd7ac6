"""What happened to a return, in words for its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

#: A line of a history: the day, what happened, who did it, and the reason.
Happened = tuple[date, str, str, str]

_HAPPENED = {
    "issued": "Asked",
    "extended": "More time given",
    "begun": "Started",
    "asked_to_sign": "Ready: asked for it to be signed",
    "signing_taken_back": "The request to sign was taken back",
    "signed_off": "Signed off",
    "signed_in_part": "Signed; the other signature is awaited",
    "signature_lapsed": "A signature no longer holds",
    "nil_returned": "Nil return signed",
    "reopened": "Opened again by the agency",
    "nil_reopened": "Nil return taken back",
    "queried": "Returned with a query",
    "query_answered": "Query answered",
    "moderated": "Moderation finished",
    "moderation_reopened": "Back to moderation",
    "result_released": "Result released to the agency",
    "sent_back": "Opened again for the agency",
    "withdrawn": "Request withdrawn",
    "refused": "Refused to answer",
    "core_taken": "The answers shared by the boards came in",
    "core_changed": "The answers shared by the boards were changed; this return keeps those it was signed with",
    "refusal_lifted": "Asked again after a refusal",
    "asked_anew": "Asked again after a refusal",
    "more_time_asked": "More time asked for",
    "more_time_declined": "No more time given",
    "more_time_taken_back": "The request for more time taken back",
    "took_over": "Carries on from another organisation",
    "brought_in": "Brought in from a file",
    "past_confirmed": "What was brought in was confirmed",
    "past_disputed": "Said that what was brought in is not right",
    "past_undone": "What was brought in was taken back",
    "letter_sent": "Letter from the chair sent",
    "formal_request_sent": "Formal request sent",
    "board_told": "Put before the board by the chair",
}


def move_words(name: str) -> str:
    """What happened, in words for a history."""
    return _HAPPENED[name]


#: What happens beside the answering: a signature that was asked for is still asked for after it.
BESIDE = (
    "extended",
    "more_time_asked",
    "more_time_declined",
    "more_time_taken_back",
    "core_taken",
    "core_changed",
)
_BESIDE = frozenset(_HAPPENED[name] for name in BESIDE)


def asked_to_sign(history: Sequence[Happened]) -> Happened | None:
    """The request to sign that waits, from a history with its newest line first; None when none does."""
    last = next((one for one in history if one[1] not in _BESIDE), None)
    return last if last is not None and last[1] == _HAPPENED["asked_to_sign"] else None
