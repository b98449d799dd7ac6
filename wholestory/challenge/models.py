"""Questions put to the board: the beginning of a challenge."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class Question(Protected):
    """A question in somebody's own words, and what they were told. Seen by the asker and the board's officers."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="question")
    words = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="questions")
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    privacy = Privacy("governance", case="words answer", ordinary="asked_by asked_on answered_by answered_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="challenge_question_answered_whole",
                condition=models.Q(answered_by__isnull=True, answered_on__isnull=True, answer="")
                | (models.Q(answered_by__isnull=False, answered_on__isnull=False) & ~models.Q(answer="")),
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]
