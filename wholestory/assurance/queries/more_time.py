"""What an agency asked for and what it was told."""

from __future__ import annotations

from wholestory.assurance.models import MoreTimeAsked, Return


def more_time_of(ret: Return) -> MoreTimeAsked | None:
    """The last request for more time, answered or not; None when none was made."""
    asked = MoreTimeAsked.objects.filter(return_of=ret).select_related("asked_by", "decided_by")
    return asked.order_by("-asked_on", "-created_at").first()
