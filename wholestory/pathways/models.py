"""Running clocks and where records stand, each with a history that is never edited; the board's calendar and
what it has checked of the rules."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wholestory.kernel.bank_holidays import Effect, Nation
from wholestory.kernel.models import Base
from wholestory.kernel.moments import Precision
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person
from wholestory.pathways.rules.judging import Outcome
from wholestory.records.models import Protected, Record

NATIONS = [(nation.value, nation.label) for nation in Nation]
EFFECTS = [
    (Effect.CLOSED.value, "Closed: a bank holiday"),
    (Effect.OPEN.value, "Open: a working day after all"),
]
PRECISIONS = [(each.value, each.value.replace("_", " ")) for each in Precision]
OUTCOMES = [(each.value, each.label) for each in Outcome]


class ProclaimedDay(Base):
    """A day that differs from the published bank holidays, entered by a board for its own clocks.

    Rows are withdrawn, never changed: a clock that was worked out with one can still be explained.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="proclaimed_days")
    day = models.DateField()
    nations = ArrayField(models.CharField(max_length=20, choices=NATIONS))
    effect = models.CharField(max_length=10, choices=EFFECTS, default=Effect.CLOSED.value)
    name = models.CharField(max_length=80)
    source = models.CharField(max_length=300, help_text="Where it was announced")
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "configuration", ordinary="day nations effect name source entered_by withdrawn_at withdrawn_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "day"],
                condition=Q(withdrawn_at__isnull=True),
                name="pathways_proclaimedday_once",
            ),
            models.CheckConstraint(
                name="pathways_proclaimedday_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class CheckedYear(Base):
    """A board has looked at the published bank holidays of a year, so results in it are no longer provisional."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="checked_years")
    year = models.PositiveSmallIntegerField()
    against = models.CharField(max_length=300, help_text="Where the list was published")
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    checked_on = models.DateField()

    privacy = Privacy("configuration", ordinary="year against checked_by checked_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "year"], name="pathways_checkedyear_once")]

    def __str__(self) -> str:
        return str(self.year)


class Finding(models.TextChoices):
    """What somebody found when they looked at a rule."""

    CHECKED = "checked", "Checked: the guidance says this"
    LOCAL = "local", "Local rule: there is no national one"
    DIFFERS = "differs", "Checked: the guidance says something else"
    TAKEN_BACK = "taken_back", "Not checked after all"


class RuleCheck(Base):
    """Somebody checked a rule against its source. The newest row counts; none is ever changed.

    ``fingerprint`` is that of the rule as it was then: when the rule changes, the check no longer holds.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="rule_checks")
    rule = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=16)
    finding = models.CharField(max_length=12, choices=Finding)
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    checked_on = models.DateField()
    against = models.CharField(
        max_length=500, blank=True, help_text="The link or document it was checked against"
    )
    note = models.TextField(blank=True)

    privacy = Privacy("governance", ordinary="rule fingerprint finding checked_by checked_on against note")

    class Meta:
        indexes = [models.Index(fields=["board", "rule", "-created_at"], name="pathways_rulecheck_newest")]
        constraints = [
            models.CheckConstraint(
                name="pathways_rulecheck_names_its_source",
                condition=~Q(finding__in=["checked", "differs"]) | ~Q(against=""),
                violation_error_message="Say which link or document it was checked against.",
            )
        ]

    def __str__(self) -> str:
        return self.rule


