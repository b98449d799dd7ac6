"""A cycle of self-audits: what is asked, by when, who is out of scope, and what the board is shown."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.assurance.models.joint import JointRound
from wholestory.assurance.rules.rollup import Weighting
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class CycleState(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    OPEN = "open", "Open"
    RELEASED = "released", "Results released to the board"
    CLOSED = "closed", "Closed"


class CycleKind(models.TextChoices):
    """What the agencies are asked for."""

    FULL = "full", "The whole self-assessment"
    INTERIM = "interim", "Interim year: actions, and answers that changed"
    PAST = "past", "An earlier round, brought in from files"


class Cycle(Protected):
    """One round: a framework asked of chosen agencies. Seen by the board's circle, run by the office.

    An interim round stands on ``previous``, whose returns stay as they are. ``weighting`` and the two rules that are
    off unless a board switches them on (``critical_cap``, ``reweight``) are said beside every figure they touch.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="cycle")
    board = models.ForeignKey(Board, models.PROTECT, related_name="cycles")
    title = models.CharField(max_length=160)
    framework = models.CharField(max_length=60)
    framework_version = models.PositiveSmallIntegerField()
    compliant_from = models.CharField(max_length=12, help_text="The lowest score that counts as compliant")
    opens_on = models.DateField()
    due_on = models.DateField()
    moderation_due_on = models.DateField(null=True, blank=True)
    report_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CycleState, default=CycleState.DRAFT)
    kind = models.CharField(max_length=10, choices=CycleKind, default=CycleKind.FULL)
    critical_cap = models.BooleanField(default=False)
    cap_at = models.CharField(
        max_length=12, blank=True, help_text="The score a standard is held down to; empty: the second lowest"
    )
    reweight = models.BooleanField(
        default=False,
        help_text="Criteria that do not apply give their weight to the others of their standard",
    )
    weighting = models.CharField(
        max_length=10,
        choices=[(way.value, way.label) for way in Weighting],
        default=Weighting.STANDARDS.value,
    )
    has_panel = models.BooleanField(default=False, help_text="Peer challenge panel; off unless switched on")
    joint_round = models.ForeignKey(JointRound, models.PROTECT, null=True, blank=True, related_name="cycles")
    released_on = models.DateField(null=True, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")

    privacy = Privacy(
        "assurance",
        ordinary="title framework framework_version compliant_from opens_on due_on moderation_due_on report_due_on"
        " state kind critical_cap cap_at reweight weighting has_panel joint_round released_on previous",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assurance_cycle_due_after_opening",
                condition=Q(due_on__gte=models.F("opens_on")),
                violation_error_message="The due date must be after the day it opens.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ResultRow(Protected):
    """What the board is shown of one agency and one standard, written when results are released.

    No narrative and no evidence: a state, a score and the counts that go with it.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="results")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    shown = models.CharField(max_length=20)
    words = models.TextField()
    compliant = models.BooleanField(null=True)
    level = models.CharField(max_length=20, blank=True, help_text="The normalised mean as a fraction")
    scored_by = models.CharField(max_length=12)

    privacy = Privacy(
        "assurance", case="shown words compliant level", ordinary="cycle agency standard state scored_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "cycle", "agency", "standard"], name="assurance_result_once"
            )
        ]


class Tally(Protected):
    """How many returns of a cycle stand where: all that the board sees before release."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="tallies")
    stage = models.CharField(max_length=20)
    number = models.PositiveIntegerField()

    privacy = Privacy("assurance", ordinary="cycle stage number")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "stage"], name="assurance_tally_once")]


class OutOfScope(Protected):
    """An agency that is not asked in a cycle, with the reason: what keeps the response rate honest."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="out_of_scope")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("assurance", case="reason", ordinary="cycle agency by on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "cycle", "agency"], name="assurance_outofscope_once")
        ]
