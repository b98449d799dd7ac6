"""The first response to a death: whether it is needed, what was done step by step, who came, who does what next."""

from __future__ import annotations

from django.db import models

from wholestory.child_deaths.models.cases import Case, Expected
from wholestory.child_deaths.models.children import PRECISIONS
from wholestory.kernel.moments import Precision
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class Decided(Protected):
    """A decision of a named person at a known moment. Never changed: a later one stands beside it."""

    decided_by = models.CharField(max_length=160)
    decided_at = models.DateTimeField()
    decided_precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.EXACT.value)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True


class ResponseDecision(Decided):
    """Whether a rapid or joint agency response is opened, on which criteria. No is a decision too."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="response_decisions")
    opens = models.BooleanField()
    criteria = models.JSONField(default=list)

    privacy = Privacy(
        "child_deaths", personal="decided_by", case="reason criteria",
        ordinary="case opens decided_at decided_precision by entered_at",
    )  # fmt: skip


class ExpectedDecision(Decided):
    """Whether the death was expected. ``confirmed`` is for the designated doctor's own word."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="expected_decisions")
    expected = models.CharField(max_length=12, choices=Expected)
    confirmed = models.BooleanField(default=False)

    privacy = Privacy(
        "child_deaths", personal="decided_by", case="reason expected",
        ordinary="case confirmed decided_at decided_precision by entered_at",
    )  # fmt: skip


class ResponseStep(Protected):
    """Something that was done, with what ``rules.response_steps`` asks about its kind. ``replaces`` is a step recorded
    wrongly, which stays."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="response_steps")
    kind = models.SlugField(max_length=24)
    at = models.DateTimeField()
    precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.EXACT.value)
    facts = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    privacy = Privacy(
        "child_deaths", case="facts words", ordinary="case kind at precision replaces by entered_at"
    )


class StepAttendee(Protected):
    """Somebody who came."""

    step = models.ForeignKey(ResponseStep, models.PROTECT, related_name="people")
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=160, blank=True)

    privacy = Privacy("child_deaths", personal="name role organisation", ordinary="step")


class ResponseTask(Protected):
    """What an agency does next: whose it is, until when, and how it ended."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="response_tasks")
    step = models.ForeignKey(ResponseStep, models.PROTECT, null=True, blank=True, related_name="tasks")
    organisation = models.CharField(max_length=160)
    owner = models.CharField(max_length=160, blank=True)
    words = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_on = models.DateField()
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "child_deaths", personal="owner", case="words done_words",
        ordinary="case step organisation due_on done_on by entered_on done_by",
    )  # fmt: skip
