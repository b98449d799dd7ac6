"""Who came to a meeting, seat by seat."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.meetings.models.meetings import Meeting
from wholestory.partners.models import Agency, Person, Seat
from wholestory.records.models import Protected


class Status(models.TextChoices):
    PRESENT = "present", "Present"
    VIRTUAL = "virtual", "Present, online"
    LEFT_EARLY = "left_early", "Present, left early"
    DEPUTY = "deputy", "A deputy came"
    APOLOGIES_DEPUTY = "apologies_deputy", "Apologies, and a deputy came"
    APOLOGIES = "apologies", "Apologies, nobody came instead"
    ABSENT = "absent", "Absent without apologies"
    OBSERVER = "observer", "Observer"
    GUEST = "guest", "Guest"


class Attendance(Protected):
    """One seat at one meeting, or one observer or guest. A person who holds two seats has two rows and one body."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True, help_text="Observers and guests")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    status = models.CharField(max_length=20, choices=Status)
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    deputy_name = models.CharField(max_length=120, blank=True)
    deputy_may_decide = models.BooleanField(default=False, help_text="The deputy may speak for the agency")
    online = models.BooleanField(default=False)
    left_time = models.TimeField(null=True, blank=True, help_text="London time")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    privacy = Privacy(
        "governance",
        personal="name deputy_name",
        ordinary="meeting seat person agency role status deputy deputy_may_decide online left_time recorded_by"
        " recorded_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "meeting", "seat"], name="meetings_attendance_once"),
            models.CheckConstraint(
                name="meetings_attendance_deputy_is_named",
                condition=~Q(status__in=["deputy", "apologies_deputy"]) | ~Q(deputy_name=""),
            ),
            models.CheckConstraint(
                name="meetings_attendance_somebody",
                condition=Q(seat__isnull=False, person__isnull=False)
                | (Q(seat__isnull=True, status__in=["observer", "guest"]) & ~Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.name}: {self.get_status_display()}"
