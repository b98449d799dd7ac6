"""What was brought in from files of an earlier time: each file, how it was matched, and what agencies say of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.assurance.models.cycles import Cycle
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class BroughtInKind(models.TextChoices):
    """What a file holds."""

    RETURNS = "returns", "Returns of an earlier round"
    ACTIONS = "actions", "A list of actions"


class BroughtInState(models.TextChoices):
    """How far it is."""

    MATCHING = "matching", "Being matched; nothing is written yet"
    APPLYING = "applying", "Being brought in"
    APPLIED = "applied", "Brought in"
    UNDONE = "undone", "Taken back"
    DISCARDED = "discarded", "Put aside"


class BroughtIn(Protected):
    """One file. The team alone sees it; the file itself is kept beside ``record``, sealed and scanned.

    ``mapping`` is everything that was chosen on screen, so that nobody chooses twice: not after a break, and not for
    the next file with the same headings (``signature``).
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="brought_in")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=BroughtInKind)
    file_reference = models.CharField(max_length=20, help_text="Of the kept file")
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    signature = models.CharField(max_length=64, blank=True, help_text="Of the headings of its columns")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="brought_in")
    state = models.CharField(max_length=10, choices=BroughtInState, default=BroughtInState.MATCHING)
    counts = models.JSONField(default=dict)
    done = models.PositiveIntegerField(default=0, help_text="Agencies or actions written so far")
    of = models.PositiveIntegerField(default=0, help_text="How many there are")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    applied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    applied_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_on = models.DateField(null=True, blank=True)
    undone_reason = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        "assurance",
        case="file_name mapping undone_reason",
        ordinary="board kind file_reference sha256 signature cycle state counts done of by on applied_by applied_on"
        " undone_by undone_on",
    )

    class Meta:
        indexes = [models.Index(fields=["board", "signature"], name="assurance_broughtin_shape")]
        constraints = [
            models.CheckConstraint(
                name="assurance_broughtin_undone_whole",
                condition=(Q(undone_on__isnull=True, undone_by__isnull=True) | ~Q(undone_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class PastRow(Protected):
    """One return or action that a file brought in. For the team: it says which file, and nothing of the answers."""

    brought_in = models.ForeignKey(BroughtIn, models.PROTECT, related_name="rows")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", help_text="The return or the action")
    place = models.CharField(max_length=120, blank=True, help_text="Where it stands in the file")

    privacy = Privacy("assurance", ordinary="brought_in agency record place")


class SaidOfPast(Protected):
    """What an agency says of a return that was brought in: that it is right, or what is not. In the return's circle."""

    return_of = models.ForeignKey("assurance.Return", models.PROTECT, related_name="said_of_past")
    is_right = models.BooleanField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("assurance", case="words", ordinary="return_of is_right by on")
