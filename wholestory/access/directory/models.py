"""What keeping the directory has to remember: spreadsheets on their way in, and which entries were joined."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person
from wholestory.records.models import Protected


def _both_or_neither(name: str, *fields: str) -> models.CheckConstraint:
    all_set = Q(**{f"{field}__isnull": False for field in fields})
    none_set = Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(name=name, condition=all_set | none_set)


class MembershipImport(Protected):
    """A membership spreadsheet between its upload and its end: cells, what was decided, and how to take it back.

    The cells are kept until ``expires_on`` and then emptied; what was added stays, of course.
    """

    class State(models.TextChoices):
        OPEN = "open", "Not applied yet"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Taken back"
        DISCARDED = "discarded", "Thrown away"

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sheets = models.JSONField(help_text="Every sheet's name and cells")
    sheet = models.PositiveSmallIntegerField(null=True)
    heading_row = models.PositiveIntegerField(null=True)
    meanings = models.JSONField(default=list, help_text="What each column holds")
    options = models.JSONField(default=dict, help_text="How cells are read")
    choices = models.JSONField(default=dict, help_text="What was decided about agencies, groups and people")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    applied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    written = models.JSONField(default=dict, help_text="What was added and changed, to take it back by")
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    expires_on = models.DateField()

    privacy = Privacy(
        "working",
        personal="sheets choices written file_name",
        ordinary="sheet heading_row meanings options state uploaded_by applied_by applied_at undone_by undone_at"
        " expires_on",
    )

    class Meta:
        constraints = [
            _both_or_neither("directory_membershipimport_applied", "applied_at", "applied_by"),
            _both_or_neither("directory_membershipimport_undone", "undone_at", "undone_by"),
        ]


class Joining(Protected):
    """Two entries found to be one: what moved from the double to the kept entry, so that it can be moved back."""

    class Kind(models.TextChoices):
        AGENCY = "agency", "Agency"
        PERSON = "person", "Person"

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    kept = models.UUIDField()
    double = models.UUIDField()
    moved = models.JSONField(default=list, help_text="Model, key and field of each row that moved")
    stayed = models.JSONField(default=list, help_text="Rows that would have clashed and stay with the double")
    before = models.JSONField(default=dict, help_text="What the two entries said before")
    joined_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    privacy = Privacy(
        "directory",
        personal="before",
        ordinary="kind kept double moved stayed joined_by joined_at undone_by undone_at",
    )

    class Meta:
        constraints = [
            _both_or_neither("directory_joining_joined", "joined_at", "joined_by"),
            _both_or_neither("directory_joining_undone", "undone_at", "undone_by"),
        ]
