"""What was decided, at a meeting or between meetings, by whom, and who saw it differently."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.meetings.models.meetings import Item, Meeting
from wholestory.partners.models import Agency, Group, Person
from wholestory.records.models import Protected, Record


class DecisionState(models.TextChoices):
    ASKED = "asked", "Asked between meetings"
    MADE = "made", "Decided"
    FALLEN = "fallen", "Not agreed"
    RATIFIED = "ratified", "Decided between meetings, ratified"


class Decision(Protected):
    """One decision, with its own cover sheet so that actions and other duties can be linked to it.

    In the circle of the item it was made on. Its words are never edited: a later decision takes its place.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="decision")
    group = models.ForeignKey(Group, models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="decisions")
    words = models.TextField()
    why = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=DecisionState)
    quorum_words = models.CharField(max_length=600, blank=True, help_text="What was found about the quorum")
    asked_on = models.DateField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who wrote it down for the chair",
    )
    ratified_at_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="ratified"
    )
    ratified_on = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    record_kind = "meetings.decision"
    privacy = Privacy(
        "governance",
        case="words why",
        ordinary="group meeting item state quorum_words asked_on reply_by decided_on decided_by written_by"
        " ratified_at_meeting ratified_on replaces",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_decision_is_dated_and_signed",
                condition=Q(state="asked", decided_on__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_on__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="meetings_decision_at_or_between",
                condition=Q(meeting__isnull=False, item__isnull=False, asked_on__isnull=True)
                | Q(meeting__isnull=True, asked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="meetings_decision_ratified_whole",
                condition=Q(state="ratified", ratified_on__isnull=False, ratified_at_meeting__isnull=False)
                | (~Q(state="ratified") & Q(ratified_on__isnull=True, ratified_at_meeting__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]


class VoiceKind(models.TextChoices):
    PRESENT = "present", "There when it was decided"
    FOR = "for", "For"
    AGAINST = "against", "Against"
    ABSTAINED = "abstained", "Did not vote"
    MINORITY = "minority", "Saw it differently"


class Voice(Protected):
    """One voice on a decision: who was there, how they voted, a minority view, an answer by e-mail. Never edited."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="voices")
    kind = models.CharField(max_length=10, choices=VoiceKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160, blank=True, help_text="As it was then: a person, or an agency")
    words = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy(
        "governance", personal="name", case="words", ordinary="decision kind person agency by at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_voice_minority_has_words", condition=~Q(kind="minority") | ~Q(words="")
            ),
            models.CheckConstraint(name="meetings_voice_of_somebody", condition=~Q(name="")),
        ]
