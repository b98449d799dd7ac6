"""The pathway of a return, as data (domain: quality assurance 1.5): stages, moves, who may make them.

``by`` names who makes the move, for the diagram and the page; ``access.policy`` decides who may.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """One step: from any of ``from_stages`` to ``to_stage``, made by ``by``."""

    name: str
    label: str
    from_stages: frozenset[str]
    to_stage: str
    by: str
    needs: str = ""


@dataclass(frozen=True)
class Pathway:
    """Stages with their words, the first and the final ones, and the moves between them."""

    key: str
    stages: dict[str, str]
    first: str
    final: frozenset[str]
    moves: tuple[Move, ...]

    def move(self, name: str) -> Move:
        """The move of this name. Raises KeyError."""
        for each in self.moves:
            if each.name == name:
                return each
        raise KeyError(name)

    def label(self, stage: str) -> str:
        """A stage in words."""
        return self.stages[stage]


_SIGNED = frozenset({"signed_off", "answered"})
_BEFORE_RELEASE = frozenset({"signed_off", "returned_with_query", "answered", "moderated"})

RETURN = Pathway(
    key="self_audit_return",
    stages={
        "issued": "Not started",
        "in_progress": "In progress",
        "signed_off": "Signed off",
        "returned_with_query": "Returned with a query",
        "answered": "Query answered",
        "moderated": "Moderated",
        "released": "Result released",
        "nil": "Nil return",
        "withdrawn": "Withdrawn",
    },
    first="issued",
    final=frozenset({"released", "nil", "withdrawn"}),
    moves=(
        Move("begun", "Start", frozenset({"issued"}), "in_progress", "the agency"),
        Move(
            "signed_off", "Sign off", frozenset({"issued", "in_progress"}), "signed_off", "the agency's signatory",
            needs="every question answered",
        ),
        Move(
            "nil_returned", "Sign a nil return", frozenset({"issued", "in_progress"}), "nil", "the agency's signatory",
            needs="the reason",
        ),
        Move("reopened", "Open again to change", frozenset({"signed_off"}), "in_progress", "the agency's signatory"),
        Move(
            "nil_reopened", "Take the nil return back", frozenset({"nil"}), "in_progress",
            "the agency's signatory or the board's team", needs="the reason",
        ),
        Move("queried", "Return with a query", _SIGNED, "returned_with_query", "a moderator", needs="the question"),
        Move(
            "query_answered", "Answer the query", frozenset({"returned_with_query"}), "answered", "the agency",
            needs="an answer to every question",
        ),
        Move("moderated", "Finish moderation", _SIGNED, "moderated", "a moderator", needs="a decision on every item"),
        Move("moderation_reopened", "Go back to moderation", frozenset({"moderated"}), "signed_off", "the board's team"),
        Move("result_released", "Release the result", frozenset({"moderated"}), "released", "the board's team"),
        Move(
            "sent_back", "Open again for the agency", _BEFORE_RELEASE, "in_progress", "the board's team", needs="the reason",
        ),
        Move(
            "withdrawn", "Withdraw", frozenset({"issued", "in_progress"}), "withdrawn", "the board's team",
            needs="the reason",
        ),
    ),
)  # fmt: skip
