"""Lessons, material by theme, whom each reached and what changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.learning.themes import CHOICES
from wholestory.partners.models import Board, Person
from wholestory.records.models import Protected, Record


class Audience(models.TextChoices):
    EVERYBODY = "everybody", "Everybody"
    PROFESSIONALS = "professionals", "People who work with children"


class LessonState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SHARED = "shared", "Shared with the board"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Lesson(Protected):
    """What was learned, without the case. A draft is the team's; a shared one is read by the board."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="lesson")
    theme = models.CharField(max_length=20, choices=CHOICES)
    audience = models.CharField(max_length=14, choices=Audience, default=Audience.PROFESSIONALS)
    title = models.CharField(max_length=160)
    learned = models.TextField(help_text="What was learned")
    do = models.TextField(blank=True, help_text="What to do about it")
    state = models.CharField(max_length=10, choices=LessonState, default=LessonState.DRAFT)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    record_kind = "learning.lesson"
    privacy = Privacy(
        "governance",
        ordinary="theme audience title learned do state written_by written_on published_on published_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_published_is_dated_and_signed",
                condition=~Q(state="published") | Q(published_on__isnull=False, published_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Sharing(Protected):
    """A lesson went somewhere. Never changed."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="sharings")
    channel = models.CharField(max_length=120, help_text="A briefing, a training day, a newsletter")
    to = models.CharField(max_length=160)
    on = models.DateField()
    reach = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many people, where that is known"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy("governance", ordinary="lesson channel to on reach by")


class Change(Protected):
    """What is done otherwise because of a lesson, and what shows it. "Nothing yet" is an answer. Never changed."""

    class Verdict(models.TextChoices):
        CHANGED = "changed", "Something changed"
        NOT_YET = "not_yet", "No evidence of change yet"

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="changes")
    verdict = models.CharField(max_length=10, choices=Verdict)
    words = models.TextField()
    evidence = models.TextField(blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy("governance", ordinary="lesson verdict words evidence on by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_change_shows_itself", condition=Q(verdict="not_yet") | ~Q(evidence="")
            )
        ]


class Material(Protected):
    """A leaflet, film or page for a campaign, by theme."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    theme = models.CharField(max_length=20, choices=CHOICES)
    audience = models.CharField(max_length=14, choices=Audience, default=Audience.EVERYBODY)
    title = models.CharField(max_length=160)
    link = models.URLField(max_length=300)
    looked_at_on = models.DateField(help_text="When somebody last saw that the link works and is right")
    ended_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy("governance", ordinary="theme audience title link looked_at_on ended_on by")
