"""What somebody entered in the national database, when and by whom. Wholestory itself sends nothing there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Case
from wholestory.child_deaths.models.past import PastFile
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class NationalEntry(Protected):
    """A final version of an analysis was entered nationally, by hand. Never changed: opening the case again and saving
    it as final asks for another entry. One that came with an export (``file``) says who entered it as the export says
    it, and goes out of force when the export is taken back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="national_entries")
    version = models.PositiveSmallIntegerField(help_text="The version of the analysis that was entered")
    reference = models.CharField(max_length=60, blank=True, help_text="The national database's own reference")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_by = models.CharField(
        max_length=150, blank=True, help_text="Who entered it, where that is not ``by``"
    )
    file = models.ForeignKey(PastFile, models.PROTECT, null=True, blank=True, related_name="national_entries")
    back_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "child_deaths", personal="entered_by", ordinary="case version reference on by file back_on"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "case", "version"], condition=Q(back_on__isnull=True),
                name="child_deaths_entered_once",
            )
        ]  # fmt: skip
