"""What agencies are asked about a death, who was asked, and what of their answers counts where they differ."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Case, FormSet
from wholestory.child_deaths.models.children import Service
from wholestory.child_deaths.models.panels import Panel
from wholestory.documents.models import StoredFile
from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class Asked(models.TextChoices):
    """Where a request stands. Overdue is no state of its own: it follows from the day."""

    ASKED = "asked", "Asked"
    OPENED = "opened", "Opened"
    STARTED = "started", "Begun"
    NOTHING = "nothing", "Nothing known"
    RETURNED = "returned", "Returned"
    REVOKED = "revoked", "Taken back"


#: While which an answer is still awaited.
AWAITED = (Asked.ASKED, Asked.OPENED, Asked.STARTED)


class AgencyRequest(Protected):
    """One agency is asked for what it knows about one death. In a circle of its own: no other agency is in it.

    ``about`` is what the agency needs to find its records, as it was when it was asked, because whoever was asked may
    not see the case: ``names``, ``born``, ``died``, ``nhs_number``, ``address``. ``sent_key`` is the same for the same
    agency and address, so that asking twice asks once.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="death_request")
    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.CharField(max_length=160)
    role = models.CharField(max_length=80, blank=True)
    form_set = models.CharField(max_length=6, choices=FormSet)
    about = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=Asked, default=Asked.ASKED)
    sent_key = models.CharField(max_length=64)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    extended_to = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True, help_text="On the board's own day")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    looked_where = models.TextField(blank=True)
    after_final = models.BooleanField(default=False, help_text="It came after the review was saved as final")
    revoked_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)

    record_kind = "child_deaths.request"
    privacy = Privacy(
        "child_deaths",
        case="about why looked_where",
        ordinary="case panel service agency organisation role form_set state sent_key asked_by asked_on due_on"
        " extended_to opened_at started_at answered_at answered_on answered_by after_final revoked_at reopened",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "sent_key"],
                condition=Q(revoked_at__isnull=True),
                name="child_deaths_asked_once",
            ),
            models.CheckConstraint(
                name="child_deaths_revoked_says_when",
                condition=Q(state="revoked", revoked_at__isnull=False)
                | (~Q(state="revoked") & Q(revoked_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="child_deaths_chase")]

    def __str__(self) -> str:
        return self.record.reference

    @property
    def last_on(self) -> date:
        """The day it is due, with more time if more was given."""
        return self.extended_to or self.due_on

    @property
    def awaited(self) -> bool:
        """Whether an answer is still to come."""
        return self.state in AWAITED


class RequestForm(Protected):
    """One form of a request: the report itself, or one that the circumstances call for."""

    request = models.ForeignKey(AgencyRequest, models.PROTECT, related_name="forms")
    answers = models.OneToOneField(AnswerSet, models.PROTECT, related_name="death_request_form")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField(default=0)

    privacy = Privacy("child_deaths", ordinary="request answers key title place")

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], name="child_deaths_request_form_once")
        ]


class Addressee(Protected):
    """Somebody who was asked. ``parts`` names the forms (``report``) and pages (``report:child``) they answer; with
    none they answer all of it and may name colleagues."""

    request = models.ForeignKey(AgencyRequest, models.PROTECT, related_name="addressees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    parts = models.JSONField(default=list, blank=True)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "child_deaths",
        personal="person",
        ordinary="request parts named_by named_at withdrawn_at withdrawn_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="child_deaths_addressee_once",
            )
        ]


class RequestStep(Protected):
    """What was done with a request. Never changed. Steps that tell more than the agency may see (``file_parted``) are
    kept with the case."""

    class What(models.TextChoices):
        ASKED = "asked", "Asked"
        NAMED = "named", "A colleague was named"
        WITHDRAWN = "withdrawn", "Somebody was taken off"
        SENT_AGAIN = "sent_again", "A new link was sent"
        REMINDED = "reminded", "Reminded"
        MORE_TIME = "more_time", "More time given"
        NOTHING = "nothing", "Answered: nothing known"
        RETURNED = "returned", "Returned"
        REOPENED = "reopened", "Opened again"
        REVOKED = "revoked", "Taken back"
        CORRECTED = "corrected", "What the agency is told of the child was brought up to date"
        FILE_PARTED = "file_parted", "A wrong file was put aside"
        FILE_PURGED = "file_purged", "A wrong file was deleted"

    request = models.ForeignKey(AgencyRequest, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=12, choices=What)
    words = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy("child_deaths", personal="person", case="words", ordinary="request what file by at")

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="child_deaths_request_steps")]


class RequestLink(Base):
    """A way in that was sent to one address: only the hash of its token is kept. Outside row-level security, because it
    is looked up before anybody is known; it says that an account was written to, and nothing of what about.

    It opens nothing by itself: a code goes to the account's own address. ``why`` is ``first``, ``again``, or the name
    of a reminder, which goes to an addressee once.
    """

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey("access.Account", models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    request_record = models.UUIDField(db_index=True)
    addressee = models.UUIDField()
    why = models.SlugField(max_length=20)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "working",
        ordinary="digest account board request_record addressee why issued_at expires_at sent_at opened_at revoked_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["addressee", "why"],
                condition=Q(why__startswith="reminder"),
                name="child_deaths_reminded_once",
            )
        ]


class CompositeChoice(Protected):
    """What counts as the answer to one question of a case, chosen by a person with a reason. The newest counts; none is
    ever changed. ``basis`` is a digest of every agency's answer as it stood, so that a later answer shows."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="composite_choices")
    question = models.SlugField(max_length=60)
    item = models.PositiveIntegerField(default=0)
    value = models.JSONField(null=True, blank=True)
    nothing = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    basis = models.CharField(max_length=64)
    undone = models.BooleanField(default=False, help_text="The choice before it no longer counts")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy(
        "child_deaths",
        case="value nothing words reason",
        ordinary="case question item sources basis undone by at",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "question", "-at"], name="child_deaths_choices")]
