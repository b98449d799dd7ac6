"""Lists of cases kept elsewhere before: each file, how it was read, and the line each case came from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Case
from wholestory.child_deaths.models.panels import Panel
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class PastFileState(models.TextChoices):
    """How far it is."""

    READING = "reading", "Being looked through; nothing is taken yet"
    TAKEN = "taken", "Brought in"
    TAKEN_BACK = "taken_back", "Taken back"
    PUT_ASIDE = "put_aside", "Put aside"


class PastKind(models.TextChoices):
    """What was sent."""

    LIST = "list", "A list of earlier cases"
    VENDOR = "vendor", "An export of another product"


class PastFile(Protected):
    """One list. ``rows`` are its lines as they came, ``[number, cells]``, until it is taken or put aside: then each
    case keeps its own line. ``choices`` is what was confirmed: row of headings, columns, words about stages."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="past_deaths")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="past_files")
    kind = models.CharField(max_length=6, choices=PastKind, default=PastKind.LIST)
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=PastFileState, default=PastFileState.READING)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_on = models.DateField(null=True, blank=True)
    back_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    back_on = models.DateField(null=True, blank=True)
    back_because = models.CharField(max_length=300, blank=True)

    record_kind = "child_deaths.past"
    privacy = Privacy(
        "child_deaths", case="name rows headings choices back_because",
        ordinary="panel kind sha256 counts state by on taken_by taken_on back_by back_on",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_past_back_says_why",
                condition=Q(back_on__isnull=True, back_by__isnull=True) | ~Q(back_because=""),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PastRow(Protected):
    """The line a case came from, whole, with the columns nobody has read. Seen by whoever sees the case."""

    file = models.ForeignKey(PastFile, models.PROTECT, related_name="lines")
    case = models.OneToOneField(Case, models.PROTECT, related_name="past_row")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict, help_text="What stood under each heading")
    remarks = models.JSONField(default=list)

    privacy = Privacy("child_deaths", case="cells remarks", ordinary="file case line")
