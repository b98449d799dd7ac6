"""What one agency owes for one period, every step on its way, and what the agency says its figures mean."""

from __future__ import annotations

from django.db import models

from wholestory.indicators.models.asking import Collection
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class ReturnStage(models.TextChoices):
    """Where a return stands. Late is not a stage: it is worked out from the days."""

    ASKED = "asked", "Not started"
    STARTED = "started", "Started"
    WAITING = "waiting", "Waits for a second person"
    SENT = "sent", "Sent to the board"
    QUERIED = "queried", "The board has a question"
    ACCEPTED = "accepted", "Accepted"
    WITHDRAWN = "withdrawn", "Not asked for any more"


class AgencyReturn(Protected):
    """What one agency is asked for one period. It carries its dates and what is asked itself, because the agency's
    people do not see the collection. ``asks`` is frozen when it is opened: measures with their versions and parts."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="figures_return")
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="returns")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="figures_returns")
    label = models.CharField(max_length=60)
    period_start = models.DateField()
    period_end = models.DateField()
    asks = models.JSONField(help_text="[{measure, version, breakdowns}], in the order of the form")
    due_on = models.DateField()
    extended_to = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    stage = models.CharField(max_length=10, choices=ReturnStage, default=ReturnStage.ASKED)
    first_sent_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)

    record_kind = "indicators.return"
    privacy = Privacy(
        "governance",
        case="extension_reason",
        ordinary="collection agency label period_start period_end asks due_on extended_to stage first_sent_on sent_on"
        " accepted_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "collection", "agency"], name="indicators_return_once")
        ]
        indexes = [models.Index(fields=["collection", "stage"], name="indicators_return_stage")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.label}"

    @property
    def last_day(self) -> object:
        """The last day on which it is in time."""
        return self.extended_to or self.due_on


class ReturnStep(Protected):
    """One thing that happened to a return. Never edited: its story is read from these."""

    KINDS = [
        ("asked", "Asked for"), ("started", "Started"), ("passed_on", "Passed to a second person"),
        ("sent_back", "Sent back by the second person"), ("sent", "Approved and sent"),
        ("queried", "Question from the board"),
        ("answered", "Question answered"), ("accepted", "Accepted"), ("revised", "Sent again with changes"),
        ("extended", "More time given"), ("reminded", "Reminder sent"), ("withdrawn", "Not asked for any more"),
    ]  # fmt: skip

    of_return = models.ForeignKey(AgencyReturn, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=KINDS)
    words = models.TextField(blank=True, max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()

    privacy = Privacy("governance", case="words", ordinary="of_return kind by at on")

    class Meta:
        ordering = ["at", "created_at"]


class Commentary(Protected):
    """What the agency that owns a figure says of it for one period. The newest counts; none is ever changed.

    Required where the figure is below its standard or its chart signals (quality assurance 3.6)."""

    CONFIDENCE = [("high", "Sure of it"), ("some", "Fairly sure"), ("low", "Not sure")]

    of_return = models.ForeignKey(AgencyReturn, models.PROTECT, related_name="commentaries")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    measure = models.SlugField(max_length=40)
    period_end = models.DateField()
    what_changed = models.TextField(max_length=2000)
    why = models.TextField(blank=True, max_length=2000)
    so_what = models.TextField(blank=True, max_length=2000, help_text="What it means for children")
    what_next = models.TextField(blank=True, max_length=2000, help_text="What happens next, who, by when")
    confidence = models.CharField(max_length=6, choices=CONFIDENCE, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy(
        "governance",
        case="what_changed why so_what what_next",
        ordinary="of_return agency measure period_end confidence by at",
    )

    class Meta:
        ordering = ["at", "created_at"]
        indexes = [models.Index(fields=["agency", "measure", "period_end"], name="indicators_said_of")]
