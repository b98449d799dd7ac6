"""An agency asks for more time, and what the board's team said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.assurance.models.returns import Return
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class MoreTimeAsked(Protected):
    """One request for more time, in the return's circle: the agency reads the answer. One waits at a time."""

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="more_time_asked")
    until_on = models.DateField()
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    granted_to = models.DateField(null=True, blank=True, help_text="Empty when it was declined")
    answer = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        "assurance",
        case="reason answer",
        ordinary="return_of until_on asked_by asked_on decided_by decided_on granted_to",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "return_of"],
                condition=Q(decided_on__isnull=True),
                name="assurance_moretime_one_waits",
            )
        ]
