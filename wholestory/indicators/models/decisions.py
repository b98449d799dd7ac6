"""What a board decided about reading a measure: its target, and where limits on a chart begin anew."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person


class Target(Base):
    """The target and thresholds of a measure from a day on. The newest that had begun counts, and none is ever
    changed, so that a report keeps the colours it was given. It holds no figure of anybody, so it is not closed."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    measure = models.SlugField(max_length=40)
    from_on = models.DateField()
    thresholds = models.JSONField(
        help_text="What indicators.rules.standing reads: target, bands, points or relative"
    )
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("governance", ordinary="measure from_on thresholds because by on")

    class Meta:
        ordering = ["from_on", "created_at"]


class Rebase(Base):
    """A recorded decision that limits on a measure's chart begin anew at a period, and why (statistics 8)."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    measure = models.SlugField(max_length=40)
    from_on = models.DateField(help_text="First day of the first period of the new limits")
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    privacy = Privacy("governance", ordinary="measure from_on because by on withdrawn_on")

    class Meta:
        ordering = ["from_on", "created_at"]
