"""What holds from one day to another."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

LONDON = ZoneInfo("Europe/London")


class Dated(models.Model):
    """Something that holds from one day to another; ``ends_on`` is the last day, empty while it lasts."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day must be the first day or later.",
            )
        ]
