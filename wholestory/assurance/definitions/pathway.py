"""The pathway of a return, as data (domain: quality assurance 1.5): stages, moves, who may make them.

``by`` holds the coded reasons of ``access.policy``, so that the pathway and the rules of access agree.
"""

from __future__ import annotations

from wholestory.pathways import registry
from wholestory.pathways.rules.stages import Move, Need, Pathway, Stage

_AGENCY = frozenset({"seat.agency_lead", "seat.substitute", "seat.contributor", "seat.signatory"})
_SPEAKS = _AGENCY - {"seat.contributor"}
_SIGNS = frozenset({"seat.signatory"})
_MODERATES = frozenset({"grant.moderator", "seat.quality_officer", "seat.business_manager"})
_TEAM = frozenset({"seat.quality_officer", "seat.business_manager"})
_BEING_ANSWERED = frozenset({"issued", "in_progress"})
_SIGNED = frozenset({"signed_off", "answered"})
_BEFORE_RELEASE = frozenset({"signed_off", "returned_with_query", "answered", "moderated"})
_WHOSE = "somebody at the agency"


def _move(
    name: str,
    label: str,
    come_from: frozenset[str],
    to: str,
    by: frozenset[str],
    by_words: str,
    needs: str = "",
) -> Move:
    wanted = (Need(name, needs),) if needs else ()
    return Move(
        name=name, label=label, from_stages=come_from, to_stage=to, by=by, by_words=by_words, needs=wanted
    )


RETURN = Pathway(
    key="assurance.self_audit",
    version=1,
    title="A self-audit return",
    about="From the request to one agency to the result it reads, with the conversation in between.",
    stages=(
        Stage("issued", "Not started", "The agency has been asked", "not_started"),
        Stage("in_progress", "In progress", "The agency is answering", "in_progress"),
        Stage("signed_off", "Signed off", "The senior officer has declared the answers", "with_board"),
        Stage("returned_with_query", "Returned with a query", "The board has asked something", "returned"),
        Stage("answered", "Query answered", "The agency has answered the board", "with_board"),
        Stage("moderated", "Moderated", "Somebody has judged each line", "with_board"),
        Stage("released", "Result released", "The agency reads its result", "released", final=True),
        Stage("nil", "Nil return", "Signed: nothing here to assess", "not_needed", final=True),
        Stage("withdrawn", "Withdrawn", "The agency is no longer asked", "not_needed", final=True),
        Stage("refused", "Refused to answer", "The agency has said that it will not answer", "overdue", final=True),
    ),
    first="issued",
    moves=(
        _move("begun", "Start", frozenset({"issued"}), "in_progress", _AGENCY, _WHOSE),
        _move(
            "signed_off", "Sign off", _BEING_ANSWERED, "signed_off", _SIGNS, "the agency's signatory",
            "every question answered",
        ),
        _move(
            "nil_returned", "Sign a nil return", _BEING_ANSWERED, "nil", _SIGNS, "the agency's signatory", "the reason"
        ),
        _move(
            "reopened", "Open again to change", frozenset({"signed_off"}), "in_progress", _SIGNS,
            "the agency's signatory",
        ),
        _move(
            "nil_reopened", "Take the nil return back", frozenset({"nil"}), "in_progress", _SIGNS,
            "the agency's signatory", "the reason",
        ),
        _move(
            "queried", "Return with a query", _SIGNED, "returned_with_query", _MODERATES, "a moderator", "the question"
        ),
        _move(
            "query_answered", "Answer the query", frozenset({"returned_with_query"}), "answered", _SPEAKS,
            "the agency's lead, a substitute or the signatory",
            "an answer to every question",
        ),
        _move("moderated", "Finish moderation", _SIGNED, "moderated", _MODERATES, "a moderator"),
        _move(
            "moderation_reopened", "Go back to moderation", frozenset({"moderated"}), "signed_off", _TEAM,
            "the board's team",
        ),
        _move(
            "result_released", "Release the result", frozenset({"moderated"}), "released", _TEAM, "the board's team"
        ),
        _move(
            "sent_back", "Open again for the agency", _BEFORE_RELEASE, "in_progress", _TEAM, "the board's team",
            "the reason",
        ),
        _move(
            "refused", "Record a refusal", _BEING_ANSWERED, "refused", _TEAM, "the board's team", "what the agency said"
        ),
        _move(
            "refusal_lifted", "Ask again after a refusal", frozenset({"refused"}), "in_progress", _TEAM,
            "the board's team", "the reason",
        ),
        _move(
            "asked_anew", "Ask again after a refusal, nothing begun", frozenset({"refused"}), "issued", _TEAM,
            "the board's team", "the reason",
        ),
        _move("withdrawn", "Withdraw", _BEING_ANSWERED, "withdrawn", _TEAM, "the board's team", "the reason"),
    ),
)  # fmt: skip

registry.register(RETURN)
