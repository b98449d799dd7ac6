"""How a group meets, its meetings, what is on the agenda and the papers for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Group, Person
from wholestory.records.models import Protected, Record


class Arrangement(Protected):
    """How a group meets: who keeps its meetings (the office), and when it may decide (the quorum).

    Made when its first meeting is planned. All meetings of the group are in this row's circle, which the seats of
    the group open, and under its office unless a meeting says otherwise.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="arrangement")
    group = models.OneToOneField(Group, models.PROTECT, related_name="arrangement")
    quorum_number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many people must be there"
    )
    quorum_share = models.CharField(
        max_length=10,
        blank=True,
        choices=[
            ("third", "A third of the members"),
            ("half", "Half of the members"),
            ("two_thirds", "Two thirds"),
        ],
    )
    needs = models.JSONField(
        default=list,
        blank=True,
        help_text="Agencies, sectors and roles that must be there: kind, key and label",
    )
    virtual_counts = models.BooleanField(default=True)
    deputies_count = models.BooleanField(default=True)
    attendance_target = models.PositiveSmallIntegerField(
        default=75, help_text="Percent of meetings, per agency"
    )
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    changed_on = models.DateField(null=True, blank=True)

    record_kind = "meetings.arrangement"
    privacy = Privacy(
        "governance",
        ordinary="group quorum_number quorum_share needs virtual_counts deputies_count attendance_target changed_by"
        " changed_on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_arrangement_changed_whole",
                condition=Q(changed_by__isnull=True, changed_on__isnull=True)
                | Q(changed_by__isnull=False, changed_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"How {self.group} meets"


class MeetingKind(models.TextChoices):
    ORDINARY = "ordinary", "Ordinary"
    EXTRAORDINARY = "extraordinary", "Extraordinary"
    THEMED = "themed", "Themed"
    JOINT = "joint", "Joint with another group"
    REGIONAL = "regional", "Regional"


class MeetingState(models.TextChoices):
    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


class Meeting(Protected):
    """One meeting of a group."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="meeting")
    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=15, choices=MeetingKind, default=MeetingKind.ORDINARY)
    meets_on = models.DateField()
    start_time = models.TimeField(null=True, blank=True, help_text="London time")
    place = models.CharField(max_length=200, blank=True)
    joining = models.CharField(max_length=500, blank=True, help_text="How to join from elsewhere")
    chair = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    secretary = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True)
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_on = models.DateField()

    record_kind = "meetings.meeting"
    privacy = Privacy(
        "governance",
        case="title cancelled_because",
        ordinary="group kind meets_on start_time place joining chair secretary state planned_by planned_on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_meeting_cancelled_says_why",
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
            )
        ]
        indexes = [models.Index(fields=["group", "meets_on"], name="meetings_of_group")]

    def __str__(self) -> str:
        return self.title


class Part(models.TextChoices):
    A = "A", "Part A: open to the whole group"
    B = "B", "Part B: confidential"


class Purpose(models.TextChoices):
    DECISION = "decision", "For decision"
    ASSURANCE = "assurance", "For assurance"
    INFORMATION = "information", "For information"


class Item(Protected):
    """One thing to be talked about. Circle and office are those of what it is about, so that whoever may not see
    that sees no item; numbers are given when the agenda is shown, so that nothing seems to be missing.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    about = models.ForeignKey(Record, models.PROTECT, related_name="agenda_items")
    part = models.CharField(max_length=1, choices=Part)
    place = models.BigIntegerField(help_text="Where it stands; compared, never shown")
    title = models.CharField(max_length=200)
    lead = models.CharField(max_length=120, blank=True, help_text="Who speaks to it")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.INFORMATION)
    minutes_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    begun_time = models.TimeField(null=True, blank=True, help_text="London time")
    chaired_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="Chairs this item only"
    )
    listed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    listed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        "governance",
        personal="lead",
        case="title withdrawn_because",
        ordinary="meeting about part place purpose minutes_allowed begun_time chaired_by listed_by listed_on"
        " withdrawn_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "meeting", "about"],
                condition=Q(withdrawn_on__isnull=True),
                name="meetings_item_once",
            ),
            models.CheckConstraint(
                name="meetings_item_withdrawn_whole",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]
        indexes = [models.Index(fields=["meeting", "part", "place"], name="meetings_item_order")]

    def __str__(self) -> str:
        return self.title


class Paper(Protected):
    """A paper for an item, in the item's circle: the cover sheet of a file or of a duty's record, and its purpose."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="papers")
    paper = models.ForeignKey(Record, models.PROTECT, related_name="put_before")
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.INFORMATION)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_on = models.DateField()

    privacy = Privacy("governance", case="title", ordinary="item paper purpose added_by added_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "item", "paper"], name="meetings_paper_once")
        ]

    def __str__(self) -> str:
        return self.title
