"""A cycle as one workbook: made in the background, for whoever asked for it and nobody else."""

from __future__ import annotations

from django.db import models

from wholestory.assurance.models.cycles import Cycle
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class ExportState(models.TextChoices):
    """How far a workbook is."""

    WAITING = "waiting", "Waiting to be made"
    MAKING = "making", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
    GONE = "gone", "Removed: its time was over"


class CycleExport(Protected):
    """Somebody asked for everything of a cycle. The file is kept beside ``record``, in a circle of the asker alone,
    until ``expires_at``: two officers may see different returns, so neither finds the other's file."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="cycle_export")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_seat = models.UUIDField(null=True, blank=True, help_text="The seat it was asked in")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    done = models.PositiveIntegerField(default=0, help_text="Returns written so far")
    of = models.PositiveIntegerField(default=0, help_text="Returns there are")
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()

    privacy = Privacy(
        "assurance", ordinary="cycle asked_by asked_seat asked_at state done of ready_at expires_at"
    )

    class Meta:
        indexes = [models.Index(fields=["cycle", "asked_by"], name="assurance_export_asked")]
