"""The family's own record: who speaks with them, how each wants to be written to, what they asked and were told.

Kept in a circle of its own: the key worker comes in to it and to nothing else. Nothing here says what an agency wrote,
or that anybody is under suspicion.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Case
from wholestory.child_deaths.models.children import PRECISIONS, Relative
from wholestory.child_deaths.rules.letters import HardDay
from wholestory.correspondence.models import Letter
from wholestory.kernel.moments import Precision
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record

YES_NO_UNKNOWN = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]


class FamilyRecord(Protected):
    """One family's record for one case. ``child_called`` is what the family calls the child; ``shared_with`` another
    record of the same family, so that there is one plan of contact for two children who died."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="death_family")
    case = models.OneToOneField(Case, models.PROTECT, related_name="family")
    child_called = models.CharField(max_length=120, blank=True)
    no_key_worker = models.CharField(max_length=300, blank=True, help_text="Why there is none")
    support_offered = models.CharField(max_length=10, choices=YES_NO_UNKNOWN, default="not_known")
    support = models.TextField(blank=True)
    siblings_support = models.TextField(blank=True)
    memories = models.TextField(blank=True)
    views = models.TextField(blank=True, help_text="What the family says of the care the child had")
    shared_with = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    record_kind = "child_deaths.family"
    privacy = Privacy(
        "child_deaths", case="child_called support_offered support siblings_support memories views",
        ordinary="case no_key_worker shared_with",
    )  # fmt: skip

    def __str__(self) -> str:
        return self.record.reference


class KeyWorker(Protected):
    """Who was the family's single named contact, from when to when. ``person`` is set for one who uses this system."""

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="key_workers")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    organisation = models.CharField(max_length=160, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    privacy = Privacy(
        "child_deaths",
        personal="person name organisation telephone",
        ordinary="family from_on to_on ended_because",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(to_on__isnull=True), name="child_deaths_one_key_worker"
            )
        ]


class Carer(Protected):
    """Somebody of the family who is or may be contacted, each with wishes of their own. ``relative`` is not followed by
    family-facing pages. ``ask_first`` marks somebody the key worker added, until whoever runs the case says which
    relative it is; what police say is never written here."""

    class Format(models.TextChoices):
        PLAIN = "plain", "Ordinary print"
        LARGE = "large", "Large print"
        EASY = "easy", "Easy read"
        BRAILLE = "braille", "Braille"
        AUDIO = "audio", "Audio"

    class By(models.TextChoices):
        LETTER = "letter", "Letter"
        EMAIL = "email", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        IN_PERSON = "in_person", "In person"

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="carers")
    relative = models.ForeignKey(Relative, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(default=False)
    format = models.CharField(max_length=10, choices=Format, default=Format.PLAIN)
    by = models.CharField(max_length=10, choices=By, default=By.LETTER)
    postal = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    wishes_no_contact = models.BooleanField(default=False)
    wish_words = models.CharField(max_length=300, blank=True)
    is_child = models.BooleanField(default=False)
    has_died = models.BooleanField(default=False)
    ask_first = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "child_deaths",
        personal="name relation language interpreter format by postal email telephone wishes_no_contact wish_words",
        case="relative is_child has_died ask_first",
        ordinary="family added_by",
    )

    def __str__(self) -> str:
        return self.name


class FamilyContact(Protected):
    """Something that was said, given or written to one of the family. Never changed."""

    class Kind(models.TextChoices):
        LEAFLET = "leaflet", "Leaflet about what happens when a child dies"
        FIRST_LETTER = "first_letter", "First letter: the review and how to take part"
        BEFORE_MEETING = "before_meeting", "Before the review meeting: your questions"
        AFTER_MEETING = "after_meeting", "After the review meeting"
        BEFORE_PANEL = "before_panel", "Before the panel"
        AFTER_PANEL = "after_panel", "After the panel"
        VISIT = "visit", "Visit"
        CALL = "call", "Telephone call"
        MEETING = "meeting", "Meeting"
        MESSAGE = "message", "Message"
        OTHER = "other", "Something else"

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=16, choices=Kind)
    carer = models.ForeignKey(Carer, models.PROTECT, null=True, blank=True, related_name="contacts")
    at = models.DateTimeField()
    precision = models.CharField(max_length=14, choices=PRECISIONS, default=Precision.DATE.value)
    language = models.CharField(max_length=60, blank=True)
    format = models.CharField(max_length=10, choices=Carer.Format, blank=True)
    words = models.TextField(blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "child_deaths",
        personal="language format",
        case="words",
        ordinary="family kind carer at precision letter by",
    )


