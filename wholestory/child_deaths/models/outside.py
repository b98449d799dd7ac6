"""What runs beside a review (coroner, inquest, police, other reviews), what was told to whom, who is suspected."""

from __future__ import annotations

from django.db import models

from wholestory.child_deaths.models.cases import Case, Hold
from wholestory.child_deaths.models.children import Relative
from wholestory.child_deaths.rules.other_processes import Process
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected

PROCESSES = [(each.value, each.label) for each in Process]


class ProcessState(models.TextChoices):
    AWAITED = "awaited", "Awaited: asked for, or may come"
    RUNNING = "running", "Running"
    CONCLUDED = "concluded", "Concluded"
    NONE = "none", "Considered, and not needed"


class OtherProcess(Protected):
    """One process beside the review, as it stands; ``ProcessEntry`` keeps every earlier state. ``about`` is a relative
    where it is not about the child who died (the mother who is a child herself, say). ``facts`` are keyed as in
    ``rules.process_fields``."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="other_processes")
    kind = models.CharField(max_length=20, choices=PROCESSES)
    about = models.ForeignKey(Relative, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=ProcessState, default=ProcessState.RUNNING)
    holds_review = models.BooleanField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    changed_on = models.DateField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "child_deaths",
        case="about facts words",
        ordinary="case kind state holds_review changed_on changed_by",
    )


class ProcessEntry(Protected):
    """A process as recorded on a day. Never changed. ``after_final`` marks what came once the case was final."""

    process = models.ForeignKey(OtherProcess, models.PROTECT, related_name="entries")
    state = models.CharField(max_length=10, choices=ProcessState)
    facts = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    after_final = models.BooleanField(default=False)

    privacy = Privacy("child_deaths", case="facts words", ordinary="process state on by after_final")


class Disclosure(Protected):
    """Something of the case that was told or given to somebody outside, and on what basis. Never changed."""

    class Basis(models.TextChoices):
        POLICE = "police", "Police or prosecutors asked"
        COURT = "court", "A court ordered it"
        CORONER = "coroner", "For the coroner"
        REVIEW = "review", "For another review"
        SAFEGUARDING = "safeguarding", "To protect a child or adult"
        FAMILY = "family", "At the family’s request"
        PARTNER = "partner", "For another panel"
        OTHER = "other", "Another basis"

    case = models.ForeignKey(Case, models.PROTECT, related_name="disclosures")
    on = models.DateField()
    to = models.CharField(max_length=200)
    what = models.TextField()
    left_out = models.TextField(blank=True)
    basis = models.CharField(max_length=14, choices=Basis)
    basis_words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_on = models.DateField()

    privacy = Privacy(
        "child_deaths",
        personal="to",
        case="what left_out basis_words",
        ordinary="case on basis by entered_on",
    )


class Suspicion(Protected):
    """How police see one relative. The newest row of each counts; none is changed. For the people of the case alone:
    never for the family, the key worker, an agency or the panel."""

    class Standing(models.TextChoices):
        SUSPECTED = "suspected", "Under suspicion"
        CHARGED = "charged", "Charged"
        CONVICTED = "convicted", "Convicted"
        CLEARED = "cleared", "No longer under suspicion"
        POLICE_ASK = "police_ask", "Not under suspicion; police ask that there is no contact"
        WITH_SUSPECT = "with_suspect", "Not under suspicion; lives with somebody who is"

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspicions")
    relative = models.ForeignKey(Relative, models.PROTECT, related_name="suspicions")
    standing = models.CharField(max_length=14, choices=Standing)
    police_agree = models.BooleanField(default=False, help_text="Police agree that this person is written to")
    contact = models.CharField(max_length=160, blank=True, help_text="Whom at the police to ask")
    words = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "child_deaths", personal="contact", case="relative standing police_agree words", ordinary="case on by"
    )


class HoldStep(Protected):
    """What happened to a hold: begun, looked at again, ended. Never changed."""

    class Did(models.TextChoices):
        BEGUN = "begun", "Begun"
        EXTENDED = "extended", "Looked at and kept"
        ENDED = "ended", "Ended"

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="steps")
    did = models.CharField(max_length=10, choices=Did)
    on = models.DateField()
    review_was_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy("child_deaths", case="words", ordinary="hold did on review_was_on review_on by")
