"""One death under review: where it stands, who leads it, what holds it up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.children import PRECISIONS, Child
from wholestory.child_deaths.models.panels import Panel, Regime
from wholestory.kernel.moments import Precision
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Area, Person
from wholestory.records.models import Protected, Record


class Kind(models.TextChoices):
    """What kind of case it is."""

    DEATH = "death", "Death of a child"
    RESPONSE_ONLY = "response_only", "Stillbirth without a professional present: response only"


class Lead(models.TextChoices):
    """Which panel leads. A death never has none and never two."""

    OURS = "ours", "This panel leads"
    SENT = "sent", "Sent to another panel; ours until accepted"
    THEIRS = "theirs", "Another panel leads"
    DISPUTED = "disputed", "Refused or disputed; ours until settled"


class FormSet(models.TextChoices):
    """Which national forms are used. Not the same question as whose process it is."""

    FORMS_2015 = "2015", "Forms A, B and C"
    FORMS_2018 = "2018", "Notification, reporting and analysis forms"


class Expected(models.TextChoices):
    EXPECTED = "expected", "Expected"
    UNEXPECTED = "unexpected", "Unexpected"
    NOT_KNOWN = "not_known", "Not yet decided: treated as unexpected"


class Case(Protected):
    """A death and its review. The cover sheet's pathway says the stage; what stands beside it are columns here.

    Four moments are kept apart, each with how exactly it is known: what led to death began (``event``), the child was
    found, death was confirmed, death was certified. The notification clock counts from confirmed.
    ``first_received_at`` is that of its earliest notification. ``brought_in`` marks cases that were open or finished
    before this system: their clocks are shown and never counted as our breaches.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="death_case")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="cases")
    child = models.OneToOneField(Child, models.PROTECT, related_name="case")
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.DEATH)
    regime = models.CharField(max_length=10, choices=Regime)
    form_set = models.CharField(max_length=6, choices=FormSet)
    lead = models.CharField(max_length=10, choices=Lead, default=Lead.OURS)
    first_received_at = models.DateTimeField()
    event_at = models.DateTimeField(null=True, blank=True)
    event_precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.DATE.value)
    found_at = models.DateTimeField(null=True, blank=True)
    found_precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.DATE.value)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.DATE.value)
    certified_at = models.DateTimeField(null=True, blank=True)
    certified_precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.DATE.value)
    died_on = models.DateField(null=True, blank=True, help_text="The local day, wherever it was")
    died_part = models.CharField(
        max_length=7, blank=True, help_text="2016-03 or 2016, where only the month or year of death is known"
    )
    died_abroad_in = models.CharField(max_length=60, blank=True)
    place_kind = models.CharField(max_length=40, blank=True)
    place_name = models.CharField(max_length=160, blank=True)
    place_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    event_place = models.CharField(max_length=160, blank=True)
    event_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    home_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    looked_after_by = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    expected = models.CharField(max_length=12, choices=Expected, default=Expected.NOT_KNOWN)
    circumstances = models.TextField(blank=True)
    suspected_cause = models.TextField(blank=True)
    out_of_scope_rule = models.CharField(max_length=60, blank=True)
    restricted = models.BooleanField(default=False)
    brought_in = models.BooleanField(default=False)
    reopened = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    record_kind = "child_deaths.case"
    privacy = Privacy(
        "child_deaths",
        case="event_at event_precision found_at found_precision confirmed_at confirmed_precision certified_at"
        " certified_precision died_on died_part died_abroad_in place_kind place_name event_place circumstances"
        " suspected_cause expected looked_after_by",
        ordinary="panel child kind regime form_set lead first_received_at place_area event_area home_area"
        " out_of_scope_rule restricted brought_in reopened merged_into",
    )

    class Meta:
        indexes = [
            models.Index(fields=["panel", "-first_received_at"], name="child_deaths_caseload"),
            models.Index(fields=["died_on"], name="child_deaths_by_day"),
            models.Index(fields=["-first_received_at", "id"], name="child_deaths_newest_case"),
            models.Index(
                fields=["lead"], name="child_deaths_lead_open", condition=Q(lead__in=("sent", "disputed"))
            ),
        ]

    def __str__(self) -> str:
        return self.record.reference


class LeadDecision(Protected):
    """Who coordinates and who leads, decided by a named person on evidence. The newest counts; none is changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="lead_decisions")
    coordinates = models.CharField(max_length=10, choices=[("us", "This panel"), ("them", "The other panel")])
    leads = models.ForeignKey(Panel, models.PROTECT, related_name="+")
    home_area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=60)
    evidence = models.TextField()
    agreed_with = models.CharField(max_length=160, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy(
        "child_deaths", personal="agreed_with", case="evidence",
        ordinary="case coordinates leads home_area rule agreed_on by on",
    )  # fmt: skip


class Hold(Protected):
    """The review waits, for a stated reason, until a stated day on which somebody looks again."""

    class Why(models.TextChoices):
        CRIMINAL = "criminal", "Criminal investigation or trial"
        INQUEST = "inquest", "Inquest"
        POST_MORTEM = "post_mortem", "Post-mortem result"
        THEMED = "themed", "Kept for a themed panel"
        OTHER_REVIEW = "other_review", "Another review"
        FAMILY = "family", "At the family’s wish"
        OTHER = "other", "Something else"

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    why = models.CharField(max_length=14, choices=Why)
    words = models.TextField(blank=True)
    contact = models.CharField(max_length=160, blank=True)
    since_on = models.DateField()
    review_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "child_deaths", personal="contact", case="words",
        ordinary="case why since_on review_on ended_on by ended_by",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_hold_is_looked_at_again", condition=Q(review_on__gte=models.F("since_on"))
            )
        ]
