"""Sealed form versions, and the answers given to them. No business here: see ``operations``."""

from __future__ import annotations

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class FormVersion(Base):
    """A published version of a form. The database refuses to change or remove one."""

    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=10, blank=True)
    seal = models.CharField(max_length=64)
    definition = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)

    privacy = Privacy("configuration", ordinary="key version title edition seal definition published_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="paperwork_formversion_once")]

    def __str__(self) -> str:
        return f"{self.title} (version {self.version})"


class Status(models.TextChoices):
    """Where a filled-in form stands. The words and colours people see belong to the room that uses it."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Sent"
    LOCKED = "locked", "Closed"


class AnswerSet(Protected):
    """A filled-in form: one record's answers to one sealed version."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="answer_sets")
    form_version = models.ForeignKey(FormVersion, models.PROTECT, related_name="answer_sets")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    content_hash = models.CharField(max_length=64, blank=True)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_into"
    )

    privacy = Privacy(
        "assurance",
        ordinary="form_version status content_hash started_by submitted_by submitted_at carried_from",
    )

    class Meta:
        constraints = [
            # Answers refer to set, circle and office together, so that none can hang under a set it is not meant for.
            models.UniqueConstraint(fields=["id", "circle", "office"], name="paperwork_answerset_place"),
            models.CheckConstraint(
                name="paperwork_answerset_submitted_whole",
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["record"], name="paperwork_answerset_record")]


class GivenFields(models.Model):
    """What somebody gave, as columns: shared by the answer that stands, its history and a version set aside."""

    key = models.SlugField(max_length=60)
    item = models.PositiveIntegerField(default=0)
    value = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    nothing = models.CharField(
        max_length=20, blank=True, choices=[(kind.value, kind.name) for kind in Nothing]
    )
    reason = models.TextField(blank=True)
    typed = models.JSONField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> Place:
        """Where it stands in the form."""
        return Place(self.key, self.item)

    @property
    def given(self) -> Given:
        """The answer itself."""
        return Given(
            value=self.value,
            nothing=Nothing(self.nothing) if self.nothing else None,
            reason=self.reason,
            typed=self.typed,
            to_confirm=getattr(self, "to_confirm", False),
        )


_GIVEN = "key item nothing"
_GIVEN_CASE = "value reason typed"


class Answer(Protected, GivenFields):
    """The answer that stands at one place. ``revision`` counts its saves; ``window`` is the open page that saved it
    last, so that somebody who goes on typing in one window never clashes with themselves."""

    answer_set = models.ForeignKey(AnswerSet, models.PROTECT, related_name="answers")
    revision = models.PositiveIntegerField(default=1)
    window = models.CharField(max_length=32, blank=True)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    from_previous = models.BooleanField(default=False)
    to_confirm = models.BooleanField(default=False)

    privacy = Privacy(
        "assurance",
        case=_GIVEN_CASE,
        ordinary=f"{_GIVEN} answer_set revision window saved_by saved_at from_previous to_confirm",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer_set", "key", "item"], name="paperwork_answer_once"),
        ]


class How(models.TextChoices):
    """How a line came into an answer's history."""

    SAVED = "saved", "Saved"
    CARRIED = "carried", "Carried forward"
    CONFIRMED = "confirmed", "Confirmed"
    SET_ASIDE = "set_aside", "Kept aside: somebody else had saved first"
    SETTLED = "settled", "Chosen between two versions"
    LOADED = "loaded", "Loaded from a filled copy"
    UNLOADED = "unloaded", "Put back: the loaded copy was taken back"


class AnswerHistory(Protected, GivenFields):
    """Everything that was ever saved at a place, set-aside versions included. Append-only by trigger."""

    answer_set = models.ForeignKey(AnswerSet, models.PROTECT, related_name="history")
    revision = models.PositiveIntegerField()
    how = models.CharField(max_length=10, choices=How, default=How.SAVED)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    privacy = Privacy(
        "assurance", case=_GIVEN_CASE, ordinary=f"{_GIVEN} answer_set revision how saved_by saved_at"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["answer_set", "key", "item", "revision"], name="paperwork_history_place")
        ]


class SettledHow(models.TextChoices):
    """What somebody decided between two versions."""

    THEIRS = "theirs", "Kept the saved answer"
    MINE = "mine", "Took the other version"
    TOGETHER = "together", "Put the two together"


class Clash(Protected, GivenFields):
    """A version kept aside because somebody else had saved the same answer first. Stays until somebody settles it."""

    answer_set = models.ForeignKey(AnswerSet, models.PROTECT, related_name="clashes")
    against_revision = models.PositiveIntegerField()
    window = models.CharField(max_length=32, blank=True)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_how = models.CharField(max_length=10, blank=True, choices=SettledHow)

    privacy = Privacy(
        "assurance",
        case=_GIVEN_CASE,
        ordinary=f"{_GIVEN} answer_set against_revision window saved_by saved_at settled_by settled_at settled_how",
    )

    class Meta:
        constraints = [
            # One open version for each window at each place: further typing there replaces it, as it would an answer.
            models.UniqueConstraint(
                fields=["answer_set", "key", "item", "saved_by", "window"],
                condition=Q(settled_at__isnull=True),
                name="paperwork_clash_open_once",
            ),
            models.CheckConstraint(
                name="paperwork_clash_settled_whole",
                condition=Q(settled_by__isnull=True, settled_at__isnull=True, settled_how="")
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(settled_how="")),
            ),
        ]
