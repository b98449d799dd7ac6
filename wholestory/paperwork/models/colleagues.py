"""What colleagues know of each other while they answer: who has a page open, and comments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.paperwork.models.answers import AnswerSet
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class Presence(Protected):
    """Who has which page of a form open. Holds no words about anybody and is overwritten, so it needs no line."""

    answer_set = models.ForeignKey(AnswerSet, models.PROTECT, related_name="presences")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    page = models.SlugField(max_length=60)
    seen_at = models.DateTimeField()

    privacy = Privacy("working", ordinary="answer_set person page seen_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer_set", "person"], name="paperwork_presence_once")
        ]


class Comment(Protected):
    """What a colleague said beside a question; see ``talk``. Its circle is not the form's: fewer people read it."""

    answer_set = models.ForeignKey(AnswerSet, models.PROTECT, related_name="comments")
    key = models.SlugField(max_length=60)
    item = models.PositiveIntegerField(default=0)
    words = models.TextField()
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "assurance", case="words", ordinary="answer_set key item said_by said_at settled_by settled_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paperwork_comment_settled_whole",
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["answer_set", "key", "item"], name="paperwork_comment_place")
        ]
