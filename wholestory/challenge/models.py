"""Questions put to the board, and challenges put to an agency."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Group, Person
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


class Stage(models.TextChoices):
    """Where a challenge stands. Late is not a stage: it is worked out from the days."""

    PUT = "put", "Waits for an answer"
    ANSWERED = "answered", "Answered"
    MORE_ASKED = "more_asked", "More is asked"
    ESCALATED = "escalated", "Taken further"
    SETTLED = "settled", "Settled"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: The agency owes an answer.
AWAITS_AGENCY = (Stage.PUT, Stage.MORE_ASKED, Stage.ESCALATED)
OVER = (Stage.SETTLED, Stage.WITHDRAWN)


class Decision(models.TextChoices):
    """What the group decided when it settled a challenge."""

    ACCEPTED = "accepted", "The answer is accepted"
    ACTION = "action", "An action is agreed"
    AUDIT = "audit", "An audit is commissioned"
    ESCALATED = "escalated", "It was taken up outside this log"
    NO_ANSWER = "no_answer", "Closed without an answer"


class Challenge(Protected):
    """A question a group puts to an agency, its answer, and what was decided (governance 2.7).

    It stands in one circle with the agency and the group as its two doors. ``level`` is the rung of the board's ladder
    it stands on, 0 being whoever was asked first. ``first_due_on`` never changes; a later ``due_on`` has its step.
    """

    class About(models.TextChoices):
        MEASURE = "measure", "A figure"
        ACTION = "action", "A promise"
        AUDIT = "audit", "An audit"
        OTHER = "other", "Something else"

    record = models.OneToOneField(Record, models.PROTECT, related_name="challenge")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="challenges")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, choices=About, default=About.OTHER)
    about_label = models.CharField(max_length=300, help_text="What it is about, in words")
    about_reference = models.CharField(
        max_length=20, blank=True, help_text="Reference of the report, action or audit it is about"
    )
    measure = models.SlugField(max_length=40, blank=True, help_text="Code of the measure it is about")
    period_end = models.DateField(null=True, blank=True, help_text="Last day of the period it is about")
    question = models.TextField(max_length=2000)
    why = models.TextField(blank=True, max_length=2000)
    first_due_on = models.DateField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PUT)
    level = models.PositiveSmallIntegerField(default=0)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_on = models.DateField()
    draft = models.TextField(blank=True, max_length=4000, help_text="The answer as far as it is written")
    draft_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True, help_text="When the first answer came")
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decision_words = models.TextField(blank=True, max_length=2000)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    minute_reference = models.CharField(max_length=60, blank=True)
    difference = models.TextField(
        blank=True, max_length=2000, help_text="The difference it made, and how we know"
    )

    record_kind = "challenge.challenge"
    privacy = Privacy(
        "governance",
        case="about_label question why draft decision_words minute_reference difference",
        ordinary="agency group about about_reference measure period_end first_due_on due_on stage level raised_by"
        " raised_on draft_by answered_on decision decided_by decided_on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="challenge_settled_is_decided",
                condition=models.Q(stage="settled", decided_by__isnull=False, decided_on__isnull=False)
                & ~models.Q(decision="")
                | ~models.Q(stage="settled"),
            )
        ]
        indexes = [models.Index(fields=["board", "measure"], name="challenge_of_measure")]

    def __str__(self) -> str:
        return self.about_label


class ChallengeStep(Protected):
    """One thing that happened to a challenge. Never edited: its story is read from these."""

    KINDS = [
        ("put", "Put to the agency"), ("answered", "Answered"), ("more_asked", "More was asked"),
        ("redated", "More time given"), ("action", "Action agreed"), ("escalated", "Taken further"),
        ("settled", "Settled"), ("withdrawn", "Withdrawn"), ("difference", "What difference it made"),
    ]  # fmt: skip

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=KINDS)
    words = models.TextField(blank=True, max_length=4000)
    level = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(max_length=20, blank=True, help_text="Of the action that was agreed")
    to_due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    on = models.DateField()

    privacy = Privacy(
        "governance", case="words", ordinary="challenge kind level reference to_due_on by at on"
    )

    class Meta:
        ordering = ["at", "created_at"]


class Ladder(Base):
    """To whom a challenge goes when it is taken further, rung by rung, and within how many working days each answers.
    The newest of a board counts, and none is ever changed. It says nothing of anybody, so it is not closed."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    rungs = models.JSONField(help_text="[[to whom, working days]]")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy("configuration", ordinary="rungs by at")

    class Meta:
        ordering = ["at", "created_at"]
