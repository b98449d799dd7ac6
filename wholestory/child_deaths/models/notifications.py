"""What somebody told us about a death: kept as it came, whatever becomes of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.panels import Panel
from wholestory.kernel.moments import Precision
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class Channel(models.TextChoices):
    """How it reached us."""

    PAGE = "page", "The public page"
    TELEPHONE = "telephone", "By telephone, entered for the caller"
    SYSTEM = "system", "Another computer system"
    FILE = "file", "A file"
    PAPER = "paper", "On paper or by e-mail"
    TRANSFER = "transfer", "From another panel"


class Notification(Protected):
    """One message about one death. Its rows are history and are never changed (the database refuses).

    ``received_at`` is the moment it first reached the panel: by the clock for the page, as told for a telephone call
    (then ``entered_at`` is when it was typed). ``answers`` are those of the notification form, by question key, as
    ``{"value": ...}`` or ``{"nothing": "not_known"}``; ``raw`` is what another system sent, unread.
    ``fingerprint`` is the same for the same message sent twice. ``to_sort`` is kept by the database with each step: it
    waits for somebody to decide what becomes of it.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="death_notification")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="notifications")
    channel = models.CharField(max_length=12, choices=Channel)
    received_at = models.DateTimeField()
    received_precision = models.CharField(
        max_length=14, choices=[(each.value, each.value) for each in Precision], default=Precision.EXACT.value
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.CharField(max_length=60)
    form_version = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict)
    raw = models.JSONField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64)
    to_sort = models.BooleanField(db_default=True, default=True, editable=False)

    record_kind = "child_deaths.notification"
    privacy = Privacy(
        "child_deaths",
        case="answers raw",
        ordinary="panel channel received_at received_precision entered_at entered_by form_key form_version fingerprint"
        " to_sort",
    )

    class Meta:
        indexes = [
            models.Index(fields=["panel", "-received_at"], name="child_deaths_notified"),
            models.Index(fields=["-received_at", "id"], name="child_deaths_newest_message"),
            models.Index(
                fields=["received_at"], name="child_deaths_message_to_sort", condition=Q(to_sort=True)
            ),
        ]


class Settled(models.TextChoices):
    """What became of a notification."""

    OPENED = "opened", "A new case was opened with it"
    JOINED = "joined", "Joined to a case that was there"
    NO_CASE = "no_case", "No case: sent on, out of scope, or not a death of a child"
    PARTED = "parted", "Taken away from the case again"


class NotificationStep(Protected):
    """What became of a notification. The newest step counts; none is ever changed."""

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="steps")
    settled = models.CharField(max_length=10, choices=Settled)
    case = models.ForeignKey(
        "child_deaths.Case", models.PROTECT, null=True, blank=True, related_name="notification_steps"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    privacy = Privacy("child_deaths", case="reason", ordinary="notification settled case by at")

    class Meta:
        indexes = [models.Index(fields=["notification", "-at"], name="child_deaths_settled")]
        constraints = [
            models.CheckConstraint(
                name="child_deaths_settled_names_its_case",
                condition=Q(settled="no_case", case__isnull=True)
                | (~Q(settled="no_case") & Q(case__isnull=False)),
            )
        ]
