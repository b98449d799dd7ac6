"""What an agency can show for its answers: kept once in a list of its own, and used in as many lines as it shows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.assurance.models.returns import Return
from wholestory.documents.models import Marking, StoredFile
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class EvidenceKind(models.TextChoices):
    """How something can be shown."""

    FILE = "file", "A file"
    LINK = "link", "A link"
    WORDS = "words", "In words"
    SEEN = "seen", "Seen on site"


class Shown(Protected):
    """What is said of a piece of evidence; the same in the agency's list and in a return that uses it."""

    kind = models.CharField(max_length=8, choices=EvidenceKind)
    title = models.CharField(max_length=160)
    link = models.CharField(
        max_length=500, blank=True, help_text="Not only web pages: an intranet is flagged"
    )
    words = models.TextField(blank=True)
    document_on = models.DateField(null=True, blank=True, help_text="The date on the document itself")
    review_on = models.DateField(null=True, blank=True, help_text="When somebody is to look at it again")
    expires_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    owner_post = models.CharField(max_length=120, blank=True, help_text="A post, where no person is named")
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL)
    not_about_a_child = models.CharField(
        max_length=500, blank=True, help_text="Why what looks like a record about a child is none"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=1, help_text="Which wording of the list this is")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_on = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def owner_words(self) -> str:
        """The person, or the post."""
        return self.owner.full_name if self.owner else self.owner_post


_SAID = "kind document_on review_on expires_on owner marking file revision added_by added_on"


class EvidenceItem(Shown):
    """One piece in an agency's own list for one board. Only the agency's people see the list."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="evidence_item")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="evidence")
    retired_on = models.DateField(
        null=True, blank=True, help_text="No longer offered; where it is used it stays"
    )

    record_kind = "assurance.evidence"
    privacy = Privacy(
        "assurance",
        personal="owner_post",
        case="title link words not_about_a_child",
        ordinary=f"{_SAID} board agency retired_on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assurance_evidence_owner_or_post", condition=Q(owner=None) | Q(owner_post="")
            )
        ]
        indexes = [models.Index(fields=["board", "agency"], name="assurance_evidence_list")]


class EvidenceUse(Shown):
    """A piece of evidence in one return: what is said of it as it was, and the lines it shows.

    ``file`` is the same content shown with the return, so that whoever may open the return may open it. Nothing here
    changes once the return is signed.
    """

    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="uses")
    return_of = models.ForeignKey(Return, models.PROTECT, related_name="evidence")
    lines = models.JSONField(default=list, help_text="Keys of the items it shows")
    to_confirm = models.BooleanField(
        default=False, help_text="Brought forward, and not yet said to hold still"
    )

    privacy = Privacy(
        "assurance",
        personal="owner_post",
        case="title link words not_about_a_child",
        ordinary=f"{_SAID} item return_of lines to_confirm",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "return_of", "item"], name="assurance_evidenceuse_once")
        ]
