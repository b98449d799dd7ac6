"""Files and links that belong to a record. The content is on the shelf, sealed; here is what is known about it."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from wholestory.documents.rules.names import LONGEST_NAME
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class Marking(models.TextChoices):
    """Stable keys are the markings themselves: they are printed on files and must not drift."""

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


class ScanState(models.TextChoices):
    UNSCANNED = "unscanned", "Not scanned for viruses"
    CLEAN = "clean", "Scanned, nothing found"
    INFECTED = "infected", "Something harmful found"
    FAILED = "failed", "Could not be scanned yet"


class Screened(models.TextChoices):
    """How much of a file was looked at, before it was kept, for what looks like a record about a child."""

    BEFORE = "", "Kept before files were looked through"
    WHOLE = "whole", "Its name and all of its words were looked through"
    PART = "part", "Its name and a part of its words were looked through"
    NAME = "name", "Only its name could be looked at"
    MADE = "made", "Made here from what is kept here, so it was not looked through"


class RemovedBecause(models.TextChoices):
    MISTAKE = "mistake", "Added by mistake"
    TOO_MUCH = "too_much", "It says more about somebody than it should"
    REPLACED = "replaced", "Another file takes its place"
    ASKED = "asked", "Its author asked for it back"
    RETENTION = "retention", "The time for keeping it is over"


class StoredFile(Protected):
    """One version of a file. ``about`` is the record it belongs to; ``record`` its own cover sheet.

    Versions of one file share ``series``. When a file is removed its row stays and its key is emptied, so that
    what may be left of the content on a disk can no longer be read.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="stored_file")
    about = models.ForeignKey(Record, models.PROTECT, related_name="files")
    series = models.UUIDField(help_text="The id of the first version")
    version = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes, in clear")
    sha256 = models.CharField(max_length=64, help_text="Of the content in clear")
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL_SENSITIVE)
    scan_state = models.CharField(max_length=10, choices=ScanState, default=ScanState.UNSCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    document_on = models.DateField(null=True, blank=True, help_text="The date on the document itself")
    review_on = models.DateField(null=True, blank=True, help_text="When somebody should look at it again")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_on = models.DateField(help_text="On the board's own day")
    place = models.CharField(max_length=200, help_text="Where on the shelf the sealed content stands")
    wrapped_key = models.BinaryField(help_text="The file's key, wrapped by a key that is not in the database")
    sealed_as = models.UUIDField(
        null=True,
        blank=True,
        help_text="The id its content was sealed under, where it is another file's content",
    )
    screened = models.CharField(max_length=6, choices=Screened, blank=True, default=Screened.BEFORE)
    screen_found = models.CharField(
        max_length=200, blank=True, help_text="Kinds of findings, never their values"
    )
    screen_reason = models.CharField(max_length=500, blank=True, help_text="Why it is not about a child")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    removed_because = models.CharField(max_length=12, choices=RemovedBecause, blank=True)

    record_kind = "documents.file"
    privacy = Privacy(
        "assurance",
        case="name screen_reason",
        ordinary="about series version supersedes media_type size sha256 marking scan_state scanned_at document_on"
        " review_on owner added_by added_on place wrapped_key sealed_as screened screen_found removed_at removed_by"
        " removed_because",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_storedfile_removed_together",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_because="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_because="")),
            ),
            models.CheckConstraint(
                name="documents_storedfile_first_version",
                condition=Q(version=1, supersedes__isnull=True, series=F("id"))
                | Q(version__gt=1, supersedes__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["about", "series", "version"], name="documents_file_of_record"),
            models.Index(fields=["series", "version"], name="documents_file_versions"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seal_id(self) -> UUID:
        """The id its content and its key are sealed under."""
        return self.sealed_as or self.id


def newest_versions() -> QuerySet[StoredFile]:
    """Of each file the newest version that was not removed."""
    later = StoredFile.objects.filter(
        series=OuterRef("series"), version__gt=OuterRef("version"), removed_at=None
    )
    return StoredFile.objects.filter(~Exists(later), removed_at=None)


class EvidenceLink(Protected):
    """Evidence that stays where it is: an address, what it shows, who added it."""

    about = models.ForeignKey(Record, models.PROTECT, related_name="evidence_links")
    url = models.URLField(max_length=500)
    label = models.CharField(max_length=160)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_on = models.DateField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    record_kind = "documents.file"
    privacy = Privacy("assurance", case="url label", ordinary="about added_by added_on removed_at removed_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="documents_evidencelink_removed_together",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["about"], name="documents_link_of_record")]

    def __str__(self) -> str:
        return self.label
