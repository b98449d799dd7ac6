"""What somebody entered in the national database, when and by whom. Wholestory itself sends nothing there."""

from __future__ import annotations

from django.db import models

from wholestory.child_deaths.models.cases import Case
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class NationalEntry(Protected):
    """A final version of an analysis was entered nationally, by hand. Never changed: opening the case again and saving
    it as final asks for another entry."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="national_entries")
    version = models.PositiveSmallIntegerField(help_text="The version of the analysis that was entered")
    reference = models.CharField(max_length=60, blank=True, help_text="The national database's own reference")
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy("child_deaths", ordinary="case version reference on by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "case", "version"], name="child_deaths_entered_once")
        ]