class RunningClock(Protected):
    """A limit that runs, or ran, for one record: with the rule as it was, its start, its day, and how it ended.

    ``due_*`` is the day that counts, ``gross_*`` the limit as it stands, ``net_*`` with paused time left out.
    ``first_*`` never change, so that a corrected start cannot hide what was known first.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="clocks")
    rule = models.CharField(max_length=80)
    key = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    edition = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=16)
    rule_as_started = models.JSONField()
    starts = models.JSONField()
    start_fact = models.CharField(max_length=40)
    start_at = models.DateTimeField()
    start_on = models.DateField()
    start_precision = models.CharField(max_length=14, choices=PRECISIONS)
    first_start_at = models.DateTimeField()
    first_due_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    gross_due_on = models.DateField(null=True)
    gross_due_at = models.DateTimeField(null=True)
    net_due_on = models.DateField(null=True)
    net_due_at = models.DateTimeField(null=True)
    opens_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    skipped = models.JSONField(default=list)
    paused = models.BooleanField(default=False)
    breached = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True)
    met_on = models.DateField(null=True)
    met_precision = models.CharField(max_length=14, choices=PRECISIONS, blank=True)
    outcome = models.CharField(max_length=14, choices=OUTCOMES, blank=True)
    cancelled = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    privacy = Privacy(
        "governance",
        ordinary="rule key title edition fingerprint rule_as_started starts start_fact start_at start_on"
        " start_precision first_start_at first_due_on due_on due_at gross_due_on gross_due_at net_due_on net_due_at"
        " opens_on provisional skipped paused breached met_at met_on met_precision outcome cancelled closed_at",
    )

    class Meta:
        indexes = [
            models.Index(fields=["record", "key"], name="pathways_clock_of_record"),
            models.Index(
                fields=["due_on", "record"],
                name="pathways_clock_running_due",
                condition=Q(closed_at__isnull=True, due_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "key"],
                condition=Q(closed_at__isnull=True),
                name="pathways_clock_one_running",
            ),
            models.CheckConstraint(
                name="pathways_clock_closed_says_how",
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, cancelled=True, outcome="")
                | Q(closed_at__isnull=False, cancelled=False, met_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ClockEvent(Protected):
    """One thing that happened to a clock. Never changed; pauses and corrections are read from here."""

    class Kind(models.TextChoices):
        STARTED = "started", "Started"
        PAUSED = "paused", "Paused"
        RESUMED = "resumed", "Taken up again"
        START_CORRECTED = "start_corrected", "Start corrected"
        BREACHED = "breached", "Limit passed"
        REDERIVED = "rederived", "Worked out again"
        MET = "met", "Met"
        CANCELLED = "cancelled", "Ended without being met"
        REOPENED = "reopened", "Opened again"

    clock = models.ForeignKey(RunningClock, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moment = models.JSONField(null=True, help_text="The moment the event is about, as it is known")
    reason = models.SlugField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    due_before_on = models.DateField(null=True)
    due_after_on = models.DateField(null=True)

    privacy = Privacy(
        "governance", case="note", ordinary="clock kind by moment reason due_before_on due_after_on"
    )

    class Meta:
        indexes = [models.Index(fields=["clock", "created_at"], name="pathways_event_in_order")]


class Standing(Protected):
    """Where a record stands on its pathway now. Written only by ``operations.moves``."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="standing")
    pathway = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    stage = models.SlugField(max_length=40)
    sides = ArrayField(models.SlugField(max_length=40), default=list)
    since_on = models.DateField()

    privacy = Privacy("governance", ordinary="pathway version stage sides since_on")

    class Meta:
        indexes = [models.Index(fields=["pathway", "stage"], name="pathways_standing_by_stage")]

    def __str__(self) -> str:
        return self.stage


class StageChange(Protected):
    """A move that was made, or a side state that was set or taken away. Never changed."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="stage_changes")
    pathway = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    move = models.SlugField(max_length=60)
    from_stage = models.SlugField(max_length=40, blank=True)
    to_stage = models.SlugField(max_length=40)
    side = models.SlugField(max_length=40, blank=True)
    because = models.CharField(
        max_length=60, blank=True, help_text="The coded reason that let this person do it"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField(blank=True)

    privacy = Privacy(
        "governance", case="reason", ordinary="pathway version move from_stage to_stage side because by on"
    )

    class Meta:
        indexes = [models.Index(fields=["record", "created_at"], name="pathways_changes_in_order")]
        constraints = [
            models.CheckConstraint(
                name="pathways_stagechange_moves_or_sides",
                condition=Q(side="") | Q(from_stage=F("to_stage")),
            )
        ]
