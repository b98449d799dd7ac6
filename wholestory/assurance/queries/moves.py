"""What happened to a return, in words for its history."""

_HAPPENED = {
    "issued": "Asked",
    "extended": "More time given",
    "begun": "Started",
    "asked_to_sign": "Ready: asked for it to be signed",
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
