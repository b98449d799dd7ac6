"""Minutes: drafted, checked by the chair, approved at a later meeting, then locked by the database."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.meetings.models.meetings import Item, Meeting
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class MinutesState(models.TextChoices):
    DRAFT = "draft", "Draft"
    WITH_CHAIR = "with_chair", "With the chair"
    CHECKED = "checked", "Checked by the chair, not approved yet"
    APPROVED = "approved", "Approved"


class Minutes(Protected):
    """One version of a meeting's minutes. Once approved it is never changed; a correction is the next version."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    words = models.TextField(blank=True, help_text="What belongs to no item")
    correction = models.CharField(max_length=500, blank=True, help_text="What this version puts right")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_on = models.DateField()
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    approved_at_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="approved"
    )
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "governance",
        case="words correction",
        ordinary="meeting version state drafted_by drafted_on checked_by checked_on approved_at_meeting approved_by"
        " approved_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "meeting", "version"], name="meetings_minutes_version_once"
            ),
            models.CheckConstraint(
                name="meetings_minutes_correction_says_what",
                condition=Q(version=1, correction="") | (Q(version__gt=1) & ~Q(correction="")),
            ),
            models.CheckConstraint(
                name="meetings_minutes_checked_whole",
                condition=Q(
                    state__in=["draft", "with_chair"], checked_by__isnull=True, checked_on__isnull=True
                )
                | Q(state__in=["checked", "approved"], checked_by__isnull=False, checked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="meetings_minutes_approved_whole",
                condition=Q(
                    state="approved",
                    approved_by__isnull=False,
                    approved_on__isnull=False,
                    approved_at_meeting__isnull=False,
                )
                | (
                    ~Q(state="approved")
                    & Q(approved_by__isnull=True, approved_on__isnull=True, approved_at_meeting__isnull=True)
                ),
            ),
        ]


class ItemMinute(Protected):
    """What the minutes say of one item, in the item's own circle: the main set never holds it."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="of_items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="minuted")
    words = models.TextField()

    privacy = Privacy("governance", case="words", ordinary="minutes item")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "minutes", "item"], name="meetings_itemminute_once")
        ]
