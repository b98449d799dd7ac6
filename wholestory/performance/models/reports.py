"""One edition of the report for one group and period: figures as they stood, the words, and each agency's own page.

While it is drafted it is in the team's circle for figures; given, it is in the circle of the group. An agency's page
is in that agency's own circle, so that no agency is shown another's figures.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Group, Person
from wholestory.records.models import Circle, Protected, Record


class ReportState(models.TextChoices):
    DRAFT = "draft", "Draft"
    GIVEN = "given", "Given to the group"
    SUPERSEDED = "superseded", "A later edition was given"


class QuarterlyReport(Protected):
    """One edition. ``document`` is the report as it was given (``pack``, ``one_page``): sealed then, never changed."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="performance_report")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    group_circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    label = models.CharField(max_length=60, help_text="For example 2015-16 quarter 3")
    period_start = models.DateField()
    period_end = models.DateField()
    number = models.PositiveSmallIntegerField(help_text="1 for the first edition of a period")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_on = models.DateField()
    document = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    figures_number = models.PositiveSmallIntegerField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)

    record_kind = "performance.report"
    privacy = Privacy(
        "governance",
        case="document",
        ordinary="group group_circle label period_start period_end number state begun_by begun_on sha256"
        " figures_number given_by given_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "board", "group", "period_end", "number"],
                name="performance_report_numbered",
            ),
            models.CheckConstraint(
                name="performance_given_is_sealed",
                condition=Q(state="draft")
                | (~Q(sha256="") & Q(given_by__isnull=False, given_at__isnull=False)),
            ),
        ]
        ordering = ["-period_end", "-number"]

    def __str__(self) -> str:
        return self.label


class ReportFigures(Protected):
    """Everything that was known at one moment, each number with where it came from. Never changed: freezing again
    makes another."""

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="figures")
    number = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy("governance", case="figures", ordinary="report number sha256 by at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "report", "number"], name="performance_figures_numbered"
            )
        ]
        ordering = ["number"]


class ReportWords(Protected):
    """What somebody of the team wrote in a section."""

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="words")
    section = models.SlugField(max_length=30)
    text = models.TextField(blank=True, max_length=6000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    writers = models.JSONField(default=list, help_text="Keys of everybody who ever wrote in it")

    privacy = Privacy("governance", case="text", ordinary="report section by at writers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "report", "section"], name="performance_words_once")
        ]


class AgencyPage(Protected):
    """One agency's part of a report that was given: its own figures, and published ones to compare with. Sealed."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="performance_page")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="performance_pages")
    report_reference = models.CharField(max_length=20)
    label = models.CharField(max_length=60)
    period_end = models.DateField()
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    record_kind = "performance.agency_page"
    privacy = Privacy(
        "governance", case="document", ordinary="agency report_reference label period_end number sha256 at"
    )

    class Meta:
        ordering = ["-period_end", "-number"]
