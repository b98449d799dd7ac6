"""Pathways as data: stages, the moves between them, who makes each, what it needs and what follows.

"May this person?" is asked of ``access``; "may this record, now?" is answered here. A move names its makers
by the same coded reasons that access gives (``seat.quality_officer``, ``grant.moderator``), so the two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class CannotMove(ValueError):
    """The record cannot make this move. The message is fit for the person who tried."""


class WrongStage(CannotMove):
    """The record stands somewhere else by now."""


class NotYours(CannotMove):
    """Somebody else makes this move."""


class StillNeeded(CannotMove):
    """Something has to be there first; ``missing`` lists it in words."""

    def __init__(self, message: str, missing: tuple[str, ...]) -> None:
        super().__init__(message)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a record can stand. ``colour`` is a meaning the pages know (``in_progress``, ``waiting``, ``done``)."""

    key: str
    label: str
    meaning: str = ""
    colour: str = "in_progress"
    final: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A state beside the stage, such as an extension: a record may have several, in any stage of ``stages``.

    No stages means every stage that is not final.
    """

    key: str
    label: str
    raised_by: frozenset[str]
    lowered_by: frozenset[str]
    stages: frozenset[str] = frozenset()
    colour: str = "waiting"


@dataclass(frozen=True, slots=True)
class Need:
    """What has to hold before a move. The room says which needs hold; ``words`` tell the person what is missing."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class StartClock:
    """The move starts a clock of the record's edition. ``fact`` is the start fact it gives."""

    clock: str
    fact: str


@dataclass(frozen=True, slots=True)
class MeetClock:
    """The move meets a running clock."""

    clock: str


@dataclass(frozen=True, slots=True)
class RaiseSide:
    """The move raises a side state."""

    side: str


@dataclass(frozen=True, slots=True)
class LowerSide:
    """The move lowers a side state, when it is raised."""

    side: str


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Something the room does when the move is made, named by a key the room knows, told in words here."""

    key: str
    words: str


Effect = StartClock | MeetClock | RaiseSide | LowerSide | Afterwards


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step. ``by`` holds coded reasons; ``by_words`` says the same to a reader."""

    name: str
    label: str
    from_stages: frozenset[str]
    to_stage: str
    by: frozenset[str]
    by_words: str
    needs: tuple[Need, ...] = ()
    effects: tuple[Effect, ...] = ()
    reason_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A whole pathway, in one version. A record stays on the version under which it began.

    ``key`` is the room and the pathway, as in ``assurance.self_audit``: the room's word begins the line in the
    access record.
    """

    key: str
    version: int
    title: str
    about: str
    stages: tuple[Stage, ...]
    first: str
    moves: tuple[Move, ...]
    sides: tuple[Side, ...] = ()

    def stage(self, key: str) -> Stage:
        """The stage called ``key``. Raises KeyError."""
        return _one(self.stages, key, lambda stage: stage.key)

    def label(self, key: str) -> str:
        """A stage in words. Raises KeyError."""
        return self.stage(key).label

    def side(self, key: str) -> Side:
        """The side state called ``key``. Raises KeyError."""
        return _one(self.sides, key, lambda side: side.key)

    def move(self, name: str) -> Move:
        """The move called ``name``. Raises KeyError."""
        return _one(self.moves, name, lambda move: move.name)

    @property
    def final(self) -> frozenset[str]:
        """The stages at which a record may rest for good."""
        return frozenset(stage.key for stage in self.stages if stage.final)

    def moves_from(self, stage: str, reasons: Collection[str] | None = None) -> tuple[Move, ...]:
        """The moves possible from a stage, for anybody or for those let in for ``reasons``."""
        found = (move for move in self.moves if stage in move.from_stages)
        return tuple(move for move in found if reasons is None or move.by & frozenset(reasons))


def _one(items: Iterable[T], wanted: str, key_of: Callable[[T], str]) -> T:
    for item in items:
        if key_of(item) == wanted:
            return item
    raise KeyError(wanted)


def ready(
    pathway: Pathway,
    name: str,
    *,
    standing: str,
    reasons: Collection[str],
    holding: Collection[str] = (),
    reason: str = "",
) -> Move:
    """The move ``name``, when a record that stands at ``standing`` may make it now.

    ``reasons`` are the coded reasons that let the person in; ``holding`` the keys of the needs that hold.
    Raises WrongStage, NotYours or StillNeeded, and KeyError for a move the pathway does not have.
    """
    move = pathway.move(name)
    if standing not in move.from_stages:
        raise WrongStage(f"{move.label}: not possible while this stands at “{pathway.label(standing)}”.")
    if not move.by & frozenset(reasons):
        raise NotYours(f"{move.label} is done by {move.by_words}.")
    missing = tuple(need.words for need in move.needs if need.key not in holding)
    if move.reason_required and not reason.strip():
        missing = (*missing, "a reason")
    if missing:
        raise StillNeeded(f"{move.label} still needs {_listed(missing)}.", missing)
    return move


def may_change_side(pathway: Pathway, key: str, *, standing: str, reasons: Collection[str], up: bool) -> Side:
    """The side state ``key``, when these reasons may raise it (``up``) or lower it at this stage.

    Raises WrongStage, NotYours or KeyError.
    """
    side = pathway.side(key)
    allowed = side.stages or frozenset(stage.key for stage in pathway.stages if not stage.final)
    if up and standing not in allowed:
        raise WrongStage(f"“{side.label}” is not possible while this stands at “{pathway.label(standing)}”.")
    if not (side.raised_by if up else side.lowered_by) & frozenset(reasons):
        raise NotYours(f"“{side.label}” is for others to {'set' if up else 'take away'}.")
    return side


def _listed(parts: tuple[str, ...]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
