"""Whether a pathway can work: every stage reachable, each left or final, every move naming who makes it."""

from __future__ import annotations

from collections.abc import Collection

from wholestory.pathways.rules.stages import LowerSide, MeetClock, Move, Pathway, RaiseSide, Side, StartClock


def reachable(pathway: Pathway) -> frozenset[str]:
    """Every stage that can be reached from the first."""
    found, waiting = {pathway.first}, [pathway.first]
    while waiting:
        standing = waiting.pop()
        for move in pathway.moves:
            if standing in move.from_stages and move.to_stage not in found:
                found.add(move.to_stage)
                waiting.append(move.to_stage)
    return frozenset(found)


def problems(pathway: Pathway, clocks: Collection[str] | None = None) -> list[str]:
    """Everything that keeps a pathway from working, each with the place named; empty when it works.

    ``clocks`` are the keys of the clocks there are, when effects are to be checked against them.
    """
    return [
        *_problems_of_names(pathway),
        *_problems_of_stages(pathway),
        *(problem for move in pathway.moves for problem in _problems_of_move(pathway, move, clocks)),
        *(problem for side in pathway.sides for problem in _problems_of_side(pathway, side)),
    ]


def _problems_of_names(pathway: Pathway) -> list[str]:
    kinds = {
        "stage": [stage.key for stage in pathway.stages],
        "move": [move.name for move in pathway.moves],
        "side state": [side.key for side in pathway.sides],
    }
    return [
        f"{pathway.key}: the {kind} “{name}” is there twice"
        for kind, names in kinds.items()
        for name in sorted({name for name in names if names.count(name) > 1})
    ]


def _problems_of_stages(pathway: Pathway) -> list[str]:
    keys = {stage.key for stage in pathway.stages}
    if pathway.first not in keys:
        return [f"{pathway.key}: the first stage “{pathway.first}” is not a stage"]
    found = [f"{pathway.key}: no move leads to “{key}”" for key in sorted(keys - reachable(pathway))]
    for stage in pathway.stages:
        left = any(stage.key in move.from_stages for move in pathway.moves)
        if not left and not stage.final:
            found.append(f"{pathway.key}: “{stage.key}” can neither be left nor is it final")
        if not stage.label:
            found.append(f"{pathway.key}: “{stage.key}” has no words")
    return found


def _problems_of_move(pathway: Pathway, move: Move, clocks: Collection[str] | None) -> list[str]:
    keys = {stage.key for stage in pathway.stages}
    sides = {side.key for side in pathway.sides}
    where = f"{pathway.key}.{move.name}"
    found = [f"{where}: “{key}” is not a stage" for key in sorted({*move.from_stages, move.to_stage} - keys)]
    if not move.from_stages:
        found.append(f"{where}: it starts nowhere")
    if not move.by or not move.by_words:
        found.append(f"{where}: it does not say who makes it")
    if not move.label:
        found.append(f"{where}: it has no words")
    for effect in move.effects:
        if isinstance(effect, RaiseSide | LowerSide) and effect.side not in sides:
            found.append(f"{where}: “{effect.side}” is not a side state")
        if isinstance(effect, StartClock | MeetClock) and clocks is not None and effect.clock not in clocks:
            found.append(f"{where}: there is no clock “{effect.clock}”")
    return found


def _problems_of_side(pathway: Pathway, side: Side) -> list[str]:
    keys = {stage.key for stage in pathway.stages}
    where = f"{pathway.key}: side state “{side.key}”"
    found = [f"{where}: “{key}” is not a stage" for key in sorted(side.stages - keys)]
    raised_by_move = any(RaiseSide(side.key) in move.effects for move in pathway.moves)
    lowered_by_move = any(LowerSide(side.key) in move.effects for move in pathway.moves)
    if not side.raised_by and not raised_by_move:
        found.append(f"{where}: nobody can set it")
    if not side.lowered_by and not lowered_by_move:
        found.append(f"{where}: nobody can take it away")
    return found
