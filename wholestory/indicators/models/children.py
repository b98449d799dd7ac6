"""Files about children on the board's own system: why the board may hold them, and each load of them.

Off until a board records its lawful basis: normally a board holds counts, and the council counts on its own machine.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from wholestory.indicators.models.values import Submission
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record

#: The longest a board can say it keeps files about children: a year, and time to finish with the last of it.
MOST_DAYS = 400


class LawfulBasis(Protected):
    """Why a board may hold rows about children at all: recorded by a person, one in force for each board.

    What was recorded is never changed. Whoever learns that it was wrong ends it and records another; everything that
    was loaded under the ended one is erased at once.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="lawful_basis")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    law = models.CharField(max_length=300, help_text="The law it rests on, as the board wrote it")
    why = models.CharField(max_length=2000, help_text="Why counts made at the council are not enough")
    decided_by = models.CharField(max_length=200, help_text="Who decided: a person or a meeting, in words")
    decided_on = models.DateField()
    assessment = models.CharField(max_length=200, help_text="Where the impact assessment is found")
    review_on = models.DateField(help_text="By when somebody looks at it again")
    keep_days = models.PositiveSmallIntegerField(
        help_text="Days files are kept, counted from the day of loading"
    )
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    record_kind = "indicators.lawful_basis"
    privacy = Privacy(
        "governance",
        personal="decided_by",
        ordinary="law why decided_on assessment review_on keep_days recorded_by recorded_on ended_by ended_on"
        " ended_because",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board"], condition=Q(ended_on=None), name="indicators_one_lawful_basis"
            ),
            models.CheckConstraint(
                name="indicators_child_files_kept_for_a_while",
                condition=Q(keep_days__gte=1) & Q(keep_days__lte=MOST_DAYS),
            ),
            models.CheckConstraint(
                name="indicators_basis_reviewed_after_it_was_decided",
                condition=Q(review_on__gt=F("decided_on")),
            ),
            models.CheckConstraint(
                name="indicators_basis_ended_by_somebody",
                condition=Q(ended_on=None, ended_by=None) | Q(ended_on__isnull=False, ended_by__isnull=False),
            ),
        ]
        ordering = ["-recorded_on", "-created_at"]


class ChildSource(models.TextChoices):
    """The kinds of ``child_level.kinds``."""

    CENSUS = "census", "Children in Need census"
    ANNEX_A = "annex_a", "Ofsted’s lists (Annex A)"
    LOOKED_AFTER = "looked_after", "Looked-after children (SSDA903)"


class LoadState(models.TextChoices):
    WAITING = "waiting", "Waiting to begin"
    RUNNING = "running", "Being read and counted"
    DONE = "done", "Counted"
    REFUSED = "refused", "Refused: nothing was loaded"
    PURGED = "purged", "Erased"


class ErasedBecause(models.TextChoices):
    TIME = "time", "its time was over"
    BASIS = "basis", "the lawful basis was ended"
    ASIDE = "aside", "it was put aside"
    REFUSED = "refused", "it was refused"


class ChildFiles(Protected):
    """One load of files about children, for those alone who count them.

    ``findings`` names children as they were sent, because whoever puts a file right has to find them; it is the only
    place of the system that does, and it goes with the files on ``purge_on``. What the load counted stands in its
    submission once somebody accepted it as a whole.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="child_files")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    basis = models.ForeignKey(LawfulBasis, models.PROTECT, related_name="loads")
    source = models.CharField(max_length=12, choices=ChildSource)
    first_on = models.DateField(help_text="First day the figures are about")
    last_on = models.DateField()
    state = models.CharField(max_length=8, choices=LoadState, default=LoadState.WAITING)
    done = models.PositiveSmallIntegerField(default=0, help_text="Steps of the counting that are done")
    of = models.PositiveSmallIntegerField(default=0)
    children = models.PositiveIntegerField(null=True, blank=True)
    rules = models.JSONField(default=list, help_text="By rule: severity, how many, and how many are listed")
    findings = models.JSONField(default=list, help_text="Each finding, with the child's id as it was sent")
    counted = models.JSONField(default=dict, help_text="The aggregate document: counts alone")
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, blank=True, related_name="child_files"
    )
    refused_because = models.CharField(max_length=600, blank=True)
    loaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    purge_on = models.DateField()
    purged_on = models.DateField(null=True, blank=True)
    purged_because = models.CharField(max_length=8, choices=ErasedBecause, blank=True)

    record_kind = "indicators.child_level"
    privacy = Privacy(
        "working",
        case="findings counted children",
        ordinary="agency basis source first_on last_on state done of rules submission refused_because loaded_by"
        " loaded_at purge_on purged_on purged_because",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicators_child_files_of_days_in_order", condition=Q(last_on__gte=F("first_on"))
            ),
            models.CheckConstraint(
                name="indicators_erased_child_files_name_nobody",
                condition=Q(purged_on=None) | Q(findings=[], counted={}),
            ),
        ]
        ordering = ["-loaded_at", "-created_at"]


class FileRole(models.TextChoices):
    COUNTED = "counted", "Counted"
    LOOKED_BACK = "looked_back", "Of an earlier year, looked back to"
    BESIDE = "beside", "Errors beside the data"


class SealedFile(Protected):
    """A file of one load, sealed on the shelf. Erasing takes its key first: without it nobody reads what is sealed."""

    of = models.ForeignKey(ChildFiles, models.PROTECT, related_name="files")
    role = models.CharField(max_length=12, choices=FileRole)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    seal_id = models.UUIDField(default=uuid4, editable=False)
    place = models.CharField(
        max_length=100, blank=True, help_text="Where it stands; empty when it was taken away"
    )
    wrapped_key = models.BinaryField(blank=True, help_text="Empty once it was erased")

    privacy = Privacy("working", case="name", ordinary="of role sha256 size seal_id place wrapped_key")

    class Meta:
        ordering = ["created_at"]
