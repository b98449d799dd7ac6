"""What an export of another product held about a case that is here, and how panels named its columns before."""

from __future__ import annotations

from django.db import models

from wholestory.child_deaths.models.cases import Case
from wholestory.child_deaths.models.past import PastFile
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person
from wholestory.records.models import Base, Protected


class VendorMapping(Base):
    """Which heading of such an export holds what, kept under a name for the next one. It says nothing of any child."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="vendor_mappings")
    name = models.CharField(max_length=80)
    columns = models.JSONField(default=dict, help_text="Heading, by what it holds")
    stages = models.JSONField(default=dict, help_text="What each word about a stage means")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("configuration", ordinary="board name columns stages by on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "name"], name="child_deaths_mapping_once_by_name")
        ]
        ordering = ["-on", "-created_at"]

    def __str__(self) -> str:
        return self.name


class VendorLine(Protected):
    """A line of an export that was joined to a case, whole and as it came. Ours is never overwritten: what differs is
    said in ``differences``, each ``[column, what, theirs, ours]``. Seen by whoever sees the case."""

    file = models.ForeignKey(PastFile, models.PROTECT, related_name="vendor_lines")
    case = models.ForeignKey(Case, models.PROTECT, related_name="vendor_lines")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict, help_text="What stood under each heading")
    differences = models.JSONField(default=list)
    joined = models.CharField(max_length=20, help_text="By what it was found to be this case")
    gave = models.CharField(max_length=60, blank=True, help_text="The national reference that came with it")

    privacy = Privacy("child_deaths", case="cells differences", ordinary="file case line joined gave")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "file", "line"], name="child_deaths_vendor_line_once")
        ]
