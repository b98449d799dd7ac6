"""What was sent: each submission, its values, and what was found to be wrong or odd in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.indicators.models.returns import AgencyReturn
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Area, Board, Person
from wholestory.records.models import Protected, Record


class Source(models.TextChoices):
    WORKBOOK = "workbook", "Excel return"
    WEB = "web", "Typed on the page"
    API = "api", "Sent by a system"
    SCORECARD = "scorecard", "Brought in from an earlier scorecard"
    AGGREGATE = "aggregate", "Counted at the council from its own files"
    CHILD_LEVEL = "child_level", "Counted here from children's rows"


class SubmissionState(models.TextChoices):
    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waits for a second person"
    IN_FORCE = "in_force", "In force"
    REPLACED = "replaced", "Replaced by a later one"
    UNDONE = "undone", "Taken back"
    REFUSED = "refused", "Could not be loaded"


class Submission(Protected):
    """One supply of figures, whole: a file, a filled-in page, a call. A later one replaces it and both are kept.

    In the circle of the agency that sent it. One that covers many agencies (an earlier scorecard) has no agency and
    stays with the board's team, while each of its values stands in the circle of the agency it is of.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="figures_submission")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="figures_submissions"
    )
    of_return = models.ForeignKey(
        AgencyReturn, models.PROTECT, null=True, blank=True, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField(help_text="1 for the first of a return")
    source = models.CharField(max_length=12, choices=Source)
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    file_name = models.CharField(max_length=200, blank=True)
    file_reference = models.CharField(max_length=20, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    about = models.JSONField(default=dict, help_text="How it was read: mapping, window, tool and its version")
    typed = models.JSONField(default=dict, help_text="What stands on the page so far, as it was typed")
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was sent again")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    record_kind = "indicators.submission"
    privacy = Privacy(
        "governance",
        case="reason about typed",
        ordinary="agency of_return number source state file_name file_reference sha256 by at approved_by approved_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "of_return", "number"], name="indicators_submission_numbered"
            ),
            models.CheckConstraint(
                name="indicators_approved_by_a_second_person",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("by")),
            ),
        ]
        ordering = ["at", "created_at"]


class Nothing(models.TextChoices):
    """Why there is no number. None of these is zero."""

    NOT_APPLICABLE = "not_applicable", "Does not apply"
    NOT_HELD = "not_held", "We do not hold this"
    NOT_SUPPLIED = "not_supplied", "Not supplied"
    SUPPRESSED = "suppressed", "Withheld because it is small"


class Mark(models.TextChoices):
    PROVISIONAL = "provisional", "Provisional"
    FINAL = "final", "Final"
    ESTIMATED = "estimated", "Estimated"
    LOW_RELIABILITY = "low_reliability", "Not reliable"


class Value(Protected):
    """One figure for one period, whole or for one part of a breakdown (``breakdown`` and ``label``; empty for whole).

    Rates and percentages are never kept: they are worked out from ``numerator`` and ``denominator``. ``percentage`` is
    only there when an agency holds nothing else; ``amount`` when the figure is no count (a median of days). Either a
    number or ``nothing`` is there, never both. ``place`` is the cell it came from and ``rule`` what made it, so that
    every number can be followed down. Only one value of a figure is in force.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="values")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="figures")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()
    breakdown = models.SlugField(max_length=30, blank=True)
    label = models.CharField(max_length=60, blank=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    percentage = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    nothing = models.CharField(max_length=14, choices=Nothing, blank=True)
    mark = models.CharField(max_length=16, choices=Mark, default=Mark.FINAL)
    note = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    in_force = models.BooleanField(default=False)

    privacy = Privacy(
        "governance",
        case="numerator denominator percentage amount note",
        ordinary="submission agency area measure version period_start period_end breakdown label nothing mark place"
        " rule in_force",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "circle", "agency", "area", "measure", "period_start", "period_end", "breakdown", "label",
                ],
                condition=Q(in_force=True), nulls_distinct=False, name="indicators_one_value_in_force",
            ),
            models.CheckConstraint(
                name="indicators_value_or_its_absence",
                condition=Q(nothing="")
                | Q(
                    numerator__isnull=True, denominator__isnull=True, percentage__isnull=True,
                    amount__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="indicators_value_is_something",
                condition=~Q(nothing="")
                | Q(numerator__isnull=False) | Q(percentage__isnull=False) | Q(amount__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["board", "measure", "period_end"],
                condition=Q(in_force=True),
                name="indicators_series",
            )
        ]


class Problem(Protected):
    """Something wrong (error) or odd (query) in a submission, where it stands, in plain words. A query can be accepted
    with a reason by whoever sent it, and the reason carries over while the row is unchanged."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="problems")
    rule = models.CharField(max_length=12)
    severity = models.CharField(max_length=5, choices=[("error", "Error"), ("query", "Query")])
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    sent = models.CharField(max_length=120, blank=True, help_text="The value as it was sent")
    words = models.CharField(max_length=400)
    what_to_do = models.CharField(max_length=400, blank=True)
    row_key = models.CharField(max_length=64, blank=True, help_text="Hash of the row, to carry a reason over")
    accepted_because = models.CharField(max_length=400, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "governance",
        case="sent accepted_because",
        ordinary="submission rule severity sheet row column measure words what_to_do row_key accepted_by accepted_at",
    )

    class Meta:
        ordering = ["severity", "sheet", "row", "created_at"]
