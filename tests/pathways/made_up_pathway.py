"""A pathway made up for tests: the shape of a self-audit return, with clocks and side states."""

from __future__ import annotations

from wholestory.pathways.rules.stages import (
    Afterwards,
    LowerSide,
    MeetClock,
    Move,
    Need,
    Pathway,
    RaiseSide,
    Side,
    Stage,
    StartClock,
)

AGENCY = frozenset({"seat.agency_lead", "seat.contributor"})
SIGNATORY = frozenset({"seat.signatory"})
TEAM = frozenset({"seat.quality_officer", "seat.business_manager"})
MODERATOR = frozenset({"grant.moderator"}) | TEAM
SIGNED = frozenset({"signed_off", "answered"})

RETURN = Pathway(
    key="assurance.made_up_return",
    version=1,
    title="A made-up return",
    about="For tests only.",
    stages=(
        Stage("issued", "Not started", "The agency has been asked", "not_started"),
        Stage("in_progress", "In progress"),
        Stage("signed_off", "Signed off", colour="with_board"),
        Stage("returned_with_query", "Returned with a query", colour="returned"),
        Stage("answered", "Query answered", colour="with_board"),
        Stage("moderated", "Moderated", colour="with_board"),
        Stage("released", "Result released", colour="released", final=True),
        Stage("nil", "Nil return", colour="done", final=True),
    ),
    first="issued",
    sides=(
        Side("extension", "Extension granted", TEAM, TEAM, stages=frozenset({"issued", "in_progress"})),
        Side("overdue", "Overdue", raised_by=frozenset({"system"}), lowered_by=frozenset({"system"}), colour="overdue"),
        Side("escalated", "Escalated", raised_by=TEAM, lowered_by=TEAM, colour="overdue"),
    ),
    moves=(
        Move(
            name="begun", label="Start", from_stages=frozenset({"issued"}), to_stage="in_progress",
            by=AGENCY | SIGNATORY, by_words="the agency",
        ),
        Move(
            name="signed_off", label="Sign off", from_stages=frozenset({"in_progress"}), to_stage="signed_off",
            by=SIGNATORY, by_words="the agency's signatory",
            needs=(Need("complete", "every question answered"), Need("declared", "the declaration")),
            effects=(
                MeetClock("return_chaser"),
                StartClock("return_action_plan_window", "released"),
                LowerSide("overdue"),
                Afterwards("tell_board", "the board's team is told"),
            ),
        ),
        Move(
            name="nil_returned", label="Sign a nil return", from_stages=frozenset({"issued", "in_progress"}),
            to_stage="nil", by=SIGNATORY, by_words="the agency's signatory", reason_required=True,
        ),
        Move(
            name="queried", label="Return with a query", from_stages=SIGNED, to_stage="returned_with_query",
            by=MODERATOR, by_words="a moderator", needs=(Need("question", "a question"),),
        ),
        Move(
            name="query_answered", label="Answer the query", from_stages=frozenset({"returned_with_query"}),
            to_stage="answered", by=AGENCY | SIGNATORY, by_words="the agency",
        ),
        Move(
            name="moderated", label="Finish moderation", from_stages=SIGNED, to_stage="moderated",
            by=MODERATOR, by_words="a moderator",
        ),
        Move(
            name="result_released", label="Release the result", from_stages=frozenset({"moderated"}),
            to_stage="released", by=TEAM, by_words="the board's team", effects=(RaiseSide("escalated"),),
        ),
    ),
)  # fmt: skip
