"""Which limits a hold pauses. Ours, for a panel to change.

A hold never pauses the notification, the first response, what other children need, the gathering of what agencies hold,
or the support of the family.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

_MEETING, _PANEL, _WHOLE, _REVIEWED = (
    "death_review_meeting",
    "death_panel",
    "death_whole_review",
    "death_reviewed",
)
_ALL = frozenset({_MEETING, _PANEL, _WHOLE, _REVIEWED})

#: By why the review waits.
PAUSES: Mapping[str, frozenset[str]] = {
    "criminal": _ALL,
    "inquest": frozenset({_PANEL, _WHOLE, _REVIEWED}),
    "post_mortem": frozenset({_MEETING, _WHOLE, _REVIEWED}),
    "themed": frozenset({_PANEL, _WHOLE, _REVIEWED}),
    "other_review": _ALL,
    "family": _ALL,
    "other": _ALL,
}
#: Every limit that can be paused at all.
PAUSABLE = _ALL


def paused_by(whys: Iterable[str]) -> frozenset[str]:
    """The limits that stand still while the review waits for these reasons."""
    return frozenset().union(*(PAUSES[why] for why in whys))


def wrong(
    since_on: date, review_on: date, today: date, *, why: str, contact: str, words: str
) -> dict[str, str]:
    """What a new hold still lacks, by question. Empty when it can begin."""
    found = {}
    if since_on > today:
        found["since_on"] = "A hold cannot begin later than today"
    if review_on <= today:
        found["review_on"] = "The day to look again must be after today"
    if why == "criminal" and not contact.strip():
        found["contact"] = "Name the contact at the police or the Crown Prosecution Service"
    if why in ("other", "other_review") and not words.strip():
        found["words"] = "Say what the review waits for"
    return found