class FamilyLetter(Protected):
    """A letter to one of the family, prepared here and kept with the rest of the post."""

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="letters")
    letter = models.OneToOneField(Letter, models.PROTECT, related_name="to_family")
    carer = models.ForeignKey(Carer, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=16, choices=FamilyContact.Kind)

    privacy = Privacy("child_deaths", ordinary="family letter carer kind")


class FamilyQuestion(Protected):
    """What the family asks, whom it was passed to, and, where there is no answer, why not."""

    class To(models.TextChoices):
        REVIEW_MEETING = "review_meeting", "The child death review meeting"
        HOSPITAL = "hospital", "The hospital or doctors"
        CORONER = "coroner", "The coroner"
        POLICE = "police", "Police"
        PANEL = "panel", "The overview panel"
        OTHER = "other", "Somebody else"

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(Carer, models.PROTECT, null=True, blank=True, related_name="questions")
    asked_on = models.DateField()
    routed_to = models.CharField(max_length=16, choices=To, blank=True)
    routed_words = models.CharField(max_length=200, blank=True)
    routed_on = models.DateField(null=True, blank=True)
    no_answer_because = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "child_deaths", personal="routed_words", case="text no_answer_because",
        ordinary="family asked_by asked_on routed_to routed_on closed_on entered_by",
    )  # fmt: skip


class FamilyAnswer(Protected):
    """The answer one of them was given. Two parents may be given answers of their own. Never changed."""

    question = models.ForeignKey(FamilyQuestion, models.PROTECT, related_name="answers")
    carer = models.ForeignKey(Carer, models.PROTECT, null=True, blank=True, related_name="answers")
    text = models.TextField()
    answered_by = models.CharField(max_length=160, blank=True)
    answered_on = models.DateField()
    fed_back_on = models.DateField()
    fed_back_how = models.CharField(max_length=10, choices=Carer.By)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "child_deaths", personal="answered_by", case="text",
        ordinary="question carer answered_on fed_back_on fed_back_how by",
    )  # fmt: skip


class QuietDay(Protected):
    """A day around which nothing is sent by itself."""

    KINDS = [(each.value, each.label[0].upper() + each.label[1:]) for each in HardDay]

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="quiet_days")
    kind = models.CharField(max_length=10, choices=KINDS)
    on = models.DateField()
    words = models.CharField(max_length=160, blank=True)

    privacy = Privacy("child_deaths", case="kind on words", ordinary="family")


class FamilyDate(Protected):
    """When a meeting about the child is or was: all that the key worker is told of it."""

    class What(models.TextChoices):
        RESPONSE = "response", "Discussion in the first response"
        REVIEW_MEETING = "review_meeting", "Child death review meeting"
        PANEL = "panel", "Overview panel"
        INQUEST = "inquest", "Inquest"

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="dates")
    what = models.CharField(max_length=16, choices=What)
    on = models.DateField()

    privacy = Privacy("child_deaths", ordinary="family what on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "family", "what", "on"], name="child_deaths_family_date_once"
            )
        ]


class FamilyRequest(Protected):
    """A request for records, a complaint, or a fact the family says is wrong: what was asked, and what became of it."""

    class Kind(models.TextChoices):
        RECORDS = "records", "Asks for records"
        COMPLAINT = "complaint", "Complaint"
        CORRECTION = "correction", "Says a fact is wrong"

    family = models.ForeignKey(FamilyRecord, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=Kind)
    carer = models.ForeignKey(Carer, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    received_on = models.DateField()
    advice = models.TextField(
        blank=True, help_text="Who was asked for advice, such as the information governance lead"
    )
    outcome = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "child_deaths", case="text advice outcome", ordinary="family kind carer received_on answered_on by"
    )
