"""Loading a filled copy: keep what it says, put the chosen answers in place, take the whole load back.

Nothing is overwritten unasked: what clashes is decided by somebody, and what stood before stays in the history.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from wholestory import ledger
from wholestory.access.verbs import Verb
from wholestory.paperwork import watching
from wholestory.paperwork.copies.found import Compared, Found, Pick, What
from wholestory.paperwork.copies.reading import Copied
from wholestory.paperwork.given import BLANK, Given, Nothing, Place
from wholestory.paperwork.models import Answer, AnswerHistory, AnswerSet, CopyLoad, How, LoadState
from wholestory.paperwork.operations.drafts import columns_of, doors_of, write_answers
from wholestory.paperwork.operations.holding import held
from wholestory.paperwork.operations.refusals import CannotUndo, NotChosen, Overtaken
from wholestory.paperwork.queries import Filled, filled
from wholestory.partners.models import Person


@dataclass(frozen=True)
class Chosen:
    """What somebody decided about one cell; ``given`` is the text put together of both."""

    pick: Pick
    given: Given = BLANK


def record_load(
    *,
    actor: Person,
    set_id: UUID,
    copied: Copied,
    file_reference: str,
    file_name: str,
    sha256: str,
    now: datetime,
    counts: Mapping[str, int],
    on_behalf: bool = False,
    sign_off_reference: str = "",
) -> CopyLoad:
    """Note a copy that was read and kept; no answer changes. Raises what ``held`` raises."""
    form_set = held(set_id, actor=actor, verb=_verb(on_behalf))
    ledger.line("paperwork.copy_checked", form_set.record, reason="on_behalf" if on_behalf else "")
    load = CopyLoad(
        **doors_of(form_set), answer_set=form_set, file_reference=file_reference, file_name=file_name[-150:],
        sha256=sha256, loaded_by=actor, loaded_at=now, on_behalf=on_behalf, sign_off_reference=sign_off_reference,
        counts=dict(counts),
        proposal={"marks": {**asdict(copied.marks), "places": {}}, "cells": [asdict(cell) for cell in copied.cells]},
    )  # fmt: skip
    load.save(force_insert=True)
    return load


def apply_load(
    *,
    actor: Person,
    load: CopyLoad,
    compare: Callable[[Filled], Compared],
    chosen: Mapping[Place, Chosen],
    seen: str,
    now: datetime,
    still_true: bool = False,
) -> int:
    """Put the answers of a checked copy in place; returns how many. ``compare`` is asked again under the lock, and
    ``seen`` is what the person saw (``Compared.seen``). ``still_true`` confirms the answers from last time that the
    copy leaves as they were; they are counted apart, in the load.

    Raises what ``held`` raises, Overtaken (an answer was changed meanwhile, or the load was applied already), and
    NotChosen with the places nobody decided about.
    """
    form_set = held(load.answer_set_id, actor=actor, verb=_verb(load.on_behalf))
    load = CopyLoad.objects.select_for_update(of=("self",)).get(pk=load.pk)
    now_stands = filled(form_set)
    compared = compare(now_stands)
    if load.state != LoadState.CHECKED or compared.seen != seen:
        raise Overtaken
    undecided = [one.place for one in compared.of(What.CLASH) if one.place and one.place not in chosen]
    if undecided:
        raise NotChosen(tuple(undecided))
    wanted = _to_write(compared, chosen, now_stands)
    ledger.line("paperwork.copy_loaded", form_set.record, reason="on_behalf" if load.on_behalf else "")
    confirmed = _still_true(compared, wanted) if still_true else {}
    before = {place: now_stands.standing.get(place) for place in (*wanted, *confirmed)}
    _write(form_set, actor, now, wanted, now_stands, How.LOADED)
    if confirmed:
        _write(form_set, actor, now, confirmed, now_stands, How.CONFIRMED, confirmed)
    load.proposal["written"] = [
        {
            "place": str(place),
            "revision": now_stands.revision(place) + 1,
            "before": _stored(was.given) if was else None,
            "from_previous": bool(was and was.from_previous),
        }
        for place, was in before.items()
    ]
    load.counts = {**compared.counts(), "written": len(wanted), "confirmed": len(confirmed)}
    load.state, load.applied_at = LoadState.APPLIED, now
    load.save(update_fields=["proposal", "counts", "state", "applied_at"])
    return len(wanted)


def undo_load(
    *,
    actor: Person,
    load: CopyLoad,
    now: datetime,
    pages: Collection[str] | None = None,
    on_behalf: bool = False,
) -> int:
    """Put back what stood before a load, as one; returns how many answers. The agency may take back what was loaded
    on its behalf.

    Raises what ``held`` raises, and CannotUndo when a loaded answer was changed since, the load is not one that
    stands, or it changed pages ``actor`` does not answer.
    """
    form_set = held(load.answer_set_id, actor=actor, verb=_verb(on_behalf))
    load = CopyLoad.objects.select_for_update(of=("self",)).get(pk=load.pk)
    if load.state != LoadState.APPLIED:
        raise CannotUndo("This load was taken back already.")
    now_stands = filled(form_set)
    written = [(Place.of(one["place"]), one) for one in load.proposal.get("written", [])]
    form = now_stands.form
    if pages is not None and any(form.asked[place.key].page.key not in pages for place, _one in written):
        raise CannotUndo(
            "This load changed answers that somebody else gives. Ask whoever loaded it to take it back."
        )
    changed = [form.question(p.key).label for p, one in written if now_stands.revision(p) != one["revision"]]
    if changed:
        raise CannotUndo(
            f"“{changed[0]}”{f' and {len(changed) - 1} more' if len(changed) > 1 else ''} changed after this copy was"
            " loaded, so it cannot be taken back as one. Change the answers on the form’s pages; what stood before is"
            " in each answer’s history."
        )
    ledger.line("paperwork.copy_taken_back", form_set.record)
    back = {place: _given(one["before"]) for place, one in written}
    previous = {place for place, one in written if one["from_previous"]}
    _write(form_set, actor, now, back, now_stands, How.UNLOADED, previous)
    load.state, load.undone_by, load.undone_at = LoadState.UNDONE, actor, now
    load.save(update_fields=["state", "undone_by", "undone_at"])
    return len(back)


def _verb(on_behalf: bool) -> Verb:
    return Verb.MANAGE if on_behalf else Verb.WRITE


def _to_write(compared: Compared, chosen: Mapping[Place, Chosen], now_stands: Filled) -> dict[Place, Given]:
    out: dict[Place, Given] = {}
    items: dict[Place, list[int]] = {}
    for one in compared.of(What.NEW, What.CHANGED, What.CLASH, What.EMPTIED):
        given = _decided(one, chosen)
        if one.place is None or given is None:
            continue
        out[one.place] = given
        if one.new_item is not None:
            added = items.setdefault(Place(one.new_item.key), [])
            added += [one.new_item.item] * (one.new_item.item not in added)
    for group, added in items.items():
        standing = out.get(group, now_stands.sheet.at(group))
        there = standing.value if isinstance(standing.value, list) else []
        out[group] = Given([*there, *added], standing.nothing, standing.reason)
    return out


def _still_true(compared: Compared, wanted: Collection[Place]) -> dict[Place, Given]:
    """The answers from last time that nothing else is written over, confirmed."""
    return {
        one.place: replace(one.live, to_confirm=False)
        for one in compared.waiting
        if one.place is not None and one.place not in wanted
    }


def _decided(one: Found, chosen: Mapping[Place, Chosen]) -> Given | None:
    """What to write at a place, or None to leave it as it stands. What is new or only the file's is taken unless
    somebody said no; an emptied cell empties only when somebody said so."""
    said = chosen.get(one.place) if one.place else None
    if said is None:
        return one.said if one.what in (What.NEW, What.CHANGED) else None
    if said.pick is Pick.TOGETHER:
        return said.given
    return one.said if said.pick is Pick.TAKE else None


def _write(
    form_set: AnswerSet,
    actor: Person,
    now: datetime,
    wanted: Mapping[Place, Given],
    now_stands: Filled,
    how: How,
    from_previous: Collection[Place] = (),
) -> None:
    answers, history = [], []
    for place, given in wanted.items():
        columns: dict[str, Any] = {**doors_of(form_set), **columns_of(place, given)}
        columns |= {"answer_set": form_set, "saved_by": actor, "saved_at": now}
        columns["revision"] = now_stands.revision(place) + 1
        history.append(AnswerHistory(**columns, how=how))
        answers.append(Answer(**columns, to_confirm=given.to_confirm, from_previous=place in from_previous))
    write_answers(answers)
    AnswerHistory.objects.bulk_create(history)
    watching.changed(form_set, actor)


def _stored(given: Given) -> dict[str, Any]:
    return {**asdict(given), "nothing": given.nothing.value if given.nothing else ""}


def _given(stored: Mapping[str, Any] | None) -> Given:
    if stored is None:
        return BLANK
    nothing = stored["nothing"]
    return Given(
        stored["value"],
        Nothing(nothing) if nothing else None,
        stored["reason"],
        stored["typed"],
        stored["to_confirm"],
    )
