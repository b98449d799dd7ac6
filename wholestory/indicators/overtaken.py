"""Which messages about returns of figures were dealt with before they went: nobody is chased for what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from wholestory.correspondence.models import Message
from wholestory.indicators.models import AgencyReturn, ReturnStage

_UNSENT = frozenset({ReturnStage.ASKED, ReturnStage.STARTED, ReturnStage.WAITING})
#: The stages in which a kind of message is still so.
STILL_SO: Mapping[str, Collection[str]] = {
    **dict.fromkeys(
        ("figures_asked", "figures_reminder", "figures_late", "figures_late_signatory", "figures_more_time"),
        _UNSENT,
    ),
    "figures_to_approve": frozenset({ReturnStage.WAITING}),
    "figures_sent_back": frozenset({ReturnStage.STARTED}),
    "figures_query": frozenset({ReturnStage.QUERIED}),
}


def overtaken(messages: Sequence[Message]) -> set[UUID]:
    """The messages whose matter was dealt with since they were written: one query."""
    about = {one.about_id for one in messages if one.kind in STILL_SO}
    rows = AgencyReturn.objects.filter(record__in=about).values_list(
        "record_id", "stage", "record__closed_on"
    )
    stands = {record: "" if closed else stage for record, stage, closed in rows}
    return {
        one.id
        for one in messages
        if one.kind in STILL_SO and one.about_id in stands and stands[one.about_id] not in STILL_SO[one.kind]
    }
