"""What is published of a report: the document with small numbers hidden, its log, and the numbers behind it.

The numbers behind what is hidden stay with the board's team: the next published version is checked against them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person
from wholestory.performance.models.reports import QuarterlyReport
from wholestory.records.models import Protected, Record


class PublicState(models.TextChoices):
    PREPARED = "prepared", "Prepared"
    PROPOSED = "proposed", "With the approver"
    SENT_BACK = "sent_back", "Sent back"
    PUT_ASIDE = "put_aside", "Put aside for another"
    PUBLISHED = "published", "Published"
    REPLACED = "replaced", "Replaced by another"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: What was out in the open once, whatever became of it: everybody may have kept it.
EVER_PUBLISHED = (PublicState.PUBLISHED, PublicState.REPLACED, PublicState.WITHDRAWN)


class PublicVersion(Protected):
    """The public version as it was prepared: sealed then, and never changed. ``against`` are the references of the
    published versions it was checked with. Only whoever was asked approves it, and nobody who worked on it."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="performance_public")
    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="public")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    label = models.CharField(max_length=60)
    period_end = models.DateField()
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    against = models.JSONField(default=list)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    worked_on = models.JSONField(default=list, help_text="Keys of everybody who worked on it")
    state = models.CharField(max_length=10, choices=PublicState, default=PublicState.PREPARED)
    approver = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)

    record_kind = "performance.public_report"
    privacy = Privacy(
        "governance",
        case="document because",
        ordinary="report label period_end number sha256 against prepared_by prepared_at worked_on state approver"
        " proposed_by proposed_at decided_by decided_at ended_by ended_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="performance_public_ended_says_why",
                condition=~Q(state__in=["sent_back", "replaced", "withdrawn"]) | ~Q(because=""),
            ),
            models.CheckConstraint(
                name="performance_public_is_approved",
                condition=~Q(state__in=["published", "replaced", "withdrawn"])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False) & Q(decided_by=models.F("approver"))
                ),
            ),
        ]
        ordering = ["-period_end", "-number"]


class PublicLog(Protected):
    """What a public version does not show and why, line by line, without the numbers. Never changed."""

    public = models.OneToOneField(PublicVersion, models.PROTECT, related_name="log")
    lines = models.JSONField()
    thresholds = models.JSONField()
    checked = models.PositiveIntegerField(help_text="How many small numbers were tried to be worked out")

    privacy = Privacy("governance", ordinary="public lines thresholds checked")


class PublicCells(Protected):
    """The numbers behind a public version, hidden ones with them: what the next one is checked against."""

    public = models.OneToOneField(PublicVersion, models.PROTECT, related_name="cells")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    cells = models.JSONField()

    privacy = Privacy("governance", case="cells", ordinary="public")
