"""The panel's side of a case: the review, what members say, what the panel decided, the papers they were shown.

Everything here but the draft of the papers is in the case's review circle, so that a member of the panel sees it and
sees nothing of the case. What the draft holds and why a word was left in stays in the case's own circle.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Case
from wholestory.kernel.privacy import Privacy
from wholestory.meetings.models import Decision, Item, Meeting
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class Review(Protected):
    """One case before the panel. ``first_reviewed_on`` is set once and is what statistics count by; opening a case
    again never moves it. ``elsewhere`` says that another panel had reviewed the death before it came here.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="death_review")
    case = models.OneToOneField(Case, models.PROTECT, related_name="review")
    first_reviewed_on = models.DateField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True, help_text="The latest meeting that decided")
    elsewhere_on = models.DateField(null=True, blank=True)
    elsewhere_by = models.CharField(max_length=160, blank=True)

    record_kind = "child_deaths.review"
    privacy = Privacy("child_deaths", ordinary="case first_reviewed_on reviewed_on elsewhere_on elsewhere_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_review_first_before_latest",
                condition=Q(first_reviewed_on__isnull=True, reviewed_on__isnull=True)
                | Q(first_reviewed_on__isnull=False, reviewed_on__gte=models.F("first_reviewed_on")),
            )
        ]

    def __str__(self) -> str:
        return self.record.reference


class PanelComment(Protected):
    """What one member says of the papers before the meeting. Never edited; a second one adds to the first."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()

    privacy = Privacy("child_deaths", case="words", ordinary="review person at")


class Outcome(models.TextChoices):
    REVIEWED = "reviewed", "Reviewed"
    DEFERRED = "deferred", "Put off"
    MORE = "more", "Put off until more is known"


class PanelDecision(Protected):
    """What a meeting decided about the case, as it was decided. Never edited.

    ``on_word_of`` is the chair where the coordinator wrote it down for them. ``as_decided`` holds the category, the
    factors and the answers of that day, so that what was changed afterwards shows.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    again_on = models.DateField(null=True, blank=True, help_text="When a case put off is looked at again")
    version = models.PositiveSmallIntegerField(
        help_text="The version of the analysis that lay before the panel"
    )
    as_decided = models.JSONField(default=dict)
    quorum_words = models.CharField(max_length=600)
    decided_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_word_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "child_deaths", case="words as_decided",
        ordinary="review outcome meeting item again_on version quorum_words decided_on by on_word_of decision",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_put_off_says_why", condition=Q(outcome="reviewed") | ~Q(words="")
            )
        ]


class Unmasking(Protected):
    """The chair asked to see what the papers leave out, and why. Never edited."""

    class What(models.TextChoices):
        PLACES = "places", "The names of hospitals, schools and other services"
        CHILD = "child", "The child’s name and date of birth"

    review = models.ForeignKey(Review, models.PROTECT, related_name="unmaskings")
    what = models.CharField(max_length=8, choices=What)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy("child_deaths", case="reason", ordinary="review what by at")


class PackPart(Protected):
    """One piece of the papers while they are prepared: it may still name somebody, so it is in the case's circle."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="pack_parts")
    key = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    left_out = models.BooleanField(default=False)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    privacy = Privacy(
        "child_deaths", case="label text source", ordinary="review key place left_out changed_by changed_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "review", "key"], name="child_deaths_pack_part_once")
        ]
        ordering = ["place", "key"]


class Kept(Protected):
    """Words the look through the papers points at and a person left in, with the reason: a stream called Rowan."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="kept_words")
    what = models.CharField(max_length=20)
    words = models.CharField(max_length=200, help_text="In small letters")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("child_deaths", case="words reason", ordinary="review what by on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "review", "what", "words"], name="child_deaths_kept_once"
            ),
            models.CheckConstraint(name="child_deaths_kept_says_why", condition=~Q(reason="")),
        ]


class Pack(Protected):
    """The papers as members see them: looked through, released by a person, never changed. A new release is a new row.

    ``facts`` and ``parts`` are lists of label and words.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="packs")
    version = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    parts = models.JSONField()
    released_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    privacy = Privacy(
        "child_deaths", case="facts parts withdrawn_because",
        ordinary="review version released_by released_at withdrawn_at withdrawn_by",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "review", "version"], name="child_deaths_pack_version_once"
            ),
            models.CheckConstraint(
                name="child_deaths_pack_withdrawn_whole",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]
