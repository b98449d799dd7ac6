"""Before and beside moderation: screening a return, and a peer challenge panel with its lines of enquiry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.assurance.models.returns import Return
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Person
from wholestory.records.models import Protected


class Screening(Protected):
    """Somebody of the board's team looked a signed return over before it is judged. In the moderators' circle."""

    return_of = models.OneToOneField(Return, models.PROTECT, related_name="screening")
    checks = models.JSONField(default=dict, help_text="What was looked at, by key: yes or no")
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("assurance", case="words", ordinary="return_of checks by on")


class PanelState(models.TextChoices):
    PLANNED = "planned", "Being prepared"
    SENT = "sent", "With the agency, before the meeting"
    HELD = "held", "Held"


class Panel(Protected):
    """One agency's meeting with its peers about its return.

    While it is prepared it is in the moderators' circle. Sending the lines of enquiry moves it to the return's, where
    the agency reads them; the outcome goes there when the result is released.
    """

    return_of = models.OneToOneField(Return, models.PROTECT, related_name="panel")
    peer = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", help_text="The agency paired with it"
    )
    meets_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    chaired_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=PanelState, default=PanelState.PLANNED)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "assurance",
        ordinary="return_of peer meets_on place chaired_by state prepared_by prepared_on sent_on held_on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assurance_panel_held_is_dated",
                condition=Q(state="held", held_on__isnull=False) | ~Q(state="held"),
            )
        ]


class Enquiry(Protected):
    """One line of enquiry: what the panel wants to know, of which line, and what was answered at the table."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="enquiries")
    item = models.CharField(max_length=60, blank=True)
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    answer = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy("assurance", case="question answer", ordinary="panel item number asked_by")


class PanelOutcome(Protected):
    """What the panel came to. In the moderators' circle until the agency has its result. ``letter`` is the record of
    the outcome letter, once one was prepared."""

    panel = models.OneToOneField(Panel, models.PROTECT, related_name="outcome")
    strengths = models.TextField()
    to_improve = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    letter = models.UUIDField(null=True, blank=True)

    privacy = Privacy("assurance", case="strengths to_improve", ordinary="panel by on letter")
