"""The access record's codes in words. Rooms register words for their own verbs and kinds."""

from __future__ import annotations

from wholestory.access.policy import BECAUSE

_VERBS: dict[str, str] = {
    "access.opened": "Opened it",
    "access.listed": "Saw it in a list",
    "access.downloaded": "Downloaded it",
    "access.kept_here": "Wanted to print or download it, and was not let",
    "access.not_found": "Asked for it and was shown “There is nothing here for you”",
    "access.refused_at_page": "Was refused at a page",
    "access.signed_in": "Signed in",
    "access.signed_out": "Signed out",
    "access.record_searched": "Looked at who had seen it",
    "access.record_exported": "Exported who had seen it",
    "access.who_can_see": "Looked at who can see it",
    "access.explained": "Asked why somebody may or may not see it",
    "access.refused": "Kept somebody out of it",
    "access.refusal_lifted": "Lifted a refusal",
    "access.granted": "Let somebody in",
    "access.grant_withdrawn": "Ended somebody’s access",
    "access.emergency_taken": "Took emergency access",
    "access.emergency_ended": "Ended emergency access",
    "access.emergency_reviewed": "Reviewed emergency access",
    "access.token_made": "Made an API token",
    "access.token_revoked": "Revoked an API token",
    "access.token_refused": "Tried with an API token that no longer works",
    "access.people_searched": "Looked at what a person did",
}
_REASONS: dict[str, str] = {
    "closed_or_missing": "Closed to them, or there is no such record",
    "no_seat": "They held no seat that day",
    "code": "With a code sent to their address",
    "demo": "In the demo",
    "token_expired": "Its time had passed",
    "token_revoked": "It was revoked, or its seat had ended",
    "single_sign_on": "Through their own organisation",
}
_KINDS: dict[str, str] = {
    "assurance.cycle": "Self-audit cycle",
    "assurance.return": "Self-audit return",
    "assurance.agency_speaks": "Self-audit return: sharing out, answering queries, replying to the result",
    "assurance.results": "Released results",
    "actions.action": "Action",
    "correspondence.message": "Letter or e-mail",
    "partners.directory": "Directory",
    "pathways.rules": "Rule register",
    "access.record": "Access record",
    "access.account": "Account",
    "access.people_check": "An agency’s own people",
    "access.team": "The team’s use of its seats",
    "access.refusal": "Refusals",
    "access.emergency": "Emergency access",
    "access.token": "API token",
    "access.explain": "“May this person…?”",
    "challenge.question": "Question to the board",
}


def register(
    *,
    verbs: dict[str, str] | None = None,
    reasons: dict[str, str] | None = None,
    kinds: dict[str, str] | None = None,
) -> None:
    """Words for a room's own codes. Called once, when the room starts."""
    _VERBS.update(verbs or {})
    _REASONS.update(reasons or {})
    _KINDS.update(kinds or {})


def plain(code: str) -> str:
    """A code as words, when nobody gave it any."""
    said = code.rpartition(".")[2].replace("_", " ")
    return said[:1].upper() + said[1:]


def what(verb: str, *, listed: bool = False) -> str:
    """What was done, in words."""
    if listed and verb == "access.opened":
        return _VERBS["access.listed"]
    return _VERBS.get(verb) or plain(verb)


def why(reason: str) -> str:
    """A coded reason in words; nothing for nothing."""
    if not reason:
        return ""
    return BECAUSE.get(reason) or _REASONS.get(reason) or plain(reason)


def kind(code: str) -> str:
    """A kind of record in words."""
    return _KINDS.get(code) or plain(code)
