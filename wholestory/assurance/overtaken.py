"""Which messages about a return were dealt with before they went: nobody is chased for what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from wholestory.assurance.models import MoreTimeAsked, Panel, PanelState, Return, Stage
from wholestory.assurance.status import OPEN_STAGES
from wholestory.correspondence.models import Message


def _open(ret: Return) -> bool:
    return ret.stage in OPEN_STAGES and ret.record.closed_on is None


def _being_moderated(ret: Return) -> bool:
    return ret.stage in (*OPEN_STAGES, Stage.SIGNED_OFF, Stage.RETURNED_WITH_QUERY, Stage.ANSWERED)


#: While which the words of each kind are still so, of a return with the two marks ``overtaken`` puts on it. A kind that
#: is not here only tells what happened, and goes.
STILL_SO: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("invitation", "reminder", "chaser", "chaser_to_signatory", "asked_again", "section_asked", "to_sign_off",
         "signature_lapsed", "extension_given", "more_time_declined", "opened_again"),
        _open,
    ),
    "query": lambda ret: ret.stage == Stage.RETURNED_WITH_QUERY,
    "answered": lambda ret: ret.stage == Stage.ANSWERED,
    "moderation_asked": _being_moderated,
    "more_time_asked": lambda ret: _open(ret) and ret.asks_for_time,
    **dict.fromkeys(("panel_asked", "panel_moved", "panel_lines"), lambda ret: not ret.panel_met),
}  # fmt: skip


def overtaken(messages: Sequence[Message]) -> set[UUID]:
    """The messages whose matter was dealt with since they were written: one query."""
    about = {one.about_id for one in messages if one.kind in STILL_SO}
    asks = MoreTimeAsked.objects.filter(return_of=OuterRef("pk"), decided_on=None)
    met = Panel.objects.filter(return_of=OuterRef("pk"), state=PanelState.HELD)
    rows = Return.objects.filter(record__in=about).select_related("record")
    found = {ret.record_id: ret for ret in rows.annotate(asks_for_time=Exists(asks), panel_met=Exists(met))}
    return {
        one.id
        for one in messages
        if one.kind in STILL_SO
        and one.about_id is not None
        and (ret := found.get(one.about_id)) is not None
        and not STILL_SO[one.kind](ret)
    }
