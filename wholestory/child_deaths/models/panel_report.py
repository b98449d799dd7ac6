"""The panel's report of a year: the frozen figures, the words, the two versions, and what was hidden in the public one.

Four doors. The draft and the public version before it is published are in the report's own circle: whoever drafts, and
whoever is asked to approve. Frozen figures and the numbers behind what is hidden stay with those who draft. The
confidential version is in the circle of the panel. A published version is for everybody.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.panels import Panel
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class PanelReport(Protected):
    """The work on the report of one year (from 1 April of ``year``). ``panel_circle`` is where the panel reads."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="panel_report")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    rounded = models.BooleanField(
        default=False, help_text="Round the public numbers to the nearest 5, after hiding"
    )
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_on = models.DateField()
    panel_circle = models.ForeignKey("records.Circle", models.PROTECT, related_name="+")

    record_kind = "child_deaths.report"
    privacy = Privacy("governance", ordinary="panel year rounded begun_by begun_on panel_circle")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "panel", "year"], name="child_deaths_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.year} to {self.year + 1}"


class FrozenFigures(Protected):
    """Everything that was counted at one moment. Never changed: counting again makes another."""

    report = models.ForeignKey(PanelReport, models.PROTECT, related_name="frozen")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy("governance", case="figures", ordinary="report number sha256 by at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "report", "number"], name="child_deaths_frozen_numbered"
            )
        ]
        ordering = ["number"]


class ReportWords(Protected):
    """What somebody wrote in a section: for both versions, or for the confidential one alone."""

    class In(models.TextChoices):
        BOTH = "both", "In both versions"
        CONFIDENTIAL = "confidential", "In the confidential version alone"

    report = models.ForeignKey(PanelReport, models.PROTECT, related_name="words")
    section = models.SlugField(max_length=20)
    stands_in = models.CharField(max_length=12, choices=In)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy("governance", case="text", ordinary="report section stands_in by at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "report", "section", "stands_in"], name="child_deaths_words_once"
            )
        ]


class ConfidentialReport(Protected):
    """The exact version as it was given to the panel. The document is never changed; it can be taken back."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="confidential_report")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="confidential_reports")
    year = models.PositiveSmallIntegerField()
    report_reference = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    back_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    back_at = models.DateTimeField(null=True, blank=True)
    back_because = models.CharField(max_length=300, blank=True)

    record_kind = "child_deaths.panel_report"

    @property
    def years(self) -> str:
        """``2015 to 2016``."""
        return f"{self.year} to {self.year + 1}"

    privacy = Privacy(
        "governance",
        case="document back_because",
        ordinary="panel year report_reference number sha256 given_by given_at back_by back_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_confidential_back_says_why",
                condition=Q(back_at__isnull=True, back_by__isnull=True) | ~Q(back_because=""),
            )
        ]


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


class PublicReport(Protected):
    """The public version as it was prepared: sealed then, and never changed. ``against`` are the references of the
    published reports it was checked with. Only whoever was asked approves it, and nobody who worked on it."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="public_report")
    report = models.ForeignKey(PanelReport, models.PROTECT, related_name="public")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="public_reports")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_number = models.PositiveSmallIntegerField()
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

    record_kind = "child_deaths.public_report"

    @property
    def years(self) -> str:
        """``2015 to 2016``."""
        return f"{self.year} to {self.year + 1}"

    privacy = Privacy(
        "governance",
        case="document because",
        ordinary="report panel year number sha256 frozen_number against prepared_by prepared_at worked_on state"
        " approver proposed_by proposed_at decided_by decided_at ended_by ended_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_public_ended_says_why",
                condition=~Q(state__in=["sent_back", "replaced", "withdrawn"]) | ~Q(because=""),
            ),
            models.CheckConstraint(
                name="child_deaths_public_is_approved",
                condition=~Q(state__in=["published", "replaced", "withdrawn"])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False) & Q(decided_by=models.F("approver"))
                ),
            ),
        ]


class SuppressionLog(Protected):
    """What a public version does not show and why, line by line, without the numbers. Never changed."""

    public = models.OneToOneField(PublicReport, models.PROTECT, related_name="log")
    lines = models.JSONField()
    thresholds = models.JSONField()
    checked = models.PositiveIntegerField(help_text="How many small numbers were tried to be worked out")

    privacy = Privacy("governance", ordinary="public lines thresholds checked")


class ReleasedCells(Protected):
    """The numbers behind a public version, hidden ones with them: what the next one is checked against. Never
    changed, and seen by those who draft alone."""

    public = models.OneToOneField(PublicReport, models.PROTECT, related_name="cells")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="+")
    cells = models.JSONField()

    privacy = Privacy("governance", case="cells", ordinary="public panel")


class ReportThreshold(Protected):
    """Which numbers are small: 1 to ``hides_to``. The board's own (``owner`` empty), or what the owner of some data
    asks for a section (empty: all of it). The newest of each counts; none is ever changed."""

    HIDES = [(4, "1 to 4 (usual)"), (5, "1 to 5"), (7, "1 to 7"), (9, "1 to 9")]

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="+")
    owner = models.CharField(max_length=120, blank=True)
    section = models.SlugField(max_length=20, blank=True)
    hides_to = models.PositiveSmallIntegerField(choices=HIDES)
    because = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy("governance", ordinary="panel owner section hides_to because by at")

    class Meta:
        ordering = ["at", "created_at"]
