"""The access record's codes in words. Rooms register words for their own, in a module called ``access_words``."""

from __future__ import annotations

from wholestory.access.policy_in_words import BECAUSE

_VERBS: dict[str, str] = {
    "access.opened": "Opened it",
    "access.listed": "Saw it in a list",
    "access.downloaded": "Downloaded it",
    "access.kept_here": "Wanted to print or download it, and was not let",
    "access.not_found": "Asked for it and was shown “There is nothing here for you”",
    "access.signed_in": "Signed in",
    "access.signed_out": "Signed out",
    "access.searched": "Found it by searching",
    "access.record_searched": "Looked at who had seen it",
    "access.record_exported": "Exported who had seen it",
    "access.who_can_see": "Looked at who can see it",
    "access.explained": "Asked why somebody may or may not see it",
    "access.refused": "Kept somebody out of it",
    "access.refusal_lifted": "Lifted a refusal",
    "access.emergency_taken": "Took emergency access",
    "access.emergency_ended": "Ended emergency access",
    "access.emergency_reviewed": "Reviewed emergency access",
    "access.token_made": "Made an API token",
    "access.token_revoked": "Revoked an API token",
    "access.token_refused": "Tried with an API token that no longer works",
    "access.people_searched": "Looked at what a person did",
    "access.account_opened": "Made an account",
    "access.account_closed": "Closed an account",
    "access.account_opened_page": "Looked at an account",
    "access.accounts_listed": "Looked at the accounts",
    "access.invited": "Sent an invitation",
    "access.people_check_asked": "Asked an organisation to confirm its people",
    "access.people_check_answered": "Confirmed an organisation’s people",
    "access.recovery_asked": "Asked to start somebody’s sign-in afresh",
    "access.recovery_done": "Agreed to start somebody’s sign-in afresh",
    "access.seat_chosen": "Chose the seat to act in",
    "access.second_step_failed": "Failed the second step of signing in",
    "access.second_step_taken": "Took the second step of signing in",
    "access.sign_on_forgotten": "Made the site forget their organisation’s old account",
    "access.team_use_shown": "Looked at the team’s use of its seats",
    "partners.agency_added": "Added an organisation",
    "partners.agency_changed": "Changed an organisation",
    "partners.agency_ended": "Ended an organisation",
    "partners.agency_linked": "Linked an organisation to the board",
    "partners.area_added": "Added an area",
    "partners.area_changed": "Changed an area",
    "partners.area_removed": "Removed an area",
    "partners.board_changed": "Changed the board’s details",
    "partners.board_founded": "Founded the board",
    "partners.board_set_up": "Finished setting the board up",
    "partners.counterpart_named": "Named a counterpart",
    "partners.counterpart_ended": "Ended a counterpart",
    "partners.leave_covered": "Arranged leave cover",
    "partners.cover_ended": "Ended leave cover",
    "partners.group_added": "Added a group",
    "partners.group_changed": "Changed a group",
    "partners.group_ended": "Ended a group",
    "partners.group_left": "Left a joint group",
    "partners.person_added": "Added a person",
    "partners.person_changed": "Changed a person’s details",
    "partners.person_left": "Marked a person as gone",
    "partners.seat_given": "Gave a seat",
    "partners.seat_changed": "Changed a seat",
    "partners.seat_ended": "Ended a seat",
    "partners.set_up_step": "Took a step of setting up",
    "partners.spreadsheet_uploaded": "Uploaded a membership spreadsheet",
    "partners.spreadsheet_applied": "Applied a membership spreadsheet",
    "partners.spreadsheet_undone": "Took a membership spreadsheet back",
    "partners.spreadsheet_discarded": "Threw a membership spreadsheet away",
    "partners.spreadsheets_expired": "Membership spreadsheets were emptied",
    "partners.person_joined": "Joined two entries of a person",
    "partners.person_parted": "Parted two entries of a person again",
    "partners.agency_joined": "Joined two entries of an organisation",
    "partners.agency_parted": "Parted two entries of an organisation again",
    "partners.problems_downloaded": "Downloaded what was wrong with a spreadsheet",
    "partners.succession_recorded": "Recorded a successor",
    "partners.succession_removed": "Removed a successor",
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
