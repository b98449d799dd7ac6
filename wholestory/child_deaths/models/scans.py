"""A scan for clusters in place and time, which takes minutes: what was asked, how far it is, and what it found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person
from wholestory.records.models import Protected


class ScanState(models.TextChoices):
    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Running"
    READY = "ready", "Ready"
    FAILED = "failed", "It could not be finished"


class ClusterScan(Protected):
    """One scan, asked for by a person with years and a category chosen before. Seen by whoever sees the figures; the
    next that is asked for takes its place. ``found`` holds the clusters, with the numbers of deaths in them."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    category = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=8, choices=ScanState, default=ScanState.WAITING)
    done = models.PositiveIntegerField(default=0, help_text="Made-up data sets that are done")
    of = models.PositiveIntegerField(default=0)
    cases = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=list)

    privacy = Privacy(
        "child_deaths",
        case="found",
        ordinary="board asked_by first_year last_year category state done of cases",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_scan_of_years_in_order", condition=Q(last_year__gte=F("first_year"))
            )
        ]
