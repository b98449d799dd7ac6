"""The pathway of a case, as data (domain: child death review 1.3). What stands beside a stage (a hold, the coroner, an
inquest) is kept with the case, not here.

``by`` holds the coded reasons of ``access.policy``, so that the pathway and the rules of access agree.
"""

from __future__ import annotations

from wholestory.pathways import registry
from wholestory.pathways.rules.stages import Move, Need, Pathway, Stage

#: On a restricted case nobody is in by a seat: whoever was let in by name runs it.
_COORDINATES = frozenset({"seat.child_death_coordinator", "grant.restricted_case"})
_RUNS = _COORDINATES | {"seat.designated_doctor"}
_DECIDES = _COORDINATES | {"grant.overview_chair", "system"}
_WHO = "the child death coordinator or the designated doctor"
_COORDINATOR = "the child death coordinator"
_CHAIR = "the panel's chair, or the coordinator on the chair's word"

OPEN = frozenset({"immediate", "gathering", "meeting_held", "awaiting_outcome", "ready", "listed"})
ENDED = frozenset({"out_of_scope", "transferred", "merged", "taken_back"})


def _move(
    name: str,
    label: str,
    come_from: frozenset[str],
    to: str,
    by: frozenset[str],
    by_words: str,
    *needs: Need,
    reason: bool = False,
) -> Move:
    return Move(
        name=name, label=label, from_stages=come_from, to_stage=to, by=by, by_words=by_words, needs=needs,
        reason_required=reason,
    )  # fmt: skip


CASE = Pathway(
    key="child_deaths.case",
    version=1,
    title="The review of a death",
    about="From the first message to what was learned. Holds, inquests and other reviews stand beside the stage.",
    stages=(
        Stage("triage", "Being sorted", "Is it a death we review, and who leads?", "not_started"),
        Stage(
            "out_of_scope",
            "Not reviewed",
            "The rules say that this death is not reviewed",
            "not_needed",
            final=True,
        ),
        Stage("transferred", "With another panel", "Another panel has accepted it", "not_needed", final=True),
        Stage("merged", "Joined to another case", "It was the same death", "not_needed", final=True),
        Stage(
            "taken_back", "Taken back", "It came from a list that was taken back", "not_needed", final=True
        ),
        Stage(
            "immediate", "First response", "The first days: what is decided and who is told", "in_progress"
        ),
        Stage("gathering", "Gathering information", "Agencies have been asked what they know", "in_progress"),
        Stage("meeting_held", "Review meeting held", "The draft of the analysis is there", "in_progress"),
        Stage(
            "awaiting_outcome", "Waiting for an outcome", "An inquest, a trial or another review", "waiting"
        ),
        Stage("ready", "Ready for the panel", "Nothing stands in the way of the panel", "with_board"),
        Stage("listed", "Listed", "On the agenda of a panel meeting", "with_board"),
        Stage("reviewed", "Reviewed", "The panel has decided; the record is not yet final", "in_progress"),
        Stage("finalised", "Final", "Saved as final", "done", final=True),
        Stage("submitted", "Entered nationally", "Entered in the national database", "done", final=True),
        Stage("closed", "Closed", "Every action is done and the family has its answers", "done", final=True),
    ),
    first="triage",
    moves=(
        _move(
            "taken_on",
            "Take on",
            frozenset({"triage", "transferred"}),
            "immediate",
            _RUNS,
            _WHO,
            Need("lead", "a decision on who leads"),
        ),
        _move(
            "left_out",
            "Not for review",
            frozenset({"triage", "immediate", "gathering"}),
            "out_of_scope",
            _RUNS,
            _WHO,
            reason=True,
        ),
        _move(
            "taken_back",
            "Taken back with its list",
            frozenset(
                {
                    "triage",
                    "out_of_scope",
                    "transferred",
                    *OPEN,
                    "reviewed",
                    "finalised",
                    "submitted",
                    "closed",
                }
            ),
            "taken_back",
            _COORDINATES,
            "the child death coordinator, with the whole list it came from",
        ),
        _move(
            "taken_back_in",
            "Take up after all",
            frozenset({"out_of_scope"}),
            "triage",
            _RUNS,
            _WHO,
            reason=True,
        ),
        _move(
            "accepted_elsewhere",
            "Accepted by the other panel",
            frozenset({"triage", *OPEN}),
            "transferred",
            _COORDINATES | {"system"},
            _COORDINATOR,
            Need("accepted", "the other panel's acceptance"),
        ),
        _move(
            "same_death",
            "Join to the other case",
            frozenset({"triage", *OPEN}),
            "merged",
            _COORDINATES,
            _COORDINATOR,
        ),
        _move(
            "not_the_same",
            "Part from the other case",
            frozenset({"merged"}),
            "triage",
            _COORDINATES,
            _COORDINATOR,
        ),
        _move("gathering_begun", "Ask the agencies", frozenset({"immediate"}), "gathering", _RUNS, _WHO),
        _move(
            "meeting_was_held",
            "Review meeting held",
            frozenset({"immediate", "gathering", "awaiting_outcome"}),
            "meeting_held",
            _RUNS,
            _WHO,
        ),
        _move(
            "outcome_awaited",
            "Wait for an outcome",
            frozenset({"gathering", "meeting_held", "ready"}),
            "awaiting_outcome",
            _RUNS,
            _WHO,
            reason=True,
        ),
        _move(
            "made_ready",
            "Ready for the panel",
            frozenset({"gathering", "meeting_held", "awaiting_outcome"}),
            "ready",
            _RUNS,
            _WHO,
            Need("draft", "a draft of the analysis form"),
            Need("inquest", "the result of the inquest"),
            Need("no_hold", "every hold ended"),
        ),
        _move("listed", "List for a meeting", frozenset({"ready"}), "listed", _COORDINATES, _COORDINATOR),
        _move("taken_off", "Take off the agenda", frozenset({"listed"}), "ready", _COORDINATES, _COORDINATOR),
        _move("deferred", "Put off", frozenset({"listed"}), "ready", _DECIDES, _CHAIR, reason=True),
        _move(
            "reviewed",
            "Reviewed by the panel",
            frozenset({"listed"}),
            "reviewed",
            _DECIDES,
            _CHAIR,
            Need("category", "a category of death"),
            Need("modifiable", "an answer on modifiable factors"),
        ),
        _move(
            "made_final",
            "Save as final",
            frozenset({"reviewed"}),
            "finalised",
            _COORDINATES,
            _COORDINATOR,
            Need("analysis", "an analysis with nothing missing"),
        ),
        _move(
            "entered",
            "Entered in the national database",
            frozenset({"finalised"}),
            "submitted",
            _COORDINATES,
            _COORDINATOR,
        ),
        _move(
            "entry_taken_back",
            "Mark of entry taken back",
            frozenset({"submitted"}),
            "finalised",
            _COORDINATES,
            "the child death coordinator, with the export the mark came from",
        ),
        _move(
            "closed",
            "Close",
            frozenset({"finalised", "submitted"}),
            "closed",
            _COORDINATES,
            _COORDINATOR,
            Need("family", "an answer to every question of the family, or the reason why there is none"),
        ),
        _move(
            "reopened",
            "Open again",
            frozenset({"finalised", "submitted", "closed"}),
            "reviewed",
            _RUNS,
            _WHO,
            reason=True,
        ),
    ),
)

registry.register(CASE)
